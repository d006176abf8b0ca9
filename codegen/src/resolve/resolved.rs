//! The resolved items with their Rust types.

use crate::model::{Fact, Family, Key, Reason, Related};
use crate::problem::Problem;
use crate::rules;

/// All resolved items.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The items, sorted by family and name.
    pub items: Vec<Item>,
    /// Statements of the schema that contradict others.
    pub warnings: Vec<Problem>,
}

/// One item: a command, payload, message …
#[derive(Debug, Clone)]
pub struct Item {
    /// The kind of item.
    pub family: Family,
    /// The name of its Rust type.
    pub name: String,
    /// The module of its nested types.
    pub module: String,
    /// The type of the item in documents.
    pub identifier: Option<String>,
    /// The files that it comes from.
    pub paths: Vec<String>,
    /// The title.
    pub title: String,
    /// The description.
    pub description: Option<String>,
    /// More documentation.
    pub content: Option<String>,
    /// How a device applies several configurations of this type.
    pub apply: Option<String>,
    /// The availability.
    pub support: Vec<Fact>,
    /// The key and value that distinguish it from other items with the same identifier.
    pub selector: Option<(String, String)>,
    /// Whether only tables are generated.
    pub tables_only: bool,
    /// What to use instead, if Apple says so.
    pub replaced_by: Option<String>,
    /// Other names that documents have for it.
    pub aliases: Vec<String>,
    /// Reason codes.
    pub reasons: Vec<Reason>,
    /// Related status items.
    pub related: Vec<Related>,
    /// The types of `payloadkeys`. The first one is the item itself.
    pub request: Vec<Type>,
    /// The types of `responsekeys`. The first one is the response itself.
    pub response: Vec<Type>,
}

impl Item {
    /// Whether it is a single status item, generated as a unit struct. Its value is in the type of all status items.
    #[must_use]
    pub fn is_status_marker(&self) -> bool {
        self.family == Family::Status && self.identifier.is_some() && !self.is_common()
    }

    /// Whether it describes the keys that all items of the family share.
    #[must_use]
    pub fn is_common(&self) -> bool {
        is_common(self.identifier.as_deref())
    }
}

/// Whether an identifier stands for the keys that all items of a family share.
pub(crate) fn is_common(identifier: Option<&str>) -> bool {
    let common = ["TopLevel", "CommonPayloadKeys", "any", "status-reason"];
    identifier.is_some_and(|identifier| common.contains(&identifier))
}

/// A Rust type.
#[derive(Debug, Clone)]
pub struct Type {
    /// The name.
    pub name: String,
    /// The documentation.
    pub doc: Option<String>,
    /// The path of the first key with this type; empty for the item itself.
    pub path: String,
    /// The kind of type.
    pub shape: Shape,
}

/// The kind of a Rust type.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A dictionary with known keys.
    Struct(Struct),
    /// One of several texts.
    Enum(Vec<Variant>),
    /// One of several dictionaries, distinguished by the value of a key.
    Union {
        /// The discriminator.
        tag: String,
        /// The name of the variant, the value of the tag and the type.
        variants: Vec<(String, String, usize)>,
        /// The key of each variant in the schema.
        keys: Vec<Key>,
    },
}

/// A dictionary with known keys.
#[derive(Debug, Clone)]
pub struct Struct {
    /// The keys.
    pub fields: Vec<Field>,
    /// Whether keys may be missing or have values of the wrong type: a device writes the dictionary, or it is `tolerant`.
    pub lenient: bool,
    /// Whether it is `lenient` although a server writes it.
    pub tolerant: bool,
    /// The values of all other keys, if the schema has a placeholder for them.
    pub any: Option<Box<Field>>,
    /// The rules.
    pub rules: Vec<rules::Resolved>,
    /// Keys of earlier releases, each with the last release that had it.
    pub retired: Vec<(String, String)>,
}

/// A key of a dictionary.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key in the schema.
    pub key: Key,
    /// The name of the field.
    pub name: String,
    /// The type, without `Option`.
    pub ty: Ty,
    /// Whether the field is not an `Option`.
    pub required: bool,
    /// Whether the field is boxed, because the type contains itself.
    pub boxed: bool,
    /// The only possible value of a discriminator, which has no field.
    pub constant: Option<String>,
}

/// A variant of an enum of texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The name.
    pub name: String,
    /// The value in documents.
    pub value: String,
    /// The documentation.
    pub doc: Option<String>,
    /// How its availability differs from that of the key.
    pub support: Vec<Fact>,
}

/// The Rust type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `f64`
    Real,
    /// `bool`
    Boolean,
    /// `Data`
    Data,
    /// `Date`
    Date,
    /// `Value`
    Any,
    /// `Dictionary`
    Dictionary,
    /// `Vec`
    Array(Box<Element>),
    /// `OneOrMany`
    OneOrMany(Box<Element>),
    /// `BTreeMap<String, _>`
    Map(Box<Element>),
    /// A type of the same section, by index.
    Type(usize),
    /// A type from elsewhere in the crate.
    Rust(String),
}

/// The item of an array, or the value of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// The key in the schema.
    pub key: Key,
    /// The type.
    pub ty: Ty,
}
