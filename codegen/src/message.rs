//! The wording of error messages: suggestions, lists of expected words, and values quoted from a file.

use serde_yaml::Value;

/// Returns the known word that `found` is probably a misspelling of.
#[must_use]
pub fn closest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let normalized = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let wanted = normalized(found);
    if wanted.is_empty() || wanted.len() > 100 {
        return None;
    }
    let distances = known.into_iter().map(|known| {
        let name = normalized(known);
        // Long names may differ in more characters than short ones.
        let length = name.chars().count();
        let limit = if length < 3 { 0 } else { (length / 3).min(3) };
        let distance = strsim::damerau_levenshtein(&wanted, &name);
        (distance, limit, known)
    });
    distances
        .filter(|(distance, limit, known)| distance <= limit && *known != found)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., known)| known)
}

/// Returns "did you mean …?" if a known word is close to the one found.
#[must_use]
pub fn did_you_mean<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(found, known).map(|known| format!("did you mean `{known}`?"))
}

/// Formats words as a list: "`a`, `b` or `c`".
#[must_use]
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    }
}

/// Quotes a text from a file: on one line, and cut off after 120 characters.
#[must_use]
pub fn shorten(text: &str) -> String {
    const MAX: usize = 120;
    let mut shown: String = text
        .chars()
        .take(MAX)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// Describes a YAML value that was found instead of the expected one.
#[must_use]
pub fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the text `{}`", shorten(text)),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
        Value::Tagged(tagged) => format!("a value with the tag `{}`", shorten(&tagged.tag.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_close_word_is_suggested_and_a_distant_one_is_not() {
        let words = ["A", "<string>", "presence", "iOS", "macOS", "supportedOS"];
        for (found, expected) in [
            ("<strin>", Some("<string>")),
            ("string", Some("<string>")),
            ("presense", Some("presence")),
            ("ios", Some("iOS")),
            ("mac-OS", Some("macOS")),
            ("supported", Some("supportedOS")),
            ("colour", None),
            ("X", None),
            ("presence", None),
            ("", None),
        ] {
            assert_eq!(closest(found, words), expected, "{found}");
        }
    }
}
