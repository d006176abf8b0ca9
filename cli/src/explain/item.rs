//! What an item is.

use std::fmt::Write;

use apple_mdm::schema::{Availability, Described, Dict, Family, Item, Literal, Place};

use super::{For, available, key, rule};
use crate::screen::{FRAME, STRONG, Styled, WARNING, wrap};

/// Everything about an item.
pub fn explain(out: &mut String, item: &'static Item, whom: Option<&For>) {
    // Writing to a String does not fail.
    let _ = writeln!(out, "{}: {} {}", Styled(STRONG, item.title), item.family, item.name);
    for line in wrap(item.description, 98) {
        if !line.is_empty() {
            let _ = writeln!(out, "  {line}");
        }
    }
    if let Some((tag, value)) = item.selector {
        let _ = writeln!(out, "  where {tag} is `{value}`");
    }
    instead(out, "  ", item.replaced_by);
    if let Some(apply) = item.apply {
        let words = match apply {
            "single" => "one configuration of the type counts",
            "multiple" => "several configurations of the type are applied side by side",
            "combined" => "several configurations of the type are combined into one",
            other => other,
        };
        let _ = writeln!(out, "  {words}");
    }
    if !item.related.is_empty() {
        let _ = writeln!(out, "  related status items: {}", item.related.join(", "));
    }
    let _ = writeln!(out, "  Rust: apple_mdm::{}::{}", module(item.family), item.rust);
    out.push('\n');
    let availability = Availability::of(item.support);
    if let Some(whom) = whom {
        available::verdict(out, item.name, &availability, whom);
        out.push('\n');
    }
    if !item.support.is_empty() {
        let _ = writeln!(out, "{}", Styled(STRONG, "Availability"));
        available::table(out, item.support);
    }
    if item.family == Family::Status && item.keys.is_none() {
        value(out, item);
    }
    if let Some(dict) = item.keys {
        keys(out, "Keys", &|f| item.each_key(f), whom);
        rules(out, dict);
    }
    if let Some(dict) = item.response {
        let heading = if item.family == Family::CheckIn {
            "Keys of the reply"
        } else {
            "Keys of the response"
        };
        keys(out, heading, &|f| item.each_response_key(f), whom);
        rules(out, dict);
    }
    if !item.choices.is_empty() {
        let _ = writeln!(out, "\n{}", Styled(STRONG, "Values"));
        for choice in item.choices {
            let text = match choice.value {
                Literal::String(text) => text.to_owned(),
                other => other.to_string(),
            };
            let _ = writeln!(out, "  {text}  {}", available::line(choice.support));
            key::meaning(out, choice, "");
        }
    }
    if !item.reasons.is_empty() {
        let _ = writeln!(out, "\n{}", Styled(STRONG, "Reason codes of status reports"));
        for reason in item.reasons {
            let _ = writeln!(out, "  {}", reason.code);
            for line in wrap(reason.description, 94) {
                if !line.is_empty() {
                    let _ = writeln!(out, "      {line}");
                }
            }
            for (name, kind) in reason.details {
                let _ = writeln!(out, "      {name}: {}", kind.name());
            }
        }
    }
}

/// What to use in the place of it, where there is something.
pub fn instead(out: &mut String, indent: &str, other: Option<&str>) {
    if let Some(other) = other {
        let _ = writeln!(out, "{indent}{}", Styled(WARNING, format_args!("use {other} instead")));
    }
}

/// The module of the crate that has the family's types.
pub fn module(family: Family) -> &'static str {
    match family {
        Family::Command => "commands",
        Family::Profile => "profiles",
        Family::CheckIn => "checkin",
        Family::Error => "errors",
        Family::Declaration => "declarations",
        Family::Credential => "credentials",
        Family::Status => "status",
        Family::Protocol => "protocol",
        _ => "other",
    }
}

/// What a status item's value is: the dictionary of all of them knows.
fn value(out: &mut String, item: &'static Item) {
    let Some(place) = apple_mdm::status::StatusItems::ITEM.place(item.name) else {
        return;
    };
    let _ = writeln!(out, "\n{}", Styled(STRONG, "Value"));
    let _ = writeln!(out, "  {}", key::facts(place.key));
    key::choices(out, place.key, "  ");
    keys(
        out,
        "Its keys",
        &|f| below(apple_mdm::status::StatusItems::ITEM, false, item.name, f),
        None,
    );
}

/// Something that calls a function with the path and place of each key.
type Each<'a> = dyn Fn(&mut dyn FnMut(&str, Place)) + 'a;

/// A paragraph for each key.
pub fn keys(out: &mut String, heading: &str, each: &Each<'_>, whom: Option<&For>) {
    let mut text = String::new();
    each(&mut |path, place| {
        // The items of an array are told of with it, unless there is more to say.
        let (key, more) = (place.key, place.key.details());
        if path.ends_with("[]") && key.description.is_empty() && more.min.is_none() && more.max.is_none() {
            return;
        }
        let depth = path.matches(['.', '[']).count() - 2 * path.matches("[\"").count().min(1);
        let indent = "  ".repeat(depth.clamp(0, 6) + 1);
        one(&mut text, &indent, path, place, whom);
    });
    if !text.is_empty() {
        let _ = write!(out, "\n{}\n{text}", Styled(STRONG, heading));
    }
}

fn one(out: &mut String, indent: &str, path: &str, place: Place, whom: Option<&For>) {
    let Place { key, availability, .. } = place;
    let _ = writeln!(
        out,
        "{indent}{}  {}",
        Styled(STRONG, path),
        Styled(FRAME, key::facts(key))
    );
    let width = 96usize.saturating_sub(indent.len()).max(40);
    for line in wrap(key.description, width) {
        if !line.is_empty() {
            let _ = writeln!(out, "{indent}    {line}");
        }
    }
    key::choices(out, key, &format!("{indent}    "));
    match whom {
        // What holds for all keys is said above them.
        Some(whom) if !key.support.is_empty() => {
            if let Some(problem) = available::problem(&availability, whom) {
                let _ = writeln!(out, "{indent}    {}", Styled(WARNING, problem));
            }
        }
        Some(_) => {}
        None => {
            let line = available::line(key.support);
            if !line.is_empty() {
                let _ = writeln!(out, "{indent}    {line}");
            }
        }
    }
    instead(out, &format!("{indent}    "), key.details().replaced_by);
}

/// The rules of a dictionary and of those below it.
pub fn rules(out: &mut String, dict: &'static Dict) {
    let holders = rule::holders(dict);
    if holders.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", Styled(STRONG, "Rules"));
    for (path, holder) in holders {
        rule::list(out, holder, &path);
    }
}

/// Calls `f` with each key below the one at `path`, by its path from there.
pub fn below(item: &'static Item, in_response: bool, path: &str, f: &mut dyn FnMut(&str, Place)) {
    let mut call = |at: &str, place: Place| {
        let Some(rest) = at.strip_prefix(path) else { return };
        let rest = rest.strip_prefix("[]").unwrap_or(rest);
        match rest.strip_prefix('.') {
            Some(rest) => f(rest, place),
            None if rest.starts_with('[') => f(rest, place),
            None => {}
        }
    };
    if in_response {
        item.each_response_key(&mut call);
    } else {
        item.each_key(&mut call);
    }
}
