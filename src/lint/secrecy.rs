//! Which keys hold secrets.
//!
//! The schema marks the keys that hold secrets. This module recognizes other keys whose names suggest a secret: near misses of secret keys, and
//! keys that contain a telling word.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::items::registry;
use crate::schema::{Dict, Key, Kind};
use crate::validate::suggest;

/// What a report shows instead of a value.
pub(super) const MASK: &str = "•••";

/// Words in the names of keys that hold secrets, in lower case.
const WORDS: [&str; 19] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "token",
    "challenge",
    "credential",
    "privatekey",
    "apikey",
    "presharedkey",
    "sharedkey",
    "recoverykey",
    "bypasscode",
    "authorization",
    "bearer",
    "unlock",
    "pushmagic",
    "keybag",
];

/// The letters of each word.
const WORD_SETS: [u64; WORDS.len()] = {
    let mut sets = [0; WORDS.len()];
    let mut index = 0;
    while index < sets.len() {
        sets[index] = letter_set(WORDS[index]);
        index += 1;
    }
    sets
};

/// Short names of secrets, which mean something else within other words.
const SHORT: [&str; 8] = ["pin", "psk", "ppk", "otp", "pwd", "pass", "key", "salt"];

/// The length of the longest name that is compared with others, in bytes.
const MAX_NAME: usize = 256;

/// The names that occur in the schema.
struct Names {
    /// All keys.
    all: BTreeSet<&'static str>,
    /// The keys that hold secrets.
    secret: BTreeSet<&'static str>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = Names {
            all: [
                "PayloadType",
                "RequestType",
                "MessageType",
                "Type",
                "Command",
                "CommandUUID",
                "Status",
            ]
            .into(),
            secret: BTreeSet::new(),
        };
        let mut seen = BTreeSet::new();
        let tables = registry::items().flat_map(|item| [item.keys, item.response]).flatten();
        let mut pending: Vec<&'static Dict> = tables.collect();
        pending.push(&crate::items::profiles::TOP_LEVEL);
        pending.push(&crate::items::declarations::DECLARATION_BASE);
        pending.push(<crate::items::profiles::CommonPayloadKeys as crate::codec::HasTable>::TABLE);
        while let Some(table) = pending.pop() {
            if seen.insert(std::ptr::from_ref(table)) {
                for key in table.keys {
                    names.all.insert(key.name);
                    // Most keys of this name hold payloads.
                    if key.secret && key.name != "PayloadContent" {
                        names.secret.insert(key.name);
                    }
                    push_tables(key, &mut pending);
                }
                if let Some(key) = table.any {
                    push_tables(key, &mut pending);
                }
            }
        }
        names
    })
}

/// Adds the tables of the dictionaries in the value of a key.
fn push_tables(key: &'static Key, tables: &mut Vec<&'static Dict>) {
    match key.kind {
        Kind::Dictionary(table) => tables.push(table),
        Kind::Array(item) | Kind::OneOrMany(item) | Kind::Map(item) => push_tables(item, tables),
        Kind::Union(union) => union.alternatives.iter().for_each(|(_, key)| push_tables(key, tables)),
        _ => {}
    }
}

/// Whether some key in the schema has this name. Such a name is never a secret itself.
pub(super) fn is_schema_name(name: &str) -> bool {
    names().all.contains(name)
}

/// Whether a key that the schema does not know is named like a secret one.
pub(super) fn resembles_secret(name: &str) -> bool {
    name.len() <= MAX_NAME
        && (has_secret_word(name) || suggest::closest(name, names().secret.iter().copied()).is_some())
}

/// Whether a key of the schema that is not marked as a secret could hold one: it takes any text, and its name suggests a secret.
pub(super) fn holds_secret(key: &Key) -> bool {
    let is_free = match key.kind {
        Kind::String => key.choices.is_empty(),
        Kind::Data | Kind::Any => true,
        _ => false,
    };
    is_free && has_secret_word(key.name)
}

/// Whether a text instead of a value of another type could be a secret: the name of its key suggests one.
pub(super) fn is_misplaced_secret(key: &Key, text: &str) -> bool {
    let is_text = matches!(key.kind, Kind::String | Kind::Data | Kind::Any);
    let is_harmless = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "1" | "0"
    );
    !is_text && !is_harmless && has_secret_word(key.name)
}

/// Whether the name of a key contains a word that suggests a secret.
fn has_secret_word(name: &str) -> bool {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    let set = letter_set(name);
    if WORD_SETS.iter().any(|word_set| word_set & !set == 0) {
        let whole = letters(name);
        if WORDS.iter().any(|word| whole.contains(word)) {
            return true;
        }
    }
    words(name).any(|word| match word.is_ascii() {
        true => SHORT.iter().any(|short| word.eq_ignore_ascii_case(short)),
        false => SHORT.contains(&&*letters(word)),
    })
}

/// Returns the set of letters and digits of a name, one bit for each residue of their code points. Names with other than ASCII characters
/// have all bits.
const fn letter_set(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (mut set, mut index) = (0, 0);
    while index < bytes.len() {
        let byte = bytes[index];
        if !byte.is_ascii() {
            return u64::MAX;
        }
        if byte.is_ascii_alphanumeric() {
            set |= 1 << (byte.to_ascii_lowercase() % 64);
        }
        index += 1;
    }
    set
}

/// Returns the words of a name, which start with capitals or follow a sign.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut previous_is_lower = false;
    let starts = move |c: char| {
        let is_start = !c.is_alphanumeric() || c.is_uppercase() && previous_is_lower;
        previous_is_lower = c.is_lowercase();
        is_start
    };
    let ends = name
        .char_indices()
        .scan(starts, |starts, (index, c)| Some(starts(c).then_some(index)));
    let mut start = 0;
    let ends = ends.flatten().chain([name.len()]);
    ends.map(move |end| {
        let word = &name[start..end];
        start = end;
        word.trim_start_matches(|c: char| !c.is_alphanumeric())
    })
}

/// Whether a text seems to contain a secret beside other things: a URL with a password, settings within a text.
pub(super) fn contains_secret(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has_user_info = lower.split_once("://").is_some_and(|(_, rest)| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        authority.split_once('@').is_some_and(|(user, _)| user.contains(':'))
    });
    let assigns = |word: &str| {
        lower.match_indices(word).any(|(at, _)| {
            let after =
                lower[at + word.len()..].trim_start_matches(|c: char| c.is_alphanumeric() || "_-\"' </>".contains(c));
            after.starts_with([':', '=']) || lower[at..].contains('<')
        })
    };
    has_user_info || WORDS.iter().any(|word| assigns(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_resemble_secrets_are_recognized() {
        for name in [
            "Password",
            "password",
            "Pasword",
            "Passwrod",
            "PASSWORD",
            "pass-word",
            "newPassword",
            "NewPasswrd",
            "PIN",
            "pin",
            "Pin",
            "UnlockPIN",
            "wifi_psk",
            "Challange",
            "SharedSecert",
            "client_secret",
            "APIKey",
            "api-key",
            "Key",
            "WiFiKey",
            "AuthToken",
            "TokenDta",
            "Passwört",
        ] {
            assert!(resembles_secret(name), "{name}");
        }
        for name in [
            "SSID_STR",
            "orientation",
            "PayloadType",
            "AutoJoin",
            "Pinned",
            "HostName",
            "Monkey",
            "Keyboard",
        ] {
            assert!(!resembles_secret(name), "{name}");
        }
    }

    #[test]
    fn texts_with_embedded_secrets_are_recognized() {
        for text in [
            "https://jane:hunter2@example.com/",
            r#"{"Password": "hunter2"}"#,
            "password=hunter2",
            "<key>Password</key><string>x</string>",
            "user: jane, passwd : x",
        ] {
            assert!(contains_secret(text), "{text}");
        }
        for text in [
            "https://example.com/a?b@c:d",
            "Enter your password",
            "jane@example.com",
            "com.apple.token",
        ] {
            assert!(!contains_secret(text), "{text}");
        }
    }
}
