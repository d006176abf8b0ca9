//! When a rule holds.

use super::compare::{fits, has_item, is, is_like, number};
use super::places::each;
use crate::codec::View;
use crate::schema::{Condition, Path};
use crate::validate::path::Trail;

/// Whether the condition holds of the dictionary.
pub(super) fn holds(view: View<'_>, condition: &Condition) -> bool {
    let any = |path: Path, is_so: &dyn Fn(View<'_>) -> bool| {
        let mut held = false;
        each(view, path, &Trail::ROOT, &mut |view, _| held = held || is_so(view));
        held
    };
    let present = |path: Path| any(path, &|_| true);
    match condition {
        Condition::In(path, list, default) => {
            let one = |view: View<'_>| list.iter().any(|literal| is(view, *literal));
            any(path, &one) || (!present(path) && default.is_some_and(|default| list.contains(&default)))
        }
        Condition::Not(path, list, default) => {
            let none = |view: View<'_>| is_like(view, list) && !list.iter().any(|literal| is(view, *literal));
            if present(path) {
                any(path, &none)
            } else {
                default.is_none_or(|default| !list.contains(&default))
            }
        }
        Condition::Present(path, wanted) => present(path) == *wanted,
        Condition::Contains(path, literal) => any(path, &|view| has_item(view, *literal)),
        Condition::Above(path, bound) => any(path, &|view| number(view).is_some_and(|number| number > *bound)),
        Condition::Below(path, bound) => any(path, &|view| number(view).is_some_and(|number| number < *bound)),
        Condition::Fits(path, test) => any(path, &|view| matches!(view, View::String(text) if fits(*test, text))),
        Condition::Any(list) => list.iter().any(|condition| holds(view, condition)),
    }
}
