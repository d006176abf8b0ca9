//! The keys of all declarations.

use crate::codec::Extra;
use crate::codec::Reader;
use crate::codec::generated::{constant, deserialize, same, serialize_json};
use crate::codec::{Read, Record, View, Write};
use crate::error::Error;
use crate::schema::Dict;

use super::{DECLARATION_BASE, DeclarationItem};

/// A declaration of a known type: the keys of all declarations, and the payload.
///
/// `Type` follows from the type of the payload.
#[derive(Clone)]
pub struct Envelope<T> {
    /// `Identifier`: distinguishes the declaration from all others of the server. A UUID is a good choice.
    pub identifier: String,
    /// `ServerToken`: changes whenever the declaration does. Devices need it; a declaration that is kept in a file can lack it.
    pub server_token: Option<String>,
    /// `Payload`
    pub payload: T,
    /// Unknown keys, as they were read.
    pub extra: Extra,
}

impl<T: DeclarationItem> Envelope<T> {
    /// Creates a declaration with a server token, as devices need it.
    #[must_use]
    pub fn new(identifier: impl Into<String>, server_token: impl Into<String>, payload: T) -> Self {
        Self {
            identifier: identifier.into(),
            server_token: Some(server_token.into()),
            payload,
            extra: Extra::default(),
        }
    }

    /// Creates a declaration without a server token, to be kept until the server sends it.
    #[must_use]
    pub fn without_token(identifier: impl Into<String>, payload: T) -> Self {
        Self {
            server_token: None,
            ..Self::new(identifier, "", payload)
        }
    }
}

impl<T: DeclarationItem> Record for Envelope<T> {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&DECLARATION_BASE, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match DECLARATION_BASE.name_of(index) {
            "Type" => View::String(T::TYPE),
            "Identifier" => self.identifier.view(),
            "ServerToken" => self.server_token.view(),
            "Payload" => View::Record(&self.payload),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match DECLARATION_BASE.name_of(index) {
            "Type" => constant(T::TYPE, r),
            "Identifier" => self.identifier.fill(r),
            "ServerToken" => self.server_token.fill(r),
            "Payload" => self.payload.fill(r),
            _ => r.keep(&mut self.extra),
        }
    }

    fn empty() -> Self {
        Self {
            identifier: String::new(),
            server_token: None,
            payload: T::blank(),
            extra: Extra::default(),
        }
    }
}

impl<T: DeclarationItem> PartialEq for Envelope<T> {
    fn eq(&self, other: &Self) -> bool {
        same(self.view(), other.view())
    }
}

impl<T: DeclarationItem> std::fmt::Debug for Envelope<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::codec::generated::debug(self, f)
    }
}

impl<T: DeclarationItem> serde::Serialize for Envelope<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_json(self, serializer)
    }
}

impl<'de, T: DeclarationItem> serde::Deserialize<'de> for Envelope<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
