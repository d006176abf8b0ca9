//! A document to the model, with a warning for everything in it that is not known.

mod support;

use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use crate::model::{Detail, Family, File, Key, Kind, ListId, Reason, Related, Scalar};
use crate::yaml;

/// Reads one file of the schema.
///
/// What is not understood is left out, and `warnings` says what and where.
///
/// # Errors
///
/// Where the text is no YAML mapping.
pub fn file(path: &str, text: &str, warnings: &mut Vec<String>) -> Result<File, String> {
    let document = yaml::read(text).map_err(|e| format!("{path}: {e}"))?;
    let Value::Mapping(top) = document else {
        return Err(format!("{path}: no YAML mapping"));
    };
    let mut parser = Parser {
        path,
        warnings,
        lists: Vec::new(),
        anchors: HashMap::new(),
        values: HashMap::new(),
    };
    let family = Family::of(path);
    let mut top = Fields::new(&top);
    let title = top.text("title").unwrap_or_else(|| path.to_owned());
    let description = top.text("description");
    let mut identifier = None;
    let mut apply = None;
    let mut content = None;
    let mut support = Vec::new();
    if let Some(payload) = top.mapping("payload") {
        let mut payload = Fields::new(payload);
        for name in [
            "requesttype",
            "payloadtype",
            "declarationtype",
            "statusitemtype",
            "credentialtype",
        ] {
            identifier = identifier.or(payload.text(name));
        }
        apply = payload.text("apply");
        content = payload.text("content");
        if let Some(value) = payload.take("supportedOS") {
            support = parser.support(value, "payload");
        }
        payload.take("beta");
        parser.rest(payload, "payload");
    }
    let keys = top.take("payloadkeys").and_then(|v| parser.list(v, "payloadkeys"));
    let response = top.take("responsekeys").and_then(|v| parser.list(v, "responsekeys"));
    let reasons = parser.reasons(top.mappings("reasons").unwrap_or_default());
    let related = parser.related(top.mappings("related-status-items").unwrap_or_default());
    top.take("notes");
    top.take("examples");
    parser.rest(top, "the top level");
    let lists = parser.lists;
    let device_keys = matches!(family, Family::CheckIn | Family::Status);
    let device_response = matches!(family, Family::Command);
    Ok(File {
        path: path.to_owned(),
        family,
        title,
        description,
        content,
        identifier,
        apply,
        support,
        lists,
        keys,
        response,
        reasons,
        related,
        device_keys,
        tolerant: false,
        device_response,
        tables_only: false,
        retired: Vec::new(),
        replaced_by: None,
        rules: Vec::new(),
    })
}

/// A mapping whose entries are taken one by one, so that what is left over is known.
struct Fields<'a> {
    entries: Vec<(&'a Value, &'a Value)>,
}

impl<'a> Fields<'a> {
    fn new(mapping: &'a Mapping) -> Self {
        Self {
            entries: mapping.iter().collect(),
        }
    }

    fn take(&mut self, name: &str) -> Option<&'a Value> {
        self.take_as(name, Some)
    }

    /// Takes the entry where its value is what `form` wants; otherwise it is left over.
    fn take_as<T>(&mut self, name: &str, form: impl FnOnce(&'a Value) -> Option<T>) -> Option<T> {
        let at = self.entries.iter().position(|(key, _)| key.as_str() == Some(name))?;
        let value = form(self.entries[at].1)?;
        self.entries.remove(at);
        Some(value)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.take_as(name, scalar_text)
    }

    fn mapping(&mut self, name: &str) -> Option<&'a Mapping> {
        self.take_as(name, Value::as_mapping)
    }

    fn mappings(&mut self, name: &str) -> Option<Vec<&'a Mapping>> {
        self.take_as(name, mappings)
    }
}

fn mappings(list: &Value) -> Option<Vec<&Mapping>> {
    list.as_sequence()?.iter().map(Value::as_mapping).collect()
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim_end().to_owned()),
        Value::Number(n) => Some(n.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

struct Parser<'a> {
    path: &'a str,
    warnings: &'a mut Vec<String>,
    lists: Vec<Vec<Key>>,
    /// Anchored lists of keys.
    anchors: HashMap<String, ListId>,
    /// Other anchored values.
    values: HashMap<String, Value>,
}

impl Parser<'_> {
    fn warn(&mut self, at: &str, what: impl std::fmt::Display) {
        self.warnings.push(format!("{}: {at}: {what}", self.path));
    }

    fn rest(&mut self, fields: Fields<'_>, at: &str) {
        for (key, _) in fields.entries {
            let key = scalar_text(key).unwrap_or_else(|| format!("{key:?}"));
            self.warn(
                at,
                format_args!(
                    "the YAML key `{key}`, or the form of its value, is not known to the generator; it is left out"
                ),
            );
        }
    }

    /// The value itself, where it is anchored or an alias of a plain value.
    fn plain(&mut self, value: &Value) -> Value {
        if let Some((name, inner)) = yaml::anchor(value) {
            self.values.insert(name, inner.clone());
            return inner.clone();
        }
        match yaml::alias(value).and_then(|name| self.values.get(name)) {
            Some(known) => known.clone(),
            None => value.clone(),
        }
    }

    fn list(&mut self, value: &Value, at: &str) -> Option<ListId> {
        if let Some(name) = yaml::alias(value) {
            let known = self.anchors.get(name).copied();
            if known.is_none() {
                self.warn(at, format_args!("the alias `*{name}` refers to nothing"));
            }
            return known;
        }
        let id = ListId(self.lists.len());
        let mut items = value;
        if let Some((name, inner)) = yaml::anchor(value) {
            // Known before its items are read: a list may refer to itself.
            self.anchors.insert(name, id);
            items = inner;
        }
        let Value::Sequence(items) = items else {
            self.warn(at, "a list of keys was expected");
            return None;
        };
        self.lists.push(Vec::new());
        let mut keys: Vec<Key> = Vec::with_capacity(items.len());
        for item in items {
            let item = self.plain(item);
            let Value::Mapping(item) = &item else {
                self.warn(at, "a key must be a mapping");
                continue;
            };
            if let Some(key) = self.key(item, at) {
                if keys.iter().any(|other| other.name == key.name) {
                    self.warn(
                        at,
                        format_args!("the key `{}` stands there twice; the first one counts", key.name),
                    );
                    continue;
                }
                keys.push(key);
            }
        }
        self.lists[id.0] = keys;
        Some(id)
    }

    fn key(&mut self, mapping: &Mapping, parent: &str) -> Option<Key> {
        let mut fields = Fields::new(mapping);
        let Some(name) = fields.text("key") else {
            self.warn(parent, "a key without `key`");
            return None;
        };
        let at = &format!("{parent}.{name}");
        let kind = self.kind(&mut fields, at);
        let required = match fields.text("presence").as_deref() {
            Some("required") => true,
            Some("optional") | None => false,
            Some(other) => {
                self.warn(
                    at,
                    format_args!("`presence: {other}` is not known; the key is optional"),
                );
                false
            }
        };
        let values = match fields.take("rangelist").map(|v| self.plain(v)) {
            Some(Value::Sequence(list)) => list.iter().filter_map(|v| self.scalar(v, kind, at)).collect(),
            Some(_) => {
                self.warn(at, "`rangelist` must be a list");
                Vec::new()
            }
            None => Vec::new(),
        };
        let range = match fields.take("range").map(|v| self.plain(v)) {
            Some(Value::Mapping(range)) => {
                let mut range = Fields::new(&range);
                let min = range.take("min").and_then(|v| self.scalar(v, kind, at));
                let max = range.take("max").and_then(|v| self.scalar(v, kind, at));
                self.rest(range, at);
                Some((min, max))
            }
            Some(_) => {
                self.warn(at, "`range` must be a mapping");
                None
            }
            None => None,
        };
        let repetition = fields.mapping("repetition").map(|repetition| {
            let mut repetition = Fields::new(repetition);
            let min = repetition.take_as("min", Value::as_i64);
            let max = repetition.take_as("max", Value::as_i64);
            self.rest(repetition, at);
            (min, max)
        });
        let subtype = fields.text("subtype").map(|s| s.trim_matches(['<', '>']).to_owned());
        let key = Key {
            name,
            title: fields.text("title"),
            kind,
            required,
            content: fields.text("content"),
            values,
            meanings: Vec::new(),
            range,
            default: fields.take("default").and_then(|v| self.scalar(v, kind, at)),
            format: fields.text("format"),
            value_type: fields.text("valuetype").or(subtype),
            repetition,
            combine: fields.text("combinetype"),
            asset_types: self.texts(fields.take("assettypes"), at),
            asset_content_types: self.texts(fields.take("asset-content-types"), at),
            support: fields
                .take("supportedOS")
                .map(|v| self.support(v, at))
                .unwrap_or_default(),
            shape_name: fields.text("subkeytype"),
            subkeys: fields.take("subkeys").and_then(|v| self.list(v, at)),
            any: false,
            secret: false,
            replaced_by: None,
            rust: None,
            group: false,
            tag: false,
        };
        self.rest(fields, at);
        Some(Key {
            any: key.name == "ANY" || key.name.starts_with("ANY "),
            ..key
        })
    }

    fn kind(&mut self, fields: &mut Fields<'_>, at: &str) -> Kind {
        let Some(text) = fields.text("type") else {
            self.warn(at, "no `type`; the key is read as any value");
            return Kind::Any;
        };
        Kind::of(&text).unwrap_or_else(|| {
            self.warn(
                at,
                format_args!("the type `{text}` is not known; the key is read as any value"),
            );
            Kind::Any
        })
    }

    fn scalar(&mut self, value: &Value, kind: Kind, at: &str) -> Option<Scalar> {
        let scalar = match value {
            Value::String(s) => Scalar::String(s.clone()),
            Value::Bool(b) => Scalar::Boolean(*b),
            Value::Number(n) => match n.as_i64() {
                Some(i) if kind == Kind::Real => Scalar::Real(i as f64),
                Some(i) => Scalar::Integer(i),
                None => Scalar::Real(n.as_f64().filter(|n| n.is_finite())?),
            },
            _ => {
                self.warn(
                    at,
                    format_args!("a text, number or truth value was expected, not {value:?}"),
                );
                return None;
            }
        };
        // `1.3` in a list of strings is a string.
        match (kind, scalar) {
            (Kind::String, Scalar::Integer(i)) => Some(Scalar::String(i.to_string())),
            (Kind::String, Scalar::Real(r)) => Some(Scalar::String(r.to_string())),
            (_, scalar) => Some(scalar),
        }
    }

    fn texts(&mut self, value: Option<&Value>, at: &str) -> Vec<String> {
        match value.map(|v| self.plain(v)) {
            Some(Value::Sequence(list)) => list.iter().filter_map(scalar_text).collect(),
            Some(_) => {
                self.warn(at, "a list of texts was expected");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn reasons(&mut self, list: Vec<&Mapping>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for reason in list {
            let mut fields = Fields::new(reason);
            let Some(code) = fields.text("value") else {
                self.warn("reasons", "a reason without `value`");
                continue;
            };
            let at = &format!("reason {code}");
            let mut details = Vec::new();
            for detail in fields.mappings("details").unwrap_or_default() {
                let mut detail = Fields::new(detail);
                let Some(name) = detail.text("key") else {
                    self.warn(at, "a detail without `key`");
                    continue;
                };
                details.push(Detail {
                    kind: self.kind(&mut detail, &format!("{at}.{name}")),
                    name,
                    value_type: detail.text("valuetype"),
                    description: detail.text("description"),
                });
                self.rest(detail, at);
            }
            reasons.push(Reason {
                description: fields.text("description"),
                details,
                value: code.clone(),
            });
            self.rest(fields, at);
        }
        reasons
    }

    fn related(&mut self, list: Vec<&Mapping>) -> Vec<Related> {
        let mut related = Vec::new();
        for entry in list {
            let mut fields = Fields::new(entry);
            related.push(Related {
                items: self.texts(fields.take("status-items"), "related-status-items"),
                note: fields.text("note"),
            });
            self.rest(fields, "related-status-items");
        }
        related
    }
}
