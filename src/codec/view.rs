//! Borrowed views of values.

use super::{Extra, List, Map, Record, Write};
use crate::schema::{Dict, Key};
use crate::value::{Date, Integer, Type, Unparsed};

/// A borrowed view of a value. Writing, validation and comparison work on views.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
    /// No value: an optional key that is absent.
    Absent,
    /// JSON's `null`, which property lists do not have.
    Null,
    /// A string.
    String(&'a str),
    /// An integer.
    Integer(Integer),
    /// A floating-point number.
    Real(f64),
    /// A boolean.
    Boolean(bool),
    /// Bytes; base64 text in JSON.
    Data(&'a [u8]),
    /// A date and time; RFC 3339 text in JSON.
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

    /// Returns the type of the value, or `None` if there is no value.
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

    /// Returns the text if the value is a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            View::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of `key` if the value is a dictionary that has it.
    #[must_use]
    pub fn value(self, key: &str) -> View<'a> {
        match self {
            View::Map(map) => map.value(key),
            View::Record(record) => record.value(key),
            _ => View::Absent,
        }
    }

    /// Returns the record with this table, if the value is that record or is composed of records.
    #[must_use]
    pub fn part(self, table: &'static Dict) -> Option<&'a dyn Record> {
        match self {
            View::Record(record) if std::ptr::eq(record.table(), table) => Some(record),
            View::Map(map) => map.part(table),
            _ => None,
        }
    }

    /// Calls `f` with every entry if the value is a dictionary, in the order in which they are written.
    pub fn each(self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        match self {
            View::Map(map) => map.each(f),
            View::Record(record) => record.each(f),
            _ => {}
        }
    }
}

impl<'r> dyn Record + 'r {
    /// Returns the table of the known keys.
    #[must_use]
    pub fn table(&self) -> &'static Dict {
        self.parts().0
    }

    /// Returns the unknown keys.
    #[must_use]
    pub fn extra(&self) -> &Extra {
        self.parts().1
    }

    /// Returns the value of `key`, known or not. The field takes precedence over `extra`.
    #[must_use]
    pub fn value(&self, key: &str) -> View<'_> {
        let known = self.table().index(key).map_or(View::Absent, |index| self.get(index));
        if known.is_absent() {
            self.extra().get(key).map_or(View::Absent, Write::view)
        } else {
            known
        }
    }

    /// Calls `f` with every known key that is present, in the order of the table: its index, its table entry and its value.
    pub fn each_known<'a>(&'a self, f: &mut dyn FnMut(usize, &'static Key, View<'a>)) {
        for (index, key) in self.table().keys.iter().enumerate() {
            let view = self.get(index);
            if !view.is_absent() {
                f(index, key, view);
            }
        }
    }

    /// Calls `f` with every entry: first the known keys in the order of the table, then the others.
    pub fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        self.each_known(&mut |_, key, view| f(key.name, &view));
        self.each_other(f);
    }

    /// Calls `f` with every entry that is in `extra` only.
    pub(crate) fn each_other<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        let table = self.table();
        for (key, value) in self.extra().iter() {
            // A field that was set after reading replaces the misfit.
            if table.index(key).is_none_or(|index| self.get(index).is_absent()) {
                f(key, &value.view());
            }
        }
    }
}

/// Two records that form one dictionary: the keys of the first, then those of the second. If both have a key, the first takes
/// precedence.
///
/// A type that contains both records implements [`Map`] with these methods and is viewed as [`View::Map`].
#[derive(Clone, Copy)]
pub struct Joined<'a>(pub &'a dyn Record, pub &'a dyn Record);

impl<'a> Joined<'a> {
    /// Returns the number of entries.
    #[must_use]
    pub fn len(self) -> usize {
        let mut len = 0;
        self.each(&mut |_, _| len += 1);
        len
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Returns the value of `key`, or [`View::Absent`] if there is none.
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
