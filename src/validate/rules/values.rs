//! Rules about single values.

use super::compare::{contains, equals, matches, may_equal, number};
use crate::codec::View;
use crate::schema::{Check, Literal, Path, ValueConstraint};
use crate::validate::finding::Code;
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

/// Returns the details of what is wrong with a value, which may be empty. `None` if nothing is.
pub(super) fn problem(check: &Check, view: &View<'_>) -> Option<String> {
    match *check {
        Check::Charset { from, to, .. } => {
            let is_bad = |c: &char| !(from..=to).contains(&u32::from(*c));
            let mut characters = view.as_str()?.chars().enumerate();
            let (at, found) = characters.find(|(_, c)| is_bad(c))?;
            Some(format!("character {} is U+{:04X}", at + 1, u32::from(found)))
        }
        Check::Utf8 { .. } => match view {
            View::Data(bytes) => {
                let why = std::str::from_utf8(bytes).err()?;
                Some(format!("byte {} is not UTF-8", why.valid_up_to() + 1))
            }
            _ => None,
        },
        Check::Length { min, max, bytes, .. } => {
            let length = match view {
                View::String(text) if bytes => text.len(),
                View::String(text) => text.chars().count(),
                View::Data(data) => data.len(),
                _ => return None,
            };
            (!is_within(length, min, max)).then(|| format!("it has {length}"))
        }
        Check::Pattern { test, not, .. } => {
            let text = match view {
                View::String(text) => text,
                // PEM text in data.
                View::Data(bytes) => std::str::from_utf8(bytes).unwrap_or(""),
                _ => return None,
            };
            (matches(test, text) == not).then(String::new)
        }
        Check::Number {
            min, max, step, not, ..
        } => {
            let number = number(*view)?;
            let is_fine = is_within(number, min, max)
                && step.is_none_or(|step| number % step == 0.0)
                && !not.iter().any(|literal| equals(*view, *literal));
            (!is_fine).then(String::new)
        }
        Check::Bits { has, needs, .. } => match view {
            View::Integer(bits) => {
                let bits = bits.as_i64()?;
                (bits & has == has && bits & needs != needs).then(String::new)
            }
            _ => None,
        },
        Check::Count { min, max, .. } => {
            let count = match view {
                View::Array(list) => list.len(),
                View::Map(_) | View::Record(_) => {
                    let mut count = 0;
                    view.each(&mut |_, _| count += 1);
                    count
                }
                _ => return None,
            };
            (!is_within(count, min, max)).then(|| format!("there are {count}"))
        }
        Check::Value { needs, .. } => (!satisfies(*view, needs)).then(|| suggestion(*view, needs).unwrap_or_default()),
        Check::Document { holds, .. } => document_problem(holds, *view),
        _ => None,
    }
}

/// Returns why data or a text is not the document that it must be.
pub(super) fn document_problem(holds: EmbeddedDocument, view: View<'_>) -> Option<String> {
    let bytes = match view {
        View::Data(bytes) => bytes,
        View::String(text) => text.as_bytes(),
        _ => return None,
    };
    holds.check(bytes).err()
}

fn is_within<T: PartialOrd>(found: T, min: Option<T>, max: Option<T>) -> bool {
    min.is_none_or(|min| found >= min) && max.is_none_or(|max| found <= max)
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

/// Suggests the listed text that an unlisted one is probably a misspelling of.
fn suggestion(view: View<'_>, needs: ValueConstraint) -> Option<String> {
    let ValueConstraint::In(list) = needs else { return None };
    let texts = list.iter().filter_map(|literal| match literal {
        Literal::String(text) => Some(*text),
        _ => None,
    });
    suggest::closest(view.as_str()?, texts).map(suggest::did_you_mean)
}
