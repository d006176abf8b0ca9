//! Keys and the kinds of their values.

use std::fmt;

use super::{Dict, Fact, Os};

/// The table entry for a key of a dictionary, the elements of an array, or the values of a map.
#[derive(Debug)]
pub struct Key {
    /// The key in documents. Empty for the elements of an array and the values of a map.
    pub name: &'static str,
    /// The name of the Rust field. Empty if there is none.
    pub field: &'static str,
    /// The description, or an empty text.
    pub description: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// Whether the schema requires it.
    pub required: bool,
    /// Whether its value is a secret, which is never shown.
    pub secret: bool,
    /// The values that the schema lists.
    pub choices: &'static [Choice],
    /// Whether only the values in [`choices`](Self::choices) are allowed.
    pub closed: bool,
    /// Whether Apple adds to [`choices`](Self::choices) with each release, so that any other value is probably a mistake.
    pub open: bool,
    /// The value that a device assumes if the key is absent.
    pub default: Option<Literal>,
    /// The facts that differ from those of the enclosing key or item; see [`Item::availability`](super::Item::availability).
    pub support: &'static [(Os, Fact)],
    /// Facts that few keys have; see [`details()`](Self::details()).
    pub details: Option<&'static KeyDetails>,
}

/// Facts that few keys have.
#[derive(Debug)]
pub struct KeyDetails {
    /// The minimum.
    pub min: Option<Literal>,
    /// The maximum.
    pub max: Option<Literal>,
    /// The minimum and the maximum number of elements.
    pub repetition: Option<(Option<i64>, Option<i64>)>,
    /// A regular expression that the whole value must match.
    pub format: Option<&'static str>,
    /// The format of a text: `url`, `hostname`, `timestamp` …
    pub value_type: Option<&'static str>,
    /// How a device combines the values of several configurations.
    pub combine: Option<&'static str>,
    /// What to use instead, if Apple says so: a key of the same dictionary, an item, or `ITEM.KEY`.
    pub replaced_by: Option<&'static str>,
    /// The types of assets that the value can refer to.
    pub asset_types: &'static [&'static str],
    /// The media types that the asset can have.
    pub asset_content_types: &'static [&'static str],
}

/// The kind of a value.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// Text.
    String,
    /// An integer.
    Integer,
    /// A floating-point number.
    Real,
    /// A boolean.
    Boolean,
    /// Bytes.
    Data,
    /// A date and time.
    Date,
    /// A value of any kind.
    Any,
    /// An array whose elements are all of one kind.
    Array(&'static Key),
    /// A single value of a kind, or an array of such values.
    OneOrMany(&'static Key),
    /// A dictionary with known keys.
    Dictionary(&'static Dict),
    /// One of several dictionaries.
    Union(&'static Union),
    /// A dictionary with arbitrary keys, whose values are all of one kind.
    Map(&'static Key),
}

/// Alternative dictionaries, distinguished by the value of a key.
#[derive(Debug)]
pub struct Union {
    /// The key that distinguishes them.
    pub tag: &'static str,
    /// The values of that key, each with its dictionary.
    pub alternatives: &'static [(&'static str, &'static Key)],
}

/// A value that the schema lists.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The value.
    pub value: Literal,
    /// The meaning, or an empty text.
    pub description: &'static str,
    /// The facts that differ from those of its key.
    pub support: &'static [(Os, Fact)],
}

/// A value that the schema states, such as a default.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub enum Literal {
    String(&'static str),
    Integer(i64),
    Real(f64),
    Boolean(bool),
}

impl PartialEq for Kind {
    /// Compares the types only, not the kinds of elements or the tables.
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

/// Shows the name of a dictionary instead of its table, because a dictionary can contain itself.
impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Array(key) => f.debug_tuple("Array").field(&key.kind).finish(),
            Self::OneOrMany(key) => f.debug_tuple("OneOrMany").field(&key.kind).finish(),
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
    /// Returns the name of the type in the schema, or for example `string or array of strings`.
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
            Self::OneOrMany(element) => match element.kind {
                Self::String => "string or array of strings",
                Self::Dictionary(_) | Self::Union(_) | Self::Map(_) => "dictionary or array of dictionaries",
                _ => "value or array of values",
            },
            Self::Dictionary(_) | Self::Union(_) | Self::Map(_) => "dictionary",
        }
    }

    /// Returns the entry of an array's elements, also if a single value can replace the array.
    #[must_use]
    pub const fn element(&self) -> Option<&'static Key> {
        match self {
            Self::Array(element) | Self::OneOrMany(element) => Some(element),
            _ => None,
        }
    }
}

impl Key {
    /// A key without any details. Generated tables start from this constant because thousands of calls of [`new`](Self::new) take much
    /// longer to compile.
    pub const EMPTY: Self = Self::new("", Kind::Any);

    /// An optional key without any details.
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
            open: false,
            default: None,
            support: &[],
            details: None,
        }
    }

    /// Returns the facts that few keys have, such as bounds, formats and replacements.
    ///
    /// ```
    /// use apple_mdm::schema::{Family, Literal, item};
    ///
    /// let passcode = item(Family::Profile, "com.apple.mobiledevice.passwordpolicy").unwrap();
    /// let length = passcode.place("minLength").unwrap().key;
    /// assert_eq!(length.details().max, Some(Literal::Integer(16)));
    /// ```
    #[must_use]
    #[inline]
    pub const fn details(&self) -> &'static KeyDetails {
        match self.details {
            Some(details) => details,
            None => &KeyDetails::EMPTY,
        }
    }
}

impl KeyDetails {
    /// No details. Generated tables start from it, see [`Key::EMPTY`].
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
    /// A choice without any details. Generated tables start from it, see [`Key::EMPTY`].
    pub const EMPTY: Self = Self {
        value: Literal::Boolean(false),
        description: "",
        support: &[],
    };
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
