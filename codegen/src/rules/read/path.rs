//! Paths of keys.

use super::fields::Fields;
use crate::message::{one_of, shorten};
use crate::model::{Key, Kind, ListId, Scalar};
use crate::overlay::{self, Step as Written};
use crate::rules::{Path, Step};

impl<'a> Fields<'a> {
    pub(super) fn key(&mut self, name: &'static str) -> Result<Path, String> {
        self.place(name).map(|(path, _)| path)
    }

    /// Reads the path of a key that must have one of these types.
    pub(super) fn key_of(&mut self, name: &'static str, kinds: &[Kind]) -> Result<Path, String> {
        let (path, key) = self.place(name)?;
        if path.last() != Some(&Step::Names) {
            is_one_of(key, kinds, "this")?;
        }
        Ok(path)
    }

    pub(super) fn place(&mut self, name: &'static str) -> Result<(Path, Option<&'a Key>), String> {
        let written = self
            .text(name)?
            .ok_or_else(|| format!("`{name}` is missing: the path of a key"))?;
        self.path(&written)
    }

    pub(super) fn keys(&mut self) -> Result<Vec<Path>, String> {
        let mut written = self.texts("keys")?;
        written.extend(self.text("key")?);
        if written.is_empty() {
            return Err("`keys` is missing: a list of paths of keys".to_owned());
        }
        let mut known = std::collections::HashSet::new();
        if let Some(path) = written.iter().find(|path| !known.insert(path.as_str())) {
            return Err(format!("`keys` contains `{}` twice; remove one of them", shorten(path)));
        }
        written.iter().map(|path| Ok(self.path(path)?.0)).collect()
    }

    /// Checks that the names in `by` are keys of a dictionary, if its keys are known.
    pub(super) fn are_keys(&self, by: &[String], kind: Kind, list: Option<ListId>) -> Result<(), String> {
        let keys = list.map(|id| self.file.list(id)).unwrap_or_default();
        if kind == Kind::Any || kind == Kind::Dictionary && (keys.is_empty() || keys.iter().any(|key| key.any)) {
            return Ok(());
        }
        match by
            .iter()
            .find(|name| kind != Kind::Dictionary || keys.iter().all(|key| key.name != **name))
        {
            Some(name) => Err(overlay::missing(name, name, keys)),
            None => Ok(()),
        }
    }

    /// Resolves a path step by step. Returns it with the key at its end, if that is known.
    pub(super) fn path(&self, written: &str) -> Result<(Path, Option<&'a Key>), String> {
        let (plain, names) = match written.strip_suffix("{}") {
            Some(plain) => (plain, true),
            None => (written, false),
        };
        let mut path = Vec::new();
        let mut list = self.list;
        let mut end = None;
        for step in overlay::steps(plain)? {
            let keys = list.map(|id| self.file.list(id)).unwrap_or_default();
            let key = match &step {
                Written::Key(name) => {
                    let named = keys.iter().find(|key| &key.name == name);
                    match named
                        .filter(|key| key.any)
                        .or(named)
                        .or_else(|| keys.iter().find(|key| key.any))
                    {
                        Some(key) if key.any && &key.name == name => {
                            path.push(Step::Any);
                            Some(key)
                        }
                        Some(key) => {
                            path.push(Step::Key(name.clone()));
                            Some(key)
                        }
                        // A value of any type can have any key.
                        None if list.is_none() && !path.is_empty() => {
                            path.push(Step::Key(name.clone()));
                            None
                        }
                        None => return Err(overlay::missing(written, name, keys)),
                    }
                }
                Written::Items => match end.filter(|key: &&Key| key.one_or_many) {
                    Some(key) => {
                        path.push(Step::Each);
                        Some(if key.kind == Kind::Array {
                            keys.first().unwrap_or(key)
                        } else {
                            key
                        })
                    }
                    None => {
                        path.push(Step::Items);
                        keys.first()
                    }
                },
                Written::Item(index) => {
                    path.push(Step::Item(*index));
                    keys.first()
                }
                Written::Alternative(name) => {
                    let key = keys.iter().find(|key| &key.name == name);
                    let key = key.ok_or_else(|| overlay::missing(written, name, keys))?;
                    let inner = key.subkeys.map(|id| self.file.list(id)).unwrap_or_default();
                    let tag = inner.iter().find_map(|k| match (k.kind, k.values.as_slice()) {
                        (Kind::String, [Scalar::String(value)]) => Some((k.name.clone(), value.clone())),
                        _ => None,
                    });
                    let (tag, value) =
                        tag.ok_or_else(|| format!("nothing tells `{name}` from the other alternatives"))?;
                    path.push(Step::Where(tag, value));
                    Some(key)
                }
            };
            list = key.and_then(|key| key.subkeys);
            end = key;
        }
        if names {
            is_one_of(end, &[Kind::Dictionary], "names")?;
            path.push(Step::Names);
            end = None;
        }
        if path.is_empty() {
            return Err("the path of a key is empty".to_owned());
        }
        Ok((path, end))
    }

    /// Returns the element of an array.
    pub(super) fn item(&self, of: Option<&'a Key>) -> Option<&'a Key> {
        match self.file.list(of?.subkeys?) {
            [item] => Some(item),
            _ => None,
        }
    }

    /// Returns the default of the key at `path`.
    pub(super) fn default(&self, path: &str) -> Option<Scalar> {
        let (list, index) = overlay::locate(self.file, self.list?, path).ok()?;
        self.file.list(list)[index].default.clone()
    }
}

/// Checks that a key, if it is known, has one of these types.
pub(super) fn is_one_of(key: Option<&Key>, kinds: &[Kind], rule: &str) -> Result<(), String> {
    let Some(key) = key.filter(|key| key.kind != Kind::Any && !kinds.contains(&key.kind)) else {
        return Ok(());
    };
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let hint = if key.kind == Kind::Array {
        format!("; its items are `{}[]`", key.name)
    } else {
        String::new()
    };
    let rule = if rule == "this" {
        "this kind of rule".to_owned()
    } else {
        format!("`{rule}`")
    };
    Err(format!(
        "`{}` is {}, and {rule} is for {}{hint}",
        key.name,
        key.kind.with_article(),
        one_of(&names)
    ))
}
