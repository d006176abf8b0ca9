//! Texts and data from which values are made: valid ones for every format of the schema, and invalid ones.

use apple_mdm::schema::{TextFormat, TextTest};
use regex_lite::Regex;

/// Texts, at least one for every format and pattern of the schema. The first ones have many formats at once.
pub const TEXTS: &[&str] = &[
    "com.example.app",
    "com.example.app2",
    "com.example.app3",
    "com.example.app4",
    "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
    "24A9D6AC-9C34-45F3-B92F-88C4657204C9",
    "https://example.com/path",
    "https://www.example.com/other",
    "ldap://ldap.example.com/",
    "ldaps://ldap.example.com/",
    "http://example.com",
    "host.example.com",
    "example.com",
    ".example.com",
    "*.example.com",
    "host.example.com:443",
    "user@example.com",
    "192.0.2.1",
    "192.0.2.9",
    "2001:db8::1",
    "192.0.2.0/24",
    "17.*",
    "00:1B:63:84:45:E6",
    "ABCDE12345",
    "FGHIJ67890",
    "com.example.app (ABCDE12345)",
    "com.example.app {anchor apple generic}",
    "identifier \"com.example.app\" and anchor apple generic",
    "anchor apple",
    "/Applications/Example.app",
    "/private/var/example",
    "/bin/zsh",
    "/Library/Application Support/Apple/AssetCache/Data",
    "~/Library/Example",
    "Example.pkg",
    "1.2.3",
    "15.2",
    "20A242",
    "20A242a",
    "en-US",
    "en",
    "default",
    "DE",
    "12",
    "123456",
    "1234567890123456789",
    "+14085550123",
    "deadbeef",
    "0123456789abcdef0123456789abcdef",
    "0123456789abcdef0123456789abcdef01234567",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "0123456789A",
    "QUFBQQ==",
    "2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00",
    "12:30:00",
    "Europe/Berlin",
    "[a-z]+",
    "@status(device.model.family) == 'Mac'",
    "device.model.family",
    "-----BEGIN CERTIFICATE-----\nQUFBQQ==\n-----END CERTIFICATE-----\n",
    "1.3.6.1.5.5.7.3.2",
    "CN",
    "dc=example,dc=com",
    "text/plain",
    "X-Example",
    "public.data",
    "System",
    "Loginwindow",
    "DNN:internet",
    "com.apple.mgmt.example",
    "com.apple.example",
    "com.apple",
    "mac16",
    "Mac16,1",
    "tokens",
    "https://example.com/{user}",
    "sip:user@example.com",
    "*",
    "/",
    "Example",
    "a",
    "",
];

/// Texts that are invalid in at least one format.
pub const BAD_TEXTS: &[&str] = &[
    "no such thing",
    " ",
    "",
    "\u{1}",
    "a/b:c?d#e@f g",
    "a\nb",
    "a\rb",
    "://",
    "[",
    "(",
    "*a*b*",
    "/a",
    "a?b#c",
    "{",
    "ü ö",
    "..",
    "-",
    "com",
    "example",
    "3X",
    "9999999999999999999999999999999999999999999999999999999999999999999999999999",
];

/// Returns whether the text passes the test.
pub fn fits(test: TextTest, text: &str) -> bool {
    match test {
        TextTest::Format(format) => format.matches(text),
        TextTest::Pattern(pattern) => matches(pattern, text),
    }
}

/// Returns whether the pattern matches the whole text.
pub fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(&format!("^(?:{pattern})$")).unwrap().is_match(text)
}

/// Returns the format for the schema's `valuetype`.
pub fn form(value_type: &str) -> Option<TextFormat> {
    Some(match value_type {
        "url" => TextFormat::Url,
        "hostname" => TextFormat::Hostname,
        "email" => TextFormat::Email,
        "domain" => TextFormat::Domain,
        "domain-prefix" => TextFormat::DomainPrefix,
        "timestamp" => TextFormat::Timestamp,
        "localtime" => TextFormat::Localtime,
        "uuid" => TextFormat::Uuid,
        "regex" => TextFormat::Regex,
        _ => return None,
    })
}
