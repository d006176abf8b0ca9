//! Availability in words.

use std::fmt::Write as _;

use super::text::{code, list};
use crate::model::{Fact, Os, Property};

/// Describes the availability of an item: a table with a row for each operating system, and a list of requirements.
pub(super) fn of_item(support: &[Fact], apply: Option<&str>) -> Option<String> {
    let mut rows: Vec<[String; 4]> = Vec::new();
    let mut systems = Vec::new();
    for os in Os::ALL {
        let facts = || {
            support
                .iter()
                .filter(move |fact| fact.os == os)
                .map(|fact| &fact.property)
        };
        let Some(since) = facts().find_map(|property| match property {
            Property::Introduced(version) => Some(version.to_string()),
            Property::Always => Some("all versions".to_owned()),
            _ => None,
        }) else {
            continue;
        };
        let version = |find: fn(&Property) -> Option<String>| facts().find_map(find).unwrap_or_default();
        rows.push([
            os.name().to_owned(),
            since,
            version(|property| match property {
                Property::Deprecated(version) => Some(version.to_string()),
                _ => None,
            }),
            version(|property| match property {
                Property::Removed(Some(version)) => Some(version.to_string()),
                _ => None,
            }),
        ]);
        systems.push(os);
    }
    if rows.is_empty() {
        return None;
    }
    let titles = ["OS", "Since", "Deprecated", "Removed"];
    let columns: Vec<usize> = (0..4)
        .filter(|&column| rows.iter().any(|row| !row[column].is_empty()))
        .collect();
    let line = |cells: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = columns.iter().map(|&column| cells(column)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut out = line(&|column| titles[column].to_owned());
    let _ = write!(out, "\n{}", line(&|_| "---".to_owned()));
    for row in &rows {
        let _ = write!(out, "\n{}", line(&|column| row[column].clone()));
    }
    let mut topics: Vec<String> = TOPICS
        .iter()
        .filter_map(|(name, describe)| topic(name, *describe, support, &systems))
        .collect();
    topics.extend(apply.map(|apply| {
        let words = match apply {
            "single" => "only one is applied",
            "multiple" => "each is applied separately",
            "combined" => "combined into one",
            other => other,
        };
        format!("- Multiple declarations of this type: {words}")
    }));
    if !topics.is_empty() {
        let _ = write!(out, "\n\n{}", topics.join("\n"));
    }
    Some(out)
}

/// Describes one topic for one operating system, given its facts. Returns `None` if there is nothing special.
type DescribeTopic = fn(&[&Property]) -> Option<String>;

/// The topics, in the order of the documentation.
const TOPICS: [(&str, DescribeTopic); 11] = [
    ("Channel", channel),
    ("Supervision", |facts| {
        facts.iter().find_map(|property| match property {
            Property::Supervised(true) => Some("required".to_owned()),
            Property::SupervisedSince(version) => Some(format!("required since {version}")),
            _ => None,
        })
    }),
    ("Automated Device Enrollment", |facts| {
        flag(facts, &Property::RequiresDep(true), "required")
    }),
    ("User-approved enrollment", |facts| {
        flag(facts, &Property::UserApprovedMdm(true), "required")
    }),
    ("User enrollment", |facts| {
        facts.iter().find_map(|property| match property {
            Property::UserEnrollmentMode(mode) => Some(mode_word(mode).to_owned()),
            _ => None,
        })
    }),
    ("Shared iPad", shared_ipad),
    ("Enrollment", |facts| {
        facts.iter().find_map(|property| match property {
            Property::AllowedEnrollments(kinds) => Some(kinds_of(kinds)),
            _ => None,
        })
    }),
    ("Scope", |facts| {
        facts.iter().find_map(|property| match property {
            Property::AllowedScopes(scopes) => Some(kinds_of(scopes)),
            _ => None,
        })
    }),
    ("Installation", |facts| {
        facts.iter().find_map(|property| match property {
            Property::AllowManualInstall(true) => Some("by MDM or manually".to_owned()),
            Property::AllowManualInstall(false) => Some("by MDM only".to_owned()),
            _ => None,
        })
    }),
    ("Multiple payloads on a device", |facts| {
        facts.iter().find_map(|property| match property {
            Property::Multiple(true) => Some("allowed".to_owned()),
            Property::Multiple(false) => Some("not allowed".to_owned()),
            _ => None,
        })
    }),
    ("Access right", |facts| {
        facts.iter().find_map(|property| match property {
            Property::AccessRight(Some(right)) => Some(code(right)),
            _ => None,
        })
    }),
];

/// Writes the line of a topic. Names the operating systems if the line does not apply to all of them.
fn topic(name: &str, describe: DescribeTopic, support: &[Fact], systems: &[Os]) -> Option<String> {
    let mut groups: Vec<(String, Vec<Os>)> = Vec::new();
    for &os in systems {
        let facts: Vec<&Property> = support
            .iter()
            .filter(|fact| fact.os == os)
            .map(|fact| &fact.property)
            .collect();
        let Some(words) = describe(&facts) else { continue };
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, on)) => on.push(os),
            None => groups.push((words, vec![os])),
        }
    }
    let parts: Vec<String> = groups
        .into_iter()
        .map(|(words, on)| match on.len() == systems.len() {
            true => words,
            false => format!("{words} ({})", names(&on)),
        })
        .collect();
    (!parts.is_empty()).then(|| format!("- {name}: {}", parts.join("; ")))
}

fn flag(facts: &[&Property], wanted: &Property, words: &str) -> Option<String> {
    facts.contains(&wanted).then(|| words.to_owned())
}

fn channel(facts: &[&Property]) -> Option<String> {
    channels(
        facts.contains(&&Property::DeviceChannel(true)),
        facts.contains(&&Property::UserChannel(true)),
    )
}

fn channels(device: bool, user: bool) -> Option<String> {
    let words = match (device, user) {
        (true, true) => "device and user",
        (true, false) => "device",
        (false, true) => "user",
        (false, false) => return None,
    };
    Some(words.to_owned())
}

fn shared_ipad(facts: &[&Property]) -> Option<String> {
    let mut parts = Vec::new();
    for property in facts {
        match property {
            Property::SharedIpadMode(mode) => parts.push(mode_word(mode).to_owned()),
            Property::SharedIpadScopes(scopes) if scopes.is_empty() => parts.push("no scope".to_owned()),
            Property::SharedIpadScopes(scopes) => parts.push(format!("{} scope", list(scopes, "and"))),
            _ => {}
        }
    }
    let has = |property| facts.contains(&&property);
    let on = channels(
        has(Property::SharedIpadDeviceChannel(true)),
        has(Property::SharedIpadUserChannel(true)),
    );
    parts.extend(on.map(|channels| format!("{channels} channel")));
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn mode_word(mode: &str) -> &str {
    match mode {
        "forbidden" => "not allowed",
        "ignored" => "no effect",
        other => other,
    }
}

fn kinds_of(kinds: &[String]) -> String {
    if kinds.is_empty() {
        "none".to_owned()
    } else {
        kinds.join(", ")
    }
}

fn names(systems: &[Os]) -> String {
    let names: Vec<&str> = systems.iter().map(|os| os.name()).collect();
    names.join(", ")
}

/// Describes in a sentence how the availability of a key or value differs from that of its parent. `item` is the availability of the
/// item.
pub(super) fn differences(support: &[Fact], item: &[Fact]) -> Option<String> {
    let mut groups: Vec<(Option<String>, Vec<Os>)> = Vec::new();
    let mut parts = Vec::new();
    for os in Os::ALL {
        let facts: Vec<&Property> = support
            .iter()
            .filter(|fact| fact.os == os)
            .map(|fact| &fact.property)
            .collect();
        if facts.is_empty() {
            continue;
        }
        let missing = facts
            .iter()
            .any(|property| matches!(property, Property::NotAvailable | Property::Removed(None)));
        let mut version = None;
        let mut words = Vec::new();
        for property in &facts {
            match property {
                Property::Introduced(since) => version = Some(format!("{since}+")),
                Property::Deprecated(since) => words.push(format!("deprecated in {since}")),
                Property::Removed(Some(since)) => words.push(format!("removed in {since}")),
                property => words.extend(note(property)),
            }
        }
        match version {
            _ if missing => group(&mut groups, None, os),
            Some(version) => {
                words.insert(0, format!("{} {version}", os.name()));
                parts.push(words.join(", "));
            }
            None if words.is_empty() => {}
            None => group(&mut groups, Some(words.join(", ")), os),
        }
    }
    groups.sort_by_key(|(words, _)| words.is_none());
    parts.extend(groups.into_iter().map(|(words, on)| match words {
        Some(words) => format!("{}: {words}", names(&on)),
        None => format!("not on {}", names(&on)),
    }));
    // Without this, the list would seem to be complete.
    let is_inherited = |fact: &Fact| {
        matches!(fact.property, Property::Introduced(_) | Property::Always)
            && support.iter().all(|own| own.os != fact.os)
    };
    if !parts.is_empty() && item.iter().any(is_inherited) {
        parts.push("otherwise inherited".to_owned());
    }
    (!parts.is_empty()).then(|| format!("Availability: {}.", parts.join("; ")))
}

fn group(groups: &mut Vec<(Option<String>, Vec<Os>)>, words: Option<String>, os: Os) {
    match groups.iter_mut().find(|(known, _)| *known == words) {
        Some((_, on)) => on.push(os),
        None => groups.push((words, vec![os])),
    }
}

/// Describes a fact about a key. Returns `None` if it is nothing special.
fn note(property: &Property) -> Option<String> {
    let mode = |with: &str, mode: &str| match mode {
        "required" => Some(format!("only {with}")),
        "forbidden" => Some(format!("not {with}")),
        "ignored" => Some(format!("no effect {with}")),
        _ => None,
    };
    let text = match property {
        Property::Always => "all versions".to_owned(),
        Property::DeviceChannel(true) => "device channel".to_owned(),
        Property::DeviceChannel(false) => "not on the device channel".to_owned(),
        Property::UserChannel(true) => "user channel".to_owned(),
        Property::UserChannel(false) => "not on the user channel".to_owned(),
        Property::Supervised(true) => "supervised devices only".to_owned(),
        Property::SupervisedSince(version) => format!("supervised devices only since {version}"),
        Property::RequiresDep(true) => "Automated Device Enrollment only".to_owned(),
        Property::UserApprovedMdm(true) => "user-approved enrollment only".to_owned(),
        Property::AllowManualInstall(false) => "installation by MDM only".to_owned(),
        Property::Multiple(false) => "once per device".to_owned(),
        Property::AlwaysSkippable(true) => "always skippable".to_owned(),
        Property::SharedIpadMode(text) => return mode("on Shared iPad", text),
        Property::SharedIpadDeviceChannel(false) => "not on the device channel of Shared iPad".to_owned(),
        Property::SharedIpadUserChannel(false) => "not on the user channel of Shared iPad".to_owned(),
        Property::UserEnrollmentMode(text) => return mode("with user enrollment", text),
        Property::AccessRight(Some(right)) => format!("access right {}", code(right)),
        Property::AllowedEnrollments(kinds) => format!("enrollment: {}", kinds_of(kinds)),
        Property::AllowedScopes(scopes) => format!("scope: {}", kinds_of(scopes)),
        Property::SharedIpadScopes(scopes) => format!("scope on Shared iPad: {}", kinds_of(scopes)),
        Property::Beta(true) => "beta".to_owned(),
        _ => return None,
    };
    Some(text)
}
