//! When a rule holds.

use super::compare::{fits, has_item, is, is_like, number};
use super::places::each;
use crate::codec::View;
use crate::schema::{Condition, Path};
use crate::validate::path::Trail;

/// Whether the condition holds of the dictionary.
pub(super) fn holds(view: View<'_>, condition: &Condition) -> bool {
    match condition {
        Condition::Any(list) => list.iter().any(|condition| holds(view, condition)),
        condition => holds_at(view, path(condition).unwrap_or_default(), condition),
    }
}

/// What the condition is about, where it is one thing.
pub(super) const fn path(condition: &Condition) -> Option<Path> {
    match *condition {
        Condition::In(path, ..)
        | Condition::Not(path, ..)
        | Condition::Present(path, _)
        | Condition::Contains(path, _)
        | Condition::Above(path, _)
        | Condition::Below(path, _)
        | Condition::Fits(path, _) => Some(path),
        Condition::Any(_) => None,
    }
}

/// Whether the condition holds, which is about what stands at `path`.
pub(super) fn holds_at(view: View<'_>, path: Path, condition: &Condition) -> bool {
    let any = |is_so: &dyn Fn(View<'_>) -> bool| {
        let mut held = false;
        each(view, path, &Trail::ROOT, &mut |view, _| held = held || is_so(view));
        held
    };
    let present = || any(&|_| true);
    match condition {
        Condition::In(_, list, default) => {
            let one = |view: View<'_>| list.iter().any(|literal| is(view, *literal));
            any(&one) || default.is_some_and(|default| list.contains(&default)) && !present()
        }
        Condition::Not(_, list, default) => {
            let none = |view: View<'_>| is_like(view, list) && !list.iter().any(|literal| is(view, *literal));
            if present() {
                any(&none)
            } else {
                default.is_none_or(|default| !list.contains(&default))
            }
        }
        Condition::Present(_, wanted) => present() == *wanted,
        Condition::Contains(_, literal) => any(&|view| has_item(view, *literal)),
        Condition::Above(_, bound) => any(&|view| number(view).is_some_and(|number| number > *bound)),
        Condition::Below(_, bound) => any(&|view| number(view).is_some_and(|number| number < *bound)),
        Condition::Fits(_, test) => any(&|view| matches!(view, View::String(text) if fits(*test, text))),
        // It is about several things.
        Condition::Any(_) => holds(view, condition),
    }
}
