//! From bytes to tokens and back: a module for each format, the tokens, and limits, format detection and line numbers.

pub(crate) mod binary;
pub mod edit;
mod encoding;
pub(crate) mod escape;
pub mod input;
pub(crate) mod irregular;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod sink;
pub(crate) mod token;
pub(crate) mod tree;
pub(crate) mod xml;

pub use input::{DocumentFormat, Input, Limits};
