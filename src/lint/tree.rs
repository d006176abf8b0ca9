//! A document as a tree that knows where everything stands.

use std::borrow::Cow;

use crate::codec::reader::{Begun, Reader};
use crate::codec::{Map, View, Write};
use crate::error::{Error, path};
use crate::format::{DocumentFormat, Input};
use crate::validate::Bounded;
use crate::value::Value;
use crate::value::keys::Keys;

/// A document with positions. Texts without escapes are those of the document.
pub(super) struct Tree<'a> {
    pub(super) root: Node<'a>,
    /// What is wrong with the document though it can be read, in its order.
    pub(super) noted: Bounded<Noted>,
}

/// What is noted while a document is read.
struct Notes<'a> {
    /// The text of an XML property list.
    xml: Option<&'a str>,
    list: Bounded<Noted>,
}

/// A place in a document that something is to be said of.
pub(super) struct Noted {
    pub(super) path: String,
    pub(super) offset: Option<usize>,
    pub(super) what: What,
}

/// What is to be said of a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The dictionary has the key before.
    RepeatedKey,
    /// A date that is not written in the one form that Apple's reader of XML takes.
    OddDate,
    /// Data whose base64 text lacks the end of its last group.
    CutData,
}

impl Notes<'_> {
    /// Notes what was read last.
    fn add(&mut self, r: &Reader<'_>, what: What) {
        self.list.add(|| {
            let path = r.path();
            let (bytes, offset) = (path.len(), r.start());
            (Noted { path, offset, what }, bytes)
        });
    }
}

/// A value and where it stands.
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
}

/// An entry of a dictionary.
struct Entry<'a> {
    /// Where the key stands.
    offset: Option<usize>,
    value: Node<'a>,
}

impl<'a> Tree<'a> {
    /// Reads a document; a repeated key is noted, the first one counts.
    ///
    /// # Errors
    ///
    /// Where the document is broken.
    pub(super) fn read(input: &'a Input<'_>) -> Result<Self, Error> {
        let mut reader = input.reader();
        let mut notes = Notes {
            xml: input.text().filter(|_| input.format() == DocumentFormat::Xml),
            list: Bounded::default(),
        };
        let root = node(&mut reader, &mut notes)?;
        reader.finish()?;
        let noted = notes.list;
        Ok(Self { root, noted })
    }

    /// Where the value at `path` stands, or its key with `of_key`; the nearest thing around it where it is not there.
    pub(super) fn offset(&self, path: &str, of_key: bool) -> Option<usize> {
        let mut node = &self.root;
        let mut offset = node.offset;
        let mut rest = path;
        while let Some((key, value, after)) = node.first(rest) {
            offset = match key {
                Some(key) if of_key && after.is_empty() => key,
                _ => value.offset,
            };
            node = value;
            rest = after;
        }
        offset
    }

    /// Where the values stand that are neither array nor dictionary, the one at `path` or those in it.
    pub(super) fn scalars(&self, path: &str) -> Vec<usize> {
        let mut node = &self.root;
        let mut rest = path;
        while let Some((_, value, after)) = node.first(rest) {
            node = value;
            rest = after;
        }
        let mut offsets = Vec::new();
        if rest.is_empty() {
            node.scalars(&mut offsets);
        }
        offsets
    }
}

impl<'a> Node<'a> {
    /// The value that a path starts with, where its key stands if it has one, and the rest of the path.
    fn first<'p>(&self, path: &'p str) -> Option<(Option<Option<usize>>, &Self, &'p str)> {
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

    fn scalars(&self, offsets: &mut Vec<usize>) {
        match &self.content {
            Content::Text(_) | Content::Scalar(_) => offsets.extend(self.offset),
            Content::Array(items) => items.iter().for_each(|item| item.scalars(offsets)),
            Content::Dictionary(entries) => entries.list.iter().for_each(|entry| entry.value.scalars(offsets)),
        }
    }
}

/// Whether the text of a `<data>` lacks signs of its last group of four.
fn is_cut(text: &str) -> bool {
    let Some(content) = text.strip_prefix("<data>") else {
        return false;
    };
    let content = content.bytes().take_while(|byte| *byte != b'<');
    let signs = content.filter(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte));
    !signs.count().is_multiple_of(4)
}

fn node<'a>(r: &mut Reader<'a>, notes: &mut Notes<'a>) -> Result<Node<'a>, Error> {
    let begun = r.begin_value()?;
    let offset = r.start();
    let content = match begun {
        Begun::Text(text) => Content::Text(text),
        Begun::Scalar(value) => {
            if let (Some(xml), Some(offset)) = (notes.xml, offset) {
                match &value {
                    Value::Date(date) if !xml[offset..].starts_with(&format!("<date>{date}</date>")) => {
                        notes.add(r, What::OddDate);
                    }
                    Value::Data(_) if is_cut(&xml[offset..]) => notes.add(r, What::CutData),
                    _ => {}
                }
            }
            Content::Scalar(value)
        }
        Begun::Array => {
            let mut items = Vec::new();
            while r.next_item()? {
                items.push(node(r, notes)?);
            }
            Content::Array(items)
        }
        Begun::Dictionary => {
            let mut entries = Entries::default();
            while let Some(key) = r.next_key()? {
                let offset = r.start();
                if entries.keys.position(&key).is_some() {
                    notes.add(r, What::RepeatedKey);
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
        for (key, entry) in self.keys.list().iter().zip(&self.list) {
            f(key, &entry.value.view());
        }
    }
}
