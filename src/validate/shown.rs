//! Values as messages show them.

use std::fmt::Display;

use crate::codec::View;
use crate::error::quoted;

/// The number of characters of a text that a message shows.
const MAX_SHOWN: usize = 80;

/// Returns a value as a message shows it. Of a secret value, only the type is shown.
pub(super) fn shown(view: View<'_>, is_secret: bool) -> String {
    match view {
        View::String(_) | View::Unparsed(_) if is_secret => "another text".to_owned(),
        View::Integer(_) | View::Real(_) if is_secret => "another number".to_owned(),
        View::Boolean(_) | View::Date(_) | View::Data(_) if is_secret => "another value".to_owned(),
        View::String(text) => quoted(text, MAX_SHOWN),
        View::Unparsed(unparsed) => quoted(unparsed.as_str(), MAX_SHOWN),
        View::Integer(number) => format!("`{number}`"),
        View::Real(number) => format!("`{number}`"),
        View::Boolean(flag) => format!("`{flag}`"),
        View::Date(date) => format!("`{date}`"),
        View::Data(bytes) => counted(bytes.len(), "byte of data", "bytes of data"),
        View::Array(list) => format!("an array of {}", counted(list.len(), "element", "elements")),
        View::Map(_) | View::Record(_) => "a dictionary".to_owned(),
        _ => "nothing".to_owned(),
    }
}

/// Returns a number with a noun.
pub(super) fn counted(count: usize, singular: &str, plural: &str) -> String {
    format!("{count} {}", if count == 1 { singular } else { plural })
}

/// Joins words with commas and a conjunction.
pub(super) fn joined<T: Display>(list: impl IntoIterator<Item = T>, conjunction: &str) -> String {
    let mut words: Vec<String> = list.into_iter().map(|word| word.to_string()).collect();
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} {conjunction} {last}", words.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// Describes the numbers from `min` to `max`, for example `1 to 4` or `at least 2`.
pub(super) fn range<T: Display + PartialEq>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number".to_owned(),
    }
}
