//! `apple-mdm convert`

use apple_mdm::Document;
use apple_mdm::profiles::Profile;
use apple_mdm::value::Value;

use crate::folder::{Folder, GOOD};
use crate::program::{Ran, run_in};

#[path = "../../../tests/shared/mod.rs"]
mod shared;

fn convert(to: &str, bytes: &[u8]) -> Ran {
    run_in(std::path::Path::new("."), &["convert", "--to", to, "-"], bytes)
}

#[test]
fn a_profile_survives_a_round_trip_through_all_formats() {
    let rich = GOOD.replace(
        "<key>PayloadDisplayName</key>",
        "<key>PayloadExpirationDate</key><date>2030-01-01T00:00:00Z</date><key>PayloadDisplayName</key>",
    );
    let before = Profile::from_slice(rich.as_bytes()).unwrap();
    let binary = convert("binary", rich.as_bytes());
    assert_eq!((binary.code, binary.err.as_str()), (0, ""));
    assert!(binary.bytes.starts_with(b"bplist00"));
    let json = convert("json", &binary.bytes);
    assert!(json.out.starts_with('{'), "{}", json.out);
    let xml = convert("xml", &json.bytes);
    assert_eq!(Profile::from_slice(&xml.bytes).unwrap(), before);
}

#[test]
fn json_keeps_data_of_known_keys_and_a_note_lists_the_others() {
    let command = b"<plist version='1.0'><dict><key>Command</key><dict>
        <key>RequestType</key><string>ClearPasscode</string>
        <key>UnlockToken</key><data>AAEC</data>
    </dict><key>CommandUUID</key><string>1</string></dict></plist>";
    let json = convert("json", command);
    assert_eq!((json.code, json.err.as_str()), (0, ""), "known");
    let xml = convert("xml", &json.bytes);
    assert!(xml.out.contains("<data>"), "{}", xml.out);
    assert_eq!(
        Value::from_slice(&xml.bytes).unwrap(),
        Value::from_slice(command).unwrap()
    );

    let other = b"<plist version='1.0'><dict><key>Something</key><data>AAEC</data></dict></plist>";
    let json = convert("json", other);
    assert_eq!(json.code, 0);
    assert!(json.err.contains("Something"), "{}", json.err);
}

#[test]
fn failed_conversions_write_no_file() {
    let folder = Folder::new(&[("null.json", "{\"a\": null}"), ("broken.plist", "<plist><dict>")]);
    for (arguments, code) in [
        (["convert", "--to", "xml", "-o", "out", "null.json"], 1),
        (["convert", "--to", "xml", "-o", "out", "broken.plist"], 1),
        (["convert", "--to", "xml", "-o", "out", "missing.plist"], 2),
        (["convert", "--to", "yaml", "-o", "out", "null.json"], 2),
        (["convert", "--to", "json", "-o", "no/such/folder", "null.json"], 2),
    ] {
        let ran = run_in(folder.path(), &arguments, b"");
        assert_eq!(ran.code, code, "{arguments:?} {}", ran.err);
        assert!(!ran.err.is_empty() && !folder.path().join("out").exists());
    }
}

#[test]
fn output_can_go_to_a_file() {
    let folder = Folder::new(&[("good.mobileconfig", GOOD)]);
    let ran = run_in(
        folder.path(),
        &[
            "convert",
            "--to",
            "binary",
            "-o",
            "out.mobileconfig",
            "good.mobileconfig",
        ],
        b"",
    );
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let written = std::fs::read(folder.path().join("out.mobileconfig")).unwrap();
    assert_eq!(
        Profile::from_slice(&written).unwrap(),
        Profile::from_slice(GOOD.as_bytes()).unwrap()
    );
}

#[test]
fn documents_in_the_wild_convert_to_binary() {
    // Each conversion starts a process, so test only some of the files.
    let files = shared::files("apple-examples");
    for (name, bytes) in files.iter().step_by(20) {
        if Value::from_slice(bytes).is_err() {
            continue;
        }
        let binary = convert("binary", bytes);
        assert_eq!(binary.code, 0, "{name}: {}", binary.err);
    }
}

#[test]
fn converting_a_signed_profile_removes_the_signature_with_a_note() {
    let ran = run_in(
        std::path::Path::new("."),
        &["convert", "--to", "xml", "../tests/data/cms/p256.mobileconfig"],
        b"",
    );
    assert!(ran.code == 0 && ran.out.starts_with("<?xml"), "{}", ran.err);
    assert!(ran.err.contains("it is signed"), "{}", ran.err);
}
