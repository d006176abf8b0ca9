//! Combines several descriptions of the same thing. What they do not agree on is not checked.

use std::collections::HashMap;

use super::Manifest;
use super::entry::{Entry, Shape};

/// Adds another manifest of the same domain.
pub fn manifests(known: &mut Manifest, other: Manifest) {
    let mut other_entries = other.entries;
    require_in_both(&mut known.entries, &mut other_entries);
    known.entries.append(&mut other_entries);
    known.entries = entries(std::mem::take(&mut known.entries));
    if known.support != other.support {
        known.support.clear();
    }
}

/// Keys that only one of several descriptions has are not required.
fn require_in_both(one: &mut [Entry], other: &mut [Entry]) {
    let names = |entries: &[Entry]| entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
    let (mut of_one, mut of_other) = (names(one), names(other));
    of_one.sort();
    of_other.sort();
    for (entries, names) in [(one, of_other), (other, of_one)] {
        for entry in entries {
            if names.binary_search(&entry.name).is_err() {
                entry.is_required = false;
                entry.required_if.clear();
            }
        }
    }
}

/// Combines the entries with the same name. The first of them keeps its place.
pub fn entries(entries: Vec<Entry>) -> Vec<Entry> {
    let mut indices: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    let mut merged: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match indices.get(&entry.name) {
            Some(index) => self::entry(&mut merged[*index], entry),
            None => {
                indices.insert(entry.name.clone(), merged.len());
                merged.push(entry);
            }
        }
    }
    merged
}

/// Adds another description of the same key.
pub fn entry(known: &mut Entry, other: Entry) {
    known.is_required &= other.is_required;
    known.is_secret |= other.is_secret;
    if known.description.is_empty() {
        known.description = other.description;
    }
    if known.support != other.support {
        known.support.clear();
    }
    if known.required_if != other.required_if {
        known.required_if.clear();
    }
    let shape = std::mem::replace(&mut known.shape, Shape::Any);
    let Some(shape) = shapes(shape, other.shape) else {
        return known.allow_anything();
    };
    known.shape = shape;
    if known.choices.is_empty() || other.choices.is_empty() {
        known.choices.clear();
    }
    for choice in other.choices {
        if !known.choices.is_empty() && !known.choices.iter().any(|(value, _)| value.equals(&choice.0)) {
            known.choices.push(choice);
        }
    }
    known.is_closed &= other.is_closed && !known.choices.is_empty();
    if known.default != other.default {
        known.default = None;
    }
    let widest = |one: Option<f64>, other: Option<f64>, wider: fn(f64, f64) -> f64| Some(wider(one?, other?));
    known.min = widest(known.min, other.min, f64::min);
    known.max = widest(known.max, other.max, f64::max);
    if known.repetition != other.repetition {
        known.repetition = (None, None);
    }
    if known.format != other.format {
        known.format = None;
    }
}

/// Returns a type that covers both, or `None` if they have nothing in common.
fn shapes(one: Shape, other: Shape) -> Option<Shape> {
    Some(match (one, other) {
        (Shape::String, Shape::String) => Shape::String,
        (Shape::Integer, Shape::Integer) => Shape::Integer,
        (Shape::Integer | Shape::Real, Shape::Integer | Shape::Real) => Shape::Real,
        (Shape::Boolean, Shape::Boolean) => Shape::Boolean,
        (Shape::Data, Shape::Data) => Shape::Data,
        (Shape::Date, Shape::Date) => Shape::Date,
        (Shape::Array(one), Shape::Array(other)) => Shape::Array(described_by_both(one, other)),
        (Shape::Map(one), Shape::Map(other)) => Shape::Map(described_by_both(one, other)),
        (Shape::Dictionary(_), Shape::Map(None)) | (Shape::Map(None), Shape::Dictionary(_)) => Shape::Map(None),
        (Shape::Dictionary(mut one), Shape::Dictionary(mut other)) => {
            require_in_both(&mut one, &mut other);
            one.append(&mut other);
            Shape::Dictionary(entries(one))
        }
        _ => return None,
    })
}

fn described_by_both(one: Option<Box<Entry>>, other: Option<Box<Entry>>) -> Option<Box<Entry>> {
    let (mut one, other) = (one?, other?);
    entry(&mut one, *other);
    Some(one)
}
