//! What is wrong in a schema folder, and how it is told: with file and key, as a warning where the data is Apple's, as an
//! error where the contradiction is of our own making.

mod fixture;

use fixture::{Fixture, payload};

/// The warnings about a payload with these keys, without the file's name.
fn warnings(test: &str, keys: &str) -> Vec<String> {
    let warnings = Fixture::new(test).payload(keys).warnings();
    let about = |warning: &String| {
        let rest = warning.strip_prefix("mdm/profiles/example.yaml: ");
        rest.expect("a warning names the file").to_owned()
    };
    warnings.iter().map(about).collect()
}

#[test]
fn what_is_not_known_is_a_warning_with_file_and_key() {
    let unknown = |name: &str| {
        format!("the YAML key `{name}`, or the form of its value, is not known to the generator; it is left out")
    };
    for (index, (keys, at, what)) in [
        (
            "- {key: A, type: <string>, colour: red}",
            "payloadkeys.A",
            unknown("colour"),
        ),
        (
            "- {key: A, type: <string>, content: [a, b]}",
            "payloadkeys.A",
            unknown("content"),
        ),
        (
            "- {key: A, type: <integer>, range: {min: 1, step: 2}}",
            "payloadkeys.A",
            unknown("step"),
        ),
        (
            "- {key: A, type: <array>, repetition: 5}",
            "payloadkeys.A",
            unknown("repetition"),
        ),
        (
            "- {key: A, type: <dictionary>, subkeys: [{key: B, type: <string>, hue: 1}]}",
            "payloadkeys.A.B",
            unknown("hue"),
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {introduced: '9.0', moon: full}}}",
            "payloadkeys.A",
            unknown("moon"),
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {sharedipad: {mode: allowed, size: 2}}}}",
            "payloadkeys.A",
            unknown("size"),
        ),
        (
            "- {key: A, type: <colour>}",
            "payloadkeys.A",
            "the type `<colour>` is not known; the key is read as any value".to_owned(),
        ),
        (
            "- {key: A}",
            "payloadkeys.A",
            "no `type`; the key is read as any value".to_owned(),
        ),
        ("- {type: <string>}", "payloadkeys", "a key without `key`".to_owned()),
        (
            "- {key: A, type: <string>, presence: sometimes}",
            "payloadkeys.A",
            "`presence: sometimes` is not known; the key is optional".to_owned(),
        ),
        (
            "- {key: A, type: <string>, supportedOS: {beOS: {introduced: '5.0'}}}",
            "payloadkeys.A",
            "the operating system `beOS` is not known and is left out".to_owned(),
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {introduced: soon}}}",
            "payloadkeys.A",
            "`soon` is no version and is left out".to_owned(),
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {userenrollment: {mode: maybe}}}}",
            "payloadkeys.A",
            "the mode `maybe` is not known and is left out".to_owned(),
        ),
        (
            "- {key: A, type: <string>, supportedOS: {iOS: {supervised: 'yes'}}}",
            "payloadkeys.A",
            "`supervised` must be true or false".to_owned(),
        ),
        (
            "- {key: A, type: <dictionary>, subkeys: *id009}",
            "payloadkeys.A",
            "the alias `*id009` refers to nothing".to_owned(),
        ),
        (
            "- {key: A, type: <string>}\n- {key: A, type: <integer>}",
            "payloadkeys",
            "the key `A` stands there twice; the first one counts".to_owned(),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let found = warnings(&format!("unknown_{index}"), &format!("{keys}\n"));
        assert_eq!(found, [format!("{at}: {what}")], "{keys}");
    }
}

#[test]
fn unknown_keys_of_an_item_and_its_reasons_are_warnings_too() {
    let declaration = "
title: Example
weather: fine
payload: {declarationtype: com.example, mood: good}
reasons:
- {value: Error.A, sound: loud, details: [{key: D, type: <string>, valuetype: timestamp, note: b}]}
- {description: no value}
related-status-items:
- {status-items: [a.b], note: why, size: 1}
";
    let fixture = Fixture::new("unknown_parts").with("declarative/declarations/configurations/e.yaml", declaration);
    let found = fixture.warnings();
    let places: Vec<&str> = found.iter().filter_map(|warning| warning.split(": ").nth(1)).collect();
    assert_eq!(
        places,
        [
            "payload",
            "reason Error.A",
            "reason Error.A",
            "reasons",
            "related-status-items",
            "the top level"
        ]
    );
    for name in ["weather", "mood", "sound", "note", "size"] {
        assert!(
            found.iter().any(|warning| warning.contains(&format!("`{name}`"))),
            "{name}: {found:#?}"
        );
    }
}

#[test]
fn examples_and_notes_are_known_in_any_form() {
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
fn contradictions_in_the_data_are_warnings() {
    for (index, (keys, expected)) in [
        (
            "- {key: A, type: <integer>, range: {min: 1, max: 5}, default: 9}",
            "A: the default 9 is outside the range",
        ),
        (
            "- {key: A, type: <real>, range: {min: 1.5}, default: 1}",
            "A: the default 1 is outside the range",
        ),
        (
            "- {key: A, type: <string>, rangelist: [X, Y], default: Z}",
            "A: the default `Z` is not one of the listed values",
        ),
        (
            "- {key: A, type: <integer>, default: 'off'}",
            "A: the default `off` is no <integer>",
        ),
        (
            "- {key: A, type: <boolean>, default: 1}",
            "A: the default `1` is no <boolean>",
        ),
        (
            "- {key: A, type: <string>, default: true}",
            "A: the default `true` is no <string>",
        ),
        (
            "- {key: A, type: <array>, default: x}",
            "A: the default `x` is no <array>",
        ),
        (
            "- {key: A, type: <integer>, rangelist: [1, 2.5]}",
            "A: the listed value `2.5` is no <integer>",
        ),
        (
            "- {key: A, type: <integer>, rangelist: [1, 1]}",
            "A: lists the value `1` twice",
        ),
        (
            "- {key: A, type: <integer>, rangelist: [1, 7], range: {min: 0, max: 5}}",
            "A: the listed value 7 is outside the range",
        ),
        (
            "- {key: A, type: <integer>, range: {min: 5, max: 1}}",
            "A: the least value 5 is above the greatest, 1",
        ),
        (
            "- {key: A, type: <string>, range: {min: '5'}}",
            "A: has a range, but is a <string>",
        ),
        (
            "- {key: A, type: <integer>, range: {min: 0.5}}",
            "A: the bound `0.5` is no <integer>",
        ),
        (
            "- {key: A, type: <array>, repetition: {min: 2, max: 1}}",
            "A: the least number of items 2 is above the greatest, 1",
        ),
        (
            "- {key: A, type: <string>, repetition: {min: 1}}",
            "A: has a repetition, but is a <string>",
        ),
        (
            "- {key: A, type: <boolean>, subkeys: [{key: B, type: <string>}]}",
            "A: has subkeys, but is a <boolean>",
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
            "A.B: the default 3 is outside the range",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let found = warnings(&format!("contradiction_{index}"), &format!("{keys}\n"));
        assert_eq!(found, [format!("payloadkeys.{expected}")], "{keys}");
    }
}

#[test]
fn what_looks_odd_but_is_sound_is_no_warning() {
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
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(warnings(&format!("sound_{index}"), &format!("{keys}\n")), Vec::<String>::new(), "{keys}");
    }
}

#[test]
fn a_shared_list_is_held_to_account_once() {
    let found = warnings(
        "shared_contradiction",
        "
- key: A
  type: <dictionary>
  subkeys: &id001
  - {key: B, type: <integer>, range: {max: 2}, default: 3}
- {key: C, type: <dictionary>, subkeys: *id001}
",
    );
    assert_eq!(found, ["payloadkeys.A.B: the default 3 is outside the range"]);
}

#[test]
fn references_to_items_that_are_not_there_are_warnings() {
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
        ["declarative/declarations/configurations/e.yaml: Asset: the asset type `com.example.asset` is not there"]
    );
    let warnings = fixture.with("declarative/status/s.yaml", status).warnings();
    assert!(
        warnings.contains(
            &"declarative/declarations/configurations/e.yaml: the related status item `c.d` is not there".to_owned()
        ),
        "{warnings:#?}"
    );
}

#[test]
fn the_overlay_settles_a_contradiction() {
    let fixture = Fixture::new("settled")
        .payload("- {key: A, type: <integer>, range: {min: 1, max: 5}, default: 9}\n")
        .with(
            "overlay/mdm/profiles/example.yaml",
            "keys: {A: {range: {min: 1, max: 10}, source: content of A}}\n",
        );
    assert_eq!(fixture.warnings(), Vec::<String>::new());
}

#[test]
fn alternatives_that_nothing_tells_apart_are_warnings() {
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
fn an_overlay_that_matches_nothing_is_an_error() {
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
            "overlay/mdm/profiles/example.yaml: A: a mapping was expected, on keys that the file has",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {add: true, type: string}}",
            "overlay/mdm/profiles/example.yaml: A.B: the schema has this key again; remove the correction",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B.C: {add: true, type: string}}",
            "overlay/mdm/profiles/example.yaml: A.B: holds no keys",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {colour: red}}",
            "overlay/mdm/profiles/example.yaml: A.B: colour: not known, or not in this form: red",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {values: {red: Like wine.}}}",
            "overlay/mdm/profiles/example.yaml: A.B: values: `red` is none of the values that are listed",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "keys: {A.B: {values: {red: 1}, rangelist: [red]}}",
            "overlay/mdm/profiles/example.yaml: A.B: values: red: a description was expected",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "author: nobody",
            "overlay/mdm/profiles/example.yaml: `nobody` writes nothing: `device` or `server` was expected",
        ),
        (
            "overlay/mdm/profiles/example.yaml",
            "moon: full",
            "overlay/mdm/profiles/example.yaml: `moon` is not known, or its value is of another type",
        ),
        (
            "overlay/names.yaml",
            "mdm/profiles/gone.yaml: Gone",
            "overlay/names.yaml: the schema has no file mdm/profiles/gone.yaml; remove the line",
        ),
        (
            "overlay/words.yaml",
            "IPv4: ipv4",
            "overlay/words.yaml: `IPv4` is a word of no key, value or name; remove the line",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = Fixture::new(&format!("overlay_{index}"))
            .payload(keys)
            .with(path, &format!("{text}\n"));
        assert_eq!(fixture.errors(), [expected], "{text}");
    }
}

#[test]
fn a_rule_that_is_not_understood_is_an_error() {
    let keys = "
- {key: A, type: <string>}
- {key: B, type: <dictionary>, subkeys: [{key: C, type: <string>}]}
";
    for (index, (rule, expected)) in [
        (
            "kind: charset, key: X, from: 32, to: 126",
            "rule `charset` (Why.): the schema has no `X` (at `X`)",
        ),
        (
            "kind: charset, key: A, from: 32",
            "rule `charset` (Why.): `from` and `to` are needed",
        ),
        ("kind: charm, key: A", "rule `charm` (Why.): `charm` is no kind of rule"),
        (
            "kind: count, key: A, colour: red",
            "rule `count` (Why.): the field `colour` is not known for this kind",
        ),
        (
            "kind: length, key: C, in: B.D, max: 1",
            "rule `length` (Why.): the schema has no `B.D` (at `D`)",
        ),
        (
            "kind: length, key: C, in: A, max: 1",
            "rule `length` (Why.): `A` is no dictionary with known keys",
        ),
        (
            "kind: requires, keys: [A], when: [{key: Z, is: 1}]",
            "rule `requires` (Why.): the schema has no `Z` (at `Z`)",
        ),
        (
            "kind: requires, keys: [A], os: [beOS]",
            "rule `requires` (Why.): `beOS` is no operating system",
        ),
        (
            "kind: requires, keys: [A], severity: fatal",
            "rule `requires` (Why.): `fatal` is no severity",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let rule = format!("rules:\n- {{{rule}, says: Why., source: prose}}\n");
        let fixture = Fixture::new(&format!("rule_{index}"))
            .payload(keys)
            .with("overlay/mdm/profiles/example.yaml", &rule);
        assert_eq!(
            fixture.errors(),
            [format!("overlay/mdm/profiles/example.yaml: {expected}")],
            "{rule}"
        );
    }
    let fixture = Fixture::new("rule_bare").payload(keys).with(
        "overlay/mdm/profiles/example.yaml",
        "rules:\n- {kind: count, key: A, max: 1}\n",
    );
    assert_eq!(
        fixture.errors(),
        [
            "overlay/mdm/profiles/example.yaml: rule 1: `says` is missing",
            "overlay/mdm/profiles/example.yaml: rule 1: `source` is missing",
        ]
    );
}

#[test]
fn all_errors_are_told_at_once() {
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
            "overlay/names.yaml: `LockResponse` stands for a type of mdm/commands/a.yaml and of mdm/commands/b.yaml; \
             rename one",
        ),
        (
            "a payload called as a type of the runtime",
            Fixture::new("collide_3").with("mdm/profiles/a.yaml", &other("Dictionary", key)),
            "overlay/names.yaml: generated code uses the name `Dictionary` itself; give mdm/profiles/a.yaml another one",
        ),
        (
            "one key in two files of a payload type",
            Fixture::new("collide_4")
                .with("mdm/profiles/a.yaml", &other("X", key))
                .with("mdm/profiles/b.yaml", &other("X", key)),
            "mdm/profiles/b.yaml: the key `A` stands in another file of `com.example.X` too; remove one of them",
        ),
        (
            "two payloads of one type",
            Fixture::new("collide_5")
                .with("mdm/profiles/a.yaml", &other("X", key))
                .with("mdm/profiles/b.yaml", &other("X", key))
                .with("overlay/names.yaml", "mdm/profiles/b.yaml: Y\n"),
            "several items are called `com.example.X` and no key tells them apart; give them one name in \
             overlay/names.yaml, so that they become one type, or a key with a single value",
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
            "overlay/names.yaml: `My Name` of mdm/profiles/a.yaml is no name of a type in Rust",
        ),
    ] {
        assert_eq!(fixture.errors(), [expected], "{test}");
    }
}

#[test]
fn the_crate_itself_wants_a_name_for_each_file() {
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
        error.ends_with("empty: no folder `mdm`, `declarative` or `other` with YAML files in it"),
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
        ["mdm/profiles/example.yaml: payloadkeys.A: 513 keys in one dictionary, where a generated type can have 512"]
    );
}
