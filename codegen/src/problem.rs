//! What does not fit when the crate is built from a state of the schema that the overlay was not written for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Something that was skipped or replaced so that the build could go on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// What it is about.
    pub kind: ProblemKind,
    /// The file, the place in it, and what is wrong there: one line.
    pub message: String,
    /// What a maintainer does about it, where that is known.
    remedy: Option<String>,
}

/// What a [`Problem`] is about, in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A file of the schema, or a part of one, that was not understood or contradicts itself.
    Schema,
    /// An item or key that the crate's own code uses, taken from the crate's schema.
    Supplied,
    /// A file that was renamed: the overlay was applied to it under its new name.
    Moved,
    /// A Rust name that was chosen, since the overlay has none or it cannot be used.
    Name,
    /// A fact of the overlay.
    Fact,
    /// A rule of the overlay.
    Rule,
    /// A retired key of the overlay.
    Retired,
    /// An example of the overlay.
    Example,
    /// A word of the overlay that no name contains.
    Word,
}

impl ProblemKind {
    /// What a count of them is called.
    fn name(self, count: usize) -> &'static str {
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

    fn heading(self) -> &'static str {
        match self {
            Self::Schema => "Not understood or contradictory in the schema; skipped",
            Self::Supplied => "Used by the crate's own code; taken from the crate's schema",
            Self::Moved => "Renamed files; the overlay was applied under the new name",
            Self::Name => "Rust names; skipped where the file is missing, proposed where there was none",
            Self::Fact => "Facts of the overlay; skipped",
            Self::Rule => "Rules of the overlay; skipped",
            Self::Retired => "Retired keys of the overlay; skipped",
            Self::Example => "Examples of the overlay; skipped",
            Self::Word => "Words of the overlay that no name contains; skipped",
        }
    }
}

impl Problem {
    pub(crate) fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        let message: String = message.into();
        // A message that quotes the schema may have line breaks, and the list has one line for each problem.
        let message = message.split('\n').map(str::trim_end).collect::<Vec<_>>().join(" ");
        Self {
            kind,
            message,
            remedy: None,
        }
    }

    pub(crate) fn with_remedy(self, remedy: impl Into<String>) -> Self {
        Self {
            remedy: Some(remedy.into()),
            ..self
        }
    }

    /// The message where it fails the build.
    pub(crate) fn into_error(self) -> String {
        match self.remedy {
            Some(remedy) => format!("{}; {remedy}", self.message),
            None => self.message,
        }
    }
}

fn by_kind(problems: &[Problem]) -> BTreeMap<ProblemKind, Vec<&Problem>> {
    let mut kinds: BTreeMap<ProblemKind, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        kinds.entry(problem.kind).or_default().push(problem);
    }
    kinds
}

/// How many there are of each kind: `3 problems (1 name, 2 rules)`.
#[must_use]
pub fn counts(problems: &[Problem]) -> String {
    let kinds = by_kind(problems);
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(kind, list)| format!("{} {}", list.len(), kind.name(list.len())))
        .collect();
    match problems.len() {
        0 => "no problems".to_owned(),
        1 => format!("1 problem ({})", kinds.join(", ")),
        count => format!("{count} problems ({})", kinds.join(", ")),
    }
}

/// The list, for people to read: a heading for each kind, and a line for each problem.
#[must_use]
pub fn listing(problems: &[Problem]) -> String {
    let mut text = String::new();
    for (kind, list) in by_kind(problems) {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{} ({}):", kind.heading(), list.len());
        for problem in list {
            let _ = writeln!(text, "  {}", problem.message);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_counted_and_listed_by_kind() {
        let problems = [
            Problem::new(ProblemKind::Rule, "b"),
            Problem::new(ProblemKind::Name, "c\n  d"),
            Problem::new(ProblemKind::Rule, "a"),
        ];
        assert_eq!(counts(&[]), "no problems");
        assert_eq!(counts(&problems[..1]), "1 problem (1 rule)");
        assert_eq!(counts(&problems), "3 problems (1 name, 2 rules)");
        assert_eq!(
            listing(&problems),
            "Rust names; skipped where the file is missing, proposed where there was none (1):\n  c   d\n\nRules of the overlay; skipped (2):\n  b\n  a\n"
        );
    }
}
