//! The schemas of other vendors, which are read at run time.

mod folder;
mod manifest;
mod rules;
mod schema;
mod statics;
mod support;

use std::path::{Path, PathBuf};

use apple_mdm::schema::Catalog;
use clap::ArgMatches;

use crate::config::{self, Config};
use crate::failure::Failure;
use crate::terminal;
use statics::Statics;

/// How much of a schema is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What checks need.
    Facts,
    /// Descriptions, too.
    Descriptions,
}

/// The items of other vendors, and what could not be used.
#[derive(Debug, Default)]
pub struct Schemas {
    pub catalog: Catalog,
    /// Files that cannot be used.
    errors: Vec<String>,
    /// Statements that cannot be used and are not checked.
    unusable: Vec<String>,
    /// Descriptions of items that Apple's schema or another file has.
    superseded: Vec<String>,
}

/// Reads the schemas that the flag `--schemas` names, or else those that the configuration names.
///
/// # Errors
///
/// Returns an error if a folder has no schemas, or if the configuration cannot be read. Files that cannot be used do not stop the others
/// from being used: [`Schemas::report`] prints them.
pub fn from_flags(matches: &ArgMatches, config: &Config, detail: Detail) -> Result<Schemas, Failure> {
    let flags = matches.get_many::<PathBuf>("schemas");
    let folders: Vec<&Path> = match flags {
        Some(folders) => folders.map(PathBuf::as_path).collect(),
        None => config.schemas.iter().map(PathBuf::as_path).collect(),
    };
    load(&folders, detail)
}

/// Reads the schemas for a subcommand that uses nothing else of the configuration.
///
/// # Errors
///
/// Returns an error like [`from_flags`].
pub fn from_flags_or_config(matches: &ArgMatches) -> Result<Schemas, Failure> {
    let config = match matches.contains_id("schemas") {
        true => Config::default(),
        false => config::load(None)?,
    };
    from_flags(matches, &config, Detail::Descriptions)
}

fn load(folders: &[&Path], detail: Detail) -> Result<Schemas, Failure> {
    let mut schemas = Schemas::default();
    // The tables live as long as the process, like those of Apple's schema. They are made once, when it starts.
    let mut statics = Statics::new(detail);
    for folder in folders {
        let files = folder::find(folder).map_err(Failure::Usage)?;
        if files.has_schema {
            schema::load(folder, &mut statics, &mut schemas);
        }
        let has_manifests = manifest::load(&files.plists, detail, &mut statics, &mut schemas);
        if !files.has_schema && !has_manifests && schemas.errors.is_empty() {
            return Err(Failure::Usage(format!(
                "{}: no schemas: expected profile manifests (property lists with `pfm_domain` and `pfm_subkeys`), or YAML files in \
                 Apple's format in `mdm/profiles`",
                folder.display()
            )));
        }
    }
    Ok(schemas)
}

/// Which notes about schemas are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    None,
    /// A few of each kind, and the number of the others.
    Few,
    All,
}

/// The number of notes of one kind that are printed, unless all are wanted.
const MAX_NOTES: usize = 3;

impl Schemas {
    /// Adds an item, or notes that another one takes precedence.
    fn add(&mut self, item: &'static apple_mdm::schema::Item) {
        if let Err(taken) = self.catalog.add(item) {
            let file = item.files.first().copied().unwrap_or_default();
            self.superseded.push(format!("{file}: not used, because {taken}"));
        }
    }

    /// Prints the files that cannot be used, and notes about what else is not used. Returns the number of these files.
    pub fn report(&self, notes: Notes) -> usize {
        for error in &self.errors {
            terminal::print_error(error);
        }
        if notes != Notes::None {
            print_notes(&self.unusable, "statements of schemas that are not checked", notes);
            print_notes(&self.superseded, "descriptions that are not used", notes);
        }
        self.errors.len()
    }
}

fn print_notes(notes: &[String], kind: &str, wanted: Notes) {
    let are_few = wanted == Notes::All || notes.len() <= MAX_NOTES;
    let shown = if are_few { notes.len() } else { 1 };
    for note in &notes[..shown] {
        terminal::print_note(note);
    }
    if shown < notes.len() {
        let rest = notes.len() - shown;
        terminal::print_note(&format!(
            "and {rest} more {kind}; `apple-mdm list` with `--schemas` shows all"
        ));
    }
}
