//! A tolerant PEM reader. It accepts text around the blocks, lines of any length, and any line endings.

/// A block of a PEM file.
pub(super) struct Block<'a> {
    pub label: &'a str,
    /// The text between the first and last line.
    text: &'a str,
}

impl Block<'_> {
    pub fn bytes(&self) -> Result<Vec<u8>, &'static str> {
        crate::value::data::decode(self.text)
            .map(|data| data.0)
            .ok_or("a block is not base64")
    }
}

#[cfg(feature = "cms-sign")]
impl Block<'_> {
    /// Decodes the block without leaving copies in memory.
    pub fn secret_bytes(&self) -> Result<zeroize::Zeroizing<Vec<u8>>, &'static str> {
        use base64::Engine;
        let mut text = zeroize::Zeroizing::new(Vec::with_capacity(self.text.len()));
        text.extend(self.text.bytes().filter(|byte| !byte.is_ascii_whitespace()));
        // The buffer is large enough, so that it does not grow and leave a copy behind.
        let mut bytes = zeroize::Zeroizing::new(vec![0; self.text.len()]);
        let length = base64::engine::general_purpose::STANDARD.decode_slice(&*text, &mut bytes);
        bytes.truncate(length.map_err(|_| "a block is not base64")?);
        Ok(bytes)
    }

    /// Returns whether the block has a header that says that it is encrypted (RFC 1421).
    pub fn is_encrypted(&self) -> bool {
        self.text.contains("Proc-Type")
    }
}

/// The beginning of every block.
pub(super) const BEGIN: &str = "-----BEGIN ";

/// Reads the blocks of a PEM file one by one. The error is the reason why a block is broken.
pub(super) fn blocks(pem: &[u8]) -> Result<impl Iterator<Item = Result<Block<'_>, &'static str>>, &'static str> {
    let mut rest = std::str::from_utf8(pem).map_err(|_| "it is not UTF-8 text")?;
    Ok(std::iter::from_fn(move || {
        let (_, block) = rest.split_once(BEGIN)?;
        let block = split_block(block);
        rest = block.as_ref().map_or("", |&(_, _, after)| after);
        Some(block.map(|(label, text, _)| Block { label, text }))
    }))
}

/// Splits a block after its [`BEGIN`] into label, base64 text and the text after the block.
fn split_block(block: &str) -> Result<(&str, &str, &str), &'static str> {
    let (label, after) = block.split_once("-----").ok_or("the first line of a block is broken")?;
    let (text, after) = after.split_once("-----END ").ok_or("a block has no end")?;
    let after = after
        .strip_prefix(label)
        .and_then(|after| after.strip_prefix("-----"))
        .ok_or("the first and last line of a block differ")?;
    Ok((label, text, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_blocks_surrounded_by_other_text() {
        let pem = b"subject=x\r\n-----BEGIN A-----\r\nQU\r\nJD\r\n-----END A-----\n\nText\n-----BEGIN B C-----QQ==-----END B C-----";
        let blocks: Vec<_> = blocks(pem).unwrap().map(Result::unwrap).collect();
        let found: Vec<_> = blocks.iter().map(|b| (b.label, b.bytes().unwrap())).collect();
        assert_eq!(found, [("A", b"ABC".to_vec()), ("B C", b"A".to_vec())]);
    }

    #[test]
    fn a_broken_block_is_an_error_with_a_reason() {
        let cases: [(&[u8], &str); 5] = [
            (b"-----BEGIN A", "the first line of a block is broken"),
            (b"-----BEGIN A-----\nQUJD\n", "a block has no end"),
            (
                b"-----BEGIN A-----\nQUJD\n-----END B-----",
                "the first and last line of a block differ",
            ),
            (b"-----BEGIN A-----\nQ!JD\n-----END A-----", "a block is not base64"),
            (b"\xff", "it is not UTF-8 text"),
        ];
        for (pem, want) in cases {
            let bytes: Result<Vec<_>, _> =
                blocks(pem).and_then(|mut blocks| blocks.try_fold(Vec::new(), |_, b| b?.bytes()));
            assert_eq!(bytes.err(), Some(want));
        }
        assert!(blocks(b"").unwrap().next().is_none());
    }
}
