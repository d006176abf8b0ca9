//! XML property lists.

mod reader;
mod writer;

pub(crate) use reader::*;
pub(crate) use writer::{XmlWriter, element};
