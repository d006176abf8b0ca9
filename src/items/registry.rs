//! The registry of all items.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::schema::{Family, Item};

/// Returns all items that the crate was built with.
pub fn items() -> impl Iterator<Item = &'static Item> {
    let families = [
        #[cfg(feature = "commands")]
        super::commands::ITEMS,
        #[cfg(feature = "profiles")]
        super::profiles::ITEMS,
        #[cfg(feature = "checkin")]
        super::checkin::ITEMS,
        #[cfg(feature = "declarations")]
        super::declarations::ITEMS,
        #[cfg(feature = "declarations")]
        super::credentials::ITEMS,
        #[cfg(feature = "declarations")]
        super::status::ITEMS,
        #[cfg(feature = "declarations")]
        super::protocol::ITEMS,
        super::errors::ITEMS,
        super::other::ITEMS,
    ];
    families.into_iter().flatten().copied()
}

/// Returns the items of a family that have this name, or this alias, in documents.
pub(crate) fn items_called(family: Family, name: &str) -> &'static [&'static Item] {
    type ByName = HashMap<&'static str, Vec<&'static Item>>;
    static BY_NAME: LazyLock<HashMap<Family, ByName>> = LazyLock::new(|| {
        let mut families: HashMap<Family, ByName> = HashMap::new();
        for item in items() {
            let by_name = families.entry(item.family).or_default();
            for name in item.aliases.iter().chain([&item.name]) {
                by_name.entry(name).or_default().push(item);
            }
        }
        families
    });
    let called = BY_NAME.get(&family).and_then(|by_name| by_name.get(name));
    called.map_or(&[], Vec::as_slice)
}

/// Returns the item of a family by its name in documents or in Rust. If several items share the name, returns the first.
#[must_use]
pub fn item(family: Family, name: &str) -> Option<&'static Item> {
    let called = items_called(family, name).first().copied();
    called.or_else(|| items().find(|item| item.family == family && item.rust == name))
}

/// Returns the items of all families that have this name in documents or in Rust.
pub fn items_named(name: &str) -> impl Iterator<Item = &'static Item> {
    items().filter(move |item| item.is_called(name) || item.rust == name)
}
