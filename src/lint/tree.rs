//! A document as a tree with positions.

use std::borrow::Cow;

use crate::codec::reader::{Reader, ValueStart};
use crate::codec::{Map, View, Write};
use crate::error::{Error, path};
use crate::format::{DocumentFormat, Input};
use crate::validate::BoundedList;
use crate::value::Value;
use crate::value::keys::Keys;

/// A document with positions. Texts without escapes borrow from the document.
pub(super) struct Tree<'a> {
    pub(super) root: Node<'a>,
    /// What is irregular although the document can be read, in document order.
    pub(super) irregularities: BoundedList<Noticed>,
}

/// Collects irregularities while a document is read.
struct Notes<'a> {
    /// The text, if the document is an XML property list.
    xml: Option<&'a str>,
    list: BoundedList<Noticed>,
}

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
    /// A date is not written in the one form that Apple's XML reader accepts.
    NonstandardDate,
    /// The last group of a base64 text is incomplete.
    IncompleteBase64,
}

impl Notes<'_> {
    /// Adds an irregularity of what was read last.
    fn add(&mut self, r: &Reader<'_>, kind: Irregularity) {
        self.list.add(|| {
            let path = r.path();
            let (bytes, offset) = (path.len(), r.start());
            (Noticed { path, offset, kind }, bytes)
        });
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
    Dictionary(Entries<'a>),
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
        let mut notes = Notes {
            xml: input.text().filter(|_| input.format() == DocumentFormat::Xml),
            list: BoundedList::default(),
        };
        let root = node(&mut reader, &mut notes)?;
        reader.finish()?;
        Ok(Self {
            root,
            irregularities: notes.list,
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
                let entry = entries.get(&key)?;
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

    /// The text that can contain a placeholder.
    pub(super) fn placeholder_text(&self) -> Option<&str> {
        self.text()
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
            Content::Dictionary(entries) => Some(entries),
            _ => None,
        };
        entries.into_iter().flat_map(Entries::iter)
    }
}

/// Whether the last group of four characters in a `<data>` element is incomplete.
fn is_incomplete_base64(text: &str) -> bool {
    let Some(content) = text.strip_prefix("<data>") else {
        return false;
    };
    let content = content.bytes().take_while(|byte| *byte != b'<');
    let digits = content.filter(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte));
    !digits.count().is_multiple_of(4)
}

fn node<'a>(r: &mut Reader<'a>, notes: &mut Notes<'a>) -> Result<Node<'a>, Error> {
    let begun = r.begin_value()?;
    let offset = r.start();
    let content = match begun {
        ValueStart::Text(text) => Content::Text(text),
        ValueStart::Scalar(value) => {
            if let (Some(xml), Some(offset)) = (notes.xml, offset) {
                match &value {
                    Value::Date(date) if !xml[offset..].starts_with(&format!("<date>{date}</date>")) => {
                        notes.add(r, Irregularity::NonstandardDate);
                    }
                    Value::Data(_) if is_incomplete_base64(&xml[offset..]) => {
                        notes.add(r, Irregularity::IncompleteBase64)
                    }
                    _ => {}
                }
            }
            Content::Scalar(value)
        }
        ValueStart::Array => {
            let mut items = Vec::new();
            while r.next_item()? {
                items.push(node(r, notes)?);
            }
            Content::Array(items)
        }
        ValueStart::Dictionary => {
            let mut entries = Entries::default();
            while let Some(key) = r.next_key()? {
                let offset = r.start();
                if entries.keys.position(&key).is_some() {
                    notes.add(r, Irregularity::RepeatedKey);
                    r.skip()?;
                    continue;
                }
                let value = node(r, notes)?;
                entries.keys.push(key);
                entries.list.push(Entry { offset, value });
            }
            Content::Dictionary(entries)
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

impl Map for Entries<'_> {
    fn len(&self) -> usize {
        self.list.len()
    }

    fn value(&self, key: &str) -> View<'_> {
        self.get(key).map_or(View::Absent, |entry| entry.value.view())
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        for (key, value) in self.iter() {
            f(key, &value.view());
        }
    }
}
