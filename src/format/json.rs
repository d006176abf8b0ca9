//! JSON.

mod reader;
mod writer;

pub(crate) use reader::*;
pub(crate) use writer::{JsonWriter, scalar};

/// The number of bytes before the first one that cannot stand unescaped in a string: a quotation mark, a backslash or a control
/// character.
fn unescaped_len(bytes: &[u8]) -> usize {
    let is_special = |byte: &u8| (*byte == b'"') | (*byte == b'\\') | (*byte < b' ');
    let has_special = |chunk: &&[u8; 16]| chunk.iter().fold(false, |found, byte| found | is_special(byte));
    // Compilers turn this into vector instructions, which a search that stops at the first byte does not allow.
    let (chunks, _) = bytes.as_chunks::<16>();
    let plain = 16 * chunks.iter().take_while(|chunk| !has_special(chunk)).count();
    let rest = &bytes[plain..];
    plain + rest.iter().position(is_special).unwrap_or(rest.len())
}
