//! A document that may be shown.

use super::tree::Tree;
use crate::validate::Secrets;

/// The text with signs of the same length in the place of secret values; none where there are too many of these.
pub(super) fn hidden(text: &str, tree: &Tree<'_>, secrets: &Secrets) -> Option<String> {
    if secrets.are_more {
        return None;
    }
    if secrets.list.is_empty() {
        return Some(text.to_owned());
    }
    let mut shown = text.to_owned().into_bytes();
    for start in secrets.list.iter().flat_map(|path| tree.scalars(path)) {
        let rest = text.get(start..)?;
        let (from, to) = inner(rest);
        let mut at = start + from;
        for c in rest.get(from..to)?.chars() {
            // Each sign takes as many bytes and UTF-16 units as what it hides.
            let sign = match c.len_utf8() {
                1 => "*",
                2 => "·",
                3 => "•",
                _ => "··",
            };
            // Lines stay lines.
            if !c.is_ascii_whitespace() {
                shown.get_mut(at..at + sign.len())?.copy_from_slice(sign.as_bytes());
            }
            at += sign.len();
        }
    }
    String::from_utf8(shown).ok()
}

/// Where the value that a text starts with has its content: between tags or quotation marks.
fn inner(text: &str) -> (usize, usize) {
    if text.starts_with('<') {
        let from = text.find('>').map_or(text.len(), |end| end + 1);
        let tag = &text[..from];
        if tag.ends_with("/>") {
            return (from, from);
        }
        let name = tag[1..]
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let mut ends = text[from..].match_indices("</").map(|(end, _)| from + end);
        let end = ends.find(|end| text[end + 2..].starts_with(name));
        return (from, end.unwrap_or(text.len()));
    }
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
        return (0, end.unwrap_or(text.len()));
    };
    let mut is_escaped = false;
    let end = quoted.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    (1, end.map_or(text.len(), |end| 1 + end))
}
