//! Checks files on all cores.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use apple_mdm::lint::{self, DocumentFacts, DocumentSet};
use indicatif::ProgressBar;

use super::files::Input;
use super::report::FileReport;
use super::settings::{FileSettings, Settings};
use crate::terminal;

/// The memory for findings that wait for other files to be checked, in bytes. Files with more findings are checked again when their findings
/// are printed.
const MAX_WAITING: usize = 4 << 20;

/// The number of files that a thread checks before it hands over the results.
const FILES_AT_ONCE: usize = 8;

/// The result for a file.
pub enum Outcome {
    Checked(Box<FileReport>),
    /// The findings take too much memory to wait. The file is checked again when they are printed.
    CheckAgain,
    Unopened(io::Error),
}

/// A file that was checked.
type Checked = (Outcome, DocumentFacts);

/// Checks the files. Calls `print` with each of them, in order: with its index, what was found in it, and what was found by comparing it with
/// the others.
///
/// # Errors
///
/// Returns the error of `print`.
pub fn check_all(
    inputs: &[Input],
    settings: &Settings,
    progress: &ProgressBar,
    print: &mut dyn FnMut(usize, Outcome, Vec<lint::Finding>) -> io::Result<()>,
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
        // With little room, so that results do not pile up here.
        let (sender, results) = mpsc::sync_channel(threads);
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let start = next.fetch_add(FILES_AT_ONCE, Ordering::Relaxed)
                    && let Some(inputs) = inputs.get(start..)
                    && !inputs.is_empty()
                {
                    let inputs = inputs.iter().take(FILES_AT_ONCE);
                    let checked = inputs.map(|input| check(input, settings.of_file(input.settings)));
                    let checked: Vec<Checked> = checked.collect();
                    progress.inc(checked.len() as u64);
                    // Nobody receives the results after an error.
                    if sender.send((start, checked)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut queue = Queue::new(inputs);
        for (start, checked) in results {
            queue.receive(start, checked, print)?;
        }
        queue.finish(print)
    })
}

/// Puts files in order, and holds those back whose findings depend on later ones.
struct Queue<'i> {
    inputs: &'i [Input],
    set: DocumentSet,
    /// The files that were checked before earlier ones, by the index of the first.
    early: BTreeMap<usize, Vec<Checked>>,
    /// The index of the next file in order.
    next: usize,
    /// The files that wait for the end, in order, with what was found by comparing them with others.
    held_back: Vec<(usize, Outcome, Vec<lint::Finding>)>,
    /// The memory for findings that wait, in bytes.
    waiting: usize,
}

impl<'i> Queue<'i> {
    fn new(inputs: &'i [Input]) -> Self {
        Self {
            inputs,
            set: DocumentSet::new(),
            early: BTreeMap::new(),
            next: 0,
            held_back: Vec::new(),
            waiting: 0,
        }
    }

    /// Receives files, the first of which has the index `start`.
    fn receive(
        &mut self,
        start: usize,
        mut checked: Vec<Checked>,
        print: &mut dyn FnMut(usize, Outcome, Vec<lint::Finding>) -> io::Result<()>,
    ) -> io::Result<()> {
        if start != self.next {
            for (input, (outcome, _)) in self.inputs[start..].iter().zip(&mut checked) {
                self.wait(input, outcome);
            }
            self.early.insert(start, checked);
            return Ok(());
        }
        self.pass(checked, print)?;
        while let Some(mut checked) = self.early.remove(&self.next) {
            for (outcome, _) in &mut checked {
                self.waiting -= size(outcome);
            }
            self.pass(checked, print)?;
        }
        Ok(())
    }

    /// Prints the next files in order, or holds them back.
    fn pass(
        &mut self,
        checked: Vec<Checked>,
        print: &mut dyn FnMut(usize, Outcome, Vec<lint::Finding>) -> io::Result<()>,
    ) -> io::Result<()> {
        for (mut outcome, facts) in checked {
            let (index, input) = (self.next, &self.inputs[self.next]);
            self.next += 1;
            let directory = input.directory.as_ref();
            let directory = directory.map(|directory| directory.argument.to_string_lossy());
            let name = terminal::escape(&input.path.to_string_lossy()).into_owned();
            let found = self.set.add_and_check(name, directory.as_deref(), facts);
            match found {
                Some(found) if self.held_back.is_empty() => print(index, outcome, found)?,
                found => {
                    self.wait(input, &mut outcome);
                    self.held_back.push((index, outcome, found.unwrap_or_default()));
                }
            }
        }
        Ok(())
    }

    /// Counts the findings of a file that waits, or drops them if they take too much memory.
    fn wait(&mut self, input: &Input, outcome: &mut Outcome) {
        let size = size(outcome);
        // Standard input can be read only once.
        if self.waiting + size > MAX_WAITING && !input.is_stdin() && matches!(outcome, Outcome::Checked(_)) {
            *outcome = Outcome::CheckAgain;
        } else {
            self.waiting += size;
        }
    }

    /// Prints the files that were held back.
    fn finish(self, print: &mut dyn FnMut(usize, Outcome, Vec<lint::Finding>) -> io::Result<()>) -> io::Result<()> {
        if self.held_back.is_empty() {
            return Ok(());
        }
        let mut found_last = self.set.check().into_iter().peekable();
        for (index, outcome, mut found) in self.held_back {
            while let Some((_, finding)) = found_last.next_if(|(of, _)| *of == index) {
                found.push(finding);
            }
            print(index, outcome, found)?;
        }
        Ok(())
    }
}

/// The memory that the findings of a file take, in bytes.
fn size(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Checked(report) => report.size(),
        Outcome::CheckAgain | Outcome::Unopened(_) => 0,
    }
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
