//! Is this document right? All that can be said without sending it.
//!
//! [`validate`](Validate::validate) holds a value against itself: what the schema's fields state (required keys, types, bounds,
//! allowed values …) and what Apple states in prose. [`check`](Validate::check) holds it against a [`Target`] too: an
//! operating system and version, supervision, channel, enrollment, rights. Both find everything, not the first
//! thing, and say where it is, what is wrong and what would be right.
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
//! A [`Report`] has all [`Finding`]s, in the order of the document; [`Code`] has the table of what they can be. Where only errors
//! matter, a report becomes a `Result`:
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
//! assert_eq!(errors, "error[out-of-range] PayloadContent[0].minLength: `99` is out of range: 0 to 16 would be right");
//! ```
//!
//! Values of passwords, tokens and other secrets are in no finding; of a character that is not allowed its position is.
//!
//! # Targets
//!
//! What a [`Target`] leaves open is not guessed but left out, and [`Report::open`] says what would have mattered. The other way
//! round, [`works_on`](Validate::works_on) gives those of several targets on which a value has no error, and
//! [`Item::minimum`](crate::schema::Item::minimum) the first version that has an item.
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
//! # What is held against what
//!
//! Commands and requests, payloads and profiles, check-in messages, declarations, and the typed bodies of all other items are
//! [`Validate`]. [`response`] is for what a device answers, [`keys`] for documents that were not read into a type, and
//! `declarations` for a set of declarations that refer to each other. Keys that the schema does not know are warned of, with
//! the one that was meant where there is one like it; in what a device writes, an unknown key is worth an info and a missing
//! one a warning.
//!
//! # Rules
//!
//! A rule is data in the table of the dictionary that it is about ([`Dict::rules`](crate::schema::Dict::rules)), and one
//! interpreter holds it against typed values and against documents alike. The rules that Apple states in prose come from
//! `schemas/overlay`: adding one is an entry of YAML there,
//!
//! ```yaml
//! - { kind: charset, key: NewPassword, from: 0x20, to: 0x7E, says: …, source: content of NewPassword }
//! ```
//!
//! and its README has all kinds. A finding says what must be so in the rule's words, and names its
//! [`source`](Finding::source).

mod available;
mod context;
mod document;
#[cfg(any(
    feature = "commands",
    feature = "profiles",
    feature = "checkin",
    feature = "declarations"
))]
mod families;
pub(crate) mod fields;
mod finding;
#[cfg(all(test, feature = "profiles"))]
mod glance_tests;
mod path;
#[cfg(feature = "declarations")]
mod references;
mod rules;
mod scalar;
#[cfg(feature = "profiles")]
pub(crate) mod several;
mod silent;
mod subject;
pub(crate) mod suggest;
mod target;
mod verdict;

#[cfg(feature = "lint")]
pub(crate) use context::{Context, Strictness};
#[cfg(feature = "lint")]
pub(crate) use families::{ANYTHING, as_it_stands, called, unknown};
#[cfg(feature = "lint")]
pub(crate) use finding::Bounded;
pub use finding::{Code, Finding, Report};
#[cfg(feature = "lint")]
pub(crate) use path::Trail;
#[cfg(feature = "declarations")]
pub use references::declarations;
#[cfg(feature = "lint")]
pub(crate) use several::may_be_several;
#[cfg(feature = "lint")]
pub(crate) use subject::item;
pub use subject::{Validate, check_keys, keys, response};
pub use target::{Channel, Enrollment, Facet, Target};

#[doc(no_inline)]
pub use crate::schema::{EmbeddedDocument, Severity, TextFormat};
