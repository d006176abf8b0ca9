//! Bytes and base64.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Bytes, such as a certificate, token or key. `Debug` shows their number only.
///
/// ```
/// use apple_mdm::value::Data;
///
/// let data = Data::from(b"secret");
/// assert_eq!(data.len(), 6);
/// assert_eq!(format!("{data:?}"), "<6 bytes>");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Data(pub Vec<u8>);

impl Deref for Data {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Data {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0.len())
    }
}

impl From<Vec<u8>> for Data {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Data {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Data {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Data {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Data> for Vec<u8> {
    fn from(data: Data) -> Self {
        data.0
    }
}

/// Standard base64. Padding is written, but optional when reading.
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, READ);

const READ: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Standard base64 whose trailing bits need not be zero.
const LOOSE: GeneralPurpose = GeneralPurpose::new(&STANDARD, READ.with_decode_allow_trailing_bits(true));

/// Decodes base64 text with white space anywhere.
pub(crate) fn decode(text: &str) -> Option<Data> {
    decode_with(&BASE64, text)
}

/// Decodes the base64 text of a `<data>` element. Like other readers, it ignores trailing bits.
pub(crate) fn decode_loosely(text: &str) -> Option<Data> {
    decode_with(&LOOSE, text)
}

fn decode_with(base64: &GeneralPurpose, text: &str) -> Option<Data> {
    let text = text.as_bytes().trim_ascii();
    let bytes = if text.iter().any(u8::is_ascii_whitespace) {
        let mut dense = Vec::with_capacity(text.len());
        for line in text.split(u8::is_ascii_whitespace) {
            dense.extend_from_slice(line);
        }
        base64.decode(dense)
    } else {
        base64.decode(text)
    };
    bytes.ok().map(Data)
}

/// Encodes bytes as base64 text.
pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Appends bytes as base64 text.
pub(crate) fn encode_into(bytes: &[u8], text: &mut String) {
    BASE64.encode_string(bytes, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_allows_white_space_and_missing_padding_but_nothing_else() {
        let cases: &[(&str, Option<&[u8]>)] = &[
            ("", Some(b"")),
            (" \n\t", Some(b"")),
            ("QUJD", Some(b"ABC")),
            ("\n\tQU\n\tJD\r\n", Some(b"ABC")),
            ("QQ==", Some(b"A")),
            ("QQ", Some(b"A")),
            ("QQ= =", Some(b"A")),
            ("QUJDR", None),
            ("QQ==QQ==", None),
            ("QU-D", None),
            ("QU.D", None),
        ];
        for (text, want) in cases {
            assert_eq!(decode(text).as_deref(), *want, "{text:?}");
            assert_eq!(decode_loosely(text).as_deref(), *want, "{text:?}");
        }
        assert_eq!(decode("AAF="), None);
        assert_eq!(decode_loosely("AAF=").as_deref(), Some(&[0, 1][..]));
    }
}
