//! Sets keys to values from the command line.

use std::fs;

use apple_mdm::Document;
use apple_mdm::schema::{Dict, Family, Item, Kind};
use apple_mdm::value::{Data, Date, Dictionary, Value};
use base64::Engine;

use super::envelope::Envelope;
use super::placeholder;
use crate::document::{Step, path, steps};
use crate::explain::suggestion;
use crate::failure::Failure;

/// Sets the key at the path `key` to the value that `text` describes, and returns the steps to it. `assigned` are the steps to the
/// values set before.
///
/// # Errors
///
/// Returns an error if there is no such key or `text` is not a value for it.
pub fn assign(
    value: &mut Value,
    item: &'static Item,
    envelope: Envelope,
    key: &str,
    text: &str,
    assigned: &[Vec<Step>],
) -> Result<Vec<Step>, Failure> {
    let requested = steps(key)
        .filter(|steps| !steps.is_empty())
        .ok_or_else(|| Failure::Usage(format!("`{key}` is not the path of a key")))?;
    let mut at = envelope.item_steps();
    let kind = match (&requested[0], item.keys, envelope.outer_keys()) {
        (Step::Key(name), Some(own), _) if own.key(name).is_some() => Kind::Dictionary(own),
        (Step::Key(name), _, Some(outer)) if outer.key(name).is_some() => {
            at.clear();
            Kind::Dictionary(outer)
        }
        (Step::Key(name), _, _) if item.family == Family::Command && name == "CommandUUID" => {
            at.clear();
            Kind::Any
        }
        (_, Some(own), _) => Kind::Dictionary(own),
        _ => return Err(Failure::Usage(format!("{} has no keys", item.name))),
    };
    let here = crate::document::at(value, &at)
        .ok_or_else(|| Failure::Usage(format!("the document has no place for `{key}`")))?;
    let mut walk = Walk {
        key,
        text,
        at,
        assigned,
    };
    walk.step(here, kind, &requested)?;
    Ok(walk.at)
}

struct Walk<'a> {
    key: &'a str,
    text: &'a str,
    /// The steps taken so far.
    at: Vec<Step>,
    assigned: &'a [Vec<Step>],
}

impl Walk<'_> {
    /// Follows the steps from a value of this kind and sets the value they lead to.
    fn step(&mut self, here: &mut Value, kind: Kind, rest: &[Step]) -> Result<(), Failure> {
        let Some((step, after)) = rest.split_first() else {
            return self.put(here, kind);
        };
        match (kind, step) {
            (Kind::Dictionary(dict), Step::Key(name)) => self.key(here, dict, name, after),
            (Kind::Union(union), Step::Key(name)) => {
                if name == union.tag && after.is_empty() {
                    let found = union.alternatives.iter().find(|(label, _)| *label == self.text);
                    let Some((label, key)) = found else {
                        let hint = suggestion(self.text, union.alternatives.iter().map(|(label, _)| *label));
                        return Err(self.error(&format!("`{}` is not one of its values{hint}", self.text)));
                    };
                    *here = placeholder::alternative(union.tag, label, key, 0);
                    self.at.push(step.clone());
                    return Ok(());
                }
                let label = here.get(union.tag).and_then(Value::as_str).unwrap_or_default();
                match union.alternatives.iter().find(|(known, _)| *known == label) {
                    Some((_, alternative)) => match alternative.kind {
                        Kind::Dictionary(dict) => self.key(here, dict, name, after),
                        _ => Err(self.error("it has no keys")),
                    },
                    None => Err(self.error(&format!("{} must be given first", union.tag))),
                }
            }
            (Kind::Map(inner), Step::Key(name)) => {
                let entries = self.entries(here)?;
                // Remove the entry of the placeholder.
                if !self.assigned.iter().any(|assigned| assigned.starts_with(&self.at)) {
                    entries.remove("Example");
                }
                if !entries.contains_key(name) {
                    entries.insert(name.as_str(), placeholder::value(inner, 0));
                }
                self.at.push(step.clone());
                match entries.get_mut(name) {
                    Some(next) => self.step(next, inner.kind, after),
                    None => Ok(()),
                }
            }
            (Kind::Array(item), step) => {
                let index = match step {
                    Step::Index(index) => *index,
                    // `Services.Name` sets the name of the first service.
                    Step::Key(_) => 0,
                };
                let after = if matches!(step, Step::Index(_)) { after } else { rest };
                let Value::Array(items) = here else {
                    return Err(self.error("it is not an array"));
                };
                if index > items.len() {
                    return Err(self.error(&format!("the array has only {} items so far", items.len())));
                }
                if index == items.len() {
                    items.push(placeholder::value(item, 0));
                }
                self.at.push(Step::Index(index));
                self.step(&mut items[index], item.kind, after)
            }
            (Kind::OneOrMany(element), Step::Key(_)) if !matches!(here, Value::Array(_)) => {
                self.step(here, element.kind, rest)
            }
            (Kind::OneOrMany(element), _) => {
                if !matches!(here, Value::Array(_)) {
                    *here = Value::Array(vec![here.clone()]);
                }
                self.step(here, Kind::Array(element), rest)
            }
            (Kind::Any, Step::Key(name)) => {
                if !matches!(here, Value::Dictionary(_)) {
                    *here = Dictionary::new().into();
                }
                let entries = self.entries(here)?;
                if !entries.contains_key(name) {
                    entries.insert(name.as_str(), Dictionary::new());
                }
                self.at.push(step.clone());
                match entries.get_mut(name) {
                    Some(next) => self.step(next, Kind::Any, after),
                    None => Ok(()),
                }
            }
            _ => Err(self.error(&format!("{} is a {}", path(&self.at), kind.name()))),
        }
    }

    fn key(&mut self, here: &mut Value, dict: &'static Dict, name: &str, after: &[Step]) -> Result<(), Failure> {
        let Some(key) = dict.key(name).or(dict.any) else {
            let hint = suggestion(name, dict.keys.iter().map(|key| key.name));
            return Err(self.error(&format!("there is no key `{name}`{hint}")));
        };
        let entries = self.entries(here)?;
        if !entries.contains_key(name) {
            entries.insert(name, placeholder::value(key, 0));
        }
        self.at.push(Step::Key(name.to_owned()));
        match entries.get_mut(name) {
            Some(next) => self.step(next, key.kind, after),
            None => Ok(()),
        }
    }

    fn entries<'v>(&self, here: &'v mut Value) -> Result<&'v mut Dictionary, Failure> {
        here.as_dictionary_mut()
            .ok_or_else(|| self.error("it is not a dictionary"))
    }

    /// Sets a value, or adds one to an array.
    fn put(&mut self, here: &mut Value, kind: Kind) -> Result<(), Failure> {
        if let (Kind::Array(item), false) = (kind, self.text.starts_with('[')) {
            // A repeated key adds items. The first one replaces the placeholders.
            let first = !self.assigned.iter().any(|assigned| assigned.starts_with(&self.at));
            let Value::Array(items) = here else {
                return Err(self.error("it is not an array"));
            };
            if first {
                items.clear();
            }
            let value = self.parse(item.kind)?;
            self.at.push(Step::Index(items.len()));
            items.push(value);
            return Ok(());
        }
        if let (Kind::OneOrMany(element), false) = (kind, self.text.starts_with('[')) {
            // A repeated key makes an array of the values.
            let value = self.parse(element.kind)?;
            if self.assigned.contains(&self.at) {
                match here {
                    Value::Array(items) => items.push(value),
                    _ => *here = Value::Array(vec![here.clone(), value]),
                }
            } else {
                *here = value;
            }
            return Ok(());
        }
        *here = self.parse(kind)?;
        Ok(())
    }

    fn parse(&self, kind: Kind) -> Result<Value, Failure> {
        let text = self.text;
        let expected = |expected: &str| self.error(&format!("expected {expected}, found `{text}`"));
        Ok(match kind {
            Kind::String => text.into(),
            Kind::Integer => text.parse::<i64>().map_err(|_| expected("an integer"))?.into(),
            Kind::Real => text.parse::<f64>().map_err(|_| expected("a number"))?.into(),
            Kind::Boolean => match text {
                "true" | "yes" => true.into(),
                "false" | "no" => false.into(),
                _ => return Err(expected("true or false")),
            },
            Kind::Date => {
                let date = text.parse::<Date>();
                date.map_err(|_| expected("a date such as 2026-01-31T12:00:00Z"))?
                    .into()
            }
            Kind::Data => match text.strip_prefix('@') {
                Some(file) => {
                    let bytes = fs::read(file);
                    Data(bytes.map_err(|error| self.error(&format!("cannot open {file}: {error}")))?).into()
                }
                None => {
                    let bytes = base64::engine::general_purpose::STANDARD.decode(text);
                    Data(bytes.map_err(|_| expected("base64, or @FILE"))?).into()
                }
            },
            Kind::Any => match Value::from_slice(text.as_bytes()) {
                Ok(value) => value,
                Err(_) => text.into(),
            },
            _ => Value::from_slice(text.as_bytes())
                .map_err(|error| self.error(&format!("expected JSON for a {}: {error}", kind.name())))?,
        })
    }

    fn error(&self, what: &str) -> Failure {
        Failure::Usage(format!("{}: {what}", self.key))
    }
}
