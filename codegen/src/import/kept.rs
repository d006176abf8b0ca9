//! Keeps deleted keys and items that are marked `removed`.
//!
//! Devices with earlier versions accept them, so they remain fields. A deleted key without the mark is not kept. A maintainer decides
//! whether to restore it with `removed` or to retire it in the overlay.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use crate::{facts, yaml};

/// Whether `supportedOS` marks something as removed on every operating system where it was available.
pub fn is_removed(support: Option<&Value>) -> bool {
    let systems = support.and_then(Value::as_mapping);
    let mut removed = false;
    for (_, properties) in systems.into_iter().flatten() {
        let available = properties.get("introduced").and_then(Value::as_str) != Some("n/a");
        match properties.get("removed") {
            Some(_) => removed = true,
            None if available => return false,
            None => {}
        }
    }
    removed
}

/// Whether the item of a document is marked as removed.
pub fn is_removed_item(document: &Value) -> bool {
    is_removed(document.get("payload").and_then(|payload| payload.get("supportedOS")))
}

/// The removed keys in our document, by the place of their list.
#[derive(Default)]
pub struct Kept(HashMap<String, Vec<RemovedKey>>);

struct RemovedKey {
    name: String,
    /// The previous key in our list.
    after: Option<String>,
    key: Value,
}

impl Kept {
    pub fn of(document: Option<&Value>) -> Self {
        let mut collect = Collect::default();
        for section in ["payloadkeys", "responsekeys"] {
            if let Some(list) = document.and_then(|document| document.get(section)) {
                collect.list(list, section);
            }
        }
        Self(collect.kept)
    }

    /// Inserts the removed keys of the list at `place` after the same keys as before, unless `list` contains them. Returns their
    /// places.
    pub fn restore(&self, place: &str, list: &mut Vec<Value>) -> Vec<String> {
        let mut restored = Vec::new();
        for removed in self.0.get(place).into_iter().flatten() {
            let position = |name: &str| list.iter().position(|key| key_name(key) == name);
            if position(&removed.name).is_some() {
                continue;
            }
            let index = removed.after.as_deref().and_then(position).map_or(0, |index| index + 1);
            list.insert(index, removed.key.clone());
            restored.push(facts::place(place, &removed.name));
        }
        restored
    }
}

#[derive(Default)]
struct Collect<'a> {
    anchors: HashMap<String, &'a Value>,
    kept: HashMap<String, Vec<RemovedKey>>,
}

impl<'a> Collect<'a> {
    /// Collects the removed keys in a list. A shared list is visited only at its anchor.
    fn list(&mut self, list: &'a Value, place: &str) {
        let list = match yaml::anchor(list) {
            Some((name, inner)) => {
                self.anchors.insert(name, inner);
                inner
            }
            None => list,
        };
        let mut after = None;
        for key in list.as_sequence().into_iter().flatten() {
            let name = key_name(key).to_owned();
            if let Some(subkeys) = key.get("subkeys") {
                self.list(subkeys, &facts::place(place, &name));
            }
            if is_removed(key.get("supportedOS"))
                && let Some(detached) = self.detached(key, &mut Vec::new())
            {
                self.kept.entry(place.to_owned()).or_default().push(RemovedKey {
                    name: name.clone(),
                    after: after.take(),
                    key: detached,
                });
            }
            after = Some(name);
        }
    }

    /// Expands anchors and aliases, which may have other meanings in the new document. Returns `None` if a list contains itself.
    fn detached(&self, value: &Value, open: &mut Vec<String>) -> Option<Value> {
        if let Some((name, inner)) = yaml::anchor(value) {
            open.push(name);
            let inner = self.detached(inner, open);
            open.pop();
            return inner;
        }
        if let Some(name) = yaml::alias(value) {
            if open.iter().any(|open| open == name) {
                return None;
            }
            open.push(name.to_owned());
            let inner = self.detached(self.anchors.get(name)?, open);
            open.pop();
            return inner;
        }
        Some(match value {
            Value::Sequence(items) => {
                let items = items.iter().map(|item| self.detached(item, open));
                Value::Sequence(items.collect::<Option<_>>()?)
            }
            Value::Mapping(entries) => {
                let mut detached = Mapping::new();
                for (name, value) in entries {
                    detached.insert(name.clone(), self.detached(value, open)?);
                }
                detached.into()
            }
            plain => plain.clone(),
        })
    }
}

fn key_name(key: &Value) -> &str {
    key.get("key").and_then(Value::as_str).unwrap_or_default()
}
