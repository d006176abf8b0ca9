//! `apple-mdm lint`: files, exit status, output for people.

use crate::folder::{Folder, GOOD, bad, misspelled};
use crate::program::{run, run_in};

#[test]
fn the_exit_status_distinguishes_errors_from_usage_errors() {
    let folder = Folder::new(&[
        ("good.mobileconfig", GOOD),
        ("bad.mobileconfig", &bad()),
        ("misspelled.mobileconfig", &misspelled()),
        ("not-a-profile.mobileconfig", INFO),
        ("info.plist", INFO),
        ("folder/info.plist", INFO),
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
        (
            vec!["lint", "--os", "ios", "--shared-ipad=false", "good.mobileconfig"],
            1,
        ),
        (
            vec!["lint", "--os", "macos", "--supervised=maybe", "good.mobileconfig"],
            2,
        ),
        (vec!["lint", "--supervised", "good.mobileconfig"], 2),
        (
            vec!["lint", "--os", "macos", "--rights", "8191", "good.mobileconfig"],
            0,
        ),
        (
            vec![
                "lint",
                "--os",
                "macos",
                "--rights",
                "AllowAnything",
                "good.mobileconfig",
            ],
            2,
        ),
        (
            vec!["lint", "--os", "macos", "--user-approved=true", "good.mobileconfig"],
            0,
        ),
        (
            vec!["lint", "--os", "macos", "--automated-enrollment", "good.mobileconfig"],
            0,
        ),
        (
            vec!["lint", "--os", "macos", "--manual-install", "good.mobileconfig"],
            0,
        ),
        (vec!["lint", "--as", "com.apple.credential.acme", "info.plist"], 1),
        (vec!["lint", "--as", "com.apple.credential.acne", "info.plist"], 2),
        (
            vec![
                "lint",
                "--as",
                "com.apple.credential.acme",
                "--as",
                "TopLevel",
                "info.plist",
            ],
            2,
        ),
        (vec!["lint", "not-a-profile.mobileconfig"], 1),
        (vec!["lint", "info.plist"], 0),
        (vec!["lint", "--strict", "info.plist"], 1),
        (vec!["lint", "--strict", "folder"], 0),
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
            .contains("\n16 |             <string>8</string>\n   |             ^^^^^^^^^^^^^^^^^^\n"),
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
    assert_eq!(paths.len(), 62, "a file counts once, however often it is named");
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

/// A property list that has nothing to do with device management.
const INFO: &str = "<plist version='1.0'><dict><key>CFBundleIdentifier</key><string>a</string></dict></plist>";

/// The findings of each file as code, severity and path.
fn findings(folder: &Folder, arguments: &[&str]) -> Vec<(String, Vec<[String; 3]>)> {
    let ran = run_in(folder.path(), &[&["lint", "--format", "json"], arguments].concat(), b"");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let of_file = |file: &serde_json::Value| {
        let findings = file["findings"].as_array().unwrap().iter();
        let findings = findings.map(|finding| ["code", "severity", "path"].map(|key| text(&finding[key])));
        (text(&file["path"]), findings.collect())
    };
    json["files"].as_array().unwrap().iter().map(of_file).collect()
}

#[test]
fn sets_of_documents_are_checked() {
    let declaration = |declaration_type: &str, identifier: &str, payload: &str| {
        format!(r#"{{"Type": "{declaration_type}", "Identifier": "{identifier}", "Payload": {payload}}}"#)
    };
    let activation = declaration(
        "com.apple.activation.simple",
        "activation",
        r#"{"StandardConfigurations": ["passcode"]}"#,
    );
    let passcode = declaration("com.apple.configuration.passcode.settings", "passcode", "{}");
    let folder = Folder::new(&[
        ("profiles/a.mobileconfig", GOOD),
        ("profiles/b.mobileconfig", GOOD),
        ("complete/activation.json", &activation),
        ("complete/z/passcode.json", &passcode),
        ("incomplete/activation.json", &activation),
    ]);
    let finding = |code: &str, path: &str| [code, "warning", path].map(str::to_owned);
    let reference = finding("bad-reference", "Payload.StandardConfigurations[0]");
    for (arguments, expected) in [
        (
            vec!["profiles/a.mobileconfig", "profiles/b.mobileconfig"],
            vec![vec![], vec![finding("unique", "PayloadIdentifier")]],
        ),
        (
            vec!["profiles/a.mobileconfig", "./profiles/a.mobileconfig"],
            vec![vec![]],
        ),
        (vec!["complete"], vec![vec![], vec![]]),
        (vec!["incomplete"], vec![vec![reference.clone()]]),
        // References lead to declarations in the same directory argument.
        (
            vec!["complete", "incomplete"],
            vec![vec![], vec![], vec![reference.clone()]],
        ),
        (
            vec!["."],
            vec![
                vec![],
                vec![],
                vec![finding("unique", "Identifier")],
                vec![],
                vec![finding("unique", "PayloadIdentifier")],
            ],
        ),
        (vec!["incomplete/activation.json"], vec![vec![]]),
    ] {
        let found: Vec<_> = findings(&folder, &arguments)
            .into_iter()
            .map(|(_, list)| list)
            .collect();
        assert_eq!(found, expected, "{arguments:?}");
    }
}

#[test]
fn placeholders_are_accepted_unless_documents_are_final() {
    let folder = Folder::new(&[(
        "a.plist",
        "<plist version='1.0'><dict><key>Command</key><dict><key>RequestType</key><string>DeviceLock</string>\
         <key>PIN</key><string>$PIN</string></dict><key>CommandUUID</key><string>1</string></dict></plist>",
    )]);
    let codes = |arguments: &[&str]| -> Vec<String> {
        let files = findings(&folder, arguments);
        files
            .into_iter()
            .flat_map(|(_, list)| list)
            .map(|[code, ..]| code)
            .collect()
    };
    assert_eq!(codes(&["a.plist"]), ["placeholder"]);
    assert_eq!(codes(&["--no-placeholders", "a.plist"]), ["length"]);
}

#[test]
fn an_incomplete_target_is_reported() {
    let folder = Folder::new(&[("a.mobileconfig", GOOD)]);
    let lint = |arguments: &[&str]| {
        run_in(
            folder.path(),
            &[&["lint"], arguments, &["a.mobileconfig"]].concat(),
            b"",
        )
        .out
    };
    let target = ["--os", "macos"];
    let complete = [
        "--os",
        "macos",
        "--os-version=15.0",
        "--channel=device",
        "--enrollment=device",
        "--supervised",
        "--automated-enrollment=false",
        "--user-approved",
        "--manual-install=false",
    ];
    assert!(lint(&target).contains("not everything was checked: the target does not specify --os-version"));
    assert_eq!(lint(&complete), "1 file: nothing found\n");
    assert_eq!(lint(&[]), "1 file: nothing found\n");
    for (arguments, is_complete) in [(&target[..], false), (&complete[..], true)] {
        let json = lint(&[&["--format", "json"], arguments].concat());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let unchecked = json["files"][0]["unchecked"].as_array().unwrap();
        assert_eq!(unchecked.is_empty(), is_complete, "{unchecked:?}");
    }
}

#[cfg(unix)]
#[test]
fn file_names_cannot_forge_output() {
    let names = [
        "a\n::error::forged.plist",
        "b\r::error::forged.plist",
        "c\u{1b}[2J.plist",
        "d\u{9b}31m.plist",
        "e##[error]forged.plist",
        "f\u{2028}::error::forged.plist",
        "g\u{202e}.plist",
    ];
    let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, "{")).collect();
    let folder = Folder::new(&files);
    let missing: Vec<String> = names.iter().map(|name| format!("missing-{name}")).collect();
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    let flags: Vec<String> = names.iter().map(|name| format!("--{name}")).collect();
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for format in ["human", "json", "sarif", "github"] {
        runs.push(vec!["lint", "--format", format, "."]);
        runs.push([&["lint", "--format", format, "."], &missing[..]].concat());
    }
    for name in &missing {
        runs.push(vec!["convert", "--to", "xml", name]);
        runs.push(vec!["explain", name]);
    }
    runs.extend(names.iter().map(|name| vec!["convert", "--to", "xml", name]));
    runs.extend(flags.iter().map(|flag| vec!["lint", flag]));
    for arguments in runs {
        let ran = run_in(folder.path(), &arguments, b"");
        let is_annotation = |line: &str| arguments.contains(&"github") && line.starts_with("::error file=");
        for line in ran.out.lines().chain(ran.err.lines()) {
            assert!(!line.contains(char::is_control), "{arguments:?}: {line:?}");
            assert!(!line.contains(['\u{2028}', '\u{202e}']), "{arguments:?}: {line:?}");
            assert!(!line.contains("##["), "{arguments:?}: {line:?}");
            assert!(
                !line.trim_start().starts_with("::") || is_annotation(line),
                "{arguments:?}: {line:?}"
            );
        }
        assert!(ran.code > 0, "{arguments:?}");
    }
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

#[test]
fn requirements_are_shown_per_document_and_need_no_target() {
    let profile = crate::folder::GOOD
        .replace("com.apple.loginwindow", "com.apple.mobiledevice.passwordpolicy")
        .replace(
            "<key>RetriesUntilHint</key>\n\t\t\t<integer>8</integer>",
            "<key>customRegex</key><dict><key>passwordContentRegex</key><string>a</string></dict>",
        );
    let folder = Folder::new(&[("a.mobileconfig", &profile), ("broken.plist", "<plist>")]);
    let ran = run_in(folder.path(), &["lint", "--requirements", "."], b"");
    for part in [
        "requirements of ./a.mobileconfig\n",
        "  macOS     14.0 or later\n",
        "    needs version 14.0 or later: com.apple.mobiledevice.passwordpolicy.customRegex\n",
        "    not available: com.apple.mobiledevice.passwordpolicy.customRegex\n",
        "  tvOS      not available\n",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(!ran.out.contains("requirements of ./broken"), "{}", ran.out);

    let ran = run_in(folder.path(), &["lint", "--requirements", "--format", "json", "."], b"");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let systems = json["files"][0]["requirements"].as_array().unwrap();
    let names: Vec<&str> = systems.iter().map(|system| system["os"].as_str().unwrap()).collect();
    assert_eq!(names, ["iOS", "macOS", "tvOS", "visionOS", "watchOS"]);
    assert_eq!(systems[0]["available"], "some");
    assert_eq!(systems[0]["unavailable"][0]["key"], "customRegex");
    assert_eq!(
        (&systems[1]["available"], &systems[1]["version"]),
        (&"all".into(), &"14.0".into())
    );
    assert_eq!(
        systems[1]["conditions"][0]["needs"],
        serde_json::json!({"version": "14.0"})
    );
    assert_eq!(
        systems[1]["conditions"][0]["parts"][0]["path"],
        "PayloadContent[0].customRegex"
    );
    assert_eq!(systems[2]["available"], "none");
    assert!(json["files"][1].get("requirements").is_none());

    let ran = run_in(
        folder.path(),
        &["lint", "--requirements", "--format", "sarif", "."],
        b"",
    );
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--format json"), "{}", ran.err);
}
