//! Interprets the rules of the schema.

mod comparable;
mod compare;
mod condition;
mod needs;
mod presence;
mod relations;
mod select;
mod values;

use super::EmbeddedDocument;
use super::code::Code;
use super::context::Context;
use super::finding::{BoundedList, Finding};
use super::path::KeyPath;
use crate::codec::{HasTable, View};
use crate::items::other::ManifestUrl;
use crate::schema::{Check, Condition, Dict, Family, Indices, Path, Rule, Severity, Step};

pub(super) use compare::matches_pattern;
use condition::{Truth, evaluate, reason};
use select::{each, is_present, key_at};
use values::Problem;

/// The function that checks a dictionary against its tables.
type CheckDictionary = for<'a> fn(&mut Context<'a>, View<'a>, &[&'static Dict], &KeyPath<'_>);

/// Checks a dictionary against the rules of its table. `present` are the keys of the table that it has; `check_dictionary` checks documents inside values.
pub(super) fn check<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    table: &'static Dict,
    present: &Indices,
    path: &KeyPath<'_>,
    check_dictionary: CheckDictionary,
) {
    let has_effect = |rule: &&Rule| {
        let mut triggers = rule.triggers.iter();
        rule.triggers.is_empty() || triggers.any(|index| present.contains(usize::from(*index)))
    };
    for rule in table.rules.iter().filter(has_effect) {
        let rule = RuleCheck {
            cx,
            table,
            rule,
            view,
            path,
        };
        rule.run(check_dictionary);
    }
}

/// Findings of one rule: the path of each, its message, and help that replaces the text of the rule.
type Findings = BoundedList<(String, String, Option<String>)>;

impl Findings {
    fn add_at(&mut self, path: &KeyPath<'_>, message: String) {
        self.add_with_help(path, message, None);
    }

    fn add_with_help(&mut self, path: &KeyPath<'_>, message: String, help: Option<String>) {
        self.add(|| {
            let path = path.to_string();
            let bytes = path.len() + message.len();
            ((path, message, help), bytes)
        });
    }
}

/// A rule and the dictionary that it is applied to.
struct RuleCheck<'r, 'a, 'p> {
    cx: &'r mut Context<'a>,
    table: &'static Dict,
    rule: &'static Rule,
    view: View<'a>,
    path: &'r KeyPath<'p>,
}

impl<'a> RuleCheck<'_, 'a, '_> {
    fn run(mut self, check_dictionary: CheckDictionary) {
        if self.cx.collector.is_some() {
            return self.collect_requirements();
        }
        let mut open = None;
        if self.rule.when.iter().any(|condition| self.is_unreliable(condition)) {
            return;
        }
        for condition in self.rule.when {
            match evaluate(self.cx, self.view, condition) {
                Truth::True => {}
                Truth::Open(facet) => open = open.or(Some(facet)),
                Truth::False => {
                    if let Check::OnlyIf { keys } = self.rule.check {
                        self.only_if(keys);
                    }
                    return;
                }
            }
        }
        match open {
            // Nothing is known about the keys, so nothing was left unchecked if they are absent.
            Some(facet) if self.concerns_document() => {
                facet.into_iter().for_each(|facet| self.cx.report.note_open(facet))
            }
            Some(_) => {}
            None => self.check(check_dictionary),
        }
    }

    /// Returns whether a condition depends on a key that already has a finding, so that a second one would follow from the same mistake.
    fn is_unreliable(&self, condition: &Condition) -> bool {
        match *condition {
            Condition::In(key, ..)
            | Condition::Not(key, ..)
            | Condition::Present(key, _)
            | Condition::Contains(key, _)
            | Condition::Above(key, _)
            | Condition::Below(key, _)
            | Condition::Fits(key, _) => {
                self.cx.has_findings() && self.cx.has_finding(&self.path_of_missing(key), self.rule.severity)
            }
            Condition::Any(list) => list.iter().any(|condition| self.is_unreliable(condition)),
            Condition::Target(_) => false,
        }
    }

    /// Returns whether the document has something that the rule could find fault with.
    fn concerns_document(&self) -> bool {
        match self.rule.check {
            Check::Requires { .. } | Check::RequiredOneOf { .. } | Check::ExactlyOneOf { .. } => true,
            Check::Excludes { keys } | Check::OnlyIf { keys } | Check::Disjoint { keys } => {
                keys.iter().any(|key| is_present(self.view, key))
            }
            Check::Unique { key, .. }
            | Check::Consistent { key, .. }
            | Check::Refers { key, .. }
            | Check::PayloadRef { key, .. }
            | Check::Ordering { lower: key, .. } => is_present(self.view, key),
            check => values::selector_and_code(&check).is_some_and(|(key, _)| is_present(self.view, key)),
        }
    }

    fn check(&mut self, check_dictionary: CheckDictionary) {
        match self.rule.check {
            Check::Requires { keys } => keys.iter().for_each(|key| self.requires(key)),
            Check::RequiredOneOf { keys } => self.required_one_of(keys),
            Check::ExactlyOneOf { keys } => self.exactly_one_of(keys),
            Check::Excludes { keys } => self.excludes(keys),
            Check::Unique { key, by, ignore_case } => self.unique(key, by, ignore_case),
            Check::Consistent { key, by } => self.consistent(key, by),
            Check::Disjoint { keys } => self.disjoint(keys),
            Check::Ordering {
                lower,
                upper,
                strict,
                by,
            } => self.ordering(lower, upper, strict, by),
            Check::Refers { key, to, ignore_case } => self.refers(key, to, ignore_case),
            Check::PayloadRef { key, types } => self.payload_ref(key, types),
            Check::Document {
                key,
                holds: EmbeddedDocument::Manifest,
            } => self.manifest(key, check_dictionary),
            check => {
                if let Some((key, code)) = values::selector_and_code(&check) {
                    let is_secret = self.is_secret(key);
                    self.report_values(key, code, |view| values::problem(&check, view, is_secret));
                }
            }
        }
    }

    /// Returns whether the value at a path must not be shown.
    fn is_secret(&self, key: Path) -> bool {
        key_at(self.table, key).is_some_and(|key| key.secret)
    }

    /// Returns why the rule applies, as the end of a clause.
    fn reason(&self) -> String {
        reason(self.cx, self.view, self.rule.when)
    }

    /// Adds a finding of this rule.
    fn report(&mut self, code: Code, path: String, message: String, help: Option<String>) {
        // Servers check what Apple requires of check-in messages. Other deviations of a device are at most warnings.
        let is_device = self.cx.is_written_by_device && self.cx.item.is_none_or(|item| item.family != Family::CheckIn);
        let severity = match is_device {
            true => self.rule.severity.min(Severity::Warning),
            false => self.rule.severity,
        };
        let needs = self.needs(code);
        self.cx.add_of_rule(Finding {
            help: help.or_else(|| Some(self.rule.says.to_owned())),
            source: Some(self.rule.source),
            needs,
            ..Finding::new(code, severity, path, message)
        });
    }

    /// Adds all findings of this rule.
    fn report_all(&mut self, code: Code, findings: Findings) {
        for (path, message, help) in findings.list {
            self.report(code, path, message, help);
        }
        if findings.are_more {
            self.cx.report.leave_out(self.rule.severity);
        }
    }

    /// Reports each value that has a problem.
    fn report_values(&mut self, key: Path, code: Code, problem: impl Fn(View<'a>) -> Option<Problem>) {
        let mut findings = Findings::default();
        let mut because = None;
        each(self.view, key, self.path, &mut |view, path| {
            if let Some(Problem { expected, found, help }) = problem(view) {
                let because = because.get_or_insert_with(|| self.reason());
                findings.add_with_help(path, format!("expected {expected}{because}, found {found}"), help);
            }
        });
        self.report_all(code, findings);
    }

    /// Checks the keys of an app manifest.
    fn manifest(&mut self, key: Path, check_dictionary: CheckDictionary) {
        let cx = &mut *self.cx;
        each(self.view, key, self.path, &mut |view, path| {
            if matches!(view, View::Map(_) | View::Record(_)) {
                check_dictionary(cx, view, &[ManifestUrl::TABLE], path);
            }
        });
        self.report_values(key, Code::Document, |view| {
            values::document_problem(EmbeddedDocument::Manifest, view)
        });
    }
}
