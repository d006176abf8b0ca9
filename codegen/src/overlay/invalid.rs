//! Error messages for facts and entries of the overlay that are not valid.

use serde_yaml::{Mapping, Value};

use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::Scalar;

/// The facts about a key, each with its valid values.
const FACTS: [(&str, &str); 18] = [
    ("add", "true"),
    ("any", "true or false"),
    ("assettypes", "a list of declaration types"),
    ("content", "a text"),
    ("default", "a text, a number, true, false or nothing"),
    ("format", "a regular expression or nothing"),
    ("group", "true or false"),
    ("name", "a text"),
    ("presence", "`required` or `optional`"),
    ("range", "a mapping with `min` and `max`, or nothing"),
    ("rangelist", "a list of values, or nothing"),
    ("repetition", "a mapping with `min` and `max`, or nothing"),
    ("replaced-by", "a text"),
    ("rust", "a path"),
    ("secret", "true or false"),
    ("source", "a text"),
    ("tag", "true or false"),
    ("type", "a type such as `string`"),
];

/// The entries of a file of the overlay, each with its valid values.
const ENTRIES: [(&str, &str); 11] = [
    ("author", "`device` or `server`"),
    ("keys", "a mapping from paths of keys to facts"),
    ("replaced-by", "a text"),
    ("response-author", "`device` or `server`"),
    ("response-keys", "a mapping from paths of keys to facts"),
    ("response-retired", "a mapping from paths of keys to releases"),
    ("response-rules", "a list of rules"),
    ("retired", "a mapping from paths of keys to releases"),
    ("rules", "a list of rules"),
    ("tables-only", "true or false"),
    ("tolerant", "true or false"),
];

/// Explains why a fact about a key is not valid.
pub(super) fn fact(name: &str, value: &Value) -> String {
    if matches!(name, "values" | "valuetype") {
        let expected = if name == "values" {
            "a mapping from values to descriptions"
        } else {
            "a text"
        };
        return format!("must be {expected}, found {}", found(value));
    }
    invalid(name, value, &FACTS, "fact")
}

/// Explains why an entry of a file is not valid.
pub(super) fn entry(name: &str, value: &Value) -> String {
    invalid(name, value, &ENTRIES, "entry")
}

fn invalid(name: &str, value: &Value, known: &[(&str, &str)], what: &str) -> String {
    if let Some((_, expected)) = known.iter().find(|(known, _)| *known == name) {
        return format!("must be {expected}, found {}", found(value));
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let more = did_you_mean(name, names.iter().copied()).unwrap_or_else(|| format!("expected {}", one_of(&names)));
    format!("unknown {what} `{}`; {more}", shorten(name))
}

/// Reads the bounds in `range`.
pub(super) fn bounds<T>(
    range: &Mapping,
    expected: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<(Option<T>, Option<T>), String> {
    for name in range.keys() {
        let name = name.as_str().unwrap_or_default();
        if !["min", "max"].contains(&name) {
            return Err(format!("unknown bound `{}`; expected `min` or `max`", shorten(name)));
        }
    }
    let bound = |name: &str| match range.get(name) {
        None => Ok(None),
        Some(value) => match read(value) {
            Some(bound) => Ok(Some(bound)),
            None => Err(format!("`{name}` must be {expected}, found {}", found(value))),
        },
    };
    Ok((bound("min")?, bound("max")?))
}

/// Reads a bound that is a number.
pub(super) fn number(value: &Value) -> Option<Scalar> {
    super::scalar(value).filter(|bound| matches!(bound, Scalar::Integer(_) | Scalar::Real(_)))
}
