//! The report of an import.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::facts;

/// The changes that an import made, and what the maintainer has to do next.
#[derive(Debug, Default)]
pub struct Report {
    /// The changes, by path of the file.
    pub changes: BTreeMap<String, Vec<facts::Change>>,
    /// The keys and items without a description, by path of the file.
    pub undescribed: BTreeMap<String, Vec<String>>,
    /// The deleted keys and items that remain because they are marked `removed`, by path of the file.
    pub kept: BTreeMap<String, Vec<String>>,
    /// The new path of each renamed file, by its old path.
    pub renames: BTreeMap<String, String>,
    /// The files of the overlay to rename, each with the old path of the item.
    pub overlay_files: Vec<(String, String)>,
    /// Files without a name in the overlay, each with a proposed name; `None` for a name without a file.
    pub names: BTreeMap<String, Option<String>>,
    /// What was skipped, with its place.
    pub warnings: Vec<String>,
    /// The number of files that were written because they are new or changed.
    pub written: usize,
    /// The number of files that were deleted.
    pub removed: usize,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (old, new) in &self.renames {
            writeln!(f, "renamed: {old} -> {new}")?;
        }
        let mut count = [0usize; 3];
        for (path, changes) in &self.changes {
            writeln!(f, "{path}")?;
            for change in changes {
                writeln!(f, "  {change}")?;
                match change {
                    facts::Change::New { .. } => count[0] += 1,
                    facts::Change::Gone { .. } => count[1] += 1,
                    facts::Change::Changed { .. } => count[2] += 1,
                }
            }
        }
        let undescribed: usize = self.undescribed.values().map(Vec::len).sum();
        places(f, "undescribed:", &self.undescribed)?;
        places(f, "kept, because they are marked `removed`:", &self.kept)?;
        for (old, new) in &self.renames {
            writeln!(f, "overlay/names.yaml: rename `{old}` to `{new}`")?;
        }
        for (file, old) in &self.overlay_files {
            writeln!(
                f,
                "{file}: move it to {}",
                file.replace(old.as_str(), &self.renames[old])
            )?;
        }
        for (path, name) in &self.names {
            match name {
                Some(name) => writeln!(f, "overlay/names.yaml: add `{path}: {name}`, or a better name")?,
                None => writeln!(f, "overlay/names.yaml: remove the line of {path}, which is gone")?,
            }
        }
        for warning in &self.warnings {
            writeln!(f, "warning: {warning}")?;
        }
        write!(
            f,
            "{} new, {} gone, {} changed, {undescribed} undescribed; {} files written, {} removed",
            count[0], count[1], count[2], self.written, self.removed
        )
    }
}

/// Writes the keys of several files, one line for each file.
fn places(f: &mut std::fmt::Formatter<'_>, heading: &str, places: &BTreeMap<String, Vec<String>>) -> std::fmt::Result {
    if !places.is_empty() {
        writeln!(f, "{heading}")?;
    }
    for (path, keys) in places {
        let mut line = String::new();
        for key in keys {
            let key = key.strip_prefix("payloadkeys.").unwrap_or(key);
            write!(line, "{}{key}", if line.is_empty() { "" } else { ", " })?;
        }
        writeln!(f, "  {path}: {line}")?;
    }
    Ok(())
}
