//! What a generated type gives the runtime: its keys by index, to be read, looked at and written.
//!
//! A generated dictionary is a [`Record`]: a table of its keys and two functions from a key's index to the field, one to
//! [`set`](Record::set) it from a [`Reader`], one to [`get`](Record::get) a [`View`] of it. Everything else (the order and
//! spelling of keys, what is required, unknown keys, writing, comparing with the rules) is done once, by code that
//! interprets the table.

pub(crate) mod debug;
mod document;
mod equality;
mod extra;
#[doc(hidden)]
pub mod generated;
mod json_value;
mod plist_value;
pub mod reader;
pub(crate) mod serde;
mod standard;
mod view;
pub mod writer;

use crate::error::Error;
use crate::schema::{Described, Dict, Indices};
pub use document::Document;
pub use extra::Extra;
pub use reader::Reader;
pub use view::{Joined, View};

/// A type that can be read from a property list or JSON document.
///
/// Reading starts from an empty value and fills it, so that a dictionary is read where it stands and not moved about.
pub trait Read: Sized {
    /// The value that reading starts from: every optional field absent and every required one empty.
    fn blank() -> Self;

    /// Reads the value at the reader's position into this one, which is [`blank`](Self::blank). Where it fails, what is left here
    /// is of no use.
    ///
    /// # Errors
    ///
    /// Where the value has another type, lacks a required key, or the document is broken.
    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error>;

    /// Reads the value at the reader's position.
    ///
    /// # Errors
    ///
    /// As for [`fill`](Self::fill).
    fn read(r: &mut Reader<'_>) -> Result<Self, Error> {
        let mut value = Self::blank();
        match value.fill(r) {
            Ok(()) => Ok(value),
            Err(why) => Err(why),
        }
    }
}

/// A type that can be looked at, and so written.
pub trait Write {
    /// A borrowed look at the value, whatever type holds it.
    fn view(&self) -> View<'_>;
}

/// A dictionary type whose keys stand in a table.
pub trait HasTable {
    /// The table.
    const TABLE: &'static Dict;
}

/// That of the item's keys.
impl<T: Described> HasTable for T {
    const TABLE: &'static Dict = match T::ITEM.keys {
        Some(keys) => keys,
        None => &Dict::EMPTY,
    };
}

/// A dictionary with a table: every generated struct.
pub trait Record: Send + Sync {
    /// The table of the keys that the schema knows, and the keys that it does not know; `dyn Record` has `table` and `extra` for one of
    /// them. A method for both, since each is compiled for a thousand types.
    fn parts(&self) -> (&'static Dict, &Extra);
    /// The value of the key with this index in the table.
    fn get(&self, index: usize) -> View<'_>;
    /// The indices of the keys that are there, where the record has so many keys that asking for one after the other takes long.
    fn present(&self) -> Option<Indices> {
        None
    }
    /// Reads the value of the key with this index in the table; with an index past the last key, adds what the reader has
    /// [for the unknown keys](Reader::keep) to these.
    ///
    /// # Errors
    ///
    /// Where the value has another type than the key, or the document is broken.
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error>;
    /// The value that reading starts from: every optional field absent and every required one empty.
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

/// What holds itself has boxes on the way.
impl<T: Record> Record for Box<T> {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (**self).parts()
    }

    fn get(&self, index: usize) -> View<'_> {
        (**self).get(index)
    }

    fn present(&self) -> Option<Indices> {
        (**self).present()
    }

    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        (**self).set(index, r)
    }

    fn empty() -> Self {
        Self::new(T::empty())
    }
}

/// An array, whatever type holds it.
#[allow(clippy::len_without_is_empty, reason = "`dyn List` has it")]
pub trait List {
    /// The number of items.
    fn len(&self) -> usize;
    /// The item at `index`, [`View::Absent`] past the end.
    fn item(&self, index: usize) -> View<'_>;
}

/// A dictionary without a table, whatever type holds it.
#[allow(clippy::len_without_is_empty, reason = "`dyn Map` has it")]
pub trait Map {
    /// The number of entries.
    fn len(&self) -> usize;
    /// The value of `key`, [`View::Absent`] where there is none.
    fn value(&self, key: &str) -> View<'_>;
    /// Calls `f` with every entry, in the order in which they are written.
    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>));
    /// The record with the entries that this table knows, where the dictionary is made of records.
    fn part(&self, _table: &'static Dict) -> Option<&dyn Record> {
        None
    }
}

impl dyn List + '_ {
    /// Whether there are no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl dyn Map + '_ {
    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
