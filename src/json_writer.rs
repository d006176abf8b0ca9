//! Writing JSON.

use std::cell::Cell;

use crate::codec::View;
use crate::error::Error;
use crate::serde::{Flavour, Node};

/// The JSON text, indented by two spaces: data as base64 text, dates as RFC 3339 text.
///
/// # Errors
///
/// Where there is no value, it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or JSON has nothing for
/// it: NaN, infinity, and UIDs.
pub fn to_json(view: View<'_>) -> Result<String, Error> {
    write(view, |root| serde_json::to_string_pretty(root))
}

/// The JSON text in one line, without spaces; otherwise as [`to_json`].
///
/// # Errors
///
/// As for [`to_json`].
pub fn to_json_compact(view: View<'_>) -> Result<String, Error> {
    write(view, |root| serde_json::to_string(root))
}

fn write(view: View<'_>, serialize: impl FnOnce(&Node<'_>) -> serde_json::Result<String>) -> Result<String, Error> {
    let failure = Cell::new(None);
    serialize(&Node::new(view, Flavour::Json, &failure))
        .map_err(|error| failure.take().unwrap_or_else(|| Error::syntax(error.to_string())))
}
