//! Documents as bytes: what format they are in, and as text.

use std::borrow::Cow;

pub use crate::error::DocumentFormat;
use crate::error::{Error, ErrorKind};
use crate::format::binary::Binary;
use crate::format::lines::Lines;
use crate::format::xml;

/// How much a document may ask of the reader.
///
/// ```
/// use apple_mdm::input::Limits;
///
/// let limits = Limits::default().with_size(1 << 20);
/// assert_eq!(limits.depth, 128);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How deep arrays and dictionaries may be nested: 128, and never more than [`MAX_DEPTH`](Limits::MAX_DEPTH).
    pub depth: usize,
    /// How many bytes a document may have: 64 MiB.
    pub size: usize,
}

impl Limits {
    /// The greatest depth; it needs less than 1 MiB of stack, also without optimisation.
    pub const MAX_DEPTH: usize = 256;

    /// The same limits with another depth; more than [`MAX_DEPTH`](Limits::MAX_DEPTH) counts as that.
    #[must_use]
    pub const fn with_depth(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    /// The same limits with another size, in bytes.
    #[must_use]
    pub const fn with_size(mut self, size: usize) -> Self {
        self.size = size;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 128,
            size: 64 << 20,
        }
    }
}

/// A document, looked at so far that it can be read: its format is known, text is decoded.
///
/// The format is told by the first bytes: `bplist00`; `<`, `{` or `[` after white space and a byte order mark. Text may be UTF-8 or,
/// with a byte order mark or a character of ASCII at its start, UTF-16.
///
/// ```
/// use apple_mdm::input::{DocumentFormat, Input, Limits};
///
/// let input = Input::new(b"<plist><array><true/></array></plist>", &Limits::default())?;
/// assert_eq!(input.format(), DocumentFormat::Xml);
/// let value = input.reader().value()?;
/// assert_eq!(value, vec![true].into());
/// # Ok::<(), apple_mdm::Error>(())
/// ```
pub struct Input<'a> {
    pub(crate) content: Content<'a>,
    pub(crate) limits: Limits,
}

pub(crate) enum Content<'a> {
    Xml(Cow<'a, str>),
    Json(Cow<'a, str>),
    Binary(Binary<'a>),
}

impl<'a> Input<'a> {
    /// Looks at a document.
    ///
    /// # Errors
    ///
    /// Where it is larger than the limits, in no known format, no UTF-8 or UTF-16, has characters that XML forbids, or is a
    /// binary property list with a broken trailer.
    pub fn new(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        if bytes.len() > limits.size {
            return Err(Error::new(ErrorKind::TooLarge { limit: limits.size }));
        }
        let content = if bytes.starts_with(b"bplist00") {
            Content::Binary(Binary::new(bytes)?)
        } else {
            let text = text(bytes)?;
            match text.trim_ascii_start().as_bytes().first() {
                Some(b'<') => {
                    if let Some(offset) = xml::forbidden_character(&text) {
                        let kind = ErrorKind::Syntax("a character that XML forbids".into());
                        return Err(Error::at(kind, String::new(), Some(Lines::new(&text).position(offset))));
                    }
                    Content::Xml(text)
                }
                Some(b'{' | b'[') => Content::Json(text),
                _ if text.trim_ascii_start().starts_with("-----BEGIN ") => {
                    return Err(Error::new(ErrorKind::Cms));
                }
                _ => return Err(Error::new(ErrorKind::UnknownFormat)),
            }
        };
        Ok(Self {
            content,
            limits: *limits,
        })
    }

    /// The same as a document within another, of which there may be many: it may take less memory.
    #[must_use]
    pub(crate) fn within(mut self) -> Self {
        if let Content::Binary(binary) = self.content {
            self.content = Content::Binary(binary.within());
        }
        self
    }

    /// The format.
    #[must_use]
    pub fn format(&self) -> DocumentFormat {
        match self.content {
            Content::Xml(_) => DocumentFormat::Xml,
            Content::Json(_) => DocumentFormat::Json,
            Content::Binary(_) => DocumentFormat::Binary,
        }
    }

    /// The text, where the format is one of text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Xml(text) | Content::Json(text) => Some(text),
            Content::Binary(_) => None,
        }
    }
}

/// The text of the bytes, without a byte order mark.
fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xfe, 0xff, rest @ ..] | rest @ [0, 1..=0x7f, ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] | rest @ [1..=0x7f, 0, ..] => utf16(rest, u16::from_le_bytes),
        // An ASN.1 sequence: the start of every CMS message.
        [0x30, 0x80..=0x84, ..] => Err(Error::new(ErrorKind::Cms)),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        if !good.trim_ascii_start().starts_with(['<', '{', '[']) {
            return Error::new(ErrorKind::UnknownFormat);
        }
        let position = Lines::new(&good).position(good.len());
        let message = match declared(&good) {
            Some(encoding) => {
                format!("text that is not UTF-8 but declared as {encoding}: only UTF-8 and UTF-16 are read").into()
            }
            None => "text that is not UTF-8".into(),
        };
        Error::at(ErrorKind::Syntax(message), String::new(), Some(position))
    })
}

/// The encoding that an XML declaration says, where it is another than UTF-8.
fn declared(text: &str) -> Option<&str> {
    let (declaration, _) = text.trim_ascii_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let mut parts = value.split(['"', '\'']);
    let encoding = parts.nth(1)?;
    let is_name = encoding.len() <= 32
        && encoding
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b));
    (is_name && !encoding.eq_ignore_ascii_case("utf-8")).then_some(encoding)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Error> {
    let (pairs, rest) = bytes.as_chunks();
    let broken = || Error::syntax("text that is not UTF-16");
    if !rest.is_empty() {
        return Err(broken());
    }
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|&pair| unit(pair))).collect();
    text.map(Cow::Owned).map_err(|_| broken())
}
