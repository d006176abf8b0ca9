//! Conversion from and to [`plist::Value`].

use std::time::SystemTime;

use crate::codec::writer::{each_entry, each_item, no_value};
use crate::codec::{View, Write};
use crate::error::{Error, ErrorKind};
use crate::format::DocumentFormat;
use crate::format::sink::{deeper, unrepresentable};
use crate::value::{Dictionary, Integer, Value};

pub(crate) fn from_view(view: View<'_>, depth: usize) -> Result<plist::Value, Error> {
    Ok(match view {
        View::Absent => return Err(no_value()),
        View::Null => return Err(unrepresentable(DocumentFormat::Binary, "null")),
        View::String(text) => plist::Value::String(text.to_owned()),
        View::Integer(n) => plist::Value::Integer(match n.as_i64() {
            Some(n) => n.into(),
            None => n.as_u64().unwrap_or_default().into(),
        }),
        View::Real(n) => plist::Value::Real(n),
        View::Boolean(b) => plist::Value::Boolean(b),
        View::Data(bytes) => plist::Value::Data(bytes.to_vec()),
        View::Date(date) => plist::Value::Date(SystemTime::from(date).into()),
        View::Uid(n) => plist::Value::Uid(plist::Uid::new(n)),
        View::Unparsed(unparsed) => return Err(unrepresentable(DocumentFormat::Binary, unparsed.description())),
        View::Array(list) => {
            let depth = deeper(depth)?;
            let mut items = Vec::with_capacity(list.len());
            each_item(list, &mut |item| {
                items.push(from_view(*item, depth)?);
                Ok(())
            })?;
            plist::Value::Array(items)
        }
        View::Map(_) | View::Record(_) => {
            let depth = deeper(depth)?;
            let mut entries = plist::Dictionary::new();
            each_entry(view, &mut |key, value| {
                entries.insert(key.text.to_owned(), from_view(*value, depth)?);
                Ok(())
            })?;
            plist::Value::Dictionary(entries)
        }
    })
}

impl TryFrom<&Value> for plist::Value {
    type Error = Error;

    /// # Errors
    ///
    /// Returns an error if there is a null, or if the value is nested deeper than
    /// [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH).
    fn try_from(value: &Value) -> Result<Self, Error> {
        from_view(value.view(), 0)
    }
}

impl TryFrom<plist::Value> for Value {
    type Error = Error;

    /// # Errors
    ///
    /// Returns an error if a date is out of the range of [`Date`](crate::value::Date), the value is nested deeper than
    /// [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or its type is new in `plist`.
    fn try_from(value: plist::Value) -> Result<Self, Error> {
        convert(value, 0)
    }
}

fn convert(value: plist::Value, depth: usize) -> Result<Value, Error> {
    Ok(match value {
        plist::Value::Array(items) => {
            let depth = deeper(depth)?;
            let mut values = Vec::with_capacity(items.len());
            for (index, item) in items.into_iter().enumerate() {
                values.push(convert(item, depth).map_err(|error| error.under_index(index))?);
            }
            Value::Array(values)
        }
        plist::Value::Dictionary(entries) => {
            let depth = deeper(depth)?;
            let mut values = Dictionary::new();
            for (key, value) in entries {
                let value = convert(value, depth).map_err(|error| error.under_key(&key))?;
                values.insert(key, value);
            }
            Value::Dictionary(values)
        }
        plist::Value::Boolean(b) => Value::Boolean(b),
        plist::Value::Data(bytes) => Value::Data(bytes.into()),
        plist::Value::Date(date) => Value::Date(SystemTime::from(date).try_into()?),
        plist::Value::Real(n) => Value::Real(n),
        plist::Value::Integer(n) => Value::Integer(match n.as_signed() {
            Some(n) => n.into(),
            None => Integer::from(n.as_unsigned().unwrap_or_default()),
        }),
        plist::Value::String(text) => Value::String(text),
        plist::Value::Uid(n) => Value::Uid(n.get()),
        _ => {
            let (expected, found) = ("a value of a known type".into(), "another".into());
            return Err(Error::new(ErrorKind::Value { expected, found }));
        }
    })
}
