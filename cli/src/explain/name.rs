//! Finds items and keys by name.

use std::collections::HashSet;

use apple_mdm::schema::{self, Availability, Catalog, Family, Item, Key, Place};

use super::aliases;
use crate::failure::Failure;

/// Fact a name refers to.
// Only a few of these exist at a time.
#[allow(clippy::large_enum_variant)]
pub enum Named {
    Item(&'static Item),
    Key(&'static Item, FoundKey),
}

/// A key of an item.
pub struct FoundKey {
    pub path: String,
    pub key: &'static Key,
    pub availability: Availability,
    /// Whether the key belongs to the response of a command or the reply to a check-in message.
    pub in_response: bool,
}

/// Returns the items with this name. If there are none, ignores case.
pub fn items(name: &str) -> Vec<&'static Item> {
    items_with(name, &Catalog::new())
}

/// Returns the items of the schema and of a catalog with this name. If there are none, ignores case.
fn items_with(name: &str, catalog: &Catalog) -> Vec<&'static Item> {
    let loaded = || catalog.items();
    let exact: Vec<_> = schema::items_named(name)
        .chain(loaded().filter(|item| item.is_called(name) || item.title == name))
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let is_called =
        |item: &&'static Item, title: &str| item.name.eq_ignore_ascii_case(name) || title.eq_ignore_ascii_case(name);
    schema::items()
        .filter(|item| is_called(item, item.rust))
        .chain(loaded().filter(|item| is_called(item, item.title)))
        .collect()
}

/// Returns what `text` refers to: items, or keys if it is an item's name followed by the path of a key.
///
/// # Errors
///
/// Returns an error with a suggestion if there is no such item or key.
pub fn resolve(text: &str, catalog: &Catalog) -> Result<Vec<Named>, Failure> {
    let whole = items_with(text, catalog);
    if !whole.is_empty() {
        return Ok(whole.into_iter().map(Named::Item).collect());
    }
    // Item names contain dots too, so try the longest prefix first.
    for (end, _) in text.char_indices().rev().filter(|(_, c)| matches!(c, '.' | '[')) {
        let (name, path) = text.split_at(end);
        let items = items_with(name, catalog);
        if items.is_empty() {
            continue;
        }
        let path = path.strip_prefix('.').unwrap_or(path);
        let keys: Vec<Named> = items
            .iter()
            .flat_map(|item| keys(item, path).into_iter().map(|key| Named::Key(item, key)))
            .collect();
        if !keys.is_empty() {
            return Ok(keys);
        }
        let mut paths = Vec::new();
        for item in &items {
            each_key(item, &mut |found| paths.push(found.path));
        }
        let suggestion = suggestion(path, paths.iter().map(String::as_str));
        return Err(Failure::Usage(format!("{name} has no key `{path}`{suggestion}")));
    }
    let candidates = candidates(text, catalog);
    match candidates.split_first() {
        // Several items can share a name.
        Some((first, others)) if others.iter().all(|other| other.name == first.name) => {
            Ok(candidates.into_iter().map(Named::Item).collect())
        }
        Some(_) => Err(Failure::Usage(several(text, &candidates))),
        None => Err(unknown_item(text, schema::items().chain(catalog.items()))),
    }
}

/// The number of candidates that a message names.
const MAX_CANDIDATES: usize = 8;

/// Returns the items that people call by this name, or else those whose name or title contains all of its words.
fn candidates(text: &str, catalog: &Catalog) -> Vec<&'static Item> {
    let called = aliases::named(text);
    if !called.is_empty() {
        return called.iter().flat_map(|name| items(name)).collect();
    }
    let words: Vec<String> = text.split([' ', '-', '_']).map(str::to_lowercase).collect();
    let has_word = |item: &Item, word: &String| {
        let names = [item.name, item.rust, item.title];
        word.len() > 2 && names.iter().any(|name| name.to_lowercase().contains(word))
    };
    let has_all = |item: &&'static Item| words.iter().all(|word| has_word(item, word));
    schema::items().chain(catalog.items()).filter(has_all).collect()
}

/// The message for a name that could stand for several items.
fn several(text: &str, candidates: &[&'static Item]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for item in candidates {
        if !names.contains(&item.name) {
            names.push(item.name);
        }
    }
    let shown: Vec<String> = names
        .iter()
        .take(MAX_CANDIDATES)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = match names.len().saturating_sub(MAX_CANDIDATES) {
        0 => format!(" (`apple-mdm list --search {text:?}` describes them)"),
        more => format!(" and {more} more (`apple-mdm list --search {text:?}` shows all)"),
    };
    format!("`{text}` could be any of these: {}{more}", shown.join(", "))
}

/// Returns the request type of the command with this name, as an argument parser.
pub fn parse_command(name: &str) -> Result<&'static str, String> {
    if let Some(item) = schema::item(Family::Command, name) {
        return Ok(item.name);
    }
    let names = schema::items()
        .filter(|item| item.family == Family::Command)
        .map(|item| item.name);
    Err(format!("there is no such command{}", suggestion(name, names)))
}

/// Returns the item with this name, as an argument parser.
pub fn parse_item(name: &str) -> Result<&'static Item, String> {
    let found = items(name);
    let Some(first) = found.first() else {
        let names = schema::items().flat_map(|item| [item.name, item.rust]);
        return Err(format!("there is no such item{}", suggestion(name, names)));
    };
    match found.iter().find(|item| item.family != first.family) {
        Some(other) => Err(format!("the name is ambiguous: {} or {}", first.family, other.family)),
        None => Ok(first),
    }
}

/// The error for a name that no item has, with a suggestion from `candidates`.
pub fn unknown_item(name: &str, candidates: impl Iterator<Item = &'static Item>) -> Failure {
    let suggestion = suggestion(name, candidates.flat_map(|item| [item.name, item.rust]));
    Failure::Usage(format!(
        "there is no item `{name}`{suggestion} (`apple-mdm list` shows all items)"
    ))
}

/// Returns the keys of an item at a path, which may omit array markers. If there are none, ignores case.
fn keys(item: &'static Item, path: &str) -> Vec<FoundKey> {
    let wanted = without_markers(path);
    let mut exact = Vec::new();
    let mut similar = Vec::new();
    each_key(item, &mut |found| {
        let candidate = without_markers(&found.path);
        if candidate == wanted {
            exact.push(found);
        } else if candidate.eq_ignore_ascii_case(&wanted) {
            similar.push(found);
        }
    });
    let mut found = if exact.is_empty() { similar } else { exact };
    // An array and its items have the same path without markers. The array comes first.
    let mut seen = HashSet::new();
    found.retain(|found| seen.insert(found.in_response));
    found
}

/// Calls `f` with all keys of an item and of its response, at all depths.
fn each_key(item: &'static Item, f: &mut dyn FnMut(FoundKey)) {
    let mut call = |in_response: bool, path: &str, place: Place| {
        f(FoundKey {
            path: path.to_owned(),
            key: place.key,
            availability: place.availability,
            in_response,
        });
    };
    item.each_key(&mut |path, place| call(false, path, place));
    item.each_response_key(&mut |path, place| call(true, path, place));
}

/// Removes the markers of arrays, of alternatives and of quoted keys from a path.
fn without_markers(path: &str) -> String {
    path.replace("[]", "")
        .replace("[\"", ".")
        .replace("\"]", "")
        .replace('[', ".")
        .replace(']', "")
        .trim_start_matches('.')
        .to_owned()
}

/// Returns a question to append to a message, such as `; did you mean X?`, or an empty text if no name is similar.
pub fn suggestion<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> String {
    const MIN_SIMILARITY: f64 = 0.6;
    /// Names that are this much less similar than the best one are left out.
    const MAX_DISTANCE_FROM_BEST: f64 = 0.15;
    let lower = text.to_lowercase();
    let mut similar: Vec<(f64, &str)> = names
        .map(|name| {
            let candidate = name.to_lowercase();
            let similarity = strsim::normalized_damerau_levenshtein(&lower, &candidate);
            let is_part = lower.len() > 3 && candidate.contains(&lower);
            (if is_part { similarity.max(0.75) } else { similarity }, name)
        })
        .filter(|(similarity, _)| *similarity > MIN_SIMILARITY)
        .collect();
    similar.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    similar.dedup_by_key(|(_, name)| *name);
    let best = similar.first().map_or(0.0, |(similarity, _)| *similarity);
    similar.retain(|(similarity, _)| *similarity > best - MAX_DISTANCE_FROM_BEST);
    let names: Vec<String> = similar.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("; did you mean {}?", names.join(" or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_match_without_markers() {
        for (path, expected) in [
            ("Settings[Wallpaper].Image", "Settings.Wallpaper.Image"),
            ("Services.Camera[].Allowed", "Services.Camera.Allowed"),
            (r#"["com.apple.x"].Key"#, "com.apple.x.Key"),
        ] {
            assert_eq!(without_markers(path), expected);
        }
    }

    #[test]
    fn similar_names_are_suggested() {
        let names = ["Passcode", "PasscodeSettings", "DeviceLock"];
        assert_eq!(suggestion("Pascode", names.into_iter()), "; did you mean `Passcode`?");
        assert_eq!(suggestion("zzz", names.into_iter()), "");
    }
}
