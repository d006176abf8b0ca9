//! Macros and functions that generated types share. Generated code reaches them through `crate::generated`.

pub use ::serde;

use super::{Extra, Read, Reader, Record, View};
use crate::error::{Error, ErrorKind};

pub use super::debug::{debug, debug_view};
pub use super::equality::{same, same_records};
pub use super::serde::{deserialize, serialize_json, serialize_plist};

/// Reads a dictionary that always exists in Rust. After an error the field is empty.
pub fn read_group<T: Read>(field: &mut T, r: &mut Reader<'_>) -> Result<(), Error> {
    let result = field.fill(r);
    if result.is_err() {
        *field = T::blank();
    }
    result
}

/// Reads a text that must be `expected`.
pub fn constant(expected: &'static str, r: &mut Reader<'_>) -> Result<(), Error> {
    let found = r.string()?;
    if found == expected {
        return Ok(());
    }
    // The name of an item is not a secret, but a long text is not a name.
    const MAX_QUOTED: usize = 100;
    let found = crate::error::quoted(&found, MAX_QUOTED).into();
    let expected = format!("`{expected}`").into();
    Err(r.error(ErrorKind::Value { expected, found }))
}

/// Returns the only text that a key can have, unless another value was read, which is in `extra`.
pub fn fixed<'a>(text: &'static str, key: &str, extra: &'a Extra) -> View<'a> {
    match extra.misfit(key) {
        None => View::String(text),
        Some(_) => View::Absent,
    }
}

/// Returns the view of a dictionary that always exists in Rust. It is absent if the dictionary is empty and was not read.
pub fn group(record: &dyn Record) -> View<'_> {
    let empty = (0..record.table().keys.len()).all(|index| record.get(index).is_absent());
    if empty && !record.extra().was_read() {
        View::Absent
    } else {
        View::Record(record)
    }
}

/// Implements `Debug`, `PartialEq` and serde's traits for a generated struct.
#[macro_export]
#[doc(hidden)]
macro_rules! generated_record {
    ($type:ty, $flavor:ident) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codec::generated::debug(self, f)
            }
        }
        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codec::generated::same_records(self, other)
            }
        }
        $crate::generated_serde!($type, $flavor);
    };
}

/// Implements reading, writing, `Display` and serde's traits for a generated enum of texts.
#[macro_export]
#[doc(hidden)]
macro_rules! generated_enum {
    ($type:ty) => {
        impl $crate::codec::Read for $type {
            fn blank() -> Self {
                Self::Unrecognized(::std::string::String::new())
            }
            fn fill(&mut self, r: &mut $crate::codec::Reader<'_>) -> ::std::result::Result<(), $crate::Error> {
                *self = ::std::convert::From::from(&*r.string()?);
                ::std::result::Result::Ok(())
            }
        }
        impl $crate::codec::Write for $type {
            fn view(&self) -> $crate::codec::View<'_> {
                $crate::codec::View::String(self.as_str())
            }
        }
        impl ::std::cmp::Eq for $type {}
        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        $crate::generated_serde!($type, plist);
    };
}

/// Implements serde's traits.
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
        impl $crate::codec::generated::serde::Serialize for $type {
            fn serialize<S: $crate::codec::generated::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::codec::generated::$serialize(self, serializer)
            }
        }
        impl<'de> $crate::codec::generated::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::codec::generated::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::codec::generated::deserialize(deserializer)
            }
        }
    };
}
