//! JSON is read like `serde_json` reads it, except that numbers it would round are errors.

use apple_mdm::codec::Read;
use apple_mdm::declarations::PasscodeSettings;
use apple_mdm::reader::Reader;
use apple_mdm::value::{Dictionary, Value};
use apple_mdm::{Document, Error};

fn read(text: &str) -> Result<Value, Error> {
    Value::from_slice(text.as_bytes())
}

#[test]
fn the_same_texts_are_accepted_as_by_serde_json() {
    let items = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "1.5",
        "1e3",
        "1E+3",
        "-2.5e-3",
        "\"\"",
        "\"a\\n\\u00e4\\ud83d\\ude00\\/\"",
        "\"ü\"",
        "[]",
        "[ ]",
        "{}",
        "{ }",
        "[1, 2]",
        "{\"a\": {\"b\": []}, \"c\": 1}",
        " \t\r\n1 ",
        "\"\\\\\"",
        "\"\\u0000\"",
        "9223372036854775807",
        "18446744073709551615",
        "-9223372036854775808",
        "1e308",
        "10",
        "123456789012345678",
        "999999999999999999",
        "1000000000000000000",
        "9999999999999999999",
        "123456789012345678.5",
        "12e2",
        // Not JSON:
        "nul",
        "truex",
        "True",
        "00",
        "01",
        "-01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "--1",
        "1-2",
        "1e400",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\tb\"",
        "\"\n\"",
        "'a'",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" 1}",
        "{\"a\":,}",
        "{\"a\":1]",
        "1 2",
        "// c\n1",
        "/* c */ 1",
        "\u{feff}1",
        "\u{a0}1",
        "1,",
        "",
    ];
    for item in items {
        for text in [
            format!("[{item}]"),
            format!("{{\"k\":{item}}}"),
            format!("[[{item}],{item}]"),
            format!("[]{item}"),
        ] {
            let want = serde_json::from_str::<serde_json::Value>(&text)
                .ok()
                .map(|value| Value::try_from(value).unwrap());
            // The sign of zero is lost with the type.
            let want = if item == "-0" {
                serde_json::from_str(&text.replace("-0", "0")).ok()
            } else {
                want
            };
            assert_eq!(read(&text).ok(), want, "{text}");
        }
    }
    assert_eq!(read("\u{feff}[1]"), Ok(vec![1].into()));
}

#[test]
fn numbers_that_serde_json_would_round_are_errors() {
    for (text, message) in [
        ("{\"a\":1,\n \"a\":2}", "a, line 2, column 2: the key is repeated"),
        (
            "[18446744073709551616]",
            "[0], line 1, column 2: an integer of more than 64 bits",
        ),
        (
            "[-9223372036854775809]",
            "[0], line 1, column 2: an integer of more than 64 bits",
        ),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn errors_have_a_path_and_a_position() {
    for (text, message) in [
        ("{\"a\": [1, tru]}", "a[1], line 1, column 11: expected a value"),
        ("{\"a\": [1 2]}", "a[1], line 1, column 10: expected `,` or `]`"),
        (
            "{\"ü\": \"\n\"}",
            "[\"ü\"], line 1, column 7: a control character in a string",
        ),
        (
            r#"{"a": {"\u0062\"c": [1, {"d": tru}]}}"#,
            r#"a["b\"c"][1].d, line 1, column 31: expected a value"#,
        ),
        ("[1]\n]", "line 2, column 1: content after the end of the document"),
        ("[1,\n", "[1], line 2, column 1: the document ends within a value"),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), message, "{text}");
    }
}

#[test]
fn null_is_a_value() {
    let value = Value::from(Dictionary::from_iter([("a", Value::Null)]));
    assert_eq!(read("{\"a\": null}"), Ok(value));
}

/// However a value is written, a field takes it or refuses it as it does from a tree.
#[test]
fn typed_fields_are_read_like_from_a_value() {
    let values = [
        "true",
        " true ",
        "false",
        "null",
        "0",
        "1",
        "-0",
        "-1",
        "2",
        "8.0",
        "0.0",
        "1e0",
        "1.5",
        "\t8\r\n",
        "999999999999999999",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "\"\"",
        "\"a\"",
        "\"\\u0061\\\"ü\"",
        "\"ü\"",
        "[]",
        "[1]",
        "{}",
        "{\"Regex\": \"[0-9]+\"}",
        "{\"R\\u0065gex\" : \"\\\\d\"\n}",
        "{\"Regex\": 1, \"Other\": [[{}]]}",
        "{\"Regex\": \"\", \"Description\": {\"default\": \"digits\", \"de\": \"\\u00df\"}}",
    ];
    for key in [
        "RequirePasscode",
        "MinimumLength",
        "CustomRegex",
        "CustomR\\u0065gex",
        "Other",
    ] {
        for value in values {
            let json = format!("{{\"{key}\":{value}, \"PasscodeReuseLimit\": 5}}");
            let tree = read(&json).unwrap();
            let want = PasscodeSettings::read(&mut Reader::from_json_value(&tree));
            let got = PasscodeSettings::from_slice(json.as_bytes());
            match (&got, &want) {
                (Err(got), Err(want)) => assert_eq!((got.kind(), got.path()), (want.kind(), want.path()), "{json}"),
                _ => assert_eq!(got, want, "{json}"),
            }
        }
    }
}

#[test]
fn a_bad_character_does_not_make_a_document_unreadable() {
    for (document, want) in [
        (&br#"{"a": "x\ud83d"}"#[..], "x\u{fffd}"),
        (br#"{"a": "\ud83dx"}"#, "\u{fffd}x"),
        (br#"{"a": "\uDE00"}"#, "\u{fffd}"),
        (br#"{"a": "\ud83d\ud83d\ude00\\ud83d"}"#, "\u{fffd}\u{1f600}\\ud83d"),
        (br#"{"a": "\\\ud83d\n"}"#, "\\\u{fffd}\n"),
        (b"{\"a\": \"x\xff\"}", "x\u{fffd}"),
    ] {
        let value = Value::from_slice(document).unwrap();
        assert_eq!(value.get("a").and_then(Value::as_str), Some(want));
        #[cfg(feature = "lint")]
        {
            use apple_mdm::lint::{Options, lint};
            use apple_mdm::validate::{Code, Severity};
            let findings = lint(document, &Options::default()).findings;
            let syntax: Vec<_> = findings
                .iter()
                .filter(|found| found.finding.code == Code::Syntax)
                .collect();
            assert!(
                matches!(&*syntax, [found] if found.finding.severity == Severity::Error),
                "{findings:?}"
            );
            assert_eq!(syntax[0].position.unwrap().line, 1);
        }
    }
    // Other escapes are as broken as before.
    for document in [r#"{"a": "\ud83d\x"}"#, r#"{"a": "\ud8"}"#, "[\"\\ud83d\\\u{e4}\"]"] {
        assert!(Value::from_slice(document.as_bytes()).is_err(), "{document}");
    }
}
