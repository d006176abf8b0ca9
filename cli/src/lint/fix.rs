//! `--fix` and `--diff`: fixes findings.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use apple_mdm::ErrorKind;
use apple_mdm::input::{Input as Document, Limits};
use apple_mdm::lint::{self, Finding};
use apple_mdm::validate::{Code, Severity};
use clap::ArgMatches;

use super::baseline::BaselineMode;
use super::check::{Outcome, check};
use super::diff;
use super::files::Input;
use super::settings::{FileSettings, Settings};
use crate::failure::Failure;
use crate::{output, terminal};

/// What is fixed, and what happens to the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixMode {
    /// Whether the difference is printed. Otherwise, files are written.
    pub is_preview: bool,
    pub with_unsafe: bool,
}

impl FixMode {
    /// Reads the flags. Returns `None` if nothing is to be fixed.
    pub fn new(matches: &ArgMatches) -> Option<Self> {
        let is_preview = matches.get_flag("diff");
        (is_preview || matches.get_flag("fix")).then(|| Self {
            is_preview,
            with_unsafe: matches.get_flag("unsafe-fixes"),
        })
    }
}

/// What was fixed in a file.
#[derive(Debug, Default)]
pub struct FileFixes {
    /// The findings that were fixed.
    pub fixed: Vec<Finding>,
    /// The number of findings whose fix would have caused others.
    pub rejected: usize,
}

/// Fixes a file. Writes it, or writes the difference to `out`. The result for standard input becomes its content.
///
/// # Errors
///
/// Returns an error if the file or `out` cannot be written.
pub fn fix(
    input: &mut Input,
    settings: &Settings,
    baseline: &BaselineMode,
    mode: FixMode,
    out: &mut dyn Write,
) -> Result<FileFixes, Failure> {
    let own = settings.of_file(input.settings);
    // Files that cannot be opened are reported when they are checked.
    let Ok(bytes) = input.load() else {
        return Ok(FileFixes::default());
    };
    let places = fixable(input, own, baseline, mode);
    let name = input.path.display().to_string();
    if places.is_empty() {
        note_untouched(input, &name, &bytes, own);
        return Ok(FileFixes::default());
    }
    let accepts = |found: &Finding| {
        let is_accepted = found.fix.as_ref().is_some_and(|fix| fix.safe || mode.with_unsafe);
        is_accepted && places.contains(&(found.finding.code, found.finding.path.clone()))
    };
    let fixed = lint::fix(&bytes, own.options(input), &own.targets, accepts);
    if let Some(error) = &fixed.refused {
        terminal::print_note(&format!("{name} is left as it is: {}", error.kind()));
    }
    if fixed.bytes != bytes {
        if mode.is_preview {
            diff::write(out, &name, [&bytes, &fixed.bytes], own.options(input))?;
        } else if input.is_stdin() {
            input.content = Some(fixed.bytes);
        } else {
            write(&input.path, &fixed.bytes)?;
        }
    }
    Ok(FileFixes {
        fixed: fixed.fixed,
        rejected: fixed.rejected.len(),
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot_write = |error: io::Error| Failure::Usage(format!("cannot write {}: {error}", path.display()));
    // Pipes and devices are read, but there is nothing to be replaced.
    if !fs::metadata(path).map_err(cannot_write)?.is_file() {
        return Err(cannot_write(io::Error::other("not a file")));
    }
    output::replace(path, bytes).map_err(cannot_write)
}

/// Returns what the findings are about that are reported and have a fix.
fn fixable(input: &Input, settings: &FileSettings, baseline: &BaselineMode, mode: FixMode) -> BTreeSet<(Code, String)> {
    let (Outcome::Checked(mut report), _) = check(input, settings) else {
        return BTreeSet::new();
    };
    baseline.clone().silence(input, &mut report, settings);
    let found = report.findings.into_iter().map(|reported| reported.found);
    let fixable = found.filter(|found| found.fix.as_ref().is_some_and(|fix| fix.safe || mode.with_unsafe));
    fixable.map(|found| (found.finding.code, found.finding.path)).collect()
}

/// Says that a file with findings was not touched because its form does not allow it.
fn note_untouched(input: &Input, name: &str, bytes: &[u8], settings: &FileSettings) {
    let form = match Document::new(bytes, &Limits::default()) {
        Ok(document) if document.text().is_none() => "a binary property list",
        Err(error) if *error.kind() == ErrorKind::Cms => "signed or encrypted",
        _ => return,
    };
    let (Outcome::Checked(report), _) = check(input, settings) else {
        return;
    };
    if report
        .findings
        .iter()
        .any(|reported| reported.found.finding.severity > Severity::Info)
    {
        terminal::print_note(&format!("{name} is {form} and left as it is"));
    }
}
