//! Dictionaries that keep the order of their keys.

use std::sync::Arc;
use std::{fmt, iter, slice, vec};

use smol_str::SmolStr;

use crate::value::Value;
use crate::value::entries::Entries;
use crate::value::keys::Keys;

/// A dictionary: keys in the order in which they were put in, each with a [`Value`].
///
/// Two dictionaries with the same entries are equal, whatever their order. Those that were read from the same document share their
/// keys where they have the same, until one of them changes.
#[derive(Clone, Default)]
pub struct Dictionary {
    /// `None` before there was one.
    keys: Option<Arc<Keys>>,
    /// As many as there are keys.
    values: Vec<Value>,
}

impl Dictionary {
    /// An empty dictionary.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A dictionary with these keys and their values.
    pub(crate) fn of(keys: Option<Arc<Keys>>, values: Vec<Value>) -> Self {
        let dictionary = Self { keys, values };
        debug_assert_eq!(dictionary.list().len(), dictionary.len(), "a value for each key");
        dictionary
    }

    fn list(&self) -> &[SmolStr] {
        self.keys.as_ref().map_or(&[], |keys| keys.list())
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.keys.as_ref()?.place(key)
    }

    #[cfg(test)]
    pub(crate) fn shares_keys(&self, other: &Self) -> bool {
        let both = self.keys.as_ref().zip(other.keys.as_ref());
        both.is_some_and(|(keys, others)| Arc::ptr_eq(keys, others))
    }

    /// The number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(self.place(key)?)
    }

    /// The value of `key`, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let place = self.place(key)?;
        self.values.get_mut(place)
    }

    /// Whether there is an entry for `key`.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    /// Sets the value of `key` and gives back the one it had. A new key goes to the end.
    pub fn insert(&mut self, key: impl AsRef<str>, value: impl Into<Value>) -> Option<Value> {
        let (key, value) = (key.as_ref(), value.into());
        if let Some(known) = self.get_mut(key) {
            return Some(std::mem::replace(known, value));
        }
        Arc::make_mut(self.keys.get_or_insert_default()).push(SmolStr::new(key));
        self.values.push(value);
        None
    }

    /// Takes `key` out; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let place = self.place(key)?;
        Arc::make_mut(self.keys.as_mut()?).remove(place);
        Some(self.values.remove(place))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        self.list().iter().map(SmolStr::as_str)
    }

    /// The values, in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> + DoubleEndedIterator {
        self.values.iter()
    }

    /// The entries, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(iter::zip(self.list(), &self.values))
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        if self.list() == other.list() {
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

/// The entries of a [`Dictionary`], borrowed.
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

/// The entries of a [`Dictionary`], owned.
#[derive(Debug)]
pub struct IntoIter {
    keys: Option<Arc<Keys>>,
    /// How many have been given away.
    place: usize,
    values: vec::IntoIter<Value>,
}

impl Iterator for IntoIter {
    type Item = (String, Value);

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.values.next()?;
        let key = self.keys.as_ref()?.list().get(self.place)?;
        self.place += 1;
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
            place: 0,
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

impl From<Entries<Value>> for Dictionary {
    fn from(entries: Entries<Value>) -> Self {
        let (mut keys, mut values) = (Keys::default(), Vec::with_capacity(entries.len()));
        for (key, value) in entries.into_iter() {
            keys.push(key);
            values.push(value);
        }
        Self::of(Some(Arc::new(keys)), values)
    }
}
