//! Compares values with each other, with literals of the schema, and with text formats.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use regex_lite::Regex;

use crate::codec::View;
use crate::schema::{Literal, Order, TextTest};
use crate::value::Date;

/// Returns whether a value equals a literal. Tolerant readers accept 0 and 1 as booleans.
pub(super) fn equals(view: View<'_>, literal: Literal) -> bool {
    match (view, literal) {
        (View::String(a), Literal::String(b)) => a == b,
        (View::Boolean(a), Literal::Boolean(b)) => a == b,
        (View::Boolean(a), Literal::Integer(b)) => i64::from(a) == b,
        (View::Integer(a), Literal::Boolean(b)) => a == i64::from(b).into(),
        (View::Integer(a), Literal::Integer(b)) => a == b.into(),
        (View::Integer(a), Literal::Real(b)) => a.as_f64() == b,
        (View::Real(a), Literal::Integer(b)) => a == b as f64,
        (View::Real(a), Literal::Real(b)) => a == b,
        _ => false,
    }
}

/// Returns whether a value can be one of these at all. A text among numbers, or a number among texts, is reported as a wrong type.
pub(super) fn may_equal(view: View<'_>, list: &[Literal]) -> bool {
    let is_number = |literal: &Literal| matches!(literal, Literal::Integer(_) | Literal::Real(_));
    let is_text = |literal: &Literal| matches!(literal, Literal::String(_));
    match view {
        View::String(_) => !list.iter().all(is_number),
        View::Integer(_) | View::Real(_) => !list.iter().all(is_text),
        _ => true,
    }
}

/// Returns whether a value is an array that contains the literal.
pub(super) fn contains(view: View<'_>, literal: Literal) -> bool {
    matches!(view, View::Array(list) if (0..list.len()).any(|index| equals(list.item(index), literal)))
}

/// Returns the value of an integer or real.
pub(super) fn number(view: View<'_>) -> Option<f64> {
    match view {
        View::Integer(number) => Some(number.as_f64()),
        View::Real(number) => Some(number),
        _ => None,
    }
}

/// Compares two values. `None` if they cannot be compared in this order.
pub(super) fn compare(a: View<'_>, b: View<'_>, by: Order) -> Option<Ordering> {
    if let (View::Date(a), View::Date(b)) = (a, b) {
        return a.partial_cmp(&b);
    }
    match (by, a, b) {
        (Order::Number, a, b) => number(a)?.partial_cmp(&number(b)?),
        (Order::Version, View::String(a), View::String(b)) => compare_versions(a, b),
        (Order::Ip, View::String(a), View::String(b)) => match (a.parse().ok()?, b.parse().ok()?) {
            (IpAddr::V4(a), IpAddr::V4(b)) => Some(a.cmp(&b)),
            (IpAddr::V6(a), IpAddr::V6(b)) => Some(a.cmp(&b)),
            _ => None,
        },
        (Order::Date, View::String(a), View::String(b)) => Some(a.parse::<Date>().ok()?.cmp(&b.parse().ok()?)),
        (Order::String, View::String(a), View::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Compares two versions: numbers separated by dots, where a missing one counts as 0.
fn compare_versions(a: &str, b: &str) -> Option<Ordering> {
    let mut order = Ordering::Equal;
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let number = |part: Option<&str>| part.map_or(Some(0), |part| part.parse::<u64>().ok());
        let (x, y) = (a.next(), b.next());
        if x.is_none() && y.is_none() {
            return Some(order);
        }
        order = order.then(number(x)?.cmp(&number(y)?));
    }
}

/// Returns whether a text passes a test.
pub(super) fn matches(test: TextTest, text: &str) -> bool {
    match test {
        TextTest::Format(format) => format.matches(text),
        TextTest::Pattern(pattern) => matches_pattern(pattern, text),
    }
}

/// Returns whether the whole text matches a regular expression of the schema. Each expression is compiled once per process.
pub(in crate::validate) fn matches_pattern(pattern: &'static str, text: &str) -> bool {
    // `None` for an expression that does not compile.
    type Compiled = HashMap<&'static str, Option<Arc<Regex>>>;
    static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);
    let known = COMPILED
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(pattern)
        .cloned();
    let regex = known.unwrap_or_else(|| {
        let is_anchored = pattern.starts_with('^') || pattern.ends_with('$');
        let whole = if is_anchored {
            pattern.to_owned()
        } else {
            format!("^(?:{pattern})$")
        };
        let regex = Regex::new(&whole).ok().map(Arc::new);
        let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        compiled.insert(pattern, regex.clone());
        regex
    });
    regex.is_none_or(|regex| regex.is_match(text))
}
