//! What a fact of the overlay that is not taken should have been.

use serde_yaml::{Mapping, Value};

use crate::Error;
use crate::mistake::{Mistake, did_you_mean, one_of, shorten};
use crate::model::Scalar;
use crate::parse::found;

/// The facts that a key can have, each with the values that it takes.
const FACTS: [(&str, &str); 21] = [
    ("add", "true"),
    ("any", "true or false"),
    ("assettypes", "a list of declaration types"),
    ("content", "a text"),
    ("default", "a text, a number, true, false or nothing"),
    ("format", "a regular expression or nothing"),
    ("group", "true or false"),
    ("name", "a text"),
    ("one-or-many", "true or false"),
    ("open", "true or false"),
    ("presence", "`required` or `optional`"),
    ("range", "a mapping with `min` and `max`, or nothing"),
    ("rangelist", "a list of values, or nothing"),
    ("repetition", "a mapping with `min` and `max`, or nothing"),
    ("replaced-by", "a text"),
    ("rust", "a path"),
    ("secret", "true or false"),
    ("source", "a text"),
    ("supervised-since", "a mapping from operating systems to versions"),
    ("tag", "true or false"),
    ("type", "a type such as `string`"),
];

/// The entries that a file of the overlay can have.
const ENTRIES: [(&str, &str); 12] = [
    ("aliases", "a list of names"),
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

/// Refuses what cannot be a name, a word or a use in the lists of the overlay.
pub(super) fn lists(path: &str, document: &Value) -> Result<(), Error> {
    let expected = match path {
        "names.yaml" => "the name of a type",
        "words.yaml" => "its words in lower case with `_` between them, such as `ipv4_address`",
        "used.yaml" => "a list of keys",
        _ => return Ok(()),
    };
    let mut errors = Vec::new();
    for (name, value) in document.as_mapping().into_iter().flatten() {
        let mut refuse = |at: &str, what: String| {
            errors.push(Error::Mistake(Mistake::new(format!("overlay/{path}"), at, what)));
        };
        let Some(name) = name.as_str() else {
            refuse("", format!("an entry begins with a text, found {}", found(name)));
            continue;
        };
        let is_word = |text: &str| {
            let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            !text.is_empty() && text.bytes().all(is_part)
        };
        let fits = match (path, value) {
            ("names.yaml", Value::String(_)) => true,
            ("words.yaml", Value::String(words)) => is_word(words),
            ("used.yaml", Value::Sequence(keys)) => keys.iter().all(Value::is_string),
            _ => false,
        };
        if !fits {
            refuse(name, format!("must be {expected}, found {}", found(value)));
        } else if path == "words.yaml" && !name.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            refuse(name, "a word has a letter or digit".to_owned());
        }
    }
    Error::all(errors)
}

/// Why a fact of a key is not taken.
pub(super) fn fact(name: &str, value: &Value) -> String {
    if matches!(name, "values" | "valuetype") {
        let expected = if name == "values" {
            "a mapping from values to descriptions"
        } else {
            "a text"
        };
        return format!("must be {expected}, found {}", found(value));
    }
    refused(name, value, &FACTS, "fact")
}

/// Why an entry of a file of the overlay is not taken.
pub(super) fn entry(name: &str, value: &Value) -> String {
    refused(name, value, &ENTRIES, "entry")
}

fn refused(name: &str, value: &Value, known: &[(&str, &str)], what: &str) -> String {
    if let Some((_, expected)) = known.iter().find(|(known, _)| *known == name) {
        return format!("must be {expected}, found {}", found(value));
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let more = did_you_mean(name, names.iter().copied()).unwrap_or_else(|| format!("expected {}", one_of(&names)));
    format!("unknown {what} `{}`; {more}", shorten(name))
}

/// The bounds in `range`, each as `read` takes it.
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

/// A bound of a number.
pub(super) fn number(value: &Value) -> Option<Scalar> {
    super::scalar(value).filter(|bound| matches!(bound, Scalar::Integer(_) | Scalar::Real(_)))
}
