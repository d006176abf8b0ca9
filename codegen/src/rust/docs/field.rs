//! The documentation of a field.

use super::availability;
use super::rule::Rules;
use super::text::{bullets, code, list, paragraph, prose};
use crate::model::{Key, Kind, scalar_text};
use crate::resolve::{Field, Item, Ty};

/// Documents a field: its description, a line of facts, the meanings of its values, its rules, and how its availability differs.
#[must_use]
pub fn of_field(field: &Field, item: &Item, index: usize, rules: &Rules<'_>) -> String {
    let key = &field.key;
    let mut doc = String::new();
    paragraph(&mut doc, &prose(key.content.as_deref().unwrap_or_default()));
    paragraph(&mut doc, &facts(field).join(" · "));
    let explained = [Some(key), items(field)]
        .into_iter()
        .flatten()
        .find(|key| has_meanings(key));
    if let Some(key) = explained {
        let values = key.values.iter().map(|value| match key.meaning(value) {
            Some(meaning) => format!("- {}: {}", code(scalar_text(value)), prose(meaning)),
            None => format!("- {}", code(scalar_text(value))),
        });
        paragraph(&mut doc, &values.collect::<Vec<_>>().join("\n"));
    }
    match rules.at(index, Some(&key.name)).as_slice() {
        [rule] => paragraph(&mut doc, rule),
        rules => paragraph(&mut doc, &bullets(rules)),
    }
    paragraph(
        &mut doc,
        &availability::differences(&key.support, &item.support).unwrap_or_default(),
    );
    if let Some(other) = &key.replaced_by {
        paragraph(&mut doc, &format!("Use {} instead.", code(other)));
    }
    doc
}

/// Returns the key that describes the items of an array or the values of a map.
fn items(field: &Field) -> Option<&Key> {
    match &field.ty {
        Ty::Array(item) | Ty::OneOrMany(item) | Ty::Map(item) => Some(&item.key),
        _ => None,
    }
}

/// Lists the facts about a field: its key, its type and the values that are allowed.
pub(super) fn facts(field: &Field) -> Vec<String> {
    let key = &field.key;
    let mut facts = vec![code(&key.name), kind(key.kind, &field.ty)];
    if key.required && !field.required {
        facts.push("required".to_owned());
    }
    of_value(key, &mut facts);
    let item = items(field);
    if let Some((min, max)) = key.repetition.or(item.and_then(|item| item.repetition)) {
        let bounds = bounds(
            min.as_ref().map(ToString::to_string),
            max.as_ref().map(ToString::to_string),
        );
        let one = |bounds: &str| bounds.rsplit(' ').next() == Some("1");
        facts.extend(bounds.map(|bounds| format!("{bounds} {}", if one(&bounds) { "item" } else { "items" })));
    }
    if let Some(item) = item {
        let mut of_items = Vec::new();
        of_value(item, &mut of_items);
        if !of_items.is_empty() {
            facts.push(format!("each {}", of_items.join(", ")));
        }
    }
    if let Some(combine) = &key.combine {
        facts.push(format!("combined with {}", code(combine)));
    }
    if key.secret || item.is_some_and(|item| item.secret) {
        facts.push("secret".to_owned());
    }
    facts
}

/// Whether the values need a list of meanings. The values of a string are variants, which have their own documentation.
fn has_meanings(key: &Key) -> bool {
    key.kind != Kind::String && !key.meanings.is_empty()
}

/// Adds the facts about a value.
fn of_value(key: &Key, facts: &mut Vec<String>) {
    if let Some(default) = &key.default {
        facts.push(format!("default {}", code(scalar_text(default))));
    }
    if let Some((min, max)) = &key.range {
        facts.extend(bounds(min.as_ref().map(scalar_text), max.as_ref().map(scalar_text)));
    }
    if !key.values.is_empty() && key.kind != Kind::String && !has_meanings(key) {
        let values: Vec<String> = key.values.iter().map(|v| code(scalar_text(v))).collect();
        facts.push(list(&values, "or"));
    }
    if let Some(format) = &key.format {
        facts.push(format!("matches {}", code(format)));
    }
    if let Some(form) = &key.value_type {
        facts.push(format!("format {}", code(form)));
    }
    let quoted = |texts: &[String]| texts.iter().map(code).collect::<Vec<_>>();
    if !key.asset_types.is_empty() {
        let mut text = format!("identifier of a {}", list(&quoted(&key.asset_types), "or"));
        if !key.asset_content_types.is_empty() {
            text += &format!(" of media type {}", list(&quoted(&key.asset_content_types), "or"));
        }
        facts.push(text);
    }
}

fn bounds(min: Option<String>, max: Option<String>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(min),
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    }
}

fn kind(kind: Kind, ty: &Ty) -> String {
    match ty {
        Ty::Array(item) => match item.key.kind {
            Kind::Any => "array".to_owned(),
            of => format!("array of {}", plural(of)),
        },
        Ty::OneOrMany(item) => format!("{} or array of {}", one(item.key.kind), plural(item.key.kind)),
        Ty::Map(value) => format!("dictionary of {} with arbitrary keys", plural(value.key.kind)),
        _ => one(kind).to_owned(),
    }
}

pub(super) fn one(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "string",
        Kind::Integer => "integer",
        Kind::Real => "real",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::Data => "data",
        Kind::Array => "array",
        Kind::Dictionary => "dictionary",
        Kind::Any => "any value",
    }
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "strings",
        Kind::Integer => "integers",
        Kind::Real => "reals",
        Kind::Boolean => "booleans",
        Kind::Date => "dates",
        Kind::Data => "data",
        Kind::Array => "arrays",
        Kind::Dictionary => "dictionaries",
        Kind::Any => "any values",
    }
}
