//! Parses a key: its type, and the values it can have.

use serde_yaml::{Mapping, Value};

use super::Parser;
use super::fields::{Fields, scalar_text};
use crate::message::{closest, found, one_of, shorten};
use crate::model::{Key, Kind, Scalar};

/// The ways in which declarative management combines values.
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

/// The formats of texts that are checked at run time.
pub(crate) const VALUE_TYPES: [&str; 9] = [
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

/// The maximum length of the name of a key, in bytes.
const MAX_NAME: usize = 500;

/// The maximum number of values in `rangelist`.
pub(crate) const MAX_VALUES: usize = 2000;

impl<'a> Parser<'a> {
    /// Reads a key. Returns `None` if it has no usable name.
    pub(super) fn key(&mut self, mapping: &'a Mapping, parent: &str, index: usize) -> Option<Key> {
        let mut fields = Fields::new(mapping, &format!("{parent}[{index}]"), self.anchors);
        let raw = fields.peek("key");
        let Some(name) = fields.text("key") else {
            let place = fields.place().to_owned();
            let has_wrong_type = fields.failed("key");
            if !has_wrong_type {
                let close = fields
                    .close_to("key")
                    .map(|close| format!("`{close}` is probably a misspelling"));
                self.suggest(&place, "a key needs its name in documents as `key`", close);
            }
            for name in ["type", "presence", "content", "title", "subkeys", "supportedOS"] {
                fields.take(name);
            }
            if has_wrong_type {
                self.finish(fields);
            }
            return None;
        };
        let place = format!("{parent}.{name}");
        let place = place.as_str();
        fields.set_place(place);
        if let Some(raw) = raw {
            self.check_spelling(raw, "`key`", place);
        }
        if name.trim().is_empty() {
            self.problem(parent, format!("the name of key {} is empty", index + 1));
            return None;
        }
        if name.len() > MAX_NAME {
            self.problem(
                place,
                format!("the name has {} bytes, and the limit is {MAX_NAME}", name.len()),
            );
            return None;
        }
        let kind = self.kind(&mut fields).unwrap_or(Kind::Any);
        let presence = fields.text("presence");
        self.check_word(presence.as_deref(), "presence", &["required", "optional"], place);
        let values = match fields.take("rangelist") {
            Some(Value::Sequence(list)) if list.len() > MAX_VALUES => {
                let message = format!("`rangelist` has {} values; the limit is {MAX_VALUES}", list.len());
                self.problem(place, message);
                Vec::new()
            }
            Some(Value::Sequence(list)) => {
                let mut values = Vec::new();
                for value in list.iter().filter_map(|value| self.anchors.plain(value)) {
                    if kind == Kind::String {
                        self.check_spelling(value, "a value of `rangelist`", place);
                    }
                    values.extend(self.scalar(value, kind, "rangelist", place));
                }
                if list.is_empty() {
                    self.problem(place, "`rangelist` is empty: no value is allowed; remove it");
                }
                values
            }
            Some(other) => {
                self.problem(
                    place,
                    format!("`rangelist` must be a list of values, found {}", found(other)),
                );
                Vec::new()
            }
            None => Vec::new(),
        };
        let range = match fields.take("range") {
            Some(Value::Mapping(range)) => {
                let mut range = Fields::new(range, &format!("{place}.range"), self.anchors);
                let min = range.take("min").and_then(|v| self.scalar(v, kind, "min", place));
                let max = range.take("max").and_then(|v| self.scalar(v, kind, "max", place));
                self.finish(range);
                Some((min, max))
            }
            Some(other) => {
                let message = format!("`range` must be a mapping with `min` and `max`, found {}", found(other));
                self.problem(place, message);
                None
            }
            None => None,
        };
        let repetition = fields.mapping("repetition").map(|repetition| {
            let mut repetition = Fields::new(repetition, &format!("{place}.repetition"), self.anchors);
            let count = |value: &Value| value.as_i64().filter(|count| *count >= 0);
            let min = repetition.take_as("min", "a whole number, 0 or more", count);
            let max = repetition.take_as("max", "a whole number, 0 or more", count);
            self.finish(repetition);
            (min, max)
        });
        let subtype = fields.text("subtype").map(|s| s.trim_matches(['<', '>']).to_owned());
        let value_type = fields.text("valuetype").or(subtype);
        self.check_word(value_type.as_deref(), "valuetype", &VALUE_TYPES, place);
        let combine = fields.text("combinetype");
        self.check_word(combine.as_deref(), "combinetype", &COMBINATIONS, place);
        let default = fields.take("default");
        if let Some(default) = default.filter(|_| kind == Kind::String) {
            self.check_spelling(default, "`default`", place);
        }
        let default = default.and_then(|v| self.scalar(v, kind, "default", place));
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
            asset_types: self.texts(asset_types, place, "assettypes"),
            asset_content_types: self.texts(asset_content_types, place, "asset-content-types"),
            support: support
                .map(|v| self.support(v, &format!("{place}.supportedOS")))
                .unwrap_or_default(),
            shape_name: fields.text("subkeytype"),
            subkeys: fields.take("subkeys").and_then(|v| self.list(v, place)),
            any: name == "ANY" || name.starts_with("ANY "),
            ..Key::new(&name, kind)
        };
        self.finish(fields);
        Some(key)
    }

    /// Reads the type of a key or detail.
    pub(super) fn kind(&mut self, fields: &mut Fields<'_>) -> Option<Kind> {
        let place = fields.place().to_owned();
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let Some(text) = fields.text("type") else {
            // A misspelled `type` is reported as an unknown key.
            if !fields.failed("type") && fields.close_to("type").is_none() {
                self.problem(&place, format!("`type` is missing: {}", one_of(&names)));
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
                &place,
                format!("unknown type `{}`; expected {}", shorten(&text), one_of(&names)),
                other.map(|other| format!("did you mean `{other}`?")),
            );
        }
        kind
    }

    /// Reads a scalar for a key of this type.
    fn scalar(&mut self, value: &Value, kind: Kind, name: &str, place: &str) -> Option<Scalar> {
        let scalar = match value {
            Value::String(s) => Scalar::String(s.clone()),
            Value::Bool(b) => Scalar::Boolean(*b),
            Value::Number(n) => match (n.as_i64(), n.as_f64().filter(|n| n.is_finite())) {
                (Some(i), _) if kind == Kind::Real => Scalar::Real(i as f64),
                (Some(i), _) => Scalar::Integer(i),
                (None, Some(real)) => Scalar::Real(real),
                (None, None) => {
                    self.problem(
                        place,
                        format!("`{name}` has the number {n}, which no document can hold"),
                    );
                    return None;
                }
            },
            other => {
                let message = format!(
                    "`{name}` must be a text, a number, true or false, found {}",
                    found(other)
                );
                self.problem(place, message);
                return None;
            }
        };
        // A number such as `1.3` in a list of strings is a string.
        match (kind, scalar) {
            (Kind::String, Scalar::Integer(_) | Scalar::Real(_)) => scalar_text(value).map(Scalar::String),
            (_, scalar) => Some(scalar),
        }
    }
}
