//! Dictionaries: their keys, and what else is said of them.

use super::{Indices, Key, Rule};

/// The keys of one dictionary.
///
/// The generator makes them; those that are written by hand start from [`Dict::of`], which takes from the keys what is required.
#[derive(Debug)]
pub struct Dict {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The keys, in the schema's order.
    pub keys: &'static [Key],
    /// Where [`index`](Self::index) finds the keys: the index of a key plus one, or 0, at the place that its name hashes to or
    /// the next that was free. Nothing where they are few, which are looked through.
    pub places: &'static [u16],
    /// The keys that the schema requires.
    pub required: Indices,
    /// Whether XML and JSON take all keys as they are, so that none has to be looked through for what must be escaped; `false` where
    /// nobody has made sure.
    pub plain: bool,
    /// Whether no key is required for reading, and a misfit is kept in `extra`: so it is with all that a device writes.
    pub lenient: bool,
    /// Whether it is `lenient` though a server writes it, so that a missing key is an error: profiles.
    pub tolerant: bool,
    /// The key without which it is not read although it is `lenient`: the status of a response.
    pub needed: Option<&'static str>,
    /// What any other key holds, where the schema has a placeholder for it.
    pub any: Option<&'static Key>,
    /// What must be so in it beside what the keys say.
    pub rules: &'static [Rule],
    /// Keys that earlier releases of the schema had, and the last of these.
    pub retired: &'static [(&'static str, &'static str)],
}

impl Dict {
    /// A dictionary without keys or a name; what tables start from, see [`Key::EMPTY`].
    pub const EMPTY: Self = Self::new("");

    /// A dictionary without keys.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            keys: &[],
            places: &[],
            required: Indices::EMPTY,
            plain: false,
            lenient: false,
            tolerant: false,
            needed: None,
            any: None,
            rules: &[],
            retired: &[],
        }
    }

    /// A dictionary with these keys, of which nothing is known but what they say themselves: what tables that are written by hand start
    /// from.
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

    /// The index of the key called `name`.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<usize> {
        if self.places.is_empty() {
            return self.keys.iter().position(|key| key.name == name);
        }
        let last = self.places.len() - 1;
        let mut at = hash(name) & last;
        loop {
            // Past the last key there is always a place without one.
            let index = usize::from(self.places[at]).checked_sub(1)?;
            if self.keys[index].name == name {
                return Some(index);
            }
            at = (at + 1) & last;
        }
    }

    /// The name of the key with this index, empty past the end.
    pub(crate) fn name_of(&self, index: usize) -> &'static str {
        self.keys.get(index).map_or("", |key| key.name)
    }

    /// The key called `name`.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.index(name).map(|index| &self.keys[index])
    }
}

/// From the length and both ends of a name: what differs in nearly all names of a dictionary, and is there without a loop.
///
/// `apple-mdm-codegen`, which makes the tables, has the same function; neither can change without the other.
fn hash(name: &str) -> usize {
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
