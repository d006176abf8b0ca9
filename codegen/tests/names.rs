//! The list of the crate's public names is committed, so that a review shows when a schema renames or removes one.

mod golden_file;
mod outline;
mod shared;

use std::collections::BTreeSet;
use std::path::Path;

use apple_mdm_codegen::Config;

/// The public names generated from a schema folder with the overlay of this repository.
fn names(schemas: &Path) -> String {
    let overlay = shared::repository().join("schemas/overlay");
    let config = Config::new(schemas).overlay(overlay).for_apple_mdm();
    let output = config.generate().unwrap();
    assert_eq!(output.warnings, [], "{}", schemas.display());
    let mut names = Vec::new();
    // `examples.rs` is for a test.
    for (file, source) in output.files.iter().filter(|(file, _)| file != "examples.rs") {
        let module = file.trim_end_matches(".rs");
        names.extend(outline::outline(&format!("{module}::"), source));
    }
    names.sort();
    names.join("\n") + "\n"
}

#[test]
fn the_public_names_are_those_that_were_reviewed() {
    golden_file::compare("names.txt", &names(&shared::repository().join("schemas")));
}

/// Names that Apple has deleted and this repository keeps, marked `removed`.
const KEPT: [&str; 12] = [
    "declarations::app_managed::License.vpp_type",
    "declarations::app_managed::VppType",
    "other::manifest_url::AssetsItem.needs_shine",
    "other::manifest_url::Metadata.items",
    "other::manifest_url::Metadata.size_in_bytes",
    "other::manifest_url::MetadataItemsItem",
    "profiles::Finder.interface_level",
    "profiles::Firewall.enable_logging",
    "profiles::Firewall.logging_option",
    "profiles::SystemLogging.processes",
    "profiles::finder::InterfaceLevel",
    "profiles::firewall::LoggingOption",
];

#[test]
fn apples_files_result_in_the_same_names_except_those_that_are_kept() {
    let Some(folder) = shared::folder("apple-schema") else {
        return;
    };
    let (ours, theirs) = (names(&shared::repository().join("schemas")), names(&folder));
    let lines = |names: &str| -> BTreeSet<String> { names.lines().map(str::to_owned).collect() };
    let (ours, theirs) = (lines(&ours), lines(&theirs));
    assert_eq!(theirs.difference(&ours).collect::<Vec<_>>(), Vec::<&String>::new());
    let beyond: Vec<&String> = ours.difference(&theirs).collect();
    let unexpected: Vec<_> = beyond
        .iter()
        .filter(|name| !KEPT.iter().any(|kept| name.starts_with(kept)))
        .collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    for kept in KEPT {
        assert!(beyond.iter().any(|name| name.starts_with(kept)), "{kept}");
    }
}
