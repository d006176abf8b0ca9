//! A document that may be shown.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::tree::Tree;
use crate::items::registry;
use crate::schema;
use crate::validate::Secrets;

/// The text with signs of the same length in the place of secret values; none where there are too many of these.
pub(super) fn hidden(text: &str, tree: &Tree<'_>, secrets: &Secrets) -> Option<String> {
    if secrets.are_more {
        return None;
    }
    if secrets.list.is_empty() {
        return Some(text.to_owned());
    }
    let places = secrets.list.iter().flat_map(|path| tree.scalars(path));
    covered(
        text,
        places.filter_map(|start| {
            let (from, to) = inner(text.get(start..)?);
            Some(start + from..start + to)
        }),
    )
}

/// The same for a document that cannot be read: what stands after a key that is secret somewhere in the schema counts as one.
pub(super) fn hidden_by_name(text: &str) -> Option<String> {
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
            Some(items) if items.trim_ascii_start().starts_with('"') => (1, 1 + short(items, ']')),
            Some(_) => return None,
            None => in_json(value),
        };
        // A string without an end ends with its line.
        let to = value[..to].find('\n').unwrap_or(to);
        Some(start + from..start + to.max(from))
    });
    if text.trim_ascii_start().starts_with('<') {
        covered(text, xml)
    } else {
        covered(text, json)
    }
}

/// How many bytes come before the first `end`, or a part of the text where there is none.
fn short(text: &str, end: char) -> usize {
    const MOST: usize = 256;
    let most = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    text[..most].find(end).unwrap_or(most)
}

/// The text with signs in the place of these parts of it.
fn covered(text: &str, parts: impl Iterator<Item = Range<usize>>) -> Option<String> {
    let mut shown = text.to_owned().into_bytes();
    for part in parts {
        let mut at = part.start;
        for c in text.get(part)?.chars() {
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
        // An end tag in CDATA is none.
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
