//! Arrays with several kinds of items, which a discriminator distinguishes.

use std::collections::BTreeMap;

use super::resolved::{Shape, Ty};
use super::section::{Section, ShapeSource};
use crate::ident;
use crate::model::{File, Key, Kind, ListId, Scalar};
use crate::problem::Problem;

impl Section<'_> {
    /// Returns the type of the items.
    pub(super) fn union(&mut self, id: ListId, key: &Key, trail: &[String]) -> Ty {
        if tag_of(self.file, self.file.list(id)).is_some() {
            return Ty::Type(self.type_index(ShapeSource::Union(id), key, trail));
        }
        let message = format!(
            "the alternatives of {} have no key with a single value that distinguishes them; they are read as any \
             dictionary until the overlay adds one",
            trail.join(".")
        );
        let problem = Problem::in_schema(&self.file.path, "", message);
        self.found.problems.push(problem.into_note());
        Ty::Dictionary
    }

    /// Resolves the type of each alternative.
    pub(super) fn alternatives(&mut self, id: ListId, trail: &[String]) -> Shape {
        let keys = self.file.list(id).to_vec();
        let tag = tag_of(self.file, &keys).unwrap_or_default();
        let mut variants: Vec<(String, String, usize)> = Vec::new();
        let mut names = vec!["Unrecognized".to_owned()];
        let mut kept = Vec::new();
        for key in &keys {
            let value = fixed(self.file, key).remove(&tag);
            let value = value.filter(|value| variants.iter().all(|(_, other, _)| other != value));
            let (Some(list), Some(value)) = (key.subkeys, value) else {
                let message = format!(
                    "the alternative {} of {} has no `{tag}` of its own with a single value; it is left out until the \
                     overlay adds one",
                    key.name,
                    trail.join(".")
                );
                let problem = Problem::in_schema(&self.file.path, "", message);
                self.found.problems.push(problem.into_note());
                continue;
            };
            let mut trail = trail.to_vec();
            trail.push(key.name.clone());
            self.tags.insert(list, (tag.clone(), value.clone()));
            let index = self.type_index(ShapeSource::Dictionary(list), key, &trail);
            let name = ident::distinct_type(self.words.type_name(&key.name), &mut names);
            variants.push((name, value, index));
            kept.push(key.clone());
        }
        Shape::Union {
            tag,
            variants,
            keys: kept,
        }
    }
}

/// Returns the keys of a dictionary that have a single possible value.
fn fixed(file: &File, key: &Key) -> BTreeMap<String, String> {
    let list = key.subkeys.map(|id| file.list(id)).unwrap_or_default();
    list.iter()
        .filter_map(|key| match (key.kind, key.values.as_slice()) {
            (Kind::String, [Scalar::String(value)]) => Some((key.name.clone(), value.clone())),
            _ => None,
        })
        .collect()
}

/// Finds the discriminator: the key that has a single possible value in most alternatives.
fn tag_of(file: &File, alternatives: &[Key]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for key in alternatives {
        for name in fixed(file, key).into_keys() {
            *counts.entry(name).or_default() += 1;
        }
    }
    // `max_by_key` returns the last maximum, but the first one in alphabetical order is needed.
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(name, _)| name)
}
