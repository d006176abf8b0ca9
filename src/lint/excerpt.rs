//! Source lines in which everything is masked that could be a secret.
//!
//! An excerpt is not a copy of the line with the secrets removed. It is built from what is known to be harmless: indentation, the tags of
//! property lists, names of keys in the schema, and the one key or value that the finding is about, if that may be shown. Everything else
//! appears as [`MASK`]. What the line contains makes no difference.

use super::secrecy::{MASK, is_schema_name};

/// The line of a document that a finding is about.
///
/// Everything is masked except indentation, markup, key names of the schema, and the key or value that the finding is about. A
/// value is masked, too, unless the schema knows its key and the key holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excerpt {
    /// The line, or the part of a long line around the marked characters. It has no line break.
    pub text: String,
    /// The number of characters before the marked ones.
    pub column: usize,
    /// The number of marked characters, at least 1.
    pub length: usize,
}

/// What a finding is about, as it must appear at its offset to be shown.
#[derive(Clone, Copy)]
pub(super) enum Subject<'s> {
    /// A key.
    Key(&'s str),
    /// A text.
    Text(&'s str),
    /// A number, date or truth value.
    Scalar,
    /// A value that is not shown.
    Hidden,
}

/// How many bytes of a line are shown before and after the start of the marked characters.
const BEFORE: usize = 72;
const AFTER: usize = 96;

/// Elements of property lists.
const ELEMENTS: [&str; 11] = [
    "plist", "dict", "array", "key", "string", "integer", "real", "true", "false", "data", "date",
];

/// Markup that is shown as it is.
const MARKUP: [&str; 4] = [
    "<plist version=\"1.0\">",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
    "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">",
    "<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">",
];

/// Returns the excerpt of an XML document at an offset. `None` if nothing of the line can be shown.
pub(super) fn of_xml(text: &str, offset: usize, subject: Subject<'_>) -> Option<Excerpt> {
    let window = Window::around(text, offset)?;
    let mut line = Line::new(&window);
    line.push_xml(&text[window.start..offset]);
    let rest = &text[offset..window.end];
    let marked = xml_subject(rest, subject).unwrap_or_else(|| markup(rest).unwrap_or_default());
    line.mark(marked, rest);
    line.push_xml(&rest[marked.len()..]);
    line.finish(&window)
}

/// Returns the excerpt of a JSON document at an offset. `None` if nothing of the line can be shown.
///
/// The key before the value and the subject are all that is shown: in the rest of the line, strings may begin and end anywhere.
pub(super) fn of_json(text: &str, offset: usize, key: &str, subject: Subject<'_>) -> Option<Excerpt> {
    let window = Window::around(text, offset)?;
    let mut line = Line::new(&window);
    let before = &text[window.start..offset];
    let label = label(before, key);
    line.push_text(&before[..before.len() - label.len()]);
    line.push(label);
    let rest = &text[offset..window.end];
    let marked = json_subject(rest, subject).unwrap_or_default();
    line.mark(marked, rest);
    line.push_text(&rest[marked.len()..]);
    line.finish(&window)
}

/// The part of a line that is shown, in bytes of the text.
struct Window {
    start: usize,
    end: usize,
    /// Whether the line has more before and after the window.
    is_cut: [bool; 2],
}

impl Window {
    fn around(text: &str, offset: usize) -> Option<Self> {
        let mut start = offset.saturating_sub(BEFORE);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let mut end = (offset + AFTER).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(start..offset)?;
        let after = text.get(offset..end)?;
        let line_start = before.rfind(['\n', '\r']).map(|at| start + at + 1);
        let line_end = after.find(['\n', '\r']).map(|at| offset + at);
        Some(Self {
            start: line_start.unwrap_or(start),
            end: line_end.unwrap_or(end),
            is_cut: [
                line_start.is_none() && start > 0,
                line_end.is_none() && end < text.len(),
            ],
        })
    }
}

/// An excerpt that is being built.
struct Line {
    text: String,
    column: usize,
    length: usize,
    /// Whether anything but masks has been added.
    has_content: bool,
}

impl Line {
    fn new(window: &Window) -> Self {
        Self {
            text: if window.is_cut[0] {
                "…".to_owned()
            } else {
                String::new()
            },
            column: 0,
            length: 0,
            has_content: false,
        }
    }

    /// Adds what may be shown.
    fn push(&mut self, shown: &str) {
        self.has_content |= !shown.trim().is_empty();
        self.text.push_str(shown);
    }

    /// Adds text that may not be shown: of it, the white space at the start of the line remains.
    fn push_text(&mut self, text: &str) {
        let content = text.trim_start();
        if self.text.is_empty() {
            self.text.push_str(&text[..text.len() - content.len()]);
        }
        if content.is_empty() {
            if !self.text.is_empty() && !self.text.ends_with([' ', '\t']) && !text.is_empty() {
                self.text.push(' ');
            }
        } else if !self.text.ends_with(MASK) {
            self.text.push_str(MASK);
        }
    }

    /// Adds XML: tags and key names of the schema are shown, the rest is not.
    fn push_xml(&mut self, xml: &str) {
        let mut rest = xml;
        while !rest.is_empty() {
            let text = &rest[..rest.find('<').unwrap_or(rest.len())];
            if !text.is_empty() {
                self.push_text(text);
                rest = &rest[text.len()..];
            } else if let Some(tag) = known_key(rest).or_else(|| markup(rest)) {
                self.push(tag);
                rest = &rest[tag.len()..];
            } else {
                self.push_text(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }

    /// Adds the marked characters, or a mask if they may not be shown.
    fn mark(&mut self, marked: &str, rest: &str) {
        if marked.is_empty() && !rest.is_empty() {
            // A mask before would run into this one.
            let was_masked = self.text.ends_with(MASK);
            let len = self.text.len() - if was_masked { MASK.len() } else { 0 };
            self.column = self.text[..len].chars().count();
            self.length = MASK.chars().count();
            self.push_text(rest);
        } else {
            self.column = self.text.chars().count();
            self.length = marked.chars().count().max(1);
            self.push(marked);
        }
    }

    fn finish(mut self, window: &Window) -> Option<Excerpt> {
        if window.is_cut[1] {
            self.text.push('…');
        }
        let shown = self.text.trim_end().len();
        self.text.truncate(shown);
        self.has_content.then_some(Excerpt {
            text: self.text,
            column: self.column,
            length: self.length,
        })
    }
}

/// The tag that a text starts with, if it is one that property lists have, without attributes.
fn markup(text: &str) -> Option<&str> {
    if let Some(known) = MARKUP.iter().find(|known| text.starts_with(**known)) {
        return Some(&text[..known.len()]);
    }
    let end = text.bytes().take(12).position(|byte| byte == b'>')? + 1;
    let tag = &text[..end];
    let name = tag.strip_prefix('<')?.strip_suffix('>')?;
    let name = name.strip_prefix('/').or(name.strip_suffix('/')).unwrap_or(name);
    ELEMENTS.contains(&name).then_some(tag)
}

/// The `<key>` element that a text starts with, if the schema has a key of this name.
fn known_key(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix("<key>")?.split_once("</key>")?;
    is_schema_name(name).then(|| &text[.."<key></key>".len() + name.len()])
}

/// The part of an XML text that the subject takes, if it is written in the plain way.
fn xml_subject<'t>(text: &'t str, subject: Subject<'_>) -> Option<&'t str> {
    let element = |name: &str| {
        let inner = text.strip_prefix('<')?.strip_prefix(name)?.strip_prefix('>')?;
        let content = &inner[..inner.find('<').unwrap_or(inner.len())];
        let end = text.len() - inner.len() + content.len();
        let closed = text[end..]
            .strip_prefix("</")
            .and_then(|rest| rest.strip_prefix(name)?.strip_prefix('>'));
        Some((
            content,
            &text[..closed.map_or(end, |rest| text.len() - rest.len())],
            closed.is_some(),
        ))
    };
    match subject {
        Subject::Key(name) => element("key")
            .filter(|(content, ..)| *content == name)
            .map(|(_, whole, _)| whole),
        // A text that continues on the next line is shown up to there.
        Subject::Text(value) => element("string")
            .filter(|(content, _, closed)| {
                if *closed {
                    *content == value
                } else {
                    value.starts_with(*content)
                }
            })
            .map(|(_, whole, _)| whole),
        Subject::Scalar => ["integer", "real", "date"].into_iter().find_map(|name| {
            let (content, whole, closed) = element(name)?;
            (closed && is_plain_scalar(content)).then_some(whole)
        }),
        Subject::Hidden => None,
    }
}

/// Whether a text can be a number or a date.
fn is_plain_scalar(content: &str) -> bool {
    content.len() <= 40
        && content
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.:".contains(&byte))
}

/// The part of a JSON text that the subject takes, if it is written in the plain way.
fn json_subject<'t>(text: &'t str, subject: Subject<'_>) -> Option<&'t str> {
    let string = |value: &str| {
        let rest = text.strip_prefix('"')?.strip_prefix(value)?.strip_prefix('"')?;
        Some(&text[..text.len() - rest.len()])
    };
    match subject {
        Subject::Key(name) => string(name),
        Subject::Text(value) => string(value),
        Subject::Scalar => {
            let end = text
                .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
                .unwrap_or(text.len());
            Some(&text[..end]).filter(|scalar| !scalar.is_empty() && is_plain_scalar(scalar))
        }
        Subject::Hidden => text.starts_with(['{', '[']).then(|| &text[..1]),
    }
}

/// The key and colon at the end of a JSON text, if the key is this one and in the schema.
fn label<'t>(text: &'t str, key: &str) -> &'t str {
    let found = || {
        let before = text.trim_ascii_end().strip_suffix(':')?.trim_ascii_end();
        let start = before.strip_suffix('"')?.strip_suffix(key)?.strip_suffix('"')?;
        is_schema_name(key).then(|| &text[start.len()..])
    };
    found().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(excerpt: Option<Excerpt>) -> Option<(String, String)> {
        excerpt.map(|excerpt| {
            let mark = " ".repeat(excerpt.column) + &"^".repeat(excerpt.length);
            (excerpt.text, mark)
        })
    }

    #[test]
    fn xml_shows_markup_known_keys_and_the_subject() {
        for (text, at, subject, line, mark) in [
            (
                "<dict>\n\t<integer>1</integer>\n",
                "<integer>",
                Subject::Scalar,
                "\t<integer>1</integer>",
                " ^^^^^^^^^^^^^^^^^^^^",
            ),
            (
                "<key>Password</key><string>hunter2</string>",
                "<string>",
                Subject::Hidden,
                "<key>Password</key><string>•••</string>",
                "                   ^^^^^^^^",
            ),
            (
                "<key>Alloewd</key><true/><!-- hunter2 -->",
                "<key>",
                Subject::Key("Alloewd"),
                "<key>Alloewd</key><true/>•••",
                "^^^^^^^^^^^^^^^^^^",
            ),
            (
                "<key>Password</key><string a=\"/>\">hunter2</string><key>Other</key><true/>",
                "<true/>",
                Subject::Hidden,
                "<key>Password</key>•••</string><key>•••</key><true/>",
                "                                             ^^^^^^^",
            ),
            ("  hunter2 <b>hunter2</b>\n", "<b>", Subject::Hidden, "", ""),
            (
                "<string>表</string><true/>",
                "<string>",
                Subject::Text("表"),
                "<string>表</string><true/>",
                "^^^^^^^^^^^^^^^^^^",
            ),
            (
                "<string>two\nlines</string>",
                "<string>",
                Subject::Text("two\nlines"),
                "<string>two",
                "^^^^^^^^^^^",
            ),
        ] {
            let offset = text.find(at).unwrap();
            let wanted = (!line.is_empty()).then(|| (line.to_owned(), mark.to_owned()));
            assert_eq!(shown(of_xml(text, offset, subject)), wanted, "{text}");
        }
    }

    #[test]
    fn json_shows_the_key_and_the_subject() {
        for (text, at, key, subject, line, mark) in [
            (
                r#"  {"PIN": "1", "MinimumLength": "8", "Password": "hunter2"}"#,
                r#""8""#,
                "MinimumLength",
                Subject::Text("8"),
                r#"  •••"MinimumLength": "8"•••"#,
                r#"                      ^^^"#,
            ),
            (
                r#"{"Password": "hunter2"}"#,
                r#""hunter2"#,
                "Password",
                Subject::Hidden,
                r#"•••"Password": •••"#,
                r#"               ^^^"#,
            ),
            (
                r#"{"Passwrd": ["hunter2"]}"#,
                r#"["h"#,
                "Passwrd",
                Subject::Hidden,
                r#"•••[•••"#,
                r#"   ^"#,
            ),
            (
                r#"{"Passwrd": "hunter2"}"#,
                r#""hunter2"#,
                "Passwrd",
                Subject::Hidden,
                "",
                "",
            ),
        ] {
            let offset = text.find(at).unwrap();
            let wanted = (!line.is_empty()).then(|| (line.to_owned(), mark.to_owned()));
            assert_eq!(shown(of_json(text, offset, key, subject)), wanted, "{text}");
        }
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}<true/>{}", "a".repeat(5000), "b".repeat(5000));
        let wanted = ("…•••<true/>•••…".to_owned(), "    ^^^^^^^".to_owned());
        assert_eq!(shown(of_xml(&text, 5000, Subject::Hidden)), Some(wanted));
    }
}
