//! Rules that Apple states in prose: a valid payload has no error, an invalid one has an error at its key (a warning for open sets).
//! Needs data that is not part of the repository.

mod shared;

use apple_mdm::Document;
use apple_mdm::checkin::Message;
use apple_mdm::commands::Command;
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::{Payload, Profile};
use apple_mdm::schema::{self, Family};
use apple_mdm::validate::{Finding, Severity, Validate};
use apple_mdm::value::{Data, Dictionary, Value};
use base64::Engine as _;

/// Rules about sets that Apple extends with each release, where an unknown member is a warning.
const OPEN_SETS: &[&str] = &["profile/com.apple.SetupAssistant.managed/skip-items-known"];

/// Converts JSON in which `{"$data": …}` and `{"$date": …}` stand for the types that it lacks.
fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Object(map) if map.len() == 1 && map.contains_key("$data") => {
            let text = map["$data"].as_str().unwrap();
            Value::Data(Data::from(
                base64::engine::general_purpose::STANDARD.decode(text).unwrap(),
            ))
        }
        serde_json::Value::Object(map) if map.len() == 1 && map.contains_key("$date") => {
            Value::Date(map["$date"].as_str().unwrap().parse().unwrap())
        }
        serde_json::Value::Object(map) => {
            Value::Dictionary(map.iter().map(|(key, json)| (key.clone(), value(json))).collect())
        }
        serde_json::Value::Array(list) => Value::Array(list.iter().map(value).collect()),
        serde_json::Value::String(text) => text.as_str().into(),
        serde_json::Value::Bool(flag) => (*flag).into(),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => number.into(),
            None => number.as_f64().unwrap().into(),
        },
        serde_json::Value::Null => Value::Null,
    }
}

fn tagged(keys: Value, tag: &str, name: &str) -> Value {
    let Value::Dictionary(mut keys) = keys else {
        panic!("no dictionary")
    };
    keys.insert(tag, name);
    Value::Dictionary(keys)
}

fn findings(family: &str, kind: &str, keys: Value) -> Vec<Finding> {
    let report = match family {
        "profile" if kind == "TopLevel" => Profile::from_value(&keys).unwrap().validate(),
        "profile" if kind == "CommonPayloadKeys" => {
            let entry = tagged(keys, "PayloadType", "com.example.unknown");
            apple_mdm::profiles::PayloadEntry::from_value(&entry)
                .unwrap()
                .validate()
        }
        "profile" => Payload::from_value(&tagged(keys, "PayloadType", kind))
            .unwrap()
            .validate(),
        "command" => Command::from_value(&tagged(keys, "RequestType", kind))
            .unwrap()
            .validate(),
        "checkin" => Message::from_value(&tagged(keys, "MessageType", kind))
            .unwrap()
            .validate(),
        "declaration" if kind == "any" => {
            let mut whole = keys;
            if let Value::Dictionary(keys) = &mut whole {
                keys.insert("Type", "com.apple.configuration.management.test");
            }
            Declaration::from_value(&whole).unwrap().validate()
        }
        "declaration" if schema::item(Family::Declaration, kind).is_some() => {
            let mut whole = Dictionary::new();
            whole.insert("Type", kind);
            whole.insert("Identifier", "com.example.declaration");
            whole.insert("ServerToken", "1");
            whole.insert("Payload", keys);
            Declaration::from_value(&Value::Dictionary(whole)).unwrap().validate()
        }
        _ => {
            let item = schema::items_named(kind)
                .next()
                .unwrap_or_else(|| panic!("{family} {kind}"));
            apple_mdm::validate::keys(item, &keys)
        }
    };
    report.into_findings()
}

/// Returns the keys of a path, with elements as `[]`, without the dictionary around the item's own keys.
fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = match path {
        "Payload" => "",
        path => path.strip_prefix("Payload.").unwrap_or(path),
    };
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("[\"") {
            let (key, after) = quoted.split_once("\"]").unwrap();
            steps.push(key.to_owned());
            rest = after;
        } else if rest.starts_with('[') {
            steps.push("[]".to_owned());
            rest = &rest[rest.find(']').unwrap() + 1..];
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    steps
}

/// Returns whether a finding is at the key, inside it, or at its parent. `ANY` stands for any key.
fn is_at(path: &str, key: &str) -> bool {
    let (path, mut key) = (steps(path), steps(key));
    if path.len() + 1 == key.len() && key.last().is_some_and(|step| step == "[]") {
        key.pop();
    }
    // A finding about several keys is at the dictionary around them.
    if path.len() + 1 == key.len() && path.iter().zip(&key).all(|(found, wanted)| found == wanted) {
        return true;
    }
    // The data does not quote keys that contain dots.
    if path.join(".") == key.join(".") {
        return true;
    }
    path.len() >= key.len()
        && path
            .iter()
            .zip(&key)
            .all(|(found, wanted)| wanted == "ANY" || found == wanted)
}

#[test]
fn each_rule_rejects_its_invalid_payload_and_accepts_its_valid_one() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (file, bytes) in shared::files("rules") {
        if !file.ends_with(".jsonl") {
            continue;
        }
        for line in String::from_utf8(bytes).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            let (id, family, kind, key) = (text("id"), text("family"), text("type"), text("key"));
            count += 1;
            let is_error = |finding: &&Finding| finding.severity == Severity::Error;
            let good = findings(&family, &kind, value(&line["good"]));
            for finding in good.iter().filter(is_error) {
                wrong.push(format!("{id} {kind} {key}: good has {finding}"));
            }
            let bad = findings(&family, &kind, value(&line["bad"]));
            let at_key = |finding: &&Finding| is_at(&finding.path, &key);
            let severity = if OPEN_SETS.contains(&id.as_str()) {
                Severity::Warning
            } else {
                Severity::Error
            };
            let is_expected = |finding: &&Finding| finding.severity == severity;
            if !bad.iter().filter(is_expected).any(|finding| at_key(&finding)) {
                let found: Vec<String> = bad.iter().map(ToString::to_string).collect();
                wrong.push(format!(
                    "{id} {kind} {key}: {}: bad has only {found:?}",
                    text("statement")
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} lines\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
