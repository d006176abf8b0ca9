//! Reading XML property lists.

use apple_mdm::input::{Input, Limits};
use apple_mdm::value::{Data, Dictionary, Value};
use apple_mdm::{Document, Error, ErrorKind};

fn read(text: &str) -> Result<Value, Error> {
    Value::from_slice(text.as_bytes())
}

fn dictionary<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Dictionary::from_iter(entries).into()
}

#[test]
fn all_types_are_read() {
    let cases: &[(&str, Value)] = &[
        ("<string>a b</string>", "a b".into()),
        ("<string> a\n</string>", " a\n".into()),
        ("<string/>", "".into()),
        ("<string></string>", "".into()),
        ("<string >x</string\n>", "x".into()),
        ("<string a='1&2' b=\"<\">x</string>", "x".into()),
        (
            "<string>&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#x1F600;</string>",
            "<>&\"'AA\u{1f600}".into(),
        ),
        (
            "<string>a<![CDATA[<b>&amp;]]>c<!-- no -->d<?pi?>e</string>",
            "a<b>&amp;cde".into(),
        ),
        ("<string>a\r\nb&#13;</string>", "a\r\nb\r".into()),
        ("<string>\u{feff}x</string>", "\u{feff}x".into()),
        ("<integer>-42</integer>", (-42).into()),
        ("<integer> 0x1f\n</integer>", 31.into()),
        ("<integer>18446744073709551615</integer>", u64::MAX.into()),
        ("<integer>-9223372036854775808</integer>", i64::MIN.into()),
        ("<real>30</real>", 30.0.into()),
        ("<real> -1.5e3 </real>", (-1500.0).into()),
        ("<real>+Infinity</real>", f64::INFINITY.into()),
        ("<real>-inf</real>", f64::NEG_INFINITY.into()),
        ("<real>nan</real>", f64::NAN.into()),
        ("<true/>", true.into()),
        ("<false></false>", false.into()),
        ("<true> </true>", true.into()),
        ("<data>\n\tQUJ\n\tD\n</data>", Data::from(b"ABC").into()),
        ("<data/>", Data::default().into()),
        (
            "<date>2024-05-06T07:08:09Z</date>",
            Value::Date("2024-05-06T07:08:09Z".parse().unwrap()),
        ),
        (
            "<date>2024-05-06T07:08:09.75Z</date>",
            Value::Date("2024-05-06T07:08:09Z".parse().unwrap()),
        ),
        ("<array/>", Value::Array(vec![])),
        (
            "<array> <true/>\n<array></array> </array>",
            vec![Value::from(true), Value::Array(vec![])].into(),
        ),
        ("<dict/>", dictionary([])),
        (
            "<dict><key>a</key><integer>1</integer><!-- c --><key/><dict/></dict>",
            dictionary([("a", 1.into()), ("", dictionary([]))]),
        ),
        (
            "<dict><key>CF$UID</key><integer>1</integer></dict>",
            dictionary([("CF$UID", 1.into())]),
        ),
    ];
    for (element, want) in cases {
        for text in [
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n{element}\n</plist>\n<!-- end -->\n"
            ),
            format!("<plist>{element}</plist>"),
            format!(" <!-- start -->{element}\n"),
        ] {
            assert_eq!(read(&text).as_ref(), Ok(want), "{text}");
            let input = Input::new(text.as_bytes(), &Limits::default()).unwrap();
            let mut reader = input.reader();
            reader.skip().unwrap();
            reader.finish().unwrap();
        }
    }
}

#[test]
fn malformed_documents_are_rejected_with_a_position() {
    // The text, what the message says, line and column.
    let cases = [
        ("<plist></plist>", "no value", 1, 8),
        ("<plist/>", "no value", 1, 1),
        ("<plist><dict/>", "ends before `</plist>`", 1, 15),
        ("<dict>\n", "ends within", 2, 1),
        ("<plist><true/><true/></plist>", "after the end", 1, 15),
        ("<foo/>", "unknown element `<foo>`", 1, 1),
        ("<Dict></Dict>", "unknown element", 1, 1),
        ("<a:dict></a:dict>", "unknown element", 1, 1),
        ("<dict>\n  text<key>a</key><true/></dict>", "text between", 2, 3),
        ("<dict>&amp;</dict>", "text between", 1, 7),
        ("<dict><![CDATA[x]]></dict>", "text between", 1, 7),
        ("<dict><key>a</key></dict>", "a key without a value", 1, 19),
        (
            "<dict><key>a</key><key>b</key><true/></dict>",
            "a key without a value",
            1,
            19,
        ),
        ("<dict><true/></dict>", "a value without a key", 1, 7),
        ("<dict></array>", "the end of an array", 1, 7),
        ("<array></dict>", "the end of a dictionary", 1, 8),
        ("</array>", "an end tag", 1, 1),
        ("<string>a</strin>", "where `</string>` was expected", 1, 10),
        ("<string>a<b/></string>", "an element in `<string>`", 1, 10),
        ("<string>a", "not closed", 1, 1),
        ("<true>yes</true>", "text in `<true>`", 1, 1),
        ("<string>&nbsp;</string>", "entity", 1, 9),
        ("<string>a & b</string>", "entity or character reference", 1, 11),
        (
            "<!DOCTYPE plist [<!ENTITY a \"b\">]><plist><string>&a;</string></plist>",
            "declarations of its own",
            1,
            1,
        ),
        ("<plist><!DOCTYPE plist><true/></plist>", "a document type within", 1, 8),
        ("<dict><key>a</key", "not closed", 1, 7),
        ("<!-- <true/>", "comment", 1, 1),
        ("<string>&#xG;</string>", "reference to no character", 1, 9),
        ("<true", "a tag without an end", 1, 1),
    ];
    for (text, message, line, column) in cases {
        let error = read(text).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Syntax(_)), "{text}: {error}");
        assert!(error.to_string().contains(message), "{text}: {error}");
        let position = error.position().unwrap();
        assert_eq!((position.line, position.column), (line, column), "{text}: {error}");
    }
}

#[test]
fn errors_explain_how_to_escape_markup() {
    for (text, help) in [
        ("<string>a & b</string>", "write it as `&amp;`"),
        ("<string>a?b=1&c=2</string>", "write it as `&amp;`"),
        ("<string>a & b; c</string>", "write `&` as `&amp;`"),
        ("<string>a <b</string>", "write `<` as `&lt;`"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(help), "{text}: {error}");
    }
}

#[test]
fn errors_name_the_key() {
    let cases = [
        (
            "<dict><key>a</key><array><true/><dict><key>x.y</key><foo/></dict></array></dict>",
            r#"a[1]["x.y"]"#,
        ),
        ("<dict><key>a</key><true/><key>a</key><true/></dict>", "a"),
        (
            "<array><array/><dict><key>k</key><true/><key>k</key><true/></dict></array>",
            "[1].k",
        ),
    ];
    for (text, path) in cases {
        assert_eq!(read(text).unwrap_err().path(), path, "{text}");
    }
    let repeated =
        read("<dict>\n<key>a</key><true/>\n <key>a</key><dict><key>b</key><true/></dict>\n</dict>").unwrap_err();
    assert_eq!(repeated.to_string(), "a, line 3, column 2: the key is repeated");
}

#[test]
fn utf_16_and_byte_order_marks_are_read() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><plist><string>ü\u{1f600}</string></plist>";
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let documents = [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe", &little[..]].concat(),
        [b"\xfe\xff", &big[..]].concat(),
        little.clone(),
        big,
    ];
    for document in documents {
        assert_eq!(Value::from_slice(&document), Ok("ü\u{1f600}".into()));
    }
}

#[test]
fn documents_in_no_format_are_rejected() {
    let cases: &[(&[u8], ErrorKind)] = &[
        (b"", ErrorKind::UnknownFormat),
        (b" \n", ErrorKind::UnknownFormat),
        (
            b"{ a = b; }",
            ErrorKind::Syntax("expected a key in quotation marks".into()),
        ),
        (b"( a, b )", ErrorKind::UnknownFormat),
        (b"bplist15", ErrorKind::UnknownFormat),
        (b"\"json\"", ErrorKind::UnknownFormat),
        (b"\x89PNG\r\n\x1a\n", ErrorKind::UnknownFormat),
        (b"\x30\x82\x10\x00\x06\x09", ErrorKind::Cms),
        (b"-----BEGIN PKCS7-----\n", ErrorKind::Cms),
    ];
    for (bytes, want) in cases {
        assert_eq!(Value::from_slice(bytes).unwrap_err().kind(), want, "{bytes:?}");
    }
    let limits = Limits::default().with_size(5);
    let error = Value::from_slice_with(b"<true/>", &limits).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::TooLarge { limit: 5 });
}

#[test]
fn attributes_comments_and_entities_do_not_change_values() {
    let text = "<plist><dict><key>a</key><string>x</string><key>b</key><array><integer>1</integer><real>2.5</real>
        <true/><false/><data>QUJD</data><date>2024-05-06T07:08:09Z</date><dict><key>c</key><array></array></dict></array>
        </dict></plist>";
    let want = read(text).unwrap();
    let names = ["dict", "key", "string", "array", "integer", "real", "data", "date"];
    let mut variants = vec![
        text.replace("><", "> <!-- - --> <"),
        text.replace("<key>", "<!-- - --><key>"),
        text.replace(">a<", ">&#97;<"),
        text.replace(">a<", "><![CDATA[a]]><"),
        text.replace("/>", " />"),
        text.replace("<true/>", "<true></true>"),
    ];
    for name in names {
        variants.push(text.replace(&format!("<{name}>"), &format!("<{name} id='1'>")));
        variants.push(text.replace(&format!("</{name}>"), &format!("</{name} >")));
    }
    for variant in variants {
        assert_ne!(variant, text);
        assert_eq!(read(&variant).as_ref(), Ok(&want), "{variant}");
    }
}
