//! What a key is.

use std::fmt::Write;

use apple_mdm::schema::{Choice, Dict, Item, Key, Kind, Literal, Os};

use super::name::Found;
use super::{For, available, item, rule};
use crate::screen::{STRONG, Styled, wrap};

/// Everything about a key.
pub fn explain(out: &mut String, of: &'static Item, found: &Found, whom: Option<&For>) {
    let Found {
        path,
        key,
        availability,
        in_response,
    } = found;
    let part = if *in_response { " (response)" } else { "" };
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "{}: key of the {} {}{part}",
        Styled(STRONG, path),
        of.family,
        of.name
    );
    let _ = writeln!(out, "  {}", facts(key));
    for line in wrap(key.description, 96) {
        if !line.is_empty() {
            let _ = writeln!(out, "  {line}");
        }
    }
    item::instead(out, "  ", key.details().replaced_by);
    choices(out, key, "  ");
    details(out, key);
    out.push('\n');
    if let Some(whom) = whom {
        available::verdict(out, "the key", availability, whom);
        out.push('\n');
    }
    let _ = writeln!(out, "{}", Styled(STRONG, "Availability"));
    let stated: Vec<_> = Os::ALL
        .into_iter()
        .flat_map(|os| availability.on(os).facts().into_iter().map(move |what| (os, what)))
        .collect();
    available::table(out, &stated);
    item::keys(out, "Keys", &|f| item::below(of, *in_response, path, f), whom);
    if let Some(dict) = dictionary(key.kind) {
        item::rules(out, dict);
    } else if !*in_response && let Some(dict) = of.keys {
        // Rules of the dictionary around it that speak of the key.
        let parents: Vec<_> = rule::holders(dict);
        let mut text = String::new();
        for (at, holder) in parents {
            for rule in holder.rules.iter().filter(|rule| speaks_of(rule.says, key.name)) {
                let prefix = if at.is_empty() {
                    String::new()
                } else {
                    format!("In {at}: ")
                };
                let _ = writeln!(text, "  - {prefix}{}", rule.says);
            }
        }
        if !text.is_empty() {
            let _ = write!(out, "\n{}\n{text}", Styled(STRONG, "Rules"));
        }
    }
}

/// Whether a sentence has the name as a word.
fn speaks_of(says: &str, name: &str) -> bool {
    !name.is_empty()
        && says
            .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .any(|word| word == name)
}

/// The dictionary that a value is or consists of.
fn dictionary(kind: Kind) -> Option<&'static Dict> {
    match kind {
        Kind::Dictionary(dict) => Some(dict),
        Kind::Array(item) | Kind::Map(item) => dictionary(item.kind),
        _ => None,
    }
}

/// Type, presence, default and bounds in one line.
pub fn facts(key: &Key) -> String {
    let mut facts = vec![kind(key.kind)];
    // Items of arrays and values of maps are neither.
    if !key.name.is_empty() {
        facts.push(if key.required { "required" } else { "optional" }.to_owned());
    }
    if let Some(default) = key.default {
        facts.push(format!("default {}", literal(default)));
    }
    match (key.details().min, key.details().max) {
        (Some(min), Some(max)) => facts.push(format!("{min} to {max}")),
        (Some(min), None) => facts.push(format!("at least {min}")),
        (None, Some(max)) => facts.push(format!("at most {max}")),
        (None, None) => {}
    }
    match key.details().repetition {
        Some((Some(min), Some(max))) if min == max => facts.push(format!("{min} items")),
        Some((Some(min), Some(max))) => facts.push(format!("{min} to {max} items")),
        Some((Some(min), None)) if min > 0 => facts.push(format!("{min} items or more")),
        Some((None, Some(max))) => facts.push(format!("{max} items at most")),
        _ => {}
    }
    if let Some(form) = key.details().value_type {
        facts.push(format!("form: {form}"));
    }
    if key.secret {
        facts.push("secret".to_owned());
    }
    facts.join(", ")
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Array(item) => match item.kind {
            Kind::Union(union) => format!("array of dictionaries, told apart by {}", union.tag),
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

/// The listed values, with where each is available if that differs.
pub fn choices(out: &mut String, key: &Key, indent: &str) {
    let key = match key.kind {
        Kind::Array(item) if key.choices.is_empty() => item,
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
            let _ = writeln!(out, "{indent}{head}{line}");
        }
        return;
    }
    let _ = writeln!(out, "{indent}{heading}:");
    for choice in key.choices {
        let line = available::line(choice.support);
        let gap = if line.is_empty() { "" } else { "  " };
        let _ = writeln!(out, "{indent}  {}{gap}{line}", literal(choice.value));
        meaning(out, choice, indent);
    }
}

/// What a listed value stands for.
pub fn meaning(out: &mut String, choice: &Choice, indent: &str) {
    if choice.description.is_empty() {
        return;
    }
    for line in wrap(choice.description, 92) {
        let _ = writeln!(out, "{indent}      {line}");
    }
}

/// What is said less often.
fn details(out: &mut String, key: &Key) {
    if let Some(format) = key.details().format {
        let _ = writeln!(out, "  matches the regular expression {format}");
    }
    if let Some(combine) = key.details().combine {
        let _ = writeln!(out, "  several configurations are combined by: {combine}");
    }
    if !key.details().asset_types.is_empty() {
        let _ = writeln!(
            out,
            "  refers to an asset of type {}",
            key.details().asset_types.join(" or ")
        );
    }
    if !key.details().asset_content_types.is_empty() {
        let _ = writeln!(
            out,
            "  the asset has media type {}",
            key.details().asset_content_types.join(" or ")
        );
    }
}
