//! A document as a tree with positions.

use std::borrow::Cow;

use crate::codec::reader::{Reader, ValueStart};
use crate::codec::{Map, View, Write};
use crate::error::{Error, path};
use crate::format::{Input, irregular};
use crate::validate::{BoundedList, Code};
use crate::value::Value;
use crate::value::keys::Keys;

/// A document with positions. Texts without escapes borrow from the document.
pub(super) struct Tree<'a> {
    pub(super) root: Node<'a>,
    /// What is irregular although the document can be read, in document order.
    pub(super) irregularities: BoundedList<Noticed>,
}

/// Collects irregularities while a document is read.
#[derive(Default)]
struct Notes(BoundedList<Noticed>);

/// An irregularity and where it was noticed.
pub(super) struct Noticed {
    pub(super) path: String,
    pub(super) offset: Option<usize>,
    pub(super) kind: Irregularity,
}

/// Something that the readers accept and that deserves a finding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Irregularity {
    /// The dictionary already has the key.
    RepeatedKey,
    /// Something that the reader of the format accepts.
    Format(irregular::Irregularity),
}

impl Irregularity {
    pub(super) const fn code(self) -> Code {
        match self {
            Self::RepeatedKey => Code::RepeatedKey,
            Self::Format(
                irregular::Irregularity::Unparsed(_)
                | irregular::Irregularity::NonstandardDate
                | irregular::Irregularity::DateOutOfRange
                | irregular::Irregularity::IncompleteBase64,
            ) => Code::BadFormat,
            Self::Format(_) => Code::Syntax,
        }
    }
}

impl Notes {
    fn add(&mut self, r: &Reader<'_>, offset: Option<usize>, kind: Irregularity) {
        self.0.add(|| {
            let path = r.path();
            let bytes = path.len();
            (Noticed { path, offset, kind }, bytes)
        });
    }

    /// Adds what the reader noticed since the last call.
    fn collect(&mut self, r: &mut Reader<'_>) {
        for (offset, kind) in r.take_irregularities() {
            self.add(r, offset, Irregularity::Format(kind));
        }
    }
}

/// A value and its offset.
pub(super) struct Node<'a> {
    offset: Option<usize>,
    content: Content<'a>,
}

enum Content<'a> {
    Text(Cow<'a, str>),
    Scalar(Value),
    Array(Vec<Node<'a>>),
    /// Boxed, because most nodes are scalars. An empty dictionary has no entries.
    Dictionary(Option<Box<Entries<'a>>>),
}

/// The entries of a dictionary, in order.
#[derive(Default)]
struct Entries<'a> {
    keys: Keys<Cow<'a, str>>,
    /// The entry of each key.
    list: Vec<Entry<'a>>,
}

impl<'a> Entries<'a> {
    fn get(&self, key: &str) -> Option<&Entry<'a>> {
        self.list.get(self.keys.position(key)?)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &Node<'a>)> {
        let values = self.list.iter().map(|entry| &entry.value);
        self.keys.list().iter().map(|key| &**key).zip(values)
    }
}

/// An entry of a dictionary.
struct Entry<'a> {
    /// The offset of the key.
    offset: Option<usize>,
    value: Node<'a>,
}

impl<'a> Tree<'a> {
    /// Reads a document. Of repeated keys the first one counts.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is malformed.
    pub(super) fn read(input: &'a Input<'_>) -> Result<Self, Error> {
        let mut reader = input.reader();
        let mut notes = Notes::default();
        // What was noticed before is about the encoding.
        notes.collect(&mut reader);
        let root = node(&mut reader, &mut notes)?;
        reader.end()?;
        notes.collect(&mut reader);
        Ok(Self {
            root,
            irregularities: notes.0,
        })
    }

    /// Returns the offset of the value at `path`, or of its key if `of_key`. If there is no such value, the innermost existing value
    /// around it counts.
    pub(super) fn offset(&self, path: &str, of_key: bool) -> Option<usize> {
        let mut node = &self.root;
        let mut offset = node.offset;
        let mut rest = path;
        while let Some((key, value, after)) = node.step(rest) {
            offset = match key {
                Some(key) if of_key && after.is_empty() => key,
                _ => value.offset,
            };
            node = value;
            rest = after;
        }
        offset
    }

    /// Calls `f` with the offset of each value that `path` leads through, and of its key.
    pub(super) fn each_offset(&self, path: &str, f: &mut dyn FnMut(usize)) {
        let mut node = &self.root;
        node.offset.iter().for_each(|offset| f(*offset));
        let mut rest = path;
        while let Some((key, value, after)) = node.step(rest) {
            key.flatten().iter().chain(&value.offset).for_each(|offset| f(*offset));
            node = value;
            rest = after;
        }
    }
}

impl<'a> Node<'a> {
    /// Resolves the first step of a path. Returns the offset of the key if the step is one, the value, and the rest of the path.
    pub(super) fn step<'p>(&self, path: &'p str) -> Option<(Option<Option<usize>>, &Self, &'p str)> {
        let (key, value, after) = match &self.content {
            Content::Array(items) => {
                let (index, after) = path.strip_prefix('[')?.split_once(']')?;
                (None, items.get(index.parse::<usize>().ok()?)?, after)
            }
            Content::Dictionary(entries) => {
                let (key, after) = path::first_key(path)?;
                let entry = entries.as_ref()?.get(&key)?;
                (Some(entry.offset), &entry.value, after)
            }
            Content::Text(_) | Content::Scalar(_) => return None,
        };
        Some((key, value, after.strip_prefix('.').unwrap_or(after)))
    }

    /// The offset of the value.
    pub(super) const fn offset(&self) -> Option<usize> {
        self.offset
    }

    /// The text, if the value is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value, if it is a scalar but not text.
    pub(super) const fn scalar(&self) -> Option<&Value> {
        match &self.content {
            Content::Scalar(value) => Some(value),
            _ => None,
        }
    }

    /// The text, if the value is one, or an element whose text is not valid for its type.
    pub(super) fn raw_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Scalar(Value::Unparsed(unparsed)) => Some(unparsed.as_str()),
            _ => None,
        }
    }

    pub(super) const fn is_array(&self) -> bool {
        matches!(self.content, Content::Array(_))
    }

    /// The items, if the value is an array.
    pub(super) fn items(&self) -> &[Self] {
        match &self.content {
            Content::Array(items) => items,
            _ => &[],
        }
    }

    /// The keys and values, if the value is a dictionary.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Self)> {
        let entries = match &self.content {
            Content::Dictionary(entries) => entries.as_deref(),
            _ => None,
        };
        entries.into_iter().flat_map(Entries::iter)
    }
}

/// The memory that the two lists of a dictionary take besides their content.
const ALLOCATIONS: usize = 64;

fn node<'a>(r: &mut Reader<'a>, notes: &mut Notes) -> Result<Node<'a>, Error> {
    let begun = r.begin_value()?;
    let offset = r.start();
    notes.collect(r);
    r.spend(size_of::<Node<'_>>())?;
    let content = match begun {
        ValueStart::Text(text) => Content::Text(text),
        ValueStart::Scalar(value) => Content::Scalar(value),
        ValueStart::Array => {
            let mut items = Vec::new();
            while r.next_item()? {
                items.push(node(r, notes)?);
            }
            items.shrink_to_fit();
            Content::Array(items)
        }
        ValueStart::Dictionary => {
            let mut entries = Entries::default();
            while let Some(key) = r.next_key()? {
                let offset = r.start();
                notes.collect(r);
                if entries.keys.position(&key).is_some() {
                    notes.add(r, offset, Irregularity::RepeatedKey);
                    r.skip()?;
                    continue;
                }
                let value = node(r, notes)?;
                r.spend(size_of::<Entry<'_>>() + size_of_val(&key))?;
                entries.keys.push(key);
                entries.list.push(Entry { offset, value });
            }
            // Documents with many small arrays or dictionaries must not take a multiple of their size.
            entries.keys.shrink_to_fit();
            entries.list.shrink_to_fit();
            r.spend(ALLOCATIONS)?;
            Content::Dictionary((!entries.list.is_empty()).then(|| Box::new(entries)))
        }
    };
    Ok(Node { offset, content })
}

impl Write for Node<'_> {
    fn view(&self) -> View<'_> {
        match &self.content {
            Content::Text(text) => View::String(text),
            Content::Scalar(value) => value.view(),
            Content::Array(items) => items.view(),
            Content::Dictionary(entries) => View::Map(entries),
        }
    }
}

impl Map for Option<Box<Entries<'_>>> {
    fn len(&self) -> usize {
        self.as_ref().map_or(0, |entries| entries.list.len())
    }

    fn value(&self, key: &str) -> View<'_> {
        let entry = self.as_ref().and_then(|entries| entries.get(key));
        entry.map_or(View::Absent, |entry| entry.value.view())
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        for (key, value) in self.iter().flat_map(|entries| entries.iter()) {
            f(key, &value.view());
        }
    }
}
