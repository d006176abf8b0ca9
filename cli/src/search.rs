//! Searches items by words.

use apple_mdm::schema::{Item, Literal};

use crate::explain::aliases;

/// An item that was found.
pub struct Hit {
    pub item: &'static Item,
    score: u32,
    /// The paths of the keys whose names contain a word, those of a response marked.
    pub keys: Vec<FoundKey>,
}

/// A key that was found.
pub struct FoundKey {
    pub path: String,
    pub in_response: bool,
}

/// What a word can be found in, and how much each counts.
const EXACT_NAME: u32 = 200;
const ALIAS: u32 = 150;
const WHOLE_NAME_PART: u32 = 60;
const NAME_PART: u32 = 35;
const WHOLE_KEY: u32 = 25;
const KEY_PART: u32 = 15;
const DESCRIPTION: u32 = 8;
const KEY_DESCRIPTION: u32 = 3;

/// Returns the items in which every word of `query` occurs: in their names and titles, the names of their keys, or the descriptions. The
/// best ones come first.
pub fn search(query: &str, items: impl Iterator<Item = &'static Item>) -> Vec<Hit> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let also_called = aliases::named(query);
    let mut hits: Vec<Hit> = items.filter_map(|item| hit(item, query, &words, also_called)).collect();
    hits.sort_by(|a, b| b.score.cmp(&a.score).then(a.item.name.cmp(b.item.name)));
    hits
}

fn hit(item: &'static Item, query: &str, words: &[String], also_called: &[&str]) -> Option<Hit> {
    let mut keys = Vec::new();
    let mut scores = vec![0; words.len()];
    let raise = |score: &mut u32, value: u32| *score = (*score).max(value);
    for (word, score) in words.iter().zip(&mut scores) {
        for name in item.aliases.iter().copied().chain([item.name, item.rust, item.title]) {
            raise(score, score_of_name(name, word));
        }
        if contains(item.description, word) {
            raise(score, DESCRIPTION);
        }
        let listed = item.choices.iter().any(|choice| match choice.value {
            Literal::String(text) => contains(text, word),
            _ => false,
        });
        if listed {
            raise(score, KEY_PART);
        }
    }
    let mut look_at = |path: &str, key: &'static apple_mdm::schema::Key, in_response: bool| {
        let mut is_named = false;
        for (word, score) in words.iter().zip(&mut scores) {
            let own = score_of_key(key.name, word);
            is_named |= own > 0;
            raise(score, own);
            if own == 0 && contains(key.description, word) {
                raise(score, KEY_DESCRIPTION);
            }
        }
        if is_named && !path.ends_with("[]") {
            keys.push(FoundKey {
                path: path.to_owned(),
                in_response,
            });
        }
    };
    item.each_key(&mut |path, place| look_at(path, place.key, false));
    item.each_response_key(&mut |path, place| look_at(path, place.key, true));
    let is_called = |name: &str| name.eq_ignore_ascii_case(query);
    let mut score: u32 = scores.iter().sum();
    if scores.contains(&0) {
        score = 0;
    }
    if also_called.iter().any(|name| item.is_called(name)) {
        score = score.max(ALIAS);
    }
    if is_called(item.name) || is_called(item.rust) || is_called(item.title) {
        score += EXACT_NAME;
    }
    (score > 0).then_some(Hit { item, score, keys })
}

fn score_of_name(name: &str, word: &str) -> u32 {
    if parts(name).any(|part| part.eq_ignore_ascii_case(word)) {
        WHOLE_NAME_PART
    } else if contains(name, word) || contains(&without_signs(name), &without_signs(word)) {
        NAME_PART
    } else {
        0
    }
}

fn score_of_key(name: &str, word: &str) -> u32 {
    if name.eq_ignore_ascii_case(word) {
        WHOLE_KEY
    } else if contains(name, word) {
        KEY_PART
    } else {
        0
    }
}

fn contains(text: &str, word: &str) -> bool {
    !word.is_empty() && text.to_lowercase().contains(word)
}

fn without_signs(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The parts of a name: `FileVault2` has `File` and `Vault2`, `com.apple.dock` has `com`, `apple` and `dock`.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let by_sign = name.split(|c: char| !c.is_alphanumeric());
    by_sign.flat_map(|part| {
        let mut starts: Vec<usize> = vec![0];
        let mut was_lower = false;
        for (at, c) in part.char_indices() {
            if c.is_uppercase() && was_lower {
                starts.push(at);
            }
            was_lower = c.is_lowercase() || c.is_ascii_digit();
        }
        starts.push(part.len());
        let pairs: Vec<&str> = starts
            .windows(2)
            .filter_map(|pair| part.get(pair[0]..pair[1]))
            .collect();
        pairs.into_iter().chain([part])
    })
}

#[cfg(test)]
mod tests {
    use apple_mdm::schema;

    use super::*;

    fn names(query: &str) -> Vec<&'static str> {
        search(query, schema::items()).iter().map(|hit| hit.item.name).collect()
    }

    #[test]
    fn the_best_item_comes_first() {
        for (query, first) in [
            ("dock", "com.apple.dock"),
            ("kernel extensions", "com.apple.syspolicy.kernel-extension-policy"),
            ("PPPC", "com.apple.TCC.configuration-profile-policy"),
            ("wifi", "com.apple.wifi.managed"),
            ("minLength", "com.apple.mobiledevice.passwordpolicy"),
            ("firmware password", "SetFirmwarePassword"),
        ] {
            let found = names(query);
            assert!(
                found.iter().take(3).any(|name| *name == first),
                "{query}: {:?}",
                &found[..found.len().min(5)]
            );
        }
    }

    #[test]
    fn every_word_must_occur() {
        assert!(names("dock zzzzzz").is_empty());
        assert!(names("").is_empty());
        assert!(names("dock orientation").contains(&"com.apple.dock"));
    }

    #[test]
    fn the_keys_that_contain_a_word_are_named() {
        let hits = search("orientation", schema::items());
        let dock = hits.iter().find(|hit| hit.item.name == "com.apple.dock").unwrap();
        assert!(
            dock.keys
                .iter()
                .any(|key| key.path == "orientation" && !key.in_response)
        );
    }

    #[test]
    fn names_have_parts() {
        let all: Vec<&str> = parts("com.apple.MCX.FileVault2").collect();
        for part in ["com", "MCX", "File", "Vault2", "FileVault2"] {
            assert!(all.contains(&part), "{part}: {all:?}");
        }
    }
}
