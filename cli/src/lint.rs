//! `apple-mdm lint`: checks documents.

mod baseline;
mod check;
mod diff;
pub mod files;
mod fix;
mod github;
mod human;
mod json;
mod report;
mod requirements;
mod sarif;
mod settings;
mod statistics;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use apple_mdm::validate::{Code, Facet, Severity};
use clap::ArgMatches;
use clap::parser::ValueSource;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::catalog::Notes;
use crate::config::NamedTarget;
use crate::failure::Failure;
use crate::terminal;
use baseline::{BaselineMode, Stale};
use check::{Outcome, check, check_all};
use files::Input;
use fix::{FileFixes, FixMode};
use report::FileReport;
use settings::Settings;

/// The names of the output formats.
pub const FORMATS: [&str; 4] = ["human", "json", "sarif", "github"];

/// A progress bar appears for at least this many files.
const MIN_FILES_FOR_PROGRESS: usize = 50;

/// An output format, which receives the files in order.
trait OutputFormat {
    /// Writes what precedes all files.
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()>;
    /// Writes the findings of a file. `targets` are all targets of this run.
    fn file(&mut self, out: &mut dyn Write, path: &str, report: &FileReport, targets: &[NamedTarget])
    -> io::Result<()>;
    /// Writes what follows all files.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()>;
}

/// The number of files and findings, and what was not checked.
#[derive(Debug, Default)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    unopened: usize,
    /// The number of findings with a safe fix, and with an unsafe one.
    fixable: [usize; 2],
    /// The number of findings that were fixed, and whose fixes would have caused others, if findings are to be fixed.
    fixes: Option<[usize; 2]>,
    /// What the targets do not specify although the result depends on it. Empty without a target.
    unchecked: BTreeSet<Facet>,
    /// The number of findings with each code, if it is to be shown.
    statistics: Option<BTreeMap<Code, usize>>,
    /// What the baseline contained, if there is one.
    baseline: Option<BaselineSummary>,
}

/// What was found in the baseline.
#[derive(Debug, Default, Serialize)]
struct BaselineSummary {
    /// The number of findings that were not reported.
    silenced: usize,
    /// The entries that have no finding any more.
    stale: Vec<Stale>,
}

impl Summary {
    fn add(&mut self, report: &FileReport) {
        self.files += 1;
        for reported in &report.findings {
            let finding = &reported.found.finding;
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
            if let Some(fix) = &reported.found.fix {
                self.fixable[usize::from(!fix.safe)] += 1;
            }
            if let Some(statistics) = &mut self.statistics {
                *statistics.entry(finding.code).or_default() += 1;
            }
        }
        self.unchecked.extend(&report.unchecked);
    }
}

/// Runs `apple-mdm lint`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let mut settings = Settings::new(matches)?;
    let mut format = output_format(matches, &settings)?;
    let has_statistics = matches.get_flag("statistics") || settings.config.statistics;
    let mut baseline = BaselineMode::new(matches, &settings.config)?;
    let mut summary = Summary {
        statistics: has_statistics.then(BTreeMap::new),
        baseline: baseline.is_some().then(BaselineSummary::default),
        ..Summary::default()
    };
    summary.unopened += settings.schemas.report(Notes::Few);
    let arguments = matches.get_many::<PathBuf>("paths").unwrap_or_default();
    let mut inputs = files::find(arguments, &mut |path, error| {
        summary.unopened += 1;
        print_unopened(path, error);
    });
    inputs.retain_mut(|input| {
        let location = input.location().unwrap_or_default();
        let is_excluded = settings.config.excludes(&location);
        input.settings = settings.index_for(&location);
        if is_excluded && input.directory.is_none() {
            let path = input.path.display();
            terminal::print_note(&format!("{path} is not checked: the configuration excludes it"));
        }
        !is_excluded
    });
    let fix_mode = FixMode::new(matches);
    let has_stdin = inputs.iter().any(Input::is_stdin);
    if fix_mode.is_some() && has_stdin && inputs.len() > 1 {
        let message = "standard input cannot be fixed together with files";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut fixes = match fix_mode {
        Some(mode) if mode.is_preview => return preview(&mut inputs, &settings, &baseline, mode, summary.unopened),
        Some(mode) => fix_all(&mut inputs, &settings, &baseline, mode, &mut summary)?,
        None => Vec::new(),
    };
    let progress = progress_bar(inputs.len());
    let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(match fix_mode {
        // Standard output has the fixed document.
        Some(_) if has_stdin => Box::new(anstream::stderr().lock()),
        _ => Box::new(anstream::stdout().lock()),
    });
    format.start(&mut out)?;
    check_all(&inputs, &settings, &progress, &mut |index, outcome, found| {
        let input = &inputs[index];
        let own = settings.of_file(input.settings);
        let outcome = match outcome {
            Outcome::CheckAgain => check(input, own).0,
            outcome => outcome,
        };
        match outcome {
            Outcome::Checked(mut report) => {
                report.add(found, own);
                if let Some(summary) = &mut summary.baseline {
                    summary.silenced += baseline.silence(input, &mut report, own);
                }
                if let Some(fixes) = fixes.get_mut(index) {
                    report.fixed = std::mem::take(&mut fixes.fixed);
                }
                summary.add(&report);
                format.file(&mut out, &input.path.to_string_lossy(), &report, &settings.targets)?;
            }
            Outcome::Unopened(error) => {
                summary.unopened += 1;
                out.flush()?;
                print_unopened(&input.path, &error);
            }
            Outcome::CheckAgain => unreachable!("`check` returns the findings"),
        }
        Ok(())
    })?;
    progress.finish_and_clear();
    if let Some(summary) = &mut summary.baseline {
        summary.stale = baseline.stale();
    }
    format.end(&mut out, &summary)?;
    out.flush()?;
    baseline.finish()?;
    match summary {
        Summary { unopened: 1.., .. } => Err(Failure::Unopened),
        Summary { errors: 1.., .. } => Err(Failure::Findings),
        Summary {
            baseline: Some(known), ..
        } if settings.is_strict() && !known.stale.is_empty() => Err(Failure::Findings),
        _ => Ok(()),
    }
}

/// Fixes all files. The fixed standard input goes to standard output.
fn fix_all(
    inputs: &mut [Input],
    settings: &Settings,
    baseline: &BaselineMode,
    mode: FixMode,
    summary: &mut Summary,
) -> Result<Vec<FileFixes>, Failure> {
    let mut all = Vec::with_capacity(inputs.len());
    let [mut fixed, mut rejected] = [0, 0];
    for input in inputs {
        let fixes = match fix::fix(input, settings, baseline, mode, &mut io::sink()) {
            Ok(fixes) => fixes,
            Err(Failure::Usage(message)) => {
                summary.unopened += 1;
                terminal::print_error(&message);
                FileFixes::default()
            }
            Err(other) => return Err(other),
        };
        if let (true, Some(content)) = (input.is_stdin(), &input.content) {
            let mut out = io::stdout().lock();
            out.write_all(content)?;
            out.flush()?;
        }
        fixed += fixes.fixed.len();
        rejected += fixes.rejected;
        all.push(fixes);
    }
    summary.fixes = Some([fixed, rejected]);
    Ok(all)
}

/// Prints what `--fix` would change.
fn preview(
    inputs: &mut [Input],
    settings: &Settings,
    baseline: &BaselineMode,
    mode: FixMode,
    unopened: usize,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let (mut findings, mut files, mut unopened) = (0, 0, unopened);
    for input in inputs {
        if let Err(error) = input.load() {
            unopened += 1;
            print_unopened(&input.path, &error);
            continue;
        }
        let fixes = fix::fix(input, settings, baseline, mode, &mut out)?;
        findings += fixes.fixed.len();
        files += usize::from(!fixes.fixed.is_empty());
    }
    out.flush()?;
    let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    terminal::print_note(&match findings {
        0 => "nothing would be fixed".to_owned(),
        _ => format!(
            "{} in {} would be fixed",
            count(findings, "finding"),
            count(files, "file")
        ),
    });
    match (unopened, findings) {
        (1.., _) => Err(Failure::Unopened),
        (_, 1..) => Err(Failure::Findings),
        _ => Ok(()),
    }
}

fn output_format(matches: &ArgMatches, settings: &Settings) -> Result<Box<dyn OutputFormat>, Failure> {
    let flag = matches.get_one::<String>("format");
    let flag = match matches.value_source("format") {
        Some(ValueSource::CommandLine) => flag,
        _ => settings.config.format.as_ref().or(flag),
    };
    let format = flag.map(String::as_str);
    if matches.get_flag("requirements") && matches!(format, Some("sarif" | "github")) {
        let message = "requirements are shown with `--format human` and `--format json` only";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(match format {
        Some("json") => Box::new(json::Json::default()),
        Some("sarif") => Box::new(sarif::Sarif::in_current_dir()),
        Some("github") => Box::new(github::Github),
        _ => Box::new(human::Human),
    })
}

fn print_unopened(path: &Path, error: &io::Error) {
    terminal::print_error(&format!("cannot open {}: {error}", path.display()));
}

fn progress_bar(files: usize) -> ProgressBar {
    // On a terminal, the findings show the progress.
    if files < MIN_FILES_FOR_PROGRESS || !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files");
    ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr())
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
