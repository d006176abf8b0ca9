//! `--write-baseline` and `--baseline`: existing findings are not reported, new ones are.

use serde_json::{Value, json};

use crate::folder::{Folder, GOOD, bad, misspelled};
use crate::program::{Ran, run_in};

fn lint(folder: &Folder, arguments: &[&str]) -> Ran {
    run_in(folder.path(), &[&["lint"], arguments].concat(), b"")
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

/// Two files with one finding each, and a baseline of both.
fn with_baseline() -> Folder {
    let folder = Folder::new(&[
        ("profiles/a.mobileconfig", &bad()),
        ("profiles/b \"c\".mobileconfig", &misspelled()),
        ("profiles/good.mobileconfig", GOOD),
    ]);
    let ran = lint(&folder, &["--write-baseline", "baseline.toml", "."]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.out, "3 files: nothing found; 2 findings in the baseline\n");
    assert_eq!(ran.err, "note: wrote 2 findings to baseline.toml\n");
    folder
}

#[test]
fn a_baseline_has_no_lines_and_no_values() {
    assert_eq!(
        read(&with_baseline(), "baseline.toml"),
        "# Findings that `apple-mdm lint` does not report: how often each occurs, by file, code and key.\n\
         # `apple-mdm lint --write-baseline` writes this file.\n\
         version = 1\n\
         \n\
         [files.\"profiles/a.mobileconfig\"]\n\
         \"wrong-type PayloadContent[].RetriesUntilHint\" = 1\n\
         \n\
         [files.\"profiles/b \\\"c\\\".mobileconfig\"]\n\
         \"unknown-key PayloadContent[].RetriesUntilHnit\" = 1\n"
    );
}

#[test]
fn known_findings_are_silent_and_new_ones_are_not() {
    let folder = with_baseline();
    folder.add("apple-mdm.toml", b"baseline = 'baseline.toml'\nstrict = true");
    let ran = lint(&folder, &["profiles"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert_eq!(ran.out, "3 files: nothing found; 2 findings in the baseline\n");

    // The finding moves to another line, and its payload to another index.
    let payload = |number: usize, value: &str| {
        format!(
            "<dict><key>PayloadType</key><string>com.apple.applicationaccess</string><key>PayloadIdentifier</key>\
             <string>com.example.{number}</string><key>PayloadUUID</key>\
             <string>24A9D6AC-9C34-45F3-B92F-88C4657204B{number}</string><key>PayloadVersion</key><integer>1</integer>\
             <key>allowCamera</key>{value}</dict>\n\n"
        )
    };
    let moved = bad().replace("<array>", &format!("<array>{}", payload(1, "<true/>")));
    folder.add("profiles/a.mobileconfig", moved.as_bytes());
    assert_eq!(lint(&folder, &["profiles"]).code, 0);

    // Another finding with the same code, and the same one twice.
    let worse = bad().replace("<array>", &format!("<array>{}", payload(1, "<integer>1</integer>")));
    folder.add("profiles/a.mobileconfig", worse.as_bytes());
    let ran = lint(&folder, &["profiles"]);
    assert!(ran.out.contains("PayloadContent[0].allowCamera"), "{ran:?}");
    assert!(
        ran.out.ends_with("3 files: 1 error; 2 findings in the baseline\n"),
        "{ran:?}"
    );
    let (start, end) = (
        bad().find("<dict>\n\t\t\t<key>PayloadType").unwrap(),
        bad().find("\t</array>").unwrap(),
    );
    let own = bad()[start..end].to_owned();
    let second = own
        .replace("login.1", "login.2")
        .replace("7204C9", "7204C8")
        .replace("bad.1", "bad.2");
    let twice = bad().replace(&own, &format!("{own}{second}"));
    folder.add("profiles/a.mobileconfig", twice.as_bytes());
    let ran = lint(&folder, &["--select", "wrong-type", "profiles"]);
    assert!(ran.out.contains("PayloadContent[1].RetriesUntilHint"), "{ran:?}");
    assert!(
        ran.out.ends_with("3 files: 1 error; 1 finding in the baseline\n"),
        "{ran:?}"
    );
}

#[test]
fn entries_without_findings_are_reported() {
    let folder = with_baseline();
    let arguments = ["--baseline", "baseline.toml", "profiles"];
    folder.add(
        "profiles/a.mobileconfig",
        GOOD.replace("0305E8", "0305E9")
            .replace("com.example", "com.a")
            .as_bytes(),
    );
    let ran = lint(&folder, &arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        ran.err,
        "warning: baseline.toml: 1 entry has no finding any more; `--write-baseline baseline.toml` removes them\n\
         note: profiles/a.mobileconfig: wrong-type PayloadContent[].RetriesUntilHint\n"
    );
    assert_eq!(lint(&folder, &[&["--strict"][..], &arguments].concat()).code, 1);
    let ran = lint(&folder, &[&["--format", "json"][..], &arguments].concat());
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let stale = json!([{
        "path": "profiles/a.mobileconfig",
        "code": "wrong-type",
        "key": "PayloadContent[].RetriesUntilHint",
        "count": 1
    }]);
    assert_eq!(json["summary"]["baseline"], json!({"silenced": 1, "stale": stale}));
    // Findings that are not looked for are not missed, nor those of files that are not checked.
    for arguments in [
        ["--baseline", "baseline.toml", "--ignore", "wrong-type", "profiles"],
        [
            "--baseline",
            "baseline.toml",
            "--strict",
            "--no-placeholders",
            "profiles/good.mobileconfig",
        ],
    ] {
        assert_eq!(lint(&folder, &arguments).err, "", "{arguments:?}");
    }
    // A file that is gone is missed in any case.
    std::fs::remove_file(folder.path().join("profiles/a.mobileconfig")).unwrap();
    let ran = lint(&folder, &["--baseline", "baseline.toml", "profiles/good.mobileconfig"]);
    assert!(ran.err.contains("1 entry has no finding"), "{ran:?}");
}

#[test]
fn a_baseline_is_rewritten_for_the_files_that_are_checked() {
    let folder = with_baseline();
    let before = read(&folder, "baseline.toml");
    let write = |folder: &Folder, below: &str, path: &str| {
        let file = if below.is_empty() {
            "baseline.toml"
        } else {
            "../baseline.toml"
        };
        let ran = run_in(
            &folder.path().join(below),
            &["lint", "--write-baseline", file, path],
            b"",
        );
        assert_eq!(ran.code, 0, "{ran:?}");
        read(folder, "baseline.toml")
    };
    assert_eq!(write(&folder, "", "profiles/good.mobileconfig"), before);
    assert_eq!(write(&folder, "profiles", "."), before);
    folder.add(
        "profiles/a.mobileconfig",
        GOOD.replace("0305E8", "0305E9")
            .replace("com.example", "com.a")
            .as_bytes(),
    );
    assert_eq!(write(&folder, "", "profiles/good.mobileconfig"), before);
    let after = write(&folder, "profiles", "a.mobileconfig");
    assert!(
        !after.contains("a.mobileconfig\"]") && after.contains("unknown-key"),
        "{after}"
    );
    std::fs::remove_file(folder.path().join("profiles/b \"c\".mobileconfig")).unwrap();
    assert!(!write(&folder, "", "profiles/good.mobileconfig").contains("files"));
}

#[test]
fn a_file_that_is_not_a_baseline_is_neither_read_nor_overwritten() {
    let folder = Folder::new(&[
        ("a.mobileconfig", GOOD),
        ("x.toml", "version = 2"),
        ("y.toml", "version = 1\nfile = 1"),
    ]);
    for (arguments, message) in [
        (
            ["--write-baseline", "a.mobileconfig", "a.mobileconfig"],
            "a.mobileconfig:1:7: ",
        ),
        (
            ["--write-baseline", "x.toml", "a.mobileconfig"],
            "x.toml:1:1: expected a baseline",
        ),
        (
            ["--baseline", "x.toml", "a.mobileconfig"],
            "x.toml:1:1: expected a baseline",
        ),
        (
            ["--baseline", "y.toml", "a.mobileconfig"],
            "y.toml:2:1: unknown key `file`; did you mean `files`?",
        ),
        (
            ["--baseline", "missing.toml", "a.mobileconfig"],
            "cannot open the baseline missing.toml",
        ),
        (
            ["--write-baseline", "missing/x.toml", "a.mobileconfig"],
            "cannot write missing",
        ),
    ] {
        let ran = lint(&folder, &arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {message}")), "{ran:?}");
    }
    assert_eq!(read(&folder, "a.mobileconfig"), GOOD);
}

#[test]
fn a_secret_does_not_get_into_a_baseline() {
    let secret = "hunter2-hunter2";
    let folder = Folder::new(&[(
        "a.plist",
        &format!(
            "<plist version='1.0'><dict><key>Command</key><dict><key>RequestType</key><string>SetFirmwarePassword</string>\
             <key>NewPassword</key><dict><key>{secret}</key><string>{secret}</string></dict></dict>\
             <key>CommandUUID</key><string>1</string></dict></plist>"
        ),
    )]);
    lint(&folder, &["--write-baseline", "baseline.toml", "a.plist"]);
    let text = read(&folder, "baseline.toml");
    assert!(text.contains("wrong-type") && !text.contains(secret), "{text}");
}
