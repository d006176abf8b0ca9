//! Converts names in the schema to Rust names.
//!
//! Rust names are ASCII, because rustc warns about letters that look alike.

use std::borrow::Cow;
use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Converts names, with exceptions for words that the general rule splits in the wrong place.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// By the first byte of the fragment: the fragment as it appears in keys, and its words joined with `_`. Longer fragments come
    /// first.
    fragments: BTreeMap<u8, Vec<(String, String)>>,
}

/// A part of a text.
enum Part<'a, 't> {
    /// A known fragment, and its words.
    Known(&'a str, &'a str),
    /// Text between known fragments.
    Plain(&'t str),
}

impl Words {
    /// Creates the exceptions from the entries of `words.yaml`.
    #[must_use]
    pub fn new(mut fragments: Vec<(String, String)>) -> Self {
        fragments.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let mut words = Self::default();
        for pair in fragments {
            // An empty fragment occurs in no text.
            if let Some(first) = pair.0.bytes().next() {
                let spelt = pair.1.to_ascii_lowercase();
                let pair = (pair.0, spelt.replace(|c: char| !c.is_ascii_alphanumeric(), "_"));
                words.fragments.entry(first).or_default().push(pair);
            }
        }
        words
    }

    /// Returns the known fragments.
    pub fn fragments(&self) -> impl Iterator<Item = &str> {
        self.fragments.values().flatten().map(|(fragment, _)| fragment.as_str())
    }

    /// Converts to snake case: `allowSimple` → `allow_simple`.
    #[must_use]
    pub fn snake(&self, text: &str) -> String {
        let mut words: Vec<String> = Vec::new();
        self.parts(&ascii(text), &mut |part| match part {
            Part::Known(_, spelt) => push(&mut words, spelt),
            Part::Plain(text) => push(&mut words, &text.to_snake_case()),
        });
        words.join("_")
    }

    /// Calls `each` with each known fragment in a text.
    pub(crate) fn each_fragment<'a>(&'a self, text: &str, each: &mut dyn FnMut(&'a str)) {
        self.parts(text, &mut |part| {
            if let Part::Known(fragment, _) = part {
                each(fragment);
            }
        });
    }

    /// Splits a text into known fragments and the text between them.
    fn parts<'a, 't>(&'a self, text: &'t str, f: &mut dyn FnMut(Part<'a, 't>)) {
        let (mut plain, mut at) = (0, 0);
        while let Some(first) = text.as_bytes().get(at) {
            let rest = &text[at..];
            let found = self.fragments.get(first).and_then(|fragments| {
                fragments.iter().find(|(fragment, _)| {
                    rest.starts_with(fragment.as_str())
                        // A fragment must be whole words: `IDs` is one in `BundleIDs`, but not in `UUIDs`.
                        && !(text[plain..at].ends_with(char::is_uppercase) && fragment.starts_with(char::is_uppercase))
                        && !rest[fragment.len()..].starts_with(char::is_lowercase)
                })
            });
            if let Some((fragment, spelt)) = found {
                f(Part::Plain(&text[plain..at]));
                f(Part::Known(fragment, spelt));
                at += fragment.len();
                plain = at;
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        f(Part::Plain(&text[plain..]));
    }

    /// Converts to camel case: `allowSimple` → `AllowSimple`.
    #[must_use]
    pub fn camel(&self, text: &str) -> String {
        self.snake(text).to_upper_camel_case()
    }

    /// Returns the name of a field.
    #[must_use]
    pub fn field(&self, text: &str) -> String {
        let name = shortened(self.snake(text));
        if name.is_empty() {
            "empty".to_owned()
        } else if name.starts_with(|c: char| c.is_ascii_digit()) {
            format!("n{name}")
        } else {
            name
        }
    }

    /// Returns the name of a type or variant.
    #[must_use]
    pub fn type_name(&self, text: &str) -> String {
        // Punctuation can distinguish values: `1.3`, `-1`, `+`.
        let spelt = ascii(text).replace('+', " plus ");
        let name = shortened(self.camel(&spelt));
        if text.is_empty() {
            "Empty".to_owned()
        } else if name.is_empty() {
            "Sign".to_owned()
        } else if name.starts_with(|c: char| c.is_ascii_digit()) {
            let digits: String = spelt
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
                .collect();
            format!("V{}", shortened(digits))
        } else if name == "Self" {
            "Self_".to_owned()
        } else {
            name
        }
    }
}

/// Cuts off a long name. rustdoc derives file names from names, and joins several of them for a nested type.
fn shortened(mut name: String) -> String {
    const MAX: usize = 80;
    // Names are ASCII, so every index is a character boundary.
    if name.len() > MAX {
        name.truncate(MAX);
        name.truncate(name.trim_end_matches('_').len());
    }
    name
}

/// Converts all letters to ASCII: drops accents, and replaces letters of other scripts with their code points.
fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            c if c.is_ascii() => out.push(c),
            'À'..='Å' => out.push('A'),
            'à'..='å' => out.push('a'),
            'Æ' => out.push_str("AE"),
            'æ' => out.push_str("ae"),
            'Ç' => out.push('C'),
            'ç' => out.push('c'),
            'È'..='Ë' => out.push('E'),
            'è'..='ë' => out.push('e'),
            'Ì'..='Ï' => out.push('I'),
            'ì'..='ï' => out.push('i'),
            'Ñ' => out.push('N'),
            'ñ' => out.push('n'),
            'Ò'..='Ö' | 'Ø' => out.push('O'),
            'ò'..='ö' | 'ø' => out.push('o'),
            'Ù'..='Ü' => out.push('U'),
            'ù'..='ü' => out.push('u'),
            'ß' => out.push_str("ss"),
            c if c.is_alphanumeric() => out.push_str(&format!(" u{:x} ", u32::from(c))),
            _ => out.push(' '),
        }
    }
    Cow::Owned(out)
}

/// Whether rustc accepts a name as camel case.
#[must_use]
pub fn is_camel(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let beside_letter = |at: usize| is_letter(bytes.get(at + 1)) || at > 0 && is_letter(bytes.get(at - 1));
    !name.contains("__")
        && !bytes
            .iter()
            .enumerate()
            .any(|(at, byte)| *byte == b'_' && beside_letter(at))
}

fn push(words: &mut Vec<String>, text: &str) {
    if !text.is_empty() {
        words.push(text.to_owned());
    }
}

/// The keywords of Rust, including reserved ones, except those that cannot be raw identifiers.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Makes an identifier: a raw one if the name is a keyword.
#[must_use]
pub fn ident(name: &str) -> Ident {
    match name {
        "self" | "super" | "crate" | "Self" | "_" => Ident::new(&format!("{name}_"), Span::call_site()),
        _ if KEYWORDS.contains(&name) => Ident::new_raw(name, Span::call_site()),
        _ => Ident::new(name, Span::call_site()),
    }
}

/// Appends a number to `name` if `taken` contains it. Adds the result to `taken`.
pub fn distinct(name: String, taken: &mut Vec<String>) -> String {
    let mut candidate = name.clone();
    let mut number = 2;
    while taken.contains(&candidate) {
        candidate = format!("{name}_{number}");
        number += 1;
    }
    taken.push(candidate.clone());
    candidate
}

/// Like [`distinct`], for types and variants, whose names have underscores only between digits.
pub fn distinct_type(name: String, taken: &mut Vec<String>) -> String {
    let mut candidate = name.clone();
    let mut number = 2;
    let gap = if name.ends_with(|c: char| c.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    while taken.contains(&candidate) {
        candidate = format!("{name}{gap}{number}");
        number += 1;
    }
    taken.push(candidate.clone());
    candidate
}

/// Returns the name of a static, such as `PASSCODE_CUSTOM_REGEX`.
#[must_use]
pub fn shout(name: &str) -> String {
    name.to_snake_case().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let pairs = [
            ("IDs", "ids"),
            ("UUIDs", "uuids"),
            ("OAuth", "oauth"),
            ("XAuth", "xauth"),
            ("QoS", "qos"),
            ("dNSName", "dns_name"),
            ("PPPoE", "pppoe"),
            ("iOS", "ios"),
            ("IPv4", "ipv4"),
            ("VoIP", "voip"),
            ("WiFi", "wifi"),
        ];
        Words::new(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
    }

    #[test]
    fn fields() {
        for (key, field) in [
            ("allowSimple", "allow_simple"),
            ("maxPINAgeInDays", "max_pin_age_in_days"),
            ("PayloadUUID", "payload_uuid"),
            ("BundleIDs", "bundle_ids"),
            ("PayloadUUIDs", "payload_uuids"),
            ("OAuth", "oauth"),
            ("OAuthSignInURL", "oauth_sign_in_url"),
            ("XAuthName", "xauth_name"),
            ("QoSMarkingPolicy", "qos_marking_policy"),
            ("dNSName", "dns_name"),
            ("PPPoE", "pppoe"),
            ("iOSApp", "ios_app"),
            ("IPv4", "ipv4"),
            ("allowVoIP", "allow_voip"),
            ("Key Type", "key_type"),
            (
                "com.apple.EnergySaver.desktop.ACPower",
                "com_apple_energy_saver_desktop_ac_power",
            ),
            ("static-code", "static_code"),
            ("_Reasons", "reasons"),
            ("802.1X", "n802_1x"),
            ("SSID_STR", "ssid_str"),
        ] {
            assert_eq!(words().field(key), field, "{key}");
        }
    }

    #[test]
    fn variants() {
        for (value, variant) in [
            ("System", "System"),
            ("1.3", "V1_3"),
            ("", "Empty"),
            ("com.apple.maid", "ComAppleMaid"),
            ("*", "Sign"),
            ("Password+Certificate", "PasswordPlusCertificate"),
            ("self", "Self_"),
        ] {
            assert_eq!(words().type_name(value), variant, "{value}");
        }
    }

    #[test]
    fn long_names_are_cut_off() {
        let long = "Long".repeat(100);
        assert_eq!(words().type_name(&long).len(), 80);
        assert_eq!(
            words().field(&"long ".repeat(100)),
            "long_".repeat(16).trim_end_matches('_')
        );
        assert!(words().type_name(&"1".repeat(400)).len() < 100);
    }

    #[test]
    fn names_are_ascii() {
        for (key, field, variant) in [
            ("Größe", "grosse", "Grosse"),
            ("日本", "u65e5_u672c", "U65e5U672c"),
            ("½ ²", "ubd_ub2", "UbdUb2"),
            ("٣x", "u663_x", "U663X"),
            ("🎉", "empty", "Sign"),
            ("naïve café", "naive_cafe", "NaiveCafe"),
        ] {
            assert_eq!(words().field(key), field, "{key}");
            assert_eq!(words().type_name(key), variant, "{key}");
        }
    }

    #[test]
    fn names_that_rustc_does_not_accept_as_camel_case_are_recognized() {
        for (name, camel) in [
            ("System", true),
            ("V1_3", true),
            ("V50_", true),
            ("Self_", false),
            ("V1_a", false),
            ("A_2", false),
            ("V1__3", false),
        ] {
            assert_eq!(is_camel(name), camel, "{name}");
        }
        let mut taken = vec!["ComApple".to_owned(), "V1_3".to_owned()];
        assert_eq!(distinct_type("ComApple".to_owned(), &mut taken), "ComApple2");
        assert_eq!(distinct_type("V1_3".to_owned(), &mut taken), "V1_3_2");
    }

    #[test]
    fn keywords_become_raw_identifiers_or_get_an_underscore() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("name").to_string(), "name");
    }
}
