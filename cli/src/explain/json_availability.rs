//! Availability as JSON.

use apple_mdm::schema::{Availability, Introduced, Mode, Os, Support, Version};
use serde_json::{Map, Value, json};

use super::DescribedTarget;

/// What is stated about each operating system. Facts that are not stated are absent.
pub fn platforms(availability: &Availability) -> Value {
    let systems = Os::ALL
        .into_iter()
        .map(|os| (os.name().to_owned(), platform(&availability.on(os))));
    Value::Object(systems.collect())
}

fn platform(support: &Support) -> Value {
    let mut facts = Map::new();
    let is_known = support.since != Introduced::Unstated;
    facts.insert(
        "available".into(),
        if is_known {
            support.is_supported().into()
        } else {
            Value::Null
        },
    );
    let version = |version: Option<Version>| version.map(|version| json!(version.to_string()));
    let flag = |flag: Option<bool>| flag.map(Value::from);
    let list = |list: Option<&'static [&'static str]>| list.map(|list| json!(list));
    let stated = [
        ("introduced", version(support.introduced())),
        ("deprecated", version(support.deprecated)),
        ("removed", version(support.removed)),
        ("supervised", flag(support.supervised)),
        ("supervised_since", version(support.supervised_since)),
        ("automated_enrollment", flag(support.requires_dep)),
        ("user_approved", flag(support.user_approved_mdm)),
        ("manual_install", flag(support.allow_manual_install)),
        ("multiple", flag(support.multiple)),
        ("always_skippable", flag(support.always_skippable)),
        ("beta", flag(support.beta)),
        ("device_channel", flag(support.device_channel)),
        ("user_channel", flag(support.user_channel)),
        ("access_right", support.access_right.map(Value::from)),
        ("enrollments", list(support.allowed_enrollments)),
        ("scopes", list(support.allowed_scopes)),
        ("user_enrollment", mode(support.user_enrollment)),
        ("shared_ipad", mode(support.shared_ipad)),
        ("shared_ipad_device_channel", flag(support.shared_ipad_device_channel)),
        ("shared_ipad_user_channel", flag(support.shared_ipad_user_channel)),
        ("shared_ipad_scopes", list(support.shared_ipad_scopes)),
    ];
    for (name, value) in stated {
        if let Some(value) = value {
            facts.insert(name.into(), value);
        }
    }
    Value::Object(facts)
}

fn mode(mode: Option<Mode>) -> Option<Value> {
    let word = match mode? {
        Mode::Allowed => "allowed",
        Mode::Required => "required",
        Mode::Forbidden => "forbidden",
        Mode::Ignored => "ignored",
    };
    Some(word.into())
}

/// Whether something is available on the target, with the findings.
pub fn verdict(name: &str, availability: &Availability, target: &DescribedTarget) -> Value {
    let report = target.target.check(name, availability);
    let findings = report.findings().iter().map(|finding| {
        json!({
            "code": finding.code.name(),
            "severity": finding.severity.name(),
            "message": finding.message,
            "needs": finding.needs,
        })
    });
    json!({
        "name": target.description,
        "available": report.is_ok(),
        "findings": findings.collect::<Vec<_>>(),
        "unchecked": report.open().iter().map(|facet| facet.name()).collect::<Vec<_>>(),
    })
}

/// The version in which each system introduced something.
pub fn introduced(availability: &Availability) -> Value {
    let systems = availability.systems();
    let versions =
        systems.map(|(os, support)| (os.name().to_owned(), json!(support.introduced().map(|v| v.to_string()))));
    Value::Object(versions.collect())
}
