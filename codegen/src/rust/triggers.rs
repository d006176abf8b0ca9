//! Determines the keys without which a rule has no effect.

use crate::model::Scalar;
use crate::resolve::Field;
use crate::rules::{Check, Condition, Path, Resolved, Step};

/// Returns the indices of keys of which at least one must be present for the rule to have an effect. Empty if no such keys are known.
///
/// The library skips the rule for dictionaries that have none of them.
#[must_use]
pub fn of(rule: &Resolved, fields: &[Field]) -> Vec<usize> {
    let conditions = match rule.check {
        // A false condition does not end this check: it is what the check reports.
        Check::OnlyIf { .. } => &[],
        _ => &rule.when[..],
    };
    let sets = conditions.iter().filter_map(paths_of_condition);
    let indices = paths_of_check(&rule.check)
        .into_iter()
        .chain(sets)
        .filter_map(|paths| paths.into_iter().map(|path| first_key(path, fields)).collect());
    // The fewer and the rarer the keys, the more often the rule is skipped.
    indices
        .min_by_key(|set: &Vec<usize>| (set.iter().any(|index| fields[*index].key.required), set.len()))
        .unwrap_or_default()
}

/// Returns the paths of which at least one must lead to a value for the check to fail. `None` if it can fail without values.
fn paths_of_check(check: &Check) -> Option<Vec<&Path>> {
    match check {
        Check::Requires { .. } | Check::RequiredOneOf { .. } | Check::ExactlyOneOf { .. } => None,
        Check::Ordering { lower: key, .. } | Check::Refers { key, .. } => Some(vec![key]),
        check => Some(check.paths()),
    }
}

/// Returns the paths of which at least one must lead to a value for the condition to be true. `None` if it can be true without values.
fn paths_of_condition(condition: &Condition) -> Option<Vec<&Path>> {
    let is_listed = |list: &[Scalar], default: &Option<Scalar>| default.as_ref().is_some_and(|it| list.contains(it));
    let path = match condition {
        Condition::In(path, list, default) if !is_listed(list, default) => path,
        Condition::Not(path, list, default) if is_listed(list, default) => path,
        Condition::Present(path, true)
        | Condition::Contains(path, _)
        | Condition::Above(path, _)
        | Condition::Below(path, _)
        | Condition::Fits(path, _) => path,
        Condition::Any(list) => {
            let paths: Option<Vec<_>> = list.iter().map(paths_of_condition).collect();
            return paths.map(|paths| paths.concat());
        }
        Condition::In(..) | Condition::Not(..) | Condition::Present(..) | Condition::Target(_) => return None,
    };
    Some(vec![path])
}

/// Returns the index of the first key of a path.
fn first_key(path: &Path, fields: &[Field]) -> Option<usize> {
    let Some(Step::Key(name)) = path.first() else {
        return None;
    };
    fields.iter().position(|field| field.key.name == *name)
}
