//! Profile manifests: property lists in which a community describes the payloads and preferences of applications.
//!
//! A manifest describes the keys of one preference domain, which is also a payload type, with entries such as `pfm_name`, `pfm_type` and
//! `pfm_range_list`. Volunteers write manifests for profile editors, so this module is cautious: it ignores statements that contradict each
//! other, and checks nothing that it cannot express exactly.

mod condition;
mod entry;
mod merge;
mod read;
mod tables;
mod tree;
mod values;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use apple_mdm::input::{Input, Limits};
use apple_mdm::schema::{Fact, Os};
use apple_mdm::value::Value;

use super::statics::{self, Statics};
use super::{Detail, Schemas};
use entry::Entry;

/// The maximum size of a manifest, in bytes.
const MAX_SIZE: usize = 8 << 20;

/// The maximum number of keys of all manifests in a folder.
const MAX_KEYS: usize = 500_000;

/// A manifest.
#[derive(Debug)]
struct Manifest {
    /// The payload type.
    domain: String,
    file: String,
    title: String,
    description: String,
    support: Vec<(Os, Fact)>,
    entries: Vec<Entry>,
    /// The number of keys at all levels.
    keys: usize,
    /// Statements that cannot be used.
    unusable: Vec<String>,
}

/// Reads the manifests among these files and adds their items. Returns whether there are any.
pub fn load(files: &[PathBuf], detail: Detail, statics: &mut Statics, schemas: &mut Schemas) -> bool {
    let mut by_domain: BTreeMap<String, Manifest> = BTreeMap::new();
    let mut are_any = false;
    for result in read_all(files, detail) {
        let mut manifest = match result {
            Ok(Some(manifest)) => manifest,
            Ok(None) => continue,
            Err(error) => {
                schemas.errors.push(error);
                continue;
            }
        };
        are_any = true;
        // It describes the profile around the payloads.
        if manifest.domain == "Configuration" {
            continue;
        }
        schemas.unusable.append(&mut manifest.unusable);
        match by_domain.get_mut(&manifest.domain) {
            // Several manifests can describe one domain, each for a certain use.
            Some(known) => merge::manifests(known, manifest),
            None => drop(by_domain.insert(manifest.domain.clone(), manifest)),
        }
    }
    for manifest in by_domain.into_values() {
        let item = tables::item(manifest, statics);
        schemas.add(statics::value(item));
    }
    are_any
}

/// Reads the files on all cores. Returns the results in the order of the files.
fn read_all(files: &[PathBuf], detail: Detail) -> Vec<Result<Option<Manifest>, String>> {
    let (next, keys) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results = Mutex::new(Vec::with_capacity(files.len()));
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(files.len());
        for _ in 0..threads {
            scope.spawn(|| {
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(file) = files.get(index)
                {
                    let result = read_file(file, detail, &keys);
                    results
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Reads a file. Returns `None` if it is not a manifest. `keys` counts the keys of all files.
fn read_file(path: &Path, detail: Detail, keys: &AtomicUsize) -> Result<Option<Manifest>, String> {
    let file = path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|opened| opened.take(MAX_SIZE as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("cannot open {file}: {error}"))?;
    let is_xml_without_entries = !bytes.starts_with(b"bplist") && !contains(&bytes, b"pfm_");
    if is_xml_without_entries {
        return Ok(None);
    }
    if bytes.len() > MAX_SIZE {
        return Err(format!("{file}: larger than {} MiB", MAX_SIZE >> 20));
    }
    if keys.load(Ordering::Relaxed) > MAX_KEYS {
        return Err(format!(
            "{file}: not used, because the manifests before it have more than {MAX_KEYS} keys"
        ));
    }
    let limits = Limits::default();
    let mut repeated = Vec::new();
    let value: Value = Input::new(&bytes, &limits)
        .and_then(|input| tree::value(&mut input.reader(), &mut repeated))
        .map_err(|error| format!("{file}: {error}"))?;
    let manifest = read::manifest(&value, file, detail)?;
    Ok(manifest.map(|mut manifest| {
        keys.fetch_add(manifest.keys, Ordering::Relaxed);
        repeated.truncate(read::MAX_UNUSABLE);
        let notes = repeated
            .iter()
            .map(|key| format!("{}: the key `{key}` is repeated; the last one counts", manifest.file));
        manifest.unusable.splice(0..0, notes.collect::<Vec<_>>());
        manifest
    }))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
