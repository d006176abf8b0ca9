//! Reading and writing whole documents.

use crate::codec::Reader;
use crate::codec::writer;
use crate::codec::{Read, Write};
use crate::error::Error;
use crate::format::{Input, Limits};
use crate::value::Value;

/// Reads and writes a type as a document: an XML or binary property list, or JSON.
///
/// Every type that implements [`Read`] and [`Write`] has these methods.
///
/// ```
/// use apple_mdm::Document;
/// use apple_mdm::value::Value;
///
/// let value = Value::from_slice(b"<plist><dict><key>Count</key><integer>3</integer></dict></plist>")?;
/// assert_eq!(value.to_json_compact()?, r#"{"Count":3}"#);
/// assert_eq!(Value::from_slice(&value.to_binary()?)?, value);
/// # Ok::<(), apple_mdm::Error>(())
/// ```
pub trait Document: Read + Write {
    /// Reads a document in any of the formats, with the default [`Limits`].
    ///
    /// # Errors
    ///
    /// Returns an error if the document exceeds a limit, is malformed, or does not match the type.
    fn from_slice(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_slice_with(bytes, &Limits::default())
    }

    /// Reads a document in any of the formats.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`from_slice`](Self::from_slice).
    fn from_slice_with(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        let input = Input::new(bytes, limits)?;
        let mut reader = input.reader();
        let value = Self::read(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    /// Reads a value that came from a property list or was created by a program.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not match the type.
    fn from_value(value: &Value) -> Result<Self, Error> {
        Self::read(&mut Reader::from_value(value))
    }

    /// Converts to a dynamic value.
    ///
    /// # Errors
    ///
    /// Returns an error if it is nested deeper than [`Limits::MAX_DEPTH`].
    fn to_value(&self) -> Result<Value, Error> {
        writer::to_value(self.view())
    }

    /// Writes an XML property list; see [`writer::to_xml`].
    ///
    /// # Errors
    ///
    /// Returns an error if an XML property list cannot represent a value: null, or a text with characters that XML forbids.
    fn to_xml(&self) -> Result<String, Error> {
        writer::to_xml(self.view())
    }

    /// Writes a binary property list.
    ///
    /// # Errors
    ///
    /// Returns an error if there is a null, which property lists cannot represent.
    fn to_binary(&self) -> Result<Vec<u8>, Error> {
        writer::to_binary(self.view())
    }

    /// Writes indented JSON; see [`writer::to_json`].
    ///
    /// # Errors
    ///
    /// Returns an error if JSON cannot represent a value: NaN, infinity, or a UID.
    fn to_json(&self) -> Result<String, Error> {
        writer::to_json(self.view())
    }

    /// Writes JSON in one line.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`to_json`](Self::to_json).
    fn to_json_compact(&self) -> Result<String, Error> {
        writer::to_json_compact(self.view())
    }
}

impl<T: Read + Write> Document for T {}
