//! `apple-mdm.toml`: targets, codes, rules for paths, errors.

use serde_json::Value;

use crate::folder::{Folder, GOOD, bad, misspelled};
use crate::program::{Ran, run_in};

/// Runs `apple-mdm lint --format json` in a folder of the documents.
fn lint(folder: &Folder, below: &str, arguments: &[&str]) -> (Value, Ran) {
    let arguments = [&["lint", "--format", "json"], arguments].concat();
    let ran = run_in(&folder.path().join(below), &arguments, b"");
    let json = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    (json, ran)
}

/// The codes of the findings of each file.
fn codes(json: &Value) -> Vec<(&str, Vec<&str>)> {
    let files = json["files"].as_array().unwrap().iter();
    files
        .map(|file| {
            let findings = file["findings"].as_array().unwrap().iter();
            let codes = findings.map(|finding| finding["code"].as_str().unwrap()).collect();
            (file["path"].as_str().unwrap(), codes)
        })
        .collect()
}

const TARGETS: &str = r#"
[[target]]
name = "mac"
os = "macos"
os-version = 15.2
supervised = true

[[target]]
name = "ipad"
os = "ipados"
os-version = "18"
"#;

#[test]
fn a_finding_lists_the_targets_that_it_applies_to() {
    let folder = Folder::new(&[
        ("a.mobileconfig", GOOD),
        (
            "b.mobileconfig",
            &bad().replace("<string>Login window</string>", "<true/>"),
        ),
        ("apple-mdm.toml", TARGETS),
    ]);
    let (json, ran) = lint(&folder, "", &["."]);
    let targets = |file: usize| -> Vec<(&Value, &Value)> {
        let findings = json["files"][file]["findings"].as_array().unwrap().iter();
        findings
            .map(|finding| (&finding["code"], &finding["targets"]))
            .collect()
    };
    let [mac, ipad, both] = [vec!["mac"], vec!["ipad"], vec!["mac", "ipad"]].map(Value::from);
    assert_eq!(targets(0), [(&"not-available".into(), &ipad)]);
    // Keys of a payload that a target does not have are not checked for it.
    assert_eq!(
        targets(1),
        [
            (&"not-available".into(), &ipad),
            (&"wrong-type".into(), &mac),
            (&"wrong-type".into(), &both)
        ]
    );
    assert_eq!((&json["summary"]["errors"], ran.code), (&4.into(), 1));

    let human = run_in(folder.path(), &["lint", "b.mobileconfig"], b"").out;
    assert_eq!(human.matches("= targets: ipad\n").count(), 1, "{human}");
    assert_eq!(human.matches("= targets:").count(), 2, "{human}");

    // Flags replace the targets of the configuration.
    let (json, _) = lint(&folder, "", &["--os", "macos", "b.mobileconfig"]);
    assert_eq!(codes(&json), [("b.mobileconfig", vec!["wrong-type", "wrong-type"])]);
    assert_eq!(json["files"][0]["findings"][0]["targets"], Value::from(vec!["macOS"]));
}

#[test]
fn without_a_target_findings_list_none() {
    let folder = Folder::new(&[("b.mobileconfig", &bad())]);
    let (json, _) = lint(&folder, "", &["."]);
    assert_eq!(json["files"][0]["findings"][0]["targets"], Value::Array(Vec::new()));
}

#[test]
fn codes_are_selected_and_ignored() {
    let both = bad().replace("<key>PayloadDisplayName</key>", "<key>PayloadDisplayNaem</key>");
    let broken = &both[..both.len() / 2];
    for (configuration, arguments, expected) in [
        ("", "", &["wrong-type", "unknown-key"][..]),
        ("", "--ignore wrong-type", &["unknown-key"]),
        ("", "--ignore wrong-type,unknown-key", &[]),
        ("", "--ignore wrong-type --ignore unknown-key", &[]),
        ("", "--ignore all", &[]),
        ("", "--select wrong-type", &["wrong-type"]),
        ("", "--select wrong-type --ignore wrong-type", &[]),
        ("ignore = ['wrong-type']", "", &["unknown-key"]),
        ("ignore = 'wrong-type, unknown-key'", "", &[]),
        ("select = ['unknown-key']", "", &["unknown-key"]),
        // Flags replace the lists of the configuration.
        ("ignore = ['wrong-type']", "--ignore unknown-key", &["wrong-type"]),
        ("select = ['unknown-key']", "--select wrong-type", &["wrong-type"]),
        // Rules for paths add to what is ignored, and replace what is selected.
        (
            "ignore = ['wrong-type']\n[[per-path]]\npath = 'a.mobileconfig'\nignore = ['unknown-key']",
            "",
            &[],
        ),
        (
            "ignore = ['wrong-type']\n[[per-path]]\npath = 'a.mobileconfig'\nselect = ['wrong-type']",
            "",
            &["wrong-type"],
        ),
        (
            "[[per-path]]\npath = 'b.mobileconfig'\nignore = ['all']",
            "",
            &["wrong-type", "unknown-key"],
        ),
        (
            "[[per-path]]\npath = '*.mobileconfig'\nignore = ['all']",
            "--select wrong-type",
            &[],
        ),
    ] {
        let folder = Folder::new(&[("a.mobileconfig", &both), ("apple-mdm.toml", configuration)]);
        let arguments: Vec<&str> = arguments.split_whitespace().chain(["a.mobileconfig"]).collect();
        let (json, _) = lint(&folder, "", &arguments);
        assert_eq!(
            codes(&json),
            [("a.mobileconfig", expected.to_vec())],
            "{configuration} {arguments:?}"
        );
    }
    // A document that cannot be read is always reported, unless that is ignored by name.
    let folder = Folder::new(&[("a.mobileconfig", broken)]);
    for (arguments, status) in [(["--select", "wrong-type"], 1), (["--ignore", "syntax"], 0)] {
        let ran = lint(&folder, "", &[&arguments[..], &["a.mobileconfig"]].concat()).1;
        assert_eq!(ran.code, status, "{arguments:?}");
    }
}

#[test]
fn rules_apply_to_paths() {
    let configuration = format!(
        "exclude = ['vendor', '*.json']
        strict = true
        {TARGETS}
        [[per-path]]
        path = ['mac/**']
        targets = ['mac']
        [[per-path]]
        path = 'mac/old/*.mobileconfig'
        strict = false
        [[per-path]]
        path = 'responses'
        command = 'DeviceInformation'
        targets = []
        [[per-path]]
        path = 'acme.plist'
        as = 'com.apple.credential.acme'
        targets = []
        [[per-path]]
        path = 'signed/'
        require-signature = true
        targets = ['mac']
        [[per-path]]
        path = 'final'
        no-placeholders = true
        targets = ['mac']
        [[per-path]]
        path = 'templates'
        placeholders = ['@NAME@']
        targets = ['mac']
        "
    );
    let command = |pin: &str| {
        format!(
            "<plist version='1.0'><dict><key>Command</key><dict><key>RequestType</key><string>DeviceLock</string>\
             <key>PIN</key><string>{pin}</string></dict><key>CommandUUID</key><string>1</string></dict></plist>"
        )
    };
    let response = "<plist version='1.0'><dict><key>Status</key><string>Acknowledged</string><key>UDID</key>\
                    <string>1</string><key>QueryResponses</key><string>a</string></dict></plist>";
    let acme = "<plist version='1.0'><dict><key>Nothing</key><string>a</string></dict></plist>";
    let folder = Folder::new(&[
        ("apple-mdm.toml", configuration.as_str()),
        ("mac/a.mobileconfig", &misspelled()),
        (
            "mac/old/a.mobileconfig",
            &misspelled()
                .replace("com.example", "com.example.old")
                .replace("0305E8", "0305E9"),
        ),
        ("ipad/vendor/a.mobileconfig", &bad()),
        ("x.json", "{"),
        ("responses/a.plist", response),
        ("acme.plist", acme),
        (
            "signed/a.mobileconfig",
            &GOOD
                .replace("com.example", "com.example.signed")
                .replace("0305E8", "0305E7"),
        ),
        ("final/a.plist", &command("$PIN")),
        ("templates/a.plist", &command("@PIN@")),
        ("templates/b.plist", &command("$PIN")),
    ]);
    for below in ["", "mac/old"] {
        let argument = if below.is_empty() { "." } else { "../.." };
        let (json, ran) = lint(&folder, below, &[argument]);
        let found = codes(&json);
        let found: Vec<(&str, Vec<&str>)> = found
            .into_iter()
            .map(|(path, codes)| (path.trim_start_matches("../").trim_start_matches("./"), codes))
            .collect();
        let expected = [
            ("acme.plist", vec!["missing-key", "unknown-key"]),
            ("final/a.plist", vec!["length"]),
            ("mac/a.mobileconfig", vec!["unknown-key"]),
            ("mac/old/a.mobileconfig", vec!["unknown-key"]),
            ("responses/a.plist", vec!["wrong-type"]),
            ("signed/a.mobileconfig", vec!["signature"]),
            ("templates/a.plist", vec!["placeholder"]),
            ("templates/b.plist", vec!["length"]),
        ];
        let codes_only = |list: &[(&str, Vec<&str>)]| -> Vec<String> {
            list.iter()
                .map(|(path, codes)| {
                    let mut codes = codes.clone();
                    codes.sort_unstable();
                    codes.dedup();
                    format!("{path}: {}", codes.join(" "))
                })
                .collect()
        };
        assert_eq!(codes_only(&found), codes_only(&expected), "{ran:?}");
        let severity = |index: usize| json["files"][index]["findings"][0]["severity"].as_str().unwrap();
        assert_eq!((severity(2), severity(3)), ("error", "warning"));
    }
    let ran = run_in(folder.path(), &["lint", "x.json"], b"");
    assert!(
        ran.err.contains("x.json is not checked: the configuration excludes it"),
        "{ran:?}"
    );
}

#[test]
fn the_nearest_configuration_applies_unless_a_flag_names_another() {
    let folder = Folder::new(&[
        ("a/b/c/a.mobileconfig", &bad()),
        ("apple-mdm.toml", "ignore = ['unknown-key']"),
        ("a/apple-mdm.toml", "ignore = ['wrong-type']"),
        ("other.toml", ""),
    ]);
    let found = |below: &str, arguments: &[&str]| lint(&folder, below, arguments).1.code;
    assert_eq!(found("a/b/c", &["a.mobileconfig"]), 0);
    assert_eq!(found("a", &["b"]), 0);
    // The working folder counts, not that of the file.
    assert_eq!(found("", &["a"]), 1);
    assert_eq!(found("a", &["--config", "../other.toml", "b"]), 1);
    let ran = run_in(folder.path(), &["lint", "--config", "missing.toml", "a"], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot open missing.toml"), "{ran:?}");
}

#[test]
fn paths_are_relative_to_the_configuration() {
    let roots = include_bytes!("../../../tests/data/cms/root.pem");
    let signed = include_bytes!("../../../tests/data/cms/p256.mobileconfig");
    let folder = Folder::new(&[("settings/apple-mdm.toml", "trust-roots = 'root.pem'")]);
    folder.add("settings/root.pem", roots);
    folder.add("p256.mobileconfig", signed);
    let arguments = ["lint", "--config", "settings/apple-mdm.toml", "p256.mobileconfig"];
    let ran = run_in(folder.path(), &arguments, b"");
    assert!(ran.out.contains("CN=Example Root"), "{ran:?}");
}

#[test]
fn a_mistake_in_the_configuration_is_named_with_its_place() {
    let folder = Folder::new(&[("a.mobileconfig", GOOD)]);
    for (configuration, message) in [
        ("\n  ignroe = []", "2:3: unknown key `ignroe`; did you mean `ignore`?"),
        (
            "ignore = ['wrong-typ']",
            "1:11: `ignore`: there is no code `wrong-typ`; did you mean `wrong-type`?",
        ),
        (
            "strict = 'yes'",
            "1:10: `strict`: expected true or false, found a string",
        ),
        ("select = [1]", "1:11: `select`: expected a string, found an integer"),
        (
            "select = 1",
            "1:10: `select`: expected an array of strings, found an integer",
        ),
        (
            "os = 'macos'",
            "1:1: unknown key `os`; did you mean a key of `[[target]]`?",
        ),
        (
            "frobnicate = 1",
            "1:1: unknown key `frobnicate`; expected one of `target`, `per-path`",
        ),
        (
            "[[target]]\noss = 'macos'",
            "2:1: unknown key `oss`; did you mean `os`?",
        ),
        ("[[target]]\nname = 'a'", "1:1: the key `os` is missing"),
        ("[[target]]\nos = 'beos'", "2:6: `os`: `beos` is no operating system"),
        ("[[target]]\nos = 'ios'\nos-version = 'x'", "3:14: `os-version`: "),
        (
            "[[target]]\nos = 'ios'\nrights = 99999",
            "3:10: `rights`: 99999 is not a sum of access rights",
        ),
        (
            "[[target]]\nos = 'ios'\nchannel = 'both'",
            "3:11: `channel`: expected one of `device`, `user`, found `both`",
        ),
        (
            "[[target]]\nos = 'ios'\n[[target]]\nos = 'ios'",
            "3:1: two targets have the name `iOS`",
        ),
        (
            "[target]\nos = 'ios'",
            "1:1: `target`: expected an array of tables: write `[[target]]`",
        ),
        ("[[per-path]]\nignore = ['all']", "1:1: the key `path` is missing"),
        (
            "[[per-path]]\nglob = 'x'",
            "2:1: unknown key `glob`; did you mean `path`?",
        ),
        ("[[per-path]]\npath = 'a['", "2:8: `path`: not a valid glob"),
        (
            "[[per-path]]\npath = 'a'\ntargets = ['mac']",
            "3:12: `targets`: there is no target `mac`",
        ),
        (
            "exclude = ['/etc']",
            "1:12: `exclude`: expected a path relative to the folder of the configuration",
        ),
        (
            "as = 'Pascode'",
            "1:6: `as`: there is no such item; did you mean `Passcode`?",
        ),
        (
            "command = 'DeviceLok'",
            "1:11: `command`: there is no such command; did you mean `DeviceLock`?",
        ),
        (
            "placeholders = ['NAME']",
            "1:16: `placeholders`: `NAME` is not a placeholder pattern",
        ),
        (
            "placeholders = []\nno-placeholders = true",
            "2:19: `no-placeholders`: there are `placeholders`, too",
        ),
        ("trust-roots = 'missing.pem'", "1:15: `trust-roots`: cannot open "),
        (
            "format = 'xml'",
            "1:10: `format`: expected one of `human`, `json`, `sarif`, `github`",
        ),
        ("x = = 3", "1:5: "),
        ("ignore = ['\u{1b}[2J']", "1:"),
        (
            "ignore = [\"\\u001b[2J\"]",
            "1:11: `ignore`: there is no code `\\u{1b}[2J`",
        ),
    ] {
        folder.add("apple-mdm.toml", configuration.as_bytes());
        let ran = run_in(folder.path(), &["lint", "a.mobileconfig"], b"");
        assert_eq!(ran.code, 2, "{configuration}: {ran:?}");
        let expected = format!("error: apple-mdm.toml:{message}");
        assert!(ran.err.starts_with(&expected), "expected {expected}, found {}", ran.err);
        assert!(!ran.err.trim_end().contains(char::is_control), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
}

#[test]
fn findings_are_counted_by_code() {
    let folder = Folder::new(&[
        ("a.mobileconfig", &bad()),
        ("b.mobileconfig", &misspelled()),
        (
            "c.mobileconfig",
            &misspelled()
                .replace("com.example", "com.example.c")
                .replace("0305E8", "0305E9"),
        ),
    ]);
    let (json, _) = lint(&folder, "", &["--statistics", "."]);
    let expected = serde_json::json!({ "unknown-key": 2, "wrong-type": 1 });
    assert_eq!(json["summary"]["statistics"], expected);
    assert_eq!(lint(&folder, "", &["."]).0["summary"]["statistics"], Value::Null);
    let human = run_in(folder.path(), &["lint", "--statistics", "."], b"").out;
    assert!(
        human.ends_with("\n2  unknown-key\n1  wrong-type\n3 files: 1 error, 2 warnings\n"),
        "{human}"
    );
    let sarif = run_in(folder.path(), &["lint", "--statistics", "--format", "sarif", "."], b"").out;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["properties"]["statistics"], expected);
}
