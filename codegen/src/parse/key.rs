//! A key: its type and what its value can be.

use serde_yaml::{Mapping, Value};

use super::Parser;
use super::fields::{Fields, scalar_text};
use crate::message::{closest, found, one_of, shorten};
use crate::model::{Key, Kind, Scalar};

/// The combinations that declarative management knows.
const COMBINATIONS: [&str; 11] = [
    "array-append",
    "boolean-and",
    "boolean-or",
    "enum-first",
    "enum-last",
    "first",
    "number-max",
    "number-min",
    "set-intersection",
    "set-union",
    "last",
];

/// The forms of texts that are checked at run time.
const VALUE_TYPES: [&str; 9] = [
    "domain",
    "domain-prefix",
    "email",
    "hostname",
    "localtime",
    "regex",
    "timestamp",
    "url",
    "uuid",
];

/// The longest name of a key.
const MAX_NAME: usize = 500;

impl<'a> Parser<'a> {
    pub(super) fn key(&mut self, mapping: &'a Mapping, parent: &str, index: usize) -> Option<Key> {
        let mut fields = Fields::new(mapping, &format!("{parent}[{index}]"), self.anchors);
        let raw = fields.peek("key");
        let Some(name) = fields.text("key") else {
            let at = fields.at().to_owned();
            if !fields.failed("key") {
                let close = fields
                    .close_to("key")
                    .map(|close| format!("`{close}` is probably meant to be it"));
                self.suggest(&at, "a key without `key`, its name in documents", close);
            }
            for name in ["type", "presence", "content", "title", "subkeys", "supportedOS"] {
                fields.take(name);
            }
            return None;
        };
        let at = format!("{parent}.{name}");
        let at = at.as_str();
        fields.rename(at);
        if let Some(raw) = raw {
            self.exact(raw, "`key`", at);
        }
        if name.trim().is_empty() {
            self.problem(parent, format!("the name of key {} is empty", index + 1));
            return None;
        }
        if name.len() > MAX_NAME {
            self.problem(
                at,
                format!("the name has {} bytes, and the limit is {MAX_NAME}", name.len()),
            );
            return None;
        }
        let kind = self.kind(&mut fields).unwrap_or(Kind::Any);
        let presence = fields.text("presence");
        self.is_one_of(presence.as_deref(), "presence", &["required", "optional"], at);
        let values = match fields.take("rangelist") {
            Some(Value::Sequence(list)) => {
                let mut values = Vec::new();
                for value in list.iter().filter_map(|value| self.anchors.plain(value)) {
                    if kind == Kind::String {
                        self.exact(value, "a value of `rangelist`", at);
                    }
                    values.extend(self.scalar(value, kind, "rangelist", at));
                }
                if list.is_empty() {
                    self.problem(at, "`rangelist` is empty: no value is allowed; remove it");
                }
                values
            }
            Some(other) => {
                self.problem(
                    at,
                    format!("`rangelist` must be a list of values, found {}", found(other)),
                );
                Vec::new()
            }
            None => Vec::new(),
        };
        let range = match fields.take("range") {
            Some(Value::Mapping(range)) => {
                let mut range = Fields::new(range, &format!("{at}.range"), self.anchors);
                let min = range.take("min").and_then(|v| self.scalar(v, kind, "min", at));
                let max = range.take("max").and_then(|v| self.scalar(v, kind, "max", at));
                self.rest(range);
                Some((min, max))
            }
            Some(other) => {
                let message = format!("`range` must be a mapping with `min` and `max`, found {}", found(other));
                self.problem(at, message);
                None
            }
            None => None,
        };
        let repetition = fields.mapping("repetition").map(|repetition| {
            let mut repetition = Fields::new(repetition, &format!("{at}.repetition"), self.anchors);
            let count = |value: &Value| value.as_i64().filter(|count| *count >= 0);
            let min = repetition.take_as("min", "a whole number, 0 or more", count);
            let max = repetition.take_as("max", "a whole number, 0 or more", count);
            self.rest(repetition);
            (min, max)
        });
        let subtype = fields.text("subtype").map(|s| s.trim_matches(['<', '>']).to_owned());
        let value_type = fields.text("valuetype").or(subtype);
        self.is_one_of(value_type.as_deref(), "valuetype", &VALUE_TYPES, at);
        let combine = fields.text("combinetype");
        self.is_one_of(combine.as_deref(), "combinetype", &COMBINATIONS, at);
        let default = fields.take("default");
        if let Some(default) = default.filter(|_| kind == Kind::String) {
            self.exact(default, "`default`", at);
        }
        let default = default.and_then(|v| self.scalar(v, kind, "default", at));
        let (asset_types, asset_content_types) = (fields.take("assettypes"), fields.take("asset-content-types"));
        let support = fields.take("supportedOS");
        let key = Key {
            title: fields.text("title"),
            kind,
            required: presence.as_deref() == Some("required"),
            content: fields.text("content"),
            values,
            range,
            default,
            format: fields.text("format"),
            value_type,
            repetition,
            combine,
            asset_types: self.texts(asset_types, at, "assettypes"),
            asset_content_types: self.texts(asset_content_types, at, "asset-content-types"),
            support: support
                .map(|v| self.support(v, &format!("{at}.supportedOS")))
                .unwrap_or_default(),
            shape_name: fields.text("subkeytype"),
            subkeys: fields.take("subkeys").and_then(|v| self.list(v, at)),
            any: name == "ANY" || name.starts_with("ANY "),
            ..Key::new(&name, kind)
        };
        self.rest(fields);
        Some(key)
    }

    pub(super) fn kind(&mut self, fields: &mut Fields<'_>) -> Option<Kind> {
        let at = fields.at().to_owned();
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let Some(text) = fields.text("type") else {
            // A misspelled one is reported as an unknown key.
            if !fields.failed("type") && fields.close_to("type").is_none() {
                self.problem(&at, format!("`type` is missing: {}", one_of(&names)));
            }
            return None;
        };
        let kind = Kind::of(&text);
        if kind.is_none() {
            let bare = text.trim_matches(['<', '>']).to_ascii_lowercase();
            let other = match bare.as_str() {
                "bool" => Some("<boolean>"),
                "int" | "number" | "long" => Some("<integer>"),
                "float" | "double" | "decimal" => Some("<real>"),
                "text" | "str" | "url" => Some("<string>"),
                "dict" | "object" | "map" => Some("<dictionary>"),
                "list" => Some("<array>"),
                "binary" | "bytes" | "base64" => Some("<data>"),
                "datetime" | "timestamp" => Some("<date>"),
                _ => closest(&text, names.iter().copied()),
            };
            self.suggest(
                &at,
                format!("unknown type `{}`; expected {}", shorten(&text), one_of(&names)),
                other.map(|other| format!("did you mean `{other}`?")),
            );
        }
        kind
    }

    fn scalar(&mut self, value: &Value, kind: Kind, name: &str, at: &str) -> Option<Scalar> {
        let scalar = match value {
            Value::String(s) => Scalar::String(s.clone()),
            Value::Bool(b) => Scalar::Boolean(*b),
            Value::Number(n) => match (n.as_i64(), n.as_f64().filter(|n| n.is_finite())) {
                (Some(i), _) if kind == Kind::Real => Scalar::Real(i as f64),
                (Some(i), _) => Scalar::Integer(i),
                (None, Some(real)) => Scalar::Real(real),
                (None, None) => {
                    self.problem(at, format!("`{name}` has the number {n}, which no document can hold"));
                    return None;
                }
            },
            other => {
                let message = format!(
                    "`{name}` must be a text, a number, true or false, found {}",
                    found(other)
                );
                self.problem(at, message);
                return None;
            }
        };
        // `1.3` in a list of strings is a string.
        match (kind, scalar) {
            (Kind::String, Scalar::Integer(_) | Scalar::Real(_)) => scalar_text(value).map(Scalar::String),
            (_, scalar) => Some(scalar),
        }
    }
}
