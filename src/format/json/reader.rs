//! Reading tokens from JSON.
//!
//! `serde_json` reports no positions and rounds integers beyond 64 bits to reals. It is only used to decode strings with escapes.

use std::borrow::Cow;

use super::unescaped_len;
use crate::error::{DocumentFormat, Error};
use crate::format::irregular::{Irregularity, Notes};
use crate::format::token::Token;
use crate::value::Integer;

/// Reads tokens from JSON text (RFC 8259). The caller keeps track of open containers.
pub(crate) struct Json<'a> {
    text: &'a str,
    at: usize,
    /// The offset of the last token, or where reading stopped.
    start: usize,
    expected: Expected,
    notes: Notes,
}

#[derive(Clone, Copy)]
enum Expected {
    /// A value.
    Value,
    /// The first item or key of a container, or its end.
    First,
    /// A comma and the next item or key, or the end of the container or document.
    Rest,
}

/// A value that contains others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Array,
    Object,
}

/// A position before a token.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    at: usize,
    expected: Expected,
}

type Result<T> = std::result::Result<T, Error>;

impl<'a> Json<'a> {
    pub(crate) fn new(text: &'a str, notes: Notes) -> Self {
        Self {
            text,
            at: 0,
            start: 0,
            expected: Expected::Value,
            notes,
        }
    }

    /// Returns the notes since the last call.
    #[cfg(feature = "lint")]
    pub(crate) fn take_notes(&mut self) -> Vec<(usize, Irregularity)> {
        self.notes.take()
    }

    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// Returns the offset after the last token. After a key it is that after the colon.
    pub(crate) fn end(&self) -> usize {
        self.at
    }

    /// Returns the position before the next token.
    pub(crate) fn place(&self) -> Place {
        Place {
            at: self.at,
            expected: self.expected,
        }
    }

    pub(crate) fn go_to(&mut self, place: Place) {
        self.at = place.at;
        self.expected = place.expected;
    }

    /// Reads the next token. `open` is the innermost open container.
    pub(crate) fn next(&mut self, open: Option<Container>) -> Result<Token<'a>> {
        match (self.expected, open) {
            (Expected::Value, _) => self.value(),
            (_, None) => match self.look() {
                None => Ok(Token::End),
                Some(_) => Err(Error::syntax("content after the end of the document")),
            },
            (_, Some(Container::Array)) => {
                if self.next_item()? {
                    self.value()
                } else {
                    Ok(Token::EndArray)
                }
            }
            (_, Some(Container::Object)) => Ok(self.next_key()?.map_or(Token::EndDictionary, Token::Key)),
        }
    }

    /// Reads the next value if it is a string without escapes. This and the next two methods are shortcuts for the most frequent values;
    /// they read nothing if the value is another, broken or not due.
    #[inline(always)]
    pub(crate) fn plain_string(&mut self) -> Option<&'a str> {
        if self.value_starts()? != b'"' {
            return None;
        }
        let start = self.start + 1;
        let rest = self.text.as_bytes().get(start..)?;
        let end = start + unescaped_len(rest);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.take(end + 1);
        Some(&self.text[start..end])
    }

    /// Reads the next value if it is a non-negative integer of a few digits.
    #[inline]
    pub(crate) fn small_integer(&mut self) -> Option<i64> {
        self.value_starts()?;
        let (number, len) = small_number(self.text.as_bytes().get(self.start..)?)?;
        self.take(self.start + len);
        Some(number)
    }

    /// Reads the next value if it is a boolean.
    #[inline]
    pub(crate) fn boolean(&mut self) -> Option<bool> {
        self.value_starts()?;
        let rest = self.text.as_bytes().get(self.start..)?;
        let (value, len) = match rest {
            [b't', b'r', b'u', b'e', ..] => (true, 4),
            [b'f', b'a', b'l', b's', b'e', ..] => (false, 5),
            _ => return None,
        };
        self.take(self.start + len);
        Some(value)
    }

    /// Enters the next value if it is such a container; returns whether it is.
    #[inline]
    pub(crate) fn enters(&mut self, container: Container) -> bool {
        let start = match container {
            Container::Array => b'[',
            Container::Object => b'{',
        };
        let enters = self.value_starts() == Some(start);
        if enters {
            self.at = self.start + 1;
            self.expected = Expected::First;
        }
        enters
    }

    /// Returns the first byte of the next value if a value is due.
    #[inline(always)]
    fn value_starts(&mut self) -> Option<u8> {
        match self.expected {
            Expected::Value => self.look(),
            _ => None,
        }
    }

    /// Moves to the end of a value.
    #[inline(always)]
    fn take(&mut self, end: usize) {
        self.at = end;
        self.expected = Expected::Rest;
    }

    /// Returns the key at this offset, which was read before.
    pub(crate) fn key_at(&self, start: usize) -> Cow<'a, str> {
        let mut reader = Self {
            at: start,
            ..Self::new(self.text, Notes::default())
        };
        reader.string().unwrap_or_default()
    }

    /// Returns whether the innermost array has another item, which is read next. Leaves the array at its end.
    pub(crate) fn next_item(&mut self) -> Result<bool> {
        let more = self.more(b']', "expected `,` or `]`")?;
        if more {
            self.expected = Expected::Value;
        }
        Ok(more)
    }

    /// Reads the next key of the innermost object. Leaves the object at its end.
    #[inline(always)]
    pub(crate) fn next_key(&mut self) -> Result<Option<Cow<'a, str>>> {
        if !self.more(b'}', "expected `,` or `}`")? {
            return Ok(None);
        }
        match self.look() {
            Some(b'"') => {}
            Some(_) => return Err(Error::syntax("expected a key in quotation marks")),
            None => return Err(end_of_text()),
        }
        let key = self.string()?;
        let start = self.start;
        match self.look() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(Error::syntax("expected `:` after the key")),
            None => return Err(end_of_text()),
        }
        self.start = start;
        self.expected = Expected::Value;
        Ok(Some(key))
    }

    /// Passes a comma if there is one, and returns whether the container continues; `end` ends it.
    #[inline]
    fn more(&mut self, end: u8, wrong: &'static str) -> Result<bool> {
        match (self.look(), self.expected) {
            (Some(byte), _) if byte == end => {
                self.take(self.at + 1);
                Ok(false)
            }
            (Some(b','), Expected::Rest) => {
                self.at += 1;
                Ok(true)
            }
            (Some(_), Expected::First) => Ok(true),
            (Some(_), _) => Err(Error::syntax(wrong)),
            (None, _) => Err(end_of_text()),
        }
    }

    /// Skips white space and returns the byte after it.
    #[inline(always)]
    fn look(&mut self) -> Option<u8> {
        let text = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = text.get(self.at) {
            self.at += 1;
        }
        self.start = self.at;
        text.get(self.at).copied()
    }

    fn value(&mut self) -> Result<Token<'a>> {
        let byte = self.look();
        self.expected = Expected::Rest;
        match byte {
            Some(b'"') => Ok(Token::String(self.string()?)),
            Some(b'{') => Ok(self.entered(Token::Dictionary)),
            Some(b'[') => Ok(self.entered(Token::Array)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Token::Boolean(true)),
            Some(b'f') => self.word("false", Token::Boolean(false)),
            Some(b'n') => self.word("null", Token::Null),
            Some(_) => Err(Error::syntax("expected a value")),
            None => Err(end_of_text()),
        }
    }

    fn entered(&mut self, token: Token<'a>) -> Token<'a> {
        self.at += 1;
        self.expected = Expected::First;
        token
    }

    fn word(&mut self, word: &str, token: Token<'a>) -> Result<Token<'a>> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(token)
        } else {
            Err(Error::syntax("expected a value"))
        }
    }

    fn number(&mut self) -> Result<Token<'a>> {
        let rest = &self.text[self.at..];
        if let Some((number, len)) = small_number(rest.as_bytes()) {
            self.at += len;
            return Ok(Token::Integer(number.into()));
        }
        let part = |b: u8| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let number = &rest[..rest.bytes().take_while(|&b| part(b)).count()];
        self.at += number.len();
        match kind_of_number(number) {
            Some(Number::Integer) => Integer::parse(number)
                .map(Token::Integer)
                .ok_or_else(|| Error::syntax("an integer of more than 64 bits")),
            // `serde_json` may be off by one bit unless its feature `float_roundtrip` is enabled.
            Some(Number::Real) => match number.parse::<f64>() {
                Ok(n) if n.is_finite() => Ok(Token::Real(n)),
                _ => Err(Error::syntax("a number out of range")),
            },
            None => Err(Error::syntax("a broken number")),
        }
    }

    /// Reads the string that starts here.
    #[inline(always)]
    fn string(&mut self) -> Result<Cow<'a, str>> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let (mut end, mut plain) = (start, true);
        loop {
            end += unescaped_len(bytes.get(end..).unwrap_or_default());
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    plain = false;
                    end += 2;
                }
                Some(_) => return Err(Error::syntax("a control character in a string")),
                None => return Err(Error::syntax("a string without an end")),
            }
        }
        self.at = end + 1;
        if plain {
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        let quoted = &self.text[start - 1..=end];
        let text = match serde_json::from_str(quoted) {
            Ok(text) => text,
            Err(_) => {
                let text = serde_json::from_str(&replace_unpaired_surrogates(quoted))
                    .map_err(|_| Error::syntax("a broken escape in a string"))?;
                let kind = Irregularity::UnpairedSurrogate(DocumentFormat::Json);
                self.notes.add(self.start, kind);
                text
            }
        };
        Ok(Cow::Owned(text))
    }
}

/// Replaces the escapes of unpaired surrogates in a string by the escape of U+FFFD. The string is unchanged if it has no such escapes.
fn replace_unpaired_surrogates(quoted: &str) -> String {
    /// The length of an escape of four digits, such as `\ud83d`.
    const LEN: usize = 6;
    let escaped = |at: usize| {
        let digits = quoted.get(at..at + LEN)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let is_high = |unit: u32| (0xd800..0xdc00).contains(&unit);
    let is_low = |unit: u32| (0xdc00..0xe000).contains(&unit);
    let (mut replaced, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(offset) = memchr::memchr(b'\\', &quoted.as_bytes()[at..]) {
        at += offset;
        match (escaped(at), escaped(at + LEN)) {
            (Some(high), Some(low)) if is_high(high) && is_low(low) => at += 2 * LEN,
            (Some(unit), _) if is_high(unit) || is_low(unit) => {
                replaced.push_str(&quoted[copied..at]);
                replaced.push_str("\\ufffd");
                at += LEN;
                copied = at;
            }
            // An escaped backslash must not be taken as the start of an escape. What it escapes can be longer than a byte.
            _ => at = (at + 2).min(quoted.len()),
        }
    }
    replaced + &quoted[copied..]
}

/// Returns the number at the start of the bytes and its length if it consists of a few digits, as nearly all numbers do.
#[inline]
fn small_number(bytes: &[u8]) -> Option<(i64, usize)> {
    const MAX_DIGITS: usize = 18;
    let (mut number, mut len) = (0, 0);
    while let Some(digit @ b'0'..=b'9') = bytes.get(len) {
        if len == MAX_DIGITS {
            return None;
        }
        number = number * 10 + i64::from(digit - b'0');
        len += 1;
    }
    let is_whole = !matches!(bytes.get(len), Some(b'-' | b'+' | b'.' | b'e' | b'E'));
    let has_leading_zero = len > 1 && bytes.first() == Some(&b'0');
    (len > 0 && is_whole && !has_leading_zero).then_some((number, len))
}

enum Number {
    Integer,
    Real,
}

/// Checks a number against JSON's grammar, which is narrower than Rust's.
fn kind_of_number(text: &str) -> Option<Number> {
    let digits = |text: &mut &str| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let count = text.len() - rest.len();
        *text = rest;
        count
    };
    let mut rest = text.strip_prefix('-').unwrap_or(text);
    let leading_zero = rest.starts_with('0');
    let whole = digits(&mut rest);
    if whole == 0 || leading_zero && whole > 1 {
        return None;
    }
    if rest.is_empty() {
        return Some(Number::Integer);
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction;
        if digits(&mut rest) == 0 {
            return None;
        }
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        rest = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if digits(&mut rest) == 0 {
            return None;
        }
    }
    rest.is_empty().then_some(Number::Real)
}

fn end_of_text() -> Error {
    Error::syntax("the document ends within a value")
}
