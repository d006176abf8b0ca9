//! Reads a document, counts its values, and notes duplicate keys.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::Deserialize as _;
use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess as _, Visitor};
use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Number, Value};

use super::{Error, MAX_NODES};

/// A document with its duplicate keys.
#[derive(Debug)]
pub struct Document {
    /// The document.
    pub value: Value,
    /// The duplicate keys, each with the path of the mapping.
    pub duplicates: Vec<(Vec<PathStep>, String)>,
}

/// A step in the path of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// The value of a key.
    Key(String),
    /// An item of a list.
    Item(usize),
}

impl Document {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let state = State::default();
        let value = Node(&state).deserialize(serde_yaml::Deserializer::from_str(text));
        if state.count.get() > MAX_NODES {
            return Err(Error::TooMany);
        }
        let value = value.map_err(|error| Error::Syntax {
            message: error.to_string(),
            hint: None,
        })?;
        Ok(Self {
            value,
            duplicates: state.duplicates.into_inner(),
        })
    }
}

/// Formats a path with the names of keys: `payloadkeys.Proxy.Port` for the key `Port` of `Proxy`.
#[must_use]
pub fn render(document: &Value, path: &[PathStep]) -> String {
    let mut at = String::new();
    let mut value = Some(document);
    for step in path {
        while let Some(Value::Tagged(tagged)) = value {
            value = Some(&tagged.value);
        }
        let name = match step {
            PathStep::Key(name) => {
                value = value.and_then(|value| value.get(name.as_str()));
                (name != "subkeys").then(|| name.clone())
            }
            PathStep::Item(index) => {
                value = value.and_then(|value| value.get(*index));
                let key = value.and_then(|value| value.get("key")).and_then(Value::as_str);
                match key {
                    Some(key) => Some(key.to_owned()),
                    None => {
                        at.push_str(&format!("[{index}]"));
                        None
                    }
                }
            }
        };
        if let Some(name) = name {
            if !at.is_empty() {
                at.push('.');
            }
            at.push_str(&name);
        }
    }
    at
}

/// The state while a document is read.
#[derive(Default)]
struct State {
    count: Cell<usize>,
    path: RefCell<Vec<PathStep>>,
    duplicates: RefCell<Vec<(Vec<PathStep>, String)>>,
}

#[derive(Clone, Copy)]
struct Node<'a>(&'a State);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.count.set(self.0.count.get() + 1);
        if self.0.count.get() > MAX_NODES {
            return Err(de::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(Number::from(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(Number::from(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(Number::from(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            self.0.path.borrow_mut().push(PathStep::Item(list.len()));
            let item = items.next_element_seed(self);
            self.0.path.borrow_mut().pop();
            match item? {
                Some(item) => list.push(item),
                None => return Ok(Value::Sequence(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut mapping = Mapping::new();
        while let Some(key) = entries.next_key_seed(self)? {
            let name = match &key {
                Value::String(name) => name.clone(),
                other => serde_yaml::to_string(other).unwrap_or_default().trim_end().to_owned(),
            };
            self.0.path.borrow_mut().push(PathStep::Key(name.clone()));
            let value = entries.next_value_seed(self);
            self.0.path.borrow_mut().pop();
            let value = value?;
            if mapping.contains_key(&key) {
                let path = self.0.path.borrow().clone();
                self.0.duplicates.borrow_mut().push((path, name));
            } else {
                mapping.insert(key, value);
            }
        }
        Ok(Value::Mapping(mapping))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, value) = tagged.variant_seed(TagName)?;
        let value = value.newtype_variant_seed(self)?;
        Ok(Value::Tagged(Box::new(TaggedValue { tag, value })))
    }
}

struct TagName;

impl<'de> DeserializeSeed<'de> for TagName {
    type Value = Tag;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Tag, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        if name.is_empty() {
            return Err(de::Error::custom("a tag without a name"));
        }
        Ok(Tag::new(name.into_owned()))
    }
}
