//! The facts in a file, each as one line of text, for comparing two versions of the file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use serde_yaml::Value;

use crate::model::Version;
use crate::yaml;

/// The facts in a file: for each place (an item or key), its fields as text.
pub type Facts = BTreeMap<String, BTreeMap<String, String>>;

/// The fields of `payload` that contain the type of the item.
pub const IDENTIFIERS: [&str; 5] = [
    "requesttype",
    "payloadtype",
    "declarationtype",
    "statusitemtype",
    "credentialtype",
];

/// The place of facts about the item as a whole.
pub const ITEM: &str = "the item";

/// A difference between two versions of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Change {
    New {
        place: String,
    },
    Gone {
        place: String,
    },
    Changed {
        place: String,
        field: String,
        before: Option<String>,
        after: Option<String>,
    },
}

/// Returns the place of the key `name` within `parent`.
#[must_use]
pub fn place(parent: &str, name: &str) -> String {
    format!("{parent}.{name}")
}

/// Calls `each` with every key of a document and its place. Visits a shared list once for each place, but not again within itself.
pub fn each_key<'a>(document: &'a Value, each: &mut dyn FnMut(&str, &'a Value)) {
    let mut walk = Walk {
        anchors: HashMap::new(),
        open: Vec::new(),
        each,
    };
    for section in ["payloadkeys", "responsekeys"] {
        if let Some(list) = document.get(section) {
            walk.list(list, section);
        }
    }
}

struct Walk<'a, 'b> {
    anchors: HashMap<String, &'a Value>,
    open: Vec<String>,
    each: &'b mut dyn FnMut(&str, &'a Value),
}

impl<'a> Walk<'a, '_> {
    fn list(&mut self, list: &'a Value, at: &str) {
        let (name, list) = if let Some((name, inner)) = yaml::anchor(list) {
            self.anchors.insert(name.clone(), inner);
            (Some(name), inner)
        } else if let Some(name) = yaml::alias(list) {
            let Some(inner) = self.anchors.get(name).copied() else {
                return;
            };
            (Some(name.to_owned()), inner)
        } else {
            (None, list)
        };
        if let Some(name) = &name {
            if self.open.contains(name) {
                return;
            }
            self.open.push(name.clone());
        }
        for key in list.as_sequence().into_iter().flatten() {
            let at = place(at, key.get("key").and_then(Value::as_str).unwrap_or_default());
            (self.each)(&at, key);
            if let Some(list) = key.get("subkeys") {
                self.list(list, &at);
            }
        }
        if name.is_some() {
            self.open.pop();
        }
    }
}

/// Returns the facts in a document. Descriptions are not facts.
#[must_use]
pub fn of(document: &Value) -> Facts {
    let mut facts = Facts::new();
    let mut item = BTreeMap::new();
    if let Some(payload) = document.get("payload").and_then(Value::as_mapping) {
        for (name, value) in payload {
            add_field(&mut item, name.as_str().unwrap_or_default(), value);
        }
    }
    let related = document.get("related-status-items").and_then(Value::as_sequence);
    let related: Vec<String> = related
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.get("status-items"))
        .map(line)
        .collect();
    if !related.is_empty() {
        item.insert("related status items".to_owned(), related.join("; "));
    }
    facts.insert(ITEM.to_owned(), item);
    each_key(document, &mut |place, key| {
        let mut fields = BTreeMap::new();
        for (name, value) in key.as_mapping().into_iter().flatten() {
            add_field(&mut fields, name.as_str().unwrap_or_default(), value);
        }
        facts.insert(place.to_owned(), fields);
    });
    for reason in document
        .get("reasons")
        .and_then(Value::as_sequence)
        .into_iter()
        .flatten()
    {
        let mut fields = BTreeMap::new();
        for detail in reason.get("details").and_then(Value::as_sequence).into_iter().flatten() {
            let name = detail.get("key").and_then(Value::as_str).unwrap_or_default();
            fields.insert(
                format!("details {name}"),
                line(detail.get("type").unwrap_or(&Value::Null)),
            );
        }
        let code = reason.get("value").and_then(Value::as_str).unwrap_or_default();
        facts.insert(format!("reason {code}"), fields);
    }
    facts
}

/// Returns the newest version in which a document introduces something.
#[must_use]
pub fn newest(document: &Value) -> Option<Version> {
    let facts = of(document);
    let fields = facts.values().flatten();
    let introduced = fields.filter(|(field, _)| field.ends_with(" introduced"));
    introduced.filter_map(|(_, text)| version(text)).max()
}

fn version(text: &str) -> Option<Version> {
    let mut numbers = text.split('.').map(|number| number.parse().ok());
    let mut next = || numbers.next().unwrap_or(Some(0));
    Some(Version(next()?, next()?, next()?))
}

/// Adds a field with its value, unless it is prose or has facts of its own.
fn add_field(fields: &mut BTreeMap<String, String>, name: &str, value: &Value) {
    match name {
        "key" | "title" | "content" | "description" | "subkeys" | "subkeytype" => {}
        "supportedOS" => {
            for (os, properties) in value.as_mapping().into_iter().flatten() {
                let os = os.as_str().unwrap_or_default();
                for (name, value) in properties.as_mapping().into_iter().flatten() {
                    fields.insert(format!("{os} {}", name.as_str().unwrap_or_default()), line(value));
                }
            }
        }
        _ => {
            fields.insert(name.to_owned(), line(value));
        }
    }
}

/// Formats a value as one line.
fn line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Sequence(list) => list.iter().map(line).collect::<Vec<_>>().join(", "),
        Value::Mapping(map) => map
            .iter()
            .map(|(k, v)| format!("{} {}", line(k), line(v)))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        Value::Null => "nothing".to_owned(),
        Value::Tagged(tagged) => line(&tagged.value),
    }
}

/// Returns the differences, sorted by place.
#[must_use]
pub fn changes(before: &Facts, after: &Facts) -> Vec<Change> {
    let mut changes = Vec::new();
    for place in before.keys().filter(|place| !after.contains_key(*place)) {
        changes.push(Change::Gone { place: place.clone() });
    }
    for (place, fields) in after {
        let Some(old) = before.get(place) else {
            changes.push(Change::New { place: place.clone() });
            continue;
        };
        let names: BTreeSet<&String> = old.keys().chain(fields.keys()).collect();
        for field in names {
            let (before, after) = (old.get(field).cloned(), fields.get(field).cloned());
            if before != after {
                changes.push(Change::Changed {
                    place: place.clone(),
                    field: field.clone(),
                    before,
                    after,
                });
            }
        }
    }
    changes
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New { place } => write!(f, "new: {}", short(place)),
            Self::Gone { place } => write!(f, "gone: {}", short(place)),
            Self::Changed {
                place,
                field,
                before,
                after,
            } => {
                let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                write!(
                    f,
                    "changed: {}: {field}: {} → {}",
                    short(place),
                    show(before),
                    show(after)
                )
            }
        }
    }
}

/// Shortens a place for people.
fn short(place: &str) -> &str {
    place.strip_prefix("payloadkeys.").unwrap_or(place)
}
