//! Reading binary property lists, including hostile ones.

use apple_mdm::value::{Data, Value};
use apple_mdm::{Document, Error, ErrorKind};

/// A binary property list of these objects, references of one byte, the first object its root.
fn document(objects: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for object in objects {
        offsets.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(object);
    }
    let table = bytes.len() as u64;
    bytes.extend_from_slice(&offsets);
    bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0, 4, 1]);
    for n in [objects.len() as u64, 0, table] {
        bytes.extend_from_slice(&n.to_be_bytes());
    }
    bytes
}

fn read(objects: &[&[u8]]) -> Result<Value, Error> {
    Value::from_slice(&document(objects))
}

#[test]
fn all_object_types_are_read() {
    let cases: &[(&[u8], Value)] = &[
        (b"\x08", false.into()),
        (b"\x09", true.into()),
        (b"\x10\xff", 255.into()),
        (b"\x11\xff\xff", 65_535.into()),
        (b"\x12\xff\xff\xff\xff", u32::MAX.into()),
        (b"\x13\xff\xff\xff\xff\xff\xff\xff\xff", (-1).into()),
        (b"\x14\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", u64::MAX.into()),
        (b"\x22\x3f\xc0\0\0", 1.5.into()),
        (b"\x23\x3f\xf8\0\0\0\0\0\0", 1.5.into()),
        (
            b"\x33\0\0\0\0\0\0\0\0",
            Value::Date("2001-01-01T00:00:00Z".parse().unwrap()),
        ),
        (
            b"\x33\xbf\xf0\0\0\0\0\0\0",
            Value::Date("2000-12-31T23:59:59Z".parse().unwrap()),
        ),
        (b"\x43abc", Data::from(b"abc").into()),
        (b"\x4f\x10\x03abc", Data::from(b"abc").into()),
        (b"\x53abc", "abc".into()),
        (b"\x52\xc3\xa4", "ä".into()),
        (b"\x62\0a\0\xe4", "aä".into()),
        (b"\x5f\x11\0\x01a", "a".into()),
        (b"\x80\x07", Value::Uid(7)),
        (b"\x87\xff\xff\xff\xff\xff\xff\xff\xff", Value::Uid(u64::MAX)),
        (b"\xa0", Value::Array(vec![])),
    ];
    for (object, want) in cases {
        assert_eq!(read(&[object]).as_ref(), Ok(want), "{object:x?}");
    }
}

#[test]
fn invalid_objects_are_errors() {
    let cases: &[&[&[u8]]] = &[
        &[b"\x0f"],
        &[b"\x01"],
        &[b"\x15\0"],
        &[b"\x13\0"],
        &[b"\x21\0\0"],
        &[b"\x32\0\0\0\0"],
        &[b"\x4f\x10\xff"],
        &[b"\x4f\x13\xff\xff\xff\xff\xff\xff\xff\xff"],
        &[b"\x4f\x23\0"],
        &[b"\x4f"],
        &[b"\x6f\x13\xff\xff\xff\xff\xff\xff\xff\xff"],
        &[b"\x88\0\0\0\0\0\0\0\0\0"],
        &[b"\xa1\x05"],
        &[b"\xaf\x13\xff\xff\xff\xff\xff\xff\xff\xff"],
        &[b"\xd1\x01\x01", b"\x09"],
        &[b"\xdf\x13\xff\xff\xff\xff\xff\xff\xff\xff"],
        &[b"\xe0"],
        &[b"\xa1\x00"],
        &[b"\xa1\x01", b"\xa1\x00"],
        &[b"\xd1\x01\x00", b"\x51a"],
    ];
    for objects in cases {
        let error = read(objects).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Syntax(_) | ErrorKind::Value { .. }),
            "{objects:x?}: {error}"
        );
    }
    let repeated = read(&[b"\xd2\x01\x02\x03\x03", b"\x51a", b"\x51a", b"\x09"]).unwrap_err();
    assert_eq!((repeated.path(), repeated.kind()), ("a", &ErrorKind::RepeatedKey));
}

#[test]
fn shared_objects_are_read_within_a_limit() {
    let twice = read(&[b"\xa2\x01\x01", b"\xa1\x02", b"\x09"]).unwrap();
    assert_eq!(twice, vec![vec![true], vec![true]].into());
    // Sixteen levels, each with sixteen references to the next.
    let levels: Vec<Vec<u8>> = (1..17)
        .map(|next| [&[0xaf, 0x10, 16][..], &[next; 16]].concat())
        .collect();
    let mut objects: Vec<&[u8]> = levels.iter().map(Vec::as_slice).collect();
    objects.push(b"\x09");
    assert!(matches!(read(&objects).unwrap_err().kind(), ErrorKind::TooLarge { .. }));
    // One long string, many times.
    let text = [&[0x5f, 0x12, 0, 1, 0, 0][..], &[b'a'; 1 << 16]].concat();
    let many = [&[0xaf, 0x11, 0xff, 0xff][..], &[1; 0xffff]].concat();
    assert!(matches!(
        read(&[&many, &text]).unwrap_err().kind(),
        ErrorKind::TooLarge { .. }
    ));
}

#[test]
fn no_changed_byte_causes_a_panic() {
    let value = Value::from(vec![
        Value::from("abcdefghijklmnopqrstuvwxyz"),
        Value::from("ü"),
        Value::from(apple_mdm::value::Dictionary::from_iter([
            ("a", Value::from(1)),
            ("b", 1.5.into()),
        ])),
        Value::from(Data((0..40).collect())),
        Value::Date("2024-05-06T07:08:09Z".parse().unwrap()),
        Value::Uid(300),
        Value::from(u64::MAX),
    ]);
    let good = value.to_binary().unwrap();
    for at in 0..good.len() {
        for byte in 0..=255 {
            let mut bad = good.clone();
            bad[at] = byte;
            let _ = Value::from_slice(&bad);
        }
    }
}

#[test]
fn what_apple_s_reader_accepts_is_read() {
    let date = |seconds: f64| [&[0x33][..], &seconds.to_be_bytes()].concat();
    let cases: &[(&[u8], Value)] = &[
        (b"\x00", Value::Null),
        // Half of a pair: at the end, before another character, and the second half alone.
        (b"\x62\0a\xd8\x3d", "a\u{fffd}".into()),
        (b"\x62\xd8\x3d\0a", "\u{fffd}a".into()),
        (b"\x61\xde\0", "\u{fffd}".into()),
        (b"\x53a\xffb", "a\u{ff}b".into()),
        (b"\xc0", Value::Array(vec![])),
        // The lower 64 bits.
        (b"\x14\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x07", 7.into()),
    ];
    for (object, want) in cases {
        assert_eq!(read(&[object]).as_ref(), Ok(want), "{object:x?}");
    }
    for seconds in [1e300, f64::NAN, f64::NEG_INFINITY] {
        let value = read(&[&date(seconds)]).unwrap();
        let Value::Unparsed(unparsed) = &value else {
            panic!("{value:?}")
        };
        assert_eq!(unparsed.type_of(), apple_mdm::value::Type::Date);
        // Other formats have no such date.
        assert!(value.to_binary().is_err() && value.to_json().is_err());
    }
    // Also in keys.
    let value = read(&[b"\xd1\x01\x02", b"\x61\xd8\0", b"\x09"]).unwrap();
    assert_eq!(value.get("\u{fffd}"), Some(&true.into()));
}

#[cfg(feature = "commands")]
#[test]
fn one_bad_value_does_not_cost_a_response() {
    let objects: &[&[u8]] = &[
        b"\xd4\x01\x02\x03\x04\x05\x06\x07\x08",
        b"\x56Status",
        b"\x5bCommandUUID",
        b"\x54UDID",
        b"\x5aErrorChain",
        b"\x5cAcknowledged",
        b"\x62\0a\xd8\x3d",
        b"\x53a\xffb",
        b"\x00",
    ];
    let response = apple_mdm::commands::Response::from_slice(&document(objects)).unwrap();
    assert_eq!(response.command_uuid.as_deref(), Some("a\u{fffd}"));
    assert_eq!(response.udid.as_deref(), Some("a\u{ff}b"));
    assert!(response.error_chain.is_none());
}

/// What lint says about the format of a document.
#[cfg(feature = "lint")]
fn irregularities(bytes: &[u8]) -> Vec<(apple_mdm::validate::Severity, String)> {
    use apple_mdm::lint::{Options, lint};
    use apple_mdm::validate::Code;
    let findings = lint(bytes, &Options::default()).findings.into_iter();
    let about_format = findings.filter(|found| matches!(found.finding.code, Code::Syntax | Code::BadFormat));
    about_format
        .map(|found| (found.finding.severity, found.finding.message))
        .collect()
}

#[cfg(feature = "lint")]
#[test]
fn lint_reports_what_is_irregular_and_whether_apple_s_reader_rejects_it() {
    use apple_mdm::validate::Severity::{Error, Warning};
    let reports = |objects: &[&[u8]]| irregularities(&document(objects));
    let only = |objects: &[&[u8]]| match &*reports(objects) {
        [(severity, message)] => (*severity, message.clone()),
        other => panic!("{objects:x?}: {other:?}"),
    };
    for (object, severity, words) in [
        (&b"\x61\xd8\0"[..], Warning, "surrogate"),
        (b"\x00", Warning, "null"),
        (b"\x52\xc3\xa4", Warning, "ISO-8859-1"),
        (b"\xc0", Warning, "set"),
        (b"\x14\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x07", Warning, "64 bits"),
        (b"\x33\x7f\xf8\0\0\0\0\0\0", Warning, "years 0 to 9999"),
        (b"\x84\x01\0\0\0\0", Error, "UID"),
    ] {
        let (found, message) = only(&[b"\xd1\x01\x02", b"\x61k", object]);
        assert_eq!(found, severity, "{message}");
        assert!(message.contains(words), "{message}");
        let consequence = match severity {
            Error => message.ends_with("; Apple's reader rejects the whole document"),
            _ => !message.contains("rejects"),
        };
        assert!(consequence, "{message}");
    }
    assert_eq!(reports(&[b"\xd1\x01\x02", b"\x61k", b"\x62\0a\0\xe4"]), []);
    // References of one byte do for 255 objects. Writers that forget that Apple's reader compares with the number, not the last index, are
    // not rare.
    let objects = |count: usize| {
        let mut objects: Vec<&[u8]> = vec![b"\xa1\x01"];
        objects.resize(count, b"\x09");
        objects
    };
    assert_eq!(reports(&objects(255)), []);
    let (severity, message) = only(&objects(256));
    assert_eq!(severity, Error);
    assert!(message.contains("number of objects"), "{message}");
    // Bytes between the offset table and the trailer.
    let mut bytes = document(&[b"\xa0"]);
    bytes.insert(bytes.len() - 32, 0);
    assert!(matches!(&*irregularities(&bytes), [(Error, message)] if message.contains("before the trailer")));
    // An object that nothing refers to is in the offset table.
    let mut bytes = document(&[b"\xa0", b"\x09"]);
    let at = bytes.len() - 32 - 1;
    bytes[at] = 200;
    assert!(matches!(&*irregularities(&bytes), [(Error, message)] if message.contains("offset of an object")));
}
