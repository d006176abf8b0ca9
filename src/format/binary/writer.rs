//! Writing binary property lists.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use crate::error::Error;
use crate::format::DocumentFormat;
use crate::format::sink::{Container, Name, Scalar, Sink, deeper, unrepresentable};
use crate::value::{Date, Integer};

type Result<T> = std::result::Result<T, Error>;

/// A binary property list that is being written. Objects are numbered from the root, which is 0.
pub(crate) struct BinaryWriter<'a> {
    list: Vec<Object<'a>>,
    /// The references of arrays and dictionaries; those of a dictionary are its keys followed by its values.
    references: Vec<usize>,
    /// The open containers: their numbers, and where their references start in `pending`.
    open: Vec<(usize, usize)>,
    /// The references of the open containers; in a dictionary, each key precedes its value.
    pending: Vec<usize>,
    /// The hashes and numbers of all scalars, which are written once.
    known: HashTable<(u64, usize)>,
    hasher: DefaultHashBuilder,
    /// The number of bytes saved by not repeating long strings and data.
    saved: usize,
}

/// The initial capacity, in objects: enough for a command.
const INITIAL_CAPACITY: usize = 32;

/// The length of a long string or data in bytes.
const LONG: usize = 64;

/// The maximum number of bytes saved by not repeating long strings and data. Readers reject documents whose content is out of proportion
/// to their size.
const MAX_SAVED: usize = 2 << 20;

#[derive(Clone, Copy, PartialEq)]
enum Object<'a> {
    Text(&'a str),
    Integer(Integer),
    /// The bits of the number.
    Real(u64),
    Boolean(bool),
    Data(&'a [u8]),
    Date(Date),
    Uid(u32),
    /// The start of its references and the number of items.
    Array(usize, usize),
    /// The start of its references and the number of entries.
    Dictionary(usize, usize),
}

/// Hashes the content without the type: few objects differ in the type only, and hashing takes most of the time of writing.
impl Hash for Object<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        match *self {
            Self::Text(text) => hasher.write(text.as_bytes()),
            Self::Data(bytes) => hasher.write(bytes),
            Self::Integer(n) => hasher.write(&n.as_i128().to_ne_bytes()),
            Self::Real(n) => hasher.write_u64(n),
            Self::Uid(n) => hasher.write_u32(n),
            Self::Boolean(b) => hasher.write_u8(b.into()),
            Self::Date(date) => {
                hasher.write_i64(date.unix_seconds());
                hasher.write_u32(date.subsec_nanoseconds());
            }
            Self::Array(start, count) | Self::Dictionary(start, count) => (start, count).hash(hasher),
        }
    }
}

impl<'a> Sink<'a> for BinaryWriter<'a> {
    fn scalar(&mut self, scalar: Scalar<'a>) -> Result<()> {
        self.refer(match scalar {
            Scalar::Null => return Err(unrepresentable(DocumentFormat::Binary, "null")),
            Scalar::String(text) => Object::Text(text),
            Scalar::Integer(n) => Object::Integer(n),
            Scalar::Real(n) => Object::Real(n.to_bits()),
            Scalar::Boolean(b) => Object::Boolean(b),
            Scalar::Data(bytes) => Object::Data(bytes),
            Scalar::Date(date) => Object::Date(date),
            Scalar::Uid(n) => Object::Uid(
                u32::try_from(n).map_err(|_| unrepresentable(DocumentFormat::Binary, "a UID of more than 32 bits"))?,
            ),
            Scalar::Unparsed(unparsed) => {
                return Err(unrepresentable(DocumentFormat::Binary, unparsed.description()));
            }
        });
        Ok(())
    }

    fn begin(&mut self, _: Container) -> Result<()> {
        deeper(self.open.len())?;
        self.open.push((self.list.len(), self.pending.len()));
        // Replaced by `end`.
        self.list.push(Object::Array(0, 0));
        Ok(())
    }

    fn item(&mut self) {}

    fn key(&mut self, key: Name<'a>) -> Result<()> {
        self.refer(Object::Text(key.text));
        Ok(())
    }

    fn end(&mut self, container: Container) {
        let Some((number, outside)) = self.open.pop() else {
            return;
        };
        let (start, inside) = (self.references.len(), &self.pending[outside..]);
        self.list[number] = if container == Container::Array {
            self.references.extend_from_slice(inside);
            Object::Array(start, inside.len())
        } else {
            let (entries, _) = inside.as_chunks::<2>();
            self.references.extend(entries.iter().map(|[key, _]| key));
            self.references.extend(entries.iter().map(|[_, value]| value));
            Object::Dictionary(start, entries.len())
        };
        self.pending.truncate(outside);
        self.pending.push(number);
    }
}

impl<'a> BinaryWriter<'a> {
    pub(crate) fn new() -> Self {
        Self {
            list: Vec::with_capacity(INITIAL_CAPACITY),
            references: Vec::with_capacity(INITIAL_CAPACITY),
            open: Vec::new(),
            pending: Vec::with_capacity(INITIAL_CAPACITY),
            known: HashTable::with_capacity(INITIAL_CAPACITY),
            hasher: DefaultHashBuilder::default(),
            saved: 0,
        }
    }

    /// Adds a reference to a scalar, which is written unless an equal one was before.
    fn refer(&mut self, object: Object<'a>) {
        let number = self.number(object);
        self.pending.push(number);
    }

    fn number(&mut self, object: Object<'a>) -> usize {
        let hash = self.hasher.hash_one(object);
        let is = |(other, number): &(u64, usize)| hash == *other && self.list[*number] == object;
        let number = self.list.len();
        match self.known.entry(hash, is, |(hash, _)| *hash) {
            Entry::Occupied(known) => {
                let len = match object {
                    Object::Text(text) if text.is_ascii() => text.len(),
                    Object::Text(text) => 2 * text.encode_utf16().count(),
                    Object::Data(bytes) => bytes.len(),
                    _ => 0,
                };
                let saved = self.saved.saturating_add(if len < LONG { 0 } else { len });
                if saved <= MAX_SAVED {
                    self.saved = saved;
                    return known.get().1;
                }
            }
            Entry::Vacant(place) => drop(place.insert((hash, number))),
        }
        self.list.push(object);
        number
    }

    pub(crate) fn finish(&self) -> Vec<u8> {
        // Apple's reader wants the number of objects itself, which no reference is, to fit in a reference.
        let width = width(self.list.len() as u64);
        let mut bytes = Vec::with_capacity(self.size(width.into()));
        bytes.extend_from_slice(b"bplist00");
        let mut offsets = Vec::with_capacity(self.list.len());
        let refer = |bytes: &mut Vec<u8>, start, count| {
            let references: &[usize] = &self.references[start..][..count];
            references.iter().for_each(|number| put(bytes, *number as u64, width));
        };
        for object in &self.list {
            offsets.push(bytes.len());
            match *object {
                Object::Text(text) if text.is_ascii() => {
                    begin(&mut bytes, 0x50, text.len());
                    bytes.extend_from_slice(text.as_bytes());
                }
                Object::Text(text) => {
                    begin(&mut bytes, 0x60, text.encode_utf16().count());
                    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
                }
                Object::Integer(n) => integer(&mut bytes, n),
                Object::Real(bits) => {
                    bytes.push(0x23);
                    bytes.extend(bits.to_be_bytes());
                }
                Object::Boolean(b) => bytes.push(0x08 | u8::from(b)),
                Object::Data(data) => {
                    begin(&mut bytes, 0x40, data.len());
                    bytes.extend_from_slice(data);
                }
                Object::Date(date) => {
                    bytes.push(0x33);
                    bytes.extend(date.seconds_since_2001().to_be_bytes());
                }
                // The marker has the number of bytes less one.
                Object::Uid(n) => match u8::try_from(n) {
                    Ok(n) => bytes.extend([0x80, n]),
                    Err(_) => {
                        bytes.push(0x83);
                        bytes.extend(n.to_be_bytes());
                    }
                },
                Object::Array(start, count) => {
                    begin(&mut bytes, 0xa0, count);
                    refer(&mut bytes, start, count);
                }
                Object::Dictionary(start, count) => {
                    begin(&mut bytes, 0xd0, count);
                    refer(&mut bytes, start, 2 * count);
                }
            }
        }
        let (table, offset_width) = (bytes.len() as u64, self::width(bytes.len() as u64));
        offsets
            .iter()
            .for_each(|offset| put(&mut bytes, *offset as u64, offset_width));
        bytes.extend([0, 0, 0, 0, 0, 0, offset_width, width]);
        bytes.extend(
            [self.list.len() as u64, 0, table]
                .into_iter()
                .flat_map(u64::to_be_bytes),
        );
        bytes
    }

    /// Estimates the size of the document in bytes, with references of this width.
    fn size(&self, width: usize) -> usize {
        const HEADER_AND_TRAILER: usize = 40;
        // A marker with a small number or length, and the offset.
        const PER_OBJECT: usize = 6;
        let held = self.list.iter().map(|object| match *object {
            Object::Text(text) => text.len(),
            Object::Data(bytes) => bytes.len(),
            Object::Array(_, count) => count * width,
            Object::Dictionary(_, count) => 2 * count * width,
            _ => 0,
        });
        HEADER_AND_TRAILER + PER_OBJECT * self.list.len() + held.sum::<usize>()
    }
}

/// Writes the marker and length of an object.
fn begin(bytes: &mut Vec<u8>, kind: u8, len: usize) {
    match u8::try_from(len) {
        Ok(len @ ..0x0f) => bytes.push(kind | len),
        _ => {
            bytes.push(kind | 0x0f);
            integer(bytes, (len as u64).into());
        }
    }
}

/// Writes an integer: up to four bytes are unsigned, eight are signed, and sixteen are used beyond `i64::MAX`.
fn integer(bytes: &mut Vec<u8>, n: Integer) {
    match (n.as_u64(), n.as_i64()) {
        (Some(n @ ..=0xffff_ffff), _) => {
            let width = width(n);
            // One, two and four bytes are 0, 1 and 2.
            bytes.push(0x10 | width >> 1);
            put(bytes, n, width);
        }
        (_, Some(n)) => {
            bytes.push(0x13);
            bytes.extend(n.to_be_bytes());
        }
        (_, None) => {
            bytes.push(0x14);
            bytes.extend(n.as_i128().to_be_bytes());
        }
    }
}

/// Returns the number of bytes that a number needs: one, two, four or eight.
fn width(n: u64) -> u8 {
    match n {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    }
}

fn put(bytes: &mut Vec<u8>, n: u64, width: u8) {
    bytes.extend_from_slice(&n.to_be_bytes()[8 - usize::from(width)..]);
}

#[cfg(test)]
mod tests {
    use crate::codec::writer::to_binary;
    use crate::codec::{Document, Write};
    use crate::value::{Data, Dictionary, Value};

    /// Writes a value and reads it with `plist`.
    fn read(value: &Value) -> plist::Value {
        let bytes = to_binary(value.view()).unwrap();
        assert_eq!(Value::from_slice(&bytes).as_ref(), Ok(value));
        plist::from_bytes(&bytes).unwrap()
    }

    #[test]
    fn plist_reads_values_of_every_type_and_length() {
        let integers = [
            0,
            1,
            255,
            256,
            65_535,
            65_536,
            i64::from(u32::MAX),
            1 << 32,
            i64::MAX,
            -1,
            i64::MIN,
        ];
        let mut values: Vec<Value> = integers.into_iter().map(Value::from).collect();
        values.extend([
            u64::MAX.into(),
            0.0.into(),
            (-0.0).into(),
            f64::MIN_POSITIVE.into(),
            true.into(),
            false.into(),
        ]);
        for len in [0, 14, 15, 16, 255, 256, 65_536] {
            values.push("x".repeat(len).into());
            values.push("ä\u{1f600}".repeat(len).into());
            values.push(Data::from(vec![7; len]).into());
            values.push(vec![true; len].into());
        }
        for date in [
            "0000-01-01T00:00:00Z",
            "2000-12-31T23:59:59.5Z",
            "2026-11-22T12:00:00Z",
            "9999-12-31T23:59:59Z",
        ] {
            values.push(Value::Date(date.parse().unwrap()));
        }
        for uid in [0, 255, 256, u64::from(u32::MAX)] {
            values.push(Value::Uid(uid));
        }
        for value in &values {
            assert_eq!(read(value), plist::Value::try_from(value).unwrap());
        }
        // References of two and four bytes.
        for count in [0, 14, 15, 256, 257, 70_000_i64] {
            let array = Value::Array((0..count).map(Value::from).collect());
            let entries = (0..count).map(|number| (number.to_string(), array_of(number)));
            let dictionary = Value::Dictionary(entries.collect());
            for value in [array, dictionary] {
                assert_eq!(read(&value), plist::Value::try_from(&value).unwrap());
            }
        }
        assert_eq!(
            read(&Value::Array(values.clone())),
            plist::Value::try_from(&Value::Array(values)).unwrap()
        );
    }

    fn array_of(number: i64) -> Value {
        vec![number, number % 3].into()
    }

    #[test]
    fn equal_scalars_are_written_once() {
        let one = Dictionary::from_iter([("Key", Value::from("value")), ("value", 3.into())]);
        let bytes =
            to_binary(Value::Array(vec![one.clone().into(), one.into(), "Key".into(), 3.0.into()]).view()).unwrap();
        let strings = |text: &[u8]| bytes.windows(text.len()).filter(|window| *window == text).count();
        assert_eq!((strings(b"Key"), strings(b"value")), (1, 1));
        // Three containers, two texts, an integer and a real.
        assert_eq!(bytes[bytes.len() - 17], 7);
    }
}
