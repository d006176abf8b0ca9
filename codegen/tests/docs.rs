//! The documentation of generated types.

mod fixture;

use fixture::Fixture;

/// The doc comment of the line that starts with `code`.
fn doc(source: &str, code: &str) -> String {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.starts_with(code));
    let at = at.unwrap_or_else(|| panic!("no `{code}` in {source}"));
    let above = lines[..at].iter().rev().skip_while(|line| line.starts_with("#["));
    let mut doc: Vec<&str> = above.map_while(|line| line.strip_prefix("///")).collect();
    doc.reverse();
    let text: Vec<&str> = doc.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    text.join("\n")
}

#[test]
fn meanings_of_values_are_documented_next_to_them() {
    let keys = "
- {key: Mode, type: <string>, rangelist: [dark, '1.3', light]}
- {key: Level, type: <integer>, rangelist: [-1, 0, 7], content: How much.}
";
    let overlay = "
keys:
  Mode:
    values: { dark: No light at all., 1.3: One and a bit. }
    source: content of Mode
  Level: { values: { -1: Never., 0: At once. }, source: content of Level }
";
    let source = Fixture::new("meanings")
        .payload(keys)
        .with("overlay/mdm/profiles/example.yaml", overlay)
        .source("profiles.rs");
    for (code, expected) in [
        ("Dark,", "`dark`: No light at all."),
        ("V1_3,", "`1.3`: One and a bit."),
        ("Light,", "`light`"),
    ] {
        assert_eq!(doc(&source, code), expected);
    }
    let level = doc(&source, "pub level:");
    assert!(level.ends_with("\n\n- `-1`: Never.\n- `0`: At once.\n- `7`"), "{level}");
}

#[test]
fn an_enum_of_several_keys_takes_its_meanings_from_any_of_them() {
    let keys = "
- {key: A, type: <dictionary>, subkeys: [{key: Mode, type: <string>, rangelist: [On, Off]}]}
- {key: B, type: <dictionary>, subkeys: [{key: Mode, type: <string>, rangelist: [On, Off]}]}
";
    let overlay = "keys: {B.Mode: {values: {On: All of it.}}}\n";
    let source = Fixture::new("shared_meanings")
        .payload(keys)
        .with("overlay/mdm/profiles/example.yaml", overlay)
        .source("profiles.rs");
    assert_eq!(doc(&source, "On,"), "`On`: All of it.");
}

#[test]
fn an_item_documents_its_availability() {
    let profile = "
title: Example
description: Does one thing. Then it does another.
payload:
  payloadtype: com.example
  supportedOS:
    iOS: {introduced: '10.0', supervised: true, multiple: false, userenrollment: {mode: forbidden}}
    macOS: {introduced: '10.7', deprecated: '14.0', devicechannel: true, userchannel: true, multiple: false}
    tvOS: {introduced: n/a}
payloadkeys:
- {key: A, type: <string>, supportedOS: {macOS: {introduced: n/a}, iOS: {introduced: '12.0', supervised: true}}}
- {key: B, type: <string>, supportedOS: {iOS: {introduced: '12.0'}}}
";
    let fixture = Fixture::new("where").with("mdm/profiles/example.yaml", profile).with(
        "overlay/mdm/profiles/example.yaml",
        "replaced-by: com.example.configuration\n",
    );
    let source = fixture.source("profiles.rs");
    let expected = "\
Does one thing.

Then it does another.

Replaced by `com.example.configuration`.

Payload type `com.example`

# Availability

| OS | Since | Deprecated |
| --- | --- | --- |
| iOS | 10.0 |  |
| macOS | 10.7 | 14.0 |

- Channel: device and user (macOS)
- Supervision: required (iOS)
- User enrollment: not allowed (iOS)
- Multiple payloads on a device: not allowed";
    assert_eq!(doc(&source, "pub struct Example"), expected);
    let expected = "`A` · string\n\nAvailability: iOS 12.0+, supervised devices only; not on macOS.";
    assert_eq!(doc(&source, "pub a:"), expected);
    let expected = "`B` · string\n\nAvailability: iOS 12.0+; otherwise inherited.";
    assert_eq!(doc(&source, "pub b:"), expected);
}

#[test]
fn a_field_documents_its_facts_in_a_line() {
    let keys = "
- {key: Size, type: <integer>, presence: required, default: 3, range: {min: 1, max: 9}, content: How much.}
- {key: Level, type: <real>, range: {min: 0.5}}
- {key: Mode, type: <integer>, rangelist: [1, 2, 4]}
- {key: Names, type: <array>, subkeys: [{key: Name, type: <string>, repetition: {min: 1}, format: ^a+$}]}
- {key: Secret, type: <string>}
- key: Any
  type: <dictionary>
  subkeys: [{key: ANY, type: <integer>, range: {max: 5}}]
- {key: Asset, type: <string>, assettypes: [com.example.a, com.example.b], asset-content-types: [text/plain]}
";
    let fixture = Fixture::new("facts")
        .payload(keys)
        .with("overlay/mdm/profiles/example.yaml", "keys: {Secret: {secret: true}}\n");
    let files = fixture.generate().unwrap().files;
    let source = &files[0].1;
    for (code, expected) in [
        ("pub size:", "How much.\n\n`Size` · integer · default `3` · 1 to 9"),
        ("pub level:", "`Level` · real · at least 0.5"),
        ("pub mode:", "`Mode` · integer · `1`, `2` or `4`"),
        (
            "pub names:",
            "`Names` · array of strings · at least 1 item · each matches `^a+$`",
        ),
        ("pub secret:", "`Secret` · string · secret"),
        (
            "pub any:",
            "`Any` · dictionary of integers with arbitrary keys · each at most 5",
        ),
        (
            "pub asset:",
            "`Asset` · string · identifier of a `com.example.a` or `com.example.b` of media type `text/plain`",
        ),
    ] {
        assert_eq!(doc(source, code), expected);
    }
}

#[test]
fn a_rule_is_documented_at_its_keys() {
    let keys = "
- key: Proxy
  type: <dictionary>
  subkeys:
  - {key: HostName, type: <string>}
  - {key: Port, type: <integer>}
- {key: Mode, type: <string>}
";
    let rules = "
rules:
- {kind: requires, when: [{key: Mode, is: on}], keys: [Proxy.HostName], says: The mode needs Proxy.HostName., source: notes}
- {kind: requires, when: [{key: Proxy.Port, present: true}], keys: [Proxy.HostName], says: A port needs HostName., source: notes}
- {kind: number, key: Proxy.Port, min: 1, says: Port is above 0., source: notes, os: [macOS]}
- {kind: length, key: Mode, max: 9, says: Mode is short., source: notes}
- {kind: length, key: Mode, min: 2, says: Mode is no *., source: notes}
";
    let source = Fixture::new("rules_told")
        .payload(keys)
        .with("overlay/mdm/profiles/example.yaml", rules)
        .source("profiles.rs");
    for (code, expected) in [
        ("pub struct Example", "# Rules\n\n- The mode needs Proxy.HostName."),
        ("pub struct Proxy", "# Rules\n\n- A port needs `HostName`."),
        (
            "pub port:",
            "`Port` · integer\n\n`Port` is above 0 (if the device runs macOS).",
        ),
        (
            "pub mode:",
            "`Mode` · string\n\n- `Mode` is short.\n- `Mode` is no \\*.",
        ),
    ] {
        let doc = doc(&source, code);
        assert!(doc.ends_with(expected), "{code} {doc}");
    }
}

#[test]
fn a_search_finds_items_and_keys_by_their_names_in_documents() {
    let keys = "
- {key: HostName, type: <string>}
- {key: same, type: <string>}
- {key: with space, type: <string>}
- {key: \"it's\", type: <string>}
";
    let source = Fixture::new("alias").payload(keys).source("profiles.rs");
    let aliases: Vec<&str> = source
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("doc(alias"))
        .collect();
    assert_eq!(
        aliases,
        [
            "#[doc(alias = \"com.example\")]",
            "#[doc(alias = \"HostName\")]",
            "#[doc(alias = \"with space\")]"
        ]
    );
}

#[test]
fn an_example_shows_rust_code_and_the_document() {
    let command = "
title: Paint
payload: {requesttype: Paint}
payloadkeys:
- {key: Colour, type: <string>, presence: required, rangelist: [red, blue]}
- {key: Wall, type: <dictionary>, subkeys: [{key: Width, type: <real>, presence: required}, {key: Old, type: <boolean>}]}
- {key: Key, type: <data>}
- {key: Words, type: <dictionary>, subkeys: [{key: ANY, type: <string>}]}
";
    let example = "
Colour: red
Wall: {Width: 2.5, Old: false}
Key: <a>
Words: {b: x & y, a: z}
";
    let fixture = Fixture::new("example")
        .with("mdm/commands/paint.yaml", command)
        .with("overlay/names.yaml", "mdm/commands/paint.yaml: Paint\n");
    let generate = |fixture: &Fixture| {
        let config = apple_mdm_codegen::Config::new(fixture.root())
            .for_apple_mdm()
            .formatted();
        config.generate().map(|output| output.files[0].1.clone())
    };
    let fixture = fixture.with("overlay/examples/mdm/commands/paint.yaml", example);
    let doc = doc(&generate(&fixture).unwrap(), "pub struct Paint ");
    let (_, found) = doc.split_once("# Example\n\n").unwrap();
    let expected = r#"```
use apple_mdm::commands::{Paint, Request, paint};

let command = Paint {
    wall: Some(paint::Wall {
        old: Some(false),
        ..paint::Wall::new(2.5)
    }),
    key: Some(b"<a>".into()),
    words: Some([("a".into(), "z".into()), ("b".into(), "x & y".into())].into()),
    ..Paint::new(paint::Colour::Red)
};
let request = Request::new("0001", command);
```

This creates the document:

```xml
<dict>
  <key>Command</key>
  <dict>
    <key>RequestType</key>
    <string>Paint</string>
    <key>Colour</key>
    <string>red</string>
    <key>Wall</key>
    <dict>
      <key>Width</key>
      <real>2.5</real>
      <key>Old</key>
      <false/>
    </dict>
    <key>Key</key>
    <data>PGE+</data>
    <key>Words</key>
    <dict>
      <key>a</key>
      <string>z</string>
      <key>b</key>
      <string>x &amp; y</string>
    </dict>
  </dict>
  <key>CommandUUID</key>
  <string>0001</string>
</dict>
```"#;
    assert_eq!(found, expected);
    let mut fixture = fixture;
    for (example, expected) in [
        ("Colour: red\nSize: 1\n", "the item: the schema has no key `Size`"),
        ("Key: x\n", "the item: the required key `Colour` is missing"),
        ("Colour: red\nKey: 1\n", "Key: a string was expected, found 1"),
    ] {
        fixture = fixture.with("overlay/examples/mdm/commands/paint.yaml", example);
        let error = generate(&fixture).unwrap_err().to_string();
        assert_eq!(error, format!("overlay/examples/mdm/commands/paint.yaml: {expected}"));
    }
}
