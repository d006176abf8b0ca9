//! Paths in a value, as findings write them.

use std::fmt;

use apple_mdm::value::Value;

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seg {
    Key(String),
    Index(usize),
}

/// A path in a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(pub Vec<Seg>);

impl Place {
    /// Parses the path of a finding.
    pub fn parse(path: &str) -> Self {
        let mut place = Self::default();
        let mut rest = path;
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix("[\"") {
                let (name, after) = quoted.split_once("\"]").unwrap();
                place = place.key(name);
                rest = after;
            } else if let Some(inner) = rest.strip_prefix('[') {
                let (index, after) = inner.split_once(']').unwrap();
                place = place.index(index.parse().unwrap());
                rest = after;
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                place = place.key(&rest[..end]);
                rest = &rest[end..];
            }
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
        place
    }

    pub fn key(&self, name: &str) -> Self {
        let mut place = self.clone();
        place.0.push(Seg::Key(name.to_owned()));
        place
    }

    pub fn index(&self, index: usize) -> Self {
        let mut place = self.clone();
        place.0.push(Seg::Index(index));
        place
    }

    pub fn starts_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// Returns the path of the container, and the last segment.
    pub fn split(&self) -> Option<(Self, &Seg)> {
        let (last, before) = self.0.split_last()?;
        Some((Self(before.to_vec()), last))
    }

    pub fn get<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(value, |value, seg| match seg {
            Seg::Key(name) => value.get(name),
            Seg::Index(index) => value.as_array()?.get(*index),
        })
    }

    pub fn get_mut<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        self.0.iter().try_fold(value, |value, seg| match seg {
            Seg::Key(name) => value.as_dictionary_mut()?.get_mut(name),
            Seg::Index(index) => value.as_array_mut()?.get_mut(*index),
        })
    }

    /// Returns the value with `new` at the path. The container must exist.
    pub fn with(&self, value: &Value, new: impl Into<Value>) -> Option<Value> {
        let mut value = value.clone();
        let (holder, last) = self.split()?;
        match (holder.get_mut(&mut value)?, last) {
            (Value::Dictionary(entries), Seg::Key(name)) => {
                entries.insert(name.clone(), new);
            }
            (Value::Array(items), Seg::Index(index)) => match items.get_mut(*index) {
                Some(item) => *item = new.into(),
                None => items.push(new.into()),
            },
            _ => return None,
        }
        Some(value)
    }

    /// Returns the value without the part at the path.
    pub fn without(&self, value: &Value) -> Option<Value> {
        self.get(value)?;
        let mut value = value.clone();
        let (holder, last) = self.split()?;
        match (holder.get_mut(&mut value)?, last) {
            (Value::Dictionary(entries), Seg::Key(name)) => {
                entries.remove(name);
            }
            (Value::Array(items), Seg::Index(index)) => {
                items.remove(*index);
            }
            _ => return None,
        }
        Some(value)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, seg) in self.0.iter().enumerate() {
            match seg {
                Seg::Index(index) => write!(f, "[{index}]")?,
                Seg::Key(name)
                    if name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) && !name.is_empty() =>
                {
                    let dot = if at == 0 { "" } else { "." };
                    write!(f, "{dot}{name}")?;
                }
                Seg::Key(name) => write!(f, "[\"{name}\"]")?,
            }
        }
        Ok(())
    }
}
