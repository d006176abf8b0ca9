//! The baseline: findings that exist already and are not reported.
//!
//! An entry consists of a file, a code, the path of a key without the indices of arrays, and a count. Neither lines nor messages are part of
//! it, so that an entry survives changes elsewhere in the file, and no value gets into the baseline.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde::Serialize;

use super::files::Input;
use super::report::{FileReport, Reported};
use super::settings::FileSettings;
use crate::config::Config;
use crate::config::table::{Source, Table};
use crate::failure::Failure;
use crate::{explain, output, terminal};

/// The maximum number of stale entries that are printed.
const MAX_PRINTED: usize = 20;

/// The version of the format.
const VERSION: &str = "1";

/// The number of findings by code and path of a key.
type Counts = BTreeMap<String, usize>;

/// What a run does with a baseline.
#[derive(Clone, Debug)]
pub enum BaselineMode {
    None,
    /// Does not report what is in it.
    Apply(Baseline),
    /// Writes a new one.
    Write(NewBaseline),
}

impl BaselineMode {
    /// Reads the baseline that the flags or the configuration name.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read or is not a baseline.
    pub fn new(matches: &ArgMatches, config: &Config) -> Result<Self, Failure> {
        if let Some(path) = matches.get_one::<PathBuf>("write-baseline") {
            return NewBaseline::new(path).map(Self::Write);
        }
        match matches.get_one::<PathBuf>("baseline").or(config.baseline.as_ref()) {
            Some(path) => Baseline::read(path).map(Self::Apply),
            None => Ok(Self::None),
        }
    }

    pub const fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Removes the findings of a file that are in the baseline. Returns how many there were. Standard input has none.
    pub fn silence(&mut self, input: &Input, report: &mut FileReport, settings: &FileSettings) -> usize {
        let Some(location) = input.location() else {
            return 0;
        };
        match self {
            Self::None => 0,
            Self::Apply(baseline) => baseline.silence(&location, report, settings),
            Self::Write(baseline) => baseline.take(&location, report),
        }
    }

    /// Returns the entries without a finding, after all files were checked.
    pub fn stale(&self) -> Vec<Stale> {
        match self {
            Self::Apply(baseline) => baseline.stale(),
            Self::None | Self::Write(_) => Vec::new(),
        }
    }

    /// Reports stale entries, or writes the new baseline.
    ///
    /// # Errors
    ///
    /// Returns an error if the new baseline cannot be written.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Self::None => {}
            Self::Apply(baseline) => baseline.print_stale(),
            Self::Write(baseline) => {
                let (count, path) = (baseline.count, baseline.path.display().to_string());
                baseline.write()?;
                let findings = if count == 1 {
                    "1 finding".to_owned()
                } else {
                    format!("{count} findings")
                };
                terminal::print_note(&format!("wrote {findings} to {path}"));
            }
        }
        Ok(())
    }
}

/// A baseline that was read.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The path of the file, as the user wrote it.
    name: String,
    folder: PathBuf,
    /// The findings by file that were not met yet.
    files: BTreeMap<String, FileEntries>,
}

#[derive(Clone, Debug)]
struct FileEntries {
    counts: Counts,
    is_checked: bool,
}

/// An entry of the baseline that has no finding any more.
#[derive(Debug, Serialize)]
pub struct Stale {
    #[serde(rename = "path")]
    pub file: String,
    pub code: String,
    pub key: String,
    pub count: usize,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or is not a baseline.
    fn read(path: &Path) -> Result<Self, Failure> {
        let name = from_here(path).display().to_string();
        let cannot_open = |error| Failure::Usage(format!("cannot open the baseline {name}: {error}"));
        let text = fs::read_to_string(path).map_err(cannot_open)?;
        let folder = folder_of(path).map_err(cannot_open)?;
        let source = Source {
            name: name.clone(),
            text: &text,
        };
        let root = source.parse()?;
        let table = Table::root(&source, &root);
        table.check_keys(&["version", "files"], |_| None)?;
        let version = table.read("version", |entry| entry.text_or_number())?;
        if version != Some(VERSION) {
            let message = format!("expected a baseline with `version = {VERSION}`; write it with `--write-baseline`");
            return Err(table.error(message));
        }
        let mut files = BTreeMap::new();
        if let Some(entry) = table.get("files") {
            for file in entry.table()?.entries() {
                let mut counts = Counts::new();
                for finding in file.table()?.entries() {
                    let count = finding.text_or_number()?.parse();
                    counts.insert(finding.name().to_owned(), count.map_err(|error| finding.error(error))?);
                }
                let is_checked = false;
                files.insert(file.name().to_owned(), FileEntries { counts, is_checked });
            }
        }
        Ok(Self { name, folder, files })
    }

    /// Removes the findings of a file that are in the baseline. If there are more of a kind than in the baseline, the last ones remain.
    /// Returns how many were removed.
    fn silence(&mut self, location: &Path, report: &mut FileReport, settings: &FileSettings) -> usize {
        let Some(file) = self.files.get_mut(&relative(&self.folder, location)) else {
            return 0;
        };
        file.is_checked = true;
        let before = report.findings.len();
        report
            .findings
            .retain(|reported| match file.counts.get_mut(&entry(reported)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            });
        // Whether findings exist that are not shown is unknown.
        let is_shown = |code: &str| explain::code_named(code).is_none_or(|code| settings.shows(code));
        file.counts
            .retain(|entry, count| *count > 0 && is_shown(split(entry).0));
        before - report.findings.len()
    }

    /// Returns the entries without a finding, of files that were checked or are gone.
    fn stale(&self) -> Vec<Stale> {
        let files = self.files.iter();
        let files = files.filter(|(name, file)| file.is_checked || !self.folder.join(name).exists());
        let of_file = |(name, file): (&String, &FileEntries)| -> Vec<Stale> {
            let stale = |(entry, count): (&String, &usize)| {
                let (code, key) = split(entry);
                Stale {
                    file: name.clone(),
                    code: code.to_owned(),
                    key: key.to_owned(),
                    count: *count,
                }
            };
            file.counts.iter().map(stale).collect()
        };
        files.flat_map(of_file).collect()
    }

    fn print_stale(&self) {
        let stale = self.stale();
        if stale.is_empty() {
            return;
        }
        let name = &self.name;
        let entries = if stale.len() == 1 { "entry has" } else { "entries have" };
        terminal::print_warning(&format!(
            "{name}: {} {entries} no finding any more; `--write-baseline {name}` removes them",
            stale.len()
        ));
        for entry in stale.iter().take(MAX_PRINTED) {
            let count = if entry.count == 1 {
                String::new()
            } else {
                format!(" ({} times)", entry.count)
            };
            terminal::print_note(&format!("{}: {} {}{count}", entry.file, entry.code, entry.key));
        }
        if stale.len() > MAX_PRINTED {
            terminal::print_note(&format!("and {} more", stale.len() - MAX_PRINTED));
        }
    }
}

/// A baseline that is being written.
#[derive(Clone, Debug)]
pub struct NewBaseline {
    path: PathBuf,
    folder: PathBuf,
    files: BTreeMap<String, Counts>,
    /// The number of all findings.
    count: usize,
}

impl NewBaseline {
    /// Starts a baseline. If there is one already, the entries of files that are not checked in this run remain.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder does not exist, or if the file exists and is not a baseline.
    fn new(path: &Path) -> Result<Self, Failure> {
        let cannot_write = |error: io::Error| Failure::Usage(format!("cannot write {}: {error}", path.display()));
        let folder = folder_of(path).map_err(cannot_write)?;
        let mut files = BTreeMap::new();
        if path.try_exists().map_err(cannot_write)? {
            let old = Baseline::read(path)?.files;
            files = old.into_iter().map(|(name, file)| (name, file.counts)).collect();
        }
        Ok(Self {
            path: path.to_owned(),
            folder,
            files,
            count: 0,
        })
    }

    /// Moves the findings of a file into the baseline. Returns how many there are.
    fn take(&mut self, location: &Path, report: &mut FileReport) -> usize {
        let count = report.findings.len();
        let mut counts = Counts::new();
        for reported in report.findings.drain(..) {
            *counts.entry(entry(&reported)).or_default() += 1;
        }
        self.count += count;
        self.files.insert(relative(&self.folder, location), counts);
        count
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written. An existing file is then unchanged.
    fn write(mut self) -> Result<(), Failure> {
        let folder = &self.folder;
        self.files
            .retain(|name, counts| !counts.is_empty() && folder.join(name).exists());
        let mut text = format!(
            "# Findings that `apple-mdm lint` does not report: how often each occurs, by file, code and key.\n\
             # `apple-mdm lint --write-baseline` writes this file.\nversion = {VERSION}\n"
        );
        for (name, counts) in &self.files {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "\n[files.{}]", quoted(name));
            for (entry, count) in counts {
                let _ = writeln!(text, "{} = {count}", quoted(entry));
            }
        }
        output::replace(&self.path, text.as_bytes())
            .map_err(|error| Failure::Usage(format!("cannot write {}: {error}", self.path.display())))
    }
}

/// The code of a finding and the path of its key, without the indices of arrays: a payload may move.
fn entry(reported: &Reported) -> String {
    let finding = &reported.found.finding;
    let mut entry = finding.code.name().to_owned();
    let mut rest = finding.path.as_str();
    if !rest.is_empty() {
        entry.push(' ');
    }
    while let Some(start) = rest.find('[') {
        let (before, bracket) = rest.split_at(start + 1);
        entry.push_str(before);
        rest = bracket.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    entry.push_str(rest);
    entry
}

/// Splits an entry into the code and the path of the key.
fn split(entry: &str) -> (&str, &str) {
    entry.split_once(' ').unwrap_or((entry, ""))
}

/// Returns the path as the user would write it: relative to the current folder if it is in there.
fn from_here(path: &Path) -> &Path {
    let current = std::env::current_dir().and_then(fs::canonicalize);
    let relative = current.ok().and_then(|current| path.strip_prefix(current).ok());
    relative.unwrap_or(path)
}

fn folder_of(path: &Path) -> io::Result<PathBuf> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::canonicalize(folder),
        _ => fs::canonicalize("."),
    }
}

/// Returns the path of a file relative to a folder, with `/`. Both are absolute and without links to folders.
fn relative(folder: &Path, location: &Path) -> String {
    let mut folder = folder.components().peekable();
    let mut file = location.components().peekable();
    // On Windows, another drive.
    if folder.peek() != file.peek() {
        return location.to_string_lossy().replace('\\', "/");
    }
    while folder.peek().is_some() && folder.peek() == file.peek() {
        folder.next();
        file.next();
    }
    let up = folder.map(|_| "..".into());
    let down = file.map(|name| name.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Writes a text as a string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_with_slashes() {
        for (folder, file, expected) in [
            ("/a/b", "/a/b/c/d.plist", "c/d.plist"),
            ("/a/b", "/a/b.plist", "../b.plist"),
            ("/a/b", "/c/d.plist", "../../c/d.plist"),
            ("/", "/d.plist", "d.plist"),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(file)), expected);
        }
    }

    #[test]
    fn texts_are_quoted_as_toml() {
        for text in ["a b", "a\"b\\c", "a\nb\u{1b}", "ü\u{202e}", ""] {
            let quoted = quoted(text);
            let document = format!("{quoted} = 1");
            let table = toml::de::DeTable::parse(&document).unwrap();
            assert_eq!(table.get_ref().keys().next().unwrap().as_ref(), text);
        }
    }
}
