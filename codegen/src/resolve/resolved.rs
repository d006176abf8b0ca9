//! What resolving yields: the items with their Rust types, ready to be written.

use crate::model::{Fact, Family, Key, Reason, Related};
use crate::problem::Problem;
use crate::rules;

/// Everything that is generated, by family.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The items, in the order of their names.
    pub items: Vec<Item>,
    /// Statements of the schema that contradict others.
    pub warnings: Vec<Problem>,
}

/// One item: a command, payload, message …
#[derive(Debug, Clone)]
pub struct Item {
    /// What kind it is.
    pub family: Family,
    /// The name of its Rust type.
    pub name: String,
    /// The module of its nested types.
    pub module: String,
    /// The type that documents state.
    pub identifier: Option<String>,
    /// The files it comes from.
    pub paths: Vec<String>,
    /// Its name for people.
    pub title: String,
    /// What it is for.
    pub description: Option<String>,
    /// More on it.
    pub content: Option<String>,
    /// How several configurations of the type are applied.
    pub apply: Option<String>,
    /// What it supports.
    pub support: Vec<Fact>,
    /// The key and value that tell it from the other items with its identifier.
    pub selector: Option<(String, String)>,
    /// Whether only tables are generated.
    pub tables_only: bool,
    /// What to use instead, where Apple says so.
    pub replaced_by: Option<String>,
    /// Reason codes.
    pub reasons: Vec<Reason>,
    /// Related status items.
    pub related: Vec<Related>,
    /// The types of `payloadkeys`; the first one is the item itself.
    pub request: Vec<Type>,
    /// The types of `responsekeys`; the first one is the response itself.
    pub response: Vec<Type>,
}

impl Item {
    /// Whether it is a status item on its own: its value stands in the tree of all of them.
    #[must_use]
    pub fn is_status_marker(&self) -> bool {
        self.family == Family::Status && self.identifier.is_some() && !self.is_common()
    }

    /// Whether it is no item of its kind but what all of them have in common.
    #[must_use]
    pub fn is_common(&self) -> bool {
        is_common(self.identifier.as_deref())
    }
}

/// Whether an identifier stands for what all items of a kind have in common.
pub(crate) fn is_common(identifier: Option<&str>) -> bool {
    let common = ["TopLevel", "CommonPayloadKeys", "any", "status-reason"];
    identifier.is_some_and(|identifier| common.contains(&identifier))
}

/// A Rust type.
#[derive(Debug, Clone)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub doc: Option<String>,
    /// The path of the key that it is the value of, the first one where there are several; empty for the item itself.
    pub path: String,
    /// What it is.
    pub shape: Shape,
}

/// What a type is.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A dictionary with known keys.
    Struct(Struct),
    /// One of several texts.
    Enum(Vec<Variant>),
    /// One of several dictionaries, told apart by a key.
    Union {
        /// The key.
        tag: String,
        /// The name of the variant, the value of the tag and the type.
        variants: Vec<(String, String, usize)>,
        /// What the schema says of each.
        keys: Vec<Key>,
    },
}

/// A dictionary with known keys.
#[derive(Debug, Clone)]
pub struct Struct {
    /// The keys.
    pub fields: Vec<Field>,
    /// Whether nothing is required for reading, and what does not fit is kept: a device writes it, or it is `tolerant`.
    pub lenient: bool,
    /// Whether it is `lenient` though a server writes it.
    pub tolerant: bool,
    /// The value of any other key, where the schema has a placeholder for it.
    pub any: Option<Box<Field>>,
    /// The rules on it.
    pub rules: Vec<rules::Resolved>,
    /// Keys that earlier releases had, and the last of these.
    pub retired: Vec<(String, String)>,
}

/// A key of a dictionary.
#[derive(Debug, Clone)]
pub struct Field {
    /// What the schema says of it.
    pub key: Key,
    /// The name of the field.
    pub name: String,
    /// Its type, without `Option`.
    pub ty: Ty,
    /// Whether the field is no `Option`.
    pub required: bool,
    /// Whether it must be boxed, since the type holds itself.
    pub boxed: bool,
    /// The only value it can have: it tells alternatives apart and is no field.
    pub constant: Option<String>,
}

/// One text of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The name.
    pub name: String,
    /// The text in documents.
    pub value: String,
    /// What it stands for.
    pub doc: Option<String>,
    /// Where it is available, if that is stated.
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
    /// `BTreeMap<String, _>`
    Map(Box<Element>),
    /// A type of the same section, by index.
    Type(usize),
    /// A type from elsewhere in the crate.
    Rust(String),
}

/// The item of an array or the value of a map: a key without a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What the schema says of it.
    pub key: Key,
    /// Its type.
    pub ty: Ty,
}
