//! Binary property lists that this crate writes obey the rules of Apple's reader (CFBinaryPList.c), checked without this crate's reader.

use apple_mdm::Document;
use apple_mdm::value::{Data, Dictionary, Value};

/// A big-endian number.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// The parts of a document.
struct Parts<'a> {
    bytes: &'a [u8],
    offset_size: usize,
    reference_size: usize,
    table: usize,
    offsets: Vec<usize>,
}

impl<'a> Parts<'a> {
    /// Reads the header, the trailer and the offset table with the checks of `__CFBinaryPlistGetTopLevelInfo`.
    fn of(bytes: &'a [u8]) -> Self {
        assert!(bytes.starts_with(b"bplist00"));
        assert!(bytes.len() > 32 + 8);
        let trailer = &bytes[bytes.len() - 32..];
        assert_eq!(&trailer[..6], &[0; 6], "the unused bytes and the sort version");
        let (offset_size, reference_size) = (usize::from(trailer[6]), usize::from(trailer[7]));
        let [count, root, table] = [8, 16, 24].map(|at| number(&trailer[at..at + 8]));
        assert!([1, 2, 4, 8].contains(&offset_size) && [1, 2, 4, 8].contains(&reference_size));
        assert!(root < count && table >= 9 && table < bytes.len() - 32);
        assert_eq!(
            bytes.len(),
            table + count * offset_size + 32,
            "nothing else is in the document"
        );
        // Both the number of objects and the offset of the table must fit, although no reference and no offset is as great.
        assert!(
            reference_size == 8 || 1 << (8 * reference_size) > count,
            "{count} objects"
        );
        assert!(offset_size == 8 || 1 << (8 * offset_size) > table, "{table} bytes");
        let offsets: Vec<usize> = bytes[table..bytes.len() - 32].chunks(offset_size).map(number).collect();
        assert!(offsets.iter().all(|offset| (8..table).contains(offset)));
        assert!(root == 0 && offsets[0] == 8, "the root comes first");
        Self {
            bytes,
            offset_size,
            reference_size,
            table,
            offsets,
        }
    }

    /// Reads an object as `__CFBinaryPlistCreateObjectFiltered` does; returns its end and the objects it refers to.
    fn object(&self, offset: usize) -> (usize, Vec<usize>) {
        let marker = self.bytes[offset];
        let low = usize::from(marker & 0xf);
        let fixed = |len: usize| (offset + 1 + len, Vec::new());
        let end = match marker {
            0x08 | 0x09 => fixed(0),
            0x10..=0x14 => {
                let (end, _) = fixed(1 << low);
                let digits = &self.bytes[offset + 1..end];
                let is_shortest = match low {
                    0 => true,
                    3 => digits[0] >= 0x80 || number(&digits[..4]) > 0,
                    4 => digits[..8] == [0; 8] && digits[8] >= 0x80,
                    _ => number(&digits[..digits.len() / 2]) > 0,
                };
                assert!(is_shortest, "an integer in more bytes than it needs: {digits:x?}");
                (end, Vec::new())
            }
            0x23 | 0x33 => fixed(8),
            0x80..=0x83 => fixed(low + 1),
            0x40..=0x6f | 0xa0..=0xaf | 0xd0..=0xdf => {
                let (len, start) = self.length(offset);
                match marker >> 4 {
                    0x4 => (start + len, Vec::new()),
                    0x5 => {
                        assert!(self.bytes[start..start + len].is_ascii());
                        (start + len, Vec::new())
                    }
                    0x6 => {
                        let units: Vec<u16> = self.bytes[start..start + 2 * len]
                            .chunks(2)
                            .map(|pair| u16::try_from(number(pair)).unwrap())
                            .collect();
                        assert!(String::from_utf16(&units).is_ok_and(|text| !text.is_ascii()));
                        (start + 2 * len, Vec::new())
                    }
                    kind => {
                        let count = if kind == 0xd { 2 * len } else { len };
                        let end = start + count * self.reference_size;
                        let references = self.bytes[start..end].chunks(self.reference_size).map(number);
                        let references: Vec<usize> = references.collect();
                        assert!(references.iter().all(|reference| *reference < self.offsets.len()));
                        if kind == 0xd {
                            let is_string = |key: &usize| matches!(self.bytes[self.offsets[*key]] >> 4, 0x5 | 0x6);
                            assert!(references[..len].iter().all(is_string), "keys are strings");
                        }
                        (end, references)
                    }
                }
            }
            marker => panic!("a marker {marker:#x}"),
        };
        assert!(end.0 <= self.table);
        end
    }

    /// The length of an object, and where its content starts.
    fn length(&self, offset: usize) -> (usize, usize) {
        match usize::from(self.bytes[offset] & 0xf) {
            0xf => {
                let size = 1 << (self.bytes[offset + 1] & 0xf);
                assert!(self.bytes[offset + 1] & 0xf0 == 0x10 && size <= 8);
                let len = number(&self.bytes[offset + 2..offset + 2 + size]);
                assert!(len >= 15, "a length in more bytes than it needs");
                (len, offset + 2 + size)
            }
            len => (len, offset + 1),
        }
    }
}

/// Checks a document; returns the number of its objects.
fn check(value: &Value) -> usize {
    let bytes = value.to_binary().unwrap();
    let parts = Parts::of(&bytes);
    // The objects follow each other without gaps, in the order of the table, and each is referred to.
    let mut end = 8;
    let mut referred = vec![false; parts.offsets.len()];
    referred[0] = true;
    for offset in &parts.offsets {
        assert_eq!(*offset, end);
        let (next, references) = parts.object(*offset);
        end = next;
        references.iter().for_each(|reference| referred[*reference] = true);
    }
    assert_eq!(end, parts.table);
    assert!(referred.iter().all(|referred| *referred));
    assert!(parts.offset_size <= 4);
    parts.offsets.len()
}

/// An array that is this many objects.
fn array(objects: usize) -> Value {
    Value::Array((1..objects).map(|number| (number as u64).into()).collect())
}

#[test]
fn the_reference_size_fits_the_number_of_objects() {
    let counts = [
        1, 2, 15, 16, 17, 254, 255, 256, 257, 300, 65_534, 65_535, 65_536, 65_537, 70_000,
    ];
    for count in counts {
        assert_eq!(check(&array(count)), count);
        // Keys and values are objects, too.
        let entries = (1..count).step_by(2).map(|number| (number.to_string(), number as u64));
        let dictionary = Value::Dictionary(entries.collect());
        assert_eq!(check(&dictionary), 1 + count / 2 * 2, "{count}");
    }
}

#[test]
fn the_offset_size_fits_the_offset_of_the_table() {
    // Header, array, marker, length and data come before the table.
    for table in [255, 256, 257, 65_535, 65_536, 65_537] {
        let content = (table - 30..table).find_map(|len| {
            let value = Value::Array(vec![Data::from(vec![0; len]).into()]);
            let bytes = value.to_binary().unwrap();
            (number(&bytes[bytes.len() - 8..]) == table).then_some(value)
        });
        // A length of 255 or 65,535 bytes takes more bytes than the next shorter one, so that some offsets are not possible.
        if let Some(value) = content {
            check(&value);
        }
    }
}

#[test]
fn objects_of_every_type_and_length_are_valid() {
    let mut values: Vec<Value> = [
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
    ]
    .map(Value::from)
    .to_vec();
    values.extend([
        u64::MAX.into(),
        0.5.into(),
        (-0.0).into(),
        f64::NAN.into(),
        true.into(),
        false.into(),
    ]);
    for len in [0, 1, 14, 15, 16, 255, 256, 65_535, 65_536] {
        values.extend([
            "x".repeat(len).into(),
            "ä\u{1f600}".repeat(len).into(),
            Data::from(vec![7; len]).into(),
            vec![true; len].into(),
        ]);
    }
    for uid in [0, 255, 256, u64::from(u32::MAX)] {
        values.push(Value::Uid(uid));
    }
    values.push(Value::Date("0000-12-30T00:00:00Z".parse().unwrap()));
    values.push(Value::Date("9999-12-31T23:59:59.5Z".parse().unwrap()));
    values.push(Dictionary::new().into());
    for value in &values {
        check(value);
    }
    check(&Value::Array(values.clone()));
    let entries = values
        .iter()
        .enumerate()
        .map(|(number, value)| (number.to_string(), value.clone()));
    check(&Value::Dictionary(entries.collect()));
}
