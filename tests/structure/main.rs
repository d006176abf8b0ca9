//! Checks the order of the modules: each group uses only the groups before it.

mod scan;

use std::path::Path;

use scan::{Crate, references};

/// The groups of `src/`.
const LIBRARY: &[&str] = &[
    "error", "value", "format", "schema", "codec", "items", "cms", "validate", "lint",
];

/// The modules of `codegen/src/`: the steps from YAML to Rust, then the maintainers' tools.
const CODEGEN: &[&str] = &[
    "message",
    "problem",
    "error",
    "ident",
    "folder",
    "parallel",
    "yaml",
    "model",
    "parse",
    "overlay",
    "rules",
    "check",
    "strict",
    "resolve",
    "any_state",
    "rust",
    "config",
    "facts",
    "import",
    "release_notes",
];

#[test]
fn a_group_of_the_library_uses_only_the_groups_before_it() {
    assert_in_order("src", LIBRARY);
}

#[test]
fn a_module_of_the_generator_uses_only_the_modules_before_it() {
    assert_in_order("codegen/src", CODEGEN);
}

#[test]
fn the_documentation_for_contributors_names_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    let mut found = 0;
    for page in [
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "codegen/README.md",
        "schemas/overlay/README.md",
    ] {
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        // Every second part is code.
        for code in text.split('`').skip(1).step_by(2) {
            let is_path = code.contains('/')
                && [".rs", ".md", ".toml"]
                    .iter()
                    .any(|extension| code.ends_with(extension));
            // `*` and words in upper case stand for any name.
            if !is_path || code.contains(['*', ' ', ':']) || code.contains("NAME") {
                continue;
            }
            found += 1;
            if !root.join(code).exists() {
                missing.push(format!("{page}: {code}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(found > 30, "only {found} paths were found");
}

#[track_caller]
fn assert_in_order(folder: &str, order: &[&str]) {
    let files = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    assert!(files.len() > order.len(), "{folder} has only {} files", files.len());
    let violations = files.violations(order);
    assert!(violations.is_empty(), "in {folder}:\n{}", violations.join("\n"));
}

/// Returns the references in a file `src/format/xml.rs` with this content, as `LINE PATH`.
fn references_in(source: &str) -> Vec<String> {
    let references = references(source, &["format", "xml"]).unwrap();
    references
        .iter()
        .map(|(line, path)| format!("{line} {}", path.join("::")))
        .collect()
}

#[test]
fn every_path_from_the_crate_is_found() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::codec::View;", &["1 codec::View"]),
        ("\nfn f() -> crate::codec::View<'static> {}", &["2 codec::View"]),
        ("use crate::{lint, value as v};", &["1 lint", "1 value"]),
        (
            "use crate::{\n    codec::{self, reader::{Mark, Reader}},\n    error::*,\n};",
            &["2 codec", "2 codec::reader::Mark", "2 codec::reader::Reader", "3 error"],
        ),
        ("fn f() { g(&[crate::cms::from_slice::<T>]) }", &["1 cms::from_slice"]),
        ("macro_rules! m { () => { $crate::lint::lint() }; }", &["1 lint::lint"]),
        ("crate::generated_serde!(Data, plist);", &["1 generated_serde"]),
        ("use super::token::Token;", &["1 format::token::Token"]),
        ("use super::super::codec::View;", &["1 codec::View"]),
        (
            "use super::{super::{lint, cms}, json};",
            &["1 lint", "1 cms", "1 format::json"],
        ),
        ("mod inner { use super::super::super::lint; }", &["1 lint"]),
        ("fn f(self: &Self, a: crate::lint::A) {}", &["1 lint::A"]),
        ("use self::reader::Xml;", &["1 format::xml::reader::Xml"]),
        ("#[cfg(feature = \"lint\")]\nuse crate::lint::lint;", &["2 lint::lint"]),
        ("#[cfg(not(test))]\nuse crate::lint::lint;", &["2 lint::lint"]),
        ("#[cfg(test)]\nmod tests {}\nuse crate::lint::lint;", &["3 lint::lint"]),
        (
            "struct S { #[cfg(test)] a: crate::cms::A, b: crate::lint::B }",
            &["1 lint::B"],
        ),
        ("fn f() { #[cfg(test)] g(); crate::lint::lint() }", &["1 lint::lint"]),
    ];
    for (source, expected) in cases {
        assert_eq!(references_in(source), *expected, "{source}");
    }
}

#[test]
fn comments_strings_and_tests_have_no_references() {
    let cases = [
        "// use crate::lint::lint;",
        "/* crate::lint /* crate::cms */ crate::lint */",
        "//! See [`lint`](crate::lint::lint).",
        "/// See [`lint`](crate::lint::lint).\nstruct S;",
        "const A: &str = \"crate::lint\";",
        "const A: &str = r#\"\"crate::lint\"\"#;",
        "fn f() { quote!(crate::lint::lint) }",
        "#[cfg(test)]\nmod tests { use crate::lint::lint; }",
        "#[cfg(all(test, feature = \"profiles\"))]\n#[allow(unused)]\npub(crate) use crate::{lint, cms};",
        "#[cfg(test)]\npub(in crate::lint) fn f<A, B>(a: crate::lint::A) -> B { crate::lint::lint() }",
        "#[cfg(test)]\nconst A: crate::lint::A = crate::lint::A { a: 1 };",
        "#[cfg_attr(docsrs, doc = \"crate::lint\")] struct S;",
    ];
    for source in cases {
        assert_eq!(references_in(source), [""; 0], "{source}");
    }
}

/// Checks a crate in which `value` comes before `items` and `value.rs` has this content.
fn violations(value: &str) -> Vec<String> {
    let files = [
        (
            "lib.rs",
            "pub mod value;\nmod items;\npub use items::{commands, Item as Thing};\npub mod schema { pub use crate::items::item; }",
        ),
        ("items.rs", "pub mod commands;"),
        (
            "items/commands.rs",
            "use crate::value::Value;\n#[macro_export]\nmacro_rules! command { () => {} }",
        ),
        ("guide.rs", "use crate::items::Item;"),
        ("value.rs", value),
        ("value/tests.rs", "use crate::items::Item;"),
    ];
    Crate::of(files.map(|(path, source)| (path.to_owned(), source.to_owned()))).violations(&["value", "items"])
}

#[test]
fn a_path_to_a_later_group_is_reported_with_file_and_line() {
    let tests = "#[cfg(test)]\nmod tests;\n";
    let cases = [
        (
            "use crate::items::Item;",
            "value.rs:3: `value` uses `items`: crate::items::Item",
        ),
        (
            "\nuse crate::commands::Command;",
            "value.rs:4: `value` uses `items`: crate::commands::Command",
        ),
        ("use crate::Thing;", "value.rs:3: `value` uses `items`: crate::Thing"),
        (
            "use crate::schema::item;",
            "value.rs:3: `value` uses `items`: crate::schema::item",
        ),
        ("crate::command!();", "value.rs:3: `value` uses `items`: crate::command"),
        (
            "use super::items::Item;",
            "value.rs:3: `value` uses `items`: crate::items::Item",
        ),
        (
            "use crate::other::Item;",
            "value.rs:3: `value` uses something in no group: crate::other::Item",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(violations(&format!("{tests}{source}")), [expected]);
    }
    assert_eq!(violations(&format!("{tests}use crate::value::Value;")), [""; 0]);
    assert_eq!(
        violations("mod tests;"),
        ["value/tests.rs:1: `value` uses `items`: crate::items::Item"]
    );
}

#[test]
fn a_file_in_no_group_is_reported() {
    let files = [("lib.rs", "mod other;"), ("other.rs", "")];
    let files = files.map(|(path, source)| (path.to_owned(), source.to_owned()));
    assert_eq!(Crate::of(files).violations(&["value"]), ["other.rs is in no group"]);
}
