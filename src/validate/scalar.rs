//! Checks values that contain no other values.

use super::context::{Context, Strictness};
use super::finding::Code;
use super::path::KeyPath;
use super::rules::matches_pattern;
use super::{TextFormat, available, count, suggest};
use crate::codec::View;
use crate::schema::{Choice, Key, Kind, Literal, Severity};
use crate::value::{Integer, data};

/// Checks the value of a key: its type, and what the schema states about values of that type.
pub(super) fn check(cx: &mut Context<'_>, key: &'static Key, view: View<'_>, path: &KeyPath<'_>) {
    match (key.kind, view) {
        (Kind::Any, _) | (Kind::Data, View::Data(_)) | (Kind::Date, View::Date(_)) => {}
        (Kind::String, View::String(text)) => string(cx, key, text, path),
        (Kind::Boolean, View::Boolean(flag)) => {
            let is_listed = |choice: &Choice| choice.value == Literal::Boolean(flag);
            if key.closed && !key.choices.iter().any(is_listed) {
                not_allowed(cx, key, &flag, path);
            }
        }
        (Kind::Integer, View::Integer(found)) => number(cx, key, found.as_f64(), &found, path),
        (Kind::Integer, View::Real(found)) if found.fract() == 0.0 => {
            other_number_type(cx, key, view, path);
            if let Some(whole) = Integer::from_f64(found) {
                number(cx, key, whole.as_f64(), &whole, path);
            }
        }
        (Kind::Real, View::Real(found)) => number(cx, key, found, &found, path),
        (Kind::Real, View::Integer(found)) => {
            other_number_type(cx, key, view, path);
            number(cx, key, found.as_f64(), &found, path);
        }
        (Kind::Data, View::String(text)) if cx.is_textual() => {
            if data::decode(text).is_none() {
                cx.add(Code::BadFormat, Severity::Error, path, "expected base64 text");
            }
        }
        (Kind::Date, View::String(text)) if cx.is_textual() => {
            if !TextFormat::Rfc3339.matches(text) {
                let message = "expected a date such as 2026-11-22T12:00:00Z";
                cx.add(Code::BadFormat, Severity::Error, path, message);
            }
        }
        _ => wrong_type(cx, key.kind, view, path),
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
        Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => "a dictionary",
    }
}

fn wrong_type(cx: &mut Context<'_>, kind: Kind, view: View<'_>, path: &KeyPath<'_>) {
    let Some(found) = view.type_of() else { return };
    let is_json = cx.is_textual();
    let help = match (kind, view) {
        (Kind::Boolean, _) => boolean_in_other_words(view).map(|flag| match is_json {
            true => format!("write `{flag}`"),
            false => format!("write `<{flag}/>`"),
        }),
        (Kind::Integer, View::String(_)) if is_json => Some("write the number without quotation marks".to_owned()),
        (Kind::Integer, View::String(_)) => Some("write it as `<integer>`".to_owned()),
        _ => None,
    };
    let message = format!("expected {}, found {found}", type_in_words(kind));
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
    if cx.strictness == Strictness::Typed {
        return;
    }
    let is_integer = matches!(view, View::Integer(_));
    // JSON has one type of number: `1` is as valid a real as `1.0`.
    if cx.is_textual() && is_integer {
        return;
    }
    let found = if is_integer { "an integer" } else { "a real" };
    let message = format!("expected {}, found {found}", type_in_words(key.kind));
    let help = if cx.is_textual() {
        "write it without a fraction".to_owned()
    } else {
        let kind = key.kind.name();
        format!("write it as `<{kind}>`: devices take it, Apple Business Manager does not")
    };
    cx.add_with_help(Code::WrongType, Severity::Warning, path, message, Some(help));
}

fn string(cx: &mut Context<'_>, key: &'static Key, text: &str, path: &KeyPath<'_>) {
    if !key.choices.is_empty() {
        text_choice(cx, key, text, path);
    }
    let more = key.details();
    if let Some(format) = more.format
        && !matches_pattern(format, text)
    {
        let message = format!("{} does not match `{format}`", shown(key, text));
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
        let message = format!("expected {}, found {}", format.describe(), shown(key, text));
        cx.add(Code::BadFormat, Severity::Error, path, message);
    }
}

/// The number of characters of a value that a message shows.
const MAX_SHOWN: usize = 80;

/// Returns a text as a message may show it.
fn shown(key: &Key, text: &str) -> String {
    if key.secret {
        return "another text".to_owned();
    }
    crate::error::quoted(text, MAX_SHOWN)
}

fn text_choice(cx: &mut Context<'_>, key: &'static Key, text: &str, path: &KeyPath<'_>) {
    let is_text = |choice: &&Choice| matches!(choice.value, Literal::String(value) if value == text);
    if let Some(choice) = key.choices.iter().find(is_text) {
        if !choice.support.is_empty() {
            available::check(cx, choice.support, None, path, || format!("the value `{text}`"));
        }
        return;
    }
    let known = key.choices.iter().filter_map(|choice| match choice.value {
        Literal::String(value) => Some(value),
        _ => None,
    });
    let suggestion = cx.suggestion(text, known).map(suggest::did_you_mean);
    let (severity, problem) = match (key.closed, &suggestion) {
        (true, _) => (Severity::Error, "is none of the allowed values"),
        // Other values are possible, but one that is nearly a listed one is probably a mistake.
        (false, Some(_)) => (Severity::Warning, "is none of the values that the schema knows"),
        (false, None) => return,
    };
    let message = format!("{} {problem}", shown(key, text));
    let help = suggestion.unwrap_or_else(|| format!("expected {}", choices_in_words(key.choices)));
    cx.add_with_help(Code::NotAllowed, severity, path, message, Some(help));
}

/// The number of values that a message lists.
const MAX_LISTED: usize = 12;

fn choices_in_words(choices: &[Choice]) -> String {
    let listed = choices.iter().take(MAX_LISTED);
    let mut listed: Vec<String> = listed.map(|choice| format!("`{}`", choice.value)).collect();
    if choices.len() > MAX_LISTED {
        listed.push("…".to_owned());
    }
    match listed.as_slice() {
        [only] => only.clone(),
        _ => format!("one of {}", listed.join(", ")),
    }
}

/// Checks a number against the listed values and the bounds. `shown` is the number as written.
fn number(cx: &mut Context<'_>, key: &'static Key, number: f64, shown: &dyn std::fmt::Display, path: &KeyPath<'_>) {
    let choice = key
        .choices
        .iter()
        .find(|choice| as_number(choice.value) == Some(number));
    match choice {
        Some(choice) if !choice.support.is_empty() => {
            available::check(cx, choice.support, None, path, || format!("the value `{shown}`"));
        }
        None if key.closed => not_allowed(cx, key, shown, path),
        _ => {}
    }
    let more = key.details();
    let (min, max) = (more.min.and_then(as_number), more.max.and_then(as_number));
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let found = if key.secret {
            "the number".to_owned()
        } else {
            format!("`{shown}`")
        };
        let message = format!("{found} is out of range: {} would be right", count::words(min, max));
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

fn not_allowed(cx: &mut Context<'_>, key: &'static Key, shown: &dyn std::fmt::Display, path: &KeyPath<'_>) {
    let found = if key.secret {
        "the value".to_owned()
    } else {
        format!("`{shown}`")
    };
    let message = format!("{found} is none of the allowed values");
    let help = format!("expected {}", choices_in_words(key.choices));
    cx.add_with_help(Code::NotAllowed, Severity::Error, path, message, Some(help));
}
