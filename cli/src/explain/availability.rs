//! Availability in words.

use std::fmt::Write;

use apple_mdm::schema::{Availability, Fact, Mode, Os, Severity};

use super::DescribedTarget;
use crate::terminal::{ERROR, GOOD, INFO, Styled, WARNING};

/// Writes one line for each operating system with facts.
pub fn write_table(out: &mut String, facts: &[(Os, Fact)]) {
    for os in Os::ALL {
        let facts: Vec<Fact> = facts_for(facts, os).collect();
        if !facts.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "  {:9} {}", os.name(), sentence(&facts));
        }
    }
}

/// Describes the facts in one line, in which operating systems with the same facts share an entry. Returns an empty text if there is
/// nothing to say.
pub fn line(facts: &[(Os, Fact)]) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for os in Os::ALL {
        let facts: Vec<Fact> = facts_for(facts, os).collect();
        let sentence = sentence(&facts);
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

fn facts_for(facts: &[(Os, Fact)], os: Os) -> impl Iterator<Item = Fact> {
    facts.iter().filter(move |(on, _)| *on == os).map(|(_, fact)| *fact)
}

fn sentence(facts: &[Fact]) -> String {
    if facts.contains(&Fact::NotAvailable) {
        return "not available".to_owned();
    }
    phrases(facts).join(", ")
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
        Fact::RequiresDep(true) => "Automated Device Enrollment only".to_owned(),
        Fact::UserApprovedMdm(true) => "user-approved enrollment only".to_owned(),
        Fact::AllowManualInstall(false) => "by MDM only".to_owned(),
        Fact::Beta(true) => "beta".to_owned(),
        Fact::AllowedEnrollments(list) => format!("enrollments: {}", join(list)),
        Fact::AllowedScopes(list) => format!("scopes: {}", join(list)),
        Fact::SharedIpadScopes(list) => format!("scopes on Shared iPad: {}", join(list)),
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
        Mode::Ignored => Some(format!("without effect with {with}")),
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
