//! Rust from Apple's device management schema: types, codecs and static tables.
//!
//! [`Config`] is all that a build script needs. The work goes one way: text ([`yaml`]) to plain data ([`model`], by
//! [`parse`]), what Apple says only in prose laid over it ([`overlay`]), names and shared shapes settled ([`resolve`]), source
//! written ([`rust`], a file a product). [`import`] makes a schema folder from an upstream checkout.
//!
//! A new YAML key is a field of [`model::Key`], a line in [`parse`] that takes it, one in [`import`] that keeps it, and
//! whatever is generated from it: mostly a line in [`rust::tables`].

pub mod check;
pub mod config;
pub mod error;
pub mod facts;
pub mod folder;
pub mod ident;
pub mod import;
pub mod model;
pub mod overlay;
pub mod parse;
pub mod release_notes;
pub mod resolve;
pub mod rules;
pub mod rust;
pub mod yaml;

pub use config::{Config, Output};
pub use error::Error;
