//! A state of the schema that the overlay was not written for builds. Everything that does not fit is skipped and listed.

mod fixture;
mod shared;

use apple_mdm_codegen::config::PROBLEMS_FILE;
use apple_mdm_codegen::{Config, Output, ProblemKind};
use fixture::Fixture;

const ALPHA: &str = "title: Alpha\npayload: {requesttype: Alpha, supportedOS: {iOS: {introduced: '4.0'}}}\npayloadkeys:\n\
    - {key: Pin, type: <string>, presence: required}\n\
    - {key: Count, type: <integer>, presence: optional}\n\
    - {key: QoSLevel, type: <string>, presence: optional}\n";

const BETA: &str =
    "title: Beta\npayload: {payloadtype: com.example.beta}\npayloadkeys:\n- {key: Name, type: <string>}\n";

/// A folder `ours` with a schema and its overlay, and an empty folder `theirs`.
fn ours(test: &str) -> Fixture {
    Fixture::new(test)
        .with("ours/mdm/commands/alpha.yaml", ALPHA)
        .with("ours/mdm/profiles/beta.yaml", BETA)
        .with(
            "ours/overlay/names.yaml",
            "mdm/commands/alpha.yaml: Alpha\nmdm/profiles/beta.yaml: BetaSettings\n",
        )
        .with("ours/overlay/words.yaml", "QoS: qos\n")
        .with("ours/overlay/used.yaml", "mdm/commands/alpha.yaml: [Pin]\n")
        .with(
            "ours/overlay/mdm/commands/alpha.yaml",
            "keys:\n  Pin: {secret: true}\n  Count: {secret: true, range: {min: 0, max: 9}}\n\
             rules:\n- {kind: requires, when: [{key: Pin, present: true}], keys: [Count], says: S., source: s}\n\
             retired: {Old: '1.0'}\n",
        )
        .with("ours/overlay/examples/mdm/commands/alpha.yaml", "Pin: '1234'\n")
}

fn config(fixture: &Fixture) -> Config {
    let root = fixture.root();
    Config::new(root.join("theirs"))
        .overlay(root.join("ours/overlay"))
        .for_apple_mdm()
}

fn generate(fixture: &Fixture) -> Output {
    let reference = fixture.root().join("ours");
    let output = config(fixture).any_state(reference).formatted().generate().unwrap();
    assert_eq!(output.warnings, []);
    output
}

fn problems(output: &Output) -> Vec<(ProblemKind, String)> {
    let problems = output.problems.iter();
    problems.map(|problem| (problem.kind, problem.to_string())).collect()
}

fn source<'a>(output: &'a Output, name: &str) -> &'a str {
    let found = output.files.iter().find(|(file, _)| file == name);
    &found.unwrap_or_else(|| panic!("{name} is generated")).1
}

/// Generates from a copy of `ours` with changes: each replaces the text of a file, or deletes the file.
fn changed(test: &str, changes: &[(&str, Option<&str>)]) -> Output {
    generate(&with(ours(test), changes))
}

fn with(mut fixture: Fixture, changes: &[(&str, Option<&str>)]) -> Fixture {
    let ours = [("mdm/commands/alpha.yaml", ALPHA), ("mdm/profiles/beta.yaml", BETA)];
    for (path, text) in ours {
        if changes.iter().all(|(changed, _)| *changed != path) {
            fixture = fixture.with(&format!("theirs/{path}"), text);
        }
    }
    for (path, text) in changes {
        if let Some(text) = text {
            fixture = fixture.with(&format!("theirs/{path}"), text);
        }
    }
    fixture
}

#[test]
fn the_state_of_the_overlay_has_no_problems() {
    let output = changed("any-own", &[]);
    assert_eq!(problems(&output), []);
    assert_eq!(source(&output, PROBLEMS_FILE), "");

    // The same is true of the crate's own schema, and the source equals that of a strict build.
    let schemas = shared::repository().join("schemas");
    let strict = Config::new(&schemas).for_apple_mdm();
    let output = strict.clone().any_state(&schemas).generate().unwrap();
    assert_eq!(problems(&output), []);
    let mut expected = strict.generate().unwrap().files;
    expected.push((PROBLEMS_FILE.to_owned(), String::new()));
    assert!(output.files == expected);
}

#[test]
fn entries_that_do_not_fit_are_skipped_and_listed() {
    use ProblemKind::{Example, Fact, Moved, Name, Retired, Rule, Schema, Supplied, Word};
    let alpha = |from: &str, to: &str| {
        assert!(ALPHA.contains(from), "{from}");
        ALPHA.replace(from, to)
    };
    let renamed_key = alpha("key: Count", "key: Total");
    let new_required_key = alpha(
        "- {key: Count",
        "- {key: Why, type: <string>, presence: required}\n- {key: Count",
    );
    let other_type = alpha("Count, type: <integer>", "Count, type: <string>");
    let old_again = alpha("key: QoSLevel", "key: Old");
    let unknown_yaml = alpha("title: Alpha", "title: Alpha\nnovelty: 1");
    let (path, names) = ("mdm/commands/alpha.yaml", "overlay/names.yaml");
    for (index, (changes, expected)) in [
        (
            vec![(path, Some(renamed_key.as_str()))],
            vec![
                (Fact, "overlay/mdm/commands/alpha.yaml: the schema has no `Count` (at `Count`)".to_owned()),
                (
                    Rule,
                    "overlay/mdm/commands/alpha.yaml: rule `requires` (S.): the schema has no `Count` (at `Count`)".to_owned(),
                ),
            ],
        ),
        (
            vec![(path, Some(new_required_key.as_str()))],
            vec![(
                Example,
                "overlay/examples/mdm/commands/alpha.yaml: the item: the required key `Why` is missing".to_owned(),
            )],
        ),
        (
            vec![(path, Some(other_type.as_str()))],
            vec![(
                Fact,
                "overlay/mdm/commands/alpha.yaml: Count: range: contradicts the schema: has a `range`, but is a <string>; only numbers have one; to limit the length of a text, use a rule of kind `length`"
                    .to_owned(),
            )],
        ),
        (
            vec![(path, Some(old_again.as_str()))],
            vec![
                (Retired, "overlay/mdm/commands/alpha.yaml: retired: the schema has `Old` again".to_owned()),
                (Word, "overlay/words.yaml: `QoS` occurs in no key, value or name".to_owned()),
            ],
        ),
        (
            vec![("mdm/profiles/beta.yaml", None)],
            vec![(Name, format!("{names}: the schema has no file mdm/profiles/beta.yaml"))],
        ),
        (
            vec![("mdm/profiles/beta.yaml", None), ("mdm/profiles/com.example.beta.yaml", Some(BETA))],
            vec![(
                Moved,
                "mdm/profiles/com.example.beta.yaml: has the identifier of mdm/profiles/beta.yaml".to_owned(),
            )],
        ),
        (
            vec![("mdm/profiles/new.yaml", Some("title: Brand New\npayload: {payloadtype: com.example.new}"))],
            vec![(
                Name,
                "mdm/profiles/new.yaml: has no name in overlay/names.yaml; called `BrandNew`".to_owned(),
            )],
        ),
        (
            vec![(path, Some(unknown_yaml.as_str()))],
            vec![(
                Schema,
                "mdm/commands/alpha.yaml: unknown YAML key `novelty`; expected `description`, `examples`, `notes`, `payload`, \
                 `payloadkeys`, `reasons`, `related-status-items`, `responsekeys` or `title`"
                    .to_owned(),
            )],
        ),
        (
            vec![(path, None)],
            vec![(Supplied, "mdm/commands/alpha.yaml: the file".to_owned())],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = with(ours(&format!("any-{index}")), &changes);
        let output = generate(&fixture);
        assert_eq!(problems(&output), expected);
        let listing = source(&output, PROBLEMS_FILE);
        for (_, line) in &expected {
            assert!(listing.lines().any(|listed| listed.trim() == *line), "{listing}");
        }

        // Without `any_state`, the same is an error, or a warning if it concerns the schema itself.
        let strict = config(&fixture).generate();
        let fails = !matches!(expected[..], [(Schema, _)]);
        let fails = fails && index != 2;
        assert_eq!(strict.is_err(), fails, "{expected:?}");
    }
}

#[test]
fn secrets_stay_secret_if_another_fact_about_the_key_does_not_fit() {
    let other_type = ALPHA.replace("Count, type: <integer>", "Count, type: <string>");
    let output = changed("any-secret", &[("mdm/commands/alpha.yaml", Some(&other_type))]);
    let own = changed("any-secret-own", &[]);
    let secrets = |output: &Output| source(output, "commands.rs").matches("secret").count();
    assert_eq!(secrets(&output), secrets(&own));
    assert!(secrets(&own) > 0);
}

#[test]
fn a_renamed_file_keeps_its_name_and_its_secrets() {
    let output = changed(
        "any-moved",
        &[
            ("mdm/commands/alpha.yaml", None),
            ("mdm/commands/Alpha(misspelt).yaml", Some(ALPHA)),
        ],
    );
    let own = changed("any-moved-own", &[]);
    assert_eq!(problems(&output).len(), 1);
    let types = |output: &Output| source(output, "commands.rs").replace("Alpha(misspelt)", "alpha");
    assert_eq!(types(&output), types(&own));
}

#[test]
fn items_and_keys_that_the_crate_uses_exist_in_every_state() {
    let alpha = "mdm/commands/alpha.yaml";
    for (index, (text, problem)) in [
        (None, "the file"),
        (Some(ALPHA.replace("key: Pin", "key: Code")), "the key `Pin`"),
        (
            Some(ALPHA.replace("Pin, type: <string>", "Pin, type: <array>")),
            "the type of the key `Pin`",
        ),
        (
            Some("title: Alpha\npayload: {requesttype: Alpha}\n".to_owned()),
            "the key `Pin`",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let output = changed(&format!("any-used-{index}"), &[(alpha, text.as_deref())]);
        let problem = format!("{alpha}: {problem}");
        assert!(
            problems(&output).contains(&(ProblemKind::Supplied, problem.clone())),
            "{:?}",
            output.problems
        );
        let commands = source(&output, "commands.rs");
        assert!(commands.contains("pub struct Alpha {"));
        assert!(commands.contains("pub pin: String,"), "{commands}");
        // Supplied keys are available on no operating system.
        assert_eq!(
            commands.contains("NotAvailable") || commands.contains("n/a"),
            !problem.contains("type"),
            "{commands}"
        );
    }
}

#[test]
fn names_that_collide_are_numbered_in_the_order_of_the_files() {
    let payload = |title: &str, identifier: &str| {
        format!("title: {title}\npayload: {{payloadtype: {identifier}}}\npayloadkeys:\n- {{key: A, type: <string>}}\n")
    };
    let output = changed(
        "any-names",
        &[
            ("mdm/profiles/a.yaml", Some(&payload("Beta Settings", "com.example.a"))),
            ("mdm/profiles/c.yaml", Some(&payload("Twin", "com.example.c"))),
            ("mdm/profiles/d.yaml", Some(&payload("Twin", "com.example.d"))),
            ("mdm/profiles/e.yaml", Some(&payload("Twin", "com.example.e"))),
            // Names that generated code has already, in every family and in this one.
            ("mdm/profiles/f.yaml", Some(&payload("Reader", "com.example.f"))),
            ("mdm/profiles/g.yaml", Some(&payload("Profile", "com.example.g"))),
            ("mdm/profiles/h.yaml", Some(&payload("Écran", "com.example.h"))),
            ("mdm/profiles/i.yaml", Some(&payload("''", "com.example.i"))),
        ],
    );
    let profiles = source(&output, "profiles.rs");
    for (name, identifier) in [
        ("BetaSettings", "com.example.beta"),
        ("BetaSettings2", "com.example.a"),
        ("Twin", "com.example.c"),
        ("Twin2", "com.example.d"),
        ("Twin3", "com.example.e"),
        ("Reader2", "com.example.f"),
        ("Profile2", "com.example.g"),
    ] {
        let of = format!("PayloadItem for {name} {{\n    const PAYLOAD_TYPE: &'static str = \"{identifier}\";");
        assert!(profiles.contains(&of), "{of}");
    }
    for identifier in ["com.example.h", "com.example.i"] {
        assert!(profiles.contains(&format!("PAYLOAD_TYPE: &'static str = \"{identifier}\"")));
    }
}

#[test]
fn items_named_like_enum_variants_or_derived_traits_are_renamed() {
    let command = |title: &str| format!("title: {title}\npayload: {{requesttype: {title}}}\n");
    let output = changed(
        "taken_names",
        &[
            ("mdm/commands/u.yaml", Some(&command("Unknown"))),
            ("mdm/commands/i.yaml", Some(&command("Invalid"))),
            ("mdm/commands/p.yaml", Some(&command("PartialEq"))),
        ],
    );
    let source = source(&output, "commands.rs");
    for (name, variant) in [
        ("Unknown", "    Unknown(Box<UnknownItem>)"),
        ("Invalid", "    Invalid(Box<InvalidItem>)"),
    ] {
        assert_eq!(source.matches(&format!("    {name}(Box<")).count(), 1, "{name}");
        assert!(source.contains(variant), "{name}");
    }
    for name in ["Unknown", "Invalid", "PartialEq"] {
        assert!(!source.contains(&format!("pub struct {name} ")), "{name}");
        assert!(source.contains(&format!("pub struct {name}2 ")), "{name}");
    }
}

#[test]
fn items_without_a_discriminator_become_one_type() {
    let file = |key: &str| {
        format!(
            "title: {key}\npayload: {{payloadtype: com.example.one}}\n\
             payloadkeys:\n- {{key: Both, type: <string>}}\n- {{key: {key}, type: <string>}}\n"
        )
    };
    let (one, other) = (file("One"), file("Other"));
    let output = changed(
        "any-twins",
        &[
            ("mdm/profiles/one.yaml", Some(&one)),
            ("mdm/profiles/other.yaml", Some(&other)),
        ],
    );
    let profiles = source(&output, "profiles.rs");
    let (_, body) = profiles.split_once("pub struct One {").unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    for field in ["both", "one", "other"] {
        assert_eq!(body.matches(&format!("pub {field}: ")).count(), 1, "{body}");
    }
    assert!(!profiles.contains("pub struct Other {"));
}

#[test]
fn files_that_cannot_be_read_are_skipped() {
    let mut fixture = with(
        ours("any-files"),
        &[
            ("mdm/profiles/broken.yaml", Some("key: [")),
            ("mdm/profiles/twice.yaml", Some("payload: {a: 1, a: 2}")),
            ("mdm/profiles/list.yaml", Some("- a")),
            ("mdm/profiles/empty.yaml", Some("")),
            ("RELEASE.yaml", Some("name: [")),
        ],
    );
    fixture = fixture.with("theirs/mdm/profiles/no-text.yaml", "");
    std::fs::write(fixture.root().join("theirs/mdm/profiles/no-text.yaml"), [0xff, 0xfe]).unwrap();
    let output = generate(&fixture);
    for name in ["broken", "twice", "list", "empty", "no-text", "RELEASE"] {
        let about = |(kind, message): &(ProblemKind, String)| *kind == ProblemKind::Schema && message.contains(name);
        assert!(problems(&output).iter().any(about), "{name}: {:?}", output.problems);
    }
    assert!(source(&output, "profiles.rs").contains("pub struct BetaSettings {"));
}

#[test]
fn a_state_with_problems_always_generates_the_same_bytes() {
    let fixture = with(
        ours("any-same"),
        &[
            ("mdm/profiles/beta.yaml", None),
            ("mdm/profiles/x.yaml", Some("title: Twin\npayload: {payloadtype: x}")),
            ("mdm/profiles/y.yaml", Some("title: Twin\npayload: {payloadtype: y}")),
            ("mdm/profiles/z.yaml", Some("title: Twin\npayload: {payloadtype: y}")),
        ],
    );
    let (first, second) = (generate(&fixture), generate(&fixture));
    assert_eq!(first.problems, second.problems);
    assert!(first.files == second.files);
}

#[test]
fn a_folder_without_any_schema_is_an_error() {
    let fixture = ours("any-nothing").with("theirs/README.md", "nothing");
    let error = config(&fixture)
        .any_state(fixture.root().join("ours"))
        .generate()
        .unwrap_err();
    assert!(
        error.to_string().contains("no folder `mdm`, `declarative` or `other`"),
        "{error}"
    );
}

#[test]
fn items_and_keys_that_the_crate_uses_must_exist_in_its_own_schema() {
    for (index, (used, problem)) in [
        (
            "mdm/commands/gone.yaml: []",
            "the schema has no file mdm/commands/gone.yaml",
        ),
        (
            "mdm/commands/alpha.yaml: [Gone]",
            "mdm/commands/alpha.yaml: the schema has no key `Gone`",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let fixture = ours(&format!("any-list-{index}")).with("ours/overlay/used.yaml", used);
        let error = Config::new(fixture.root().join("ours"))
            .for_apple_mdm()
            .generate()
            .unwrap_err();
        assert_eq!(error.to_string(), format!("overlay/used.yaml: {problem}"));
    }
}
