//! Formats of documents and types of values, with their names in messages.

use std::fmt;

/// The format of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentFormat {
    /// XML property list.
    Xml,
    /// Binary property list.
    Binary,
    /// JSON.
    Json,
}

impl fmt::Display for DocumentFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xml => "an XML property list",
            Self::Binary => "a binary property list",
            Self::Json => "JSON",
        })
    }
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// `null`, which only JSON has.
    Null,
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A floating-point number.
    Real,
    /// A boolean.
    Boolean,
    /// Bytes.
    Data,
    /// A date: a point in time.
    Date,
    /// A UID: a reference in a keyed archive, which only binary property lists have.
    Uid,
    /// An array.
    Array,
    /// A dictionary.
    Dictionary,
}

impl Type {
    /// Returns a short name: that of the element in an XML property list (`string`, `dict`), or `boolean`, `null` or `uid`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Data => "data",
            Self::Date => "date",
            Self::Uid => "uid",
            Self::Array => "array",
            Self::Dictionary => "dict",
        }
    }
}

/// Shows the type with its article: `a string`, `an integer`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Real => "a real",
            Self::Boolean => "a boolean",
            Self::Data => "data",
            Self::Date => "a date",
            Self::Uid => "a UID",
            Self::Array => "an array",
            Self::Dictionary => "a dictionary",
        })
    }
}
