//! Values that violate a rule, derived from the rule itself, and a value that obeys it.

use apple_mdm::schema::{Check, Condition, Dict, Path, Rule, Step, ValueConstraint};
use apple_mdm::validate::{Code, Finding, Target};
use apple_mdm::value::{Dictionary, Value};

use super::documents;
use super::place::{Place, Seg};
use super::rules::{
    applies, as_number, cleared, ensure, falsified, hits, holding, holds, ordered, others, present, renamed, satisfied,
    sized, unfit, worded,
};
use super::solve::{is, is_wrong, least, repaired};
use super::walk::{self, key_at};

/// A value that violates one rule, and the expected finding.
pub struct Breach {
    pub value: Value,
    pub code: Code,
    pub place: Place,
}

/// Returns whether a finding comes from this rule.
pub fn is_of(finding: &Finding, rule: &Rule) -> bool {
    let help = finding.help.as_deref().unwrap_or_default();
    finding.source == Some(rule.source) && (help == rule.says || help.starts_with("did you mean"))
}

const ROOT: Place = Place(Vec::new());
/// The maximum number of similar violations.
const MAX_SIMILAR: usize = 6;

/// Returns the paths that must be present for the rule to apply.
fn subjects(rule: &Rule) -> Vec<Path> {
    match rule.check {
        Check::Charset { key, .. }
        | Check::Utf8 { key }
        | Check::Length { key, .. }
        | Check::Pattern { key, .. }
        | Check::Number { key, .. }
        | Check::Bits { key, .. }
        | Check::Count { key, .. }
        | Check::Unique { key, .. }
        | Check::Consistent { key, .. }
        | Check::Value { key, .. }
        | Check::PayloadRef { key, .. }
        | Check::Document { key, .. } => vec![key],
        Check::Refers { key, to, .. } => vec![to, key],
        Check::Ordering { lower, upper, .. } => vec![lower, upper],
        // Keys of array elements need elements.
        Check::RequiredOneOf { keys } => {
            let item = keys[0]
                .iter()
                .rposition(|step| matches!(step, Step::Items | Step::Each | Step::Where(..)));
            item.map(|at| &keys[0][..=at]).into_iter().collect()
        }
        Check::Disjoint { keys } | Check::Requires { keys } | Check::OnlyIf { keys } => keys.to_vec(),
        _ => Vec::new(),
    }
}

/// Returns a valid value to which the rule applies: its conditions are true and its keys are present.
pub fn obeying(dict: &'static Dict, rule: &'static Rule, target: Option<&Target>) -> Result<Value, String> {
    if circular(rule) {
        let start = least(dict)?;
        let keep = |value: &Value| !applies(value, &ROOT, rule);
        let mut starts: Vec<Value> = rule
            .when
            .iter()
            .flat_map(|c| falsified(dict, &start, &ROOT, c))
            .collect();
        starts.insert(0, start);
        let made = starts
            .into_iter()
            .map(|start| repaired(dict, start, target, &keep, &is_wrong));
        return made.reduce(Result::or).unwrap();
    }
    let mut starts = vec![least(dict).unwrap_or_else(|_| Dictionary::new().into())];
    for condition in rule.when {
        starts = starts
            .iter()
            .flat_map(|value| {
                if holds(value, &ROOT, condition) {
                    vec![value.clone()]
                } else {
                    let mut all = satisfied(dict, value, &ROOT, condition);
                    all.truncate(8);
                    all
                }
            })
            .take(24)
            .collect();
    }
    let wanted = subjects(rule);
    let mut why = "its conditions cannot be made to hold".to_owned();
    for start in starts {
        // All keys together or, if they exclude each other, each alone.
        let mut choices = vec![wanted.clone()];
        if wanted.len() > 1 && matches!(rule.check, Check::OnlyIf { .. }) {
            choices.extend(wanted.iter().map(|one| vec![*one]));
        }
        for wanted in choices {
            let all = wanted.iter().try_fold(start.clone(), |value, path| {
                ensure(dict, &value, &ROOT, path).map(|(value, _)| value)
            });
            let all = all.and_then(|value| match rule.check {
                Check::Unique { key, by, .. } if !by.is_empty() => {
                    let (place, item) = hits(&value, &ROOT, key).into_iter().next()?;
                    match by.iter().any(|name| item.get(name).is_some()) {
                        true => Some(value),
                        false => super::rules::put(dict, &value, &place.key(by[0])),
                    }
                }
                _ => Some(value),
            });
            let Some(all) = all else {
                why = "its keys cannot be made".to_owned();
                continue;
            };
            let keep =
                |value: &Value| applies(value, &ROOT, rule) && wanted.iter().all(|path| present(value, &ROOT, path));
            match repaired(dict, all, target, &keep, &|finding| {
                is_wrong(finding) || is_of(finding, rule)
            }) {
                Ok(value) => return Ok(value),
                Err(wrong) => why = wrong,
            }
        }
    }
    Err(why)
}

/// Returns values that violate the rule, derived from a value that obeys it.
pub fn breaches(dict: &'static Dict, rule: &'static Rule, base: &Value) -> Vec<Breach> {
    let first = |path: Path| hits(base, &ROOT, path).into_iter().next();
    let at = |path: Path, code: Code, new: &dyn Fn(&Value, Option<&'static apple_mdm::schema::Key>) -> Vec<Value>| {
        let Some((place, now)) = first(path) else {
            return Vec::new();
        };
        let key = key_at(dict, base, &place);
        let new = new(&now, key).into_iter().filter_map(|new| place.with(base, new));
        new.map(|value| Breach {
            value,
            code,
            place: place.clone(),
        })
        .collect::<Vec<_>>()
    };
    let mut all = match rule.check {
        Check::Charset { key, from, to } => at(key, Code::Charset, &|now, key| {
            let outside = [from.checked_sub(1), to.checked_add(1)]
                .into_iter()
                .flatten()
                .filter_map(char::from_u32);
            let text = now.as_str().unwrap_or_default();
            outside.map(|c| worded(key, &format!("{text}{c}"))).collect()
        }),
        Check::Utf8 { key } => at(key, Code::Charset, &|_, _| vec![Value::Data(vec![b'a', 0xff].into())]),
        Check::Length { key, min, max, bytes } => at(key, Code::Length, &|now, _| {
            let shorter = min.and_then(|min| min.checked_sub(1));
            let longer = max.map(|max| max + 1);
            let lengths = shorter.into_iter().chain(longer);
            lengths
                .map(|length| match now {
                    Value::Data(_) => Value::Data(vec![1; length].into()),
                    _ if bytes && length > 1 => format!("{}ü", "1".repeat(length - 2)).into(),
                    _ => "1".repeat(length).into(),
                })
                .collect()
        }),
        Check::Pattern { key, test, not } => {
            let bad = unfit(test, not);
            if key.last() == Some(&Step::Names) {
                let Some((place, _)) = first(key) else {
                    return Vec::new();
                };
                let Some((holder, _)) = place.split() else {
                    return Vec::new();
                };
                // Paths escape these characters.
                let bad = bad
                    .into_iter()
                    .filter(|name| !name.contains(['"', '\\']) && !name.contains(char::is_control));
                bad.filter_map(|bad| {
                    Some(Breach {
                        value: renamed(base, &place, bad)?,
                        code: Code::Pattern,
                        place: holder.key(bad),
                    })
                })
                .take(MAX_SIMILAR)
                .collect()
            } else {
                at(key, Code::Pattern, &|_, key| {
                    bad.iter().map(|bad| worded(key, bad)).collect()
                })
            }
        }
        Check::Number {
            key,
            min,
            max,
            step,
            not,
        } => at(key, Code::Number, &|now, key| {
            let mut wrong: Vec<Value> = Vec::new();
            wrong.extend(min.map(|min| sized(key, min - 1.0)));
            wrong.extend(max.map(|max| sized(key, max + 1.0)));
            if step.is_some() {
                wrong.extend(as_number(now).map(|number| sized(key, number + 1.0)));
            }
            wrong.extend(not.iter().map(|literal| walk::literal(key, *literal)));
            wrong
        }),
        Check::Bits { key, has, needs } => at(key, Code::Number, &|_, _| vec![(has & !needs).into()]),
        Check::Count { key, min, max } => at(key, Code::Count, &|now, key| {
            let counts = min
                .and_then(|min| min.checked_sub(1))
                .into_iter()
                .chain(max.map(|max| max + 1));
            counts.map(|count| counted(now, key, count)).collect()
        }),
        Check::Unique { key, by, ignore_case } => repeated(base, key, by, ignore_case),
        Check::Consistent { key, .. } => {
            let Some((Step::Key(name), items)) = key.split_last() else {
                return Vec::new();
            };
            let mut all = repeated(base, items, &[], false);
            for breach in &mut all {
                breach.place = breach.place.key(name);
                breach.value = breach.place.with(&breach.value, "another").unwrap();
            }
            all
        }
        Check::Disjoint { keys } => {
            let hit = keys.iter().map(|path| first(path)).collect::<Option<Vec<_>>>();
            let Some([(_, one), .., (place, _)]) = hit.as_deref() else {
                return Vec::new();
            };
            let path = keys[keys.len() - 1];
            let (value, place) = if path.last() == Some(&Step::Names) {
                let name = one.as_str().unwrap_or_default();
                let (holder, _) = place.split().unwrap();
                (renamed(base, place, name), holder.key(name))
            } else {
                (place.with(base, one.clone()), place.clone())
            };
            let value = value.into_iter();
            value
                .map(|value| Breach {
                    value,
                    code: Code::Unique,
                    place: place.clone(),
                })
                .collect()
        }
        Check::Excludes { keys } | Check::Requires { keys } if circular(rule) => {
            let mut all = vec![base.clone()];
            for condition in rule.when {
                all = all
                    .iter()
                    .flat_map(|value| satisfied(dict, value, &ROOT, condition))
                    .collect();
            }
            all.into_iter()
                .filter(|value| applies(value, &ROOT, rule))
                .map(|value| {
                    let [Step::Key(name)] = keys[0] else { panic!("{rule:?}") };
                    let code = if matches!(rule.check, Check::Excludes { .. }) {
                        Code::Excludes
                    } else {
                        Code::Requires
                    };
                    Breach {
                        value,
                        code,
                        place: ROOT.key(name),
                    }
                })
                .collect()
        }
        Check::Requires { keys } => keys
            .iter()
            .filter_map(|path| {
                let (place, _) = first(path)?;
                Some(Breach {
                    value: place.without(base)?,
                    code: Code::Requires,
                    place,
                })
            })
            .collect(),
        Check::RequiredOneOf { keys } => none_of(base, keys, Code::RequiredOneOf),
        Check::ExactlyOneOf { keys } => {
            let mut all = none_of(base, keys, Code::ExactlyOneOf);
            all.extend(two_of(dict, base, keys, Code::ExactlyOneOf));
            all
        }
        Check::Excludes { keys } if rule.when.is_empty() => two_of(dict, base, keys, Code::Excludes),
        Check::Excludes { keys } => keys
            .iter()
            .filter_map(|path| {
                let (value, place) = ensure(dict, base, &ROOT, path)?;
                Some(Breach {
                    value,
                    code: Code::Excludes,
                    place,
                })
            })
            .collect(),
        Check::OnlyIf { keys } => {
            let without: Vec<Value> = rule
                .when
                .iter()
                .flat_map(|condition: &Condition| falsified(dict, base, &ROOT, condition))
                .collect();
            keys.iter()
                .flat_map(|path| {
                    without.iter().filter_map(|value| {
                        let (place, _) = hits(value, &ROOT, path).into_iter().next()?;
                        Some(Breach {
                            value: value.clone(),
                            code: Code::OnlyIf,
                            place,
                        })
                    })
                })
                .collect()
        }
        Check::Value { key, needs } => at(key, Code::ValueNeeds, &|now, key| match needs {
            ValueConstraint::In(list) => {
                let mut wrong = others(key, list);
                wrong.truncate(3);
                if wrong.is_empty() && matches!(now, Value::String(_)) {
                    wrong.push("no such value".into());
                }
                if wrong.is_empty() && as_number(now).is_some() {
                    wrong.push(sized(key, 4711.0));
                }
                wrong
            }
            ValueConstraint::Not(list) => list.iter().map(|literal| walk::literal(key, *literal)).collect(),
            ValueConstraint::Text(test) => unfit(test, false).into_iter().map(|text| worded(key, text)).collect(),
            ValueConstraint::Range(min, max) => {
                let below = min.map(|min| sized(key, min - 1.0));
                below.into_iter().chain(max.map(|max| sized(key, max + 1.0))).collect()
            }
            ValueConstraint::Contains(literal) => {
                let mut items = now.as_array().unwrap_or_default().to_vec();
                items.retain(|item| !is(item, literal));
                vec![Value::Array(items)]
            }
        }),
        Check::Ordering {
            lower,
            upper,
            strict,
            by,
        } => {
            let (Some((low, _)), Some((high, high_now))) = (first(lower), first(upper)) else {
                return Vec::new();
            };
            let mut wrong = Vec::new();
            let (less, more) = ordered(by);
            let key = key_at(dict, base, &low);
            let typed = |value: &Value| as_number(value).map_or_else(|| value.clone(), |number| sized(key, number));
            wrong.extend(
                low.with(base, typed(&more))
                    .and_then(|value| high.with(&value, typed(&less))),
            );
            if let Some(number) = as_number(&high_now) {
                wrong.extend(low.with(base, sized(key, number + 1.0)));
            }
            if strict {
                wrong.extend(low.with(base, high_now));
            }
            let place = common(&low, &high);
            wrong
                .into_iter()
                .map(|value| Breach {
                    value,
                    code: Code::Ordering,
                    place: place.clone(),
                })
                .collect()
        }
        Check::Refers { key, .. } => at(key, Code::Requires, &|now, key| match now {
            Value::String(_) => vec!["com.example.absent".into()],
            Value::Data(_) => vec![Value::Data(b"absent".into())],
            _ => vec![sized(key, 4711.0)],
        }),
        Check::Document { key, holds } => at(key, Code::Document, &|_, key| vec![holding(key, documents::bad(holds))]),
        _ => Vec::new(),
    };
    // A change that makes the conditions false is not a violation.
    all.retain(|breach| matches!(rule.check, Check::OnlyIf { .. }) || applies(&breach.value, &ROOT, rule));
    all.truncate(MAX_SIMILAR);
    all
}

/// Returns whether the rule is about keys in its own conditions, so that it is violated whenever these are true.
fn circular(rule: &Rule) -> bool {
    let (Check::Excludes { keys } | Check::Requires { keys }) = rule.check else {
        return false;
    };
    let speaks = |condition: &Condition| match *condition {
        Condition::In(path, _, _) | Condition::Present(path, _) => keys.contains(&path),
        _ => false,
    };
    rule.when.iter().any(speaks)
}

fn counted(now: &Value, key: Option<&'static apple_mdm::schema::Key>, count: usize) -> Value {
    match now {
        Value::Array(items) => {
            let mut items = items.clone();
            let item = key.and_then(|key| match key.kind {
                apple_mdm::schema::Kind::Array(item) | apple_mdm::schema::Kind::OneOrMany(item) => Some(item),
                _ => None,
            });
            while items.len() < count {
                let new = item.map_or_else(
                    || "com.example.app".into(),
                    |item| super::solve::fresh(item, items.len()),
                );
                items.push(new);
            }
            items.truncate(count);
            Value::Array(items)
        }
        Value::Dictionary(entries) => {
            let mut all: Vec<(String, Value)> = entries.clone().into_iter().collect();
            let sample = all
                .first()
                .map_or_else(|| "com.example.app".into(), |(_, value)| value.clone());
            while all.len() < count {
                all.push((format!("com.example.more{}", all.len()), sample.clone()));
            }
            all.truncate(count);
            Dictionary::from_iter(all).into()
        }
        other => other.clone(),
    }
}

/// Duplicates the first entry of the last array or map on the path.
fn repeated(base: &Value, path: Path, by: &[&str], ignore_case: bool) -> Vec<Breach> {
    let Some((place, now)) = hits(base, &ROOT, path).into_iter().next() else {
        return Vec::new();
    };
    let Some(last) = path.iter().rposition(|step| !matches!(step, Step::Key(_))) else {
        return Vec::new();
    };
    // Steps and segments correspond.
    let (before, after) = place.0.split_at(last + 1);
    let (seg, holder) = before.split_last().unwrap();
    let holder = Place(holder.to_vec());
    let entry = Place(before.to_vec()).get(base).unwrap().clone();
    let second = match (holder.get(base).unwrap(), seg) {
        (Value::Array(items), Seg::Index(_)) => holder.index(items.len()),
        _ => holder.key("com.example.second"),
    };
    let Some(value) = second.with(base, entry) else {
        return Vec::new();
    };
    let place = Place(second.0.iter().chain(after).cloned().collect());
    let mut all = vec![value.clone()];
    if ignore_case {
        let flipped = |text: &str| {
            if text.to_lowercase() == text {
                text.to_uppercase()
            } else {
                text.to_lowercase()
            }
        };
        match &now {
            Value::String(text) => all.extend(place.with(&value, flipped(text))),
            _ => {
                if let Some((name, Value::String(text))) = by.iter().find_map(|name| Some((name, now.get(name)?))) {
                    all.extend(place.key(name).with(&value, flipped(text)));
                }
            }
        }
    }
    all.into_iter()
        .map(|value| Breach {
            value,
            code: Code::Unique,
            place: place.clone(),
        })
        .collect()
}

/// Returns the place that contains both places.
fn common(one: &Place, other: &Place) -> Place {
    let shared = one.0.iter().zip(&other.0).take_while(|(one, other)| one == other);
    Place(shared.map(|(seg, _)| seg.clone()).collect())
}

fn none_of(base: &Value, keys: &[Path], code: Code) -> Vec<Breach> {
    let value = keys
        .iter()
        .fold(base.clone(), |value, path| cleared(&value, &ROOT, path));
    // The finding is at the dictionary in which the keys belong.
    let shared = keys.iter().fold(keys[0], |shared, key| {
        let length = shared.iter().zip(*key).take_while(|(one, other)| one == other).count();
        &shared[..length.min(keys[0].len() - 1)]
    });
    let mut place = ROOT;
    for step in shared {
        match step {
            Step::Key(name) => place = place.key(name),
            Step::Item(index) => place = place.index(*index),
            Step::Items | Step::Each | Step::Where(..)
                if place
                    .get(&value)
                    .and_then(Value::as_array)
                    .is_some_and(|a| !a.is_empty()) =>
            {
                place = place.index(0);
            }
            _ => break,
        }
    }
    vec![Breach { value, code, place }]
}

fn two_of(dict: &'static Dict, base: &Value, keys: &[Path], code: Code) -> Vec<Breach> {
    let mut all = Vec::new();
    for (index, second) in keys.iter().enumerate().skip(1) {
        for first in &keys[..index] {
            let clean = keys
                .iter()
                .fold(base.clone(), |value, path| cleared(&value, &ROOT, path));
            let Some((value, _)) = ensure(dict, &clean, &ROOT, first) else {
                continue;
            };
            let Some((value, place)) = ensure(dict, &value, &ROOT, second) else {
                continue;
            };
            let there = keys.iter().filter(|path| present(&value, &ROOT, path)).count();
            if there == 2 {
                all.push(Breach { value, code, place });
            }
        }
    }
    all
}
