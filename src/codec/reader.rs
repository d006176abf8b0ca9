//! Reading documents value by value, directly into the types.

mod ahead;
mod record;
mod scalar;
mod tree;

use std::borrow::Cow;

use crate::error::{Error, ErrorKind, Position, path};
use crate::format::binary::Binary;
use crate::format::input::Content;
use crate::format::irregular::{Irregularity, Notes};
use crate::format::json::{Container, Json};
use crate::format::lines::Lines;
use crate::format::token::Token;
use crate::format::tree::Tree;
use crate::format::xml::Xml;
use crate::format::{Input, Limits};
use crate::value::keys::RecentKeys;
use crate::value::{Type, Value};

use record::Kept;

type Result<T> = std::result::Result<T, Error>;

/// Reads a document value by value.
///
/// Each method reads the next value, or returns an error with the position. After an error the position within that value is
/// unspecified.
///
/// The reader tolerates what documents in the wild contain: an integer written as a real (`<real>30</real>`), a real written as an
/// integer, and a boolean written as the integer 0 or 1. In JSON, data is base64 text and a date is RFC 3339 text.
///
/// Strings keep the line ends of the document, as in Apple's parser. A `CF$UID` dictionary stays a dictionary.
///
/// ```
/// use apple_mdm::input::{Input, Limits};
///
/// let input = Input::new(b"<dict><key>Item</key><string>Wallpaper</string></dict>", &Limits::default())?;
/// let mut reader = input.reader();
/// assert_eq!(reader.find("Item")?.as_deref(), Some("Wallpaper"));
/// reader.begin_dictionary()?;
/// while let Some(key) = reader.next_key()? {
///     println!("{key}: {}", reader.string()?);
/// }
/// reader.finish()?;
/// # Ok::<(), apple_mdm::Error>(())
/// ```
pub struct Reader<'a> {
    source: Source<'a>,
    /// A token that was peeked at. JSON tokens are read again instead.
    peeked: Option<Token<'a>>,
    open: Vec<Open<'a>>,
    depth: usize,
    /// How much more memory may be taken for what is read, and how much in all.
    memory: (usize, usize),
    /// Whether data and dates can be text.
    textual: bool,
    /// Whether data can be an array of numbers, which is how `serde_json` writes bytes.
    numeric: bool,
    lines: Option<Lines<'a>>,
    /// The offset of the last key that was read as a string, in an XML property list.
    key_as_value: Option<usize>,
    /// The keys of dictionaries that were read as a [`Value`].
    recent_keys: RecentKeys<'a>,
    /// The unknown key that [`keep`](Self::keep) adds to a record.
    kept: Option<Kept<'a>>,
}

enum Source<'a> {
    Xml(Xml<'a>),
    Binary(Binary<'a>),
    Json(Json<'a>),
    Tree(Tree<'a>),
}

/// The start of a value: a scalar, or an array or dictionary that has been entered.
pub(crate) enum ValueStart<'a> {
    Text(Cow<'a, str>),
    Scalar(Value),
    Array,
    Dictionary,
}

/// An array or a dictionary that is being read.
enum Open<'a> {
    /// The index of the next element.
    Array(usize),
    /// The key whose value is being read. `None` before the first key.
    Dictionary(Option<Cow<'a, str>>),
    /// The same in JSON and binary property lists, in which the position of the key suffices: its offset in the text, or the number of
    /// its object plus one. 0 before the first key.
    Object(usize),
}

impl<'a> Reader<'a> {
    /// Creates a reader of a value that came from a property list or was created by a program.
    #[must_use]
    pub fn from_value(value: &'a Value) -> Self {
        Self::new(Source::Tree(Tree::new(value)), None)
    }

    /// Creates a reader of a value that may have come from JSON: base64 text is accepted for data, and RFC 3339 text for a date.
    #[must_use]
    pub fn from_json_value(value: &'a Value) -> Self {
        Self {
            textual: true,
            ..Self::from_value(value)
        }
    }

    /// Creates a reader of a value that came through serde from any format.
    pub(crate) fn from_serde_value(value: &'a Value) -> Self {
        Self {
            numeric: true,
            ..Self::from_json_value(value)
        }
    }

    pub(crate) fn from_xml(text: &'a str, notes: Notes) -> Self {
        Self::new(Source::Xml(Xml::new(text, notes)), Some(text))
    }

    pub(crate) fn from_binary(start: Binary<'a>) -> Self {
        Self::new(Source::Binary(start), None)
    }

    pub(crate) fn from_json(text: &'a str, notes: Notes) -> Self {
        Self {
            textual: true,
            numeric: true,
            ..Self::new(Source::Json(Json::new(text, notes)), Some(text))
        }
    }

    fn new(source: Source<'a>, text: Option<&'a str>) -> Self {
        Self {
            source,
            peeked: None,
            open: Vec::new(),
            depth: Limits::default().depth,
            memory: (usize::MAX, usize::MAX),
            textual: false,
            numeric: false,
            lines: text.map(Lines::new),
            key_as_value: None,
            recent_keys: RecentKeys::default(),
            kept: None,
        }
    }

    /// Returns the reader with the depth limit of `limits`.
    #[must_use]
    pub fn with_limits(mut self, limits: &Limits) -> Self {
        self.depth = limits.depth.min(Limits::MAX_DEPTH);
        self
    }

    /// Returns the reader, which then accepts base64 text for data and RFC 3339 text for a date in every format.
    pub(crate) fn with_text_for_data_and_dates(mut self) -> Self {
        self.textual = true;
        self
    }

    /// Creates an error at the value that was read last or is being read.
    #[must_use]
    pub fn error(&self, kind: ErrorKind) -> Error {
        self.error_at(self.start(), kind)
    }

    fn error_at(&self, start: Option<usize>, kind: ErrorKind) -> Error {
        Error::at(kind, self.path(), self.position_of(start))
    }

    /// Returns the path of the value that was read last or is being read.
    pub(crate) fn path(&self) -> String {
        let mut text = String::new();
        for open in &self.open {
            match open {
                Open::Array(0) | Open::Dictionary(None) | Open::Object(0) => {}
                Open::Array(next) => path::push_index(&mut text, next - 1),
                Open::Dictionary(Some(key)) => path::push_key(&mut text, key),
                Open::Object(place) => match &self.source {
                    Source::Json(json) => path::push_key(&mut text, &json.key_at(*place)),
                    Source::Binary(binary) => path::push_key(&mut text, &binary.key_again(*place - 1)),
                    Source::Xml(_) | Source::Tree(_) => {}
                },
            }
        }
        text
    }

    fn position_of(&self, start: Option<usize>) -> Option<Position> {
        Some(self.lines.as_ref()?.position(start?))
    }

    /// Returns the offset of the last token.
    pub(crate) fn start(&self) -> Option<usize> {
        match &self.source {
            Source::Xml(xml) => Some(xml.start()),
            Source::Json(json) => Some(json.start()),
            Source::Binary(_) | Source::Tree(_) => None,
        }
    }

    #[inline(always)]
    fn token(&mut self) -> Result<Token<'a>> {
        if let Some(token) = self.peeked.take() {
            return Ok(token);
        }
        let token = match &mut self.source {
            Source::Xml(xml) => match xml.next() {
                Ok(Token::Key(text)) => {
                    xml.note(Irregularity::KeyAsValue);
                    self.key_as_value = Some(xml.start());
                    Ok(Token::String(text))
                }
                token => token,
            },
            Source::Binary(binary) => binary.next(),
            Source::Json(json) => json.next(self.open.last().map(Open::container)),
            Source::Tree(tree) => return Ok(tree.next()),
        };
        token.map_err(|error| self.error(error.into_kind()))
    }

    /// Reads the next token where a key is expected. Elsewhere, Apple's reader of XML takes a key as a string.
    fn key_token(&mut self) -> Result<Token<'a>> {
        match &mut self.source {
            Source::Xml(xml) if self.peeked.is_none() => {
                let token = xml.next();
                token.map_err(|error| self.error(error.into_kind()))
            }
            _ => self.token(),
        }
    }

    /// Returns the irregularities since the last call, with their offsets in a text.
    #[cfg(feature = "lint")]
    pub(crate) fn take_irregularities(&mut self) -> Vec<(Option<usize>, Irregularity)> {
        let with_offset = |(offset, kind)| (Some(offset), kind);
        match &mut self.source {
            Source::Xml(xml) => xml.take_notes().into_iter().map(with_offset).collect(),
            Source::Json(json) => json.take_notes().into_iter().map(with_offset).collect(),
            Source::Binary(binary) => binary.take_notes().into_iter().map(|kind| (None, kind)).collect(),
            Source::Tree(_) => Vec::new(),
        }
    }

    /// Reads the next token, which must be a value or the start of one.
    #[inline(always)]
    fn value_token(&mut self) -> Result<Token<'a>> {
        let token = self.token()?;
        if token.type_of().is_some() {
            Ok(token)
        } else {
            Err(self.misplaced(&token))
        }
    }

    fn misplaced(&self, token: &Token<'_>) -> Error {
        self.error(ErrorKind::Syntax(Cow::Borrowed(match (token, self.open.last()) {
            (Token::End, None) => "the document has no value",
            (Token::End, Some(_)) => "the document ends within a value",
            (Token::Key(_), Some(Open::Array(_))) => "a key in an array",
            (Token::Key(_), None) => "a key outside a dictionary",
            (Token::Key(_) | Token::EndDictionary, Some(Open::Dictionary(_) | Open::Object(_))) => {
                "a key without a value"
            }
            (Token::EndArray, Some(Open::Dictionary(_) | Open::Object(_))) => "the end of an array in a dictionary",
            (Token::EndDictionary, Some(Open::Array(_))) => "the end of a dictionary in an array",
            (Token::EndArray | Token::EndDictionary, _) => "an end tag without a start tag",
            (_, Some(Open::Dictionary(_) | Open::Object(_))) => "a value without a key",
            _ => "a value where none can be",
        })))
    }

    fn mismatch(&self, expected: Type, token: &Token<'_>) -> Error {
        match token {
            Token::Unparsed(unparsed) if unparsed.type_of() == expected => self.error(ErrorKind::Value {
                expected: unparsed.expected().into(),
                found: "another text".into(),
            }),
            token => match token.type_of() {
                Some(found) => self.error(ErrorKind::WrongType { expected, found }),
                None => self.misplaced(token),
            },
        }
    }

    /// Takes memory from the budget.
    ///
    /// # Errors
    ///
    /// Returns an error if the budget is exceeded.
    #[inline]
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<()> {
        let (left, limit) = self.memory;
        match left.checked_sub(bytes) {
            Some(left) => {
                self.memory.0 = left;
                Ok(())
            }
            None => Err(self.error(ErrorKind::TooLarge { limit })),
        }
    }

    fn open(&mut self, open: Open<'a>) -> Result<()> {
        if self.open.len() >= self.depth {
            return Err(self.error(ErrorKind::TooDeep { limit: self.depth }));
        }
        self.open.push(open);
        Ok(())
    }

    fn open_dictionary(&mut self) -> Result<()> {
        let open = match &self.source {
            Source::Json(_) | Source::Binary(_) => Open::Object(0),
            Source::Xml(_) | Source::Tree(_) => Open::Dictionary(None),
        };
        self.open(open)
    }

    /// Returns the type of the next value without reading it.
    ///
    /// # Errors
    ///
    /// Returns an error if no value follows.
    pub fn kind(&mut self) -> Result<Type> {
        let place = match &self.source {
            Source::Json(json) => Some(json.place()),
            Source::Xml(_) | Source::Binary(_) | Source::Tree(_) => None,
        };
        let token = self.token()?;
        let Some(found) = token.type_of() else {
            return Err(self.misplaced(&token));
        };
        match (&mut self.source, place) {
            (Source::Json(json), Some(place)) => json.go_to(place),
            _ => self.peeked = Some(token),
        }
        Ok(found)
    }

    /// Reads the next key of a binary property list with `read`. Returns `None` in other formats, or if the next token is not a key.
    #[inline]
    fn binary_key<K>(&mut self, read: impl FnOnce(&mut Binary<'a>, usize) -> Result<K>) -> Option<Result<Option<K>>> {
        let (Source::Binary(binary), Some(Open::Object(current)), None) =
            (&mut self.source, self.open.last_mut(), &self.peeked)
        else {
            return None;
        };
        if binary.is_before_value() {
            return None;
        }
        *current = 0;
        let key = match binary.next_key() {
            Ok(Some(object)) => read(binary, object).inspect(|_| *current = object + 1),
            Ok(None) => {
                self.open.pop();
                return Some(Ok(None));
            }
            Err(error) => Err(error),
        };
        Some(key.map(Some).map_err(|error| self.error(error.into_kind())))
    }

    /// Skips a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is malformed. Repeated keys and base64 text are not checked.
    pub fn skip(&mut self) -> Result<()> {
        let depth = self.open.len();
        self.skip_start()?;
        while self.open.len() > depth {
            let more = match self.open.last() {
                Some(Open::Array(_)) => self.next_item()?,
                _ => self.next_key()?.is_some(),
            };
            if more {
                self.skip_start()?;
            }
        }
        Ok(())
    }

    fn skip_start(&mut self) -> Result<()> {
        match self.value_token()? {
            Token::Array => self.open(Open::Array(0)),
            Token::Dictionary => self.open_dictionary(),
            _ => Ok(()),
        }
    }

    /// Enters a dictionary. [`next_key`](Self::next_key) leaves it at its end.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type or is nested too deep, or if the document is malformed.
    pub fn begin_dictionary(&mut self) -> Result<()> {
        if let Source::Json(json) = &mut self.source
            && json.enters(Container::Object)
        {
            return self.open(Open::Object(0));
        }
        match self.token()? {
            Token::Dictionary => self.open_dictionary(),
            other => Err(self.mismatch(Type::Dictionary, &other)),
        }
    }

    /// Reads the next key of the current dictionary. The value must be read or [skipped](Self::skip) next. Returns `None` at the end,
    /// and leaves the dictionary.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is malformed.
    pub fn next_key(&mut self) -> Result<Option<Cow<'a, str>>> {
        self.key()
    }

    #[inline(always)]
    fn key(&mut self) -> Result<Option<Cow<'a, str>>> {
        if let (Source::Json(json), Some(Open::Object(current))) = (&mut self.source, self.open.last_mut()) {
            match json.next_key() {
                Ok(Some(key)) => {
                    *current = json.start();
                    return Ok(Some(key));
                }
                Ok(None) => {
                    self.open.pop();
                    return Ok(None);
                }
                Err(error) => {
                    *current = 0;
                    return Err(self.error(error.into_kind()));
                }
            }
        }
        self.key_of_others()
    }

    /// Reads the next key in formats other than JSON.
    fn key_of_others(&mut self) -> Result<Option<Cow<'a, str>>> {
        if let Some(key) = self.binary_key(Binary::key) {
            return key;
        }
        if let Some(Open::Dictionary(current)) = self.open.last_mut() {
            *current = None;
        }
        match self.key_token()? {
            Token::Key(key) => match self.open.last_mut() {
                Some(Open::Dictionary(current)) => {
                    *current = Some(key.clone());
                    self.key_as_value = None;
                    Ok(Some(key))
                }
                _ => Err(self.misplaced(&Token::Key(key))),
            },
            Token::EndDictionary if matches!(self.open.last(), Some(Open::Dictionary(_) | Open::Object(_))) => {
                self.open.pop();
                Ok(None)
            }
            other => match self.key_as_value {
                // More likely, that key lacks its value.
                Some(offset) if other.type_of().is_some() => {
                    Err(self.error_at(Some(offset), ErrorKind::Syntax("a key without a value".into())))
                }
                _ => Err(self.misplaced(&other)),
            },
        }
    }

    /// Enters an array. [`next_item`](Self::next_item) leaves it at its end.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type or is nested too deep, or if the document is malformed.
    pub fn begin_array(&mut self) -> Result<()> {
        if let Source::Json(json) = &mut self.source
            && json.enters(Container::Array)
        {
            return self.open(Open::Array(0));
        }
        match self.token()? {
            Token::Array => self.open(Open::Array(0)),
            other => Err(self.mismatch(Type::Array, &other)),
        }
    }

    /// Returns whether the current array has another element, which must be read or [skipped](Self::skip) next. Leaves the array at its
    /// end.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is malformed.
    pub fn next_item(&mut self) -> Result<bool> {
        if let Some(Open::Array(next)) = self.open.last_mut() {
            *next += 1;
            let more = match &mut self.source {
                Source::Json(json) => Some(json.next_item()),
                Source::Binary(binary) if self.peeked.is_none() && !binary.is_before_value() => {
                    Some(binary.next_item())
                }
                Source::Binary(_) | Source::Xml(_) | Source::Tree(_) => None,
            };
            if let Some(more) = more {
                let more = more.map_err(|error| self.error(error.into_kind()))?;
                if !more {
                    self.open.pop();
                }
                return Ok(more);
            }
        }
        let token = self.token()?;
        match (&token, self.open.last()) {
            (Token::EndArray, Some(Open::Array(_))) => {
                self.open.pop();
                Ok(false)
            }
            (_, Some(Open::Array(_))) if token.type_of().is_some() => {
                self.peeked = Some(token);
                Ok(true)
            }
            _ => Err(self.misplaced(&token)),
        }
    }

    /// Checks that the document ends here. Like Apple's reader, it ignores what follows the root of an XML property list.
    ///
    /// # Errors
    ///
    /// Returns an error if another value follows or the end is missing.
    pub fn finish(mut self) -> Result<()> {
        self.end()
    }

    pub(crate) fn end(&mut self) -> Result<()> {
        match self.token()? {
            Token::End => Ok(()),
            _ => Err(self.error(ErrorKind::Syntax("content after the end of the document".into()))),
        }
    }
}

impl Open<'_> {
    fn container(&self) -> Container {
        match self {
            Self::Array(_) => Container::Array,
            Self::Dictionary(_) | Self::Object(_) => Container::Object,
        }
    }
}

impl Input<'_> {
    /// Creates a reader at the start of the document.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        let reader = match &self.content {
            Content::Xml(text, notes) => Reader::from_xml(text, notes.clone()),
            Content::Json(text, notes) => Reader::from_json(text, notes.clone()),
            Content::Binary(start) => Reader::from_binary(start.clone().with_memory(self.memory)),
        };
        let memory = (self.memory, self.memory);
        Reader {
            memory,
            ..reader.with_limits(&self.limits)
        }
    }
}
