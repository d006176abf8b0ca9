//! Finds the files to check.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The extensions of documents, in lower case.
const EXTENSIONS: [&str; 3] = ["mobileconfig", "plist", "json"];

/// A file to check.
#[derive(Debug)]
pub struct Input {
    pub path: PathBuf,
    /// The directory argument in which the file was found. `None` for a file that is an argument itself.
    pub directory: Option<PathBuf>,
}

/// Returns the files among `arguments` and in the directories among them, sorted by path. A file with several paths counts once. Calls
/// `failed` for directories that cannot be read.
pub fn find<'a>(arguments: impl Iterator<Item = &'a PathBuf>, failed: &mut dyn FnMut(&Path, &io::Error)) -> Vec<Input> {
    let mut found = Vec::new();
    for path in arguments {
        if path.as_os_str() != "-" && path.is_dir() {
            walk(path, &mut found, failed);
        } else {
            found.push(Input {
                path: path.clone(),
                directory: None,
            });
        }
    }
    // Prefer the path in a directory: the document belongs to a set there.
    found.sort_by_key(|input| input.directory.is_none());
    let mut known = HashSet::new();
    found.retain(|input| known.insert(fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone())));
    // Sort by text, as other programs do: `a-b/x` comes before `a/x`.
    found.sort_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    found
}

/// Follows links to files, but not links to directories, which may be circular.
fn walk(argument: &Path, found: &mut Vec<Input>, failed: &mut dyn FnMut(&Path, &io::Error)) {
    let mut folders = vec![argument.to_owned()];
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
                    found.push(Input {
                        path,
                        directory: Some(argument.to_owned()),
                    });
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
