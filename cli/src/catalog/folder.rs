//! Finds the files of schemas in a folder.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The maximum number of files and folders in a folder of schemas.
const MAX_ENTRIES: usize = 50_000;

/// The maximum size of all schemas in a folder, in bytes.
const MAX_TOTAL: u64 = 128 << 20;

/// The maximum size of a YAML file, in bytes.
const MAX_YAML: u64 = 4 << 20;

/// The folders that contain schemas in Apple's format.
const ROOTS: [&str; 3] = ["declarative", "mdm", "other"];

/// The files of a folder.
#[derive(Debug, Default)]
pub struct Files {
    /// The property lists, sorted.
    pub plists: Vec<PathBuf>,
    /// Whether there are YAML files where Apple's format has them.
    pub has_schema: bool,
}

/// Finds the files in a folder and the folders in it, except hidden ones.
///
/// # Errors
///
/// Returns an error if a folder cannot be read, or if there is more in it than schemas of all vendors would need.
pub fn find(root: &Path) -> Result<Files, String> {
    let mut files = Files::default();
    let (mut entries, mut total) = (0, 0);
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let cannot_open = |error| format!("cannot open {}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(cannot_open)? {
            let entry = entry.map_err(cannot_open)?;
            entries += 1;
            if entries > MAX_ENTRIES {
                return Err(format!("{}: more than {MAX_ENTRIES} files", root.display()));
            }
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            // Links to files are followed, links to folders are not: they may be circular.
            let kind = entry.file_type().map_err(cannot_open)?;
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let has = |wanted: &[&str]| {
                let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
                wanted.iter().any(|known| extension.eq_ignore_ascii_case(known))
            };
            let (is_plist, is_yaml) = (has(&["plist"]), has(&["yaml", "yml"]));
            if !is_plist && !is_yaml {
                continue;
            }
            let Some(metadata) = fs::metadata(&path).ok().filter(fs::Metadata::is_file) else {
                continue;
            };
            total += metadata.len();
            if total > MAX_TOTAL {
                return Err(format!(
                    "{}: more than {} MiB of schemas",
                    root.display(),
                    MAX_TOTAL >> 20
                ));
            }
            if is_yaml && metadata.len() > MAX_YAML {
                return Err(format!("{}: larger than {} MiB", path.display(), MAX_YAML >> 20));
            }
            if is_plist {
                files.plists.push(path);
            } else {
                let below = path.strip_prefix(root).unwrap_or(&path);
                let first = below.components().next().map(|first| first.as_os_str());
                files.has_schema |= ROOTS.iter().any(|root| first == Some(OsStr::new(root)));
            }
        }
    }
    files.plists.sort();
    Ok(files)
}
