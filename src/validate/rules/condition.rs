//! Evaluates the conditions of rules.

use super::compare::{contains, equals, matches, may_equal, number};
use super::select::{any, is_present};
use crate::codec::View;
use crate::schema::Condition;

/// Returns whether the condition is true for the dictionary.
pub(super) fn is_true(view: View<'_>, condition: &Condition) -> bool {
    match *condition {
        Condition::In(key, list, default) => {
            any(view, key, |view| list.iter().any(|literal| equals(view, *literal)))
                || default.is_some_and(|default| list.contains(&default)) && !is_present(view, key)
        }
        Condition::Not(key, list, default) => {
            if is_present(view, key) {
                any(view, key, |view| {
                    may_equal(view, list) && !list.iter().any(|literal| equals(view, *literal))
                })
            } else {
                default.is_none_or(|default| !list.contains(&default))
            }
        }
        Condition::Present(key, wanted) => is_present(view, key) == wanted,
        Condition::Contains(key, literal) => any(view, key, |view| contains(view, literal)),
        Condition::Above(key, bound) => any(view, key, |view| number(view).is_some_and(|number| number > bound)),
        Condition::Below(key, bound) => any(view, key, |view| number(view).is_some_and(|number| number < bound)),
        Condition::Fits(key, test) => any(view, key, |view| view.as_str().is_some_and(|text| matches(test, text))),
        Condition::Any(list) => list.iter().any(|condition| is_true(view, condition)),
    }
}
