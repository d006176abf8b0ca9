//! XML property lists that Apple's reader (CFPropertyList) and XML parsers treat differently.
//!
//! Whatever Apple's reader accepts is read in the same way; if other readers may not accept it, lint warns. Whatever Apple's reader rejects
//! is an error of lint, even if this crate can read it.
#![cfg(feature = "lint")]

use apple_mdm::Document;
use apple_mdm::lint::{Options, lint};
use apple_mdm::validate::{Code, Severity};
use apple_mdm::value::{Data, Dictionary, Type, Value};

/// How Apple's reader treats a document.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Apple {
    /// It reads it, and so does every other reader.
    Reads,
    /// It reads it although the document is irregular.
    Tolerates,
    Rejects,
}
use Apple::{Reads, Rejects, Tolerates};

/// The findings of lint about syntax, as the most severe severity.
fn severity(document: &[u8]) -> Option<Severity> {
    let result = lint(document, &Options::default().unknown_kind(Severity::Error));
    let codes = [Code::Syntax, Code::BadFormat];
    let findings = result.findings.iter().map(|finding| &finding.finding);
    findings
        .filter(|finding| codes.contains(&finding.code))
        .map(|finding| finding.severity)
        .max()
}

fn check(document: &[u8], apple: Apple, value: Option<&Value>) {
    let shown = String::from_utf8_lossy(document);
    assert_eq!(Value::from_slice(document).ok().as_ref(), value, "{shown}");
    assert!(apple == Rejects || value.is_some(), "{shown}");
    let expected = match apple {
        Reads => None,
        Tolerates => Some(Severity::Warning),
        Rejects => Some(Severity::Error),
    };
    assert_eq!(severity(document), expected, "{shown}");
}

fn string(text: &str) -> Value {
    text.into()
}

fn dictionary(key: &str, value: impl Into<Value>) -> Value {
    Dictionary::from_iter([(key, value)]).into()
}

#[test]
fn documents_around_the_root_value() {
    let one = Some(Value::from(1));
    let cases: &[(&str, Apple, Option<Value>)] = &[
        ("<plist><integer>1</integer></plist>", Reads, one.clone()),
        ("<integer>1</integer>", Reads, one.clone()),
        (
            "<?xml version='1.0'?><plist><integer>1</integer></plist>\n<!-- end -->\n",
            Reads,
            one.clone(),
        ),
        // Before the root.
        (
            "\n<?xml version='1.0'?><plist><integer>1</integer></plist>",
            Tolerates,
            one.clone(),
        ),
        (
            "<!-- c --><?xml version='1.0'?><plist><integer>1</integer></plist>",
            Tolerates,
            one.clone(),
        ),
        (
            "<!-- a -- b --><plist><integer>1</integer></plist>",
            Tolerates,
            one.clone(),
        ),
        ("<?php a ?><plist><integer>1</integer></plist>", Reads, one.clone()),
        (
            "<!DOCTYPE plist><plist><integer>1</integer></plist>",
            Reads,
            one.clone(),
        ),
        ("<!DOCTYPE><!DOCTYPE a 'b'><integer>1</integer>", Tolerates, one.clone()),
        (
            "<!doctype plist><plist><integer>1</integer></plist>",
            Rejects,
            one.clone(),
        ),
        ("<!DOCTYPE plist []><plist><integer>1</integer></plist>", Rejects, None),
        (
            "<!DOCTYPE plist [<!ENTITY a 'b'>]><plist><string>&a;</string></plist>",
            Rejects,
            None,
        ),
        ("<!ENTITY a 'b'><plist><integer>1</integer></plist>", Rejects, None),
        ("<!-- a <plist><integer>1</integer></plist>", Rejects, None),
        // After the root.
        ("<plist><integer>1</integer></plist> text", Tolerates, one.clone()),
        (
            "<plist><integer>1</integer></plist><plist><integer>2</integer></plist>",
            Tolerates,
            one.clone(),
        ),
        ("<plist><integer>1</integer></plist></dict>\0", Tolerates, one.clone()),
        ("<integer>1</integer><integer>2</integer>", Tolerates, one.clone()),
        ("<plist><integer>1</integer><integer>2</integer></plist>", Rejects, None),
        ("<plist><integer>1</integer>", Rejects, None),
        ("<plist><integer>1</integer></dict>", Rejects, None),
        ("<plist></plist>", Rejects, None),
        ("<plist/>", Rejects, None),
        ("<array><integer>1</integer>", Rejects, None),
        // `<plist>` around other values.
        (
            "<plist><plist><integer>1</integer></plist></plist>",
            Tolerates,
            one.clone(),
        ),
        (
            "<array><plist><integer>1</integer></plist></array>",
            Tolerates,
            Some(vec![1].into()),
        ),
    ];
    for (document, apple, value) in cases {
        check(document.as_bytes(), *apple, value.as_ref());
    }
}

#[test]
fn tags_and_containers() {
    let cases: &[(&str, Apple, Option<Value>)] = &[
        (
            "<dict ><key\n>a</key\t><true\n/></dict >",
            Reads,
            Some(dictionary("a", true)),
        ),
        (
            "<dict a='b'><key c>a</key><true d=\"e\"/></dict>",
            Tolerates,
            Some(dictionary("a", true)),
        ),
        ("<array /><!-- c -->", Reads, Some(Value::Array(Vec::new()))),
        (
            "<array><?a b?><true/><!-- c --></array>",
            Reads,
            Some(vec![true].into()),
        ),
        ("<dict a='b' c = \"d>\"></dict>", Rejects, None),
        (
            "<array a='b'\nc=\"d'\" ><true e='&'/></array>",
            Reads,
            Some(vec![true].into()),
        ),
        ("<array a='b' a='c'/>", Tolerates, Some(Value::Array(Vec::new()))),
        ("<array a='<'/>", Tolerates, Some(Value::Array(Vec::new()))),
        ("<array a=b/>", Tolerates, Some(Value::Array(Vec::new()))),
        // A tag ends at the first `>`, whatever the quotation marks say.
        ("<string a=\">\">b</string>", Tolerates, Some(string("\">b"))),
        ("<array><string a=\"/>\">b</string></array>", Rejects, None),
        ("<dict/ >", Rejects, None),
        ("< dict></dict>", Rejects, None),
        ("<Dict></Dict>", Rejects, None),
        ("<array><null/></array>", Rejects, None),
        ("<array></ array>", Rejects, None),
        ("<array>a</array>", Rejects, None),
        ("<array><![CDATA[a]]></array>", Rejects, None),
        ("<array>&#32;</array>", Rejects, None),
        ("<array><true/></dict>", Rejects, None),
        ("<dict><true/></dict>", Rejects, None),
        ("<dict><key>a</key></dict>", Rejects, None),
        ("<dict><key>a</key><true/><true/></dict>", Rejects, None),
        // A key is a string except where a key is expected.
        (
            "<dict><key>a</key><key>b</key></dict>",
            Tolerates,
            Some(dictionary("a", "b")),
        ),
        ("<dict><key>a</key><key>b</key><true/></dict>", Rejects, None),
        ("<array><key>a</key></array>", Tolerates, Some(vec!["a"].into())),
        ("<plist><key>a</key></plist>", Tolerates, Some(string("a"))),
        ("<dict><string>a</string><true/></dict>", Rejects, None),
    ];
    for (document, apple, value) in cases {
        check(document.as_bytes(), *apple, value.as_ref());
    }
}

#[test]
fn text() {
    let cases: &[(&str, Apple, Option<Value>)] = &[
        ("<string/>", Reads, Some(string(""))),
        ("<string> a\r\nb </string>", Reads, Some(string(" a\r\nb "))),
        ("<string>a ]]> b > c</string>", Tolerates, Some(string("a ]]> b > c"))),
        (
            "<string>a<![CDATA[<b>&amp;]]>c</string>",
            Reads,
            Some(string("a<b>&amp;c")),
        ),
        (
            "<string>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</string>",
            Reads,
            Some(string("<>&\"'A😀")),
        ),
        ("<key>a<![CDATA[b]]></key>", Tolerates, Some(string("ab"))),
        (
            "<dict><key>a&amp;<![CDATA[b]]></key><true/></dict>",
            Reads,
            Some(dictionary("a&b", true)),
        ),
        // Characters that XML does not allow.
        ("<string>a\u{1}b</string>", Tolerates, Some(string("a\u{1}b"))),
        ("<string>a\0b</string>", Tolerates, Some(string("a\0b"))),
        ("<string>a\u{ffff}</string>", Tolerates, Some(string("a\u{ffff}"))),
        ("<string><![CDATA[\u{1b}]]></string>", Tolerates, Some(string("\u{1b}"))),
        ("<string>&#1;&#x0;</string>", Tolerates, Some(string("\u{1}\0"))),
        (
            "<dict><key>a\u{8}</key><true/></dict>",
            Tolerates,
            Some(dictionary("a\u{8}", true)),
        ),
        // References to no character.
        ("<string>a&#xD83D;b</string>", Rejects, Some(string("a\u{fffd}b"))),
        ("<string>&#1114112;</string>", Rejects, Some(string("\u{fffd}"))),
        ("<string>&#x00000041;</string>", Reads, Some(string("A"))),
        ("<string>&#x000000041;</string>", Rejects, Some(string("\u{fffd}"))),
        ("<string>&#xG;</string>", Rejects, None),
        ("<string>&#X41;</string>", Rejects, None),
        ("<string>&nbsp;</string>", Rejects, None),
        ("<string>a & b</string>", Rejects, None),
        ("<string>&LT;</string>", Rejects, None),
        // Markup.
        ("<string>a<!-- c -->b</string>", Rejects, Some(string("ab"))),
        ("<string>a<?b c?></string>", Rejects, Some(string("a"))),
        (
            "<dict><key>a<!-- c --></key><true/></dict>",
            Rejects,
            Some(dictionary("a", true)),
        ),
        ("<string>a<b></string>", Rejects, None),
        ("<string>a</strings>", Rejects, None),
        ("<string>a</ string>", Rejects, None),
        ("<string><![CDATA[a]]</string>", Rejects, None),
        ("<string><![cdata[a]]></string>", Rejects, None),
    ];
    for (document, apple, value) in cases {
        check(document.as_bytes(), *apple, value.as_ref());
    }
}

/// An element whose text is not valid for its type.
fn unparsed(type_of: Type, text: &str) -> Option<Value> {
    let name = type_of.name();
    let value = Value::from_slice(format!("<{name}>{text}</{name}>").as_bytes()).unwrap();
    let Value::Unparsed(unparsed) = &value else {
        panic!("{text} is a valid {name}");
    };
    assert_eq!((unparsed.type_of(), unparsed.as_str()), (type_of, text));
    Some(value)
}

#[test]
fn numbers_and_booleans() {
    let integer = |text: &str| unparsed(Type::Integer, text);
    let real = |text: &str| unparsed(Type::Real, text);
    let cases: &[(&str, Apple, Option<Value>)] = &[
        ("<integer>+1</integer>", Reads, Some(1.into())),
        ("<integer> \n- 0x1F</integer>", Reads, Some((-31).into())),
        ("<integer>007</integer>", Reads, Some(7.into())),
        ("<integer>0x00</integer>", Reads, Some(0.into())),
        ("<integer>18446744073709551615</integer>", Reads, Some(u64::MAX.into())),
        ("<integer>1 </integer>", Rejects, Some(1.into())),
        ("<integer><![CDATA[1]]></integer>", Rejects, Some(1.into())),
        ("<integer>1<!-- c --></integer>", Rejects, Some(1.into())),
        ("<integer>&#49;</integer>", Rejects, Some(1.into())),
        ("<integer>1.0</integer>", Rejects, integer("1.0")),
        ("<integer>1f</integer>", Rejects, integer("1f")),
        (
            "<integer>18446744073709551616</integer>",
            Rejects,
            integer("18446744073709551616"),
        ),
        ("<integer>${PORT}</integer>", Rejects, integer("${PORT}")),
        ("<integer>-</integer>", Rejects, integer("-")),
        ("<integer></integer>", Rejects, integer("")),
        ("<integer/>", Rejects, integer("")),
        ("<integer> </integer>", Rejects, integer(" ")),
        ("<real>1.5</real>", Reads, Some(1.5.into())),
        ("<real> 1.</real>", Reads, Some(1.0.into())),
        ("<real>.5e+3</real>", Reads, Some(500.0.into())),
        ("<real>&#49;<![CDATA[.5]]></real>", Reads, Some(1.5.into())),
        ("<real>-Infinity</real>", Reads, Some(f64::NEG_INFINITY.into())),
        ("<real>NaN</real>", Reads, Some(f64::NAN.into())),
        ("<real>1.5 </real>", Rejects, Some(1.5.into())),
        ("<real> inf</real>", Rejects, Some(f64::INFINITY.into())),
        ("<real>+nan</real>", Rejects, Some(f64::NAN.into())),
        ("<real>0x10</real>", Rejects, real("0x10")),
        ("<real>1,5</real>", Rejects, real("1,5")),
        ("<real/>", Rejects, real("")),
        ("<true></true>", Reads, Some(true.into())),
        ("<false a='b'></false >", Reads, Some(false.into())),
        ("<true>\n</true>", Rejects, Some(true.into())),
        ("<false><!-- c --></false>", Rejects, Some(false.into())),
        ("<true>1</true>", Rejects, None),
        ("<true></false>", Rejects, None),
    ];
    for (document, apple, value) in cases {
        check(document.as_bytes(), *apple, value.as_ref());
    }
}

#[test]
fn dates_and_data() {
    let date = |text: &str| Some(Value::Date(text.parse().unwrap()));
    let data = |bytes: &[u8]| Some(Value::Data(Data::from(bytes)));
    let cases: &[(&str, Apple, Option<Value>)] = &[
        ("<date>2026-11-22T12:00:00Z</date>", Reads, date("2026-11-22T12:00:00Z")),
        (
            "<date> 2026-11-22T12:00:00Z</date>",
            Rejects,
            date("2026-11-22T12:00:00Z"),
        ),
        (
            "<date>2026-11-22T12:00:00.5Z</date>",
            Rejects,
            date("2026-11-22T12:00:00Z"),
        ),
        (
            "<date>2026-11-22T12:00:00+01:00</date>",
            Rejects,
            date("2026-11-22T11:00:00Z"),
        ),
        (
            "<date>2026-11-22T12:00:00Z<!-- c --></date>",
            Rejects,
            date("2026-11-22T12:00:00Z"),
        ),
        ("<date>2026-11-22</date>", Rejects, unparsed(Type::Date, "2026-11-22")),
        ("<date>${EXPIRY}</date>", Rejects, unparsed(Type::Date, "${EXPIRY}")),
        ("<date/>", Rejects, unparsed(Type::Date, "")),
        ("<data>\n\tQU\n\tJD\n</data>", Reads, data(b"ABC")),
        ("<data></data>", Reads, data(b"")),
        ("<data> </data>", Reads, data(b"")),
        ("<data>QQ==</data>", Reads, data(b"A")),
        ("<data>QQ</data>", Tolerates, data(b"A")),
        ("<data/>", Rejects, data(b"")),
        ("<data>QUJD<!-- c --></data>", Rejects, data(b"ABC")),
        ("<data><![CDATA[QUJD]]></data>", Rejects, data(b"ABC")),
        ("<data>QUJD&#10;</data>", Rejects, data(b"ABC")),
        (
            "<data>${CERTIFICATE}</data>",
            Rejects,
            unparsed(Type::Data, "${CERTIFICATE}"),
        ),
        ("<data>QUJDR</data>", Rejects, unparsed(Type::Data, "QUJDR")),
        ("<data>QÜJD</data>", Rejects, unparsed(Type::Data, "QÜJD")),
    ];
    for (document, apple, value) in cases {
        check(document.as_bytes(), *apple, value.as_ref());
    }
}

#[test]
fn encodings() {
    let with_declaration = |encoding: &str, text: &[u8]| {
        let mut document = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><string>").into_bytes();
        document.extend_from_slice(text);
        document.extend_from_slice(b"</string>");
        document
    };
    let utf_16 = |mark: &[u8], unit: fn(u16) -> [u8; 2]| {
        let text = "<string>Zürich 😀</string>";
        [mark.to_vec(), text.encode_utf16().flat_map(unit).collect()].concat()
    };
    let utf_32: Vec<u8> = "\u{feff}<string>Zürich 😀</string>"
        .chars()
        .flat_map(|c| u32::from(c).to_be_bytes())
        .collect();
    let zurich = || Some(string("Zürich"));
    let cases: Vec<(Vec<u8>, Apple, Option<Value>)> = vec![
        (with_declaration("UTF-8", "Zürich".as_bytes()), Reads, zurich()),
        (
            with_declaration("utf-8", b"Z\xfcrich"),
            Rejects,
            Some(string("Z\u{fffd}rich")),
        ),
        (
            b"<string>Z\xfcrich</string>".to_vec(),
            Rejects,
            Some(string("Z\u{fffd}rich")),
        ),
        (with_declaration("ISO-8859-1", b"Zurich"), Reads, Some(string("Zurich"))),
        (with_declaration("ISO-8859-1", b"Z\xfcrich"), Tolerates, zurich()),
        (
            with_declaration("windows-1252", b"\x80 Z\xfcrich"),
            Tolerates,
            Some(string("€ Zürich")),
        ),
        (
            with_declaration("latin1", "ü".as_bytes()),
            Tolerates,
            Some(string("Ã¼")),
        ),
        (with_declaration("US-ASCII", b"Zurich"), Reads, Some(string("Zurich"))),
        (with_declaration("US-ASCII", "Zürich".as_bytes()), Rejects, zurich()),
        (with_declaration("utf-16", b"Zurich"), Rejects, Some(string("Zurich"))),
        (with_declaration("EBCDIC-CP-US", b"Z\xfcrich"), Rejects, None),
        // The declaration only counts at the start.
        (
            [b" ".to_vec(), with_declaration("ISO-8859-1", "ü".as_bytes())].concat(),
            Tolerates,
            Some(string("ü")),
        ),
        (
            [b"\xef\xbb\xbf".to_vec(), with_declaration("ISO-8859-1", "ü".as_bytes())].concat(),
            Reads,
            Some(string("ü")),
        ),
        (utf_16(b"\xfe\xff", u16::to_be_bytes), Reads, Some(string("Zürich 😀"))),
        (utf_16(b"\xff\xfe", u16::to_le_bytes), Reads, Some(string("Zürich 😀"))),
        (utf_16(b"", u16::to_be_bytes), Rejects, Some(string("Zürich 😀"))),
        (utf_16(b"", u16::to_le_bytes), Rejects, Some(string("Zürich 😀"))),
        (utf_32, Reads, Some(string("Zürich 😀"))),
    ];
    for (document, apple, value) in &cases {
        check(document, *apple, value.as_ref());
    }
}

/// A device's response stays readable, and its other keys too.
#[test]
fn one_bad_character_never_makes_a_response_unreadable() {
    use apple_mdm::commands::{Response, Status};

    for name in [
        &b"a\x01b"[..],
        b"a\0b",
        b"a\xffb",
        b"a&#0;b",
        b"a&#xD800;b",
        b"\xed\xa0\x80",
    ] {
        let document = [
            b"<plist><dict><key>Status</key><string>Acknowledged</string><key>UDID</key><string>",
            name,
            b"</string><key>ProductName</key><string>Mac</string></dict></plist>",
        ]
        .concat();
        let response = Response::from_slice(&document).unwrap();
        assert_eq!(response.status, Status::Acknowledged);
        let xml = response.to_xml().unwrap();
        assert_eq!(Response::from_slice(xml.as_bytes()).as_ref(), Ok(&response));
    }
}

#[test]
fn unparsed_values_are_kept_and_only_xml_can_hold_them() {
    use apple_mdm::ErrorKind;
    use apple_mdm::profiles::Profile;

    let document = br#"<plist version="1.0"><dict>
        <key>PayloadContent</key><array><dict>
            <key>PayloadType</key><string>com.apple.wifi.managed</string>
            <key>PayloadIdentifier</key><string>a</string>
            <key>PayloadUUID</key><string>b</string>
            <key>PayloadVersion</key><integer>1</integer>
            <key>ProxyServerPort</key><integer>${PORT}</integer>
            <key>SSID_STR</key><string>Guests</string>
            <key>AutoJoin</key><true/>
        </dict><dict>
            <key>PayloadType</key><string>com.apple.security.root</string>
            <key>PayloadIdentifier</key><string>c</string>
            <key>PayloadUUID</key><string>d</string>
            <key>PayloadVersion</key><integer>1</integer>
            <key>PayloadContent</key><data>{{certificate}}</data>
        </dict></array>
        <key>PayloadType</key><string>Configuration</string>
        <key>PayloadIdentifier</key><string>e</string>
        <key>PayloadUUID</key><string>f</string>
        <key>PayloadVersion</key><integer>1</integer>
        <key>RemovalDate</key><date>$REMOVAL</date>
    </dict></plist>"#;
    let profile = Profile::from_slice(document).unwrap();
    assert!(profile.extra.misfit("RemovalDate").is_some());
    let xml = profile.to_xml().unwrap();
    for element in [
        "<integer>${PORT}</integer>",
        "<data>{{certificate}}</data>",
        "<date>$REMOVAL</date>",
    ] {
        assert!(xml.contains(element), "{element} in {xml}");
    }
    assert_eq!(Profile::from_slice(xml.as_bytes()), Ok(profile.clone()));
    let errors = [profile.to_json().unwrap_err(), profile.to_binary().unwrap_err()];
    for error in errors {
        assert!(matches!(error.kind(), ErrorKind::Unrepresentable { .. }), "{error}");
        assert!(!error.path().is_empty(), "{error}");
    }
}
