//! The conditions of a manifest under which a key is required.

use apple_mdm::value::{Dictionary, Value};

use super::entry::{Condition, Scalar};
use super::read::{dictionary, scalar, text};

/// Reads the conditions under which the key with these statements is required: `pfm_conditionals`, unless `pfm_exclude` excludes it.
/// `siblings` are the keys that conditions can refer to.
///
/// Each list is enough to require the key. What cannot be expressed exactly is left out.
pub fn required_if(statements: &Dictionary, siblings: &[&str]) -> Vec<Vec<Condition>> {
    let Some(Value::Array(alternatives)) = statements.get("pfm_conditionals") else {
        return Vec::new();
    };
    let Some(not_excluded) = not_excluded(statements, siblings) else {
        return Vec::new();
    };
    let lists = alternatives.iter().filter_map(|alternative| {
        let alternative = dictionary(alternative)?;
        let is_required = matches!(text(alternative, "pfm_require"), "always" | "always-nested");
        let has_more = alternative
            .keys()
            .any(|key| !["pfm_require", "pfm_target_conditions"].contains(&key));
        if !is_required || has_more {
            return None;
        }
        let mut conditions = all_of(alternative, siblings)?;
        // What already follows from the conditions need not be said again.
        let is_implied = |exclusion: &Condition| match exclusion {
            Condition::Any(list) => list.iter().any(|one| conditions.contains(one)),
            other => conditions.contains(other),
        };
        let more: Vec<Condition> = not_excluded.iter().filter(|one| !is_implied(one)).cloned().collect();
        conditions.extend(more);
        Some(conditions)
    });
    lists.collect()
}

/// Returns the conditions under which `pfm_exclude` does not exclude a key, or `None` if they cannot be expressed.
fn not_excluded(statements: &Dictionary, siblings: &[&str]) -> Option<Vec<Condition>> {
    let exclusions = match statements.get("pfm_exclude") {
        None => return Some(Vec::new()),
        Some(Value::Array(exclusions)) => exclusions,
        Some(_) => return None,
    };
    let mut conditions = Vec::new();
    for exclusion in exclusions {
        let excluded_if = all_of(dictionary(exclusion)?, siblings)?;
        let opposites: Option<Vec<Condition>> = excluded_if.into_iter().map(opposite).collect();
        conditions.push(Condition::Any(opposites?));
    }
    Some(conditions)
}

fn opposite(condition: Condition) -> Option<Condition> {
    Some(match condition {
        Condition::In(key, values) => Condition::Not(key, values),
        Condition::Not(key, values) => Condition::In(key, values),
        Condition::Present(key, is_present) => Condition::Present(key, !is_present),
        Condition::Any(_) => return None,
    })
}

/// Reads `pfm_target_conditions`, all of which must be true. Returns `None` if one cannot be expressed.
fn all_of(statements: &Dictionary, siblings: &[&str]) -> Option<Vec<Condition>> {
    let Some(Value::Array(list)) = statements.get("pfm_target_conditions") else {
        return None;
    };
    let mut conditions = Vec::new();
    for condition in list {
        conditions.extend(one(dictionary(condition)?, siblings)?);
    }
    (!conditions.is_empty()).then_some(conditions)
}

/// Reads one condition, which can become two.
fn one(statements: &Dictionary, siblings: &[&str]) -> Option<Vec<Condition>> {
    let key = text(statements, "pfm_target");
    let mut tests = statements.iter().filter(|(name, _)| *name != "pfm_target");
    let (Some((test, value)), None) = (tests.next(), tests.next()) else {
        return None;
    };
    if !siblings.contains(&key) {
        return None;
    }
    let key = key.to_owned();
    Some(match test {
        "pfm_present" => match value {
            Value::Boolean(is_present) => vec![Condition::Present(key, *is_present)],
            _ => return None,
        },
        "pfm_range_list" => vec![Condition::In(key, scalars(value)?)],
        // An editor knows the value of an absent key, a document does not.
        "pfm_n_range_list" => vec![
            Condition::Present(key.clone(), true),
            Condition::Not(key, scalars(value)?),
        ],
        _ => return None,
    })
}

fn scalars(value: &Value) -> Option<Vec<Scalar>> {
    let list: Option<Vec<Scalar>> = value.as_array()?.iter().map(scalar).collect();
    list.filter(|list| !list.is_empty())
}
