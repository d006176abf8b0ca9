//! Finding what must be escaped in a text.

/// Returns the number of bytes before the first special one.
pub(crate) fn len_before(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> usize {
    let has_special = |chunk: &&[u8; 16]| chunk.iter().fold(false, |found, byte| found | is_special(*byte));
    // Compilers turn this into vector instructions, which a search that stops at the first special byte does not allow.
    let (chunks, _) = bytes.as_chunks::<16>();
    let plain = 16 * chunks.iter().take_while(|chunk| !has_special(chunk)).count();
    let rest = &bytes[plain..];
    plain + rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::len_before;

    #[test]
    fn the_first_special_byte_is_found_at_every_position() {
        for len in 0..40 {
            let mut bytes = vec![b'a'; len];
            assert_eq!(len_before(&bytes, |byte| byte == b'<'), len);
            for position in (0..len).rev() {
                bytes[position] = b'<';
                assert_eq!(len_before(&bytes, |byte| byte == b'<'), position, "{len}");
            }
        }
    }
}
