//! What the reader starts from, and tables without a value.

use std::collections::BTreeMap;

use crate::schema::Dict;
use crate::value::{Data, Date, Dictionary, Value};

/// A value with every optional field absent and every required one empty.
///
/// It need not be a valid one: the reader fills it in, and fails where a required key is missing.
pub trait Blank {
    /// The value.
    fn blank() -> Self;
}

/// A dictionary type whose keys stand in a table.
pub trait Tabled {
    /// The table.
    const TABLE: &'static Dict;
}

macro_rules! default_is_blank {
    ($($type:ty),*) => {$(
        impl Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        }
    )*};
}

default_is_blank!(String, i64, f64, bool, Data, Dictionary);

impl Blank for Value {
    fn blank() -> Self {
        Self::Null
    }
}

impl Blank for Date {
    fn blank() -> Self {
        Self::from_unix_seconds(0).unwrap_or_else(|_| unreachable!("1970 is a year from 1 to 9999"))
    }
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}
