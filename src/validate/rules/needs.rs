//! What rules need of a target.

use super::condition::{Truth, evaluate};
use super::select::each;
use super::{Code, RuleCheck};
use crate::schema::{Check, Condition, Os, Severity, TargetCondition};
use crate::validate::collect::TargetConditions;
use crate::validate::need::{Need, Needs};

impl RuleCheck<'_, '_, '_> {
    /// Returns what the target would need so that the document obeys the rule as it is.
    pub(super) fn needs(&self, code: Code) -> Needs {
        let of_target = self.rule.when.iter().filter_map(|condition| match condition {
            Condition::Target(target) => Some((condition, *target)),
            _ => None,
        });
        match code {
            Code::OnlyIf => {
                let is_false = |condition| evaluate(self.cx, self.view, condition) == Truth::False;
                let missing = of_target.filter(|(condition, _)| is_false(condition));
                missing.filter_map(|(_, target)| Need::of(target)).collect()
            }
            // These are about a key that is missing, whatever the target is.
            Code::Requires | Code::RequiredOneOf | Code::ExactlyOneOf => Needs::NONE,
            // It is enough that one of the conditions no longer holds.
            _ => of_target
                .filter_map(|(_, target)| Need::opposite_of(target))
                .take(1)
                .collect(),
        }
    }

    /// Collects what a target needs so that the document obeys the rule.
    pub(super) fn collect_requirements(self) {
        let (keys, is_allowed_if) = match self.rule.check {
            Check::OnlyIf { keys } => (keys, true),
            Check::Excludes { keys } => (keys, false),
            _ => return,
        };
        if self.rule.severity != Severity::Error {
            return;
        }
        let mut of_target = Vec::new();
        for condition in self.rule.when {
            match *condition {
                Condition::Target(target) if !is_about_document(target) => of_target.push(target),
                _ if evaluate(self.cx, self.view, condition) == Truth::True => {}
                _ => return,
            }
        }
        let Some(TargetConditions {
            systems,
            versions: [from, before],
            others,
        }) = TargetConditions::new(of_target.into_iter())
        else {
            return;
        };
        // What is required, and in which versions.
        let mut required: Vec<(Option<Need>, [_; 2])> = Vec::new();
        let mut elsewhere = Vec::new();
        match (is_allowed_if, others.as_slice()) {
            (true, _) => {
                required.extend(from.map(|from| (Some(Need::Version(from)), [None, None])));
                required.extend(before.map(|before| (Some(Need::Before(before)), [None, None])));
                let others = others.iter().filter_map(|condition| Need::of(*condition));
                required.extend(others.map(|need| (Some(need), [None, None])));
                if let Some(systems) = systems {
                    elsewhere = Os::ALL.into_iter().filter(|os| !systems.contains(os)).collect();
                }
            }
            (false, []) if systems.is_some() => required.push(match (from, before) {
                (None, None) => (None, [None, None]),
                (None, Some(before)) => (Some(Need::Version(before)), [None, None]),
                (Some(from), None) => (Some(Need::Before(from)), [None, None]),
                (Some(_), Some(_)) => return,
            }),
            (false, [only]) => {
                let Some(need) = Need::opposite_of(*only) else { return };
                required.push((Some(need), [from, before]));
            }
            (false, _) => return,
        }
        for key in keys {
            let mut paths = Vec::new();
            each(self.view, key, self.path, &mut |view, path| {
                if !view.is_absent() && paths.is_empty() {
                    paths.push(path.to_string());
                }
            });
            for path in paths {
                for (need, versions) in &required {
                    self.cx
                        .collect_condition(path.clone(), systems, need.clone(), *versions);
                }
                if !elsewhere.is_empty() {
                    self.cx.collect_condition(path, Some(&elsewhere), None, [None, None]);
                }
            }
        }
    }
}

/// Whether the document itself decides the condition.
const fn is_about_document(condition: TargetCondition) -> bool {
    matches!(
        condition,
        TargetCondition::Scope(_) | TargetCondition::Signed(_) | TargetCondition::Encrypted(_)
    )
}
