//! Describes the changes between two schema folders, for release notes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_yaml::Value;

use crate::facts::{self, Change, Facts, ITEM};
use crate::model::Family;
use crate::{Error, folder, overlay, yaml};

/// The maximum number of keys with the same change that are named. The others are counted.
const MAX_NAMED: usize = 6;

/// What a key inherits its availability from.
const PARENT: &str = "the enclosing key or item";

/// Describes the differences between the schema folders `old` and `new` as Markdown. If many keys changed in the same way, names some
/// and counts the others, unless `all` is true.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is not YAML.
pub fn between(old: &Path, new: &Path, all: bool) -> Result<String, Error> {
    let (before, after) = (read(old)?, read(new)?);
    let mut out = title(old, new)?;
    let mut section = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = write!(out, "\n## {heading}\n\n{}\n", lines.join("\n"));
        }
    };
    let only = |some: &BTreeMap<String, Item>, others: &BTreeMap<String, Item>| -> Vec<String> {
        let items = some.iter().filter(|(path, _)| !others.contains_key(*path));
        items
            .map(|(path, item)| format!("- {} (`{path}`)", item.name))
            .collect()
    };
    section("New", only(&after, &before));
    section("Gone", only(&before, &after));
    let mut changed = Vec::new();
    for (path, item) in &after {
        let Some(old) = before.get(path) else { continue };
        let lines = item_lines(&old.facts, &item.facts, if all { usize::MAX } else { MAX_NAMED });
        if !lines.is_empty() {
            changed.push(format!("### {}\n\n{}\n", item.name, lines.join("\n")));
        }
    }
    if let Some(last) = changed.last_mut() {
        last.truncate(last.trim_end().len());
    }
    section("Changed", changed);
    if before.len() == after.len() && !out.contains("\n## ") {
        out.push_str("\nThere are no differences.\n");
    }
    Ok(out)
}

fn title(old: &Path, new: &Path) -> Result<String, Error> {
    let (old, new) = (overlay::release(old)?.name, overlay::release(new)?.name);
    Ok(match (old.as_str(), new.as_str()) {
        ("", "") => "# Changes of the schema\n".to_owned(),
        ("", new) => format!("# Changes of the schema: {new}\n"),
        (old, "") => format!("# Changes of the schema since {old}\n"),
        (old, new) => format!("# Changes of the schema from {old} to {new}\n"),
    })
}

struct Item {
    /// The kind and the name of the item.
    name: String,
    facts: Facts,
}

fn read(root: &Path) -> Result<BTreeMap<String, Item>, Error> {
    let mut items = BTreeMap::new();
    for path in folder::files(root)? {
        let full = root.join(&path);
        let document = yaml::read(&folder::read(&full)?).map_err(|e| Error::yaml(&full, &e))?;
        let item = Item {
            name: name(&path, &document),
            facts: facts::of(&document),
        };
        items.insert(path, item);
    }
    Ok(items)
}

fn name(path: &str, document: &Value) -> String {
    let kind = match Family::of(path) {
        Family::Command => "Command",
        Family::Profile => "Payload",
        Family::CheckIn => "Check-in message",
        Family::Error => "Error",
        Family::Declaration => "Declaration",
        Family::Credential => "Credential",
        Family::Status => "Status item",
        Family::Protocol => "Protocol message",
        Family::Other => "Document",
    };
    let title = document.get("title").and_then(Value::as_str).unwrap_or(path);
    let payload = document.get("payload");
    let identifier = facts::IDENTIFIERS.iter().find_map(|name| payload?.get(*name)?.as_str());
    match identifier {
        Some(identifier) => format!("{kind} `{identifier}` ({title})"),
        // The titles of errors already contain the word.
        None if title.starts_with(kind) => title.to_owned(),
        None => format!("{kind} {title}"),
    }
}

/// Describes the changes within an item, one line for each. Keys that changed in the same way share a line.
fn item_lines(before: &Facts, after: &Facts, named: usize) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let changes = facts::changes(before, after);
    let whole =
        |pick: fn(&Change) -> Option<&String>| -> BTreeSet<&String> { changes.iter().filter_map(pick).collect() };
    let new = whole(|change| match change {
        Change::New { place } => Some(place),
        _ => None,
    });
    let gone = whole(|change| match change {
        Change::Gone { place } => Some(place),
        _ => None,
    });
    for change in &changes {
        let (place, text) = match change {
            Change::New { place } if has_parent_in(place, &new) => continue,
            Change::Gone { place } if has_parent_in(place, &gone) => continue,
            Change::New { place } => (place, format!("new{}", new_key_words(after.get(place)))),
            Change::Gone { place } => (place, "gone".to_owned()),
            Change::Changed {
                place,
                field,
                before,
                after,
            } => (place, change_words(field, before.as_deref(), after.as_deref())),
        };
        match lines.iter_mut().find(|(known, _)| *known == text) {
            Some((_, places)) => places.push(place_words(place)),
            None => lines.push((text, vec![place_words(place)])),
        }
    }
    // Changes of the item as a whole come first.
    lines.sort_by_key(|(_, places)| places[0] != ITEM);
    lines
        .into_iter()
        .map(|(text, mut places)| {
            let more = places.len().saturating_sub(named);
            places.truncate(named);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("- {}{more}: {text}", places.join(", "))
        })
        .collect()
}

/// Whether the set contains a parent of `place`.
fn has_parent_in(place: &str, set: &BTreeSet<&String>) -> bool {
    place
        .char_indices()
        .any(|(at, c)| c == '.' && set.contains(&place[..at].to_owned()))
}

/// Formats a place for people.
fn place_words(place: &str) -> String {
    if let Some(key) = place.strip_prefix("payloadkeys.") {
        return format!("`{key}`");
    }
    if let Some(key) = place.strip_prefix("responsekeys.") {
        return format!("`{key}` of the response");
    }
    match place.strip_prefix("reason ") {
        Some(code) => format!("reason `{code}`"),
        None => place.to_owned(),
    }
}

/// Describes the availability of a new key, and whether it is required.
fn new_key_words(fields: Option<&BTreeMap<String, String>>) -> String {
    let mut parts = Vec::new();
    for (field, value) in fields.into_iter().flatten() {
        match field.split_once(' ') {
            Some((os, "introduced")) => parts.push(format!("{os}: {}", since(value))),
            None if field == "presence" && value == "required" => parts.push("required".to_owned()),
            _ => {}
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    format!(" ({})", parts.join("; "))
}

fn since(version: &str) -> String {
    match version {
        "n/a" => "not available".to_owned(),
        "all" => "in every version".to_owned(),
        version => format!("since {version}"),
    }
}

/// Describes a changed field.
fn change_words(field: &str, before: Option<&str>, after: Option<&str>) -> String {
    let span = |bounds: &str| {
        bounds
            .replace("min ", "from ")
            .replace(", max ", " to ")
            .replace("max ", "up to ")
    };
    if let "range" | "repetition" = field {
        return match (before, after) {
            (Some(before), Some(after)) => format!("{field} {}, was {}", span(after), span(before)),
            (None, Some(after)) => format!("{field} {}", span(after)),
            (before, None) => format!("{field} dropped, was {}", before.map(span).unwrap_or_default()),
        };
    }
    let was = match before {
        Some(before) => format!(", was {before}"),
        None => String::new(),
    };
    let Some((os, property)) = field.split_once(' ').filter(|(os, _)| os.ends_with("OS")) else {
        return match (field, after) {
            ("presence", Some(after)) => format!("{after} now{was}"),
            ("type", Some(after)) => format!("type {after}{was}"),
            ("rangelist", Some(after)) => list_words("values", before, after),
            (_, Some(after)) => format!("{field} {after}{was}"),
            (_, None) => format!("{field} dropped{was}"),
        };
    };
    let text = match (property, before, after) {
        ("introduced", Some(before), Some(after)) => {
            let before = if before.starts_with(|c: char| c.is_ascii_digit()) {
                before.to_owned()
            } else {
                since(before)
            };
            format!("{}, was {before}", since(after))
        }
        ("introduced", None, Some(after)) => since(after),
        ("introduced", Some(before), None) => format!("as for {PARENT}, was {}", since(before)),
        ("deprecated", _, Some(after)) => format!("deprecated since {after}{was}"),
        ("deprecated", _, None) => format!("no longer deprecated{was}"),
        ("removed", _, Some("0") | None) => format!("no longer removed{was}"),
        ("removed", _, Some(after)) => format!("removed in {after}{was}"),
        (_, before, Some(after @ ("true" | "false"))) => {
            let word = |flag: &str| if flag == "true" { "yes" } else { "no" };
            match before {
                Some(before) => format!("{}: {}, was {}", property_words(property), word(after), word(before)),
                None => format!("{}: {}", property_words(property), word(after)),
            }
        }
        (_, _, Some(after)) => {
            let after = if after.is_empty() { "none" } else { after };
            format!("{}: {after}{was}", property_words(property))
        }
        (_, before @ Some("true" | "false"), None) => {
            let was = if before == Some("true") { "yes" } else { "no" };
            format!("{}: as for {PARENT}, was {was}", property_words(property))
        }
        (_, _, None) => format!("{}: as for {PARENT}{was}", property_words(property)),
    };
    format!("{os}: {text}")
}

/// Describes the changes of a list.
fn list_words(name: &str, before: Option<&str>, after: &str) -> String {
    let items = |list: &str| -> Vec<String> { list.split(", ").map(str::to_owned).collect() };
    let (before, after) = (before.map(items).unwrap_or_default(), items(after));
    let only = |some: &[String], others: &[String]| -> Vec<String> {
        let items = some.iter().filter(|item| !others.contains(item));
        items.map(|item| format!("`{item}`")).collect()
    };
    let (new, gone) = (only(&after, &before), only(&before, &after));
    let mut parts = Vec::new();
    if !new.is_empty() {
        parts.push(format!("new {}", new.join(", ")));
    }
    if !gone.is_empty() {
        parts.push(format!("gone {}", gone.join(", ")));
    }
    if parts.is_empty() {
        parts.push("in another order".to_owned());
    }
    format!("{name}: {}", parts.join("; "))
}

fn property_words(property: &str) -> &str {
    match property {
        "accessrights" => "access right",
        "multiple" => "several at once",
        "devicechannel" => "device channel",
        "userchannel" => "user channel",
        "supervised" => "supervision required",
        "requiresdep" => "Automated Device Enrollment required",
        "userapprovedmdm" => "user-approved MDM required",
        "allowmanualinstall" => "manual installation",
        "allowed-enrollments" => "enrollments",
        "allowed-scopes" => "scopes",
        "sharedipad" => "Shared iPad",
        "userenrollment" => "user enrollment",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_described_in_words() {
        for (field, before, after, expected) in [
            (
                "macOS introduced",
                Some("15.0"),
                Some("15.2"),
                "macOS: since 15.2, was 15.0",
            ),
            (
                "iOS introduced",
                Some("n/a"),
                Some("26.0"),
                "iOS: since 26.0, was not available",
            ),
            (
                "iOS introduced",
                Some("16.0"),
                Some("n/a"),
                "iOS: not available, was 16.0",
            ),
            ("tvOS introduced", None, Some("17.0"), "tvOS: since 17.0"),
            (
                "tvOS introduced",
                Some("n/a"),
                None,
                "tvOS: as for the enclosing key or item, was not available",
            ),
            ("macOS deprecated", None, Some("15.0"), "macOS: deprecated since 15.0"),
            (
                "macOS removed",
                Some("14.0"),
                None,
                "macOS: no longer removed, was 14.0",
            ),
            (
                "macOS removed",
                Some("14.0"),
                Some("15.0"),
                "macOS: removed in 15.0, was 14.0",
            ),
            (
                "iOS supervised",
                Some("true"),
                Some("false"),
                "iOS: supervision required: no, was yes",
            ),
            (
                "iOS allowed-scopes",
                Some("system"),
                Some(""),
                "iOS: scopes: none, was system",
            ),
            (
                "iOS supervised",
                Some("true"),
                None,
                "iOS: supervision required: as for the enclosing key or item, was yes",
            ),
            (
                "presence",
                Some("optional"),
                Some("required"),
                "required now, was optional",
            ),
            ("default", Some("1"), None, "default dropped, was 1"),
            ("range", None, Some("min 0, max 5"), "range from 0 to 5"),
            ("range", Some("min 0"), Some("max 5"), "range up to 5, was from 0"),
            ("rangelist", Some("A, B"), Some("B, C"), "values: new `C`; gone `A`"),
        ] {
            assert_eq!(change_words(field, before, after), expected);
        }
    }
}
