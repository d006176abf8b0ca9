//! What is available where, as rows: every item, key and listed value on every operating system.
//!
//! For one item or key ask its `AVAILABILITY` or [`Item::availability`]; this is for tables of all of it, such as the page that
//! `apple-mdm matrix` writes.
//!
//! ```
//! # #[cfg(feature = "profiles")] {
//! use apple_mdm::matrix;
//! use apple_mdm::schema::{Os, Version};
//!
//! let rows = matrix::rows();
//! let regex = rows
//!     .iter()
//!     .find(|row| row.item.rust == "Passcode" && row.path == "customRegex")
//!     .unwrap();
//! assert_eq!(regex.availability.on(Os::Macos).introduced(), Some(Version::new(14, 0, 0)));
//!
//! let json = serde_json::to_value(regex).unwrap();
//! assert_eq!(json["item"], "com.apple.mobiledevice.passwordpolicy");
//! assert_eq!(json["availability"]["macOS"]["introduced"], "14.0");
//!
//! // What macOS 15 no longer has.
//! let macos = |row: &&matrix::Row| row.availability.on(Os::Macos).removed.is_some_and(|gone| gone <= Version::new(15, 0, 0));
//! assert!(rows.iter().filter(macos).count() > 10);
//! # }
//! ```

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::registry;
use crate::schema::{self, Availability, Choice, Item, Key, Mode, Place, Support};

/// An item, a key or a listed value, and where it is available.
///
/// As data it is `{"family", "item", "rust", "part", "path", "value", "type", "required", "description", "availability"}`. The
/// last has the facts of each operating system that has it, under the schema's words for them: `{"macOS": {"introduced": "14.0",
/// "supervised": true}}`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Row {
    /// The item that it is, or belongs to.
    pub item: &'static Item,
    /// What it is.
    pub part: Part,
    /// The path of the key, as [`Item::availability`] takes it; empty for the item.
    pub path: String,
    /// The key; for a status item the key of a status report that holds it.
    pub key: Option<&'static Key>,
    /// The listed value, if it is one.
    pub value: Option<&'static Choice>,
    /// Where it is available, with what it inherits.
    pub availability: Availability,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The item as a whole.
    Item,
    /// A key of it, or a listed value of a key.
    Key,
    /// A key of the response or reply, or a listed value of one.
    Response,
}

impl Part {
    /// `item`, `key` or `response`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Key => "key",
            Self::Response => "response",
        }
    }
}

impl Row {
    /// What it is for, in a sentence; empty where it is not described.
    #[must_use]
    pub fn description(&self) -> &'static str {
        match (self.part, self.key, self.value) {
            (_, _, Some(choice)) => choice.description,
            (Part::Item, ..) => self.item.description,
            (_, key, _) => key.map_or("", |key| key.description),
        }
    }
}

/// All rows: the items in the order of [`schema::items`], each followed by its keys, parents first.
///
/// The items of an array have a row where there is something to say of them, a listed value where it is not available
/// everywhere where its key is. The keys of a status report are those of the status items.
#[must_use]
pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for item in registry::items() {
        #[cfg(feature = "declarations")]
        if std::ptr::eq(item, status_items()) {
            continue;
        }
        rows_of(item, &mut rows);
    }
    rows
}

fn rows_of(item: &'static Item, rows: &mut Vec<Row>) {
    let availability = Availability::of(item.support);
    let place = value_of(item);
    let whole = Row {
        item,
        part: Part::Item,
        path: String::new(),
        key: place.map(|place| place.key),
        value: None,
        availability,
    };
    rows.push(whole);
    let choices = match place {
        Some(place) => place.key.choices,
        None => item.choices,
    };
    values(rows, item, Part::Key, "", None, choices, availability);
    if place.is_some() {
        below(item, rows);
    }
    item.each_key(&mut |path, place| key(rows, item, Part::Key, path, place));
    item.each_response_key(&mut |path, place| key(rows, item, Part::Response, path, place));
}

fn key(rows: &mut Vec<Row>, item: &'static Item, part: Part, path: &str, place: Place) {
    // What a report holds are the status items.
    #[cfg(feature = "declarations")]
    if is_report(item) && path.starts_with("StatusItems.") {
        return;
    }
    let Place { key, availability, .. } = place;
    if !path.ends_with("[]") || !key.description.is_empty() {
        rows.push(Row {
            item,
            part,
            path: path.to_owned(),
            key: Some(key),
            value: None,
            availability,
        });
    }
    values(rows, item, part, path, Some(key), key.choices, availability);
}

fn values(
    rows: &mut Vec<Row>,
    item: &'static Item,
    part: Part,
    path: &str,
    key: Option<&'static Key>,
    choices: &'static [Choice],
    availability: Availability,
) {
    for choice in choices.iter().filter(|choice| !choice.support.is_empty()) {
        rows.push(Row {
            item,
            part,
            path: path.to_owned(),
            key,
            value: Some(choice),
            availability: availability.with(choice.support),
        });
    }
}

#[cfg(feature = "declarations")]
fn status_items() -> &'static Item {
    <crate::items::status::StatusItems as schema::Described>::ITEM
}

#[cfg(feature = "declarations")]
fn is_report(item: &'static Item) -> bool {
    std::ptr::eq(item, <crate::items::protocol::StatusReport as schema::Described>::ITEM)
}

/// What the value of a status item is: the dictionary of all of them knows.
#[cfg(feature = "declarations")]
fn value_of(item: &'static Item) -> Option<Place> {
    let is_value = item.family == schema::Family::Status && item.keys.is_none();
    is_value.then(|| status_items().place(item.name)).flatten()
}

#[cfg(not(feature = "declarations"))]
fn value_of(_: &'static Item) -> Option<Place> {
    None
}

/// The keys within the value of a status item.
#[cfg(feature = "declarations")]
fn below(item: &'static Item, rows: &mut Vec<Row>) {
    status_items().each_key(&mut |path, place| {
        let rest = path.strip_prefix(item.name).filter(|rest| rest.starts_with(['.', '[']));
        if let Some(rest) = rest {
            key(rows, item, Part::Key, rest.trim_start_matches('.'), place);
        }
    });
}

#[cfg(not(feature = "declarations"))]
fn below(_: &'static Item, _: &mut Vec<Row>) {}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Row", 10)?;
        row.serialize_field("family", &self.item.family.to_string())?;
        row.serialize_field("item", self.item.name)?;
        row.serialize_field("rust", self.item.rust)?;
        row.serialize_field("part", self.part.name())?;
        row.serialize_field("path", &self.path)?;
        row.serialize_field("value", &self.value.map(|choice| choice.value.to_string()))?;
        row.serialize_field("type", &self.key.map(|key| key.kind.name()))?;
        row.serialize_field("required", &self.key.map(|key| key.required))?;
        row.serialize_field("description", self.description())?;
        row.serialize_field("availability", &Systems(&self.availability))?;
        row.end()
    }
}

struct Systems<'a>(&'a Availability);

impl Serialize for Systems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (os, support) in self.0.systems() {
            map.serialize_entry(os.name(), &Facts(&support))?;
        }
        map.end()
    }
}

struct Facts<'a>(&'a Support);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Support {
            since,
            deprecated,
            removed,
            access_right,
            multiple,
            device_channel,
            user_channel,
            supervised,
            supervised_since,
            requires_dep,
            user_approved_mdm,
            allow_manual_install,
            always_skippable,
            beta,
            allowed_enrollments,
            allowed_scopes,
            shared_ipad,
            shared_ipad_device_channel,
            shared_ipad_user_channel,
            shared_ipad_scopes,
            user_enrollment,
        } = *self.0;
        let mut map = serializer.serialize_map(None)?;
        let introduced = match since {
            schema::Introduced::Always => "all".to_owned(),
            other => other.to_string(),
        };
        map.serialize_entry("introduced", &introduced)?;
        for (name, version) in [
            ("deprecated", deprecated),
            ("removed", removed),
            ("supervised-since", supervised_since),
        ] {
            if let Some(version) = version {
                map.serialize_entry(name, &version.to_string())?;
            }
        }
        if let Some(right) = access_right {
            map.serialize_entry("accessrights", right)?;
        }
        for (name, flag) in [
            ("multiple", multiple),
            ("devicechannel", device_channel),
            ("userchannel", user_channel),
            ("supervised", supervised),
            ("requiresdep", requires_dep),
            ("userapprovedmdm", user_approved_mdm),
            ("allowmanualinstall", allow_manual_install),
            ("always-skippable", always_skippable),
            ("beta", beta),
            ("sharedipad.devicechannel", shared_ipad_device_channel),
            ("sharedipad.userchannel", shared_ipad_user_channel),
        ] {
            if let Some(flag) = flag {
                map.serialize_entry(name, &flag)?;
            }
        }
        for (name, list) in [
            ("allowed-enrollments", allowed_enrollments),
            ("allowed-scopes", allowed_scopes),
            ("sharedipad.allowed-scopes", shared_ipad_scopes),
        ] {
            if let Some(list) = list {
                map.serialize_entry(name, list)?;
            }
        }
        for (name, mode) in [("sharedipad", shared_ipad), ("userenrollment", user_enrollment)] {
            if let Some(mode) = mode {
                map.serialize_entry(name, word(mode))?;
            }
        }
        map.end()
    }
}

/// Returns the word that the schema uses.
const fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Allowed => "allowed",
        Mode::Required => "required",
        Mode::Forbidden => "forbidden",
        Mode::Ignored => "ignored",
    }
}
