//! Writing binary property lists.

use crate::codec::View;
use crate::error::Error;
use crate::input::Format;
use crate::plist_value;
use crate::writer::unrepresentable;

/// The binary property list.
///
/// # Errors
///
/// Where there is no value, it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or property lists have
/// nothing for it: null.
pub fn to_binary(view: View<'_>) -> Result<Vec<u8>, Error> {
    let value = plist_value::from_view(view, 0)?;
    let mut bytes = Vec::new();
    value
        .to_writer_binary(&mut bytes)
        .map_err(|_| unrepresentable(Format::Binary, "a value"))?;
    Ok(bytes)
}
