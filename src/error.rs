//! Errors: what is wrong with a document, and where.

mod names;
pub(crate) mod path;

use std::borrow::Cow;
use std::fmt;

pub use names::{DocumentFormat, Type};

/// An error of reading or writing: [what](Self::kind) is wrong, [at which key](Self::path), and at which
/// [position](Self::position) of a text.
///
/// `Display` shows one line: `PayloadContent[0].maxInactivity, line 12, column 5: expected an integer, found a string`. It never
/// shows the value of a string, which may be a secret.
#[derive(Clone, PartialEq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq)]
struct Inner {
    kind: ErrorKind,
    path: String,
    position: Option<Position>,
}

/// The kind of an [`Error`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The document is not well-formed.
    #[error("{0}")]
    Syntax(Cow<'static, str>),
    /// A value has another type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// The expected type.
        expected: Type,
        /// The type of the value.
        found: Type,
    },
    /// A value has the right type but is not valid.
    #[error("expected {expected}, found {found}")]
    Value {
        /// A description of the valid values.
        expected: Cow<'static, str>,
        /// A description of the value, or the value itself if it cannot be a secret.
        found: Cow<'static, str>,
    },
    /// A required key, the last one of the path, is missing.
    #[error("the required key is missing")]
    MissingKey,
    /// A key, the last one of the path, occurs twice in its dictionary.
    #[error("the key is repeated")]
    RepeatedKey,
    /// An [edit](crate::edit) is to change a key or item that the document does not have.
    #[error("there is no such key or item")]
    Absent,
    /// An [edit](crate::edit) is to add a key that its dictionary already has.
    #[error("the key is already there")]
    Present,
    /// An [edit](crate::edit) is to change what an earlier edit changes already.
    #[error("another edit changes this already")]
    Conflict,
    /// A binary property list has no text that can be [edited](crate::edit).
    #[error("a binary property list has no text to edit; convert it to XML first")]
    NotText,
    /// Arrays and dictionaries are nested too deeply.
    #[error("nested deeper than {limit} levels")]
    TooDeep {
        /// The maximum depth.
        limit: usize,
    },
    /// The document, or the value it stands for, is too large.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The maximum number of bytes.
        limit: usize,
    },
    /// A value has no representation in a format.
    #[error("{what} cannot be written as {format}")]
    Unrepresentable {
        /// The format.
        format: DocumentFormat,
        /// A description of the value.
        what: &'static str,
    },
    /// The document is neither an XML or binary property list nor JSON.
    #[error("neither a property list nor JSON")]
    UnknownFormat,
    /// The document is a signed or encrypted CMS message. Open it with `cms::from_slice` (feature `cms`) first.
    #[error("a signed or encrypted (CMS) message, not the document itself")]
    Cms,
}

impl ErrorKind {
    /// Returns whether the error concerns a single value, so that the rest of the document can still be read.
    pub(crate) const fn is_misfit(&self) -> bool {
        matches!(self, Self::WrongType { .. } | Self::Value { .. } | Self::MissingKey)
    }
}

/// Quotes the first `max_chars` characters of a text for a message, with invisible characters as `\u{a0}`.
pub(crate) fn quoted(text: &str, max_chars: usize) -> String {
    let mut quoted = String::from("`");
    let mut chars = text.chars();
    for c in chars.by_ref().take(max_chars) {
        match c {
            '\n' | '\r' | '\t' => quoted.extend(c.escape_default()),
            c if is_invisible(c) => quoted.extend(c.escape_unicode()),
            c => quoted.push(c),
        }
    }
    if !chars.as_str().is_empty() {
        quoted.push('…');
    }
    quoted.push('`');
    quoted
}

/// Returns whether a character cannot be seen in a message, or changes how others are displayed.
fn is_invisible(c: char) -> bool {
    match c {
        ' '..='~' => false,
        // Letters, marks and symbols without a glyph.
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => true,
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => true,
        // Controls, white space, format characters and unassigned ones. After a letter, combining marks are not escaped.
        c => {
            let mut pair = [b'a', 0, 0, 0, 0];
            c.encode_utf8(&mut pair[1..]);
            let pair = std::str::from_utf8(&pair[..1 + c.len_utf8()]).unwrap_or_default();
            pair.escape_debug().nth(1) == Some('\\')
        }
    }
}

/// A position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The line, starting at 1.
    pub line: usize,
    /// The column in characters, starting at 1.
    pub column: usize,
    /// The byte offset in the text as UTF-8, starting at 0.
    pub offset: usize,
}

impl Error {
    /// Returns an error without a path or position. [`Reader::error`](crate::reader::Reader::error) returns one with both.
    #[must_use]
    pub fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            path: String::new(),
            position: None,
        }))
    }

    /// Returns a syntax error. Control characters in the message, which may quote the document, are escaped, so that the message is a
    /// single line.
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

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Returns the path of the value: keys separated by dots, and indices as `[0]`. A key with characters other than ASCII letters,
    /// digits, `-` and `_` is quoted: `["com.apple.EnergySaver.desktop.ACPower"]`. The path of the document itself is empty.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the position, if the document is a text and the position is known.
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

    /// Returns the error with `key` in front of its path.
    #[must_use]
    pub(crate) fn under_key(mut self, key: &str) -> Self {
        let mut path = String::new();
        path::push_key(&mut path, key);
        self.prepend(path);
        self
    }

    /// Returns the error with `index` in front of its path.
    #[must_use]
    pub(crate) fn under_index(mut self, index: usize) -> Self {
        let mut path = String::new();
        path::push_index(&mut path, index);
        self.prepend(path);
        self
    }

    fn prepend(&mut self, mut path: String) {
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
    fn display_shows_path_position_and_kind_in_one_line() {
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
    fn quoted_texts_are_short_and_show_invisible_characters() {
        let cases = [
            ("plain", "`plain`"),
            (r#"A\jane's ""#, r#"`A\jane's "`"#),
            ("12345678901", "`1234567890…`"),
            ("a\u{a0}b\u{200b}", r"`a\u{a0}b\u{200b}`"),
            ("\u{feff}x\u{202e}", r"`\u{feff}x\u{202e}`"),
            ("\u{3164}\u{2028}", r"`\u{3164}\u{2028}`"),
            ("\n\t\u{1}", r"`\n\t\u{1}`"),
            ("é e\u{301} 漢字 🙂", "`é e\u{301} 漢字 🙂`"),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text, 10), expected);
        }
    }

    #[test]
    fn keys_with_special_characters_are_quoted_in_paths() {
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
