//! Values that are the same, and those that were met before.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::compare::number;
use crate::codec::View;

/// In what values are the same: as they are, or dictionaries in some of their keys.
#[derive(Clone, Copy)]
pub(super) struct Sameness<'r> {
    /// The keys in which dictionaries are compared; values are compared themselves where there are none.
    pub(super) by: &'r [&'r str],
    pub(super) ignore_case: bool,
}

impl Sameness<'_> {
    /// Whether there is anything to compare: dictionaries and arrays are not compared as a whole.
    pub(super) fn applies(self, view: View<'_>) -> bool {
        match self.by {
            [] => is_plain(view),
            keys => keys.iter().any(|key| is_plain(view.value(key))),
        }
    }

    /// Whether two values are the same.
    pub(super) fn same(self, a: View<'_>, b: View<'_>) -> bool {
        match self.by {
            [] => self.same_value(a, b),
            keys => keys.iter().all(|key| self.same_value(a.value(key), b.value(key))),
        }
    }

    fn same_value(self, a: View<'_>, b: View<'_>) -> bool {
        match (a, b) {
            (View::String(a), View::String(b)) if self.ignore_case => {
                a.eq_ignore_ascii_case(b) || (!(a.is_ascii() && b.is_ascii()) && lowercase(a).eq(lowercase(b)))
            }
            (View::String(a), View::String(b)) => a == b,
            (View::Boolean(a), View::Boolean(b)) => a == b,
            (View::Integer(a), View::Integer(b)) => a == b,
            (View::Data(a), View::Data(b)) => a == b,
            (View::Date(a), View::Date(b)) => a == b,
            (a, b) => match (number(a), number(b)) {
                (Some(a), Some(b)) => a == b || a.is_nan() && b.is_nan(),
                // What is not compared is no difference.
                _ => !is_plain(a) && !is_plain(b),
            },
        }
    }

    /// Feeds the hasher what is the same for what is the same.
    fn hash(self, view: View<'_>, hasher: &mut impl Hasher) {
        match self.by {
            [] => self.hash_value(view, hasher),
            keys => keys.iter().for_each(|key| self.hash_value(view.value(key), hasher)),
        }
    }

    fn hash_value(self, view: View<'_>, hasher: &mut impl Hasher) {
        match view {
            View::String(text) if self.ignore_case => hash_lowercase(text, hasher),
            View::String(text) => text.hash(hasher),
            View::Boolean(flag) => flag.hash(hasher),
            View::Data(bytes) => bytes.hash(hasher),
            View::Date(date) => date.hash(hasher),
            // Plus 0, since -0 is the same as 0; and all that are no numbers are the same.
            view => number(view)
                .map(|number| if number.is_nan() { f64::NAN } else { number + 0.0 }.to_bits())
                .hash(hasher),
        }
    }
}

/// The characters of a text that is compared in disregard of case.
fn lowercase(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

fn is_plain(view: View<'_>) -> bool {
    matches!(
        view,
        View::String(_) | View::Integer(_) | View::Real(_) | View::Boolean(_) | View::Data(_) | View::Date(_)
    )
}

/// Like the hash of the lowercase text, which is made for nearly none.
fn hash_lowercase(text: &str, hasher: &mut impl Hasher) {
    let mut lower = [0; 64];
    match lower.get_mut(..text.len()) {
        Some(lower) if text.is_ascii() => {
            lower.copy_from_slice(text.as_bytes());
            lower.make_ascii_lowercase();
            lower.hash(hasher);
        }
        _ => lowercase(text).collect::<String>().as_bytes().hash(hasher),
    }
}

/// A value that is equal to those that are the same.
#[derive(Clone, Copy)]
pub(super) struct Compared<'a, 'r> {
    pub(super) view: View<'a>,
    pub(super) sameness: Sameness<'r>,
}

impl PartialEq for Compared<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.sameness.same(self.view, other.view)
    }
}

impl Eq for Compared<'_, '_> {}

impl Hash for Compared<'_, '_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.sameness.hash(self.view, hasher);
    }
}

/// How many values are compared one by one, without memory for them: most lists are short.
const FEW: usize = 32;

/// The values that were met so far.
pub(super) struct Met<'a, 'r> {
    sameness: Sameness<'r>,
    few: [View<'a>; FEW],
    len: usize,
    /// With their hashes, once there are more than [`FEW`].
    many: HashTable<(u64, View<'a>)>,
    hasher: RandomState,
}

impl<'a, 'r> Met<'a, 'r> {
    pub(super) fn new(sameness: Sameness<'r>) -> Self {
        Self {
            sameness,
            few: [View::Absent; FEW],
            len: 0,
            many: HashTable::new(),
            hasher: RandomState::new(),
        }
    }

    fn hash(&self, view: View<'a>) -> u64 {
        let sameness = self.sameness;
        self.hasher.hash_one(Compared { view, sameness })
    }

    /// Whether one of many is the same as this, which has this hash.
    fn is(&self, hash: u64, view: View<'a>) -> impl Fn(&(u64, View<'a>)) -> bool + use<'a, 'r> {
        let sameness = self.sameness;
        move |(other, met)| hash == *other && sameness.same(*met, view)
    }

    /// One that is the same as this.
    pub(super) fn find(&self, view: View<'a>) -> Option<View<'a>> {
        if !self.sameness.applies(view) {
            None
        } else if self.many.is_empty() {
            self.find_among_few(view)
        } else {
            let hash = self.hash(view);
            self.many.find(hash, self.is(hash, view)).map(|(_, met)| *met)
        }
    }

    fn find_among_few(&self, view: View<'a>) -> Option<View<'a>> {
        let met = self.few[..self.len].iter();
        met.copied().find(|met| self.sameness.same(*met, view))
    }

    /// The same; where there is none, this is the first from now on.
    pub(super) fn find_or_add(&mut self, view: View<'a>) -> Option<View<'a>> {
        if !self.sameness.applies(view) {
            return None;
        }
        if self.many.is_empty() {
            let found = self.find_among_few(view);
            if found.is_some() {
                return found;
            }
            if let Some(place) = self.few.get_mut(self.len) {
                *place = view;
                self.len += 1;
                return None;
            }
            for met in self.few {
                let hash = self.hash(met);
                self.many.insert_unique(hash, (hash, met), |(hash, _)| *hash);
            }
        }
        let hash = self.hash(view);
        let is = self.is(hash, view);
        match self.many.entry(hash, is, |(hash, _)| *hash) {
            Entry::Occupied(met) => Some(met.get().1),
            Entry::Vacant(place) => {
                place.insert((hash, view));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One by one or by their hashes: the same values are found.
    #[test]
    fn many_are_told_apart_as_few_are() {
        let texts = ["a", "A", "ä", "Ä", "k", "\u{212a}", "0", "s0", ""].map(View::String);
        let numbers = [
            View::Integer(0.into()),
            View::Real(0.0),
            View::Real(-0.0),
            View::Real(0.5),
            View::Real(f64::NAN),
            View::Real(-f64::NAN),
        ];
        let others = [View::Boolean(false), View::Data(b""), View::Data(b"a"), View::Null];
        let all = [&texts[..], &numbers, &others].concat();
        let fillers: Vec<String> = (0..FEW).map(|number| format!("filler {number}")).collect();
        for ignore_case in [false, true] {
            let sameness = Sameness { by: &[], ignore_case };
            for one in &all {
                let mut few = Met::new(sameness);
                few.find_or_add(*one);
                let mut many = Met::new(sameness);
                for filler in &fillers {
                    assert!(many.find_or_add(View::String(filler)).is_none());
                }
                many.find_or_add(*one);
                for other in &all {
                    assert_eq!(few.find(*other).is_some(), many.find(*other).is_some());
                    let found = sameness.same(*one, *other) && is_plain(*other);
                    assert_eq!(few.find(*other).is_some(), found);
                    assert_eq!(found, sameness.same(*other, *one) && is_plain(*other));
                }
            }
        }
    }
}
