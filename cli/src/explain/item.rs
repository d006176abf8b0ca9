//! The description of an item.

use std::fmt::Write;

use apple_mdm::schema::{Availability, Described, Family, Item, Literal};
use apple_mdm::status::StatusItems;

use super::{DescribedTarget, availability, key_facts, key_list, rules};
use crate::terminal::{STRONG, Styled};

/// Writes everything about an item.
pub fn explain(out: &mut String, item: &'static Item, target: Option<&DescribedTarget>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}: {} {}", Styled(STRONG, item.title), item.family, item.name);
    key_facts::write_paragraph(out, item.description, "  ", 98);
    if let Some((key, value)) = item.selector {
        let _ = writeln!(out, "  if {key} is `{value}`");
    }
    key_facts::write_replacement(out, "  ", item.replaced_by);
    if let Some(apply) = item.apply {
        let sentence = match apply {
            "single" => "only one configuration of this type takes effect",
            "multiple" => "several configurations of this type are applied side by side",
            "combined" => "several configurations of this type are combined into one",
            other => other,
        };
        let _ = writeln!(out, "  {sentence}");
    }
    if !item.related.is_empty() {
        let _ = writeln!(out, "  related status items: {}", item.related.join(", "));
    }
    // What was read at run time has no type.
    if item.rust.is_empty() {
        let _ = writeln!(out, "  described in {}", item.files.join(", "));
    } else {
        let _ = writeln!(out, "  Rust: apple_mdm::{}::{}", module(item.family), item.rust);
    }
    out.push('\n');
    if let Some(target) = target {
        availability::write_verdict(out, item.name, &Availability::of(item.support), target);
        out.push('\n');
    }
    availability::write_section(out, &Availability::of(item.support));
    if item.family == Family::Status && item.keys.is_none() {
        write_status_value(out, item);
    }
    if let Some(dict) = item.keys {
        key_list::write(out, "Keys", &|f| item.each_key(f), target);
        rules::write_sections(out, dict);
    }
    if let Some(dict) = item.response {
        let heading = if item.family == Family::CheckIn {
            "Keys of the reply"
        } else {
            "Keys of the response"
        };
        key_list::write(out, heading, &|f| item.each_response_key(f), target);
        rules::write_sections(out, dict);
    }
    write_values(out, item);
    write_reasons(out, item);
}

/// The path of the Rust type, or `None` for an item of another vendor, which has none.
pub fn rust_path(item: &Item) -> Option<String> {
    (!item.rust.is_empty()).then(|| format!("apple_mdm::{}::{}", module(item.family), item.rust))
}

/// The module of the crate that contains the types of a family.
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

/// Writes the type of a status item's value, which the table of all status items states.
fn write_status_value(out: &mut String, item: &'static Item) {
    let Some(place) = StatusItems::ITEM.place(item.name) else {
        return;
    };
    let _ = writeln!(out, "\n{}", Styled(STRONG, "Value"));
    let _ = writeln!(out, "  {}", key_facts::summary(place.key));
    key_facts::write_choices(out, place.key, "  ");
    let keys = &|f: &mut dyn FnMut(&str, _)| key_list::each_key_below(StatusItems::ITEM, false, item.name, f);
    key_list::write(out, "Its keys", keys, None);
}

fn write_values(out: &mut String, item: &Item) {
    if item.choices.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", Styled(STRONG, "Values"));
    for choice in item.choices {
        let text = match choice.value {
            Literal::String(text) => text.to_owned(),
            other => other.to_string(),
        };
        let line = availability::line(choice.support);
        let gap = if line.is_empty() { "" } else { "  " };
        let _ = writeln!(out, "  {text}{gap}{line}");
        key_facts::write_paragraph(out, choice.description, "      ", 92);
    }
}

fn write_reasons(out: &mut String, item: &Item) {
    if item.reasons.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", Styled(STRONG, "Reason codes of status reports"));
    for reason in item.reasons {
        let _ = writeln!(out, "  {}", reason.code);
        key_facts::write_paragraph(out, reason.description, "      ", 94);
        for (name, kind) in reason.details {
            let _ = writeln!(out, "      {name}: {}", kind.name());
        }
    }
}
