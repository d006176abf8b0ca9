//! What the fuzz targets are: the entries that the crate's own tests go through too.

#[path = "../../tests/entries/mod.rs"]
mod entries;

pub use entries::{ENTRIES, Entry};

/// The entry of this name.
pub fn entry(name: &str) -> Entry {
    let found = ENTRIES.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("{name} is no entry")).1
}
