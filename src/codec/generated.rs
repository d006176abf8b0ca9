//! What generated code uses: the names it finds in scope, and the implementations that all types share.
//!
//! Code that `apple-mdm-codegen` makes for other crates refers to this module; nothing else should.
#![doc(hidden)]

use std::fmt;

pub use std::collections::BTreeMap;

pub use ::serde;

pub use crate::codec::serde::{deserialize, serialize_json, serialize_plist};

pub use crate::codec::Extra;
pub use crate::codec::Reader;
pub use crate::codec::{Read, Record, Tabled, View, Write};
pub use crate::error::{Error, ErrorKind};
#[cfg(feature = "declarations")]
pub use crate::items::declarations::Envelope;
pub use crate::items::item::{InvalidItem, Over, Selected, UnknownItem};
pub use crate::schema::Availability;
pub use crate::schema::{Described, Dict, Indices};
pub use crate::value::{Data, Date, Dictionary, Value};

/// Reads into a field for a dictionary that is always there, and leaves it empty where it does not fit.
pub fn read_group<T: Read>(field: &mut T, r: &mut Reader<'_>) -> Result<(), Error> {
    let result = field.fill(r);
    if result.is_err() {
        *field = T::blank();
    }
    result
}

/// Reads a text that can only be `expected`.
pub fn constant(expected: &'static str, r: &mut Reader<'_>) -> Result<(), Error> {
    let found = r.string()?;
    if found == expected {
        return Ok(());
    }
    // A type key is no secret; a long text is no type.
    const MOST: usize = 100;
    let found = crate::error::quoted(&found, MOST).into();
    let expected = format!("`{expected}`").into();
    Err(r.error(ErrorKind::Value { expected, found }))
}

/// The text of a key that can only have this one; not where another was read, which is kept beside the fields.
pub fn fixed<'a>(text: &'static str, key: &str, extra: &'a Extra) -> View<'a> {
    match extra.misfit(key) {
        None => View::String(text),
        Some(_) => View::Absent,
    }
}

/// A dictionary that is always there in Rust, and in documents where it holds something or did when it was read.
pub fn group(record: &dyn Record) -> View<'_> {
    let empty = (0..record.table().keys.len()).all(|index| record.get(index).is_absent());
    if empty && !record.extra().was_read() {
        View::Absent
    } else {
        View::Record(record)
    }
}

/// Shows a record: keys as they stand in documents, secrets not at all.
pub fn debug(record: &dyn Record, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = record.table();
    let mut shown = f.debug_struct(table.name);
    record.each_known(&mut |_, key, view| {
        let name = if key.field.is_empty() { key.name } else { key.field };
        shown.field(name, &Shown { view, key: Some(key) });
    });
    if !record.extra().is_empty() {
        shown.field("extra", record.extra());
    }
    shown.finish()
}

/// Shows a value of which no key says whether it is a secret: a record as such, else of dictionaries the keys only.
pub fn debug_view(view: View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Debug::fmt(&Shown { view, key: None }, f)
}

impl fmt::Debug for dyn Record + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

/// A value as `Debug` shows it.
struct Shown<'a> {
    view: View<'a>,
    key: Option<&'static crate::schema::Key>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::schema::Kind;

        if self.key.is_some_and(|key| key.secret) {
            return f.write_str("[redacted]");
        }
        match self.view {
            View::Absent | View::Null => f.write_str("null"),
            View::String(text) => fmt::Debug::fmt(text, f),
            View::Integer(number) => fmt::Display::fmt(&number, f),
            View::Real(number) => fmt::Debug::fmt(&number, f),
            View::Boolean(flag) => fmt::Display::fmt(&flag, f),
            View::Data(bytes) => write!(f, "<{} bytes>", bytes.len()),
            View::Date(date) => fmt::Display::fmt(&date, f),
            View::Uid(number) => write!(f, "<uid {number}>"),
            View::Array(list) => {
                let item = self.key.and_then(|key| {
                    if let Kind::Array(item) = key.kind {
                        Some(item)
                    } else {
                        None
                    }
                });
                let items = (0..list.len()).map(|index| Shown {
                    view: list.item(index),
                    key: item,
                });
                f.debug_list().entries(items).finish()
            }
            View::Map(map) => {
                let value = self.key.and_then(|key| {
                    if let Kind::Map(value) = key.kind {
                        Some(value)
                    } else {
                        None
                    }
                });
                // Without a key's word that it is no secret, a value is not shown.
                let known = value.is_some_and(|value| !matches!(value.kind, Kind::Any));
                let mut shown = f.debug_map();
                map.each(&mut |name, view| {
                    if known {
                        shown.entry(
                            &name,
                            &Shown {
                                view: *view,
                                key: value,
                            },
                        );
                    } else {
                        shown.entry(&name, &TypeOnly(*view));
                    }
                });
                shown.finish()
            }
            View::Record(record) => debug(record, f),
        }
    }
}

/// The type of a value in the place of the value.
pub struct TypeOnly<'a>(pub View<'a>);

impl fmt::Debug for TypeOnly<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.type_of() {
            Some(kind) => write!(f, "<{}>", kind.name()),
            None => f.write_str("null"),
        }
    }
}

/// Whether two values are the same, whatever types hold them.
#[must_use]
pub fn same(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::String(a), View::String(b)) => a == b,
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Real(a), View::Real(b)) => a == b || (a.is_nan() && b.is_nan()),
        (View::Boolean(a), View::Boolean(b)) => a == b,
        (View::Data(a), View::Data(b)) => a == b,
        (View::Date(a), View::Date(b)) => a == b,
        (View::Uid(a), View::Uid(b)) => a == b,
        (View::Array(a), View::Array(b)) => {
            a.len() == b.len() && (0..a.len()).all(|index| same(a.item(index), b.item(index)))
        }
        (View::Map(_) | View::Record(_), View::Map(_) | View::Record(_)) => {
            let (mut count, mut equal) = (0usize, true);
            a.each(&mut |key, view| {
                count += 1;
                equal = equal && same(*view, b.value(key));
            });
            let mut other = 0;
            b.each(&mut |_, _| other += 1);
            equal && count == other
        }
        _ => false,
    }
}

/// Whether two records are the same.
#[must_use]
pub fn same_records(a: &dyn Record, b: &dyn Record) -> bool {
    same(View::Record(a), View::Record(b))
}

/// What every generated struct has in common.
#[macro_export]
#[doc(hidden)]
macro_rules! generated_record {
    ($type:ty, $flavour:ident) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::generated::debug(self, f)
            }
        }
        impl PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::generated::same_records(self, other)
            }
        }
        $crate::generated_serde!($type, $flavour);
    };
}

/// What every generated enum of texts has in common.
#[macro_export]
#[doc(hidden)]
macro_rules! generated_enum {
    ($type:ty) => {
        impl $crate::codec::Read for $type {
            fn blank() -> Self {
                Self::Unrecognized(String::new())
            }
            fn fill(&mut self, r: &mut $crate::reader::Reader<'_>) -> Result<(), $crate::Error> {
                // `?` is two calls, compiled for each type.
                match r.string() {
                    Ok(text) => *self = Self::from(&*text),
                    Err(why) => return Err(why),
                }
                Ok(())
            }
        }
        impl $crate::codec::Write for $type {
            fn view(&self) -> $crate::codec::View<'_> {
                $crate::codec::View::String(self.as_str())
            }
        }
        impl Eq for $type {}
        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        $crate::generated_serde!($type, plist);
    };
}

/// How generated types are seen by serde.
#[macro_export]
#[doc(hidden)]
macro_rules! generated_serde {
    ($type:ty, plist) => {
        $crate::generated_serde!(@ $type, serialize_plist);
    };
    ($type:ty, json) => {
        $crate::generated_serde!(@ $type, serialize_json);
    };
    (@ $type:ty, $serialize:ident) => {
        impl $crate::generated::serde::Serialize for $type {
            fn serialize<S: $crate::generated::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::generated::$serialize(self, serializer)
            }
        }
        impl<'de> $crate::generated::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::generated::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::generated::deserialize(deserializer)
            }
        }
    };
}
