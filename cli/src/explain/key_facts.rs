//! The facts about a key: type, presence, bounds, listed values.

use std::fmt::Write;

use apple_mdm::schema::{Choice, Key, Kind, Literal};

use super::availability;
use crate::terminal::{Styled, WARNING, wrap};

/// Describes type, presence, default and bounds in one line.
pub fn summary(key: &Key) -> String {
    let mut facts = vec![type_name(key.kind)];
    // Items of arrays and values of maps have no name, and are neither required nor optional.
    if !key.name.is_empty() {
        facts.push(if key.required { "required" } else { "optional" }.to_owned());
    }
    if let Some(default) = key.default {
        facts.push(format!("default {}", literal(default)));
    }
    let details = key.details();
    match (details.min, details.max) {
        (Some(min), Some(max)) => facts.push(format!("{min} to {max}")),
        (Some(min), None) => facts.push(format!("at least {min}")),
        (None, Some(max)) => facts.push(format!("at most {max}")),
        (None, None) => {}
    }
    match details.repetition {
        Some((Some(min), Some(max))) if min == max => facts.push(format!("{min} items")),
        Some((Some(min), Some(max))) => facts.push(format!("{min} to {max} items")),
        Some((Some(min), None)) if min > 0 => facts.push(format!("at least {min} items")),
        Some((None, Some(max))) => facts.push(format!("at most {max} items")),
        _ => {}
    }
    if let Some(form) = details.value_type {
        facts.push(format!("form: {form}"));
    }
    if key.secret {
        facts.push("secret".to_owned());
    }
    facts.join(", ")
}

fn type_name(kind: Kind) -> String {
    match kind {
        Kind::Array(item) => match item.kind {
            Kind::Union(union) => format!("array of dictionaries, distinguished by {}", union.tag),
            Kind::Dictionary(_) => "array of dictionaries".to_owned(),
            Kind::Any => "array".to_owned(),
            inner => format!("array of {}", plural(inner)),
        },
        Kind::Map(value) => format!("dictionary from any key to {}", plural(value.kind)),
        Kind::Any => "any type".to_owned(),
        other => other.name().to_owned(),
    }
}

fn plural(kind: Kind) -> String {
    match kind {
        Kind::Dictionary(_) | Kind::Union(_) | Kind::Map(_) => "dictionaries".to_owned(),
        Kind::Any => "anything".to_owned(),
        Kind::Data => "data".to_owned(),
        other => format!("{}s", other.name()),
    }
}

fn literal(literal: Literal) -> String {
    match literal {
        Literal::String(text) => format!("`{text}`"),
        other => other.to_string(),
    }
}

/// Writes the listed values, with their availability if it differs.
pub fn write_choices(out: &mut String, key: &Key, indent: &str) {
    let key = match key.kind {
        Kind::Array(item) | Kind::OneOrMany(item) if key.choices.is_empty() => item,
        _ => key,
    };
    if key.choices.is_empty() {
        return;
    }
    let heading = if key.closed { "values" } else { "known values" };
    let is_bare = |choice: &Choice| choice.support.is_empty() && choice.description.is_empty();
    if key.choices.iter().all(is_bare) {
        let values: Vec<String> = key.choices.iter().map(|choice| literal(choice.value)).collect();
        for (index, line) in wrap(&values.join(", "), 80).iter().enumerate() {
            let head = if index == 0 {
                format!("{heading}: ")
            } else {
                "  ".to_owned()
            };
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{indent}{head}{line}");
        }
        return;
    }
    let _ = writeln!(out, "{indent}{heading}:");
    for choice in key.choices {
        let line = availability::line(choice.support);
        let gap = if line.is_empty() { "" } else { "  " };
        let _ = writeln!(out, "{indent}  {}{gap}{line}", literal(choice.value));
        write_paragraph(out, choice.description, &format!("{indent}      "), 92);
    }
}

/// Writes a text in lines of at most `width` characters, or nothing if it is empty.
pub fn write_paragraph(out: &mut String, text: &str, indent: &str, width: usize) {
    if text.is_empty() {
        return;
    }
    for line in wrap(text, width) {
        let _ = writeln!(out, "{indent}{line}");
    }
}

/// Writes what to use instead of something, if the schema names it.
pub fn write_replacement(out: &mut String, indent: &str, replacement: Option<&str>) {
    if let Some(replacement) = replacement {
        let advice = format_args!("use {replacement} instead");
        let _ = writeln!(out, "{indent}{}", Styled(WARNING, advice));
    }
}
