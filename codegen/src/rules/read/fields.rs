//! The fields of a rule or condition.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::{File, ListId, Scalar, Version};
use crate::overlay;

/// The fields that are not read yet, and where their paths start.
pub(super) struct Fields<'a> {
    pub(super) file: &'a File,
    /// The keys of the dictionary that the rule is about.
    pub(super) list: Option<ListId>,
    pub(super) rest: BTreeMap<String, Value>,
    /// The names of the fields that the rule can have.
    pub(super) known: Vec<&'static str>,
}

impl Fields<'_> {
    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, String> {
        self.known.push(name);
        match self.rest.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(format!("`{name}` must be a text, found {}", found(&other))),
        }
    }

    pub(super) fn texts(&mut self, name: &'static str) -> Result<Vec<String>, String> {
        self.known.push(name);
        let Some(value) = self.rest.remove(name) else {
            return Ok(Vec::new());
        };
        let texts = value.as_sequence().and_then(|list| {
            let texts = list.iter().map(|v| v.as_str().map(str::to_owned));
            texts.collect::<Option<_>>()
        });
        texts.ok_or_else(|| format!("`{name}` must be a list of texts, found {}", found(&value)))
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Result<bool, String> {
        self.known.push(name);
        match self.rest.remove(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(format!("`{name}` must be true or false, found {}", found(&other))),
        }
    }

    pub(super) fn integer(&mut self, name: &'static str) -> Result<Option<i64>, String> {
        self.known.push(name);
        let Some(value) = self.rest.remove(name) else {
            return Ok(None);
        };
        match value.as_i64() {
            Some(number) => Ok(Some(number)),
            None => Err(format!("`{name}` must be a whole number, found {}", found(&value))),
        }
    }

    pub(super) fn number(&mut self, name: &'static str) -> Result<Option<f64>, String> {
        self.known.push(name);
        let Some(value) = self.rest.remove(name) else {
            return Ok(None);
        };
        match value.as_f64().filter(|number| number.is_finite()) {
            Some(number) => Ok(Some(number)),
            None => Err(format!("`{name}` must be a number, found {}", found(&value))),
        }
    }

    /// Reads one of several words.
    pub(super) fn word(&mut self, name: &'static str, words: &[&str]) -> Result<String, String> {
        let word = self.text(name)?.unwrap_or_default();
        match words.contains(&word.as_str()) {
            true => Ok(word),
            false => Err(unknown(&word_in_words(name), &word, words)),
        }
    }

    /// Reads one of several words, or a list of them.
    pub(super) fn words(&mut self, name: &'static str, words: &[&str]) -> Result<Vec<String>, String> {
        let list = match self.rest.get(name) {
            Some(Value::Sequence(_)) => self.texts(name)?,
            _ => vec![self.word(name, words)?],
        };
        match list.iter().find(|word| !words.contains(&word.as_str())) {
            Some(word) => Err(unknown(&word_in_words(name), word, words)),
            None if list.is_empty() => Err(format!("`{name}` is an empty list")),
            None => Ok(list),
        }
    }

    pub(super) fn version(&mut self, name: &'static str) -> Result<Option<Version>, String> {
        self.known.push(name);
        match self.rest.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Version::of(&text)
                .map(Some)
                .ok_or_else(|| format!("`{name}` must be a version such as '26.0', found `{}`", shorten(&text))),
            Some(other) => Err(format!(
                "`{name}` must be a version in quotation marks, such as '26.0', found {}",
                found(&other)
            )),
        }
    }

    /// Checks that no unknown field is left.
    pub(super) fn finish(&self, of: &str) -> Result<(), String> {
        let Some(name) = self.rest.keys().next() else {
            return Ok(());
        };
        if self.known.contains(&name.as_str()) {
            return Err(format!(
                "{of} cannot combine `{name}` with its other fields; remove one of them"
            ));
        }
        let mut known = self.known.clone();
        known.sort_unstable();
        known.dedup();
        let close = did_you_mean(name, known.iter().copied());
        let more = close.unwrap_or_else(|| format!("expected {}", one_of(&known)));
        Err(format!("{of} has no field `{}`; {more}", shorten(name)))
    }
}

/// Returns the error for an unknown word.
pub(super) fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let close = did_you_mean(word, known.iter().copied());
    let more = close.unwrap_or_else(|| format!("expected {}", one_of(known)));
    format!("unknown {what} `{}`; {more}", shorten(word))
}

/// Describes the value of a field that must be one of several words.
fn word_in_words(name: &str) -> String {
    match name {
        "os" => "operating system".to_owned(),
        name => format!("value of `{name}`"),
    }
}

/// Checks that the lower of two bounds is not above the upper one.
pub(super) fn in_order(lower: Option<f64>, upper: Option<f64>, low: &str, high: &str) -> Result<(), String> {
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower > upper => {
            Err(format!("`{low}` is {lower}, which is above `{high}`, {upper}"))
        }
        _ => Ok(()),
    }
}

/// Returns a text, a number or a truth value.
pub(super) fn scalar(name: &str, value: &Value) -> Result<Scalar, String> {
    overlay::scalar(value).ok_or_else(|| {
        format!(
            "`{name}` must be a text, a number, true or false, found {}",
            found(value)
        )
    })
}
