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
    if let Some(Value::Mapping(payload)) = top.take("payload") {
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
    let reasons = top.take("reasons").map(|v| parser.reasons(v)).unwrap_or_default();
    let related = top
        .take("related-status-items")
        .map(|v| parser.related(v))
        .unwrap_or_default();
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
        device_response,
        tables_only: false,
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
        let at = self.entries.iter().position(|(key, _)| key.as_str() == Some(name))?;
        Some(self.entries.remove(at).1)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        scalar_text(self.take(name)?)
    }
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
                format_args!("the YAML key `{key}` is not known to the generator and is left out"),
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
        let kind = match fields.text("type") {
            Some(text) => Kind::of(&text).unwrap_or_else(|| {
                self.warn(
                    at,
                    format_args!("the type `{text}` is not known; the key is read as any value"),
                );
                Kind::Any
            }),
            None => {
                self.warn(at, "no `type`; the key is read as any value");
                Kind::Any
            }
        };
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
        let repetition = match fields.take("repetition") {
            Some(Value::Mapping(repetition)) => {
                let mut repetition = Fields::new(repetition);
                let min = repetition.take("min").and_then(Value::as_i64);
                let max = repetition.take("max").and_then(Value::as_i64);
                self.rest(repetition, at);
                Some((min, max))
            }
            Some(_) => {
                self.warn(at, "`repetition` must be a mapping");
                None
            }
            None => None,
        };
        let subtype = fields.text("subtype").map(|s| s.trim_matches(['<', '>']).to_owned());
        let key = Key {
            name,
            title: fields.text("title"),
            kind,
            required,
            content: fields.text("content"),
            values,
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

    fn scalar(&mut self, value: &Value, kind: Kind, at: &str) -> Option<Scalar> {
        let scalar = match value {
            Value::String(s) => Scalar::String(s.clone()),
            Value::Bool(b) => Scalar::Boolean(*b),
            Value::Number(n) => match n.as_i64() {
                Some(i) if kind == Kind::Real => Scalar::Real(i as f64),
                Some(i) => Scalar::Integer(i),
                None => Scalar::Real(n.as_f64()?),
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

    fn reasons(&mut self, value: &Value) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for reason in value.as_sequence().into_iter().flatten().filter_map(Value::as_mapping) {
            let mut fields = Fields::new(reason);
            let Some(code) = fields.text("value") else {
                self.warn("reasons", "a reason without `value`");
                continue;
            };
            let mut details = Vec::new();
            let list = fields.take("details").and_then(Value::as_sequence);
            for detail in list.into_iter().flatten().filter_map(Value::as_mapping) {
                let mut detail = Fields::new(detail);
                let name = detail.text("key").unwrap_or_default();
                let kind = detail.text("type").as_deref().and_then(Kind::of).unwrap_or(Kind::Any);
                let value_type = detail.text("valuetype");
                details.push(Detail {
                    name,
                    kind,
                    value_type,
                    description: detail.text("description"),
                });
                self.rest(detail, &code);
            }
            reasons.push(Reason {
                description: fields.text("description"),
                details,
                value: code.clone(),
            });
            self.rest(fields, &code);
        }
        reasons
    }

    fn related(&mut self, value: &Value) -> Vec<Related> {
        let mut related = Vec::new();
        for entry in value.as_sequence().into_iter().flatten().filter_map(Value::as_mapping) {
            let mut fields = Fields::new(entry);
            let items = self.texts(fields.take("status-items"), "related-status-items");
            related.push(Related {
                items,
                note: fields.text("note"),
            });
            self.rest(fields, "related-status-items");
        }
        related
    }
}
