//! Values that violate what the schema states about a key.

use apple_mdm::schema::{Dict, Key, Kind, Step};
use apple_mdm::validate::Code;
use apple_mdm::value::{Dictionary, Value};

use super::place::Place;
use super::rules::{ensure, present, sized};
use super::samples::{BAD_TEXTS, form, matches};
use super::solve::{fresh, is, is_wrong, least, repaired};
use super::walk;

/// A value that violates what the schema states about one key, and the expected finding.
pub struct Mutation {
    pub value: Value,
    pub code: Code,
    pub place: Place,
}

/// Returns a valid value with the key, and one value for each way to violate what the schema states about the key.
pub fn mutated(dict: &'static Dict, key: &'static Key) -> Result<(Value, Vec<Mutation>), String> {
    let step: &'static [Step] = if key.name.is_empty() {
        &[Step::Any]
    } else {
        Box::leak(Box::new([Step::Key(key.name)]))
    };
    let root = Place::default();
    let start = least(dict).unwrap_or_else(|_| Dictionary::new().into());
    let (start, place) = ensure(dict, &start, &root, step).ok_or("cannot be put there")?;
    let base = repaired(dict, start, None, &|value| present(value, &root, step), &is_wrong)?;
    let mut all = Vec::new();
    if key.required {
        all.push(Mutation {
            value: place.without(&base).unwrap(),
            code: Code::MissingKey,
            place: place.clone(),
        });
    }
    mutations(key, &base, &place, &mut all);
    Ok((base, all))
}

/// Adds violations of what the schema states about a key, its elements and its values, except dictionaries with keys of their own.
fn mutations(key: &'static Key, base: &Value, place: &Place, all: &mut Vec<Mutation>) {
    let mut add = |place: &Place, code: Code, new: Value| {
        all.extend(place.with(base, new).map(|value| Mutation {
            value,
            code,
            place: place.clone(),
        }));
    };
    let now = place.get(base).unwrap();
    match key.kind {
        Kind::Any => {}
        Kind::Integer | Kind::Boolean | Kind::Data | Kind::Date | Kind::Real => {
            add(place, Code::WrongType, "no such type".into());
        }
        Kind::String | Kind::Array(_) | Kind::OneOrMany(_) | Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => {
            add(place, Code::WrongType, 1.into());
        }
        _ => unreachable!("a new kind"),
    }
    if key.closed {
        match key.kind {
            Kind::String => add(place, Code::NotAllowed, "no such value".into()),
            Kind::Integer => {
                // A number out of range would have a second finding.
                let (min, max) = (walk::number(key.details().min), walk::number(key.details().max));
                let inside = |n: f64| min.is_none_or(|min| n >= min) && max.is_none_or(|max| n <= max);
                let is_choice = |n: f64| {
                    key.choices
                        .iter()
                        .any(|choice| walk::number(Some(choice.value)) == Some(n))
                };
                let other = (0..10_000).map(f64::from).find(|n| inside(*n) && !is_choice(*n));
                add(place, Code::NotAllowed, sized(Some(key), other.unwrap()));
            }
            Kind::Real => add(place, Code::NotAllowed, 4711.25.into()),
            Kind::Boolean if key.choices.len() == 1 => {
                let other = !is(&true.into(), key.choices[0].value);
                add(place, Code::NotAllowed, other.into());
            }
            Kind::Boolean => {}
            kind => panic!("{}: choices of {}", key.name, kind.name()),
        }
    }
    let bounds = [(key.details().min, -1.0), (key.details().max, 1.0)];
    for (bound, beyond) in bounds {
        if let Some(bound) = walk::number(bound) {
            assert!(
                matches!(key.kind, Kind::Integer | Kind::Real),
                "{}: bounds of {}",
                key.name,
                key.kind.name()
            );
            add(place, Code::OutOfRange, sized(Some(key), bound + beyond));
        }
    }
    if let Some(format) = key.details().format {
        let bad = BAD_TEXTS.iter().find(|text| !matches(format, text)).unwrap();
        assert!(
            matches!(key.kind, Kind::String),
            "{}: format of {}",
            key.name,
            key.kind.name()
        );
        add(place, Code::BadFormat, (*bad).into());
    }
    if let Some(form) = key.details().value_type.and_then(form) {
        let bad = BAD_TEXTS.iter().find(|text| !form.matches(text)).unwrap();
        assert!(
            matches!(key.kind, Kind::String),
            "{}: form of {}",
            key.name,
            key.kind.name()
        );
        add(place, Code::BadFormat, (*bad).into());
    }
    match key.kind {
        Kind::Array(item) | Kind::OneOrMany(item) => {
            if let Some((min, max)) = item.details().repetition {
                for count in [min.map(|min| min - 1), max.map(|max| max + 1)].into_iter().flatten() {
                    let Ok(count) = usize::try_from(count) else { continue };
                    let items: Vec<Value> = (0..count).map(|n| fresh(item, n)).collect();
                    add(place, Code::WrongCount, Value::Array(items));
                }
            }
            if now.as_array().is_some_and(|items| !items.is_empty()) {
                mutations(item, base, &place.index(0), all);
            }
        }
        Kind::Map(value) => {
            let entry = now.as_dictionary().and_then(|entries| entries.keys().next());
            if let Some(name) = entry {
                mutations(value, base, &place.key(name), all);
            }
        }
        Kind::Union(union) => {
            let tag = place.key(union.tag);
            all.extend(tag.without(base).map(|value| Mutation {
                value,
                code: Code::MissingKey,
                place: tag.clone(),
            }));
            all.extend(tag.with(base, "NoSuchThing").map(|value| Mutation {
                value,
                code: Code::UnknownItem,
                place: tag.clone(),
            }));
        }
        _ => {}
    }
}
