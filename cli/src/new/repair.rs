//! Makes a document of placeholders valid, by trial and error.
//!
//! The tables say what is wrong with a document, but not how to fix it: which of two exclusive keys to drop, or which text has the
//! right format. Documents are small and validating one takes microseconds, so this tries changes until one helps.

use apple_mdm::schema::{Dict, Item, Key, Kind};
use apple_mdm::validate::Finding;
use apple_mdm::value::{Data, Value};

use super::envelope::Envelope;
use super::placeholder::{self, NUMBERS, PEM, TEXTS};
use crate::document::{Step, at, steps};

/// The maximum number of changes.
const MAX_CHANGES: usize = 60;

/// Changes keys that are not in `assigned` until the document has no errors or no change helps.
pub fn repair(value: &mut Value, item: &'static Item, envelope: Envelope, assigned: &[Vec<Step>]) {
    let mut unfixable: Vec<Finding> = Vec::new();
    for _ in 0..MAX_CHANGES {
        let errors = envelope.errors(item, value);
        let Some(finding) = errors.iter().find(|finding| !unfixable.contains(finding)) else {
            return;
        };
        match improve(value, item, envelope, assigned, &errors, finding) {
            Some(changed) => *value = changed,
            None => unfixable.push(finding.clone()),
        }
    }
}

/// Returns the document with a change that removes the finding and adds no errors.
fn improve(
    value: &Value,
    item: &'static Item,
    envelope: Envelope,
    assigned: &[Vec<Step>],
    errors: &[Finding],
    finding: &Finding,
) -> Option<Value> {
    let place = steps(&finding.path)?;
    let exists = at(&mut value.clone(), &place).is_some();
    let is_assigned = |place: &[Step]| assigned.iter().any(|assigned| assigned.starts_with(place));
    let helps = |changed: &Value| {
        let now = envelope.errors(item, changed);
        now.len() <= errors.len() && !now.contains(finding)
    };
    let mut fallback = None;
    let mut attempt = |changed: Option<Value>| -> Option<Value> {
        let changed = changed?;
        if !helps(&changed) {
            return None;
        }
        if envelope.errors(item, &changed).len() < errors.len() {
            return Some(changed);
        }
        // The number of errors stays the same, but adding the missing key may allow the next change to fix the rest.
        if !exists {
            fallback.get_or_insert(changed);
        }
        None
    };

    let is_required = |place: &[Step]| key_at(value, item, envelope, place).is_some_and(|key| key.required);
    if !exists {
        if let Some(key) = key_at(value, item, envelope, &place)
            && let Some(changed) = attempt(insert(value, item, envelope, &place, key))
        {
            return Some(changed);
        }
    } else if !is_assigned(&place) {
        if let Some(key) = key_at(value, item, envelope, &place) {
            for replacement in replacements(key) {
                let mut changed = value.clone();
                *at(&mut changed, &place)? = replacement;
                if let Some(changed) = attempt(Some(changed)) {
                    return Some(changed);
                }
            }
        }
        if !is_required(&place)
            && !envelope.item_steps().starts_with(&place)
            && let Some(changed) = attempt(remove(value, &place))
        {
            return Some(changed);
        }
    }
    // Changing the value itself does not help, so try the keys inside it and the other keys of its dictionary.
    let mut others: Vec<Vec<Step>> = Vec::new();
    for dictionary in [Some(&place[..]), place.split_last().map(|(_, parent)| parent)]
        .into_iter()
        .flatten()
    {
        if let Some(dict) = dict_at(value, item, envelope, dictionary) {
            for key in dict.keys {
                let mut place = dictionary.to_vec();
                place.push(Step::Key(key.name.to_owned()));
                others.push(place);
            }
        }
    }
    for place in others {
        let changed = if at(&mut value.clone(), &place).is_none() {
            key_at(value, item, envelope, &place).and_then(|key| insert(value, item, envelope, &place, key))
        } else if is_assigned(&place) || is_required(&place) {
            None
        } else {
            remove(value, &place)
        };
        if let Some(changed) = attempt(changed) {
            return Some(changed);
        }
    }
    fallback
}

/// Returns the document with an additional key, creating the dictionaries that lead to it.
fn insert(value: &Value, item: &'static Item, envelope: Envelope, place: &[Step], key: &'static Key) -> Option<Value> {
    let mut changed = value.clone();
    let (last, parent) = place.split_last()?;
    let Step::Key(name) = last else { return None };
    if at(&mut changed, parent).is_none() {
        let above = key_at(&changed, item, envelope, parent)?;
        changed = insert(&changed, item, envelope, parent, above)?;
    }
    let entries = at(&mut changed, parent)?.as_dictionary_mut()?;
    entries.insert(name.as_str(), placeholder::value(key, 0));
    Some(changed)
}

/// Returns the document without the key or item at `place`.
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

/// Returns other values to try for a key.
fn replacements(key: &'static Key) -> Vec<Value> {
    let mut found: Vec<Value> = key
        .choices
        .iter()
        .map(|choice| placeholder::coerce(placeholder::literal(choice.value), key.kind))
        .collect();
    match key.kind {
        Kind::String => {
            found.extend(TEXTS.iter().map(|text| Value::from(*text)));
            found.extend([1, 4, 8, 15, 16, 17, 32, 64].map(|length| Value::from("a".repeat(length))));
        }
        Kind::Integer => found.extend(NUMBERS.iter().map(|number| Value::from(*number))),
        Kind::Real => found.extend(NUMBERS.iter().map(|number| Value::from(*number as f64))),
        Kind::Boolean => found.extend([true, false].map(Value::from)),
        Kind::Array(item) | Kind::OneOrMany(item) => {
            let one = placeholder::value(item, 0);
            found.push(Value::Array(Vec::new()));
            found.extend([1, 2, 3].map(|count| Value::Array(vec![one.clone(); count])));
            found.extend(
                item.choices
                    .iter()
                    .map(|choice| Value::Array(vec![placeholder::literal(choice.value)])),
            );
        }
        Kind::Union(union) => {
            let of = |(label, key): &(&'static str, &'static Key)| placeholder::alternative(union.tag, label, key, 0);
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

/// Returns the schema's key at a place of the document.
fn key_at(value: &Value, item: &'static Item, envelope: Envelope, place: &[Step]) -> Option<&'static Key> {
    let (last, parent) = place.split_last()?;
    match last {
        Step::Key(name) => {
            let dict = dict_at(value, item, envelope, parent);
            let known = dict.and_then(|dict| dict.key(name).or(dict.any));
            known.or_else(|| match key_at(value, item, envelope, parent)?.kind {
                Kind::Map(inner) => Some(inner),
                _ => None,
            })
        }
        Step::Index(_) => match key_at(value, item, envelope, parent)?.kind {
            Kind::Array(inner) | Kind::OneOrMany(inner) => Some(inner),
            _ => None,
        },
    }
}

/// Returns the table of the dictionary at a place of the document.
fn dict_at(value: &Value, item: &'static Item, envelope: Envelope, place: &[Step]) -> Option<&'static Dict> {
    if place == envelope.item_steps() {
        return item.keys;
    }
    if place.is_empty() {
        return envelope.outer_keys();
    }
    match key_at(value, item, envelope, place)?.kind {
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
