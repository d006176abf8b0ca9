//! The keys of a dictionary, which dictionaries with the same keys can share.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::ops::Deref;
use std::sync::Arc;

use hashbrown::HashTable;
use smol_str::SmolStr;

/// Distinct keys in insertion order.
///
/// Up to [`MAX_SCANNED`] keys, a lookup compares them one by one. Beyond that, it uses a hash table with a random seed, so that documents
/// with many keys, even keys chosen to collide, are read in linear time.
#[derive(Clone, Debug)]
pub(crate) struct Keys<K = SmolStr> {
    list: Vec<K>,
    /// Present if there are more than [`MAX_SCANNED`] keys.
    positions: Option<Box<Positions>>,
}

const MAX_SCANNED: usize = 16;

impl<K> Default for Keys<K> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            positions: None,
        }
    }
}

impl<K: Deref<Target = str>> Keys<K> {
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn list(&self) -> &[K] {
        &self.list
    }

    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        match &self.positions {
            Some(positions) => positions.find(key, &self.list),
            None => self.list.iter().position(|known| **known == *key),
        }
    }

    /// Releases memory that is reserved for more keys.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.list.shrink_to_fit();
    }

    /// Adds a key that is known to be new.
    pub(crate) fn push(&mut self, key: K) {
        self.list.push(key);
        let last = self.list.len() - 1;
        match &mut self.positions {
            Some(positions) => positions.add(last, &self.list),
            None if last >= MAX_SCANNED => self.positions = Some(Box::new(Positions::of(&self.list))),
            None => {}
        }
    }

    /// Gives back unused memory.
    pub(crate) fn shrink(&mut self) {
        self.list.shrink_to_fit();
    }

    /// Removes the key at `position`; the others keep their order.
    pub(crate) fn remove(&mut self, position: usize) {
        self.list.remove(position);
        if let Some(positions) = &mut self.positions {
            **positions = Positions::of(&self.list);
        }
    }
}

/// A hash table of the positions of keys in a list.
#[derive(Clone, Debug, Default)]
struct Positions {
    table: HashTable<usize>,
    hasher: RandomState,
}

impl Positions {
    fn of<K: Deref<Target = str>>(list: &[K]) -> Self {
        let mut positions = Self::default();
        (0..list.len()).for_each(|position| positions.add(position, list));
        positions
    }

    fn find<K: Deref<Target = str>>(&self, key: &str, list: &[K]) -> Option<usize> {
        let hash = self.hasher.hash_one(key);
        self.table.find(hash, |&position| *list[position] == *key).copied()
    }

    /// Adds the key at `position`, which is new.
    fn add<K: Deref<Target = str>>(&mut self, position: usize, list: &[K]) {
        let hash = |position: usize| self.hasher.hash_one(&*list[position]);
        self.table
            .insert_unique(hash(position), position, |&position| hash(position));
    }
}

/// The keys of dictionaries that were read recently. The items of an array usually have the same keys, which they share.
#[derive(Default)]
pub(crate) struct RecentKeys<'a> {
    list: VecDeque<(Arc<Keys>, &'a [u8])>,
}

impl<'a> RecentKeys<'a> {
    const MAX: usize = 16;

    /// Adds the keys of a dictionary; in a binary property list, `references` are the references to them.
    pub(crate) fn add(&mut self, keys: &Arc<Keys>, references: &'a [u8]) {
        if self.list.len() == Self::MAX {
            self.list.pop_front();
        }
        self.list.push_back((Arc::clone(keys), references));
    }

    /// Returns the keys of the dictionary with these references in a binary property list.
    pub(crate) fn with_references(&self, references: &[u8]) -> Option<Arc<Keys>> {
        let (keys, _) = self.list.iter().find(|(_, known)| *known == references)?;
        Some(Arc::clone(keys))
    }

    /// Returns keys that start with these ones and continue with `next`.
    fn continuing(&self, start: &[SmolStr], next: &str) -> Option<Arc<Keys>> {
        let continues = |keys: &Keys| {
            let rest = keys.list.strip_prefix(start);
            rest.and_then(<[_]>::first).is_some_and(|key| key == next)
        };
        let (keys, _) = self.list.iter().find(|(keys, _)| continues(keys))?;
        Some(Arc::clone(keys))
    }
}

/// Collects the keys of a dictionary that is being read. As long as they match those of a recent dictionary, they are only compared.
#[derive(Default)]
pub(crate) struct KeysBuilder {
    /// The keys of a recent dictionary, of which the first `matching` are the keys so far.
    recent: Option<Arc<Keys>>,
    matching: usize,
    /// The keys so far if no recent dictionary has them.
    own: Keys,
}

impl KeysBuilder {
    /// Adds a key unless it is repeated; returns whether it was new.
    pub(crate) fn add(&mut self, key: &str, recent: &RecentKeys<'_>) -> bool {
        let mut start: &[SmolStr] = &[];
        if let Some(keys) = &self.recent {
            if keys.list.get(self.matching).is_some_and(|next| next == key) {
                self.matching += 1;
                return true;
            }
            start = &keys.list[..self.matching];
        }
        if self.own.len() == 0
            && let Some(keys) = recent.continuing(start, key)
        {
            self.recent = Some(keys);
            self.matching += 1;
            return true;
        }
        self.copy_matching();
        let is_new = self.own.position(key).is_none();
        if is_new {
            self.own.push(SmolStr::new(key));
        }
        is_new
    }

    fn copy_matching(&mut self) {
        if let Some(recent) = self.recent.take() {
            for key in &recent.list[..self.matching] {
                self.own.push(key.clone());
            }
        }
    }

    /// Returns the keys, and whether they are new rather than those of a recent dictionary.
    pub(crate) fn finish(mut self) -> (Arc<Keys>, bool) {
        match self.recent {
            Some(recent) if recent.len() == self.matching => (recent, false),
            _ => {
                self.copy_matching();
                self.own.shrink();
                (Arc::new(self.own), true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Document;
    use crate::value::{Dictionary, Value};

    fn keys(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    /// An array of dictionaries with these keys.
    fn dictionaries(lists: &[&str]) -> Value {
        let dictionary = |list: &&str| Value::from(Dictionary::from_iter(keys(list).into_iter().zip(0..)));
        Value::Array(lists.iter().map(dictionary).collect())
    }

    /// Compares random insertions and removals, with few and with many keys, with those of a plain list.
    #[test]
    fn keys_behave_like_a_list_without_repetitions() {
        let mut keys: Keys<String> = Keys::default();
        let mut list: Vec<String> = Vec::new();
        let mut random = 1_usize;
        for turn in 0..4000 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            // The number of keys grows at first, then shrinks.
            let is_growing = turn < 2000 && !(random >> 20).is_multiple_of(3);
            let key = ((random >> 33) % 48).to_string();
            let position = list.iter().position(|known| *known == key);
            assert_eq!(keys.position(&key), position);
            match position {
                None if is_growing => {
                    keys.push(key.clone());
                    list.push(key);
                }
                Some(position) if !is_growing => {
                    keys.remove(position);
                    list.remove(position);
                }
                _ => {}
            }
            assert_eq!(keys.list(), list);
        }
    }

    /// The same keys, another order, keys missing at the start and at the end, more keys, others, and again previous ones.
    const LISTS: [&str; 12] = [
        "a b c", "a b c", "c b a", "a b", "b c", "a b c d", "a x", "", "a b", "x", "a b c", "a b y z",
    ];

    #[test]
    fn each_dictionary_of_an_array_has_its_own_keys() {
        let value = dictionaries(&LISTS);
        let from_xml = Value::from_slice(value.to_xml().unwrap().as_bytes()).unwrap();
        let from_json = Value::from_slice(value.to_json().unwrap().as_bytes()).unwrap();
        let from_binary = Value::from_slice(&value.to_binary().unwrap()).unwrap();
        for read in [from_xml, from_json, from_binary] {
            assert_eq!(read, value);
            for (dictionary, list) in read.as_array().unwrap().iter().zip(LISTS) {
                assert!(dictionary.as_dictionary().unwrap().keys().eq(keys(list)), "{list}");
            }
        }
    }

    #[test]
    fn equal_keys_are_shared_until_one_dictionary_changes() {
        let value = dictionaries(&["a b c", "a b c", "a b"]);
        for bytes in [value.to_xml().unwrap().into_bytes(), value.to_binary().unwrap()] {
            let read = Value::from_slice(&bytes).unwrap();
            let mut list: Vec<Dictionary> = read
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item.as_dictionary().unwrap().clone())
                .collect();
            assert!(list[0].shares_keys(&list[1]) && !list[0].shares_keys(&list[2]));
            list[0].insert("d", 3);
            list[2].remove("a");
            assert!(list[0].keys().eq(["a", "b", "c", "d"]) && list[1].keys().eq(["a", "b", "c"]));
            assert!(list[2].keys().eq(["b"]));
            assert_eq!((list[0].get("b"), list[2].get("b")), (Some(&1.into()), Some(&1.into())));
        }
    }

    #[test]
    fn a_repeated_key_is_an_error_whatever_the_previous_keys() {
        for (first, second) in [("a b c", "a b a"), ("a b", "a b b"), ("a b c", "a a"), ("a b a", "a b")] {
            let dictionary = |list: &str| {
                let entries: String = keys(list)
                    .iter()
                    .map(|key| format!("<key>{key}</key><true/>"))
                    .collect();
                format!("<dict>{entries}</dict>")
            };
            let document = format!("<array>{}{}</array>", dictionary(first), dictionary(second));
            let error = Value::from_slice(document.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), &crate::error::ErrorKind::RepeatedKey, "{first}, {second}");
        }
    }
}
