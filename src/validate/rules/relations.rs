//! Rules about how values relate to each other.

use std::cmp::Ordering;

use hashbrown::{HashMap, HashSet};

use super::comparable::{Comparable, Comparison};
use super::compare::compare;
use super::select::{each, first, first_path};
use super::values::Problem;
use super::{Code, Findings, Path, RuleCheck, Step};
use crate::codec::View;
use crate::schema::{Order, path_text};
use crate::validate::shown::{joined, shown};

/// Where a value that occurs several times was first seen.
enum FirstSeen {
    /// The value occurs once.
    Once,
    /// It occurs several times.
    Repeated,
    /// It occurs several times, first at this path.
    At(String),
}

impl<'a> RuleCheck<'_, 'a, '_> {
    pub(super) fn unique(&mut self, key: Path, by: &[&'static str], ignore_case: bool) {
        let comparison = Comparison { by, ignore_case };
        let mut found = Vec::new();
        each(self.view, key, self.path, &mut |view, _| {
            found.extend(comparison.of(view))
        });
        let mut values: HashMap<Comparable<'_>, FirstSeen> = HashMap::with_capacity(found.len());
        let mut all_differ = true;
        for value in found {
            let seen = values.entry(value);
            let seen = seen.and_modify(|seen| {
                *seen = FirstSeen::Repeated;
                all_differ = false;
            });
            seen.or_insert(FirstSeen::Once);
        }
        if all_differ {
            return;
        }
        // Only now are paths needed, of the repeated values.
        let is_secret = self.is_secret(key);
        let message = |view, first: &str| match by {
            [] => format!(
                "expected a unique value, found {}, which is also at {first}",
                shown(view, is_secret)
            ),
            keys => {
                let names = joined(keys.iter().map(|key| format!("`{key}`")), "and");
                format!("expected a unique combination of {names}, found that of {first}")
            }
        };
        let mut findings = Findings::default();
        each(self.view, key, self.path, &mut |view, path| match comparison
            .of(view)
            .and_then(|value| values.get_mut(&value))
        {
            Some(FirstSeen::At(first)) => findings.add_at(path, message(view, first)),
            Some(seen @ FirstSeen::Repeated) if !findings.is_full() => {
                let path = path.to_string();
                findings.reserve(path.len());
                *seen = FirstSeen::At(path);
            }
            _ => {}
        });
        let paths: Vec<String> = findings.list.iter().map(|(path, ..)| path.clone()).collect();
        self.report_all(Code::Unique, findings);
        for (path, key) in paths.iter().flat_map(|path| by.iter().map(move |key| (path, key))) {
            self.cx.note_also(Code::Unique, format!("{path}.{key}"));
        }
    }

    pub(super) fn consistent(&mut self, key: Path, by: &[&str]) {
        let Some((Step::Key(name), items)) = key.split_last() else {
            return;
        };
        let is_secret = self.is_secret(key);
        let comparison = Comparison { by, ignore_case: false };
        let mut first_values = HashMap::new();
        let mut findings = Findings::default();
        each(self.view, items, self.path, &mut |view, path| {
            let Some(group) = comparison.of(view) else { return };
            let value = view.value(name);
            let first = *first_values.entry(group).or_insert(value);
            if Comparison::EXACT.of(first) != Comparison::EXACT.of(value) {
                let names = joined(by.iter().map(|key| format!("`{key}`")), "and");
                let [first, found] = [first, value].map(|value| shown(value, is_secret));
                let message =
                    format!("expected {first}, as in the first dictionary with the same {names}, found {found}");
                findings.add_at(&path.key(name), message);
            }
        });
        self.report_all(Code::Unique, findings);
    }

    pub(super) fn disjoint(&mut self, keys: &[Path]) {
        let mut seen = HashSet::new();
        let mut findings = Findings::default();
        for (index, key) in keys.iter().enumerate() {
            let is_secret = self.is_secret(key);
            let others = || joined(keys[..index].iter().map(|key| format!("`{}`", path_text(key))), "or");
            let mut values = Vec::new();
            each(self.view, key, self.path, &mut |view, path| {
                let Some(value) = Comparison::EXACT.of(view) else {
                    return;
                };
                if seen.contains(&value) {
                    let found = shown(view, is_secret);
                    let others = others();
                    findings.add_at(path, format!("expected a value that is not in {others}, found {found}"));
                }
                values.push(value);
            });
            seen.extend(values);
        }
        self.report_all(Code::Unique, findings);
    }

    pub(super) fn ordering(&mut self, lower: Path, upper: Path, strict: bool, by: Order) {
        let Some((low, high)) = first(self.view, lower).zip(first(self.view, upper)) else {
            return;
        };
        let is_wrong = match compare(low, high, by) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => strict,
            _ => false,
        };
        if is_wrong {
            // Either of the two can be the mistake, so the finding is at the dictionary or element around them.
            let common = lower.iter().zip(upper).take_while(|(one, other)| one == other).count();
            let relation = if strict { "less than" } else { "at most" };
            let [low, high] = [(lower, low), (upper, high)].map(|(key, view)| shown(view, self.is_secret(key)));
            let message = format!(
                "expected `{}` to be {relation} `{}`{}, found {low} and {high}",
                path_text(&lower[common..]),
                path_text(&upper[common..]),
                self.reason()
            );
            let path = first_path(self.view, &lower[..common], self.path);
            self.report(Code::Ordering, path, message, None);
        }
    }

    pub(super) fn refers(&mut self, key: Path, to: Path, ignore_case: bool) {
        let comparison = Comparison { by: &[], ignore_case };
        let mut values = HashSet::new();
        each(self.view, to, self.path, &mut |view, _| {
            values.extend(comparison.of(view))
        });
        let is_secret = self.is_secret(key);
        self.report_values(key, Code::Requires, |view| {
            let value = comparison.of(view)?;
            let expected = || format!("one of the values at `{}`", path_text(to));
            (!values.contains(&value)).then(|| Problem::new(expected(), shown(view, is_secret)))
        });
    }

    pub(super) fn payload_ref(&mut self, key: Path, types: &[&str]) {
        let expected = match types {
            [] => "the PayloadUUID of a payload".to_owned(),
            types => {
                let types = joined(types.iter().map(|name| format!("`{name}`")), "or");
                format!("the PayloadUUID of a payload of type {types}")
            }
        };
        let mut findings = Findings::default();
        let cx = &*self.cx;
        each(self.view, key, self.path, &mut |view, path| {
            let View::String(uuid) = view else { return };
            match cx.payload_type(uuid) {
                Some(None) => {
                    let found = shown(view, false);
                    findings.add_at(
                        path,
                        format!("expected {expected}, found {found}, which no payload has"),
                    );
                }
                Some(Some(kind)) if !types.is_empty() && !types.contains(&kind) => {
                    let kind = shown(View::String(kind), false);
                    findings.add_at(
                        path,
                        format!("expected {expected}, found that of a payload of type {kind}"),
                    );
                }
                _ => {}
            }
        });
        self.report_all(Code::BadReference, findings);
    }
}
