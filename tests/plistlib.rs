//! Python's plistlib and this crate read what the other writes.

use std::io::Write;
use std::process::{Command, Stdio};

use apple_mdm::Document;
use apple_mdm::commands::{ClearPasscode, Request};
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile};
use apple_mdm::value::{Data, Dictionary, Value};

/// What a Python program writes, given this to read; `None`, with a note, without Python.
fn python(program: &str, input: &[u8]) -> Option<Vec<u8>> {
    let child = Command::new("python3")
        .args(["-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: python3 is not there");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // A program that needs no input does not read it.
    let _ = writer.join().unwrap();
    assert!(output.status.success(), "python3 failed");
    Some(output.stdout)
}

/// Prints a property list in words that do not depend on its format.
const SHOW: &str = r#"
import sys, plistlib, datetime
def show(value):
    if isinstance(value, dict):
        return "{" + ", ".join(show(k) + ": " + show(v) for k, v in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(show, value)) + "]"
    if isinstance(value, plistlib.UID):
        return f"uid {value.data}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return "data " + value.hex()
    if isinstance(value, datetime.datetime):
        return "date " + value.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    if isinstance(value, float):
        return "real " + float.hex(value)
    if isinstance(value, int):
        return str(value)
    return '"' + "".join(f"\\u{{{ord(c):x}}}" if not (c.isalnum() and c.isascii()) else c for c in value) + '"'
sys.stdout.write(show(plistlib.loads(sys.stdin.buffer.read())))
"#;

/// The same words by this crate.
fn show(value: &Value) -> String {
    match value {
        Value::Dictionary(entries) => {
            let mut shown: Vec<(&str, String)> = entries
                .iter()
                .map(|(key, value)| (key, format!("{}: {}", text(key), show(value))))
                .collect();
            // Python compares code points, as Rust does.
            shown.sort();
            let shown: Vec<String> = shown.into_iter().map(|(_, entry)| entry).collect();
            format!("{{{}}}", shown.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Value::Uid(number) => format!("uid {number}"),
        Value::Boolean(flag) => flag.to_string(),
        Value::Data(bytes) => format!(
            "data {}",
            bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        ),
        Value::Date(date) => format!("date {}", date.whole_seconds()),
        Value::Real(number) => format!("real {}", hex(*number)),
        Value::Integer(number) => number.to_string(),
        Value::String(string) => text(string),
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> String {
    let shown = text.chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c => format!("\\u{{{:x}}}", u32::from(c)),
    });
    format!("\"{}\"", shown.collect::<String>())
}

/// A number as Python's `float.hex` writes it.
fn hex(number: f64) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return format!("{sign}inf");
    }
    if number == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = number.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i64;
    let (lead, exponent) = if exponent == 0 {
        (0, -1022)
    } else {
        (1, exponent - 1023)
    };
    format!("{sign}0x{lead}.{:013x}p{exponent:+}", bits & ((1 << 52) - 1))
}

fn date(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

fn everything() -> Value {
    Dictionary::from_iter([
        (
            "strings",
            Value::from(vec![
                "",
                "a <b> & \"c\" 'd'",
                "ü\u{1f600}\u{fffd}",
                "a\tb\nc",
                "]]>",
                " spaces ",
            ]),
        ),
        ("ключ & <key>", true.into()),
        (
            "integers",
            vec![0i64, 1, -1, 127, 128, 255, 256, 65_535, 65_536, i64::MAX, i64::MIN].into(),
        ),
        ("u64", vec![1u64 << 63, u64::MAX].into()),
        (
            "reals",
            vec![
                0.0,
                0.1,
                30.0,
                -1.5e-7,
                1e300,
                f64::MAX,
                f64::MIN_POSITIVE,
                1e17,
                123_456_789.125,
            ]
            .into(),
        ),
        ("special", vec![f64::INFINITY, f64::NEG_INFINITY, f64::NAN].into()),
        ("booleans", vec![true, false].into()),
        (
            "data",
            vec![Data::default(), Data::from(b"\0"), Data((0..=255).collect())].into(),
        ),
        (
            "dates",
            vec![
                date("2024-05-06T07:08:09Z"),
                date("1970-01-01T00:00:00Z"),
                date("2001-01-01T00:00:00Z"),
                date("1904-02-29T23:59:59Z"),
            ]
            .into(),
        ),
        (
            "empty",
            vec![
                Value::Array(vec![]),
                Dictionary::new().into(),
                vec![Value::from(Dictionary::new())].into(),
            ]
            .into(),
        ),
    ])
    .into()
}

#[test]
fn plistlib_reads_what_we_write() {
    let entry = PayloadEntry::new(
        "com.example.passcode.1",
        "24A9D6AC-9C34-45F3-B92F-88C4657204C9",
        Passcode {
            min_length: Some(8),
            allow_simple: Some(false),
            ..Passcode::default()
        },
    );
    let profile = Profile::new("com.example.passcode", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry]);
    let request = Request::new("0001", ClearPasscode::new(Data::from(b"token")));
    for value in [everything(), profile.to_value().unwrap(), request.to_value().unwrap()] {
        for bytes in [value.to_xml().unwrap().into_bytes(), value.to_binary().unwrap()] {
            let Some(shown) = python(SHOW, &bytes) else { return };
            assert_eq!(String::from_utf8(shown).unwrap(), show(&value));
        }
    }
}

#[test]
fn plistlib_reads_uids() {
    let value = Value::from(vec![
        Value::Uid(0),
        Value::Uid(1),
        Value::Uid(255),
        Value::Uid(256),
        Value::Uid(u64::from(u32::MAX)),
    ]);
    let Some(shown) = python(SHOW, &value.to_binary().unwrap()) else {
        return;
    };
    assert_eq!(String::from_utf8(shown).unwrap(), show(&value));
    // In XML it is a dictionary that stands for them, to plistlib as to this crate.
    let Some(shown) = python(SHOW, value.to_xml().unwrap().as_bytes()) else {
        return;
    };
    let stands_for_it = Value::from_slice(value.to_xml().unwrap().as_bytes()).unwrap();
    assert_eq!(String::from_utf8(shown).unwrap(), show(&stands_for_it));
}

/// What plistlib writes in a format.
const WRITE: &str = r#"
import sys, plistlib, datetime
value = {
    "strings": ["", "a <b> & \"c\" 'd'", "ü😀\ufffd", "a\tb\nc", "]]>", " spaces "],
    "ключ & <key>": True,
    "integers": [0, 1, -1, 127, 128, 255, 256, 65535, 65536, 2**63 - 1, -2**63],
    "u64": [2**63, 2**64 - 1],
    "reals": [0.0, 0.1, 30.0, -1.5e-7, 1e300, sys.float_info.max, sys.float_info.min, 1e17, 123456789.125],
    "special": [float("inf"), float("-inf"), float("nan")],
    "booleans": [True, False],
    "data": [b"", b"\0", bytes(range(256))],
    "dates": [datetime.datetime(2024, 5, 6, 7, 8, 9), datetime.datetime(1970, 1, 1), datetime.datetime(2001, 1, 1),
              datetime.datetime(1904, 2, 29, 23, 59, 59)],
    "empty": [[], {}, [{}]],
}
if sys.argv[-1] == "uids":
    value = [plistlib.UID(n) for n in (0, 1, 255, 256, 2**40)]
sys.stdout.buffer.write(plistlib.dumps(value, fmt=plistlib.FMT_BINARY if BINARY else plistlib.FMT_XML, sort_keys=SORTED))
"#;

fn written(binary: bool, sorted: bool) -> Option<Vec<u8>> {
    let name = |flag| if flag { "True" } else { "False" };
    let program = WRITE
        .replace("BINARY else", &format!("{} else", name(binary)))
        .replace("SORTED", name(sorted));
    python(&program, b"")
}

#[test]
fn we_read_what_plistlib_writes() {
    for binary in [false, true] {
        for sorted in [false, true] {
            let Some(bytes) = written(binary, sorted) else { return };
            let value = Value::from_slice(&bytes).unwrap();
            assert_eq!(show(&value), show(&everything()), "binary: {binary}");
            let keys: Vec<&str> = value.as_dictionary().unwrap().keys().collect();
            assert_eq!(keys.is_sorted(), sorted, "the order of keys is kept");
        }
    }
}

#[test]
fn we_read_uids_from_plistlib() {
    let program = WRITE
        .replace("sys.argv[-1] == \"uids\"", "True")
        .replace("BINARY else", "True else")
        .replace("SORTED", "False");
    let Some(bytes) = python(&program, b"") else { return };
    let want = [0, 1, 255, 256, 1 << 40].map(Value::Uid);
    assert_eq!(Value::from_slice(&bytes), Ok(Value::Array(want.into())));
}

#[test]
fn integers_wider_than_64_bits_are_rejected() {
    for (number, binary) in [
        ("2**64", true),
        ("-2**63-1", true),
        ("2**64", false),
        ("-2**63-1", false),
    ] {
        let format = if binary { "FMT_BINARY" } else { "FMT_XML" };
        // plistlib itself refuses to write most of them.
        let program = format!(
            "import sys, plistlib
try: sys.stdout.buffer.write(plistlib.dumps([{number}], fmt=plistlib.{format}))
except OverflowError: pass"
        );
        let Some(bytes) = python(&program, b"") else { return };
        assert!(Value::from_slice(&bytes).is_err(), "{number} {format}");
    }
}
