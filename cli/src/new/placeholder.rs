//! Placeholder values.

use apple_mdm::schema::{Dict, Key, Kind, Literal};
use apple_mdm::value::{Data, Date, Dictionary, Value};

/// Texts in the formats that keys require. The domains and addresses are reserved for documentation (RFC 2606, 5737, 3849).
pub const TEXTS: &[&str] = &[
    "Example",
    "example",
    "https://example.com/",
    "http://example.com/",
    "example.com",
    "server.example.com",
    "com.example.app",
    "user@example.com",
    "6E1D6F0A-4D3B-4C55-9B0E-2F6A1C9D7E10",
    "192.0.2.1",
    "192.0.2.0/24",
    "2001:db8::1",
    "2001:db8::/32",
    "*.example.com",
    "1.0",
    "1",
    "0",
    "15.0",
    "en",
    "US",
    "en_US",
    "Europe/Berlin",
    "/Applications/Example.app",
    "/example",
    "file:///example",
    "ABCDE12345",
    "EQHXZ8M8AV",
    "EXAMPLE.COM",
    "2030-01-01T00:00:00Z",
    "2030-01-01",
    "12:00",
    "00:00:5e:00:53:01",
    "123456",
    "+12025550123",
    "application/json",
    "text/plain",
    "smb://server.example.com/share",
    "ABC",
    "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
    "identifier \"com.example.app\" and anchor apple",
    ".*",
    "$1",
    "%ComputerName%",
    "{}",
    "com.apple.mgmt.External.6E1D6F0A-4D3B-4C55-9B0E-2F6A1C9D7E10",
    "2030-01-01T00:00:00",
    "bundleID",
];

/// Integers within the bounds of common keys.
pub const NUMBERS: &[i64] = &[0, 1, 2, 10, 100, 443, 1024, 2048, 4096, 60, 3600, 86400, -1];

/// Data that is obviously a placeholder.
const DATA: &[u8] = b"example";

/// Data in the form of a PEM certificate.
pub const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----\nZXhhbXBsZQ==\n-----END CERTIFICATE-----\n";

/// A random UUID in upper case, as in Apple's documents.
pub fn uuid() -> String {
    uuid::Uuid::new_v4().hyphenated().encode_upper(&mut [0; 36]).to_owned()
}

/// Creates a dictionary with its required keys.
pub fn dictionary(dict: &'static Dict, depth: usize) -> Dictionary {
    // Dictionaries may contain themselves.
    if depth > 8 {
        return Dictionary::new();
    }
    dict.keys
        .iter()
        .filter(|key| key.required)
        .map(|key| (key.name, value(key, depth + 1)))
        .collect()
}

/// Creates a value for a key.
pub fn value(key: &'static Key, depth: usize) -> Value {
    if let Some(default) = key.default {
        return coerce(literal(default), key.kind);
    }
    if let Some(choice) = key.choices.first() {
        let value = coerce(literal(choice.value), key.kind);
        if !matches!(key.kind, Kind::Array(_)) {
            return value;
        }
    }
    match key.kind {
        Kind::String => text(key).into(),
        Kind::Integer => match (key.details().min, key.details().max) {
            (Some(Literal::Integer(min)), _) => min.into(),
            (_, Some(Literal::Integer(max))) => max.min(1).into(),
            _ => 1.into(),
        },
        Kind::Real => match key.details().min {
            Some(Literal::Real(min)) => min.into(),
            Some(Literal::Integer(min)) => (min as f64).into(),
            _ => 1.0.into(),
        },
        Kind::Boolean => false.into(),
        Kind::Data => Data(DATA.to_vec()).into(),
        Kind::Date => date(),
        Kind::Array(item) => Value::Array(vec![value(item, depth + 1)]),
        Kind::OneOrMany(element) => value(element, depth + 1),
        Kind::Dictionary(dict) => dictionary(dict, depth + 1).into(),
        // Placeholders for data are rarely valid, so prefer an alternative that needs none.
        Kind::Union(union) => match union
            .alternatives
            .iter()
            .find(|(_, key)| !needs_data(key))
            .or(union.alternatives.first())
        {
            Some((label, key)) => alternative(union.tag, label, key, depth),
            None => Dictionary::new().into(),
        },
        Kind::Map(inner) => Dictionary::from_iter([("Example", value(inner, depth + 1))]).into(),
        _ => "Example".into(),
    }
}

fn needs_data(key: &Key) -> bool {
    match key.kind {
        Kind::Dictionary(dict) => dict
            .keys
            .iter()
            .any(|key| key.required && matches!(key.kind, Kind::Data)),
        _ => false,
    }
}

/// Creates a dictionary of a union, with its discriminator.
pub fn alternative(tag: &str, label: &str, key: &'static Key, depth: usize) -> Value {
    let mut entries = match key.kind {
        Kind::Dictionary(dict) => dictionary(dict, depth + 1),
        _ => Dictionary::new(),
    };
    entries.insert(tag, label);
    entries.into()
}

fn date() -> Value {
    match "2030-01-01T00:00:00Z".parse::<Date>() {
        Ok(date) => date.into(),
        Err(_) => unreachable!("the text is a date"),
    }
}

/// Converts an integer to a real if the key holds reals.
pub fn coerce(value: Value, kind: Kind) -> Value {
    match (&value, kind) {
        (Value::Integer(number), Kind::Real) => number.as_f64().into(),
        _ => value,
    }
}

/// Converts a value of the schema to a value of a document.
pub fn literal(literal: Literal) -> Value {
    match literal {
        Literal::String(text) => text.into(),
        Literal::Integer(number) => number.into(),
        Literal::Real(number) => number.into(),
        Literal::Boolean(flag) => flag.into(),
    }
}

/// Creates a text that fits the key's format or name.
fn text(key: &Key) -> String {
    if let Some(format) = key.details().format
        && let Ok(regex) = regex_lite::Regex::new(&format!("^(?:{format})$"))
        && let Some(text) = TEXTS.iter().find(|text| regex.is_match(text))
    {
        return (*text).to_owned();
    }
    let name = key.name.to_ascii_lowercase();
    let form = key.details().value_type.unwrap_or_default();
    let has = |part: &str| name.contains(part);
    let text = if has("uuid") || name == "udid" {
        return uuid();
    } else if form.contains("url") || has("url") {
        "https://example.com/"
    } else if form.contains("email") || has("email") {
        "user@example.com"
    } else if form.contains("timestamp") {
        "2030-01-01T00:00:00Z"
    } else if has("teamidentifier") || has("teamid") {
        "ABCDE12345"
    } else if has("coderequirement") {
        "identifier \"com.example.app\" and anchor apple"
    } else if has("bundle") || name.ends_with("identifier") {
        "com.example.app"
    } else if form.contains("host") || has("hostname") || has("server") {
        "server.example.com"
    } else if has("version") {
        "1.0"
    } else {
        "Example"
    };
    text.to_owned()
}
