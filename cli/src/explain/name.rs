//! What is meant by a name.

use apple_mdm::schema::{self, Availability, Item, Key, Place};

use crate::failure::Failure;

/// What a name stands for.
// One of them is made a run.
#[allow(clippy::large_enum_variant)]
pub enum Named {
    /// An item.
    Item(&'static Item),
    /// A key of an item.
    Key(&'static Item, Found),
}

/// A key that was found in an item.
pub struct Found {
    /// Its path.
    pub path: String,
    /// The key.
    pub key: &'static Key,
    /// Where it is available.
    pub availability: Availability,
    /// Whether the response or reply has it.
    pub in_response: bool,
}

/// The items that a name stands for: exactly, or else in another case.
pub fn items(name: &str) -> Vec<&'static Item> {
    let exact: Vec<_> = schema::items_named(name).collect();
    if !exact.is_empty() {
        return exact;
    }
    schema::items()
        .filter(|item| item.name.eq_ignore_ascii_case(name) || item.rust.eq_ignore_ascii_case(name))
        .collect()
}

/// What `asked` stands for: an item, or an item with the path of a key.
pub fn find(asked: &str) -> Result<Vec<Named>, Failure> {
    let whole = items(asked);
    if !whole.is_empty() {
        return Ok(whole.into_iter().map(Named::Item).collect());
    }
    // Types have dots themselves: the longest one that fits is meant.
    let ends = asked.char_indices().rev().filter(|(_, c)| matches!(c, '.' | '['));
    for (end, _) in ends {
        let (name, path) = asked.split_at(end);
        let found = items(name);
        if found.is_empty() {
            continue;
        }
        let path = path.strip_prefix('.').unwrap_or(path);
        let keys: Vec<Named> = found
            .iter()
            .flat_map(|item| keys(item, path).into_iter().map(|key| Named::Key(item, key)))
            .collect();
        if !keys.is_empty() {
            return Ok(keys);
        }
        let mut names = Vec::new();
        for item in &found {
            each(item, &mut |found| names.push(found.path));
        }
        let hint = meant(path, names.iter().map(String::as_str));
        return Err(Failure::Usage(format!("{name} has no key `{path}`{hint}")));
    }
    let names = schema::items().flat_map(|item| [item.name, item.rust]);
    let hint = meant(asked, names);
    Err(Failure::Usage(format!(
        "nothing is called `{asked}`{hint}\n       `apple-mdm list` shows what there is"
    )))
}

/// The keys of an item at a path, which may leave out the marks of arrays and differ in case.
fn keys(item: &'static Item, path: &str) -> Vec<Found> {
    let wanted = plain(path);
    let mut exact = Vec::new();
    let mut similar = Vec::new();
    each(item, &mut |found| {
        let have = plain(&found.path);
        if have == wanted {
            exact.push(found);
        } else if have.eq_ignore_ascii_case(&wanted) {
            similar.push(found);
        }
    });
    let mut found = if exact.is_empty() { similar } else { exact };
    // An array and its items have one path here; the array is what is meant.
    let mut seen = [false; 2];
    found.retain(|found| !std::mem::replace(&mut seen[usize::from(found.in_response)], true));
    found
}

/// All keys of an item and of its response, as nested as they are.
fn each(item: &'static Item, f: &mut dyn FnMut(Found)) {
    let mut call = |in_response: bool, path: &str, place: Place| {
        f(Found {
            path: path.to_owned(),
            key: place.key,
            availability: place.availability,
            in_response,
        });
    };
    item.each_key(&mut |path, place| call(false, path, place));
    item.each_response_key(&mut |path, place| call(true, path, place));
}

/// A path without the marks of arrays, of their items' kinds, and of quoted keys.
fn plain(path: &str) -> String {
    path.replace("[]", "")
        .replace("[\"", ".")
        .replace("\"]", "")
        .replace('[', ".")
        .replace(']', "")
        .trim_start_matches('.')
        .to_owned()
}

/// A question that ends a message: whether one of the names was meant. Empty where none is similar.
pub fn meant<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> String {
    let lower = asked.to_lowercase();
    let mut near: Vec<(f64, &str)> = names
        .map(|name| {
            let other = name.to_lowercase();
            let near = strsim::normalized_damerau_levenshtein(&lower, &other);
            let part = lower.len() > 3 && other.contains(&lower);
            (if part { near.max(0.75) } else { near }, name)
        })
        .filter(|(near, _)| *near > 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by_key(|(_, name)| *name);
    // What is much less like it than the best one is not what was meant.
    let best = near.first().map_or(0.0, |(near, _)| *near);
    near.retain(|(near, _)| *near > best - 0.15);
    let names: Vec<String> = near.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("; did you mean {}?", names.join(" or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_without_the_marks_of_arrays() {
        for (have, asked) in [
            ("Settings[Wallpaper].Image", "Settings.Wallpaper.Image"),
            ("Services.Camera[].Allowed", "Services.Camera.Allowed"),
            (r#"["com.apple.x"].Key"#, "com.apple.x.Key"),
        ] {
            assert_eq!(plain(have), asked);
        }
    }

    #[test]
    fn similar_names_are_offered() {
        let names = ["Passcode", "PasscodeSettings", "DeviceLock"];
        assert_eq!(meant("Pascode", names.into_iter()), "; did you mean `Passcode`?");
        assert_eq!(meant("zzz", names.into_iter()), "");
    }
}
