//! JSON.

mod reader;
mod writer;

use crate::format::escape::len_before;
pub(crate) use reader::*;
pub(crate) use writer::{JsonWriter, scalar};

/// The number of bytes before the first one that cannot stand unescaped in a string: a quotation mark, a backslash or a control
/// character.
fn unescaped_len(bytes: &[u8]) -> usize {
    len_before(bytes, |byte| (byte == b'"') | (byte == b'\\') | (byte < b' '))
}
