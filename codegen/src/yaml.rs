//! Reads and writes YAML, and keeps anchors.
//!
//! Apple's files share lists with anchors and aliases, and in three files a list contains an alias of itself. `serde_yaml` expands
//! aliases, so it can neither read nor write such a loop. But it keeps tags. This module therefore replaces anchors and aliases with
//! tags before reading, and the reverse after writing: `&id001` becomes the tag `!anchor-id001`, and `*id001` becomes the tagged
//! text `!alias id001`.
//!
//! [`MAX_BYTES`], [`MAX_DEPTH`] and [`MAX_NODES`] ensure that any text is read or rejected within a second.

mod document;

use serde_yaml::Value;
use serde_yaml::value::TaggedValue;

pub use document::{Document, PathStep, render};

const ANCHOR: &str = "!anchor-";
const ALIAS: &str = "!alias";

/// The maximum length of a text. Apple's longest file has an eighth of it.
pub const MAX_BYTES: usize = 1 << 20;
/// The maximum depth of nested lists and mappings.
pub const MAX_DEPTH: usize = 128;
/// The maximum number of values in a document, with aliases expanded.
pub const MAX_NODES: usize = 200_000;

/// The reason why a text cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is longer than [`MAX_BYTES`].
    #[error("the file has {0} bytes, and the limit is {MAX_BYTES}")]
    TooLong(usize),
    /// Lists or mappings are nested more than [`MAX_DEPTH`] deep.
    #[error(
        "lists and mappings are nested more than {MAX_DEPTH} levels deep, or an alias is within the value that it refers to"
    )]
    TooDeep,
    /// The document has more than [`MAX_NODES`] values.
    #[error("the file has more than {MAX_NODES} values; an alias counts as all the values that it refers to")]
    TooMany,
    /// A mapping has a key twice.
    #[error("{at}: the YAML key `{key}` occurs twice")]
    Duplicate {
        /// The place of the mapping.
        at: String,
        /// The key.
        key: String,
    },
    /// The text is not YAML.
    #[error("not valid YAML: {message}{}", .hint.map(|hint| format!("; {hint}")).unwrap_or_default())]
    Syntax {
        /// The reason, from the parser.
        message: String,
        /// The probable cause.
        hint: Option<&'static str>,
    },
}

/// Reads a document. Anchors and aliases remain; see [`anchor`] and [`alias`].
///
/// # Errors
///
/// Returns an error if the text is not YAML, or if a mapping has a key twice.
pub fn read(text: &str) -> Result<Value, Error> {
    let document = read_document(text)?;
    match document.duplicates.first() {
        None => Ok(document.value),
        Some((path, key)) => Err(Error::Duplicate {
            at: render(&document.value, path),
            key: key.clone(),
        }),
    }
}

/// Reads a document like [`read`], and lists duplicate keys instead of rejecting them. The first value is kept.
///
/// # Errors
///
/// Returns an error if the text is not YAML.
pub fn read_document(text: &str) -> Result<Document, Error> {
    check_text(text)?;
    Document::parse(&replace_markers(text, anchors_to_tags)).map_err(|error| explain(error, text))
}

/// Reads a document and expands aliases.
///
/// # Errors
///
/// Returns an error if the text is not YAML.
pub fn read_expanded(text: &str) -> Result<Document, Error> {
    check_text(text)?;
    Document::parse(text).map_err(|error| explain(error, text))
}

/// Rejects texts that would take the parser long: it looks at all open brackets for each token.
fn check_text(text: &str) -> Result<(), Error> {
    if text.len() > MAX_BYTES {
        return Err(Error::TooLong(text.len()));
    }
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // Allow twice the limit, because brackets in descriptions count, too.
        if depth > 2 * MAX_DEPTH {
            return Err(Error::TooDeep);
        }
    }
    Ok(())
}

/// Adds the probable cause to a syntax error.
fn explain(error: Error, text: &str) -> Error {
    let Error::Syntax { message, .. } = error else {
        return error;
    };
    if message.contains("recursion limit") || message.contains("repetition limit") {
        return Error::TooDeep;
    }
    let indentation = |line: &str| line[..line.len() - line.trim_start().len()].contains('\t');
    let hint = if text.lines().any(indentation) {
        Some("a line is indented with a tab; indent with spaces")
    } else if message.contains("mapping values are not allowed") {
        Some("check the indentation, and put a text that contains `: ` in quotes")
    } else if message.contains("cannot start any token") {
        Some("put a text that begins with `@`, `%` or a backtick in quotes")
    } else if message.contains("unknown anchor") {
        Some("an alias `*name` refers to a value that is marked `&name` above it")
    } else {
        None
    };
    Error::Syntax { message, hint }
}

/// Writes a document. The same data always results in the same text.
///
/// # Errors
///
/// Returns an error if a mapping has a key that YAML cannot represent.
pub fn write(value: &Value) -> Result<String, serde_yaml::Error> {
    Ok(replace_markers(&serde_yaml::to_string(value)?, tags_to_anchors))
}

/// Returns the anchor of a value, and the value without it.
#[must_use]
pub fn anchor(value: &Value) -> Option<(String, &Value)> {
    match value {
        Value::Tagged(node) => {
            let tag = node.tag.to_string();
            Some((tag.strip_prefix(ANCHOR)?.to_owned(), &node.value))
        }
        _ => None,
    }
}

/// Returns the anchor that an alias refers to.
#[must_use]
pub fn alias(value: &Value) -> Option<&str> {
    match value {
        Value::Tagged(node) if node.tag == ALIAS => node.value.as_str(),
        _ => None,
    }
}

/// Adds an anchor to a value.
#[must_use]
pub fn anchored(name: &str, value: Value) -> Value {
    let tag = serde_yaml::value::Tag::new(format!("{ANCHOR}{name}"));
    Value::Tagged(Box::new(TaggedValue { tag, value }))
}

/// Creates an alias of the value with this anchor.
#[must_use]
pub fn alias_to(name: &str) -> Value {
    let tag = serde_yaml::value::Tag::new(ALIAS);
    Value::Tagged(Box::new(TaggedValue {
        tag,
        value: Value::String(name.to_owned()),
    }))
}

/// Applies `replace` at the beginning of each value. Block scalars and comments do not change.
fn replace_markers(text: &str, replace: fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 256);
    let mut block: Option<usize> = None;
    let mut flow = Flow::default();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if flow.is_open() {
            out.push_str(&flow.replace_markers(bare, replace));
            out.push_str(&line[bare.len()..]);
            continue;
        }
        let indent = bare.len() - bare.trim_start_matches(' ').len();
        if let Some(least) = block {
            if bare.trim().is_empty() || indent > least {
                out.push_str(line);
                continue;
            }
            block = None;
        }
        let key = indent + dashes(&bare[indent..]);
        let item = key > indent && !bare[key..].contains(": ") && !bare.ends_with(':');
        let flow_item = bare[key..].starts_with(['{', '[']);
        let value = if item || flow_item {
            Some(key)
        } else {
            value_start(&bare[key..]).map(|at| key + at)
        };
        let Some(at) = value.filter(|&at| at < bare.len() && !bare[key..].starts_with('#')) else {
            out.push_str(line);
            continue;
        };
        let rest = &bare[at..];
        out.push_str(&bare[..at]);
        if rest.starts_with(['|', '>']) && !rest.contains(['"', '\'']) {
            block = Some(if bare[key..].starts_with(['|', '>']) {
                indent
            } else {
                key
            });
            out.push_str(rest);
        } else if rest.starts_with(['{', '[']) {
            out.push_str(&flow.replace_markers(rest, replace));
        } else {
            out.push_str(replace(rest).as_deref().unwrap_or(rest));
        }
        out.push_str(&line[bare.len()..]);
    }
    out
}

/// The state within `{…}` and `[…]`, which may continue over several lines.
#[derive(Default)]
struct Flow {
    depth: usize,
    quote: Option<char>,
}

impl Flow {
    fn is_open(&self) -> bool {
        self.depth > 0
    }

    /// Applies `replace` at the beginning of each value.
    fn replace_markers(&mut self, line: &str, replace: fn(&str) -> Option<String>) -> String {
        let mut out = String::with_capacity(line.len() + 16);
        let mut starts = true;
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            if starts && matches!(c, '&' | '*' | '!') && self.quote.is_none() {
                let end = rest.find([',', ']', '}', ' ']).unwrap_or(rest.len());
                if let Some(new) = replace(&rest[..end]).filter(|_| self.is_open()) {
                    out.push_str(&new);
                    rest = &rest[end..];
                    starts = false;
                    continue;
                }
            }
            match (c, self.quote) {
                (c, Some(quote)) if c == quote => self.quote = None,
                (_, Some(_)) => {}
                ('"' | '\'', None) if starts => self.quote = Some(c),
                ('{' | '[', None) => self.depth += 1,
                ('}' | ']', None) => self.depth = self.depth.saturating_sub(1),
                ('#', None) if out.is_empty() || out.ends_with(' ') => {
                    out.push_str(rest);
                    break;
                }
                _ => {}
            }
            starts =
                self.quote.is_none() && (matches!(c, '{' | '[' | ',') || (c == ' ' && (starts || out.ends_with(':'))));
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
        out
    }
}

/// Returns the length of the `- ` at the beginning of a line.
fn dashes(line: &str) -> usize {
    let mut at = 0;
    while line[at..].starts_with("- ") {
        at += 2;
        at += line[at..].len() - line[at..].trim_start_matches(' ').len();
    }
    at
}

/// Returns the offset of the value in `key: value`, or of an item.
fn value_start(line: &str) -> Option<usize> {
    if line.starts_with(['&', '*', '!', '|', '>']) {
        return Some(0);
    }
    line.find(": ").or_else(|| line.find(":\t")).map(|at| {
        let rest = &line[at + 2..];
        at + 2 + (rest.len() - rest.trim_start().len())
    })
}

/// Returns a text if it can be the name of an anchor.
fn name(text: &str) -> Option<&str> {
    let name = text.trim_end();
    (!name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'))
    .then_some(name)
}

fn anchors_to_tags(value: &str) -> Option<String> {
    if let Some(rest) = value.strip_prefix('&') {
        // An anchor may precede a tag or a scalar on the same line. Only the name is replaced.
        let (first, more) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let name = name(first)?;
        if more.is_empty() {
            return Some(format!("{ANCHOR}{name}"));
        }
        let mut flow = Flow::default();
        return Some(format!(
            "{ANCHOR}{name} {}",
            flow.replace_markers(more, anchors_to_tags)
        ));
    }
    let (first, comment) = value.split_once([' ', '\t']).unwrap_or((value, ""));
    let comment = comment.trim_start();
    if !comment.is_empty() && !comment.starts_with('#') {
        return None;
    }
    name(first.strip_prefix('*')?).map(|name| format!("{ALIAS} {name} {comment}").trim_end().to_owned())
}

fn tags_to_anchors(value: &str) -> Option<String> {
    // Most tools read YAML 1.1, in which these words are booleans.
    if ["y", "n", "yes", "no", "on", "off"].contains(&value.to_ascii_lowercase().as_str()) {
        return Some(format!("'{value}'"));
    }
    if let Some(rest) = value.strip_prefix(ANCHOR) {
        return name(rest).map(|name| format!("&{name}"));
    }
    name(value.strip_prefix(ALIAS)?.trim_start()).map(|name| format!("*{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOP: &str = "keys:\n- key: Pages\n  subkeys: &id001\n  - key: Item\n    subkeys: *id001\n";

    #[test]
    fn a_list_that_contains_itself_survives_a_round_trip() {
        let value = read(LOOP).unwrap();
        let list = &value["keys"][0]["subkeys"];
        let (name, items) = anchor(list).unwrap();
        assert_eq!(name, "id001");
        assert_eq!(alias(&items[0]["subkeys"]), Some("id001"));
        assert_eq!(write(&value).unwrap(), LOOP);
    }

    #[test]
    fn lists_in_brackets_can_have_anchors_and_aliases() {
        let value = read(
            "a: &id001 [{key: A, note: 'it, *is'}]\nb: {subkeys: *id001, list: [*id001, x], n: R & D * 2}\n\
             c:\n- {k: &id002 {d: e},\n   l: *id002}\n- [*id002]\n",
        )
        .unwrap();
        let (name, list) = anchor(&value["a"]).unwrap();
        assert_eq!((name.as_str(), list[0]["note"].as_str()), ("id001", Some("it, *is")));
        assert_eq!(alias(&value["b"]["subkeys"]), Some("id001"));
        assert_eq!(alias(&value["b"]["list"][0]), Some("id001"));
        assert_eq!(value["b"]["n"].as_str(), Some("R & D * 2"));
        assert_eq!(anchor(&value["c"][0]["k"]).unwrap().1["d"].as_str(), Some("e"));
        assert_eq!(alias(&value["c"][0]["l"]), Some("id002"));
        assert_eq!(alias(&value["c"][1][0]), Some("id002"));
    }

    #[test]
    fn text_that_looks_like_an_anchor_remains_text() {
        for text in [
            "content: |-\n  subkeys: &id001\n  see *id001\nkey: a\n",
            "- content: |-\n    a: *id001\n  key: b\n",
            "key: '*id001'\n",
            "rangelist:\n- 'off'\n- authenticate\n- 'On'\n",
            "default: 'no'\n",
        ] {
            let value = read(text).unwrap();
            assert_eq!(read(&write(&value).unwrap()).unwrap(), value);
            if !text.contains("content") {
                assert_eq!(write(&value).unwrap(), text);
            }
            assert!(!format!("{value:?}").contains("Tagged"), "{value:?}");
        }
    }
}
