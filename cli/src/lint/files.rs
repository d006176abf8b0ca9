//! Which files are checked.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What documents are called.
const EXTENSIONS: [&str; 3] = ["mobileconfig", "plist", "json"];

/// The files among the paths and below the directories among them, by path, each once; `failed` hears of directories that
/// cannot be read.
pub fn find<'a>(asked: impl Iterator<Item = &'a PathBuf>, failed: &mut dyn FnMut(&Path, &io::Error)) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in asked {
        if path.as_os_str() != "-" && path.is_dir() {
            walk(path, &mut found, failed);
        } else {
            found.push(path.clone());
        }
    }
    // By the text of the path, as other programs sort it: `a-b/x` before `a/x`.
    found.sort_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    found.dedup();
    found
}

/// Links to files are followed, links to directories are not: these may lead back.
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
