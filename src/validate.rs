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

mod available;
mod context;
mod document;
pub(crate) mod fields;
mod finding;
mod format;
mod path;
mod rules;
#[cfg(feature = "profiles")]
pub(crate) mod several;
mod subject;
mod suggest;
mod target;
mod verdict;

#[cfg(feature = "lint")]
pub(crate) use context::{Context, Strictness};
pub use document::Holds;
pub use finding::{Code, Finding, Report, Severity};
pub use format::Format;
pub use path::Trail;
pub use subject::{Validate, check_keys, keys, response};
#[cfg(feature = "lint")]
pub(crate) use subject::{item, unknown};
pub use target::{Channel, Enrollment, Facet, Target};
