//! The one place where rules are interpreted.

mod compare;
mod condition;
mod met;
mod places;

use std::cmp::Ordering;
use std::collections::HashMap;

use super::context::Context;
use super::finding::{Bounded, Code};
use super::path::Trail;
use super::{Holds, fields, suggest};
use crate::codec::View;
use crate::schema::{Check, Indices, Literal, Needs, Order, Path, Rule, Step};

pub(super) use compare::matches_pattern;
use compare::{compare, fits, has_item, is, is_like, number};
use condition::holds;
use met::{Compared, Met, Sameness};
use places::{each, first, first_place};

/// Values are the same that are so themselves, letter by letter.
const AS_THEY_ARE: Sameness<'static> = Sameness {
    by: &[],
    ignore_case: false,
};

/// Holds a dictionary against the rules about it; `present` has the keys of its table that are there.
pub(super) fn check<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    rules: &'static [Rule],
    present: &Indices,
    trail: &Trail<'_>,
) {
    for rule in rules {
        if !rule.on.is_empty() && !rule.on.iter().any(|index| present.contains(usize::from(*index))) {
            continue;
        }
        if !rule.systems.is_empty() && !cx.target.is_some_and(|target| rule.systems.contains(&target.os)) {
            continue;
        }
        Judge { cx, rule, view, trail }.judge();
    }
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
            Check::Charset { key, from, to } => self.texts(key, Code::Charset, |text| {
                let bad = |c: &char| !(from..=to).contains(&u32::from(*c));
                text.chars()
                    .enumerate()
                    .find(|(_, c)| bad(c))
                    .map(|(at, c)| format!("character {} is U+{:04X}", at + 1, u32::from(c)))
            }),
            Check::Utf8 { key } => self.values(key, Code::Charset, |view| match view {
                View::Data(bytes) => std::str::from_utf8(bytes)
                    .err()
                    .map(|e| format!("byte {} is not UTF-8", e.valid_up_to() + 1)),
                _ => None,
            }),
            Check::Length { key, min, max, bytes } => self.values(key, Code::Length, |view| {
                let length = match view {
                    View::String(text) if bytes => text.len(),
                    View::String(text) => text.chars().count(),
                    View::Data(data) => data.len(),
                    _ => return None,
                };
                let inside = min.is_none_or(|min| length >= min) && max.is_none_or(|max| length <= max);
                (!inside).then(|| format!("it has {length}"))
            }),
            Check::Pattern { key, test, not } => self.values(key, Code::Pattern, |view| {
                let text = match view {
                    View::String(text) => text,
                    // Armoured text in data.
                    View::Data(bytes) => std::str::from_utf8(bytes).unwrap_or(""),
                    _ => return None,
                };
                (fits(test, text) == not).then(String::new)
            }),
            Check::Number {
                key,
                min,
                max,
                step,
                not,
            } => self.values(key, Code::Number, |view| {
                let number = number(view)?;
                let fine = min.is_none_or(|min| number >= min)
                    && max.is_none_or(|max| number <= max)
                    && step.is_none_or(|step| number % step == 0.0)
                    && !not.iter().any(|literal| is(view, *literal));
                (!fine).then(String::new)
            }),
            Check::Bits { key, has, needs } => self.values(key, Code::Number, |view| match view {
                View::Integer(bits) => {
                    let bits = bits.as_i64()?;
                    (bits & has == has && bits & needs != needs).then(String::new)
                }
                _ => None,
            }),
            Check::Count { key, min, max } => self.values(key, Code::Count, |view| {
                let count = match view {
                    View::Array(list) => list.len(),
                    View::Map(_) | View::Record(_) => {
                        let mut count = 0;
                        view.each(&mut |_, _| count += 1);
                        count
                    }
                    _ => return None,
                };
                let inside = min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max);
                (!inside).then(|| format!("there are {count}"))
            }),
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
            Check::Value { key, needs } => self.values(key, Code::ValueNeeds, |view| {
                let hint = || match (needs, view) {
                    (Needs::In(list), View::String(text)) => {
                        let texts = list.iter().filter_map(|literal| match literal {
                            Literal::String(text) => Some(*text),
                            _ => None,
                        });
                        suggest::closest(text, texts).map(suggest::help)
                    }
                    _ => None,
                };
                let fine = match needs {
                    Needs::In(list) => !is_like(view, list) || list.iter().any(|literal| is(view, *literal)),
                    Needs::Not(list) => !list.iter().any(|literal| is(view, *literal)),
                    Needs::Test(test) => match view {
                        View::String(text) => fits(test, text),
                        _ => true,
                    },
                    Needs::Range(min, max) => number(view).is_none_or(|number| {
                        min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)
                    }),
                    Needs::Contains(literal) => has_item(view, literal),
                };
                (!fine).then(|| hint().unwrap_or_default())
            }),
            Check::Ordering {
                lower,
                upper,
                strict,
                by,
            } => self.ordering(lower, upper, strict, by),
            Check::Refers { key, to, ignore_case } => self.refers(key, to, ignore_case),
            Check::PayloadRef { key, types } => self.payload_ref(key, types),
            Check::Document { key, holds } => self.document(key, holds),
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

    fn texts(&mut self, key: Path, code: Code, wrong: impl Fn(&str) -> Option<String>) {
        self.values(key, code, |view| match view {
            View::String(text) => wrong(text),
            _ => None,
        });
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

    fn unique(&mut self, key: Path, by: &[&str], ignore_case: bool) {
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

    fn document(&mut self, key: Path, holds: Holds) {
        if holds == Holds::Manifest {
            let mut manifests = Vec::new();
            each(self.view, key, self.trail, &mut |view, trail| {
                if matches!(view, View::Map(_) | View::Record(_)) {
                    manifests.push((view, trail.to_string()));
                }
            });
            for (view, path) in manifests {
                let table = <crate::other::ManifestUrl as crate::codec::Tabled>::TABLE;
                let before = self.cx.report.findings().len();
                fields::dictionary(self.cx, view, &[table], &Trail::ROOT);
                self.cx.report.move_under(before, &path);
            }
        }
        self.values(key, Code::Document, |view| {
            let bytes = match view {
                View::Data(bytes) => bytes,
                View::String(text) => text.as_bytes(),
                _ => return None,
            };
            holds.check(bytes).err()
        });
    }
}
