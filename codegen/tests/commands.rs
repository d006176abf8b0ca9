//! The command-line program for maintainers.

mod fixture;

use std::path::Path;
use std::process::{Command, Output};

use fixture::{Fixture, payload};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_apple-mdm-codegen");
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn wrong_usage_exits_with_2_and_explains_the_error() {
    let folder = Fixture::new("usage");
    for (arguments, what) in [
        (&[][..], "a command is missing"),
        (&["paint"], "unknown command `paint`"),
        (&["import"], "1 folder(s) expected, found 0"),
        (&["import", "a"], "there is no folder `schemas` here"),
        (&["import", "a", "--colour", "b"], "unknown option `--colour`"),
        (&["import", ".", "--schemas", "."], "cannot be imported into itself"),
        (&["generate", "--out"], "`--out` needs a folder"),
        (&["generate", "--out", "a", "--out", "b"], "`--out` is given twice"),
        (&["diff", "a"], "2 folder(s) expected, found 1"),
    ] {
        let output = run(folder.root(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = text(&output.stderr);
        assert!(
            message.contains(what) && message.contains("Usage:"),
            "{arguments:?}: {message}"
        );
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    let help = run(folder.root(), &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).starts_with("Usage:"));
    for command in ["import", "generate", "diff"] {
        let help = run(folder.root(), &[command, "--help"]);
        assert_eq!(help.status.code(), Some(0), "{command}");
        let usage = text(&help.stdout);
        let start = format!("Usage:\n  apple-mdm-codegen {command} ");
        assert!(usage.starts_with(&start), "{usage}");
        assert_eq!(usage.matches("apple-mdm-codegen ").count(), 1, "{usage}");
    }
}

#[test]
fn failures_exit_with_1_and_name_the_file() {
    let folder = Fixture::new("failures").with("bad/mdm/profiles/a.yaml", "a: [");
    for arguments in [
        &["import", "bad", "--schemas", "to"][..],
        &["generate", "--out", "out", "--schemas", "bad"],
        &["generate", "--schemas", "bad"],
        &["diff", "bad", "bad"],
    ] {
        let output = run(folder.root(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(
            text(&output.stderr).contains("mdm/profiles/a.yaml: "),
            "{}",
            text(&output.stderr)
        );
    }
    let missing = run(folder.root(), &["diff", "nowhere", "bad"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).starts_with("error: nowhere: no folder `mdm`, `declarative` or `other`"));
}

#[test]
fn import_generate_and_diff_work_together() {
    let key = "- {key: A, type: <string>, content: x}\n";
    let folder = Fixture::new("together")
        .with("v1/mdm/profiles/a.yaml", &payload(key))
        .with(
            "v2/mdm/profiles/a.yaml",
            &payload(&format!("{key}- {{key: B, type: <string>}}\n")),
        )
        .with("schemas/overlay/names.yaml", "mdm/profiles/a.yaml: Example\n");
    let imported = run(folder.root(), &["import", "v1"]);
    assert_eq!(imported.status.code(), Some(0), "{}", text(&imported.stderr));
    let report = text(&imported.stdout);
    assert!(
        report.ends_with("2 new, 0 gone, 0 changed, 2 undescribed; 1 files written, 0 removed\n"),
        "{report}"
    );

    let generated = run(folder.root(), &["generate", "--out=out"]);
    assert_eq!(generated.status.code(), Some(0), "{}", text(&generated.stderr));
    let source = std::fs::read_to_string(folder.root().join("out/profiles.rs")).unwrap();
    assert!(source.contains("pub struct Example {"));
    // Another folder is generated with the overlay of `schemas`.
    let generated = run(folder.root(), &["generate", "--out", "out2", "--schemas", "v2"]);
    assert_eq!(generated.status.code(), Some(0), "{}", text(&generated.stderr));
    assert!(
        std::fs::read_to_string(folder.root().join("out2/profiles.rs"))
            .unwrap()
            .contains("pub b: Option<String>")
    );

    let diff = run(folder.root(), &["diff", "v1", "v2"]);
    assert_eq!(diff.status.code(), Some(0));
    assert!(text(&diff.stdout).contains("- `B`: new"), "{}", text(&diff.stdout));
}

#[test]
fn diff_describes_the_changes_for_release_notes() {
    let before = "
title: Example Settings
payload: {payloadtype: com.example, supportedOS: {iOS: {introduced: '10.0'}, macOS: {introduced: n/a}}}
payloadkeys:
- {key: Gone, type: <dictionary>, subkeys: [{key: Within, type: <string>}]}
- {key: Kept, type: <string>, rangelist: [A, B]}
- {key: First, type: <dictionary>, subkeys: &id001 [{key: Level, type: <integer>, supportedOS: {macOS: {introduced: '15.0'}}}]}
- {key: Second, type: <dictionary>, subkeys: *id001}
responsekeys:
- {key: Answer, type: <string>}
";
    let after = "
title: Example Settings
payload: {payloadtype: com.example, supportedOS: {iOS: {introduced: '10.0', deprecated: '26.0'}, macOS: {introduced: '15.0'}}}
payloadkeys:
- {key: New, type: <dictionary>, presence: required, supportedOS: {iOS: {introduced: '26.0'}}, subkeys: [{key: Inner, type: <string>}]}
- {key: Kept, type: <string>, rangelist: [B, C], presence: required}
- {key: First, type: <dictionary>, subkeys: &id001 [{key: Level, type: <integer>, supportedOS: {macOS: {introduced: '15.2'}}}]}
- {key: Second, type: <dictionary>, subkeys: *id001}
responsekeys:
- {key: Answer, type: <integer>}
";
    let folder = Fixture::new("diff")
        .with("v1/RELEASE.yaml", "name: OS 1.0\n")
        .with("v1/mdm/profiles/a.yaml", before)
        .with(
            "v1/mdm/commands/old.yaml",
            "title: Old Command\npayload: {requesttype: Old}\n",
        )
        .with("v2/RELEASE.yaml", "name: OS 2.0\n")
        .with("v2/mdm/profiles/a.yaml", after)
        .with(
            "v2/declarative/status/new.yaml",
            "title: New Item\npayload: {statusitemtype: a.new}\n",
        );
    let output = run(folder.root(), &["diff", "v1", "v2"]);
    let expected = "\
# Changes of the schema from OS 1.0 to OS 2.0

## New

- Status item `a.new` (New Item) (`declarative/status/new.yaml`)

## Gone

- Command `Old` (Old Command) (`mdm/commands/old.yaml`)

## Changed

### Payload `com.example` (Example Settings)

- the item: iOS: deprecated since 26.0
- the item: macOS: since 15.0, was not available
- `Gone`: gone
- `First.Level`, `Second.Level`: macOS: since 15.2, was 15.0
- `Kept`: required now
- `Kept`: values: new `C`; gone `A`
- `New`: new (iOS: since 26.0; required)
- `Answer` of the response: type <integer>, was <string>
";
    let found = text(&output.stdout);
    assert_eq!(found, expected);
    let same = run(folder.root(), &["diff", "v1", "v1"]);
    assert_eq!(
        text(&same.stdout),
        "# Changes of the schema from OS 1.0 to OS 1.0\n\nThere are no differences.\n"
    );
}

#[test]
fn diff_names_six_keys_with_the_same_change_and_all_of_them_on_request() {
    let state = |kind: &str| {
        let keys = (1..=9).map(|number| format!("- {{key: Key{number}, type: <{kind}>}}\n"));
        payload(&keys.collect::<String>())
    };
    let error = "title: Error Gone\npayloadkeys:\n- {key: A, type: <string>}\n";
    let folder = Fixture::new("diff_all")
        .with("v1/mdm/profiles/a.yaml", &state("string"))
        .with("v1/mdm/errors/gone.yaml", error)
        .with("v2/mdm/profiles/a.yaml", &state("integer"));
    let some = text(&run(folder.root(), &["diff", "v1", "v2"]).stdout);
    assert!(
        some.contains("`Key6` and 3 more: type <integer>, was <string>") && !some.contains("Key7"),
        "{some}"
    );
    assert!(some.contains("- Error Gone (`mdm/errors/gone.yaml`)"), "{some}");
    for arguments in [["diff", "--all", "v1", "v2"], ["diff", "v1", "v2", "--all"]] {
        let all = text(&run(folder.root(), &arguments).stdout);
        assert!(all.contains("`Key8`, `Key9`: type <integer>, was <string>"), "{all}");
    }
}

#[test]
fn generate_without_an_output_folder_checks_any_state_of_the_schema() {
    let key = |name: &str| payload(&format!("- {{key: {name}, type: <string>}}\n"));
    let folder = Fixture::new("check")
        .with("schemas/mdm/profiles/a.yaml", &key("A"))
        .with("schemas/overlay/names.yaml", "mdm/profiles/a.yaml: Example\n")
        .with("schemas/overlay/mdm/profiles/a.yaml", "keys: {A: {secret: true}}\n")
        .with("other/mdm/profiles/a.yaml", &key("B"))
        .with(
            "other/mdm/profiles/b.yaml",
            &key("B").replace("com.example", "com.example.b"),
        );
    let own = run(folder.root(), &["generate"]);
    assert_eq!(text(&own.stdout), "schemas: no problems\n");
    assert_eq!(own.status.code(), Some(0));

    let other = run(folder.root(), &["generate", "--schemas", "other"]);
    assert_eq!(other.status.code(), Some(0), "{}", text(&other.stderr));
    let list = "Rust names (skipped if the file is missing, proposed if there was no name): 2\n  \
        mdm/profiles/b.yaml: has no name in overlay/names.yaml; called `Example`\n  \
        overlay/names.yaml: mdm/profiles/a.yaml, mdm/profiles/b.yaml are all called `Example` but are different items; \
        mdm/profiles/b.yaml called `Example2`\n\n\
        Facts in the overlay (skipped): 1\n  \
        overlay/mdm/profiles/a.yaml: the schema has no `A` (at `A`)\n";
    assert_eq!(
        text(&other.stdout),
        format!("{list}\nother: 3 problems (2 names, 1 fact)\n")
    );
    let entries: Vec<_> = std::fs::read_dir(folder.root()).unwrap().collect();
    assert_eq!(entries.len(), 2, "nothing is written");

    // The file next to the source has the same list.
    let written = run(folder.root(), &["generate", "--schemas", "other", "--out", "out"]);
    assert_eq!(written.status.code(), Some(0));
    assert_eq!(
        text(&written.stderr),
        "warning: 3 problems (2 names, 1 fact), listed in out/schema-problems.txt\n"
    );
    let file = std::fs::read_to_string(folder.root().join("out/schema-problems.txt")).unwrap();
    assert_eq!(file, list);
}
