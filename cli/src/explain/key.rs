//! The description of a key.

use std::fmt::Write;

use apple_mdm::schema::{Dict, Item, Key, Kind};

use super::name::FoundKey;
use super::{DescribedTarget, availability, key_facts, key_list, rules};
use crate::terminal::{STRONG, Styled};

/// Writes everything about a key.
pub fn explain(out: &mut String, item: &'static Item, found: &FoundKey, target: Option<&DescribedTarget>) {
    let FoundKey {
        path,
        key,
        availability,
        in_response,
    } = found;
    let part = if *in_response { " (response)" } else { "" };
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{}: key of the {} {}{part}",
        Styled(STRONG, path),
        item.family,
        item.name
    );
    let _ = writeln!(out, "  {}", key_facts::summary(key));
    key_facts::write_paragraph(out, key.description, "  ", 96);
    key_facts::write_replacement(out, "  ", key.details().replaced_by);
    key_facts::write_choices(out, key, "  ");
    write_details(out, key);
    out.push('\n');
    if let Some(target) = target {
        availability::write_verdict(out, "the key", availability, target);
        out.push('\n');
    }
    availability::write_section(out, availability);
    let keys = &|f: &mut dyn FnMut(&str, _)| key_list::each_key_below(item, *in_response, path, f);
    key_list::write(out, "Keys", keys, target);
    if let Some(dict) = dictionary(key.kind) {
        rules::write_sections(out, dict);
    } else if !*in_response && let Some(dict) = item.keys {
        rules::write_mentions(out, dict, key.name);
    }
}

/// The table of the dictionaries that a value is or contains.
fn dictionary(kind: Kind) -> Option<&'static Dict> {
    match kind {
        Kind::Dictionary(dict) => Some(dict),
        Kind::Array(item) | Kind::OneOrMany(item) | Kind::Map(item) => dictionary(item.kind),
        _ => None,
    }
}

/// Writes the facts that are too rare for the summary.
fn write_details(out: &mut String, key: &Key) {
    let details = key.details();
    if let Some(format) = details.format {
        let _ = writeln!(out, "  matches the regular expression {format}");
    }
    if let Some(combine) = details.combine {
        let _ = writeln!(out, "  values of several configurations are combined by: {combine}");
    }
    if !details.asset_types.is_empty() {
        let _ = writeln!(out, "  refers to an asset of type {}", details.asset_types.join(" or "));
    }
    if !details.asset_content_types.is_empty() {
        let _ = writeln!(
            out,
            "  the asset has media type {}",
            details.asset_content_types.join(" or ")
        );
    }
}
