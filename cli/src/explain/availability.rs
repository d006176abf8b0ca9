//! Availability in words.

use std::fmt::Write;

use apple_mdm::schema::{Availability, Fact, Introduced, Mode, Os, Severity, Support};

use super::DescribedTarget;
use crate::terminal::{ERROR, GOOD, INFO, STRONG, Styled, WARNING};

/// Writes a section with everything that is known about an availability, or nothing if nothing is.
pub fn write_section(out: &mut String, availability: &Availability) {
    let systems: Vec<(Os, Support)> = availability.systems().collect();
    let missing: Vec<&str> = Os::ALL
        .into_iter()
        .filter(|os| availability.on(*os).since == Introduced::Never)
        .map(Os::name)
        .collect();
    if systems.is_empty() && missing.is_empty() {
        return;
    }
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}", Styled(STRONG, "Availability"));
    for (os, support) in &systems {
        let _ = writeln!(out, "  {:9} {}", os.name(), versions(support).join(", "));
    }
    if !missing.is_empty() {
        let _ = writeln!(out, "  not available on {}", missing.join(", "));
    }
    for (name, describe) in TOPICS {
        if let Some(line) = topic(describe, &systems) {
            let _ = writeln!(out, "  {name}: {line}");
        }
    }
}

fn versions(support: &Support) -> Vec<String> {
    let since = match support.since {
        Introduced::In(version) => format!("{version} or later"),
        other => other.to_string(),
    };
    let deprecated = support.deprecated.map(|version| format!("deprecated since {version}"));
    let removed = support.removed.map(|version| format!("removed in {version}"));
    [Some(since), deprecated, removed].into_iter().flatten().collect()
}

/// What the schema says about a topic on one operating system.
type Describe = fn(&Support) -> Option<String>;

const TOPICS: [(&str, Describe); 12] = [
    ("Channel", |support| {
        channels(support.device_channel, support.user_channel)
    }),
    ("Supervision", |support| support.supervised.map(required)),
    ("Automated Device Enrollment", |support| {
        support.requires_dep.map(required)
    }),
    ("User-approved enrollment", |support| {
        support.user_approved_mdm.map(required)
    }),
    ("User enrollment", |support| support.user_enrollment.map(mode)),
    ("Shared iPad", shared_ipad),
    ("Enrollments", |support| support.allowed_enrollments.map(join)),
    ("Scopes", |support| support.allowed_scopes.map(join)),
    ("Manual installation", |support| {
        support.allow_manual_install.map(allowed)
    }),
    ("Several per device", |support| support.multiple.map(allowed)),
    ("Access right", |support| support.access_right.map(str::to_owned)),
    ("Beta", |support| (support.beta == Some(true)).then(|| "yes".to_owned())),
];

/// Describes a topic on all operating systems, naming them only if they differ.
fn topic(describe: Describe, systems: &[(Os, Support)]) -> Option<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (os, support) in systems {
        let Some(words) = describe(support) else { continue };
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, systems)) => systems.push(os.name()),
            None => groups.push((words, vec![os.name()])),
        }
    }
    let groups: Vec<String> = groups
        .into_iter()
        .map(|(words, on)| {
            if on.len() == systems.len() {
                words
            } else {
                format!("{words} ({})", on.join(", "))
            }
        })
        .collect();
    (!groups.is_empty()).then(|| groups.join("; "))
}

fn required(flag: bool) -> String {
    if flag { "required" } else { "not required" }.to_owned()
}

fn allowed(flag: bool) -> String {
    if flag { "allowed" } else { "not allowed" }.to_owned()
}

fn mode(mode: Mode) -> String {
    match mode {
        Mode::Allowed => "allowed",
        Mode::Required => "required",
        Mode::Forbidden => "not allowed",
        Mode::Ignored => "value ignored",
    }
    .to_owned()
}

fn channels(device: Option<bool>, user: Option<bool>) -> Option<String> {
    let words = match (device, user) {
        (None, None) => return None,
        (Some(true), Some(true)) => "device and user",
        (Some(true), _) => "device",
        (_, Some(true)) => "user",
        _ => "none",
    };
    Some(words.to_owned())
}

fn shared_ipad(support: &Support) -> Option<String> {
    let channels = channels(support.shared_ipad_device_channel, support.shared_ipad_user_channel);
    let parts = [
        support.shared_ipad.map(mode),
        channels.map(|channels| format!("channel {channels}")),
        support
            .shared_ipad_scopes
            .map(|scopes| format!("scopes {}", join(scopes))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Describes the facts in one line, in which operating systems with the same facts share an entry. Returns an empty text if there is
/// nothing to say.
pub fn line(facts: &[(Os, Fact)]) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for os in Os::ALL {
        let facts: Vec<Fact> = facts
            .iter()
            .filter(|(on, _)| *on == os)
            .map(|(_, fact)| *fact)
            .collect();
        let sentence = if facts.contains(&Fact::NotAvailable) || facts.contains(&Fact::Removed(None)) {
            "not available".to_owned()
        } else {
            phrases(&facts).join(", ")
        };
        if sentence.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == sentence) {
            Some((_, systems)) => systems.push(os.name()),
            None => groups.push((sentence, vec![os.name()])),
        }
    }
    let groups: Vec<String> = groups
        .iter()
        .map(|(sentence, systems)| format!("{}: {sentence}", systems.join(", ")))
        .collect();
    groups.join("; ")
}

/// Describes the facts of one operating system, leaving out those that are the normal case.
pub fn phrases(facts: &[Fact]) -> Vec<String> {
    let has = |fact| facts.contains(&fact);
    let mut phrases: Vec<String> = facts.iter().filter_map(|fact| phrase(*fact)).collect();
    let channels = match (has(Fact::DeviceChannel(true)), has(Fact::UserChannel(true))) {
        (true, true) => Some("device and user channel"),
        (true, false) => Some("device channel"),
        (false, true) => Some("user channel"),
        (false, false) => None,
    };
    phrases.extend(channels.map(str::to_owned));
    phrases
}

/// Describes a fact. Returns `None` for the normal case.
fn phrase(fact: Fact) -> Option<String> {
    Some(match fact {
        Fact::Always => "all versions".to_owned(),
        Fact::Introduced(version) => format!("{version} or later"),
        Fact::Deprecated(version) => format!("deprecated since {version}"),
        Fact::Removed(Some(version)) => format!("removed in {version}"),
        Fact::AccessRight(Some(right)) => format!("access right {right}"),
        Fact::Multiple(false) => "only one per device".to_owned(),
        Fact::Supervised(true) => "supervised only".to_owned(),
        Fact::SupervisedSince(version) => format!("supervised only since {version}"),
        Fact::RequiresDep(true) => "Automated Device Enrollment only".to_owned(),
        Fact::UserApprovedMdm(true) => "user-approved enrollment only".to_owned(),
        Fact::AllowManualInstall(false) => "by MDM only".to_owned(),
        Fact::AlwaysSkippable(true) => "always skippable".to_owned(),
        Fact::Beta(true) => "beta".to_owned(),
        Fact::AllowedEnrollments(list) => format!("enrollments: {}", join(list)),
        Fact::AllowedScopes(list) => format!("scopes: {}", join(list)),
        Fact::SharedIpadScopes(list) => format!("scopes on Shared iPad: {}", join(list)),
        Fact::SharedIpadDeviceChannel(false) => "not on the device channel of Shared iPad".to_owned(),
        Fact::SharedIpadUserChannel(false) => "not on the user channel of Shared iPad".to_owned(),
        Fact::SharedIpad(mode) => return mode_phrase(mode, "Shared iPad"),
        Fact::UserEnrollment(mode) => return mode_phrase(mode, "user enrollment"),
        _ => return None,
    })
}

fn mode_phrase(mode: Mode, with: &str) -> Option<String> {
    match mode {
        Mode::Allowed => None,
        Mode::Required => Some(format!("with {with} only")),
        Mode::Forbidden => Some(format!("not with {with}")),
        Mode::Ignored => Some(format!("value ignored with {with}")),
    }
}

fn join(list: &[&str]) -> String {
    if list.is_empty() {
        "none".to_owned()
    } else {
        list.join(", ")
    }
}

/// Writes whether something is available on the target, with the reasons.
pub fn write_verdict(out: &mut String, name: &str, availability: &Availability, target: &DescribedTarget) {
    let report = target.target.check("it", availability);
    let verdict = if report.is_ok() {
        Styled(GOOD, "available")
    } else {
        Styled(ERROR, "not available")
    };
    let _ = writeln!(out, "On {}: {name} is {verdict}", target.description);
    for finding in report.findings() {
        let style = match finding.severity {
            Severity::Error => ERROR,
            Severity::Warning => WARNING,
            Severity::Info => INFO,
        };
        let _ = writeln!(out, "  {}: {}", Styled(style, finding.severity), finding.message);
    }
    if !report.open().is_empty() {
        let open: Vec<&str> = report.open().iter().map(|facet| facet.name()).collect();
        let _ = writeln!(
            out,
            "  not checked, because the target does not specify it: {}",
            open.join(", ")
        );
    }
}

/// Returns the reason why something does not work on the target, or `None` if it does.
pub fn problem(availability: &Availability, target: &DescribedTarget) -> Option<String> {
    let report = target.target.check("it", availability);
    let first = report.errors().next().or_else(|| report.warnings().next())?;
    Some(first.message.strip_prefix("it ").unwrap_or(&first.message).to_owned())
}
