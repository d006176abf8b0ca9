//! Availability in words.

use std::fmt::Write;

use apple_mdm::schema::{Availability, Fact, Mode, Os, Severity};

use super::For;
use crate::screen::{ERROR, GOOD, INFO, Styled, WARNING};

/// A line for each operating system of what the facts say of it.
pub fn table(out: &mut String, facts: &[(Os, Fact)]) {
    for os in Os::ALL {
        let own: Vec<Fact> = of(facts, os).collect();
        if own.is_empty() {
            continue;
        }
        // Writing to a String does not fail.
        let _ = writeln!(out, "  {:9} {}", os.name(), words(&own));
    }
}

/// The same in one line, systems of which the same is said together: for what differs at a key. Empty where nothing does.
pub fn line(facts: &[(Os, Fact)]) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for os in Os::ALL {
        let own: Vec<Fact> = of(facts, os).collect();
        let words = words(&own);
        if own.is_empty() || words.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, systems)) => systems.push(os.name()),
            None => groups.push((words, vec![os.name()])),
        }
    }
    let groups: Vec<String> = groups
        .iter()
        .map(|(words, systems)| format!("{}: {words}", systems.join(", ")))
        .collect();
    groups.join("; ")
}

fn of(facts: &[(Os, Fact)], os: Os) -> impl Iterator<Item = Fact> {
    facts.iter().filter(move |(on, _)| *on == os).map(|(_, what)| *what)
}

fn words(facts: &[Fact]) -> String {
    if facts.contains(&Fact::NotAvailable) {
        return "not available".to_owned();
    }
    list(facts).join(", ")
}

/// What the facts say, one by one.
pub fn list(facts: &[Fact]) -> Vec<String> {
    let has = |what| facts.contains(&what);
    let mut words: Vec<String> = facts.iter().filter_map(|what| word(*what)).collect();
    let channels = match (has(Fact::DeviceChannel(true)), has(Fact::UserChannel(true))) {
        (true, true) => Some("device and user channel"),
        (true, false) => Some("device channel"),
        (false, true) => Some("user channel"),
        (false, false) => None,
    };
    words.extend(channels.map(str::to_owned));
    words
}

/// What a fact means; nothing where it is what one expects.
fn word(what: Fact) -> Option<String> {
    Some(match what {
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
        Fact::SharedIpad(mode) => return mode_word(mode, "Shared iPad"),
        Fact::UserEnrollment(mode) => return mode_word(mode, "user enrollment"),
        _ => return None,
    })
}

fn mode_word(mode: Mode, with: &str) -> Option<String> {
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

/// Says whether something works on the target, and if not, why.
pub fn verdict(out: &mut String, name: &str, availability: &Availability, whom: &For) {
    let report = whom.target.judge("it", availability);
    let word = if report.is_ok() {
        Styled(GOOD, "available")
    } else {
        Styled(ERROR, "not available")
    };
    let _ = writeln!(out, "On {}: {name} is {word}", whom.words);
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
            "  it also depends on what the target does not say: {}",
            open.join(", ")
        );
    }
}

/// Why a key does not work on the target; nothing where it does.
pub fn problem(availability: &Availability, whom: &For) -> Option<String> {
    let report = whom.target.judge("it", availability);
    let first = report.errors().next().or_else(|| report.warnings().next())?;
    Some(first.message.strip_prefix("it ").unwrap_or(&first.message).to_owned())
}
