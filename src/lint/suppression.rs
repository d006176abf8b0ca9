//! Comments in XML property lists that suppress findings.
//!
//! `<!-- apple-mdm: ignore CODE -->` covers the key or value that follows it, with everything in it. `<!-- apple-mdm: ignore-file CODE -->`
//! covers the document. Several codes are separated by commas, and a reason can follow after a colon.

use std::cell::Cell;
use std::collections::HashMap;

use memchr::memchr;
use memchr::memmem::find;

use super::about_document;
use super::tree::Tree;
use crate::validate::{Code, Finding, Severity, suggest};

/// How such a comment starts, after white space.
const MARKER: &str = "apple-mdm:";

/// The number of codes in comments that are read.
const MAX: usize = 10_000;

/// The suppressions of a document.
#[derive(Default)]
pub(super) struct Suppressions {
    list: Vec<Suppression>,
    /// The suppressions by what they cover and their code.
    known: HashMap<(Scope, Code), usize>,
    /// Comments that suppress nothing, with their offsets.
    problems: Vec<(usize, Problem)>,
    /// Whether there are more than are read.
    are_more: bool,
}

/// A code in a comment.
struct Suppression {
    code: Code,
    /// The offset of the code.
    offset: usize,
    is_used: Cell<bool>,
    /// The index among those whose code findings of sets have.
    set_index: Option<usize>,
}

/// What a suppression covers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    /// The key or value at this offset.
    From(usize),
    Document,
}

/// Why a comment suppresses nothing.
#[derive(Clone, Copy)]
enum Problem {
    /// It is neither `ignore` nor `ignore-file`.
    UnknownWord,
    NoCode,
    UnknownCode(Option<&'static str>),
    /// Findings with this code cannot be suppressed.
    Unsuppressible(Code),
    NothingFollows,
    Repeated,
    TooMany,
}

/// A comment that has not been assigned to what follows it.
struct Comment<'a> {
    content: &'a str,
    offset: usize,
}

impl Suppressions {
    /// Reads the comments of an XML property list. Text and CDATA sections have none.
    pub(super) fn read(text: &str) -> Self {
        let mut suppressions = Self::default();
        // Most documents have none.
        if find(text.as_bytes(), MARKER.as_bytes()).is_some() {
            suppressions.scan(text);
        }
        suppressions
    }

    fn scan(&mut self, text: &str) {
        let mut waiting: Vec<Comment<'_>> = Vec::new();
        let mut is_in_text = false;
        let mut at = 0;
        while let Some(before) = memchr(b'<', &text.as_bytes()[at..]) {
            let start = at + before;
            let rest = &text[start..];
            let after = |open: usize, end: &str| {
                let len = find(&rest.as_bytes()[open..], end.as_bytes());
                len.map_or(text.len(), |len| start + open + len + end.len())
            };
            let mut closes = false;
            let mut follows = None;
            if let Some(content) = rest.strip_prefix("<!--") {
                at = after(4, "-->");
                let content = content.get(..(at - start).saturating_sub(7)).unwrap_or_default();
                if content.trim_ascii_start().starts_with(MARKER) && !is_in_text {
                    let offset = start + 4;
                    if self.list.len() + self.problems.len() + waiting.len() < MAX {
                        waiting.push(Comment { content, offset });
                    } else {
                        self.leave_out(offset);
                    }
                }
                continue;
            } else if rest.starts_with("<![CDATA[") {
                at = after(9, "]]>");
                continue;
            } else if rest.starts_with("<?") {
                at = after(2, "?>");
                continue;
            }
            at = after(1, ">");
            if rest.starts_with("<!") {
                continue;
            }
            if rest.starts_with("</") {
                is_in_text = false;
                closes = true;
            } else {
                let tag = &text[start + 1..(at - 1).max(start + 1)];
                let name = tag
                    .split(|c: char| c.is_ascii_whitespace() || c == '/')
                    .next()
                    .unwrap_or_default();
                if name == "plist" {
                    continue;
                }
                follows = Some(start);
                is_in_text = !matches!(name, "dict" | "array") && !tag.ends_with('/');
            }
            if closes || follows.is_some() {
                for comment in waiting.drain(..) {
                    self.add(&comment, follows);
                }
            }
        }
        for comment in waiting {
            self.add(&comment, None);
        }
    }

    /// Adds a comment. `follows` is the offset of the key or value after it.
    fn add(&mut self, comment: &Comment<'_>, follows: Option<usize>) {
        let offset_of = |part: &str| comment.offset + (part.as_ptr().addr() - comment.content.as_ptr().addr());
        let content = comment.content.trim_ascii();
        let instruction = content[MARKER.len()..].trim_ascii_start();
        let end = instruction.find(|c: char| c.is_ascii_whitespace() || c == ':');
        let (word, rest) = instruction.split_at(end.unwrap_or(instruction.len()));
        let scope = match word {
            "ignore" => follows.map(Scope::From),
            "ignore-file" => Some(Scope::Document),
            _ => return self.problems.push((offset_of(word), Problem::UnknownWord)),
        };
        let codes = rest.split(':').next().unwrap_or_default();
        for name in codes.split(',') {
            let name = name.trim_ascii();
            let offset = offset_of(name);
            if self.list.len() + self.problems.len() >= MAX {
                return self.leave_out(offset);
            }
            let problem = match (Code::ALL.iter().find(|code| code.name() == name), scope) {
                (None, _) if name.is_empty() => Problem::NoCode,
                (None, _) => Problem::UnknownCode(suggest::closest(name, Code::ALL.iter().map(|code| code.name()))),
                (Some(code), _) if !is_suppressible(*code) => Problem::Unsuppressible(*code),
                (Some(_), None) => Problem::NothingFollows,
                (Some(code), Some(scope)) => {
                    let index = self.list.len();
                    if *self.known.entry((scope, *code)).or_insert(index) == index {
                        self.list.push(Suppression {
                            code: *code,
                            offset,
                            is_used: Cell::new(false),
                            set_index: is_found_in_sets(*code).then(|| self.of_sets().count()),
                        });
                        continue;
                    }
                    Problem::Repeated
                }
            };
            self.problems.push((offset, problem));
        }
    }

    /// Notes that the code at this offset, and others perhaps, are not read.
    fn leave_out(&mut self, offset: usize) {
        if !std::mem::replace(&mut self.are_more, true) {
            self.problems.push((offset, Problem::TooMany));
        }
    }

    /// Whether a comment covers the finding at `offset`. That comment has then been used.
    pub(super) fn cover(&self, finding: &Finding, offset: Option<usize>, tree: &Tree<'_>) -> bool {
        if self.list.is_empty() || !is_suppressible(finding.code) {
            return false;
        }
        let mut is_covered = false;
        let mut check = |scope| {
            if let Some(index) = self.known.get(&(scope, finding.code)) {
                self.list[*index].is_used.set(true);
                is_covered = true;
            }
        };
        check(Scope::Document);
        tree.each_offset(&finding.path, &mut |offset| check(Scope::From(offset)));
        // The second of two equal keys is not in the tree.
        if let Some(offset) = offset {
            check(Scope::From(offset));
        }
        // Apple's reader rejects the document.
        is_covered && !(finding.code == Code::Syntax && finding.severity == Severity::Error)
    }

    /// Returns the index, among the suppressions [of sets](Self::of_sets), of the one that covers findings with this code at a path.
    pub(super) fn of_set(&self, code: Code, path: &str, tree: &Tree<'_>) -> Option<usize> {
        if self.list.is_empty() {
            return None;
        }
        let mut found = self.known.get(&(Scope::Document, code)).copied();
        tree.each_offset(path, &mut |offset| {
            found = self.known.get(&(Scope::From(offset), code)).copied().or(found);
        });
        self.list[found?].set_index
    }

    /// Returns the suppressions of findings that a set of documents has: code, offset, and whether they have been used.
    pub(super) fn of_sets(&self) -> impl Iterator<Item = (Code, usize, bool)> {
        let of_sets = self.list.iter().filter(|found| is_found_in_sets(found.code));
        of_sets.map(|found| (found.code, found.offset, found.is_used.get()))
    }

    /// Returns the findings about comments that suppress nothing, with their offsets. What may suppress a finding of a set of documents is not
    /// known to be unused, unless the document is embedded in others.
    pub(super) fn unused(&self, depth: usize) -> Vec<(Finding, usize)> {
        let unused = self.list.iter().filter(|suppression| {
            let may_be_used = depth == 0 && is_found_in_sets(suppression.code);
            !suppression.is_used.get() && !may_be_used
        });
        let unused = unused.map(|suppression| (unused_suppression(suppression.code), suppression.offset));
        let problems = self.problems.iter().map(|(offset, problem)| {
            let (message, help) = problem.describe();
            let mut finding = about_document(Severity::Warning, Code::UnusedSuppression, message);
            finding.help = help;
            (finding, *offset)
        });
        unused.chain(problems).collect()
    }
}

/// Returns the finding about a comment that suppresses no finding with this code.
pub(super) fn unused_suppression(code: Code) -> Finding {
    let message = format!("there is no `{code}` finding that this comment suppresses");
    let mut finding = about_document(Severity::Warning, Code::UnusedSuppression, message);
    finding.help = Some("remove the code or the comment".to_owned());
    finding
}

/// Whether a [`DocumentSet`](super::DocumentSet) has findings with this code.
const fn is_found_in_sets(code: Code) -> bool {
    matches!(code, Code::Unique | Code::Conflict | Code::BadReference)
}

/// Whether comments can suppress findings with this code. A document cannot vouch for its own signature.
const fn is_suppressible(code: Code) -> bool {
    !matches!(code, Code::Signature | Code::UnusedSuppression | Code::LeftOut)
}

impl Problem {
    /// Describes the problem, and what to do about it. The comment can contain anything, so nothing of it is quoted.
    fn describe(self) -> (String, Option<String>) {
        let (message, help) = match self {
            Self::UnknownWord => (
                "the comment suppresses nothing",
                "write `<!-- apple-mdm: ignore CODE -->` before a key, or `<!-- apple-mdm: ignore-file CODE -->`",
            ),
            Self::NoCode => (
                "the comment names no code",
                "add the code of the finding, such as `wrong-type`",
            ),
            Self::UnknownCode(suggestion) => {
                let message = "the comment names a code that does not exist".to_owned();
                return (message, suggestion.map(suggest::did_you_mean));
            }
            Self::Unsuppressible(code) => {
                return (format!("comments cannot suppress `{code}`"), None);
            }
            Self::NothingFollows => (
                "no key or value follows the comment in its dictionary or array",
                "put it before the key or value to which it applies, or write `ignore-file`",
            ),
            Self::Repeated => ("another comment suppresses the same", "remove one of them"),
            Self::TooMany => (
                "the comments have too many codes; the rest is not read",
                "use `ignore-file`",
            ),
        };
        (message.to_owned(), Some(help.to_owned()))
    }
}
