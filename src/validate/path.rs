//! Where a walk stands: a chain through the stack, made text only for a finding.

use crate::error::path::{push_index, push_key};

/// A place in a document.
#[derive(Clone, Copy)]
pub(crate) struct Trail<'p> {
    parent: Option<&'p Trail<'p>>,
    segment: Segment<'p>,
}

#[derive(Clone, Copy)]
enum Segment<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> Trail<'p> {
    /// The document itself.
    pub(crate) const ROOT: Trail<'static> = Trail {
        parent: None,
        segment: Segment::Root,
    };

    pub(crate) fn key<'q>(&'q self, key: &'q str) -> Trail<'q>
    where
        'p: 'q,
    {
        Trail {
            parent: Some(self),
            segment: Segment::Key(key),
        }
    }

    pub(crate) fn index<'q>(&'q self, index: usize) -> Trail<'q>
    where
        'p: 'q,
    {
        Trail {
            parent: Some(self),
            segment: Segment::Index(index),
        }
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

impl std::fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut path = String::new();
        self.write(&mut path);
        f.write_str(&path)
    }
}
