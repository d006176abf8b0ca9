//! Values compared: with each other, with those of the schema, with forms.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use regex_lite::Regex;

use crate::codec::View;
use crate::schema::{Literal, Order, TextTest};
use crate::validate::TextFormat;
use crate::value::Date;

/// Whether a value is the one of the schema; 0 and 1 are booleans to a tolerant reader.
pub(super) fn is(view: View<'_>, literal: Literal) -> bool {
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

/// Whether a value can be one of these at all: a text among numbers, or a number among texts, is found by the type of its key.
pub(super) fn is_like(view: View<'_>, list: &[Literal]) -> bool {
    let is_number = |literal: &Literal| matches!(literal, Literal::Integer(_) | Literal::Real(_));
    let is_text = |literal: &Literal| matches!(literal, Literal::String(_));
    match view {
        View::String(_) => !list.iter().all(is_number),
        View::Integer(_) | View::Real(_) => !list.iter().all(is_text),
        _ => true,
    }
}

/// Whether an array has this item.
pub(super) fn has_item(view: View<'_>, literal: Literal) -> bool {
    matches!(view, View::Array(list) if (0..list.len()).any(|index| is(list.item(index), literal)))
}

/// A value as a number.
pub(super) fn number(view: View<'_>) -> Option<f64> {
    match view {
        View::Integer(number) => Some(number.as_f64()),
        View::Real(number) => Some(number),
        _ => None,
    }
}

/// Which of two values comes first; `None` where they cannot be compared so.
pub(super) fn compare(a: View<'_>, b: View<'_>, by: Order) -> Option<Ordering> {
    if let (View::Date(a), View::Date(b)) = (a, b) {
        return a.partial_cmp(&b);
    }
    match (by, a, b) {
        (Order::Number, a, b) => number(a)?.partial_cmp(&number(b)?),
        (Order::Version, View::String(a), View::String(b)) => versions(a, b),
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

/// Numbers with dots between them; a missing one counts as 0.
fn versions(a: &str, b: &str) -> Option<Ordering> {
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

pub(super) fn fits(test: TextTest, text: &str) -> bool {
    match test {
        TextTest::Format(format) => format.matches(text),
        TextTest::Pattern(pattern) => matches_pattern(pattern, text),
    }
}

/// Whether the whole text matches, or what a pattern with anchors of its own says. Patterns come from our own tables and are
/// compiled once.
pub(in crate::validate) fn matches_pattern(pattern: &'static str, text: &str) -> bool {
    /// Of what Apple refers to payloads by, which is a UUID nearly always: to see that takes a fiftieth of the time.
    const OF_UUIDS: &str = "^[0-9A-Za-z]{8}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{12}$";
    if pattern == OF_UUIDS && TextFormat::Uuid.matches(text) {
        return true;
    }
    /// The expression of each pattern; none for one that does not compile.
    type Compiled = HashMap<&'static str, Option<Arc<Regex>>>;
    static COMPILED: OnceLock<RwLock<Compiled>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(RwLock::default);
    let known = compiled
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
        compiled
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(pattern, regex.clone());
        regex
    });
    // What does not compile says nothing of any text.
    regex.is_none_or(|regex| regex.is_match(text))
}
