//! Values survive a round trip through every format that can represent them.

use std::thread;

use apple_mdm::input::Limits;
use apple_mdm::value::{Data, Date, Dictionary, Value};
use apple_mdm::{Document, ErrorKind};

fn date(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

/// A value of every type that all formats have.
fn everything() -> Value {
    Dictionary::from_iter([
        ("string", Value::from("a <b> & \"c\" 'd'\t\n ü\u{1f600}\u{fffd}]]>")),
        ("carriage return", "a\r\nb".into()),
        ("", "".into()),
        ("<key> & .", vec![0i64, -1, i64::MAX, i64::MIN].into()),
        ("u64", u64::MAX.into()),
        (
            "reals",
            vec![0.0, -0.0, 0.1, 30.0, 1e300, -1.5e-5, f64::MAX, 1e-5].into(),
        ),
        ("booleans", vec![true, false].into()),
        (
            "nested",
            vec![
                Value::Array(vec![]),
                Dictionary::new().into(),
                vec![Value::from(Dictionary::from_iter([("a", 1)]))].into(),
            ]
            .into(),
        ),
    ])
    .into()
}

/// What property lists have beside that.
fn property_list() -> Value {
    Dictionary::from_iter([
        ("everything", everything()),
        ("data", Data::default().into()),
        ("long", Data((0..=255).collect()).into()),
        (
            "dates",
            vec![
                date("2024-05-06T07:08:09Z"),
                date("0001-01-01T00:00:00Z"),
                date("9999-12-31T23:59:59Z"),
            ]
            .into(),
        ),
        (
            "reals",
            vec![
                f64::NAN,
                -f64::NAN,
                f64::from_bits(f64::NAN.to_bits() | 1),
                f64::INFINITY,
                f64::NEG_INFINITY,
            ]
            .into(),
        ),
    ])
    .into()
}

#[test]
fn values_survive_a_round_trip_through_every_format() {
    let value = property_list();
    assert_eq!(Value::from_slice(value.to_xml().unwrap().as_bytes()), Ok(value.clone()));
    assert_eq!(Value::from_slice(&value.to_binary().unwrap()), Ok(value.clone()));
    let everything = everything();
    assert_eq!(
        Value::from_slice(everything.to_json().unwrap().as_bytes()),
        Ok(everything.clone())
    );
    assert_eq!(
        Value::from_slice(everything.to_json_compact().unwrap().as_bytes()),
        Ok(everything.clone())
    );
    assert_eq!(
        Value::try_from(serde_json::Value::try_from(&everything).unwrap()),
        Ok(everything.clone())
    );
    assert_eq!(
        Value::try_from(plist::Value::try_from(&value).unwrap()),
        Ok(value.clone())
    );
    assert_eq!(value.to_value(), Ok(value));
}

#[test]
fn other_parsers_read_what_we_write() {
    let value = property_list();
    for bytes in [value.to_xml().unwrap().into_bytes(), value.to_binary().unwrap()] {
        let plist: plist::Value = plist::from_bytes(&bytes).unwrap();
        assert_eq!(Value::try_from(plist), Ok(value.clone()));
    }
    let json: serde_json::Value = serde_json::from_str(&everything().to_json().unwrap()).unwrap();
    assert_eq!(Value::try_from(json), Ok(everything()));
}

#[test]
fn serde_reads_and_writes_the_same_values() {
    let value = property_list();
    let mut xml = Vec::new();
    plist::to_writer_xml(&mut xml, &value).unwrap();
    assert_eq!(Value::from_slice(&xml), Ok(value.clone()));
    assert_eq!(plist::from_bytes::<Value>(&xml).unwrap(), value);
    assert_eq!(plist::from_bytes::<Value>(&value.to_binary().unwrap()).unwrap(), value);
    let everything = everything();
    let json = serde_json::to_string(&everything).unwrap();
    assert_eq!(json, everything.to_json_compact().unwrap());
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), everything);
    assert!(serde_json::from_str::<Value>(r#"{"a": 1, "a": 2}"#).is_err());
}

#[test]
fn fractions_of_seconds_survive_in_binary_and_json() {
    let precise: Date = "2024-05-06T07:08:09.123456Z".parse().unwrap();
    let value = Value::Date(precise);
    assert_eq!(
        Value::from_slice(value.to_xml().unwrap().as_bytes()),
        Ok(Value::Date(precise.whole_seconds()))
    );
    let binary = Value::from_slice(&value.to_binary().unwrap()).unwrap();
    // 64-bit seconds since 2001 are precise to a tenth of a microsecond now.
    let difference = i64::from(binary.as_date().unwrap().subsec_nanoseconds()) - 123_456_000;
    assert!(difference.abs() < 120, "{difference}");
    assert_eq!(Value::from_slice(&binary.to_binary().unwrap()), Ok(binary));
    assert_eq!(
        Vec::<Date>::from_slice(vec![precise].to_json().unwrap().as_bytes()),
        Ok(vec![precise])
    );
}

#[test]
fn uids_become_dictionaries_in_xml() {
    for n in [0, 1, 255, 256, 65_535, 65_536, u64::from(u32::MAX)] {
        let value = Value::Uid(n);
        assert_eq!(Value::from_slice(&value.to_binary().unwrap()), Ok(value.clone()));
        let stands_for_it = Value::from(Dictionary::from_iter([("CF$UID", n)]));
        assert_eq!(Value::from_slice(value.to_xml().unwrap().as_bytes()), Ok(stands_for_it));
        assert!(value.to_json().is_err());
    }
}

#[test]
fn unrepresentable_values_are_errors_with_a_path() {
    let hold = |value: Value| Value::from(Dictionary::from_iter([("a.b", vec![Value::from(1), value])]));
    let null = hold(Value::Null);
    assert_eq!(
        null.to_xml().unwrap_err().to_string(),
        r#"["a.b"][1]: null cannot be written as an XML property list"#
    );
    assert_eq!(null.to_binary().unwrap_err().path(), r#"["a.b"][1]"#);
    assert_eq!(null.to_json_compact().as_deref(), Ok(r#"{"a.b":[1,null]}"#));
    assert_eq!(Value::from_slice(br#"{"a.b":[1,null]}"#), Ok(null.clone()));
    assert!(plist::to_writer_xml(Vec::new(), &null).is_err());
    let nan = hold(f64::NAN.into());
    assert_eq!(
        nan.to_json().unwrap_err().to_string(),
        r#"["a.b"][1]: a number that is not finite cannot be written as JSON"#
    );
    let wide = hold(Value::Uid(1 << 32));
    assert_eq!(
        wide.to_binary().unwrap_err().to_string(),
        r#"["a.b"][1]: a UID of more than 32 bits cannot be written as a binary property list"#
    );
}

#[test]
fn characters_that_xml_does_not_allow_survive_every_format() {
    for text in ["\0", "a\u{1}", "\u{ffff}b", "\u{fffe}", "\r\n\t\u{7f}"] {
        let value = Value::from(Dictionary::from_iter([(text, vec![text])]));
        assert_eq!(Value::from_slice(&value.to_binary().unwrap()), Ok(value.clone()));
        assert_eq!(
            Value::from_slice(value.to_json().unwrap().as_bytes()),
            Ok(value.clone())
        );
        assert_eq!(Value::from_slice(value.to_xml().unwrap().as_bytes()), Ok(value));
    }
    assert!(Value::from("\u{1}").to_xml().unwrap().contains("<string>&#1;</string>"));
}

#[test]
fn xml_is_written_like_apple_writes_it() {
    let value = Value::from(Dictionary::from_iter([
        ("a<", Value::from("<&>\r")),
        ("b", Value::Array(vec![])),
        (
            "c",
            vec![
                Value::from(Dictionary::from_iter([("d", Data((0..60).collect()))])),
                1.into(),
            ]
            .into(),
        ),
        ("e", vec![30.0, 0.0, 1e20, 2.5, f64::INFINITY].into()),
        ("f", date("2024-05-06T07:08:09.5Z")),
    ]));
    let want = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">
<plist version=\"1.0\">
<dict>
\t<key>a&lt;</key>
\t<string>&lt;&amp;&gt;&#13;</string>
\t<key>b</key>
\t<array/>
\t<key>c</key>
\t<array>
\t\t<dict>
\t\t\t<key>d</key>
\t\t\t<data>
\t\t\tAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm
\t\t\tJygpKissLS4vMDEyMzQ1Njc4OTo7
\t\t\t</data>
\t\t</dict>
\t\t<integer>1</integer>
\t</array>
\t<key>e</key>
\t<array>
\t\t<real>30</real>
\t\t<real>0.0</real>
\t\t<real>1e20</real>
\t\t<real>2.5</real>
\t\t<real>+infinity</real>
\t</array>
\t<key>f</key>
\t<date>2024-05-06T07:08:09Z</date>
</dict>
</plist>
";
    assert_eq!(value.to_xml().as_deref(), Ok(want));
}

/// With as little stack as a thread may be given.
fn in_a_small_thread(f: fn()) {
    thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(f)
        .unwrap()
        .join()
        .unwrap();
}

/// `depth` arrays in one another, in every format.
fn nested(depth: usize) -> [Vec<u8>; 3] {
    let xml = format!("<plist>{}{}</plist>", "<array>".repeat(depth), "</array>".repeat(depth));
    let json = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let mut binary = b"bplist00".to_vec();
    for n in 1..depth {
        binary.push(0xa1);
        binary.extend_from_slice(&u32::try_from(n).unwrap().to_be_bytes());
    }
    binary.push(0xa0);
    let table = binary.len();
    for n in 0..depth {
        binary.extend_from_slice(&u32::try_from(8 + 5 * n).unwrap().to_be_bytes());
    }
    binary.extend_from_slice(&[0, 0, 0, 0, 0, 0, 4, 4]);
    for n in [depth, 0, table] {
        binary.extend_from_slice(&(n as u64).to_be_bytes());
    }
    [xml.into_bytes(), json.into_bytes(), binary]
}

#[test]
fn depth_is_limited_exactly() {
    in_a_small_thread(|| {
        for (limit, depth) in [
            (3, 3),
            (128, 128),
            (Limits::MAX_DEPTH, Limits::MAX_DEPTH),
            (100_000, Limits::MAX_DEPTH),
        ] {
            let limits = Limits::default().with_depth(limit);
            for document in nested(depth) {
                let value = Value::from_slice_with(&document, &limits).unwrap();
                for written in [
                    value.to_xml().unwrap().into_bytes(),
                    value.to_binary().unwrap(),
                    value.to_json().unwrap().into_bytes(),
                ] {
                    assert_eq!(Value::from_slice_with(&written, &limits).as_ref(), Ok(&value));
                }
                Value::try_from(plist::Value::try_from(&value).unwrap()).unwrap();
                Value::try_from(serde_json::Value::try_from(&value).unwrap()).unwrap();
            }
            for document in nested(depth + 1).into_iter().chain(nested(100_000)) {
                let error = Value::from_slice_with(&document, &limits).unwrap_err();
                assert_eq!(error.kind(), &ErrorKind::TooDeep { limit: depth });
            }
        }
        let mut deep = Value::Array(vec![]);
        for _ in 0..Limits::MAX_DEPTH {
            deep = Value::Array(vec![deep]);
        }
        assert!(
            deep.to_xml().is_err() && deep.to_binary().is_err() && deep.to_json().is_err() && deep.to_value().is_err()
        );
    });
}

#[test]
fn serde_uses_the_default_depth() {
    in_a_small_thread(|| {
        let [xml, json, binary] = nested(128);
        plist::from_bytes::<Value>(&xml).unwrap();
        plist::from_bytes::<Value>(&binary).unwrap();
        let [xml, _, binary] = nested(100_000);
        assert!(plist::from_bytes::<Value>(&xml).is_err());
        assert!(plist::from_bytes::<Value>(&binary).is_err());
        // serde_json has its own limit.
        assert!(serde_json::from_slice::<Value>(&json).is_err());
    });
}

#[test]
fn truncated_documents_are_errors() {
    let value = property_list();
    let xml = value.to_xml().unwrap().into_bytes();
    let json = everything().to_json().unwrap().into_bytes();
    let binary = value.to_binary().unwrap();
    for document in [xml.trim_ascii_end(), &json, &binary] {
        for len in 0..document.len() {
            assert!(
                Value::from_slice(&document[..len]).is_err(),
                "{len} of {}",
                document.len()
            );
        }
    }
}
