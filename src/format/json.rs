//! JSON.

mod reader;
mod writer;

pub(crate) use reader::*;
pub(crate) use writer::JsonWriter;
