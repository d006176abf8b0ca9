//! A state of the schema that the overlay was not written for, made fit for the crate.
//!
//! The overlay belongs to one state of Apple's schema, the *reference*: the crate's own `schemas/`. Any other state has fewer or more
//! items, other keys and other file names. Reading it never fails because of its content: what does not fit is skipped, and each
//! thing that was skipped or replaced is a [`Problem`].
//!
//! # What the crate's own code uses
//!
//! The code in `src/` names some generated types and keys: `InstallProfile` and its `Payload`, the keys of a profile, the status
//! report. `overlay/used.yaml` lists them: the path of each file with the keys that must exist. They are supplied before the overlay
//! is applied, so that everything after this module sees a schema that has them:
//!
//! - a file that the state lacks is taken from the reference, and is available on no operating system;
//! - a key that it lacks is taken from the reference, and is available on no operating system;
//! - a key that has another type there is replaced by the reference's, and stays available as the state says.
//!
//! The code in `src/` therefore needs no conditional compilation. Code that uses another item or key adds it to the list; a
//! state that consists of a single file proves that nothing is missing.
//!
//! # Renamed files
//!
//! Where a file of the reference is missing, and the state has exactly one file that the reference lacks with the same family and
//! identifier, the file was renamed: the overlay is applied to it, so that it keeps its Rust name and its secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::{Fact, File, Key, ListId, Os, Schema, What};
use crate::overlay::{self, Overlay};
use crate::problem::{Problem, ProblemKind};
use crate::resolve::is_common;
use crate::{Error, check, folder, parallel, parse};

/// Reads the state in `schemas`, supplies what the crate's code uses from `reference`, and applies the overlay as far as it fits.
///
/// # Errors
///
/// Where `schemas` holds no schema at all, or the overlay or the reference cannot be read.
pub fn read(schemas: &Path, overlay_folder: &Path, reference: &Path) -> Result<(Schema, Overlay, Vec<Problem>), Error> {
    let mut problems = Vec::new();
    let mut schema = Schema {
        release: overlay::release(schemas).unwrap_or_else(|error| {
            problems.push(Problem::new(ProblemKind::Schema, error.to_string()));
            Default::default()
        }),
        files: Vec::new(),
    };
    let paths = folder::files(schemas)?;
    for result in parallel::map(&paths, |path| file(schemas, path)) {
        match result {
            Ok((file, warnings)) => {
                schema.files.push(file);
                problems.extend(warnings);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let mut overlay = overlay::read(overlay_folder)?;
    let mut known = Reference {
        folder: reference,
        paths: folder::files(reference)?.into_iter().collect(),
        files: BTreeMap::new(),
    };
    for (from, to) in moved(&schema, &overlay, &mut known)? {
        overlay.rename(&from, &to);
        known.rename(&from, &to);
        let message = format!("{to}: has the identifier of {from}");
        problems.push(Problem::new(ProblemKind::Moved, message));
    }
    supply(&overlay, &mut schema, &mut known, &mut problems)?;
    problems.extend(overlay::apply_what_fits(&overlay, &mut schema, check::key));
    let mut contradictions = Vec::new();
    for file in &mut schema.files {
        parse::settle_file(file, &mut contradictions);
    }
    contradictions.extend(check::check(&schema));
    problems.extend(
        contradictions
            .into_iter()
            .map(|mistake| Problem::new(ProblemKind::Schema, mistake.to_string())),
    );
    Ok((schema, overlay, problems))
}

/// A file with what is not understood in it, or why it is left out.
fn file(schemas: &Path, path: &str) -> Result<(File, Vec<Problem>), Problem> {
    let problem = |what: String| Problem::new(ProblemKind::Schema, what);
    let text = folder::read(&schemas.join(path)).map_err(|error| problem(error.to_string()))?;
    let mut mistakes = Vec::new();
    let file = parse::file(path, &text, &mut mistakes).map_err(|mistake| problem(mistake.to_string()))?;
    let problems = mistakes.iter().map(|mistake| problem(mistake.to_string()));
    Ok((file, problems.collect()))
}

/// The state of the schema that the overlay was written for. Few of its files are needed, so each is read when it is.
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
            let file = parse::file(path, &text, &mut Vec::new()).map_err(Error::Mistake)?;
            self.files.insert(path.to_owned(), file);
        }
        Ok(self.files.get(path))
    }

    /// Calls a file as the state does.
    fn rename(&mut self, from: &str, to: &str) {
        if let Some(mut file) = self.files.remove(from) {
            to.clone_into(&mut file.path);
            self.files.insert(to.to_owned(), file);
        }
    }
}

/// The files that have another name in the state: from the name in the reference to that in the state.
fn moved(schema: &Schema, overlay: &Overlay, known: &mut Reference<'_>) -> Result<Vec<(String, String)>, Error> {
    let has = |path: &str| schema.files.iter().any(|file| file.path == path);
    let mut pairs: Vec<(String, String)> = Vec::new();
    for path in overlay.paths().into_iter().filter(|path| !has(path)) {
        let Some(missing) = known.file(path)? else { continue };
        let (family, identifier) = (missing.family, missing.identifier.clone());
        if identifier.is_none() {
            continue;
        }
        let mut candidates = schema
            .files
            .iter()
            .filter(|file| file.family == family && file.identifier == identifier && !known.paths.contains(&file.path));
        if let (Some(file), None) = (candidates.next(), candidates.next()) {
            pairs.push((path.to_owned(), file.path.clone()));
        }
    }
    // Two files of the reference that became one: neither's facts are those of the whole.
    let count = |to: &str| pairs.iter().filter(|(_, other)| other == to).count();
    let clear: Vec<bool> = pairs.iter().map(|(_, to)| count(to) == 1).collect();
    let mut clear = clear.into_iter();
    pairs.retain(|_| clear.next().unwrap_or_default());
    Ok(pairs)
}

/// Supplies what the crate's code uses.
fn supply(
    overlay: &Overlay,
    schema: &mut Schema,
    known: &mut Reference<'_>,
    problems: &mut Vec<Problem>,
) -> Result<(), Error> {
    let mut supplied = |message: String| problems.push(Problem::new(ProblemKind::Supplied, message));
    for (path, keys) in &overlay.used {
        let Some(ours) = known.file(path)? else {
            return Err(Error::Contradiction(format!(
                "overlay/used.yaml: the schema in {} has no file {path}",
                known.folder.display()
            )));
        };
        let Some(theirs) = schema.files.iter_mut().find(|file| file.path == *path) else {
            supplied(format!("{path}: the file"));
            schema.files.push(unavailable(ours));
            continue;
        };
        // What all items of a kind have in common is known by its identifier.
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
                return Err(Error::Contradiction(format!(
                    "overlay/used.yaml: {path}: the schema in {} has no key `{name}`",
                    known.folder.display()
                )));
            };
            let at = theirs.list(list).iter().position(|key| key.name == *name);
            if at.is_some_and(|at| has_the_type_of(&theirs.list(list)[at], wanted)) {
                continue;
            }
            let offset = *offset.get_or_insert_with(|| theirs.adopt(ours));
            let mut key = wanted.clone();
            key.subkeys = key.subkeys.map(|id| ListId(id.0 + offset));
            match at {
                Some(at) => {
                    supplied(format!("{path}: the type of the key `{name}`"));
                    let keys = &mut theirs.lists[list.0];
                    key.support.clone_from(&keys[at].support);
                    keys[at] = key;
                }
                None => {
                    supplied(format!("{path}: the key `{name}`"));
                    key.support = nowhere();
                    theirs.lists[list.0].push(key);
                }
            }
        }
    }
    schema.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

/// Whether the Rust type of a field is the same for both.
fn has_the_type_of(key: &Key, other: &Key) -> bool {
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

/// A file of the reference as an item that no operating system has.
fn unavailable(file: &File) -> File {
    let mut file = file.clone();
    file.support = nowhere();
    for key in file.lists.iter_mut().flatten() {
        key.support.clear();
    }
    file
}

fn nowhere() -> Vec<Fact> {
    let fact = |os| Fact {
        os,
        what: What::NotAvailable,
    };
    Os::ALL.into_iter().map(fact).collect()
}
