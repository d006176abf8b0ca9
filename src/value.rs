//! Values of any type, as property lists and JSON documents contain them.

pub(crate) mod data;
mod date;
mod dictionary;
mod integer;
pub(crate) mod keys;
mod unparsed;

pub use crate::error::Type;
pub use data::Data;
pub use date::Date;
pub use dictionary::{Dictionary, IntoIter, Iter};
pub use integer::Integer;
pub(crate) use integer::is_apple_space;
pub use unparsed::Unparsed;

/// A value of any type.
///
/// ```
/// use apple_mdm::value::{Dictionary, Value};
///
/// let value = Value::from(Dictionary::from_iter([("PayloadVersion", 1)]));
/// assert_eq!(value.get("PayloadVersion").and_then(Value::as_i64), Some(1));
/// ```
///
/// Two values are equal if they are written in the same way: reals are equal if their bits are equal or both are NaN, and an integer
/// never equals a real.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, which only JSON has.
    Null,
    /// A string.
    String(String),
    /// An integer.
    Integer(Integer),
    /// A floating-point number.
    Real(f64),
    /// A boolean.
    Boolean(bool),
    /// Bytes. In JSON they are base64 text, which is read as a string.
    Data(Data),
    /// A point in time. In JSON it is RFC 3339 text, which is read as a string.
    Date(Date),
    /// A reference in a keyed archive, which only binary property lists have.
    Uid(u64),
    /// The text of an element of an XML property list that is not valid for its type, such as `<integer>${PORT}</integer>`.
    Unparsed(Unparsed),
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
            // XML property lists have a single NaN.
            (Self::Real(a), Self::Real(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Data(a), Self::Data(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            (Self::Uid(a), Self::Uid(b)) => a == b,
            (Self::Unparsed(a), Self::Unparsed(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => a == b,
            (Self::Dictionary(a), Self::Dictionary(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl Value {
    /// Returns the type of the value.
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
            Self::Unparsed(unparsed) => unparsed.type_of(),
            Self::Array(_) => Type::Array,
            Self::Dictionary(_) => Type::Dictionary,
        }
    }

    /// Returns the text if the value is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(s) => Some(s),
            _ => None,
        }
    }

    /// Returns the number if the value is an integer.
    #[must_use]
    pub const fn as_integer(&self) -> Option<Integer> {
        match self {
            Self::Integer(n) => Some(*n),
            _ => None,
        }
    }

    /// Returns the number if the value is an integer that fits in an `i64`.
    #[must_use]
    pub const fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(n) => n.as_i64(),
            _ => None,
        }
    }

    /// Returns the number if the value is a real.
    #[must_use]
    pub const fn as_real(&self) -> Option<f64> {
        match self {
            Self::Real(n) => Some(*n),
            _ => None,
        }
    }

    /// Returns the value if it is a boolean.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(b) => Some(*b),
            _ => None,
        }
    }

    /// Returns the bytes if the value is data.
    #[must_use]
    pub fn as_data(&self) -> Option<&[u8]> {
        match self {
            Self::Data(data) => Some(data),
            _ => None,
        }
    }

    /// Returns the date if the value is one.
    #[must_use]
    pub const fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// Returns the items if the value is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns a mutable reference to the items if the value is an array.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the dictionary if the value is one.
    #[must_use]
    pub const fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns a mutable reference to the dictionary if the value is one.
    pub fn as_dictionary_mut(&mut self) -> Option<&mut Dictionary> {
        match self {
            Self::Dictionary(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns the value of `key` if this value is a dictionary that contains it.
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
    fn equality_ignores_the_order_of_keys_and_distinguishes_types() {
        let a = Dictionary::from_iter([("a", 1), ("b", 2)]);
        let b = Dictionary::from_iter([("b", 2), ("a", 1)]);
        assert_eq!(a, b);
        assert_eq!(Value::from(f64::NAN), Value::from(f64::NAN));
        assert_ne!(Value::from(0.0), Value::from(-0.0));
        assert_ne!(Value::from(1), Value::from(1.0));
    }
}
