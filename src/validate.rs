//! Validation of values against the schema.
//!
//! [`validate`](Validate::validate) checks a value by itself: what the schema states about its keys (required keys, types, bounds,
//! allowed values …) and the rules that Apple states in prose. [`check`](Validate::check) also checks whether the value works on a
//! [`Target`]: an operating system and version, supervision, channel, enrollment and access rights. Both find all problems, and each
//! finding says where the problem is, what was found, and what is expected.
//!
//! ```
//! use apple_mdm::commands::{Request, SetFirmwarePassword};
//! use apple_mdm::validate::{Code, Target, Validate};
//!
//! let request = Request::new("1", SetFirmwarePassword::new("Corréct horse"));
//! let report = request.validate();
//! let finding = report.errors().next().unwrap();
//! assert_eq!((finding.code, finding.path.as_str()), (Code::Charset, "Command.NewPassword"));
//!
//! let report = Request::new("1", SetFirmwarePassword::new("correct horse")).check(&Target::ios("18.0")?);
//! assert_eq!(report.errors().next().unwrap().code, Code::NotAvailable);
//! # Ok::<(), apple_mdm::schema::ParseVersionError>(())
//! ```
//!
//! # Findings
//!
//! A [`Report`] contains all [`Finding`]s in the order of the document. [`Code`] lists the kinds of findings. If only errors matter,
//! convert the report into a `Result`:
//!
//! ```
//! use apple_mdm::profiles::{Passcode, PayloadEntry, Profile};
//! use apple_mdm::validate::{Report, Validate};
//!
//! fn checked(profile: Profile) -> Result<Profile, Report> {
//!     profile.validate().into_result()?;
//!     Ok(profile)
//! }
//!
//! let passcode = Passcode { min_length: Some(99), ..Passcode::default() };
//! let entry = PayloadEntry::new("com.example.passcode", "24A9D6AC-9C34-45F3-B92F-88C4657204C9", passcode);
//! let profile = Profile::new("com.example.profile", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry]);
//! let errors = checked(profile).unwrap_err().to_string();
//! assert_eq!(errors, "error[out-of-range] PayloadContent[0].minLength: expected 0 to 16, found `99`");
//! ```
//!
//! Findings never contain the values of passwords, tokens and other secrets. For a character that is not allowed, they contain its
//! position.
//!
//! # Targets
//!
//! A check that depends on a property that the [`Target`] leaves open is skipped, and [`Report::open`] lists these properties. To find out
//! where a value works, [`works_on`](Validate::works_on) returns those of several targets for which it has no errors, and
//! [`Item::minimum`](crate::schema::Item::minimum) returns the first version that has an item.
//!
//! ```
//! use apple_mdm::commands::{DeviceLock, Request};
//! use apple_mdm::validate::{Channel, Facet, Target, Validate};
//!
//! let lock = Request::new("1", DeviceLock::default());
//! let targets = [Target::macos("15.2")?.channel(Channel::Device), Target::macos("15.2")?.channel(Channel::User)];
//! assert_eq!(lock.works_on(&targets), [&targets[0]]);
//! assert!(lock.check(&targets[0]).open().contains(&Facet::AccessRights));
//! # Ok::<(), apple_mdm::schema::ParseVersionError>(())
//! ```
//!
//! [`requirements`](Validate::requirements) turns the question around: it returns what a value requires of the devices on which it works, for
//! each operating system. See [`Requirements`].
//!
//! # What can be validated
//!
//! Commands and requests, payloads and profiles, check-in messages, declarations, and the typed bodies of all other items implement
//! [`Validate`]. [`response`] checks the response to a command, [`keys`] checks documents that were not read into a type, and
//! `declarations` checks a set of declarations that refer to each other. A key that the schema does not know is a warning, with a
//! suggestion if it is similar to a known key. In messages written by devices, an unknown key is an info and a missing key a warning.
//!
//! # Rules
//!
//! A rule is data in the table of its dictionary ([`Dict::rules`](crate::schema::Dict::rules)). One interpreter applies it to typed
//! values and to documents alike. The rules that Apple states in prose are in `schemas/overlay`. To add a rule, add an entry there:
//!
//! ```yaml
//! - { kind: charset, key: NewPassword, from: 0x20, to: 0x7E, says: …, source: content of NewPassword }
//! ```
//!
//! The README of that folder describes all kinds of rules. [`Finding::source`] names the place where Apple states the rule.

mod available;
mod code;
mod collect;
mod context;
mod document;
#[cfg(feature = "profiles")]
pub(crate) mod duplicate_payloads;
#[cfg(any(
    feature = "commands",
    feature = "profiles",
    feature = "checkin",
    feature = "declarations"
))]
mod families;
pub(crate) mod fields;
mod finding;
mod need;
mod path;
#[cfg(feature = "declarations")]
mod references;
mod requirements;
mod rules;
mod scalar;
mod shown;
mod subject;
pub(crate) mod suggest;
mod target;
mod unknown_key;
mod verdict;

pub use code::{Code, Example, FixSafety, Part as ExamplePart};
#[cfg(feature = "lint")]
pub(crate) use context::{Context, Strictness};
#[cfg(feature = "lint")]
pub(crate) use duplicate_payloads::allows_several;
#[cfg(feature = "lint")]
pub(crate) use families::{ANY_KEYS, check_named_item, find_item, report_unknown_item};
#[cfg(feature = "lint")]
pub(crate) use finding::BoundedList;
pub use finding::{Finding, Report};
pub use need::{Need, Needs};
#[cfg(feature = "lint")]
pub(crate) use path::{KeyPath, keys_after, keys_below, masked_key};
#[cfg(feature = "declarations")]
pub use references::declarations;
pub use requirements::{Available, Part, Requirement, Requirements, SystemRequirements};
#[cfg(feature = "lint")]
pub(crate) use subject::check_item;
pub use subject::{Validate, check_keys, keys, response};
pub use target::{Facet, Target};

#[doc(no_inline)]
pub use crate::schema::{Channel, EmbeddedDocument, Enrollment, Scope, Severity, TextFormat};
