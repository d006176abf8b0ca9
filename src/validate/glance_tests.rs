//! That a glance never says more than the look that it saves.

use std::ptr::from_ref;

use super::available::{self, Verdict};
use super::context::{Context, Strictness};
use super::path::Trail;
use super::target::{Channel, Enrollment, Target};
use super::{fields, scalar};
use crate::codec::{View, Write};
use crate::items::registry;
use crate::schema::{Dict, Fact, Key, Kind, Os, Version};
use crate::value::{Date, Dictionary, Integer, Value};

/// Every table, and every key with the keys of items and of values within it.
fn all() -> (Vec<&'static Dict>, Vec<&'static Key>) {
    fn enter(table: &'static Dict, tables: &mut Vec<&'static Dict>, keys: &mut Vec<&'static Key>) {
        if !tables.iter().any(|known| std::ptr::eq(*known, table)) {
            tables.push(table);
            table
                .keys
                .iter()
                .chain(table.any)
                .for_each(|key| look(key, tables, keys));
        }
    }
    fn look(key: &'static Key, tables: &mut Vec<&'static Dict>, keys: &mut Vec<&'static Key>) {
        keys.push(key);
        match key.kind {
            Kind::Dictionary(table) => enter(table, tables, keys),
            Kind::Array(next) | Kind::Map(next) => look(next, tables, keys),
            Kind::Union(union) => union.alternatives.iter().for_each(|(_, next)| look(next, tables, keys)),
            _ => {}
        }
    }
    let (mut tables, mut keys) = (Vec::new(), Vec::new());
    for table in registry::items().flat_map(|item| item.keys.into_iter().chain(item.response)) {
        enter(table, &mut tables, &mut keys);
    }
    (tables, keys)
}

/// Values of all types, and arrays of them.
fn values() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "a",
        "1",
        "true",
        "com.example.app",
        "https://example.com/",
        "ü\u{7}",
        "{",
        "((",
    ];
    let numbers = [i64::MIN, -1, 0, 1, 2, 16, 17, 255, 65_536, i64::MAX].map(Integer::from);
    let mut values = Vec::from_iter(texts.map(Value::from));
    values.extend(numbers.into_iter().chain([u64::MAX.into()]).map(Value::Integer));
    values.extend([-1.5, 0.0, 1.0, 1e300, f64::INFINITY].map(Value::Real));
    values.extend([true, false].map(Value::Boolean));
    values.extend([
        Value::Data(vec![0, 255].into()),
        Value::Date(Date::EPOCH),
        Value::from(Dictionary::new()),
    ]);
    let arrays: Vec<Value> = values
        .iter()
        .map(|value| Value::Array(vec![value.clone(); 3]))
        .collect();
    values.extend(arrays);
    values.push(Value::Array(Vec::new()));
    values
}

/// Whether nothing is found in a typed value for a device that has everything.
fn is_fine(key: &'static Key, view: &View<'_>) -> bool {
    let mut cx = Context::new(None, Strictness::Typed);
    fields::value(&mut cx, key, view, &Trail::ROOT);
    cx.report.findings().is_empty()
}

/// Whether a value is one that a field of the kind can hold, as far as this is told without a type for it.
fn is_of(kind: Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Array(item), Value::Array(values)) => values.iter().all(|value| is_of(item.kind, value)),
        (Kind::String, Value::String(_))
        | (Kind::Integer, Value::Integer(_))
        | (Kind::Real, Value::Real(_))
        | (Kind::Boolean, Value::Boolean(_))
        | (Kind::Data, Value::Data(_))
        | (Kind::Date, Value::Date(_))
        | (Kind::Any, _) => true,
        _ => false,
    }
}

#[test]
fn nothing_is_found_where_a_value_fits() {
    let values = values();
    let mut fitting = 0;
    for key in all().1 {
        for view in values.iter().map(Write::view) {
            if scalar::is_fitting(key, &view) {
                fitting += 1;
                assert!(is_fine(key, &view), "{} {:?}", key.name, view.type_of());
            }
        }
    }
    assert!(fitting > 1_000, "{fitting}");
}

#[test]
fn nothing_is_found_in_keys_that_are_not_open() {
    let values = values();
    let mut closed = 0;
    for table in all().0 {
        for (index, key) in table
            .keys
            .iter()
            .enumerate()
            .filter(|(index, _)| !table.open.contains(*index))
        {
            let place = format!("{}.{}", table.name, key.name);
            assert!(table.bearing_on(index).is_empty(), "{place}");
            // What is required has no field, or one that always has a value: nothing that a device writes, or a profile, is of such.
            let is_met = !key.required || !table.lenient || key.field.is_empty() && key.support.is_empty();
            assert!(is_met, "{place}");
            let of_its_kind: Vec<_> = values.iter().filter(|value| is_of(key.kind, value)).collect();
            assert!(!of_its_kind.is_empty(), "{place}");
            assert!(of_its_kind.iter().all(|value| is_fine(key, &value.view())), "{place}");
            closed += 1;
        }
    }
    assert!(closed > 1_000, "{closed}");
}

#[test]
fn nothing_is_said_of_facts_that_say_nothing() {
    let mut targets = Vec::new();
    for os in Os::ALL {
        let bare = Target::new(os);
        let mut some = vec![bare.clone()];
        some.extend([Channel::Device, Channel::User].map(|channel| bare.clone().channel(channel)));
        some.extend([true, false].map(|supervised| bare.clone().supervised(supervised)));
        some.extend([true, false].map(|shared| bare.clone().shared_ipad(shared)));
        some.extend([true, false].map(|by_hand| bare.clone().manual_install(by_hand)));
        some.extend([Enrollment::User, Enrollment::Device].map(|enrollment| bare.clone().enrollment(enrollment)));
        for version in [Version::new(4, 0, 0), Version::new(12, 1, 0), Version::new(27, 0, 0)] {
            let of_version = |target: &Target| Target {
                version: Some(version),
                ..target.clone()
            };
            targets.extend(some.iter().map(of_version));
        }
        targets.extend(some);
    }
    let items = registry::items().map(|item| item.support);
    let keys = all().1;
    let choices = keys.iter().flat_map(|key| key.choices).map(|choice| choice.support);
    let mut lists = Vec::from_iter(items.chain(keys.iter().map(|key| key.support)).chain(choices));
    lists.sort_by_key(|list: &&[(Os, Fact)]| from_ref(*list).addr());
    lists.dedup_by_key(|list| from_ref(*list).addr());
    for target in &targets {
        for list in &lists {
            // The second time it is known.
            let mut cx = Context::new(Some(target), Strictness::Typed);
            let says_nothing = [0; 2].map(|_| available::says_nothing(&mut cx, list));
            assert_eq!(says_nothing[0], says_nothing[1]);
            let facts = || available::of(target, list);
            let is_fine = |what| matches!(available::judge_among(target, what, facts()), Verdict::Fine);
            assert!(!says_nothing[0] || facts().all(is_fine), "{target:?} {list:?}");
        }
        // However many are remembered, none is taken for another.
        let mut cx = Context::new(Some(target), Strictness::Typed);
        for list in lists.iter().chain(&lists) {
            let alone = available::says_nothing(&mut Context::new(Some(target), Strictness::Typed), list);
            assert_eq!(available::says_nothing(&mut cx, list), alone, "{target:?} {list:?}");
        }
    }
}
