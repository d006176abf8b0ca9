//! Paths to keys in the overlay.

use std::fmt;

use crate::message::{did_you_mean, shorten};
use crate::model::{File, Key, ListId};

/// A step in a path from a dictionary to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key of the dictionary.
    Key(String),
    /// All items of the array.
    Items,
    /// The item with this index.
    Item(usize),
    /// The items that are this alternative.
    Alternative(String),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(name) => f.write_str(name),
            Self::Items => f.write_str("[]"),
            Self::Item(index) => write!(f, "[{index}]"),
            Self::Alternative(name) => write!(f, "[{name}]"),
        }
    }
}

/// Splits a path such as `Settings[Wallpaper].Image`, `Users[].Name` or `Proxies["a.b"].c`.
///
/// # Errors
///
/// Returns an error if the text is not a path.
pub fn steps(path: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("[\"") {
            let (name, after) = quoted.split_once("\"]").ok_or("`[\"` without `\"]`")?;
            steps.push(Step::Key(name.to_owned()));
            rest = after;
        } else if let Some(inner) = rest.strip_prefix('[') {
            let (name, after) = inner.split_once(']').ok_or("`[` without `]`")?;
            steps.push(match name.parse() {
                _ if name.is_empty() => Step::Items,
                Ok(index) => Step::Item(index),
                Err(_) => Step::Alternative(name.to_owned()),
            });
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("no key name at `{rest}`"));
            }
            steps.push(Step::Key(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = match rest.strip_prefix('.') {
            Some("") => return Err("a dot at the end".to_owned()),
            Some(after) => after,
            None => rest,
        };
    }
    Ok(steps)
}

/// Returns an error message for a path that does not exist, with a suggestion.
#[must_use]
pub fn missing(path: &str, step: &str, keys: &[Key]) -> String {
    let close = did_you_mean(step, keys.iter().map(|key| key.name.as_str()));
    let close = close.map(|close| format!("; {close}")).unwrap_or_default();
    format!("the schema has no `{}` (at `{}`){close}", shorten(path), shorten(step))
}

/// The place of a key: its list and its index in the list.
pub type Place = (ListId, usize);

/// Finds the key at `path` within `list`.
///
/// # Errors
///
/// Returns an error if there is no such key.
pub fn locate(file: &File, list: ListId, path: &str) -> Result<Place, String> {
    let mut list = Some(list);
    let mut place = None;
    for step in steps(path)? {
        let keys = list.map(|id| (id, file.list(id)));
        let found = match (&step, keys) {
            (Step::Key(name), Some((id, keys))) => {
                // A name without a key of its own matches the placeholder for any key.
                let named = keys.iter().position(|k| &k.name == name);
                named.or_else(|| keys.iter().position(|k| k.any)).map(|i| (id, i))
            }
            (Step::Alternative(name), Some((id, keys))) => keys.iter().position(|k| &k.name == name).map(|i| (id, i)),
            (Step::Items | Step::Item(_), Some((id, keys))) => (keys.len() == 1).then_some((id, 0)),
            (_, None) => None,
        };
        let Some((id, index)) = found else {
            let keys = keys.map(|(_, keys)| keys).unwrap_or_default();
            return Err(missing(path, &step.to_string(), keys));
        };
        list = file.list(id)[index].subkeys;
        place = Some((id, index));
    }
    place.ok_or_else(|| "an empty path".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cross_arrays_alternatives_and_quoted_keys() {
        let key = |name: &str| Step::Key(name.to_owned());
        for (path, expected) in [
            ("A", vec![key("A")]),
            ("A.B", vec![key("A"), key("B")]),
            ("A[].B", vec![key("A"), Step::Items, key("B")]),
            ("A[][][0]", vec![key("A"), Step::Items, Step::Items, Step::Item(0)]),
            (
                "S[Wallpaper].Image",
                vec![key("S"), Step::Alternative("Wallpaper".into()), key("Image")],
            ),
            ("P[\"a.b c\"].d", vec![key("P"), key("a.b c"), key("d")]),
            ("[\"a.b\"]", vec![key("a.b")]),
        ] {
            assert_eq!(steps(path).unwrap(), expected, "{path}");
        }
        for path in ["A.", ".A", "A..B", "A[", "[\"x"] {
            assert!(steps(path).is_err(), "{path}");
        }
    }
}
