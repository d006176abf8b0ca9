//! Keys by their path.

use super::{Choice, Dict, Item, Key, Kind};
use crate::error::path::first_key;
use crate::schema::Availability;

/// A key of an item and what holds for it there.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Place {
    /// The key.
    pub key: &'static Key,
    /// Where it is available, with what it inherits.
    pub availability: Availability,
}

impl Item {
    /// Where the key at `path` is available, with everything inherited: from the item, and from every key on the way.
    ///
    /// The path joins keys by dots; the items of an array are `[]`, or `[Wallpaper]` where they are of several kinds;
    /// a key with a dot in its name is `["com.apple.x"]`, any key of a map `*`. The empty path is the item itself.
    /// `None` where the item has no such key.
    #[must_use]
    pub fn availability(&self, path: &str) -> Option<Availability> {
        if path.is_empty() {
            return Some(Availability::of(self.support));
        }
        self.place(path).map(|place| place.availability)
    }

    /// The key at `path`, written as for [`availability`](Self::availability).
    #[must_use]
    pub fn place(&self, path: &str) -> Option<Place> {
        find(self.keys?, Availability::of(self.support), path)
    }

    /// The key of the response at `path`, written as for [`availability`](Self::availability).
    #[must_use]
    pub fn response_place(&self, path: &str) -> Option<Place> {
        find(self.response?, Availability::of(self.support), path)
    }

    /// Calls `f` with the path and place of every key, parents first; a dictionary within itself is not entered again.
    pub fn each_key(&self, f: &mut dyn FnMut(&str, Place)) {
        if let Some(dict) = self.keys {
            Walk { open: Vec::new(), f }.dict(dict, Availability::of(self.support), "");
        }
    }

    /// The same for the response.
    pub fn each_response_key(&self, f: &mut dyn FnMut(&str, Place)) {
        if let Some(dict) = self.response {
            Walk { open: Vec::new(), f }.dict(dict, Availability::of(self.support), "");
        }
    }

    /// Where a listed value of a key is available.
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
        // Items and values of maps belong to the key.
        loop {
            if rest.is_empty() {
                return Some(place);
            }
            let next = match place.key.kind {
                Kind::Array(item) => {
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
            Kind::Array(item) => match item.kind {
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
