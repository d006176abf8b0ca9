//! Looking up keys by their path.

use super::{Choice, Dict, Item, Key, Kind};
use crate::error::path::first_key;
use crate::schema::Availability;

/// A key at a certain path of an item.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Place {
    /// The key.
    pub key: &'static Key,
    /// Its availability, including what it inherits.
    pub availability: Availability,
}

impl Item {
    /// Returns the availability of the key at `path`, including what it inherits from the item and from every key on the way. Returns
    /// `None` if the item has no such key.
    ///
    /// The path joins keys with dots. The elements of an array are `[]`, or `[Wallpaper]` for one of several alternatives. A key with a
    /// dot in its name is `["com.apple.x"]`, and any key of a map is `*`. The empty path is the item itself.
    #[must_use]
    pub fn availability(&self, path: &str) -> Option<Availability> {
        if path.is_empty() {
            return Some(Availability::of(self.support));
        }
        self.place(path).map(|place| place.availability)
    }

    /// Returns the key at `path`, in the notation of [`availability`](Self::availability).
    #[must_use]
    pub fn place(&self, path: &str) -> Option<Place> {
        find(self.keys?, Availability::of(self.support), path)
    }

    /// Returns the key of the response at `path`, in the notation of [`availability`](Self::availability).
    #[must_use]
    pub fn response_place(&self, path: &str) -> Option<Place> {
        find(self.response?, Availability::of(self.support), path)
    }

    /// Calls `f` with the path and place of every key, parents first. A dictionary within itself is not entered again.
    pub fn each_key(&self, f: &mut dyn FnMut(&str, Place)) {
        if let Some(dict) = self.keys {
            Walk { open: Vec::new(), f }.dict(dict, Availability::of(self.support), "");
        }
    }

    /// Does the same as [`each_key`](Self::each_key) for the response.
    pub fn each_response_key(&self, f: &mut dyn FnMut(&str, Place)) {
        if let Some(dict) = self.response {
            Walk { open: Vec::new(), f }.dict(dict, Availability::of(self.support), "");
        }
    }

    /// Returns the availability of a listed value of a key.
    #[must_use]
    pub fn choice(&self, place: &Place, value: &str) -> Option<Availability> {
        let is = |choice: &&Choice| matches!(choice.value, super::Literal::String(text) if text == value);
        place
            .key
            .choices
            .iter()
            .find(is)
            .map(|choice| place.availability.with(choice.support))
    }
}

fn find(dict: &'static Dict, inherited: Availability, path: &str) -> Option<Place> {
    let mut dict = dict;
    let mut inherited = inherited;
    let mut rest = path;
    loop {
        let (name, after) = first_key(rest)?;
        let key = dict.key(&name).or(dict.any)?;
        let mut place = Place {
            key,
            availability: inherited.with(key.support),
        };
        rest = after;
        // The elements of an array and the values of a map belong to the key.
        loop {
            if rest.is_empty() {
                return Some(place);
            }
            let next = match place.key.kind {
                Kind::Array(item) | Kind::OneOrMany(item) => {
                    let inner = rest.strip_prefix('[')?;
                    let (label, after) = inner.split_once(']')?;
                    rest = after;
                    match item.kind {
                        Kind::Union(union) if !label.is_empty() => {
                            union.alternatives.iter().find(|(value, _)| *value == label)?.1
                        }
                        _ => item,
                    }
                }
                Kind::Map(value) => {
                    let (_, after) = first_key(rest.strip_prefix('.').unwrap_or(rest))?;
                    rest = after;
                    value
                }
                Kind::Dictionary(next) => {
                    dict = next;
                    inherited = place.availability;
                    break;
                }
                _ => return None,
            };
            place = Place {
                key: next,
                availability: place.availability.with(next.support),
            };
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
}

struct Walk<'a> {
    open: Vec<*const Dict>,
    f: &'a mut dyn FnMut(&str, Place),
}

impl Walk<'_> {
    fn dict(&mut self, dict: &'static Dict, inherited: Availability, at: &str) {
        if self.open.contains(&std::ptr::from_ref(dict)) {
            return;
        }
        self.open.push(dict);
        for key in dict.keys {
            let mut path = at.to_owned();
            crate::error::path::push_key(&mut path, key.name);
            self.key(key, inherited, path);
        }
        if let Some(any) = dict.any {
            let path = if at.is_empty() {
                "*".to_owned()
            } else {
                format!("{at}.*")
            };
            self.key(any, inherited, path);
        }
        self.open.pop();
    }

    fn key(&mut self, key: &'static Key, inherited: Availability, path: String) {
        let availability = inherited.with(key.support);
        (self.f)(&path, Place { key, availability });
        match key.kind {
            Kind::Array(item) | Kind::OneOrMany(item) => match item.kind {
                Kind::Union(union) => {
                    for (label, alternative) in union.alternatives {
                        self.key(alternative, availability, format!("{path}[{label}]"));
                    }
                }
                _ => self.key(item, availability, format!("{path}[]")),
            },
            Kind::Map(value) => self.key(value, availability, format!("{path}.*")),
            Kind::Dictionary(dict) => self.dict(dict, availability, &path),
            _ => {}
        }
    }
}
