//! Masks secrets in the text of a document.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::tree::Tree;
use crate::items::registry;
use crate::schema;
use crate::validate::Secrets;

/// Returns the text with secret values masked, or `None` if there are too many of them.
pub(super) fn mask(text: &str, tree: &Tree<'_>, secrets: &Secrets) -> Option<String> {
    if secrets.are_more {
        return None;
    }
    if secrets.list.is_empty() {
        return Some(text.to_owned());
    }
    let places = secrets.list.iter().flat_map(|path| tree.scalars(path));
    replace(
        text,
        places.filter_map(|start| {
            let (from, to) = content_range(text.get(start..)?);
            Some(start + from..start + to)
        }),
    )
}

/// Masks a document that cannot be read: whatever follows a key that is secret anywhere in the schema counts as a secret.
pub(super) fn mask_by_name(text: &str) -> Option<String> {
    static NAMES: OnceLock<BTreeSet<&str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names = BTreeSet::new();
        for item in registry::items() {
            let mut add = |_: &str, place: schema::Place| {
                if place.key.secret && !place.key.name.is_empty() {
                    names.insert(place.key.name);
                }
            };
            item.each_key(&mut add);
            item.each_response_key(&mut add);
        }
        names
    });
    let xml = text.match_indices("<key>").filter_map(|(at, start)| {
        let (name, after) = text[at + start.len()..].split_once('<')?;
        let value = after.strip_prefix("/key>").filter(|_| names.contains(name))?;
        let from = text.len() - value.len();
        let value = &value[..value.find(start).unwrap_or(value.len())];
        let tag = value.find('>').filter(|_| !value.contains("<dict"))? + 1;
        let end = value.rfind("</").filter(|end| *end >= tag).unwrap_or(value.len());
        Some(from + tag..from + end)
    });
    let json = text.match_indices('"').filter_map(|(at, _)| {
        let (name, after) = text[at + 1..].split_once('"')?;
        names.contains(name).then_some(())?;
        let value = after.trim_ascii_start().strip_prefix(':')?.trim_ascii_start();
        let start = text.len() - value.len();
        let (from, to) = match value.strip_prefix('[') {
            Some(items) if items.trim_ascii_start().starts_with('"') => (1, 1 + length_before(items, ']')),
            Some(_) => return None,
            None => in_json(value),
        };
        // An unterminated string ends with its line.
        let to = value[..to].find('\n').unwrap_or(to);
        Some(start + from..start + to.max(from))
    });
    if text.trim_ascii_start().starts_with('<') {
        replace(text, xml)
    } else {
        replace(text, json)
    }
}

/// Returns the number of bytes before the first `end` among the first 256 characters.
fn length_before(text: &str, end: char) -> usize {
    const MAX_CHARS: usize = 256;
    let most = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    text[..most].find(end).unwrap_or(most)
}

/// Replaces these ranges of the text.
fn replace(text: &str, parts: impl Iterator<Item = Range<usize>>) -> Option<String> {
    let mut shown = text.to_owned().into_bytes();
    for part in parts {
        let mut at = part.start;
        for c in text.get(part)?.chars() {
            // A mask has as many bytes and UTF-16 units as the character it replaces.
            let sign = match c.len_utf8() {
                1 => "*",
                2 => "·",
                3 => "•",
                _ => "··",
            };
            // Keep line breaks.
            if !c.is_ascii_whitespace() {
                shown.get_mut(at..at + sign.len())?.copy_from_slice(sign.as_bytes());
            }
            at += sign.len();
        }
    }
    String::from_utf8(shown).ok()
}

/// Returns the range between the tags or quotation marks of the value at the start of the text.
fn content_range(text: &str) -> (usize, usize) {
    if text.starts_with('<') {
        in_xml(text)
    } else {
        in_json(text)
    }
}

fn in_xml(text: &str) -> (usize, usize) {
    let from = text.find('>').map_or(text.len(), |end| end + 1);
    let tag = &text[..from];
    if tag.ends_with("/>") {
        return (from, from);
    }
    let name = tag
        .trim_start_matches('<')
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let mut at = from;
    while let Some(markup) = text[at..].find('<') {
        at += markup;
        let rest = &text[at..];
        // An end tag in CDATA does not count.
        if rest.starts_with("<![CDATA[") {
            at += rest.find("]]>").unwrap_or(rest.len());
        } else if rest.strip_prefix("</").is_some_and(|rest| rest.starts_with(name)) {
            return (from, at);
        } else {
            at += 1;
        }
    }
    (from, text.len())
}

fn in_json(text: &str) -> (usize, usize) {
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
