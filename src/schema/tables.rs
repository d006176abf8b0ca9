//! The tables.

use std::fmt;

use crate::value::keys::hash;
use crate::value::plain;

use super::{Availability, Indices, Introduced, Os, Rule, Version, What};

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// An MDM command, with its response.
    Command,
    /// A payload of a profile.
    Profile,
    /// A check-in message, with its reply.
    CheckIn,
    /// The body of an error response of a server.
    Error,
    /// A declaration: configuration, asset, activation or management.
    Declaration,
    /// The data of a credential asset.
    Credential,
    /// A status item.
    Status,
    /// A message of declarative device management.
    Protocol,
    /// Anything else: device information at enrollment, manifests, setup panes.
    Other,
}

/// One item of the schema.
#[derive(Debug)]
pub struct Item {
    /// What kind of thing it is.
    pub family: Family,
    /// What documents call it: the request, payload, message, declaration, credential or status item type; the name of
    /// the Rust type where they have no name for it.
    pub name: &'static str,
    /// The name of the Rust type.
    pub rust: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// What it is for; empty where it is not described.
    pub description: &'static str,
    /// The files of the schema that it comes from.
    pub files: &'static [&'static str],
    /// What is said of it as a whole; see [`availability`](Self::availability).
    pub support: &'static [(Os, What)],
    /// The key and its only value that tell the item from others of its name.
    pub selector: Option<(&'static str, &'static str)>,
    /// What to use instead, where Apple says so: the name of an item.
    pub replaced_by: Option<&'static str>,
    /// How several configurations of the type are applied: `single`, `multiple` or `combined`.
    pub apply: Option<&'static str>,
    /// Its keys; none for a status item, which is a value.
    pub keys: Option<&'static Dict>,
    /// The keys of the response or reply.
    pub response: Option<&'static Dict>,
    /// The texts it lists, where it is a list of texts (the setup panes).
    pub choices: &'static [Choice],
    /// The reason codes that status reports give for it.
    pub reasons: &'static [Reason],
    /// Status items that tell of the same thing.
    pub related: &'static [&'static str],
}

/// The keys of one dictionary.
///
/// The generator makes them; those that are written by hand start from [`Dict::of`], which takes from the keys what is required and has
/// all of them looked at.
#[derive(Debug)]
pub struct Dict {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The keys, in the schema's order.
    pub keys: &'static [Key],
    /// Where [`index`](Self::index) finds the keys: the index of a key plus one, or 0, at the place that its name hashes to or
    /// the next that was free. Nothing where they are few, which are looked through.
    pub places: &'static [u16],
    /// The keys that the schema requires.
    pub required: Indices,
    /// Whether XML and JSON take all keys as they are, so that none has to be looked through for what must be escaped; `false` where
    /// nobody has made sure.
    pub plain: bool,
    /// Whether no key is required for reading, and a misfit is kept in `extra`: so it is with all that a device writes.
    pub lenient: bool,
    /// Whether it is `lenient` though a server writes it, so that a missing key is an error: profiles.
    pub tolerant: bool,
    /// The key without which it is not read although it is `lenient`: the status of a response.
    pub needed: Option<&'static str>,
    /// The keys of which something may be to be said in a record, beside their availability. Of any other there is nothing, whatever
    /// value of its type it has and whether it is there or not.
    pub open: Indices,
    /// What any other key holds, where the schema has a placeholder for it.
    pub any: Option<&'static Key>,
    /// What must be so in it beside what the keys say.
    pub rules: &'static [Rule],
    /// The indices of the rules that may find something whatever is there. Where [`bearing`](Self::bearing) is empty too, that is
    /// all of them.
    pub always: &'static [u16],
    /// What [`bearing_on`](Self::bearing_on) reads: for each key where its rules begin in this list, then where the last ones end,
    /// then the rules by their indices. Keys past the end have none.
    pub bearing: &'static [u16],
    /// Keys that earlier releases of the schema had, and the last of these.
    pub retired: &'static [(&'static str, &'static str)],
}

/// One key of a dictionary, the item of an array, or the value of any key of a map.
#[derive(Debug)]
pub struct Key {
    /// The key as it stands in the document; empty for items and for values of any key.
    pub name: &'static str,
    /// The name of the field; empty where there is none.
    pub field: &'static str,
    /// What it does, in a sentence; empty where it is not described.
    pub description: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether the schema requires it.
    pub required: bool,
    /// Whether its value must not be shown.
    pub secret: bool,
    /// The values that the schema lists.
    pub choices: &'static [Choice],
    /// Whether only the listed values are allowed.
    pub closed: bool,
    /// What a device takes where the key is absent.
    pub default: Option<Literal>,
    /// What differs from what holds the key; see [`Item::availability`].
    pub support: &'static [(Os, What)],
    /// What is said of few keys; see [`more`](Self::more).
    pub more: Option<&'static More>,
}

/// What the schema says of few keys.
#[derive(Debug)]
pub struct More {
    /// The least value.
    pub min: Option<Literal>,
    /// The greatest value.
    pub max: Option<Literal>,
    /// The least and the greatest number of items.
    pub repetition: Option<(Option<i64>, Option<i64>)>,
    /// A regular expression that the value matches.
    pub format: Option<&'static str>,
    /// The form of a text: `url`, `hostname`, `timestamp` …
    pub value_type: Option<&'static str>,
    /// How the values of several configurations are combined.
    pub combine: Option<&'static str>,
    /// What to use instead, where Apple says so: a key beside it, an item, or `ITEM.KEY`.
    pub replaced_by: Option<&'static str>,
    /// The types of assets that the value may refer to.
    pub asset_types: &'static [&'static str],
    /// The media types that the asset may have.
    pub asset_content_types: &'static [&'static str],
}

/// What the value of a key is.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A floating-point number.
    Real,
    /// A truth value.
    Boolean,
    /// Bytes.
    Data,
    /// A point in time.
    Date,
    /// Anything.
    Any,
    /// An array of items that are all of one kind.
    Array(&'static Key),
    /// A dictionary with known keys.
    Dictionary(&'static Dict),
    /// One of several dictionaries.
    Union(&'static Union),
    /// A dictionary from any key to values of one kind.
    Map(&'static Key),
}

/// Dictionaries that are told apart by the value of a key.
#[derive(Debug)]
pub struct Union {
    /// The key.
    pub tag: &'static str,
    /// Its values and the dictionaries that they stand for, each with what is said of it.
    pub alternatives: &'static [(&'static str, &'static Key)],
}

/// A value that the schema lists.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The value.
    pub value: Literal,
    /// What it stands for, in a sentence or a few words; empty where it is not described.
    pub description: &'static str,
    /// Where it is available, if that differs from its key.
    pub support: &'static [(Os, What)],
}

/// A value in the schema.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Literal {
    String(&'static str),
    Integer(i64),
    Real(f64),
    Boolean(bool),
}

/// A reason code of declarative device management.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(clippy::exhaustive_structs)]
pub struct Reason {
    /// The code.
    pub code: &'static str,
    /// When it is sent; empty where it is not described.
    pub description: &'static str,
    /// The keys of its details and what they hold.
    pub details: &'static [(&'static str, Kind)],
}

impl PartialEq for Kind {
    /// Whether the two are of one type; what they hold is not compared.
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

/// Dictionaries by their names: they may hold themselves.
impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Array(key) => f.debug_tuple("Array").field(&key.kind).finish(),
            Self::Dictionary(dict) => f.debug_tuple("Dictionary").field(&dict.name).finish(),
            Self::Union(union) => f.debug_tuple("Union").field(&union.tag).finish(),
            Self::Map(key) => f.debug_tuple("Map").field(&key.kind).finish(),
            kind => f.write_str(match kind {
                Self::String => "String",
                Self::Integer => "Integer",
                Self::Real => "Real",
                Self::Boolean => "Boolean",
                Self::Data => "Data",
                Self::Date => "Date",
                _ => "Any",
            }),
        }
    }
}

impl Kind {
    /// The type as the schema calls it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Data => "data",
            Self::Date => "date",
            Self::Any => "any",
            Self::Array(_) => "array",
            Self::Dictionary(_) | Self::Union(_) | Self::Map(_) => "dictionary",
        }
    }
}

impl Item {
    /// An item of which nothing is said; what tables start from, see [`Key::EMPTY`].
    pub const EMPTY: Self = Self::new(Family::Other, "", "");

    /// An item of which nothing else is said.
    #[must_use]
    pub const fn new(family: Family, name: &'static str, rust: &'static str) -> Self {
        Self {
            family,
            name,
            rust,
            title: rust,
            description: "",
            files: &[],
            support: &[],
            selector: None,
            replaced_by: None,
            apply: None,
            keys: None,
            response: None,
            choices: &[],
            reasons: &[],
            related: &[],
        }
    }

    /// The first version of a system that has the item, `0.0` where every version does; `None` where none has it.
    ///
    /// ```
    /// use apple_mdm::schema::{Described, Os, Version};
    ///
    /// let item = apple_mdm::commands::SetFirmwarePassword::ITEM;
    /// assert_eq!(item.minimum(Os::Macos), Some(Version::new(10, 13, 0)));
    /// assert_eq!(item.minimum(Os::Ios), None);
    /// ```
    #[must_use]
    pub fn minimum(&self, os: Os) -> Option<Version> {
        match Availability::of(self.support).on(os).since {
            Introduced::In(version) => Some(version),
            Introduced::Always => Some(Version::new(0, 0, 0)),
            Introduced::Never | Introduced::Unstated => None,
        }
    }
}

impl Dict {
    /// A dictionary without keys or a name; what tables start from, see [`Key::EMPTY`].
    pub const EMPTY: Self = Self::new("");

    /// A dictionary without keys.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            keys: &[],
            places: &[],
            required: Indices::EMPTY,
            plain: false,
            lenient: false,
            tolerant: false,
            needed: None,
            open: Indices::EMPTY,
            any: None,
            rules: &[],
            always: &[],
            bearing: &[],
            retired: &[],
        }
    }

    /// A dictionary with these keys, of which nothing is known but what they say themselves: what tables that are written by hand start
    /// from.
    ///
    /// ```
    /// use apple_mdm::schema::{Dict, Key, Kind};
    ///
    /// const KEYS: &[Key] = &[Key { required: true, ..Key::new("Name", Kind::String) }, Key::new("Size", Kind::Integer)];
    /// static TABLE: Dict = Dict { lenient: true, ..Dict::of("Thing", KEYS) };
    /// assert!(TABLE.required.contains(0) && !TABLE.required.contains(1));
    /// assert!(TABLE.open.contains(0) && TABLE.open.contains(1));
    /// ```
    #[must_use]
    pub const fn of(name: &'static str, keys: &'static [Key]) -> Self {
        let mut dict = Self::new(name);
        dict.keys = keys;
        let mut index = 0;
        while index < keys.len() {
            dict.open = dict.open.with(index);
            if keys[index].required {
                dict.required = dict.required.with(index);
            }
            index += 1;
        }
        dict
    }

    /// The index of the key called `name`.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<usize> {
        if self.places.is_empty() {
            return self.keys.iter().position(|key| plain::same(key.name, name));
        }
        let last = self.places.len() - 1;
        let mut at = hash(name) & last;
        loop {
            // Past the last key there is always a place without one.
            let index = usize::from(self.places[at]).checked_sub(1)?;
            if plain::same(self.keys[index].name, name) {
                return Some(index);
            }
            at = (at + 1) & last;
        }
    }

    /// The indices of the rules that may find something where the key with this index is there.
    #[must_use]
    #[inline]
    pub fn bearing_on(&self, index: usize) -> &'static [u16] {
        let rules = match (self.bearing.get(index), self.bearing.get(index + 1), self.bearing) {
            // The first ones begin behind the last place.
            (Some(from), Some(to), [first, ..]) if index + 1 < usize::from(*first) => {
                self.bearing.get(usize::from(*from)..usize::from(*to))
            }
            _ => None,
        };
        rules.unwrap_or_default()
    }

    /// The name of the key with this index, empty past the end.
    pub(crate) fn name_of(&self, index: usize) -> &'static str {
        self.keys.get(index).map_or("", |key| key.name)
    }

    /// The key called `name`.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.index(name).map(|index| &self.keys[index])
    }
}

impl Key {
    /// A key of any value, of which nothing is said. Tables start from it and not from [`new`](Self::new): thousands of calls are
    /// much slower to compile.
    pub const EMPTY: Self = Self::new("", Kind::Any);

    /// An optional key of which nothing else is said.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            field: "",
            description: "",
            kind,
            required: false,
            secret: false,
            choices: &[],
            closed: false,
            default: None,
            support: &[],
            more: None,
        }
    }

    /// What the schema says of few keys: bounds, forms, what is to be used instead.
    ///
    /// ```
    /// use apple_mdm::schema::{Family, Literal, item};
    ///
    /// let passcode = item(Family::Profile, "com.apple.mobiledevice.passwordpolicy").unwrap();
    /// let length = passcode.place("minLength").unwrap().key;
    /// assert_eq!(length.more().max, Some(Literal::Integer(16)));
    /// ```
    #[must_use]
    #[inline]
    pub const fn more(&self) -> &'static More {
        match self.more {
            Some(more) => more,
            None => &More::EMPTY,
        }
    }
}

impl More {
    /// Nothing; what tables start from, see [`Key::EMPTY`].
    pub const EMPTY: Self = Self {
        min: None,
        max: None,
        repetition: None,
        format: None,
        value_type: None,
        combine: None,
        replaced_by: None,
        asset_types: &[],
        asset_content_types: &[],
    };
}

impl Choice {
    /// A choice of which nothing is said; what tables start from, see [`Key::EMPTY`].
    pub const EMPTY: Self = Self {
        value: Literal::Boolean(false),
        description: "",
        support: &[],
    };
}

impl Literal {
    /// The default of many keys, under a name that tables have.
    pub const SOME_TRUE: Option<Self> = Some(Self::Boolean(true));
    /// The default of most keys that have one, under a name that tables have.
    pub const SOME_FALSE: Option<Self> = Some(Self::Boolean(false));
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Real(number) => number.fmt(f),
            Self::Boolean(flag) => flag.fmt(f),
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Command => "command",
            Self::Profile => "payload",
            Self::CheckIn => "check-in message",
            Self::Error => "error body",
            Self::Declaration => "declaration",
            Self::Credential => "credential",
            Self::Status => "status item",
            Self::Protocol => "protocol message",
            Self::Other => "document",
        })
    }
}

/// A type that the schema describes as an item.
pub trait Described {
    /// What the schema says of it.
    const ITEM: &'static Item;
}
