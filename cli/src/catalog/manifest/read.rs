//! Reads a manifest into plain data.

use std::collections::HashSet;
use std::sync::LazyLock;

use apple_mdm::schema::{self, Dict, Fact, Family, Os};
use apple_mdm::value::{Dictionary, Value};

use super::Manifest;
use super::condition;
use super::entry::{Entry, Scalar, Shape};
use super::merge;
use super::values;
use crate::catalog::Detail;
use crate::terminal::needs_escaping;

/// The maximum number of keys of a manifest.
const MAX_KEYS: usize = 20_000;

/// The maximum length of the name of a domain or key, in bytes.
const MAX_NAME: usize = 512;

/// The maximum number of statements of a manifest that are reported as unusable.
pub const MAX_UNUSABLE: usize = 100;

/// The prefix of the names of an editor's controls, which no document has.
const CONTROL: &str = "PFC_";

/// Reads a manifest. Returns `None` if the property list is something else.
///
/// # Errors
///
/// Returns an error with file and key path if the manifest cannot be used at all.
pub fn manifest(value: &Value, file: String, detail: Detail) -> Result<Option<Manifest>, String> {
    let Some(root) = dictionary(value).filter(|root| root.keys().any(|key| key.starts_with("pfm_"))) else {
        return Ok(None);
    };
    let domain = match root.get("pfm_domain") {
        Some(Value::String(domain)) if is_usable_name(domain) => domain,
        Some(Value::String(_)) => return Err(format!("{file}: pfm_domain: not usable as a payload type")),
        Some(_) => return Err(format!("{file}: pfm_domain: expected a string")),
        None => return Err(format!("{file}: `pfm_domain` is missing")),
    };
    let subkeys = match root.get("pfm_subkeys") {
        Some(Value::Array(subkeys)) => subkeys,
        Some(_) => return Err(format!("{file}: pfm_subkeys: expected an array")),
        None => return Err(format!("{file}: `pfm_subkeys` is missing")),
    };
    let mut reader = Reader {
        file: &file,
        detail,
        systems: Vec::new(),
        top_level: names(subkeys).map(str::to_owned).collect(),
        path: Vec::new(),
        keys: 0,
        unusable: Vec::new(),
    };
    let support = reader.item_support(root);
    reader.systems = support.iter().map(|(os, _)| *os).collect();
    let entries = reader.entries(subkeys);
    let Reader { keys, unusable, .. } = reader;
    if keys > MAX_KEYS {
        return Err(format!("{file}: pfm_subkeys: more than {MAX_KEYS} keys"));
    }
    let title = Some(text(root, "pfm_title")).filter(|title| !title.is_empty());
    Ok(Some(Manifest {
        domain: domain.clone(),
        title: title.unwrap_or(domain).to_owned(),
        description: text(root, "pfm_description").to_owned(),
        support,
        entries: merge::entries(entries),
        keys,
        unusable,
        file,
    }))
}

/// Returns a text, or an empty one if there is none.
pub fn text<'a>(statements: &'a Dictionary, name: &str) -> &'a str {
    statements.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub fn dictionary(value: &Value) -> Option<&Dictionary> {
    match value {
        Value::Dictionary(dictionary) => Some(dictionary),
        _ => None,
    }
}

/// Returns a scalar that a value can be compared with.
pub fn scalar(value: &Value) -> Option<Scalar> {
    Some(match value {
        Value::String(text) if !needs_escaping(text) => Scalar::String(text.clone()),
        Value::Integer(number) => Scalar::Integer(number.to_string().parse().ok()?),
        Value::Real(number) if number.is_finite() => Scalar::Real(*number),
        Value::Boolean(flag) => Scalar::Boolean(*flag),
        _ => return None,
    })
}

fn is_true(statements: &Dictionary, name: &str) -> bool {
    matches!(statements.get(name), Some(Value::Boolean(true)))
}

fn is_usable_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= MAX_NAME && !needs_escaping(name)
}

/// Returns the names of the keys in `pfm_subkeys`.
fn names(subkeys: &[Value]) -> impl Iterator<Item = &str> {
    let names = subkeys.iter().filter_map(dictionary).map(|key| text(key, "pfm_name"));
    names.filter(|name| !name.is_empty())
}

/// Whether a name stands for arbitrary names.
fn is_placeholder(name: &str) -> bool {
    name.is_empty() || name.starts_with("{{")
}

/// Whether all payloads have this key, so that Apple's schema describes it.
fn is_key_of_all_payloads(name: &str) -> bool {
    static COMMON: LazyLock<Option<&'static Dict>> =
        LazyLock::new(|| schema::item(Family::Profile, "CommonPayloadKeys").and_then(|item| item.keys));
    COMMON.is_some_and(|keys| keys.index(name).is_some())
}

/// The state of reading a manifest.
pub struct Reader<'a> {
    file: &'a str,
    detail: Detail,
    /// The systems that the manifest names.
    systems: Vec<Os>,
    /// The names of the keys at the top level.
    top_level: HashSet<String>,
    /// The keys around the one that is being read.
    path: Vec<String>,
    /// The number of keys so far.
    keys: usize,
    unusable: Vec<String>,
}

impl Reader<'_> {
    /// Notes that a statement about the current key cannot be used.
    pub fn unusable(&mut self, why: &str) {
        if self.unusable.len() < MAX_UNUSABLE {
            let path = self.path.join(".");
            self.unusable.push(format!("{}: {path}: {why}; not checked", self.file));
        }
    }

    /// Reads the keys of a dictionary that has no placeholders for names.
    fn entries(&mut self, subkeys: &[Value]) -> Vec<Entry> {
        let is_top = self.path.is_empty();
        // Conditions refer to keys by a path that starts at the top or at the same dictionary. If it could be both, they are not used.
        let siblings: Vec<&str> = names(subkeys)
            .filter(|name| is_top || !self.top_level.contains(*name))
            .collect();
        let mut entries = Vec::with_capacity(subkeys.len());
        for subkey in subkeys {
            let Some(statements) = dictionary(subkey) else {
                self.unusable("an item of `pfm_subkeys` is no dictionary");
                continue;
            };
            let name = text(statements, "pfm_name");
            if name.starts_with(CONTROL) || is_top && is_key_of_all_payloads(name) {
                continue;
            }
            if !is_usable_name(name) {
                self.unusable("a key has no usable `pfm_name`");
                continue;
            }
            entries.push(self.entry(name, statements, &siblings));
            if self.keys > MAX_KEYS {
                break;
            }
        }
        entries
    }

    /// Reads a key, or the elements of an array.
    fn entry(&mut self, name: &str, statements: &Dictionary, siblings: &[&str]) -> Entry {
        self.keys += 1;
        let mut entry = Entry::unknown(name.to_owned());
        if self.detail == Detail::Descriptions {
            entry.description = description(statements);
        }
        entry.is_secret = is_true(statements, "pfm_sensitive");
        // Only an editor has the key.
        if is_true(statements, "pfm_excluded") || self.keys > MAX_KEYS {
            return entry;
        }
        self.path.push(if name.is_empty() {
            "[]".to_owned()
        } else {
            name.to_owned()
        });
        entry.shape = self.shape(statements);
        values::read(self, statements, &mut entry);
        entry.support = self.key_support(statements);
        let is_required = matches!(text(statements, "pfm_require"), "always" | "always-nested")
            || is_true(statements, "pfm_required");
        // An application that knows a default works without the key. One that is excluded under some condition may be absent.
        entry.is_required =
            is_required && statements.get("pfm_default").is_none() && statements.get("pfm_exclude").is_none();
        if !entry.is_required && statements.get("pfm_default").is_none() {
            entry.required_if = condition::required_if(statements, siblings);
        }
        self.path.pop();
        entry
    }

    fn shape(&mut self, statements: &Dictionary) -> Shape {
        let subkeys = match statements.get("pfm_subkeys") {
            Some(Value::Array(subkeys)) => subkeys.as_slice(),
            None => &[],
            Some(_) => {
                self.unusable("`pfm_subkeys` is no array");
                &[]
            }
        };
        match text(statements, "pfm_type").to_ascii_lowercase().as_str() {
            "string" => Shape::String,
            "integer" => Shape::Integer,
            "real" | "float" => Shape::Real,
            "boolean" | "bool" => Shape::Boolean,
            "data" => Shape::Data,
            "date" => Shape::Date,
            "array" => Shape::Array(self.element(subkeys).map(Box::new)),
            "dictionary" | "dict" => self.dictionary(subkeys),
            // Types of the original format that say little about what a document has.
            "url" | "alias" | "union policy" => Shape::Any,
            "" => {
                self.unusable("`pfm_type` is missing");
                Shape::Any
            }
            _ => {
                self.unusable("the `pfm_type` is unknown");
                Shape::Any
            }
        }
    }

    /// Reads the elements of an array. Several descriptions are alternatives.
    fn element(&mut self, subkeys: &[Value]) -> Option<Entry> {
        let mut elements = subkeys.iter().filter_map(dictionary);
        let (first, rest) = (elements.next()?, elements);
        let is_dictionary = |statements: &Dictionary| matches!(text(statements, "pfm_type"), "dictionary" | "dict");
        let mut element = self.entry("", first, &[]);
        for other in rest {
            // Several names of scalars can be the keys of a dictionary that the manifest leaves out.
            if !is_dictionary(first) || !is_dictionary(other) {
                return None;
            }
            let other = self.entry("", other, &[]);
            merge::entry(&mut element, other);
        }
        element.is_required = false;
        Some(element)
    }

    fn dictionary(&mut self, subkeys: &[Value]) -> Shape {
        let is_named = |subkey: &&Value| dictionary(subkey).is_some_and(|key| !is_placeholder(text(key, "pfm_name")));
        let (named, placeholders): (Vec<&Value>, Vec<&Value>) = subkeys.iter().partition(is_named);
        if placeholders.is_empty() {
            return match named.is_empty() {
                true => Shape::Map(None),
                false => Shape::Dictionary(merge::entries(self.entries(subkeys))),
            };
        }
        let value = self.any_value(&placeholders);
        if named.is_empty() {
            return Shape::Map(value.map(Box::new));
        }
        let named: Vec<Value> = named.into_iter().cloned().collect();
        let mut entries = self.entries(&named);
        entries.push(value.unwrap_or_else(|| Entry::unknown(String::new())));
        Shape::Dictionary(merge::entries(entries))
    }

    /// Reads the values of the arbitrary keys of a dictionary: the placeholder `{{value}}`, or a container without a name.
    fn any_value(&mut self, placeholders: &[&Value]) -> Option<Entry> {
        let placeholders: Vec<&Dictionary> = placeholders.iter().filter_map(|key| dictionary(key)).collect();
        let named = |name: &str| placeholders.iter().copied().find(|key| text(key, "pfm_name") == name);
        if named("{{type}}").is_some() {
            return None;
        }
        let described = match (named("{{value}}"), placeholders.as_slice()) {
            (Some(value), _) => value,
            (None, [only]) => only,
            (None, _) => return None,
        };
        let mut value = self.entry("", described, &[]);
        // A container for the placeholders is not in documents. The placeholder `{{key}}` alone says nothing about values.
        let has_key = matches!(described.get("pfm_subkeys"), Some(Value::Array(inner)) if names(inner).any(|name| name == "{{key}}"));
        if has_key && let Shape::Map(inner) = value.shape {
            return inner.map(|inner| *inner);
        }
        if text(described, "pfm_name") == "{{key}}" && !matches!(value.shape, Shape::Dictionary(_) | Shape::Array(_)) {
            return None;
        }
        value.is_required = false;
        Some(value)
    }

    /// Reads the availability of the payload.
    fn item_support(&mut self, root: &Dictionary) -> Vec<(Os, Fact)> {
        let mut support = Vec::new();
        for os in self.platforms(root, "pfm_platforms").unwrap_or_default() {
            let since = self.version(root, os, "min").map_or(Fact::Always, Fact::Introduced);
            // Preferences work on both channels, whatever an editor offers.
            support.extend([since, Fact::DeviceChannel(true), Fact::UserChannel(true)].map(|fact| (os, fact)));
            let deprecated = self.version(root, os, "deprecated");
            support.extend(deprecated.map(|version| (os, Fact::Deprecated(version))));
        }
        support
    }

    /// Reads how the availability of a key differs from that of the payload.
    fn key_support(&mut self, statements: &Dictionary) -> Vec<(Os, Fact)> {
        let mut support = Vec::new();
        let platforms = self.platforms(statements, "pfm_platforms");
        let excluded = self.platforms(statements, "pfm_n_platforms").unwrap_or_default();
        for os in Os::ALL {
            let is_elsewhere = platforms.as_ref().is_some_and(|platforms| !platforms.contains(&os));
            if is_elsewhere || excluded.contains(&os) {
                if self.systems.contains(&os) {
                    support.push((os, Fact::NotAvailable));
                }
                continue;
            }
            let since = self.version(statements, os, "min").map(Fact::Introduced);
            let deprecated = self.version(statements, os, "deprecated").map(Fact::Deprecated);
            support.extend([since, deprecated].into_iter().flatten().map(|fact| (os, fact)));
        }
        support
    }

    /// Reads a list of systems. Returns `None` if there is none, or if it names a system that is not known.
    fn platforms(&mut self, statements: &Dictionary, name: &str) -> Option<Vec<Os>> {
        let list = statements.get(name)?.as_array()?;
        let mut systems = Vec::new();
        for system in list {
            let Some(os) = system.as_str().and_then(|name| name.parse().ok()) else {
                self.unusable(&format!("`{name}` names an unknown system"));
                return None;
            };
            if !systems.contains(&os) {
                systems.push(os);
            }
        }
        Some(systems)
    }

    fn version(&mut self, statements: &Dictionary, os: Os, which: &str) -> Option<schema::Version> {
        let name = format!("pfm_{}_{which}", os.name().to_ascii_lowercase());
        let version = text(statements, &name);
        if version.is_empty() {
            return None;
        }
        let parsed = version.parse().ok();
        if parsed.is_none() {
            self.unusable(&format!("`{name}` is no version"));
        }
        parsed
    }
}

/// Returns the description of a key: its own words, or else those of the documentation, and the versions of the application.
fn description(statements: &Dictionary) -> String {
    let descriptions = ["pfm_description", "pfm_description_reference", "pfm_note", "pfm_title"];
    let found = descriptions
        .map(|name| text(statements, name))
        .into_iter()
        .find(|text| !text.is_empty());
    let mut description = found.unwrap_or_default().trim().to_owned();
    let since = text(statements, "pfm_app_min");
    let until = text(statements, "pfm_app_deprecated");
    for (clause, version) in [("since", since), ("deprecated since", until)] {
        if !version.is_empty() {
            description.push_str(&format!(" ({clause} version {version} of the application)"));
        }
    }
    description
}
