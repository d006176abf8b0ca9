//! Encodings of text documents.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind};
use crate::format::lines::Lines;
use crate::format::xml::{Irregularity, Notes};

/// The text of a document, without a byte order mark.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) notes: Notes,
}

/// Decodes a document. Like Apple's reader, it goes by the byte order mark or, without one, by the XML declaration.
///
/// # Errors
///
/// Returns an error if the encoding is not supported, or if the bytes are neither valid text nor XML.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    match bytes {
        [0, 0, 0xfe, 0xff, rest @ ..] => Ok(utf32(rest, u32::from_be_bytes)),
        [0xff, 0xfe, 0, 0, rest @ ..] => Ok(utf32(rest, u32::from_le_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xfe, 0xff, rest @ ..] => Ok(utf16(rest, u16::from_be_bytes)),
        [0xff, 0xfe, rest @ ..] => Ok(utf16(rest, u16::from_le_bytes)),
        [0, 1..=0x7f, ..] => Ok(without_mark(utf16(bytes, u16::from_be_bytes))),
        [1..=0x7f, 0, ..] => Ok(without_mark(utf16(bytes, u16::from_le_bytes))),
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
            if !bytes.is_ascii() {
                decoded.notes.add(0, Irregularity::WrongEncoding);
            }
            Ok(decoded)
        }
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "l1" | "cp819" => Ok(single_byte(bytes, char::from)),
        "windows-1252" | "cp1252" => Ok(single_byte(bytes, windows_1252)),
        name if name.starts_with("utf-16") || name.starts_with("utf-32") || name.starts_with("ucs-") => {
            // The text is not in this encoding: its declaration could be read.
            let mut decoded = utf8(bytes)?;
            decoded.notes.add(0, Irregularity::WrongEncoding);
            Ok(decoded)
        }
        // Most other encodings agree about ASCII.
        _ if bytes.is_ascii() => utf8(bytes),
        _ => Err(Error::syntax(format!(
            "text declared as {name}: only UTF-8, UTF-16, UTF-32, ISO-8859-1 and windows-1252 are read"
        ))),
    }
}

fn single_byte(bytes: &[u8], decode: fn(u8) -> char) -> Decoded<'_> {
    let mut notes = Notes::default();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => {
            notes.add(0, Irregularity::LegacyEncoding);
            Cow::Owned(bytes.iter().map(|byte| decode(*byte)).collect())
        }
    };
    Decoded { text, notes }
}

/// Decodes a byte of windows-1252, which differs from ISO-8859-1 from 0x80 to 0x9F.
fn windows_1252(byte: u8) -> char {
    const DIFFERENT: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => DIFFERENT[usize::from(byte - 0x80)],
        byte => byte.into(),
    }
}

/// Decodes UTF-8. If the document seems to be XML, invalid bytes are noted and replaced, so that a single one does not make it unreadable.
fn utf8(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    let notes = Notes::default();
    let valid_up_to = match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = Cow::Borrowed(text);
            return Ok(Decoded { text, notes });
        }
        Err(error) => error.valid_up_to(),
    };
    match bytes.trim_ascii_start() {
        [b'<', ..] => Ok(replace_invalid(bytes, notes)),
        [b'{' | b'[', ..] => {
            let valid = String::from_utf8_lossy(&bytes[..valid_up_to]);
            let position = Lines::new(&valid).position(valid.len());
            let kind = ErrorKind::Syntax("text that is not UTF-8".into());
            Err(Error::at(kind, String::new(), Some(position)))
        }
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
    let text = Cow::Owned(text);
    Decoded { text, notes }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'_> {
    let (pairs, rest) = bytes.as_chunks();
    let mut characters = characters(char::decode_utf16(pairs.iter().map(|&pair| unit(pair))));
    characters.check_rest(rest);
    characters
}

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> Decoded<'_> {
    let (units, rest) = bytes.as_chunks();
    let mut characters = characters(units.iter().map(|&bytes| char::from_u32(unit(bytes)).ok_or(())));
    characters.check_rest(rest);
    characters
}

fn characters<E>(results: impl Iterator<Item = Result<char, E>>) -> Decoded<'static> {
    let (mut text, mut notes) = (String::new(), Notes::default());
    for result in results {
        text.push(result.unwrap_or_else(|_| {
            notes.add(text.len(), Irregularity::InvalidBytes);
            char::REPLACEMENT_CHARACTER
        }));
    }
    let text = Cow::Owned(text);
    Decoded { text, notes }
}

fn without_mark(mut decoded: Decoded<'_>) -> Decoded<'_> {
    decoded.notes.add(0, Irregularity::MissingByteOrderMark);
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
