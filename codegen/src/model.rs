//! The schema as plain data: what the files say, nothing derived.

use std::collections::BTreeMap;

/// All files of a schema folder, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The release that the folder states in `RELEASE.yaml`.
    pub release: Release,
    /// The files.
    pub files: Vec<File>,
}

/// Which release of the schema this is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Release {
    /// Its name, such as `OS 27.0`.
    pub name: String,
    /// Corrections and states that the name alone does not tell.
    pub notes: Vec<String>,
}

/// What kind of item a file describes; told by its folder.
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
    /// The path within the folder, with `/`.
    pub path: String,
    /// What kind of item it is.
    pub family: Family,
    /// The name of the thing.
    pub title: String,
    /// What it is for, in one or two sentences.
    pub description: Option<String>,
    /// More on the item.
    pub content: Option<String>,
    /// `requesttype`, `payloadtype`, `declarationtype`, `statusitemtype` or `credentialtype`.
    pub identifier: Option<String>,
    /// How several configurations of this type are applied.
    pub apply: Option<String>,
    /// What the item as a whole supports.
    pub support: Vec<Fact>,
    /// The lists of keys that the file holds; a list that is used in several places stands here once.
    pub lists: Vec<Vec<Key>>,
    /// `payloadkeys`.
    pub keys: Option<ListId>,
    /// `responsekeys`.
    pub response: Option<ListId>,
    /// Reason codes of declarative management.
    pub reasons: Vec<Reason>,
    /// Status items that tell of the same thing.
    pub related: Vec<Related>,
    /// Whether a device writes `payloadkeys`.
    pub device_keys: bool,
    /// Whether the keys are read as a device's are, though a server writes them.
    pub tolerant: bool,
    /// Whether a device writes `responsekeys`.
    pub device_response: bool,
    /// Whether a type for it is written by hand, so that only the tables are generated.
    pub tables_only: bool,
    /// What the overlay says of the dictionaries, by section and path.
    pub rules: Vec<Rule>,
    /// Keys that earlier releases had.
    pub retired: Vec<Retired>,
    /// What to use instead of the item, where Apple says so.
    pub replaced_by: Option<String>,
    /// Other names that documents have for the item.
    pub aliases: Vec<String>,
}

/// A key that earlier releases of the schema had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// Whether it was one of `responsekeys`.
    pub response: bool,
    /// The path of the dictionary that held it.
    pub base: String,
    /// The key.
    pub name: String,
    /// The last releases that had it.
    pub until: String,
}

/// The place of a list in [`File::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub usize);

/// One key, or the one item that describes an array's contents.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key as it stands in documents.
    pub name: String,
    /// A short name for people.
    pub title: Option<String>,
    /// Its type.
    pub kind: Kind,
    /// Whether `presence` is `required`.
    pub required: bool,
    /// `content`: what it does.
    pub content: Option<String>,
    /// The only values it may have, or, for a key that other systems add to, the known ones.
    pub values: Vec<Scalar>,
    /// What some of these stand for, where the value itself does not say it.
    pub meanings: Vec<(Scalar, String)>,
    /// The least and the greatest value.
    pub range: Option<(Option<Scalar>, Option<Scalar>)>,
    /// What a device takes where the key is absent.
    pub default: Option<Scalar>,
    /// A regular expression for the value.
    pub format: Option<String>,
    /// `valuetype`, or the older `subtype`, without brackets.
    pub value_type: Option<String>,
    /// How many items an array may have.
    pub repetition: Option<(Option<i64>, Option<i64>)>,
    /// How the values of several configurations are combined.
    pub combine: Option<String>,
    /// The types of assets that the value may refer to.
    pub asset_types: Vec<String>,
    /// The media types that the asset may have.
    pub asset_content_types: Vec<String>,
    /// What differs from the parent in availability.
    pub support: Vec<Fact>,
    /// A name that the schema gives the shape; a hint only.
    pub shape_name: Option<String>,
    /// The keys of a dictionary, the item of an array, or the known values of a string.
    pub subkeys: Option<ListId>,
    /// Whether the key stands for any key.
    pub any: bool,
    /// Whether the value must not be shown.
    pub secret: bool,
    /// What to use instead of the key, where Apple says so.
    pub replaced_by: Option<String>,
    /// A type of the runtime or of another family that the value has, from the root of the crate.
    pub rust: Option<String>,
    /// Whether the key says what an item is, so that its type says it and no field does.
    pub tag: bool,
    /// Whether the dictionary is always there in Rust, and only written where it holds something.
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

/// A value that stands in the schema.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Scalar {
    String(String),
    Integer(i64),
    Real(f64),
    Boolean(bool),
}

/// A scalar as people write it.
#[must_use]
pub fn scalar_text(scalar: &Scalar) -> String {
    match scalar {
        Scalar::String(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Real(number) => number.to_string(),
        Scalar::Boolean(flag) => flag.to_string(),
    }
}

/// One thing that is said of one operating system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// The operating system.
    pub os: Os,
    /// What is said.
    pub what: What,
}

/// The operating systems of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Os {
    Ios,
    Macos,
    Tvos,
    Visionos,
    Watchos,
}

/// A property of `supportedOS`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum What {
    /// `introduced: n/a`
    NotAvailable,
    /// `introduced: all`
    Always,
    Introduced(Version),
    Deprecated(Version),
    /// `None` for `removed: '0'`: gone from every version.
    Removed(Option<Version>),
    /// `None` for `n/a` and `None`.
    AccessRight(Option<String>),
    Multiple(bool),
    DeviceChannel(bool),
    UserChannel(bool),
    Supervised(bool),
    /// `supervised: true`, but only from this version.
    SupervisedSince(Version),
    RequiresDep(bool),
    UserApprovedMdm(bool),
    AllowManualInstall(bool),
    AlwaysSkippable(bool),
    Beta(bool),
    AllowedEnrollments(Vec<String>),
    AllowedScopes(Vec<String>),
    SharedIpadMode(String),
    SharedIpadDeviceChannel(bool),
    SharedIpadUserChannel(bool),
    SharedIpadScopes(Vec<String>),
    UserEnrollmentMode(String),
}

/// A version of an operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16, pub u16, pub u16);

/// A reason code.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The code.
    pub value: String,
    /// When it is sent.
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
    /// What it holds.
    pub description: Option<String>,
}

/// Status items that tell of the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// Their types.
    pub items: Vec<String>,
    /// How they are related.
    pub note: Option<String>,
}

/// A rule of the overlay: its fields as they stand there.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Whether it is about `responsekeys`.
    pub response: bool,
    /// The kind, such as `charset`.
    pub kind: String,
    /// The dictionary it is about, from the root of the section.
    pub base: String,
    /// Its other fields.
    pub fields: BTreeMap<String, serde_yaml::Value>,
}

impl Family {
    /// The family of the file at `path`.
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

    /// Whether its documents are JSON: those of declarative device management. All others are property lists.
    #[must_use]
    pub fn is_json(self) -> bool {
        matches!(
            self,
            Self::Declaration | Self::Credential | Self::Status | Self::Protocol
        )
    }
}

impl Os {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Ios, Self::Macos, Self::Tvos, Self::Visionos, Self::Watchos];

    /// The name as the schema writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ios => "iOS",
            Self::Macos => "macOS",
            Self::Tvos => "tvOS",
            Self::Visionos => "visionOS",
            Self::Watchos => "watchOS",
        }
    }

    /// The operating system that `name` stands for.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|os| os.name() == name)
    }
}

impl Kind {
    /// All of them.
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

    /// The name as the schema writes it.
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

    /// The name as it stands in a sentence.
    #[must_use]
    pub fn with_article(self) -> String {
        let article = if matches!(self, Self::Integer | Self::Array | Self::Any) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.name())
    }

    /// The kind that `name` stands for.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Key {
    /// What one of its values stands for.
    #[must_use]
    pub fn meaning(&self, value: &Scalar) -> Option<&str> {
        let known = self.meanings.iter().find(|(known, _)| known == value);
        known.map(|(_, text)| text.as_str())
    }

    /// An optional key of which nothing else is said.
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

    /// The keys of a list.
    #[must_use]
    pub fn list(&self, id: ListId) -> &[Key] {
        &self.lists[id.0]
    }

    /// Appends the lists of another file; the result is added to the number of each.
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

impl Version {
    /// Parses a version such as `15.0` or `15.0.1`.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return None;
        }
        let mut parts = text.split('.').map(str::parse::<u16>);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(a)), None, None, None) => Some(Self(a, 0, 0)),
            (Some(Ok(a)), Some(Ok(b)), None, None) => Some(Self(a, b, 0)),
            (Some(Ok(a)), Some(Ok(b)), Some(Ok(c)), None) => Some(Self(a, b, c)),
            _ => None,
        }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0, self.1)?;
        if self.2 > 0 { write!(f, ".{}", self.2) } else { Ok(()) }
    }
}
