//! What messages call the formats of documents and the types of values.

use std::fmt;

/// A format of documents.
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

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// JSON's `null`.
    Null,
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A floating-point number.
    Real,
    /// A truth value.
    Boolean,
    /// Bytes.
    Data,
    /// A point in time.
    Date,
    /// A reference within a keyed archive.
    Uid,
    /// An array.
    Array,
    /// A dictionary.
    Dictionary,
}

impl Type {
    /// The name of its element in a property list: `string`, `integer` … `dict`; `null` and `uid`, which have none.
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

/// With the article: `a string`, `an integer`.
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
