//! Where the parts of a document are in its text, and what is to become of them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::error::{Error, ErrorKind};
use crate::format::irregular::Notes;
use crate::format::json::{self, Json};
use crate::format::lines::Lines;
use crate::format::token::Token;
use crate::format::xml::Xml;
use crate::format::{DocumentFormat, Limits};
use crate::value::Value;
use crate::value::keys::Keys;

type Result<T> = std::result::Result<T, Error>;

/// A value and where it is.
pub(super) struct Node<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) content: Content<'a>,
}

pub(super) enum Content<'a> {
    Scalar,
    Array(Box<Array<'a>>),
    Dictionary(Box<Dictionary<'a>>),
    /// The value is to be replaced by this one.
    Replaced(Box<Value>),
    /// The value is to be removed, with its key.
    Removed,
}

#[derive(Default)]
pub(super) struct Array<'a> {
    pub(super) frame: Frame,
    pub(super) items: Vec<Node<'a>>,
    /// New items, each with the index of the item that it comes before.
    pub(super) new: Vec<(usize, Value)>,
}

#[derive(Default)]
pub(super) struct Dictionary<'a> {
    pub(super) frame: Frame,
    pub(super) keys: Keys<Cow<'a, str>>,
    /// The entry of each key.
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) changes: Option<Box<KeyChanges>>,
}

/// What is to become of the keys of a dictionary.
#[derive(Default)]
pub(super) struct KeyChanges {
    pub(super) new: Vec<(String, Value)>,
    /// The new names of entries.
    pub(super) renamed: HashMap<usize, String>,
    /// All new names.
    pub(super) names: HashSet<String>,
}

pub(super) struct Entry<'a> {
    pub(super) key: Range<usize>,
    pub(super) value: Node<'a>,
}

/// The tags or brackets around the content of an array or dictionary.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    pub(super) start: usize,
    /// Where the content starts.
    pub(super) inner_start: usize,
    /// Where the content ends. The same as `start` if a single tag is the whole value, as in `<dict/>`.
    pub(super) inner_end: usize,
    /// Whether something in the value is to be changed.
    pub(super) is_touched: bool,
}

impl Frame {
    /// Whether a single tag is the whole value, as in `<dict/>`.
    pub(super) const fn is_single_tag(&self) -> bool {
        self.inner_end == self.start
    }
}

impl Dictionary<'_> {
    /// Returns whether the dictionary will have a key of this name.
    pub(super) fn will_have(&self, key: &str) -> bool {
        let changes = self.changes.as_ref();
        if changes.is_some_and(|changes| changes.names.contains(key)) {
            return true;
        }
        self.keys.position(key).is_some_and(|index| {
            let is_renamed = changes.is_some_and(|changes| changes.renamed.contains_key(&index));
            !is_renamed && !self.entries[index].value.is_removed()
        })
    }
}

impl Node<'_> {
    /// Returns whether something in the value, or the value itself, is to be changed.
    pub(super) fn is_touched(&self) -> bool {
        match &self.content {
            Content::Scalar => false,
            Content::Array(array) => array.frame.is_touched,
            Content::Dictionary(dictionary) => dictionary.frame.is_touched,
            Content::Replaced(_) | Content::Removed => true,
        }
    }

    pub(super) const fn is_removed(&self) -> bool {
        matches!(self.content, Content::Removed)
    }
}

/// Reads a document.
///
/// # Errors
///
/// Returns an error if the document is malformed, repeats a key, or is too deep or too large.
pub(super) fn read<'a>(
    text: &'a str,
    format: DocumentFormat,
    limits: &Limits,
    memory: usize,
    lines: &Lines<'a>,
) -> Result<Node<'a>> {
    let scanner = match format {
        DocumentFormat::Json => Scanner::Json(Json::new(text, Notes::default())),
        _ => Scanner::Xml(Xml::new(text, Notes::default())),
    };
    let mut reader = Reader {
        text,
        scanner,
        memory: (memory, memory),
        depth: (0, limits.depth.min(Limits::MAX_DEPTH)),
        lines,
    };
    let token = reader.next(None)?;
    let root = reader.value(token)?;
    match reader.next(None)? {
        Token::End => Ok(root),
        _ => Err(reader.syntax("content after the end of the document")),
    }
}

/// Reads tokens of either format.
pub(super) enum Scanner<'a> {
    Xml(Xml<'a>),
    Json(Json<'a>),
}

impl<'a> Scanner<'a> {
    /// Reads the next token. `open` is the innermost open container.
    pub(super) fn next(&mut self, open: Option<json::Container>) -> Result<Token<'a>> {
        match self {
            Self::Xml(xml) => xml.next(),
            Self::Json(json) => json.next(open),
        }
    }

    fn start(&self) -> usize {
        match self {
            Self::Xml(xml) => xml.start(),
            Self::Json(json) => json.start(),
        }
    }

    fn end(&self) -> usize {
        match self {
            Self::Xml(xml) => xml.end(),
            Self::Json(json) => json.end(),
        }
    }
}

struct Reader<'a, 'l> {
    text: &'a str,
    scanner: Scanner<'a>,
    /// How much more memory may be taken, and how much in all.
    memory: (usize, usize),
    /// The current and the maximum depth.
    depth: (usize, usize),
    lines: &'l Lines<'a>,
}

impl<'a> Reader<'a, '_> {
    fn error(&self, kind: ErrorKind) -> Error {
        Error::at(kind, String::new(), Some(self.lines.position(self.scanner.start())))
    }

    fn syntax(&self, message: &'static str) -> Error {
        self.error(ErrorKind::Syntax(message.into()))
    }

    fn next(&mut self, open: Option<json::Container>) -> Result<Token<'a>> {
        let token = self.scanner.next(open).map_err(|error| self.error(error.into_kind()))?;
        match &self.scanner {
            Scanner::Xml(xml) if xml.is_in_inner_plist() => Err(self.syntax("a `<plist>` inside the document")),
            _ => Ok(token),
        }
    }

    fn spend(&mut self, bytes: usize) -> Result<()> {
        let (left, limit) = self.memory;
        self.memory.0 = left
            .checked_sub(bytes)
            .ok_or_else(|| self.error(ErrorKind::TooLarge { limit }))?;
        Ok(())
    }

    fn enter(&mut self) -> Result<()> {
        let (depth, limit) = self.depth;
        if depth >= limit {
            return Err(self.error(ErrorKind::TooDeep { limit }));
        }
        self.depth.0 += 1;
        Ok(())
    }

    /// Reads the value that starts with this token.
    fn value(&mut self, token: Token<'a>) -> Result<Node<'a>> {
        self.spend(size_of::<Node<'_>>())?;
        let (start, inner_start) = (self.scanner.start(), self.scanner.end());
        let content = match token {
            Token::Array => Content::Array(Box::new(self.array(start, inner_start)?)),
            Token::Dictionary => Content::Dictionary(Box::new(self.dictionary(start, inner_start)?)),
            Token::End => return Err(self.syntax("the document has no value")),
            Token::EndArray | Token::EndDictionary => return Err(self.syntax("an end tag without a value")),
            // Where a value is expected, Apple's reader of XML takes a key as a string.
            _ => Content::Scalar,
        };
        Ok(Node {
            start,
            end: self.scanner.end(),
            content,
        })
    }

    fn array(&mut self, start: usize, inner_start: usize) -> Result<Array<'a>> {
        self.spend(size_of::<Array<'_>>())?;
        self.enter()?;
        let mut items = Vec::new();
        loop {
            let token = self.next(Some(json::Container::Array))?;
            match token {
                Token::EndArray => break,
                Token::EndDictionary => return Err(self.syntax("the end of a dictionary in an array")),
                token => {
                    let index = items.len();
                    items.push(self.value(token).map_err(|error| error.under_index(index))?);
                }
            }
        }
        self.depth.0 -= 1;
        items.shrink_to_fit();
        Ok(Array {
            frame: self.frame(start, inner_start),
            items,
            new: Vec::new(),
        })
    }

    fn dictionary(&mut self, start: usize, inner_start: usize) -> Result<Dictionary<'a>> {
        self.spend(size_of::<Dictionary<'_>>())?;
        self.enter()?;
        let (mut keys, mut entries) = (Keys::<Cow<'a, str>>::default(), Vec::new());
        loop {
            let key = match self.next(Some(json::Container::Object))? {
                Token::Key(key) => key,
                Token::EndDictionary => break,
                Token::EndArray => return Err(self.syntax("the end of an array in a dictionary")),
                _ => return Err(self.syntax("a value without a key")),
            };
            let range = self.key_range();
            let entry = self.entry(&key, range, keys.position(&key).is_some());
            entries.push(entry.map_err(|error| error.under_key(&key))?);
            keys.push(key);
        }
        self.depth.0 -= 1;
        keys.shrink_to_fit();
        entries.shrink_to_fit();
        Ok(Dictionary {
            frame: self.frame(start, inner_start),
            keys,
            entries,
            changes: None,
        })
    }

    fn entry(&mut self, key: &Cow<'a, str>, range: Range<usize>, is_repeated: bool) -> Result<Entry<'a>> {
        if is_repeated {
            return Err(self.error(ErrorKind::RepeatedKey));
        }
        let owned = match key {
            Cow::Borrowed(_) => 0,
            Cow::Owned(text) => text.capacity(),
        };
        self.spend(size_of_val(key) + size_of::<Range<usize>>() + owned)?;
        let value = match self.next(Some(json::Container::Object))? {
            Token::EndDictionary => return Err(self.syntax("a key without a value")),
            token => self.value(token)?,
        };
        Ok(Entry { key: range, value })
    }

    /// Where the key that was read last is, without the colon of JSON.
    fn key_range(&self) -> Range<usize> {
        let (start, end) = (self.scanner.start(), self.scanner.end());
        let key = &self.text[start..end];
        let key = match self.scanner {
            Scanner::Xml(_) => key,
            Scanner::Json(_) => key.strip_suffix(':').unwrap_or(key).trim_ascii_end(),
        };
        start..start + key.len()
    }

    /// The frame of the container that was read last.
    fn frame(&self, start: usize, inner_start: usize) -> Frame {
        let is_single_tag = self.scanner.end() == inner_start;
        let inner_end = match self.scanner {
            Scanner::Xml(_) if is_single_tag => start,
            Scanner::Xml(_) => self.scanner.start(),
            Scanner::Json(_) => self.scanner.end() - 1,
        };
        Frame {
            start,
            inner_start,
            inner_end,
            is_touched: false,
        }
    }
}
