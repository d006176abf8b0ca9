//! Dictionaries that keep the order of their keys.

use std::sync::Arc;
use std::{fmt, iter, slice, vec};

use smol_str::SmolStr;

use crate::value::Value;
use crate::value::keys::Keys;

/// A dictionary: keys with [`Value`]s, in insertion order.
///
/// Two dictionaries with the same entries are equal, regardless of order. Dictionaries read from the same array share their keys if they
/// have the same ones, until one of them changes.
#[derive(Clone, Default)]
pub struct Dictionary {
    /// `None` if there never was one.
    keys: Option<Arc<Keys>>,
    /// The value of each key.
    values: Vec<Value>,
}

impl Dictionary {
    /// Returns an empty dictionary.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a dictionary of these keys and their values, which are as many.
    pub(crate) fn of(keys: Arc<Keys>, values: Vec<Value>) -> Self {
        debug_assert_eq!(keys.len(), values.len(), "a value for each key");
        Self {
            keys: Some(keys),
            values,
        }
    }

    fn key_list(&self) -> &[SmolStr] {
        self.keys.as_ref().map_or(&[], |keys| keys.list())
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.keys.as_ref()?.position(key)
    }

    #[cfg(test)]
    pub(crate) fn shares_keys(&self, other: &Self) -> bool {
        let both = self.keys.as_ref().zip(other.keys.as_ref());
        both.is_some_and(|(keys, others)| Arc::ptr_eq(keys, others))
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(self.position(key)?)
    }

    /// Returns a mutable reference to the value of `key`.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let position = self.position(key)?;
        self.values.get_mut(position)
    }

    /// Returns whether there is an entry for `key`.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// Sets the value of `key` and returns the previous one. A new key goes to the end.
    pub fn insert(&mut self, key: impl AsRef<str>, value: impl Into<Value>) -> Option<Value> {
        let (key, value) = (key.as_ref(), value.into());
        if let Some(known) = self.get_mut(key) {
            return Some(std::mem::replace(known, value));
        }
        Arc::make_mut(self.keys.get_or_insert_default()).push(SmolStr::new(key));
        self.values.push(value);
        None
    }

    /// Removes `key` and returns its value; the other entries keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let position = self.position(key)?;
        Arc::make_mut(self.keys.as_mut()?).remove(position);
        Some(self.values.remove(position))
    }

    /// Returns the keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        self.key_list().iter().map(SmolStr::as_str)
    }

    /// Returns the values, in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> + DoubleEndedIterator {
        self.values.iter()
    }

    /// Returns the entries, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(iter::zip(self.key_list(), &self.values))
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        if self.key_list() == other.key_list() {
            return self.values == other.values;
        }
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Eq for Dictionary {}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

/// An iterator over the entries of a [`Dictionary`].
#[derive(Clone, Debug)]
pub struct Iter<'a>(iter::Zip<slice::Iter<'a, SmolStr>, slice::Iter<'a, Value>>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key.as_str(), value))
    }
}

/// An iterator over the owned entries of a [`Dictionary`].
#[derive(Debug)]
pub struct IntoIter {
    keys: Option<Arc<Keys>>,
    /// The position of the next key.
    position: usize,
    values: vec::IntoIter<Value>,
}

impl Iterator for IntoIter {
    type Item = (String, Value);

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.values.next()?;
        let key = self.keys.as_ref()?.list().get(self.position)?;
        self.position += 1;
        Some((key.to_string(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.values.size_hint()
    }
}

impl ExactSizeIterator for IntoIter {}

impl<'a> IntoIterator for &'a Dictionary {
    type Item = (&'a str, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Dictionary {
    type Item = (String, Value);
    type IntoIter = IntoIter;

    fn into_iter(self) -> IntoIter {
        IntoIter {
            keys: self.keys,
            position: 0,
            values: self.values.into_iter(),
        }
    }
}

impl<K: AsRef<str>, V: Into<Value>> FromIterator<(K, V)> for Dictionary {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut dictionary = Self::new();
        dictionary.extend(entries);
        dictionary
    }
}

impl<K: AsRef<str>, V: Into<Value>> Extend<(K, V)> for Dictionary {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}
