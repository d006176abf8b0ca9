//! Which elements of two arrays belong together.

use std::collections::{HashMap, VecDeque};

use apple_mdm::lint::{AnnotatedContent, AnnotatedValue};

use super::compare::is_same;
use super::shown::{Masks, to_json};

/// An element of the old array, of the new one, or of both, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    Both(usize, usize),
    Old(usize),
    New(usize),
}

/// The most comparisons of one element with another. Longer arrays are paired by index.
const MAX_COMPARISONS: usize = 250_000;

/// Pairs payloads: those with the same identifier, then those with the same UUID, then the most similar ones of the same type.
pub fn payloads(old: &[AnnotatedValue], new: &[AnnotatedValue]) -> Vec<Pair> {
    let mut open = Open::new(old.len(), new.len());
    for keys in [
        &["PayloadType", "PayloadIdentifier", "PayloadUUID"][..],
        &["PayloadType", "PayloadIdentifier"],
        &["PayloadType", "PayloadUUID"],
    ] {
        open.pair_equal(|index, is_old| {
            let payload = if is_old { &old[index] } else { &new[index] };
            let texts: Option<Vec<&str>> = keys.iter().map(|key| payload.get(key)?.as_str()).collect();
            texts.map(|texts| texts.join("\0"))
        });
    }
    open.pair_similar(old, new, |old, new| {
        let payload_type = |payload: &AnnotatedValue| payload.get("PayloadType")?.as_str().map(str::to_owned);
        (payload_type(old) == payload_type(new))
            .then(|| similarity(old, new))
            .filter(|similarity| *similarity >= 0.5)
    });
    // A single payload of a type that is left over on both sides.
    open.pair_lonely(|index, is_old| {
        let payload = if is_old { &old[index] } else { &new[index] };
        payload.get("PayloadType")?.as_str().map(str::to_owned)
    });
    open.finish()
}

/// Pairs the elements of any array: equal ones, then dictionaries that are similar.
pub fn elements(old: &[AnnotatedValue], new: &[AnnotatedValue]) -> Vec<Pair> {
    let mut open = Open::new(old.len(), new.len());
    open.pair_equal(|index, is_old| {
        let value = if is_old { &old[index] } else { &new[index] };
        Some(to_json(value, Masks::Off).to_string())
    });
    open.pair_similar(old, new, |old, new| {
        let both_are_arrays = matches!(
            (&old.content, &new.content),
            (AnnotatedContent::Array(_), AnnotatedContent::Array(_))
        );
        Some(similarity(old, new)).filter(|similarity| *similarity >= 0.5 || both_are_arrays)
    });
    open.pair_lonely(|index, is_old| {
        let value = if is_old { &old[index] } else { &new[index] };
        matches!(value.content, AnnotatedContent::Dictionary(_)).then(String::new)
    });
    open.finish()
}

/// Returns the share of keys with equal values in two dictionaries. Values that name something count more than others.
fn similarity(old: &AnnotatedValue, new: &AnnotatedValue) -> f64 {
    let (AnnotatedContent::Dictionary(old), AnnotatedContent::Dictionary(new)) = (&old.content, &new.content) else {
        return 0.0;
    };
    let weight = |key: &str| match key {
        // Generated, or the same in all payloads.
        "PayloadUUID" | "PayloadIdentifier" | "PayloadType" | "PayloadVersion" | "PayloadEnabled" => 0.0,
        "Identifier" | "identifier" | "ID" | "Name" | "UserName" | "BundleID" | "BundleIdentifier" | "SSID_STR" => 4.0,
        _ => 1.0,
    };
    let in_new: HashMap<&str, &AnnotatedValue> = new.iter().map(|(key, value)| (key.as_str(), value)).collect();
    let (mut equal, mut all) = (0.0, 0.0);
    for (key, value) in old {
        all += weight(key);
        if in_new.get(key.as_str()).is_some_and(|other| is_same(value, other)) {
            equal += weight(key);
        }
    }
    let in_old: HashMap<&str, ()> = old.iter().map(|(key, _)| (key.as_str(), ())).collect();
    let only_new = new.iter().filter(|(key, _)| !in_old.contains_key(key.as_str()));
    all += only_new.map(|(key, _)| weight(key)).sum::<f64>();
    if all == 0.0 { 0.0 } else { equal / all }
}

/// The elements that have no partner yet, and the pairs found.
struct Open {
    old: Vec<usize>,
    new: Vec<usize>,
    pairs: Vec<Pair>,
}

impl Open {
    fn new(old: usize, new: usize) -> Self {
        Self {
            old: (0..old).collect(),
            new: (0..new).collect(),
            pairs: Vec::new(),
        }
    }

    fn pair(&mut self, found: &[(usize, usize)]) {
        let (old, new): (Vec<usize>, Vec<usize>) = found.iter().copied().unzip();
        let keep = |open: &mut Vec<usize>, mut taken: Vec<usize>| {
            taken.sort_unstable();
            open.retain(|index| taken.binary_search(index).is_err());
        };
        keep(&mut self.old, old);
        keep(&mut self.new, new);
        self.pairs.extend(found.iter().map(|(old, new)| Pair::Both(*old, *new)));
    }

    /// Pairs elements with the same text, in order.
    fn pair_equal(&mut self, text: impl Fn(usize, bool) -> Option<String>) {
        let mut by_text: HashMap<String, VecDeque<usize>> = HashMap::new();
        for index in &self.old {
            if let Some(text) = text(*index, true) {
                by_text.entry(text).or_default().push_back(*index);
            }
        }
        let partner = |new: &usize| Some((by_text.get_mut(&text(*new, false)?)?.pop_front()?, *new));
        let found: Vec<(usize, usize)> = self.new.iter().filter_map(partner).collect();
        self.pair(&found);
    }

    /// Pairs the most similar elements first.
    fn pair_similar(
        &mut self,
        old: &[AnnotatedValue],
        new: &[AnnotatedValue],
        similarity: impl Fn(&AnnotatedValue, &AnnotatedValue) -> Option<f64>,
    ) {
        if self.old.len().saturating_mul(self.new.len()) > MAX_COMPARISONS {
            let found: Vec<(usize, usize)> = self.old.iter().copied().zip(self.new.iter().copied()).collect();
            let found: Vec<(usize, usize)> = found
                .into_iter()
                .filter(|(a, b)| similarity(&old[*a], &new[*b]).is_some())
                .collect();
            return self.pair(&found);
        }
        let mut candidates = Vec::new();
        for a in &self.old {
            for b in &self.new {
                candidates.extend(similarity(&old[*a], &new[*b]).map(|similarity| (similarity, *a, *b)));
            }
        }
        candidates.sort_by(|x, y| {
            y.0.total_cmp(&x.0)
                .then((x.1.abs_diff(x.2), x.1).cmp(&(y.1.abs_diff(y.2), y.1)))
        });
        let (mut used_old, mut used_new) = (vec![false; old.len()], vec![false; new.len()]);
        let mut found = Vec::new();
        for (_, a, b) in candidates {
            if !used_old[a] && !used_new[b] {
                (used_old[a], used_new[b]) = (true, true);
                found.push((a, b));
            }
        }
        self.pair(&found);
    }

    /// Pairs elements whose text no other element has that is left over on the same side.
    fn pair_lonely(&mut self, text: impl Fn(usize, bool) -> Option<String>) {
        let by_text = |open: &[usize], is_old| {
            let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
            for index in open {
                if let Some(text) = text(*index, is_old) {
                    by_text.entry(text).or_default().push(*index);
                }
            }
            by_text
        };
        let (old, new) = (by_text(&self.old, true), by_text(&self.new, false));
        let single = |(text, indices): (&String, &Vec<usize>)| match (indices.as_slice(), new.get(text)?.as_slice()) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        };
        let found: Vec<(usize, usize)> = old.iter().filter_map(single).collect();
        self.pair(&found);
    }

    /// Returns all pairs in the order of the new array, then what only the old one has.
    fn finish(mut self) -> Vec<Pair> {
        self.pairs.extend(self.new.into_iter().map(Pair::New));
        self.pairs.extend(self.old.into_iter().map(Pair::Old));
        self.pairs.sort_by_key(|pair| match pair {
            Pair::Both(_, new) | Pair::New(new) => (0, *new),
            Pair::Old(old) => (1, *old),
        });
        self.pairs
    }
}
