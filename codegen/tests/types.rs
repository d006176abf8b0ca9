//! The Rust types that the schema results in, and their names.

mod fixture;
mod outline;

use apple_mdm_codegen::{resolve, strict};
use fixture::Fixture;

/// The public names of a module, without those that every type has.
fn names(fixture: &Fixture, module: &str) -> Vec<String> {
    let mut lines = outline::outline("", &fixture.source(module));
    let common = ["AVAILABILITY", "ITEM", "TABLE", "KNOWN", "as_str(self)", "ITEMS"];
    lines.retain(|line| !common.contains(&line.rsplit("::").next().unwrap_or_default()));
    lines
}

/// The public names of the payload `Example` with these keys.
fn example(test: &str, keys: &str) -> Vec<String> {
    let lines = names(&Fixture::new(test).payload(keys), "profiles.rs");
    lines
        .into_iter()
        .filter(|line| line != "Example::PAYLOAD_TYPE = \"com.example\"")
        .collect()
}

#[track_caller]
fn assert_has(lines: &[String], expected: &[&str]) {
    for line in expected {
        assert!(
            lines.iter().any(|found| found == line),
            "`{line}` is not among {lines:#?}"
        );
    }
}

/// The generated payloads as one line.
fn flat(fixture: &Fixture) -> String {
    let source = fixture.source("profiles.rs");
    source.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn keys_are_optional_unless_presence_is_required() {
    let lines = example(
        "presence",
        "
- {key: Needed, type: <string>, presence: required}
- {key: Other, type: <integer>, presence: optional}
- {key: Silent, type: <date>}
- {key: List, type: <array>, presence: required, subkeys: [{key: Item, type: <data>, presence: optional}]}
",
    );
    assert_eq!(
        lines,
        [
            "Example",
            "Example.list: Vec<Data>",
            "Example.needed: String",
            "Example.other: Option<i64>",
            "Example.silent: Option<Date>",
            "Example::new(needed: impl Into<String>, list: Vec<Data>)",
        ]
    );
}

#[test]
fn every_type_in_the_schema_has_a_rust_type() {
    for (kind, expected) in [
        ("string", "String"),
        ("integer", "i64"),
        ("real", "f64"),
        ("boolean", "bool"),
        ("date", "Date"),
        ("data", "Data"),
        ("any", "Value"),
        ("dictionary", "Dictionary"),
        ("array", "Vec<Value>"),
    ] {
        let lines = example(&format!("kind_{kind}"), &format!("- {{key: Some, type: <{kind}>}}\n"));
        assert_eq!(
            lines,
            ["Example".to_owned(), format!("Example.some: Option<{expected}>")]
        );
    }
}

#[test]
fn a_list_that_contains_itself_is_a_recursive_type() {
    let lines = example(
        "recursive_array",
        "
- key: Pages
  type: <array>
  presence: required
  subkeys:
  - key: Page
    type: <dictionary>
    subkeys: &id001
    - {key: Title, type: <string>, presence: required}
    - key: Folder
      type: <array>
      subkeys:
      - {key: PageItem, type: <dictionary>, subkeys: *id001}
",
    );
    assert_eq!(
        lines,
        [
            "Example",
            "Example.pages: Vec<example::Page>",
            "Example::new(pages: Vec<example::Page>)",
            "example::Page",
            "example::Page.folder: Option<Vec<Page>>",
            "example::Page.title: String",
            "example::Page::new(title: impl Into<String>)",
        ]
    );
}

#[test]
fn a_dictionary_that_contains_itself_is_boxed() {
    let lines = example(
        "recursive_dictionary",
        "
- key: Node
  type: <dictionary>
  subkeys: &id001
  - key: Next
    type: <dictionary>
    subkeys:
    - {key: Node, type: <dictionary>, subkeys: *id001}
- key: Direct
  type: <dictionary>
  subkeys: &id002
  - {key: Self, type: <dictionary>, subkeys: *id002}
",
    );
    assert_has(
        &lines,
        &[
            "Example.node: Option<example::Node>",
            "example::Node.next: Option<Box<Next>>",
            // One box in a circle is enough.
            "example::Next.node: Option<Node>",
            "example::Direct.self_: Option<Box<Direct>>",
        ],
    );
}

#[test]
fn a_key_can_accept_a_single_value_or_an_array() {
    let fixture = Fixture::new("one_or_many")
        .payload(
            "
- {key: Name, type: <string>, presence: required, format: '[a-z]+', content: The name. More.}
- key: Actions
  type: <array>
  subkeys:
  - {key: Action, type: <string>, rangelist: [a, b]}
- key: Results
  type: <dictionary>
  subkeys:
  - {key: Status, type: <string>}
",
        )
        .with(
            "overlay/mdm/profiles/example.yaml",
            "keys:\n  Name: {one-or-many: true}\n  Actions: {one-or-many: true}\n  Results: {one-or-many: true}\nrules:\n\
             - {kind: length, key: 'Name[]', max: 8, says: Short., source: notes}\n",
        );
    assert_has(
        &names(&fixture, "profiles.rs"),
        &[
            "Example.name: OneOrMany<String>",
            "Example.actions: Option<OneOrMany<example::Action>>",
            "Example.results: Option<OneOrMany<example::Results>>",
            "Example::new(name: impl Into<OneOrMany<String>>)",
        ],
    );
    let source = flat(&fixture);
    for expected in [
        "kind: Kind::OneOrMany( &Key { kind: Kind::String, details: Some( &KeyDetails { format: Some(\"[a-z]+\"), ..KeyDetails::EMPTY }, ), ..Key::EMPTY }, ), field: \"name\", required: true,",
        "name: \"Results\", kind: Kind::OneOrMany(",
        "kind: Kind::Dictionary(&EXAMPLE_RESULTS),",
        "key: &[Step::Key(\"Name\"), Step::Each]",
        "/// `Name` · string or array of strings",
        "/// `Results` · dictionary or array of dictionaries",
    ] {
        assert!(source.contains(expected), "{expected}\n{source}");
    }
}

#[test]
fn lists_can_be_open_and_supervision_can_have_a_first_version() {
    let source = flat(
        &Fixture::new("open")
            .payload(
                "
- {key: Pane, type: <string>, rangelist: [a, b], supportedOS: {iOS: {introduced: '4.0', supervised: true}}}
- {key: Kind, type: <string>, rangelist: [a, b]}
",
            )
            .with(
                "overlay/mdm/profiles/example.yaml",
                "keys:\n  Pane: {open: true, supervised-since: {iOS: '13.0'}}\n",
            ),
    );
    for (expected, times) in [
        ("open: true", 1),
        ("closed: true", 1),
        ("(Os::Ios, Fact::SupervisedSince(Version(13, 0, 0)))", 1),
        ("Fact::Supervised(true)", 0),
        ("/// Availability: iOS 4.0+, supervised devices only since 13.0", 1),
    ] {
        assert_eq!(source.matches(expected).count(), times, "{expected}\n{source}");
    }
}

#[test]
fn an_item_can_have_other_names_and_a_folder_can_have_common_keys() {
    let command = |name: &str, keys: &str| format!("title: {name}\npayload: {{requesttype: {name}}}\n{keys}");
    let fixture = Fixture::new("common")
        .with("mdm/commands/a.yaml", &command("Alpha", ""))
        .with(
            "mdm/commands/b.yaml",
            &command("Beta", "payloadkeys:\n- {key: Tether, type: <string>}\n"),
        )
        .with("overlay/mdm/commands/a.yaml", "aliases: [Alfa]\n")
        .with("overlay/common.yaml", "mdm/commands:\n  Tether: {type: <boolean>}\n");
    let lines = names(&fixture, "commands.rs");
    assert_has(&lines, &["Alpha.tether: Option<bool>", "Beta.tether: Option<String>"]);
    assert!(fixture.source("commands.rs").contains("aliases: &[\"Alfa\"]"));
}

#[test]
fn a_shared_list_is_one_type() {
    let lines = example(
        "shared",
        "
- key: First
  type: <dictionary>
  subkeys: &id001
  - {key: Name, type: <string>}
- {key: Second, type: <dictionary>, subkeys: *id001}
- key: Third
  type: <array>
  subkeys:
  - {key: Item, type: <dictionary>, subkeys: *id001}
",
    );
    assert_has(
        &lines,
        &[
            "Example.first: Option<example::First>",
            "Example.second: Option<example::First>",
            "Example.third: Option<Vec<example::First>>",
        ],
    );
}

#[test]
fn two_dictionaries_with_the_same_hint_are_two_types() {
    let lines = example(
        "hints",
        "
- {key: Mail, type: <dictionary>, subkeytype: Account, subkeys: [{key: Host, type: <string>}]}
- {key: Chat, type: <dictionary>, subkeytype: Account, subkeys: [{key: Port, type: <integer>}]}
- {key: Alone, type: <dictionary>, subkeytype: code, subkeys: [{key: Code, type: <integer>}]}
",
    );
    assert_has(
        &lines,
        &[
            "Example.mail: Option<example::Mail>",
            "Example.chat: Option<example::Chat>",
            "Example.alone: Option<example::Code>",
            "example::Mail.host: Option<String>",
            "example::Chat.port: Option<i64>",
        ],
    );
}

#[test]
fn nested_names_that_collide_include_the_enclosing_names() {
    let lines = example(
        "collisions",
        "
- key: Incoming
  type: <dictionary>
  subkeys:
  - {key: Server, type: <dictionary>, subkeys: [{key: Host, type: <string>}]}
- key: Outgoing
  type: <dictionary>
  subkeys:
  - {key: Server, type: <dictionary>, subkeys: [{key: Port, type: <integer>}]}
- {key: Value, type: <dictionary>, subkeys: [{key: A, type: <string>}]}
- {key: Error, type: <string>, rangelist: [A, B]}
",
    );
    assert_has(
        &lines,
        &[
            "example::Incoming.server: Option<IncomingServer>",
            "example::Outgoing.server: Option<OutgoingServer>",
            // These are names that generated code uses.
            "Example.value: Option<example::Value2>",
            "Example.error: Option<example::Error2>",
        ],
    );
}

#[test]
fn request_and_response_have_separate_modules() {
    let command = "
title: Example Command
payload: {requesttype: Example}
payloadkeys:
- {key: Settings, type: <dictionary>, presence: required, subkeys: [{key: Wanted, type: <string>, presence: required}]}
responsekeys:
- {key: Settings, type: <dictionary>, presence: required, subkeys: [{key: Done, type: <boolean>, presence: required}]}
- {key: Example, type: <dictionary>, subkeys: [{key: State, type: <string>, rangelist: [On, Off]}]}
";
    let lines = names(
        &Fixture::new("response").with("mdm/commands/example.yaml", command),
        "commands.rs",
    );
    assert_eq!(
        lines,
        [
            "Example",
            "Example.settings: example::Settings",
            "Example::REQUEST_TYPE = \"Example\"",
            "Example::new(settings: example::Settings)",
            "ExampleResponse",
            // What a device writes is never required.
            "ExampleResponse.example: Option<example::response::Example>",
            "ExampleResponse.settings: Option<example::response::Settings>",
            "example::Settings",
            "example::Settings.wanted: String",
            "example::Settings::new(wanted: impl Into<String>)",
            "example::response::Example",
            "example::response::Example.state: Option<State>",
            "example::response::Settings",
            "example::response::Settings.done: Option<bool>",
            "example::response::State",
            "example::response::State::Off",
            "example::response::State::On",
            "example::response::State::Unrecognized(String)",
        ]
    );
}

#[test]
fn a_command_needs_neither_keys_nor_a_response() {
    let command = "title: Restart\npayload: {requesttype: RestartDevice}\n";
    let fixture = Fixture::new("bare_command").with("mdm/commands/restart.yaml", command);
    assert_eq!(
        names(&fixture, "commands.rs"),
        [
            "RestartDevice",
            "RestartDevice::REQUEST_TYPE = \"RestartDevice\"",
            "RestartDeviceResponse"
        ]
    );
    assert!(
        fixture
            .source("commands.rs")
            .contains("impl Default for RestartDevice {")
    );
}

#[test]
fn dictionaries_of_any_key_are_maps() {
    let lines = example(
        "maps",
        "
- {key: Texts, type: <dictionary>, subkeys: [{key: ANY, type: <string>}]}
- {key: Things, type: <dictionary>, subkeys: [{key: ANY thing, type: <any>}]}
- key: Domains
  type: <dictionary>
  subkeys:
  - key: ANY
    type: <dictionary>
    subkeytype: Domain
    subkeys:
    - {key: Forced, type: <boolean>}
- key: Mixed
  type: <dictionary>
  subkeys:
  - {key: default, type: <string>}
  - {key: ANY, type: <integer>}
",
    );
    assert_has(
        &lines,
        &[
            "Example.texts: Option<BTreeMap<String, String>>",
            "Example.things: Option<Dictionary>",
            "Example.domains: Option<BTreeMap<String, example::Domain>>",
            "example::Mixed.default: Option<String>",
        ],
    );
    assert!(!lines.iter().any(|line| line.contains("any")), "{lines:#?}");
}

#[test]
fn a_payload_of_any_keys_has_them_all_in_extra() {
    let fixture = Fixture::new("any_payload").payload("- {key: ANY, type: <any>}\n");
    assert_eq!(
        names(&fixture, "profiles.rs"),
        ["Example", "Example::PAYLOAD_TYPE = \"com.example\""]
    );
    let source = flat(&fixture);
    assert!(source.contains("&Key { kind: Kind::Any, ..Key::EMPTY }"), "{source}");
}

#[test]
fn the_overlay_can_declare_a_placeholder_that_is_not_called_any() {
    let fixture = Fixture::new("placeholder")
        .payload("- {key: Consent, type: <dictionary>, subkeys: [{key: Language, type: <string>}]}\n")
        .with(
            "overlay/mdm/profiles/example.yaml",
            "keys: {Consent.Language: {any: true, source: prose}}\n",
        );
    assert_has(
        &names(&fixture, "profiles.rs"),
        &["Example.consent: Option<BTreeMap<String, String>>"],
    );
}

#[test]
fn keys_that_are_not_identifiers_are_converted() {
    let words = "IDs: ids\nOAuth: oauth\nQoS: qos\ndNSName: dns_name\nPPPoE: pppoe\niOS: ios\nIPv4: ipv4\nVoIP: voip\nXAuth: xauth\n";
    for (index, (keys, fields)) in [
        ("Display Sleep Timer", "display_sleep_timer"),
        (
            "com.apple.EnergySaver.desktop.ACPower",
            "com_apple_energy_saver_desktop_ac_power",
        ),
        ("static-code", "static_code"),
        ("_Reasons", "reasons"),
        ("802.1X", "n802_1x"),
        ("type", "r#type"),
        ("self", "self_"),
        ("extra", "extra_2"),
        // Two that are one in snake case, in the order of the file.
        ("UserName,Username,userName", "user_name,username,user_name_2"),
        ("BundleIDs", "bundle_ids"),
        ("OAuthSignInURL", "oauth_sign_in_url"),
        ("QoSMarking", "qos_marking"),
        ("dNSName", "dns_name"),
        ("PPPoE", "pppoe"),
        ("iOSApp", "ios_app"),
        ("IPv4", "ipv4"),
        ("allowVoIP", "allow_voip"),
        ("XAuthName", "xauth_name"),
    ]
    .into_iter()
    .enumerate()
    {
        let yaml: String = keys
            .split(',')
            .map(|key| format!("- {{key: '{key}', type: <string>}}\n"))
            .collect();
        // A word that no key has is an error.
        let words: String = words
            .lines()
            .filter(|line| line.split_once(": ").is_some_and(|(word, _)| keys.contains(word)))
            .map(|line| format!("{line}\n"))
            .collect();
        let mut fixture = Fixture::new(&format!("odd_key_{index}")).payload(&yaml);
        if !words.is_empty() {
            fixture = fixture.with("overlay/words.yaml", &words);
        }
        let lines = names(&fixture, "profiles.rs");
        for field in fields.split(',') {
            assert_has(&lines, &[&format!("Example.{field}: Option<String>")]);
        }
        let source = flat(&fixture);
        for key in keys.split(',') {
            assert!(
                source.contains(&format!("name: \"{key}\", kind: Kind::String")),
                "{key}"
            );
        }
    }
}

/// Checks only the names. `compiles` compiles such code.
#[test]
fn no_two_tables_have_the_same_name() {
    let other = |name: &str, keys: &str| {
        format!("title: {name}\npayload: {{payloadtype: com.example.{name}}}\npayloadkeys:\n{keys}")
    };
    let list = |of: &str| {
        format!(
            "- {{key: List, type: <array>, subkeys: [{{key: {of}, type: <dictionary>, subkeys: [{{key: A, type: <string>}}]}}]}}\n"
        )
    };
    let fixture = Fixture::new("tables")
        .with("mdm/profiles/a.yaml", &other("Foo", &list("Item")))
        .with("mdm/profiles/b.yaml", &other("Bar", &list("Thing")));
    let source = fixture.source("profiles.rs");
    let (_, tables) = source.split_once("mod tables").unwrap();
    let mut tables: Vec<&str> = tables
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub static ")?.split(':').next())
        .collect();
    let count = tables.len();
    tables.sort_unstable();
    tables.dedup();
    assert!(count == tables.len() && count == 7, "{count} tables, {tables:?}");
}

#[test]
fn infinite_numbers_are_not_bounds() {
    let fixture = Fixture::new("endless").payload("- {key: A, type: <real>, range: {min: 0.5, max: .inf}}\n");
    assert_eq!(
        fixture.errors(),
        ["mdm/profiles/example.yaml: payloadkeys.A: `max` has the number .inf, which no document can hold"]
    );
}

#[test]
fn listed_texts_are_an_enum_with_a_variant_for_others() {
    for (index, (list, variants)) in [
        ("[System, User]", "System,User"),
        // Real values, hence the name of the variant for unknown ones.
        ("[Other, Unknown, None]", "Other,Unknown,None"),
        ("[Unrecognized]", "Unrecognized2"),
        ("['1.0', '1.3']", "V1_0,V1_3"),
        // Numbers where texts are meant.
        ("[1.3, 2]", "V1_3,V2"),
        ("['', 'A']", "Empty,A"),
        ("[Only]", "Only"),
        ("['-1', '+']", "V_1,Plus"),
        ("[com.apple.a, com-apple-a]", "ComAppleA,ComAppleA2"),
        ("[Self, '*']", "Self_,Sign"),
        ("['16:9', '50%', '10/100']", "V16_9,V50_,V10_100"),
    ]
    .into_iter()
    .enumerate()
    {
        let lines = example(
            &format!("values_{index}"),
            &format!("- {{key: Scope, type: <string>, rangelist: {list}}}\n"),
        );
        let mut expected: Vec<String> = variants.split(',').map(|v| format!("example::Scope::{v}")).collect();
        expected.push("example::Scope::Unrecognized(String)".to_owned());
        expected.sort();
        let found: Vec<String> = lines
            .iter()
            .filter(|line| line.starts_with("example::Scope::"))
            .cloned()
            .collect();
        assert_eq!(found, expected, "{list}");
        assert_has(&lines, &["Example.scope: Option<example::Scope>"]);
    }
}

#[test]
fn listed_numbers_are_checked_by_the_table() {
    let fixture = Fixture::new("numbers").payload(
        "
- {key: Level, type: <integer>, rangelist: [-1, 0, 5]}
- {key: Rate, type: <real>, rangelist: [0.5, 2]}
- {key: Least, type: <integer>, range: {min: -3}}
- {key: Span, type: <real>, range: {min: 0, max: 2.5}, default: 1}
",
    );
    assert_has(
        &names(&fixture, "profiles.rs"),
        &[
            "Example.level: Option<i64>",
            "Example.rate: Option<f64>",
            "Example.least: Option<i64>",
        ],
    );
    let source = flat(&fixture);
    for expected in [
        "value: Literal::Integer(-1)",
        "value: Literal::Integer(0)",
        "value: Literal::Integer(5)",
        "value: Literal::Real(0.5)",
        "value: Literal::Real(2.0)",
        "field: \"least\", details: Some( &KeyDetails { min: Some(Literal::Integer(-3)), ..KeyDetails::EMPTY }, )",
        "default: Some(Literal::Real(1.0)), details: Some( &KeyDetails { min: Some(Literal::Real(0.0)), max: Some(Literal::Real(2.5)),",
    ] {
        assert!(source.contains(expected), "{expected}\n{source}");
    }
}

#[test]
fn texts_with_subkeys_are_an_open_enum() {
    let fixture = Fixture::new("queries").payload(
        "
- key: Queries
  type: <array>
  subkeys:
  - key: QueriesItem
    type: <string>
    subkeys:
    - {key: UDID, type: <string>, content: The identifier.}
    - {key: Model, type: <string>, supportedOS: {iOS: {introduced: '12.0'}}}
- {key: Strict, type: <string>, rangelist: [A]}
",
    );
    assert_has(
        &names(&fixture, "profiles.rs"),
        &[
            "Example.queries: Option<Vec<example::QueriesItem>>",
            "example::QueriesItem::Udid",
            "example::QueriesItem::Model",
        ],
    );
    // Only `Strict` is closed.
    assert_eq!(fixture.source("profiles.rs").matches("closed: true").count(), 1);
}

#[test]
fn alternatives_are_an_enum_with_a_discriminator() {
    let lines = example(
        "alternatives",
        "
- key: Settings
  type: <array>
  presence: required
  subkeys:
  - key: Wallpaper
    type: <dictionary>
    subkeys:
    - {key: Item, type: <string>, presence: required, rangelist: [Wallpaper]}
    - {key: Image, type: <data>, presence: required}
  - key: VoiceRoaming
    type: <dictionary>
    subkeys:
    - {key: Item, type: <string>, presence: required, rangelist: [VoiceRoaming]}
    - {key: Enabled, type: <boolean>}
",
    );
    assert_eq!(
        lines,
        [
            "Example",
            "Example.settings: Vec<example::Settings>",
            "Example::new(settings: Vec<example::Settings>)",
            "example::Settings",
            "example::Settings::Unrecognized(Dictionary)",
            "example::Settings::VoiceRoaming(VoiceRoaming)",
            "example::Settings::Wallpaper(Wallpaper)",
            "example::VoiceRoaming",
            "example::VoiceRoaming.enabled: Option<bool>",
            "example::Wallpaper",
            "example::Wallpaper.image: Data",
            "example::Wallpaper::new(image: impl Into<Data>)",
        ]
    );
}

#[test]
fn files_of_a_payload_type_are_one_type_and_each_key_keeps_its_availability() {
    let file = |title: &str, system: &str, key: &str| {
        format!(
            "title: {title}\npayload: {{payloadtype: com.example.MCX, supportedOS: {{macOS: {{introduced: '{system}', \
             userchannel: true}}}}}}\npayloadkeys:\n- {{key: {key}, type: <string>}}\n"
        )
    };
    let fixture = Fixture::new("merged")
        .with("mdm/profiles/a.yaml", &file("First", "10.9", "One"))
        .with("mdm/profiles/b.yaml", &file("Second", "10.7", "Two"))
        .with(
            "overlay/names.yaml",
            "mdm/profiles/a.yaml: Both\nmdm/profiles/b.yaml: Both\n",
        );
    assert_eq!(
        names(&fixture, "profiles.rs"),
        [
            "Both",
            "Both.one: Option<String>",
            "Both.two: Option<String>",
            "Both::PAYLOAD_TYPE = \"com.example.MCX\""
        ]
    );
    let source: String = fixture
        .source("profiles.rs")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for expected in [
        "field: \"one\", support: &[ (Os::Macos, Fact::Introduced(Version(10, 9, 0))), (Os::Macos, Fact::UserChannel(true)), ]",
        "field: \"two\", support: &[ (Os::Macos, Fact::Introduced(Version(10, 7, 0))), (Os::Macos, Fact::UserChannel(true)), ]",
    ] {
        assert!(source.contains(expected), "{expected}\n{source}");
    }
}

#[test]
fn payloads_with_the_same_identifier_are_distinguished_by_a_key() {
    let file = |title: &str, key: &str| {
        format!("title: {title}\npayload: {{payloadtype: com.example.sso}}\npayloadkeys:\n{key}")
    };
    let fixture = Fixture::new("selector")
        .with(
            "mdm/profiles/plain.yaml",
            &file("Plain", "- {key: Identifier, type: <string>, presence: required}\n"),
        )
        .with(
            "mdm/profiles/special.yaml",
            &file(
                "Special",
                "- {key: Identifier, type: <string>, presence: required, rangelist: [com.example.one]}\n",
            ),
        );
    let (schema, overlay, _) = strict::read(fixture.root(), &fixture.root().join("overlay")).unwrap();
    let resolved = resolve::resolve(&schema, &overlay, false).unwrap();
    let selectors: Vec<_> = resolved
        .items
        .iter()
        .map(|item| (item.name.as_str(), item.selector.clone()))
        .collect();
    assert_eq!(
        selectors,
        [
            ("Plain", None),
            ("Special", Some(("Identifier".to_owned(), "com.example.one".to_owned()))),
        ]
    );
}

#[test]
fn files_without_an_identifier_are_named_after_their_title() {
    let fixture = Fixture::new("titles")
        .with(
            "mdm/errors/refused.yaml",
            "title: Refused Body\npayloadkeys:\n- {key: code, type: <string>}\n",
        )
        .with(
            "other/info.yaml",
            "title: 'Machine Info: All'\npayloadkeys:\n- {key: OS, type: <string>}\n",
        );
    assert_eq!(
        names(&fixture, "errors.rs"),
        ["RefusedBody", "RefusedBody.code: Option<String>"]
    );
    assert_eq!(
        names(&fixture, "other.rs"),
        ["MachineInfoAll", "MachineInfoAll.os: Option<String>"]
    );
}

#[test]
fn messages_from_devices_have_no_required_fields_and_no_field_for_their_type() {
    let message = "
title: Hello
payload: {requesttype: Hello}
payloadkeys:
- {key: MessageType, type: <string>, presence: required, rangelist: [Hello]}
- {key: UDID, type: <string>, presence: required}
";
    let fixture = Fixture::new("message").with("mdm/checkin/hello.yaml", message);
    assert_eq!(
        names(&fixture, "checkin.rs"),
        ["Hello", "Hello.udid: Option<String>", "Hello::MESSAGE_TYPE = \"Hello\""]
    );
}

#[test]
fn status_items_are_nested_by_the_dots_in_their_names() {
    let item = |name: &str, kind: &str| {
        format!(
            "title: Status {name}\npayload: {{statusitemtype: {name}}}\npayloadkeys:\n- {{key: {name}, type: <{kind}>, presence: required}}\n"
        )
    };
    let fixture = Fixture::new("status")
        .with("declarative/status/a.yaml", &item("device.id.serial-number", "string"))
        .with("declarative/status/b.yaml", &item("device.id.udid", "string"))
        .with("declarative/status/c.yaml", &item("mdm.shared", "boolean"));
    assert_has(
        &names(&fixture, "status.rs"),
        &[
            "StatusItems.device: status_items::Device",
            "StatusItems.mdm: status_items::Mdm",
            "status_items::Device.id: DeviceId",
            "status_items::DeviceId.serial_number: Option<String>",
            "status_items::DeviceId.udid: Option<String>",
            "status_items::Mdm.shared: Option<bool>",
            "MdmShared",
            "MdmShared::NAME = \"mdm.shared\"",
        ],
    );
}

#[test]
fn the_panes_of_setup_assistant_are_an_enum() {
    let panes = "
title: SkipKeys
payload: {payloadtype: SkipKeys}
payloadkeys:
- {key: AppleID, type: <string>, content: The account.}
- {key: OSShowcase, type: <string>}
";
    let lines = names(&Fixture::new("panes").with("other/skipkeys.yaml", panes), "other.rs");
    assert_has(
        &lines,
        &[
            "SkipKeys",
            "SkipKeys::AppleId",
            "SkipKeys::OsShowcase",
            "SkipKeys::Unrecognized(String)",
        ],
    );
}

#[test]
fn facts_that_the_overlay_adds_are_generated() {
    let fixture = Fixture::new("overlaid")
        .payload(
            "
- {key: Password, type: <string>, presence: required}
- {key: Timeout, type: <integer>, range: {min: 1, max: 5}, default: 9}
- {key: Open, type: <dictionary>, presence: required, subkeytype: OpenKeys}
- {key: Items, type: <array>, subkeys: [{key: Item, type: <dictionary>, subkeys: [{key: Name, type: <string>}]}]}
",
        )
        .with(
            "overlay/mdm/profiles/example.yaml",
            "
keys:
  Password: {secret: true, presence: optional, source: prose}
  Timeout: {range: {min: 1, max: 10}, source: prose}
  'Items[].Name': {content: What it is called., source: prose}
  Open.Token: {add: true, type: string, presence: required, content: What it says., source: prose}
  Items.Item.Kind: {add: true, type: string, rangelist: [A, B], source: examples}
",
        );
    let lines = names(&fixture, "profiles.rs");
    assert_has(
        &lines,
        &[
            "Example.password: Option<String>",
            "Example.open: example::OpenKeys",
            "example::OpenKeys.token: String",
            "example::Item.kind: Option<Kind>",
        ],
    );
    let source = fixture.source("profiles.rs");
    assert!(source.contains("secret: true"));
    assert!(source.contains("max: Some(Literal::Integer(10))"));
    assert!(source.contains("/// What it is called."));
}
