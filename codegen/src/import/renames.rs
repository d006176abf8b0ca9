//! Which new file is an old one under another name.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use crate::facts::{self, Facts};
use crate::model::Family;

/// How much of their keys two files without an identifier must share, of all that either has.
const LEAST_ALIKE: f64 = 0.5;

/// From each old path to the new path of the same item: an item of the same family with the same identifier, if it has one, and
/// the most keys in common.
pub fn renames(gone: &BTreeMap<&str, Value>, new: &BTreeMap<&str, Value>) -> BTreeMap<String, String> {
    let mut pairs = Vec::new();
    for (old, before) in gone {
        for (path, after) in new {
            if Family::of(old) != Family::of(path) || identifier(before) != identifier(after) {
                continue;
            }
            let (before_keys, after_keys) = (facts::of(before), facts::of(after));
            let alike = alike(&before_keys, &after_keys);
            let least = if identifier(before).is_some() {
                f64::EPSILON
            } else {
                LEAST_ALIKE
            };
            if alike >= least {
                pairs.push((alike, *old, *path));
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

/// The share of keys that both have; files without keys are alike.
fn alike(before: &Facts, after: &Facts) -> f64 {
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
