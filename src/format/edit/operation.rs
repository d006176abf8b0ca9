//! Edits as data.

use std::fmt;

use crate::value::Value;

/// A change of a document, as data. [`Editor::apply`](super::Editor::apply) makes it.
///
/// `Debug` does not show the new value, which may be a secret.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    /// See [`Editor::set`](super::Editor::set).
    Set {
        /// The path of the value.
        path: String,
        /// The new value.
        value: Value,
    },
    /// See [`Editor::insert`](super::Editor::insert).
    Insert {
        /// The path of the new key.
        path: String,
        /// The value of the new key.
        value: Value,
    },
    /// See [`Editor::replace`](super::Editor::replace).
    Replace {
        /// The path of the value.
        path: String,
        /// The new value.
        value: Value,
    },
    /// See [`Editor::remove`](super::Editor::remove).
    Remove {
        /// The path of the key or item.
        path: String,
    },
    /// See [`Editor::rename`](super::Editor::rename).
    Rename {
        /// The path of the key.
        path: String,
        /// The new name.
        key: String,
    },
    /// See [`Editor::append`](super::Editor::append).
    Append {
        /// The path of the array.
        path: String,
        /// The new item.
        value: Value,
    },
    /// See [`Editor::insert_item`](super::Editor::insert_item).
    InsertItem {
        /// The path of the array.
        path: String,
        /// The index of the item that the new one comes before.
        index: usize,
        /// The new item.
        value: Value,
    },
}

impl Edit {
    /// Returns the path of the value, key or array that the edit concerns.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Set { path, .. }
            | Self::Insert { path, .. }
            | Self::Replace { path, .. }
            | Self::Remove { path }
            | Self::Rename { path, .. }
            | Self::Append { path, .. }
            | Self::InsertItem { path, .. } => path,
        }
    }
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, key, value) = match self {
            Self::Set { value, .. } => ("Set", None, Some(value)),
            Self::Insert { value, .. } => ("Insert", None, Some(value)),
            Self::Replace { value, .. } => ("Replace", None, Some(value)),
            Self::Remove { .. } => ("Remove", None, None),
            Self::Rename { key, .. } => ("Rename", Some(key), None),
            Self::Append { value, .. } => ("Append", None, Some(value)),
            Self::InsertItem { value, .. } => ("InsertItem", None, Some(value)),
        };
        let mut shown = f.debug_struct(name);
        shown.field("path", &self.path());
        if let Some(key) = key {
            shown.field("key", key);
        }
        if let Some(value) = value {
            shown.field("value", &format_args!("<{}>", value.type_of().name()));
        }
        shown.finish_non_exhaustive()
    }
}
