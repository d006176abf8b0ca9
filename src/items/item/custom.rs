//! Items of types that are generated from somebody's own schema.

use super::{Over, UnknownItem};
use crate::codec::Reader;
use crate::codec::writer;
use crate::codec::{Read, Record, View, Write};
use crate::error::Error;
use crate::value::{Dictionary, Value};

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
pub(crate) fn read_as<E, T>(tag: &str, name: &str, item: &E) -> Result<Option<T>, Error>
where
    E: Over + Write,
    T: Record + Read,
{
    if item.name() != Some(name) {
        return Ok(None);
    }
    let mut target = T::blank();
    // A payload does not know the key that says what it is, a declaration does.
    let knows_tag = target.parts().0.index(tag).is_some();
    let mut value = writer::to_value(item.view())?;
    if let (false, Value::Dictionary(keys)) = (knows_tag, &mut value) {
        keys.remove(tag);
    }
    // What is of an unknown type may have come through JSON, or serde: its data and dates are as they were there.
    Reader::from_serde_value(&value).record(&mut target)?;
    Ok(Some(target))
}
