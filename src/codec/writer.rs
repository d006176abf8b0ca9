//! Writing values as documents, or as a [`Value`].

pub use crate::codec::canonical_json::to_json_canonical;
use crate::codec::{List, View};
use crate::error::{Error, ErrorKind};
use crate::format::binary::BinaryWriter;
use crate::format::json::JsonWriter;
use crate::format::sink::{Container, Name, Scalar, Sink, deeper};
use crate::format::xml::XmlWriter;
use crate::value::{Dictionary, Value};

type Result<T> = std::result::Result<T, Error>;

/// Writes an XML property list as Apple's tools do: one element per line, indented with tabs.
///
/// Dates lose fractions of a second, and a UID becomes a `CF$UID` dictionary.
///
/// # Errors
///
/// Returns an error if there is no value, if it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or if an
/// XML property list cannot represent it: null, and characters that XML forbids.
pub fn to_xml(view: View<'_>) -> Result<String> {
    let mut writer = XmlWriter::new();
    write(&mut writer, &view)?;
    Ok(writer.finish())
}

/// Writes a binary property list. Equal scalars are written once.
///
/// # Errors
///
/// Returns an error if there is no value, if it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or if
/// there is a null, which property lists cannot represent.
pub fn to_binary(view: View<'_>) -> Result<Vec<u8>> {
    let mut writer = BinaryWriter::new();
    write(&mut writer, &view)?;
    Ok(writer.finish())
}

/// Writes JSON, indented by two spaces. Data becomes base64 text, and dates become RFC 3339 text.
///
/// # Errors
///
/// Returns an error if there is no value, if it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or if JSON
/// cannot represent it: NaN, infinity, and UIDs.
pub fn to_json(view: View<'_>) -> Result<String> {
    let mut writer = JsonWriter::new(true);
    write(&mut writer, &view)?;
    Ok(writer.finish())
}

/// Writes JSON in one line, without spaces; otherwise like [`to_json`].
///
/// # Errors
///
/// Returns an error under the same conditions as [`to_json`].
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

/// Converts a view to a dynamic value.
///
/// # Errors
///
/// Returns an error if there is no value, or if it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH).
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

/// Calls `f` with every present element. Errors get its index.
pub(crate) fn each_item<'a>(list: &'a dyn List, f: &mut impl FnMut(&View<'a>) -> Result<()>) -> Result<()> {
    for index in 0..list.len() {
        let item = list.item(index);
        if !item.is_absent() {
            f(&item).map_err(|error| error.under_index(index))?;
        }
    }
    Ok(())
}

/// Calls `f` with every present entry. Errors get its key.
pub(crate) fn each_entry<'a>(view: View<'a>, f: &mut impl FnMut(Name<'a>, &View<'a>) -> Result<()>) -> Result<()> {
    // Known keys go to `f` directly because they are most of what is written.
    if let View::Record(record) = view {
        let table = record.table();
        for (index, key) in table.keys.iter().enumerate() {
            let value = record.get(index);
            if !value.is_absent() {
                let (text, plain) = (key.name, table.plain);
                f(Name { text, plain }, &value).map_err(|error| error.under_key(text))?;
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
