//! Selects the values at the path of a rule.

use crate::codec::View;
use crate::schema::{Dict, Key, Kind, Path, Step};
use crate::validate::path::KeyPath;

/// Calls `f` with each value that `selector` leads to, and with its path.
pub(super) fn each<'a>(
    view: View<'a>,
    selector: &[Step],
    path: &KeyPath<'_>,
    f: &mut dyn FnMut(View<'a>, &KeyPath<'_>),
) {
    let Some((step, rest)) = selector.split_first() else {
        return f(view, path);
    };
    match (*step, view) {
        (Step::Key(name), _) => {
            let value = view.value(name);
            if !value.is_absent() {
                each(value, rest, &path.key(name), f);
            }
        }
        (Step::Items | Step::Each, View::Array(list)) => {
            for index in 0..list.len() {
                each(list.item(index), rest, &path.index(index), f);
            }
        }
        (Step::Each, _) => each(view, rest, path, f),
        (Step::Item(index), View::Array(list)) if index < list.len() => {
            each(list.item(index), rest, &path.index(index), f);
        }
        (Step::Where(tag, value), View::Array(list)) => {
            for index in 0..list.len() {
                let item = list.item(index);
                if item.value(tag).as_str() == Some(value) {
                    each(item, rest, &path.index(index), f);
                }
            }
        }
        (Step::Any, View::Map(_) | View::Record(_)) => {
            view.each(&mut |name, value| each(*value, rest, &path.key(name), f));
        }
        (Step::Names, View::Map(_) | View::Record(_)) => {
            view.each(&mut |name, _| each(View::String(name), rest, &path.key(name), f));
        }
        _ => {}
    }
}

/// Returns whether `test` is true for one of the values.
pub(super) fn any(view: View<'_>, selector: Path, mut test: impl FnMut(View<'_>) -> bool) -> bool {
    let mut found = false;
    each(view, selector, &KeyPath::ROOT, &mut |view, _| {
        found = found || test(view)
    });
    found
}

/// Returns whether the path leads to a value.
pub(super) fn is_present(view: View<'_>, selector: Path) -> bool {
    any(view, selector, |_| true)
}

/// Returns the first value.
pub(super) fn first<'a>(view: View<'a>, selector: Path) -> Option<View<'a>> {
    let mut found = None;
    each(view, selector, &KeyPath::ROOT, &mut |view, _| {
        found.get_or_insert(view);
    });
    found
}

/// Returns the path of the first value.
pub(super) fn first_path(view: View<'_>, selector: &[Step], path: &KeyPath<'_>) -> String {
    let mut found = None;
    each(view, selector, path, &mut |_, path| {
        found.get_or_insert_with(|| path.to_string());
    });
    found.unwrap_or_default()
}

/// Returns the description of the key at a path in a dictionary with this table.
pub(super) fn key_at(table: &'static Dict, selector: &[Step]) -> Option<&'static Key> {
    let (first, rest) = selector.split_first()?;
    let key = match first {
        Step::Key(name) => table.key(name).or(table.any)?,
        Step::Any => table.any?,
        _ => return None,
    };
    key_below(key, rest)
}

/// Returns the description of the key at a path in the value of a key.
fn key_below(key: &'static Key, selector: &[Step]) -> Option<&'static Key> {
    match (selector, key.kind) {
        ([], _) => Some(key),
        ([Step::Items | Step::Each | Step::Item(_), rest @ ..], Kind::Array(item) | Kind::OneOrMany(item)) => {
            key_below(item, rest)
        }
        ([Step::Each, rest @ ..], _) => key_below(key, rest),
        ([Step::Where(_, value), rest @ ..], Kind::Array(item)) => match item.kind {
            Kind::Union(union) => {
                let (_, alternative) = union.alternatives.iter().find(|(tag, _)| tag == value)?;
                key_below(alternative, rest)
            }
            _ => key_below(item, rest),
        },
        ([Step::Any | Step::Key(_), rest @ ..], Kind::Map(value)) => key_below(value, rest),
        (_, Kind::Dictionary(table)) => key_at(table, selector),
        _ => None,
    }
}
