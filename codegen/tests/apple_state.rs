//! `schemas/` contains all facts of Apple's schema. Anything else in it is marked `removed`.

mod shared;

use std::collections::BTreeMap;
use std::path::Path;

use apple_mdm_codegen::facts::{self, Facts, ITEM};
use apple_mdm_codegen::{folder, yaml};
use serde_yaml::Value;

fn documents(root: &Path) -> BTreeMap<String, Value> {
    let read = |path: String| {
        let text = std::fs::read_to_string(root.join(&path)).unwrap();
        (path, yaml::read(&text).unwrap())
    };
    folder::files(root).unwrap().into_iter().map(read).collect()
}

/// The facts in a document, except a `format` that is a sentence.
fn facts_of(document: &Value) -> Facts {
    let mut facts = facts::of(document);
    for fields in facts.values_mut() {
        fields.retain(|name, value| name != "format" || !value.contains(' '));
    }
    facts
}

/// Whether the key at `place`, or a parent of it, is marked as removed.
fn is_removed(facts: &Facts, place: &str) -> bool {
    let within = |key: &str| place == key || place.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
    let removed = |fields: &BTreeMap<String, String>| fields.keys().any(|field| field.ends_with(" removed"));
    facts
        .iter()
        .any(|(key, fields)| (key == ITEM || within(key)) && removed(fields))
}

#[test]
fn every_fact_of_apples_schema_is_here_and_anything_else_is_marked_removed() {
    let Some(upstream) = shared::folder("apple-schema") else {
        return;
    };
    let theirs = documents(&upstream);
    let ours = documents(&shared::repository().join("schemas"));
    let mut wrong = Vec::new();
    for (path, document) in &theirs {
        let Some(own) = ours.get(path) else {
            wrong.push(format!("{path} is missing"));
            continue;
        };
        if document.get("title") != own.get("title") {
            wrong.push(format!("{path}: another title"));
        }
        let (theirs, ours) = (facts_of(document), facts_of(own));
        for (place, fields) in &theirs {
            match ours.get(place) {
                None => wrong.push(format!("{path}: {place} is missing")),
                Some(own) if own != fields => wrong.push(format!("{path}: {place}: {fields:?} is {own:?} here")),
                Some(_) => {}
            }
        }
        for place in ours.keys().filter(|place| !theirs.contains_key(*place)) {
            if !is_removed(&ours, place) {
                wrong.push(format!(
                    "{path}: {place} is not in Apple's state, and not marked as removed"
                ));
            }
        }
    }
    for (path, document) in ours.iter().filter(|(path, _)| !theirs.contains_key(*path)) {
        if !is_removed(&facts_of(document), ITEM) {
            wrong.push(format!("{path} is not in Apple's state, and not marked as removed"));
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
