//! Finds the files to check.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document;

/// The extensions of documents, in lower case.
const EXTENSIONS: [&str; 3] = ["mobileconfig", "plist", "json"];

/// A file to check.
#[derive(Debug)]
pub struct Input {
    pub path: PathBuf,
    /// The directory argument in which the file was found. `None` for a file that is an argument itself.
    pub directory: Option<Arc<Directory>>,
    /// Whether the path is a symbolic link.
    is_link: bool,
    /// The index of the settings of the file.
    pub settings: usize,
    /// The content, if it cannot be read again.
    pub content: Option<Vec<u8>>,
}

/// A directory among the arguments.
#[derive(Debug)]
pub struct Directory {
    pub argument: PathBuf,
    /// The absolute path, without symbolic links.
    location: PathBuf,
}

impl Input {
    fn argument(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            directory: None,
            is_link: path.is_symlink(),
            settings: 0,
            content: None,
        }
    }

    /// Whether the file is standard input.
    pub fn is_stdin(&self) -> bool {
        self.directory.is_none() && self.path.as_os_str() == "-"
    }

    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened or read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.content {
            Some(content) => Ok(content.clone()),
            None => document::read(&self.path),
        }
    }

    /// Reads the file, and keeps the content if it cannot be read again.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened or read.
    pub fn load(&mut self) -> io::Result<Vec<u8>> {
        let content = self.read()?;
        if self.is_stdin() {
            self.content = Some(content.clone());
        }
        Ok(content)
    }

    /// Returns the absolute path, in which only the file itself can be a symbolic link. Returns `None` for standard input and for a file in
    /// a folder that does not exist.
    pub fn location(&self) -> Option<PathBuf> {
        if let Some(directory) = &self.directory {
            let below = self.path.strip_prefix(&directory.argument).ok()?;
            return Some(directory.location.join(below));
        }
        if self.is_stdin() {
            return None;
        }
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        Some(fs::canonicalize(folder).ok()?.join(self.path.file_name()?))
    }

    /// Returns the same path for all paths of a file.
    fn identity(&self) -> PathBuf {
        let target = if self.is_link {
            fs::canonicalize(&self.path).ok()
        } else {
            self.location()
        };
        target.unwrap_or_else(|| self.path.clone())
    }
}

/// Returns the files among `arguments` and in the directories among them, sorted by path. A file with several paths counts once. Calls
/// `failed` for directories that cannot be read.
pub fn find<'a>(arguments: impl Iterator<Item = &'a PathBuf>, failed: &mut dyn FnMut(&Path, &io::Error)) -> Vec<Input> {
    let mut found = Vec::new();
    for path in arguments {
        if path.as_os_str() != "-" && path.is_dir() {
            walk(path, &mut found, failed);
        } else {
            found.push(Input::argument(path));
        }
    }
    // Prefer the path in a directory: the document belongs to a set there.
    found.sort_by_key(|input| input.directory.is_none());
    let mut known = HashSet::new();
    found.retain(|input| known.insert(input.identity()));
    // Sort by text, as other programs do: `a-b/x` comes before `a/x`.
    found.sort_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    found
}

/// Follows links to files, but not links to directories, which may be circular.
fn walk(argument: &Path, found: &mut Vec<Input>, failed: &mut dyn FnMut(&Path, &io::Error)) {
    let location = match fs::canonicalize(argument) {
        Ok(location) => location,
        Err(error) => return failed(argument, &error),
    };
    let directory = Arc::new(Directory {
        argument: argument.to_owned(),
        location,
    });
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
                        directory: Some(Arc::clone(&directory)),
                        is_link: kind.is_symlink(),
                        settings: 0,
                        content: None,
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
