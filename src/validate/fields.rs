//! Checks what the schema states about the keys of a dictionary and their values.

use super::code::Code;
use super::context::Context;
use super::path::KeyPath;
use super::{available, rules, scalar, shown, suggest, unknown_key};
use crate::codec::{List, View};
use crate::items::registry;
use crate::schema::{Dict, Family, Indices, Item, Key, Kind, Severity, Union};

/// Checks a dictionary whose keys are those of the given tables.
pub(crate) fn check_dictionary<'a>(cx: &mut Context<'a>, view: View<'a>, tables: &[&'static Dict], path: &KeyPath<'_>) {
    let is_around = cx.is_written_by_device;
    cx.is_written_by_device |= tables.iter().any(|table| is_written_by_device(table));
    // The fields of a generated type correspond to the keys of its table, so their names need not be looked up.
    let records: Option<Vec<_>> = tables.iter().map(|table| view.part(table)).collect();
    let are_complete = records.iter().flatten().all(|record| record.extra().is_empty());
    // The keys of each table that the dictionary has.
    let mut present = vec![Indices::default(); tables.len()];
    for (part, record) in records.iter().flatten().enumerate() {
        cx.with_table(tables[part], |cx| {
            record.each_known(&mut |index, key, value| {
                present[part].insert(index);
                check_value(cx, key, &value, &path.key(key.name));
            });
        });
        record.each_other(&mut |name, value| check_entry(cx, view, tables, &mut present, name, value, path));
    }
    if records.is_none() {
        view.each(&mut |name, value| check_entry(cx, view, tables, &mut present, name, value, path));
    }
    if !are_complete {
        // A program can have added keys of one record to another.
        view.each(&mut |name, _| add_key(tables, &mut present, name));
    }
    for (table, present) in tables.iter().zip(&present) {
        cx.with_table(table, |cx| check_required_keys(cx, view, table, present, path));
    }
    for (table, present) in tables.iter().zip(&present) {
        // A record without additional keys finds values faster than a combination of records.
        let part = view.part(table).filter(|_| are_complete).map_or(view, View::Record);
        rules::check(cx, part, table, present, path, check_dictionary);
    }
    cx.is_written_by_device = is_around;
}

/// Adds a key to those that are present of each table.
fn add_key(tables: &[&'static Dict], present: &mut [Indices], name: &str) {
    for (table, present) in tables.iter().zip(present) {
        if let Some(index) = table.index(name) {
            present.insert(index);
        }
    }
}

/// Checks the keys that a dictionary has, but not whether it lacks any or follows the rules: it holds a part of the settings only.
#[cfg(feature = "lint")]
pub(crate) fn check_present_keys<'a>(cx: &mut Context<'a>, view: View<'a>, table: &'static Dict, path: &KeyPath<'_>) {
    let mut present = [Indices::default()];
    view.each(&mut |name, value| check_entry(cx, view, &[table], &mut present, name, value, path));
}

/// Checks an entry of a dictionary against the tables that have its key, and adds the key to those that are present of each table.
fn check_entry<'a>(
    cx: &mut Context<'a>,
    dictionary: View<'a>,
    tables: &[&'static Dict],
    present: &mut [Indices],
    name: &'a str,
    value: &View<'a>,
    dictionary_path: &KeyPath<'_>,
) {
    let path = dictionary_path.key(name);
    let mut is_known = false;
    for (table, present) in tables.iter().zip(present) {
        let Some(index) = table.index(name) else { continue };
        is_known = true;
        present.insert(index);
        cx.with_table(table, |cx| check_value(cx, &table.keys[index], value, &path));
    }
    if !is_known {
        match tables.iter().find_map(|table| Some((table, table.any?))) {
            Some((table, any)) => cx.with_table(table, |cx| check_value(cx, any, value, &path)),
            // The schema lists the keys of a few vendors only.
            None if dictionary_path.ends_with_key("VendorConfig") => {}
            None => unknown_key::report(cx, dictionary, tables, name, &path),
        }
    }
}

/// Reports the required keys that are missing and that the target supports.
fn check_required_keys(
    cx: &mut Context<'_>,
    view: View<'_>,
    table: &'static Dict,
    present: &Indices,
    path: &KeyPath<'_>,
) {
    table.required.minus(present).iter().for_each(|index| {
        let key = &table.keys[index];
        if !view.value(key.name).is_absent() || !available::exists_on_target(cx, key.support) {
            return;
        }
        let path = path.key(key.name);
        if is_written_by_device(table) && is_status_item(&path) {
            return;
        }
        let message = format!("`{}` is required, but missing", key.name);
        // Another profile can have other settings of the same application.
        let is_partial = table.unofficial && cx.item.is_some_and(|item| owns(item, table));
        let severity = if is_partial { Severity::Info } else { Severity::Error };
        cx.add(Code::MissingKey, severity, &path, message);
    });
}

/// Returns whether the table has the keys of the item itself.
fn owns(item: &Item, table: &Dict) -> bool {
    item.keys.is_some_and(|keys| std::ptr::eq(keys, table))
}

/// Returns whether the path is that of a whole status item. A report contains the items that the server subscribed to and that have
/// changed, so none of them is missing.
fn is_status_item(path: &KeyPath<'_>) -> bool {
    let path = path.to_string();
    let name = path.strip_prefix("StatusItems.").unwrap_or(&path);
    registry::item(Family::Status, name).is_some_and(|item| item.keys.is_none())
}

/// Returns whether devices write the dictionary. Missing and additional keys in it are not errors.
pub(super) fn is_written_by_device(table: &Dict) -> bool {
    table.lenient && !table.tolerant
}

/// Reports keys that differ from the missing key `tag` only in case.
pub(super) fn report_miscased_tag(cx: &mut Context<'_>, view: View<'_>, tag: &str, path: &KeyPath<'_>) {
    if !view.value(tag).is_absent() {
        return;
    }
    view.each(&mut |key, _| {
        if key.eq_ignore_ascii_case(tag) {
            cx.add_with_help(
                Code::UnknownKey,
                Severity::Warning,
                &path.key(key),
                format!("the schema has no key `{key}` here"),
                Some(suggest::did_you_mean(tag)),
            );
        }
    });
}

/// Checks a value against the description of its key.
pub(crate) fn check_value<'a>(cx: &mut Context<'a>, key: &'static Key, view: &View<'a>, path: &KeyPath<'_>) {
    cx.within_part(|cx| check_within_key(cx, key, view, path));
}

fn check_within_key<'a>(cx: &mut Context<'a>, key: &'static Key, view: &View<'a>, path: &KeyPath<'_>) {
    if !key.support.is_empty() && !available::check(cx, key.support, key.details().replaced_by, path, || subject(key)) {
        return;
    }
    match (key.kind, *view) {
        (Kind::Array(item) | Kind::OneOrMany(item), View::Array(list)) => check_array(cx, key, item, list, path),
        (Kind::OneOrMany(item), _) if scalar::is_possible(item.kind, *view) => check_value(cx, item, view, path),
        (Kind::Dictionary(table), View::Record(_) | View::Map(_)) => check_dictionary(cx, *view, &[table], path),
        (Kind::Map(value), View::Record(_) | View::Map(_)) if is_unrestricted(value) => {}
        (Kind::Map(value), View::Record(_) | View::Map(_)) => {
            view.each(&mut |name, view| check_value(cx, value, view, &path.key(name)));
        }
        (Kind::Union(union), View::Record(_) | View::Map(_)) => check_union(cx, union, *view, path),
        _ => scalar::check(cx, key, *view, path),
    }
}

/// Returns whether every value is valid and available.
fn is_unrestricted(key: &Key) -> bool {
    matches!(key.kind, Kind::Any) && key.support.is_empty()
}

/// Returns the name of a key for messages. The elements of an array have no name.
fn subject(key: &Key) -> String {
    if key.name.is_empty() {
        "the item".to_owned()
    } else {
        format!("`{}`", key.name)
    }
}

fn check_array<'a>(cx: &mut Context<'a>, key: &Key, item: &'static Key, list: &'a dyn List, path: &KeyPath<'_>) {
    // Apple's files state the number of elements at the element.
    if let Some((min, max)) = item.details().repetition.or(key.details().repetition) {
        let count = i64::try_from(list.len()).unwrap_or(i64::MAX);
        if min.is_some_and(|min| count < min) || max.is_some_and(|max| count > max) {
            let message = format!("expected {} elements, found {count}", shown::range(min, max));
            cx.add(Code::WrongCount, Severity::Error, path, message);
        }
    }
    if is_unrestricted(item) {
        return;
    }
    for index in 0..list.len() {
        check_value(cx, item, &list.item(index), &path.index(index));
    }
}

/// Checks a dictionary against the alternative that its tag selects.
fn check_union<'a>(cx: &mut Context<'a>, union: &'static Union, view: View<'a>, path: &KeyPath<'_>) {
    let View::String(tag) = view.value(union.tag) else {
        let message = format!("`{}` is required, but missing", union.tag);
        cx.add(Code::MissingKey, Severity::Error, &path.key(union.tag), message);
        return report_miscased_tag(cx, view, union.tag, path);
    };
    let Some((_, alternative)) = union.alternatives.iter().find(|(value, _)| *value == tag) else {
        let known = union.alternatives.iter().map(|(value, _)| *value);
        let help = cx.suggestion(tag, known).map(suggest::did_you_mean);
        let found = shown::shown(View::String(tag), false);
        let message = format!("expected a `{}` that the schema has, found {found}", union.tag);
        let path = path.key(union.tag);
        return cx.add_with_help(Code::UnknownItem, Severity::Warning, &path, message, help);
    };
    let replaced_by = alternative.details().replaced_by;
    let is_usable = available::check(cx, alternative.support, replaced_by, path, || format!("`{tag}`"));
    if let (true, Kind::Dictionary(table)) = (is_usable, alternative.kind) {
        check_dictionary(cx, view, &[table], path);
    }
}
