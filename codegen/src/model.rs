//! The schema as plain data: the content of the files, with nothing derived from it.

mod availability;

use std::collections::BTreeMap;

pub use availability::{Fact, Os, Property, Version};

/// All files of a schema folder, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The release that the folder states in `RELEASE.yaml`.
    pub release: Release,
    /// The files.
    pub files: Vec<File>,
}

/// The release of the schema.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Release {
    /// The name, such as `OS 27.0`.
    pub name: String,
    /// Remarks about the state of the schema, such as corrections.
    pub notes: Vec<String>,
}

/// The kind of item that a file describes. The folder determines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Family {
    Command,
    Profile,
    CheckIn,
    Error,
    Declaration,
    Credential,
    Status,
    Protocol,
    Other,
}

/// One file: an item and its keys.
#[derive(Debug, Clone)]
pub struct File {
    /// The path within the schema folder, with `/` as the separator.
    pub path: String,
    /// The kind of item.
    pub family: Family,
    /// The title.
    pub title: String,
    /// The description, in one or two sentences.
    pub description: Option<String>,
    /// More documentation (`payload.content`).
    pub content: Option<String>,
    /// `requesttype`, `payloadtype`, `declarationtype`, `statusitemtype` or `credentialtype`.
    pub identifier: Option<String>,
    /// How several configurations of this type are applied.
    pub apply: Option<String>,
    /// The availability of the item as a whole.
    pub support: Vec<Fact>,
    /// The lists of keys in the file. A list that is used in several places occurs once.
    pub lists: Vec<Vec<Key>>,
    /// `payloadkeys`.
    pub keys: Option<ListId>,
    /// `responsekeys`.
    pub response: Option<ListId>,
    /// Reason codes of declarative management.
    pub reasons: Vec<Reason>,
    /// Related status items.
    pub related: Vec<Related>,
    /// Whether devices write `payloadkeys`.
    pub device_keys: bool,
    /// Whether `payloadkeys` are read leniently, like those that devices write, although servers write them.
    pub tolerant: bool,
    /// Whether devices write `responsekeys`.
    pub device_response: bool,
    /// Whether only tables are generated, because the type is written by hand.
    pub tables_only: bool,
    /// The rules of the overlay.
    pub rules: Vec<Rule>,
    /// Keys of earlier releases.
    pub retired: Vec<Retired>,
    /// What to use instead of the item, if Apple says so.
    pub replaced_by: Option<String>,
    /// Other names that documents have for the item.
    pub aliases: Vec<String>,
}

/// A key of earlier releases of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// Whether it belongs to `responsekeys`.
    pub response: bool,
    /// The path of the dictionary that contained it.
    pub base: String,
    /// The key.
    pub name: String,
    /// The last releases that contained it.
    pub until: String,
}

/// The index of a list in [`File::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub usize);

/// A key of a dictionary, or the description of an array's items.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key as it appears in documents.
    pub name: String,
    /// A short name for people.
    pub title: Option<String>,
    /// Its type.
    pub kind: Kind,
    /// Whether `presence` is `required`.
    pub required: bool,
    /// The description (`content`).
    pub content: Option<String>,
    /// The allowed values (`rangelist`).
    pub values: Vec<Scalar>,
    /// The meanings of some of these values.
    pub meanings: Vec<(Scalar, String)>,
    /// The minimum and maximum value.
    pub range: Option<(Option<Scalar>, Option<Scalar>)>,
    /// The value that a device assumes if the key is absent.
    pub default: Option<Scalar>,
    /// A regular expression for the value.
    pub format: Option<String>,
    /// The format of the value: `valuetype`, or the older `subtype` without brackets.
    pub value_type: Option<String>,
    /// The minimum and maximum number of items of an array.
    pub repetition: Option<(Option<i64>, Option<i64>)>,
    /// How a device combines the values of several configurations.
    pub combine: Option<String>,
    /// The types of assets that the value can refer to.
    pub asset_types: Vec<String>,
    /// The media types that the asset can have.
    pub asset_content_types: Vec<String>,
    /// How the availability differs from that of the parent.
    pub support: Vec<Fact>,
    /// A name for the type of the value (`subkeytype`). It is only a hint.
    pub shape_name: Option<String>,
    /// The keys of a dictionary, the item of an array, or the values of a string.
    pub subkeys: Option<ListId>,
    /// Whether this is a placeholder for any key.
    pub any: bool,
    /// Whether the value is secret and must not be shown.
    pub secret: bool,
    /// What to use instead of the key, if Apple says so.
    pub replaced_by: Option<String>,
    /// The path in the crate of a type of the runtime or of another family, which is used for the value.
    pub rust: Option<String>,
    /// Whether the key identifies the type of the item. Then it has no field.
    pub tag: bool,
    /// Whether the Rust field is not optional. An empty dictionary is then not written.
    pub group: bool,
    /// Whether devices accept a single value as well as an array of such values.
    pub one_or_many: bool,
    /// Whether Apple adds values to the list with each release, so that other values are possible.
    pub open: bool,
    /// Whether all items of the family have the key, although their files lack it.
    pub common: bool,
}

/// The type of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    String,
    Integer,
    Real,
    Boolean,
    Date,
    Data,
    Array,
    Dictionary,
    Any,
}

/// A scalar value in the schema.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Scalar {
    String(String),
    Integer(i64),
    Real(f64),
    Boolean(bool),
}

/// Formats a scalar for messages and documentation.
#[must_use]
pub fn scalar_text(scalar: &Scalar) -> String {
    match scalar {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Real(number) => number.to_string(),
        Scalar::Boolean(flag) => flag.to_string(),
    }
}

/// A reason code.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The code.
    pub value: String,
    /// When a device sends it.
    pub description: Option<String>,
    /// The keys of its `Details`.
    pub details: Vec<Detail>,
}

/// A key of a reason's `Details`.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// The key.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// The form of a text, such as `timestamp`.
    pub value_type: Option<String>,
    /// The description.
    pub description: Option<String>,
}

/// Status items that are related to an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The types of the status items.
    pub items: Vec<String>,
    /// How they are related.
    pub note: Option<String>,
}

/// A rule of the overlay, with its fields as they appear there.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Whether it applies to `responsekeys`.
    pub response: bool,
    /// The kind, such as `charset`.
    pub kind: String,
    /// The path of the dictionary that it applies to, from the root of the section.
    pub base: String,
    /// Its other fields.
    pub fields: BTreeMap<String, serde_yaml::Value>,
}

impl Family {
    /// Returns the family of the file at `path`.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match folder {
            "mdm/commands" => Self::Command,
            "mdm/profiles" => Self::Profile,
            "mdm/checkin" => Self::CheckIn,
            "mdm/errors" => Self::Error,
            "declarative/declarations/assets/credentials" => Self::Credential,
            "declarative/status" => Self::Status,
            "declarative/protocol" => Self::Protocol,
            _ if folder.starts_with("declarative/declarations") => Self::Declaration,
            _ => Self::Other,
        }
    }

    /// Whether its documents are JSON. Those of declarative device management are; all others are property lists.
    #[must_use]
    pub fn is_json(self) -> bool {
        matches!(
            self,
            Self::Declaration | Self::Credential | Self::Status | Self::Protocol
        )
    }
}

impl Kind {
    /// All types.
    pub const ALL: [Self; 9] = [
        Self::String,
        Self::Integer,
        Self::Real,
        Self::Boolean,
        Self::Date,
        Self::Data,
        Self::Array,
        Self::Dictionary,
        Self::Any,
    ];

    /// Returns the name in the schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "<string>",
            Self::Integer => "<integer>",
            Self::Real => "<real>",
            Self::Boolean => "<boolean>",
            Self::Date => "<date>",
            Self::Data => "<data>",
            Self::Array => "<array>",
            Self::Dictionary => "<dictionary>",
            Self::Any => "<any>",
        }
    }

    /// Returns the name with an article, for sentences.
    #[must_use]
    pub fn with_article(self) -> String {
        let article = if matches!(self, Self::Integer | Self::Array | Self::Any) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.name())
    }

    /// Returns the type with this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Key {
    /// Returns the meaning of a value.
    #[must_use]
    pub fn meaning(&self, value: &Scalar) -> Option<&str> {
        let known = self.meanings.iter().find(|(known, _)| known == value);
        known.map(|(_, text)| text.as_str())
    }

    /// Creates an optional key without other properties.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            title: None,
            kind,
            required: false,
            content: None,
            values: Vec::new(),
            meanings: Vec::new(),
            range: None,
            default: None,
            format: None,
            value_type: None,
            repetition: None,
            combine: None,
            asset_types: Vec::new(),
            asset_content_types: Vec::new(),
            support: Vec::new(),
            shape_name: None,
            subkeys: None,
            any: false,
            secret: false,
            replaced_by: None,
            rust: None,
            group: false,
            tag: false,
            one_or_many: false,
            open: false,
            common: false,
        }
    }
}

impl File {
    /// Adds an empty list of keys.
    pub fn add_list(&mut self) -> ListId {
        self.lists.push(Vec::new());
        ListId(self.lists.len() - 1)
    }

    /// Returns the keys of a list.
    #[must_use]
    pub fn list(&self, id: ListId) -> &[Key] {
        &self.lists[id.0]
    }

    /// Appends the lists of another file. Returns the offset to add to their indices.
    pub(crate) fn adopt(&mut self, other: &Self) -> usize {
        let offset = self.lists.len();
        for list in &other.lists {
            let mut list = list.clone();
            for key in &mut list {
                key.subkeys = key.subkeys.map(|id| ListId(id.0 + offset));
            }
            self.lists.push(list);
        }
        offset
    }
}
