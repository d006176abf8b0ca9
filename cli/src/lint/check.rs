//! Checks files on all cores.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use apple_mdm::lint::{self, DocumentFacts, DocumentSet};
use indicatif::ProgressBar;

use super::files::Input;
use super::report::FileReport;
use super::settings::{FileSettings, Settings};
use crate::terminal;

/// The memory for findings that wait for the other files to be checked, in bytes. Files with more findings are checked again when their
/// findings are printed.
const MAX_WAITING: usize = 4 << 20;

/// The result for a file.
pub enum Outcome {
    Checked(Box<FileReport>),
    /// The findings take too much memory to wait. The file is checked again when they are printed.
    CheckAgain,
    Unopened(io::Error),
}

/// Checks the files. Returns the outcomes in the order of `inputs`, and the set of all documents.
pub fn check_all(inputs: &[Input], settings: &Settings, progress: &ProgressBar) -> (Vec<Outcome>, DocumentSet) {
    let (next, waiting) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut checked = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = inputs.get(index) else {
                return checked;
            };
            let (mut outcome, facts) = check(input, settings.of_file(input.settings));
            if let Outcome::Checked(report) = &outcome {
                let size = report.size();
                // Standard input can be read only once.
                if waiting.fetch_add(size, Ordering::Relaxed) + size > MAX_WAITING && !input.is_stdin() {
                    waiting.fetch_sub(size, Ordering::Relaxed);
                    outcome = Outcome::CheckAgain;
                }
            }
            checked.push((index, outcome, facts));
            progress.inc(1);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
    let mut all = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results = threads.into_iter().map(|thread| match thread.join() {
            Ok(checked) => checked,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        results.flatten().collect::<Vec<_>>()
    });
    all.sort_by_key(|(index, ..)| *index);
    let mut set = DocumentSet::new();
    let mut outcomes = Vec::with_capacity(inputs.len());
    for (input, (_, outcome, facts)) in inputs.iter().zip(all) {
        let directory = input
            .directory
            .as_ref()
            .map(|directory| directory.argument.to_string_lossy());
        let name = terminal::escape(&input.path.to_string_lossy()).into_owned();
        set.add(name, directory.as_deref(), facts);
        outcomes.push(outcome);
    }
    (outcomes, set)
}

/// Checks a file for all its targets. Returns the findings that are shown, and what the document contributes to the set of all documents.
pub fn check(input: &Input, settings: &FileSettings) -> (Outcome, DocumentFacts) {
    let bytes = match input.read() {
        Ok(bytes) => bytes,
        Err(error) => return (Outcome::Unopened(error), DocumentFacts::default()),
    };
    let options = settings.options(input);
    let results = match settings.targets.as_slice() {
        [] => vec![lint::lint(&bytes, options)],
        targets => lint::lint_for_targets(&bytes, options, targets),
    };
    let (mut report, facts) = FileReport::merge(results, &settings.target_indices);
    report
        .findings
        .retain(|reported| settings.shows(reported.found.finding.code));
    if settings.shows_requirements {
        report.requirements = lint::requirements(&bytes, options).ok();
    }
    (Outcome::Checked(Box::new(report)), facts)
}
