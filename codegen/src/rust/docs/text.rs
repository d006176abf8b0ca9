//! Texts of the schema as Markdown.

/// Adds a paragraph, unless it is empty.
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

/// Converts a text of the schema to Markdown for a doc comment.
///
/// Emphasis, lists, code spans and links to web pages remain. Everything that rustdoc would compile, resolve or warn about becomes
/// plain text: code blocks, HTML, and names in brackets.
pub(super) fn prose(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_end();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !plain.is_empty() {
            plain.push('\n');
        }
        // Four spaces start a code block, as do five after a list marker.
        plain.push_str(&"   "[..indent.min(3)]);
        let words = line.split(|c: char| c.is_whitespace() || c.is_control());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        plain.push_str(&words.join(" "));
    }
    let mut out = String::with_capacity(plain.len() + 16);
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '`' => code_span(rest, &mut out),
            '~' if rest.starts_with("~~~") => escaped(rest, '~', &mut out),
            '<' => match rest.find('>').filter(|end| is_web(&rest[1..*end])) {
                Some(end) => {
                    out.push_str(&rest[..=end]);
                    end + 1
                }
                None => escaped(rest, '<', &mut out),
            },
            '[' => link(rest, &mut out),
            // `|` ends a code span in a table.
            ']' | '|' => escaped(rest, first, &mut out),
            '\\' => {
                let next = rest[1..].chars().next().filter(char::is_ascii_punctuation);
                out.push('\\');
                // A literal backslash must not escape the next character.
                out.push(next.unwrap_or('\\'));
                1 + next.map_or(0, char::len_utf8)
            }
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || "<>`[]()\"'\\".contains(c))
                    .unwrap_or(rest.len());
                let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '…']);
                if is_web(url) && url.is_ascii() {
                    out.push_str(&format!("<{url}>"));
                    url.len()
                } else {
                    out.push('h');
                    1
                }
            }
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// Writes a run of one character with a backslash before each. Returns the length of the run.
fn escaped(rest: &str, sign: char, out: &mut String) -> usize {
    let length = rest.len() - rest.trim_start_matches(sign).len();
    for _ in 0..length / sign.len_utf8() {
        out.push('\\');
        out.push(sign);
    }
    length
}

/// Writes the code span at the beginning of a text. If the span has no end or is a code block, writes the backticks as text.
fn code_span(rest: &str, out: &mut String) -> usize {
    let fence = rest.len() - rest.trim_start_matches('`').len();
    let paragraph = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
    let mut at = fence;
    while fence < 3
        && let Some(start) = paragraph[at..].find('`')
    {
        let start = at + start;
        let run = paragraph[start..].len() - paragraph[start..].trim_start_matches('`').len();
        at = start + run;
        if run == fence {
            out.push_str(&paragraph[..at].replace('\n', " "));
            return at;
        }
    }
    escaped(rest, '`', out)
}

/// Writes the link to a web page at the beginning of a text. If there is none, writes the bracket as text.
fn link(rest: &str, out: &mut String) -> usize {
    let link = rest[1..].split_once("](").and_then(|(label, after)| {
        let (url, _) = after.split_once(')')?;
        let is_plain = !label.is_empty() && !label.contains(['[', ']', '`', '<', '\\', '\n']);
        (is_plain && is_web(url)).then_some(label.len() + url.len() + 4)
    });
    match link {
        Some(length) => {
            out.push_str(&rest[..length]);
            length
        }
        None => escaped(rest, '[', out),
    }
}

fn is_web(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty())
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()[]`\"'\\".contains(c))
}

/// Formats a text of the schema as code.
pub(super) fn code(text: impl AsRef<str>) -> String {
    let text: String = text
        .as_ref()
        .chars()
        .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
        .collect();
    if !text.contains('`') {
        // A code span of spaces only would not be visible as such.
        let blank = !text.is_empty() && text.trim().is_empty();
        return if blank { "` `".to_owned() } else { format!("`{text}`") };
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Splits off the first sentence, which rustdoc shows in lists.
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

/// Converts a sentence without markup to Markdown, with the names of keys as code.
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
        // A full stop belongs to the sentence, not to the name.
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

/// Formats texts as a bulleted list.
pub(super) fn bullets<T: AsRef<str>>(texts: &[T]) -> String {
    let lines: Vec<String> = texts.iter().map(|text| format!("- {}", text.as_ref())).collect();
    lines.join("\n")
}

/// Joins texts with commas: `a, b and c`.
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
    fn the_first_sentence_ends_before_the_next_one() {
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
    fn a_text_cannot_break_the_documentation() {
        for (text, expected) in [
            (
                "Plain text, `code` and *emphasis*.",
                "Plain text, `code` and *emphasis*.",
            ),
            ("A list:\n- one\n- two", "A list:\n- one\n- two"),
            ("    let x = 1;", "   let x = 1;"),
            ("-      code\n\tmore", "- code\nmore"),
            ("```rust\npanic!()\n```", "\\`\\`\\`rust\npanic!()\n\\`\\`\\`"),
            ("~~~\nx\n~~~", "\\~\\~\\~\nx\n\\~\\~\\~"),
            ("A `code with no end", "A \\`code with no end"),
            ("`two\nlines` and ``a`b``", "`two lines` and ``a`b``"),
            ("A <string> & </b>", "A \\<string> & \\</b>"),
            (
                "See [Name] or [`Name`](crate::Name).",
                "See \\[Name\\] or \\[`Name`\\](crate::Name).",
            ),
            (
                "See [page](https://example.com/a) here.",
                "See [page](https://example.com/a) here.",
            ),
            ("See https://example.com/a_b?c=d.", "See <https://example.com/a_b?c=d>."),
            ("See <https://example.com>.", "See <https://example.com>."),
            ("| a |\n|---|", "\\| a \\|\n\\|---\\|"),
            ("Already \\<escaped\\>, C:\\dir", "Already \\<escaped\\>, C:\\\\dir"),
        ] {
            assert_eq!(prose(text), expected, "{text}");
        }
        for (text, expected) in [
            ("Name", "`Name`"),
            ("a`b", "`` a`b ``"),
            ("a\n```b", "```` a ```b ````"),
            ("", "``"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn names_of_keys_become_code_and_markup_is_escaped() {
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
