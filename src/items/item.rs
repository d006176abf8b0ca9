//! Enums over all items of a family: choosing the variant, and keeping items that match none.

mod custom;

use std::fmt;

use crate::codec::Reader;
use crate::codec::debug::TypeOnly;
use crate::codec::{Read, Record, View, Write};
use crate::error::Error;
use crate::schema::{Dict, Item};
use crate::value::Dictionary;

#[allow(unused_imports)]
pub(crate) use custom::{custom, read_as};

/// An item that the schema does not define.
#[derive(Clone, PartialEq)]
pub struct UnknownItem {
    /// The name in the document, or `None` if there is none.
    pub name: Option<String>,
    /// Its keys, except the discriminator and the keys that all items of the family have.
    pub keys: Dictionary,
}

/// A known item whose keys do not match the schema.
///
/// Equality compares the name and the keys but not the reason, which contains a position in the document.
#[derive(Clone)]
pub struct InvalidItem {
    /// The name in the document.
    pub name: String,
    /// Its keys, except the discriminator and the keys that all items of the family have.
    pub keys: Dictionary,
    /// What does not match the schema, and where.
    pub reason: Error,
}

impl PartialEq for InvalidItem {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.keys == other.keys
    }
}

/// An enum over items that has a variant for `T`.
pub trait Selected<T> {
    /// Returns the item if it is a `T`.
    fn selected(&self) -> Option<&T>;
}

/// An enum over all items of a family.
pub trait Over: Sized {
    /// Creates a blank item called `name`, or returns `None` if there is no such item. If several items have that name, looks ahead in
    /// `r`, which is before the item's dictionary.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is malformed.
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error>;
    /// Returns the record of a known and valid item, to read into it.
    fn known_mut(&mut self) -> Option<&mut dyn Record>;
    /// Returns the record and the table of a known and valid item.
    fn known(&self) -> Option<(&dyn Record, &'static Item)>;
    /// Returns the item if it is unknown.
    fn unknown(&self) -> Option<&UnknownItem>;
    /// Returns the item if it is invalid.
    fn invalid(&self) -> Option<&InvalidItem>;
    /// Wraps an unknown item.
    fn from_unknown(item: UnknownItem) -> Self;
    /// Wraps an invalid item.
    fn from_invalid(item: InvalidItem) -> Self;

    /// Returns the name in the document.
    fn name(&self) -> Option<&str> {
        if let Some((record, item)) = self.known() {
            return Some(alias(record, item).unwrap_or(item.name));
        }
        self.invalid()
            .map(|item| item.name.as_str())
            .or_else(|| self.unknown()?.name.as_deref())
    }

    /// Returns the table of a known and valid item.
    fn item(&self) -> Option<&'static Item> {
        self.known().map(|(_, item)| item)
    }
}

/// Reads the item called `name`, and the keys of all items into `beside`. Returns `None` if there is no such item.
fn read_known<E: Over>(name: &str, r: &mut Reader<'_>, beside: &mut dyn Record) -> Result<Option<E>, Error> {
    let mut item = E::choose(name, r)?;
    let known = item.as_ref().and_then(E::item);
    if let Some(record) = item.as_mut().and_then(E::known_mut) {
        r.record_beside(record, beside)?;
        // The name is kept if it is not the one that the type writes.
        if let Some(known) = known
            && let Some(tag) = known.family.discriminator()
            && known.aliases.contains(&name)
        {
            r.add_unknown(record, tag, name.into())?;
        }
    }
    Ok(item)
}

/// Returns the alias by which a document called the item.
fn alias<'a>(record: &'a dyn Record, item: &Item) -> Option<&'a str> {
    let name = record.extra().get(item.family.discriminator()?)?.as_str()?;
    item.aliases.contains(&name).then_some(name)
}

/// Reads the item that the discriminator `tag` names, and the keys of all items, including `tag`, into a `B`.
///
/// # Errors
///
/// Returns an error if the document is malformed, or if the keys of `B` do not match. An item whose own keys do not match is invalid
/// instead.
pub fn read_over<E: Over, B: Record + Read>(tag: &str, r: &mut Reader<'_>) -> Result<(E, B), Error> {
    let mark = r.mark();
    let name = r.find(tag)?;
    let mut reason = None;
    if let Some(name) = &name {
        let mut beside = B::blank();
        match read_known(name, r, &mut beside) {
            Ok(Some(item)) => return Ok((item, beside)),
            Ok(None) => {}
            Err(why) if why.is_misfit() => reason = Some(why),
            Err(why) => return Err(why),
        }
        r.rewind(&mark);
    }
    let mut rest = Rest::default();
    let mut beside = B::blank();
    r.record_beside(&mut rest, &mut beside)?;
    let keys = rest.extra.into_dictionary();
    let item = match (name, reason) {
        (Some(name), Some(reason)) => E::from_invalid(InvalidItem {
            name: name.into_owned(),
            keys,
            reason,
        }),
        (name, _) => E::from_unknown(UnknownItem {
            name: name.map(Into::into),
            keys,
        }),
    };
    Ok((item, beside))
}

/// Returns the item with the value of its discriminator, if that value is not a text.
pub(crate) fn with_name<E: Over>(item: E, name: crate::codec::Extra) -> E {
    match item.unknown() {
        Some(unknown) if !name.is_empty() => {
            let mut keys = name.into_dictionary();
            keys.extend(unknown.keys.clone());
            E::from_unknown(UnknownItem { name: None, keys })
        }
        _ => item,
    }
}

/// A record without known keys.
#[derive(Default)]
struct Rest {
    extra: crate::codec::Extra,
}

impl Record for Rest {
    fn parts(&self) -> (&'static crate::schema::Dict, &crate::codec::Extra) {
        static NOTHING: crate::schema::Dict = crate::schema::Dict::new("Rest");
        (&NOTHING, &self.extra)
    }
    fn get(&self, _: usize) -> View<'_> {
        View::Absent
    }
    fn set(&mut self, _: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        r.keep(&mut self.extra)
    }
    fn empty() -> Self {
        Self::default()
    }
}

/// The view of an item as a dictionary: the discriminator, its own keys, and the keys of all items.
pub(crate) struct Whole<'a, E> {
    /// The discriminator.
    pub(crate) tag: &'static str,
    pub(crate) item: &'a E,
    pub(crate) beside: Option<&'a dyn Record>,
}

impl<'a, E: Over> Whole<'a, E> {
    fn own(&self) -> View<'a> {
        if let Some((record, _)) = self.item.known() {
            return View::Record(record);
        }
        let keys = self.item.unknown().map(|item| &item.keys);
        keys.or_else(|| self.item.invalid().map(|item| &item.keys))
            .map_or(View::Absent, Write::view)
    }

    /// Returns the field of a key that all items have.
    fn field_beside(&self, key: &str) -> View<'a> {
        let index = self.beside.and_then(|beside| beside.table().index(key));
        self.beside
            .zip(index)
            .map_or(View::Absent, |(beside, index)| beside.get(index))
    }

    pub(crate) fn value(&self, key: &str) -> View<'a> {
        if key == self.tag
            && let Some(name) = self.item.name()
        {
            return View::String(name);
        }
        let field = self.field_beside(key);
        if !field.is_absent() {
            return field;
        }
        let own = self.own().value(key);
        match self.beside {
            Some(beside) if own.is_absent() => beside.value(key),
            _ => own,
        }
    }

    pub(crate) fn part(&self, table: &'static Dict) -> Option<&'a dyn Record> {
        let is = |record: &&'a dyn Record| std::ptr::eq(record.table(), table);
        let own = self.item.known().map(|(record, _)| record);
        own.filter(is).or(self.beside.filter(is))
    }

    pub(crate) fn each(&self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        let name = self.item.name();
        if let Some(name) = name {
            f(self.tag, &View::String(name));
        }
        // If the name is not known, the discriminator can still be present with a value that is not a text.
        let is_name = |key: &str| name.is_some() && key == self.tag;
        let own = self.own();
        // The known keys of an item are never keys of all items. Unknown keys that a program added may be.
        let only_known = matches!(own, View::Record(record) if record.extra().is_empty());
        own.each(&mut |key, view| {
            if !is_name(key) && (only_known || self.field_beside(key).is_absent()) {
                f(key, view);
            }
        });
        let Some(beside) = self.beside else { return };
        let only_known = beside.extra().is_empty();
        beside.each(&mut |key, view| {
            if only_known || !is_name(key) && (own.value(key).is_absent() || !self.field_beside(key).is_absent()) {
                f(key, view);
            }
        });
    }
}

/// Implements reading and writing for an enum over items with the discriminator `$tag`. An item type `T` implements `$item`, and the
/// enum holds it as `$held`.
macro_rules! over {
    ($type:ident, $tag:literal, $flavor:ident, $item:ident, $held:ty) => {
        impl crate::codec::Read for $type {
            fn blank() -> Self {
                crate::items::item::Over::from_unknown(crate::items::item::UnknownItem {
                    name: None,
                    keys: crate::value::Dictionary::default(),
                })
            }
            fn fill(&mut self, r: &mut crate::codec::reader::Reader<'_>) -> Result<(), crate::error::Error> {
                *self = Self::read(r)?;
                Ok(())
            }
            fn read(r: &mut crate::codec::reader::Reader<'_>) -> Result<Self, crate::error::Error> {
                crate::items::item::tag_record!(Tag, $tag);
                let (item, tag) = crate::items::item::read_over::<Self, Tag>($tag, r)?;
                Ok(crate::items::item::with_name(item, tag.0))
            }
        }
        impl crate::codec::Write for $type {
            fn view(&self) -> crate::codec::View<'_> {
                crate::codec::View::Map(self)
            }
        }
        impl crate::codec::Map for $type {
            fn len(&self) -> usize {
                let mut count = 0;
                self.each(&mut |_, _| count += 1);
                count
            }
            fn value(&self, key: &str) -> crate::codec::View<'_> {
                crate::items::item::Whole {
                    tag: $tag,
                    item: self,
                    beside: None,
                }
                .value(key)
            }
            fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &crate::codec::View<'a>)) {
                crate::items::item::Whole {
                    tag: $tag,
                    item: self,
                    beside: None,
                }
                .each(f);
            }
            fn part(&self, table: &'static crate::schema::Dict) -> Option<&dyn crate::codec::Record> {
                crate::items::item::Whole {
                    tag: $tag,
                    item: self,
                    beside: None,
                }
                .part(table)
            }
        }
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                crate::items::item::debug(self, f)
            }
        }
        impl $type {
            /// Returns the table of the item. `None` if it is unknown or invalid.
            #[must_use]
            pub fn item(&self) -> Option<&'static crate::schema::Item> {
                crate::items::item::Over::item(self)
            }

            /// Returns the item if it is a `T`.
            #[must_use]
            pub fn get<T>(&self) -> Option<&T>
            where
                Self: crate::items::item::Selected<T>,
            {
                crate::items::item::Selected::selected(self)
            }

            /// Converts an item whose type `apple-mdm-codegen` generated from another schema, for example a vendor's.
            /// [`read_as`](Self::read_as) converts back.
            ///
            /// # Errors
            ///
            /// Returns an error if it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH).
            pub fn custom<T>(item: &$held) -> Result<Self, crate::error::Error>
            where
                T: $item,
                $held: crate::codec::Write,
            {
                crate::items::item::custom($tag, T::ITEM.name, crate::codec::Write::view(item))
            }

            /// Converts the item to a `T`, which can come from another schema. Returns `None` if the item has another name.
            ///
            /// # Errors
            ///
            /// Returns an error if its keys do not match.
            pub fn read_as<T>(&self) -> Result<Option<$held>, crate::error::Error>
            where
                T: $item,
                $held: crate::codec::Record + crate::codec::Read,
            {
                crate::items::item::read_as($tag, T::ITEM.name, self)
            }
        }
        crate::generated_serde!($type, $flavor);
    };
}
#[allow(unused_imports)]
pub(crate) use over;

/// Shows the item in an enum over items.
pub(crate) fn debug<E: Over>(item: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some((record, _)) = item.known() {
        return crate::codec::debug::debug(record, f);
    }
    match (item.unknown(), item.invalid()) {
        (Some(item), _) => fmt::Debug::fmt(item, f),
        (_, Some(item)) => fmt::Debug::fmt(item, f),
        _ => Ok(()),
    }
}

struct Types<'a>(&'a Dictionary);

impl fmt::Debug for Types<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.iter().map(|(key, value)| (key, TypeOnly(value.view()))))
            .finish()
    }
}

impl fmt::Debug for UnknownItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unknown")
            .field("name", &self.name)
            .field("keys", &Types(&self.keys))
            .finish()
    }
}

impl fmt::Debug for InvalidItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invalid")
            .field("name", &self.name)
            .field("keys", &Types(&self.keys))
            .field("reason", &self.reason)
            .finish()
    }
}

/// Defines a record whose only key is the discriminator.
macro_rules! tag_record {
    ($name:ident, $key:literal) => {
        struct $name(crate::codec::Extra);

        impl crate::codec::Record for $name {
            fn parts(&self) -> (&'static crate::schema::Dict, &crate::codec::Extra) {
                use crate::schema::{Dict, Key, Kind};
                static TAG: Dict = Dict {
                    lenient: true,
                    ..Dict::of(stringify!($name), &[Key::new($key, Kind::String)])
                };
                (&TAG, &self.0)
            }
            fn get(&self, _: usize) -> crate::codec::View<'_> {
                crate::codec::View::Absent
            }
            fn set(
                &mut self,
                index: usize,
                r: &mut crate::codec::reader::Reader<'_>,
            ) -> Result<(), crate::error::Error> {
                match index {
                    // A value that is not a string is kept in `extra`.
                    0 => r.string().map(drop),
                    _ => r.keep(&mut self.0),
                }
            }
            fn empty() -> Self {
                Self(crate::codec::Extra::default())
            }
        }
    };
}
#[allow(unused_imports)]
pub(crate) use tag_record;
