//! What all generated types share: their implementations of std's and serde's traits, and what they call.
//!
//! `crate::generated` has what is public here for generated code.

pub use ::serde;

use super::{Extra, Read, Reader, Record, View};
use crate::error::{Error, ErrorKind};

pub use super::debug::{debug, debug_view};
pub use super::equality::{same, same_records};
pub use super::serde::{deserialize, serialize_json, serialize_plist};

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

/// What every generated struct has in common.
#[macro_export]
#[doc(hidden)]
macro_rules! generated_record {
    ($type:ty, $flavour:ident) => {
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
                Self::Unrecognized(::std::string::String::new())
            }
            fn fill(&mut self, r: &mut $crate::codec::Reader<'_>) -> ::std::result::Result<(), $crate::Error> {
                // `?` is two calls, compiled for each type.
                match r.string() {
                    ::std::result::Result::Ok(text) => *self = ::std::convert::From::from(&*text),
                    ::std::result::Result::Err(why) => return ::std::result::Result::Err(why),
                }
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
