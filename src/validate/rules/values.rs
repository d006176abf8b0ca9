//! Rules about single values.

use std::fmt::Display;

use super::compare::{contains, equals, matches, may_equal, number};
use crate::codec::View;
use crate::schema::{Check, Literal, Path, TextTest, ValueConstraint};
use crate::validate::code::Code;
use crate::validate::shown::{counted, joined, range, shown};
use crate::validate::{EmbeddedDocument, suggest};

/// Returns the path of the values that the check is about, and the code of its findings. `None` if the check is not about single
/// values.
pub(super) const fn selector_and_code(check: &Check) -> Option<(Path, Code)> {
    match *check {
        Check::Charset { key, .. } | Check::Utf8 { key } => Some((key, Code::Charset)),
        Check::Length { key, .. } => Some((key, Code::Length)),
        Check::Pattern { key, .. } => Some((key, Code::Pattern)),
        Check::Number { key, .. } | Check::Bits { key, .. } => Some((key, Code::Number)),
        Check::Count { key, .. } => Some((key, Code::Count)),
        Check::Value { key, .. } => Some((key, Code::ValueNeeds)),
        // The keys of a manifest are checked too.
        Check::Document {
            holds: EmbeddedDocument::Manifest,
            ..
        } => None,
        Check::Document { key, .. } => Some((key, Code::Document)),
        _ => None,
    }
}

/// What is wrong with a value.
pub(super) struct Problem {
    /// What is expected.
    pub(super) expected: String,
    /// What was found.
    pub(super) found: String,
    /// A suggestion, if the value is probably a misspelling.
    pub(super) help: Option<String>,
}

impl Problem {
    pub(super) fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            expected: expected.into(),
            found: found.into(),
            help: None,
        }
    }
}

/// Returns what is wrong with a value, if anything.
pub(super) fn problem(check: &Check, view: View<'_>, is_secret: bool) -> Option<Problem> {
    match *check {
        Check::Charset { from, to, .. } => {
            let is_bad = |c: &char| !(from..=to).contains(&u32::from(*c));
            let mut characters = view.as_str()?.chars().enumerate();
            let (at, found) = characters.find(|(_, c)| is_bad(c))?;
            let expected = match (from, to) {
                (0x20, 0x7e) => "printable ASCII characters".to_owned(),
                _ => format!("characters from U+{from:04X} to U+{to:04X}"),
            };
            let escaped = found.escape_debug();
            let found = format!("`{escaped}` (U+{:04X}) as character {}", u32::from(found), at + 1);
            Some(Problem::new(expected, found))
        }
        Check::Utf8 { .. } => match view {
            View::Data(bytes) => {
                let why = std::str::from_utf8(bytes).err()?;
                let found = format!("an invalid byte at position {}", why.valid_up_to() + 1);
                Some(Problem::new("text in UTF-8", found))
            }
            _ => None,
        },
        Check::Length { min, max, bytes, .. } => {
            let (length, unit) = match view {
                View::String(text) if bytes => (text.len(), "byte"),
                View::String(text) => (text.chars().count(), "character"),
                View::Data(data) => (data.len(), "byte"),
                _ => return None,
            };
            (!is_within(length, min, max)).then(|| {
                let units = format!("{unit}s");
                let mut found = counted(length, unit, &units);
                if !is_secret && view.as_str().is_some_and(|text| !text.is_empty()) {
                    found = format!("{found} in {}", shown(view, false));
                }
                Problem::new(format!("{} {units}", range(min, max)), found)
            })
        }
        Check::Pattern { test, not, .. } => {
            let text = match view {
                View::String(text) => text,
                // PEM text in data.
                View::Data(bytes) => std::str::from_utf8(bytes).unwrap_or(""),
                _ => return None,
            };
            (matches(test, text) == not).then(|| {
                let expected = match not {
                    true => format!("anything but {}", test_in_words(test)),
                    false => test_in_words(test),
                };
                let deviation = match test {
                    TextTest::Format(format) if !not && !is_secret => format.deviation(text),
                    _ => None,
                };
                let mut found = shown(view, is_secret);
                if let Some(deviation) = deviation {
                    found = format!("{found}: {deviation}");
                }
                Problem::new(expected, found)
            })
        }
        Check::Number {
            min, max, step, not, ..
        } => {
            let number = number(view)?;
            let is_fine = is_within(number, min, max)
                && step.is_none_or(|step| number % step == 0.0)
                && !not.iter().any(|literal| equals(view, *literal));
            (!is_fine).then(|| {
                let mut parts = Vec::new();
                if min.is_some() || max.is_some() {
                    parts.push(range(min, max));
                }
                parts.extend(step.map(|step| format!("a multiple of {step}")));
                if !not.is_empty() {
                    parts.push(format!("a number other than {}", literals(not, "and")));
                }
                Problem::new(joined(parts, "and"), shown(view, is_secret))
            })
        }
        Check::Bits { has, needs, .. } => match view {
            View::Integer(bits) => {
                let bits = bits.as_i64()?;
                let expected = || format!("the bits of {needs} together with those of {has}");
                (bits & has == has && bits & needs != needs).then(|| Problem::new(expected(), shown(view, is_secret)))
            }
            _ => None,
        },
        Check::Count { min, max, .. } => {
            let (count, noun) = match view {
                View::Array(list) => (list.len(), "elements"),
                View::Map(_) | View::Record(_) => {
                    let mut count = 0;
                    view.each(&mut |_, _| count += 1);
                    (count, "entries")
                }
                _ => return None,
            };
            (!is_within(count, min, max))
                .then(|| Problem::new(format!("{} {noun}", range(min, max)), format!("{count}")))
        }
        Check::Value { needs, .. } => (!satisfies(view, needs)).then(|| constraint_problem(view, needs, is_secret)),
        Check::Document { holds, .. } => document_problem(holds, view),
        _ => None,
    }
}

/// Returns why data or a text is not the document that it must be.
pub(super) fn document_problem(holds: EmbeddedDocument, view: View<'_>) -> Option<Problem> {
    let bytes = match view {
        View::Data(bytes) => bytes,
        View::String(text) => text.as_bytes(),
        _ => return None,
    };
    let found = holds.check(bytes).err()?;
    let expected = holds.describe();
    let found = found.strip_suffix(&format!(", not {expected}")).unwrap_or(&found);
    Some(Problem::new(expected, found))
}

fn is_within<T: PartialOrd>(found: T, min: Option<T>, max: Option<T>) -> bool {
    min.is_none_or(|min| found >= min) && max.is_none_or(|max| found <= max)
}

fn test_in_words(test: TextTest) -> String {
    match test {
        TextTest::Format(format) => format.describe().to_owned(),
        TextTest::Pattern(pattern) => format!("text that matches `{pattern}`"),
    }
}

/// The number of literals that a message lists.
const MAX_LISTED: usize = 12;

fn literals(list: &[Literal], conjunction: &str) -> String {
    let quoted = |literal: &dyn Display| format!("`{literal}`");
    if list.len() > MAX_LISTED {
        let listed: Vec<String> = list.iter().take(MAX_LISTED).map(|literal| quoted(literal)).collect();
        return format!("{} …", listed.join(", "));
    }
    joined(list.iter().map(|literal| quoted(literal)), conjunction)
}

fn satisfies(view: View<'_>, needs: ValueConstraint) -> bool {
    match needs {
        ValueConstraint::In(list) => !may_equal(view, list) || list.iter().any(|literal| equals(view, *literal)),
        ValueConstraint::Not(list) => !list.iter().any(|literal| equals(view, *literal)),
        ValueConstraint::Text(test) => view.as_str().is_none_or(|text| matches(test, text)),
        ValueConstraint::Range(min, max) => number(view).is_none_or(|number| is_within(number, min, max)),
        ValueConstraint::Contains(literal) => contains(view, literal),
    }
}

fn constraint_problem(view: View<'_>, needs: ValueConstraint, is_secret: bool) -> Problem {
    let expected = match needs {
        ValueConstraint::In(list) => literals(list, "or"),
        ValueConstraint::Not(list) => format!("a value other than {}", literals(list, "or")),
        ValueConstraint::Text(test) => test_in_words(test),
        ValueConstraint::Range(min, max) => range(min, max),
        ValueConstraint::Contains(literal) => format!("an array that contains `{literal}`"),
    };
    let found = match (needs, view) {
        (ValueConstraint::Contains(_), View::Array(_)) => format!("{} without it", shown(view, is_secret)),
        _ => shown(view, is_secret),
    };
    Problem {
        help: misspelled(view, needs).filter(|_| !is_secret),
        ..Problem::new(expected, found)
    }
}

/// Suggests the listed text that an unlisted one is probably a misspelling of.
fn misspelled(view: View<'_>, needs: ValueConstraint) -> Option<String> {
    let ValueConstraint::In(list) = needs else { return None };
    let texts = list.iter().filter_map(|literal| match literal {
        Literal::String(text) => Some(*text),
        _ => None,
    });
    suggest::closest(view.as_str()?, texts).map(suggest::did_you_mean)
}
