//! Documents as bytes: their format and encoding.

use std::borrow::Cow;

pub use crate::error::DocumentFormat;
use crate::error::{Error, ErrorKind};
use crate::format::binary::Binary;
use crate::format::encoding::{Decoded, Encoding, decode};
use crate::format::irregular::{Irregularity, Notes};

/// Limits for reading a document.
///
/// In addition, memory is limited: what is read from a document takes at most 16 MiB plus 30 times the size of the document, no matter how
/// small its parts are or how often a binary property list refers to the same object. Reading a document that would take more is an error.
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
    /// The maximum depth of nested arrays and dictionaries. The default is 128; [`MAX_DEPTH`](Limits::MAX_DEPTH) always applies, too.
    pub depth: usize,
    /// The maximum size of a document in bytes. The default is 64 MiB.
    pub size: usize,
}

impl Limits {
    /// The greatest possible depth. It needs less than 1 MiB of stack, even without optimization.
    pub const MAX_DEPTH: usize = 256;

    /// Sets the maximum depth. A depth beyond [`MAX_DEPTH`](Limits::MAX_DEPTH) has the same effect as that one.
    #[must_use]
    pub const fn with_depth(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    /// Sets the maximum size in bytes.
    #[must_use]
    pub const fn with_size(mut self, size: usize) -> Self {
        self.size = size;
        self
    }
}

/// How much memory may be taken for a document of `len` bytes. Growing lists take up to twice the memory of their content, so that this is
/// less than what [`Limits`] promises.
pub(crate) const fn memory_budget(len: usize, base: usize) -> usize {
    base.saturating_add(len.saturating_mul(24))
}

/// The memory that may be taken for any document, however small.
const BASE_MEMORY: usize = 8 << 20;

/// The same for a document inside another one, which may contain many.
const INNER_BASE_MEMORY: usize = 128 << 10;

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 128,
            size: 64 << 20,
        }
    }
}

/// A document whose format and encoding are known, and that is ready to be read.
///
/// The format is detected from the first bytes: `bplist0`, or `<`, `{` or `[` after white space and a byte order mark. Text can be UTF-8,
/// or UTF-16 or UTF-32 with a byte order mark. An XML property list can also declare ISO-8859-1 or windows-1252.
///
/// A single bad character does not make a document unreadable: bytes that are not valid in the encoding of a text are read as U+FFFD, and so
/// are unpaired surrogates in JSON and binary property lists. A byte string of a binary property list that is neither ASCII nor UTF-8 is read
/// as ISO-8859-1, as Apple's reader does.
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
    /// How much memory may be taken for what is read.
    pub(crate) memory: usize,
    /// The encoding of the text, if the format is XML or JSON.
    pub(crate) encoding: Option<Encoding>,
    len: usize,
}

pub(crate) enum Content<'a> {
    /// The text, and what is irregular about its encoding.
    Xml(Cow<'a, str>, Notes),
    Json(Cow<'a, str>, Notes),
    Binary(Binary<'a>),
}

impl<'a> Input<'a> {
    /// Detects the format of a document and decodes its text.
    ///
    /// # Errors
    ///
    /// Returns an error if the document exceeds the limits, has an unknown format or encoding, or is a binary property list with an invalid
    /// trailer.
    pub fn new(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        if bytes.len() > limits.size {
            return Err(Error::new(ErrorKind::TooLarge { limit: limits.size }));
        }
        // Apple's reader accepts any version 0x.
        let mut found = None;
        let content = if bytes.starts_with(b"bplist0") {
            Content::Binary(Binary::new(bytes)?)
        } else if let [0x30, 0x80..=0x84, ..] = bytes {
            // An ASN.1 sequence: the start of every CMS message.
            return Err(Error::new(ErrorKind::Cms));
        } else {
            let Decoded { text, encoding, notes } = decode(bytes)?;
            found = Some(encoding);
            match text.trim_ascii_start().as_bytes().first() {
                Some(b'<') => Content::Xml(text, notes),
                Some(b'{' | b'[') => Content::Json(text, notes.only(Irregularity::InvalidBytes)),
                _ if text.trim_ascii_start().starts_with("-----BEGIN ") => {
                    return Err(Error::new(ErrorKind::Cms));
                }
                _ => return Err(Error::new(ErrorKind::UnknownFormat)),
            }
        };
        Ok(Self {
            content,
            limits: *limits,
            memory: memory_budget(bytes.len(), BASE_MEMORY),
            encoding: found,
            len: bytes.len(),
        })
    }

    /// Reduces the memory limit for a document inside another one, which may contain many.
    #[must_use]
    pub(crate) fn within(mut self) -> Self {
        self.memory = memory_budget(self.len, INNER_BASE_MEMORY);
        self
    }

    /// Returns the format.
    #[must_use]
    pub fn format(&self) -> DocumentFormat {
        match self.content {
            Content::Xml(..) => DocumentFormat::Xml,
            Content::Json(..) => DocumentFormat::Json,
            Content::Binary(_) => DocumentFormat::Binary,
        }
    }

    /// Returns the decoded text if the format is XML or JSON.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Xml(text, _) | Content::Json(text, _) => Some(text),
            Content::Binary(_) => None,
        }
    }
}
