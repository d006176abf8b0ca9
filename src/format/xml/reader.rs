//! Reading tokens from XML property lists.
//!
//! The scanner follows the grammar of Apple's reader (CFPropertyList.c in the published sources of Foundation), which differs from XML: a
//! tag ends at the first `>`, attributes and everything after the root are ignored, any character is allowed in text. A document that
//! Apple's reader accepts is read in the same way, except that a repeated key is an error. The scanner also reads some documents that
//! Apple's reader rejects, such as comments in text. Both kinds of deviations are [noted](Irregularity).

use std::borrow::Cow;

use memchr::memchr2;
use memchr::memmem::find;

use crate::error::{Error, Type};
use crate::format::irregular::{Irregularity, Notes};
use crate::format::token::{Encoded, Token};
use crate::value::{Date, Integer, Unparsed};

type Result<T> = std::result::Result<T, Error>;

/// Reads tokens from the text of an XML property list. The caller checks which tokens may follow each other.
pub(crate) struct Xml<'a> {
    text: &'a str,
    place: Place,
    /// The position before the last token, a value.
    last: Place,
    /// The offset of the last token, or where reading stopped.
    start: usize,
    /// Whether the text has characters that XML does not allow, or `]]>`, which is only allowed at the end of a CDATA section.
    is_irregular: bool,
    has_doctype: bool,
    notes: Notes,
}

/// A position before a token.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    offset: usize,
    /// The container whose end comes next: `<dict/>` is two tokens.
    empty: Option<Container>,
    root: Root,
    /// The number of open containers.
    depth: usize,
    /// The number of open `<plist>` elements inside the root. Apple's reader allows them around any value.
    inner_plists: usize,
}

#[derive(Clone, Copy)]
enum Container {
    Array,
    Dictionary,
}

/// The state of the document around the root value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Before,
    /// Inside `<plist>`, before or in the root value.
    Wrapped,
    /// Inside `<plist>`, after the root value.
    WrappedAfter,
    /// In a root value without `<plist>`, which Apple's reader accepts, too.
    Bare,
    /// After `</plist>`, or after a bare root value.
    After,
}

/// A start tag.
struct Tag<'a> {
    name: &'a str,
    is_empty: bool,
}

impl<'a> Xml<'a> {
    /// Starts reading a text. `notes` are those about its encoding.
    pub(crate) fn new(text: &'a str, notes: Notes) -> Self {
        let place = Place {
            offset: 0,
            empty: None,
            root: Root::Before,
            depth: 0,
            inner_plists: 0,
        };
        Self {
            text,
            place,
            last: place,
            start: 0,
            is_irregular: has_forbidden_characters(text) || find(text.as_bytes(), b"]]>").is_some(),
            has_doctype: false,
            notes,
        }
    }

    /// Returns the offset of the last token, or where reading stopped.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// Returns the offset after the last token.
    pub(crate) fn end(&self) -> usize {
        self.place.offset
    }

    /// Returns whether the last token is in a `<plist>` element inside the root.
    pub(crate) fn is_in_inner_plist(&self) -> bool {
        self.place.inner_plists > 0
    }

    /// Returns whether nothing irregular has been noticed.
    pub(crate) fn is_regular(&self) -> bool {
        self.notes.is_empty()
    }

    /// Returns the position before the next token.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Returns the position before the last token, a value.
    pub(crate) fn last_place(&self) -> Place {
        self.last
    }

    pub(crate) fn go_to(&mut self, place: Place) {
        self.place = place;
    }

    /// Returns the notes since the last call.
    #[cfg(feature = "lint")]
    pub(crate) fn take_notes(&mut self) -> Vec<(usize, Irregularity)> {
        self.notes.take()
    }

    /// Notes an irregularity of the last token.
    pub(crate) fn note(&mut self, irregularity: Irregularity) {
        self.notes.add(self.start, irregularity);
    }

    fn rest(&self) -> &'a str {
        &self.text[self.place.offset..]
    }

    /// Reads the next token.
    pub(crate) fn next(&mut self) -> Result<Token<'a>> {
        self.last = self.place;
        if let Some(token) = self.plain() {
            return Ok(token);
        }
        let token = match self.place.empty.take() {
            Some(Container::Array) => Token::EndArray,
            Some(Container::Dictionary) => Token::EndDictionary,
            None => self.scan()?,
        };
        self.follow(token)
    }

    /// Reads the next token if it is written like nearly all are: a tag without attributes, and text without markup and references. This is a
    /// shortcut, which reads nothing if the token is another.
    #[inline]
    fn plain(&mut self) -> Option<Token<'a>> {
        if self.place.depth == 0 || self.place.empty.is_some() || self.is_irregular {
            return None;
        }
        let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let start = self.place.offset + self.rest().as_bytes().iter().take_while(|byte| space(byte)).count();
        let rest = &self.text[start..];
        let tag = |tag: &str| rest.starts_with(tag).then_some(tag.len());
        let text = |start: &str, end: &str| {
            let content = rest.strip_prefix(start)?;
            let len = memchr::memchr2(b'<', b'&', content.as_bytes())?;
            let is_closed = content.as_bytes()[len..].starts_with(end.as_bytes());
            is_closed.then(|| (&content[..len], start.len() + len + end.len()))
        };
        let mut depth = self.place.depth;
        let (token, len) = match rest.as_bytes().get(1)? {
            b'k' => {
                let (text, len) = text("<key>", "</key>")?;
                (Token::Key(Cow::Borrowed(text)), len)
            }
            b's' => {
                let (text, len) = text("<string>", "</string>")?;
                (Token::String(Cow::Borrowed(text)), len)
            }
            b'i' => {
                let (text, len) = text("<integer>", "</integer>")?;
                (Token::Integer(text.parse::<i64>().ok()?.into()), len)
            }
            b't' => (Token::Boolean(true), tag("<true/>")?),
            b'f' => (Token::Boolean(false), tag("<false/>")?),
            b'd' => {
                depth += 1;
                (Token::Dictionary, tag("<dict>")?)
            }
            b'a' => {
                depth += 1;
                (Token::Array, tag("<array>")?)
            }
            // The end of the root value takes more.
            b'/' if depth > 1 => {
                depth -= 1;
                let dictionary = tag("</dict>").map(|len| (Token::EndDictionary, len));
                dictionary.or_else(|| tag("</array>").map(|len| (Token::EndArray, len)))?
            }
            _ => return None,
        };
        self.start = start;
        self.place.offset = start + len;
        self.place.depth = depth;
        Some(token)
    }

    /// Keeps track of the depth and the end of the root value.
    fn follow(&mut self, token: Token<'a>) -> Result<Token<'a>> {
        let token = match token {
            Token::Array | Token::Dictionary => {
                self.place.depth += 1;
                return Ok(token);
            }
            Token::EndArray | Token::EndDictionary => {
                self.place.depth = self
                    .place
                    .depth
                    .checked_sub(1)
                    .ok_or_else(|| Error::syntax("an end tag that closes nothing"))?;
                token
            }
            Token::Key(text) if self.place.depth == 0 => {
                self.note(Irregularity::KeyAsValue);
                Token::String(text)
            }
            Token::End => return Ok(token),
            token => token,
        };
        if self.place.depth == 0 {
            self.place.root = match self.place.root {
                Root::Wrapped => Root::WrappedAfter,
                Root::Bare => self.end_of_document(),
                root => root,
            };
        }
        Ok(token)
    }

    /// Passes the end of the document. Apple's reader ignores whatever follows.
    fn end_of_document(&mut self) -> Root {
        let mut rest = self.rest();
        loop {
            rest = rest.trim_ascii_start();
            let Some(len) = comment_len(rest).or_else(|| instruction_len(rest)) else {
                break;
            };
            self.check_comment(rest, len);
            rest = &rest[len..];
        }
        if !rest.is_empty() {
            self.notes
                .add(self.text.len() - rest.len(), Irregularity::ContentAfterEnd);
        }
        Root::After
    }

    fn scan(&mut self) -> Result<Token<'a>> {
        loop {
            if self.place.root == Root::After {
                return Ok(Token::End);
            }
            let space = self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
            self.place.offset += space;
            self.start = self.place.offset;
            let rest = self.rest();
            match rest.as_bytes() {
                [] if self.place.root == Root::Before => return Ok(Token::End),
                [] => {
                    let message = match self.place.root {
                        Root::Bare => "the document ends within a value",
                        _ => "the document ends before `</plist>`",
                    };
                    return Err(Error::syntax(message));
                }
                [b'<', b'/', ..] => {
                    if let Some(token) = self.end_tag()? {
                        return Ok(token);
                    }
                }
                [b'<', b'!', ..] => self.declaration()?,
                [b'<', b'?', ..] => {
                    let len = instruction_len(rest)
                        .ok_or_else(|| Error::syntax("a processing instruction without an end"))?;
                    if rest.starts_with("<?xml") && self.start > 0 {
                        self.note(Irregularity::LateXmlDeclaration);
                    }
                    self.place.offset += len;
                }
                [b'<', ..] => {
                    let tag = self.start_tag()?;
                    if tag.name != "plist" {
                        return self.element(&tag);
                    }
                    if tag.is_empty {
                        return Err(Error::syntax("the document has no value"));
                    }
                    match self.place.root {
                        Root::Before => self.place.root = Root::Wrapped,
                        _ => {
                            self.note(Irregularity::NestedPlist);
                            self.place.inner_plists += 1;
                        }
                    }
                }
                _ => return Err(Error::syntax("text between elements")),
            }
        }
    }

    /// Reads a start tag. Like Apple's reader, it ignores attributes and whether they contain `>`.
    fn start_tag(&mut self) -> Result<Tag<'a>> {
        let tag = &self.rest()[1..];
        let is_end_of_name = |byte: u8| matches!(byte, b'>' | b' ' | b'\t' | b'\n' | b'\r');
        let name_end = tag.bytes().position(is_end_of_name);
        let (len, name_len) = match name_end.map(|at| (at, tag.as_bytes()[at])) {
            Some((len, b'>')) => (Some(len), None),
            Some((name_len, _)) => (tag.find('>'), Some(name_len)),
            None => (None, None),
        };
        let Some(len) = len else {
            return Err(Error::syntax("a tag without an end"));
        };
        let content = &tag[..len];
        let is_empty = content.ends_with('/');
        let name = match name_len {
            Some(name_len) => {
                if !are_well_formed(&content[name_len..]) {
                    self.note(Irregularity::MalformedAttributes);
                }
                &content[..name_len]
            }
            None => content.strip_suffix('/').unwrap_or(content),
        };
        self.place.offset += 1 + len + 1;
        Ok(Tag { name, is_empty })
    }

    /// Reads an end tag; `None` if it is that of a `<plist>` inside the root.
    fn end_tag(&mut self) -> Result<Option<Token<'a>>> {
        let tag = &self.rest()[2..];
        let len = tag.find('>').ok_or_else(|| Error::syntax("a tag without an end"))?;
        let token = match tag[..len].trim_ascii_end() {
            "dict" => Token::EndDictionary,
            "array" => Token::EndArray,
            "plist" if self.place.inner_plists > 0 => {
                self.place.inner_plists -= 1;
                self.place.offset += 2 + len + 1;
                return Ok(None);
            }
            "plist" if self.place.depth == 0 && self.place.root != Root::Bare => {
                self.place.offset += 2 + len + 1;
                self.place.root = self.end_of_document();
                return Ok(Some(Token::End));
            }
            _ => return Err(Error::syntax("an end tag that closes nothing")),
        };
        self.place.offset += 2 + len + 1;
        Ok(Some(token))
    }

    /// Passes a comment or a document type.
    fn declaration(&mut self) -> Result<()> {
        const DOCTYPE: &str = "<!DOCTYPE";
        let rest = self.rest();
        if rest.starts_with("<!--") {
            let len = comment_len(rest).ok_or_else(|| Error::syntax("a comment without an end"))?;
            self.check_comment(rest, len);
            self.place.offset += len;
            return Ok(());
        }
        if !rest
            .get(..DOCTYPE.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(DOCTYPE))
        {
            return Err(Error::syntax("text between elements"));
        }
        if self.place.root != Root::Before {
            return Err(Error::syntax("a document type within the document"));
        }
        if !rest.starts_with(DOCTYPE) {
            self.note(Irregularity::DoctypeCase);
        }
        match rest.find(['>', '[']).map(|at| rest.split_at(at)) {
            Some((doctype, end)) if end.starts_with('>') => {
                let name = &doctype[DOCTYPE.len()..];
                let is_named = name.starts_with(|c: char| c.is_ascii_whitespace()) && !name.trim_ascii().is_empty();
                if std::mem::replace(&mut self.has_doctype, true) || !is_named {
                    self.note(Irregularity::MalformedDoctype);
                }
                self.place.offset += doctype.len() + 1;
            }
            // Nothing that a document declares is ever expanded.
            Some(_) => return Err(Error::syntax("a document type with declarations of its own")),
            None => return Err(Error::syntax("a document type without an end")),
        }
        Ok(())
    }

    fn element(&mut self, tag: &Tag<'a>) -> Result<Token<'a>> {
        if self.place.root == Root::Before {
            self.place.root = Root::Bare;
        }
        Ok(match tag.name {
            "key" => Token::Key(self.content("key", tag)?),
            "string" => Token::String(self.content("string", tag)?),
            "dict" if tag.is_empty => self.empty(Container::Dictionary, Token::Dictionary),
            "dict" => Token::Dictionary,
            "array" if tag.is_empty => self.empty(Container::Array, Token::Array),
            "array" => Token::Array,
            "true" => self.boolean("true", tag)?,
            "false" => self.boolean("false", tag)?,
            "integer" => self.integer(tag)?,
            "real" => self.real(tag)?,
            "date" => self.date(tag)?,
            "data" => {
                if tag.is_empty {
                    self.note(Irregularity::EmptyElement);
                }
                Token::Data(Encoded::Base64(self.content("data", tag)?))
            }
            name => return Err(unknown_element(name)),
        })
    }

    fn empty(&mut self, container: Container, token: Token<'a>) -> Token<'a> {
        self.place.empty = Some(container);
        token
    }

    fn boolean(&mut self, name: &'static str, tag: &Tag<'a>) -> Result<Token<'a>> {
        if tag.is_empty {
            return Ok(Token::Boolean(name == "true"));
        }
        let content = self.content(name, tag)?;
        if !content.trim_ascii().is_empty() {
            return Err(Error::syntax(format!("text in `<{name}>`")));
        }
        if !content.is_empty() {
            self.note(Irregularity::SpaceInBoolean);
        }
        Ok(Token::Boolean(name == "true"))
    }

    fn integer(&mut self, tag: &Tag<'a>) -> Result<Token<'a>> {
        let text = self.content("integer", tag)?;
        Ok(match Integer::parse(&text) {
            Some(number) => {
                self.check_space_after(&text);
                Token::Integer(number)
            }
            None => self.unparsed(Type::Integer, text),
        })
    }

    fn real(&mut self, tag: &Tag<'a>) -> Result<Token<'a>> {
        let text = self.content("real", tag)?;
        // Apple's reader takes the same forms as Rust's parser: decimal numbers, exponents, `inf`, `infinity` and `nan` in any case.
        let trimmed = text.trim_matches(crate::value::is_apple_space);
        Ok(match trimmed.parse::<f64>() {
            Ok(number) => {
                self.check_space_after(&text);
                let is_named = !number.is_finite() && !trimmed.contains(|c: char| c.is_ascii_digit());
                if is_named && (trimmed.len() < text.len() || number.is_nan() && trimmed.len() > 3) {
                    self.note(Irregularity::SpaceInNumber);
                }
                Token::Real(number)
            }
            Err(_) => self.unparsed(Type::Real, text),
        })
    }

    fn check_space_after(&mut self, text: &str) {
        if text.ends_with(crate::value::is_apple_space) {
            self.note(Irregularity::SpaceInNumber);
        }
    }

    fn date(&mut self, tag: &Tag<'a>) -> Result<Token<'a>> {
        let text = self.content("date", tag)?;
        Ok(match Date::parse(text.trim_ascii()) {
            Some(date) => {
                let date = date.whole_seconds();
                if !Date::is_standard(&text) {
                    self.note(Irregularity::NonstandardDate);
                }
                Token::Date(date)
            }
            None => self.unparsed(Type::Date, text),
        })
    }

    /// Returns a value whose text is not valid for its type.
    fn unparsed(&mut self, type_of: Type, text: Cow<'a, str>) -> Token<'a> {
        self.note(if text.is_empty() {
            Irregularity::EmptyElement
        } else {
            Irregularity::Unparsed(type_of)
        });
        Token::Unparsed(Unparsed::new(type_of, text))
    }

    /// Reads the text up to the end tag of an element.
    ///
    /// Line ends stay as they are: Apple's reader leaves them, and Apple's writer does not escape a carriage return.
    fn content(&mut self, name: &'static str, tag: &Tag<'a>) -> Result<Cow<'a, str>> {
        let mut content = Cow::Borrowed("");
        if tag.is_empty {
            return Ok(content);
        }
        loop {
            let rest = self.rest();
            let Some(len) = memchr2(b'<', b'&', rest.as_bytes()) else {
                return Err(Error::syntax(format!("`<{name}>` is not closed")));
            };
            let (text, rest) = rest.split_at(len);
            if self.is_irregular {
                self.check_characters(text);
                if text.contains("]]>") {
                    self.note(Irregularity::CdataEndInText);
                }
            }
            append(&mut content, Cow::Borrowed(text));
            self.place.offset += len;
            if rest.starts_with('&') {
                append(&mut content, self.reference(name)?);
                continue;
            }
            let is_text = matches!(name, "key" | "string" | "real");
            if let Some(len) = closing_tag_len(rest, name) {
                self.place.offset += len;
                return Ok(content);
            }
            if let Some(data) = rest.strip_prefix("<![CDATA[") {
                let len =
                    find(data.as_bytes(), b"]]>").ok_or_else(|| Error::syntax("a CDATA section without an end"))?;
                if !is_text {
                    self.note(Irregularity::MarkupInText);
                }
                if self.is_irregular {
                    self.check_characters(&data[..len]);
                }
                append(&mut content, Cow::Borrowed(&data[..len]));
                self.place.offset += "<![CDATA[]]>".len() + len;
            } else if let Some(len) = comment_len(rest).or_else(|| instruction_len(rest)) {
                self.note(Irregularity::MarkupInText);
                self.place.offset += len;
            } else if !rest.contains('>') {
                return Err(Error::syntax(format!("`<{name}>` is not closed")));
            } else {
                self.start = self.place.offset;
                return Err(Error::syntax(match rest.as_bytes() {
                    // Not which: in a broken document it may be part of a value.
                    [_, b'/', ..] => format!("another end tag where `</{name}>` was expected"),
                    [_, b'!' | b'?', ..] => format!("a declaration in `<{name}>`"),
                    _ => format!("an element in `<{name}>`; in text write `<` as `&lt;`"),
                }));
            }
        }
    }

    /// Reads `&…;`: one of the five entities of XML, or a character by its number.
    fn reference(&mut self, name: &str) -> Result<Cow<'a, str>> {
        /// The greatest number of characters in a reference, which Apple's reader limits, too.
        const MAX_LEN: usize = 16;

        if !matches!(name, "key" | "string" | "real") {
            self.note(Irregularity::ReferenceInText);
        }
        let rest = &self.rest()[1..];
        let Some(len) = rest.bytes().take(MAX_LEN).position(|byte| byte == b';') else {
            self.start = self.place.offset;
            return Err(Error::syntax(
                "an `&` that begins no entity or character reference; in text write it as `&amp;`",
            ));
        };
        let entity = &rest[..len];
        let text = match entity {
            "lt" => Cow::Borrowed("<"),
            "gt" => Cow::Borrowed(">"),
            "amp" => Cow::Borrowed("&"),
            "quot" => Cow::Borrowed("\""),
            "apos" => Cow::Borrowed("'"),
            _ => match entity.strip_prefix('#') {
                Some(number) => Cow::Owned(self.character(number)?.to_string()),
                None => {
                    self.start = self.place.offset;
                    return Err(Error::syntax(
                        "an entity that XML does not know; in text write `&` as `&amp;`",
                    ));
                }
            },
        };
        self.place.offset += 1 + len + 1;
        Ok(text)
    }

    /// Returns the character that a numeric reference names: `65` in decimal, or `x41` in hexadecimal.
    fn character(&mut self, number: &str) -> Result<char> {
        let (digits, radix) = match number.strip_prefix('x') {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        if !digits.chars().all(|c| c.is_digit(radix)) {
            self.start = self.place.offset;
            return Err(Error::syntax("a reference to no character"));
        }
        // Apple's reader takes a missing number as 0, and no more than eight digits.
        let code = u64::from_str_radix(digits, radix).unwrap_or(0);
        let code = u32::try_from(code).unwrap_or(u32::MAX);
        Ok(match char::from_u32(code) {
            Some(c) if digits.len() <= 8 => {
                if !is_xml_character(c) {
                    self.notes.add(self.place.offset, Irregularity::ForbiddenCharacter(c));
                }
                c
            }
            _ => {
                self.notes
                    .add(self.place.offset, Irregularity::InvalidCharacterReference);
                char::REPLACEMENT_CHARACTER
            }
        })
    }

    /// Notes an irregularity if the comment contains `--` or ends with `--->`. `text` starts with the comment, which takes `len` bytes.
    fn check_comment(&mut self, text: &'a str, len: usize) {
        let content = text[..len]
            .strip_prefix("<!--")
            .and_then(|text| text.strip_suffix("-->"));
        if content.is_some_and(|content| content.contains("--") || content.ends_with('-')) {
            self.notes.add(self.offset_of(text), Irregularity::HyphensInComment);
        }
    }

    /// Returns the offset of a part of the document.
    fn offset_of(&self, part: &'a str) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }

    /// Notes the characters in a text that XML does not allow.
    fn check_characters(&mut self, text: &'a str) {
        let offset = self.offset_of(text);
        for (at, c) in text.char_indices() {
            if !is_xml_character(c) {
                self.notes.add(offset + at, Irregularity::ForbiddenCharacter(c));
            }
        }
    }
}

/// Returns whether the attributes of a tag, which may end with `/`, are well-formed.
fn are_well_formed(attributes: &str) -> bool {
    let mut names: Vec<&str> = Vec::new();
    let mut rest = attributes;
    loop {
        let trimmed = rest.trim_ascii_start();
        if trimmed.is_empty() || trimmed == "/" {
            return true;
        }
        let Some((name, value)) = trimmed.split_once('=') else {
            return false;
        };
        let (name, value) = (name.trim_ascii_end(), value.trim_ascii_start());
        let is_name = |c: char| !c.is_ascii_whitespace() && !"\"'<&/".contains(c);
        let quote = value.chars().next().filter(|c| ['"', '\''].contains(c));
        let Some((value, after)) = quote.and_then(|quote| value[1..].split_once(quote)) else {
            return false;
        };
        let is_separate = trimmed.len() < rest.len();
        if name.is_empty() || !name.chars().all(is_name) || !is_separate || names.contains(&name) || value.contains('<')
        {
            return false;
        }
        names.push(name);
        // A hostile tag with thousands of attributes is not worth the time.
        if names.len() > 100 {
            return false;
        }
        rest = after;
    }
}

/// Returns the length of the comment at the start of a text.
pub(crate) fn comment_len(text: &str) -> Option<usize> {
    let content = text.strip_prefix("<!--")?;
    Some(find(content.as_bytes(), b"-->")? + "<!---->".len())
}

/// Returns the length of the processing instruction at the start of a text.
pub(crate) fn instruction_len(text: &str) -> Option<usize> {
    let content = text.strip_prefix("<?")?;
    Some(find(content.as_bytes(), b"?>")? + "<??>".len())
}

/// Returns the length of the end tag at the start of a text.
fn closing_tag_len(text: &str, name: &str) -> Option<usize> {
    let rest = text.strip_prefix("</")?.strip_prefix(name)?;
    let rest = rest.trim_ascii_start().strip_prefix('>')?;
    Some(text.len() - rest.len())
}

fn append<'a>(content: &mut Cow<'a, str>, text: Cow<'a, str>) {
    if content.is_empty() {
        *content = text;
    } else if !text.is_empty() {
        content.to_mut().push_str(&text);
    }
}

/// Returns whether XML allows the character.
pub(crate) const fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn has_forbidden_characters(text: &str) -> bool {
    let control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    let is_suspicious = |chunk: &[u8]| chunk.iter().fold(false, |any, &b| any | control(b) | (b == 0xef));
    text.as_bytes().chunks(4096).any(is_suspicious) && !text.chars().all(is_xml_character)
}

fn unknown_element(name: &str) -> Error {
    // Element names are no secrets, but a broken document may have a secret where the name should be.
    if name.len() <= 32 {
        Error::syntax(format!("unknown element `<{name}>`"))
    } else {
        Error::syntax("unknown element")
    }
}
