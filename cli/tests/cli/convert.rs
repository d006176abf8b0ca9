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
    assert!(
        json.err
            .contains("Something (the schema does not define this document)"),
        "{}",
        json.err
    );
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

#[test]
fn responses_keep_data_and_dates_if_their_command_is_known() {
    let response = |extra: &str| {
        format!(
            "<plist version='1.0'><dict><key>CommandUUID</key><string>1</string><key>Status</key>\
             <string>Acknowledged</string><key>UDID</key><string>00008020-000915083C80012E</string>{extra}\
             <key>CertificateList</key><array><dict><key>CommonName</key><string>a</string><key>Data</key>\
             <data>AAEC</data><key>IsIdentity</key><true/></dict></array></dict></plist>"
        )
    };
    let plain = response("");
    let named = response("<key>RequestType</key><string>CertificateList</string>");
    for (document, arguments, is_kept) in [
        (&plain, &["--command", "CertificateList"][..], true),
        (&plain, &[], false),
        (&named, &[], true),
    ] {
        let run = |to: &str, input: &[u8]| {
            let arguments = [&["convert", "--to", to], arguments, &["-"]].concat();
            run_in(std::path::Path::new("."), &arguments, input)
        };
        let json = run("json", document.as_bytes());
        assert_eq!(
            (json.code, json.err.contains("name it with --command")),
            (0, !is_kept),
            "{}",
            json.err
        );
        let xml = run("xml", &json.bytes);
        let is_equal = Value::from_slice(&xml.bytes).unwrap() == Value::from_slice(document.as_bytes()).unwrap();
        assert_eq!(is_equal, is_kept, "{}", xml.out);
    }
    let unknown = run_in(
        std::path::Path::new("."),
        &["convert", "--to", "xml", "--command", "CertificatesList", "-"],
        plain.as_bytes(),
    );
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("did you mean `CertificateList`?"),
        "{}",
        unknown.err
    );
}

#[test]
fn a_file_can_be_converted_in_place_and_is_unchanged_after_an_error() {
    let folder = Folder::new(&[("good.mobileconfig", GOOD), ("null.json", "{\"a\": null}")]);
    let in_place = |to: &str, name: &str| run_in(folder.path(), &["convert", "--to", to, "-o", name, name], b"").code;
    assert_eq!(in_place("binary", "good.mobileconfig"), 0);
    let bytes = std::fs::read(folder.path().join("good.mobileconfig")).unwrap();
    assert!(bytes.starts_with(b"bplist00"));
    assert_eq!(in_place("xml", "null.json"), 1);
    assert_eq!(
        std::fs::read(folder.path().join("null.json")).unwrap(),
        b"{\"a\": null}"
    );
    // No temporary file is left.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn replacing_a_file_keeps_its_permissions_and_links() {
    use std::fs::{metadata, set_permissions, symlink_metadata};
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new(&[("good.mobileconfig", GOOD), ("out", "old")]);
    let out = folder.path().join("out");
    let mut permissions = metadata(&out).unwrap().permissions();
    permissions.set_mode(0o640);
    set_permissions(&out, permissions).unwrap();
    symlink("out", folder.path().join("link")).unwrap();
    let convert = |to: &str| {
        run_in(
            folder.path(),
            &["convert", "--to", "xml", "-o", to, "good.mobileconfig"],
            b"",
        )
    };
    assert_eq!(convert("link").code, 0);
    assert_eq!(metadata(&out).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(symlink_metadata(folder.path().join("link")).unwrap().is_symlink());
    assert!(std::fs::read(&out).unwrap().starts_with(b"<?xml"));
    // A new file gets the permissions of any new file, and a device is written to.
    assert_eq!(convert("new").code, 0);
    let mode = |name: &str| metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("new"), mode("good.mobileconfig"));
    assert_eq!(convert("/dev/null").code, 0);
}

#[test]
fn placeholders_in_data_stay_in_xml_and_have_no_other_format() {
    let document = GOOD.replace(
        "<key>RetriesUntilHint</key>\n\t\t\t<integer>8</integer>",
        "<key>LoginwindowText</key><string>$TEXT</string><key>RetriesUntilHint</key><integer>${RETRIES}</integer>",
    );
    let xml = convert("xml", document.as_bytes());
    assert_eq!((xml.code, xml.err.as_str()), (0, ""));
    assert!(xml.out.contains("<integer>${RETRIES}</integer>"), "{}", xml.out);
    for format in ["binary", "json"] {
        let refused = convert(format, document.as_bytes());
        assert_eq!((refused.code, refused.bytes.len()), (1, 0));
        assert!(
            refused.err.contains("PayloadContent[0].RetriesUntilHint"),
            "{}",
            refused.err
        );
    }
}
