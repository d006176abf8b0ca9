//! JSON.

mod reader;
mod writer;

pub(crate) use reader::*;
pub(crate) use writer::{JsonWriter, scalar};

/// The number of bytes before the first one that cannot stand unescaped in a string: a quotation mark, a backslash or a control
/// character.
fn unescaped_len(bytes: &[u8]) -> usize {
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..b' ');
    bytes.iter().position(is_special).unwrap_or(bytes.len())
}
