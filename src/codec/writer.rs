//! Writing values: as a [`Value`] and in the formats.

use crate::codec::{List, View};
use crate::error::{Error, ErrorKind};
use crate::format::binary::BinaryWriter;
use crate::format::json::JsonWriter;
use crate::format::sink::{Container, Name, Scalar, Sink, deeper};
use crate::format::xml::XmlWriter;
use crate::value::{Dictionary, Value};

type Result<T> = std::result::Result<T, Error>;

/// The XML property list, as Apple's tools write it: an element a line, indented with tabs.
///
/// Fractions of a second of dates are dropped, and a UID becomes the dictionary `CF$UID` that stands for it in XML.
///
/// # Errors
///
/// Where there is no value, it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or XML property lists
/// have nothing for it: null, and characters that XML forbids.
pub fn to_xml(view: View<'_>) -> Result<String> {
    let mut writer = XmlWriter::new();
    write(&mut writer, &view)?;
    Ok(writer.finish())
}

/// The binary property list. What is the same stands in it once, but for arrays and dictionaries.
///
/// # Errors
///
/// Where there is no value, it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or property lists have
/// nothing for it: null.
pub fn to_binary(view: View<'_>) -> Result<Vec<u8>> {
    let mut writer = BinaryWriter::new();
    write(&mut writer, &view)?;
    Ok(writer.finish())
}

/// The JSON text, indented by two spaces: data as base64 text, dates as RFC 3339 text.
///
/// # Errors
///
/// Where there is no value, it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or JSON has nothing for
/// it: NaN, infinity, and UIDs.
pub fn to_json(view: View<'_>) -> Result<String> {
    let mut writer = JsonWriter::new(true);
    write(&mut writer, &view)?;
    Ok(writer.finish())
}

/// The JSON text in one line, without spaces; otherwise as [`to_json`].
///
/// # Errors
///
/// As for [`to_json`].
pub fn to_json_compact(view: View<'_>) -> Result<String> {
    let mut writer = JsonWriter::new(false);
    write(&mut writer, &view)?;
    Ok(writer.finish())
}

fn write<'a>(sink: &mut impl Sink<'a>, view: &View<'a>) -> Result<()> {
    let scalar = match *view {
        View::Absent => return Err(no_value()),
        View::Null => Scalar::Null,
        View::String(text) => Scalar::String(text),
        View::Integer(n) => Scalar::Integer(n),
        View::Real(n) => Scalar::Real(n),
        View::Boolean(b) => Scalar::Boolean(b),
        View::Data(bytes) => Scalar::Data(bytes),
        View::Date(date) => Scalar::Date(date),
        View::Uid(n) => Scalar::Uid(n),
        View::Unparsed(unparsed) => Scalar::Unparsed(unparsed),
        View::Array(list) => {
            sink.begin(Container::Array)?;
            each_item(list, &mut |item| {
                sink.item();
                write(sink, item)
            })?;
            sink.end(Container::Array);
            return Ok(());
        }
        View::Map(_) | View::Record(_) => {
            sink.begin(Container::Dictionary)?;
            each_entry(*view, &mut |key, value| {
                sink.key(key)?;
                write(sink, value)
            })?;
            sink.end(Container::Dictionary);
            return Ok(());
        }
    };
    sink.scalar(scalar)
}

/// The value that a view shows, as a tree.
///
/// # Errors
///
/// Where there is no value, or it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH).
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
        View::Unparsed(unparsed) => Value::Unparsed(unparsed.clone()),
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

pub(crate) fn no_value() -> Error {
    Error::new(ErrorKind::Value {
        expected: "a value".into(),
        found: "none".into(),
    })
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
