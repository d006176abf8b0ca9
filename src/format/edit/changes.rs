//! From changes of values to changes of the text.

use std::ops::Range;

use super::layout::{has_line_end, indent_before, line_end};
use super::render::Style;
use super::tree::{Content, Dictionary, Entry, Frame, Node};
use crate::error::Error;
use crate::format::DocumentFormat;
use crate::format::encoding::Encoding;
use crate::value::{Data, Value, data};

type Result<T> = std::result::Result<T, Error>;

/// Collects the changes of a text.
pub(super) struct Changes<'a> {
    pub(super) text: &'a str,
    pub(super) format: DocumentFormat,
    encoding: Encoding,
    line_end: &'a str,
    /// Whether JSON has a space after its colons.
    is_spaced: bool,
    list: Vec<(Range<usize>, String)>,
}

/// How the text is laid out where a value begins.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The indentation of the line.
    pub(super) indent: &'a str,
    /// Whether the value, or the container around it, begins on a line of its own.
    pub(super) has_lines: bool,
    /// What a level of nesting is indented by.
    pub(super) unit: &'a str,
}

/// An array or a dictionary in which something changes.
pub(super) struct Container<'c, 'a> {
    pub(super) frame: Frame,
    pub(super) children: Vec<Child<'c, 'a>>,
    /// In the order in which they are to stand.
    pub(super) new: Vec<New<'c>>,
}

/// An item of an array, or an entry of a dictionary.
pub(super) struct Child<'c, 'a> {
    pub(super) key: Option<&'c Range<usize>>,
    pub(super) value: &'c Node<'a>,
}

/// A new item or entry.
#[derive(Clone, Copy)]
pub(super) struct New<'c> {
    /// The index of the child that it comes before.
    pub(super) before: usize,
    pub(super) key: Option<&'c str>,
    pub(super) value: &'c Value,
}

impl Child<'_, '_> {
    pub(super) fn start(&self) -> usize {
        self.key.map_or(self.value.start, |key| key.start)
    }

    pub(super) const fn end(&self) -> usize {
        self.value.end
    }
}

impl Container<'_, '_> {
    /// Returns the new children, grouped by the child that they come before.
    pub(super) fn new_groups(&self) -> impl Iterator<Item = &[New<'_>]> {
        self.new.chunk_by(|one, other| one.before == other.before)
    }
}

impl<'a> Changes<'a> {
    pub(super) fn new(text: &'a str, format: DocumentFormat, encoding: Encoding) -> Self {
        Self {
            text,
            format,
            encoding,
            line_end: line_end(text),
            is_spaced: false,
            list: Vec::new(),
        }
    }

    /// Returns the text with the changes of the document.
    pub(super) fn apply(mut self, root: &Node<'a>) -> Result<String> {
        if let Content::Dictionary(dictionary) = &root.content
            && let Some(entry) = dictionary.entries.first()
        {
            self.is_spaced = self.text[entry.key.end..entry.value.start].ends_with([' ', '\n']);
        }
        let first = match &root.content {
            Content::Array(array) => array.items.first().map(|item| item.start),
            Content::Dictionary(dictionary) => dictionary.entries.first().map(|entry| entry.key.start),
            _ => None,
        };
        let place = Place {
            indent: indent_before(self.text, root.start).unwrap_or_default(),
            has_lines: match first {
                Some(first) => indent_before(self.text, first).is_some(),
                None => has_line_end(self.text.trim_ascii()),
            },
            unit: match self.format {
                DocumentFormat::Json => "  ",
                _ => "\t",
            },
        };
        self.value(root, place)?;
        // New children come before the removed ones around them.
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.list.iter().map(|(_, text)| text.len()).sum();
        let mut result = String::with_capacity(self.text.len() + added);
        let mut end = 0;
        for (range, new) in self.list {
            result.push_str(&self.text[end..range.start]);
            result.push_str(&new);
            end = range.end;
        }
        result.push_str(&self.text[end..]);
        Ok(result)
    }

    /// Replaces a part of the text that no other change replaces.
    pub(super) fn replace(&mut self, range: Range<usize>, text: String) {
        self.list.push((range, text));
    }

    /// The style of values that begin at a place.
    pub(super) fn style<'p>(&self, place: Place<'p>) -> Style<'p>
    where
        'a: 'p,
    {
        Style {
            format: self.format,
            encoding: self.encoding,
            line_end: self.line_end,
            unit: place.unit,
            indent: place.has_lines.then_some(place.indent),
            is_spaced: self.is_spaced,
        }
    }

    fn value(&mut self, node: &Node<'a>, place: Place<'a>) -> Result<()> {
        let container = match &node.content {
            Content::Replaced(value) => return self.replace_value(node, value, place),
            Content::Array(array) if array.frame.is_touched => {
                let mut new: Vec<_> = array
                    .new
                    .iter()
                    .map(|(before, value)| New {
                        before: *before,
                        key: None,
                        value,
                    })
                    .collect();
                new.sort_by_key(|new| new.before);
                Container {
                    frame: array.frame,
                    children: array.items.iter().map(|value| Child { key: None, value }).collect(),
                    new,
                }
            }
            Content::Dictionary(dictionary) if dictionary.frame.is_touched => Container {
                frame: dictionary.frame,
                children: dictionary
                    .entries
                    .iter()
                    .map(|Entry { key, value }| Child { key: Some(key), value })
                    .collect(),
                new: new_entries(dictionary),
            },
            _ => return Ok(()),
        };
        let renamed = match &node.content {
            Content::Dictionary(dictionary) => dictionary.changes.as_ref().map(|changes| &changes.renamed),
            _ => None,
        };
        let new_name = |index: usize| renamed.and_then(|renamed| renamed.get(&index));
        let place = self.inside(&container, place);
        match self.format {
            DocumentFormat::Json => self.json(&container, place, &new_name),
            _ => self.xml(&container, place, matches!(node.content, Content::Array(_)), &new_name),
        }
    }

    /// Returns the place of a container whose children have lines if they do so already.
    fn inside(&self, container: &Container<'_, 'a>, place: Place<'a>) -> Place<'a> {
        let Some(first) = container.children.first() else {
            return place;
        };
        let indent = indent_before(self.text, first.start());
        let unit = indent.and_then(|indent| indent.strip_prefix(place.indent));
        Place {
            has_lines: indent.is_some(),
            unit: unit.unwrap_or(place.unit),
            ..place
        }
    }

    /// Changes what stays of a child.
    pub(super) fn child(&mut self, child: &Child<'_, 'a>, name: Option<&String>, place: Place<'a>) -> Result<()> {
        if let (Some(key), Some(name)) = (child.key, name) {
            let text = self.style(place).key(name)?;
            self.replace(key.clone(), text);
        }
        if !child.value.is_touched() {
            return Ok(());
        }
        let own_line = match (self.format, child.key) {
            (DocumentFormat::Json, Some(_)) => indent_before(self.text, child.start()),
            _ => indent_before(self.text, child.value.start).or_else(|| indent_before(self.text, child.start())),
        };
        let place = match own_line {
            Some(indent) => Place {
                indent,
                has_lines: true,
                ..place
            },
            None => Place {
                has_lines: false,
                ..place
            },
        };
        self.value(child.value, place)
    }

    fn replace_value(&mut self, node: &Node<'a>, value: &Value, place: Place<'a>) -> Result<()> {
        let old = &self.text[node.start..node.end];
        if let Value::Data(bytes) = value
            && let Some((at, padding)) = missing_padding(old, bytes)
        {
            let at = node.start + at;
            self.replace(at..at, padding);
            return Ok(());
        }
        let text = self.style(place).value(value)?;
        self.replace(node.start..node.end, text);
        Ok(())
    }
}

/// Returns the new entries of a dictionary in the order in which they are to stand: where they belong if the keys are in alphabetical order,
/// otherwise at the end.
fn new_entries<'c>(dictionary: &'c Dictionary<'_>) -> Vec<New<'c>> {
    /// Fewer keys are in alphabetical order by chance.
    const MIN_SORTED: usize = 3;

    let Some(changes) = &dictionary.changes else {
        return Vec::new();
    };
    let keys = dictionary.keys.list();
    let mut new: Vec<New<'_>> = changes
        .new
        .iter()
        .map(|(key, value)| New {
            before: keys.len(),
            key: Some(key),
            value,
        })
        .collect();
    if keys.len() < MIN_SORTED || new.is_empty() {
        return new;
    }
    let lower = |key: &str| key.to_lowercase();
    if keys.is_sorted() {
        new.sort_by_key(|new| new.key);
        for new in &mut new {
            new.before = keys.partition_point(|key| Some(&**key) < new.key);
        }
    } else if keys.is_sorted_by_key(|key| lower(key)) {
        new.sort_by_cached_key(|new| new.key.map(lower));
        for new in &mut new {
            let name = new.key.map(lower);
            new.before = keys.partition_point(|key| Some(lower(key)) < name);
        }
    }
    new
}

/// Returns the padding that base64 in a `<data>` element lacks, and where, if only that distinguishes it from these bytes.
fn missing_padding(element: &str, bytes: &Data) -> Option<(usize, String)> {
    let content = element.strip_prefix("<data>")?.strip_suffix("</data>")?;
    let trimmed = content.trim_ascii_end();
    let present = trimmed.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let wanted = data::encode(bytes);
    let count = present.clone().count();
    let is_start = wanted.len() > count && present.eq(wanted.bytes().take(count));
    let padding = wanted
        .get(count..)
        .filter(|rest| is_start && rest.bytes().all(|byte| byte == b'='))?;
    Some(("<data>".len() + trimmed.len(), padding.to_owned()))
}
