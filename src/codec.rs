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
#[cfg(test)]
mod reader_tests;
#[cfg(test)]
mod sample;
pub(crate) mod serde;
pub mod writer;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::error::{Error, ErrorKind};
use crate::schema::{Described, Dict, Indices, Key};
use crate::value::{Data, Date, Dictionary, Integer, Type, Value};
pub use document::Document;
pub use extra::Extra;
pub use reader::Reader;

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
pub trait Tabled {
    /// The table.
    const TABLE: &'static Dict;
}

/// That of the item's keys.
impl<T: Described> Tabled for T {
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

/// A borrowed look at a value: what writing, validation and comparison work on.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
    /// No value: an optional key that is not there.
    Absent,
    /// JSON's `null`, which property lists do not have.
    Null,
    /// A string.
    String(&'a str),
    /// A whole number.
    Integer(Integer),
    /// A floating-point number.
    Real(f64),
    /// A truth value.
    Boolean(bool),
    /// Bytes; base64 text in JSON.
    Data(&'a [u8]),
    /// A point in time; RFC 3339 text in JSON.
    Date(Date),
    /// A reference of a keyed archive (binary property lists only).
    Uid(u64),
    /// An array.
    Array(&'a dyn List),
    /// A dictionary without a table.
    Map(&'a dyn Map),
    /// A dictionary with a table.
    Record(&'a dyn Record),
}

impl<'a> View<'a> {
    /// Whether there is no value.
    #[must_use]
    pub fn is_absent(self) -> bool {
        matches!(self, View::Absent)
    }

    /// What the value is, [`None`] where there is none.
    #[must_use]
    pub fn type_of(self) -> Option<Type> {
        Some(match self {
            View::Absent => return None,
            View::Null => Type::Null,
            View::String(_) => Type::String,
            View::Integer(_) => Type::Integer,
            View::Real(_) => Type::Real,
            View::Boolean(_) => Type::Boolean,
            View::Data(_) => Type::Data,
            View::Date(_) => Type::Date,
            View::Uid(_) => Type::Uid,
            View::Array(_) => Type::Array,
            View::Map(_) | View::Record(_) => Type::Dictionary,
        })
    }

    /// The text, where the value is one.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            View::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of `key`, where this one is a dictionary that has it.
    #[must_use]
    pub fn value(self, key: &str) -> View<'a> {
        match self {
            View::Map(map) => map.value(key),
            View::Record(record) => record.value(key),
            _ => View::Absent,
        }
    }

    /// The record with the keys of this table, where the value is one, or is made of several.
    #[must_use]
    pub fn part(self, table: &'static Dict) -> Option<&'a dyn Record> {
        match self {
            View::Record(record) if std::ptr::eq(record.table(), table) => Some(record),
            View::Map(map) => map.part(table),
            _ => None,
        }
    }

    /// Calls `f` with every entry, where the value is a dictionary, in the order in which they are written.
    pub fn each(self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        match self {
            View::Map(map) => map.each(f),
            View::Record(record) => record.each(f),
            _ => {}
        }
    }
}

impl<'r> dyn Record + 'r {
    /// The keys that the schema knows, and what it says of them.
    #[must_use]
    pub fn table(&self) -> &'static Dict {
        self.parts().0
    }

    /// The keys that the schema does not know.
    #[must_use]
    pub fn extra(&self) -> &Extra {
        self.parts().1
    }

    /// The value of `key`, known or not; that of its field where it has one.
    #[must_use]
    pub fn value(&self, key: &str) -> View<'_> {
        let known = self.table().index(key).map_or(View::Absent, |index| self.get(index));
        if known.is_absent() {
            self.extra().get(key).map_or(View::Absent, Write::view)
        } else {
            known
        }
    }

    /// Calls `f` with every known key that is there, in the order of the table: its index, what the schema says of it, its value.
    pub fn each_known<'a>(&'a self, f: &mut dyn FnMut(usize, &'static Key, View<'a>)) {
        let keys = self.table().keys;
        if let Some(present) = self.present() {
            return present.each(|index| {
                if let Some(key) = keys.get(index) {
                    f(index, key, self.get(index));
                }
            });
        }
        for (index, key) in keys.iter().enumerate() {
            let view = self.get(index);
            if !view.is_absent() {
                f(index, key, view);
            }
        }
    }

    /// Calls `f` with every entry: the known keys in the order of the table, then the others.
    pub fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        self.each_known(&mut |_, key, view| f(key.name, &view));
        self.each_other(f);
    }

    /// Calls `f` with every entry that is no known key.
    pub(crate) fn each_other<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        let table = self.table();
        for (key, value) in self.extra().iter() {
            // A field that was set after reading replaces the value that did not fit it.
            if table.index(key).is_none_or(|index| self.get(index).is_absent()) {
                f(key, &value.view());
            }
        }
    }
}

/// Two records that are one dictionary: the keys of the first, then those of the second. Where both have a key, the first counts.
///
/// A type that holds both implements [`Map`] with its methods and is viewed as [`View::Map`].
#[derive(Clone, Copy)]
pub struct Joined<'a>(pub &'a dyn Record, pub &'a dyn Record);

impl<'a> Joined<'a> {
    /// The number of entries.
    #[must_use]
    pub fn len(self) -> usize {
        let mut len = 0;
        self.each(&mut |_, _| len += 1);
        len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The value of `key`, [`View::Absent`] where there is none.
    #[must_use]
    pub fn value(self, key: &str) -> View<'a> {
        let first = self.0.value(key);
        if first.is_absent() { self.1.value(key) } else { first }
    }

    /// Calls `f` with every entry.
    pub fn each(self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        self.0.each(f);
        self.1.each(&mut |key, value| {
            if self.0.value(key).is_absent() {
                f(key, value);
            }
        });
    }
}

impl Map for Joined<'_> {
    fn len(&self) -> usize {
        (*self).len()
    }

    fn value(&self, key: &str) -> View<'_> {
        (*self).value(key)
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        (*self).each(f);
    }
}

macro_rules! scalar {
    ($($t:ty: $blank:expr, $r:ident => $read:expr, $v:ident => $view:expr;)*) => {$(
        impl Read for $t {
            fn blank() -> Self {
                $blank
            }

            fn fill(&mut self, $r: &mut Reader<'_>) -> Result<(), Error> {
                *self = $read;
                Ok(())
            }
        }

        impl Write for $t {
            fn view(&self) -> View<'_> {
                let $v = self;
                $view
            }
        }
    )*};
}

scalar! {
    String: Self::new(), r => r.string()?.into(), v => View::String(v);
    Integer: 0_i64.into(), r => r.integer()?, v => View::Integer(*v);
    f64: 0.0, r => r.real()?, v => View::Real(*v);
    bool: false, r => r.boolean()?, v => View::Boolean(*v);
    Data: Self::default(), r => r.data()?, v => View::Data(v);
    Date: Self::EPOCH, r => r.date()?, v => View::Date(*v);
    i64: 0, r => r.small_integer()?, v => View::Integer((*v).into());
    Value: Self::Null, r => r.value()?, v => match v {
        Value::Null => View::Null,
        Value::String(text) => View::String(text),
        Value::Integer(n) => View::Integer(*n),
        Value::Real(n) => View::Real(*n),
        Value::Boolean(b) => View::Boolean(*b),
        Value::Data(data) => View::Data(data),
        Value::Date(date) => View::Date(*date),
        Value::Uid(n) => View::Uid(*n),
        Value::Array(items) => View::Array(items),
        Value::Dictionary(entries) => View::Map(entries),
    };
    Dictionary: Self::new(), r => {
        // Fails in its own words where it is no dictionary.
        if r.kind()? == Type::Dictionary && let Value::Dictionary(entries) = r.value()? {
            entries
        } else {
            r.begin_dictionary()?;
            Dictionary::new()
        }
    }, v => View::Map(v);
}

// What follows is compiled once for each of a thousand types: it has no closures and few calls for that reason, and hardly any
// `?`, which is two.

impl<T: Read> Read for Option<T> {
    fn blank() -> Self {
        None
    }

    /// The value is there: JSON's `null` is not taken for an absent one, since devices do not.
    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        let mut value = T::blank();
        match value.fill(r) {
            Ok(()) => {
                *self = Some(value);
                Ok(())
            }
            Err(why) => Err(why),
        }
    }
}

impl<T: Write> Write for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn blank() -> Self {
        const { Self::new() }
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        r.begin_array()?;
        self.reserve_exact(r.room(const { size_of::<T>() }));
        loop {
            match r.next_item() {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(why) => return Err(why),
            }
            let mut item = T::blank();
            match item.fill(r) {
                Ok(()) => self.push(item),
                Err(why) => return Err(why),
            }
        }
    }
}

impl<T: Write> Write for Vec<T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}

impl<T: Write> List for Vec<T> {
    fn len(&self) -> usize {
        let items: &[T] = self;
        items.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        // The length and the items of a slice need no functions.
        let items: &[T] = self;
        if index < items.len() {
            items[index].view()
        } else {
            View::Absent
        }
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        r.begin_dictionary()?;
        while let Some(key) = r.next_key()? {
            let Entry::Vacant(place) = self.entry(key.into_owned()) else {
                return Err(r.error(ErrorKind::RepeatedKey));
            };
            let mut value = T::blank();
            value.fill(r)?;
            place.insert(value);
        }
        Ok(())
    }
}

impl<T: Write> Write for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Write> Map for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn value(&self, key: &str) -> View<'_> {
        match self.get(key) {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        for (key, value) in self {
            f(key, &value.view());
        }
    }
}

impl Map for Dictionary {
    fn len(&self) -> usize {
        self.len()
    }

    fn value(&self, key: &str) -> View<'_> {
        self.get(key).map_or(View::Absent, Write::view)
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        for (key, value) in self {
            f(key, &value.view());
        }
    }
}
