//! Rust from Apple's device management schema: types, codecs and static tables.
//!
//! [`Config`] is all that a build script needs. The work goes one way:
//!
//! 1. [`yaml`]: text to data, anchors kept; [`parse`]: that to the plain data of [`model`], with a warning for what is not known;
//! 2. [`overlay`]: what Apple says only in prose, laid over it; [`check`]: what contradicts itself even then;
//!    [`any_state`] does the same for a state of the schema that the overlay was not written for, and skips what does not fit: a
//!    list of [`problem`]s;
//! 3. [`resolve`]: which types there are and what they are called ([`ident`]); [`rules`]: the overlay's rules, their paths found;
//! 4. [`rust`]: source, a file a product.
//!
//! Beside that, for maintainers: [`import`] makes a schema folder from an upstream checkout, [`release_notes`] tells in
//! words what differs between two, both by the [`facts`] that files state.
//!
//! A new YAML key is a field of [`model::Key`], a line in [`parse`] that takes it, one in [`import`] that keeps it, and
//! whatever is generated from it: mostly a line in [`rust::tables`].

pub mod any_state;
pub mod check;
pub mod config;
pub mod error;
#[cfg(feature = "cli")]
pub mod facts;
pub mod folder;
pub mod ident;
#[cfg(feature = "cli")]
pub mod import;
pub mod message;
pub mod model;
pub mod overlay;
pub mod parallel;
pub mod parse;
pub mod problem;
#[cfg(feature = "cli")]
pub mod release_notes;
pub mod resolve;
pub mod rules;
pub mod rust;
pub mod yaml;

pub use config::{Config, Output};
pub use error::Error;
pub use problem::{Problem, ProblemKind, Severity};
