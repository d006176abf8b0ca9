//! What the schema's fields say of keys and values.

use super::context::{Context, Strictness};
use super::finding::Code;
use super::path::Trail;
use super::rules::{Known, Pending};
use super::scalar::{is_fitting, mended, not_allowed, number, string, wrong_type};
use super::{TextFormat, available, rules, suggest};
use crate::codec::{Extra, List, Record, View, Write};
use crate::items::registry;
use crate::schema::{Dict, Family, Indices, Item, Key, Kind, Literal, Severity};
use crate::value::{Integer, data};

/// How many tables the keys of a dictionary stand in at most: that of the item and that of what all items of the family have.
const MOST: usize = 2;

/// Holds a dictionary against the tables that its keys may stand in, two at most.
pub(crate) fn dictionary<'a>(cx: &mut Context<'a>, view: View<'a>, tables: &[&'static Dict], trail: &Trail<'_>) {
    dictionary_of(cx, view, tables, &[], trail);
}

/// The same where something is known of values in it.
pub(super) fn dictionary_of<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    tables: &[&'static Dict],
    known: &[Option<Known<'_>>],
    trail: &Trail<'_>,
) {
    assert!(tables.len() <= MOST, "a dictionary of {} tables", tables.len());
    let mut parts: [Option<&'a dyn Record>; MOST] = [None; MOST];
    for (part, table) in parts.iter_mut().zip(tables) {
        *part = view.part(table);
    }
    // A dictionary that is made of records has its keys in their fields: those need no look-up by name.
    match parts[..tables.len()] {
        _ if cx.strictness != Strictness::Typed => {}
        [Some(one)] if are_apart(&[one]) => return records(cx, view, &[one], known, trail),
        [Some(one), Some(other)] if are_apart(&[one, other]) => {
            return records(cx, view, &[one, other], known, trail);
        }
        _ => {}
    }
    let mut there: [There; MOST] = Default::default();
    view.each(&mut |name, value| entry(cx, view, tables, &mut there, name, value, trail));
    for (table, there) in tables.iter().zip(&mut there) {
        all_missing(cx, view, table, there, trail);
    }
    for (table, there) in tables.iter().zip(&there) {
        if !there.pending.is_empty(table) {
            rules::check(cx, view, table, &there.pending, known, trail, dictionary);
        }
    }
}

/// What is there of the keys of a table.
#[derive(Default)]
struct There {
    keys: Indices,
    /// The rules that may find something, by what is there.
    pending: Pending,
}

/// Whether of a dictionary that is made of records none but the first has keys without a field, and those stand in no table.
#[inline]
pub(super) fn are_apart(records: &[&dyn Record]) -> bool {
    let mut extras = records.iter().map(|record| record.extra());
    let first = extras.next();
    let is_unknown = |key: &str| records.iter().all(|record| record.table().index(key).is_none());
    extras.all(Extra::is_empty) && first.is_none_or(|extra| extra.iter().all(|(key, _)| is_unknown(key)))
}

/// Holds a dictionary that is made of records, which are [apart](are_apart), against their tables.
pub(super) fn records<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    records: &[&'a dyn Record],
    known: &[Option<Known<'_>>],
    trail: &Trail<'_>,
) {
    let mut there: [There; MOST] = Default::default();
    let mut are_whole = true;
    for (record, there) in records.iter().zip(&mut there) {
        are_whole &= fields(cx, *record, there, trail);
        if !record.extra().is_empty() {
            others(cx, view, records, *record, trail);
        }
    }
    if !are_whole {
        for (record, there) in records.iter().zip(&mut there) {
            all_missing(cx, view, record.table(), there, trail);
        }
    }
    for (record, there) in records.iter().zip(&there) {
        let table = record.table();
        if !there.pending.is_empty(table) {
            rules::check(
                cx,
                View::Record(*record),
                table,
                &there.pending,
                known,
                trail,
                dictionary,
            );
        }
    }
}

/// Holds the keys of a record that have no field against the tables, of which none has them.
#[inline(never)]
fn others<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    records: &[&'a dyn Record],
    record: &'a dyn Record,
    trail: &Trail<'_>,
) {
    let tables: Vec<&Dict> = records.iter().map(|record| record.table()).collect();
    for (key, value) in record.extra().iter() {
        unknown(cx, view, &tables, key, &value.view(), trail);
    }
}

/// Holds the fields of a record against its table, those that need it; whether no required key is missing.
fn fields<'a>(cx: &mut Context<'a>, record: &'a dyn Record, there: &mut There, trail: &Trail<'_>) -> bool {
    let table = record.table();
    let There { keys, pending } = there;
    let mut field = |cx: &mut Context<'a>, index| {
        let field = record.get(index);
        if !matches!(field, View::Absent) {
            keys.insert(index);
            look(cx, table, index, &field, pending, trail);
        }
    };
    if cx.target.is_none() {
        table.open.each_below(table.keys.len(), |index| field(cx, index));
    } else {
        // Of the others there may be something to say where they are not available.
        let field = |index| {
            if table.open.contains(index) || !available::says_nothing(cx, table.keys[index].support) {
                field(cx, index);
            }
        };
        match record.present() {
            Some(present) => present.each_below(table.keys.len(), field),
            None => (0..table.keys.len()).for_each(field),
        }
    }
    table.required.and(&table.open).minus(keys).is_empty()
}

/// Holds the value of a key that is there against what the table says; `trail` is that of the dictionary. Views are handed on by
/// reference: a copy of one that was just made waits for it to arrive in memory.
#[inline]
fn look<'a>(
    cx: &mut Context<'a>,
    table: &'static Dict,
    index: usize,
    view: &View<'a>,
    pending: &mut Pending,
    trail: &Trail<'_>,
) {
    let key = &table.keys[index];
    if !(cx.strictness == Strictness::Typed && is_fitting(key, view) && available::says_nothing(cx, key.support)) {
        value(cx, key, view, &trail.key(key.name));
    }
    pending.note(table, index, key, view);
}

/// Holds an entry of a dictionary against the tables that have its key, and notes in which it is there.
fn entry<'a>(
    cx: &mut Context<'a>,
    around: View<'a>,
    tables: &[&'static Dict],
    there: &mut [There; MOST],
    name: &'a str,
    view: &View<'a>,
    trail: &Trail<'_>,
) {
    let mut is_known = false;
    for (table, there) in tables.iter().zip(there) {
        if let Some(index) = table.index(name) {
            is_known = true;
            there.keys.insert(index);
            look(cx, table, index, view, &mut there.pending, trail);
        }
    }
    if !is_known {
        unknown(cx, around, tables, name, view, trail);
    }
}

/// Finds the required keys that are not there.
fn all_missing<'a>(cx: &mut Context<'a>, view: View<'a>, table: &'static Dict, there: &mut There, trail: &Trail<'_>) {
    let There { keys, pending } = there;
    table.required.each(|index| {
        if !keys.contains(index) {
            missing(cx, view, table, index, pending, trail);
        }
    });
}

/// Finds that a required key is not there, unless it is one that has no field.
fn missing<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    table: &'static Dict,
    index: usize,
    pending: &mut Pending,
    trail: &Trail<'_>,
) {
    let key = &table.keys[index];
    // What says which item it is has no field.
    let found = view.value(key.name);
    if !found.is_absent() {
        return look(cx, table, index, &found, pending, trail);
    }
    if !available::is_there(cx, key.support) {
        return;
    }
    let trail = trail.key(key.name);
    let severity = match is_by_device(table) {
        true if is_status_item(&trail) => return,
        true => Severity::Warning,
        false => Severity::Error,
    };
    let message = format!("the required key `{}` is missing", key.name);
    cx.find(Code::MissingKey, severity, &trail, message);
}

/// Whether a whole status item stands there: a report has those that were subscribed to and have changed, so none is missing.
fn is_status_item(trail: &Trail<'_>) -> bool {
    let path = trail.to_string();
    let name = path.strip_prefix("StatusItems.").unwrap_or(&path);
    registry::item(Family::Status, name).is_some_and(|item| item.keys.is_none())
}

/// Keys that tools write into any profile and that are no mistake of whoever made it.
const WRITTEN_BY_TOOLS: [(&str, &str); 2] = [
    (
        "PayloadEnabled",
        "Profile Manager and other older tools write it, and devices ignore it",
    ),
    (
        "mcx_data_timestamp",
        "tools that turn managed preferences into profiles write it, to mark when settings were last changed",
    ),
];

/// Whether a device writes the dictionary: what it leaves out or adds is no error.
fn is_by_device(table: &Dict) -> bool {
    table.lenient && !table.tolerant
}

/// A key of a dictionary that stands in no table.
fn unknown<'a>(
    cx: &mut Context<'a>,
    around: View<'a>,
    tables: &[&'static Dict],
    name: &'a str,
    view: &View<'a>,
    trail: &Trail<'_>,
) {
    let trail = trail.key(name);
    if let Some(any) = tables.iter().find_map(|table| table.any) {
        value(cx, any, view, &trail);
        return;
    }
    let retired = tables
        .iter()
        .flat_map(|table| table.retired)
        .find(|(key, _)| *key == name);
    if let Some((_, until)) = retired {
        let message = format!("`{name}` is no longer in the schema; the last to have it were {until}");
        cx.find(Code::RetiredKey, Severity::Warning, &trail, message);
        return;
    }
    let own = |item: &&Item| {
        tables
            .iter()
            .any(|table| item.keys.is_some_and(|keys| std::ptr::eq(keys, *table)))
    };
    let item = cx.item.filter(own);
    // Who sends it: devices say so in every message, Apple's schema in most.
    let others = || registry::items().filter(|other| other.family == Family::CheckIn);
    if item.is_some_and(|item| item.family == Family::CheckIn)
        && others().any(|other| other.keys.is_some_and(|keys| keys.index(name).is_some()))
    {
        return;
    }
    if let Some((_, why)) = WRITTEN_BY_TOOLS.iter().find(|(key, _)| *key == name) {
        let message = format!("`{name}` is not in the schema; {why}");
        cx.find(Code::UnknownKey, Severity::Info, &trail, message);
        return;
    }
    let by_device = tables.iter().all(|table| is_by_device(table));
    let names = tables.iter().flat_map(|table| table.keys).map(|key| key.name);
    // What is there is not what was meant, unless it is the same in another case.
    let meant = cx
        .meant(name, names)
        .filter(|meant| around.value(meant).is_absent() || meant.eq_ignore_ascii_case(name));
    let severity = if by_device && meant.is_none() {
        Severity::Info
    } else {
        Severity::Warning
    };
    let name = name.escape_debug();
    let message = match item {
        Some(item) => format!("the {} `{}` has no key `{name}`", item.family, item.name),
        None => format!("the schema has no key `{name}` here"),
    };
    cx.find_with_help(Code::UnknownKey, severity, &trail, message, meant.map(suggest::help));
}

/// Finds, where the key `tag` is missing, one that differs from it in case alone.
pub(super) fn miscased(cx: &mut Context<'_>, view: View<'_>, tag: &str, trail: &Trail<'_>) {
    if !view.value(tag).is_absent() {
        return;
    }
    view.each(&mut |key, _| {
        if key.eq_ignore_ascii_case(tag) {
            cx.find_with_help(
                Code::UnknownKey,
                Severity::Warning,
                &trail.key(key),
                format!("the schema has no key `{key}` here"),
                Some(suggest::help(tag)),
            );
        }
    });
}

/// Holds a value against its key.
pub(crate) fn value<'a>(cx: &mut Context<'a>, key: &'static Key, view: &View<'a>, trail: &Trail<'_>) {
    if key.secret {
        cx.note_secret(trail);
    }
    if !key.support.is_empty() && !available::check(cx, key.support, key.details().replaced_by, trail, || subject(key))
    {
        return;
    }
    // What most values are, and what there is most to say of. The rest has a function, and so stack, of its own.
    match (key.kind, view) {
        (Kind::Any, _) | (Kind::Data, View::Data(_)) | (Kind::Date, View::Date(_)) => {}
        (Kind::Boolean, View::Boolean(_)) if !key.closed => {}
        (Kind::Integer, View::Integer(found)) => number(cx, key, found.as_f64(), found, trail),
        (Kind::String, View::String(text)) => string(cx, key, text, trail),
        (Kind::Array(item), View::Array(list)) => array(cx, key, item, *list, trail),
        (Kind::Dictionary(table), View::Record(_) | View::Map(_)) => dictionary(cx, *view, &[table], trail),
        _ => other(cx, key, view, trail),
    }
}

/// Holds a value against its key that is not simply of its type.
#[inline(never)]
fn other<'a>(cx: &mut Context<'a>, key: &'static Key, view: &View<'a>, trail: &Trail<'_>) {
    match (key.kind, *view) {
        (Kind::Integer, View::Real(found)) if found.fract() == 0.0 => {
            mended(cx, key, *view, trail);
            if let Some(whole) = Integer::from_f64(found) {
                number(cx, key, whole.as_f64(), &whole, trail);
            }
        }
        (Kind::Real, View::Real(found)) => number(cx, key, found, &found, trail),
        (Kind::Real, View::Integer(found)) => {
            mended(cx, key, *view, trail);
            number(cx, key, found.as_f64(), &found, trail);
        }
        (Kind::Boolean, View::Boolean(flag)) => {
            if !key.choices.iter().any(|choice| choice.value == Literal::Boolean(flag)) {
                not_allowed(cx, key, &flag, trail);
            }
        }
        (Kind::Data, View::String(text)) if cx.is_textual() => {
            if data::decode(text).is_none() {
                cx.find(Code::BadFormat, Severity::Error, trail, "expected base64 text");
            }
        }
        (Kind::Date, View::String(text)) if cx.is_textual() => {
            if !TextFormat::Rfc3339.matches(text) {
                cx.find(
                    Code::BadFormat,
                    Severity::Error,
                    trail,
                    "expected a date such as 2026-11-22T12:00:00Z",
                );
            }
        }
        (Kind::Map(value), View::Record(_) | View::Map(_)) => {
            if !matches!(value.kind, Kind::Any) {
                view.each(&mut |name, view| self::value(cx, value, view, &trail.key(name)));
            }
        }
        (Kind::Union(union), View::Record(_) | View::Map(_)) => {
            let tag = match view.value(union.tag) {
                View::String(tag) => union
                    .alternatives
                    .iter()
                    .find(|(value, _)| *value == tag)
                    .ok_or(Some(tag)),
                _ => Err(None),
            };
            match tag {
                Ok((tag, alternative)) => {
                    let usable = available::check(
                        cx,
                        alternative.support,
                        alternative.details().replaced_by,
                        trail,
                        || format!("`{tag}`"),
                    );
                    if let (true, Kind::Dictionary(table)) = (usable, alternative.kind) {
                        dictionary(cx, *view, &[table], trail);
                    }
                }
                Err(None) => {
                    let message = format!("the required key `{}` is missing", union.tag);
                    cx.find(Code::MissingKey, Severity::Error, &trail.key(union.tag), message);
                    miscased(cx, *view, union.tag, trail);
                }
                Err(Some(tag)) => {
                    let known = union.alternatives.iter().map(|(value, _)| *value);
                    let help = suggest::closest(tag, known).map(suggest::help);
                    let message = format!("`{}` is no `{}` that the schema knows", tag.escape_debug(), union.tag);
                    cx.find_with_help(
                        Code::UnknownItem,
                        Severity::Warning,
                        &trail.key(union.tag),
                        message,
                        help,
                    );
                }
            }
        }
        (kind, view) => wrong_type(cx, kind, view, trail),
    }
}

/// A key in a message; an item of an array has no name.
fn subject(key: &Key) -> String {
    if key.name.is_empty() {
        "the item".to_owned()
    } else {
        format!("`{}`", key.name)
    }
}

fn array<'a>(cx: &mut Context<'a>, key: &Key, item: &'static Key, list: &'a dyn List, trail: &Trail<'_>) {
    // Apple states it of the item.
    if let Some((min, max)) = item.details().repetition.or(key.details().repetition) {
        let count = i64::try_from(list.len()).unwrap_or(i64::MAX);
        if min.is_some_and(|min| count < min) || max.is_some_and(|max| count > max) {
            let wanted = match (min, max) {
                (Some(min), Some(max)) if min == max => format!("{min}"),
                (Some(min), Some(max)) => format!("{min} to {max}"),
                (Some(min), None) => format!("at least {min}"),
                (None, Some(max)) => format!("at most {max}"),
                (None, None) => String::new(),
            };
            let message = format!("the array has {count} items, {wanted} would be right");
            cx.find(Code::WrongCount, Severity::Error, trail, message);
        }
    }
    if matches!(item.kind, Kind::Any) && item.support.is_empty() {
        return;
    }
    let is_plain = item.support.is_empty() && !item.secret;
    for index in 0..list.len() {
        let view = list.item(index);
        if !(is_plain && is_fitting(item, &view)) {
            value(cx, item, &view, &trail.index(index));
        }
    }
}
