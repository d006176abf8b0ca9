//! Changes to documents, by chance and yet always the same.

/// A small generator of numbers (xorshift), always the same from one seed.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % end.max(1)
    }

    /// A change that a broken writer or an attacker may make.
    pub fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        const PIECES: [&[u8]; 28] = [
            b"<dict>",
            b"</dict>",
            b"<array>",
            b"</array>",
            b"<array/>",
            b"<key>",
            b"</key>",
            b"<string>",
            b"</string>",
            b"<true/>",
            b"<integer>1</integer>",
            b"<real>30</real>",
            b"<data>QQ==</data>",
            b"<date>2024-05-06T07:08:09Z</date>",
            b"<![CDATA[",
            b"]]>",
            b"<!--",
            b"-->",
            b"&amp;",
            b"&#0;",
            b"{",
            b"}",
            b"[",
            b"]",
            b"\"",
            b":",
            b",",
            b"null",
        ];
        let at = self.below(bytes.len());
        match self.below(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            1 if !bytes.is_empty() => bytes[at] = u8::try_from(self.below(256)).unwrap(),
            2 => bytes.insert(at, u8::try_from(self.below(256)).unwrap()),
            3 if !bytes.is_empty() => {
                let end = (at + 1 + self.below(8)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + self.below(200)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = self.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            5 => {
                let start = self.below(other.len());
                let end = (start + self.below(200)).min(other.len());
                bytes.splice(at..at, other[start..end].iter().copied());
            }
            6 => bytes.truncate(at),
            _ => {
                let piece = PIECES[self.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
}
