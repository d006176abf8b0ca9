//! Writing values: as a [`Value`] and in the formats.

use crate::codec::{List, View};
use crate::error::{Error, ErrorKind};
use crate::format::{Format, Limits};
use crate::value::{Dictionary, Value};

pub use crate::format::binary::to_binary;
pub use crate::format::json::{to_json, to_json_compact};
pub use crate::format::xml::to_xml;

type Result<T> = std::result::Result<T, Error>;

/// The value that a view shows, as a tree.
///
/// # Errors
///
/// Where there is no value, or it is nested deeper than [`Limits::MAX_DEPTH`].
pub fn to_value(view: View<'_>) -> Result<Value> {
    tree(view, 0)
}

fn tree(view: View<'_>, depth: usize) -> Result<Value> {
    Ok(match view {
        View::Absent => return Err(no_value()),
        View::Null => Value::Null,
        View::String(text) => Value::String(text.to_owned()),
        View::Integer(n) => Value::Integer(n),
        View::Real(n) => Value::Real(n),
        View::Boolean(b) => Value::Boolean(b),
        View::Data(bytes) => Value::Data(bytes.into()),
        View::Date(date) => Value::Date(date),
        View::Uid(n) => Value::Uid(n),
        View::Array(list) => {
            let depth = deeper(depth)?;
            let mut items = Vec::with_capacity(list.len());
            each_item(list, &mut |item| {
                items.push(tree(*item, depth)?);
                Ok(())
            })?;
            Value::Array(items)
        }
        View::Map(_) | View::Record(_) => {
            let depth = deeper(depth)?;
            let mut entries = Dictionary::new();
            each_entry(view, &mut |key, value| {
                entries.insert(key.text, tree(*value, depth)?);
                Ok(())
            })?;
            Value::Dictionary(entries)
        }
    })
}

/// One level more.
pub(crate) fn deeper(depth: usize) -> Result<usize> {
    if depth < Limits::MAX_DEPTH {
        Ok(depth + 1)
    } else {
        Err(Error::new(ErrorKind::TooDeep {
            limit: Limits::MAX_DEPTH,
        }))
    }
}

pub(crate) fn no_value() -> Error {
    Error::new(ErrorKind::Value {
        expected: "a value".into(),
        found: "none".into(),
    })
}

pub(crate) fn unrepresentable(format: Format, what: &'static str) -> Error {
    Error::new(ErrorKind::Unrepresentable { format, what })
}

/// Calls `f` with every item that is there; an error says which.
pub(crate) fn each_item<'a>(list: &'a dyn List, f: &mut impl FnMut(&View<'a>) -> Result<()>) -> Result<()> {
    for index in 0..list.len() {
        let item = list.item(index);
        if !item.is_absent() {
            f(&item).map_err(|error| error.under_index(index))?;
        }
    }
    Ok(())
}

/// A key as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a str,
    /// Whether it can stand in every format as it is.
    pub(crate) plain: bool,
}

/// Calls `f` with every entry that is there; an error says which.
pub(crate) fn each_entry<'a>(view: View<'a>, f: &mut impl FnMut(Name<'a>, &View<'a>) -> Result<()>) -> Result<()> {
    // What the schema knows is most of what is written: it goes straight to `f`.
    if let View::Record(record) = view {
        let table = record.table();
        let mut known = |index: usize, text: &'static str| {
            let value = record.get(index);
            if value.is_absent() {
                return Ok(());
            }
            let plain = table.plain;
            f(Name { text, plain }, &value).map_err(|error| error.under_key(text))
        };
        if let Some(present) = record.present() {
            present.try_each(|index| table.keys.get(index).map_or(Ok(()), |key| known(index, key.name)))?;
        } else {
            for (index, key) in table.keys.iter().enumerate() {
                known(index, key.name)?;
            }
        }
        if record.extra().is_empty() {
            return Ok(());
        }
    }
    let mut result = Ok(());
    let mut entry = |text: &'a str, value: &View<'a>| {
        if result.is_ok() && !value.is_absent() {
            let plain = false;
            result = f(Name { text, plain }, value).map_err(|error| error.under_key(text));
        }
    };
    match view {
        View::Record(record) => record.each_other(&mut entry),
        view => view.each(&mut entry),
    }
    result
}
