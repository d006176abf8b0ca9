//! An import copies the facts from a checkout of Apple's repository and keeps our descriptions, not Apple's.

mod fixture;
mod shared;

use std::fs;
use std::path::Path;

use apple_mdm_codegen::{folder, import, yaml};
use fixture::Fixture;

/// A file of Apple's, with a sentence in each place that can have one.
const UPSTREAM: &str = "
title: Example Settings
description: APPLE describes the item here.
payload:
  payloadtype: com.example
  supportedOS:
    iOS:
      introduced: '10.0'
      accessrights: Special Case
      userenrollment:
        mode: allowed
        behavior: APPLE says how it behaves there.
  content: APPLE writes more on it.
  apply: multiple
payloadkeys:
- key: Mode
  title: APPLE title
  type: <string>
  presence: required
  rangelist: [On, Off]
  default: Off
  content: APPLE describes the key.
- key: Pages
  type: <array>
  content: APPLE describes the list.
  subkeys:
  - key: Page
    type: <dictionary>
    subkeytype: Page
    subkeys: &id001
    - key: Title
      type: <string>
      format: APPLE says what it looks like
      content: APPLE describes the title.
    - key: Folder
      type: <array>
      subkeys:
      - key: Page
        type: <dictionary>
        subkeys: *id001
reasons:
- value: Error.One
  description: APPLE describes the reason.
  details:
  - key: Detail
    type: <string>
    valuetype: timestamp
    description: APPLE describes the detail.
related-status-items:
- status-items: [a.b]
  note: APPLE notes this.
notes:
- title: APPLE
  content: APPLE notes that.
examples:
  one: APPLE
";

/// The same file in our folder, with our descriptions.
const OURS: &str = "title: Example Settings
description: What it is for.
payload:
  payloadtype: com.example
  supportedOS:
    iOS:
      introduced: '10.0'
      accessrights: Special Case
      userenrollment:
        mode: allowed
  apply: multiple
  content: More on it.
payloadkeys:
- key: Mode
  type: <string>
  presence: required
  rangelist:
  - 'On'
  - 'Off'
  default: 'Off'
  content: What it does.
- key: Pages
  type: <array>
  content: The list.
  subkeys:
  - key: Page
    type: <dictionary>
    content: One of them.
    subkeytype: Page
    subkeys: &id001
    - key: Title
      type: <string>
      content: The title.
    - key: Folder
      type: <array>
      content: More of them.
      subkeys:
      - key: Page
        type: <dictionary>
        content: One within.
        subkeys: *id001
reasons:
- value: Error.One
  description: When it is sent.
  details:
  - key: Detail
    type: <string>
    valuetype: timestamp
    description: What it holds.
related-status-items:
- status-items:
  - a.b
  note: How they are related.
";

const PATH: &str = "mdm/profiles/example.yaml";

fn read(fixture: &Fixture) -> String {
    fs::read_to_string(fixture.root().join(PATH)).unwrap()
}

#[test]
fn facts_are_copied_without_sentences() {
    let (upstream, ours) = (
        Fixture::new("import_new").with(PATH, UPSTREAM),
        Fixture::new("import_into"),
    );
    let report = import::import(upstream.root(), ours.root(), false).unwrap();
    let text = read(&ours);
    assert!(!text.contains("APPLE"), "{text}");
    for fact in [
        "title: Example Settings",
        "introduced: '10.0'",
        "accessrights: Special Case",
        "apply: multiple",
        "presence: required",
        "- 'On'",
        "default: 'Off'",
        "subkeytype: Page",
        "subkeys: &id001",
        "subkeys: *id001",
        "value: Error.One",
        "valuetype: timestamp",
        "- a.b",
    ] {
        assert!(text.contains(fact), "{fact}\n{text}");
    }
    assert_eq!(
        report.warnings,
        [
            format!("{PATH}: supportedOS: `behavior` is prose and was left out"),
            format!("{PATH}: payloadkeys.Pages.Page.Title: its `format` is prose and was left out"),
        ]
    );
    let places = [
        "the item",
        "Mode",
        "Pages",
        "Pages.Page",
        "Pages.Page.Title",
        "Pages.Page.Folder",
    ];
    let undescribed = report.undescribed[PATH]
        .iter()
        .map(|place| place.trim_start_matches("payloadkeys."));
    let expected = places
        .into_iter()
        .chain(["Pages.Page.Folder.Page", "reason Error.One", "reason Error.One.Detail"]);
    assert!(undescribed.eq(expected), "{:?}", report.undescribed);
    assert_eq!(report.names[PATH].as_deref(), Some("ExampleSettings"));
}

#[test]
fn our_descriptions_remain_and_a_second_import_changes_nothing() {
    let (upstream, ours) = (
        Fixture::new("import_from").with(PATH, UPSTREAM),
        Fixture::new("import_words").with(PATH, OURS),
    );
    for _ in 0..2 {
        let report = import::import(upstream.root(), ours.root(), false).unwrap();
        assert_eq!(read(&ours), OURS);
        assert_eq!((report.written, report.removed), (0, 0));
        assert!(report.changes.is_empty() && report.undescribed.is_empty(), "{report}");
    }
}

#[test]
fn only_changes_are_reported() {
    let changed = UPSTREAM
        .replace("- key: Mode", "- {key: Added, type: <integer>}\n- key: Mode")
        .replace("introduced: '10.0'", "introduced: '11.0'")
        .replace("- key: Folder", "- key: Files")
        .replace("value: Error.One", "value: Error.Two");
    let upstream = Fixture::new("import_changed")
        .with(PATH, &changed)
        .with("mdm/commands/new.yaml", "title: New\npayload: {requesttype: New}\n");
    let ours = Fixture::new("import_onto")
        .with(PATH, OURS)
        .with("mdm/commands/old.yaml", "title: Old\npayload:\n  requesttype: Old\n")
        .with(
            "overlay/names.yaml",
            "mdm/profiles/example.yaml: Example\nmdm/commands/old.yaml: Old\n",
        )
        .with("RELEASE.yaml", "name: OS 1.0\n");
    let report = import::import(upstream.root(), ours.root(), false).unwrap().to_string();
    let expected = "\
mdm/commands/new.yaml
  new: the item
mdm/commands/old.yaml
  gone: the item
mdm/profiles/example.yaml
  gone: Pages.Page.Folder
  gone: Pages.Page.Folder.Page
  gone: reason Error.One
  new: Added
  new: Pages.Page.Files
  new: Pages.Page.Files.Page
  new: reason Error.Two
  changed: the item: iOS introduced: 10.0 → 11.0
undescribed:
  mdm/commands/new.yaml: the item
  mdm/profiles/example.yaml: Added, Pages.Page.Files, Pages.Page.Files.Page, reason Error.Two, reason Error.Two.Detail
overlay/names.yaml: remove the line of mdm/commands/old.yaml, which is gone
overlay/names.yaml: add `mdm/commands/new.yaml: New`, or a better name
warning: mdm/profiles/example.yaml: supportedOS: `behavior` is prose and was left out
warning: mdm/profiles/example.yaml: payloadkeys.Pages.Page.Title: its `format` is prose and was left out
";
    let (body, summary) = report.rsplit_once('\n').unwrap();
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(body), sorted(expected));
    assert_eq!(
        summary,
        "5 new, 4 gone, 1 changed, 6 undescribed; 2 files written, 1 removed"
    );
    let text = read(&ours);
    assert!(
        text.contains("content: The title.") && !text.contains("More of them."),
        "{text}"
    );
    assert!(!ours.root().join("mdm/commands/old.yaml").exists());
    assert_eq!(
        fs::read_to_string(ours.root().join("RELEASE.yaml")).unwrap(),
        "name: OS 1.0\n"
    );
}

#[test]
fn unknown_fields_are_skipped_with_a_warning() {
    let text = "
title: E
colour: red
payload: {payloadtype: e, mood: good}
payloadkeys:
- {key: A, type: <string>, shape: round}
";
    let (upstream, ours) = (
        Fixture::new("import_unknown").with(PATH, text),
        Fixture::new("import_known"),
    );
    let report = import::import(upstream.root(), ours.root(), false).unwrap();
    assert_eq!(
        report.warnings,
        [
            format!("{PATH}: payload: the YAML key `mood` is not known and was left out"),
            format!("{PATH}: payloadkeys.A: the YAML key `shape` is not known and was left out"),
            format!("{PATH}: the top level: the YAML key `colour` is not known and was left out"),
        ]
    );
    let text = read(&ours);
    assert!(
        !["red", "good", "round"].iter().any(|value| text.contains(value)),
        "{text}"
    );
}

#[test]
fn nothing_is_written_if_a_file_is_broken() {
    let upstream = Fixture::new("import_broken")
        .with(PATH, UPSTREAM)
        .with("mdm/profiles/zzz.yaml", "a: [");
    let ours = Fixture::new("import_untouched");
    let error = import::import(upstream.root(), ours.root(), false)
        .unwrap_err()
        .to_string();
    assert!(error.contains("zzz.yaml"), "{error}");
    assert!(!ours.root().join("mdm").exists());
}

#[test]
fn importing_the_current_release_changes_nothing() {
    let Some(upstream) = shared::folder("apple-schema") else {
        return;
    };
    let copy = Fixture::new("import_all");
    let schemas = shared::repository().join("schemas");
    for path in folder::all_files(&schemas).unwrap() {
        copy_file(&schemas, copy.root(), &path);
    }
    let report = import::import(&upstream, copy.root(), false).unwrap();
    assert_eq!((report.written, report.removed), (0, 0), "{report}");
    assert!(report.names.is_empty(), "{report}");
    assert_eq!(report.warnings, Vec::<String>::new());
}

fn copy_file(from: &Path, to: &Path, path: &str) {
    let target = to.join(path);
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::copy(from.join(path), target).unwrap();
}

#[test]
fn the_facts_of_a_file_survive_as_data() {
    // What is written reads as what was meant, texts that look like something else included.
    let text = "
title: E
payload: {payloadtype: e}
payloadkeys:
- {key: 'Yes', type: <string>, rangelist: ['yes', 'no', '1.3', '', 'null', '0x1F', '&x', '*y', '- z', '2001-01-01']}
- {key: Number, type: <real>, default: 2.0, range: {min: -1, max: 1.5}}
";
    let (upstream, ours) = (
        Fixture::new("import_texts").with(PATH, text),
        Fixture::new("import_data"),
    );
    import::import(upstream.root(), ours.root(), false).unwrap();
    let (before, after) = (yaml::read(text).unwrap(), yaml::read(&read(&ours)).unwrap());
    for field in ["key", "rangelist", "default", "range"] {
        for index in 0..2 {
            assert_eq!(
                before["payloadkeys"][index].get(field),
                after["payloadkeys"][index].get(field),
                "{field}"
            );
        }
    }
}

/// Our file, with keys and an anchor that Apple has deleted.
const WITH_REMOVED: &str = "title: Example Settings
description: What it is for.
payload:
  payloadtype: com.example
  supportedOS:
    iOS:
      introduced: '10.0'
    macOS:
      introduced: '10.15'
payloadkeys:
- key: First
  type: <string>
  content: The first.
- key: Gone
  type: <dictionary>
  supportedOS:
    iOS:
      deprecated: '11.0'
      removed: '12.0'
    macOS:
      introduced: n/a
  content: What devices once read.
  subkeys: &id001
  - key: Inner
    type: <string>
    content: What it held.
- key: AlsoGone
  type: <array>
  supportedOS:
    iOS:
      removed: '12.0'
    macOS:
      removed: '13.0'
  content: More of that.
  subkeys:
  - key: Item
    type: <dictionary>
    content: One of them.
    subkeys: *id001
- key: RemovedOnOneSystem
  type: <string>
  supportedOS:
    iOS:
      removed: '12.0'
    macOS:
      introduced: '10.15'
  content: Still there on a Mac.
- key: Last
  type: <string>
  content: The last.
";

#[test]
fn keys_marked_removed_stay_in_place_when_apple_deletes_them() {
    let upstream = Fixture::new("import_without_removed").with(
        PATH,
        "title: Example Settings
payload:
  payloadtype: com.example
  supportedOS: {iOS: {introduced: '10.0'}, macOS: {introduced: '10.15'}}
payloadkeys:
- {key: First, type: <string>}
- {key: Last, type: <string>}
",
    );
    let gone = "title: Old
description: An old command.
payload:
  requesttype: Old
  supportedOS:
    iOS:
      introduced: '4.0'
      removed: '9.0'
";
    let ours = Fixture::new("import_removed")
        .with(PATH, WITH_REMOVED)
        .with("mdm/commands/old.yaml", gone)
        .with(
            "overlay/names.yaml",
            "mdm/profiles/example.yaml: Example\nmdm/commands/old.yaml: Old\n",
        );
    let report = import::import(upstream.root(), ours.root(), false).unwrap();
    assert_eq!(report.kept[PATH], ["payloadkeys.Gone", "payloadkeys.AlsoGone"]);
    assert_eq!(report.kept["mdm/commands/old.yaml"], ["the item"]);
    assert_eq!((report.removed, report.names.len()), (0, 0), "{report}");
    assert!(
        report
            .to_string()
            .contains("kept, because they are marked `removed`:\n  mdm/commands/old.yaml: the item\n"),
        "{report}"
    );
    // What is left of the file, in its order, and without anchors: those of the next state may be others.
    let text = read(&ours);
    let keys: Vec<&str> = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("- key: "))
        .collect();
    assert_eq!(
        keys,
        ["First", "Gone", "Inner", "AlsoGone", "Item", "Inner", "Last"],
        "{text}"
    );
    assert!(text.contains("removed: '13.0'") && !text.contains(['&', '*']), "{text}");
    assert_eq!(
        fs::read_to_string(ours.root().join("mdm/commands/old.yaml")).unwrap(),
        gone
    );

    let again = import::import(upstream.root(), ours.root(), false).unwrap();
    assert_eq!((again.written, again.removed), (0, 0), "{again}");
    assert!(again.changes.is_empty() && again.undescribed.is_empty(), "{again}");
}

#[test]
fn a_removed_key_that_apple_restores_has_apples_facts() {
    let theirs = WITH_REMOVED.replace(
        "      removed: '12.0'\n    macOS:\n      removed: '13.0'\n",
        "      introduced: '14.0'\n",
    );
    let upstream = Fixture::new("import_back").with(PATH, &theirs);
    let ours = Fixture::new("import_back_into").with(PATH, WITH_REMOVED);
    let report = import::import(upstream.root(), ours.root(), false).unwrap();
    assert!(report.kept.is_empty(), "{report}");
    assert_eq!(read(&ours), theirs);
}

#[test]
fn a_renamed_file_keeps_its_descriptions() {
    let other = OURS.replace("Mode", "Other").replace("Pages", "Others");
    let (old, new) = (
        "mdm/profiles/com.example(Mispelt).yaml",
        "mdm/profiles/com.example(Misspelt).yaml",
    );
    // Another file of the same payload type is new, and one stays: neither is the renamed one.
    let upstream = Fixture::new("import_renamed")
        .with(new, &UPSTREAM.replace("key: Mode", "key: Added"))
        .with(
            "mdm/profiles/com.example(New).yaml",
            "title: New\npayload: {payloadtype: com.example}\npayloadkeys:\n- {key: Pages, type: <string>}\n",
        )
        .with("mdm/profiles/com.example(Other).yaml", &other);
    let ours = Fixture::new("import_renamed_into")
        .with(old, OURS)
        .with("mdm/profiles/com.example(Other).yaml", &other)
        .with(
            "overlay/names.yaml",
            "mdm/profiles/com.example(Mispelt).yaml: Example\nmdm/profiles/com.example(Other).yaml: Other\n",
        )
        .with(&format!("overlay/{old}"), "rules: []\n")
        .with(&format!("overlay/examples/{old}"), "Mode: On\n");
    let report = import::import(upstream.root(), ours.root(), false).unwrap();
    let text = fs::read_to_string(ours.root().join(new)).unwrap();
    for description in ["What it is for.", "The list.", "More of them.", "When it is sent."] {
        assert!(text.contains(description), "{description}\n{text}");
    }
    assert!(!ours.root().join(old).exists());
    let report = report.to_string();
    for line in [
        "renamed: mdm/profiles/com.example(Mispelt).yaml -> mdm/profiles/com.example(Misspelt).yaml",
        "  gone: Mode",
        "  new: Added",
        "overlay/names.yaml: rename `mdm/profiles/com.example(Mispelt).yaml` to `mdm/profiles/com.example(Misspelt).yaml`",
        "overlay/mdm/profiles/com.example(Mispelt).yaml: move it to overlay/mdm/profiles/com.example(Misspelt).yaml",
        "overlay/examples/mdm/profiles/com.example(Mispelt).yaml: move it to overlay/examples/mdm/profiles/com.example(Misspelt).yaml",
        "overlay/names.yaml: add `mdm/profiles/com.example(New).yaml: New`, or a better name",
    ] {
        assert!(report.lines().any(|found| found == line), "{line}\n{report}");
    }
    for line in ["gone: the item", "remove the line"] {
        assert!(!report.contains(line), "{line}\n{report}");
    }
}

#[test]
fn an_item_with_another_identifier_is_not_a_rename() {
    let upstream = Fixture::new("import_no_rename").with(
        "mdm/commands/new.yaml",
        "title: New\npayload: {requesttype: New}\npayloadkeys:\n- {key: A, type: <string>}\n",
    );
    let ours = Fixture::new("import_no_rename_into").with(
        "mdm/commands/old.yaml",
        "title: Old\npayload: {requesttype: Old}\npayloadkeys:\n- {key: A, type: <string>}\n",
    );
    let report = import::import(upstream.root(), ours.root(), false).unwrap();
    assert!(report.renames.is_empty(), "{report}");
    assert_eq!((report.written, report.removed), (1, 1));
}

#[test]
fn an_older_state_is_refused_unless_requested() {
    let version = |version: &str| UPSTREAM.replace("introduced: '10.0'", &format!("introduced: '{version}'"));
    for (theirs, ours, refused) in [
        ("9.3", "10.0", true),
        ("26.4.1", "26.10", true),
        ("27.0", "27", false),
        ("27.2", "27.0", false),
        ("n/a", "27.0", false),
    ] {
        let upstream = Fixture::new("import_older").with(PATH, &version(theirs));
        let folder = Fixture::new("import_older_into").with(PATH, &version(ours));
        let result = import::import(upstream.root(), folder.root(), false);
        assert_eq!(result.is_err(), refused, "{theirs} into {ours}");
        if let Err(error) = result {
            assert!(error.to_string().contains("`--older`"), "{error}");
            assert_eq!(read(&folder), version(ours), "nothing is written");
            import::import(upstream.root(), folder.root(), true).unwrap();
            assert!(read(&folder).contains(theirs));
        }
    }
}
