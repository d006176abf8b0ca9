//! The path of the value that is being checked.

use std::borrow::Cow;
use std::fmt;

use crate::error::path::{first_key, push_index, push_key};

/// A path in a document, as a linked list on the stack. It becomes text only in a finding.
#[derive(Clone, Copy)]
pub(crate) struct KeyPath<'p> {
    parent: Option<&'p KeyPath<'p>>,
    segment: Segment<'p>,
}

#[derive(Clone, Copy)]
enum Segment<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> KeyPath<'p> {
    /// The path of the document itself.
    pub(crate) const ROOT: KeyPath<'static> = KeyPath {
        parent: None,
        segment: Segment::Root,
    };

    /// Returns the path of a key in the dictionary at this path.
    pub(crate) fn key<'q>(&'q self, key: &'q str) -> KeyPath<'q>
    where
        'p: 'q,
    {
        KeyPath {
            parent: Some(self),
            segment: Segment::Key(key),
        }
    }

    /// Returns the path of an element of the array at this path.
    pub(crate) fn index<'q>(&'q self, index: usize) -> KeyPath<'q>
    where
        'p: 'q,
    {
        KeyPath {
            parent: Some(self),
            segment: Segment::Index(index),
        }
    }

    /// Returns whether the path ends with this key.
    pub(super) fn ends_with_key(&self, key: &str) -> bool {
        matches!(self.segment, Segment::Key(last) if last == key)
    }

    /// Returns the last key of the path, before any indices.
    #[cfg(feature = "lint")]
    pub(crate) fn last_key(&self) -> Option<&str> {
        match (self.segment, self.parent) {
            (Segment::Key(key), _) => Some(key),
            (Segment::Index(_), Some(parent)) => parent.last_key(),
            _ => None,
        }
    }

    /// Returns the number of steps from the document to this path.
    pub(super) fn depth(&self) -> usize {
        let parents = std::iter::successors(self.parent, |path| path.parent);
        parents.count()
    }

    fn write(&self, path: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(path);
        }
        match self.segment {
            Segment::Root => {}
            Segment::Key(key) => push_key(path, key),
            Segment::Index(index) => push_index(path, index),
        }
    }
}

impl fmt::Display for KeyPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut path = String::new();
        self.write(&mut path);
        f.write_str(&path)
    }
}

/// Returns the keys of a path after its first `depth` steps, without indices. Returns `None` if there are none.
pub(crate) fn keys_below(path: &str, depth: usize) -> Option<String> {
    joined(steps(path).skip(depth).flatten())
}

/// Returns the keys of a path after its first `count` keys, without indices. Returns `None` if there are none.
#[cfg(feature = "lint")]
pub(crate) fn keys_after(path: &str, count: usize) -> Option<String> {
    joined(steps(path).flatten().skip(count))
}

/// Returns the key at the end of the masked form of a path, given the key at the end of the path itself.
#[cfg(feature = "lint")]
pub(crate) fn masked_key(key: Option<String>, path: &str, masked: &str) -> Option<String> {
    let count = |path| steps(path).flatten().count();
    let outer = count(path).saturating_sub(count(&key?));
    keys_after(masked, outer)
}

fn joined<'p>(keys: impl Iterator<Item = Cow<'p, str>>) -> Option<String> {
    let mut path = String::new();
    keys.for_each(|key| push_key(&mut path, &key));
    (!path.is_empty()).then_some(path)
}

/// Returns the steps of a path: keys, and `None` for indices.
fn steps(path: &str) -> impl Iterator<Item = Option<Cow<'_, str>>> {
    let mut rest = path;
    std::iter::from_fn(move || {
        let (key, after) = match first_key(rest) {
            Some((key, after)) => (Some(key), after),
            None => (None, rest.split_once(']')?.1),
        };
        rest = after.strip_prefix('.').unwrap_or(after);
        Some(key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_below_leaves_out_the_path_of_the_item_and_all_indices() {
        let content = KeyPath::ROOT.key("PayloadContent");
        let payload = content.index(0);
        assert_eq!(payload.depth(), 2);
        let rules = payload.key("com.example.rules");
        let path = rules.index(3);
        let path = path.key("Name").to_string();
        assert_eq!(keys_below(&path, 2).as_deref(), Some("[\"com.example.rules\"].Name"));
        assert_eq!(
            keys_below(&path, 0).as_deref(),
            Some("PayloadContent[\"com.example.rules\"].Name")
        );
        assert_eq!(keys_below(&payload.to_string(), 2), None);
        assert_eq!(keys_below("", 0), None);
    }

    #[cfg(feature = "lint")]
    #[test]
    fn keys_after_counts_keys_only() {
        let masked = masked_key(Some("Rules.Name".to_owned()), "A[0].Rules[3].Name", "A[0].Rules[3].x");
        assert_eq!(masked.as_deref(), Some("Rules.x"));
        assert_eq!(
            keys_after("PayloadContent[0].Rules[3].Name", 1).as_deref(),
            Some("Rules.Name")
        );
    }
}
