//! Dictionaries: their keys and rules.

use super::{Indices, Key, Rule};

/// The table of a dictionary.
///
/// The generator writes these tables. Tables that are written by hand start from [`Dict::of`].
#[derive(Debug)]
pub struct Dict {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The keys, in the schema's order.
    pub keys: &'static [Key],
    /// The indices of the keys by the length of their name, for [`index`](Self::index). For names that are longer than any here, the table
    /// is searched key by key. Empty in small tables.
    pub by_length: &'static [&'static [u16]],
    /// The keys that the schema requires.
    pub required: Indices,
    /// Whether no key name needs escaping in XML and JSON. `false` if that is not known.
    pub plain: bool,
    /// Whether no key is required for reading and values of a wrong type are kept in `extra`. This holds for everything that devices
    /// write.
    pub lenient: bool,
    /// Whether a server writes the dictionary although it is `lenient`, so that a missing key is an error, as in profiles.
    pub tolerant: bool,
    /// Whether someone other than the vendor wrote the table, as with a profile manifest. It may then be incomplete or outdated.
    /// Only a value of another type is an error then. All other findings are warnings at most, and a key that the table lacks is an info
    /// unless it resembles one that the table has.
    pub unofficial: bool,
    /// The key without which the dictionary cannot be read even if it is `lenient`: the status of a response.
    pub needed: Option<&'static str>,
    /// Describes the value of any other key, if the schema has a placeholder for such keys.
    pub any: Option<&'static Key>,
    /// The rules for the dictionary.
    pub rules: &'static [Rule],
    /// The keys that earlier releases of the schema had, each with the last of these releases.
    pub retired: &'static [(&'static str, &'static str)],
}

impl Dict {
    /// A dictionary without a name or keys. Generated tables start from it, see [`Key::EMPTY`].
    pub const EMPTY: Self = Self::new("");

    /// A dictionary without keys.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            keys: &[],
            by_length: &[],
            required: Indices::EMPTY,
            plain: false,
            lenient: false,
            tolerant: false,
            unofficial: false,
            needed: None,
            any: None,
            rules: &[],
            retired: &[],
        }
    }

    /// A dictionary with these keys. Tables that are written by hand start from it.
    ///
    /// ```
    /// use apple_mdm::schema::{Dict, Key, Kind};
    ///
    /// const KEYS: &[Key] = &[Key { required: true, ..Key::new("Name", Kind::String) }, Key::new("Size", Kind::Integer)];
    /// static TABLE: Dict = Dict { lenient: true, ..Dict::of("Thing", KEYS) };
    /// assert!(TABLE.required.contains(0) && !TABLE.required.contains(1));
    /// ```
    #[must_use]
    pub const fn of(name: &'static str, keys: &'static [Key]) -> Self {
        let mut dict = Self::new(name);
        dict.keys = keys;
        let mut index = 0;
        while index < keys.len() {
            if keys[index].required {
                dict.required = dict.required.with(index);
            }
            index += 1;
        }
        dict
    }

    /// Returns the index of the key called `name`.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<usize> {
        let Some(indices) = self.by_length.get(name.len()) else {
            return self.keys.iter().position(|key| key.name == name);
        };
        let mut indices = indices.iter().map(|index| usize::from(*index));
        indices.find(|index| self.keys[*index].name == name)
    }

    /// Returns the name of the key with this index, or an empty string past the end.
    pub(crate) fn name_of(&self, index: usize) -> &'static str {
        self.keys.get(index).map_or("", |key| key.name)
    }

    /// Returns the key called `name`.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.index(name).map(|index| &self.keys[index])
    }
}
