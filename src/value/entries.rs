//! The entries of a dictionary, in their order.

use std::ops::Deref;
use std::{fmt, slice, vec};

use crate::value::keys::{FEW, Places};
use crate::value::plain;

/// Keys with their values, in the order in which they were put in.
///
/// Most dictionaries have a few keys, which are looked through; a hash table, which is larger than those, is there for more.
#[derive(Clone)]
pub(crate) struct Entries<V, K = smol_str::SmolStr> {
    list: Vec<(K, V)>,
    /// Once there are more than [`FEW`].
    places: Option<Box<Places>>,
}

impl<V, K: Deref<Target = str>> Entries<V, K> {
    pub(crate) const fn new() -> Self {
        Self {
            list: Vec::new(),
            places: None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    fn place(&self, key: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.find(key, |place| &self.list[place].0),
            None => self.list.iter().position(|(known, _)| plain::same(known, key)),
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.place(key).map(|place| &self.list[place].1)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.place(key).map(|place| &mut self.list[place].1)
    }

    /// Sets the value of `key` and gives back the one it had. A new key goes to the end.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.get_mut(&key) {
            Some(known) => Some(std::mem::replace(known, value)),
            None => {
                self.push(key, value);
                None
            }
        }
    }

    /// Adds an entry whose key is new.
    pub(crate) fn push(&mut self, key: K, value: V) {
        self.list.push((key, value));
        let (key_at, len) = (|place: usize| &*self.list[place].0, self.list.len());
        match &mut self.places {
            Some(places) => places.add(len - 1, key_at),
            None if len > FEW => self.places = Some(Box::new(Places::of(len, key_at))),
            None => {}
        }
    }

    /// Takes `key` out; the others keep their order.
    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        let (_, value) = self.list.remove(self.place(key)?);
        if let Some(places) = &mut self.places {
            **places = Places::of(self.list.len(), |place| &self.list[place].0);
        }
        Some(value)
    }

    pub(crate) fn iter(&self) -> slice::Iter<'_, (K, V)> {
        self.list.iter()
    }

    pub(crate) fn into_iter(self) -> vec::IntoIter<(K, V)> {
        self.list.into_iter()
    }
}

impl<V, K: Deref<Target = str>> Default for Entries<V, K> {
    fn default() -> Self {
        Self::new()
    }
}

/// Whatever their order.
impl<V: PartialEq> PartialEq for Entries<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<V: Eq> Eq for Entries<V> {}

impl<V: fmt::Debug> fmt::Debug for Entries<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (key, value)))
            .finish()
    }
}

/// Entries that are read one after the other: that a key is new is mostly known without a look at the others.
#[cfg(feature = "lint")]
pub(crate) struct Growing<V, K: Deref<Target = str>> {
    entries: Entries<V, K>,
    /// A bit for the keys so far that are alike in their hash.
    hashes: u64,
}

#[cfg(feature = "lint")]
impl<V, K: Deref<Target = str>> Growing<V, K> {
    pub(crate) fn new() -> Self {
        Self {
            entries: Entries::new(),
            hashes: 0,
        }
    }

    /// Whether the key is there already. Where it is not, it is to come.
    pub(crate) fn is_repeated(&mut self, key: &str) -> bool {
        let bit = 1 << (super::keys::hash(key) % 64);
        let is_alike = self.hashes & bit != 0;
        self.hashes |= bit;
        is_alike && self.entries.place(key).is_some()
    }

    /// Adds an entry whose key is not [repeated](Self::is_repeated).
    pub(crate) fn push(&mut self, key: K, value: V) {
        self.entries.push(key, value);
    }

    pub(crate) fn finish(self) -> Entries<V, K> {
        self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever is done, few or many entries: the same as of a list that is looked through.
    #[test]
    fn finds_what_a_list_finds() {
        let mut entries = Entries::new();
        let mut list: Vec<(String, usize)> = Vec::new();
        let mut number = 1_usize;
        for turn in 0..4000 {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            // More and more keys, then fewer and fewer.
            let keys = if turn < 2000 { 48 } else { 12 };
            let key = (number >> 33) % 48;
            let known = list.iter().position(|(known, _)| *known == key.to_string());
            if key < keys && !(number >> 20).is_multiple_of(3) {
                let before = known.map(|place| std::mem::replace(&mut list[place].1, turn));
                if before.is_none() {
                    list.push((key.to_string(), turn));
                }
                assert_eq!(entries.insert(key.to_string(), turn), before);
            } else {
                let before = known.map(|place| list.remove(place).1);
                assert_eq!(entries.remove(&key.to_string()), before);
            }
            assert!(entries.iter().eq(&list));
            for key in 0..48 {
                let key = key.to_string();
                let value = list.iter().find(|(known, _)| *known == key).map(|(_, value)| value);
                assert_eq!(entries.get(&key), value);
            }
        }
    }
}
