//! Values of any type: what a property list or a JSON document holds.

pub(crate) mod data;
mod date;
mod dictionary;
pub(crate) mod entries;
mod integer;
pub(crate) mod keys;
pub(crate) mod plain;

pub use crate::error::Type;
pub use data::Data;
pub use date::Date;
pub use dictionary::{Dictionary, IntoIter, Iter};
pub use integer::Integer;

/// A value of any type.
///
/// ```
/// use apple_mdm::value::{Dictionary, Value};
///
/// let value = Value::from(Dictionary::from_iter([("PayloadVersion", 1)]));
/// assert_eq!(value.get("PayloadVersion").and_then(Value::as_i64), Some(1));
/// ```
///
/// Equality is that of the written form: reals are equal where their bits are, or where neither is a number, and an integer never
/// equals a real.
#[derive(Clone, Debug)]
pub enum Value {
    /// JSON's `null`; property lists have none.
    Null,
    /// Text.
    String(String),
    /// A whole number.
    Integer(Integer),
    /// A floating-point number.
    Real(f64),
    /// A truth value.
    Boolean(bool),
    /// Bytes. JSON has none: there it is base64 text, and stays text when it is read as a `Value`.
    Data(Data),
    /// A point in time. JSON has none: there it is RFC 3339 text, and stays text when it is read as a `Value`.
    Date(Date),
    /// A reference within a keyed archive; only binary property lists have them.
    Uid(u64),
    /// An array.
    Array(Vec<Value>),
    /// A dictionary.
    Dictionary(Dictionary),
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::String(a), Self::String(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            // XML has one word for all that is not a number.
            (Self::Real(a), Self::Real(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Data(a), Self::Data(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            (Self::Uid(a), Self::Uid(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => a == b,
            (Self::Dictionary(a), Self::Dictionary(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl Value {
    /// What the value is.
    #[must_use]
    pub const fn type_of(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::String(_) => Type::String,
            Self::Integer(_) => Type::Integer,
            Self::Real(_) => Type::Real,
            Self::Boolean(_) => Type::Boolean,
            Self::Data(_) => Type::Data,
            Self::Date(_) => Type::Date,
            Self::Uid(_) => Type::Uid,
            Self::Array(_) => Type::Array,
            Self::Dictionary(_) => Type::Dictionary,
        }
    }

    /// The text, where the value is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(s) => Some(s),
            _ => None,
        }
    }

    /// The number, where the value is an integer.
    #[must_use]
    pub const fn as_integer(&self) -> Option<Integer> {
        match self {
            Self::Integer(n) => Some(*n),
            _ => None,
        }
    }

    /// The number, where the value is an integer that an `i64` holds.
    #[must_use]
    pub const fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(n) => n.as_i64(),
            _ => None,
        }
    }

    /// The number, where the value is a real.
    #[must_use]
    pub const fn as_real(&self) -> Option<f64> {
        match self {
            Self::Real(n) => Some(*n),
            _ => None,
        }
    }

    /// The truth value, where the value is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(b) => Some(*b),
            _ => None,
        }
    }

    /// The bytes, where the value is data.
    #[must_use]
    pub fn as_data(&self) -> Option<&[u8]> {
        match self {
            Self::Data(data) => Some(data),
            _ => None,
        }
    }

    /// The point in time, where the value is a date.
    #[must_use]
    pub const fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The items, where the value is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The items, where the value is an array, to change.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, where the value is a dictionary.
    #[must_use]
    pub const fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(entries) => Some(entries),
            _ => None,
        }
    }

    /// The entries, where the value is a dictionary, to change.
    pub fn as_dictionary_mut(&mut self) -> Option<&mut Dictionary> {
        match self {
            Self::Dictionary(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of `key`, where this one is a dictionary that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_dictionary()?.get(key)
    }
}

macro_rules! value_from {
    ($($variant:ident: $($t:ty)*;)*) => {$($(
        impl From<$t> for Value {
            fn from(value: $t) -> Self {
                Self::$variant(value.into())
            }
        }
    )*)*};
}

value_from! {
    String: String &str;
    Integer: Integer i8 i16 i32 i64 u8 u16 u32 u64;
    Real: f32 f64;
    Boolean: bool;
    Data: Data;
    Date: Date;
    Dictionary: Dictionary;
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionaries_are_equal_in_any_order_and_nan_equals_itself() {
        let a = Dictionary::from_iter([("a", 1), ("b", 2)]);
        let b = Dictionary::from_iter([("b", 2), ("a", 1)]);
        assert_eq!(a, b);
        assert_eq!(Value::from(f64::NAN), Value::from(f64::NAN));
        assert_ne!(Value::from(0.0), Value::from(-0.0));
        assert_ne!(Value::from(1), Value::from(1.0));
    }
}
