//! Every rule of the schema: a value that obeys it has no error, and each way to break it is found where it is.

mod made;

use apple_mdm::schema::{Check, Rule};
use apple_mdm::validate::{Finding, Holds, Target};
use apple_mdm::value::Value;
use made::breach::{breaches, is_of, obeying};
use made::walk::{Described, dicts};

/// Rules for which no value can be made automatically, with the reason.
const BY_HAND: &[(&str, &str)] = &[];

fn name(described: &Described, rule: &Rule) -> String {
    format!("{}: {}", described.label(), rule.says)
}

fn kind(rule: &Rule) -> String {
    let all = format!("{:?}", rule.check);
    all[..all.find([' ', '{']).unwrap_or(all.len())].to_owned()
}

#[test]
fn every_rule_is_kept_by_some_value_and_each_breach_of_it_is_found() {
    let mut problems = Vec::new();
    let mut by_hand = Vec::new();
    let (mut rules, mut tried) = (std::collections::BTreeMap::<String, usize>::new(), 0);
    for described in dicts() {
        for rule in described.dict.rules {
            *rules.entry(kind(rule)).or_default() += 1;
            // These have tests of their own: they need a profile around them, or are about a whole dictionary.
            let manifest = matches!(
                rule.check,
                Check::Document {
                    holds: Holds::Manifest,
                    ..
                }
            );
            if manifest || matches!(rule.check, Check::PayloadRef { .. }) {
                continue;
            }
            match sweep(described, rule) {
                Ok(count) => tried += count,
                Err(Problem::NotMade(why)) => by_hand.push((name(described, rule), why)),
                Err(Problem::Wrong(why)) => problems.push(format!("{}\n    {why}", name(described, rule))),
            }
        }
    }
    eprintln!("{} rules: {rules:?}; {tried} breaches", rules.values().sum::<usize>());
    for (rule, why) in &by_hand {
        if !BY_HAND.iter().any(|(known, _)| known == rule) {
            problems.push(format!("{rule}\n    cannot be made: {why}"));
        }
    }
    for (known, _) in BY_HAND {
        if !by_hand.iter().any(|(rule, _)| rule == known) {
            problems.push(format!("{known}\n    can be made after all"));
        }
    }
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

enum Problem {
    NotMade(String),
    Wrong(String),
}

fn sweep(described: &Described, rule: &'static Rule) -> Result<usize, Problem> {
    let dict = described.dict;
    let target = rule.systems.first().map(|os| Target::new(*os));
    let target = target.as_ref();
    let base = obeying(dict, rule, target).map_err(Problem::NotMade)?;
    let found = |value: &Value| made::solve::findings(dict, value, target);
    if let Some(finding) = found(&base).iter().find(|finding| is_of(finding, rule)) {
        return Err(Problem::Wrong(format!(
            "found in a value that obeys it: {finding}\n    {base:?}"
        )));
    }
    let breaches = breaches(dict, rule, &base);
    if breaches.is_empty() {
        return Err(Problem::NotMade("no way to break it".to_owned()));
    }
    for breach in &breaches {
        let place = breach.place.to_string();
        let all = found(&breach.value);
        let is_it = |finding: &&Finding| {
            is_of(finding, rule)
                && finding.code == breach.code
                && finding.path == place
                && finding.severity == rule.severity
        };
        if !all.iter().any(|finding| is_it(&finding)) {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            return Err(Problem::Wrong(format!(
                "{} at {place} is not found, but {all:?}\n    {:?}",
                breach.code, breach.value
            )));
        }
    }
    Ok(breaches.len())
}
