//! `apple-mdm diff`

use std::fs;
use std::path::Path;

use apple_mdm::Document;
use apple_mdm::schema::{self, Family};
use apple_mdm::value::Value;
use serde_json::{Value as Json, json};

use crate::folder::{Folder, GOOD};
use crate::program::{Ran, run, run_in};

const UUIDS: [&str; 3] = [
    "24A9D6AC-9C34-45F3-B92F-88C4657204C9",
    "24A9D6AC-9C34-45F3-B92F-88C4657204CA",
    "24A9D6AC-9C34-45F3-B92F-88C4657204CB",
];

/// Returns a payload with these keys.
fn payload(payload_type: &str, identifier: &str, uuid: &str, keys: &str) -> String {
    format!(
        "<dict><key>PayloadType</key><string>{payload_type}</string><key>PayloadIdentifier</key><string>{identifier}</string>
        <key>PayloadUUID</key><string>{uuid}</string><key>PayloadVersion</key><integer>1</integer>{keys}</dict>"
    )
}

fn profile(payloads: &[String]) -> String {
    format!(
        "<plist version=\"1.0\"><dict><key>PayloadType</key><string>Configuration</string>
        <key>PayloadIdentifier</key><string>com.example.office</string><key>PayloadVersion</key><integer>1</integer>
        <key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
        <key>PayloadContent</key><array>{}</array></dict></plist>",
        payloads.concat()
    )
}

fn wifi(keys: &str) -> String {
    payload("com.apple.wifi.managed", "com.example.office.wifi", UUIDS[0], keys)
}

/// Compares two documents in this format.
fn diff(format: &str, old: &str, new: &str) -> Ran {
    let folder = Folder::new(&[("old", old), ("new", new)]);
    run_in(folder.path(), &["diff", "--format", format, "old", "new"], b"")
}

/// Returns the changes between two documents as `KIND PATH`.
fn changes(old: &str, new: &str) -> Vec<String> {
    let ran = diff("json", old, new);
    assert!(ran.code < 2, "{}", ran.err);
    let output: Json = serde_json::from_str(&ran.out).unwrap();
    let documents = output["documents"].as_array().unwrap();
    assert_eq!(ran.code == 0, documents.is_empty());
    let text = |change: &Json, key: &str| change[key].as_str().unwrap().to_owned();
    let changes = documents
        .iter()
        .flat_map(|document| document["changes"].as_array().unwrap());
    changes
        .map(|change| format!("{} {}", text(change, "change"), text(change, "path")))
        .collect()
}

/// The description of the key that the first tests change.
fn retries_until_hint() -> &'static str {
    let item = schema::item(Family::Profile, "com.apple.loginwindow").unwrap();
    item.place("RetriesUntilHint").unwrap().key.description
}

#[test]
fn a_changed_key_is_shown_with_what_it_does() {
    let ran = diff(
        "human",
        GOOD,
        &GOOD.replace("<integer>8</integer>", "<integer>3</integer>"),
    );
    assert_eq!(ran.code, 1);
    let (head, description) = ran.out.split_once("8 → 3\n").unwrap();
    assert_eq!(
        head,
        "old → new: profile com.example.login
  PayloadContent[0]  com.apple.loginwindow (LoginWindow)
    ~ RetriesUntilHint: "
    );
    let words: Vec<&str> = description.split_whitespace().collect();
    assert_eq!(words.join(" "), format!("{} 1 difference", retries_until_hint()));
    let ran = diff("human", GOOD, GOOD);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (0, "no differences\n", "")
    );
}

#[test]
fn the_json_has_the_item_the_key_and_both_values() {
    let new = GOOD.replace("<integer>8</integer>", "<integer>3</integer>");
    let output: Json = serde_json::from_str(&diff("json", GOOD, &new).out).unwrap();
    let document = &output["documents"][0];
    assert_eq!(document["kind"], "profile");
    assert_eq!(document["identifier"], "com.example.login");
    assert_eq!(document["status"], "changed");
    let mut change = document["changes"][0].clone();
    let description = change.as_object_mut().unwrap().remove("description").unwrap();
    assert!(description.as_str().unwrap().contains("password hint"), "{description}");
    assert_eq!(
        document["changes"][0],
        json!({
            "change": "changed", "path": "PayloadContent[0].RetriesUntilHint", "item": "com.apple.loginwindow",
            "key": "RetriesUntilHint", "secret": false, "old": 8, "new": 3, "description": retries_until_hint(),
        })
    );
    assert_eq!(output["summary"], json!({"documents": 1, "different": 1, "changes": 1}));
}

#[test]
fn markdown_is_a_table() {
    let ran = diff("markdown", GOOD, &GOOD.replace("Login window", "Login | *window*"));
    assert_eq!(ran.code, 1);
    let row = ran.out.lines().last().unwrap();
    assert!(
        row.starts_with(r#"| changed | `PayloadDisplayName` | `"Login window"` | `"Login \| *window*"` | "#),
        "{row}"
    );
    assert_eq!(diff("markdown", GOOD, GOOD).out, "No differences.\n");
}

#[test]
fn formats_and_signatures_make_no_difference() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/cms");
    let plain = data.join("plain.mobileconfig");
    let folder = Folder::new(&[]);
    let value = Value::from_slice(&fs::read(&plain).unwrap()).unwrap();
    folder.add("binary", &value.to_binary().unwrap());
    let binary = folder.path().join("binary");
    for signed in ["p256.mobileconfig", "armoured.mobileconfig", "rsa-sha1.mobileconfig"].map(|name| data.join(name)) {
        for (old, new) in [(&plain, &signed), (&signed, &binary), (&binary, &plain)] {
            let ran = run(&["diff", old.to_str().unwrap(), new.to_str().unwrap()]);
            assert_eq!(
                (ran.code, ran.out.as_str(), ran.err.as_str()),
                (0, "no differences\n", "")
            );
        }
    }
}

#[test]
fn payloads_belong_together_by_identifier_uuid_and_content() {
    let passcode = |identifier: &str, uuid: &str, length: u32| {
        let keys = format!("<key>forcePIN</key><true/><key>minLength</key><integer>{length}</integer>");
        payload("com.apple.mobiledevice.passwordpolicy", identifier, uuid, &keys)
    };
    let two = |first: &str, second: &str| [passcode(first, UUIDS[1], 4), passcode(second, UUIDS[2], 6)];
    let old = profile(&[&[wifi("")][..], &two("a", "b")].concat());
    for (new, expected) in [
        // Another order.
        (
            profile(&[passcode("b", UUIDS[2], 6), wifi(""), passcode("a", UUIDS[1], 4)]),
            vec![],
        ),
        (
            profile(&[
                passcode("b", UUIDS[2], 7),
                passcode("a", UUIDS[1], 4),
                wifi("<key>AutoJoin</key><true/>"),
            ]),
            vec![
                "changed PayloadContent[0].minLength",
                "added PayloadContent[2].AutoJoin",
            ],
        ),
        // Other identifiers, the same UUIDs.
        (
            profile(&[&[wifi("")][..], &two("c", "d")].concat()),
            vec![
                "changed PayloadContent[1].PayloadIdentifier",
                "changed PayloadContent[2].PayloadIdentifier",
            ],
        ),
        // One is gone, another has a new type.
        (
            profile(&[
                wifi(""),
                passcode("a", UUIDS[1], 4),
                payload("com.example.agent", "x", UUIDS[0], "<key>A</key><true/>"),
            ]),
            vec![
                "added PayloadContent[2]",
                "added PayloadContent[2].A",
                "removed PayloadContent[2]",
                "removed PayloadContent[2].forcePIN",
                "removed PayloadContent[2].minLength",
            ],
        ),
    ] {
        assert_eq!(changes(&old, &new), expected, "{new}");
    }
}

#[test]
fn new_uuids_are_no_other_changes() {
    let certificate = |digit: &str| {
        let uuid = format!("24A9D6AC-9C34-45F3-B92F-88C46572040{digit}");
        let other = format!("24A9D6AC-9C34-45F3-B92F-88C46572050{digit}");
        let reference = format!(
            "<key>SSID_STR</key><string>Office</string><key>PayloadCertificateUUID</key><string>{other}</string>"
        );
        profile(&[
            payload(
                "com.apple.wifi.managed",
                &format!("com.apple.wifi.managed.{uuid}"),
                &uuid,
                &reference,
            ),
            payload(
                "com.apple.security.root",
                &format!("root.{other}.x"),
                &other,
                "<key>PayloadContent</key><data>AAEC</data>",
            ),
        ])
        .replace("0305E82C3301", &format!("0305E82C330{digit}"))
    };
    let found = changes(&certificate("1"), &certificate("2"));
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(
        found.iter().all(|change| change.starts_with("regenerated ")),
        "{found:?}"
    );

    // A reference to another payload is a change.
    let new = certificate("2").replacen("24A9D6AC-9C34-45F3-B92F-88C465720502", UUIDS[2], 1);
    let found = changes(&certificate("1"), &new);
    assert!(
        found.contains(&"changed PayloadContent[0].PayloadCertificateUUID".to_owned()),
        "{found:?}"
    );

    let ran = diff("human", &certificate("1"), &certificate("2"));
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("≈ 6 UUIDs, or values that contain one, are new"),
        "{}",
        ran.out
    );
}

#[test]
fn arrays_are_compared_whatever_their_order() {
    let declaration = |names: &str| {
        format!(r#"{{"Type": "com.apple.configuration.example", "Identifier": "a", "Payload": {{"Names": {names}}}}}"#)
    };
    for (old, new, expected) in [
        (r#"["a", "b"]"#, r#"["b", "a"]"#, vec!["reordered Payload.Names"]),
        (
            r#"["a", "b"]"#,
            r#"["b", "c", "c"]"#,
            vec![
                "added Payload.Names[1]",
                "added Payload.Names[2]",
                "removed Payload.Names[0]",
            ],
        ),
        (r#"["a", "a"]"#, r#"["a"]"#, vec!["removed Payload.Names[1]"]),
        (
            r#"[{"Name": "x", "On": true}, {"Name": "y", "On": true}]"#,
            r#"[{"Name": "y", "On": false}, {"Name": "x", "On": true}]"#,
            vec!["changed Payload.Names[0].On"],
        ),
        (
            r#"[{"Port": 1}]"#,
            r#"[{"Port": 2}]"#,
            vec!["changed Payload.Names[0].Port"],
        ),
        (
            r#"[[1, 2]]"#,
            r#"[[1, 3]]"#,
            vec!["added Payload.Names[0][1]", "removed Payload.Names[0][1]"],
        ),
        (r#"["a"]"#, r#"{"a": 1}"#, vec!["changed Payload.Names"]),
        ("1", "true", vec!["changed Payload.Names"]),
        ("{}", "[]", vec!["changed Payload.Names"]),
        ("{}", "{}", vec![]),
    ] {
        assert_eq!(changes(&declaration(old), &declaration(new)), expected, "{old} {new}");
    }
}

#[test]
fn secrets_are_not_shown_in_any_format() {
    let agent = |secret: &str| {
        let keys = format!(
            "<key>APIKey</key><string>{secret}</string><key>URL</key><string>https://x:{secret}@example.com</string>
            <key>Secrets</key><dict><key>{secret}</key><array><string>{secret}</string></array></dict>"
        );
        payload("com.example.agent", "agent", UUIDS[1], &keys)
    };
    let with = |secret: &str| {
        profile(&[
            wifi(&format!("<key>Password</key><string>{secret}</string>")),
            agent(secret),
        ])
    };
    let without = profile(&[wifi("")]);
    for (old, new) in [
        (with("Hunter2-A"), with("Hunter2-B")),
        (without.clone(), with("Hunter2-A")),
        (with("Hunter2-A"), without),
    ] {
        for format in ["human", "json", "markdown"] {
            let ran = diff(format, &old, &new);
            assert_eq!(ran.code, 1, "{}", ran.err);
            assert!(!ran.out.contains("Hunter2") && ran.out.contains("•••"), "{}", ran.out);
            assert!(ran.out.contains("Password"), "{}", ran.out);
        }
    }
    // A document that cannot be read.
    let ran = diff(
        "human",
        "<plist><dict><key>Password</key><Hunter2/></dict></plist>",
        GOOD,
    );
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("cannot be read at line 1") && !ran.err.contains("Hunter2"),
        "{}",
        ran.err
    );
}

#[test]
fn documents_in_folders_belong_together_by_path_and_identifier() {
    let declaration = |identifier: &str, length: u32| {
        format!(
            r#"{{"Type": "com.apple.configuration.passcode.settings", "Identifier": "{identifier}",
                "Payload": {{"MinimumLength": {length}}}}}"#
        )
    };
    let folder = Folder::new(&[
        ("old/same.mobileconfig", GOOD),
        ("old/moved.json", &declaration("moved", 8)),
        ("old/sub/changed.json", &declaration("changed", 8)),
        ("old/gone.json", &declaration("gone", 8)),
        ("old/package.json", r#"{"name": "x"}"#),
        ("new/same.mobileconfig", GOOD),
        ("new/sub/moved.json", &declaration("moved", 9)),
        ("new/sub/changed.json", &declaration("changed", 9)),
        ("new/added.json", &declaration("added", 8)),
        ("new/package.json", r#"{"name": "y"}"#),
    ]);
    let ran = run_in(folder.path(), &["diff", "--format", "json", "old", "new"], b"");
    assert_eq!(ran.code, 1, "{}", ran.err);
    let output: Json = serde_json::from_str(&ran.out).unwrap();
    let documents = output["documents"].as_array().unwrap().iter();
    let found: Vec<Json> = documents
        .map(|document| {
            json!([
                document["status"],
                document["old"],
                document["new"],
                document["changes"][0]["path"]
            ])
        })
        .collect();
    assert_eq!(
        found,
        [
            json!(["added", null, "added.json", null]),
            json!(["removed", "gone.json", null, null]),
            json!([
                "changed",
                "sub/changed.json",
                "sub/changed.json",
                "Payload.MinimumLength"
            ]),
            json!(["renamed", "moved.json", "sub/moved.json", "Payload.MinimumLength"]),
        ]
    );
    let human = run_in(folder.path(), &["diff", "old", "new"], b"").out;
    assert!(human.contains("gone.json: removed declaration gone\n"), "{human}");
    assert!(
        human.contains("moved.json → sub/moved.json: renamed declaration moved\n"),
        "{human}"
    );
    assert!(
        human.contains("Payload") && human.ends_with("5 documents: 4 with differences\n"),
        "{human}"
    );
    assert_eq!(
        run_in(folder.path(), &["diff", "old", "old"], b"").out,
        "4 documents: no differences\n"
    );

    // A file that cannot be read does not hide the others.
    folder.add("new/broken.json", b"{");
    let ran = run_in(folder.path(), &["diff", "old", "new"], b"");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("broken.json") && ran.out.contains("added.json"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn wrong_arguments_are_usage_errors() {
    let folder = Folder::new(&[("a.mobileconfig", GOOD), ("folder/a.mobileconfig", GOOD)]);
    for arguments in [
        &["diff", "a.mobileconfig"][..],
        &["diff", "a.mobileconfig", "folder"],
        &["diff", "a.mobileconfig", "missing"],
        &["diff", "-", "-"],
        &["diff", "--format", "xml", "a.mobileconfig", "a.mobileconfig"],
    ] {
        let ran = run_in(folder.path(), arguments, b"");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
    }
    let ran = run_in(folder.path(), &["diff", "-", "a.mobileconfig"], GOOD.as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, "no differences\n"));
}
