//! Values as they are looked at.

use super::{Extra, List, Map, Record, Write};
use crate::schema::{Dict, Key};
use crate::value::{Date, Integer, Type, Unparsed};

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
    /// The text of an element of an XML property list that is not valid for its type.
    Unparsed(&'a Unparsed),
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
            View::Unparsed(unparsed) => unparsed.type_of(),
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
    pub(super) fn each_other<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
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
