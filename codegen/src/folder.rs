//! The files of a schema folder.

use std::fs;
use std::path::Path;

use crate::Error;

/// The folders of a schema folder that hold items.
pub const ROOTS: [&str; 3] = ["declarative", "mdm", "other"];

/// The relative paths of all YAML files below the folders of `root` that hold items, sorted.
///
/// # Errors
///
/// Where a folder cannot be listed, or `root` holds none of them.
pub fn files(root: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for name in ROOTS {
        let folder = root.join(name);
        if folder.is_dir() {
            collect(&folder, name, &mut found)?;
        }
    }
    if found.is_empty() {
        return Err(Error::NoSchemas(root.to_owned()));
    }
    found.sort();
    Ok(found)
}

/// The relative paths of all YAML files below `root`, sorted.
///
/// # Errors
///
/// Where a folder cannot be listed.
pub fn all_files(root: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    collect(root, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Error> {
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
            // A link that leads back to a folder around it would be followed without end.
            if !entry.path().is_symlink() || !leads_back(&entry.path(), folder) {
                collect(&entry.path(), &path, found)?;
            }
        } else if ["yaml", "yml"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a link stands in the folder that it leads to.
fn leads_back(link: &Path, folder: &Path) -> bool {
    match (link.canonicalize(), folder.canonicalize()) {
        (Ok(target), Ok(folder)) => folder.starts_with(target),
        _ => false,
    }
}

/// Reads a text file.
///
/// # Errors
///
/// Where it cannot be read or is no UTF-8.
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
    // Some editors begin a file with this mark.
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}
