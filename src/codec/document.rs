//! Types as whole documents.

use crate::codec::Reader;
use crate::codec::writer;
use crate::codec::{Read, Write};
use crate::error::Error;
use crate::format::{Input, Limits};
use crate::value::Value;

/// A type that is read from and written as a document: an XML or binary property list, or JSON.
///
/// Every type that can be read and written has these methods.
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
    /// Where the document is too large, broken, or not what the type is.
    fn from_slice(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_slice_with(bytes, &Limits::default())
    }

    /// Reads a document in any of the formats.
    ///
    /// # Errors
    ///
    /// As for [`from_slice`](Self::from_slice).
    fn from_slice_with(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        let input = Input::new(bytes, limits)?;
        let mut reader = input.reader();
        let value = Self::read(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    /// Reads a value that came from a property list or was made by a program.
    ///
    /// # Errors
    ///
    /// Where it is not what the type is.
    fn from_value(value: &Value) -> Result<Self, Error> {
        Self::read(&mut Reader::from_value(value))
    }

    /// The value as a tree.
    ///
    /// # Errors
    ///
    /// Where it is nested deeper than [`Limits::MAX_DEPTH`].
    fn to_value(&self) -> Result<Value, Error> {
        writer::to_value(self.view())
    }

    /// The XML property list; see [`writer::to_xml`].
    ///
    /// # Errors
    ///
    /// Where XML property lists have nothing for a value: null, characters that XML forbids.
    fn to_xml(&self) -> Result<String, Error> {
        writer::to_xml(self.view())
    }

    /// The binary property list.
    ///
    /// # Errors
    ///
    /// Where property lists have nothing for a value: null.
    fn to_binary(&self) -> Result<Vec<u8>, Error> {
        writer::to_binary(self.view())
    }

    /// The JSON text, indented; see [`writer::to_json`].
    ///
    /// # Errors
    ///
    /// Where JSON has nothing for a value: NaN, infinity, UIDs.
    fn to_json(&self) -> Result<String, Error> {
        writer::to_json(self.view())
    }

    /// The JSON text in one line.
    ///
    /// # Errors
    ///
    /// As for [`to_json`](Self::to_json).
    fn to_json_compact(&self) -> Result<String, Error> {
        writer::to_json_compact(self.view())
    }
}

impl<T: Read + Write> Document for T {}
