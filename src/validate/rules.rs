//! The one place where rules are interpreted.

mod compare;
mod condition;
mod distinct;
mod fault;
mod met;
mod pending;
mod places;

use std::cmp::Ordering;
use std::collections::HashMap;

use super::EmbeddedDocument;
use super::context::Context;
use super::finding::{Bounded, Code};
use super::path::Trail;
use crate::codec::View;
use crate::schema::{Check, Dict, Order, Path, Rule, Step};

use compare::compare;
pub(super) use compare::matches_pattern;
use condition::holds;
pub(super) use distinct::Distinct;
use met::{Compared, Met, Sameness};
pub(super) use pending::Pending;
use places::{each, first, first_place};

/// Values are the same that are so themselves, letter by letter.
const AS_THEY_ARE: Sameness<'static> = Sameness {
    by: &[],
    ignore_case: false,
};

/// What holds a dictionary against its tables, as a rule asks of a document within another.
type OfTables = for<'a> fn(&mut Context<'a>, View<'a>, &[&'static Dict], &Trail<'_>);

/// Holds a dictionary against those rules of its table that may find something; what is known of values there need not be looked up.
pub(super) fn check<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    table: &'static Dict,
    pending: &Pending,
    known: &[Option<Known<'_>>],
    trail: &Trail<'_>,
    of_tables: OfTables,
) {
    let mut distinct = None;
    pending.each(table, |rule| {
        if rule.systems.is_empty() || cx.target.is_some_and(|target| rule.systems.contains(&target.os)) {
            let distinct = &mut distinct;
            Judge {
                cx,
                rule,
                view,
                trail,
                known,
                distinct,
                of_tables,
            }
            .judge();
        }
    });
}

/// Places where a rule finds something, each with what is to be said of it.
type Places = Bounded<(String, String)>;

impl Places {
    fn add_at(&mut self, trail: &Trail<'_>, detail: String) {
        self.add(|| {
            let path = trail.to_string();
            let bytes = path.len() + detail.len();
            ((path, detail), bytes)
        });
    }
}

struct Judge<'r, 'a, 'p> {
    cx: &'r mut Context<'a>,
    rule: &'static Rule,
    /// The dictionary that the rule is about.
    view: View<'a>,
    trail: &'r Trail<'p>,
    known: &'r [Option<Known<'r>>],
    /// What the last rule that asked found to be all different: rules about the same values follow each other.
    distinct: &'r mut Option<(Place, Distinct)>,
    of_tables: OfTables,
}

/// A key, if any, and the path of what it stands in.
type Place = (Option<&'static str>, Path);

/// Where texts stand that are all different.
pub(super) type Known<'k> = (Place, &'k Distinct);

/// The place that a path leads to.
fn place(path: Path) -> Place {
    match path {
        [before @ .., Step::Key(key)] => (Some(key), before),
        _ => (None, path),
    }
}

impl<'a> Judge<'_, 'a, '_> {
    fn judge(&mut self) {
        let applies = self.rule.when.iter().all(|condition| holds(self.view, condition));
        match self.rule.check {
            // Here the conditions are what is checked.
            Check::OnlyIf { keys } => {
                if !applies {
                    self.each_present(keys, Code::OnlyIf);
                }
            }
            _ if !applies => {}
            Check::Unique { key, by, ignore_case } => self.unique(key, by, ignore_case),
            Check::Consistent { key, by } => self.consistent(key, by),
            Check::Disjoint { keys } => self.disjoint(keys),
            Check::Requires { keys } => {
                for key in keys {
                    self.missing(key, Code::Requires);
                }
            }
            Check::RequiredOneOf { keys } => self.required_one_of(keys),
            Check::ExactlyOneOf { keys } => match keys.iter().filter(|key| self.is_present(key)).count() {
                0 => self.none_of(keys, Code::ExactlyOneOf),
                1 => {}
                _ => self.each_present(keys, Code::ExactlyOneOf),
            },
            Check::Excludes { keys } if self.rule.when.is_empty() => {
                // They exclude each other: which of them is wrong, nobody knows.
                if keys.iter().filter(|key| self.is_present(key)).count() > 1 {
                    self.each_present(keys, Code::Excludes);
                }
            }
            Check::Excludes { keys } => self.each_present(keys, Code::Excludes),
            Check::Ordering {
                lower,
                upper,
                strict,
                by,
            } => self.ordering(lower, upper, strict, by),
            Check::Refers { key, to, ignore_case } => self.refers(key, to, ignore_case),
            Check::PayloadRef { key, types } => self.payload_ref(key, types),
            Check::Document { key, holds } => self.document(key, holds),
            check => {
                if let Some((key, code)) = fault::of_values(&check) {
                    self.values(key, code, |view| fault::fault(&check, &view));
                }
            }
        }
    }

    /// A finding of this rule at a place.
    fn find(&mut self, code: Code, path: String, detail: &str) {
        let says = self.rule.says.trim_end_matches('.');
        let message = if detail.is_empty() {
            says.to_owned()
        } else {
            format!("{says}: {detail}")
        };
        self.cx
            .push(code, self.rule.severity, path, message, None, Some(self.rule.source));
    }

    /// A finding of this rule at each place.
    fn find_at(&mut self, code: Code, places: Places) {
        for (path, detail) in places.list {
            self.find(code, path, &detail);
        }
        if places.are_more {
            self.cx.report.leave_out(self.rule.severity);
        }
    }

    /// Calls `wrong` with each value at `key`; what it gives is a finding there.
    fn values(&mut self, key: Path, code: Code, wrong: impl Fn(View<'a>) -> Option<String>) {
        let mut found = Places::default();
        each(self.view, key, self.trail, &mut |view, trail| {
            if let Some(detail) = wrong(view) {
                found.add_at(trail, detail);
            }
        });
        self.find_at(code, found);
    }

    fn is_present(&self, key: Path) -> bool {
        let mut present = false;
        each(self.view, key, self.trail, &mut |_, _| present = true);
        present
    }

    fn each_present(&mut self, keys: &[Path], code: Code) {
        for key in keys {
            let mut found = Places::default();
            each(self.view, key, self.trail, &mut |_, trail| {
                found.add_at(trail, String::new())
            });
            self.find_at(code, found);
        }
    }

    /// Finds that none of the keys is there, at each of them: any would do.
    fn none_of(&mut self, keys: &[Path], code: Code) {
        for key in keys {
            self.find_missing(key, code);
        }
    }

    /// Finds each dictionary on the way to `key` that lacks its last step.
    fn missing(&mut self, key: Path, code: Code) {
        let Some((Step::Key(name), before)) = key.split_last() else {
            if !self.is_present(key) {
                self.find_missing(key, code);
            }
            return;
        };
        let mut found = Places::default();
        let mut holders = 0usize;
        each(self.view, before, self.trail, &mut |view, trail| {
            holders += 1;
            if view.value(name).is_absent() {
                found.add_at(&trail.key(name), String::new());
            }
        });
        self.find_at(code, found);
        // Nothing on the way is there, and no array whose items could be missing.
        if holders == 0 && before.iter().all(|step| matches!(step, Step::Key(_))) {
            self.find_missing(key, code);
        }
    }

    /// Finds that what `key` leads to is not there.
    fn find_missing(&mut self, key: Path, code: Code) {
        let mut path = self.trail.to_string();
        for step in key {
            match step {
                Step::Key(name) => crate::error::path::push_key(&mut path, name),
                Step::Item(index) => crate::error::path::push_index(&mut path, *index),
                // What is missing has no index.
                Step::Items | Step::Where(..) | Step::Any | Step::Names => break,
            }
        }
        self.find(code, path, "");
    }

    fn required_one_of(&mut self, keys: &[Path]) {
        let Some(first) = keys.first() else { return };
        // Keys of the items of one array are asked of each item.
        if let Some(at) = first
            .iter()
            .rposition(|step| matches!(step, Step::Items | Step::Any | Step::Where(..)))
        {
            let (array, _) = first.split_at(at + 1);
            if keys.iter().all(|key| key.starts_with(array)) {
                let mut found = Places::default();
                each(self.view, array, self.trail, &mut |view, trail| {
                    let has = |key: &Path| {
                        let mut present = false;
                        each(view, &key[at + 1..], trail, &mut |_, _| present = true);
                        present
                    };
                    if !keys.iter().any(has) {
                        for key in keys {
                            match key.get(at + 1) {
                                Some(Step::Key(name)) => found.add_at(&trail.key(name), String::new()),
                                _ => found.add_at(trail, String::new()),
                            }
                        }
                    }
                });
                return self.find_at(Code::RequiredOneOf, found);
            }
        }
        if !keys.iter().any(|key| self.is_present(key)) {
            self.none_of(keys, Code::RequiredOneOf);
        }
    }

    fn unique(&mut self, key: Path, by: &[&'static str], ignore_case: bool) {
        // What differs in the first key differs.
        let values = by.first().map_or_else(|| place(key), |first| (Some(*first), key));
        if self.are_distinct(values, ignore_case) {
            return;
        }
        let sameness = Sameness { by, ignore_case };
        let mut met = Met::new(sameness);
        let mut firsts = HashMap::new();
        each(self.view, key, self.trail, &mut |view, _| {
            if met.find_or_add(view).is_some() {
                firsts.insert(Compared { view, sameness }, None);
            }
        });
        if firsts.is_empty() {
            return;
        }
        let mut found = Places::default();
        each(
            self.view,
            key,
            self.trail,
            &mut |view, trail| match firsts.get_mut(&Compared { view, sameness }) {
                Some(Some(first)) => found.add_at(trail, format!("the same stands at {first}")),
                Some(first) if !found.is_full() => {
                    let place = trail.to_string();
                    found.take(place.len());
                    *first = Some(place);
                }
                _ => {}
            },
        );
        self.find_at(Code::Unique, found);
    }

    /// Whether the values there are certainly texts that are all different.
    fn are_distinct(&mut self, place: Place, ignore_case: bool) -> bool {
        if self.known_at(place).any(|distinct| distinct.is_as_strict(ignore_case)) {
            return true;
        }
        let (key, path) = place;
        let mut distinct = Distinct::new(ignore_case);
        let mut are_distinct = true;
        each(self.view, path, self.trail, &mut |view, _| {
            let view = key.map_or(view, |key| view.value(key));
            are_distinct = are_distinct && view.as_str().is_some_and(|text| distinct.add(text));
        });
        if are_distinct {
            *self.distinct = Some((place, distinct));
        }
        are_distinct
    }

    /// What is known of the texts at a place.
    fn known_at(&self, place: Place) -> impl Iterator<Item = &Distinct> {
        let last = self.distinct.iter().map(|(known, distinct)| (*known, distinct));
        let known = self.known.iter().flatten().copied().chain(last);
        known
            .filter(move |(known, _)| *known == place)
            .map(|(_, distinct)| distinct)
    }

    fn consistent(&mut self, key: Path, by: &[&str]) {
        let Some((Step::Key(name), items)) = key.split_last() else {
            return;
        };
        let mut met = Met::new(Sameness { by, ignore_case: false });
        let mut found = Places::default();
        each(self.view, items, self.trail, &mut |view, trail| {
            let first = met.find_or_add(view);
            if first.is_some_and(|first| !AS_THEY_ARE.same(first.value(name), view.value(name))) {
                found.add_at(&trail.key(name), String::new());
            }
        });
        self.find_at(Code::Unique, found);
    }

    fn disjoint(&mut self, keys: &[Path]) {
        if let [one, other] = keys
            && let Some(distinct) = self.known_at(place(other)).next()
        {
            let mut are_lacking = true;
            each(self.view, one, self.trail, &mut |view, _| {
                are_lacking = are_lacking && view.as_str().is_some_and(|text| distinct.lacks(text));
            });
            if are_lacking {
                return;
            }
        }
        let mut met = Met::new(AS_THEY_ARE);
        let mut found = Places::default();
        for (number, key) in keys.iter().enumerate() {
            each(self.view, key, self.trail, &mut |view, trail| {
                if met.find(view).is_some() {
                    found.add_at(trail, String::new());
                }
            });
            // Nothing is held against the values of the last.
            if number + 1 < keys.len() {
                each(self.view, key, self.trail, &mut |view, _| {
                    met.find_or_add(view);
                });
            }
        }
        self.find_at(Code::Unique, found);
    }

    fn ordering(&mut self, lower: Path, upper: Path, strict: bool, by: Order) {
        let (Some(low), Some(high)) = (first(self.view, lower), first(self.view, upper)) else {
            return;
        };
        let wrong = match compare(low, high, by) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => strict,
            _ => false,
        };
        if wrong {
            // Which of them is wrong, nobody knows.
            for key in [lower, upper] {
                let path = first_place(self.view, key, self.trail);
                self.find(Code::Ordering, path, "");
            }
        }
    }

    fn refers(&mut self, key: Path, to: Path, ignore_case: bool) {
        if !self.is_present(key) {
            return;
        }
        let sameness = Sameness { by: &[], ignore_case };
        let mut met = Met::new(sameness);
        each(self.view, to, self.trail, &mut |view, _| {
            met.find_or_add(view);
        });
        self.values(key, Code::Requires, |view| {
            (sameness.applies(view) && met.find(view).is_none()).then(String::new)
        });
    }

    fn payload_ref(&mut self, key: Path, types: &[&str]) {
        let mut found = Places::default();
        let cx = &*self.cx;
        each(self.view, key, self.trail, &mut |view, trail| {
            let View::String(uuid) = view else { return };
            match cx.payload_type(uuid) {
                Some(None) => {
                    found.add_at(trail, "the profile has no payload with this PayloadUUID".to_owned());
                }
                Some(Some(kind)) if !types.is_empty() && !types.contains(&kind) => {
                    found.add_at(trail, format!("that payload is of type `{}`", kind.escape_debug()));
                }
                _ => {}
            }
        });
        self.find_at(Code::BadReference, found);
    }

    fn document(&mut self, key: Path, holds: EmbeddedDocument) {
        if holds == EmbeddedDocument::Manifest {
            let mut manifests = Vec::new();
            each(self.view, key, self.trail, &mut |view, trail| {
                if matches!(view, View::Map(_) | View::Record(_)) {
                    manifests.push((view, trail.to_string()));
                }
            });
            for (view, path) in manifests {
                let table = <crate::items::other::ManifestUrl as crate::codec::HasTable>::TABLE;
                let before = self.cx.report.findings().len();
                (self.of_tables)(self.cx, view, &[table], &Trail::ROOT);
                self.cx.report.move_under(before, &path);
            }
        }
        self.values(key, Code::Document, |view| fault::document(holds, view));
    }
}
