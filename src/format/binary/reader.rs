//! Reading tokens from binary property lists.
//!
//! The crate `plist` offers no way to bound depth and memory: its `Value` overflows the stack on deeply nested documents, and its
//! `Deserializer` is private.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use crate::error::{DocumentFormat, Error, ErrorKind};
use crate::format::irregular::{Irregularity, Notes};
use crate::format::token::{Encoded, Token};
use crate::value::{Date, Integer, Type, Unparsed, Value};

type Result<T> = std::result::Result<T, Error>;

const HEADER_LEN: usize = b"bplist00".len();
const TRAILER_LEN: usize = 32;

/// The cost of a value: about the memory that it takes, besides the bytes of strings and data.
const VALUE_COST: usize = size_of::<Value>();

/// The minimum cost of the bytes of a string or data, which are an allocation of their own.
const MIN_BYTES_COST: usize = 32;

/// The cost of an entry of a dictionary, besides the bytes of its key: its value, its key and its position in a table. A growing list of
/// keys has room for twice as many.
const ENTRY_COST: usize = 5 * VALUE_COST;

/// The additional cost of a dictionary that is not empty.
const DICTIONARY_COST: usize = 128;

/// The cost of an empty dictionary, which may be read into a type with many fields.
const EMPTY_DICTIONARY_COST: usize = 7 * VALUE_COST;

/// Reads tokens from a binary property list. The caller bounds the depth and [the memory](Self::with_memory).
#[derive(Clone)]
pub(crate) struct Binary<'a> {
    objects: Objects<'a>,
    /// The next object if it is the root, follows a key, or was returned to.
    next: Option<usize>,
    /// The object that the last token was or started, and the budget spent before it.
    last: Option<(usize, usize)>,
    /// Whether the last token opened a container.
    opened: bool,
    open: Vec<Container<'a>>,
    spent: usize,
    notes: Notes,
}

/// An array or a dictionary that is being read.
#[derive(Clone)]
struct Container<'a> {
    index: usize,
    /// The references to the remaining keys of a dictionary.
    keys: Option<&'a [u8]>,
    /// The references to the remaining values.
    values: &'a [u8],
}

/// A value of one of the most frequent types.
pub(crate) enum Plain<'a> {
    Text(&'a str),
    Integer(i64),
    Boolean(bool),
}

/// A position before a value.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    next: Option<usize>,
    depth: usize,
    spent: usize,
}

impl<'a> Binary<'a> {
    /// Starts reading a document that begins with `bplist00`.
    ///
    /// # Errors
    ///
    /// Returns an error if the trailer is invalid.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self> {
        let (objects, root) = Objects::new(bytes)?;
        Ok(Self {
            objects,
            next: Some(root),
            last: None,
            opened: false,
            open: Vec::new(),
            spent: VALUE_COST,
            notes: Notes::default(),
        })
    }

    /// Sets how much memory may be taken for what is read. A document may refer to an object many times, so that a small document stands for
    /// a huge value.
    pub(crate) fn with_memory(mut self, budget: usize) -> Self {
        self.objects.budget = budget;
        self
    }

    /// Returns the irregularities since the last call.
    #[cfg(feature = "lint")]
    pub(crate) fn take_notes(&mut self) -> Vec<Irregularity> {
        let notes = self.notes.take().into_iter().map(|(_, irregularity)| irregularity);
        // Before the first value, what is irregular about the whole.
        let about_whole = (self.last.is_none()).then(|| self.objects.irregularities());
        about_whole.into_iter().flatten().chain(notes).collect()
    }

    fn note(&mut self, irregularity: Irregularity) {
        self.notes.add(0, irregularity);
    }

    /// Returns the position before the next value.
    pub(crate) fn place(&self) -> Place {
        Place {
            next: self.next,
            depth: self.open.len(),
            spent: self.spent,
        }
    }

    /// Returns the position before the value that the last token was or started.
    pub(crate) fn last_place(&self) -> Place {
        Place {
            next: self.last.map(|(object, _)| object),
            depth: self.open.len() - usize::from(self.opened),
            spent: self.last.map_or(self.spent, |(_, spent)| spent),
        }
    }

    pub(crate) fn go_to(&mut self, place: Place) {
        self.next = place.next;
        self.open.truncate(place.depth);
        self.spent = place.spent;
    }

    /// Reads the next token.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is invalid, contains itself, or exceeds the budget.
    pub(crate) fn next(&mut self) -> Result<Token<'a>> {
        self.opened = false;
        if let Some(object) = self.next.take() {
            return self.value(object);
        }
        let Some(container) = self.open.last() else {
            return Ok(Token::End);
        };
        if container.keys.is_some() {
            return match self.next_key()? {
                Some(key) => self.key(key).map(Token::Key),
                None => Ok(Token::EndDictionary),
            };
        }
        if !self.next_item()? {
            return Ok(Token::EndArray);
        }
        match self.next.take() {
            Some(object) => self.value(object),
            None => Err(broken("reference")),
        }
    }

    /// Returns whether a value is due, rather than a key or the end of a container.
    pub(crate) fn is_before_value(&self) -> bool {
        self.next.is_some()
    }

    /// Returns whether the innermost array has another item, which is read next. Leaves the array at its end.
    pub(crate) fn next_item(&mut self) -> Result<bool> {
        self.opened = false;
        if let Some(container) = self.open.last_mut()
            && let Some((value, values)) = container.values.split_at_checked(self.objects.ref_size)
        {
            container.values = values;
            self.next = Some(reference(value)?);
            return Ok(true);
        }
        self.open.pop();
        Ok(false)
    }

    /// Returns the object of the next [key](Self::key) of the innermost dictionary. At its end, leaves it and returns `None`.
    #[inline]
    pub(crate) fn next_key(&mut self) -> Result<Option<usize>> {
        self.opened = false;
        let size = self.objects.ref_size;
        if let Some(container) = self.open.last_mut()
            && let Some((value, values)) = container.values.split_at_checked(size)
            && let Some((key, keys)) = container.keys.and_then(|keys| keys.split_at_checked(size))
        {
            container.values = values;
            container.keys = Some(keys);
            self.next = Some(reference(value)?);
            return reference(key).map(Some);
        }
        self.open.pop();
        Ok(None)
    }

    /// Reads the text of a key.
    pub(crate) fn key(&mut self, object: usize) -> Result<Cow<'a, str>> {
        let (marker, rest) = self.objects.object(object)?;
        match marker >> 4 {
            0x5 | 0x6 => self.text(marker, rest),
            _ => Err(Error::syntax("a key that is not a string")),
        }
    }

    /// Returns the text of a key that was read before.
    pub(crate) fn key_again(&self, object: usize) -> Cow<'a, str> {
        let read = || {
            let (marker, rest) = self.objects.object(object)?;
            Ok::<_, Error>(decoded(marker, encoded(marker, rest)?).0)
        };
        read().unwrap_or_default()
    }

    /// Reads the next value if it has one of the most frequent types and its marker is wanted. This is a shortcut; it reads nothing if the
    /// value is another or broken.
    #[inline]
    pub(crate) fn plain(&mut self, is_wanted: impl Fn(u8) -> bool) -> Option<Plain<'a>> {
        let (marker, rest) = self.objects.find(self.next?)?;
        if !is_wanted(marker) {
            return None;
        }
        let plain = match marker {
            0x08 => Plain::Boolean(false),
            0x09 => Plain::Boolean(true),
            0x10 => Plain::Integer((*rest.first()?).into()),
            0x11 => Plain::Integer(u16::from_be_bytes(*rest.first_chunk()?).into()),
            0x12 => Plain::Integer(u32::from_be_bytes(*rest.first_chunk()?).into()),
            0x13 => Plain::Integer(i64::from_be_bytes(*rest.first_chunk()?)),
            0x50..=0x5e => {
                let text = rest.get(..usize::from(marker & 0x0f))?;
                self.plain_text(text)?
            }
            0x5f => match rest {
                [0x10, len, rest @ ..] => self.plain_text(rest.get(..usize::from(*len))?)?,
                _ => return None,
            },
            _ => return None,
        };
        self.next = None;
        self.opened = false;
        Some(plain)
    }

    #[inline]
    fn plain_text(&mut self, bytes: &'a [u8]) -> Option<Plain<'a>> {
        let text = std::str::from_utf8(bytes).ok()?;
        self.spend(text.len().max(MIN_BYTES_COST)).ok()?;
        Some(Plain::Text(text))
    }

    /// Returns the number of remaining items or entries of the innermost container, whose cost is already spent.
    pub(crate) fn left(&self) -> usize {
        let values = self.open.last().map_or(0, |container| container.values.len());
        values / self.objects.ref_size
    }

    /// Returns the references to the remaining keys of the innermost container; none if it is an array.
    pub(crate) fn keys(&self) -> &'a [u8] {
        self.open
            .last()
            .and_then(|container| container.keys)
            .unwrap_or_default()
    }

    /// Returns how much memory may be reserved before it is known to be needed.
    pub(crate) fn proportionate(&self) -> usize {
        self.objects.bytes.len().saturating_mul(16)
    }

    fn spend(&mut self, bytes: usize) -> Result<()> {
        let limit = self.objects.budget;
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > limit {
            Err(Error::new(ErrorKind::TooLarge { limit }))
        } else {
            Ok(())
        }
    }

    fn value(&mut self, index: usize) -> Result<Token<'a>> {
        self.last = Some((index, self.spent));
        let (marker, rest) = self.objects.object(index)?;
        let low = marker & 0x0f;
        Ok(match marker >> 4 {
            0x0 if low == 0x0 => {
                self.note(Irregularity::Null);
                Token::Null
            }
            0x0 if low == 0x8 => Token::Boolean(false),
            0x0 if low == 0x9 => Token::Boolean(true),
            0x1 => {
                let (number, is_whole) = integer(rest, low)?;
                if !is_whole {
                    self.note(Irregularity::LongInteger);
                }
                Token::Integer(number)
            }
            0x2 => Token::Real(real(rest, low)?),
            0x3 if low == 3 => {
                let seconds = f64::from_be_bytes(bytes(rest)?);
                match date(seconds) {
                    Some(date) => Token::Date(date),
                    None => {
                        self.note(Irregularity::DateOutOfRange);
                        let text = format!("{seconds} seconds after 2001-01-01T00:00:00Z");
                        Token::Unparsed(Unparsed::new(Type::Date, text))
                    }
                }
            }
            0x4 => {
                let (len, rest) = length(rest, low)?;
                let bytes = rest.get(..len).ok_or_else(|| broken("length"))?;
                self.spend(len.max(MIN_BYTES_COST))?;
                Token::Data(Encoded::Bytes(bytes))
            }
            0x5 | 0x6 => {
                let text = self.text(marker, rest)?;
                self.spend(MIN_BYTES_COST.saturating_sub(text.len()))?;
                Token::String(text)
            }
            0x8 if low < 8 => {
                let uid = rest.get(..usize::from(low) + 1).and_then(number);
                let uid = uid.and_then(|n| u64::try_from(n).ok()).ok_or_else(|| broken("UID"))?;
                if u32::try_from(uid).is_err() {
                    self.note(Irregularity::LongUid);
                }
                Token::Uid(uid)
            }
            kind @ (0xa | 0xc) => {
                if kind == 0xc {
                    self.note(Irregularity::Set);
                }
                let (len, rest) = length(rest, low)?;
                let values = self.objects.references(rest, len)?;
                self.enter(index, None, values, len.saturating_mul(VALUE_COST))?;
                Token::Array
            }
            0xd => {
                let (len, rest) = length(rest, low)?;
                let both = self
                    .objects
                    .references(rest, len.checked_mul(2).ok_or_else(|| broken("length"))?)?;
                let (keys, values) = both.split_at(both.len() / 2);
                let table = if len == 0 {
                    EMPTY_DICTIONARY_COST
                } else {
                    DICTIONARY_COST
                };
                self.enter(
                    index,
                    Some(keys),
                    values,
                    len.saturating_mul(ENTRY_COST).saturating_add(table),
                )?;
                Token::Dictionary
            }
            _ => return Err(broken("object")),
        })
    }

    fn enter(&mut self, index: usize, keys: Option<&'a [u8]>, values: &'a [u8], cost: usize) -> Result<()> {
        if self.open.iter().any(|container| container.index == index) {
            return Err(Error::syntax("a binary property list that contains itself"));
        }
        self.spend(cost)?;
        self.open.push(Container { index, keys, values });
        self.opened = true;
        Ok(())
    }

    fn text(&mut self, marker: u8, rest: &'a [u8]) -> Result<Cow<'a, str>> {
        let bytes = encoded(marker, rest)?;
        let (text, irregularity) = decoded(marker, bytes);
        self.spend(text.len().max(bytes.len()))?;
        if let Some(irregularity) = irregularity {
            self.note(irregularity);
        }
        Ok(text)
    }
}

/// Returns the bytes of a string with this marker.
fn encoded(marker: u8, rest: &[u8]) -> Result<&[u8]> {
    let (len, rest) = length(rest, marker & 0x0f)?;
    let unit = if marker >> 4 == 0x5 { 1 } else { 2 };
    len.checked_mul(unit)
        .and_then(|len| rest.get(..len))
        .ok_or_else(|| broken("length"))
}

/// Decodes the bytes of a string with this marker. Any bytes are text for Apple's reader, so they are text here, too.
fn decoded(marker: u8, bytes: &[u8]) -> (Cow<'_, str>, Option<Irregularity>) {
    if marker >> 4 == 0x5 {
        let irregularity = (!bytes.is_ascii()).then_some(Irregularity::BytesBeyondAscii);
        // It should be ASCII, but some writers use UTF-8.
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        };
        return (text, irregularity);
    }
    let (pairs, _) = bytes.as_chunks();
    let mut irregularity = None;
    let characters = char::decode_utf16(pairs.iter().map(|&pair| u16::from_be_bytes(pair))).map(|character| {
        character.unwrap_or_else(|_| {
            irregularity = Some(Irregularity::UnpairedSurrogate(DocumentFormat::Binary));
            char::REPLACEMENT_CHARACTER
        })
    });
    (characters.collect(), irregularity)
}

#[derive(Clone)]
struct Objects<'a> {
    /// Everything before the offset table.
    bytes: &'a [u8],
    offsets: &'a [u8],
    offset_size: usize,
    ref_size: usize,
    /// Whether bytes follow the offset table.
    #[cfg(feature = "lint")]
    has_rest: bool,
    budget: usize,
}

impl<'a> Objects<'a> {
    /// Reads the trailer; returns the objects and the number of the root.
    fn new(bytes: &'a [u8]) -> Result<(Self, usize)> {
        let broken = || broken("trailer");
        let end = bytes
            .len()
            .checked_sub(TRAILER_LEN)
            .filter(|&end| end >= HEADER_LEN)
            .ok_or_else(broken)?;
        let (body, trailer) = bytes.split_at(end);
        let (offset_size, ref_size) = (usize::from(trailer[6]), usize::from(trailer[7]));
        if !(1..=8).contains(&offset_size) || !(1..=8).contains(&ref_size) {
            return Err(broken());
        }
        let number = |at: usize| number(&trailer[at..at + 8]).ok_or_else(broken);
        let (count, root, table) = (number(8)?, number(16)?, number(24)?);
        let len = count.checked_mul(offset_size).ok_or_else(broken)?;
        let (bytes, rest) = body
            .split_at_checked(table)
            .filter(|_| table >= HEADER_LEN)
            .ok_or_else(broken)?;
        let objects = Self {
            bytes,
            offsets: rest.get(..len).ok_or_else(broken)?,
            offset_size,
            ref_size,
            #[cfg(feature = "lint")]
            has_rest: rest.len() > len,
            budget: usize::MAX,
        };
        Ok((objects, root))
    }

    /// Returns what is irregular about the whole: Apple's reader checks all of this (`__CFBinaryPlistGetTopLevelInfo`) and otherwise rejects
    /// the document.
    #[cfg(feature = "lint")]
    fn irregularities(&self) -> impl Iterator<Item = Irregularity> + use<> {
        let (count, table) = (self.offsets.len() / self.offset_size, self.bytes.len());
        let reaches = |size: usize, number: usize| size >= 8 || (number as u64) < 1 << (8 * size);
        let is_object = |offset: &[u8]| number(offset).is_some_and(|offset| offset < table);
        let mut offsets = self.offsets.chunks_exact(self.offset_size);
        let found = [
            (Irregularity::NarrowReferences, !reaches(self.ref_size, count)),
            (Irregularity::NarrowOffsets, !reaches(self.offset_size, table)),
            (Irregularity::BytesBeforeTrailer, self.has_rest),
            (Irregularity::OffsetBeyondObjects, !offsets.all(is_object)),
        ];
        found
            .into_iter()
            .filter_map(|(kind, is_found)| is_found.then_some(kind))
    }

    /// Returns the marker of an object and the bytes after it.
    fn object(&self, index: usize) -> Result<(u8, &'a [u8])> {
        self.find(index).ok_or_else(|| broken("reference"))
    }

    #[inline]
    fn find(&self, index: usize) -> Option<(u8, &'a [u8])> {
        let at = index.checked_mul(self.offset_size)?;
        let offset = number(self.offsets.get(at..)?.get(..self.offset_size)?)?;
        if offset < HEADER_LEN {
            return None;
        }
        let (&marker, rest) = self.bytes.get(offset..)?.split_first()?;
        Some((marker, rest))
    }

    fn references(&self, rest: &'a [u8], count: usize) -> Result<&'a [u8]> {
        count
            .checked_mul(self.ref_size)
            .and_then(|len| rest.get(..len))
            .ok_or_else(|| broken("length"))
    }
}

fn reference(bytes: &[u8]) -> Result<usize> {
    number(bytes).ok_or_else(|| broken("reference"))
}

fn broken(what: &str) -> Error {
    Error::syntax(format!("a binary property list with a broken {what}"))
}

/// Reads a big-endian number of up to eight bytes.
#[inline]
fn number(bytes: &[u8]) -> Option<usize> {
    match *bytes {
        [a] => return Some(a.into()),
        [a, b] => return Some(u16::from_be_bytes([a, b]).into()),
        _ => {}
    }
    usize::try_from(bytes.iter().fold(0u64, |n, &b| n << 8 | u64::from(b))).ok()
}

fn bytes<const N: usize>(rest: &[u8]) -> Result<[u8; N]> {
    rest.first_chunk().copied().ok_or_else(|| broken("length"))
}

/// Reads the length of a string, data, array or dictionary; returns it and the bytes after it.
fn length(rest: &[u8], low: u8) -> Result<(usize, &[u8])> {
    if low != 0x0f {
        return Ok((low.into(), rest));
    }
    let read = || {
        let (&marker, rest) = rest.split_first()?;
        if !(0x10..=0x13).contains(&marker) {
            return None;
        }
        let (len, rest) = rest.split_at_checked(1 << (marker & 0x0f))?;
        Some((number(len)?, rest))
    };
    read().ok_or_else(|| broken("length"))
}

/// Reads an integer: up to four bytes are unsigned, eight are signed, and sixteen are used beyond `i64::MAX`. Returns the integer and whether
/// it is all of the number: like Apple's reader, takes the lower 64 bits of sixteen bytes.
fn integer(rest: &[u8], low: u8) -> Result<(Integer, bool)> {
    let number = match low {
        0 => u8::from_be_bytes(bytes(rest)?).into(),
        1 => u16::from_be_bytes(bytes(rest)?).into(),
        2 => u32::from_be_bytes(bytes(rest)?).into(),
        3 => i64::from_be_bytes(bytes(rest)?).into(),
        4 => {
            let number = i128::from_be_bytes(bytes(rest)?);
            return Ok(match Integer::try_from(number) {
                Ok(number) => (number, true),
                Err(_) => ((number as u64).into(), false),
            });
        }
        _ => return Err(broken("integer")),
    };
    Ok((number, true))
}

fn real(rest: &[u8], low: u8) -> Result<f64> {
    Ok(match low {
        2 => f32::from_be_bytes(bytes(rest)?).into(),
        3 => f64::from_be_bytes(bytes(rest)?),
        _ => return Err(broken("real")),
    })
}

/// Returns the date that is so many seconds after the start of 2001, if it is in range.
fn date(seconds: f64) -> Option<Date> {
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(Date::START_OF_2001);
    let distance = Duration::try_from_secs_f64(seconds.abs()).ok()?;
    let time = if seconds < 0.0 {
        start.checked_sub(distance)
    } else {
        start.checked_add(distance)
    };
    Date::try_from(time?).ok()
}
