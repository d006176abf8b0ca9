//! `apple-mdm lint`: files, exit status, output for people.

use crate::folder::{Folder, GOOD, bad, misspelled};
use crate::program::{run, run_in};

#[test]
fn the_exit_status_distinguishes_errors_from_usage_errors() {
    let folder = Folder::new(&[
        ("good.mobileconfig", GOOD),
        ("bad.mobileconfig", &bad()),
        ("misspelled.mobileconfig", &misspelled()),
    ]);
    let broken = &GOOD[..GOOD.len() / 2];
    folder.add("broken.mobileconfig", broken.as_bytes());
    for (arguments, code) in [
        (vec!["lint", "good.mobileconfig"], 0),
        (vec!["lint", "bad.mobileconfig"], 1),
        (vec!["lint", "broken.mobileconfig"], 1),
        (vec!["lint", "misspelled.mobileconfig"], 0),
        (vec!["lint", "--strict", "misspelled.mobileconfig"], 1),
        (vec!["lint", "--strict", "good.mobileconfig"], 0),
        (vec!["lint", "--require-signature", "good.mobileconfig"], 1),
        (vec!["lint", "missing.mobileconfig"], 2),
        (vec!["lint", "good.mobileconfig", "missing.mobileconfig"], 2),
        (vec!["lint"], 2),
        (vec!["lint", "--format", "yaml", "good.mobileconfig"], 2),
        (vec!["lint", "--os", "beos", "good.mobileconfig"], 2),
        (vec!["lint", "--os-version", "15", "good.mobileconfig"], 2),
        (
            vec!["lint", "--os", "macos", "--os-version", "fifteen", "good.mobileconfig"],
            2,
        ),
        (vec!["lint", "--command", "DeviceInfo", "good.mobileconfig"], 2),
        (vec!["lint", "--command", "DeviceInformation", "good.mobileconfig"], 0),
        (vec!["lint", "--trust-roots", "missing.pem", "good.mobileconfig"], 2),
        (
            vec![
                "lint",
                "--os",
                "macos",
                "--os-version",
                "15.2",
                "--supervised",
                "--channel",
                "device",
                "--enrollment",
                "device",
                "good.mobileconfig",
            ],
            0,
        ),
        (vec!["lint", "--os", "tvos", "good.mobileconfig"], 1),
        (vec!["lint", "--os", "ios", "--shared-ipad", "good.mobileconfig"], 1),
        (vec!["frobnicate"], 2),
        (vec![], 2),
        (vec!["--help"], 0),
        (vec!["--version"], 0),
    ] {
        let ran = run_in(folder.path(), &arguments, b"");
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
    }
}

#[test]
fn findings_show_the_line_with_carets() {
    let folder = Folder::new(&[("bad.mobileconfig", &bad())]);
    let ran = run_in(folder.path(), &["lint", "bad.mobileconfig"], b"");
    assert!(ran.out.starts_with("error[wrong-type]: "), "{}", ran.out);
    assert!(
        ran.out
            .contains("  --> bad.mobileconfig:16:4  PayloadContent[0].RetriesUntilHint\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("\n16 |             <string>8</string>\n   |             ^^^^^^^^\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with("1 file: 1 error\n"), "{}", ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn colors_appear_only_where_wanted() {
    use std::process::Command;
    let folder = Folder::new(&[("bad.mobileconfig", &bad())]);
    let output = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_apple-mdm"));
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.args(["lint", "bad.mobileconfig"]).current_dir(folder.path());
        let output = command.envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains('\u{1b}')
    };
    assert!(!output(&[]));
    assert!(output(&[("CLICOLOR_FORCE", "1")]));
    assert!(!output(&[("NO_COLOR", "1")]));
}

#[test]
fn directories_are_searched_and_files_sorted_by_path() {
    let mut files: Vec<(String, String)> = (0..60)
        .map(|n| (format!("deep/{n:03}/x.mobileconfig"), bad()))
        .collect();
    files.push(("a.PLIST".into(), bad()));
    files.push(("z.json".into(), "{".into()));
    files.push(("readme.txt".into(), "ignored".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let folder = Folder::new(&files);
    let ran = run_in(
        folder.path(),
        &["lint", "--format", "json", "z.json", ".", "z.json"],
        b"",
    );
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let paths: Vec<&str> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths.len(), 63, "the same file under two names counts twice");
    assert!(paths.is_sorted(), "{paths:?}");
    for _ in 0..3 {
        let again = run_in(
            folder.path(),
            &["lint", "--format", "json", "z.json", ".", "z.json"],
            b"",
        );
        assert_eq!(again.out, ran.out);
    }
}

#[test]
fn standard_input_can_be_checked() {
    let ran = run_in(
        std::path::Path::new("."),
        &["lint", "--format", "json", "-"],
        bad().as_bytes(),
    );
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (ran.code, &json["files"][0]["path"], &json["files"][0]["kind"]),
        (1, &"-".into(), &"profile".into())
    );
}

#[test]
fn the_other_files_are_checked_if_one_cannot_be_opened() {
    let folder = Folder::new(&[("b.mobileconfig", &bad())]);
    let ran = run_in(
        folder.path(),
        &["lint", "a.mobileconfig", "b.mobileconfig", "c.mobileconfig"],
        b"",
    );
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("b.mobileconfig:16:4"), "{}", ran.out);
    assert!(
        ran.out.contains("1 file: 1 error; 2 could not be opened"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("cannot open a.mobileconfig") && ran.err.contains("cannot open c.mobileconfig"));
}

#[test]
fn documents_cannot_control_the_terminal() {
    let folder = Folder::new(&[(
        "x.mobileconfig",
        "<plist><dict><key>\u{1b}[31m</key>\u{1b}[2J</dict></plist>",
    )]);
    let ran = run_in(folder.path(), &["lint", "x.mobileconfig"], b"");
    assert!(!ran.out.contains('\u{1b}'), "{:?}", ran.out);
}

#[cfg(unix)]
#[test]
fn paths_that_are_not_utf8_are_accepted() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new(&[]);
    std::fs::create_dir_all(folder.path()).unwrap();
    // Some file systems reject such names.
    if std::fs::write(folder.path().join(OsStr::from_bytes(b"\xff.plist")), bad()).is_err() {
        return;
    }
    let ran = run_in(folder.path(), &["lint", "--format", "json", "."], b"");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["files"][0]["path"], "./\u{fffd}.plist");
}

#[test]
fn unknown_commands_get_a_suggestion() {
    let ran = run(&["lint", "--command", "DeviceInformtion", "-"]);
    assert!(ran.err.contains("did you mean `DeviceInformation`?"), "{}", ran.err);
}

#[test]
fn signed_profiles_are_opened_and_trusted_by_root() {
    let signed = "../tests/data/cms/p256.mobileconfig";
    let roots = |file: &str| run(&["lint", "--require-signature", "--trust-roots", file, signed]);
    assert!(run(&["lint", signed]).out.contains("no roots were given"));
    assert!(roots("../tests/data/cms/root.pem").out.contains("CN=Example Root"));
    assert_eq!(roots("../tests/data/cms/other-root.pem").code, 1);
    assert_eq!(roots("../README.md").code, 2);
}
