//! Evaluates the conditions of rules.

use super::compare::{contains, equals, matches, may_equal, number};
use super::select::{any, is_present};
use crate::codec::View;
use crate::schema::{Condition, TargetCondition, path_text};
use crate::validate::context::Context;
use crate::validate::shown::{joined, shown};
use crate::validate::target::{Facet, Target};

/// The value of a condition.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    True,
    False,
    /// Unknown, because the target does not specify this facet.
    Open(Option<Facet>),
}

impl From<bool> for Truth {
    fn from(flag: bool) -> Self {
        if flag { Self::True } else { Self::False }
    }
}

/// Evaluates a condition for a dictionary and the target.
pub(super) fn evaluate(cx: &Context<'_>, view: View<'_>, condition: &Condition) -> Truth {
    let is_true = match *condition {
        Condition::In(key, list, default) => {
            any(view, key, |view| list.iter().any(|literal| equals(view, *literal)))
                || default.is_some_and(|default| list.contains(&default)) && !is_present(view, key)
        }
        Condition::Not(key, list, default) => {
            if is_present(view, key) {
                any(view, key, |view| {
                    may_equal(view, list) && !list.iter().any(|literal| equals(view, *literal))
                })
            } else {
                default.is_none_or(|default| !list.contains(&default))
            }
        }
        Condition::Present(key, wanted) => is_present(view, key) == wanted,
        Condition::Contains(key, literal) => any(view, key, |view| contains(view, literal)),
        Condition::Above(key, bound) => any(view, key, |view| number(view).is_some_and(|number| number > bound)),
        Condition::Below(key, bound) => any(view, key, |view| number(view).is_some_and(|number| number < bound)),
        Condition::Fits(key, test) => any(view, key, |view| view.as_str().is_some_and(|text| matches(test, text))),
        Condition::Any(list) => {
            let truths = || list.iter().map(|condition| evaluate(cx, view, condition));
            if truths().any(|truth| truth == Truth::True) {
                return Truth::True;
            }
            return truths()
                .find(|truth| matches!(truth, Truth::Open(_)))
                .unwrap_or(Truth::False);
        }
        Condition::Target(condition) => return of_target(cx, condition),
    };
    is_true.into()
}

fn of_target(cx: &Context<'_>, condition: TargetCondition) -> Truth {
    // The document itself answers these.
    let of_document = match condition {
        TargetCondition::Scope(wanted) => Some(cx.scope.map(|scope| scope == wanted)),
        TargetCondition::Signed(wanted) => Some(cx.signed.map(|signed| signed == wanted)),
        TargetCondition::Encrypted(wanted) => Some(cx.encrypted.map(|encrypted| encrypted == wanted)),
        _ => None,
    };
    if let Some(truth) = of_document {
        return truth.map_or(Truth::Open(None), Truth::from);
    }
    let Some(target) = cx.target else {
        return Truth::Open(None);
    };
    let Target {
        version,
        supervised,
        channel,
        enrollment,
        shared_ipad,
        automated_enrollment,
        manual_install,
        ..
    } = target;
    let (truth, facet) = match condition {
        TargetCondition::Os { systems, from, before } => {
            if !systems.contains(&target.os) {
                return Truth::False;
            }
            if from.is_none() && before.is_none() {
                return Truth::True;
            }
            let is_between =
                |version| from.is_none_or(|from| version >= from) && before.is_none_or(|before| version < before);
            (version.map(is_between), Facet::Version)
        }
        TargetCondition::Enrollment(list) => (enrollment.map(|found| list.contains(&found)), Facet::Enrollment),
        TargetCondition::Supervised(wanted) => (supervised.map(|found| found == wanted), Facet::Supervision),
        TargetCondition::Channel(wanted) => (channel.map(|found| found == wanted), Facet::Channel),
        TargetCondition::SharedIpad(wanted) => (shared_ipad.map(|found| found == wanted), Facet::SharedIpad),
        TargetCondition::AutomatedEnrollment(wanted) => (
            automated_enrollment.map(|found| found == wanted),
            Facet::AutomatedEnrollment,
        ),
        TargetCondition::ManualInstall(wanted) => (manual_install.map(|found| found == wanted), Facet::ManualInstall),
        TargetCondition::Scope(_) | TargetCondition::Signed(_) | TargetCondition::Encrypted(_) => {
            return Truth::Open(None);
        }
    };
    truth.map_or(Truth::Open(Some(facet)), Truth::from)
}

/// Returns why a rule applies, as a clause such as "because `Mode` is `certificate`". Empty for a rule without conditions.
pub(super) fn reason(cx: &Context<'_>, view: View<'_>, conditions: &[Condition]) -> String {
    if conditions.is_empty() {
        return String::new();
    }
    let clauses = conditions.iter().map(|condition| clause(cx, view, condition));
    format!(" because {}", joined(clauses, "and"))
}

/// Describes a true condition by the value found.
fn clause(cx: &Context<'_>, view: View<'_>, condition: &Condition) -> String {
    match *condition {
        Condition::In(key, list, default) => {
            let mut found = list
                .iter()
                .find(|literal| any(view, key, |view| equals(view, **literal)));
            let by_default = if found.is_none() { " by default" } else { "" };
            found = found.or(default.as_ref());
            found.map_or_else(
                || condition.to_string(),
                |value| format!("`{}` is `{value}`{by_default}", path_text(key)),
            )
        }
        Condition::Not(key, [one], _) if is_present(view, key) => format!("`{}` is not `{one}`", path_text(key)),
        Condition::Not(key, ..) if !is_present(view, key) => format!("`{}` is missing", path_text(key)),
        Condition::Above(key, _) | Condition::Below(key, _) => {
            let mut found = String::new();
            any(view, key, |view| {
                found = shown(view, false);
                false
            });
            format!("`{}` is {found}", path_text(key))
        }
        Condition::Any(list) => {
            let is_true = |condition: &&Condition| evaluate(cx, view, condition) == Truth::True;
            list.iter()
                .find(is_true)
                .map_or_else(|| condition.to_string(), |condition| clause(cx, view, condition))
        }
        _ => condition.to_string(),
    }
}
