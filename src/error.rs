//! What can be wrong with a document.

mod names;
pub(crate) mod path;

use std::borrow::Cow;
use std::fmt;

pub use names::{DocumentFormat, Type};

/// Why a document could not be read or a value not be written: [what](Self::kind) is wrong, [at which key](Self::path) and, in a
/// text, [at which place](Self::position).
///
/// `Display` is one line: `PayloadContent[0].maxInactivity, line 12, column 5: expected an integer, found a string`. It never
/// shows the value of a string, which may be a secret.
#[derive(Clone, PartialEq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq)]
struct Inner {
    kind: ErrorKind,
    path: String,
    position: Option<Position>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The document is broken: no property list, no JSON.
    #[error("{0}")]
    Syntax(Cow<'static, str>),
    /// A value has another type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// The type that it should have.
        expected: Type,
        /// The type that it has.
        found: Type,
    },
    /// A value of the right type is not accepted.
    #[error("expected {expected}, found {found}")]
    Value {
        /// What would be right.
        expected: Cow<'static, str>,
        /// What is there; the text itself only where it cannot be a secret.
        found: Cow<'static, str>,
    },
    /// A required key, the last one of the path, is not there.
    #[error("the required key is missing")]
    MissingKey,
    /// A key, the last one of the path, is there a second time.
    #[error("the key is repeated")]
    RepeatedKey,
    /// Arrays and dictionaries are nested too deep.
    #[error("nested deeper than {limit} levels")]
    TooDeep {
        /// The greatest depth that is accepted.
        limit: usize,
    },
    /// The document is too large.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The greatest number of bytes that is accepted.
        limit: usize,
    },
    /// A format cannot hold a value.
    #[error("{what} cannot be written as {format}")]
    Unrepresentable {
        /// The format.
        format: DocumentFormat,
        /// What it cannot hold.
        what: &'static str,
    },
    /// The document is in none of the formats: XML and binary property list, JSON.
    #[error("neither a property list nor JSON")]
    UnknownFormat,
    /// The document is a CMS message, signed or encrypted, and has to be opened first: `cms::from_slice`, of the feature `cms`.
    #[error("a signed or encrypted (CMS) message, not the document itself")]
    Cms,
}

impl ErrorKind {
    /// Whether only one value does not fit, and the document around it can still be read.
    pub(crate) const fn is_misfit(&self) -> bool {
        matches!(self, Self::WrongType { .. } | Self::Value { .. } | Self::MissingKey)
    }
}

/// A text as a message may show it, with no more than so many characters of it.
pub(crate) fn quoted(text: &str, most: usize) -> String {
    let short: String = text.chars().take(most).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", short.escape_debug())
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The byte, from 0, in the text as UTF-8.
    pub offset: usize,
}

impl Error {
    /// An error that does not say where; [`Reader::error`](crate::reader::Reader::error) makes one that does.
    #[must_use]
    pub fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            path: String::new(),
            position: None,
        }))
    }

    /// The document is broken; what of it is in the message may hold anything, and logs are lines.
    pub(crate) fn syntax(message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        if !message.contains(char::is_control) {
            return Self::new(ErrorKind::Syntax(message));
        }
        let mut shown = String::with_capacity(message.len());
        for c in message.chars() {
            if c.is_control() {
                shown.extend(c.escape_default());
            } else {
                shown.push(c);
            }
        }
        Self::new(ErrorKind::Syntax(shown.into()))
    }

    pub(crate) fn at(kind: ErrorKind, path: String, position: Option<Position>) -> Self {
        Self(Box::new(Inner { kind, path, position }))
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The path of the key: keys joined by dots, items as `[0]`, a key with other characters than ASCII letters, digits, `-` and
    /// `_` as `["com.apple.EnergySaver.desktop.ACPower"]`; empty for the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The place, where the document is a text and the place is known.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    pub(crate) fn into_kind(self) -> ErrorKind {
        self.0.kind
    }

    pub(crate) fn is_misfit(&self) -> bool {
        self.0.kind.is_misfit()
    }

    /// The same error, seen from the dictionary that holds its value under `key`.
    #[must_use]
    pub(crate) fn under_key(mut self, key: &str) -> Self {
        let mut path = String::new();
        path::push_key(&mut path, key);
        self.put_before(path);
        self
    }

    /// The same error, seen from the array that holds its value at `index`.
    #[must_use]
    pub(crate) fn under_index(mut self, index: usize) -> Self {
        let mut path = String::new();
        path::push_index(&mut path, index);
        self.put_before(path);
        self
    }

    fn put_before(&mut self, mut path: String) {
        if !self.0.path.is_empty() && !self.0.path.starts_with('[') {
            path.push('.');
        }
        path.push_str(&self.0.path);
        self.0.path = path;
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, path, position } = &*self.0;
        f.write_str(path)?;
        if let Some(Position { line, column, .. }) = position {
            let comma = if path.is_empty() { "" } else { ", " };
            write!(f, "{comma}line {line}, column {column}")?;
        }
        if !path.is_empty() || position.is_some() {
            f.write_str(": ")?;
        }
        kind.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, path, position } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("path", path)
            .field("position", position)
            .finish()
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_what_and_what_would_be_right_in_one_line() {
        let kind = ErrorKind::WrongType {
            expected: Type::Integer,
            found: Type::String,
        };
        let position = Position {
            line: 12,
            column: 5,
            offset: 300,
        };
        let error = Error::at(kind.clone(), "PayloadContent[0].maxInactivity".into(), Some(position));
        assert_eq!(
            error.to_string(),
            "PayloadContent[0].maxInactivity, line 12, column 5: expected an integer, found a string"
        );
        assert_eq!(Error::new(kind).to_string(), "expected an integer, found a string");
    }

    #[test]
    fn a_path_quotes_keys_with_other_characters() {
        let cases = [
            ("Plain-key_1", "PayloadContent[3].Plain-key_1"),
            ("com.apple.x y", r#"PayloadContent[3]["com.apple.x y"]"#),
            ("", r#"PayloadContent[3][""]"#),
            ("a\"\\\n", r#"PayloadContent[3]["a\"\\\n"]"#),
            ("schlüssel", r#"PayloadContent[3]["schlüssel"]"#),
            ("a\u{85}\u{1}", r#"PayloadContent[3]["a\u{85}\u{1}"]"#),
            ("]\"]", r#"PayloadContent[3]["]\"]"]"#),
        ];
        for (key, want) in cases {
            let mut path = String::new();
            path::push_key(&mut path, "PayloadContent");
            path::push_index(&mut path, 3);
            path::push_key(&mut path, key);
            assert_eq!(path, want);
            let error = Error::new(ErrorKind::MissingKey)
                .under_key(key)
                .under_index(3)
                .under_key("PayloadContent");
            assert_eq!(error.path(), want);
            let (first, rest) = path::first_key(want).unwrap();
            assert_eq!((&*first, rest), ("PayloadContent", &want["PayloadContent".len()..]));
            let after = rest.strip_prefix("[3]").unwrap();
            let (second, end) = path::first_key(after.strip_prefix('.').unwrap_or(after)).unwrap();
            assert_eq!((&*second, end), (key, ""));
        }
    }
}
