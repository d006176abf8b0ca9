//! The keys of dictionaries, which all that have the same may share.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use hashbrown::HashTable;
use smol_str::SmolStr;

use super::plain;

/// Keys in the order in which they were put in, each once.
///
/// Most dictionaries have a few keys, which are looked through; a hash table, which is larger than those, is there for more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    list: Vec<SmolStr>,
    /// Once there are more than [`FEW`].
    places: Option<Box<Places>>,
}

/// How many keys are found as fast one by one as by a hash.
pub(crate) const FEW: usize = 16;

impl Keys {
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn list(&self) -> &[SmolStr] {
        &self.list
    }

    pub(crate) fn place(&self, key: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.find(key, |place| &self.list[place]),
            None => self.list.iter().position(|known| plain::same(known, key)),
        }
    }

    /// Adds a key that is new.
    pub(crate) fn push(&mut self, key: SmolStr) {
        self.list.push(key);
        let (key_at, len) = (|place: usize| self.list[place].as_str(), self.list.len());
        match &mut self.places {
            Some(places) => places.add(len - 1, key_at),
            None if len > FEW => self.places = Some(Box::new(Places::of(len, key_at))),
            None => {}
        }
    }

    /// Takes a key out; the others keep their order.
    pub(crate) fn remove(&mut self, place: usize) {
        self.list.remove(place);
        if let Some(places) = &mut self.places {
            **places = Places::of(self.list.len(), |place| &self.list[place]);
        }
    }
}

/// Where in a list the keys are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    table: HashTable<usize>,
    hasher: RandomState,
}

impl Places {
    pub(crate) fn of<'k>(len: usize, key_at: impl Fn(usize) -> &'k str) -> Self {
        let mut places = Self::default();
        (0..len).for_each(|place| places.add(place, &key_at));
        places
    }

    pub(crate) fn find<'k>(&self, key: &str, key_at: impl Fn(usize) -> &'k str) -> Option<usize> {
        let hash = self.hasher.hash_one(key);
        self.table.find(hash, |&place| key_at(place) == key).copied()
    }

    /// Adds the key at this place, which is new.
    pub(crate) fn add<'k>(&mut self, place: usize, key_at: impl Fn(usize) -> &'k str) {
        let hash = |place: usize| self.hasher.hash_one(key_at(place));
        self.table.insert_unique(hash(place), place, |&place| hash(place));
    }
}

/// The keys of the dictionaries that were read last: those of an array's items mostly are the same, which they share.
#[derive(Default)]
pub(crate) struct Known<'a> {
    list: Vec<Shared<'a>>,
    /// How many there have been.
    count: usize,
}

struct Shared<'a> {
    keys: Arc<Keys>,
    /// In a binary property list, the references to the keys.
    references: &'a [u8],
}

impl<'a> Known<'a> {
    const MOST: usize = 16;

    /// The keys of the dictionary of a binary property list that had these references.
    pub(crate) fn of(&self, references: &[u8]) -> Option<Arc<Keys>> {
        let known = self.list.iter().find(|known| known.references == references)?;
        Some(Arc::clone(&known.keys))
    }

    /// Those that start with these keys and are fit.
    fn find(&self, start: &[SmolStr], is_fit: impl Fn(&Keys) -> bool) -> Option<Arc<Keys>> {
        let starts = |keys: &Keys| keys.list.get(..start.len()) == Some(start);
        let mut known = self.list.iter().map(|known| &known.keys);
        known.find(|keys| is_fit(keys) && starts(keys)).cloned()
    }

    fn add(&mut self, keys: &Arc<Keys>, references: &'a [u8]) {
        let keys = Arc::clone(keys);
        let shared = Shared { keys, references };
        match self.list.get_mut(self.count % Self::MOST) {
            Some(oldest) => *oldest = shared,
            None => self.list.push(shared),
        }
        self.count += 1;
    }
}

/// The keys of a dictionary that is being read, each of which is new.
///
/// As long as they are those of a known dictionary, they are only compared with its keys.
#[derive(Default)]
pub(crate) struct Growing {
    /// Keys of which the first are those so far.
    like: Option<Arc<Keys>>,
    /// How many.
    len: usize,
    /// The keys, where there are no such known ones.
    own: Keys,
    /// A bit for its own keys that are alike in their hash.
    hashes: u64,
}

impl Growing {
    /// Adds the key where it is not there; whether it is not.
    #[inline]
    pub(crate) fn add(&mut self, key: &str, known: &Known<'_>) -> bool {
        if let Some(like) = &self.like
            && let Some(next) = like.list.get(self.len)
            && plain::same(next, key)
        {
            self.len += 1;
            return true;
        }
        self.add_other(key, known)
    }

    fn add_other(&mut self, key: &str, known: &Known<'_>) -> bool {
        if self.own.len() == 0 {
            let start = self.like.as_ref().map_or(&[][..], |like| &like.list[..self.len]);
            let is_next = |next: &SmolStr| plain::same(next, key);
            if let Some(like) = known.find(start, |keys| keys.list.get(self.len).is_some_and(is_next)) {
                self.like = Some(like);
                self.len += 1;
                return true;
            }
            self.part();
        }
        self.add_own(SmolStr::new(key))
    }

    /// Makes the keys so far its own.
    fn part(&mut self) {
        let Some(like) = self.like.take() else { return };
        for key in &like.list[..self.len] {
            self.add_own(key.clone());
        }
    }

    fn add_own(&mut self, key: SmolStr) -> bool {
        let bit = 1 << (hash(&key) % 64);
        // Mostly, that it is new is known without a look at the others.
        if self.hashes & bit != 0 && self.own.place(&key).is_some() {
            return false;
        }
        self.hashes |= bit;
        self.own.push(key);
        true
    }

    /// How many there will be, where they go on like those of a known dictionary that is not large.
    pub(crate) fn expected(&self) -> usize {
        const MOST: usize = 64;
        let len = self.like.as_ref().map_or(0, |like| like.len());
        if len <= MOST { len } else { 0 }
    }

    /// The keys, known to the dictionaries to come; `None` where there are none.
    pub(crate) fn finish<'a>(self, known: &mut Known<'a>, references: &'a [u8]) -> Option<Arc<Keys>> {
        if let Some(like) = &self.like {
            let found = if like.len() == self.len {
                Some(Arc::clone(like))
            } else {
                known.find(&like.list[..self.len], |keys| keys.len() == self.len)
            };
            if found.is_some() {
                return found;
            }
        }
        let keys = self.into_keys()?;
        known.add(&keys, references);
        Some(keys)
    }

    /// The keys, for no others; `None` where there are none.
    pub(crate) fn into_keys(mut self) -> Option<Arc<Keys>> {
        self.part();
        if self.own.len() == 0 {
            return None;
        }
        if self.own.len() < self.own.list.capacity() / 2 {
            self.own.list.shrink_to_fit();
        }
        Some(Arc::new(self.own))
    }
}

/// From the length and both ends of a name: what differs in nearly all names of a dictionary, and is there without a loop.
///
/// `apple-mdm-codegen`, which makes the tables, has the same function; neither can change without the other.
pub(crate) fn hash(name: &str) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = name.as_bytes();
    let ends = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first).rotate_left(29) ^ u64::from_le_bytes(*last),
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
            _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
        },
    };
    let mixed = (ends ^ bytes.len() as u64).wrapping_mul(ODD);
    // At most 24 bits are left.
    usize::try_from(mixed >> 40).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::codec::Document;
    use crate::value::{Dictionary, Value};

    fn keys(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    /// Dictionaries with these keys, in an array.
    fn made(lists: &[&str]) -> Value {
        let dictionary = |list: &&str| Value::from(Dictionary::from_iter(keys(list).into_iter().zip(0..)));
        Value::Array(lists.iter().map(dictionary).collect())
    }

    /// In one array: the same, another order, fewer at the start and at the end, more, others, and again what was before.
    const LISTS: [&str; 12] = [
        "a b c", "a b c", "c b a", "a b", "b c", "a b c d", "a x", "", "a b", "x", "a b c", "a b y z",
    ];

    #[test]
    fn dictionaries_have_their_own_keys_whatever_the_others_have() {
        let value = made(&LISTS);
        let of_xml = Value::from_slice(value.to_xml().unwrap().as_bytes()).unwrap();
        let of_json = Value::from_slice(value.to_json().unwrap().as_bytes()).unwrap();
        let of_binary = Value::from_slice(&value.to_binary().unwrap()).unwrap();
        for read in [of_xml, of_json, of_binary] {
            assert_eq!(read, value);
            for (dictionary, list) in read.as_array().unwrap().iter().zip(LISTS) {
                assert!(dictionary.as_dictionary().unwrap().keys().eq(keys(list)), "{list}");
            }
        }
    }

    #[test]
    fn the_same_keys_are_shared_until_one_changes() {
        let value = made(&["a b c", "a b", "a b c", "a b"]);
        for bytes in [value.to_xml().unwrap().into_bytes(), value.to_binary().unwrap()] {
            let read = Value::from_slice(&bytes).unwrap();
            let mut list: Vec<Dictionary> = read
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item.as_dictionary().unwrap().clone())
                .collect();
            assert!(list[0].shares_keys(&list[2]) && list[1].shares_keys(&list[3]) && !list[0].shares_keys(&list[1]));
            list[0].insert("d", 3);
            list[1].remove("a");
            assert!(list[0].keys().eq(["a", "b", "c", "d"]) && list[2].keys().eq(["a", "b", "c"]));
            assert!(list[1].keys().eq(["b"]) && list[3].keys().eq(["a", "b"]));
            assert_eq!((list[1].get("b"), list[3].get("b")), (Some(&1.into()), Some(&1.into())));
        }
    }

    #[test]
    fn a_key_is_repeated_where_the_others_are_known_too() {
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
