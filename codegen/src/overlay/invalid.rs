//! Error messages for facts and entries of the overlay that are not valid.

use serde_yaml::{Mapping, Value};

use crate::Error;
use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::Scalar;
use crate::problem::{Problem, ProblemKind};

/// The facts about a key, each with its valid values.
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

/// The entries of a file of the overlay, each with its valid values.
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

/// Checks the entries of `names.yaml`, `words.yaml` and `used.yaml`.
pub(super) fn lists(path: &str, document: &Value) -> Result<(), Error> {
    let (kind, expected) = match path {
        "names.yaml" => (ProblemKind::Name, "the name of a type"),
        "words.yaml" => (
            ProblemKind::Word,
            "its words in lower case, separated by `_`, such as `ipv4_address`",
        ),
        "used.yaml" => (ProblemKind::Supplied, "a list of keys"),
        "common.yaml" => (ProblemKind::Fact, "a mapping from keys to facts"),
        _ => return Ok(()),
    };
    let mut errors = Vec::new();
    for (name, value) in document.as_mapping().into_iter().flatten() {
        let mut refuse = |place: &str, message: String| {
            let problem = Problem::new(kind, format!("overlay/{path}"), place, message);
            errors.push(Error::Problem(problem));
        };
        let Some(name) = name.as_str() else {
            refuse(
                "",
                format!("the name of an entry must be a text, found {}", found(name)),
            );
            continue;
        };
        let is_valid = match (path, value) {
            ("names.yaml", Value::String(_)) => true,
            ("words.yaml", Value::String(words)) => is_snake_case(words),
            ("common.yaml", Value::Mapping(_)) => true,
            ("used.yaml", Value::Sequence(keys)) => keys.iter().all(Value::is_string),
            _ => false,
        };
        if !is_valid {
            refuse(name, format!("must be {expected}, found {}", found(value)));
        } else if path == "words.yaml" && !name.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            refuse(name, "a word must contain a letter or a digit".to_owned());
        }
    }
    Error::all(errors)
}

fn is_snake_case(text: &str) -> bool {
    let is_valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(is_valid)
}

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
