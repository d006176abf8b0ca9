//! XML property lists.

mod irregular;
mod reader;
mod writer;

pub(crate) use irregular::{Irregularity, Notes};
pub(crate) use reader::*;
pub(crate) use writer::{XmlWriter, element};
