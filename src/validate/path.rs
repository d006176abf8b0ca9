//! The path of the value that is being checked.

use std::fmt;

use crate::error::path::{push_index, push_key};

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
