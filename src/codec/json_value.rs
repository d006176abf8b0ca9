//! Conversion from and to [`serde_json::Value`].

use std::cell::Cell;

use crate::codec::Write;
use crate::codec::serde::{Flavor, Node};
use crate::error::{Error, ErrorKind};
use crate::format::sink::deeper;
use crate::value::{Dictionary, Value};

impl TryFrom<&Value> for serde_json::Value {
    type Error = Error;

    /// Converts data to base64 text and dates to RFC 3339 text.
    ///
    /// # Errors
    ///
    /// Returns an error if JSON cannot represent a value (NaN, infinity, UIDs), or if it is nested deeper than
    /// [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH).
    fn try_from(value: &Value) -> Result<Self, Error> {
        let failure = Cell::new(None);
        serde_json::to_value(Node::new(value.view(), Flavor::Json, &failure))
            .map_err(|error| failure.take().unwrap_or_else(|| Error::syntax(error.to_string())))
    }
}

impl TryFrom<serde_json::Value> for Value {
    type Error = Error;

    /// # Errors
    ///
    /// Returns an error if a number is out of range, or if the value is nested deeper than
    /// [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH).
    fn try_from(value: serde_json::Value) -> Result<Self, Error> {
        convert(value, 0)
    }
}

fn convert(value: serde_json::Value, depth: usize) -> Result<Value, Error> {
    Ok(match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(b) => Value::Boolean(b),
        serde_json::Value::Number(n) => {
            if let Some(n) = n.as_i64() {
                Value::Integer(n.into())
            } else if let Some(n) = n.as_u64() {
                Value::Integer(n.into())
            } else if let (true, Some(n)) = (n.is_f64(), n.as_f64()) {
                Value::Real(n)
            } else {
                let (expected, found) = ("a number of 64 bits".into(), "a greater one".into());
                return Err(Error::new(ErrorKind::Value { expected, found }));
            }
        }
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(items) => {
            let depth = deeper(depth)?;
            let mut values = Vec::with_capacity(items.len());
            for (index, item) in items.into_iter().enumerate() {
                values.push(convert(item, depth).map_err(|error| error.under_index(index))?);
            }
            Value::Array(values)
        }
        serde_json::Value::Object(entries) => {
            let depth = deeper(depth)?;
            let mut values = Dictionary::new();
            for (key, value) in entries {
                let value = convert(value, depth).map_err(|error| error.under_key(&key))?;
                values.insert(key, value);
            }
            Value::Dictionary(values)
        }
    })
}
