//! `apple-mdm lint`

mod files;
mod github;
mod human;
mod json;
mod sarif;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use apple_mdm::cms::Roots;
use apple_mdm::input::Limits;
use apple_mdm::lint::{LintResult, Options};
use apple_mdm::schema::{self, Family};
use apple_mdm::validate::Severity;
use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::Failure;
use crate::{screen, target};

/// With fewer files there is nothing to wait for.
const MANY: usize = 50;

/// How findings are shown. Each file is written on its own, by whichever thread has checked it.
trait Format: Sync {
    /// What stands before all files.
    fn start(&self) -> String;
    /// What is shown of a file; nothing where the text is empty.
    fn file(&self, path: &str, result: &LintResult) -> String;
    /// What stands between two files of which something is shown.
    fn between(&self) -> &'static str;
    /// What stands after all files.
    fn end(&self, summary: &Summary) -> String;
}

/// What was found in all files.
#[derive(Clone, Copy, Debug, Default)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    unopened: usize,
}

impl Summary {
    fn count(&mut self, result: &LintResult) {
        self.files += 1;
        for found in &result.findings {
            match found.finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
        }
    }
}

/// What became of a file.
enum Outcome {
    Checked { counts: Summary, shown: String },
    Unopened(io::Error),
}

/// `apple-mdm lint …`
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let options = options(matches)?;
    let strict = matches.get_flag("strict");
    let format: Box<dyn Format> = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => Box::new(json::Json),
        Some("sarif") => Box::new(sarif::Sarif::here()),
        Some("github") => Box::new(github::Github),
        _ => Box::new(human::Human),
    };
    let mut unopened = 0;
    let asked = matches.get_many::<PathBuf>("paths").unwrap_or_default();
    let paths = files::find(asked, &mut |path, error| {
        unopened += 1;
        complain(path, error);
    });
    let mut summary = all(&paths, &options, strict, &*format, unopened)?;
    summary.unopened += unopened;
    match summary {
        Summary { unopened: 1.., .. } => Err(Failure::Unopened),
        Summary { errors: 1.., .. } => Err(Failure::Findings),
        _ => Ok(()),
    }
}

fn options(matches: &ArgMatches) -> Result<Options, Failure> {
    let mut options = Options::default();
    options.target = target::of(matches);
    options.require_signature = matches.get_flag("require-signature");
    if let Some(name) = matches.get_one::<String>("command") {
        let Some(item) = schema::item(Family::Command, name) else {
            let names = schema::items()
                .filter(|item| item.family == Family::Command)
                .map(|item| item.name);
            let hint = crate::explain::meant(name, names);
            return Err(Failure::Usage(format!("there is no command `{name}`{hint}")));
        };
        options.command = Some(item.name.to_owned());
    }
    if let Some(path) = matches.get_one::<PathBuf>("trust-roots") {
        let pem =
            std::fs::read(path).map_err(|error| Failure::Usage(format!("cannot open {}: {error}", path.display())))?;
        options.roots =
            Roots::from_pem(&pem).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    }
    Ok(options)
}

/// Checks the files on all cores and shows what was found in their order.
fn all(
    paths: &[PathBuf],
    options: &Options,
    strict: bool,
    format: &dyn Format,
    unopened: usize,
) -> Result<Summary, Failure> {
    let mut summary = Summary::default();
    let mut out = anstream::stdout().lock();
    let bar = progress(paths.len());
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let work = |results: mpsc::Sender<(usize, Outcome)>| {
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = paths.get(index) else { break };
            if results.send((index, one(path, options, strict, format))).is_err() {
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
            let work = &work;
            scope.spawn(move || work(sender));
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        let mut first = true;
        for (index, outcome) in results {
            waiting.insert(index, outcome);
            while let Some(outcome) = waiting.remove(&due) {
                let path = &paths[due];
                due += 1;
                bar.inc(1);
                match outcome {
                    Outcome::Checked { counts, shown } => {
                        summary.files += counts.files;
                        summary.errors += counts.errors;
                        summary.warnings += counts.warnings;
                        summary.infos += counts.infos;
                        if !shown.is_empty() {
                            let between = if first { "" } else { format.between() };
                            first = false;
                            let written = bar.suspend(|| write!(out, "{between}{shown}"));
                            if let Err(error) = written {
                                stop.store(true, Ordering::Relaxed);
                                return Err(error);
                            }
                        }
                    }
                    Outcome::Unopened(error) => {
                        summary.unopened += 1;
                        bar.suspend(|| complain(path, &error));
                    }
                }
            }
        }
        Ok(())
    });
    bar.finish_and_clear();
    written?;
    let told = Summary {
        unopened: summary.unopened + unopened,
        ..summary
    };
    out.write_all(format.end(&told).as_bytes())?;
    out.flush()?;
    Ok(summary)
}

fn one(path: &Path, options: &Options, strict: bool, format: &dyn Format) -> Outcome {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Unopened(error),
    };
    let mut result = apple_mdm::lint::lint(&bytes, options);
    if strict {
        for found in &mut result.findings {
            if found.finding.severity == Severity::Warning {
                found.finding.severity = Severity::Error;
            }
        }
    }
    let mut counts = Summary::default();
    counts.count(&result);
    Outcome::Checked {
        counts,
        shown: format.file(&path.to_string_lossy(), &result),
    }
}

/// The bytes of a file, and no more than one more than the linter accepts: some files have no end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let limit = Limits::default().size as u64 + 1;
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn complain(path: &Path, error: &io::Error) {
    screen::complain(&format!("cannot open {}: {error}", path.display()));
}

fn progress(files: usize) -> ProgressBar {
    if files < MANY || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files");
    ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr())
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
