//! How findings can be fixed.

use std::cell::OnceCell;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Kind;
use super::place::Place;
use super::tree::Node;
use crate::edit::Edit;
use crate::format::Input;
use crate::schema::Kind as KeyKind;
use crate::validate::{self, Code};
use crate::value::{Integer, Value};

/// How to fix a [finding](super::Finding), as edits of the document. [`fix`](super::fix()) makes them and checks the result.
///
/// `Debug` shows the title only, because the edits can contain secrets.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// What the fix does, in the imperative: `write it as a boolean`. It contains no secret.
    pub title: String,
    /// Whether a device that accepts the document does the same with the fixed one. Unsafe fixes are likely what was meant, but a person
    /// should look at them.
    pub safe: bool,
    /// The edits. Their paths and values can contain secrets.
    pub edits: Vec<Edit>,
}

impl fmt::Debug for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fix")
            .field("title", &self.title)
            .field("safe", &self.safe)
            .finish_non_exhaustive()
    }
}

impl Fix {
    fn safe(title: impl Into<String>, edit: Edit) -> Option<Self> {
        Self::new(title, true, edit)
    }

    fn likely(title: impl Into<String>, edit: Edit) -> Option<Self> {
        Self::new(title, false, edit)
    }

    fn new(title: impl Into<String>, safe: bool, edit: Edit) -> Option<Self> {
        Some(Self {
            title: title.into(),
            safe,
            edits: vec![edit],
        })
    }
}

/// Finds out how the findings of a document can be fixed.
pub(super) struct Fixes<'a> {
    input: &'a Input<'a>,
    kind: Kind,
    /// The hash of the document, from which new UUIDs are made.
    hash: OnceCell<u64>,
}

impl<'a> Fixes<'a> {
    /// Returns `None` if nothing in the document can be fixed: it is not text, a device wrote it, or it is of unknown kind.
    pub(super) fn of(input: &'a Input<'a>, kind: Kind) -> Option<Self> {
        let can_be_fixed = input.text().is_some() && !kind.is_written_by_device() && kind != Kind::Unknown;
        can_be_fixed.then(|| Self {
            input,
            kind,
            hash: OnceCell::new(),
        })
    }

    /// Returns the fix for a finding, whose path nothing is masked in.
    pub(super) fn fix(&self, finding: &validate::Finding, place: &Place<'_>, node: Option<&Node<'_>>) -> Option<Fix> {
        let path = &finding.path;
        match (finding.code, node) {
            (Code::WrongType, Some(node)) => wrong_type(path, place.key?.kind, node),
            (Code::BadFormat, Some(node)) => bad_format(path, node),
            (Code::MissingKey, None) if self.kind == Kind::Profile && is_payload_key(path, "PayloadVersion") => {
                Fix::safe(
                    "add `PayloadVersion` with the value 1",
                    Edit::Insert {
                        path: path.clone(),
                        value: 1.into(),
                    },
                )
            }
            (Code::NotAllowed, Some(node)) => {
                let value = finding.suggestion.filter(|_| node.text().is_some())?;
                Fix::likely(format!("write `{value}`"), set(path, value))
            }
            (Code::UnknownKey, Some(_)) => {
                let key = finding.suggestion?.to_owned();
                let title = format!("rename it to `{key}`");
                let path = path.clone();
                Fix::likely(title, Edit::Rename { path, key })
            }
            (Code::RetiredKey, Some(_)) => Fix::likely("remove the key", Edit::Remove { path: path.clone() }),
            (Code::Unique, Some(node)) if self.kind == Kind::Profile && is_payload_key(path, "PayloadUUID") => {
                let uuid = self.new_uuid(path, node.text()?);
                Fix::likely("give the payload a UUID of its own", set(path, uuid))
            }
            _ => None,
        }
    }

    /// Returns a UUID for the payload with this path and UUID: always the same for the same document, so that a preview shows what is
    /// written later, and different for all others. It has version 8, which is for UUIDs that are made in a way of one's own.
    fn new_uuid(&self, path: &str, old: &str) -> String {
        let document = self.hash.get_or_init(|| hash(&self.input.text()));
        let half = |number: u64| hash(&(number, document, path, old));
        let bits = u128::from(half(1)) << 64 | u128::from(half(2));
        let bits = bits & !(0xf << 76) | 0x8 << 76;
        let bits = bits & !(0b11 << 62) | 0b10 << 62;
        let digits = format!("{bits:032X}");
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
        parts.join("-")
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn set(path: &str, value: impl Into<Value>) -> Edit {
    Edit::Replace {
        path: path.to_owned(),
        value: value.into(),
    }
}

/// Whether the path is that of this key of a profile or of one of its payloads.
fn is_payload_key(path: &str, key: &str) -> bool {
    let parent = match path.strip_suffix(key) {
        Some("") => return true,
        parent => parent.and_then(|parent| parent.strip_suffix('.')),
    };
    let index = parent.and_then(|parent| parent.strip_prefix("PayloadContent[")?.strip_suffix(']'));
    index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A value that was written as another type.
fn wrong_type(path: &str, expected: KeyKind, node: &Node<'_>) -> Option<Fix> {
    const AS_BOOLEAN: &str = "write it as a boolean";
    const AS_INTEGER: &str = "write it as an integer";
    if let Some(text) = node.text() {
        return match expected {
            KeyKind::Boolean => Fix::likely(AS_BOOLEAN, set(path, boolean(text)?)),
            KeyKind::Integer => Fix::likely(AS_INTEGER, set(path, text.parse::<i64>().ok()?)),
            _ => None,
        };
    }
    match (expected, node.scalar()?) {
        (KeyKind::Boolean, Value::Integer(number)) if *number == 0.into() => Fix::safe(AS_BOOLEAN, set(path, false)),
        (KeyKind::Boolean, Value::Integer(number)) if *number == 1.into() => Fix::safe(AS_BOOLEAN, set(path, true)),
        (KeyKind::Integer, Value::Boolean(flag)) => Fix::safe(AS_INTEGER, set(path, u8::from(*flag))),
        (KeyKind::Integer, Value::Real(number)) => {
            // Beyond 2^53, a device could round the number another way.
            let whole = Integer::from_f64(*number).filter(|_| number.abs() <= MAX_EXACT)?;
            Fix::safe(AS_INTEGER, set(path, Value::Integer(whole)))
        }
        (KeyKind::Real, Value::Integer(number)) if number.as_f64().abs() <= MAX_EXACT => {
            Fix::safe("write it as a real", set(path, number.as_f64()))
        }
        _ => None,
    }
}

/// The greatest number up to which every integer is a real.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// A date or data that is not in the form that devices read.
fn bad_format(path: &str, node: &Node<'_>) -> Option<Fix> {
    match node.scalar()? {
        Value::Date(date) => Fix::safe("write the date in UTC, to the second", set(path, date.whole_seconds())),
        Value::Data(bytes) => Fix::safe("complete the base64 with `=`", set(path, bytes.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_profile_and_of_its_payloads_are_recognized() {
        for path in [
            "PayloadVersion",
            "PayloadContent[0].PayloadVersion",
            "PayloadContent[12].PayloadVersion",
        ] {
            assert!(is_payload_key(path, "PayloadVersion"), "{path}");
        }
        for path in [
            "",
            "XPayloadVersion",
            "A.PayloadVersion",
            "PayloadContent[0].A[1].PayloadVersion",
            "PayloadContent[0]",
        ] {
            assert!(!is_payload_key(path, "PayloadVersion"), "{path}");
        }
    }
}
