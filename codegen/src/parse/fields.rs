//! Takes the entries of a mapping one by one, so that the unknown ones remain.

use serde_yaml::{Mapping, Value};

use super::anchors::Anchors;
use crate::message::{closest, found, one_of, shorten};
use crate::problem::Problem;

/// The maximum length of a text, in bytes. Apple's longest text has a tenth of it.
const MAX_TEXT: usize = 1 << 15;

pub(super) struct Fields<'a> {
    entries: Vec<(&'a Value, &'a Value)>,
    anchors: &'a Anchors<'a>,
    place: String,
    /// The names that are expected here.
    known: Vec<&'static str>,
    /// Names that belong in another place, and that place.
    elsewhere: Option<(&'static [&'static str], &'static str)>,
    /// The entries with an unexpected type, and the error messages.
    failed: Vec<(&'static str, String)>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(mapping: &'a Mapping, place: &str, anchors: &'a Anchors<'a>) -> Self {
        Self {
            entries: mapping.iter().collect(),
            anchors,
            place: place.to_owned(),
            known: Vec::new(),
            elsewhere: None,
            failed: Vec::new(),
        }
    }

    /// Returns the place of the mapping.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// Changes the place, once the name of the key is known.
    pub(super) fn set_place(&mut self, place: &str) {
        place.clone_into(&mut self.place);
    }

    /// Whether the entry exists but has an unexpected type.
    pub(super) fn failed(&self, name: &str) -> bool {
        self.failed.iter().any(|(failed, _)| *failed == name)
    }

    /// Adds a name to those that suggestions contain.
    pub(super) fn expect(&mut self, name: &'static str) {
        self.known.push(name);
    }

    /// Returns the entry without taking it.
    pub(super) fn peek(&self, name: &str) -> Option<&'a Value> {
        let (_, value) = self.entries.iter().find(|(key, _)| key.as_str() == Some(name))?;
        self.anchors.plain(value)
    }

    /// Takes the entry as it is, with its anchor or as an alias.
    pub(super) fn take_raw(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        let index = self.entries.iter().position(|(key, _)| key.as_str() == Some(name))?;
        let (_, value) = self.entries.remove(index);
        // An alias without an anchor was already reported.
        self.anchors.plain(value).map(|_| value)
    }

    /// Takes the entry and follows aliases, except for lists of keys, which may be shared.
    pub(super) fn take(&mut self, name: &'static str) -> Option<&'a Value> {
        let value = self.take_raw(name)?;
        let plain = self.anchors.plain(value)?;
        let shared = ["subkeys", "payloadkeys", "responsekeys"].contains(&name);
        Some(if shared { value } else { plain })
    }

    /// Takes the entry and converts it. Reports an entry that cannot be converted.
    pub(super) fn take_as<T>(
        &mut self,
        name: &'static str,
        expected: &str,
        convert: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(name)?;
        let taken = convert(value);
        if taken.is_none() {
            self.failed
                .push((name, format!("`{name}` must be {expected}, found {}", found(value))));
        }
        taken
    }

    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        let text = self.take_as(name, "a text", scalar_text)?;
        if text.len() > MAX_TEXT {
            let message = format!("`{name}` has {} bytes; the limit is {MAX_TEXT}", text.len());
            self.failed.push((name, message));
            return None;
        }
        Some(text)
    }

    pub(super) fn mapping(&mut self, name: &'static str) -> Option<&'a Mapping> {
        self.take_as(name, "a mapping", Value::as_mapping)
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let value = self.peek(name).and_then(Value::as_str).map(str::to_ascii_lowercase);
        let flag = self.take_as(name, "true or false", Value::as_bool);
        let suggestion = match value.as_deref() {
            Some("yes" | "on" | "y" | "true") => "true",
            Some("no" | "off" | "n" | "false") => "false",
            _ => return flag,
        };
        if let Some((_, message)) = self.failed.last_mut() {
            message.push_str(&format!("; write `{suggestion}` without quotes"));
        }
        flag
    }

    /// Declares names that belong in another place of the file.
    pub(super) fn known_elsewhere(&mut self, names: &'static [&'static str], place: &'static str) {
        self.elsewhere = Some((names, place));
    }

    /// Returns the name of an entry that may be a misspelling of `name`.
    pub(super) fn close_to(&self, name: &str) -> Option<&'a str> {
        closest(name, self.entries.iter().filter_map(|(key, _)| key.as_str()))
    }

    /// Reports entries with an unexpected type, and unknown entries.
    pub(super) fn finish(self, file: &str, problems: &mut Vec<Problem>) {
        for (_, message) in &self.failed {
            problems.push(Problem::in_schema(file, self.place.as_str(), message.as_str()));
        }
        for (key, _) in &self.entries {
            let Some(name) = key.as_str() else {
                let message = format!("a YAML key must be a name, found {}", found(key));
                problems.push(Problem::in_schema(file, self.place.as_str(), message));
                continue;
            };
            let elsewhere = self.elsewhere.filter(|(names, _)| names.contains(&name));
            let suggestion = if name == "<<" {
                Some("merging is not supported; write the keys out".to_owned())
            } else if let Some((_, place)) = elsewhere {
                Some(format!("it belongs {place}"))
            } else if let Some(close) = closest(name, self.known.iter().copied()) {
                Some(format!("did you mean `{close}`?"))
            } else {
                let mut known = self.known.clone();
                known.sort_unstable();
                Some(format!("expected {}", one_of(&known)))
            };
            let message = format!("unknown YAML key `{}`", shorten(name));
            problems.push(Problem::in_schema(file, self.place.as_str(), message).suggest(suggestion));
        }
    }
}

/// Returns a scalar as text.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim_end().to_owned()),
        Value::Number(n) => Some(n.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}
