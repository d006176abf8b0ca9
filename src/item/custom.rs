//! Items of types that are generated from somebody's own schema.

use super::{Over, UnknownItem, Whole};
use crate::blank::Blank;
use crate::codec::{Record, View};
use crate::error::Error;
use crate::reader::Reader;
use crate::value::{Dictionary, Value};
use crate::writer;

/// The item as the enum's variant for what the crate's schema does not know.
pub(crate) fn custom<E: Over>(tag: &str, name: &str, item: View<'_>) -> Result<E, Error> {
    let mut keys = match writer::to_value(item)? {
        Value::Dictionary(keys) => keys,
        _ => Dictionary::new(),
    };
    keys.remove(tag);
    Ok(E::from_unknown(UnknownItem {
        name: Some(name.to_owned()),
        keys,
    }))
}

/// The item read as a `T`, the type called `name`, whichever variant holds it; `None` where it calls itself otherwise.
pub(crate) fn read_as<E, T>(tag: &'static str, json: bool, name: &str, item: &E) -> Result<Option<T>, Error>
where
    E: Over,
    T: Record + Blank,
{
    if item.name() != Some(name) {
        return Ok(None);
    }
    let mut target = T::blank();
    // A payload does not know the key that says what it is, a declaration does.
    let knows_tag = target.table().index(tag).is_some();
    let whole = Whole {
        tag,
        item,
        beside: None,
    };
    let mut keys = Dictionary::new();
    let mut failed = None;
    whole.each(&mut |key, view| {
        if failed.is_none() && (key != tag || knows_tag) {
            match writer::to_value(view) {
                Ok(value) => drop(keys.insert(key, value)),
                Err(error) => failed = Some(error),
            }
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let value = Value::Dictionary(keys);
    let mut reader = if json {
        Reader::from_json_value(&value)
    } else {
        Reader::from_value(&value)
    };
    reader.record(&mut target)?;
    Ok(Some(target))
}
