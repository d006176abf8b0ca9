//! The public names of the crate, committed: a schema that renames or drops one is seen in review.

mod golden_file;
mod outline;
mod shared;

use std::path::Path;

use apple_mdm_codegen::Config;

/// The names of everything that is generated from a schema folder, with the overlay of this repository.
fn names(schemas: &Path) -> String {
    let overlay = shared::repository().join("schemas/overlay");
    let config = Config::new(schemas).overlay(overlay).for_apple_mdm();
    let output = config.generate().unwrap();
    assert_eq!(output.warnings, Vec::<String>::new(), "{}", schemas.display());
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

#[test]
fn apples_own_files_give_the_same_names() {
    let Some(folder) = shared::folder("apple-schema") else {
        return;
    };
    golden_file::check("names.txt", &names(&folder));
}
