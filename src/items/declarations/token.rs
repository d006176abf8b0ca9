//! Server tokens that follow from the content of declarations.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{DECLARATION_BASE, Declaration};
use crate::codec::canonical_json::to_json_canonical_without;
use crate::codec::{Reader, Write};
use crate::error::Error;
use crate::items::item::{InvalidItem, Over, UnknownItem};
use crate::value::Value;

const SERVER_TOKEN: &str = "ServerToken";

impl Declaration {
    /// Returns a server token that follows from the content: the SHA-256 digest, in hexadecimal, of the declaration without
    /// `ServerToken` as canonical JSON (RFC 8785).
    ///
    /// Declarations with the same content have the same token, whatever the order of their keys, so a restarted server does not make
    /// devices fetch everything again.
    ///
    /// # Errors
    ///
    /// Returns an error if the declaration cannot be written as canonical JSON; see
    /// [`to_json_canonical`](crate::writer::to_json_canonical).
    pub fn content_token(&self) -> Result<String, Error> {
        let json = to_json_canonical_without(self.view(), Some(SERVER_TOKEN))?;
        Ok(sha256(&json))
    }

    /// Sets `ServerToken`.
    ///
    /// ```
    /// use apple_mdm::declarations::{Declaration, Envelope, PasscodeSettings};
    ///
    /// let mut declaration = Declaration::from(Envelope::without_token("com.example.passcode", PasscodeSettings::default()));
    /// declaration.set_server_token(&declaration.content_token()?);
    /// assert!(declaration.server_token().is_some());
    /// # Ok::<(), apple_mdm::Error>(())
    /// ```
    pub fn set_server_token(&mut self, token: &str) {
        let value = Value::from(token);
        if let (Some(record), Some(index)) = (self.known_mut(), DECLARATION_BASE.index(SERVER_TOKEN)) {
            // A field for a string takes every string.
            let _ = record.set(index, &mut Reader::from_json_value(&value));
        } else if let Some(item) = self.unknown() {
            let UnknownItem { name, mut keys } = item.clone();
            keys.insert(SERVER_TOKEN, value);
            *self = Self::from_unknown(UnknownItem { name, keys });
        } else if let Some(item) = self.invalid() {
            let InvalidItem { name, mut keys, reason } = item.clone();
            keys.insert(SERVER_TOKEN, value);
            *self = Self::from_invalid(InvalidItem { name, keys, reason });
        }
    }
}

/// Returns the SHA-256 digest of a text in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
