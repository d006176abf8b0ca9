//! Interprets the rules of the schema.

mod comparable;
mod compare;
mod condition;
mod presence;
mod relations;
mod select;
mod values;

use super::EmbeddedDocument;
use super::context::Context;
use super::finding::{BoundedList, Code, Finding};
use super::path::KeyPath;
use crate::codec::{HasTable, View};
use crate::items::other::ManifestUrl;
use crate::schema::{Check, Dict, Path, Rule, Step};

pub(super) use compare::matches_pattern;
use select::each;

/// The function that checks a dictionary against its tables.
type CheckDictionary = for<'a> fn(&mut Context<'a>, View<'a>, &[&'static Dict], &KeyPath<'_>);

/// Checks a dictionary against the rules of its table. `check_dictionary` checks documents inside values.
pub(super) fn check<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    table: &'static Dict,
    path: &KeyPath<'_>,
    check_dictionary: CheckDictionary,
) {
    for rule in table.rules {
        if rule.systems.is_empty() || cx.target.is_some_and(|target| rule.systems.contains(&target.os)) {
            RuleCheck { cx, rule, view, path }.run(check_dictionary);
        }
    }
}

/// Findings of one rule: the path of each, and details for its message.
type Findings = BoundedList<(String, String)>;

impl Findings {
    fn add_at(&mut self, path: &KeyPath<'_>, detail: String) {
        self.add(|| {
            let path = path.to_string();
            let bytes = path.len() + detail.len();
            ((path, detail), bytes)
        });
    }
}

/// A rule and the dictionary that it is applied to.
struct RuleCheck<'r, 'a, 'p> {
    cx: &'r mut Context<'a>,
    rule: &'static Rule,
    view: View<'a>,
    path: &'r KeyPath<'p>,
}

impl<'a> RuleCheck<'_, 'a, '_> {
    fn run(&mut self, check_dictionary: CheckDictionary) {
        let applies = self
            .rule
            .when
            .iter()
            .all(|condition| condition::is_true(self.view, condition));
        match self.rule.check {
            // The conditions are what this rule checks.
            Check::OnlyIf { keys } => {
                if !applies {
                    self.report_present(keys, Code::OnlyIf);
                }
            }
            _ if !applies => {}
            Check::Requires { keys } => keys.iter().for_each(|key| self.report_if_missing(key, Code::Requires)),
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
                    self.report_values(key, code, |view| values::problem(&check, &view));
                }
            }
        }
    }

    /// Adds a finding of this rule.
    fn report(&mut self, code: Code, path: String, detail: &str) {
        let says = self.rule.says.trim_end_matches('.');
        let message = if detail.is_empty() {
            says.to_owned()
        } else {
            format!("{says}: {detail}")
        };
        self.cx.report.push(Finding {
            code,
            severity: self.rule.severity,
            path,
            message,
            help: None,
            source: Some(self.rule.source),
        });
    }

    /// Adds all findings of this rule.
    fn report_all(&mut self, code: Code, findings: Findings) {
        for (path, detail) in findings.list {
            self.report(code, path, &detail);
        }
        if findings.are_more {
            self.cx.report.leave_out(self.rule.severity);
        }
    }

    /// Reports each value for which `problem` returns something.
    fn report_values(&mut self, key: Path, code: Code, problem: impl Fn(View<'a>) -> Option<String>) {
        let mut findings = Findings::default();
        each(self.view, key, self.path, &mut |view, path| {
            if let Some(detail) = problem(view) {
                findings.add_at(path, detail);
            }
        });
        self.report_all(code, findings);
    }

    /// Checks the keys of an app manifest.
    fn manifest(&mut self, key: Path, check_dictionary: CheckDictionary) {
        let mut manifests = Vec::new();
        each(self.view, key, self.path, &mut |view, path| match view {
            View::Map(_) | View::Record(_) => manifests.push((view, path.to_string())),
            _ => {}
        });
        for (view, path) in manifests {
            let before = self.cx.report.findings().len();
            check_dictionary(self.cx, view, &[ManifestUrl::TABLE], &KeyPath::ROOT);
            self.cx.report.move_under(before, &path);
        }
        self.report_values(key, Code::Document, |view| {
            values::document_problem(EmbeddedDocument::Manifest, view)
        });
    }
}
