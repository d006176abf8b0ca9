//! Rules about keys that must be present or absent.

use super::select::{each, is_present};
use super::{Code, Findings, Path, RuleCheck, Step};

impl RuleCheck<'_, '_, '_> {
    pub(super) fn exactly_one_of(&mut self, keys: &[Path]) {
        match self.count_present(keys) {
            0 => self.report_missing(keys, Code::ExactlyOneOf),
            1 => {}
            _ => self.report_present(keys, Code::ExactlyOneOf),
        }
    }

    /// With conditions, none of the keys can be present; without, at most one can.
    pub(super) fn excludes(&mut self, keys: &[Path]) {
        if !self.rule.when.is_empty() || self.count_present(keys) > 1 {
            self.report_present(keys, Code::Excludes);
        }
    }

    pub(super) fn required_one_of(&mut self, keys: &[Path]) {
        // If all keys are keys of the elements of one array, each element is checked.
        let of_elements = keys.first().and_then(|first| {
            let is_element = |step: &Step| matches!(step, Step::Items | Step::Any | Step::Where(..));
            let (elements, _) = first.split_at(first.iter().rposition(is_element)? + 1);
            keys.iter().all(|key| key.starts_with(elements)).then_some(elements)
        });
        let Some(elements) = of_elements else {
            if self.count_present(keys) == 0 {
                self.report_missing(keys, Code::RequiredOneOf);
            }
            return;
        };
        let mut findings = Findings::default();
        each(self.view, elements, self.path, &mut |element, path| {
            let keys = keys.iter().map(|key| &key[elements.len()..]);
            if keys.clone().any(|key| is_present(element, key)) {
                return;
            }
            for key in keys {
                match key.first() {
                    Some(Step::Key(name)) => findings.add_at(&path.key(name), String::new()),
                    _ => findings.add_at(path, String::new()),
                }
            }
        });
        self.report_all(Code::RequiredOneOf, findings);
    }

    fn count_present(&self, keys: &[Path]) -> usize {
        keys.iter().filter(|key| is_present(self.view, key)).count()
    }

    /// Reports each of the keys that is present.
    pub(super) fn report_present(&mut self, keys: &[Path], code: Code) {
        for key in keys {
            self.report_values(key, code, |_| Some(String::new()));
        }
    }

    /// Reports all of the keys, which are missing.
    fn report_missing(&mut self, keys: &[Path], code: Code) {
        for key in keys {
            self.report(code, self.path_of_missing(key), "");
        }
    }

    /// Reports each dictionary on the way to `key` that lacks the last step.
    pub(super) fn report_if_missing(&mut self, key: Path, code: Code) {
        let Some((Step::Key(name), before)) = key.split_last() else {
            if !is_present(self.view, key) {
                self.report_missing(&[key], code);
            }
            return;
        };
        let mut findings = Findings::default();
        let mut dictionaries = 0usize;
        each(self.view, before, self.path, &mut |view, path| {
            dictionaries += 1;
            if view.value(name).is_absent() {
                findings.add_at(&path.key(name), String::new());
            }
        });
        self.report_all(code, findings);
        // An array without elements lacks nothing.
        if dictionaries == 0 && before.iter().all(|step| matches!(step, Step::Key(_))) {
            self.report_missing(&[key], code);
        }
    }

    /// Returns the path at which the key belongs.
    fn path_of_missing(&self, key: Path) -> String {
        let mut path = self.path.to_string();
        for step in key {
            match step {
                Step::Key(name) => crate::error::path::push_key(&mut path, name),
                Step::Item(index) => crate::error::path::push_index(&mut path, *index),
                // A missing element has no index.
                Step::Items | Step::Where(..) | Step::Any | Step::Names => break,
            }
        }
        path
    }
}
