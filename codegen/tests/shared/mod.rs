//! Finds the repository and the optional folder next to it. Tests print that they are skipped if the folder is missing.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn repository() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.expect("the package is a folder of the repository").to_owned()
}

/// Returns a folder in `../shared`, if it exists.
#[allow(dead_code)]
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = repository().join("../shared").join(name);
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}
