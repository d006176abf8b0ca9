//! All items that the crate was built with.

use crate::schema::{Family, Item};

/// All items that the crate was built with.
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

/// The item of a family that documents (or Rust) call `name`; the first one where several share the name.
#[must_use]
pub fn item(family: Family, name: &str) -> Option<&'static Item> {
    let family = || items().filter(move |item| item.family == family);
    family()
        .find(|item| item.name == name)
        .or_else(|| family().find(|item| item.rust == name))
}

/// All items that documents or Rust call `name`, whatever their family.
pub fn items_named(name: &str) -> impl Iterator<Item = &'static Item> {
    items().filter(move |item| item.name == name || item.rust == name)
}
