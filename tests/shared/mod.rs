//! Documents that stand beside the repository; tests that use them say so where they are not there.

use std::fs;
use std::path::{Path, PathBuf};

/// The files below a folder of `../shared`, by their relative path, sorted; none, with a note, where it is not there.
pub fn files(name: &str) -> Vec<(String, Vec<u8>)> {
    let root = root().join(name);
    if !root.is_dir() {
        eprintln!("skipped: {} is not there", root.display());
        return Vec::new();
    }
    let mut found = Vec::new();
    collect(&root, "", &mut found);
    found.sort();
    found
}

/// The folder next to the repository. A test belongs to the package at the repository's root or to one in a folder of it.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = package.ancestors().find(|folder| folder.join("schemas").is_dir());
    repository.unwrap_or(package).join("../shared")
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}/{name}")
        };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, found);
        } else {
            found.push((path, fs::read(entry.path()).unwrap()));
        }
    }
}
