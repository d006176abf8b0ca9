//! `apple-mdm lint`: checks documents.

mod files;
mod github;
mod human;
mod json;
mod sarif;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::AddAssign;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use apple_mdm::cms::Roots;
use apple_mdm::lint::{DocumentSet, Kind, LintResult, Options, Placeholders};
use apple_mdm::schema::Item;
use apple_mdm::validate::{Facet, Severity};
use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::Failure;
use crate::{document, target, terminal};
use files::Input;

/// A progress bar appears for at least this many files.
const MIN_FILES_FOR_PROGRESS: usize = 50;

/// The memory for findings that wait for the other files to be checked, in bytes. Files with more findings are checked again when their
/// findings are printed.
const MAX_WAITING: usize = 4 << 20;

/// An output format, which receives the files in order.
trait OutputFormat {
    /// Writes what precedes all files.
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()>;
    /// Writes the findings of a file.
    fn file(&mut self, out: &mut dyn Write, path: &str, result: &LintResult) -> io::Result<()>;
    /// Writes what follows all files.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()>;
}

/// The number of files and findings, and what was not checked.
#[derive(Clone, Debug, Default)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    unopened: usize,
    /// What the target does not specify although the result depends on it. Empty without a target.
    unchecked: BTreeSet<Facet>,
}

impl AddAssign<&LintResult> for Summary {
    fn add_assign(&mut self, result: &LintResult) {
        self.files += 1;
        self.errors += result.count(Severity::Error);
        self.warnings += result.count(Severity::Warning);
        self.infos += result.count(Severity::Info);
    }
}

/// The result for a file.
enum Outcome {
    Checked(Box<LintResult>),
    /// The findings take too much memory to wait. The file is checked again when they are printed.
    CheckAgain,
    Unopened(io::Error),
}

/// Runs `apple-mdm lint`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let options = options(matches)?;
    let mut format: Box<dyn OutputFormat> = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => Box::new(json::Json::default()),
        Some("sarif") => Box::new(sarif::Sarif::in_current_dir()),
        Some("github") => Box::new(github::Github),
        _ => Box::new(human::Human),
    };
    let mut summary = Summary::default();
    let arguments = matches.get_many::<PathBuf>("paths").unwrap_or_default();
    let inputs = files::find(arguments, &mut |path, error| {
        summary.unopened += 1;
        print_unopened(path, error);
    });
    let (outcomes, set) = check_all(&inputs, &options);
    let mut set_findings = set.check().into_iter().peekable();
    let strict = matches.get_flag("strict");
    let mut out = BufWriter::new(anstream::stdout().lock());
    format.start(&mut out)?;
    for (index, (input, outcome)) in inputs.iter().zip(outcomes).enumerate() {
        let outcome = match outcome {
            Outcome::CheckAgain => check(input, &options),
            outcome => outcome,
        };
        match outcome {
            Outcome::Checked(mut result) => {
                while let Some((_, finding)) = set_findings.next_if(|(of, _)| *of == index) {
                    result.findings.push(finding);
                }
                result
                    .findings
                    .sort_by_key(|found| found.position.map(|position| position.offset));
                if strict {
                    raise_warnings(&mut result);
                }
                summary += &*result;
                if options.target.is_some() {
                    summary.unchecked.extend(&result.unchecked);
                }
                format.file(&mut out, &input.path.to_string_lossy(), &result)?;
            }
            Outcome::Unopened(error) => {
                summary.unopened += 1;
                out.flush()?;
                print_unopened(&input.path, &error);
            }
            Outcome::CheckAgain => unreachable!("`check` returns the findings"),
        }
    }
    format.end(&mut out, &summary)?;
    out.flush()?;
    match summary {
        Summary { unopened: 1.., .. } => Err(Failure::Unopened),
        Summary { errors: 1.., .. } => Err(Failure::Findings),
        _ => Ok(()),
    }
}

fn options(matches: &ArgMatches) -> Result<Options, Failure> {
    let mut options = Options::default();
    options.target = target::from_flags(matches);
    options.require_signature = matches.get_flag("require-signature");
    options.command = matches
        .get_one::<&'static str>("command")
        .map(|name| (*name).to_owned());
    options.item = matches.get_one::<&'static Item>("as").copied();
    if matches.get_flag("no-placeholders") {
        options.placeholders = Placeholders::none();
    }
    if let Some(path) = matches.get_one::<PathBuf>("trust-roots") {
        let pem = fs::read(path).map_err(|error| Failure::Usage(format!("cannot open {}: {error}", path.display())))?;
        options.roots =
            Roots::from_pem(&pem).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    }
    Ok(options)
}

/// Checks the files on all cores. Returns the outcomes in the order of `inputs`, and the set of all documents.
fn check_all(inputs: &[Input], options: &Options) -> (Vec<Outcome>, DocumentSet) {
    let progress = progress_bar(inputs.len());
    let next = AtomicUsize::new(0);
    let mut checked: Vec<Option<(Outcome, _)>> = Vec::new();
    checked.resize_with(inputs.len(), || None);
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
        // Without room, so that findings do not pile up here.
        let (sender, results) = mpsc::sync_channel(0);
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(input) = inputs.get(index)
                    && sender.send((index, check(input, options))).is_ok()
                {}
            });
        }
        drop(sender);
        let mut waiting = 0;
        for (index, mut outcome) in results {
            let mut facts = None;
            if let Outcome::Checked(result) = &mut outcome {
                facts = Some(std::mem::take(&mut result.facts));
                let size = size(result);
                // Standard input can be read only once.
                if waiting + size > MAX_WAITING && !input_is_stdin(&inputs[index]) {
                    outcome = Outcome::CheckAgain;
                } else {
                    waiting += size;
                }
            }
            checked[index] = Some((outcome, facts));
            progress.inc(1);
        }
    });
    progress.finish_and_clear();
    let mut set = DocumentSet::new();
    let mut outcomes = Vec::with_capacity(inputs.len());
    for (input, checked) in inputs.iter().zip(checked) {
        let Some((outcome, facts)) = checked else { continue };
        let directory = input.directory.as_ref().map(|path| path.to_string_lossy());
        let name = terminal::escape(&input.path.to_string_lossy()).into_owned();
        set.add(name, directory.as_deref(), facts.unwrap_or_default());
        outcomes.push(outcome);
    }
    (outcomes, set)
}

fn check(input: &Input, options: &Options) -> Outcome {
    let bytes = match document::read(&input.path) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Unopened(error),
    };
    let extension = input.path.extension().unwrap_or_default();
    if options.item.is_some() {
        return Outcome::Checked(Box::new(apple_mdm::lint::lint(&bytes, options)));
    }
    let mut options = options.clone();
    if extension.eq_ignore_ascii_case("mobileconfig") {
        options.expected = Some(Kind::Profile);
    } else if input.directory.is_some() {
        // Directories contain unrelated files, too.
        options.unknown_kind = Severity::Info;
    }
    Outcome::Checked(Box::new(apple_mdm::lint::lint(&bytes, &options)))
}

fn input_is_stdin(input: &Input) -> bool {
    input.path.as_os_str() == "-"
}

/// The approximate memory that the findings take, in bytes.
fn size(result: &LintResult) -> usize {
    let texts = result.findings.iter().map(|found| {
        let finding = &found.finding;
        let help = finding.help.as_ref().map_or(0, String::capacity);
        let excerpt = found.excerpt.as_ref().map_or(0, |excerpt| excerpt.text.capacity());
        finding.path.capacity() + finding.message.capacity() + help + excerpt
    });
    texts.sum::<usize>() + result.findings.capacity() * size_of::<apple_mdm::lint::Finding>()
}

fn raise_warnings(result: &mut LintResult) {
    for found in &mut result.findings {
        if found.finding.severity == Severity::Warning {
            found.finding.severity = Severity::Error;
        }
    }
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
