//! Changes documents by key path and keeps the rest of their text.
//!
//! Reading a document into a value and writing it back loses what a value does not have: comments, the order of keys, indentation. An
//! [`Editor`] changes the text itself, for example to set one key in many profiles that people keep in version control. Every
//! byte that an edit does not concern stays: comments, order, indentation, line ends, encoding, byte order mark.
//!
//! ```
//! use apple_mdm::edit::Editor;
//! use apple_mdm::input::{Input, Limits};
//!
//! let profile = b"<plist version=\"1.0\">
//! <dict>
//!     <!-- Approved by the security team -->
//!     <key>allowCamera</key>
//!     <true/>
//!     <key>allowChat</key>
//!     <integer>1</integer>
//! </dict>
//! </plist>";
//!
//! let input = Input::new(profile, &Limits::default())?;
//! let mut editor = Editor::new(&input)?;
//! editor.set("allowCamera", false)?;
//! editor.insert("allowDictation", false)?;
//! editor.remove("allowChat")?;
//! assert_eq!(editor.finish()?, b"<plist version=\"1.0\">
//! <dict>
//!     <!-- Approved by the security team -->
//!     <key>allowCamera</key>
//!     <false/>
//!     <key>allowDictation</key>
//!     <false/>
//! </dict>
//! </plist>");
//! # Ok::<(), apple_mdm::Error>(())
//! ```
//!
//! # Paths
//!
//! A path is written as in [`Error::path`] and in findings: keys are joined by dots, items of arrays are `[0]`, and a key with characters
//! other than ASCII letters, digits, `-` and `_` is quoted, as in `PayloadContent[0]["com.example.app"].Enabled`. The empty path is the
//! document itself.
//!
//! All paths refer to the document as it was read: after `remove("Items[0]")`, the next item is still `Items[1]`. An edit of something that
//! an earlier edit replaces or removes is an error.
//!
//! # Layout
//!
//! A new key goes to the end of its dictionary or, if the keys are in alphabetical order, to its place in that order. It is indented like
//! its neighbors. If they share a line, it does, too, so that compact JSON stays compact. `<dict/>` and `<array/>` become pairs of
//! tags. A key that is removed goes with its value, and with the whole line if nothing else is on it; comments around it stay.
//!
//! # Documents
//!
//! XML property lists and JSON can be edited, in every encoding that [`Input`] reads. In an encoding that lacks a character of a new value,
//! the character is written as a reference. An editor refuses binary property lists, which have no text, and documents that it could not
//! keep as they are: those with bytes that are invalid in their encoding, with repeated keys, or with a `<plist>` inside.
//!
//! Edits are collected and applied once, so that many of them in a large document take time in proportion to its size.

mod changes;
mod compare;
mod json;
mod layout;
mod operation;
mod render;
mod steps;
mod tree;
mod xml;

use std::fmt;

pub use operation::Edit;

use super::irregular::Irregularity;
use super::lines::Lines;
use super::{DocumentFormat, Input, input};
use crate::error::{Error, ErrorKind, Type};
use crate::format::encoding::Encoding;
use crate::value::Value;
use changes::Changes;
use steps::{Step, push, steps};
use tree::{Content, KeyChanges, Node};

type Result<T> = std::result::Result<T, Error>;

/// Changes a document by key path and keeps the rest of its text. See the [module](self).
pub struct Editor<'a> {
    text: &'a str,
    format: DocumentFormat,
    encoding: Encoding,
    root: Node<'a>,
    lines: Lines<'a>,
    is_changed: bool,
}

impl<'a> Editor<'a> {
    /// Starts to edit a document.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is a binary property list, malformed, or too deep or too large, if it has bytes that are
    /// invalid in its encoding, if it repeats a key, or if it has a `<plist>` inside.
    pub fn new(input: &'a Input<'_>) -> Result<Self> {
        let (Some(text), Some(encoding)) = (input.text(), input.encoding) else {
            return Err(Error::new(ErrorKind::NotText));
        };
        if let input::Content::Xml(_, notes) | input::Content::Json(_, notes) = &input.content
            && notes.contains(Irregularity::InvalidBytes)
        {
            return Err(Error::syntax("text that is not valid in its encoding"));
        }
        let lines = Lines::new(text);
        let format = input.format();
        Ok(Self {
            text,
            format,
            encoding,
            root: tree::read(text, format, &input.limits, input.memory, &lines)?,
            lines,
            is_changed: false,
        })
    }

    /// Returns whether the document has a value at this path. A text that is not a path is none.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        steps(path).is_ok_and(|steps| self.find(&steps).is_ok())
    }

    /// Returns the range of bytes that the value at a path takes in the text.
    #[cfg(feature = "lint")]
    pub(crate) fn span(&self, path: &str) -> Option<std::ops::Range<usize>> {
        let node = self.find(&steps(path).ok()?).ok()?;
        Some(node.start..node.end)
    }

    /// Returns whether the edits so far change the document. Setting a value that is there already does not.
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Sets the value at a path. If its last step is a key that the dictionary does not have, the key is added.
    ///
    /// # Errors
    ///
    /// Returns an error if there is nothing at the path and its last step is not a key of an existing dictionary, if the format cannot
    /// represent the value, or if an earlier edit changes it or something in it.
    pub fn set(&mut self, path: &str, value: impl Into<Value>) -> Result<()> {
        let steps = parsed(path)?;
        match steps.split_last() {
            Some((Step::Key(key), parent)) if self.lacks_key(parent, key) => {
                self.add_key(path, parent, key, value.into())
            }
            _ => self.replace_at(path, &steps, value.into()),
        }
    }

    /// Adds a key to a dictionary.
    ///
    /// # Errors
    ///
    /// Returns an error if the path does not end with a key, if the dictionary does not exist or already has the key, if the format cannot
    /// represent the value, or if an earlier edit replaces or removes the dictionary.
    pub fn insert(&mut self, path: &str, value: impl Into<Value>) -> Result<()> {
        let steps = parsed(path)?;
        match steps.split_last() {
            Some((Step::Key(key), parent)) => self.add_key(path, parent, key, value.into()),
            _ => Err(Error::at(
                ErrorKind::Syntax("expected the path of a key".into()),
                path.to_owned(),
                None,
            )),
        }
    }

    /// Replaces the value at a path.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no value, if the format cannot represent the new one, or if an earlier edit changes the value or
    /// something in it.
    pub fn replace(&mut self, path: &str, value: impl Into<Value>) -> Result<()> {
        self.replace_at(path, &parsed(path)?, value.into())
    }

    /// Removes a key with its value, or an item of an array.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no value at the path, if the path is that of the document itself, or if an earlier edit changes the
    /// value, something in it, or its key.
    pub fn remove(&mut self, path: &str) -> Result<()> {
        let steps = parsed(path)?;
        let Some((last, parent)) = steps.split_last() else {
            return Err(Error::syntax("the document itself cannot be removed"));
        };
        let node = self.find(&steps)?;
        let is_renamed = match (&self.find(parent)?.content, last) {
            (Content::Dictionary(dictionary), Step::Key(key)) => {
                let index = dictionary.keys.position(key);
                let changes = dictionary.changes.as_ref();
                changes
                    .zip(index)
                    .is_some_and(|(changes, index)| changes.renamed.contains_key(&index))
            }
            _ => false,
        };
        if is_renamed || node.is_touched() {
            return Err(self.error(ErrorKind::Conflict, path, node));
        }
        self.change(&steps, |node| node.content = Content::Removed);
        Ok(())
    }

    /// Gives a key another name. Its value stays.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such key, if the dictionary already has one of the new name, or if an earlier edit renames or
    /// removes the key.
    pub fn rename(&mut self, path: &str, key: &str) -> Result<()> {
        let steps = parsed(path)?;
        let node = self.find(&steps)?;
        let Some((Step::Key(old), parent)) = steps.split_last() else {
            return Err(self.error(ErrorKind::Syntax("expected the path of a key".into()), path, node));
        };
        if **old == *key {
            return Ok(());
        }
        let Content::Dictionary(dictionary) = &self.find(parent)?.content else {
            return Err(self.error(ErrorKind::Absent, path, node));
        };
        let Some(index) = dictionary.keys.position(old) else {
            return Err(self.error(ErrorKind::Absent, path, node));
        };
        let changes = dictionary.changes.as_ref();
        if node.is_removed() || changes.is_some_and(|changes| changes.renamed.contains_key(&index)) {
            return Err(self.error(ErrorKind::Conflict, path, node));
        }
        if dictionary.will_have(key) {
            return Err(self.error(ErrorKind::Present, path, node));
        }
        self.change(parent, |node| {
            if let Content::Dictionary(dictionary) = &mut node.content {
                let changes = dictionary.changes.get_or_insert_default();
                changes.names.insert(key.to_owned());
                changes.renamed.insert(index, key.to_owned());
            }
        });
        Ok(())
    }

    /// Adds an item to the end of the array at a path. Several are added in the order of the calls.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no array at the path, if the format cannot represent the value, or if an earlier edit replaces or
    /// removes the array.
    pub fn append(&mut self, path: &str, value: impl Into<Value>) -> Result<()> {
        self.insert_item(path, usize::MAX, value)
    }

    /// Adds an item to the array at a path, before the item with this index, or at the end if the index is greater than the last one.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no array at the path, if the format cannot represent the value, or if an earlier edit replaces or
    /// removes the array.
    pub fn insert_item(&mut self, path: &str, index: usize, value: impl Into<Value>) -> Result<()> {
        let (steps, value) = (parsed(path)?, value.into());
        let node = self.find(&steps)?;
        let Content::Array(array) = &node.content else {
            return Err(self.wrong_type(Type::Array, path, node));
        };
        let index = index.min(array.items.len());
        self.check(&value, path, steps.len() + 1, node)?;
        self.change(&steps, |node| {
            if let Content::Array(array) = &mut node.content {
                array.new.push((index, value));
            }
        });
        Ok(())
    }

    /// Makes an edit.
    ///
    /// # Errors
    ///
    /// Returns the errors of the method that makes the edit.
    pub fn apply(&mut self, edit: &Edit) -> Result<()> {
        match edit {
            Edit::Set { path, value } => self.set(path, value.clone()),
            Edit::Insert { path, value } => self.insert(path, value.clone()),
            Edit::Replace { path, value } => self.replace(path, value.clone()),
            Edit::Remove { path } => self.remove(path),
            Edit::Rename { path, key } => self.rename(path, key),
            Edit::Append { path, value } => self.append(path, value.clone()),
            Edit::InsertItem { path, index, value } => self.insert_item(path, *index, value.clone()),
        }
    }

    /// Returns the document with all edits, in its encoding.
    ///
    /// # Errors
    ///
    /// Returns an error if the format cannot represent a new value. The methods that make edits check this before.
    pub fn finish(self) -> Result<Vec<u8>> {
        let text = Changes::new(self.text, self.format, self.encoding).apply(&self.root)?;
        Ok(self.encoding.encode(&text))
    }

    fn replace_at(&mut self, path: &str, steps: &[Step<'_>], value: Value) -> Result<()> {
        let node = self.find(steps)?;
        if node.is_touched() {
            return Err(self.error(ErrorKind::Conflict, path, node));
        }
        self.check(&value, path, steps.len(), node)?;
        if !compare::is_written_as(&self.text[node.start..node.end], self.format, &value) {
            self.change(steps, |node| node.content = Content::Replaced(Box::new(value)));
        }
        Ok(())
    }

    /// Whether there is a dictionary at this path without the key.
    fn lacks_key(&self, parent: &[Step<'_>], key: &str) -> bool {
        match self.find(parent).map(|node| &node.content) {
            Ok(Content::Dictionary(dictionary)) => dictionary.keys.position(key).is_none(),
            _ => false,
        }
    }

    fn add_key(&mut self, path: &str, parent: &[Step<'_>], key: &str, value: Value) -> Result<()> {
        let node = self.find(parent)?;
        let Content::Dictionary(dictionary) = &node.content else {
            return Err(self.wrong_type(Type::Dictionary, path, node));
        };
        if dictionary.will_have(key) {
            return Err(self.error(ErrorKind::Present, path, node));
        }
        self.check(&value, path, parent.len() + 1, node)?;
        self.change(parent, |node| {
            if let Content::Dictionary(dictionary) = &mut node.content {
                let changes: &mut KeyChanges = dictionary.changes.get_or_insert_default();
                changes.names.insert(key.to_owned());
                changes.new.push((key.to_owned(), value));
            }
        });
        Ok(())
    }

    fn check(&self, value: &Value, path: &str, depth: usize, node: &Node<'_>) -> Result<()> {
        render::check(value, self.format, depth).map_err(|error| self.error(error.into_kind(), path, node))
    }

    /// Returns the value that the steps lead to.
    fn find(&self, steps: &[Step<'_>]) -> Result<&Node<'a>> {
        let mut node = &self.root;
        for (index, step) in steps.iter().enumerate() {
            let here = || joined(&steps[..=index]);
            let child = match (&node.content, step) {
                (Content::Array(array), Step::Index(index)) => array.items.get(*index),
                (Content::Dictionary(dictionary), Step::Key(key)) => {
                    let index = dictionary.keys.position(key);
                    index
                        .and_then(|index| dictionary.entries.get(index))
                        .map(|entry| &entry.value)
                }
                (_, Step::Index(_)) => return Err(self.wrong_type(Type::Array, &here(), node)),
                (_, Step::Key(_)) => return Err(self.wrong_type(Type::Dictionary, &here(), node)),
            };
            node = child.ok_or_else(|| self.error(ErrorKind::Absent, &here(), node))?;
        }
        Ok(node)
    }

    /// Changes the value that the steps lead to, which exists.
    fn change(&mut self, steps: &[Step<'_>], change: impl FnOnce(&mut Node<'a>)) {
        self.is_changed = true;
        let mut node = &mut self.root;
        for step in steps {
            let child = match (&mut node.content, step) {
                (Content::Array(array), Step::Index(index)) => {
                    array.frame.is_touched = true;
                    array.items.get_mut(*index)
                }
                (Content::Dictionary(dictionary), Step::Key(key)) => {
                    dictionary.frame.is_touched = true;
                    let index = dictionary.keys.position(key);
                    let entry = index.and_then(|index| dictionary.entries.get_mut(index));
                    entry.map(|entry| &mut entry.value)
                }
                _ => None,
            };
            match child {
                Some(child) => node = child,
                None => return,
            }
        }
        match &mut node.content {
            Content::Array(array) => array.frame.is_touched = true,
            Content::Dictionary(dictionary) => dictionary.frame.is_touched = true,
            _ => {}
        }
        change(node);
    }

    /// Returns an error about the path, at the position of the innermost value on it.
    fn error(&self, kind: ErrorKind, path: &str, node: &Node<'_>) -> Error {
        Error::at(kind, path.to_owned(), Some(self.lines.position(node.start)))
    }

    /// Returns an error about a value that is not a container of this type.
    fn wrong_type(&self, expected: Type, path: &str, node: &Node<'_>) -> Error {
        let kind = match &node.content {
            Content::Removed | Content::Replaced(_) => ErrorKind::Conflict,
            _ => match compare::type_of(&self.text[node.start..node.end], self.format) {
                Some(found) => ErrorKind::WrongType { expected, found },
                None => ErrorKind::Absent,
            },
        };
        self.error(kind, path, node)
    }
}

impl fmt::Debug for Editor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editor")
            .field("format", &self.format)
            .field("is_changed", &self.is_changed)
            .finish_non_exhaustive()
    }
}

fn parsed(path: &str) -> Result<Vec<Step<'_>>> {
    steps(path).map_err(|error| Error::at(error.into_kind(), path.to_owned(), None))
}

fn joined(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    steps.iter().for_each(|step| push(&mut path, step));
    path
}
