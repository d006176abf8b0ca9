//! serde: all types are serialized through a [`View`] and deserialized through a [`Value`].
//!
//! serde does not tell a type which format is used (`plist` claims to be human-readable), so each type has a flavor. Declarations and
//! status are serialized as in JSON, with data as base64 text; all other types are serialized as in property lists. Both flavors can
//! be deserialized from either, because text in the place of data or a date can only be base64 or RFC 3339.

use std::cell::Cell;
use std::fmt;

use ::serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use ::serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::codec::Reader;
use crate::codec::writer::no_value;
use crate::codec::{Read, View, Write};
use crate::error::Error;
use crate::format::sink::{deeper, unrepresentable};
use crate::format::{DocumentFormat, Limits};
use crate::value::data;
use crate::value::keys::{KeysBuilder, RecentKeys};
use crate::value::{Data, Date, Dictionary, Integer, Value};

/// How data and dates are serialized.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavor {
    /// As bytes, and as the newtypes that `plist` uses for dates and UIDs.
    PropertyList,
    /// As text.
    Json,
}

// The names of the newtypes that `plist` uses for its own types.
const DATE: &str = "PLIST-DATE";
const UID: &str = "PLIST-UID";
const VALUE: &str = "PLIST-VALUE";

crate::generated_serde!(Data, plist);
crate::generated_serde!(Date, plist);
crate::generated_serde!(Dictionary, plist);
crate::generated_serde!(Integer, plist);

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        serialize_plist(self, s)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        // This name tells `plist` to keep dates and UIDs.
        d.deserialize_newtype_struct(VALUE, Tree { depth: 0 })
    }
}

/// Serializes a value as in property lists.
pub fn serialize_plist<S: Serializer>(value: &dyn Write, s: S) -> Result<S::Ok, S::Error> {
    Node::new(value.view(), Flavor::PropertyList, &Cell::new(None)).serialize(s)
}

/// Serializes a value as in JSON.
pub fn serialize_json<S: Serializer>(value: &dyn Write, s: S) -> Result<S::Ok, S::Error> {
    Node::new(value.view(), Flavor::Json, &Cell::new(None)).serialize(s)
}

/// Deserializes any readable type through a [`Value`].
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    let value = Value::deserialize(d)?;
    T::read(&mut Reader::from_serde_value(&value)).map_err(D::Error::custom)
}

/// A view that serde can serialize.
pub(crate) struct Node<'a> {
    view: View<'a>,
    flavor: Flavor,
    depth: usize,
    /// The error behind serde's error.
    failure: &'a Cell<Option<Error>>,
}

impl<'a> Node<'a> {
    pub(crate) fn new(view: View<'a>, flavor: Flavor, failure: &'a Cell<Option<Error>>) -> Self {
        Self {
            view,
            flavor,
            depth: 0,
            failure,
        }
    }

    fn fail<E: ::serde::ser::Error>(&self, error: Error) -> E {
        let serde_error = E::custom(&error);
        self.failure.set(Some(error));
        serde_error
    }

    /// Extends the path of a failure in a nested value.
    fn locate(&self, add: impl FnOnce(Error) -> Error) {
        if let Some(error) = self.failure.take() {
            self.failure.set(Some(add(error)));
        }
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let json = self.flavor == Flavor::Json;
        match self.view {
            View::Absent => Err(self.fail(no_value())),
            View::Null if json => s.serialize_unit(),
            // `plist` would write an empty string instead.
            View::Null => Err(self.fail(unrepresentable(DocumentFormat::Xml, "null"))),
            View::String(text) => s.serialize_str(text),
            View::Integer(n) => match n.as_i64() {
                Some(n) => s.serialize_i64(n),
                None => s.serialize_u64(n.as_u64().unwrap_or_default()),
            },
            View::Real(n) if json && !n.is_finite() => {
                Err(self.fail(unrepresentable(DocumentFormat::Json, "a number that is not finite")))
            }
            View::Real(n) => s.serialize_f64(n),
            View::Boolean(b) => s.serialize_bool(b),
            View::Data(bytes) if json => s.serialize_str(&data::encode(bytes)),
            View::Data(bytes) => s.serialize_bytes(bytes),
            View::Date(date) if json => s.collect_str(&date),
            View::Date(date) => s.serialize_newtype_struct(DATE, &date.to_string()),
            View::Uid(_) if json => Err(self.fail(unrepresentable(DocumentFormat::Json, "a UID"))),
            View::Uid(n) => s.serialize_newtype_struct(UID, &n),
            View::Unparsed(unparsed) => {
                let format = if json {
                    DocumentFormat::Json
                } else {
                    DocumentFormat::Binary
                };
                Err(self.fail(unrepresentable(format, unparsed.description())))
            }
            View::Array(list) => {
                let depth = deeper(self.depth).map_err(|error| self.fail::<S::Error>(error))?;
                let items = (0..list.len()).map(|index| (index, list.item(index)));
                // JSON does not need the length.
                let len = (!json).then(|| items.clone().filter(|(_, item)| !item.is_absent()).count());
                let mut s = s.serialize_seq(len)?;
                for (index, view) in items.filter(|(_, item)| !item.is_absent()) {
                    s.serialize_element(&Node { view, depth, ..*self })
                        .inspect_err(|_| self.locate(|error| error.under_index(index)))?;
                }
                s.end()
            }
            View::Map(_) | View::Record(_) => {
                let depth = deeper(self.depth).map_err(|error| self.fail::<S::Error>(error))?;
                let len = (!json).then(|| {
                    let mut len = 0;
                    self.view.each(&mut |_, view| len += usize::from(!view.is_absent()));
                    len
                });
                let mut s = s.serialize_map(len)?;
                let mut result = Ok(());
                self.view.each(&mut |key, view| {
                    if result.is_ok() && !view.is_absent() {
                        result = s
                            .serialize_entry(
                                key,
                                &Node {
                                    view: *view,
                                    depth,
                                    ..*self
                                },
                            )
                            .inspect_err(|_| self.locate(|error| error.under_key(key)));
                    }
                });
                result?;
                s.end()
            }
        }
    }
}

/// Builds a value from a deserializer.
#[derive(Clone, Copy)]
struct Tree {
    depth: usize,
}

impl Tree {
    fn deeper<E: ::serde::de::Error>(self) -> Result<Self, E> {
        let limit = Limits::default().depth;
        if self.depth < limit {
            Ok(Self { depth: self.depth + 1 })
        } else {
            Err(E::custom(format_args!("nested deeper than {limit} levels")))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }
}

macro_rules! visit {
    ($($name:ident: $t:ty;)*) => {$(
        fn $name<E>(self, value: $t) -> Result<Value, E> {
            Ok(value.into())
        }
    )*};
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    visit! {
        visit_bool: bool;
        visit_i64: i64;
        visit_u64: u64;
        visit_f64: f64;
        visit_str: &str;
        visit_string: String;
    }

    fn visit_i128<E: ::serde::de::Error>(self, n: i128) -> Result<Value, E> {
        Integer::try_from(n).map(Value::Integer).map_err(E::custom)
    }

    fn visit_u128<E: ::serde::de::Error>(self, n: u128) -> Result<Value, E> {
        self.visit_i128(i128::try_from(n).unwrap_or(i128::MAX))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Value, E> {
        Ok(Value::Data(bytes.into()))
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Value, E> {
        Ok(Value::Data(bytes.into()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        /// The key that `serde_json` uses for numbers if a crate enables its feature `arbitrary_precision`.
        const NUMBER: &str = "$serde_json::private::Number";

        let inner = self.deeper()?;
        let (mut keys, mut values) = (KeysBuilder::default(), Vec::new());
        let mut is_first = true;
        while let Some(key) = map.next_key::<String>()? {
            let is_first = std::mem::take(&mut is_first);
            let value = map.next_value_seed(inner)?;
            if key == NUMBER
                && is_first
                && let Value::String(number) = &value
            {
                // The number is the only entry.
                if map.next_key::<String>()?.is_some() {
                    return Err(A::Error::custom(format_args!("the key `{NUMBER}` beside others")));
                }
                return serde_json::from_str::<serde_json::Number>(number)
                    .ok()
                    .and_then(|number| Value::try_from(serde_json::Value::Number(number)).ok())
                    .ok_or_else(|| A::Error::custom("a number out of range"));
            }
            if !keys.add(&key, &RecentKeys::default()) {
                return Err(A::Error::custom(format_args!("the key `{key}` is repeated")));
            }
            values.push(value);
        }
        Ok(Value::Dictionary(Dictionary::of(keys.finish().0, values)))
    }

    /// `plist` represents dates and UIDs as variants with the names of their newtypes.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (name, variant) = data.variant::<String>()?;
        match name.as_str() {
            DATE => {
                let text: String = variant.newtype_variant()?;
                text.parse().map(Value::Date).map_err(A::Error::custom)
            }
            UID => variant.newtype_variant().map(Value::Uid),
            name => Err(A::Error::unknown_variant(name, &[DATE, UID])),
        }
    }
}
