//! The keys of a dictionary that the schema does not know.

use std::fmt;

use smol_str::SmolStr;

use crate::codec::Write;
use crate::codec::debug::TypeOnly;
use crate::error::Error;
use crate::value::{Dictionary, Value};

/// The rest of a dictionary: the keys that the schema does not know, and the known ones of a device's answer whose value did not
/// fit. Both are written back as they were.
///
/// Equality is that of the values. `Debug` shows the keys and the type of each value only: an unknown key may hold a secret.
///
/// Where a record has a value for a key in its field and in `extra`, the field counts.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Inner>>);

#[derive(Clone, Default)]
struct Inner {
    values: Dictionary,
    misfits: Vec<(SmolStr, Error)>,
}

impl Extra {
    /// No keys.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// The number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |inner| inner.values.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the dictionary was there when it was read, though it may have held nothing.
    pub(crate) fn was_read(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn note_read(&mut self) {
        self.0.get_or_insert_default();
    }

    pub(crate) fn into_dictionary(self) -> Dictionary {
        self.0.map(|inner| inner.values).unwrap_or_default()
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.values.get(key)
    }

    /// Whether there is a value for `key`.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of `key` and gives back the one it had.
    pub fn insert(&mut self, key: impl AsRef<str>, value: impl Into<Value>) -> Option<Value> {
        let key = SmolStr::new(key);
        let inner = self.0.get_or_insert_default();
        inner.misfits.retain(|(misfit, _)| *misfit != key);
        inner.values.insert(key, value)
    }

    /// Keeps the value of a known key that does not fit its field, and why.
    pub(crate) fn insert_misfit(&mut self, key: impl AsRef<str>, value: Value, why: Error) -> Option<Value> {
        let key = SmolStr::new(key);
        let replaced = self.insert(key.clone(), value);
        self.0.get_or_insert_default().misfits.push((key, why));
        replaced
    }

    /// Takes `key` out; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let inner = self.0.as_mut()?;
        inner.misfits.retain(|(misfit, _)| misfit != key);
        inner.values.remove(key)
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// The keys with their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|inner| inner.values.iter())
    }

    /// Why the value of `key`, which the schema knows, is here and not in its field; `None` for unknown keys.
    #[must_use]
    pub fn misfit(&self, key: &str) -> Option<&Error> {
        self.misfits().find_map(|(misfit, why)| (misfit == key).then_some(why))
    }

    /// The known keys whose value did not fit, each with the reason.
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
    fn knows_why_a_misfit_is_there_until_it_is_replaced() {
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
