//! Enums over all items of a family: how one is chosen, and what becomes of an item that none fits.

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

/// An item that the schema does not know, whole.
#[derive(Clone, PartialEq)]
pub struct UnknownItem {
    /// What it calls itself; `None` where it does not say.
    pub name: Option<String>,
    /// Its keys, without the one that says what it is and without those that all items have.
    pub keys: Dictionary,
}

/// A known item whose keys do not fit the schema, whole.
///
/// Equality is that of the name and the keys: the reason also says where in its document the item stood.
#[derive(Clone)]
pub struct InvalidItem {
    /// What it calls itself.
    pub name: String,
    /// Its keys, without the one that says what it is and without those that all items have.
    pub keys: Dictionary,
    /// What does not fit, and where.
    pub reason: Error,
}

impl PartialEq for InvalidItem {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.keys == other.keys
    }
}

/// A type that an enum over items has a variant for.
pub trait Selected<T> {
    /// The item, where it is of that type.
    fn selected(&self) -> Option<&T>;
}

/// An enum over all items of a family.
pub trait Over: Sized {
    /// The empty item called `name`, to be read into; `None` where no item is called so. Where several are, the reader, at the
    /// start of its keys, tells which it is.
    ///
    /// # Errors
    ///
    /// Where the document is broken.
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error>;
    /// The item's keys, to be read into, where it is a known and valid one.
    fn known_mut(&mut self) -> Option<&mut dyn Record>;
    /// The item with its description, where it is a known and valid one.
    fn known(&self) -> Option<(&dyn Record, &'static Item)>;
    /// The item, where it is an unknown one.
    fn unknown(&self) -> Option<&UnknownItem>;
    /// The item, where it is an invalid one.
    fn invalid(&self) -> Option<&InvalidItem>;
    /// An unknown item.
    fn from_unknown(item: UnknownItem) -> Self;
    /// An invalid item.
    fn from_invalid(item: InvalidItem) -> Self;

    /// What the item calls itself.
    fn name(&self) -> Option<&str> {
        if let Some((_, item)) = self.known() {
            return Some(item.name);
        }
        self.invalid()
            .map(|item| item.name.as_str())
            .or_else(|| self.unknown()?.name.as_deref())
    }

    /// What the schema says of the item, where it is a known and valid one.
    fn item(&self) -> Option<&'static Item> {
        self.known().map(|(_, item)| item)
    }
}

/// Reads the item called `name`, keys that all items have into `beside`; `None` where no item is called so.
fn read_known<E: Over>(name: &str, r: &mut Reader<'_>, beside: &mut dyn Record) -> Result<Option<E>, Error> {
    let mut item = E::choose(name, r)?;
    if let Some(record) = item.as_mut().and_then(E::known_mut) {
        r.record_beside(record, beside)?;
    }
    Ok(item)
}

/// Reads the item that the key `tag` names, the keys that all items have into `beside`, which knows `tag` too.
///
/// # Errors
///
/// Where the document is broken, or the keys in `beside` do not fit; never because the item's own keys do not.
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

/// The item with the value of the key that should say what it is; there is one where that is no text.
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

/// A record that knows no key.
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

/// How an item is written: the key that says what it is, its own keys, those that all items have.
pub(crate) struct Whole<'a, E> {
    /// The key that says what an item is.
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

    /// The field for a key that all items have.
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
        // Where no name is known, the key that says it may be there all the same, as no text.
        let is_name = |key: &str| name.is_some() && key == self.tag;
        let own = self.own();
        // The item's known keys are never those that all items have, its unknown ones may be where a program made it.
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

/// What enums over items have in common: read by the key `$tag`, written with it. Types that implement `$item` are held as
/// `$held`, which is made of a `T`.
macro_rules! over {
    ($type:ident, $tag:literal, $flavour:ident, $item:ident, $held:ty) => {
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
            // A blank one takes memory, and is not needed here.
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
            /// What the schema says of the item; `None` where it is unknown or does not fit.
            #[must_use]
            pub fn item(&self) -> Option<&'static crate::schema::Item> {
                crate::items::item::Over::item(self)
            }

            /// The item, where it is a `T`.
            #[must_use]
            pub fn get<T>(&self) -> Option<&T>
            where
                Self: crate::items::item::Selected<T>,
            {
                crate::items::item::Selected::selected(self)
            }

            /// An item of a type that `apple-mdm-codegen` made from another schema than the crate's: of a vendor, or of a
            /// release that the crate does not know yet. [`read_as`](Self::read_as) is the way back.
            ///
            /// # Errors
            ///
            /// Where it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH).
            pub fn custom<T>(item: &$held) -> Result<Self, crate::error::Error>
            where
                T: $item,
                $held: crate::codec::Write,
            {
                crate::items::item::custom($tag, T::ITEM.name, crate::codec::Write::view(item))
            }

            /// The item as a `T`, also one of another schema; `None` where it calls itself otherwise.
            ///
            /// # Errors
            ///
            /// Where its keys do not fit.
            pub fn read_as<T>(&self) -> Result<Option<$held>, crate::error::Error>
            where
                T: $item,
                $held: crate::codec::Record + crate::codec::Read,
            {
                crate::items::item::read_as($tag, T::ITEM.name, self)
            }
        }
        crate::generated_serde!($type, $flavour);
    };
}
#[allow(unused_imports)]
pub(crate) use over;

/// Shows an enum over items as the item that it holds.
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

/// A record with nothing but the key that says what an item is.
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
                    // Where it is no string, it is kept in the extra.
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
