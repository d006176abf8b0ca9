//! Reads a state of the schema that the overlay was not written for.
//!
//! The overlay belongs to one state of Apple's schema, the *reference*: the crate's own `schemas/`. Any other state has different
//! items, keys and file names. Its content never causes an error. Whatever does not fit is skipped or replaced, and reported as a
//! [`Problem`].
//!
//! # Items and keys that the crate's own code uses
//!
//! The code in `src/` refers to some generated types and keys: `InstallProfile` and its `Payload`, the keys of a profile, the status
//! report. `overlay/used.yaml` lists them, by the path of the file. Before the overlay is applied, this module supplies those that
//! the state lacks:
//!
//! - A missing file comes from the reference and is available on no operating system.
//! - A missing key comes from the reference and is available on no operating system.
//! - A key with a different type is replaced by the reference's key and keeps its availability.
//!
//! The code in `src/` therefore needs no conditional compilation. If you use another item or key there, add it to the list. The
//! test with a state of only four files finds entries that are missing.
//!
//! # Renamed files
//!
//! If the state lacks a file of the reference but has exactly one new file with the same family and identifier, the file was
//! renamed. The overlay is applied to the new file, which keeps its Rust name and its secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::{Fact, File, Key, ListId, Os, Property, Schema};
use crate::overlay::{self, Overlay};
use crate::problem::{Problem, ProblemKind};
use crate::resolve::is_common;
use crate::{Error, check, folder, parallel, parse};

/// Reads the state in `schemas`, supplies the items and keys that the crate's code uses, and applies the overlay as far as it fits.
///
/// # Errors
///
/// Returns an error if `schemas` contains no schema at all, or if the overlay or the reference cannot be read.
pub fn read(schemas: &Path, overlay_folder: &Path, reference: &Path) -> Result<(Schema, Overlay, Vec<Problem>), Error> {
    let mut problems = Vec::new();
    let mut schema = Schema {
        release: overlay::release(schemas).unwrap_or_else(|error| {
            problems.push(Problem::in_schema("", "", error.to_string()));
            Default::default()
        }),
        files: Vec::new(),
    };
    let paths = folder::files(schemas)?;
    for result in parallel::map(&paths, |path| file(schemas, path)) {
        match result {
            Ok((file, skipped)) => {
                schema.files.push(file);
                problems.extend(skipped);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let mut overlay = overlay::read(overlay_folder)?;
    let mut reference = Reference {
        folder: reference,
        paths: folder::files(reference)?.into_iter().collect(),
        files: BTreeMap::new(),
    };
    for (from, to) in renamed_files(&schema, &overlay, &mut reference)? {
        overlay.rename(&from, &to);
        reference.rename(&from, &to);
        let message = format!("has the identifier of {from}");
        problems.push(Problem::new(ProblemKind::Moved, to, "", message));
    }
    supply(&overlay, &mut schema, &mut reference, &mut problems)?;
    problems.extend(overlay::apply_what_fits(&overlay, &mut schema, check::key));
    for file in &mut schema.files {
        parse::check_nesting(file, &mut problems);
    }
    problems.extend(check::check(&schema));
    Ok((schema, overlay, problems))
}

/// Reads a file, with the statements that were skipped. Returns the reason if the whole file is skipped.
fn file(schemas: &Path, path: &str) -> Result<(File, Vec<Problem>), Problem> {
    let unreadable = |error: Error| Problem::in_schema("", "", error.to_string());
    let text = folder::read(&schemas.join(path)).map_err(unreadable)?;
    let mut problems = Vec::new();
    let file = parse::file(path, &text, &mut problems)?;
    Ok((file, problems))
}

/// The state of the schema that the overlay was written for. Only a few of its files are needed, so each is read on demand.
struct Reference<'a> {
    folder: &'a Path,
    paths: BTreeSet<String>,
    files: BTreeMap<String, File>,
}

impl Reference<'_> {
    fn file(&mut self, path: &str) -> Result<Option<&File>, Error> {
        if !self.files.contains_key(path) {
            if !self.paths.contains(path) {
                return Ok(None);
            }
            let text = folder::read(&self.folder.join(path))?;
            let file = parse::file(path, &text, &mut Vec::new()).map_err(Error::Problem)?;
            self.files.insert(path.to_owned(), file);
        }
        Ok(self.files.get(path))
    }

    /// Gives a file the name that it has in the other state.
    fn rename(&mut self, from: &str, to: &str) {
        if let Some(mut file) = self.files.remove(from) {
            to.clone_into(&mut file.path);
            self.files.insert(to.to_owned(), file);
        }
    }
}

/// Returns the renamed files: the path in the reference and the path in the state.
fn renamed_files(
    schema: &Schema,
    overlay: &Overlay,
    reference: &mut Reference<'_>,
) -> Result<Vec<(String, String)>, Error> {
    let has = |path: &str| schema.files.iter().any(|file| file.path == path);
    let mut pairs: Vec<(String, String)> = Vec::new();
    for path in overlay.paths().into_iter().filter(|path| !has(path)) {
        let Some(missing) = reference.file(path)? else { continue };
        let (family, identifier) = (missing.family, missing.identifier.clone());
        if identifier.is_none() {
            continue;
        }
        let mut candidates = schema.files.iter().filter(|file| {
            file.family == family && file.identifier == identifier && !reference.paths.contains(&file.path)
        });
        if let (Some(file), None) = (candidates.next(), candidates.next()) {
            pairs.push((path.to_owned(), file.path.clone()));
        }
    }
    // If two files of the reference became one, the facts about either file do not describe the new one.
    let is_unique = |to: &str| pairs.iter().filter(|(_, other)| other == to).count() == 1;
    Ok(pairs.iter().filter(|(_, to)| is_unique(to)).cloned().collect())
}

/// Supplies the items and keys that the crate's code uses.
fn supply(
    overlay: &Overlay,
    schema: &mut Schema,
    reference: &mut Reference<'_>,
    problems: &mut Vec<Problem>,
) -> Result<(), Error> {
    let mut supplied =
        |path: &str, message: String| problems.push(Problem::new(ProblemKind::Supplied, path, "", message));
    let folder = reference.folder.display();
    let missing =
        |message: String| Error::Problem(Problem::new(ProblemKind::Supplied, "overlay/used.yaml", "", message));
    for (path, keys) in &overlay.used {
        let Some(ours) = reference.file(path)? else {
            return Err(missing(format!("the schema in {folder} has no file {path}")));
        };
        let Some(theirs) = schema.files.iter_mut().find(|file| file.path == *path) else {
            supplied(path, "the file".to_owned());
            schema.files.push(unavailable(ours));
            continue;
        };
        // The dictionaries that all items of a family share are recognized by their identifiers.
        if theirs.identifier.is_none() || is_common(ours.identifier.as_deref()) {
            theirs.identifier.clone_from(&ours.identifier);
        }
        let (Some(ours_list), true) = (ours.keys, !keys.is_empty()) else {
            continue;
        };
        let list = *theirs.keys.get_or_insert_with(|| {
            theirs.lists.push(Vec::new());
            ListId(theirs.lists.len() - 1)
        });
        let mut offset = None;
        for name in keys {
            let Some(wanted) = ours.list(ours_list).iter().find(|key| key.name == *name) else {
                return Err(missing(format!("{path}: the schema in {folder} has no key `{name}`")));
            };
            let at = theirs.list(list).iter().position(|key| key.name == *name);
            if at.is_some_and(|at| have_same_type(&theirs.list(list)[at], wanted)) {
                continue;
            }
            let offset = *offset.get_or_insert_with(|| theirs.adopt(ours));
            let mut key = wanted.clone();
            key.subkeys = key.subkeys.map(|id| ListId(id.0 + offset));
            match at {
                Some(at) => {
                    supplied(path, format!("the type of the key `{name}`"));
                    let keys = &mut theirs.lists[list.0];
                    key.support.clone_from(&keys[at].support);
                    keys[at] = key;
                }
                None => {
                    supplied(path, format!("the key `{name}`"));
                    key.support = nowhere();
                    theirs.lists[list.0].push(key);
                }
            }
        }
    }
    schema.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

/// Whether both keys become fields of the same Rust type.
fn have_same_type(key: &Key, other: &Key) -> bool {
    let shape = |key: &Key| {
        (
            key.kind,
            key.required,
            key.any,
            key.values.is_empty(),
            key.subkeys.is_some(),
        )
    };
    shape(key) == shape(other)
}

/// Makes an item that is available on no operating system from a file of the reference.
fn unavailable(file: &File) -> File {
    let mut file = file.clone();
    file.support = nowhere();
    for key in file.lists.iter_mut().flatten() {
        key.support.clear();
    }
    file
}

/// States that something is available on no operating system.
fn nowhere() -> Vec<Fact> {
    let fact = |os| Fact {
        os,
        property: Property::NotAvailable,
    };
    Os::ALL.into_iter().map(fact).collect()
}
