//! Writing binary property lists.

use std::cell::Cell;

use crate::codec::View;
use crate::error::Error;
use crate::serde::{Flavour, Node};

/// The binary property list.
///
/// # Errors
///
/// Where there is no value, it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or property lists have
/// nothing for it: null.
pub fn to_binary(view: View<'_>) -> Result<Vec<u8>, Error> {
    let failure = Cell::new(None);
    let mut bytes = Vec::new();
    plist::to_writer_binary(&mut bytes, &Node::new(view, Flavour::Binary, &failure))
        .map_err(|error| failure.take().unwrap_or_else(|| Error::syntax(error.to_string())))?;
    Ok(bytes)
}
