//! Valid values: the required keys, then repairs of what validation reports, one change at a time.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use apple_mdm::schema::{Dict, Family, Key, Kind, Literal};
use apple_mdm::validate::{self, Code, Finding, Severity, Target};
use apple_mdm::value::{Date, Dictionary, Value};

use super::place::Place;
use super::samples::{TEXTS, form, matches};
use super::{rules, walk};

/// Returns the findings for a value of `dict`, except what the target does not have.
pub fn findings(dict: &'static Dict, value: &Value, target: Option<&Target>) -> Vec<Finding> {
    let item = walk::alone(dict);
    let report = match target {
        Some(target) => validate::check_keys(item, value, target),
        None => validate::keys(item, value),
    };
    report
        .into_findings()
        .into_iter()
        .filter(|finding| finding.code < Code::NotAvailable || finding.code > Code::Ignored)
        .collect()
}

/// Returns whether a value with this finding is invalid.
pub fn is_wrong(finding: &Finding) -> bool {
    // Keys missing in messages of devices are only warnings, but valid values have them.
    finding.severity == Severity::Error || finding.code == Code::MissingKey
}

/// Returns a value with the required keys and everything that they require.
pub fn least(dict: &'static Dict) -> Result<Value, String> {
    thread_local! {
        static KNOWN: RefCell<HashMap<usize, Result<Value, String>>> = RefCell::default();
        static DEPTH: Cell<usize> = const { Cell::new(0) };
    }
    const DEEPEST: usize = 12;
    let address = std::ptr::from_ref(dict).addr();
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&address).cloned()) {
        return known;
    }
    if DEPTH.get() > DEEPEST {
        return Err("it never ends".to_owned());
    }
    DEPTH.set(DEPTH.get() + 1);
    let made = repaired(dict, Dictionary::new().into(), None, &|_| true, &is_wrong);
    DEPTH.set(DEPTH.get() - 1);
    KNOWN.with_borrow_mut(|known| known.insert(address, made.clone()));
    made
}

/// Changes a value until nothing is `wrong` while `keep` stays true. If that fails, returns what is still wrong.
pub fn repaired(
    dict: &'static Dict,
    start: Value,
    target: Option<&Target>,
    keep: &dyn Fn(&Value) -> bool,
    wrong: &dyn Fn(&Finding) -> bool,
) -> Result<Value, String> {
    const STEPS: usize = 200;
    let errors = |value: &Value| {
        let mut found = findings(dict, value, target);
        found.retain(|finding| wrong(finding));
        found
    };
    if !keep(&start) {
        return Err("it does not hold what it should from the start".to_owned());
    }
    let first = errors(&start);
    let why = first.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let mut seen = vec![start.clone()];
    // Values with fewer errors are changed first.
    let mut open = vec![(first, start)];
    for _ in 0..STEPS {
        let Some(at) = (0..open.len()).min_by_key(|&at| open[at].0.len()) else {
            break;
        };
        let (found, value) = open.remove(at);
        if found.is_empty() {
            return Ok(value);
        }
        'next: for finding in &found {
            for candidate in repairs(dict, &value, finding) {
                if !keep(&candidate) || seen.contains(&candidate) {
                    continue;
                }
                seen.push(candidate.clone());
                let left = errors(&candidate);
                let done = left.len() < found.len();
                open.push((left, candidate));
                if done {
                    break 'next;
                }
            }
        }
    }
    Err(why)
}

/// Returns changes that may repair a finding.
fn repairs(dict: &'static Dict, value: &Value, finding: &Finding) -> Vec<Value> {
    let place = Place::parse(&finding.path);
    let key = walk::key_at(dict, value, &place);
    match finding.code {
        Code::MissingKey => {
            let first = rules::put(dict, value, &place);
            let others = (1..4).filter_map(|n| place.with(value, fresh(key?, n)));
            first.into_iter().chain(others).collect()
        }
        Code::WrongCount => rules::resized(dict, value, &place),
        Code::BadFormat | Code::NotAllowed | Code::OutOfRange | Code::WrongType => {
            let Some(key) = key else { return Vec::new() };
            (0..40).filter_map(|n| place.with(value, fresh(key, n))).collect()
        }
        _ => {
            let mut all = Vec::new();
            for (base, dict_there) in walk::dicts_in(dict, value) {
                if !place.starts_with(&base) {
                    continue;
                }
                for rule in dict_there.rules {
                    if super::breach::is_of(finding, rule) {
                        all.extend(rules::fixes(dict, value, &base, rule, &place));
                    }
                }
            }
            all
        }
    }
}

/// Returns a value for a key. Different `n` give different values if possible.
pub fn fresh(key: &Key, n: usize) -> Value {
    if !key.choices.is_empty() && !matches!(key.kind, Kind::Array(_) | Kind::OneOrMany(_)) {
        let choice = key.choices[n % key.choices.len()];
        return walk::literal(Some(key), choice.value);
    }
    let (min, max) = (walk::number(key.details().min), walk::number(key.details().max));
    let number = || {
        let least = min.unwrap_or_else(|| max.map_or(1.0, |max| max.min(1.0)));
        let wanted = least + n as f64;
        if max.is_some_and(|max| wanted > max) {
            least
        } else {
            wanted
        }
    };
    match key.kind {
        Kind::String => text(key, n).into(),
        Kind::Integer => (number() as i64).into(),
        Kind::Real => number().into(),
        Kind::Boolean => n.is_multiple_of(2).into(),
        Kind::Data => Value::Data(vec![u8::try_from(n % 200).unwrap() + 1; 4].into()),
        Kind::Date => Date::from_unix_seconds(1_900_000_000 + i64::try_from(n).unwrap())
            .unwrap()
            .into(),
        Kind::Array(item) | Kind::OneOrMany(item) => {
            let (min, _) = item.details().repetition.unwrap_or_default();
            let count = usize::try_from(min.unwrap_or(1).max(1)).unwrap();
            Value::Array((n..n + count).map(|n| fresh(item, n)).collect())
        }
        Kind::Dictionary(dict) => least(dict).unwrap_or_else(|_| Dictionary::new().into()),
        Kind::Union(union) => alternative(union.tag, union.alternatives[n % union.alternatives.len()]),
        // The data must itself be a document.
        Kind::Map(_) if key.name == "Manifest" => {
            let manifest = apple_mdm::schema::item(Family::Other, "ManifestURL");
            manifest
                .and_then(|item| least(item.keys?).ok())
                .unwrap_or_else(|| Dictionary::new().into())
        }
        Kind::Map(value) => Dictionary::from_iter([(format!("com.example.key{n}"), fresh(value, n))]).into(),
        _ => "com.example.app".into(),
    }
}

/// Returns a value of one alternative of a union.
pub fn alternative(tag: &str, (name, key): (&str, &Key)) -> Value {
    let mut value = fresh(key, 0);
    if let Some(entries) = value.as_dictionary_mut() {
        entries.insert(tag, name);
    }
    value
}

fn text(key: &Key, n: usize) -> String {
    let form = key.details().value_type.and_then(form);
    let fits = |text: &&&str| {
        key.details().format.is_none_or(|format| matches(format, text)) && form.is_none_or(|form| form.matches(text))
    };
    let found: Vec<&&str> = TEXTS.iter().filter(fits).collect();
    match found.as_slice() {
        [] => String::new(),
        found => (*found[n % found.len()]).to_owned(),
    }
}

/// Returns whether a value equals the literal, as tolerant readers see it.
pub fn is(value: &Value, literal: Literal) -> bool {
    match (value, literal) {
        (Value::String(a), Literal::String(b)) => a == b,
        (Value::Boolean(a), Literal::Boolean(b)) => *a == b,
        (Value::Boolean(a), Literal::Integer(b)) => i64::from(*a) == b,
        (Value::Integer(a), Literal::Boolean(b)) => *a == i64::from(b).into(),
        (Value::Integer(a), Literal::Integer(b)) => *a == b.into(),
        (Value::Integer(a), Literal::Real(b)) => a.as_f64() == b,
        (Value::Real(a), Literal::Integer(b)) => *a == b as f64,
        (Value::Real(a), Literal::Real(b)) => *a == b,
        _ => false,
    }
}
