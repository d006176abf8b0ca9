//! Makes a document of placeholders a valid one, by trying.
//!
//! The tables say what is wrong with a document, not how to put it right: which of two keys goes, which text has the form.
//! Documents are small and holding one against the tables takes microseconds, so changes are tried until one helps.

use apple_mdm::schema::{Dict, Item, Key, Kind};
use apple_mdm::validate::Finding;
use apple_mdm::value::{Data, Value};

use super::sample::{self, NUMBERS, PEM, TEXTS};
use super::shape::Shape;
use crate::document::{Step, at, steps};

/// So many changes at most.
const ROUNDS: usize = 60;

/// Changes what is not `given` until nothing is wrong, or nothing helps.
pub fn mend(value: &mut Value, item: &'static Item, shape: &Shape, given: &[Vec<Step>]) {
    let mut hopeless: Vec<Finding> = Vec::new();
    for _ in 0..ROUNDS {
        let errors = shape.errors(item, value);
        let Some(finding) = errors.iter().find(|finding| !hopeless.contains(finding)) else {
            return;
        };
        match better(value, item, shape, given, &errors, finding) {
            Some(changed) => *value = changed,
            None => hopeless.push(finding.clone()),
        }
    }
}

/// The document with a change that takes the finding away and adds none.
fn better(
    value: &Value,
    item: &'static Item,
    shape: &Shape,
    given: &[Vec<Step>],
    errors: &[Finding],
    finding: &Finding,
) -> Option<Value> {
    let place = steps(&finding.path)?;
    let is_there = at(&mut value.clone(), &place).is_some();
    let is_given = |place: &[Step]| given.iter().any(|given| given.starts_with(place));
    let helps = |changed: &Value| {
        let now = shape.errors(item, changed);
        now.len() <= errors.len() && !now.contains(finding)
    };
    let mut equal = None;
    let mut attempt = |changed: Option<Value>| -> Option<Value> {
        let changed = changed?;
        if !helps(&changed) {
            return None;
        }
        if shape.errors(item, &changed).len() < errors.len() {
            return Some(changed);
        }
        // What is wrong moves to another place: better than nothing where that place was not there before.
        if !is_there {
            equal.get_or_insert(changed);
        }
        None
    };

    let is_required = |place: &[Step]| key_at(value, item, shape, place).is_some_and(|key| key.required);
    if !is_there {
        if let Some(key) = key_at(value, item, shape, &place)
            && let Some(changed) = attempt(insert(value, item, shape, &place, key))
        {
            return Some(changed);
        }
    } else if !is_given(&place) {
        if let Some(key) = key_at(value, item, shape, &place) {
            for replacement in replacements(key) {
                let mut changed = value.clone();
                *at(&mut changed, &place)? = replacement;
                if let Some(changed) = attempt(Some(changed)) {
                    return Some(changed);
                }
            }
        }
        if !is_required(&place)
            && let Some(changed) = attempt(remove(value, &place))
        {
            return Some(changed);
        }
    }
    // The key named is not the one to change: its neighbours.
    let (_, parent) = place.split_last()?;
    let mut neighbours: Vec<Vec<Step>> = Vec::new();
    if let Some(dict) = dict_at(value, item, shape, parent) {
        for key in dict.keys {
            let mut place = parent.to_vec();
            place.push(Step::Key(key.name.to_owned()));
            neighbours.push(place);
        }
    }
    for place in neighbours {
        let changed = if at(&mut value.clone(), &place).is_none() {
            key_at(value, item, shape, &place).and_then(|key| insert(value, item, shape, &place, key))
        } else if is_given(&place) || is_required(&place) {
            None
        } else {
            remove(value, &place)
        };
        if let Some(changed) = attempt(changed) {
            return Some(changed);
        }
    }
    equal
}

/// The document with a key more; dictionaries on the way are made.
fn insert(value: &Value, item: &'static Item, shape: &Shape, place: &[Step], key: &'static Key) -> Option<Value> {
    let mut changed = value.clone();
    let (last, parent) = place.split_last()?;
    let Step::Key(name) = last else { return None };
    if at(&mut changed, parent).is_none() {
        let above = key_at(&changed, item, shape, parent)?;
        changed = insert(&changed, item, shape, parent, above)?;
    }
    let entries = at(&mut changed, parent)?.as_dictionary_mut()?;
    entries.insert(name.as_str(), sample::value(key, 0));
    Some(changed)
}

fn remove(value: &Value, place: &[Step]) -> Option<Value> {
    let mut changed = value.clone();
    let (last, parent) = place.split_last()?;
    let parent = at(&mut changed, parent)?;
    match last {
        Step::Key(name) => {
            parent.as_dictionary_mut()?.remove(name)?;
        }
        Step::Index(index) => {
            let items = parent.as_array_mut()?;
            if *index >= items.len() {
                return None;
            }
            items.remove(*index);
        }
    }
    Some(changed)
}

/// Other values that a key could have.
fn replacements(key: &'static Key) -> Vec<Value> {
    let mut found: Vec<Value> = key
        .choices
        .iter()
        .map(|choice| sample::coerce(sample::literal(choice.value), key.kind))
        .collect();
    match key.kind {
        Kind::String => {
            found.extend(TEXTS.iter().map(|text| Value::from(*text)));
            found.extend([1, 4, 8, 15, 16, 17, 32, 64].map(|length| Value::from("a".repeat(length))));
        }
        Kind::Integer => found.extend(NUMBERS.iter().map(|number| Value::from(*number))),
        Kind::Real => found.extend(NUMBERS.iter().map(|number| Value::from(*number as f64))),
        Kind::Boolean => found.extend([true, false].map(Value::from)),
        Kind::Array(item) => {
            let one = sample::value(item, 0);
            found.push(Value::Array(Vec::new()));
            found.extend([1, 2, 3].map(|count| Value::Array(vec![one.clone(); count])));
            found.extend(
                item.choices
                    .iter()
                    .map(|choice| Value::Array(vec![sample::literal(choice.value)])),
            );
        }
        Kind::Union(union) => {
            let of = |(label, key): &(&'static str, &'static Key)| sample::alternative(union.tag, label, key, 0);
            found.extend(union.alternatives.iter().map(of));
        }
        Kind::Data => {
            found.extend([1, 16, 20, 32].map(|length| Value::from(Data(vec![0; length]))));
            found.push(Data(PEM.to_vec()).into());
        }
        _ => {}
    }
    found
}

/// The key that the schema has at a place of the document.
fn key_at(value: &Value, item: &'static Item, shape: &Shape, place: &[Step]) -> Option<&'static Key> {
    let (last, parent) = place.split_last()?;
    match last {
        Step::Key(name) => {
            let dict = dict_at(value, item, shape, parent);
            let known = dict.and_then(|dict| dict.key(name).or(dict.any));
            known.or_else(|| match key_at(value, item, shape, parent)?.kind {
                Kind::Map(inner) => Some(inner),
                _ => None,
            })
        }
        Step::Index(_) => match key_at(value, item, shape, parent)?.kind {
            Kind::Array(inner) => Some(inner),
            _ => None,
        },
    }
}

/// The keys of the dictionary at a place of the document.
fn dict_at(value: &Value, item: &'static Item, shape: &Shape, place: &[Step]) -> Option<&'static Dict> {
    if place == shape.root() {
        return item.keys;
    }
    if place.is_empty() {
        return shape.envelope();
    }
    match key_at(value, item, shape, place)?.kind {
        Kind::Dictionary(dict) => Some(dict),
        Kind::Union(union) => {
            let label = at(&mut value.clone(), place)?.get(union.tag)?.as_str()?.to_owned();
            let (_, alternative) = union.alternatives.iter().find(|(known, _)| *known == label)?;
            match alternative.kind {
                Kind::Dictionary(dict) => Some(dict),
                _ => None,
            }
        }
        _ => None,
    }
}
