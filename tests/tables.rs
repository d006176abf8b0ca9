//! The generated tables: that a look-up by name finds each key, and no other.

use std::collections::BTreeSet;

use apple_mdm::schema::{self, Dict, Key, Kind};

/// All dictionaries that the key's value is made of.
fn of_key(key: &'static Key, all: &mut BTreeSet<*const Dict>) {
    match key.kind {
        Kind::Dictionary(dict) => check(dict, all),
        Kind::Array(item) | Kind::Map(item) => of_key(item, all),
        Kind::Union(union) => union.alternatives.iter().for_each(|(_, key)| of_key(key, all)),
        _ => {}
    }
}

fn check(dict: &'static Dict, all: &mut BTreeSet<*const Dict>) {
    if !all.insert(dict) {
        return;
    }
    for (index, key) in dict.keys.iter().enumerate() {
        assert_eq!(dict.index(key.name), Some(index), "{} {}", dict.name, key.name);
        let other = format!("{}x", key.name);
        let there = dict.keys.iter().position(|key| key.name == other);
        assert_eq!(dict.index(&other), there, "{} {other}", dict.name);
        of_key(key, all);
    }
    assert_eq!(dict.index(""), None, "{}", dict.name);
    if let Some(any) = dict.any {
        of_key(any, all);
    }
}

#[test]
fn every_key_of_every_dictionary_is_found_by_its_name() {
    let mut all = BTreeSet::new();
    for item in schema::items() {
        for dict in [item.keys, item.response].into_iter().flatten() {
            check(dict, &mut all);
        }
    }
    assert!(all.len() > 700, "{} dictionaries", all.len());
}
