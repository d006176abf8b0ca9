//! Encodings of text documents.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind};
use crate::format::irregular::{Irregularity, Notes};

/// The text of a document, without a byte order mark.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: Encoding,
    pub(super) notes: Notes,
}

/// How a text is stored as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Encoding {
    units: Units,
    has_mark: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Units {
    Ascii,
    Utf8,
    Utf16(Order),
    Utf32(Order),
    Latin1,
    Windows1252,
}

/// The order of the bytes in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Big,
    Little,
}

impl Encoding {
    const UTF_8: Self = Self::without_mark(Units::Utf8);

    const fn without_mark(units: Units) -> Self {
        Self { units, has_mark: false }
    }

    const fn with_mark(units: Units) -> Self {
        Self { units, has_mark: true }
    }

    /// Returns whether the encoding has the character.
    pub(crate) fn has(self, c: char) -> bool {
        match self.units {
            Units::Ascii => c.is_ascii(),
            Units::Utf8 | Units::Utf16(_) | Units::Utf32(_) => true,
            Units::Latin1 => u8::try_from(c).is_ok(),
            Units::Windows1252 => to_windows_1252(c).is_some(),
        }
    }

    /// Encodes a text, with a byte order mark if the document had one. A text that was decoded from valid bytes becomes the same bytes again.
    /// A character that the encoding does not [have](Self::has) becomes a question mark.
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        const UNKNOWN: u8 = b'?';
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        let chars = || mark.chars().chain(text.chars());
        match self.units {
            Units::Ascii | Units::Utf8 => [mark, text].concat().into_bytes(),
            Units::Utf16(order) => {
                let units = mark.encode_utf16().chain(text.encode_utf16());
                units.flat_map(|unit| order.of(unit.to_be_bytes())).collect()
            }
            Units::Utf32(order) => chars().flat_map(|c| order.of(u32::from(c).to_be_bytes())).collect(),
            Units::Latin1 => text.chars().map(|c| u8::try_from(c).unwrap_or(UNKNOWN)).collect(),
            Units::Windows1252 => text.chars().map(|c| to_windows_1252(c).unwrap_or(UNKNOWN)).collect(),
        }
    }
}

impl Order {
    /// Puts the bytes of a number, the highest first, in this order.
    fn of<const N: usize>(self, mut bytes: [u8; N]) -> [u8; N] {
        if self == Self::Little {
            bytes.reverse();
        }
        bytes
    }
}

/// Decodes a document. Like Apple's reader, it goes by the byte order mark or, without one, by the XML declaration.
///
/// # Errors
///
/// Returns an error if the encoding is not supported, or if the bytes are neither valid text nor XML or JSON.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    match bytes {
        [0, 0, 0xfe, 0xff, rest @ ..] => Ok(utf32(rest, Order::Big)),
        [0xff, 0xfe, 0, 0, rest @ ..] => Ok(utf32(rest, Order::Little)),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest).map(|decoded| Decoded {
            encoding: Encoding::with_mark(Units::Utf8),
            ..decoded
        }),
        [0xfe, 0xff, rest @ ..] => Ok(utf16(rest, Order::Big)),
        [0xff, 0xfe, rest @ ..] => Ok(utf16(rest, Order::Little)),
        [0, 1..=0x7f, ..] => Ok(without_mark(utf16(bytes, Order::Big))),
        [1..=0x7f, 0, ..] => Ok(without_mark(utf16(bytes, Order::Little))),
        _ => match declared_encoding(bytes) {
            Some(name) => declared(bytes, name),
            None => utf8(bytes),
        },
    }
}

/// Returns the encoding in an XML declaration at the start of the document.
fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let rest = bytes.strip_prefix(b"<?xml")?;
    let end = rest.iter().position(|byte| matches!(byte, b'?' | b'>'))?;
    let declaration = std::str::from_utf8(&rest[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding=")?;
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let (name, _) = value[1..].split_once(quote)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    (name.len() <= 32 && name.chars().all(is_name)).then_some(name)
}

fn declared<'a>(bytes: &'a [u8], name: &str) -> Result<Decoded<'a>, Error> {
    match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => utf8(bytes),
        "us-ascii" | "ascii" | "iso-ir-6" | "ansi_x3.4-1968" => {
            let mut decoded = utf8(bytes)?;
            if bytes.is_ascii() {
                decoded.encoding = Encoding::without_mark(Units::Ascii);
            } else {
                decoded.notes.add(0, Irregularity::WrongEncoding);
            }
            Ok(decoded)
        }
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "l1" | "cp819" => {
            Ok(single_byte(bytes, Units::Latin1, char::from))
        }
        "windows-1252" | "cp1252" => Ok(single_byte(bytes, Units::Windows1252, windows_1252)),
        name if name.starts_with("utf-16") || name.starts_with("utf-32") || name.starts_with("ucs-") => {
            // The text is not in this encoding: its declaration could be read.
            let mut decoded = utf8(bytes)?;
            decoded.notes.add(0, Irregularity::WrongEncoding);
            Ok(decoded)
        }
        // Most other encodings agree about ASCII.
        _ if bytes.is_ascii() => utf8(bytes).map(|decoded| Decoded {
            encoding: Encoding::without_mark(Units::Ascii),
            ..decoded
        }),
        _ => Err(Error::syntax(format!(
            "text declared as {name}: only UTF-8, UTF-16, UTF-32, ISO-8859-1 and windows-1252 are read"
        ))),
    }
}

fn single_byte(bytes: &[u8], units: Units, decode: fn(u8) -> char) -> Decoded<'_> {
    let mut notes = Notes::default();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => {
            notes.add(0, Irregularity::LegacyEncoding);
            Cow::Owned(bytes.iter().map(|byte| decode(*byte)).collect())
        }
    };
    Decoded {
        text,
        encoding: Encoding::without_mark(units),
        notes,
    }
}

/// The characters from 0x80 to 0x9F of windows-1252, in which it differs from ISO-8859-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        byte => byte.into(),
    }
}

fn to_windows_1252(c: char) -> Option<u8> {
    match WINDOWS_1252.iter().position(|known| *known == c) {
        Some(index) => u8::try_from(0x80 + index).ok(),
        None => u8::try_from(c).ok().filter(|byte| !(0x80..=0x9f).contains(byte)),
    }
}

/// Decodes UTF-8. If the document seems to be XML or JSON, invalid bytes are noted and replaced, so that a single one does not make it
/// unreadable.
fn utf8(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    let notes = Notes::default();
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: Encoding::UTF_8,
            notes,
        });
    }
    match bytes.trim_ascii_start() {
        [b'<' | b'{' | b'[', ..] => Ok(replace_invalid(bytes, notes)),
        _ => Err(Error::new(ErrorKind::UnknownFormat)),
    }
}

fn replace_invalid(bytes: &[u8], mut notes: Notes) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            notes.add(text.len(), Irregularity::InvalidBytes);
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Decoded {
        text: Cow::Owned(text),
        encoding: Encoding::UTF_8,
        notes,
    }
}

fn utf16(bytes: &[u8], order: Order) -> Decoded<'_> {
    let (pairs, rest) = bytes.as_chunks();
    let units = pairs.iter().map(|&pair| u16::from_be_bytes(order.of(pair)));
    let encoding = Encoding::with_mark(Units::Utf16(order));
    let mut characters = characters(char::decode_utf16(units), encoding);
    characters.check_rest(rest);
    characters
}

fn utf32(bytes: &[u8], order: Order) -> Decoded<'_> {
    let (units, rest) = bytes.as_chunks();
    let codes = units.iter().map(|&unit| u32::from_be_bytes(order.of(unit)));
    let encoding = Encoding::with_mark(Units::Utf32(order));
    let mut characters = characters(codes.map(|code| char::from_u32(code).ok_or(())), encoding);
    characters.check_rest(rest);
    characters
}

fn characters<E>(results: impl Iterator<Item = Result<char, E>>, encoding: Encoding) -> Decoded<'static> {
    let (mut text, mut notes) = (String::new(), Notes::default());
    for result in results {
        text.push(result.unwrap_or_else(|_| {
            notes.add(text.len(), Irregularity::InvalidBytes);
            char::REPLACEMENT_CHARACTER
        }));
    }
    Decoded {
        text: Cow::Owned(text),
        encoding,
        notes,
    }
}

fn without_mark(mut decoded: Decoded<'_>) -> Decoded<'_> {
    decoded.notes.add(0, Irregularity::MissingByteOrderMark);
    decoded.encoding.has_mark = false;
    decoded
}

impl Decoded<'_> {
    /// Notes bytes at the end that are less than a character.
    fn check_rest(&mut self, rest: &[u8]) {
        if !rest.is_empty() {
            self.notes.add(self.text.len(), Irregularity::InvalidBytes);
            self.text.to_mut().push(char::REPLACEMENT_CHARACTER);
        }
    }
}
