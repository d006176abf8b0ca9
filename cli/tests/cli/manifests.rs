//! Profile manifests: `--schemas` with property lists that describe other vendors' payloads.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::program::{Ran, run_in};

/// Writes JSON as a property list.
fn plist(value: &Value) -> String {
    fn element(value: &Value, out: &mut String) {
        match value {
            Value::String(text) => {
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                out.push_str(&format!("<string>{text}</string>"));
            }
            Value::Bool(flag) => out.push_str(&format!("<{flag}/>")),
            Value::Number(number) if number.is_f64() => out.push_str(&format!("<real>{number}</real>")),
            Value::Number(number) => out.push_str(&format!("<integer>{number}</integer>")),
            Value::Array(list) => {
                out.push_str("<array>");
                list.iter().for_each(|item| element(item, out));
                out.push_str("</array>");
            }
            Value::Object(entries) => {
                out.push_str("<dict>");
                for (key, value) in entries {
                    out.push_str(&format!("<key>{key}</key>\n"));
                    element(value, out);
                }
                out.push_str("</dict>\n");
            }
            Value::Null => out.push_str("<data></data>"),
        }
    }
    let mut out = "<plist version=\"1.0\">".to_owned();
    element(value, &mut out);
    out + "</plist>"
}

/// A manifest with these keys after those that all payloads have.
fn manifest(domain: &str, keys: Value) -> String {
    let common = ["PayloadDisplayName", "PayloadIdentifier", "PayloadType", "PayloadUUID"]
        .map(|name| json!({"pfm_name": name, "pfm_type": "string", "pfm_require": "always"}));
    let mut subkeys = common.to_vec();
    subkeys.push(json!({"pfm_name": "PayloadVersion", "pfm_type": "integer", "pfm_require": "always"}));
    subkeys.extend(keys.as_array().unwrap().iter().cloned());
    plist(&json!({
        "pfm_domain": domain,
        "pfm_title": "Example Browser",
        "pfm_description": "Settings of the browser",
        "pfm_format_version": 1,
        "pfm_platforms": ["macOS"],
        "pfm_targets": ["system", "user"],
        "pfm_unique": true,
        "pfm_subkeys": subkeys,
    }))
}

fn profile(payload_type: &str, settings: &Value) -> String {
    let mut payload = json!({
        "PayloadType": payload_type,
        "PayloadIdentifier": "com.example.profile.payload",
        "PayloadUUID": "24A9D6AC-9C34-45F3-B92F-88C4657204C9",
        "PayloadVersion": 1,
    });
    payload
        .as_object_mut()
        .unwrap()
        .extend(settings.as_object().unwrap().clone());
    plist(&json!({
        "PayloadContent": [payload],
        "PayloadType": "Configuration",
        "PayloadIdentifier": "com.example.profile",
        "PayloadUUID": "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
        "PayloadVersion": 1,
    }))
}

const BROWSER: &str = "com.example.browser";

fn folder(keys: Value, settings: &Value) -> Folder {
    Folder::new(&[
        ("schemas/com.example.browser.plist", &manifest(BROWSER, keys)),
        ("a.mobileconfig", &profile(BROWSER, settings)),
    ])
}

fn lint(folder: &Folder, arguments: &[&str]) -> (Vec<String>, Ran) {
    let arguments = [&["lint", "--format", "json", "a.mobileconfig"], arguments].concat();
    let ran = run_in(folder.path(), &arguments, b"");
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let findings = json["files"][0]["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let [code, severity, path] = ["code", "severity", "path"].map(|key| finding[key].as_str().unwrap());
        let path = path.strip_prefix("PayloadContent[0].").unwrap_or(path);
        format!("{severity} {code} {path}")
    });
    (shown.collect(), ran)
}

/// Returns `SEVERITY CODE PATH` of each finding about settings that these keys describe.
fn found(keys: Value, settings: Value) -> Vec<String> {
    lint(&folder(keys, &settings), &["--schemas", "schemas"]).0
}

#[test]
fn each_statement_about_a_key_is_checked() {
    let string = |name: &str| json!({"pfm_name": name, "pfm_type": "string"});
    let cases = [
        // The key, a correct value, a wrong one, and the finding.
        (string("Home"), json!("x"), json!(true), "error wrong-type Home"),
        (
            json!({"pfm_name": "Popups", "pfm_type": "integer", "pfm_range_list": [1, 2], "pfm_range_list_titles": ["Allow", "Block"]}),
            json!(2),
            json!(3),
            "warning not-allowed Popups",
        ),
        (
            json!({"pfm_name": "Level", "pfm_type": "string", "pfm_range_list": ["low", "high"]}),
            json!("low"),
            json!("Low"),
            "warning not-allowed Level",
        ),
        (
            json!({"pfm_name": "Size", "pfm_type": "integer", "pfm_range_min": "1", "pfm_range_max": 9}),
            json!(9),
            json!(10),
            "warning out-of-range Size",
        ),
        (
            json!({"pfm_name": "Version", "pfm_type": "string", "pfm_format": "^\\d+\\.\\d+$", "pfm_value_placeholder": "1.2"}),
            json!("10.0"),
            json!("ten"),
            "warning bad-format Version",
        ),
        (
            json!({"pfm_name": "Sites", "pfm_type": "array", "pfm_repetition_max": 1, "pfm_subkeys": [{"pfm_type": "string"}]}),
            json!(["a"]),
            json!(["a", "b"]),
            "warning wrong-count Sites",
        ),
        (
            json!({"pfm_name": "Sites", "pfm_type": "array", "pfm_subkeys": [{"pfm_name": "Site", "pfm_type": "string"}]}),
            json!(["a"]),
            json!([1]),
            "error wrong-type Sites[0]",
        ),
        (
            json!({"pfm_name": "Tiles", "pfm_type": "array", "pfm_subkeys": [
                {"pfm_hidden": "container", "pfm_type": "dictionary", "pfm_subkeys": [string("$type"), string("path")]}]}),
            json!([{"$type": "folder", "path": "/"}]),
            json!([{"$type": "folder", "paht": "/"}]),
            "warning unknown-key Tiles[0].paht",
        ),
        (
            json!({"pfm_name": "Window", "pfm_type": "dictionary", "pfm_subkeys": [
                {"pfm_name": "Title", "pfm_type": "string", "pfm_require": "always"}, string("Icon")]}),
            json!({"Title": "x"}),
            json!({"Icon": "x"}),
            "warning missing-key Window.Title",
        ),
        (
            json!({"pfm_name": "Tenants", "pfm_type": "dictionary", "pfm_subkeys": [string("{{key}}"),
                {"pfm_name": "{{value}}", "pfm_type": "integer"}]}),
            json!({"any": 1, "other": 2}),
            json!({"any": "x"}),
            "error wrong-type Tenants.any",
        ),
        (
            json!({"pfm_name": "Tenants", "pfm_type": "dictionary", "pfm_subkeys": [
                {"pfm_type": "dictionary", "pfm_subkeys": [string("{{key}}"), {"pfm_name": "{{value}}", "pfm_type": "boolean"}]}]}),
            json!({"any": true}),
            json!({"any": "x"}),
            "error wrong-type Tenants.any",
        ),
        (
            json!({"pfm_name": "Apps", "pfm_type": "dictionary", "pfm_subkeys": [
                {"pfm_name": "{{key}}", "pfm_type": "dictionary", "pfm_subkeys": [string("ID")]}]}),
            json!({"/Applications/A.app": {"ID": "x"}}),
            json!({"/Applications/A.app": {"ID": 1}}),
            "error wrong-type Apps[\"/Applications/A.app\"].ID",
        ),
        (
            json!({"pfm_name": "Data", "pfm_type": "data"}),
            Value::Null,
            json!("x"),
            "error wrong-type Data",
        ),
        (
            json!({"pfm_name": "Policy", "pfm_type": "integer", "pfm_type_input": "boolean"}),
            json!(1),
            json!(true),
            "error wrong-type Policy",
        ),
    ];
    for (key, correct, wrong, expected) in cases {
        let name = key["pfm_name"].as_str().unwrap().to_owned();
        let keys = json!([key]);
        assert!(
            found(keys.clone(), json!({&name: correct})).is_empty(),
            "{keys}: {correct}"
        );
        assert_eq!(
            found(keys.clone(), json!({&name: wrong})),
            [expected],
            "{keys}: {wrong}"
        );
    }
}

#[test]
fn misspelled_keys_are_warnings_and_other_unknown_ones_are_infos() {
    let keys = json!([{"pfm_name": "HomepageLocation", "pfm_type": "string"}]);
    assert_eq!(
        found(
            keys,
            json!({"HomepageLocatoin": "x", "HomepageLocation2": "x", "SomethingElse": 1})
        ),
        [
            "info unknown-key HomepageLocation2",
            "warning unknown-key HomepageLocatoin",
            "info unknown-key SomethingElse"
        ]
    );
}

#[test]
fn what_a_manifest_does_not_say_exactly_is_not_checked() {
    let cases = [
        // An editor offers the list, the application accepts more.
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_range_list": ["x"], "pfm_range_list_allow_custom_value": true}]),
            json!({"A": "y"}),
        ),
        // A placeholder of one server.
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_range_list": ["$SERIALNUMBER"]}]),
            json!({"A": "C02XK1JJJGH5"}),
        ),
        // The list lacks the default.
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_range_list": ["x"], "pfm_default": "y"}]),
            json!({"A": "y"}),
        ),
        // Two descriptions of one key, each for a certain use.
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_range_list": ["x"], "pfm_require": "always"},
                   {"pfm_name": "A", "pfm_type": "integer"}]),
            json!({"A": true}),
        ),
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_range_list": ["x"]},
                   {"pfm_name": "A", "pfm_type": "string", "pfm_range_list": ["y"]}]),
            json!({"A": "y"}),
        ),
        // A number of the other type.
        (json!([{"pfm_name": "A", "pfm_type": "real"}]), json!({"A": 1})),
        (json!([{"pfm_name": "A", "pfm_type": "integer"}]), json!({"A": 1.0})),
        // An expression that was copied from another key, and one that is not supported.
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_format": "^https?://.*", "pfm_value_placeholder": "ALWAYS"}]),
            json!({"A": "NEVER"}),
        ),
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_format": "^(?!x)"}]),
            json!({"A": "x"}),
        ),
        // Contradictions.
        (
            json!([{"pfm_name": "A", "pfm_type": "integer", "pfm_range_min": 5, "pfm_range_max": 1}]),
            json!({"A": 7}),
        ),
        (
            json!([{"pfm_name": "A", "pfm_type": "string", "pfm_range_list": [1, 2]}]),
            json!({"A": 1}),
        ),
        (
            json!([{"pfm_name": "A", "pfm_type": "strnig"}, {"pfm_name": "B"}]),
            json!({"A": 1, "B": true}),
        ),
        // Several elements: alternatives, or the keys of a dictionary that the manifest leaves out.
        (
            json!([{"pfm_name": "A", "pfm_type": "array", "pfm_subkeys": [{"pfm_name": "B", "pfm_type": "string"}, {"pfm_name": "C", "pfm_type": "integer"}]}]),
            json!({"A": [{"B": "x"}, true]}),
        ),
        // Required, but with a default, only for an editor, or only sometimes.
        (
            json!([{"pfm_name": "W", "pfm_type": "dictionary", "pfm_subkeys": [
                {"pfm_name": "A", "pfm_type": "string", "pfm_require": "always", "pfm_default": "x"},
                {"pfm_name": "PFC_SegmentedControl_0", "pfm_type": "string", "pfm_require": "always"},
                {"pfm_name": "B", "pfm_type": "string", "pfm_require": "push"},
                {"pfm_name": "C", "pfm_type": "string", "pfm_require": "always", "pfm_excluded": true},
                {"pfm_name": "D", "pfm_type": "string", "pfm_require": "always", "pfm_exclude": [
                    {"pfm_target_conditions": [{"pfm_target": "A", "pfm_present": false}]}]}]}]),
            json!({"W": {}}),
        ),
        // A key is present although an editor would hide it.
        (
            json!([{"pfm_name": "A", "pfm_type": "boolean"}, {"pfm_name": "B", "pfm_type": "string", "pfm_exclude": [
                {"pfm_target_conditions": [{"pfm_target": "A", "pfm_range_list": [false]}]}]}]),
            json!({"A": false, "B": "x"}),
        ),
    ];
    for (keys, settings) in cases {
        assert!(
            found(keys.clone(), settings.clone()).is_empty(),
            "{keys}: {settings}: {:?}",
            found(keys.clone(), settings.clone())
        );
    }
}

#[test]
fn conditions_require_keys() {
    let condition = |test: Value| {
        let mut condition = json!({"pfm_target": "Mode"});
        condition
            .as_object_mut()
            .unwrap()
            .extend(test.as_object().unwrap().clone());
        json!([{"pfm_require": "always", "pfm_target_conditions": [condition]}])
    };
    let keys = |conditionals: Value, exclude: Value| {
        json!([{"pfm_name": "W", "pfm_type": "dictionary", "pfm_subkeys": [
            {"pfm_name": "Mode", "pfm_type": "string"},
            {"pfm_name": "Server", "pfm_type": "string", "pfm_conditionals": conditionals, "pfm_exclude": exclude}]}])
    };
    let required = ["warning requires W.Server"];
    let none: [&str; 0] = [];
    let never = json!([{"pfm_target_conditions": [{"pfm_target": "Mode", "pfm_range_list": ["never"]}]}]);
    let unknown = json!([{"pfm_target_conditions": [{"pfm_target": "Other", "pfm_present": true}]}]);
    let is_manual = || condition(json!({"pfm_range_list": ["manual"]}));
    let cases = [
        (is_manual(), json!([]), json!({"Mode": "manual"}), &required[..]),
        (is_manual(), json!([]), json!({"Mode": "automatic"}), &none),
        (is_manual(), json!([]), json!({}), &none),
        (is_manual(), json!([]), json!({"Mode": "manual", "Server": "x"}), &none),
        (is_manual(), never.clone(), json!({"Mode": "manual"}), &required),
        (is_manual(), unknown, json!({"Mode": "manual"}), &none),
        (
            condition(json!({"pfm_n_range_list": ["none"]})),
            json!([]),
            json!({"Mode": "manual"}),
            &required,
        ),
        (
            condition(json!({"pfm_n_range_list": ["none"]})),
            json!([]),
            json!({}),
            &none,
        ),
        (
            condition(json!({"pfm_n_range_list": ["none"]})),
            never,
            json!({"Mode": "never"}),
            &none,
        ),
        (
            condition(json!({"pfm_present": true})),
            json!([]),
            json!({"Mode": "x"}),
            &required,
        ),
        (
            condition(json!({"pfm_present": false})),
            json!([]),
            json!({}),
            &required,
        ),
        // It is unclear how the two are combined.
        (
            condition(json!({"pfm_present": true, "pfm_range_list": ["x"]})),
            json!([]),
            json!({"Mode": "x"}),
            &none,
        ),
        (
            condition(json!({"pfm_contains_any": ["x"]})),
            json!([]),
            json!({"Mode": "x"}),
            &none,
        ),
        // Without `pfm_require`, nothing is required.
        (
            json!([{"pfm_target_conditions": [{"pfm_target": "Mode", "pfm_range_list": ["x"]}]}]),
            json!([]),
            json!({"Mode": "x"}),
            &none,
        ),
    ];
    for (conditionals, exclude, window, expected) in cases {
        let keys = keys(conditionals, exclude);
        assert_eq!(found(keys.clone(), json!({"W": window})), expected, "{keys}: {window}");
    }
}

#[test]
fn settings_of_one_application_can_be_in_several_profiles() {
    let keys = json!([{"pfm_name": "Server", "pfm_type": "string", "pfm_require": "always"}]);
    assert_eq!(found(keys, json!({})), ["info missing-key Server"]);
}

#[test]
fn secrets_are_not_shown() {
    let keys = json!([
        {"pfm_name": "Enrollment", "pfm_type": "string", "pfm_sensitive": true},
        {"pfm_name": "ClientSecret", "pfm_type": "integer"},
    ]);
    let secret = "correct-horse-battery";
    let folder = folder(
        keys,
        &json!({"Enrollment": [secret], "Enrolment": secret, "ClientSecret": secret}),
    );
    let (found, ran) = lint(&folder, &["--schemas", "schemas"]);
    assert_eq!(found.len(), 3, "{found:?}");
    let human = run_in(folder.path(), &["lint", "--schemas", "schemas", "a.mobileconfig"], b"");
    for text in [ran.out, ran.err, human.out, human.err] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn availability_is_checked_for_a_target() {
    let keys = json!([
        {"pfm_name": "New", "pfm_type": "string", "pfm_macos_min": "14.0"},
        {"pfm_name": "Old", "pfm_type": "string", "pfm_macos_deprecated": "10.11", "pfm_app_min": ""},
    ]);
    let folder = folder(keys, &json!({"New": "x", "Old": "x"}));
    let on = |os: &str, version: &str, channel: &str| {
        let target = [
            "--schemas",
            "schemas",
            "--os",
            os,
            "--os-version",
            version,
            "--channel",
            channel,
        ];
        lint(&folder, &target).0
    };
    for channel in ["device", "user"] {
        assert_eq!(
            on("macos", "13.0", channel),
            ["warning not-yet-available New", "warning deprecated Old"]
        );
        assert_eq!(on("macos", "14.0", channel), ["warning deprecated Old"]);
    }
    assert_eq!(on("ios", "18.0", "device").len(), 1);
}

#[test]
fn several_manifests_of_a_domain_are_combined() {
    let folder = Folder::new(&[
        (
            "schemas/one.plist",
            &manifest(
                BROWSER,
                json!([{"pfm_name": "A", "pfm_type": "string", "pfm_require": "always"}]),
            ),
        ),
        (
            "schemas/two.plist",
            &manifest(
                BROWSER,
                json!([{"pfm_name": "B", "pfm_type": "string", "pfm_require": "always"}]),
            ),
        ),
        ("a.mobileconfig", &profile(BROWSER, &json!({"B": 1}))),
    ]);
    assert_eq!(lint(&folder, &["--schemas", "schemas"]).0, ["error wrong-type B"]);
}

#[test]
fn other_files_are_skipped_and_apples_items_win() {
    let keys = json!([{"pfm_name": "SSID_STR", "pfm_type": "integer"}]);
    let folder = folder(json!([]), &json!({}));
    folder.add(
        "schemas/apple.plist",
        manifest("com.apple.wifi.managed", keys).as_bytes(),
    );
    folder.add("schemas/profile.plist", manifest("Configuration", json!([])).as_bytes());
    folder.add(
        "schemas/info.plist",
        b"<plist><dict><key>CFBundleName</key><string>x</string></dict></plist>",
    );
    folder.add("schemas/broken.plist", b"<plist><dict>");
    folder.add(
        "schemas/mentions.plist",
        b"<plist><array><string>pfm_domain</string></array></plist>",
    );
    folder.add("schemas/icon.png", b"pfm_");
    folder.add("schemas/.hidden/x.plist", b"<plist><dict><key>pfm_domain");
    let wifi = json!({"SSID_STR": "x", "EncryptionType": "None", "AutoJoin": true});
    folder.add("a.mobileconfig", profile("com.apple.wifi.managed", &wifi).as_bytes());
    let (found, ran) = lint(&folder, &["--schemas", "schemas"]);
    assert!(found.is_empty() && ran.code == 0, "{found:?}: {ran:?}");
    assert!(ran.err.contains(
        "apple.plist: not used, because Apple's schema already defines the payload `com.apple.wifi.managed`"
    ));
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn files_that_cannot_be_used_are_reported_and_the_others_are_used() {
    let many: Vec<Value> = (0..20_001)
        .map(|index| json!({"pfm_name": format!("K{index}"), "pfm_type": "string"}))
        .collect();
    let nested = (0..200).fold(
        json!({"pfm_name": "A", "pfm_type": "string"}),
        |inner, _| json!({"pfm_name": "A", "pfm_type": "dictionary", "pfm_subkeys": [inner]}),
    );
    let cases = [
        ("<plist><dict><key>pfm_domain</key>".to_owned(), "schemas/bad.plist: "),
        (plist(&json!({"pfm_title": "x"})), "bad.plist: `pfm_domain` is missing"),
        (
            plist(&json!({"pfm_domain": 1, "pfm_subkeys": []})),
            "bad.plist: pfm_domain: expected a string",
        ),
        (
            plist(&json!({"pfm_domain": "", "pfm_subkeys": []})),
            "bad.plist: pfm_domain: ",
        ),
        (
            plist(&json!({"pfm_domain": "x"})),
            "bad.plist: `pfm_subkeys` is missing",
        ),
        (
            plist(&json!({"pfm_domain": "x", "pfm_subkeys": {}})),
            "bad.plist: pfm_subkeys: expected an array",
        ),
        (
            manifest("x", json!(many)),
            "bad.plist: pfm_subkeys: more than 20000 keys",
        ),
        (manifest("x", json!([nested])), "bad.plist: "),
        (format!("pfm_{}", " ".repeat(9 << 20)), "bad.plist: larger than 8 MiB"),
    ];
    for (bad, message) in cases {
        let folder = folder(json!([{"pfm_name": "A", "pfm_type": "string"}]), &json!({"A": 1}));
        folder.add("schemas/bad.plist", bad.as_bytes());
        let (found, ran) = lint(&folder, &["--schemas", "schemas"]);
        assert_eq!(found, ["error wrong-type A"], "{message}");
        assert_eq!(ran.code, 2, "{message}");
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
    }
}

#[test]
fn the_last_of_repeated_keys_counts() {
    let keys = json!([{"pfm_name": "A", "pfm_type": "string"}]);
    let folder = folder(keys.clone(), &json!({"A": 1}));
    let repeated = manifest(BROWSER, keys).replace(
        "<key>pfm_type</key>",
        "<key>pfm_type</key><string>array</string><key>pfm_type</key>",
    );
    folder.add("schemas/com.example.browser.plist", repeated.as_bytes());
    let (found, ran) = lint(&folder, &["--schemas", "schemas"]);
    assert_eq!((found, ran.code), (vec!["error wrong-type A".to_owned()], 1));
    assert!(
        ran.err.contains("the key `pfm_type` is repeated; the last one counts"),
        "{}",
        ran.err
    );
}

#[test]
fn hostile_manifests_do_no_harm() {
    let strange = json!([
        1, "x", [], {}, {"pfm_name": 1}, {"pfm_name": "a\u{202e}b", "pfm_type": "string"},
        {"pfm_name": "A", "pfm_type": "string", "pfm_format": "(a{1000}){1000}", "pfm_range_list": "x"},
        {"pfm_name": "B", "pfm_type": "string", "pfm_format": "(((((((((((((((((((((((((((((((((((((((((((((((((((((((("},
        {"pfm_name": "C", "pfm_type": "integer", "pfm_range_min": "x", "pfm_range_max": 18_446_744_073_709_551_615_u64, "pfm_range_list": [18_446_744_073_709_551_615_u64]},
        {"pfm_name": "D", "pfm_type": "array", "pfm_subkeys": [1], "pfm_repetition_min": -1, "pfm_repetition_max": "x"},
        {"pfm_name": "E", "pfm_type": "dictionary", "pfm_subkeys": "x"},
        {"pfm_name": "F", "pfm_type": "dictionary", "pfm_subkeys": [1, {"pfm_name": "{{type}}"}, {"pfm_name": "{{value}}"}]},
        {"pfm_name": "G", "pfm_type": "string", "pfm_platforms": ["beos"], "pfm_macos_min": "ten", "pfm_conditionals": 1, "pfm_exclude": 1},
        {"pfm_name": "H", "pfm_type": "string", "pfm_conditionals": [1, {"pfm_require": "always", "pfm_target_conditions": [1]}]},
        {"pfm_name": "I\n::error::", "pfm_type": "string"},
    ]);
    let settings = json!({"A": "x", "B": "x", "C": 1, "D": [1], "E": {"x": 1}, "F": {"x": 1}, "G": "x", "H": "x"});
    let folder = folder(strange, &settings);
    let (found, ran) = lint(&folder, &["--schemas", "schemas"]);
    assert!(found.is_empty() && ran.code == 0, "{found:?}: {ran:?}");
    let ran = run_in(folder.path(), &["list", "profiles", "--schemas", "schemas"], b"");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.lines().all(|line| line.starts_with("note: ")), "{}", ran.err);
    assert!(
        ran.err
            .contains("com.example.browser.plist: A: `pfm_range_list` is no list of values; not checked")
    );
}

#[test]
fn explain_and_list_know_the_items() {
    let keys = json!([
        {"pfm_name": "Level", "pfm_type": "string", "pfm_description": "How much\n\u{1b}[31mis blocked.", "pfm_app_min": "8",
         "pfm_range_list": ["low", "high"], "pfm_default": "low"},
        {"pfm_name": "Tiles", "pfm_type": "array", "pfm_subkeys": [{"pfm_type": "dictionary", "pfm_subkeys": [
            {"pfm_name": "Path", "pfm_type": "string", "pfm_require": "always"}]}]},
    ]);
    let folder = folder(keys, &json!({}));
    let run = |arguments: &[&str]| {
        let ran = run_in(folder.path(), &[arguments, &["--schemas", "schemas"]].concat(), b"");
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.out
    };
    assert!(run(&["list", "profiles"]).contains("com.example.browser"));
    for name in [BROWSER, "COM.EXAMPLE.BROWSER", "Example Browser"] {
        let text = run(&["explain", name]);
        assert!(
            text.starts_with("Example Browser: payload com.example.browser\n"),
            "{text}"
        );
        assert!(
            text.contains("described in schemas/com.example.browser.plist"),
            "{text}"
        );
        assert!(
            text.contains("How much \\u{1b}[31mis blocked. (since version 8 of the application)"),
            "{text}"
        );
        assert!(text.contains("Tiles[].Path  string, required"), "{text}");
    }
    assert!(run(&["explain", "com.example.browser.Tiles.Path"]).contains("string, required"));
    let ran = run_in(folder.path(), &["explain", BROWSER], b"");
    assert_eq!(ran.code, 2);
}

#[test]
fn the_configuration_names_folders() {
    let folder = folder(json!([{"pfm_name": "A", "pfm_type": "string"}]), &json!({"A": 1}));
    folder.add("apple-mdm.toml", b"schemas = [\"schemas\"]\n");
    assert_eq!(lint(&folder, &[]).0, ["error wrong-type A"]);
    let ran = run_in(folder.path(), &["explain", "com.example.browser.A"], b"");
    assert_eq!(ran.code, 0, "{ran:?}");
    folder.add("apple-mdm.toml", b"schemas = [\"missing\"]\n");
    let ran = run_in(folder.path(), &["lint", "a.mobileconfig"], b"");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("missing"), "{}", ran.err);
}

#[test]
fn a_folder_without_schemas_is_a_usage_error() {
    let folder = folder(json!([]), &json!({}));
    folder.add("empty/readme.txt", b"x");
    let ran = run_in(folder.path(), &["lint", "--schemas", "empty", "a.mobileconfig"], b"");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("empty: no schemas: expected profile manifests"),
        "{}",
        ran.err
    );
}
