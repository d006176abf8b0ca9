//! Items of types that are generated from a vendor's schema.

use super::{Over, UnknownItem};
use crate::codec::Reader;
use crate::codec::writer;
use crate::codec::{Read, Record, View, Write};
use crate::error::Error;
use crate::value::{Dictionary, Value};

/// Converts an item to the enum's variant for unknown items.
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

/// Reads the item as a `T`, whose name is `name`, whichever variant contains it. Returns `None` if the item has another name.
pub(crate) fn read_as<E, T>(tag: &str, name: &str, item: &E) -> Result<Option<T>, Error>
where
    E: Over + Write,
    T: Record + Read,
{
    if item.name() != Some(name) {
        return Ok(None);
    }
    let mut target = T::blank();
    // A declaration knows its discriminator, a payload does not.
    let knows_tag = target.parts().0.index(tag).is_some();
    let mut value = writer::to_value(item.view())?;
    if let (false, Value::Dictionary(keys)) = (knows_tag, &mut value) {
        keys.remove(tag);
    }
    // Unknown items may have come through JSON or serde, where data and dates have other types.
    Reader::from_serde_value(&value).record(&mut target)?;
    Ok(Some(target))
}
