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
    /// The indices of the keys, sorted by the length of the name and then by the name, for [`index`](Self::index). Empty in small
    /// tables, which are searched key by key.
    pub sorted: &'static [u16],
    /// The keys that the schema requires.
    pub required: Indices,
    /// Whether no key name needs escaping in XML and JSON. `false` if that is not known.
    pub plain: bool,
    /// Whether no key is required for reading and values of a wrong type are kept in `extra`. This holds for everything that devices
    /// write.
    pub lenient: bool,
    /// Whether a server writes the dictionary although it is `lenient`, so that a missing key is an error, as in profiles.
    pub tolerant: bool,
    /// Whether others than the vendor describe the dictionary, as in a profile manifest, so that the table may be incomplete or outdated.
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
            sorted: &[],
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
        if self.sorted.is_empty() {
            return self.keys.iter().position(|key| key.name == name);
        }
        let at = self.sorted.binary_search_by(|index| {
            let known = self.keys[usize::from(*index)].name;
            (known.len(), known).cmp(&(name.len(), name))
        });
        at.ok().map(|at| usize::from(self.sorted[at]))
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
