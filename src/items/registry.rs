//! The registry of all items.

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

/// Returns the item of a family by its name in documents or in Rust. If several items share the name, returns the first.
#[must_use]
pub fn item(family: Family, name: &str) -> Option<&'static Item> {
    let family = || items().filter(move |item| item.family == family);
    family()
        .find(|item| item.is_called(name))
        .or_else(|| family().find(|item| item.rust == name))
}

/// Returns the items of all families that have this name in documents or in Rust.
pub fn items_named(name: &str) -> impl Iterator<Item = &'static Item> {
    items().filter(move |item| item.is_called(name) || item.rust == name)
}
