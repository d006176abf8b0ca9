//! Manifests as items of the library.

use apple_mdm::schema::{
    self, Check, Choice, Dict, Family, Item, Key, KeyDetails, Kind, Literal, Rule, Severity, Step,
};

use super::entry::{self, Entry, Scalar, Shape};
use super::{Manifest, statics};
use crate::catalog::schema::table;
use crate::catalog::statics::Statics;

/// The source of the rules.
const SOURCE: &str = "the profile manifest";

/// Returns the item that a manifest describes.
pub fn item(manifest: Manifest, statics: &mut Statics) -> Item {
    let title = statics.text(&manifest.title);
    // Several profiles can have settings for one domain, so that each may lack some.
    let keys = dictionary(title, &manifest.entries, Severity::Info, statics);
    let mut item = Item::new(Family::Profile, statics.text(&manifest.domain), "");
    item.title = title;
    item.description = statics.description(&manifest.description);
    item.files = statics.texts(&[manifest.file]);
    item.support = statics::list(manifest.support);
    item.keys = Some(keys);
    item
}

fn dictionary(name: &'static str, entries: &[Entry], severity: Severity, statics: &mut Statics) -> &'static Dict {
    let mut keys = Vec::with_capacity(entries.len());
    let mut any = None;
    let mut rules = Vec::new();
    for entry in entries {
        let converted = key(entry, statics);
        if entry.name.is_empty() {
            any = Some(statics::value(converted));
            continue;
        }
        let key = converted.name;
        keys.push(converted);
        rules.extend(
            entry
                .required_if
                .iter()
                .map(|when| requirement(key, when, severity, statics)),
        );
    }
    let mut dict = table(name, keys);
    dict.unofficial = true;
    dict.any = any;
    dict.rules = statics::list(rules);
    statics::value(dict)
}

fn requirement(key: &'static str, when: &[entry::Condition], severity: Severity, statics: &mut Statics) -> Rule {
    let when: Vec<schema::Condition> = when.iter().map(|one| condition(one, statics)).collect();
    let clauses: Vec<String> = when.iter().map(ToString::to_string).collect();
    let says = format!("`{key}` is required if {}", clauses.join(" and "));
    Rule {
        check: Check::Requires {
            keys: statics::list(vec![path(key)]),
        },
        when: statics::list(when),
        severity,
        says: statics.text(&says),
        source: SOURCE,
        ..Rule::EMPTY
    }
}

fn path(key: &'static str) -> schema::Path {
    statics::list(vec![Step::Key(key)])
}

fn condition(condition_: &entry::Condition, statics: &mut Statics) -> schema::Condition {
    let mut literals = |list: &[Scalar]| {
        let list = list.iter().map(|scalar| literal(scalar, statics)).collect();
        statics::list(list)
    };
    match condition_ {
        entry::Condition::In(key, list) => {
            let list = literals(list);
            schema::Condition::In(path(statics.text(key)), list, None)
        }
        entry::Condition::Not(key, list) => {
            let list = literals(list);
            schema::Condition::Not(path(statics.text(key)), list, None)
        }
        entry::Condition::Present(key, is_present) => schema::Condition::Present(path(statics.text(key)), *is_present),
        entry::Condition::Any(list) => {
            let list = list.iter().map(|one| condition(one, statics)).collect();
            schema::Condition::Any(statics::list(list))
        }
    }
}

fn key(entry: &Entry, statics: &mut Statics) -> Key {
    let kind = kind(entry, statics);
    let mut key = Key::new(statics.text(&entry.name), kind);
    key.description = statics.description(&entry.description);
    key.required = entry.is_required && !entry.name.is_empty();
    key.secret = entry.is_secret;
    let mut choices = Vec::with_capacity(entry.choices.len());
    for (value, meaning) in &entry.choices {
        choices.push(Choice {
            value: literal(value, statics),
            description: statics.description(meaning),
            support: &[],
        });
    }
    key.choices = statics::list(choices);
    key.closed = entry.is_closed && !key.choices.is_empty();
    key.default = entry.default.as_ref().map(|default| literal(default, statics));
    key.support = statics::list(entry.support.clone());
    key.details = details(entry, statics);
    key
}

fn kind(entry: &Entry, statics: &mut Statics) -> Kind {
    let mut element = |element: &Option<Box<Entry>>| match element {
        Some(element) => statics::value(key(element, statics)),
        None => &Key::EMPTY,
    };
    match &entry.shape {
        Shape::Any => Kind::Any,
        Shape::String => Kind::String,
        Shape::Integer => Kind::Integer,
        Shape::Real => Kind::Real,
        Shape::Boolean => Kind::Boolean,
        Shape::Data => Kind::Data,
        Shape::Date => Kind::Date,
        Shape::Array(inner) => Kind::Array(element(inner)),
        Shape::Map(inner) => Kind::Map(element(inner)),
        Shape::Dictionary(entries) => {
            let name = statics.text(&entry.name);
            Kind::Dictionary(dictionary(name, entries, Severity::Warning, statics))
        }
    }
}

fn details(entry: &Entry, statics: &mut Statics) -> Option<&'static KeyDetails> {
    let has_details =
        entry.min.is_some() || entry.max.is_some() || entry.format.is_some() || entry.repetition != (None, None);
    has_details.then(|| {
        statics::value(KeyDetails {
            min: entry.min.map(number),
            max: entry.max.map(number),
            repetition: (entry.repetition != (None, None)).then_some(entry.repetition),
            format: entry.format.as_ref().map(|format| statics.text(format)),
            ..KeyDetails::EMPTY
        })
    })
}

/// Returns a bound, as an integer if it is one.
fn number(bound: f64) -> Literal {
    const EXACT: f64 = (1_u64 << 53) as f64;
    if bound.fract() == 0.0 && bound.abs() <= EXACT {
        Literal::Integer(bound as i64)
    } else {
        Literal::Real(bound)
    }
}

fn literal(scalar: &Scalar, statics: &mut Statics) -> Literal {
    match scalar {
        Scalar::String(text) => Literal::String(statics.text(text)),
        Scalar::Integer(number) => Literal::Integer(*number),
        Scalar::Real(number) => Literal::Real(*number),
        Scalar::Boolean(flag) => Literal::Boolean(*flag),
    }
}
