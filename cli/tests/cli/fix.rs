//! `--fix` and `--diff`: findings are fixed, and nothing else changes.

use std::fs;

use serde_json::{Value, json};

use crate::folder::{Folder, GOOD, bad, misspelled};
use crate::program::{Ran, run_in};

fn lint(folder: &Folder, arguments: &[&str]) -> Ran {
    run_in(folder.path(), &[&["lint"], arguments].concat(), b"")
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// A real number where an integer belongs, in line 16: a safe fix.
fn real() -> String {
    GOOD.replace("<integer>8</integer>", "<real>8</real>")
}

#[test]
fn safe_fixes_are_made_and_reported_and_the_rest_is_found() {
    let folder = Folder::new(&[
        ("real.mobileconfig", &real()),
        ("misspelled.mobileconfig", &misspelled()),
        (
            "good.mobileconfig",
            &GOOD
                .replace("com.example.login", "com.example.good")
                .replace("CDE", "CDF")
                .replace("82C3301", "82C3309"),
        ),
    ]);
    let ran = lint(&folder, &["."]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("   = fix: write it as an integer\n"), "{ran:?}");
    assert!(
        ran.out.contains("   = unsafe fix: rename it to `RetriesUntilHint`\n"),
        "{ran:?}"
    );
    assert!(
        ran.out
            .contains("\n1 can be fixed with --fix, and 1 more with --fix --unsafe-fixes\n3 files: "),
        "{ran:?}"
    );

    let ran = lint(&folder, &["--fix", "."]);
    assert!(
        ran.out.contains(
            "fixed[wrong-type] ./real.mobileconfig:16:4  PayloadContent[0].RetriesUntilHint: write it as an integer\n"
        ),
        "{ran:?}"
    );
    assert!(ran.out.ends_with("3 files: 1 warning; 1 fixed\n"), "{ran:?}");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(read(&folder, "real.mobileconfig"), GOOD);
    assert_eq!(read(&folder, "misspelled.mobileconfig"), misspelled());

    let ran = lint(&folder, &["--fix", "--unsafe-fixes", "--strict", "."]);
    assert!(ran.out.ends_with("3 files: nothing found; 1 fixed\n"), "{ran:?}");
    assert_eq!(ran.code, 0);
    let again = lint(&folder, &["--fix", "--unsafe-fixes", "."]);
    assert_eq!(again.out, "3 files: nothing found; 0 fixed\n");
}

#[test]
fn the_exit_status_is_that_of_what_remains() {
    let folder = Folder::new(&[("a.mobileconfig", &bad().replace("<integer>1</integer>", "<true/>"))]);
    let ran = lint(&folder, &["--fix", "a.mobileconfig"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.ends_with("1 file: 1 error; 2 fixed\n"), "{ran:?}");
    assert_eq!(read(&folder, "a.mobileconfig"), bad());
}

#[test]
fn json_describes_fixes() {
    let folder = Folder::new(&[("a.mobileconfig", &real()), ("b.mobileconfig", &bad())]);
    let findings = |ran: &Ran, file: usize| serde_json::from_slice::<Value>(&ran.bytes).unwrap()["files"][file].clone();
    let ran = lint(&folder, &["--format", "json", "."]);
    assert_eq!(
        findings(&ran, 0)["findings"][0]["fix"],
        json!({"title": "write it as an integer", "safe": true})
    );
    assert_eq!(
        findings(&ran, 1)["findings"][0]["fix"],
        json!({"title": "write it as an integer", "safe": false})
    );
    let ran = lint(&folder, &["--fix", "--format", "json", "."]);
    assert_eq!(
        findings(&ran, 0)["fixed"],
        json!([{
            "code": "wrong-type",
            "path": "PayloadContent[0].RetriesUntilHint",
            "line": 16,
            "column": 4,
            "fix": {"title": "write it as an integer", "safe": true}
        }])
    );
    assert_eq!(findings(&ran, 1)["fixed"], Value::Null);
}

#[test]
fn a_preview_is_a_patch_and_changes_nothing() {
    let crlf = real().replace('\n', "\r\n");
    let folder = Folder::new(&[("a.mobileconfig", &real()), ("b.mobileconfig", &misspelled())]);
    let ran = lint(&folder, &["--diff", "."]);
    assert_eq!(
        ran.out,
        "--- ./a.mobileconfig\n+++ ./a.mobileconfig\n@@ -13,7 +13,7 @@\n \t\t\t<key>PayloadVersion</key>\n \
         \t\t\t<integer>1</integer>\n \t\t\t<key>RetriesUntilHint</key>\n-\t\t\t<real>8</real>\n+\t\t\t<integer>8</integer>\n \
         \t\t</dict>\n \t</array>\n \t<key>PayloadDisplayName</key>\n"
    );
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (1, "note: 1 finding in 1 file would be fixed\n")
    );
    assert_eq!(read(&folder, "a.mobileconfig"), real());
    // Nothing that can be fixed safely.
    let ran = lint(&folder, &["--diff", "b.mobileconfig"]);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (0, "", "note: nothing would be fixed\n")
    );
    let ran = lint(&folder, &["--diff", "--unsafe-fixes", "b.mobileconfig"]);
    assert!(
        ran.out
            .contains("\n-\t\t\t<key>RetriesUntilHnit</key>\n+\t\t\t<key>RetriesUntilHint</key>\n"),
        "{ran:?}"
    );
    // Line ends are part of the lines.
    folder.add("c.mobileconfig", crlf.as_bytes());
    let ran = lint(&folder, &["--diff", "c.mobileconfig"]);
    assert!(
        ran.out
            .contains("\n-\t\t\t<real>8</real>\r\n+\t\t\t<integer>8</integer>\r\n"),
        "{ran:?}"
    );
    // Without a line end at the end.
    folder.add("d.mobileconfig", real().replace('\n', " ").trim_end().as_bytes());
    let ran = lint(&folder, &["--diff", "d.mobileconfig"]);
    assert!(ran.out.ends_with("</plist>\n\\ No newline at end of file\n"), "{ran:?}");
    let ran = lint(&folder, &["--diff", "missing.mobileconfig"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_preview_shows_no_secret() {
    let with = |keys: &str| {
        GOOD.replace("com.apple.loginwindow", "com.apple.wifi.managed")
            .replace("\t\t\t<key>RetriesUntilHint</key>\n\t\t\t<integer>8</integer>\n", keys)
    };
    // The secret is in the context of a change: it is left out, and the rest is a patch.
    let keys = "\t\t\t<key>SSID_STR</key>\n\t\t\t<string>corp</string>\n\t\t\t<key>AutoJoin</key>\n\t\t\t<integer>1</integer>\n\
                \t\t\t<key>Password</key>\n\t\t\t<string>Hunter2-Geheim</string>\n\t\t\t<key>EncryptionType</key>\n\t\t\t<string>Any</string>\n";
    let folder = Folder::new(&[("a.mobileconfig", &with(keys))]);
    let ran = lint(&folder, &["--diff", "a.mobileconfig"]);
    assert!(!ran.out.contains("Hunter2"), "{ran:?}");
    assert!(
        ran.out.ends_with(
            "@@ -15,5 +15,5 @@\n \t\t\t<key>SSID_STR</key>\n \t\t\t<string>corp</string>\n \t\t\t<key>AutoJoin</key>\n\
             -\t\t\t<integer>1</integer>\n+\t\t\t<true/>\n \t\t\t<key>Password</key>\n"
        ),
        "{ran:?}"
    );
    // The change is on the same line.
    let ran = lint(&folder, &["--fix", "a.mobileconfig"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let one_line: String = with(keys).lines().map(str::trim).collect();
    folder.add("b.mobileconfig", one_line.as_bytes());
    let ran = lint(&folder, &["--diff", "b.mobileconfig"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(
        ran.err,
        "note: b.mobileconfig:1: this change is not shown because the line may have a secret\n\
         note: 1 finding in 1 file would be fixed\n"
    );
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = Folder::new(&[]);
    fs::create_dir_all(folder.path()).unwrap();
    let fix = |arguments: &[&str], input: &str| {
        run_in(
            folder.path(),
            &[&["lint", "--fix"], arguments].concat(),
            input.as_bytes(),
        )
    };
    let ran = fix(&["-"], &real());
    assert_eq!((ran.code, ran.out.as_str()), (0, GOOD));
    assert!(ran.err.ends_with("1 file: nothing found; 1 fixed\n"), "{ran:?}");
    // Also if nothing is fixed.
    let ran = fix(&["-"], &bad());
    assert_eq!((ran.code, ran.out), (1, bad()));
    let ran = fix(&["-", "."], GOOD);
    assert_eq!((ran.code, ran.out.as_str()), (0, GOOD), "{ran:?}");
    let folder = Folder::new(&[("a.mobileconfig", GOOD)]);
    let ran = run_in(
        folder.path(),
        &["lint", "--fix", "-", "a.mobileconfig"],
        GOOD.as_bytes(),
    );
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err, "error: standard input cannot be fixed together with files\n");
    let ran = run_in(folder.path(), &["lint", "--diff", "-"], real().as_bytes());
    assert!(ran.out.starts_with("--- -\n+++ -\n"), "{ran:?}");
}

#[test]
fn what_cannot_be_fixed_is_left_as_it_is_with_a_note() {
    let folder = Folder::new(&[("a.mobileconfig", &misspelled())]);
    let ran = run_in(
        folder.path(),
        &["convert", "--to", "binary", "-o", "b.mobileconfig", "a.mobileconfig"],
        b"",
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let repeated = real().replace(
        "<key>PayloadDisplayName</key>",
        "<key>A</key><true/><key>A</key><true/><key>PayloadDisplayName</key>",
    );
    folder.add("c.mobileconfig", repeated.as_bytes());
    let before = fs::read(folder.path().join("b.mobileconfig")).unwrap();
    let ran = lint(&folder, &["--fix", "b.mobileconfig", "c.mobileconfig"]);
    assert_eq!(
        ran.err,
        "note: b.mobileconfig is a binary property list and left as it is\n\
         note: c.mobileconfig is left as it is: the key is repeated\n"
    );
    assert_eq!(fs::read(folder.path().join("b.mobileconfig")).unwrap(), before);
    assert_eq!(read(&folder, "c.mobileconfig"), repeated);
}

#[test]
fn only_what_is_reported_is_fixed() {
    let folder = Folder::new(&[
        ("a.mobileconfig", &real()),
        ("ignored.toml", "ignore = ['wrong-type']"),
        ("apple-mdm.toml", ""),
    ]);
    let ran = lint(&folder, &["--fix", "--config", "ignored.toml", "a.mobileconfig"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 file: nothing found; 0 fixed\n"));
    assert_eq!(read(&folder, "a.mobileconfig"), real());
    assert_eq!(lint(&folder, &["--write-baseline", "baseline.toml", "."]).code, 0);
    let ran = lint(&folder, &["--fix", "--baseline", "baseline.toml", "."]);
    assert_eq!(read(&folder, "a.mobileconfig"), real(), "{ran:?}");
    let comment = real().replace(
        "\t\t\t<key>RetriesUntilHint",
        "\t\t\t<!-- apple-mdm: ignore wrong-type -->\n\t\t\t<key>RetriesUntilHint",
    );
    folder.add("a.mobileconfig", comment.as_bytes());
    let ran = lint(&folder, &["--fix", "."]);
    assert_eq!(read(&folder, "a.mobileconfig"), comment, "{ran:?}");
    let ran = lint(&folder, &["--fix", "--write-baseline", "baseline.toml", "."]);
    assert_eq!(ran.code, 2);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new(&[
        ("real/a.mobileconfig", &real()),
        (
            "b.mobileconfig",
            &real()
                .replace("example.login", "example.b")
                .replace("82C3301", "82C3302"),
        ),
    ]);
    let target = folder.path().join("real/a.mobileconfig");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/a.mobileconfig", folder.path().join("link.mobileconfig")).unwrap();
    let ran = lint(&folder, &["--fix", "link.mobileconfig"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        fs::symlink_metadata(folder.path().join("link.mobileconfig"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(read(&folder, "real/a.mobileconfig"), GOOD);
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    // A file that must not be written is an error, and others are still fixed.
    let other = folder.path().join("b.mobileconfig");
    fs::set_permissions(&other, fs::Permissions::from_mode(0o444)).unwrap();
    folder.add(
        "c.mobileconfig",
        real()
            .replace("example.login", "example.c")
            .replace("82C3301", "82C3303")
            .as_bytes(),
    );
    let ran = lint(&folder, &["--fix", "b.mobileconfig", "c.mobileconfig"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "error: cannot write b.mobileconfig: permission denied\n")
    );
    assert!(!read(&folder, "c.mobileconfig").contains("<real>"));
}
