//! The values that a path leads to.

use crate::codec::View;
use crate::schema::{Path, Step};
use crate::validate::path::Trail;

/// Calls `f` with every value at `path`.
pub(super) fn each<'a>(view: View<'a>, path: &[Step], trail: &Trail<'_>, f: &mut dyn FnMut(View<'a>, &Trail<'_>)) {
    let Some((step, rest)) = path.split_first() else {
        f(view, trail);
        return;
    };
    match (*step, view) {
        (Step::Key(name), _) => {
            let value = view.value(name);
            if !value.is_absent() {
                each(value, rest, &trail.key(name), f);
            }
        }
        (Step::Items, View::Array(list)) => {
            for index in 0..list.len() {
                each(list.item(index), rest, &trail.index(index), f);
            }
        }
        (Step::Item(index), View::Array(list)) if index < list.len() => {
            each(list.item(index), rest, &trail.index(index), f);
        }
        (Step::Where(tag, value), View::Array(list)) => {
            for index in 0..list.len() {
                let item = list.item(index);
                if matches!(item.value(tag), View::String(found) if found == value) {
                    each(item, rest, &trail.index(index), f);
                }
            }
        }
        (Step::Any, View::Map(_) | View::Record(_)) => {
            view.each(&mut |name, value| each(*value, rest, &trail.key(name), f));
        }
        (Step::Names, View::Map(_) | View::Record(_)) => {
            view.each(&mut |name, _| each(View::String(name), rest, &trail.key(name), f));
        }
        _ => {}
    }
}

/// The first value at `path`.
pub(super) fn first<'a>(view: View<'a>, path: Path) -> Option<View<'a>> {
    let mut found = None;
    each(view, path, &Trail::ROOT, &mut |view, _| {
        found.get_or_insert(view);
    });
    found
}

/// Where the first value at `path` is.
pub(super) fn first_place(view: View<'_>, path: Path, trail: &Trail<'_>) -> String {
    let mut found = None;
    each(view, path, trail, &mut |_, trail| {
        found.get_or_insert_with(|| trail.to_string());
    });
    found.unwrap_or_default()
}
