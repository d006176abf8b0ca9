//! Where the repository is, and what stands beside it: tests that use that say so where it is not there.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn repository() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.expect("the package is a folder of the repository").to_owned()
}

/// A folder of `../shared`, where it is there.
#[allow(dead_code)]
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = repository().join("../shared").join(name);
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}
