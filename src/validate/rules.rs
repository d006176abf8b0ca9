//! The one place where rules are interpreted.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use regex_lite::Regex;

use super::context::Context;
use super::finding::Code;
use super::path::Trail;
use super::{Holds, fields};
use crate::codec::View;
use crate::schema::{Check, Condition, Literal, Needs, Order, Path, Rule, Step, Test};
use crate::value::Date;

/// Holds a dictionary against the rules about it.
pub(super) fn check<'a>(cx: &mut Context<'a>, view: View<'a>, rules: &'static [Rule], trail: &Trail<'_>) {
    for rule in rules {
        if !rule.systems.is_empty() && !cx.target.is_some_and(|target| rule.systems.contains(&target.os)) {
            continue;
        }
        Judge { cx, rule, view, trail }.judge();
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
                0 => {
                    if let Some(first) = keys.first() {
                        self.find_missing(first, Code::ExactlyOneOf);
                    }
                }
                1 => {}
                _ => self.each_present_but_first(keys, Code::ExactlyOneOf),
            },
            Check::Excludes { keys } if self.rule.when.is_empty() => {
                self.each_present_but_first(keys, Code::Excludes);
            }
            Check::Excludes { keys } => self.each_present(keys, Code::Excludes),
            Check::Value { key, needs } => self.values(key, Code::ValueNeeds, |view| {
                let fine = match needs {
                    Needs::In(list) => list.iter().any(|literal| is(view, *literal)),
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
                (!fine).then(String::new)
            }),
            Check::Ordering {
                lower,
                upper,
                strict,
                by,
                at_lower,
            } => self.ordering(lower, upper, strict, by, at_lower),
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

    /// Calls `wrong` with each value at `key`; what it gives is a finding there.
    fn values(&mut self, key: Path, code: Code, wrong: impl Fn(View<'a>) -> Option<String>) {
        let mut found = Vec::new();
        each(self.view, key, self.trail, &mut |view, trail| {
            if let Some(detail) = wrong(view) {
                found.push((trail.to_string(), detail));
            }
        });
        for (path, detail) in found {
            self.find(code, path, &detail);
        }
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
            let mut found = Vec::new();
            each(self.view, key, self.trail, &mut |_, trail| {
                found.push(trail.to_string())
            });
            for path in found {
                self.find(code, path, "");
            }
        }
    }

    fn each_present_but_first(&mut self, keys: &[Path], code: Code) {
        let present: Vec<Path> = keys.iter().copied().filter(|key| self.is_present(key)).collect();
        if let Some((_, others)) = present.split_first() {
            self.each_present(others, code);
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
        let mut found = Vec::new();
        let mut holders = 0usize;
        each(self.view, before, self.trail, &mut |view, trail| {
            holders += 1;
            if view.value(name).is_absent() {
                found.push(trail.key(name).to_string());
            }
        });
        for path in found {
            self.find(code, path, "");
        }
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
                let mut found = Vec::new();
                each(self.view, array, self.trail, &mut |view, trail| {
                    let has = |key: &Path| {
                        let mut present = false;
                        each(view, &key[at + 1..], trail, &mut |_, _| present = true);
                        present
                    };
                    if !keys.iter().any(has) {
                        let mut path = trail.to_string();
                        if let Some(Step::Key(name)) = first.get(at + 1) {
                            crate::error::path::push_key(&mut path, name);
                        }
                        found.push(path);
                    }
                });
                for path in found {
                    self.find(Code::RequiredOneOf, path, "");
                }
                return;
            }
        }
        if !keys.iter().any(|key| self.is_present(key)) {
            self.find_missing(first, Code::RequiredOneOf);
        }
    }

    fn unique(&mut self, key: Path, by: &[&str], ignore_case: bool) {
        let mut seen = HashMap::new();
        let mut found = Vec::new();
        each(self.view, key, self.trail, &mut |view, trail| {
            let value = if by.is_empty() {
                plain(view, ignore_case)
            } else {
                together(view, by, ignore_case)
            };
            let Some(value) = value else { return };
            let path = trail.to_string();
            if let Some(first) = seen.get(&value) {
                found.push((path, format!("the same stands at {first}")));
            } else {
                seen.insert(value, path);
            }
        });
        for (path, detail) in found {
            self.find(Code::Unique, path, &detail);
        }
    }

    fn consistent(&mut self, key: Path, by: &[&str]) {
        let Some((Step::Key(name), items)) = key.split_last() else {
            return;
        };
        let mut seen = HashMap::new();
        let mut found = Vec::new();
        each(self.view, items, self.trail, &mut |view, trail| {
            let Some(same) = together(view, by, false) else { return };
            let value = plain(view.value(name), false);
            match seen.get(&same) {
                Some(first) if *first != value => found.push(trail.key(name).to_string()),
                Some(_) => {}
                None => {
                    seen.insert(same, value);
                }
            }
        });
        for path in found {
            self.find(Code::Unique, path, "");
        }
    }

    fn disjoint(&mut self, keys: &[Path]) {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for key in keys {
            let mut here = Vec::new();
            each(self.view, key, self.trail, &mut |view, trail| {
                if let Some(value) = plain(view, false) {
                    if seen.contains(&value) {
                        found.push(trail.to_string());
                    }
                    here.push(value);
                }
            });
            seen.extend(here);
        }
        for path in found {
            self.find(Code::Unique, path, "");
        }
    }

    fn ordering(&mut self, lower: Path, upper: Path, strict: bool, by: Order, at_lower: bool) {
        let (Some((low, low_path)), Some((high, high_path))) =
            (first(self.view, lower, self.trail), first(self.view, upper, self.trail))
        else {
            return;
        };
        let wrong = match compare(low, high, by) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => strict,
            _ => false,
        };
        if wrong {
            self.find(Code::Ordering, if at_lower { low_path } else { high_path }, "");
        }
    }

    fn refers(&mut self, key: Path, to: Path, ignore_case: bool) {
        if !self.is_present(key) {
            return;
        }
        let mut known = HashSet::new();
        each(self.view, to, self.trail, &mut |view, _| {
            known.extend(plain(view, ignore_case))
        });
        self.values(key, Code::Requires, |view| {
            plain(view, ignore_case)
                .filter(|value| !known.contains(value))
                .map(|_| String::new())
        });
    }

    fn payload_ref(&mut self, key: Path, types: &[&str]) {
        let mut found = Vec::new();
        let cx = &*self.cx;
        each(self.view, key, self.trail, &mut |view, trail| {
            let View::String(uuid) = view else { return };
            match cx.payload_type(uuid) {
                Some(None) => found.push((
                    trail.to_string(),
                    "the profile has no payload with this PayloadUUID".to_owned(),
                )),
                Some(Some(kind)) if !types.is_empty() && !types.contains(&kind) => {
                    found.push((
                        trail.to_string(),
                        format!("that payload is of type `{}`", kind.escape_debug()),
                    ));
                }
                _ => {}
            }
        });
        for (path, detail) in found {
            self.find(Code::BadReference, path, &detail);
        }
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
                let table = <crate::other::ManifestUrl as crate::blank::Tabled>::TABLE;
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

/// Calls `f` with every value at `path`.
fn each<'a>(view: View<'a>, path: &[Step], trail: &Trail<'_>, f: &mut dyn FnMut(View<'a>, &Trail<'_>)) {
    let Some((step, rest)) = path.split_first() else {
        f(view, trail);
        return;
    };
    match (*step, view) {
        (Step::Key(name), _) => {
            let value = view.value(name);
            if !value.is_absent() {
                each(value, rest, &trail.key(name), f);
            }
        }
        (Step::Items, View::Array(list)) => {
            for index in 0..list.len() {
                each(list.item(index), rest, &trail.index(index), f);
            }
        }
        (Step::Item(index), View::Array(list)) if index < list.len() => {
            each(list.item(index), rest, &trail.index(index), f);
        }
        (Step::Where(tag, value), View::Array(list)) => {
            for index in 0..list.len() {
                let item = list.item(index);
                if matches!(item.value(tag), View::String(found) if found == value) {
                    each(item, rest, &trail.index(index), f);
                }
            }
        }
        (Step::Any, View::Map(_) | View::Record(_)) => {
            view.each(&mut |name, value| each(value, rest, &trail.key(name), f));
        }
        (Step::Names, View::Map(_) | View::Record(_)) => {
            view.each(&mut |name, _| each(View::String(name), rest, &trail.key(name), f));
        }
        _ => {}
    }
}

/// The first value at `path` and where it is.
fn first<'a>(view: View<'a>, path: Path, trail: &Trail<'_>) -> Option<(View<'a>, String)> {
    let mut found = None;
    each(view, path, trail, &mut |view, trail| {
        if found.is_none() {
            found = Some((view, trail.to_string()));
        }
    });
    found
}

fn holds(view: View<'_>, condition: &Condition) -> bool {
    let any = |path: Path, is_so: &dyn Fn(View<'_>) -> bool| {
        let mut held = false;
        each(view, path, &Trail::ROOT, &mut |view, _| held = held || is_so(view));
        held
    };
    let present = |path: Path| any(path, &|_| true);
    match condition {
        Condition::In(path, list, default) => {
            let one = |view: View<'_>| list.iter().any(|literal| is(view, *literal));
            any(path, &one) || (!present(path) && default.is_some_and(|default| list.contains(&default)))
        }
        Condition::Not(path, list, default) => {
            let none = |view: View<'_>| !list.iter().any(|literal| is(view, *literal));
            if present(path) {
                any(path, &none)
            } else {
                default.is_none_or(|default| !list.contains(&default))
            }
        }
        Condition::Present(path, wanted) => present(path) == *wanted,
        Condition::Contains(path, literal) => any(path, &|view| has_item(view, *literal)),
        Condition::Above(path, bound) => any(path, &|view| number(view).is_some_and(|number| number > *bound)),
        Condition::Below(path, bound) => any(path, &|view| number(view).is_some_and(|number| number < *bound)),
        Condition::Fits(path, test) => any(path, &|view| matches!(view, View::String(text) if fits(*test, text))),
        Condition::Any(list) => list.iter().any(|condition| holds(view, condition)),
    }
}

fn has_item(view: View<'_>, literal: Literal) -> bool {
    matches!(view, View::Array(list) if (0..list.len()).any(|index| is(list.item(index), literal)))
}

/// Whether a value is the one of the schema; 0 and 1 are booleans to a tolerant reader.
fn is(view: View<'_>, literal: Literal) -> bool {
    match (view, literal) {
        (View::String(a), Literal::String(b)) => a == b,
        (View::Boolean(a), Literal::Boolean(b)) => a == b,
        (View::Boolean(a), Literal::Integer(b)) => i64::from(a) == b,
        (View::Integer(a), Literal::Boolean(b)) => a == i64::from(b).into(),
        (View::Integer(a), Literal::Integer(b)) => a == b.into(),
        (View::Integer(a), Literal::Real(b)) => a.as_f64() == b,
        (View::Real(a), Literal::Integer(b)) => a == b as f64,
        (View::Real(a), Literal::Real(b)) => a == b,
        _ => false,
    }
}

fn number(view: View<'_>) -> Option<f64> {
    match view {
        View::Integer(number) => Some(number.as_f64()),
        View::Real(number) => Some(number),
        _ => None,
    }
}

/// A value as text that is the same for the same value.
fn plain(view: View<'_>, ignore_case: bool) -> Option<String> {
    Some(match view {
        View::String(text) if ignore_case => format!("s{}", text.to_lowercase()),
        View::String(text) => format!("s{text}"),
        View::Integer(number) => format!("n{number}"),
        View::Real(number) => format!("n{number}"),
        View::Boolean(flag) => format!("b{flag}"),
        View::Data(bytes) => format!("d{bytes:?}"),
        View::Date(date) => format!("t{date}"),
        _ => return None,
    })
}

/// The values of several keys as one text; none where the dictionary has none of them.
fn together(view: View<'_>, by: &[&str], ignore_case: bool) -> Option<String> {
    let values: Vec<Option<String>> = by.iter().map(|key| plain(view.value(key), ignore_case)).collect();
    values.iter().any(Option::is_some).then(|| format!("{values:?}"))
}

fn compare(a: View<'_>, b: View<'_>, by: Order) -> Option<Ordering> {
    if let (View::Date(a), View::Date(b)) = (a, b) {
        return a.partial_cmp(&b);
    }
    match (by, a, b) {
        (Order::Number, a, b) => number(a)?.partial_cmp(&number(b)?),
        (Order::Version, View::String(a), View::String(b)) => {
            let parts = |text: &str| -> Option<Vec<u64>> { text.split('.').map(|part| part.parse().ok()).collect() };
            let (mut a, mut b) = (parts(a)?, parts(b)?);
            let length = a.len().max(b.len());
            a.resize(length, 0);
            b.resize(length, 0);
            Some(a.cmp(&b))
        }
        (Order::Ip, View::String(a), View::String(b)) => match (a.parse().ok()?, b.parse().ok()?) {
            (IpAddr::V4(a), IpAddr::V4(b)) => Some(a.cmp(&b)),
            (IpAddr::V6(a), IpAddr::V6(b)) => Some(a.cmp(&b)),
            _ => None,
        },
        (Order::Date, View::String(a), View::String(b)) => Some(a.parse::<Date>().ok()?.cmp(&b.parse().ok()?)),
        (Order::String, View::String(a), View::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn fits(test: Test, text: &str) -> bool {
    match test {
        Test::Format(format) => format.matches(text),
        Test::Pattern(pattern) => matches_pattern(pattern, text),
    }
}

/// Whether the whole text matches. Patterns come from our own tables and are compiled once.
pub(super) fn matches_pattern(pattern: &'static str, text: &str) -> bool {
    /// The expression of each pattern; none for one that does not compile.
    type Compiled = HashMap<&'static str, Option<Arc<Regex>>>;
    static COMPILED: OnceLock<RwLock<Compiled>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(RwLock::default);
    let known = compiled
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(pattern)
        .cloned();
    let regex = known.unwrap_or_else(|| {
        let regex = Regex::new(&format!("^(?:{pattern})$")).ok().map(Arc::new);
        debug_assert!(regex.is_some(), "a rule of the schema has no valid pattern: {pattern}");
        compiled
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(pattern, regex.clone());
        regex
    });
    // What does not compile says nothing of any text.
    regex.is_none_or(|regex| regex.is_match(text))
}
