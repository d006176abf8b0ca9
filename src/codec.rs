//! Traits that connect types with documents: reading, viewing and writing values.
//!
//! A generated dictionary type is a [`Record`]. It has a table of its keys and two functions that map the index of a key to its field:
//! [`set`](Record::set) reads the field from a [`Reader`], and [`get`](Record::get) returns a [`View`] of it. Everything else is
//! implemented once, by code that interprets the table: the names and order of keys, required and unknown keys, writing, and validation.

pub(crate) mod canonical_json;
pub(crate) mod debug;
mod document;
mod equality;
mod extra;
#[doc(hidden)]
pub mod generated;
mod json_value;
mod one_or_many;
mod plist_value;
pub mod reader;
pub(crate) mod serde;
mod standard;
mod view;
pub mod writer;

use crate::error::Error;
use crate::schema::{Described, Dict};
pub use document::Document;
pub use extra::Extra;
pub use one_or_many::OneOrMany;
pub use reader::Reader;
pub use view::{Joined, View};

/// A type that can be read from a property list or a JSON document.
///
/// Reading fills a blank value in place, so that large dictionaries are not moved.
pub trait Read: Sized {
    /// Returns the value that reading starts from: optional fields are absent, and required fields are empty.
    fn blank() -> Self;

    /// Reads the value at the reader's position into `self`, which must be [`blank`](Self::blank). After an error, the content of `self`
    /// is unspecified.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type or lacks a required key, or if the document is malformed.
    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error>;

    /// Reads the value at the reader's position.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`fill`](Self::fill).
    fn read(r: &mut Reader<'_>) -> Result<Self, Error> {
        let mut value = Self::blank();
        match value.fill(r) {
            Ok(()) => Ok(value),
            Err(why) => Err(why),
        }
    }
}

/// A type whose values can be viewed, and thus written.
pub trait Write {
    /// Returns a borrowed view of the value.
    fn view(&self) -> View<'_>;
}

/// A dictionary type that has a table.
pub trait HasTable {
    /// The table.
    const TABLE: &'static Dict;
}

/// The table of an item's keys.
impl<T: Described> HasTable for T {
    const TABLE: &'static Dict = match T::ITEM.keys {
        Some(keys) => keys,
        None => &Dict::EMPTY,
    };
}

/// A dictionary with a table. Every generated struct is a record.
pub trait Record: Send + Sync {
    /// Returns the table of the known keys, and the unknown keys. `dyn Record` also has the methods `table` and `extra`.
    fn parts(&self) -> (&'static Dict, &Extra);
    /// Returns the value of the key with this index in the table.
    fn get(&self, index: usize) -> View<'_>;
    /// Reads the value of the key with this index in the table. If the index is past the last key, calls [`Reader::keep`], which adds an
    /// unknown key to `extra`.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not have the type of the key, or if the document is malformed.
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error>;
    /// Returns the value that reading starts from: optional fields are absent, and required fields are empty.
    fn empty() -> Self
    where
        Self: Sized;
}

impl<T: Record> Read for T {
    fn blank() -> Self {
        Self::empty()
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        r.record(self)
    }
}

impl<T: Record> Write for T {
    fn view(&self) -> View<'_> {
        View::Record(self)
    }
}

/// Types that contain themselves use boxes.
impl<T: Record> Record for Box<T> {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (**self).parts()
    }

    fn get(&self, index: usize) -> View<'_> {
        (**self).get(index)
    }

    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        (**self).set(index, r)
    }

    fn empty() -> Self {
        Self::new(T::empty())
    }
}

/// An array, independent of the type that holds its elements.
#[allow(clippy::len_without_is_empty, reason = "`dyn List` has it")]
pub trait List {
    /// Returns the number of elements.
    fn len(&self) -> usize;
    /// Returns the element at `index`, or [`View::Absent`] past the end.
    fn item(&self, index: usize) -> View<'_>;
}

/// A dictionary without a single table, independent of the type that holds its entries.
#[allow(clippy::len_without_is_empty, reason = "`dyn Map` has it")]
pub trait Map {
    /// Returns the number of entries.
    fn len(&self) -> usize;
    /// Returns the value of `key`, or [`View::Absent`] if there is none.
    fn value(&self, key: &str) -> View<'_>;
    /// Calls `f` with every entry, in the order in which they are written.
    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>));
    /// Returns the record with this table, if the dictionary is composed of records.
    fn part(&self, _table: &'static Dict) -> Option<&dyn Record> {
        None
    }
}

impl dyn List + '_ {
    /// Whether the array is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl dyn Map + '_ {
    /// Whether the dictionary is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
