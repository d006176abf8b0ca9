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
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if entry.path().is_dir() {
            // Following a link to an enclosing folder would never end.
            if !entry.path().is_symlink() || !links_to_enclosing_folder(&entry.path(), folder) {
                collect(&entry.path(), &path, paths)?;
            }
        } else if ["yaml", "yml"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
        {
            paths.push(path);
        }
    }
    Ok(())
}

/// Whether a link in `folder` leads to `folder` itself or to a folder around it.
fn links_to_enclosing_folder(link: &Path, folder: &Path) -> bool {
    match (link.canonicalize(), folder.canonicalize()) {
        (Ok(target), Ok(folder)) => folder.starts_with(target),
        _ => false,
    }
}

/// Reads a text file.
///
/// # Errors
///
/// Returns an error if the file cannot be read or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Error> {
    let metadata = fs::metadata(path).map_err(|e| Error::io(path, e))?;
    if !metadata.is_file() {
        let error = std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a regular file");
        return Err(Error::io(path, error));
    }
    let bytes = fs::read(path).map_err(|e| Error::io(path, e))?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + bytes[..valid].iter().filter(|byte| **byte == b'\n').count();
        Error::Yaml {
            path: path.to_owned(),
            message: format!("line {line} is not UTF-8; save the file as UTF-8 text"),
        }
    })?;
    // Some editors write a byte order mark at the start of a file.
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}
