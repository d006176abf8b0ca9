//! XML property lists as a source of tokens.

use std::borrow::Cow;

use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesStart, Event};

use crate::error::Error;
use crate::format::token::{Encoded, Token};
use crate::value::{Date, Integer};

/// Reads tokens from the text of an XML property list. It knows what an element is and how it is closed; what may stand in which
/// container the reader checks.
pub(crate) struct Xml<'a> {
    text: &'a str,
    events: quick_xml::Reader<&'a [u8]>,
    /// Where the last token starts.
    start: usize,
    /// The end of a container without content, `<dict/>`, is still to come.
    end: Option<End>,
    root: Root,
}

/// How far the document around the root value has been read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Before,
    /// Within `<plist>`.
    Wrapped,
    /// Without `<plist>`, as Apple's parser accepts it too.
    Bare,
    /// After `</plist>`.
    After,
}

/// The end of what is open.
#[derive(Clone, Copy)]
enum End {
    Array,
    Dictionary,
}

/// A place before a token.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    offset: usize,
    end: Option<End>,
    root: Root,
}

type Result<T> = std::result::Result<T, Error>;

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            events: events(text),
            start: 0,
            end: None,
            root: Root::Before,
        }
    }

    /// Where the last token starts, or where reading stopped.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// The place before the next token.
    pub(crate) fn place(&self) -> Place {
        Place {
            offset: self.offset(),
            end: self.end,
            root: self.root,
        }
    }

    /// The place before the last token, a value.
    pub(crate) fn last_place(&self) -> Place {
        Place {
            offset: self.start,
            end: None,
            root: self.root,
        }
    }

    pub(crate) fn go_to(&mut self, place: Place) {
        // Before every token, as after it, the events' own state is that between two tags.
        self.set_offset(place.offset);
        self.end = place.end;
        self.root = place.root;
    }

    fn offset(&self) -> usize {
        self.text.len() - self.events.get_ref().len()
    }

    pub(crate) fn next(&mut self) -> Result<Token<'a>> {
        if let Some(end) = self.end.take() {
            return Ok(match end {
                End::Array => Token::EndArray,
                End::Dictionary => Token::EndDictionary,
            });
        }
        loop {
            if let Some(token) = self.plain()? {
                return Ok(token);
            }
            let before = self.offset();
            match self.event()? {
                Event::Start(tag) => {
                    self.start = self.offset() - tag.len() - "<>".len();
                    match tag.name().0 {
                        "plist" if self.root == Root::Before => self.root = Root::Wrapped,
                        _ => return self.started(&tag),
                    }
                }
                Event::Empty(tag) => {
                    self.start = self.offset() - tag.len() - "</>".len();
                    return self.empty(&tag);
                }
                Event::End(tag) => {
                    self.start = self.before_tag();
                    return match tag.name().0 {
                        "dict" => Ok(Token::EndDictionary),
                        "array" => Ok(Token::EndArray),
                        "plist" if self.root == Root::Wrapped => {
                            self.root = Root::After;
                            Ok(Token::End)
                        }
                        _ => Err(Error::syntax("an end tag that closes nothing")),
                    };
                }
                Event::Text(text) => {
                    let blank = text.trim_ascii_end().len();
                    if blank != 0 {
                        self.start = self.offset() - text.len();
                        return Err(Error::syntax("text between elements"));
                    }
                }
                Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(Error::syntax("text between elements"));
                }
                Event::DocType(doctype) if self.root == Root::Before => {
                    self.start = before;
                    if doctype.contains('[') {
                        return Err(Error::syntax("a document type with declarations of its own"));
                    }
                }
                Event::DocType(_) => {
                    return Err(Error::syntax("a document type within the document"));
                }
                Event::Decl(declaration) => self.declaration(&declaration)?,
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => {
                    self.start = self.text.len();
                    return match self.root {
                        Root::Wrapped => Err(Error::syntax("the document ends before `</plist>`")),
                        Root::Before | Root::Bare | Root::After => Ok(Token::End),
                    };
                }
            }
        }
    }

    /// The next token, where it is written as nearly all are: a tag without attributes, and text
    /// without markup or entities up to its end. This is several times as fast as a token from
    /// events, which are for everything else.
    fn plain(&mut self) -> Result<Option<Token<'a>>> {
        if !matches!(self.root, Root::Wrapped | Root::Bare) {
            return Ok(None);
        }
        let rest = self.events.get_ref();
        let space = rest
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
            .count();
        let start = self.offset() + space;
        let Some((token, len)) = plain_element(&self.text[start..]) else {
            return Ok(None);
        };
        self.start = start;
        self.set_offset(start + len);
        token.map(Some)
    }

    fn set_offset(&mut self, offset: usize) {
        *self.events.get_mut() = &self.text.as_bytes()[offset..];
    }

    /// The next event, without white space before it.
    fn event(&mut self) -> Result<Event<'a>> {
        self.events.config_mut().trim_text_start = true;
        self.raw_event()
    }

    fn raw_event(&mut self) -> Result<Event<'a>> {
        let before = self.offset();
        match self.events.read_event() {
            Ok(event) => Ok(event),
            Err(error) => {
                self.start = before;
                Err(Error::syntax(match error {
                    quick_xml::Error::Syntax(error) => error.to_string(),
                    quick_xml::Error::IllFormed(IllFormedError::UnclosedReference) => {
                        "an `&` that begins no entity or character reference; in text write it as `&amp;`".to_owned()
                    }
                    quick_xml::Error::IllFormed(error) => error.to_string(),
                    error => error.to_string(),
                }))
            }
        }
    }

    /// The start of the tag that was just read.
    fn before_tag(&self) -> usize {
        let read = &self.text[..self.offset()];
        read.rfind('<').unwrap_or(read.len())
    }

    fn declaration(&mut self, declaration: &quick_xml::events::BytesDecl<'a>) -> Result<()> {
        self.start = self.before_tag();
        if self.start != 0 {
            return Err(Error::syntax("an XML declaration that is not at the start"));
        }
        // The text has been decoded by what its bytes are; a declaration that says otherwise makes two readings of it.
        if let Some(encoding) = declaration.encoding()
            && !self.text.is_ascii()
        {
            let encoding = encoding.map_err(|_| Error::syntax("an XML declaration that is broken"))?;
            let known = ["utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"];
            if !known.iter().any(|name| encoding.eq_ignore_ascii_case(name)) {
                return Err(Error::syntax(format!("text declared as {encoding} that is UTF-8")));
            }
        }
        Ok(())
    }

    /// A new element: at the root it is the only one.
    fn enter(&mut self) -> Result<()> {
        match self.root {
            Root::Before => {
                self.root = Root::Bare;
                Ok(())
            }
            Root::Wrapped | Root::Bare => Ok(()),
            Root::After => Err(Error::syntax("content after the end of the document")),
        }
    }

    fn started(&mut self, tag: &BytesStart<'a>) -> Result<Token<'a>> {
        self.enter()?;
        Ok(match tag.name().0 {
            "dict" => Token::Dictionary,
            "array" => Token::Array,
            "key" => Token::Key(self.content("key")?),
            "string" => Token::String(self.content("string")?),
            "integer" => integer(&self.content("integer")?)?,
            "real" => real(&self.content("real")?)?,
            "true" => self.boolean("true", true)?,
            "false" => self.boolean("false", false)?,
            "data" => Token::Data(Encoded::Base64(self.content("data")?)),
            "date" => date(&self.content("date")?)?,
            name => return Err(unknown_element(name)),
        })
    }

    fn empty(&mut self, tag: &BytesStart<'a>) -> Result<Token<'a>> {
        self.enter()?;
        const NONE: Cow<'static, str> = Cow::Borrowed("");
        Ok(match tag.name().0 {
            "dict" => {
                self.end = Some(End::Dictionary);
                Token::Dictionary
            }
            "array" => {
                self.end = Some(End::Array);
                Token::Array
            }
            "true" => Token::Boolean(true),
            "false" => Token::Boolean(false),
            "key" => Token::Key(NONE),
            "string" => Token::String(NONE),
            "data" => Token::Data(Encoded::Base64(NONE)),
            "integer" => integer("")?,
            "real" => real("")?,
            "date" => date("")?,
            name => return Err(unknown_element(name)),
        })
    }

    fn boolean(&mut self, name: &'static str, value: bool) -> Result<Token<'a>> {
        if self.content(name)?.trim_ascii().is_empty() {
            Ok(Token::Boolean(value))
        } else {
            Err(Error::syntax(format!("text in `<{name}>`")))
        }
    }

    /// The text up to the end tag of an element that holds only text.
    ///
    /// Line ends stay as they are: Apple's parser leaves them, and its writer does not escape a carriage return.
    fn content(&mut self, name: &'static str) -> Result<Cow<'a, str>> {
        self.events.config_mut().trim_text_start = false;
        let mut content = Cow::Borrowed("");
        loop {
            match self.raw_event()? {
                Event::Text(text) => add(&mut content, text.into_inner()),
                Event::CData(text) => add(&mut content, text.into_inner()),
                Event::End(tag) if tag.name().0 == name => return Ok(content),
                Event::GeneralRef(entity) => add(&mut content, resolve(&entity)?),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Start(_) | Event::Empty(_) => {
                    self.start = self.before_tag();
                    return Err(Error::syntax(format!(
                        "an element in `<{name}>`; in text write `<` as `&lt;`"
                    )));
                }
                Event::End(_) => {
                    self.start = self.before_tag();
                    // Not which: in a broken document it may be part of a value.
                    return Err(Error::syntax(format!("another end tag where `</{name}>` was expected")));
                }
                Event::Eof => return Err(Error::syntax(format!("`<{name}>` is not closed"))),
                Event::Decl(_) | Event::DocType(_) => {
                    return Err(Error::syntax(format!("a declaration in `<{name}>`")));
                }
            }
        }
    }
}

/// Events of a text that starts before an element. End tags are compared here, since the reader goes back.
fn events(text: &str) -> quick_xml::Reader<&[u8]> {
    let mut events = quick_xml::Reader::from_str(text);
    let config = events.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    events
}

/// The token at the start of the text, and its length, where it is a tag without attributes and, for
/// what holds text, there is only text up to the end tag.
fn plain_element(text: &str) -> Option<(Result<Token<'_>>, usize)> {
    let tag = |tag: &str, token| text.starts_with(tag).then_some((Ok(token), tag.len()));
    match text.as_bytes().get(1)? {
        b'k' => plain_content(text, "<key>", "</key>", |key| Ok(Token::Key(key.into()))),
        b's' => plain_content(text, "<string>", "</string>", |text| Ok(Token::String(text.into()))),
        b'i' => plain_content(text, "<integer>", "</integer>", integer),
        b't' => tag("<true/>", Token::Boolean(true)),
        b'f' => tag("<false/>", Token::Boolean(false)),
        b'/' => tag("</dict>", Token::EndDictionary).or_else(|| tag("</array>", Token::EndArray)),
        b'd' => tag("<dict>", Token::Dictionary)
            .or_else(|| {
                plain_content(text, "<data>", "</data>", |text| {
                    Ok(Token::Data(Encoded::Base64(text.into())))
                })
            })
            .or_else(|| plain_content(text, "<date>", "</date>", date)),
        b'a' => tag("<array>", Token::Array),
        b'r' => plain_content(text, "<real>", "</real>", real),
        _ => None,
    }
}

fn plain_content<'a>(
    text: &'a str,
    start: &str,
    end: &str,
    token: impl FnOnce(&'a str) -> Result<Token<'a>>,
) -> Option<(Result<Token<'a>>, usize)> {
    let rest = text.strip_prefix(start)?;
    // What `&` stands for is not plain.
    let len = rest.bytes().position(|b| matches!(b, b'<' | b'&'))?;
    let (content, after) = rest.split_at(len);
    after
        .starts_with(end)
        .then(|| (token(content), start.len() + len + end.len()))
}

fn add<'a>(content: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if content.is_empty() {
        *content = more;
    } else {
        content.to_mut().push_str(&more);
    }
}

/// The character of `&…;`: the five that XML knows, and numbers.
fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> Result<Cow<'static, str>> {
    let name: &str = entity;
    Ok(match name {
        "lt" => Cow::Borrowed("<"),
        "gt" => Cow::Borrowed(">"),
        "amp" => Cow::Borrowed("&"),
        "quot" => Cow::Borrowed("\""),
        "apos" => Cow::Borrowed("'"),
        _ => match entity.resolve_char_ref() {
            Ok(Some(c)) if is_xml_character(c) => Cow::Owned(c.to_string()),
            Ok(None) => {
                return Err(Error::syntax(
                    "an entity that XML does not know; in text write `&` as `&amp;`",
                ));
            }
            Ok(Some(_)) | Err(_) => return Err(Error::syntax("a reference to no character")),
        },
    })
}

/// Whether XML can hold the character.
pub(crate) const fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The offset of the first character that XML cannot hold.
pub(crate) fn forbidden_character(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let control = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r');
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    let suspicious = |chunk: &[u8]| chunk.iter().fold(false, |any, &b| any | control(b) | (b == 0xef));
    if !bytes.chunks(4096).any(suspicious) {
        return None;
    }
    text.char_indices()
        .find_map(|(at, c)| (!is_xml_character(c)).then_some(at))
}

fn unknown_element(name: &str) -> Error {
    // A name is never a value, but a broken document may have anything in its place.
    if name.len() <= 32 {
        Error::syntax(format!("unknown element `<{name}>`"))
    } else {
        Error::syntax("unknown element")
    }
}

fn integer<'a>(text: &str) -> Result<Token<'a>> {
    Integer::parse(text)
        .map(Token::Integer)
        .ok_or_else(|| Error::syntax("no integer of 64 bits in `<integer>`"))
}

fn real<'a>(text: &str) -> Result<Token<'a>> {
    // Rust's parser reads the same forms as Apple's: decimal, exponent, inf, infinity, nan, in any case.
    text.trim_ascii()
        .parse()
        .map(Token::Real)
        .map_err(|_| Error::syntax("no number in `<real>`"))
}

fn date<'a>(text: &str) -> Result<Token<'a>> {
    Date::parse(text.trim_ascii())
        .map(|date| Token::Date(date.whole_seconds()))
        .ok_or_else(|| Error::syntax("no date such as 2024-05-06T07:08:09Z in `<date>`"))
}
