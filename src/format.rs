//! From bytes to tokens and back: one folder for each format, what they have in common, and how much a document may take.

pub(crate) mod binary;
pub mod input;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod sink;
pub(crate) mod token;
pub(crate) mod tree;
pub(crate) mod xml;

pub use input::{DocumentFormat, Input, Limits};
