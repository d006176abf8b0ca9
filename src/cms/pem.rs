//! A tolerant PEM reader. It accepts text around the blocks, lines of any length, and any line endings.

/// A block of a PEM file.
pub(super) struct Block<'a> {
    pub label: &'a str,
    pub bytes: Vec<u8>,
}

/// The beginning of every block.
pub(super) const BEGIN: &str = "-----BEGIN ";

/// Reads the blocks of a PEM file. The error is the reason why a block is broken.
pub(super) fn blocks(pem: &[u8]) -> Result<Vec<Block<'_>>, &'static str> {
    let mut rest = std::str::from_utf8(pem).map_err(|_| "no text in UTF-8")?;
    let mut blocks = Vec::new();
    while let Some((_, begun)) = rest.split_once(BEGIN) {
        let (label, after) = begun.split_once("-----").ok_or("a block with a broken first line")?;
        let (text, after) = after.split_once("-----END ").ok_or("a block without an end")?;
        let after = after
            .strip_prefix(label)
            .and_then(|after| after.strip_prefix("-----"))
            .ok_or("a block that ends as another one")?;
        let bytes = crate::value::data::decode(text).ok_or("a block that is no base64")?.0;
        blocks.push(Block { label, bytes });
        rest = after;
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_blocks_surrounded_by_other_text() {
        let pem = b"subject=x\r\n-----BEGIN A-----\r\nQU\r\nJD\r\n-----END A-----\n\nText\n-----BEGIN B C-----QQ==-----END B C-----";
        let blocks = blocks(pem).unwrap();
        let found: Vec<_> = blocks.iter().map(|b| (b.label, &*b.bytes)).collect();
        assert_eq!(found, [("A", &b"ABC"[..]), ("B C", b"A")]);
    }

    #[test]
    fn a_broken_block_is_an_error_with_a_reason() {
        let cases: [(&[u8], &str); 5] = [
            (b"-----BEGIN A", "a block with a broken first line"),
            (b"-----BEGIN A-----\nQUJD\n", "a block without an end"),
            (
                b"-----BEGIN A-----\nQUJD\n-----END B-----",
                "a block that ends as another one",
            ),
            (b"-----BEGIN A-----\nQ!JD\n-----END A-----", "a block that is no base64"),
            (b"\xff", "no text in UTF-8"),
        ];
        for (pem, want) in cases {
            assert_eq!(blocks(pem).err(), Some(want));
        }
        assert!(blocks(b"").unwrap().is_empty());
    }
}
