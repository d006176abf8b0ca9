//! Values that devices accept alone or in an array.

use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::generated::{deserialize, serialize_plist};
use super::{Read, Reader, View, Write};
use crate::error::Error;
use crate::value::Type;

/// A single value, or an array of such values.
///
/// The value is written in the form in which it was read.
///
/// ```
/// use apple_mdm::Document;
/// use apple_mdm::codec::OneOrMany;
///
/// let one: OneOrMany<String> = OneOrMany::from_slice(b"<plist><string>a.example.com</string></plist>")?;
/// let many: OneOrMany<String> = OneOrMany::from(vec!["a.example.com".to_owned()]);
/// assert!(one.iter().eq(many.iter()));
/// assert!(one.to_xml()?.contains("<string>") && !one.to_xml()?.contains("<array>"));
/// assert!(many.to_xml()?.contains("<array>"));
/// # Ok::<(), apple_mdm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum OneOrMany<T> {
    /// A single value.
    One(T),
    /// An array of values.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// Returns the values as a slice.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    /// Returns an iterator over the values.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.as_slice().iter()
    }

    /// Converts to a vector of the values.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(value) => vec![value],
            Self::Many(values) => values,
        }
    }
}

impl<T> From<T> for OneOrMany<T> {
    fn from(value: T) -> Self {
        Self::One(value)
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Many(values)
    }
}

impl From<&str> for OneOrMany<String> {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}

impl<T> FromIterator<T> for OneOrMany<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::Many(values.into_iter().collect())
    }
}

impl<T> IntoIterator for OneOrMany<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a OneOrMany<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Read> Read for OneOrMany<T> {
    fn blank() -> Self {
        Self::Many(Vec::new())
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        *self = match r.kind()? {
            Type::Array => Self::Many(Vec::read(r)?),
            _ => Self::One(T::read(r)?),
        };
        Ok(())
    }
}

impl<T: Write> Write for OneOrMany<T> {
    fn view(&self) -> View<'_> {
        match self {
            Self::One(value) => value.view(),
            Self::Many(values) => View::Array(values),
        }
    }
}

impl<T: Write> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_plist(self, serializer)
    }
}

impl<'de, T: Read> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
