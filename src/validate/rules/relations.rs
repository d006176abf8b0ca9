//! Rules about how values relate to each other.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::comparable::{Comparable, Comparison};
use super::compare::compare;
use super::select::{each, first};
use super::{Code, Findings, Path, RuleCheck, Step};
use crate::codec::View;
use crate::schema::Order;

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
        let mut values: HashMap<Comparable<'_>, FirstSeen> = HashMap::new();
        let mut all_differ = true;
        each(self.view, key, self.path, &mut |view, _| {
            let Some(value) = comparison.of(view) else { return };
            let seen = values.entry(value);
            let seen = seen.and_modify(|seen| {
                *seen = FirstSeen::Repeated;
                all_differ = false;
            });
            seen.or_insert(FirstSeen::Once);
        });
        if all_differ {
            return;
        }
        // Only now are paths needed, of the repeated values.
        let mut findings = Findings::default();
        each(self.view, key, self.path, &mut |view, path| match comparison
            .of(view)
            .and_then(|value| values.get_mut(&value))
        {
            Some(FirstSeen::At(first)) => findings.add_at(path, format!("the same stands at {first}")),
            Some(seen @ FirstSeen::Repeated) if !findings.is_full() => {
                let path = path.to_string();
                findings.reserve(path.len());
                *seen = FirstSeen::At(path);
            }
            _ => {}
        });
        self.report_all(Code::Unique, findings);
    }

    pub(super) fn consistent(&mut self, key: Path, by: &[&str]) {
        let Some((Step::Key(name), items)) = key.split_last() else {
            return;
        };
        let comparison = Comparison { by, ignore_case: false };
        let mut first_values = HashMap::new();
        let mut findings = Findings::default();
        each(self.view, items, self.path, &mut |view, path| {
            let Some(group) = comparison.of(view) else { return };
            let value = Comparison::EXACT.of(view.value(name));
            if *first_values
                .entry(group)
                .or_insert_with(|| Comparison::EXACT.of(view.value(name)))
                != value
            {
                findings.add_at(&path.key(name), String::new());
            }
        });
        self.report_all(Code::Unique, findings);
    }

    pub(super) fn disjoint(&mut self, keys: &[Path]) {
        let mut seen = HashSet::new();
        let mut findings = Findings::default();
        for key in keys {
            let mut values = Vec::new();
            each(self.view, key, self.path, &mut |view, path| {
                let Some(value) = Comparison::EXACT.of(view) else {
                    return;
                };
                if seen.contains(&value) {
                    findings.add_at(path, String::new());
                }
                values.push(value);
            });
            seen.extend(values);
        }
        self.report_all(Code::Unique, findings);
    }

    pub(super) fn ordering(&mut self, lower: Path, upper: Path, strict: bool, by: Order) {
        let values = first(self.view, lower, self.path).zip(first(self.view, upper, self.path));
        let Some(((low, low_path), (high, high_path))) = values else {
            return;
        };
        let is_wrong = match compare(low, high, by) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => strict,
            _ => false,
        };
        if is_wrong {
            // Either of the two can be the mistake.
            self.report(Code::Ordering, low_path, "");
            self.report(Code::Ordering, high_path, "");
        }
    }

    pub(super) fn refers(&mut self, key: Path, to: Path, ignore_case: bool) {
        let comparison = Comparison { by: &[], ignore_case };
        let mut values = HashSet::new();
        each(self.view, to, self.path, &mut |view, _| {
            values.extend(comparison.of(view))
        });
        self.report_values(key, Code::Requires, |view| {
            let value = comparison.of(view)?;
            (!values.contains(&value)).then(String::new)
        });
    }

    pub(super) fn payload_ref(&mut self, key: Path, types: &[&str]) {
        let mut findings = Findings::default();
        let cx = &*self.cx;
        each(self.view, key, self.path, &mut |view, path| {
            let View::String(uuid) = view else { return };
            match cx.payload_type(uuid) {
                Some(None) => {
                    findings.add_at(path, "the profile has no payload with this PayloadUUID".to_owned());
                }
                Some(Some(found)) if !types.is_empty() && !types.contains(&found) => {
                    findings.add_at(path, format!("that payload is of type `{}`", found.escape_debug()));
                }
                _ => {}
            }
        });
        self.report_all(Code::BadReference, findings);
    }
}
