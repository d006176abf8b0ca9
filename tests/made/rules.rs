//! The meaning of rules: which values they are about, when they apply, and how to repair a violation.

use apple_mdm::schema::{
    Check, Condition, Dict, Key, Kind, Literal, Order, Os, Path, Rule, Step, TargetCondition, TextTest,
    ValueConstraint, Version,
};
use apple_mdm::validate::{EmbeddedDocument, Target};
use apple_mdm::value::{Data, Date, Dictionary, Value};

use super::documents;
use super::place::{Place, Seg};
use super::samples::{TEXTS, fits};
use super::solve::{alternative, fresh, is};
use super::walk::{self, key_at};

/// Returns the values that a path leads to, each with its place. If the path ends in names, the values are the names of entries.
pub fn hits(value: &Value, base: &Place, path: Path) -> Vec<(Place, Value)> {
    let mut found = Vec::new();
    if let Some(start) = base.get(value) {
        follow(start, base, path, &mut found);
    }
    found
}

fn follow(value: &Value, place: &Place, path: &[Step], found: &mut Vec<(Place, Value)>) {
    let Some((step, rest)) = path.split_first() else {
        found.push((place.clone(), value.clone()));
        return;
    };
    match (*step, value) {
        (Step::Key(name), Value::Dictionary(entries)) => {
            if let Some(value) = entries.get(name) {
                follow(value, &place.key(name), rest, found);
            }
        }
        (Step::Any, Value::Dictionary(entries)) => {
            for (name, value) in entries {
                follow(value, &place.key(name), rest, found);
            }
        }
        (Step::Names, Value::Dictionary(entries)) => {
            found.extend(entries.keys().map(|name| (place.key(name), Value::from(name))));
        }
        (Step::Items | Step::Each | Step::Item(_) | Step::Where(..), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let meant = match *step {
                    Step::Item(wanted) => index == wanted,
                    Step::Where(tag, wanted) => item.get(tag).and_then(Value::as_str) == Some(wanted),
                    _ => true,
                };
                if meant {
                    follow(item, &place.index(index), rest, found);
                }
            }
        }
        (Step::Each, _) => follow(value, place, rest, found),
        _ => {}
    }
}

pub fn present(value: &Value, base: &Place, path: Path) -> bool {
    !hits(value, base, path).is_empty()
}

/// Returns the value without the parts at the path.
pub fn cleared(value: &Value, base: &Place, path: Path) -> Value {
    let mut value = value.clone();
    while let Some((place, _)) = hits(&value, base, path).pop() {
        match place.without(&value) {
            Some(less) => value = less,
            None => break,
        }
    }
    value
}

/// Returns the value with a value at the path, and its place.
pub fn ensure(dict: &'static Dict, value: &Value, base: &Place, path: Path) -> Option<(Value, Place)> {
    let mut value = value.clone();
    let mut place = base.clone();
    for (at, step) in path.iter().enumerate() {
        let next = path.get(at + 1);
        match *step {
            Step::Key(name) => {
                if !matches!(place.get(&value), Some(Value::Dictionary(_))) {
                    value = place.with(&value, Dictionary::new())?;
                }
                place = place.key(name);
                if place.get(&value).is_none() {
                    value = place.with(&value, new_at(dict, &value, &place, next))?;
                }
            }
            Step::Items | Step::Each | Step::Item(_) => {
                let wanted = if let Step::Item(index) = *step { index } else { 0 };
                let array = place.clone();
                place = place.index(wanted);
                while place.get(&value).is_none() {
                    let item = array.index(array.get(&value)?.as_array()?.len());
                    value = item.with(&value, new_at(dict, &value, &item, next))?;
                }
            }
            Step::Where(tag, wanted) => {
                let items = place.get(&value)?.as_array()?;
                let found = items
                    .iter()
                    .position(|item| item.get(tag).and_then(Value::as_str) == Some(wanted));
                let index = found.unwrap_or(items.len());
                if found.is_none() {
                    let item = key_at(dict, &value, &place)?.kind.element()?;
                    let new = match item.kind {
                        Kind::Union(union) => {
                            let found = union.alternatives.iter().find(|(name, _)| *name == wanted);
                            alternative(tag, *found?)
                        }
                        _ => {
                            let mut new = fresh(item, index);
                            new.as_dictionary_mut()?.insert(tag, wanted);
                            new
                        }
                    };
                    value = place.index(index).with(&value, new)?;
                }
                place = place.index(index);
            }
            Step::Any | Step::Names => {
                let entries = place.get(&value)?.as_dictionary()?;
                let known = |name: &&str| dict_at(dict, &value, &place).is_none_or(|dict| dict.key(name).is_none());
                let name = entries.keys().find(known).unwrap_or("com.example.name").to_owned();
                place = place.key(&name);
                if place.get(&value).is_none() {
                    value = place.with(&value, new_at(dict, &value, &place, next))?;
                }
            }
        }
    }
    Some((value, place))
}

fn dict_at(dict: &'static Dict, value: &Value, place: &Place) -> Option<&'static Dict> {
    let dicts = walk::dicts_in(dict, value);
    dicts.into_iter().find(|(at, _)| at == place).map(|(_, dict)| dict)
}

/// Returns a new container for the next step of a path.
fn new_at(dict: &'static Dict, value: &Value, place: &Place, next: Option<&Step>) -> Value {
    match (key_at(dict, value, place), next) {
        (Some(key), next) if key.kind != Kind::Any || next.is_none() => fresh(key, 0),
        (_, None) => "com.example.app".into(),
        (_, Some(Step::Key(_) | Step::Any | Step::Names)) => Dictionary::new().into(),
        (_, Some(_)) => Value::Array(Vec::new()),
    }
}

/// Returns the value with a valid value at the place.
pub fn put(dict: &'static Dict, value: &Value, place: &Place) -> Option<Value> {
    let mut value = value.clone();
    let mut at = Place::default();
    for (index, seg) in place.0.iter().enumerate() {
        at.0.push(seg.clone());
        if at.get(&value).is_none() {
            let next = place.0.get(index + 1).map(|seg| match seg {
                Seg::Key(_) => Step::Any,
                Seg::Index(_) => Step::Items,
            });
            value = at.with(&value, new_at(dict, &value, &at, next.as_ref()))?;
        }
    }
    Some(value)
}

/// Returns the array or dictionary with one entry less, or one more.
pub fn resized(dict: &'static Dict, value: &Value, place: &Place) -> Vec<Value> {
    let (more, less): (Place, Vec<Place>) = match place.get(value) {
        Some(Value::Array(items)) => (
            place.index(items.len()),
            (0..items.len()).map(|n| place.index(n)).collect(),
        ),
        Some(Value::Dictionary(entries)) => (
            place.key(&format!("com.example.more{}", entries.len())),
            entries.keys().map(|name| place.key(name)).collect(),
        ),
        _ => return Vec::new(),
    };
    let n = if let Some(Seg::Index(n)) = more.0.last() { *n } else { 1 };
    let new = key_at(dict, value, &more).map_or_else(|| "com.example.app".into(), |key| fresh(key, n));
    let less = less.iter().rev().filter_map(|less| less.without(value));
    less.chain(more.with(value, new)).collect()
}

/// Returns whether a condition is true.
pub fn holds(value: &Value, base: &Place, condition: &Condition) -> bool {
    let any = |path: Path, wanted: &dyn Fn(&Value) -> bool| hits(value, base, path).iter().any(|(_, v)| wanted(v));
    let one_of = |v: &Value, list: &[Literal]| list.iter().any(|literal| is(v, *literal));
    match condition {
        Condition::In(path, list, default) => {
            any(path, &|v| one_of(v, list))
                || (!present(value, base, path) && default.is_some_and(|default| list.contains(&default)))
        }
        Condition::Not(path, list, default) => {
            if present(value, base, path) {
                any(path, &|v| !one_of(v, list))
            } else {
                default.is_none_or(|default| !list.contains(&default))
            }
        }
        Condition::Present(path, wanted) => present(value, base, path) == *wanted,
        Condition::Contains(path, literal) => any(path, &|v| has_item(v, *literal)),
        Condition::Above(path, bound) => any(path, &|v| as_number(v).is_some_and(|n| n > *bound)),
        Condition::Below(path, bound) => any(path, &|v| as_number(v).is_some_and(|n| n < *bound)),
        Condition::Fits(path, test) => any(path, &|v| v.as_str().is_some_and(|text| fits(*test, text))),
        Condition::Any(list) => list.iter().any(|condition| holds(value, base, condition)),
        // Rules are checked with a target for which these are true.
        Condition::Target(_) => true,
    }
}

/// Returns whether all conditions of a rule are true.
pub fn applies(value: &Value, base: &Place, rule: &Rule) -> bool {
    rule.when.iter().all(|condition| holds(value, base, condition))
}

pub fn has_item(value: &Value, literal: Literal) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().any(|item| is(item, literal)))
}

pub fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(number.as_f64()),
        Value::Real(number) => Some(*number),
        _ => None,
    }
}

/// Returns values for which the condition is true.
pub fn satisfied(dict: &'static Dict, value: &Value, base: &Place, condition: &Condition) -> Vec<Value> {
    let set = |path: Path, new: &dyn Fn(Option<&'static Key>) -> Vec<Value>| -> Vec<Value> {
        let Some((with, place)) = ensure(dict, value, base, path) else {
            return Vec::new();
        };
        let key = key_at(dict, &with, &place);
        let mut all: Vec<Value> = new(key).into_iter().filter_map(|new| place.with(&with, new)).collect();
        all.insert(0, with);
        all
    };
    let mut all = match *condition {
        Condition::In(path, list, _) => set(path, &|key| list.iter().map(|l| walk::literal(key, *l)).collect()),
        Condition::Not(path, list, _) => {
            let mut all = vec![cleared(value, base, path)];
            all.extend(set(path, &|key| others(key, list)));
            all
        }
        Condition::Present(path, true) => set(path, &|_| Vec::new()),
        Condition::Present(path, false) => vec![cleared(value, base, path)],
        Condition::Contains(path, literal) => {
            let mut all = Vec::new();
            if let Some((with, place)) = ensure(dict, value, base, path)
                && let Some(Value::Array(items)) = place.get(&with)
            {
                let key = key_at(dict, &with, &place.index(0));
                let item = walk::literal(key, literal);
                all.extend(place.with(&with, vec![item.clone()]));
                all.extend(place.index(items.len()).with(&with, item));
            }
            all
        }
        Condition::Above(path, bound) => set(path, &|key| {
            vec![sized(key, bound.floor() + 1.0), sized(key, bound + 0.5)]
        }),
        Condition::Below(path, bound) => set(path, &|key| {
            vec![sized(key, bound.ceil() - 1.0), sized(key, bound - 0.5)]
        }),
        Condition::Fits(path, test) => set(path, &|_| texts(|text| fits(test, text))),
        Condition::Any(list) => list.iter().flat_map(|one| satisfied(dict, value, base, one)).collect(),
        Condition::Target(_) => vec![value.clone()],
    };
    all.retain(|value| holds(value, base, condition));
    all
}

/// Returns values for which the condition is false.
pub fn falsified(dict: &'static Dict, value: &Value, base: &Place, condition: &Condition) -> Vec<Value> {
    let each = |path: Path, new: &dyn Fn(Option<&'static Key>) -> Vec<Value>| -> Vec<Value> {
        let mut all = vec![cleared(value, base, path)];
        if let Some((with, place)) = ensure(dict, value, base, path) {
            let key = key_at(dict, &with, &place);
            all.extend(new(key).into_iter().filter_map(|new| place.with(&with, new)));
        }
        all
    };
    let mut all = match *condition {
        Condition::In(path, list, _) => each(path, &|key| others(key, list)),
        Condition::Not(path, list, _) => each(path, &|key| list.iter().map(|l| walk::literal(key, *l)).collect()),
        Condition::Present(path, true) => vec![cleared(value, base, path)],
        Condition::Present(path, false) => ensure(dict, value, base, path).map(|(v, _)| v).into_iter().collect(),
        Condition::Contains(path, _) => each(path, &|key| match key.map(|key| key.kind) {
            Some(Kind::Array(item) | Kind::OneOrMany(item)) => {
                (0..8).map(|n| Value::Array(vec![fresh(item, n)])).collect()
            }
            _ => vec![Value::Array(Vec::new())],
        }),
        Condition::Above(path, bound) | Condition::Below(path, bound) => each(path, &|key| {
            vec![sized(key, bound), sized(key, bound.floor()), sized(key, bound.ceil())]
        }),
        Condition::Target(_) => Vec::new(),
        Condition::Fits(path, test) => each(path, &|_| texts(|text| !fits(test, text))),
        Condition::Any(list) => {
            let mut all = vec![value.clone()];
            for one in list {
                all = all
                    .iter()
                    .flat_map(|value| {
                        if holds(value, base, one) {
                            falsified(dict, value, base, one).into_iter().take(3).collect()
                        } else {
                            vec![value.clone()]
                        }
                    })
                    .collect();
            }
            all
        }
    };
    all.retain(|value| !holds(value, base, condition));
    all
}

/// Returns values for the key other than these.
pub fn others(key: Option<&Key>, avoid: &[Literal]) -> Vec<Value> {
    let mut all: Vec<Value> = match key {
        Some(key) => (0..16).map(|n| fresh(key, n)).collect(),
        None => TEXTS.iter().map(|text| Value::from(*text)).collect(),
    };
    all.retain(|value| !avoid.iter().any(|literal| is(value, *literal)));
    let mut distinct: Vec<Value> = Vec::new();
    for value in all {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

pub fn texts(wanted: impl Fn(&str) -> bool) -> Vec<Value> {
    let found = TEXTS.iter().filter(|text| wanted(text));
    found.map(|text| Value::from(*text)).collect()
}

/// Returns a number of the key's type.
pub fn sized(key: Option<&Key>, number: f64) -> Value {
    match key.map(|key| key.kind) {
        Some(Kind::Real) => number.into(),
        Some(Kind::Boolean) => (number != 0.0).into(),
        _ => (number as i64).into(),
    }
}

/// Returns a text of the key's type: data if the key is data.
pub fn worded(key: Option<&Key>, text: &str) -> Value {
    match key.map(|key| key.kind) {
        Some(Kind::Data) => Value::Data(Data::from(text.as_bytes())),
        _ => text.into(),
    }
}

/// Returns numbers that may satisfy the constraint.
fn numbers(key: Option<&Key>, min: Option<f64>, max: Option<f64>, step: Option<f64>) -> Vec<Value> {
    let bound = |literal: Option<Literal>| walk::number(literal);
    let mut all: Vec<f64> = [
        min,
        max,
        key.and_then(|k| bound(k.details().min)),
        key.and_then(|k| bound(k.details().max)),
        step,
    ]
    .into_iter()
    .flatten()
    .collect();
    all.extend([
        0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 16.0, 60.0, 100.0, 128.0, 256.0, 1000.0, 1024.0, 2048.0, 4096.0, 86400.0,
    ]);
    if let Some(step) = step {
        all.extend((1..6).map(|times| f64::from(times) * step));
        all.extend(min.map(|min| (min / step).ceil() * step));
    }
    let fits = |number: &f64| {
        min.is_none_or(|min| *number >= min)
            && max.is_none_or(|max| *number <= max)
            && step.is_none_or(|step| number % step == 0.0)
    };
    all.into_iter().filter(fits).map(|number| sized(key, number)).collect()
}

/// Returns changes that may repair a violation of the rule at a place.
pub fn fixes(dict: &'static Dict, value: &Value, base: &Place, rule: &Rule, at: &Place) -> Vec<Value> {
    let key = key_at(dict, value, at);
    let set = |new: Vec<Value>| -> Vec<Value> { new.into_iter().filter_map(|new| at.with(value, new)).collect() };
    let mut all = match rule.check {
        Check::Charset { from, to, .. } => {
            let good = if (from..=to).contains(&u32::from('a')) {
                u32::from('a')
            } else {
                from
            };
            set(vec![char::from_u32(good).unwrap().to_string().into()])
        }
        Check::Utf8 { .. } => set(vec![worded(key, "abc")]),
        Check::Length { min, max, .. } => {
            let right = |length: usize| min.is_none_or(|min| length >= min) && max.is_none_or(|max| length <= max);
            let length = min.unwrap_or(1).max(1).min(max.unwrap_or(usize::MAX));
            match at.get(value) {
                Some(Value::Data(_)) => set(vec![Value::Data(vec![1; length].into())]),
                _ => {
                    let mut new = texts(|text| right(text.chars().count()));
                    new.push("1".repeat(length).into());
                    set(new)
                }
            }
        }
        Check::Pattern { key: path, test, not } => {
            let good = TEXTS.iter().filter(|text| fits(test, text) != not);
            if path.last() == Some(&Step::Names) {
                good.filter_map(|name| renamed(value, at, name)).collect()
            } else {
                set(good.map(|text| worded(key, text)).collect())
            }
        }
        Check::Number {
            min, max, step, not, ..
        } => {
            let mut new = numbers(key, min, max, step);
            new.retain(|number| !not.iter().any(|literal| is(number, *literal)));
            set(new)
        }
        Check::Bits { has, needs, .. } => set(vec![(has | needs).into(), 0.into(), needs.into()]),
        Check::Count { .. } => resized(dict, value, at),
        Check::Unique { by, .. } => {
            let mut all: Vec<Value> = by
                .iter()
                .flat_map(|name| varied(dict, value, &at.key(name)))
                .chain(varied(dict, value, at))
                .collect();
            all.extend(at.without(value));
            all
        }
        Check::Consistent { .. } | Check::Disjoint { .. } => varied(dict, value, at),
        Check::Requires { keys } => {
            let mut all: Vec<Value> = put(dict, value, at).into_iter().collect();
            all.extend(
                keys.iter()
                    .filter_map(|key| ensure(dict, value, base, key).map(|(v, _)| v)),
            );
            all
        }
        Check::RequiredOneOf { keys } | Check::ExactlyOneOf { keys } => {
            let mut all: Vec<Value> = put(dict, value, at).into_iter().collect();
            for key in keys {
                if present(value, base, key) {
                    all.push(cleared(value, base, key));
                } else {
                    all.extend(ensure(dict, value, base, key).map(|(v, _)| v));
                }
            }
            all
        }
        Check::Excludes { keys } => keys.iter().map(|key| cleared(value, base, key)).collect(),
        Check::OnlyIf { .. } => {
            let mut all = vec![value.clone()];
            for condition in rule.when {
                all = all
                    .iter()
                    .flat_map(|value| match holds(value, base, condition) {
                        true => vec![value.clone()],
                        false => satisfied(dict, value, base, condition),
                    })
                    .collect();
            }
            all
        }
        Check::Value { needs, .. } => match needs {
            ValueConstraint::In(list) => set(list.iter().map(|literal| walk::literal(key, *literal)).collect()),
            ValueConstraint::Not(list) => set(others(key, list)),
            ValueConstraint::Text(test) => set(texts(|text| fits(test, text))),
            ValueConstraint::Range(min, max) => set(numbers(key, min, max, None)),
            ValueConstraint::Contains(literal) => {
                let item = walk::literal(key_at(dict, value, &at.index(0)), literal);
                let mut items = match at.get(value) {
                    Some(Value::Array(items)) => items.clone(),
                    _ => Vec::new(),
                };
                items.push(item.clone());
                set(vec![Value::Array(items), Value::Array(vec![item])])
            }
        },
        Check::Ordering { lower, upper, by, .. } => {
            let (low, high) = ordered(by);
            let mut all = Vec::new();
            for (low_place, low_now) in hits(value, base, lower).into_iter().take(1) {
                for (high_place, high_now) in hits(value, base, upper).into_iter().take(1) {
                    let (low_key, high_key) = (key_at(dict, value, &low_place), key_at(dict, value, &high_place));
                    let swapped = low_place.with(value, high_now.clone());
                    all.extend(swapped.and_then(|value| high_place.with(&value, low_now.clone())));
                    all.extend(low_place.with(value, high_now.clone()));
                    let both = low_place.with(value, typed(low_key, &low));
                    all.extend(both.and_then(|value| high_place.with(&value, typed(high_key, &high))));
                    for n in 0..6 {
                        all.extend(low_key.and_then(|key| low_place.with(value, fresh(key, n))));
                        all.extend(high_key.and_then(|key| high_place.with(value, fresh(key, n))));
                    }
                    if let Some(low) = as_number(&low_now) {
                        all.extend(high_place.with(value, sized(high_key, low + 1.0)));
                    }
                    if let Some(high) = as_number(&high_now) {
                        all.extend(low_place.with(value, sized(low_key, high - 1.0)));
                    }
                }
            }
            all
        }
        Check::Refers { to, .. } => {
            let mut all = set(hits(value, base, to).into_iter().map(|(_, there)| there).collect());
            if let (Some((with, place)), Some(here)) = (ensure(dict, value, base, to), at.get(value)) {
                if to.last() == Some(&Step::Names) {
                    all.extend(here.as_str().and_then(|name| renamed(&with, &place, name)));
                } else {
                    all.extend(place.with(&with, here.clone()));
                }
            }
            all
        }
        // Manifests are made at their key.
        Check::Document {
            holds: EmbeddedDocument::Manifest,
            ..
        } => Vec::new(),
        Check::Document { holds, .. } => set(vec![holding(key, documents::good(holds))]),
        _ => Vec::new(),
    };
    if !matches!(rule.check, Check::OnlyIf { .. }) {
        for condition in rule.when {
            all.extend(falsified(dict, value, base, condition));
        }
    }
    all.extend(at.without(value));
    all
}

fn typed(key: Option<&Key>, value: &Value) -> Value {
    match as_number(value) {
        Some(number) => sized(key, number),
        None => value.clone(),
    }
}

/// Returns a document of the key's type: text if the key is text.
pub fn holding(key: Option<&Key>, bytes: Vec<u8>) -> Value {
    match key.map(|key| key.kind) {
        Some(Kind::String) => String::from_utf8(bytes).unwrap().into(),
        _ => Value::Data(bytes.into()),
    }
}

/// Returns a low and a high value of this order.
pub fn ordered(by: Order) -> (Value, Value) {
    match by {
        Order::Number => (2.into(), 5.into()),
        Order::Version => ("2.0".into(), "10.0".into()),
        Order::Ip => ("192.0.2.1".into(), "192.0.2.100".into()),
        Order::Date => (
            Date::from_unix_seconds(1_900_000_000).unwrap().into(),
            Date::from_unix_seconds(1_900_000_001).unwrap().into(),
        ),
        _ => ("a".into(), "b".into()),
    }
}

/// Returns the value with the entry at the place renamed.
pub fn renamed(value: &Value, at: &Place, name: &str) -> Option<Value> {
    let entry = at.get(value)?.clone();
    let (holder, _) = at.split()?;
    let less = at.without(value)?;
    holder.key(name).with(&less, entry)
}

/// Returns values with other values of the same kind at the place.
fn varied(dict: &'static Dict, value: &Value, at: &Place) -> Vec<Value> {
    let Some(key) = key_at(dict, value, at) else {
        return Vec::new();
    };
    let mut all: Vec<Value> = (1..40).filter_map(|n| at.with(value, fresh(key, n))).collect();
    if let Some(Value::String(text)) = at.get(value) {
        all.extend(at.with(value, format!("{text}2")));
    }
    all
}

/// Returns texts that do not have the format.
pub fn unfit(test: TextTest, not: bool) -> Vec<&'static str> {
    let all = super::samples::BAD_TEXTS.iter().chain(TEXTS);
    all.copied().filter(|text| fits(test, text) == not).collect()
}

/// Returns a target for which the conditions of a rule on the target are true. `None` if there are no such conditions.
///
/// # Errors
///
/// Returns the condition that only a whole document can fulfil.
pub fn target_of(rule: &Rule) -> Result<Option<Target>, String> {
    let conditions: Vec<TargetCondition> = rule
        .when
        .iter()
        .filter_map(|condition| match condition {
            Condition::Target(condition) => Some(*condition),
            _ => None,
        })
        .collect();
    if conditions.is_empty() {
        return Ok(None);
    }
    let os = conditions.iter().find_map(|condition| match condition {
        TargetCondition::Os { systems, .. } => systems.first(),
        _ => None,
    });
    let mut target = Target::new(os.copied().unwrap_or(Os::Macos));
    for condition in conditions {
        target = match condition {
            TargetCondition::Os { from, before, .. } => match (from, before) {
                (Some(from), _) => target.version(from),
                (None, Some(Version(major, 0, _))) => target.version(Version::new(major - 1, 0, 0)),
                (None, Some(Version(major, minor, _))) => target.version(Version::new(major, minor - 1, 0)),
                (None, None) => target,
            },
            TargetCondition::Enrollment(list) => target.enrollment(list[0]),
            TargetCondition::Supervised(flag) => target.supervised(flag),
            TargetCondition::Channel(channel) => target.channel(channel),
            TargetCondition::SharedIpad(flag) => target.shared_ipad(flag),
            TargetCondition::AutomatedEnrollment(flag) => target.automated_enrollment(flag),
            TargetCondition::ManualInstall(flag) => target.manual_install(flag),
            other => return Err(other.to_string()),
        };
    }
    Ok(Some(target))
}
