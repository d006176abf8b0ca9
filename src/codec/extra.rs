//! Keys of a dictionary that the schema does not define.

use std::fmt;

use smol_str::SmolStr;

use crate::codec::Write;
use crate::codec::debug::TypeOnly;
use crate::error::Error;
use crate::value::{Dictionary, Value};

/// The rest of a dictionary: keys that the schema does not define, and in messages of devices also known keys whose value has the
/// wrong type ("misfits"). Both are written back unchanged.
///
/// Equality compares the values. `Debug` shows only the keys and the types of the values, because an unknown key may contain a secret.
///
/// If a record has a value for a key both in its field and in `extra`, the field takes precedence.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Inner>>);

#[derive(Clone, Default)]
struct Inner {
    values: Dictionary,
    misfits: Vec<(SmolStr, Error)>,
}

impl Extra {
    /// Creates an empty `Extra`.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns the number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |inner| inner.values.len())
    }

    /// Whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the dictionary was present when it was read, even if it was empty.
    pub(crate) fn was_read(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn note_read(&mut self) {
        self.0.get_or_insert_default();
    }

    pub(crate) fn into_dictionary(self) -> Dictionary {
        self.0.map(|inner| inner.values).unwrap_or_default()
    }

    /// Returns the value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.values.get(key)
    }

    /// Whether there is a value for `key`.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of `key` and returns the previous one.
    pub fn insert(&mut self, key: impl AsRef<str>, value: impl Into<Value>) -> Option<Value> {
        let key = SmolStr::new(key);
        let inner = self.0.get_or_insert_default();
        inner.misfits.retain(|(misfit, _)| *misfit != key);
        inner.values.insert(key, value)
    }

    /// Adds the value of a known key that does not match its field, with the reason.
    pub(crate) fn insert_misfit(&mut self, key: impl AsRef<str>, value: Value, why: Error) -> Option<Value> {
        let key = SmolStr::new(key);
        let replaced = self.insert(key.clone(), value);
        self.0.get_or_insert_default().misfits.push((key, why));
        replaced
    }

    /// Removes `key` and returns its value. The other keys keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let inner = self.0.as_mut()?;
        inner.misfits.retain(|(misfit, _)| misfit != key);
        inner.values.remove(key)
    }

    /// Returns the keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// Returns the keys with their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|inner| inner.values.iter())
    }

    /// Returns the reason why the value of the known key `key` is here and not in its field. Returns `None` for unknown keys.
    #[must_use]
    pub fn misfit(&self, key: &str) -> Option<&Error> {
        self.misfits().find_map(|(misfit, why)| (misfit == key).then_some(why))
    }

    /// Returns the known keys whose value does not match their field, each with the reason.
    pub fn misfits(&self) -> impl Iterator<Item = (&str, &Error)> {
        self.0
            .iter()
            .flat_map(|inner| inner.misfits.iter().map(|(key, why)| (key.as_str(), why)))
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Eq for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (key, TypeOnly(value.view()))))
            .finish()
    }
}

impl<K: AsRef<str>, V: Into<Value>> FromIterator<(K, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut extra = Self::new();
        for (key, value) in entries {
            extra.insert(key, value);
        }
        extra
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn is_a_pointer_wide_and_shows_no_values() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
        let extra = Extra::from_iter([("Password", Value::from("hunter2")), ("Bytes", vec![1].into())]);
        assert_eq!(format!("{extra:?}"), r#"{"Password": <string>, "Bytes": <array>}"#);
    }

    #[test]
    fn a_misfit_has_a_reason_until_it_is_replaced() {
        let why = Error::new(ErrorKind::MissingKey);
        let mut extra = Extra::new();
        extra.insert_misfit("OSVersion", 15.into(), why.clone());
        assert_eq!(extra.misfit("OSVersion"), Some(&why));
        assert_eq!(extra, Extra::from_iter([("OSVersion", 15)]));
        extra.insert("OSVersion", "15");
        assert_eq!(extra.misfit("OSVersion"), None);
        extra.insert_misfit("OSVersion", 15.into(), why);
        assert_eq!(extra.remove("OSVersion"), Some(15.into()));
        assert_eq!(extra.misfits().count(), 0);
        assert_eq!(extra, Extra::new());
    }
}
