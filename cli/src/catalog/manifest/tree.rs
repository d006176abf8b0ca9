//! Reads a property list in which keys may be repeated, as most readers of property lists do.

use apple_mdm::Error;
use apple_mdm::reader::Reader;
use apple_mdm::value::{Dictionary, Type, Value};

/// Reads a value. Of the values of a repeated key, the last counts. Adds the repeated keys to `repeated`.
///
/// # Errors
///
/// Returns an error if the document is malformed or nested too deep.
pub fn value(reader: &mut Reader<'_>, repeated: &mut Vec<String>) -> Result<Value, Error> {
    match reader.kind()? {
        Type::Dictionary => {
            reader.begin_dictionary()?;
            let mut dictionary = Dictionary::new();
            while let Some(key) = reader.next_key()? {
                let value = value(reader, repeated)?;
                if dictionary.insert(&key, value).is_some() {
                    repeated.push(key.into_owned());
                }
            }
            Ok(Value::Dictionary(dictionary))
        }
        Type::Array => {
            reader.begin_array()?;
            let mut list = Vec::new();
            while reader.next_item()? {
                list.push(value(reader, repeated)?);
            }
            Ok(Value::Array(list))
        }
        _ => reader.value(),
    }
}
