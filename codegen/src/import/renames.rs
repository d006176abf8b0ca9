//! Finds files that were renamed.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use crate::facts::{self, Facts};
use crate::model::Family;

/// The minimum share of common keys for two files without an identifier.
const MIN_SIMILARITY: f64 = 0.5;

/// Maps the old path of each renamed file to the new one: the file with the same family and identifier, if any, that has the most
/// keys in common.
pub fn renames(gone: &BTreeMap<&str, Value>, new: &BTreeMap<&str, Value>) -> BTreeMap<String, String> {
    let mut pairs = Vec::new();
    for (old, before) in gone {
        for (path, after) in new {
            if Family::of(old) != Family::of(path) || identifier(before) != identifier(after) {
                continue;
            }
            let (before_keys, after_keys) = (facts::of(before), facts::of(after));
            let similarity = similarity(&before_keys, &after_keys);
            let minimum = if identifier(before).is_some() {
                f64::EPSILON
            } else {
                MIN_SIMILARITY
            };
            if similarity >= minimum {
                pairs.push((similarity, *old, *path));
            }
        }
    }
    pairs.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    let (mut renames, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, old, path) in pairs {
        if !renames.contains_key(old) && taken.insert(path) {
            renames.insert(old.to_owned(), path.to_owned());
        }
    }
    renames
}

/// Returns the share of keys that both files have; 1 if neither has keys.
fn similarity(before: &Facts, after: &Facts) -> f64 {
    let keys =
        |facts: &Facts| -> BTreeSet<String> { facts.keys().filter(|place| *place != facts::ITEM).cloned().collect() };
    let (before, after) = (keys(before), keys(after));
    let all = before.union(&after).count();
    if all == 0 {
        return 1.0;
    }
    before.intersection(&after).count() as f64 / all as f64
}

fn identifier(document: &Value) -> Option<&str> {
    let payload = document.get("payload")?;
    facts::IDENTIFIERS.iter().find_map(|name| payload.get(*name)?.as_str())
}
