//! Finds the files to check.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The extensions of documents, in lower case.
const EXTENSIONS: [&str; 3] = ["mobileconfig", "plist", "json"];

/// Returns the files among `arguments` and in the directories among them, sorted by path, each once. Calls `failed` for
/// directories that cannot be read.
pub fn find<'a>(
    arguments: impl Iterator<Item = &'a PathBuf>,
    failed: &mut dyn FnMut(&Path, &io::Error),
) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in arguments {
        if path.as_os_str() != "-" && path.is_dir() {
            walk(path, &mut found, failed);
        } else {
            found.push(path.clone());
        }
    }
    // Sort by text, as other programs do: `a-b/x` comes before `a/x`.
    found.sort_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    found.dedup();
    found
}

/// Follows links to files, but not links to directories, which may be circular.
fn walk(folder: &Path, found: &mut Vec<PathBuf>, failed: &mut dyn FnMut(&Path, &io::Error)) {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                failed(&folder, &error);
                continue;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    failed(&folder, &error);
                    break;
                }
            };
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if is_document(&path) && (kind.is_file() || (kind.is_symlink() && !path.is_dir())) => {
                    found.push(path);
                }
                Ok(_) => {}
                Err(error) => failed(&path, &error),
            }
        }
    }
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
