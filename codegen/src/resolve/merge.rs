//! Merges several files that are one dictionary in documents.

use std::collections::BTreeSet;

use super::Findings;
use super::resolved::is_common;
use crate::model::{Fact, Family, File, Key, Kind, ListId, Property, Schema};
use crate::problem::Problem;

/// Merges the files of one payload type. Each key keeps the facts of its own file. If two keys have the same name, the first one
/// is used.
pub(super) fn files(files: &[&File], found: &mut Findings) -> File {
    let mut merged = empty(files[0]);
    for file in files {
        let offset = merged.adopt(file);
        let Some(root) = file.keys else { continue };
        let mut keys = std::mem::take(&mut merged.lists[root.0 + offset]);
        for key in &mut keys {
            if merged.lists[0].iter().any(|other| other.name == key.name) {
                let identifier = file.identifier.as_deref().unwrap_or_default();
                let message = format!("another file of `{identifier}` has the key `{}`, too", key.name);
                let problem = Problem::in_schema(&file.path, "", message);
                found.problems.push(problem.suggest("remove one of them".to_owned()));
                continue;
            }
            inherit(key, &file.support);
        }
        keys.retain(|key| merged.lists[0].iter().all(|other| other.name != key.name));
        merged.lists[0].append(&mut keys);
        merged.rules.extend(file.rules.iter().cloned());
        merged.retired.extend(file.retired.iter().cloned());
    }
    merged.support = common_support(files);
    let titles: Vec<&str> = files.iter().map(|file| file.title.as_str()).collect();
    merged.title = titles.join(", ");
    let descriptions: Vec<String> = files.iter().filter_map(|file| file.description.clone()).collect();
    merged.description = (!descriptions.is_empty()).then(|| descriptions.join("\n\n"));
    merged
}

/// Merges all status items into the dictionary in status reports, nested by the dots in their names.
pub(super) fn status_tree(schema: &Schema, found: &mut Findings) -> Option<File> {
    let is_item = |file: &&File| {
        let identifier = file.identifier.as_deref();
        file.family == Family::Status && identifier.is_some() && !is_common(identifier)
    };
    let files: Vec<&File> = schema.files.iter().filter(is_item).collect();
    let mut tree = File {
        path: "declarative/status".to_owned(),
        title: "Status items".to_owned(),
        identifier: None,
        description: Some("The status items of a report, nested by the dots in their names.".to_owned()),
        support: Vec::new(),
        response: None,
        reasons: Vec::new(),
        related: Vec::new(),
        ..empty(files.first()?)
    };
    for file in files {
        let Some(value) = file.keys.and_then(|id| file.list(id).first()) else {
            continue;
        };
        let offset = tree.adopt(file);
        let mut value = value.clone();
        value.subkeys = value.subkeys.map(|id| ListId(id.0 + offset));
        inherit(&mut value, &file.support);
        let name = file.identifier.as_deref().unwrap_or_default();
        // Rules call the key `["device.power.battery-health"]`, but here it is nested.
        let nested = |text: &str| text.replace(&format!("[\"{name}\"]"), name);
        for rule in &file.rules {
            let mut rule = rule.clone();
            rule.base = nested(&rule.base);
            for value in rule.fields.values_mut() {
                each_text(value, &nested);
            }
            tree.rules.push(rule);
        }
        if let Err(other) = put(&mut tree, name, value) {
            let message =
                format!("the status items `{name}` and `{other}` cannot both exist: one would contain the other");
            found.problems.push(Problem::in_schema(&file.path, "", message));
        }
    }
    Some(tree)
}

/// Changes every text in a value.
fn each_text(value: &mut serde_yaml::Value, change: &dyn Fn(&str) -> String) {
    match value {
        serde_yaml::Value::String(text) => *text = change(text),
        serde_yaml::Value::Sequence(list) => list.iter_mut().for_each(|value| each_text(value, change)),
        serde_yaml::Value::Mapping(map) => map.values_mut().for_each(|value| each_text(value, change)),
        _ => {}
    }
}

/// Inserts a key, nested by the dots in `name`. Returns the name of another item if that is in the way.
fn put(tree: &mut File, name: &str, value: Key) -> Result<(), String> {
    let parts: Vec<&str> = name.split('.').collect();
    let mut at = ListId(0);
    for (depth, part) in parts.iter().enumerate() {
        let path = parts[..=depth].join(".");
        let known = tree.lists[at.0].iter().find(|key| key.name == *part);
        let group = known.map(|key| key.subkeys.filter(|_| key.group));
        if depth + 1 == parts.len() {
            if group.is_some() {
                return Err(path);
            }
            tree.lists[at.0].push(Key {
                name: (*part).to_owned(),
                ..value
            });
            break;
        }
        at = match group {
            Some(list) => list.ok_or(path)?,
            None => {
                let id = ListId(tree.lists.len());
                tree.lists.push(Vec::new());
                tree.lists[at.0].push(Key {
                    subkeys: Some(id),
                    group: true,
                    shape_name: Some(path.clone()),
                    content: Some(format!("The status items whose names begin with `{path}.`.")),
                    ..Key::new(part, Kind::Dictionary)
                });
                id
            }
        };
    }
    Ok(())
}

/// Returns a file like `first` with an empty dictionary.
fn empty(first: &File) -> File {
    File {
        lists: vec![Vec::new()],
        keys: Some(ListId(0)),
        rules: Vec::new(),
        retired: Vec::new(),
        replaced_by: None,
        description: None,
        content: None,
        ..first.clone()
    }
}

/// Adds the facts of the file to a key, unless the key has its own.
fn inherit(key: &mut Key, support: &[Fact]) {
    let mut inherited = support.to_vec();
    inherited.retain(|fact| !key.support.iter().any(|own| overrides(own, fact)));
    key.support.append(&mut inherited);
    key.support.sort();
}

/// Returns the availability of the merged item: the facts that all files share, and the earliest introduction.
fn common_support(files: &[&File]) -> Vec<Fact> {
    let mut support: Vec<Fact> = files[0].support.clone();
    support.retain(|fact| files.iter().all(|file| file.support.contains(fact)));
    let stated = || files.iter().flat_map(|file| &file.support);
    let systems: BTreeSet<_> = stated().map(|fact| fact.os).collect();
    for os in systems {
        let versions = stated()
            .filter(|fact| fact.os == os)
            .filter_map(|fact| match fact.property {
                Property::Introduced(version) => Some(version),
                _ => None,
            });
        if let Some(version) = versions.min() {
            support.retain(|fact| !(fact.os == os && is_introduction(&fact.property)));
            support.push(Fact {
                os,
                property: Property::Introduced(version),
            });
        }
    }
    support.sort();
    support
}

fn is_introduction(property: &Property) -> bool {
    matches!(
        property,
        Property::NotAvailable | Property::Always | Property::Introduced(_)
    )
}

/// Whether `own` replaces `inherited`.
fn overrides(own: &Fact, inherited: &Fact) -> bool {
    own.os == inherited.os
        && (std::mem::discriminant(&own.property) == std::mem::discriminant(&inherited.property)
            || (is_introduction(&own.property) && is_introduction(&inherited.property)))
}
