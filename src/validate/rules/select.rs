//! Selects the values at the path of a rule.

use crate::codec::View;
use crate::schema::{Path, Step};
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
        (Step::Items, View::Array(list)) => {
            for index in 0..list.len() {
                each(list.item(index), rest, &path.index(index), f);
            }
        }
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

/// Returns the first value and its path.
pub(super) fn first<'a>(view: View<'a>, selector: Path, path: &KeyPath<'_>) -> Option<(View<'a>, String)> {
    let mut found = None;
    each(view, selector, path, &mut |view, path| {
        found.get_or_insert_with(|| (view, path.to_string()));
    });
    found
}
