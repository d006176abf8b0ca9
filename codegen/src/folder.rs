//! Lists and reads the files of a schema folder.

use std::fs;
use std::path::Path;

use crate::Error;

/// The folders in a schema folder that contain items.
pub const ROOTS: [&str; 3] = ["declarative", "mdm", "other"];

/// Returns the sorted relative paths of all YAML files in the folders of `root` that contain items.
///
/// # Errors
///
/// Returns an error if a folder cannot be listed, or if there are no such files.
pub fn files(root: &Path) -> Result<Vec<String>, Error> {
    let mut paths = Vec::new();
    for name in ROOTS {
        let folder = root.join(name);
        if folder.is_dir() {
            collect(&folder, name, &mut paths)?;
        }
    }
    if paths.is_empty() {
        return Err(Error::NoSchemas(root.to_owned()));
    }
    paths.sort();
    Ok(paths)
}

/// Returns the sorted relative paths of all YAML files in `root` and its subfolders.
///
/// # Errors
///
/// Returns an error if a folder cannot be listed.
pub fn all_files(root: &Path) -> Result<Vec<String>, Error> {
    let mut paths = Vec::new();
    collect(root, "", &mut paths)?;
    paths.sort();
    Ok(paths)
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        let entry = entry.map_err(|e| Error::io(folder, e))?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}/{name}")
        };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, paths)?;
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            paths.push(path);
        }
    }
    Ok(())
}

/// Reads a text file.
///
/// # Errors
///
/// Returns an error if the file cannot be read or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|e| Error::io(path, e))?;
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + bytes[..valid].iter().filter(|byte| **byte == b'\n').count();
        Error::Yaml {
            path: path.to_owned(),
            message: format!("line {line} is not UTF-8; save the file as UTF-8 text"),
        }
    })
}
