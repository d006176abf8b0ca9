//! Every key of the schema: a valid value has no error, and each violation of what the schema states is reported at the key.

mod made;

use std::collections::BTreeMap;

use apple_mdm::schema::{Fact, Key};
use apple_mdm::validate::{Code, Finding, Severity};
use made::mutate::mutated;
use made::place::Place;
use made::solve::{findings, least};
use made::walk::{Described, dicts};

/// Dictionaries for which no valid value can be made automatically, with the reason.
const NOT_MADE: &[(&str, &str)] = &[];

#[test]
fn every_dictionary_has_a_valid_value() {
    let mut problems = Vec::new();
    for described in dicts() {
        let label = described.label();
        let known = NOT_MADE.iter().any(|(name, _)| *name == label);
        match least(described.dict) {
            Ok(_) if known => problems.push(format!("{label}: can be made after all")),
            Err(why) if !known => problems.push(format!("{label}: {why}")),
            _ => {}
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_key_has_a_valid_value_and_each_violation_is_reported() {
    let mut problems = Vec::new();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let mut keys = 0;
    for described in dicts() {
        for key in described.dict.keys.iter().chain(described.dict.any) {
            keys += 1;
            let name = format!("{}.{}", described.label(), key.name);
            match sweep(described, key) {
                Ok(tried) => {
                    for code in tried {
                        *counts.entry(code).or_default() += 1;
                    }
                }
                Err(why) => problems.push(format!("{name}: {why}")),
            }
        }
    }
    eprintln!("{keys} keys; mutations: {counts:?}");
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

fn sweep(described: &Described, key: &'static Key) -> Result<Vec<Code>, String> {
    let dict = described.dict;
    let (base, all) = mutated(dict, key)?;
    assert!(!base.as_dictionary().unwrap().is_empty());
    let mut tried = Vec::new();
    // A device of a system without the key may have written the dictionary.
    let is_optional = dict.lenient
        && !dict.tolerant
        && key
            .support
            .iter()
            .any(|(_, fact)| matches!(fact, Fact::NotAvailable | Fact::Removed(_)));
    for mutation in all {
        if is_optional && mutation.code == Code::MissingKey {
            continue;
        }
        let found = findings(dict, &mutation.value, None);
        let at = mutation.place.to_string();
        let severity = match mutation.code {
            // Nobody can fix what a device wrote.
            _ if dict.lenient && !dict.tolerant => Severity::Warning,
            Code::UnknownItem => Severity::Warning,
            _ => Severity::Error,
        };
        let is_it =
            |finding: &Finding| finding.code == mutation.code && finding.path == at && finding.severity == severity;
        if !found.iter().any(is_it) {
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            return Err(format!(
                "{} at {at} is not found, but {found:?}\n    {:?}",
                mutation.code, mutation.value
            ));
        }
        tried.push(mutation.code);
    }
    Ok(tried)
}

#[test]
fn an_unknown_key_is_reported_with_a_suggestion() {
    for described in dicts().iter().filter(|described| described.dict.any.is_none()) {
        let dict = described.dict;
        let Ok(base) = least(dict) else { continue };
        let mut with = base.clone();
        with.as_dictionary_mut().unwrap().insert("NoSuchKeyAnywhere", 1);
        let found = findings(dict, &with, None);
        let unknown = found
            .iter()
            .find(|finding| finding.path == "NoSuchKeyAnywhere")
            .unwrap();
        assert_eq!(unknown.code, Code::UnknownKey, "{}", described.label());
        let expected = if dict.lenient && !dict.tolerant {
            Severity::Info
        } else {
            Severity::Warning
        };
        assert_eq!(
            (unknown.severity, &unknown.help),
            (expected, &None),
            "{}",
            described.label()
        );
        // In another case it is similar to one of them.
        for key in dict.keys.iter().filter(|key| key.name.len() > 2).take(12) {
            let flipped: String = key
                .name
                .chars()
                .map(|c| {
                    if c.is_ascii_lowercase() {
                        c.to_ascii_uppercase()
                    } else {
                        c.to_ascii_lowercase()
                    }
                })
                .collect();
            if dict.key(&flipped).is_some() || flipped == key.name {
                continue;
            }
            let mut with = base.clone();
            with.as_dictionary_mut().unwrap().insert(flipped.clone(), 1);
            let place = Place::default().key(&flipped).to_string();
            let found = findings(dict, &with, None);
            let unknown = found.iter().find(|finding| finding.path == place).unwrap();
            assert_eq!((unknown.code, unknown.severity), (Code::UnknownKey, Severity::Warning));
            let help = unknown.help.as_deref().unwrap_or_default();
            assert!(
                help.to_lowercase().contains(&key.name.to_lowercase()),
                "{}: {flipped}: {help}",
                described.label()
            );
        }
    }
}
