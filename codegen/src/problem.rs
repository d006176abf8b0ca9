//! What is wrong in a schema folder or its overlay, as data. The caller decides whether a problem stops the build.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use crate::message::shorten;

/// Something that is wrong in a file of the schema or the overlay.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// What the problem is about.
    pub kind: ProblemKind,
    /// The path within the schema folder, such as `mdm/profiles/com.example.yaml` or `overlay/names.yaml`; empty if the problem is
    /// not about one file.
    pub file: String,
    /// The place in the file, such as `payloadkeys.Proxy.Port`; empty if the problem is about the whole file.
    pub place: String,
    /// What was found and what was expected.
    pub message: String,
    /// How to fix it, if that is known.
    pub suggestion: Option<String>,
    /// Whether a strict build fails.
    pub severity: Severity,
}

/// Whether a problem stops a strict build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The statement may be intended, and the generated code is correct.
    Note,
    /// The statement cannot be used and is skipped. The build fails unless the statement is Apple's.
    Error,
}

/// What a [`Problem`] is about, in the order of [`listing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A part of the schema that is not understood or contradicts itself.
    Schema,
    /// An item or key that the crate's own code uses. If it is missing, it comes from the crate's schema.
    Supplied,
    /// A renamed file. The overlay is applied to it under its new name.
    Moved,
    /// A Rust name that is missing from the overlay or cannot be used.
    Name,
    /// A fact in the overlay.
    Fact,
    /// A rule in the overlay.
    Rule,
    /// A retired key in the overlay.
    Retired,
    /// An example in the overlay.
    Example,
    /// A word in the overlay that occurs in no name.
    Word,
}

impl ProblemKind {
    /// The noun after a count of problems.
    fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Schema, 1) => "schema problem",
            (Self::Schema, _) => "schema problems",
            (Self::Supplied, _) => "supplied from the crate's schema",
            (Self::Moved, 1) => "renamed file",
            (Self::Moved, _) => "renamed files",
            (Self::Name, 1) => "name",
            (Self::Name, _) => "names",
            (Self::Fact, 1) => "fact",
            (Self::Fact, _) => "facts",
            (Self::Rule, 1) => "rule",
            (Self::Rule, _) => "rules",
            (Self::Retired, 1) => "retired key",
            (Self::Retired, _) => "retired keys",
            (Self::Example, 1) => "example",
            (Self::Example, _) => "examples",
            (Self::Word, 1) => "word",
            (Self::Word, _) => "words",
        }
    }

    /// The heading in [`listing`].
    fn heading(self) -> &'static str {
        match self {
            Self::Schema => "Not understood or contradictory in the schema (skipped)",
            Self::Supplied => "Needed by the crate's own code (taken from the crate's schema)",
            Self::Moved => "Renamed files (the overlay was applied under the new name)",
            Self::Name => "Rust names (skipped if the file is missing, proposed if there was no name)",
            Self::Fact => "Facts in the overlay (skipped)",
            Self::Rule => "Rules in the overlay (skipped)",
            Self::Retired => "Retired keys in the overlay (skipped)",
            Self::Example => "Examples in the overlay (skipped)",
            Self::Word => "Words in the overlay that occur in no name (skipped)",
        }
    }
}

impl Problem {
    /// An error in `file` at `place`.
    pub(crate) fn new(
        kind: ProblemKind,
        file: impl Into<String>,
        place: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            file: file.into(),
            place: place.into(),
            message: message.into(),
            suggestion: None,
            severity: Severity::Error,
        }
    }

    /// An error in a file of the schema.
    pub(crate) fn in_schema(file: impl Into<String>, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(ProblemKind::Schema, file, place, message)
    }

    /// Adds a suggestion, if there is one.
    #[must_use]
    pub(crate) fn suggest(self, suggestion: impl Into<Option<String>>) -> Self {
        Self {
            suggestion: suggestion.into(),
            ..self
        }
    }

    /// Lowers the severity to a note.
    #[must_use]
    pub(crate) fn into_note(self) -> Self {
        Self {
            severity: Severity::Note,
            ..self
        }
    }

    /// The message with the suggestion.
    pub(crate) fn explanation(&self) -> String {
        match &self.suggestion {
            Some(suggestion) => format!("{}; {suggestion}", self.message),
            None => self.message.clone(),
        }
    }
}

impl fmt::Display for Problem {
    /// Writes one line, even if the text that is quoted from the schema has several.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [self.file.as_str(), &shorten(&self.place)] {
            if !part.is_empty() {
                write!(f, "{part}: ")?;
            }
        }
        let explanation = self.explanation();
        let lines: Vec<&str> = explanation.split('\n').map(str::trim_end).collect();
        f.write_str(&lines.join(" "))
    }
}

fn by_kind(problems: &[Problem]) -> BTreeMap<ProblemKind, Vec<&Problem>> {
    let mut kinds: BTreeMap<ProblemKind, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        kinds.entry(problem.kind).or_default().push(problem);
    }
    kinds
}

/// Counts the problems of each kind: `3 problems (1 name, 2 rules)`.
#[must_use]
pub fn counts(problems: &[Problem]) -> String {
    let kinds = by_kind(problems);
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(kind, list)| format!("{} {}", list.len(), kind.noun(list.len())))
        .collect();
    match problems.len() {
        0 => "no problems".to_owned(),
        1 => format!("1 problem ({})", kinds.join(", ")),
        count => format!("{count} problems ({})", kinds.join(", ")),
    }
}

/// Lists the problems for people to read: a heading for each kind, and a line for each problem.
#[must_use]
pub fn listing(problems: &[Problem]) -> String {
    let mut text = String::new();
    for (kind, list) in by_kind(problems) {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}: {}", kind.heading(), list.len());
        for problem in list {
            let _ = writeln!(text, "  {problem}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_counted_and_listed_by_kind() {
        let problem = |kind, message: &str| Problem::new(kind, "", "", message);
        let problems = [
            problem(ProblemKind::Rule, "b"),
            problem(ProblemKind::Name, "c\n  d"),
            problem(ProblemKind::Rule, "a"),
        ];
        assert_eq!(counts(&[]), "no problems");
        assert_eq!(counts(&problems[..1]), "1 problem (1 rule)");
        assert_eq!(counts(&problems), "3 problems (1 name, 2 rules)");
        assert_eq!(
            listing(&problems),
            "Rust names (skipped if the file is missing, proposed if there was no name): 1\n  c   d\n\nRules in the overlay (skipped): 2\n  b\n  a\n"
        );
    }

    #[test]
    fn a_problem_is_one_line() {
        let problem =
            Problem::in_schema("a.yaml", "payloadkeys.A\nB", "unknown type `x`").suggest("remove it".to_owned());
        assert_eq!(
            problem.to_string(),
            "a.yaml: payloadkeys.A B: unknown type `x`; remove it"
        );
    }
}
