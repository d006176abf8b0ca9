//! Compares two documents value by value.

use std::collections::HashMap;
use std::fmt;

use apple_mdm::lint::{AnnotatedContent, AnnotatedValue, Kind};

use super::pairs::{self, Pair};
use super::shown::{Masks, to_json};
use crate::document::{Step, path};

/// A difference between two documents.
pub struct Change<'a> {
    pub kind: ChangeKind,
    /// Where the new value is, or where the old one was.
    pub path: String,
    pub old: Option<&'a AnnotatedValue>,
    pub new: Option<&'a AnnotatedValue>,
    /// The payload that changed, or in which something changed.
    pub payload: Option<Payload<'a>>,
}

/// A payload of a profile.
#[derive(Clone)]
pub struct Payload<'a> {
    pub path: String,
    /// Its type, as the new document has it.
    pub name: Option<&'a str>,
    /// Its name in the library, if the schema has it.
    pub title: Option<&'static str>,
}

impl Change<'_> {
    /// Whether a whole payload was added or removed.
    pub fn is_whole_payload(&self) -> bool {
        self.payload.as_ref().is_some_and(|payload| payload.path == self.path)
    }
}

impl fmt::Display for Payload<'_> {
    /// Writes the type, followed by the name in the library: `com.apple.wifi.managed (WiFi)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.unwrap_or("a payload without a type"))?;
        match self.title {
            Some(title) => write!(f, " ({title})"),
            None => Ok(()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    /// An array has the same elements in another order.
    Reordered,
    /// The value is a UUID that was generated again, or contains one.
    Regenerated,
}

impl ChangeKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Reordered => "reordered",
            Self::Regenerated => "regenerated",
        }
    }
}

/// Returns the differences between two documents of this kind.
pub fn documents<'a>(kind: Kind, old: &'a AnnotatedValue, new: &'a AnnotatedValue) -> Vec<Change<'a>> {
    let mut comparison = Comparison::default();
    match (kind, entries(old), entries(new)) {
        (Kind::Profile, Some(old), Some(new)) => comparison.profile(old, new),
        _ => comparison.value(old, new),
    }
    comparison.changes
}

type Entries<'a> = &'a [(String, AnnotatedValue)];

fn entries(value: &AnnotatedValue) -> Option<Entries<'_>> {
    match &value.content {
        // The keys of a secret are secret too.
        AnnotatedContent::Dictionary(entries) if !value.is_secret => Some(entries),
        _ => None,
    }
}

fn elements(value: &AnnotatedValue) -> Option<&[AnnotatedValue]> {
    match &value.content {
        AnnotatedContent::Array(elements) if !value.is_secret => Some(elements),
        _ => None,
    }
}

#[derive(Default)]
struct Comparison<'a> {
    changes: Vec<Change<'a>>,
    steps: Vec<Step>,
    payload: Option<Payload<'a>>,
    /// The UUIDs of the old document that others replace in the new one.
    regenerated: HashMap<&'a str, &'a str>,
}

impl<'a> Comparison<'a> {
    fn add(&mut self, kind: ChangeKind, old: Option<&'a AnnotatedValue>, new: Option<&'a AnnotatedValue>) {
        self.changes.push(Change {
            kind,
            path: path(&self.steps),
            old,
            new,
            payload: self.payload.clone(),
        });
    }

    fn at(&mut self, step: Step, f: impl FnOnce(&mut Self)) {
        self.steps.push(step);
        f(self);
        self.steps.pop();
    }

    /// Compares profiles: first the keys of the profiles, then the payloads, whatever their order.
    fn profile(&mut self, old: Entries<'a>, new: Entries<'a>) {
        let payloads = |entries: Entries<'a>| {
            let content = entries.iter().find(|(key, _)| key == "PayloadContent");
            content.and_then(|(_, content)| elements(content))
        };
        let (Some(old_payloads), Some(new_payloads)) = (payloads(old), payloads(new)) else {
            return self.dictionary(old, new, &[]);
        };
        let pairs = pairs::payloads(old_payloads, new_payloads);
        let uuid = |entries: Entries<'a>| {
            let uuid = entries.iter().find(|(key, _)| key == "PayloadUUID");
            uuid.and_then(|(_, uuid)| uuid.as_str())
        };
        self.note_uuids(uuid(old), uuid(new));
        for pair in &pairs {
            if let Pair::Both(old, new) = *pair {
                let uuid = |payload: &'a AnnotatedValue| payload.get("PayloadUUID")?.as_str();
                self.note_uuids(uuid(&old_payloads[old]), uuid(&new_payloads[new]));
            }
        }
        self.dictionary(old, new, &["PayloadContent"]);
        for pair in pairs {
            let (index, old, new) = match pair {
                Pair::Both(old, new) => (new, Some(&old_payloads[old]), Some(&new_payloads[new])),
                Pair::Old(old) => (old, Some(&old_payloads[old]), None),
                Pair::New(new) => (new, None, Some(&new_payloads[new])),
            };
            self.at(Step::Key("PayloadContent".to_owned()), |this| {
                this.at(Step::Index(index), |this| {
                    let payload = new.or(old);
                    this.payload = Some(Payload {
                        path: path(&this.steps),
                        name: payload.and_then(|payload| payload.get("PayloadType")?.as_str()),
                        title: payload.and_then(|payload| payload.item).map(|item| item.rust),
                    });
                    this.payload(old, new);
                    this.payload = None;
                });
            });
        }
    }

    fn note_uuids(&mut self, old: Option<&'a str>, new: Option<&'a str>) {
        if let (Some(old), Some(new)) = (old, new)
            && old != new
            && !old.is_empty()
        {
            self.regenerated.insert(old, new);
        }
    }

    fn payload(&mut self, old: Option<&'a AnnotatedValue>, new: Option<&'a AnnotatedValue>) {
        /// Every payload has these keys, so they say nothing about one that was added or removed.
        const COMMON: [&str; 4] = ["PayloadType", "PayloadIdentifier", "PayloadUUID", "PayloadVersion"];
        let (kind, only) = match (old, new) {
            (Some(old), Some(new)) => return self.value(old, new),
            (None, Some(new)) => (ChangeKind::Added, new),
            (Some(old), None) => (ChangeKind::Removed, old),
            (None, None) => return,
        };
        self.add(kind, old, new);
        for (key, value) in entries(only).unwrap_or_default() {
            if !COMMON.contains(&key.as_str()) {
                let (old, new) = (old.map(|_| value), new.map(|_| value));
                self.at(Step::Key(key.clone()), |this| this.add(kind, old, new));
            }
        }
    }

    /// Compares dictionaries, except for the keys in `except`.
    fn dictionary(&mut self, old: Entries<'a>, new: Entries<'a>, except: &[&str]) {
        let by_key = |entries: Entries<'a>| -> HashMap<&'a str, &'a AnnotatedValue> {
            entries.iter().map(|(key, value)| (key.as_str(), value)).collect()
        };
        let (in_old, in_new) = (by_key(old), by_key(new));
        for (key, value) in old.iter().filter(|(key, _)| !except.contains(&key.as_str())) {
            let other = in_new.get(key.as_str()).copied();
            self.at(Step::Key(key.clone()), |this| match other {
                Some(other) => this.value(value, other),
                None => this.add(ChangeKind::Removed, Some(value), None),
            });
        }
        for (key, value) in new.iter().filter(|(key, _)| !in_old.contains_key(key.as_str())) {
            self.at(Step::Key(key.clone()), |this| {
                this.add(ChangeKind::Added, None, Some(value))
            });
        }
    }

    fn value(&mut self, old: &'a AnnotatedValue, new: &'a AnnotatedValue) {
        if let (Some(old), Some(new)) = (entries(old), entries(new)) {
            self.dictionary(old, new, &[]);
        } else if let (Some(old_elements), Some(new_elements)) = (elements(old), elements(new)) {
            self.array(old, new, old_elements, new_elements);
        } else if !is_same(old, new) {
            let kind = if self.is_regenerated(old, new) {
                ChangeKind::Regenerated
            } else {
                ChangeKind::Changed
            };
            self.add(kind, Some(old), Some(new));
        }
    }

    /// Compares arrays whatever their order. If only the order differs, reports that.
    fn array(
        &mut self,
        old: &'a AnnotatedValue,
        new: &'a AnnotatedValue,
        old_elements: &'a [AnnotatedValue],
        new_elements: &'a [AnnotatedValue],
    ) {
        let pairs = pairs::elements(old_elements, new_elements);
        let both = pairs.iter().filter_map(|pair| match pair {
            Pair::Both(old, new) => Some((*old, *new)),
            _ => None,
        });
        let mut both: Vec<(usize, usize)> = both.collect();
        both.sort_unstable();
        let before = self.changes.len();
        for pair in pairs {
            match pair {
                Pair::Both(old, new) => {
                    self.at(Step::Index(new), |this| {
                        this.value(&old_elements[old], &new_elements[new])
                    });
                }
                Pair::Old(index) => self.at(Step::Index(index), |this| {
                    this.add(ChangeKind::Removed, Some(&old_elements[index]), None);
                }),
                Pair::New(index) => self.at(Step::Index(index), |this| {
                    this.add(ChangeKind::Added, None, Some(&new_elements[index]));
                }),
            }
        }
        if self.changes.len() == before && !both.is_sorted_by_key(|(_, new)| *new) {
            self.add(ChangeKind::Reordered, Some(old), Some(new));
        }
    }

    /// Whether the values differ only in UUIDs that were generated again.
    fn is_regenerated(&self, old: &AnnotatedValue, new: &AnnotatedValue) -> bool {
        let (Some(old), Some(new)) = (old.as_str(), new.as_str()) else {
            return false;
        };
        if self.regenerated.get(old) == Some(&new) {
            return true;
        }
        // Identifiers often contain UUIDs, also such as the document has nowhere else.
        let is_identifier = self.steps.last() == Some(&Step::Key("PayloadIdentifier".to_owned()));
        let ((old, old_uuids), (new, new_uuids)) = (split_uuids(old), split_uuids(new));
        let corresponds = |(old, new): (&&str, &&str)| {
            old == new || is_identifier || self.regenerated.get(*old).is_some_and(|replacement| replacement == new)
        };
        old == new && !old_uuids.is_empty() && old_uuids.iter().zip(&new_uuids).all(corresponds)
    }
}

/// Returns the text with a placeholder for each UUID in it, and the UUIDs.
fn split_uuids(text: &str) -> (String, Vec<&str>) {
    const LENGTH: usize = 36;
    let is_uuid = |text: &str| {
        text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let (mut remaining, mut uuids, mut rest) = (String::new(), Vec::new(), text);
    while let Some(next) = rest.chars().next() {
        match rest.get(..LENGTH).filter(|start| is_uuid(start)) {
            Some(uuid) => {
                // A character that no property list contains.
                remaining.push('\0');
                uuids.push(uuid);
                rest = &rest[LENGTH..];
            }
            None => {
                remaining.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    (remaining, uuids)
}

/// Whether two values are equal. The order of the keys in a dictionary does not matter.
pub fn is_same(old: &AnnotatedValue, new: &AnnotatedValue) -> bool {
    match (&old.content, &new.content) {
        (AnnotatedContent::Scalar(old), AnnotatedContent::Scalar(new)) => old == new,
        (AnnotatedContent::Array(old), AnnotatedContent::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(old, new))
        }
        (AnnotatedContent::Dictionary(_), AnnotatedContent::Dictionary(_)) => {
            to_json(old, Masks::Off) == to_json(new, Masks::Off)
        }
        _ => false,
    }
}
