//! Errors in a schema folder state the file, the key, what was found, what was expected and, if possible, a suggestion.

mod fixture;

use fixture::{Fixture, payload};

/// Returns the errors in a payload with these keys, without the name of the file.
fn errors(test: &str, keys: &str) -> Vec<String> {
    let errors = Fixture::new(test).payload(keys).errors();
    let about = |error: &String| {
        let rest = error.strip_prefix("mdm/profiles/example.yaml: ");
        rest.unwrap_or_else(|| panic!("an error names the file: {error}"))
            .to_owned()
    };
    errors.iter().map(about).collect()
}

#[test]
fn an_error_in_a_key_has_a_place_a_message_and_a_suggestion() {
    for (index, (keys, expected)) in [
        (
            "- {key: A, type: <strin>}",
            "A: unknown type `<strin>`; expected `<string>`, `<integer>`, `<real>`, `<boolean>`, `<date>`, `<data>`, `<array>`, \
             `<dictionary>` or `<any>`; did you mean `<string>`?",
        ),
        ("- {key: A, type: string}", "…; did you mean `<string>`?"),
        ("- {key: A, type: <bool>}", "…; did you mean `<boolean>`?"),
        ("- {key: A, type: dict}", "…; did you mean `<dictionary>`?"),
        ("- {key: A}", "A: `type` is missing: `<string>`, …"),
        ("- {key: A, typ: <string>}", "A: unknown YAML key `typ`; did you mean `type`?"),
        ("- {key: A, type: [a]}", "A: `type` must be a text, found a list"),
        (
            "- {key: A, type: <string>, presence: require}",
            "A: `presence` is `require`; expected `required` or `optional`; did you mean `required`?",
        ),
        ("- {key: A, type: <string>, presence: true}", "A: `presence` is `true`; expected `required` or `optional`"),
        (
            "- {key: A, type: <string>, presense: required}",
            "A: unknown YAML key `presense`; did you mean `presence`?",
        ),
        ("- {key: A, type: <string>, colour: red}", "A: unknown YAML key `colour`; expected `asset-content-types`, …"),
        ("- {key: A, type: <string>, 5: red}", "A: a YAML key must be a name, found the number 5"),
        ("- {key: A, type: <string>, <<: {content: b}}", "A: unknown YAML key `<<`; merging is not supported; write the keys out"),
        ("- {key: A, type: <string>, content: [a, b]}", "A: `content` must be a text, found a list"),
        (
            "- {key: A, type: <string>}\n- {key: A, type: <integer>}",
            "the key `A` is defined twice; remove one of them",
        ),
        (
            "- {key: A, type: <string>, type: <integer>}",
            "A: the YAML key `type` occurs twice; remove one of them",
        ),
        (
            "- {key: A, type: <dictionary>, subkeys: [{key: B, type: <string>, type: <integer>}]}",
            "A.B: the YAML key `type` occurs twice; remove one of them",
        ),
        ("- {key: '', type: <string>}", "the name of key 1 is empty"),
        ("- {key: ~, type: <string>}", "[0]: `key` must be a text, found nothing"),
        ("- {key: [A], type: <string>}", "[0]: `key` must be a text, found a list"),
        ("- {type: <string>}", "[0]: a key needs its name in documents as `key`"),
        ("- {Key: A, type: <string>}", "[0]: a key needs its name in documents as `key`; `Key` is probably a misspelling"),
        ("- text", "[0]: a key must be a mapping with `key` and `type`, found the text `text`"),
        ("  A: {type: <string>}", "a list of keys was expected, found a mapping; begin each key with `- key: NAME`"),
        ("- {key: 1.10, type: <string>}", "1.1: `key` is a text, but YAML reads `1.10` without quotes as the number 1.1; write '1.10'"),
        (
            "- {key: A, type: <string>, rangelist: [1.10, b]}",
            "A: a value of `rangelist` is a text, …; write '1.10'",
        ),
        ("- {key: A, type: <string>, default: 0x10}", "A: `default` is a text, but YAML reads `0x10` without quotes as the number 16; write '0x10'"),
        (
            "- {key: A, type: <dictionary>, subkeys: *id009}",
            "A: the alias `*id009` refers to nothing: no value above it is marked `&id009`",
        ),
        (
            "- {key: A, type: <dictionary>, subkeys: &names [{key: B, type: <string>}]}\n\
             - {key: C, type: <dictionary>, subkeys: *name}",
            "C: the alias `*name` refers to nothing: no value above it is marked `&name`; did you mean `names`?",
        ),
        ("- {key: A, type: <string>, content: !note x}", "A.content: the YAML tag `!note` is not used in schemas; remove it"),
        (
            "- {key: A, type: <integer>, range: {min: five}}",
            "A: the bound `five` is not an <integer>",
        ),
        ("- {key: A, type: <integer>, range: {min: '5'}}", "A: the bound `5` is not an <integer>; write the number without quotes"),
        ("- {key: A, type: <integer>, range: [1, 5]}", "A: `range` must be a mapping with `min` and `max`, found a list"),
        ("- {key: A, type: <integer>, range: {mim: 1}}", "A.range: unknown YAML key `mim`; did you mean `min`?"),
        ("- {key: A, type: <integer>, range: {min: 5, max: 1}}", "A: `min` is 5, which is above `max`, 1"),
        ("- {key: A, type: <integer>, range: {min: 0.5}}", "A: the bound `0.5` is not an <integer>"),
        ("- {key: A, type: <real>, range: {max: .inf}}", "A: `max` has the number .inf, which no document can hold"),
        ("- {key: A, type: <string>, range: {min: 5}}", "A: has a `range`, but is a <string>; only numbers have one; to limit …"),
        ("- {key: A, type: <array>, repetition: 5}", "A: `repetition` must be a mapping, found the number 5"),
        (
            "- {key: A, type: <array>, repetition: {min: -1}}",
            "A.repetition: `min` must be a whole number, 0 or more, found the number -1",
        ),
        ("- {key: A, type: <array>, repetition: {min: 2, max: 1}}", "A: `repetition`: `min` is 2, which is above `max`, 1"),
        ("- {key: A, type: <string>, repetition: {min: 1}}", "A: has a `repetition`, but is a <string>; only arrays have one"),
        (
            "- {key: A, type: <integer>, range: {min: 1, max: 5}, default: 9}",
            "A: the default 9 is outside the range 1 to 5",
        ),
        ("- {key: A, type: <real>, range: {min: 1.5}, default: 1}", "A: the default 1 is outside the range 1.5 to …"),
        (
            "- {key: A, type: <string>, rangelist: [Red, Green], default: Rad}",
            "A: the default `Rad` is not one of the values in `rangelist`; did you mean `Red`?",
        ),
        ("- {key: A, type: <integer>, default: 'off'}", "A: the default `off` is not an <integer>"),
        ("- {key: A, type: <boolean>, default: 'true'}", "A: the default `true` is not a <boolean>; write it without quotes"),
        ("- {key: A, type: <boolean>, default: 1}", "A: the default `1` is not a <boolean>"),
        ("- {key: A, type: <string>, default: true}", "A: the default `true` is not a <string>; put the text in quotes"),
        ("- {key: A, type: <array>, default: x}", "A: the default `x` is not an <array>"),
        ("- {key: A, type: <integer>, rangelist: [1, 2.5]}", "A: the listed value `2.5` is not an <integer>"),
        ("- {key: A, type: <integer>, rangelist: [1, [2]]}", "A: `rangelist` must be a text, a number, true or false, found a list"),
        ("- {key: A, type: <integer>, rangelist: 1}", "A: `rangelist` must be a list of values, found the number 1"),
        ("- {key: A, type: <integer>, rangelist: []}", "A: `rangelist` is empty: no value is allowed; remove it"),
        ("- {key: A, type: <integer>, rangelist: [1, 1]}", "A: `rangelist` has the value `1` twice; remove one"),
        ("- {key: A, type: <string>, rangelist: [1, '1']}", "A: `rangelist` has the value `1` twice; remove one"),
        (
            "- {key: A, type: <integer>, rangelist: [1, 7], range: {min: 0, max: 5}}",
            "A: the listed value 7 is outside the range 0 to 5",
        ),
        (
            "- {key: A, type: <boolean>, subkeys: [{key: B, type: <string>}]}",
            "A: has `subkeys`, but is a <boolean>; its type is probably `<dictionary>` or `<array>`",
        ),
        ("- {key: A, type: <string>, format: '['}", "A: `format` is not a valid regular expression: `[`: …"),
        ("- {key: A, type: <string>, format: 'a)|(b'}", "A: `format` is not a valid regular expression: `a)|(b`: …"),
        ("- {key: A, type: <string>, format: '(?=a)b'}", "…: look-around is not supported"),
        ("- {key: A, type: <string>, valuetype: urll}", "A: `valuetype` is `urll`; expected …; did you mean `url`?"),
        ("- {key: A, type: <string>, combinetype: bool-and}", "A: `combinetype` is `bool-and`; expected …; did you mean `boolean-and`?"),
        ("- {key: A, type: <string>, assettypes: [{a: b}]}", "A: `assettypes` must be a list of texts, found a mapping in it"),
        (
            "- {key: A, type: <string>, supportedOS: {ios: {introduced: '9.0'}}}",
            "A.supportedOS: unknown operating system `ios`; expected `iOS`, `macOS`, `tvOS`, `visionOS` or `watchOS`; did you \
             mean `iOS`?",
        ),
        ("- {key: A, type: <string>, supportedOS: {iPadOS: {introduced: '9.0'}}}", "…; did you mean `iOS`? It includes iPadOS"),
        ("- {key: A, type: <string>, supportedOS: [iOS]}", "A.supportedOS: `supportedOS` must be a mapping of …"),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: '15.0'}}",
            "A.supportedOS.iOS: a mapping was expected, such as `introduced: '15.0'`, found the text `15.0`",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {introduced: 10.10}}}",
            "A.supportedOS.iOS: `introduced` is a version, but without quotes YAML reads it as the number 10.1, the same for \
             10.1 and 10.10; put it in quotes: `introduced: '10.10'`",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {introduced: soon}}}",
            "A.supportedOS.iOS: `introduced` is `soon`; expected a version such as '15.0' or '15.0.1', `n/a` or `all`",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {introduced: '+15.0'}}}",
            "A.supportedOS.iOS: `introduced` is `+15.0`; expected a version such as '15.0' or '15.0.1', `n/a` or `all`",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {introduced: '10.0', moon: full}}}",
            "A.supportedOS.iOS: unknown YAML key `moon`; …",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {supervised: yes}}}",
            "A.supportedOS.iOS: `supervised` must be true or false, found the text `yes`; write `true` without quotes",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {userenrollment: {mode: forbiden}}}}",
            "A.supportedOS.iOS.userenrollment: `mode` is `forbiden`; expected …; did you mean `forbidden`?",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {allowed-scopes: [sytem]}}}",
            "A.supportedOS.iOS: `allowed-scopes` is `sytem`; expected `system` or `user`; did you mean `system`?",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {sharedipad: {mode: allowed, size: 2}}}}",
            "A.supportedOS.iOS.sharedipad: unknown YAML key `size`; …",
        ),
        (
            "- {key: A, type: <string>, presence: required, supportedOS: {iOS: {introduced: n/a}}}",
            "A: is required, but no operating system has it",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {deprecated: '9.0'}}}",
            "A: iOS: deprecated in 9.0, but introduced in 10.0",
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {introduced: '12.0', removed: '11.0'}}}",
            "A: iOS: removed in 11.0, but introduced in 12.0",
        ),
        (
            "- {key: A, type: <dictionary>, subkeys: [{key: B, type: <integer>, range: {max: 2}, default: 3}]}",
            "A.B: the default 3 is outside the range … to 2",
        ),
        (
            "- {key: A, type: <dictionary>, subkeys: [{key: ANY, type: <string>}, {key: ANY X, type: <string>}]}",
            "A: has more than one placeholder for any key; keep one",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let found = errors(&format!("key_{index}"), &format!("{keys}\n"));
        assert!(found.len() == 1, "{keys}: {found:#?}");
        let below = found[0].strip_prefix("payloadkeys").unwrap_or_default();
        let mut rest = below.trim_start_matches(['.', ':', ' ']);
        // What is left out between two marks is not compared.
        for part in expected.split('…') {
            let at = match part == expected || expected.starts_with(part) {
                true => rest.starts_with(part).then_some(0),
                false => rest.find(part),
            };
            let Some(at) = at else {
                panic!("{keys}:\n found    {}\n expected {expected}", found[0])
            };
            rest = &rest[at + part.len()..];
        }
        assert!(rest.is_empty() || expected.contains('…'), "{keys}: {}", found[0]);
    }
}

#[test]
fn errors_in_an_item_are_reported() {
    for (index, (path, text, expected)) in [
        (
            "mdm/profiles/e.yaml",
            "title: E\nsupportedOS: {iOS: {introduced: '15.0'}}\npayload: {payloadtype: e}\n",
            "unknown YAML key `supportedOS`; it belongs in `payload`",
        ),
        (
            "mdm/profiles/e.yaml",
            "title: E\npayload: {payloadtype: e, payloadkeys: [{key: A, type: <string>}]}\n",
            "payload: unknown YAML key `payloadkeys`; it belongs at the top level of the file",
        ),
        ("mdm/profiles/e.yaml", "title: E\nnotes: a\n", "`payload` is missing"),
        (
            "mdm/profiles/e.yaml",
            "payload: {payloadtype: e}\n",
            "`title` is missing",
        ),
        (
            "mdm/profiles/e.yaml",
            "title: E\npayload: text\n",
            "`payload` must be a mapping, found the text `text`",
        ),
        (
            "mdm/profiles/e.yaml",
            "title: E\npayload: {payloadType: e}\n",
            "payload: unknown YAML key `payloadType`; did you mean `payloadtype`?",
        ),
        (
            "mdm/profiles/e.yaml",
            "title: E\npayload: {content: e}\n",
            "payload: `payloadtype` is missing: the type of the item",
        ),
        (
            "mdm/profiles/e.yaml",
            "title: E\npayload: {payloadtype: ''}\n",
            "payload: `payloadtype` is empty",
        ),
        (
            "mdm/commands/e.yaml",
            "title: E\npayload: {requesttype: E, payloadtype: e}\n",
            "payload: `payloadtype` is not the type of an item in this folder; expected `requesttype`",
        ),
        (
            "mdm/profile/e.yaml",
            "title: E\npayload: {payloadtype: e}\n",
            "the folder `mdm/profile` does not hold items; expected `mdm/profiles`, `mdm/commands` or \
             `declarative/declarations/configurations`, for example; did you mean `mdm/profiles`?",
        ),
        (
            "declarative/declarations/configurations/e.yaml",
            "title: E\npayload: {declarationtype: e, apply: mutliple}\n",
            "payload: `apply` is `mutliple`; expected `single`, `multiple` or `combined`; did you mean `multiple`?",
        ),
        (
            "declarative/declarations/configurations/e.yaml",
            "title: E\npayload: {declarationtype: e}\nreasons: [{value: R, sound: loud}]\n",
            "reasons.R: unknown YAML key `sound`",
        ),
        (
            "declarative/declarations/configurations/e.yaml",
            "title: E\npayload: {declarationtype: e}\nreasons: [{description: none}]\n",
            "reasons: a reason needs its code as `value`",
        ),
        (
            "declarative/declarations/configurations/e.yaml",
            "title: E\npayload: {declarationtype: e}\nrelated-status-items: [{status-items: a.b, size: 1}]\n",
            "related-status-items: `status-items` must be a list of texts, found the text `a.b`",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let errors = Fixture::new(&format!("item_{index}")).with(path, text).errors();
        let expected = format!("{path}: {expected}");
        assert!(
            errors.iter().any(|error| error.starts_with(&expected)),
            "{expected}\n{errors:#?}"
        );
    }
}

#[test]
fn examples_and_notes_are_accepted_in_any_form() {
    for (index, text) in [
        "examples: {a: {content: b}}\nnotes: c\n",
        "examples: [{content: b}]\nnotes: [{title: c, content: d}]\n",
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = Fixture::new(&format!("examples_{index}"));
        let file = payload("- {key: A, type: <string>}\n") + text;
        assert_eq!(
            fixture.with("mdm/profiles/example.yaml", &file).warnings(),
            Vec::<String>::new()
        );
    }
}

#[test]
fn unusual_but_correct_schemas_are_accepted() {
    for (index, keys) in [
        // A number of items stands at the item.
        "- {key: A, type: <array>, subkeys: [{key: B, type: <string>, repetition: {min: 2, max: 2}}]}",
        "- {key: A, type: <real>, range: {min: 0, max: 1}, default: 1}",
        "- {key: A, type: <string>, rangelist: ['', '1.3'], default: 1.3}",
        "- {key: A, type: <integer>, range: {min: -5}, default: -1}",
        "- {key: A, type: <string>, presence: required, supportedOS: {iOS: {introduced: n/a}, macOS: {introduced: '12.0'}}}",
        // Older than the payload.
        "- {key: A, type: <string>, supportedOS: {iOS: {introduced: '9.0'}}}",
        "- {key: A, type: <string>, supportedOS: {iOS: {deprecated: '11.0', removed: '0'}}}",
        "- {key: A, type: <any>, default: 1}",
        // A comment or a tab next to an alias.
        "- {key: A, type: <dictionary>, subkeys: &a [{key: B, type: <string>}]}\n- key: C\n  type: <dictionary>\n  subkeys: *a # as A",
        "- &a {key: A, type: <string>}\n- key: C\n  type: <dictionary>\n  subkeys:\n  - *a  # as A\n",
        "- {key: A, type: <dictionary>, subkeys: &a [{key: B, type: <string>}]}\n- key: C\n  type: <dictionary>\n  subkeys:\t*a",
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = Fixture::new(&format!("sound_{index}")).payload(&format!("{keys}\n"));
        assert_eq!(fixture.warnings(), Vec::<String>::new(), "{keys}");
    }
}

#[test]
fn byte_order_marks_and_line_endings_of_editors_are_accepted() {
    let text = payload(
        "- {key: A, type: <dictionary>, subkeys: &a [{key: B, type: <string>}]}\n- key: C\n  type: <dictionary>\n  subkeys: *a\n",
    );
    for (index, text) in [format!("\u{feff}{text}"), text.replace('\n', "\r\n")]
        .into_iter()
        .enumerate()
    {
        let fixture = Fixture::new(&format!("editor_{index}")).with("mdm/profiles/example.YAML", &text);
        assert_eq!(fixture.warnings(), Vec::<String>::new());
        assert!(fixture.source("profiles.rs").contains("pub c: Option<"), "{text}");
    }
}

#[test]
fn an_error_in_a_shared_list_is_reported_once() {
    let found = errors(
        "shared_contradiction",
        "
- key: A
  type: <dictionary>
  subkeys: &id001
  - {key: B, type: <integer>, range: {max: 2}, default: 3}
- {key: C, type: <dictionary>, subkeys: *id001}
",
    );
    assert_eq!(found, ["payloadkeys.A.B: the default 3 is outside the range … to 2"]);
}

#[test]
fn references_to_missing_items_are_warnings() {
    let declaration = "
title: Example
payload: {declarationtype: com.example.configuration}
payloadkeys:
- {key: Asset, type: <string>, assettypes: [com.example.asset, com.example.configuration]}
related-status-items:
- {status-items: [a.b, c.d]}
";
    let status = "
title: Status
payload: {statusitemtype: a.b}
payloadkeys:
- {key: a.b, type: <string>}
";
    let fixture = Fixture::new("references").with("declarative/declarations/configurations/e.yaml", declaration);
    // Where there are no status items at all, they are somebody else's.
    assert_eq!(
        fixture.warnings(),
        ["declarative/declarations/configurations/e.yaml: Asset: the schema has no asset type `com.example.asset`"]
    );
    let warnings = fixture.with("declarative/status/s.yaml", status).warnings();
    assert!(
        warnings.contains(
            &"declarative/declarations/configurations/e.yaml: related-status-items: the schema has no status item `c.d`".to_owned()
        ),
        "{warnings:#?}"
    );
}

#[test]
fn the_overlay_can_correct_a_contradiction() {
    let fixture = Fixture::new("settled")
        .payload("- {key: A, type: <integer>, range: {min: 1, max: 5}, default: 9}\n")
        .with(
            "overlay/mdm/profiles/example.yaml",
            "keys: {A: {range: {min: 1, max: 10}, source: content of A}}\n",
        );
    assert_eq!(fixture.warnings(), Vec::<String>::new());
}

#[test]
fn alternatives_without_a_discriminator_are_warnings() {
    let alternative = |name: &str, item: &str| {
        format!("  - {{key: {name}, type: <dictionary>, subkeys: [{item}{{key: Setting, type: <string>}}]}}\n")
    };
    let list = "- key: Settings\n  type: <array>\n  subkeys:\n".to_owned();
    let fixed = "{key: Item, type: <string>, rangelist: [One]}, ";
    let one_lacks_it = list.clone() + &alternative("One", fixed) + &alternative("Two", "");
    let fixture = Fixture::new("untold_one").payload(&one_lacks_it);
    assert_eq!(
        fixture.warnings(),
        [
            "mdm/profiles/example.yaml: the alternative Two of Settings has no `Item` of its own with a single value; it is \
          left out until the overlay adds one"
        ]
    );
    let fixture = fixture.with(
        "overlay/mdm/profiles/example.yaml",
        "keys: {'Settings.Two.Item': {add: true, type: string, rangelist: [Two], source: examples}}\n",
    );
    assert_eq!(fixture.warnings(), Vec::<String>::new());

    let none_has_it = list + &alternative("One", "") + &alternative("Two", "");
    let fixture = Fixture::new("untold").payload(&none_has_it);
    assert_eq!(fixture.warnings().len(), 1);
    let source = &fixture.generate().unwrap().files[0].1;
    assert!(source.contains("pub settings: Option<Vec<Dictionary>>"), "{source}");
}

#[test]
fn an_entry_of_the_overlay_that_matches_nothing_is_an_error() {
    let keys = "
- {key: A, type: <dictionary>, subkeys: [{key: B, type: <string>}]}
- {key: C, type: <array>, subkeys: [{key: D, type: <string>}, {key: E, type: <string>}]}
";
    for (index, (path, text, expected)) in [
        (
            "overlay/mdm/profiles/gone.yaml",
            "author: device",
            "overlay/mdm/profiles/gone.yaml: the schema has no such file; remove it or rename it",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.X: {secret: true}}",
            "overlay/mdm/profiles/example.yaml: the schema has no `A.X` (at `X`)",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {'C[].D': {secret: true}}",
            "overlay/mdm/profiles/example.yaml: the schema has no `C[].D` (at `[]`)",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "response-keys: {A: {secret: true}}",
            "overlay/mdm/profiles/example.yaml: A: the file has no such section of keys",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {add: true, type: string}}",
            "overlay/mdm/profiles/example.yaml: A.B: the schema has this key again; remove the correction",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B.C: {add: true, type: string}}",
            "overlay/mdm/profiles/example.yaml: A.B: has no keys",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {colour: red}}",
            "overlay/mdm/profiles/example.yaml: A.B: colour: unknown fact `colour`; expected …",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {values: {red: Like wine.}}}",
            "overlay/mdm/profiles/example.yaml: A.B: values: `red` is not one of the listed values",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {values: {red: 1}, rangelist: [red]}}",
            "overlay/mdm/profiles/example.yaml: A.B: values: red: a description was expected",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {secrt: true}}",
            "overlay/mdm/profiles/example.yaml: A.B: secrt: unknown fact `secrt`; did you mean `secret`?",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {secret: yes}}",
            "overlay/mdm/profiles/example.yaml: A.B: secret: must be true or false, found the text `yes`",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {type: integr}}",
            "overlay/mdm/profiles/example.yaml: A.B: type: unknown type `integr`; did you mean `integer`?",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {type: integer, range: {min: few}}}",
            "overlay/mdm/profiles/example.yaml: A.B: range: `min` must be a number, found the text `few`",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {rust: status::StatusItems}}",
            "overlay/mdm/profiles/example.yaml: A.B: `rust` refers to code of the crate `apple-mdm`, which only its own schema \
             can; remove it",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {group: true}}",
            "mdm/profiles/example.yaml: payloadkeys.A.B: is a `group` but not a dictionary with known keys",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "rules: {a: b}",
            "overlay/mdm/profiles/example.yaml: rules: must be a list of rules, found a mapping",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {secret: true}, A.B: {secret: false}}",
            "overlay/mdm/profiles/example.yaml: keys: the YAML key `A.B` occurs twice; remove one of them",
        ),
        ("overlay/mdm/profiles/example.yaml", "- a", "overlay/mdm/profiles/example.yaml: expected a mapping, found a list"),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {default: [1]}}",
            "overlay/mdm/profiles/example.yaml: A.B: default: must be a text, a number, true, false or nothing, found a list",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {rangelist: [[1]]}}",
            "overlay/mdm/profiles/example.yaml: A.B: rangelist: a value must be a text, a number, true or false, found a list",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {valuetype: urll}}",
            "overlay/mdm/profiles/example.yaml: A.B: valuetype: unknown format `urll`; did you mean `url`?",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {assettypes: [1]}}",
            "overlay/mdm/profiles/example.yaml: A.B: assettypes: must be a list of declaration types, found a list",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {C: {repetition: {min: -1}}}",
            "overlay/mdm/profiles/example.yaml: C: repetition: `min` must be a whole number, 0 or more, found the number -1",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.Z: {add: false, type: string}}",
            "overlay/mdm/profiles/example.yaml: A.Z: add: must be true, found `false`",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.Z: {add: true}}",
            "overlay/mdm/profiles/example.yaml: A.Z: an added key needs a `type`",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.: {add: true, type: string}}",
            "overlay/mdm/profiles/example.yaml: A.: expected a path that ends with the name of a key",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {'Z[': {add: true, type: string}}",
            "overlay/mdm/profiles/example.yaml: Z[: expected a path that ends with the name of a key",
        ),
        (
            "overlay/names.yaml",
            "mdm/profiles/example.yaml: 5",
            "overlay/names.yaml: mdm/profiles/example.yaml: must be the name of a type, found the number 5",
        ),
        (
            "overlay/words.yaml",
            "IPv4: 'ip v4'",
            "overlay/words.yaml: IPv4: must be its words in lower case, separated by `_`, such as `ipv4_address`, found the \
             text `ip v4`",
        ),
        (
            "overlay/used.yaml",
            "mdm/profiles/example.yaml: [A]",
            "overlay/used.yaml: `used.yaml` refers to code of the crate `apple-mdm`, which only its own schema can; remove it",
        ),
        (
            "overlay/examples/mdm/profiles/example.yaml",
            "A: {B: b}",
            "overlay/examples/mdm/profiles/example.yaml: `examples` refers to code of the crate `apple-mdm`, which only its own \
             schema can; remove it",
        ),
        (
            "overlay/mdm/profiles/exampel.yaml",
            "author: device",
            "overlay/mdm/profiles/exampel.yaml: the schema has no such file; did you mean `mdm/profiles/example.yaml`?",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "author: nobody",
            "overlay/mdm/profiles/example.yaml: the author must be `device` or `server`, found `nobody`",
        ),
        (
            "overlay/common.yaml",
            "mdm/commands: {Tether: {type: boolean}}",
            "overlay/common.yaml: mdm/commands: Tether: no file lacks this key; remove it",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "moon: full",
            "overlay/mdm/profiles/example.yaml: moon: unknown entry `moon`; expected …",
        ),
        (
            "overlay/names.yaml",
            "mdm/profiles/gone.yaml: Gone",
            "overlay/names.yaml: the schema has no file mdm/profiles/gone.yaml; remove the line",
        ),
        (
            "overlay/words.yaml",
            "IPv4: ipv4",
            "overlay/words.yaml: `IPv4` occurs in no key, value or name; remove the line",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = Fixture::new(&format!("overlay_{index}"))
            .payload(keys)
            .with(path, &format!("{text}\n"));
        let errors = fixture.errors();
        let expected = expected.trim_end_matches('…');
        assert!(errors.len() == 1 && errors[0].starts_with(expected), "{text}: {errors:#?}");
    }
}

#[test]
fn a_rule_that_is_not_understood_is_an_error() {
    let keys = "
- {key: A, type: <string>}
- {key: B, type: <dictionary>, subkeys: [{key: C, type: <string>}]}
- {key: Name, type: <string>}
- {key: N, type: <integer>}
- {key: L, type: <array>, subkeys: [{key: I, type: <string>}]}
- {key: Mode, type: <string>, rangelist: [automatic, manual]}
- {key: Flag, type: <boolean>}
";
    for (index, (rule, expected)) in [
        (
            "kind: charset, key: X, from: 32, to: 126",
            "the schema has no `X` (at `X`)",
        ),
        (
            "kind: charset, key: Nmae, from: 32, to: 126",
            "the schema has no `Nmae` (at `Nmae`); did you mean `Name`?",
        ),
        (
            "kind: charset, key: A, from: 32",
            "`from` and `to` are missing, or `utf8: true`",
        ),
        (
            "kind: charset, key: A, from: 126, to: 32",
            "`from` is 126, which is above `to`, 32",
        ),
        (
            "kind: chraset, key: A",
            "unknown kind of rule `chraset`; did you mean `charset`?",
        ),
        ("key: A", "`kind` is missing; expected `charset`, …"),
        (
            "kind: count, key: L, max: 1, colour: red",
            "a rule of kind `count` has no field `colour`; expected `in`, `key`, `max`, …",
        ),
        (
            "kind: count, key: L, maxx: 1, max: 2",
            "a rule of kind `count` has no field `maxx`; did you mean `max`?",
        ),
        ("kind: count, key: L", "`min` or `max` is missing"),
        (
            "kind: count, key: L, max: many",
            "`max` must be a whole number, found the text `many`",
        ),
        (
            "kind: count, key: A, max: 1",
            "`A` is a <string>, and this kind of rule is for `<array>` or `<dictionary>`",
        ),
        (
            "kind: length, key: L, max: 1",
            "`L` is an <array>, and this kind of rule is for `<string>` or `<data>`; its items are `L[]`",
        ),
        (
            "kind: length, key: A, min: 3, max: 1",
            "`min` is 3, which is above `max`, 1",
        ),
        (
            "kind: length, key: A, max: 1, unit: byte",
            "unknown unit `byte`; did you mean `bytes`?",
        ),
        ("kind: length, max: 1", "`key` is missing: the path of a key"),
        (
            "kind: length, key: 5, max: 1",
            "`key` must be a text, found the number 5",
        ),
        (
            "kind: length, key: C, in: B.D, max: 1",
            "the schema has no `B.D` (at `D`)",
        ),
        (
            "kind: length, key: C, in: A, max: 1",
            "`A` is not a dictionary with known keys",
        ),
        ("kind: number, key: N", "`min`, `max`, `step` or `not` is missing"),
        ("kind: number, key: N, step: 0", "`step` must be above 0"),
        (
            "kind: pattern, key: A, format: htps-url",
            "unknown format `htps-url`; did you mean `https-url`?",
        ),
        (
            "kind: pattern, key: A, format: colour",
            "unknown format `colour`; the names are those of `apple_mdm::validate::TextFormat`; …",
        ),
        (
            "kind: pattern, key: A, pattern: '['",
            "`pattern` is not a valid regular expression: `[`: …",
        ),
        (
            "kind: pattern, key: A, pattern: a, format: url",
            "`format` and `pattern` exclude each other",
        ),
        ("kind: pattern, key: A", "`format` or `pattern` is missing"),
        (
            "kind: value-needs, key: N, is: 'five'",
            "`is` is the text `five`, but `N` is an <integer>",
        ),
        (
            "kind: value-needs, key: Mode, in: [autmatic]",
            "unknown value of `Mode` `autmatic`; did you mean `automatic`?",
        ),
        ("kind: value-needs, key: N", "what the value must be is missing: …"),
        (
            "kind: ordering, lower: N, upper: N, as: numbr",
            "unknown order `numbr`; did you mean `number`?",
        ),
        (
            "kind: document, key: A, holds: certifcate",
            "unknown document `certifcate`; did you mean `certificate`?",
        ),
        (
            "kind: requires, keys: A",
            "`keys` must be a list of texts, found the text `A`",
        ),
        ("kind: requires, keys: []", "`keys` is missing: a list of paths of keys"),
        (
            "kind: requires, keys: [A], when: {key: A}",
            "`when` must be a list of conditions, found a mapping",
        ),
        (
            "kind: requires, keys: [A], when: [A]",
            "a condition must be a mapping such as `{key: K, is: V}`, found the text `A`",
        ),
        (
            "kind: requires, keys: [A], when: [{key: Z, is: 1}]",
            "the schema has no `Z` (at `Z`)",
        ),
        (
            "kind: requires, keys: [A], when: [{key: Mode, is: manul}]",
            "unknown value of `Mode` `manul`; did you mean `manual`?",
        ),
        (
            "kind: requires, keys: [A], when: [{key: Flag, is: 'true'}]",
            "`is` is the text `true`, but `Flag` is a <boolean>",
        ),
        (
            "kind: requires, keys: [A], when: [{key: Flag}]",
            "the condition on `Flag` does not say when it holds: …",
        ),
        (
            "kind: requires, keys: [A], when: [{key: Flag, si: true}]",
            "the condition on `Flag` has no field `si`; …",
        ),
        (
            "kind: requires, keys: [A], os: [macos]",
            "unknown operating system `macos`; did you mean `macOS`?",
        ),
        (
            "kind: requires, keys: [A], severity: fatal",
            "unknown severity `fatal`; expected `error` or `warning`",
        ),
        ("kind: only-if, keys: [A]", "`only-if` needs `when`"),
        (
            "kind: charset, key: A, from: -1, to: 5",
            "`from` and `to` must be Unicode code points from 0 to 0x10FFFF, found -1",
        ),
        (
            "kind: charset, key: A, from: 0, to: 0x110000",
            "`from` and `to` must be Unicode code points from 0 to 0x10FFFF, found 1114112",
        ),
        (
            "kind: number, key: N, not: [five]",
            "`not` must be a list of numbers, found `five` in it",
        ),
        (
            "kind: pattern, key: A, pattern: 'a)|(b'",
            "`pattern` is not a valid regular expression: `a)|(b`: …",
        ),
        (
            "kind: pattern, key: A, names: true, format: url",
            "`A` is a <string>, and `names` is for `<dictionary>`",
        ),
        (
            "kind: pattern, key: 'A{}', format: url",
            "`A` is a <string>, and `names` is for `<dictionary>`",
        ),
        ("kind: unique, key: B, by: [Z]", "the schema has no `Z` (at `Z`)"),
        (
            "kind: consistent, key: A, by: [Nmae]",
            "the schema has no `Nmae` (at `Nmae`); did you mean `Name`?",
        ),
        (
            "kind: consistent, key: A",
            "`by` is missing: a list of keys in the same dictionary as `key`",
        ),
        (
            "kind: exactly-one-of, keys: [A, A]",
            "`keys` contains `A` twice; remove one of them",
        ),
        (
            "kind: ordering, lower: A, upper: N",
            "`A` is a <string>, and this kind of rule is for `<integer>` or `<real>`",
        ),
        (
            "kind: ordering, lower: N, upper: N, as: version",
            "`N` is an <integer>, and this kind of rule is for `<string>`",
        ),
        (
            "kind: payload-ref, key: N",
            "`N` is an <integer>, and this kind of rule is for `<string>`",
        ),
        (
            "kind: document, key: A, holds: 'profile '",
            "`profile` must be followed by exactly one payload type, found `profile `",
        ),
        (
            "kind: value-needs, key: A, min: 5",
            "`A` is a <string>, and `min` is for `<integer>` or `<real>`",
        ),
        (
            "kind: value-needs, key: A, max: 5",
            "`A` is a <string>, and `max` is for `<integer>` or `<real>`",
        ),
        (
            "kind: value-needs, key: A, contains: x",
            "`A` is a <string>, and `contains` is for `<array>`",
        ),
        (
            "kind: requires, keys: [A], when: [{key: A, above: 5}]",
            "`A` is a <string>, and `above` is for `<integer>` or `<real>`",
        ),
        (
            "kind: requires, keys: [A], when: [{key: A, contains: x}]",
            "`A` is a <string>, and `contains` is for `<array>`",
        ),
        (
            "kind: requires, keys: [A], when: [{any: []}]",
            "`any` must be a list of at least one condition",
        ),
        (
            "kind: requires, keys: [A], when: [{any: [{key: N, is: 1}], key: A}]",
            "a condition with `any` has no field `key`; …",
        ),
        (
            "kind: requires, keys: [A], when: [{key: N, is: 1, in: [2]}]",
            "the condition on `N` cannot combine `in` with its other fields; remove one of them",
        ),
        (
            "kind: requires, keys: [A], when: [{key: N, in: []}]",
            "`in` must contain at least one value",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let rule = format!("rules:\n- {{{rule}, says: Why., source: prose}}\n");
        let fixture = Fixture::new(&format!("rule_{index}"))
            .payload(keys)
            .with("overlay/mdm/profiles/example.yaml", &rule);
        let errors = fixture.errors();
        let expected = format!("(Why.): {}", expected.trim_end_matches('…'));
        assert!(
            errors.len() == 1
                && errors[0].starts_with("overlay/mdm/profiles/example.yaml: rule `")
                && errors[0].contains(&expected),
            "{rule}: expected {expected}\n{errors:#?}"
        );
    }
    let fixture = Fixture::new("rule_bare").payload(keys).with(
        "overlay/mdm/profiles/example.yaml",
        "rules:\n- {kind: count, key: L, max: 1}\n",
    );
    assert_eq!(
        fixture.errors(),
        [
            "overlay/mdm/profiles/example.yaml: rule 1: `says` is missing",
            "overlay/mdm/profiles/example.yaml: rule 1: `source` is missing",
        ]
    );
    let fixture = Fixture::new("rule_in_a_number").payload(keys).with(
        "overlay/mdm/profiles/example.yaml",
        "rules:\n- {kind: count, in: 5, key: L, max: 1, says: ' ', source: x}\n",
    );
    assert_eq!(
        fixture.errors(),
        ["overlay/mdm/profiles/example.yaml: rule 1: `in` must be the path of a dictionary, found the number 5"]
    );
}

#[test]
fn errors_in_several_files_are_reported_together() {
    let fixture = Fixture::new("together")
        .payload("- {key: A, type: <strin>}\n- {key: B, type: <string>, presence: x}\n")
        .with("mdm/profiles/broken.yaml", "a: [")
        .with(
            "mdm/commands/other.yaml",
            "title: Other\npayload: {requesttype: Other, colour: red}\n",
        )
        .with("overlay/mdm/profiles/broken.yaml", "keys: {A: {secret: true}}\n")
        .with(
            "overlay/mdm/profiles/example.yaml",
            "keys: {Z: {secret: true}}\nrules: [{kind: requires, keys: [Y], says: a, source: b}]\n",
        );
    let errors = fixture.errors();
    // What the overlay says of a file that is not readable is not wrong.
    for (start, count) in [
        ("mdm/profiles/broken.yaml: not valid YAML", 1),
        ("mdm/profiles/example.yaml: payloadkeys.A: unknown type", 1),
        ("mdm/profiles/example.yaml: payloadkeys.B: `presence`", 1),
        ("mdm/commands/other.yaml: payload: unknown YAML key", 1),
        ("overlay/mdm/profiles/example.yaml: the schema has no `Z`", 1),
        ("overlay/mdm/profiles/example.yaml: rule `requires`", 1),
        ("", 6),
    ] {
        assert_eq!(
            errors.iter().filter(|error| error.starts_with(start)).count(),
            count,
            "{start}: {errors:#?}"
        );
    }
}

#[test]
fn the_names_of_formats_and_documents_are_those_of_the_library() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join("src/validate");
    let (Ok(formats), Ok(documents)) = (
        std::fs::read_to_string(root.join("format.rs")),
        std::fs::read_to_string(root.join("document.rs")),
    ) else {
        eprintln!("skipped: {} is not there", root.display());
        return;
    };
    // `    HostPort, "host-port", "a host name …", network::host_port;`
    let mut names: Vec<&str> = formats
        .lines()
        .filter(|line| line.starts_with("    ") && line.ends_with(';') && line.contains("::"))
        .filter_map(|line| Some(line.split_once(", \"")?.1.split_once("\", \"")?.0))
        .collect();
    names.sort_unstable();
    assert_eq!(names, apple_mdm_codegen::rules::FORMATS);
    let list = documents
        .split_once("pub enum EmbeddedDocument {")
        .unwrap()
        .1
        .split_once("\n}")
        .unwrap()
        .0;
    let variants = list
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(char::is_uppercase));
    let mut names: Vec<String> = variants
        .map(|variant| {
            let name = variant.split(['(', ',']).next().unwrap();
            let parts = name.char_indices().map(|(at, c)| match c.is_uppercase() && at > 0 {
                true => format!("-{}", c.to_lowercase()),
                false => c.to_lowercase().to_string(),
            });
            parts.collect()
        })
        .collect();
    names.sort_unstable();
    assert_eq!(names, apple_mdm_codegen::rules::HOLDS);
}

#[test]
fn all_errors_are_reported_together() {
    let fixture = Fixture::new("several")
        .payload("- {key: A, type: <string>}\n")
        .with(
            "overlay/mdm/profiles/example.yaml",
            "keys: {B: {secret: true}, C: {secret: true}}\n",
        )
        .with("overlay/mdm/profiles/gone.yaml", "author: device\n");
    assert_eq!(fixture.errors().len(), 3);
}

#[test]
fn names_that_collide_are_errors() {
    let command = |name: &str| format!("title: {name}\npayload: {{requesttype: {name}}}\n");
    let other = |name: &str, keys: &str| {
        format!("title: {name}\npayload: {{payloadtype: com.example.{name}}}\npayloadkeys:\n{keys}")
    };
    let key = "- {key: A, type: <string>}\n";
    let list = |of: &str| {
        format!(
            "- {{key: List, type: <array>, subkeys: [{{key: {of}, type: <dictionary>, subkeys: [{{key: A, type: <string>}}]}}]}}\n"
        )
    };
    for (test, fixture, expected) in [
        (
            "two items of one name",
            Fixture::new("collide_1")
                .with("mdm/profiles/a.yaml", &other("A", key))
                .with("mdm/profiles/b.yaml", &other("B", key))
                .with(
                    "overlay/names.yaml",
                    "mdm/profiles/a.yaml: Same\nmdm/profiles/b.yaml: Same\n",
                ),
            "overlay/names.yaml: mdm/profiles/a.yaml, mdm/profiles/b.yaml are all called `Same` but are different items; \
             give them different names",
        ),
        (
            "a command called as the response to another",
            Fixture::new("collide_2")
                .with("mdm/commands/a.yaml", &command("Lock"))
                .with("mdm/commands/b.yaml", &command("LockResponse")),
            "overlay/names.yaml: `LockResponse` would be the name of a type of mdm/commands/a.yaml and of mdm/commands/b.yaml; \
             rename one",
        ),
        (
            "a payload called as a type of the runtime",
            Fixture::new("collide_3").with("mdm/profiles/a.yaml", &other("Dictionary", key)),
            "overlay/names.yaml: generated code uses the name `Dictionary` itself; give mdm/profiles/a.yaml another one",
        ),
        (
            "a payload named like a macro that derives a trait",
            Fixture::new("collide_8").with("mdm/profiles/a.yaml", &other("Copy", key)),
            "overlay/names.yaml: generated code uses the name `Copy` itself; give mdm/profiles/a.yaml another one",
        ),
        (
            "one key in two files of a payload type",
            Fixture::new("collide_4")
                .with("mdm/profiles/a.yaml", &other("X", key))
                .with("mdm/profiles/b.yaml", &other("X", key)),
            "mdm/profiles/b.yaml: another file of `com.example.X` has the key `A`, too; remove one of them",
        ),
        (
            "two payloads of one type",
            Fixture::new("collide_5")
                .with("mdm/profiles/a.yaml", &other("X", key))
                .with("mdm/profiles/b.yaml", &other("X", key))
                .with("overlay/names.yaml", "mdm/profiles/b.yaml: Y\n"),
            "overlay/names.yaml: several items have the identifier `com.example.X`, and no key distinguishes them; give them the \
             same name, so that they become one type, or a key with a single value",
        ),
        (
            "two tables of one name",
            Fixture::new("collide_7")
                .with("mdm/profiles/a.yaml", &other("Foo", &list("BarBaz")))
                .with("mdm/profiles/b.yaml", &other("FooBar", &list("Baz"))),
            "overlay/names.yaml: a table of mdm/profiles/a.yaml and one of mdm/profiles/b.yaml would both be called \
             `FOO_BAR_BAZ`; rename one",
        ),
        (
            "a name with a space",
            Fixture::new("collide_6")
                .with("mdm/profiles/a.yaml", &other("X", key))
                .with("overlay/names.yaml", "mdm/profiles/a.yaml: My Name\n"),
            "overlay/names.yaml: `My Name` of mdm/profiles/a.yaml is not the name of a Rust type",
        ),
    ] {
        assert_eq!(fixture.errors(), [expected], "{test}");
    }
}

#[test]
fn the_crate_itself_needs_a_name_for_each_file() {
    let fixture = Fixture::new("nameless").payload("- {key: A, type: <string>}\n");
    let error = apple_mdm_codegen::Config::new(fixture.root())
        .for_apple_mdm()
        .generate()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "overlay/names.yaml: no name for mdm/profiles/example.yaml; add `mdm/profiles/example.yaml: Example`"
    );
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let empty = Fixture::new("empty");
    let error = empty.errors().remove(0);
    assert!(
        error.ends_with(
            "empty: no folder `mdm`, `declarative` or `other` with YAML files in it; a payload is a file in `mdm/profiles`"
        ),
        "{error}"
    );
    for (index, text) in ["a: [", "- list", "a: b\na: c\n"].into_iter().enumerate() {
        let fixture = Fixture::new(&format!("broken_{index}")).with("mdm/profiles/broken.yaml", text);
        let error = fixture.errors().remove(0);
        assert!(error.starts_with("mdm/profiles/broken.yaml: "), "{error}");
    }
    let fixture = Fixture::new("broken_overlay")
        .payload("- {key: A, type: <string>}\n")
        .with("overlay/mdm/profiles/example.yaml", "keys: [");
    let error = fixture.errors().remove(0);
    assert!(error.contains("overlay/mdm/profiles/example.yaml: "), "{error}");
}

#[test]
fn more_keys_than_a_generated_type_can_have_are_an_error() {
    let keys = |count: usize| -> String {
        let key = |number| format!("  - {{key: K{number}, type: <boolean>, presence: optional}}\n");
        let list: String = (0..count).map(key).collect();
        format!("- key: A\n  type: <dictionary>\n  subkeys:\n{list}")
    };
    assert_eq!(
        Fixture::new("as-many-keys").payload(&keys(512)).warnings(),
        Vec::<String>::new()
    );
    assert_eq!(
        Fixture::new("too-many-keys").payload(&keys(513)).errors(),
        ["mdm/profiles/example.yaml: payloadkeys.A: 513 keys in one dictionary; a generated type can have 512"]
    );
}
