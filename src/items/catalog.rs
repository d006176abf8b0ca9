//! Items that a program adds to those of the schema: the payloads of other vendors.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::registry;
use crate::schema::{Family, Item};

/// Items beside those of Apple's schema: payloads of other vendors, for example.
///
/// Validation and lint check documents against the catalog that they are given, exactly as against Apple's items. A catalog is an ordinary
/// value: several can exist, and nothing is registered globally. Cloning one is cheap.
///
/// The items can come from types that `apple-mdm-codegen` generated from a vendor's schema (`Agent::ITEM`), from tables that a
/// program built, or from tables written by hand:
///
/// ```
/// use apple_mdm::schema::{Catalog, Dict, Family, Item, Key, Kind};
///
/// const KEYS: &[Key] = &[Key::new("ServerURL", Kind::String), Key { secret: true, ..Key::new("Token", Kind::String) }];
/// static TABLE: Dict = Dict::of("Agent", KEYS);
/// static AGENT: Item = Item { keys: Some(&TABLE), ..Item::new(Family::Profile, "com.example.agent", "Agent") };
///
/// let mut catalog = Catalog::new();
/// assert!(catalog.add(&AGENT).is_ok());
/// assert_eq!(catalog.named(Family::Profile, "com.example.agent").next().unwrap().title, "Agent");
/// ```
#[derive(Clone, Default)]
pub struct Catalog(Option<Arc<Contents>>);

#[derive(Clone, Default)]
struct Contents {
    /// The items, in the order in which they were added.
    items: Vec<&'static Item>,
    /// The indices of the items with each name.
    by_name: HashMap<(Family, &'static str), Vec<usize>>,
}

/// The reason why a [`Catalog`] did not take an item: another one has its name.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct NameTaken {
    /// The item that documents with this name are checked against.
    pub by: &'static Item,
    /// Whether that item belongs to Apple's schema. Otherwise it is in the catalog already.
    pub is_apples: bool,
}

impl Catalog {
    /// An empty catalog.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Adds an item.
    ///
    /// Items of one family can share a name if their [selectors](Item::selector) differ.
    ///
    /// # Errors
    ///
    /// Returns an error if Apple's schema or the catalog already has an item with one of its names. The catalog is then unchanged: Apple's
    /// items always win.
    pub fn add(&mut self, item: &'static Item) -> Result<(), NameTaken> {
        let names = || item.aliases.iter().copied().chain([item.name]);
        let mut apples = names().flat_map(|name| registry::items_called(item.family, name));
        if let Some(by) = apples.next() {
            return Err(NameTaken { by, is_apples: true });
        }
        let mut known = names().flat_map(|name| self.named(item.family, name));
        if let Some(by) = known.find(|known| known.selector == item.selector) {
            return Err(NameTaken { by, is_apples: false });
        }
        drop(known);
        let contents = Arc::make_mut(self.0.get_or_insert_default());
        for name in names() {
            let indices = contents.by_name.entry((item.family, name)).or_default();
            indices.push(contents.items.len());
        }
        contents.items.push(item);
        Ok(())
    }

    /// Returns the items of a family that documents call `name`.
    pub fn named<'a>(&'a self, family: Family, name: &'a str) -> impl Iterator<Item = &'static Item> + 'a {
        let found = self.0.as_deref().and_then(|contents| {
            let indices = contents.by_name.get(&(family, name))?;
            Some(indices.iter().map(|index| contents.items[*index]))
        });
        found.into_iter().flatten()
    }

    /// Returns all items, in the order in which they were added.
    pub fn items(&self) -> impl Iterator<Item = &'static Item> {
        self.0.iter().flat_map(|contents| contents.items.iter().copied())
    }

    /// Returns the number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |contents| contents.items.len())
    }

    /// Whether there are no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Shows the names of the items.
impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.items().map(|item| item.name)).finish()
    }
}

impl fmt::Display for NameTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (family, name) = (self.by.family, self.by.name);
        match self.is_apples {
            true => write!(f, "Apple's schema already defines the {family} `{name}`"),
            false => write!(f, "the catalog already has a {family} `{name}`"),
        }
    }
}

impl std::error::Error for NameTaken {}

#[cfg(test)]
mod tests {
    use super::*;

    const fn item(name: &'static str) -> Item {
        Item::new(Family::Profile, name, "Example")
    }

    #[test]
    fn items_are_found_by_all_their_names() {
        static ONE: Item = Item {
            aliases: &["com.example.old"],
            ..item("com.example.one")
        };
        let mut catalog = Catalog::new();
        assert!(catalog.is_empty() && catalog.add(&ONE).is_ok());
        for name in ["com.example.one", "com.example.old"] {
            assert_eq!(catalog.named(Family::Profile, name).count(), 1, "{name}");
        }
        assert_eq!(catalog.named(Family::Command, "com.example.one").count(), 0);
        assert_eq!(catalog.named(Family::Profile, "com.example.two").count(), 0);
        assert_eq!(format!("{catalog:?}"), r#"{"com.example.one"}"#);
    }

    #[test]
    fn a_name_is_taken_once_except_by_items_with_other_selectors() {
        static FIRST: Item = item("com.example.one");
        static SAME: Item = Item {
            aliases: &["com.example.one"],
            ..item("com.example.two")
        };
        static SELECTED: Item = Item {
            selector: Some(("Mode", "fast")),
            ..item("com.example.one")
        };
        let mut catalog = Catalog::new();
        catalog.add(&FIRST).unwrap();
        let taken = catalog.add(&SAME).unwrap_err();
        assert!(std::ptr::eq(taken.by, &FIRST) && !taken.is_apples);
        catalog.add(&SELECTED).unwrap();
        assert_eq!(catalog.len(), 2);
    }

    #[test]
    fn a_clone_is_independent() {
        static ONE: Item = item("com.example.one");
        let mut catalog = Catalog::new();
        let empty = catalog.clone();
        catalog.add(&ONE).unwrap();
        assert_eq!((empty.len(), catalog.len(), catalog.clone().len()), (0, 1, 1));
    }

    #[cfg(feature = "profiles")]
    #[test]
    fn apples_items_win() {
        static WIFI: Item = item("com.apple.wifi.managed");
        let mut catalog = Catalog::new();
        let taken = catalog.add(&WIFI).unwrap_err();
        assert!(taken.is_apples && catalog.is_empty());
        assert_eq!(
            taken.to_string(),
            "Apple's schema already defines the payload `com.apple.wifi.managed`"
        );
    }
}
