//! Sentences and what Markdown makes of them.

/// Adds a paragraph.
pub(super) fn paragraph(doc: &mut String, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    if !doc.is_empty() {
        doc.push_str("\n\n");
    }
    doc.push_str(text);
}

/// The first sentence, which stands in the table of contents, and the others.
pub(super) fn first_sentence(text: &str) -> (&str, &str) {
    let mut code = false;
    for (at, char) in text.char_indices() {
        match char {
            '`' => code = !code,
            '\n' if !code && text[at..].starts_with("\n\n") => return (text[..at].trim(), text[at..].trim()),
            '.' | '!' | '?' if !code => {
                let mut rest = text[at + 1..].chars();
                let space = rest.next().is_some_and(char::is_whitespace);
                let begins = rest
                    .find(|next| !next.is_whitespace())
                    .is_some_and(|next| next.is_uppercase() || next == '`');
                if space && begins && !is_abbreviation(&text[..=at]) {
                    return (text[..=at].trim(), text[at + 1..].trim());
                }
            }
            _ => {}
        }
    }
    (text.trim(), "")
}

fn is_abbreviation(text: &str) -> bool {
    ["e.g.", "i.e.", "etc.", "vs.", "cf."]
        .iter()
        .any(|end| text.ends_with(end))
}

/// A sentence without markup as Markdown, the names of keys as code.
pub(super) fn marked(text: &str, keys: &[&str]) -> String {
    let is_part = |char: char| char.is_alphanumeric() || "-_.".contains(char);
    let mut out = String::new();
    let mut code = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|char: char| !is_part(char)).unwrap_or(rest.len());
        if code || end == 0 {
            code ^= first == '`';
            if !code && "*_<>[]".contains(first) {
                out.push('\\');
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        // A full stop is the sentence's.
        let word = rest[..end].trim_end_matches(['.', '-']);
        let word = if word.is_empty() { &rest[..end] } else { word };
        let is_name = word.contains(|char: char| char.is_uppercase() || "-_".contains(char));
        if is_name && keys.contains(&word) || word.starts_with('_') {
            out.push_str(&format!("`{word}`"));
        } else {
            out.push_str(word);
        }
        rest = &rest[word.len()..];
    }
    out
}

/// Texts as a list with a line for each.
pub(super) fn bullets<T: AsRef<str>>(texts: &[T]) -> String {
    let lines: Vec<String> = texts.iter().map(|text| format!("- {}", text.as_ref())).collect();
    lines.join("\n")
}

/// Texts as one list: `a, b and c`.
pub(super) fn list(texts: &[String], last: &str) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., end] => format!("{} {last} {end}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_ends_where_another_begins() {
        for (text, first, rest) in [
            ("One only.", "One only.", ""),
            ("The first. Then more. And more.", "The first.", "Then more. And more."),
            (
                "Since iOS 9.3 it works, e.g. Here. `A` too.",
                "Since iOS 9.3 it works, e.g. Here.",
                "`A` too.",
            ),
            ("In `a. B` code. End.", "In `a. B` code.", "End."),
            ("No stop\n\nThen more.", "No stop", "Then more."),
            ("A version 1. and so on.", "A version 1. and so on.", ""),
        ] {
            assert_eq!(first_sentence(text), (first, rest));
        }
    }

    #[test]
    fn keys_are_code_and_signs_are_themselves() {
        let keys = ["Host", "name", "serial-number"];
        for (text, expected) in [
            ("Host needs a name.", "`Host` needs a name."),
            ("`Host` and Host.", "`Host` and `Host`."),
            (
                "Hosts, serial-number: *.x or [a]",
                "Hosts, `serial-number`: \\*.x or \\[a\\]",
            ),
            ("Nothing but _removed.", "Nothing but `_removed`."),
            ("At 0x20 … U+7E.", "At 0x20 … U+7E."),
        ] {
            assert_eq!(marked(text, &keys), expected);
        }
    }
}
