//! Checks values that contain no other values.

use super::code::Code;
use super::context::{Context, Strictness};
use super::path::KeyPath;
use super::rules::matches_pattern;
use super::shown::{joined, range, shown};
use super::{TextFormat, available};
use crate::codec::View;
use crate::schema::{Choice, Key, Kind, Literal, Severity};
use crate::value::{Integer, data};

/// Checks the value of a key: its type, and what the schema states about values of that type.
pub(super) fn check(cx: &mut Context<'_>, key: &'static Key, view: View<'_>, path: &KeyPath<'_>) {
    match (key.kind, view) {
        // The linter reports it when it reads the document.
        (_, View::Unparsed(_)) if cx.strictness != Strictness::Typed => {}
        (_, View::Unparsed(unparsed)) => {
            let found = shown(view, key.secret);
            let message = format!("expected {}, found {found}", unparsed.expected());
            cx.add(Code::BadFormat, Severity::Error, path, message);
        }
        (Kind::Any, _) | (Kind::Data, View::Data(_)) | (Kind::Date, View::Date(_)) => {}
        (Kind::String, View::String(text)) => string(cx, key, text, path),
        (Kind::Boolean, View::Boolean(flag)) => {
            let is_listed = |choice: &Choice| choice.value == Literal::Boolean(flag);
            if (key.closed || key.open) && !key.choices.iter().any(is_listed) {
                not_allowed(cx, key, view, path);
            }
        }
        (Kind::Integer, View::Integer(found)) => number(cx, key, found.as_f64(), view, path),
        (Kind::Integer, View::Real(found)) if found.fract() == 0.0 => {
            other_number_type(cx, key, view, path);
            if let Some(whole) = Integer::from_f64(found) {
                number(cx, key, whole.as_f64(), View::Integer(whole), path);
            }
        }
        (Kind::Real, View::Real(found)) => number(cx, key, found, view, path),
        (Kind::Real, View::Integer(found)) => {
            other_number_type(cx, key, view, path);
            number(cx, key, found.as_f64(), view, path);
        }
        (Kind::Data, View::String(text)) if cx.is_textual() => {
            if data::decode(text).is_none() {
                let message = format!("expected data as base64 text, found {}", shown(view, key.secret));
                cx.add(Code::BadFormat, Severity::Error, path, message);
            }
        }
        (Kind::Date, View::String(text)) if cx.is_textual() => {
            if !TextFormat::Rfc3339.matches(text) {
                let found = shown(view, key.secret);
                let message = format!("expected a date such as 2026-11-22T12:00:00Z, found {found}");
                cx.add(Code::BadFormat, Severity::Error, path, message);
            }
        }
        _ => wrong_type(cx, key, view, path),
    }
}

fn type_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "a string",
        Kind::Integer => "an integer",
        Kind::Real => "a real",
        Kind::Boolean => "a boolean",
        Kind::Data => "data",
        Kind::Date => "a date",
        Kind::Any => "a value",
        Kind::Array(_) => "an array",
        Kind::OneOrMany(element) => match element.kind {
            Kind::String => "a string or an array of strings",
            Kind::Integer => "an integer or an array of integers",
            Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => "a dictionary or an array of dictionaries",
            _ => "a value or an array of values",
        },
        Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => "a dictionary",
    }
}

/// Returns whether a value can be of a kind, so that only its content needs to be checked.
pub(super) fn is_possible(kind: Kind, view: View<'_>) -> bool {
    match kind {
        Kind::String => matches!(view, View::String(_)),
        Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => matches!(view, View::Map(_) | View::Record(_)),
        _ => true,
    }
}

fn wrong_type(cx: &mut Context<'_>, key: &Key, view: View<'_>, path: &KeyPath<'_>) {
    let Some(found) = view.type_of() else { return };
    let is_json = cx.is_textual();
    let help = match (key.kind, view) {
        (Kind::Boolean, _) => boolean_in_other_words(view).map(|flag| match is_json {
            true => format!("write `{flag}`"),
            false => format!("write `<{flag}/>`"),
        }),
        (Kind::Integer, View::String(_)) if is_json => Some("write the number without quotation marks".to_owned()),
        (Kind::Integer, View::String(_)) => Some("write it as `<integer>`".to_owned()),
        _ => None,
    };
    let value = match view {
        View::String(_) | View::Integer(_) | View::Real(_) | View::Boolean(_) | View::Date(_) if !key.secret => {
            format!(": {}", shown(view, false))
        }
        _ => String::new(),
    };
    let message = format!("expected {}, found {found}{value}", type_in_words(key.kind));
    cx.add_with_help(Code::WrongType, Severity::Error, path, message, help);
}

/// Returns the boolean that a number or a text stands for.
fn boolean_in_other_words(view: View<'_>) -> Option<bool> {
    match view {
        View::Integer(number) if number == 0.into() => Some(false),
        View::Integer(number) if number == 1.into() => Some(true),
        View::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Reports a real that is written as an integer, or the other way around, which readers accept.
fn other_number_type(cx: &mut Context<'_>, key: &Key, view: View<'_>, path: &KeyPath<'_>) {
    // Whoever describes another vendor's keys may not tell the two types apart, and the vendor's application need not.
    if cx.strictness == Strictness::Typed || cx.is_unofficial {
        return;
    }
    let is_integer = matches!(view, View::Integer(_));
    // JSON has one type of number: `1` is as valid a real as `1.0`.
    if cx.is_textual() && is_integer {
        return;
    }
    let found = if is_integer { "an integer" } else { "a real" };
    let value = match key.secret {
        true => String::new(),
        false => format!(": {}", shown(view, false)),
    };
    let message = format!("expected {}, found {found}{value}", type_in_words(key.kind));
    let help = if cx.is_textual() {
        "write it without a fraction".to_owned()
    } else {
        let kind = key.kind.name();
        format!("write it as `<{kind}>`: devices accept it, but Apple Business Manager does not")
    };
    cx.add_with_help(Code::WrongType, Severity::Warning, path, message, Some(help));
}

fn string(cx: &mut Context<'_>, key: &'static Key, text: &str, path: &KeyPath<'_>) {
    if !key.choices.is_empty() {
        text_choice(cx, key, text, path);
    }
    let more = key.details();
    if let Some(format) = more.format
        && (!cx.is_unofficial || text.len() <= MAX_MATCHED)
        && !matches_pattern(format, text)
    {
        let found = shown(View::String(text), key.secret);
        let message = format!("expected text that matches `{format}`, found {found}");
        cx.add(Code::BadFormat, Severity::Error, path, message);
    }
    let format = match more.value_type {
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
    if !format.matches(text) {
        let found = shown(View::String(text), key.secret);
        let message = format!("expected {}, found {found}", format.describe());
        cx.add(Code::BadFormat, Severity::Error, path, message);
    }
}

fn text_choice(cx: &mut Context<'_>, key: &'static Key, text: &str, path: &KeyPath<'_>) {
    let is_text = |choice: &&Choice| matches!(choice.value, Literal::String(value) if value == text);
    if let Some(choice) = key.choices.iter().find(is_text) {
        if !choice.support.is_empty() {
            available::check_choice(cx, choice.support, path, text);
        }
        return;
    }
    let known = key.choices.iter().filter_map(|choice| match choice.value {
        Literal::String(value) => Some(value),
        _ => None,
    });
    let mut same_but_case = known.clone().filter(|value| value.eq_ignore_ascii_case(text));
    if key.name == "PayloadScope"
        && let Some(value) = same_but_case.next()
    {
        let message = format!("expected `{value}`, found `{text}`");
        let help = Some("devices ignore the case, other software may not".to_owned());
        return cx.add_with_suggestion(Code::NotAllowed, Severity::Warning, path, message, Some(value), help);
    }
    let suggestion = cx.suggestion(text, known);
    // If other values are possible, one that is similar to a listed one is probably a mistake.
    let severity = match (key.closed, suggestion) {
        (true, _) => Severity::Error,
        (false, _) if key.open => Severity::Warning,
        (false, Some(_)) => Severity::Warning,
        (false, None) => return,
    };
    let found = shown(View::String(text), key.secret);
    let message = format!("expected {}, found {found}", choices_in_words(key.choices));
    let suggestion = suggestion.filter(|_| !key.secret);
    cx.add_with_suggestion(Code::NotAllowed, severity, path, message, suggestion, None);
}

/// The maximum length of a text, in bytes, that is compared with a regular expression from an unofficial description.
const MAX_MATCHED: usize = 4 << 10;

/// The number of values that a message lists.
const MAX_LISTED: usize = 12;

fn choices_in_words(choices: &[Choice]) -> String {
    let listed = choices
        .iter()
        .take(MAX_LISTED)
        .map(|choice| format!("`{}`", choice.value));
    if choices.len() > MAX_LISTED {
        format!("one of {} …", listed.collect::<Vec<_>>().join(", "))
    } else {
        joined(listed, "or")
    }
}

/// Checks a number against the listed values and the bounds. `view` is the number as written.
fn number(cx: &mut Context<'_>, key: &'static Key, number: f64, view: View<'_>, path: &KeyPath<'_>) {
    let choice = key
        .choices
        .iter()
        .find(|choice| as_number(choice.value) == Some(number));
    match choice {
        Some(choice) if !choice.support.is_empty() => {
            available::check_choice(cx, choice.support, path, choice.value);
        }
        None if key.closed || key.open => return not_allowed(cx, key, view, path),
        _ => {}
    }
    let details = key.details();
    let (min, max) = (details.min.and_then(as_number), details.max.and_then(as_number));
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let message = format!("expected {}, found {}", range(min, max), shown(view, key.secret));
        cx.add(Code::OutOfRange, Severity::Error, path, message);
    }
}

fn as_number(literal: Literal) -> Option<f64> {
    match literal {
        Literal::Integer(value) => Some(value as f64),
        Literal::Real(value) => Some(value),
        Literal::String(_) | Literal::Boolean(_) => None,
    }
}

fn not_allowed(cx: &mut Context<'_>, key: &'static Key, view: View<'_>, path: &KeyPath<'_>) {
    let message = format!(
        "expected {}, found {}",
        choices_in_words(key.choices),
        shown(view, key.secret)
    );
    let severity = if key.open { Severity::Warning } else { Severity::Error };
    cx.add(Code::NotAllowed, severity, path, message);
}
