//! `Debug` output. Secrets, and values that may be secrets, are not shown.

use std::fmt;

use super::{Record, View};
use crate::schema::{Key, Kind};

/// Shows a record without its secrets.
pub fn debug(record: &dyn Record, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = record.table();
    let mut shown = f.debug_struct(table.name);
    record.each_known(&mut |_, key, view| {
        let name = if key.field.is_empty() { key.name } else { key.field };
        shown.field(name, &Shown { view, key: Some(key) });
    });
    if !record.extra().is_empty() {
        shown.field("extra", record.extra());
    }
    shown.finish()
}

/// Shows a value that has no key that could mark it as a secret. Dictionaries other than records show only their keys.
pub fn debug_view(view: View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Debug::fmt(&Shown { view, key: None }, f)
}

impl fmt::Debug for dyn Record + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

/// A value as `Debug` shows it.
struct Shown<'a> {
    view: View<'a>,
    key: Option<&'static Key>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A single value has the key of the array that it replaces.
        let single = self.key.and_then(|key| match key.kind {
            Kind::OneOrMany(element) => Some(element),
            _ => None,
        });
        if self.key.is_some_and(|key| key.secret) {
            return f.write_str("[redacted]");
        }
        if let Some(element) = single
            && !matches!(self.view, View::Array(_))
        {
            let (view, key) = (self.view, Some(element));
            return fmt::Debug::fmt(&Shown { view, key }, f);
        }
        match self.view {
            View::Absent | View::Null => f.write_str("null"),
            View::String(text) => fmt::Debug::fmt(text, f),
            View::Integer(number) => fmt::Display::fmt(&number, f),
            View::Real(number) => fmt::Debug::fmt(&number, f),
            View::Boolean(flag) => fmt::Display::fmt(&flag, f),
            View::Data(bytes) => write!(f, "<{} bytes>", bytes.len()),
            View::Date(date) => fmt::Display::fmt(&date, f),
            View::Uid(number) => write!(f, "<uid {number}>"),
            View::Unparsed(unparsed) => write!(f, "<{} {:?}>", unparsed.type_of().name(), unparsed.as_str()),
            View::Array(list) => {
                let item = self.key.and_then(|key| key.kind.element());
                let items = (0..list.len()).map(|index| Shown {
                    view: list.item(index),
                    key: item,
                });
                f.debug_list().entries(items).finish()
            }
            View::Map(map) => {
                let value = self.key.and_then(|key| {
                    if let Kind::Map(value) = key.kind {
                        Some(value)
                    } else {
                        None
                    }
                });
                // Without a table entry, the value may be a secret.
                let known = value.is_some_and(|value| !matches!(value.kind, Kind::Any));
                let mut shown = f.debug_map();
                map.each(&mut |name, view| {
                    if known {
                        shown.entry(
                            &name,
                            &Shown {
                                view: *view,
                                key: value,
                            },
                        );
                    } else {
                        shown.entry(&name, &TypeOnly(*view));
                    }
                });
                shown.finish()
            }
            View::Record(record) => debug(record, f),
        }
    }
}

/// Shows the type of a value instead of the value.
pub(crate) struct TypeOnly<'a>(pub(crate) View<'a>);

impl fmt::Debug for TypeOnly<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.type_of() {
            Some(kind) => write!(f, "<{}>", kind.name()),
            None => f.write_str("null"),
        }
    }
}
