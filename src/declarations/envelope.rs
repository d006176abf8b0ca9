//! The keys that all declarations have.

use crate::Extra;
use crate::blank::Blank;
use crate::codec::{Read, Record, View, Write};
use crate::error::Error;
use crate::generated::{Flavour, constant, deserialize, read_into, same, serialize};
use crate::reader::Reader;
use crate::schema::Dict;

use super::{DECLARATION_BASE, DeclarationItem};

/// A declaration of a known type: what all declarations have, and its payload.
///
/// `Type` is that of the payload.
#[derive(Clone)]
pub struct Envelope<T> {
    /// `Identifier`: tells the declaration from all others of the server; a UUID is a good one.
    pub identifier: String,
    /// `ServerToken`: changes whenever the declaration does.
    pub server_token: String,
    /// `Payload`
    pub payload: T,
    /// The keys that the schema does not know, as they were read.
    pub extra: Extra,
}

impl<T: DeclarationItem> Envelope<T> {
    /// A declaration.
    #[must_use]
    pub fn new(identifier: impl Into<String>, server_token: impl Into<String>, payload: T) -> Self {
        Self {
            identifier: identifier.into(),
            server_token: server_token.into(),
            payload,
            extra: Extra::default(),
        }
    }
}

impl<T: DeclarationItem + Blank> Record for Envelope<T> {
    fn table(&self) -> &'static Dict {
        &DECLARATION_BASE
    }
    fn get(&self, index: usize) -> View<'_> {
        match DECLARATION_BASE.keys.get(index).map(|key| key.name) {
            Some("Type") => View::String(T::TYPE),
            Some("Identifier") => self.identifier.view(),
            Some("ServerToken") => self.server_token.view(),
            Some("Payload") => View::Record(&self.payload),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match DECLARATION_BASE.keys.get(index).map(|key| key.name) {
            Some("Type") => constant(T::TYPE, r),
            Some("Identifier") => read_into(&mut self.identifier, r),
            Some("ServerToken") => read_into(&mut self.server_token, r),
            Some("Payload") => read_into(&mut self.payload, r),
            _ => r.skip(),
        }
    }
    fn extra(&self) -> &Extra {
        &self.extra
    }
    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

impl<T: DeclarationItem + Blank> Blank for Envelope<T> {
    fn blank() -> Self {
        Self {
            identifier: String::new(),
            server_token: String::new(),
            payload: T::blank(),
            extra: Extra::default(),
        }
    }
}

impl<T: DeclarationItem + Blank> Read for Envelope<T> {
    fn read(r: &mut Reader<'_>) -> Result<Self, Error> {
        let mut envelope = Self::blank();
        r.record(&mut envelope)?;
        Ok(envelope)
    }
}

impl<T: DeclarationItem + Blank> Write for Envelope<T> {
    fn view(&self) -> View<'_> {
        View::Record(self)
    }
}

impl<T: DeclarationItem + Blank> PartialEq for Envelope<T> {
    fn eq(&self, other: &Self) -> bool {
        same(self.view(), other.view())
    }
}

impl<T: DeclarationItem + Blank> std::fmt::Debug for Envelope<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::generated::debug(self, f)
    }
}

impl<T: DeclarationItem + Blank> serde::Serialize for Envelope<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.view(), Flavour::Json, serializer)
    }
}

impl<'de, T: DeclarationItem + Blank> serde::Deserialize<'de> for Envelope<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
