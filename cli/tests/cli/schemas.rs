//! `--schemas` with YAML files in Apple's format.

use serde_json::Value;

use crate::folder::{Folder, GOOD};
use crate::program::{Ran, run_in};

const AGENT: &str = "
title: Agent
description: Settings of the agent.
payload:
  payloadtype: com.example.agent
  supportedOS:
    macOS: { introduced: '14.0', multiple: true, userchannel: true }
payloadkeys:
- key: ServerURL
  type: <string>
  presence: required
  content: The server that the agent talks to.
- key: Mode
  type: <string>
  presence: optional
  rangelist: [ automatic, manual ]
- key: Minutes
  type: <integer>
  presence: optional
  range: { min: 5, max: 60 }
- key: Enrollment
  type: <string>
  presence: optional
- key: Nodes
  type: <array>
  presence: optional
  subkeys:
  - key: Node
    type: <dictionary>
    subkeys: &nodes
    - key: Name
      type: <string>
      presence: required
    - key: Children
      type: <array>
      presence: optional
      subkeys:
      - key: Node
        type: <dictionary>
        subkeys: *nodes
";

const OVERLAY: &str = "
keys:
  Enrollment: { secret: true }
rules:
- { kind: pattern, key: ServerURL, format: https-url, says: The server must be given by an https URL., source: content of ServerURL }
";

fn folder(keys: &str) -> Folder {
    let payload = GOOD
        .replace("com.apple.loginwindow", "com.example.agent")
        .replace("<key>RetriesUntilHint</key>", keys)
        .replace("<integer>8</integer>", "");
    Folder::new(&[
        ("vendor/mdm/profiles/com.example.agent.yaml", AGENT),
        ("vendor/overlay/mdm/profiles/com.example.agent.yaml", OVERLAY),
        ("a.mobileconfig", &payload),
    ])
}

fn lint(folder: &Folder, arguments: &[&str]) -> (Vec<String>, Ran) {
    let arguments = [
        &["lint", "--format", "json", "--schemas", "vendor", "a.mobileconfig"],
        arguments,
    ]
    .concat();
    let ran = run_in(folder.path(), &arguments, b"");
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let findings = json["files"][0]["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let [code, severity, path] = ["code", "severity", "path"].map(|key| finding[key].as_str().unwrap());
        format!(
            "{severity} {code} {}",
            path.strip_prefix("PayloadContent[0].").unwrap_or(path)
        )
    });
    (shown.collect(), ran)
}

#[test]
fn a_vendors_payload_is_checked_like_apples() {
    let url = "<key>ServerURL</key><string>https://example.com</string>";
    for (keys, expected) in [
        (url.to_owned(), None),
        (String::new(), Some("error missing-key ServerURL")),
        (
            "<key>ServerURL</key><string>http://example.com</string>".to_owned(),
            Some("error pattern ServerURL"),
        ),
        (
            format!("{url}<key>Mode</key><string>sometimes</string>"),
            Some("error not-allowed Mode"),
        ),
        (
            format!("{url}<key>Minutes</key><integer>4</integer>"),
            Some("error out-of-range Minutes"),
        ),
        (
            format!("{url}<key>Minuets</key><integer>5</integer>"),
            Some("warning unknown-key Minuets"),
        ),
        (
            format!(
                "{url}<key>Nodes</key><array><dict><key>Name</key><string>x</string><key>Children</key><array><dict/></array></dict></array>"
            ),
            Some("error missing-key Nodes[0].Children[0].Name"),
        ),
    ] {
        let (found, _) = lint(&folder(&keys), &[]);
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{keys}");
    }
}

#[test]
fn availability_and_secrets_are_known() {
    let secret = "correct-horse-battery";
    let folder = folder(&format!(
        "<key>ServerURL</key><string>https://example.com</string><key>Enrollment</key><array><string>{secret}</string></array>"
    ));
    let (found, ran) = lint(&folder, &["--os", "macos", "--os-version", "13.0"]);
    assert_eq!(found, ["error not-yet-available PayloadContent[0]"]);
    let (found, other) = lint(&folder, &[]);
    assert_eq!(found, ["error wrong-type Enrollment"]);
    assert!(!ran.out.contains(secret) && !other.out.contains(secret));
}

#[test]
fn errors_name_file_and_key() {
    let folder = folder("");
    folder.add(
        "vendor/mdm/profiles/com.example.agent.yaml",
        AGENT
            .replace("min: 5", "min: 500")
            .replace("presence: required", "presense: required")
            .as_bytes(),
    );
    let (found, ran) = lint(&folder, &[]);
    assert_eq!(ran.code, 2);
    assert_eq!(found, ["info unknown-item PayloadType"]);
    for part in [
        "vendor: mdm/profiles/com.example.agent.yaml: payloadkeys.ServerURL: unknown YAML key `presense`",
        "payloadkeys.Minutes",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
}

#[test]
fn yaml_files_elsewhere_are_a_usage_error() {
    let folder = folder("");
    folder.add("loose/com.example.agent.yaml", AGENT.as_bytes());
    let ran = run_in(folder.path(), &["lint", "--schemas", "loose", "a.mobileconfig"], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("in `mdm/profiles`"), "{}", ran.err);
}

#[test]
fn explain_and_list_show_the_item() {
    let folder = folder("");
    let ran = run_in(
        folder.path(),
        &["explain", "com.example.agent", "--schemas", "vendor"],
        b"",
    );
    for part in [
        "Agent: payload com.example.agent",
        "described in vendor/mdm/profiles/com.example.agent.yaml",
        "https URL",
        "Nodes[].Name",
    ] {
        assert!(ran.out.contains(part), "{part}: {ran:?}");
    }
    let ran = run_in(folder.path(), &["list", "--schemas", "vendor"], b"");
    assert!(ran.out.contains("com.example.agent  "), "{ran:?}");
}
