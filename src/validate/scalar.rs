//! What the schema says of a value that holds no others.

use std::cmp::Ordering;

use super::context::{Context, Strictness};
use super::finding::Code;
use super::path::Trail;
use super::rules::matches_pattern;
use super::{TextFormat, available, suggest};
use crate::codec::View;
use crate::schema::{Choice, Key, KeyDetails, Kind, Literal, Severity};
use crate::value::Integer;

/// Whether a glance shows that [`value`](super::fields::value) finds nothing, unless it is of availability: in typed values most of what is there is of its
/// type, and nothing else is asked of it.
#[inline]
pub(super) fn is_fitting(key: &Key, view: &View<'_>) -> bool {
    match (key.kind, view) {
        (Kind::Boolean, View::Boolean(_)) => !key.closed,
        (Kind::Integer, View::Integer(number)) => is_listed_and_inside(key, *number),
        (Kind::String, View::String(_)) => key.details.is_none() && key.choices.is_empty(),
        (Kind::Map(value), View::Record(_) | View::Map(_)) => matches!(value.kind, Kind::Any),
        (Kind::Data, View::Data(_)) | (Kind::Date, View::Date(_)) | (Kind::Any, _) => true,
        _ => false,
    }
}

/// Whether a number is one of those that are listed, if any are, and within the bounds.
#[inline]
fn is_listed_and_inside(key: &Key, number: Integer) -> bool {
    let Some(number) = number.as_i64() else { return false };
    let is_listed = match key.choices {
        [] => !key.closed,
        list => list
            .iter()
            .any(|choice| choice.value == Literal::Integer(number) && choice.support.is_empty()),
    };
    let is_beyond = |bound: Option<Literal>, beyond: Ordering| match bound {
        None => false,
        Some(Literal::Integer(bound)) => number.cmp(&bound) == beyond,
        Some(_) => true,
    };
    let is_inside =
        |details: &KeyDetails| !is_beyond(details.min, Ordering::Less) && !is_beyond(details.max, Ordering::Greater);
    is_listed && key.details.is_none_or(is_inside)
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "a string",
        Kind::Integer => "an integer",
        Kind::Real => "a real",
        Kind::Boolean => "a boolean",
        Kind::Data => "data",
        Kind::Date => "a date",
        Kind::Any => "a value",
        Kind::Array(_) => "an array",
        Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => "a dictionary",
    }
}

pub(super) fn wrong_type(cx: &mut Context<'_>, kind: Kind, view: View<'_>, trail: &Trail<'_>) {
    let Some(found) = view.type_of() else { return };
    let meant = match (kind, view) {
        (Kind::Boolean, View::Integer(number)) if number == 0.into() => Some(false),
        (Kind::Boolean, View::Integer(number)) if number == 1.into() => Some(true),
        (Kind::Boolean, View::String(text)) => {
            let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
            (is(["false", "no", "0"]) || is(["true", "yes", "1"])).then(|| is(["true", "yes", "1"]))
        }
        _ => None,
    };
    let json = cx.is_textual();
    let help = match (meant, kind, view) {
        (Some(flag), ..) if json => Some(format!("write `{flag}`")),
        (Some(flag), ..) => Some(format!("write `<{flag}/>`")),
        (None, Kind::Integer, View::String(_)) if json => Some("write the number without quotation marks".to_owned()),
        (None, Kind::Integer, View::String(_)) => Some("write it as `<integer>`".to_owned()),
        _ => None,
    };
    let message = format!("expected {}, found {found}", expected(kind));
    cx.find_with_help(Code::WrongType, Severity::Error, trail, message, help);
}

/// A number of the wrong type that a reader mends.
pub(super) fn mended(cx: &mut Context<'_>, key: &Key, view: View<'_>, trail: &Trail<'_>) {
    if cx.strictness == Strictness::Typed {
        return;
    }
    let is_integer = matches!(view, View::Integer(_));
    // JSON has one type of number: `1` is as good a real as `1.0`.
    if cx.is_textual() && is_integer {
        return;
    }
    let found = if is_integer { "an integer" } else { "a real" };
    let message = format!("expected {}, found {found}", expected(key.kind));
    let help = if cx.is_textual() {
        "write it without a fraction".to_owned()
    } else {
        let kind = key.kind.name();
        format!("write it as `<{kind}>`: devices take it, Apple Business Manager does not")
    };
    cx.find_with_help(Code::WrongType, Severity::Warning, trail, message, Some(help));
}

pub(super) fn string(cx: &mut Context<'_>, key: &'static Key, text: &str, trail: &Trail<'_>) {
    if !key.choices.is_empty() {
        choice(cx, key, text, trail);
    }
    if let Some(format) = key.details().format
        && !matches_pattern(format, text)
    {
        let message = format!("{} does not match `{format}`", shown(key, text));
        cx.find(Code::BadFormat, Severity::Error, trail, message);
    }
    let form = match key.details().value_type {
        Some("url") => TextFormat::Url,
        Some("hostname") => TextFormat::Hostname,
        Some("email") => TextFormat::Email,
        Some("domain") => TextFormat::Domain,
        Some("domain-prefix") => TextFormat::DomainPrefix,
        Some("timestamp") => TextFormat::Timestamp,
        Some("localtime") => TextFormat::Localtime,
        Some("uuid") => TextFormat::Uuid,
        Some("regex") => TextFormat::Regex,
        _ => return,
    };
    if !form.matches(text) {
        let message = format!("expected {}, found {}", form.describe(), shown(key, text));
        cx.find(Code::BadFormat, Severity::Error, trail, message);
    }
}

/// A text as a message may show it.
fn shown(key: &Key, text: &str) -> String {
    const MOST: usize = 80;
    if key.secret {
        return "another text".to_owned();
    }
    crate::error::quoted(text, MOST)
}

fn choice(cx: &mut Context<'_>, key: &'static Key, text: &str, trail: &Trail<'_>) {
    let is = |choice: &&Choice| matches!(choice.value, Literal::String(value) if value == text);
    if let Some(choice) = key.choices.iter().find(is) {
        if !choice.support.is_empty() {
            available::check(cx, choice.support, None, trail, || format!("the value `{text}`"));
        }
        return;
    }
    let known = || {
        key.choices.iter().filter_map(|c| {
            if let Literal::String(v) = c.value {
                Some(v)
            } else {
                None
            }
        })
    };
    let meant = suggest::closest(text, known()).map(suggest::help);
    let (severity, says) = match (key.closed, &meant) {
        (true, _) => (Severity::Error, "is none of the allowed values"),
        // Others may do, but hardly one that is nearly one of these.
        (false, Some(_)) => (Severity::Warning, "is none of the values that the schema knows"),
        (false, None) => return,
    };
    let message = format!("{} {says}", shown(key, text));
    let help = meant.unwrap_or_else(|| format!("expected {}", listed(key.choices)));
    cx.find_with_help(Code::NotAllowed, severity, trail, message, Some(help));
}

fn listed(choices: &[Choice]) -> String {
    const MOST: usize = 12;
    let mut text: Vec<String> = choices
        .iter()
        .take(MOST)
        .map(|choice| format!("`{}`", choice.value))
        .collect();
    if choices.len() > MOST {
        text.push("…".to_owned());
    }
    match text.as_slice() {
        [only] => only.clone(),
        _ => format!("one of {}", text.join(", ")),
    }
}

/// A number against the listed ones and the bounds; `shown` is how it is written.
pub(super) fn number(
    cx: &mut Context<'_>,
    key: &'static Key,
    number: f64,
    shown: &dyn std::fmt::Display,
    trail: &Trail<'_>,
) {
    let is = |choice: &Choice| match choice.value {
        Literal::Integer(value) => number == value as f64,
        Literal::Real(value) => number == value,
        Literal::String(_) | Literal::Boolean(_) => false,
    };
    if let Some(choice) = key.choices.iter().find(|choice| is(choice)) {
        if !choice.support.is_empty() {
            available::check(cx, choice.support, None, trail, || format!("the value `{shown}`"));
        }
    } else if key.closed {
        not_allowed(cx, key, shown, trail);
    }
    bounds(cx, key, number, shown, trail);
}

pub(super) fn not_allowed(cx: &mut Context<'_>, key: &'static Key, shown: &dyn std::fmt::Display, trail: &Trail<'_>) {
    let found = if key.secret {
        "the value".to_owned()
    } else {
        format!("`{shown}`")
    };
    let message = format!("{found} is none of the allowed values");
    let help = format!("expected {}", listed(key.choices));
    cx.find_with_help(Code::NotAllowed, Severity::Error, trail, message, Some(help));
}

fn bounds(cx: &mut Context<'_>, key: &'static Key, number: f64, shown: &dyn std::fmt::Display, trail: &Trail<'_>) {
    let bound = |literal: Option<Literal>| match literal {
        Some(Literal::Integer(value)) => Some(value as f64),
        Some(Literal::Real(value)) => Some(value),
        _ => None,
    };
    let details = key.details();
    let (min, max) = (bound(details.min), bound(details.max));
    let inside = min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
    if inside {
        return;
    }
    let wanted = match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => return,
    };
    let found = if key.secret {
        "the number".to_owned()
    } else {
        format!("`{shown}`")
    };
    cx.find(
        Code::OutOfRange,
        Severity::Error,
        trail,
        format!("{found} is out of range: {wanted} would be right"),
    );
}
