//! Rules about keys that must be present or absent.

use super::select::{each, is_present};
use super::{Code, Findings, Path, RuleCheck, Step};
use crate::schema::path_text;
use crate::validate::shown::{joined, shown};

impl RuleCheck<'_, '_, '_> {
    /// Reports the keys that are present although the conditions are false.
    pub(super) fn only_if(&mut self, keys: &[Path]) {
        self.report_present(keys, Code::OnlyIf, |rule, names| {
            format!("expected {names} only if {}", joined(rule.rule.when, "and"))
        });
    }

    pub(super) fn exactly_one_of(&mut self, keys: &[Path]) {
        match self.count_present(keys) {
            0 => self.report_none_of(keys, "exactly one of", Code::ExactlyOneOf),
            1 => {}
            _ => self.report_last_present(keys, "exactly one of", Code::ExactlyOneOf),
        }
    }

    /// With conditions, none of the keys can be present; without, at most one can.
    pub(super) fn excludes(&mut self, keys: &[Path]) {
        if !self.rule.when.is_empty() {
            self.report_present(keys, Code::Excludes, |rule, names| {
                format!("expected {names} to be absent{}", rule.reason())
            });
        } else if self.count_present(keys) > 1 {
            self.report_last_present(keys, "at most one of", Code::Excludes);
        }
    }

    pub(super) fn required_one_of(&mut self, keys: &[Path]) {
        // If all keys are keys of the elements of one array, each element is checked.
        let of_elements = keys.first().and_then(|first| {
            let is_element = |step: &Step| matches!(step, Step::Items | Step::Each | Step::Any | Step::Where(..));
            let (elements, _) = first.split_at(first.iter().rposition(is_element)? + 1);
            keys.iter().all(|key| key.starts_with(elements)).then_some(elements)
        });
        let Some(elements) = of_elements else {
            if self.count_present(keys) == 0 {
                self.report_none_of(keys, "at least one of", Code::RequiredOneOf);
            }
            return;
        };
        let names = joined(
            keys.iter()
                .map(|key| format!("`{}`", path_text(&key[elements.len()..]))),
            "and",
        );
        let message = format!("expected at least one of {names}{}, found none", self.reason());
        let mut findings = Findings::default();
        each(self.view, elements, self.path, &mut |element, path| {
            if !keys.iter().any(|key| is_present(element, &key[elements.len()..])) {
                findings.add_at(path, message.clone());
            }
        });
        let are_more = findings.are_more;
        for (path, message, help) in findings.list {
            let missing = keys.iter().filter_map(|key| match key.get(elements.len()) {
                Some(Step::Key(name)) => Some(format!("{path}.{name}")),
                _ => None,
            });
            let missing: Vec<String> = missing.collect();
            self.report(Code::RequiredOneOf, path, message, help);
            missing
                .into_iter()
                .for_each(|path| self.cx.note_also(Code::Requires, path));
        }
        if are_more {
            self.cx.report.leave_out(self.rule.severity);
        }
    }

    fn count_present(&self, keys: &[Path]) -> usize {
        keys.iter().filter(|key| is_present(self.view, key)).count()
    }

    /// Reports the keys that are present, at the first of them. `expected` receives their names.
    fn report_present(&mut self, keys: &[Path], code: Code, expected: impl Fn(&Self, &str) -> String) {
        let present: Vec<Path> = keys.iter().copied().filter(|key| is_present(self.view, key)).collect();
        let Some(first) = present.first() else { return };
        let names = joined(present.iter().map(|key| format!("`{}`", path_text(key))), "and");
        let is_secret = self.is_secret(first);
        let mut findings = Findings::default();
        each(self.view, first, self.path, &mut |view, path| {
            let found = match present.as_slice() {
                [_] => shown(view, is_secret),
                _ => names.clone(),
            };
            findings.add_at(path, format!("{}, found {found}", expected(self, &names)));
        });
        self.report_all(code, findings);
    }

    /// Reports several of the keys that are present, at the last of them.
    fn report_last_present(&mut self, keys: &[Path], expected: &str, code: Code) {
        let names = |keys: &[Path]| joined(keys.iter().map(|key| format!("`{}`", path_text(key))), "and");
        let present: Vec<Path> = keys.iter().copied().filter(|key| is_present(self.view, key)).collect();
        let message = format!(
            "expected {expected} {}{}, found {}",
            names(keys),
            self.reason(),
            names(&present)
        );
        let Some(last) = present.last() else { return };
        let mut findings = Findings::default();
        each(self.view, last, self.path, &mut |_, path| {
            findings.add_at(path, message.clone())
        });
        self.report_all(code, findings);
    }

    /// Reports that none of the keys is present, at the dictionary in which they belong.
    fn report_none_of(&mut self, keys: &[Path], expected: &str, code: Code) {
        // A missing key of the schema, or one that another rule requires, explains this.
        if keys
            .iter()
            .any(|key| self.cx.has_finding(&self.path_of_missing(key), self.rule.severity))
        {
            return;
        }
        let names = joined(keys.iter().map(|key| format!("`{}`", path_text(key))), "and");
        let message = format!("expected {expected} {names}{}, found none", self.reason());
        let common = keys
            .iter()
            .skip(1)
            .fold(keys.first().copied().unwrap_or_default(), |common, key| {
                let length = common.iter().zip(*key).take_while(|(one, other)| one == other).count();
                &common[..length]
            });
        // The last step is the key itself.
        let dictionary = match keys {
            [only] => &only[..only.len().saturating_sub(1)],
            _ => common,
        };
        self.report(code, self.path_of_missing(dictionary), message, None);
        for key in keys {
            let path = self.path_of_missing(key);
            self.cx.note_also(Code::Requires, path);
        }
    }

    /// Reports each dictionary on the way to `key` that lacks the last step.
    pub(super) fn requires(&mut self, key: Path) {
        let message = || format!("`{}` is required{}, but missing", path_text(key), self.reason());
        let Some((Step::Key(name), before)) = key.split_last() else {
            if !is_present(self.view, key) {
                let message = message();
                self.report(Code::Requires, self.path_of_missing(key), message, None);
            }
            return;
        };
        let mut findings = Findings::default();
        let mut dictionaries = 0usize;
        each(self.view, before, self.path, &mut |view, path| {
            dictionaries += 1;
            if view.value(name).is_absent() {
                findings.add_at(&path.key(name), message());
            }
        });
        // An array without elements lacks nothing.
        let lacks_dictionary = dictionaries == 0 && before.iter().all(|step| matches!(step, Step::Key(_)));
        let message = lacks_dictionary.then(message);
        self.report_all(Code::Requires, findings);
        if let Some(message) = message {
            self.report(Code::Requires, self.path_of_missing(key), message, None);
        }
    }

    /// Returns the path at which the key belongs.
    pub(super) fn path_of_missing(&self, key: &[Step]) -> String {
        let mut path = self.path.to_string();
        for step in key {
            match step {
                Step::Key(name) => crate::error::path::push_key(&mut path, name),
                Step::Item(index) => crate::error::path::push_index(&mut path, *index),
                // A missing element has no index.
                Step::Items | Step::Each | Step::Where(..) | Step::Any | Step::Names => break,
            }
        }
        path
    }
}
