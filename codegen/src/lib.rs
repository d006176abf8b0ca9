//! Generates Rust from Apple's device management schema: types, codecs and static tables.
//!
//! A build script only needs [`Config`]. Data flows in one direction:
//!
//! 1. [`yaml`] parses text into values and keeps anchors. [`parse`] turns the values into the plain data of [`model`] and reports
//!    what it does not understand.
//! 2. [`overlay`] applies facts that Apple states only in prose. [`check`] reports contradictions. [`strict`] runs these steps and
//!    reports problems as errors. [`any_state`] runs them for a state of the schema that the overlay was not written for, and skips
//!    what does not fit.
//! 3. [`resolve`] decides which Rust types exist and, with [`ident`], how they are named. [`rules`] resolves the overlay's rules.
//! 4. [`rust`] generates the source.
//!
//! A [`problem`] is something wrong in the schema or the overlay, in the wording of [`message`].
//!
//! Three modules are for maintainers: [`import`] updates the schema folder from a checkout of Apple's repository, and
//! [`release_notes`] describes the differences between two schema folders. Both compare the [`facts`] in the files.
//!
//! To support a new YAML key, add a field to [`model::Key`], a line to [`parse`] that reads it, a line to [`import`] that copies it,
//! and usually a line to [`rust::tables`] that generates something from it.

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
pub mod strict;
pub mod yaml;

pub use config::{Config, Output};
pub use error::Error;
pub use problem::{Problem, ProblemKind, Severity};
