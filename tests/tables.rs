//! The generated tables: looking up keys by name, required keys, and keys that need no escaping.

mod made;

use std::collections::HashSet;

use apple_mdm::schema::{self, Os};
use made::walk;

#[test]
fn every_key_of_every_dictionary_is_found_by_its_name() {
    let all = walk::dicts();
    for described in all {
        let (dict, label) = (described.dict, described.label());
        for (index, key) in dict.keys.iter().enumerate() {
            assert_eq!(dict.index(key.name), Some(index), "{label} {}", key.name);
            let other = format!("{}x", key.name);
            let there = dict.keys.iter().position(|key| key.name == other);
            assert_eq!(dict.index(&other), there, "{label} {other}");
        }
        assert_eq!(dict.index(""), None, "{label}");
    }
    assert!(all.len() > 700, "{} dictionaries", all.len());
}

#[test]
fn the_required_keys_of_every_dictionary_are_listed() {
    let mut count = 0;
    for described in walk::dicts() {
        let dict = described.dict;
        let required = dict.keys.iter().enumerate().filter(|(_, key)| key.required);
        let required: Vec<_> = required.map(|(index, _)| index).collect();
        let listed: Vec<_> = dict.required.iter().collect();
        assert_eq!(listed, required, "{}", described.label());
        count += listed.len();
    }
    assert!(count > 700, "{count} required keys");
}

#[test]
fn what_is_said_of_a_system_stands_together() {
    let mut runs = 0;
    for item in schema::items() {
        let systems: Vec<Os> = item
            .support
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|facts| facts[0].0)
            .collect();
        let different: HashSet<&Os> = systems.iter().collect();
        assert_eq!(systems.len(), different.len(), "{}", item.name);
        runs += systems.len();
    }
    assert!(runs > 500, "{runs}");
}

#[test]
fn keys_are_plain_where_the_table_says_so() {
    for described in walk::dicts() {
        for key in described.dict.keys {
            let special = |c: char| c.is_control() || "\"\\<>&".contains(c) || !c.is_ascii();
            let plain = described.dict.plain;
            assert!(
                plain && !key.name.contains(special),
                "{} {}",
                described.label(),
                key.name
            );
        }
    }
}

#[test]
fn the_keys_without_which_a_rule_has_no_effect_are_keys_of_the_rule() {
    let (mut rules, mut skippable) = (0, 0);
    for described in walk::dicts() {
        for rule in described.dict.rules {
            let paths = format!("{:?} {:?}", rule.check, rule.when);
            for index in rule.triggers {
                let step = format!("Key({:?})", described.dict.keys[usize::from(*index)].name);
                assert!(paths.contains(&step), "{}: {step} in {paths}", described.label());
            }
            rules += 1;
            skippable += usize::from(!rule.triggers.is_empty());
        }
    }
    assert!(5 * skippable > 4 * rules, "{skippable} of {rules} rules");
}
