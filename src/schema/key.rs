//! Keys: what their values are, and what is said of them.

use std::fmt;

use super::{Dict, Fact, Os};

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
    /// What differs from what holds the key; see [`Item::availability`](super::Item::availability).
    pub support: &'static [(Os, Fact)],
    /// What is said of few keys; see [`details`](Self::details).
    pub details: Option<&'static KeyDetails>,
}

/// What the schema says of few keys.
#[derive(Debug)]
pub struct KeyDetails {
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
    pub support: &'static [(Os, Fact)],
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
            details: None,
        }
    }

    /// What the schema says of few keys: bounds, forms, what is to be used instead.
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
