//! `apple-mdm diff`: what changed between two documents or folders, and what the changed keys do.

mod compare;
mod documents;
mod human;
mod json;
mod markdown;
mod pairs;
mod shown;

use std::io::Write;
use std::path::{Path, PathBuf};

use apple_mdm::lint::{Kind, Options};
use clap::ArgMatches;

use crate::catalog::{self, Notes};
use crate::failure::Failure;
use crate::terminal;
use compare::Change;
use documents::{Compared, Document};

/// The values of `--format`.
pub const FORMATS: [&str; 3] = ["human", "json", "markdown"];

/// How a document differs.
struct Difference<'a> {
    /// The paths, `None` if the document exists on one side only.
    old: Option<&'a Path>,
    new: Option<&'a Path>,
    kind: Kind,
    /// The identifier of a profile or declaration.
    identifier: Option<&'a str>,
    changes: Vec<Change<'a>>,
}

impl Difference<'_> {
    /// `added`, `removed`, `renamed` or `changed`. A renamed document can have changes, too.
    fn status(&self, is_folder: bool) -> &'static str {
        match (self.old, self.new) {
            (None, _) => "added",
            (_, None) => "removed",
            (Some(old), Some(new)) if is_folder && old != new => "renamed",
            _ => "changed",
        }
    }
}

/// All differences.
struct Summary<'a> {
    differences: Vec<Difference<'a>>,
    /// The number of documents that were compared.
    documents: usize,
    /// Whether folders were compared, so that a file with another path was renamed.
    is_folder: bool,
}

/// Runs `apple-mdm diff`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let (Some(old), Some(new)) = (matches.get_one::<PathBuf>("old"), matches.get_one::<PathBuf>("new")) else {
        return Ok(());
    };
    let schemas = catalog::from_flags_or_config(matches)?;
    let mut has_failed = schemas.report(Notes::None) > 0;
    let options = Options::default().catalog(schemas.catalog);
    let is_folder = old.is_dir() && new.is_dir();
    let compared = documents::load(old, new, &options, &mut |message| {
        terminal::print_error(message);
        has_failed = true;
    })?;
    let differences = compared
        .iter()
        .filter_map(|compared| difference(compared, is_folder))
        .collect();
    let summary = Summary {
        differences,
        documents: compared.len(),
        is_folder,
    };
    let text = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => json::write(&summary),
        Some("markdown") => markdown::write(&summary),
        _ => human::write(&summary),
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    if has_failed {
        Err(Failure::Unopened)
    } else if summary.differences.is_empty() {
        Ok(())
    } else {
        Err(Failure::Findings)
    }
}

/// Returns how the documents differ, or `None` if they are equal.
fn difference(compared: &Compared, is_folder: bool) -> Option<Difference<'_>> {
    let (old, new) = (compared.old.as_ref(), compared.new.as_ref());
    let document = new.or(old)?;
    let changes = match (old, new) {
        (Some(old), Some(new)) => compare::documents(document.kind, &old.root, &new.root),
        _ => Vec::new(),
    };
    let path = |document: Option<&Document>| document.map(|document| document.name.clone());
    let is_unchanged = old.is_some() && new.is_some() && changes.is_empty();
    if is_unchanged && !(is_folder && path(old) != path(new)) {
        return None;
    }
    Some(Difference {
        old: old.map(|document| document.name.as_path()),
        new: new.map(|document| document.name.as_path()),
        kind: document.kind,
        identifier: document.identifier(),
        changes,
    })
}
