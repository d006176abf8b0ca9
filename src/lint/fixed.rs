//! Fixes a document.

use std::collections::{HashMap, HashSet};

use super::{Finding, Fix, LintResult, Options, lint, lint_for_targets};
use crate::edit::{Edit, Editor};
use crate::error::{Error, ErrorKind};
use crate::format::Input;
use crate::validate::{Code, Target};

/// A document after [`fix`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fixed {
    /// The document. The same bytes as before if nothing was fixed.
    pub bytes: Vec<u8>,
    /// The findings that were fixed, each with its [`fix`](Finding::fix). The positions are those in the document before. If fixes overlap, a
    /// later one has its position in the document with the earlier ones.
    pub fixed: Vec<Finding>,
    /// The findings whose fix was accepted but not made: it would not have removed the finding, or would have caused another one.
    pub rejected: Vec<Finding>,
    /// Why nothing could be fixed, if the document cannot be edited: it repeats a key, for example. The path of the error can contain a
    /// secret.
    pub refused: Option<Error>,
    /// The result of linting the document now: for each target, or a single one without targets.
    pub results: Vec<LintResult>,
}

/// Fixes the findings of a document that `accepts` selects, if they have a [`Fix`].
///
/// The document is linted again before anything is returned. A fix that does not remove its finding or causes a new one is left out.
/// Everything else in the document stays as it is, as [`edit`](crate::edit) does it: comments, order, indentation, encoding. Fixing the result
/// again changes nothing.
///
/// With `targets`, the document is checked for each of them instead of the target of the options, and a fix must be good for all.
///
/// Signed documents and binary property lists have no fixes, because a change would break the signature, or could not keep the text.
/// Documents that are embedded in others have none either.
///
/// ```
/// use apple_mdm::lint::{Options, fix};
///
/// let declaration = br#"{
///   "Type": "com.apple.configuration.passcode.settings",
///   "Identifier": "com.example.passcode",
///   "Payload": { "RequirePasscode": 1, "minimumLength": 8 }
/// }"#;
///
/// // Safe fixes only.
/// let fixed = fix(declaration, &Options::default(), &[], |found| found.fix.as_ref().is_some_and(|fix| fix.safe));
/// assert_eq!(fixed.fixed[0].finding.path, "Payload.RequirePasscode");
/// assert_eq!(fixed.bytes, br#"{
///   "Type": "com.apple.configuration.passcode.settings",
///   "Identifier": "com.example.passcode",
///   "Payload": { "RequirePasscode": true, "minimumLength": 8 }
/// }"#);
/// ```
#[must_use]
pub fn fix(bytes: &[u8], options: &Options, targets: &[Target], accepts: impl Fn(&Finding) -> bool) -> Fixed {
    let mut run = Run {
        options,
        targets,
        lints_left: MIN_LINTS.max(MAX_LINTED / bytes.len().max(1)),
        fixed: Vec::new(),
        rejected: Vec::new(),
        rejected_edits: HashSet::new(),
    };
    let mut state = run.lint(bytes.to_vec());
    let mut refused = None;
    for _ in 0..MAX_ROUNDS {
        let candidates = run.candidates(&state, &accepts);
        if candidates.is_empty() {
            break;
        }
        refused = run.editable(&state).err();
        if refused.is_some() {
            run.reject(candidates);
            break;
        }
        state = run.make(state, candidates);
    }
    Fixed {
        bytes: state.bytes,
        fixed: run.fixed,
        rejected: run.rejected,
        refused,
        results: state.results,
    }
}

/// How often what is left after fixes is fixed again. Fixes of the same value take a round each.
const MAX_ROUNDS: usize = 8;

/// How many bytes are linted at most to find out which fixes of a document are not good, unless this is less than [`MIN_LINTS`] times.
const MAX_LINTED: usize = 1 << 30;
const MIN_LINTS: usize = 32;

/// A document and what was found in it.
struct State {
    bytes: Vec<u8>,
    results: Vec<LintResult>,
}

struct Run<'o> {
    options: &'o Options,
    targets: &'o [Target],
    /// How often the document may be linted before fixes that are not known to be good are rejected.
    lints_left: usize,
    fixed: Vec<Finding>,
    rejected: Vec<Finding>,
    /// What identifies the fixes that were rejected.
    rejected_edits: HashSet<Place>,
}

/// What a finding is about.
type Place = (Code, String);

fn place(found: &Finding) -> Place {
    (found.finding.code, found.finding.path.clone())
}

impl Run<'_> {
    fn lint(&mut self, bytes: Vec<u8>) -> State {
        self.lints_left = self.lints_left.saturating_sub(1);
        let results = match self.targets {
            [] => vec![lint(&bytes, self.options)],
            targets => lint_for_targets(&bytes, self.options, targets),
        };
        State { bytes, results }
    }

    /// Checks that the document can be edited.
    fn editable(&self, state: &State) -> Result<(), Error> {
        let input = Input::new(&state.bytes, &self.options.limits)?;
        Editor::new(&input).map(drop)
    }

    /// Returns the findings to be fixed, in the order of the document.
    fn candidates(&self, state: &State, accepts: &impl Fn(&Finding) -> bool) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        let mut places = HashSet::new();
        for finding in state.results.iter().flat_map(|result| &result.findings) {
            let is_candidate =
                finding.fix.is_some() && accepts(finding) && !self.rejected_edits.contains(&place(finding));
            // The same finding for another target.
            if is_candidate && places.insert(place(finding)) {
                found.push(finding.clone());
            }
        }
        found.sort_by_key(|finding| finding.position.map(|position| position.offset));
        found
    }

    /// Makes the fixes, or those among them that are good.
    fn make(&mut self, mut state: State, candidates: Vec<Finding>) -> State {
        let mut pending = vec![candidates];
        while let Some(mut group) = pending.pop() {
            match self.attempt(&state, &group) {
                Attempt::Good(new, fixed) => {
                    state = new;
                    self.fixed.extend(fixed);
                }
                Attempt::Bad(_) if group.len() == 1 || self.lints_left == 0 => self.reject(group),
                // Those that are probably the cause are tried alone, after the others. Without a suspect, the cause is found by halving.
                Attempt::Bad(places) => {
                    let suspects = group
                        .extract_if(.., |found| is_suspect(found, &places))
                        .collect::<Vec<_>>();
                    if suspects.is_empty() || group.is_empty() {
                        let mut whole = if group.is_empty() { suspects } else { group };
                        let rest = whole.split_off(whole.len() / 2);
                        pending.extend([rest, whole]);
                    } else {
                        pending.extend(suspects.into_iter().rev().map(|suspect| vec![suspect]));
                        pending.push(group);
                    }
                }
            }
        }
        state
    }

    fn reject(&mut self, group: Vec<Finding>) {
        self.rejected_edits.extend(group.iter().map(place));
        self.rejected.extend(group);
    }

    /// Tries to fix these findings. Those whose fix overlaps an earlier one are left for later.
    fn attempt(&mut self, state: &State, group: &[Finding]) -> Attempt {
        let Ok(input) = Input::new(&state.bytes, &self.options.limits) else {
            return Attempt::Bad(Vec::new());
        };
        let Ok(mut editor) = Editor::new(&input) else {
            return Attempt::Bad(Vec::new());
        };
        let mut fixed = Vec::new();
        for found in group {
            match found.fix.as_ref().map(|fix| apply(&mut editor, fix)) {
                Some(Ok(())) => fixed.push(found.clone()),
                Some(Err(error)) if *error.kind() == ErrorKind::Conflict && group.len() > 1 => {}
                _ => return Attempt::Bad(vec![place(found)]),
            }
        }
        if fixed.is_empty() || !editor.is_changed() {
            return Attempt::Bad(Vec::new());
        }
        let Ok(bytes) = editor.finish() else {
            return Attempt::Bad(Vec::new());
        };
        let new = self.lint(bytes);
        let places = places_that_are_not_better(state, &new, &fixed);
        match places.is_empty() {
            true => Attempt::Good(new, fixed),
            false => Attempt::Bad(places),
        }
    }
}

enum Attempt {
    /// The fixed document, and which findings were fixed.
    Good(State, Vec<Finding>),
    /// Which findings are new or remain although they should not.
    Bad(Vec<Place>),
}

fn apply(editor: &mut Editor<'_>, fix: &Fix) -> Result<(), Error> {
    fix.edits.iter().try_for_each(|edit: &Edit| editor.apply(edit))
}

/// Returns what is found more often than it should be: the fixed findings should be gone, and there should be no new ones.
fn places_that_are_not_better(old: &State, new: &State, fixed: &[Finding]) -> Vec<Place> {
    let mut worse = Vec::new();
    for (old, new) in old.results.iter().zip(&new.results) {
        let mut counts: HashMap<Place, isize> = HashMap::new();
        for found in &old.findings {
            *counts.entry(place(found)).or_default() += 1;
        }
        for found in fixed {
            // A finding for one target need not be one for another.
            if let Some(count) = counts.get_mut(&place(found)).filter(|count| **count > 0) {
                *count -= 1;
            }
        }
        for found in &new.findings {
            *counts.entry(place(found)).or_default() -= 1;
        }
        if old.kind != new.kind {
            worse.push((Code::UnknownKind, String::new()));
        }
        worse.extend(counts.into_iter().filter(|(_, left)| *left < 0).map(|(place, _)| place));
    }
    worse
}

/// Whether the fix of this finding is probably the cause of these findings: they are at the place that it changes, or in it.
fn is_suspect(found: &Finding, places: &[Place]) -> bool {
    let path = &found.finding.path;
    let new_path = found.fix.iter().flat_map(|fix| &fix.edits).find_map(|edit| match edit {
        Edit::Rename { path, key } => Some(renamed(path, key)),
        _ => None,
    });
    const MAX_PLACES: usize = 100;
    let concerns =
        |place: &str| place.starts_with(&**path) || new_path.as_ref().is_some_and(|new| place.starts_with(&**new));
    places.iter().take(MAX_PLACES).any(|(_, place)| concerns(place))
}

/// Returns the path with another name for its last key.
fn renamed(path: &str, key: &str) -> String {
    let end = path.rfind(['.', '[']).unwrap_or_default();
    let mut renamed = path[..end].to_owned();
    crate::error::path::push_key(&mut renamed, key);
    renamed
}
