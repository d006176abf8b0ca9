//! From an upstream checkout to our schema folder: the facts come in, our words stay, Apple's do not.

mod fixture;
mod shared;

use std::fs;
use std::path::Path;

use apple_mdm_codegen::{folder, import, yaml};
use fixture::Fixture;

/// A file as upstream has it, with a sentence wherever one may stand.
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

/// The same in our folder, with our words.
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
fn facts_come_in_and_no_sentence_with_them() {
    let (upstream, ours) = (
        Fixture::new("import_new").with(PATH, UPSTREAM),
        Fixture::new("import_into"),
    );
    let report = import::import(upstream.root(), ours.root()).unwrap();
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
fn our_words_stay_and_a_second_import_changes_nothing() {
    let (upstream, ours) = (
        Fixture::new("import_from").with(PATH, UPSTREAM),
        Fixture::new("import_words").with(PATH, OURS),
    );
    for _ in 0..2 {
        let report = import::import(upstream.root(), ours.root()).unwrap();
        assert_eq!(read(&ours), OURS);
        assert_eq!((report.written, report.removed), (0, 0));
        assert!(report.changes.is_empty() && report.undescribed.is_empty(), "{report}");
    }
}

#[test]
fn what_changed_upstream_is_reported_and_only_that() {
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
    let report = import::import(upstream.root(), ours.root()).unwrap().to_string();
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
fn unknown_fields_are_left_out_with_a_warning() {
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
    let report = import::import(upstream.root(), ours.root()).unwrap();
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
fn nothing_is_written_where_a_file_is_broken() {
    let upstream = Fixture::new("import_broken")
        .with(PATH, UPSTREAM)
        .with("mdm/profiles/zzz.yaml", "a: [");
    let ours = Fixture::new("import_untouched");
    let error = import::import(upstream.root(), ours.root()).unwrap_err().to_string();
    assert!(error.contains("zzz.yaml"), "{error}");
    assert!(!ours.root().join("mdm").exists());
}

#[test]
fn importing_the_release_that_is_there_changes_nothing() {
    let Some(upstream) = shared::folder("apple-schema") else {
        return;
    };
    let copy = Fixture::new("import_all");
    let schemas = shared::repository().join("schemas");
    for path in folder::all_files(&schemas).unwrap() {
        copy_file(&schemas, copy.root(), &path);
    }
    let report = import::import(&upstream, copy.root()).unwrap();
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
    import::import(upstream.root(), ours.root()).unwrap();
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
