//! Tokens, which all formats are read as.

use std::borrow::Cow;

use crate::value::{Date, Integer, Type, Unparsed};

/// A part of a document: a scalar, or the start or end of a container.
#[derive(Clone, Debug)]
pub(crate) enum Token<'a> {
    Null,
    String(Cow<'a, str>),
    Integer(Integer),
    Real(f64),
    Boolean(bool),
    Data(Encoded<'a>),
    Date(Date),
    Uid(u64),
    /// The text of an element that is not valid for its type.
    Unparsed(Unparsed),
    /// The start of an array.
    Array,
    /// The start of a dictionary.
    Dictionary,
    /// A key of the innermost dictionary. Its value follows.
    Key(Cow<'a, str>),
    EndArray,
    EndDictionary,
    /// The end of the document.
    End,
}

/// Data, which is decoded on demand.
#[derive(Clone, Debug)]
pub(crate) enum Encoded<'a> {
    Bytes(&'a [u8]),
    Base64(Cow<'a, str>),
}

impl Token<'_> {
    /// Returns the type of the value that the token is or starts.
    pub(crate) const fn type_of(&self) -> Option<Type> {
        Some(match self {
            Self::Null => Type::Null,
            Self::String(_) => Type::String,
            Self::Integer(_) => Type::Integer,
            Self::Real(_) => Type::Real,
            Self::Boolean(_) => Type::Boolean,
            Self::Data(_) => Type::Data,
            Self::Date(_) => Type::Date,
            Self::Uid(_) => Type::Uid,
            Self::Unparsed(unparsed) => unparsed.type_of(),
            Self::Array => Type::Array,
            Self::Dictionary => Type::Dictionary,
            Self::Key(_) | Self::EndArray | Self::EndDictionary | Self::End => return None,
        })
    }
}
