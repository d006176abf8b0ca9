//! Reading binary property lists.
//!
//! `plist` writes them, but has no way to read them that bounds depth and memory: its `Value` overflows the stack on deep documents,
//! and its `Deserializer`, which a seed could be given to, is not public.

use std::time::{Duration, SystemTime};

use crate::error::{Error, ErrorKind};
use crate::input::Limits;
use crate::value::{Data, Date, Dictionary, Integer, Value};

type Result<T> = std::result::Result<T, Error>;

const MAGIC: usize = b"bplist00".len();
const TRAILER: usize = 32;

/// What one value costs of the [budget](budget), beside the bytes of strings and data: about the memory that it takes.
const NODE: usize = size_of::<Value>();

/// What an entry of a dictionary costs, beside its key's bytes.
const ENTRY: usize = 2 * NODE;

/// What a dictionary that is not empty costs beside its entries.
const TABLE: usize = 128;

/// A document may refer to one object many times, so that a small one stands for a huge value. This is how large the value may be:
/// enough for anything that refers to most of its objects once, where an item of an array takes a byte and more.
const fn budget(len: usize) -> usize {
    (4usize << 20).saturating_add(len.saturating_mul(96))
}

/// Reads a binary property list, which starts with `bplist00`.
///
/// # Errors
///
/// Where it is broken, refers to itself, repeats a key, is nested too deep, or would take memory out of proportion: more than about
/// 4 MiB and 96 times its length.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Value> {
    let (mut objects, root) = Objects::new(bytes)?;
    objects.depth = limits.depth.min(Limits::MAX_DEPTH);
    objects.spend(NODE)?;
    objects.value(root)
}

struct Objects<'a> {
    /// Everything before the offset table.
    bytes: &'a [u8],
    offsets: &'a [u8],
    offset_size: usize,
    ref_size: usize,
    limit: usize,
    spent: usize,
    depth: usize,
    /// The arrays and dictionaries that are being read.
    open: Vec<usize>,
}

impl<'a> Objects<'a> {
    /// The objects, and which is the root.
    fn new(bytes: &'a [u8]) -> Result<(Self, usize)> {
        let broken = || broken("trailer");
        let end = bytes
            .len()
            .checked_sub(TRAILER)
            .filter(|&end| end >= MAGIC)
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
            .filter(|_| table >= MAGIC)
            .ok_or_else(broken)?;
        let objects = Self {
            bytes,
            offsets: rest.get(..len).ok_or_else(broken)?,
            offset_size,
            ref_size,
            limit: budget(body.len() + TRAILER),
            spent: 0,
            depth: 0,
            open: Vec::new(),
        };
        Ok((objects, root))
    }

    fn spend(&mut self, bytes: usize) -> Result<()> {
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > self.limit {
            Err(Error::new(ErrorKind::TooLarge { limit: self.limit }))
        } else {
            Ok(())
        }
    }

    /// The bytes from where an object starts.
    fn object(&self, index: usize) -> Result<&'a [u8]> {
        let offset = index
            .checked_mul(self.offset_size)
            .and_then(|at| self.offsets.get(at..)?.get(..self.offset_size))
            .and_then(number)
            .filter(|&offset| offset >= MAGIC);
        offset
            .and_then(|offset| self.bytes.get(offset..))
            .ok_or_else(|| broken("reference"))
    }

    fn value(&mut self, index: usize) -> Result<Value> {
        let object = self.object(index)?;
        let (&marker, rest) = object.split_first().ok_or_else(|| broken("reference"))?;
        let low = marker & 0x0f;
        Ok(match marker >> 4 {
            0x0 if low == 0x8 => Value::Boolean(false),
            0x0 if low == 0x9 => Value::Boolean(true),
            0x1 => Value::Integer(integer(rest, low)?),
            0x2 => Value::Real(real(rest, low)?),
            0x3 if low == 3 => Value::Date(date(rest)?),
            0x4 => {
                let (len, rest) = length(rest, low)?;
                let bytes = rest.get(..len).ok_or_else(|| broken("length"))?;
                self.spend(len)?;
                Value::Data(Data::from(bytes))
            }
            0x5 | 0x6 => Value::String(self.string(marker, rest)?),
            0x8 if low < 8 => rest
                .get(..usize::from(low) + 1)
                .and_then(number)
                .and_then(|n| u64::try_from(n).ok())
                .map(Value::Uid)
                .ok_or_else(|| broken("UID"))?,
            0xa => self.array(index, rest, low)?,
            0xd => self.dictionary(index, rest, low)?,
            _ => return Err(broken("object")),
        })
    }

    fn string(&mut self, marker: u8, rest: &[u8]) -> Result<String> {
        let (len, rest) = length(rest, marker & 0x0f)?;
        let text = if marker >> 4 == 0x5 {
            // It should be ASCII; some writers put UTF-8.
            let bytes = rest.get(..len).ok_or_else(|| broken("length"))?;
            self.spend(len)?;
            std::str::from_utf8(bytes).ok().map(str::to_owned)
        } else {
            let bytes = len
                .checked_mul(2)
                .and_then(|len| rest.get(..len))
                .ok_or_else(|| broken("length"))?;
            self.spend(bytes.len())?;
            let (pairs, _) = bytes.as_chunks();
            char::decode_utf16(pairs.iter().map(|&pair| u16::from_be_bytes(pair)))
                .collect::<std::result::Result<_, _>>()
                .ok()
        };
        text.ok_or_else(|| broken("text"))
    }

    fn enter(&mut self, index: usize, cost: usize) -> Result<()> {
        if self.open.contains(&index) {
            return Err(Error::syntax("a binary property list that contains itself"));
        }
        if self.open.len() >= self.depth {
            return Err(Error::new(ErrorKind::TooDeep { limit: self.depth }));
        }
        self.spend(cost)?;
        self.open.push(index);
        Ok(())
    }

    fn array(&mut self, index: usize, rest: &[u8], low: u8) -> Result<Value> {
        let (len, rest) = length(rest, low)?;
        let items = self.references(rest, len)?;
        self.enter(index, len.saturating_mul(NODE))?;
        let mut values = Vec::with_capacity(len);
        for (index, item) in items.chunks_exact(self.ref_size).enumerate() {
            let item = self.reference(item)?;
            values.push(self.value(item).map_err(|error| error.under_index(index))?);
        }
        self.open.pop();
        Ok(Value::Array(values))
    }

    fn dictionary(&mut self, index: usize, rest: &[u8], low: u8) -> Result<Value> {
        let (len, rest) = length(rest, low)?;
        let both = self.references(rest, len.checked_mul(2).ok_or_else(|| broken("length"))?)?;
        let (keys, values) = both.split_at(both.len() / 2);
        let table = if len == 0 { 0 } else { TABLE };
        self.enter(index, len.saturating_mul(ENTRY).saturating_add(table))?;
        let mut entries = Dictionary::with_capacity(len);
        for (key, value) in keys.chunks_exact(self.ref_size).zip(values.chunks_exact(self.ref_size)) {
            let key = self.key(self.reference(key)?)?;
            if entries.contains_key(&key) {
                return Err(Error::new(ErrorKind::RepeatedKey).under_key(&key));
            }
            let value = self
                .reference(value)
                .and_then(|value| self.value(value))
                .map_err(|error| error.under_key(&key))?;
            entries.insert(key, value);
        }
        self.open.pop();
        Ok(Value::Dictionary(entries))
    }

    fn key(&mut self, index: usize) -> Result<String> {
        match self.object(index)?.split_first() {
            Some((&marker, rest)) if matches!(marker >> 4, 0x5 | 0x6) => self.string(marker, rest),
            _ => Err(Error::syntax("a key that is not a string")),
        }
    }

    fn references<'b>(&self, rest: &'b [u8], count: usize) -> Result<&'b [u8]> {
        count
            .checked_mul(self.ref_size)
            .and_then(|len| rest.get(..len))
            .ok_or_else(|| broken("length"))
    }

    fn reference(&self, bytes: &[u8]) -> Result<usize> {
        number(bytes).ok_or_else(|| broken("reference"))
    }
}

fn broken(what: &str) -> Error {
    Error::syntax(format!("a binary property list with a broken {what}"))
}

/// A big-endian number of up to eight bytes.
fn number(bytes: &[u8]) -> Option<usize> {
    usize::try_from(bytes.iter().fold(0u64, |n, &b| n << 8 | u64::from(b))).ok()
}

fn bytes<const N: usize>(rest: &[u8]) -> Result<[u8; N]> {
    rest.first_chunk().copied().ok_or_else(|| broken("length"))
}

/// The length of a string, data, array or dictionary, and what follows it.
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

/// Up to four bytes have no sign, eight have one, and sixteen are for what is beyond `i64::MAX`.
fn integer(rest: &[u8], low: u8) -> Result<Integer> {
    Ok(match low {
        0 => u8::from_be_bytes(bytes(rest)?).into(),
        1 => u16::from_be_bytes(bytes(rest)?).into(),
        2 => u32::from_be_bytes(bytes(rest)?).into(),
        3 => i64::from_be_bytes(bytes(rest)?).into(),
        4 => i128::from_be_bytes(bytes(rest)?).try_into()?,
        _ => return Err(broken("integer")),
    })
}

fn real(rest: &[u8], low: u8) -> Result<f64> {
    Ok(match low {
        2 => f32::from_be_bytes(bytes(rest)?).into(),
        3 => f64::from_be_bytes(bytes(rest)?),
        _ => return Err(broken("real")),
    })
}

/// Seconds since the start of 2001.
fn date(rest: &[u8]) -> Result<Date> {
    const START: Duration = Duration::from_secs(978_307_200);
    let seconds = f64::from_be_bytes(bytes(rest)?);
    let start = SystemTime::UNIX_EPOCH + START;
    let distance = Duration::try_from_secs_f64(seconds.abs()).ok();
    let time = distance.and_then(|distance| {
        if seconds < 0.0 {
            start.checked_sub(distance)
        } else {
            start.checked_add(distance)
        }
    });
    Date::try_from(time.ok_or_else(|| broken("date"))?)
}
