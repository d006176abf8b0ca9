//! `apple-mdm lint`: checks documents.

mod files;
mod github;
mod human;
mod json;
mod sarif;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::ops::AddAssign;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use apple_mdm::cms::Roots;
use apple_mdm::lint::{LintResult, Options};
use apple_mdm::schema::{self, Family};
use apple_mdm::validate::Severity;
use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::Failure;
use crate::{document, target, terminal};

/// A progress bar appears for at least this many files.
const MIN_FILES_FOR_PROGRESS: usize = 50;

/// An output format. Files are formatted one by one, on several threads.
trait OutputFormat: Sync {
    /// The text before all files.
    fn start(&self) -> String;
    /// The text for a file. Empty if there is nothing to show.
    fn file(&self, path: &str, result: &LintResult) -> String;
    /// The text between two files.
    fn separator(&self) -> &'static str;
    /// The text after all files.
    fn end(&self, summary: &Summary) -> String;
}

/// The number of files and findings.
#[derive(Clone, Copy, Debug, Default)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    unopened: usize,
}

impl Summary {
    fn of(result: &LintResult) -> Self {
        Self {
            files: 1,
            errors: result.count(Severity::Error),
            warnings: result.count(Severity::Warning),
            infos: result.count(Severity::Info),
            unopened: 0,
        }
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.unopened += other.unopened;
    }
}

/// The result for one file: its counts and its text in the output format, or why it cannot be opened.
type Checked = Result<(Summary, String), io::Error>;

/// Runs `apple-mdm lint`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let options = options(matches)?;
    let strict = matches.get_flag("strict");
    let format: Box<dyn OutputFormat> = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => Box::new(json::Json),
        Some("sarif") => Box::new(sarif::Sarif::in_current_dir()),
        Some("github") => Box::new(github::Github),
        _ => Box::new(human::Human),
    };
    let mut unopened = 0;
    let arguments = matches.get_many::<PathBuf>("paths").unwrap_or_default();
    let paths = files::find(arguments, &mut |path, error| {
        unopened += 1;
        print_unopened(path, error);
    });
    match check_all(&paths, &options, strict, &*format, unopened)? {
        Summary { unopened: 1.., .. } => Err(Failure::Unopened),
        Summary { errors: 1.., .. } => Err(Failure::Findings),
        _ => Ok(()),
    }
}

fn options(matches: &ArgMatches) -> Result<Options, Failure> {
    let mut options = Options::default();
    options.target = target::from_flags(matches);
    options.require_signature = matches.get_flag("require-signature");
    if let Some(name) = matches.get_one::<String>("command") {
        options.command = Some(command(name)?.to_owned());
    }
    if let Some(path) = matches.get_one::<PathBuf>("trust-roots") {
        let pem =
            std::fs::read(path).map_err(|error| Failure::Usage(format!("cannot open {}: {error}", path.display())))?;
        options.roots =
            Roots::from_pem(&pem).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    }
    Ok(options)
}

/// Returns the request type of the command with this name.
fn command(name: &str) -> Result<&'static str, Failure> {
    if let Some(item) = schema::item(Family::Command, name) {
        return Ok(item.name);
    }
    let names = schema::items()
        .filter(|item| item.family == Family::Command)
        .map(|item| item.name);
    let suggestion = crate::explain::suggestion(name, names);
    Err(Failure::Usage(format!("there is no command `{name}`{suggestion}")))
}

/// Checks the files on all cores and prints the results in the order of `paths`.
fn check_all(
    paths: &[PathBuf],
    options: &Options,
    strict: bool,
    format: &dyn OutputFormat,
    unopened: usize,
) -> Result<Summary, Failure> {
    let mut summary = Summary {
        unopened,
        ..Summary::default()
    };
    let mut out = anstream::stdout().lock();
    let progress = progress_bar(paths.len());
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let work = |results: mpsc::Sender<(usize, Checked)>| {
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = paths.get(index) else { break };
            if results.send((index, check(path, options, strict, format))).is_err() {
                break;
            }
        }
    };
    out.write_all(format.start().as_bytes())?;
    let written = thread::scope(|scope| {
        let (sender, results) = mpsc::channel();
        let threads = thread::available_parallelism().map_or(1, usize::from).min(paths.len());
        for _ in 0..threads {
            let sender = sender.clone();
            scope.spawn(|| work(sender));
        }
        drop(sender);
        let mut finished = BTreeMap::new();
        let mut due = 0;
        let mut separator = "";
        for (index, checked) in results {
            finished.insert(index, checked);
            while let Some(checked) = finished.remove(&due) {
                progress.inc(1);
                match checked {
                    Ok((counts, text)) => {
                        summary += counts;
                        if !text.is_empty() {
                            let written = progress.suspend(|| write!(out, "{separator}{text}"));
                            separator = format.separator();
                            if let Err(error) = written {
                                stop.store(true, Ordering::Relaxed);
                                return Err(error);
                            }
                        }
                    }
                    Err(error) => {
                        summary.unopened += 1;
                        progress.suspend(|| print_unopened(&paths[due], &error));
                    }
                }
                due += 1;
            }
        }
        Ok(())
    });
    progress.finish_and_clear();
    written?;
    out.write_all(format.end(&summary).as_bytes())?;
    out.flush()?;
    Ok(summary)
}

fn check(path: &Path, options: &Options, strict: bool, format: &dyn OutputFormat) -> Checked {
    let bytes = document::read(path)?;
    let mut result = apple_mdm::lint::lint(&bytes, options);
    if strict {
        for found in &mut result.findings {
            if found.finding.severity == Severity::Warning {
                found.finding.severity = Severity::Error;
            }
        }
    }
    let text = format.file(&path.to_string_lossy(), &result);
    Ok((Summary::of(&result), text))
}

fn print_unopened(path: &Path, error: &io::Error) {
    terminal::print_error(&format!("cannot open {}: {error}", path.display()));
}

fn progress_bar(files: usize) -> ProgressBar {
    if files < MIN_FILES_FOR_PROGRESS || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files");
    ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr())
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
