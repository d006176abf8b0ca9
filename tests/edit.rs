//! Edits change what they name and nothing else.

use apple_mdm::edit::{Edit, Editor};
use apple_mdm::input::{Input, Limits};
use apple_mdm::value::{Data, Dictionary, Value};
use apple_mdm::{Error, ErrorKind};

type TryEdit = dyn Fn(&mut Editor<'_>) -> Result<(), Error>;
type Encode = dyn Fn(&str) -> Vec<u8>;

fn edited(
    document: impl AsRef<[u8]>,
    edit: impl FnOnce(&mut Editor<'_>) -> Result<(), Error>,
) -> Result<Vec<u8>, Error> {
    let input = Input::new(document.as_ref(), &Limits::default())?;
    let mut editor = Editor::new(&input)?;
    edit(&mut editor)?;
    editor.finish()
}

#[track_caller]
fn assert_edited(document: &str, edit: impl FnOnce(&mut Editor<'_>) -> Result<(), Error>, expected: &str) {
    let result = edited(document, edit).unwrap();
    assert_eq!(String::from_utf8(result).unwrap(), expected, "from\n{document}");
}

/// An XML property list with this root.
fn plist(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n{root}\n</plist>\n")
}

#[track_caller]
fn assert_plist(before: &str, edit: impl FnOnce(&mut Editor<'_>) -> Result<(), Error>, after: &str) {
    assert_edited(&plist(before), edit, &plist(after));
}

#[test]
fn a_scalar_is_replaced_where_it_stands() {
    assert_plist(
        "<dict>\n\t<key>A</key> <!-- why -->\n\t<integer>1</integer> <!-- c -->\n\t<key>B</key><string>b</string>\n</dict>",
        |editor| {
            editor.set("A", true)?;
            editor.replace("B", "<&>\"\r")
        },
        "<dict>\n\t<key>A</key> <!-- why -->\n\t<true/> <!-- c -->\n\t<key>B</key><string>&lt;&amp;&gt;\"&#13;</string>\n</dict>",
    );
    assert_edited(
        "{\n  \"A\": 1,\n  \"B\" :\"b\"\n}\n",
        |editor| {
            editor.set("A", true)?;
            editor.set("B", "\"\\\n")
        },
        "{\n  \"A\": true,\n  \"B\" :\"\\\"\\\\\\n\"\n}\n",
    );
}

#[test]
fn a_new_key_is_laid_out_like_its_neighbors() {
    let insert = |editor: &mut Editor<'_>| editor.insert("New", 1);
    for (before, after) in [
        (
            "<dict>\n    <key>Z</key>\n    <true/>\n    <key>A</key>\n    <true/>\n</dict>",
            "<dict>\n    <key>Z</key>\n    <true/>\n    <key>A</key>\n    <true/>\n    <key>New</key>\n    <integer>1</integer>\n</dict>",
        ),
        // In alphabetical order.
        (
            "<dict>\n\t<key>A</key>\n\t<true/>\n\t<key>B</key>\n\t<true/>\n\t<!-- about Z -->\n\t<key>Z</key>\n\t<true/>\n</dict>",
            "<dict>\n\t<key>A</key>\n\t<true/>\n\t<key>B</key>\n\t<true/>\n\t<key>New</key>\n\t<integer>1</integer>\n\t<!-- about Z -->\n\t<key>Z</key>\n\t<true/>\n</dict>",
        ),
        // Key and value on a line, and a comment that belongs to the value before.
        (
            "<dict>\n\t<key>Z</key> <true/> <!-- z -->\n</dict>",
            "<dict>\n\t<key>Z</key> <true/> <!-- z -->\n\t<key>New</key> <integer>1</integer>\n</dict>",
        ),
        // On one line.
        (
            "<dict><key>A</key><true/></dict>",
            "<dict><key>A</key><true/><key>New</key><integer>1</integer></dict>",
        ),
        (
            "<dict><key>A</key> <true/>  <key>B</key> <true/></dict>",
            "<dict><key>A</key> <true/>  <key>B</key> <true/>  <key>New</key> <integer>1</integer></dict>",
        ),
        // Not indented.
        (
            "<dict>\n<key>A</key>\n<true/>\n</dict>",
            "<dict>\n<key>A</key>\n<true/>\n<key>New</key>\n<integer>1</integer>\n</dict>",
        ),
        // A comment of several lines after the last value, and an end tag on its line.
        (
            "<dict>\n\t<key>A</key>\n\t<true/> <!-- a\n b --></dict>",
            "<dict>\n\t<key>A</key>\n\t<true/>\n\t<key>New</key>\n\t<integer>1</integer> <!-- a\n b --></dict>",
        ),
        ("<dict/>", "<dict>\n\t<key>New</key>\n\t<integer>1</integer>\n</dict>"),
        (
            "<dict a=\"b\" />",
            "<dict a=\"b\">\n\t<key>New</key>\n\t<integer>1</integer>\n</dict>",
        ),
        (
            "<dict></dict>",
            "<dict>\n\t<key>New</key>\n\t<integer>1</integer>\n</dict>",
        ),
        (
            "  <dict>\n  </dict>",
            "  <dict>\n  \t<key>New</key>\n  \t<integer>1</integer>\n  </dict>",
        ),
        (
            "<dict>\n\t<!-- empty -->\n</dict>",
            "<dict>\n\t<key>New</key>\n\t<integer>1</integer>\n\t<!-- empty -->\n</dict>",
        ),
    ] {
        assert_plist(before, insert, after);
        assert_edited(
            &plist(before).replace('\n', "\r\n"),
            insert,
            &plist(after).replace('\n', "\r\n"),
        );
    }
    assert_edited(
        "<plist><dict/></plist>",
        insert,
        "<plist><dict><key>New</key><integer>1</integer></dict></plist>",
    );
}

#[test]
fn compact_json_stays_compact_and_indented_json_indented() {
    let insert = |editor: &mut Editor<'_>| {
        editor.insert("New", Dictionary::from_iter([("a", vec![1, 2])]))?;
        editor.append("L", 3)
    };
    for (before, after) in [
        (r#"{"L":[],"A":1}"#, r#"{"L":[3],"A":1,"New":{"a":[1,2]}}"#),
        (r#"{"L": [1, 2]}"#, r#"{"L": [1, 2, 3], "New": {"a": [1, 2]}}"#),
        (
            "{\n    \"L\": [\n        1\n    ],\n    \"A\": {}\n}",
            "{\n    \"L\": [\n        1,\n        3\n    ],\n    \"A\": {},\n    \"New\": {\n        \"a\": [\n            1,\n            2\n        ]\n    }\n}",
        ),
        (
            "{\n\t\"L\": []\n}\n",
            "{\n\t\"L\": [\n\t\t3\n\t],\n\t\"New\": {\n\t\t\"a\": [\n\t\t\t1,\n\t\t\t2\n\t\t]\n\t}\n}\n",
        ),
        (
            "{\r\n  \"L\": [1]\r\n}",
            "{\r\n  \"L\": [1, 3],\r\n  \"New\": {\r\n    \"a\": [\r\n      1,\r\n      2\r\n    ]\r\n  }\r\n}",
        ),
    ] {
        assert_edited(before, insert, after);
    }
    assert_edited("{}", |editor| editor.insert("A", 1), r#"{"A":1}"#);
    assert_edited("{\n}", |editor| editor.insert("A", 1), "{\n  \"A\": 1\n}");
}

#[test]
fn a_key_is_removed_with_its_line_and_comments_stay() {
    for (before, path, after) in [
        (
            "<dict>\n\t<!-- a -->\n\t<key>A</key>\n\t<true/>\n\t<!-- b -->\n\t<key>B</key>\n\t<true/>\n</dict>",
            "A",
            "<dict>\n\t<!-- a -->\n\t<!-- b -->\n\t<key>B</key>\n\t<true/>\n</dict>",
        ),
        (
            "<dict>\n\t<key>A</key> <true/> <key>B</key> <true/>\n</dict>",
            "A",
            "<dict>\n\t<key>B</key> <true/>\n</dict>",
        ),
        (
            "<dict>\n\t<key>A</key> <true/> <key>B</key> <true/>\n</dict>",
            "B",
            "<dict>\n\t<key>A</key> <true/>\n</dict>",
        ),
        ("<dict><key>A</key><true/></dict>", "A", "<dict></dict>"),
        ("<dict>\n\t<key>A</key><true/></dict>", "A", "<dict>\n\t</dict>"),
        (
            "<dict>\n\t<key>A</key>\n\t<true/> <!-- a -->\n</dict>",
            "A",
            "<dict>\n\t<!-- a -->\n</dict>",
        ),
        (
            "<array>\n\t<string>a</string>\n\t<string>b</string>\n</array>",
            "[1]",
            "<array>\n\t<string>a</string>\n</array>",
        ),
    ] {
        assert_plist(before, |editor| editor.remove(path), after);
        let crlf = |text: &str| plist(text).replace('\n', "\r\n");
        assert_edited(&crlf(before), |editor| editor.remove(path), &crlf(after));
    }
    for (before, path, after) in [
        ("{\n  \"A\": 1,\n  \"B\": 2\n}", "A", "{\n  \"B\": 2\n}"),
        ("{\n  \"A\": 1,\n  \"B\": 2\n}", "B", "{\n  \"A\": 1\n}"),
        (r#"{"A":1}"#, "A", "{}"),
        ("{\n  \"A\": 1\n}", "A", "{}"),
        ("[1, 2, 3]", "[1]", "[1, 3]"),
        ("[1, 2, 3]", "[0]", "[2, 3]"),
    ] {
        assert_edited(before, |editor| editor.remove(path), after);
    }
}

#[test]
fn keys_are_found_by_their_decoded_names_and_renamed() {
    for name in ["A&amp;B", "A&#38;B", "<![CDATA[A&B]]>", "A<![CDATA[&]]>B"] {
        assert_plist(
            &format!("<dict>\n\t<key>{name}</key>\n\t<true/>\n</dict>"),
            |editor| {
                assert!(editor.contains("[\"A&B\"]"));
                editor.rename("[\"A&B\"]", "<new>")?;
                editor.set("[\"A&B\"]", 2)
            },
            "<dict>\n\t<key>&lt;new&gt;</key>\n\t<integer>2</integer>\n</dict>",
        );
    }
    assert_edited(
        r#"{"\u0041" : 1}"#,
        |editor| editor.rename("A", "B\""),
        r#"{"B\"" : 1}"#,
    );
}

#[test]
fn items_are_inserted_before_others_and_at_the_end() {
    let edits = |editor: &mut Editor<'_>| {
        editor.append("", "y")?;
        editor.insert_item("", 1, "x")?;
        editor.insert_item("", 0, "w")?;
        editor.append("", "z")?;
        editor.remove("[1]")
    };
    assert_plist(
        "<array>\n\t<string>a</string>\n\t<string>b</string>\n</array>",
        edits,
        "<array>\n\t<string>w</string>\n\t<string>a</string>\n\t<string>x</string>\n\t<string>y</string>\n\t<string>z</string>\n</array>",
    );
    assert_edited(r#"["a", "b"]"#, edits, r#"["w", "a", "x", "y", "z"]"#);
    assert_plist(
        "<array/>",
        |editor| editor.append("", 1),
        "<array>\n\t<integer>1</integer>\n</array>",
    );
    // All items are replaced by others.
    let swap = |editor: &mut Editor<'_>| {
        editor.remove("[0]")?;
        editor.remove("[1]")?;
        editor.insert_item("", 1, true)
    };
    assert_edited("[1, 2]", swap, "[true]");
    assert_plist(
        "<array>\n\t<real>1</real>\n\t<real>2</real>\n</array>",
        swap,
        "<array>\n\t<true/>\n</array>",
    );
    assert_plist(
        "<array><real>1</real> <real>2</real></array>",
        swap,
        "<array><true/> </array>",
    );
}

#[test]
fn a_container_is_written_with_the_indentation_of_the_document() {
    let value = Dictionary::from_iter([
        ("D", Value::from(Data::from(&[7; 70]))),
        ("E", Value::from(Dictionary::new())),
        ("L", Value::from(vec!["x"])),
    ]);
    assert_plist(
        "<dict>\n  <key>A</key>\n  <string>a</string>\n</dict>",
        |editor| editor.set("A", value.clone()),
        "<dict>\n  <key>A</key>\n  <dict>\n    <key>D</key>\n    <data>\n    \
         BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH\n    BwcHBwcHBwcHBwcHBwcHBw==\n    \
         </data>\n    <key>E</key>\n    <dict/>\n    <key>L</key>\n    <array>\n      <string>x</string>\n    </array>\n  \
         </dict>\n</dict>",
    );
    assert_edited(
        "<dict><key>A</key><true/></dict>",
        |editor| editor.set("A", value.clone()),
        "<dict><key>A</key><dict><key>D</key><data>BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw\
         cHBwcHBwcHBwcHBwcHBw==</data><key>E</key><dict/><key>L</key><array><string>x</string></array></dict></dict>",
    );
}

#[test]
fn the_encoding_stays_and_characters_that_it_lacks_become_references() {
    let text =
        "<?xml version=\"1.0\" encoding=\"ENC\"?>\n<plist><dict>\n<key>é</key>\n<string>ü</string>\n</dict></plist>";
    let document =
        |encoding: &str, encode: &dyn Fn(&str) -> Vec<u8>, text: &str| encode(&text.replace("ENC", encoding));
    let latin1 = |text: &str| text.chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<u8>>();
    let utf16 = |text: &str| {
        let text = format!("\u{feff}{text}");
        text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()
    };
    let utf32 = |text: &str| {
        let text = format!("\u{feff}{text}");
        text.chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect::<Vec<u8>>()
    };
    let utf8_with_mark = |text: &str| format!("\u{feff}{text}").into_bytes();
    let encodings: [(&str, &Encode, &str); 4] = [
        ("ISO-8859-1", &latin1, "ß &#8364;"),
        ("UTF-16", &utf16, "ß €"),
        ("UTF-32", &utf32, "ß €"),
        ("UTF-8", &utf8_with_mark, "ß €"),
    ];
    for (name, encode, expected) in encodings {
        let before = document(name, encode, text);
        let same = edited(&before, |editor| editor.set("[\"é\"]", "ü")).unwrap();
        assert_eq!(same, before, "{name}");
        let after = edited(&before, |editor| editor.set("[\"é\"]", "ß €")).unwrap();
        assert_eq!(after, document(name, encode, &text.replace('ü', expected)), "{name}");
    }
    // windows-1252 has the euro sign.
    let start = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><dict><key>A</key>";
    let before = [start.as_bytes(), b"<string>\x80 \x81</string></dict>"].concat();
    let after = edited(&before, |editor| editor.set("A", "\u{20ac}\u{20ac} \u{153} \u{2603}")).unwrap();
    assert_eq!(
        after,
        [start.as_bytes(), b"<string>\x80\x80 \x9c &#9731;</string></dict>"].concat()
    );
    // ASCII has none of these.
    let before = "<?xml version=\"1.0\" encoding=\"US-ASCII\"?><string>a</string>";
    assert_edited(before, |editor| editor.set("", "é"), &before.replace(">a<", ">&#233;<"));
}

#[test]
fn what_is_there_already_is_left_as_it_is_written() {
    let root = "<dict>\n\t<key>A</key>\n\t<integer>0x10</integer>\n\t<key>B</key>\n\t<string>a&#65;<![CDATA[b]]></string>\n\t\
                <key>C</key>\n\t<data>\n\tQUJD RA==\n\t</data>\n\t<key>D</key>\n\t<true></true>\n</dict>";
    let document = plist(root);
    let input = Input::new(document.as_bytes(), &Limits::default()).unwrap();
    let mut editor = Editor::new(&input).unwrap();
    editor.set("A", 16).unwrap();
    editor.set("B", "aAb").unwrap();
    editor.set("C", Data::from(b"ABCD")).unwrap();
    editor.set("D", true).unwrap();
    assert!(!editor.is_changed());
    assert_eq!(editor.finish().unwrap(), document.as_bytes());
    // A text is not a date or data, although it is in JSON.
    assert_plist(
        "<array><string>2024-05-06T07:08:09Z</string><string>QUJD</string></array>",
        |editor| {
            editor.set("[0]", "2024-05-06T07:08:09Z".parse::<apple_mdm::value::Date>()?)?;
            editor.set("[1]", Data::from(b"ABC"))
        },
        "<array><date>2024-05-06T07:08:09Z</date><data>QUJD</data></array>",
    );
    // But a form that devices do not read is not.
    assert_plist(
        "<dict><key>A</key><date> 2024-05-06T09:08:09+02:00</date><key>B</key><data>\n QUI\n</data></dict>",
        |editor| {
            editor.set("A", "2024-05-06T07:08:09Z".parse::<apple_mdm::value::Date>()?)?;
            editor.set("B", Data::from(b"AB"))
        },
        "<dict><key>A</key><date>2024-05-06T07:08:09Z</date><key>B</key><data>\n QUI=\n</data></dict>",
    );
}

#[test]
fn an_error_says_where_and_what() {
    let xml = plist(
        "<dict>\n\t<key>A</key>\n\t<array>\n\t\t<integer>1</integer>\n\t</array>\n\t<key>B</key>\n\t<true/>\n</dict>",
    );
    let cases: [(&TryEdit, &str); 13] = [
        (&|e| e.remove("C"), "C, line 3, column 1: there is no such key or item"),
        (
            &|e| e.replace("A[1]", 2),
            "A[1], line 5, column 2: there is no such key or item",
        ),
        (
            &|e| e.set("B.C", 2),
            "B.C, line 9, column 2: expected a dictionary, found a boolean",
        ),
        (
            &|e| e.set("A.C", 2),
            "A.C, line 5, column 2: expected a dictionary, found an array",
        ),
        (
            &|e| e.append("B", 2),
            "B, line 9, column 2: expected an array, found a boolean",
        ),
        (&|e| e.insert("B", 2), "B, line 3, column 1: the key is already there"),
        (&|e| e.rename("A", "B"), "A, line 5, column 2: the key is already there"),
        (
            &|e| e.set("C.D", 2),
            "C, line 3, column 1: there is no such key or item",
        ),
        (&|e| e.insert("A[0]", 2), "A[0]: expected the path of a key"),
        (&|e| e.remove(""), "the document itself cannot be removed"),
        (
            &|e| e.set("A..B", 2),
            "A..B: not a path: join keys with dots, write items as `[0]` and unusual keys as `[\"a.b\"]`",
        ),
        (
            &|e| e.set("B", Value::Null),
            "B, line 9, column 2: null cannot be written as an XML property list",
        ),
        (
            &|e| {
                e.remove("A")?;
                e.set("A[0]", 2)
            },
            "A[0], line 5, column 2: another edit changes this already",
        ),
    ];
    for (edit, expected) in cases {
        assert_eq!(edited(&xml, edit).unwrap_err().to_string(), expected);
    }
}

#[test]
fn edits_that_contradict_each_other_are_errors() {
    let xml = "<dict><key>A</key><dict><key>B</key><true/></dict><key>C</key><true/></dict>";
    let conflicts: [&TryEdit; 6] = [
        &|e| e.set("A.B", 1).and_then(|()| e.remove("A")),
        &|e| e.set("A.B", 1).and_then(|()| e.set("A", 2)),
        &|e| e.set("A.B", 1).and_then(|()| e.set("A.B", 2)),
        &|e| e.set("A", 1).and_then(|()| e.insert("A.D", 2)),
        &|e| e.rename("A", "D").and_then(|()| e.remove("A")),
        &|e| e.rename("A", "D").and_then(|()| e.rename("A", "E")),
    ];
    for (index, edit) in conflicts.into_iter().enumerate() {
        assert_eq!(*edited(xml, edit).unwrap_err().kind(), ErrorKind::Conflict, "{index}");
    }
    let present: [&TryEdit; 3] = [
        &|e| e.insert("D", 1).and_then(|()| e.insert("D", 2)),
        &|e| e.insert("D", 1).and_then(|()| e.rename("A", "D")),
        &|e| e.rename("A", "D").and_then(|()| e.rename("C", "D")),
    ];
    for (index, edit) in present.into_iter().enumerate() {
        assert_eq!(*edited(xml, edit).unwrap_err().kind(), ErrorKind::Present, "{index}");
    }
    // Names can be swapped, and the name of a removed key used again.
    let swap = |e: &mut Editor<'_>| e.rename("A", "D").and_then(|()| e.rename("C", "A"));
    assert_edited(
        xml,
        swap,
        "<dict><key>D</key><dict><key>B</key><true/></dict><key>A</key><true/></dict>",
    );
    let reuse = |e: &mut Editor<'_>| e.remove("A").and_then(|()| e.rename("C", "A"));
    assert_edited(xml, reuse, "<dict><key>A</key><true/></dict>");
}

#[test]
fn what_cannot_be_kept_as_it_is_is_refused() {
    let binary = Value::from(Dictionary::from_iter([("A", 1)]));
    let binary = apple_mdm::Document::to_binary(&binary).unwrap();
    let refused = |bytes: &[u8]| edited(bytes, |_| Ok(())).unwrap_err().to_string();
    assert_eq!(
        refused(&binary),
        "a binary property list has no text to edit; convert it to XML first"
    );
    assert_eq!(
        refused(b"<dict><key>A</key><string>\xff</string></dict>"),
        "text that is not valid in its encoding"
    );
    assert_eq!(
        refused(b"<dict><key>A</key><true/><key>A</key><true/></dict>"),
        "A, line 1, column 26: the key is repeated"
    );
    assert_eq!(
        refused(b"<plist><array><plist><true/></plist></array></plist>"),
        "line 1, column 22: a `<plist>` inside the document"
    );
    assert_eq!(
        refused(b"<dict><key>A</key></dict>"),
        "A, line 1, column 19: a key without a value"
    );
    let deep = [&b"<array>".repeat(200)[..], &b"</array>".repeat(200)].concat();
    assert!(refused(&deep).contains("nested deeper than 128 levels"));
    let mut value = Value::from(1);
    for _ in 0..300 {
        value = vec![value].into();
    }
    let result = edited("[1]", |editor| editor.set("[0]", value.clone()));
    assert!(matches!(result.unwrap_err().kind(), ErrorKind::TooDeep { .. }));
}

#[test]
fn debug_shows_no_values() {
    let edit = Edit::Set {
        path: "A".into(),
        value: "hunter2".into(),
    };
    assert_eq!(format!("{edit:?}"), r#"Set { path: "A", value: <string>, .. }"#);
}

#[test]
fn many_edits_of_a_large_document_take_time_in_proportion() {
    // A document of one line and one of many, with 20,000 keys of which each is changed. Quadratic time would take much longer than the rest of the tests.
    for line_end in ["", "\n"] {
        let entries: String = (0..20_000)
            .map(|n| format!("<key>k{n}</key>{line_end}<true/>{line_end}"))
            .collect();
        let document = format!("<dict>{line_end}{entries}</dict>");
        let result = edited(&document, |editor| {
            for n in 0..20_000 {
                match n % 4 {
                    0 => editor.set(&format!("k{n}"), false)?,
                    1 => editor.remove(&format!("k{n}"))?,
                    2 => editor.rename(&format!("k{n}"), &format!("x{n}"))?,
                    _ => editor.insert(&format!("a{n}"), n)?,
                }
            }
            Ok(())
        });
        let value = <Value as apple_mdm::Document>::from_slice(&result.unwrap()).unwrap();
        assert_eq!(value.as_dictionary().unwrap().len(), 20_000);
        let items = format!("<array>{}</array>", format!("<true/>{line_end}").repeat(20_000));
        let result = edited(&items, |editor| {
            for n in 0..20_000 {
                editor.remove(&format!("[{n}]"))?;
                editor.insert_item("", n, n as u64)?;
            }
            Ok(())
        });
        let value = <Value as apple_mdm::Document>::from_slice(&result.unwrap()).unwrap();
        assert_eq!(value.as_array().unwrap().len(), 20_000);
    }
}
