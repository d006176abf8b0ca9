//! Checks what the schema states about operating systems against the target.

use std::fmt;

use super::code::Code;
use super::context::{Context, Strictness};
use super::finding::{Finding, Report};
use super::need::{Need, Needs};
use super::path::KeyPath;
use super::target::Target;
use super::verdict::{Verdict, channel_verdict, facts_for, has_user_enrollment, is_absence, verdict, verdict_among};
use crate::schema::{Availability, Channel, Enrollment, Fact, Family, Introduced, Item, Os, Scope, Severity};

/// Returns whether something exists on the target. Without a target, it does, unless the dictionary may come from a device of a system
/// that does not have it.
pub(super) fn exists_on_target(cx: &Context<'_>, facts: &[(Os, Fact)]) -> bool {
    let Some(target) = &cx.target else {
        let is_absent = |(_, fact): &(Os, Fact)| matches!(fact, Fact::NotAvailable | Fact::Removed(_));
        return !(cx.is_written_by_device && facts.iter().any(is_absent));
    };
    let is_error = |what| {
        let verdict = verdict_among(target, what, facts_for(target, facts));
        matches!(verdict, Verdict::Found(_, Severity::Error, ..))
    };
    !facts_for(target, facts).any(is_error)
}

/// Checks the facts about something in the document against the target, and returns whether it exists there.
///
/// Messages call it `subject`; `instead` is what replaced it.
pub(super) fn check(
    cx: &mut Context<'_>,
    facts: &'static [(Os, Fact)],
    instead: Option<&str>,
    path: &KeyPath<'_>,
    subject: impl Fn() -> String,
) -> bool {
    if cx.collector.is_some() {
        cx.collect(facts, path, None);
        return true;
    }
    let Some(target) = cx.target else {
        report_if_deprecated_everywhere(cx, facts, instead, path, subject);
        return true;
    };
    let target = &target;
    let mut exists = true;
    for what in facts_for(target, facts) {
        match verdict_among(target, what, facts_for(target, facts)) {
            Verdict::Fine => {}
            Verdict::Open(facet) => cx.report.note_open(facet),
            Verdict::Found(code, severity, message, needs) => {
                exists &= !is_absence(code);
                let needs = or_other_systems(code, needs, || systems_with(cx.item, facts));
                let instead = instead.filter(|_| matches!(code, Code::Deprecated | Code::Removed));
                let message = format!("{} {message}{}", subject(), use_instead(instead));
                cx.add_with_needs(code, severity, path, message, needs);
            }
        }
    }
    exists
}

/// Checks the facts about a listed value of a key against the target.
pub(super) fn check_choice(
    cx: &mut Context<'_>,
    facts: &'static [(Os, Fact)],
    path: &KeyPath<'_>,
    value: impl fmt::Display,
) {
    if cx.collector.is_some() {
        cx.collect(facts, path, Some(&value.to_string()));
    } else {
        check(cx, facts, None, path, || format!("the value `{value}`"));
    }
}

/// Returns the needs of a finding: other systems, if the target's system lacks the thing in every version.
fn or_other_systems(code: Code, needs: Needs, systems: impl FnOnce() -> Vec<Os>) -> Needs {
    if !is_absence(code) || !needs.is_empty() {
        return needs;
    }
    match systems() {
        systems if systems.is_empty() => needs,
        systems => Need::Os(systems).into(),
    }
}

/// Returns the systems that have something. For those that its facts do not mention, the facts about the item apply.
fn systems_with(item: Option<&Item>, facts: &[(Os, Fact)]) -> Vec<Os> {
    let inherited = item.map_or(&[][..], |item| item.support);
    let availability = Availability::of(inherited).with(facts);
    availability.systems().map(|(os, _)| os).collect()
}

/// Returns the end of a message about something deprecated.
fn use_instead(instead: Option<&str>) -> String {
    instead.map_or_else(String::new, |instead| format!("; use `{instead}` instead"))
}

/// Reports, for a document without a target, what is deprecated or removed on every system that had it.
fn report_if_deprecated_everywhere(
    cx: &mut Context<'_>,
    facts: &[(Os, Fact)],
    instead: Option<&str>,
    path: &KeyPath<'_>,
    subject: impl Fn() -> String,
) {
    let is_end = |(_, fact): &(Os, Fact)| matches!(fact, Fact::Deprecated(_) | Fact::Removed(Some(_)));
    if cx.strictness == Strictness::Typed || !facts.iter().any(is_end) {
        return;
    }
    // For systems that a key does not mention, the facts about its item apply.
    let inherited = cx.item.map_or(&[][..], |item| item.support);
    let mut systems = Vec::new();
    for os in Os::ALL {
        let any = |facts: &[(Os, Fact)], test: fn(&Fact) -> bool| {
            facts.iter().any(|(system, what)| *system == os && test(what))
        };
        let is_introduced = |what: &Fact| matches!(what, Fact::Introduced(_) | Fact::Always);
        let is_introduced = any(facts, is_introduced) || any(inherited, is_introduced);
        if !is_introduced || any(facts, |what| *what == Fact::NotAvailable) {
            continue;
        }
        let (mut deprecated, mut removed) = (None, None);
        for (_, what) in facts.iter().filter(|(system, _)| *system == os) {
            match what {
                Fact::Deprecated(version) => deprecated = Some(version),
                Fact::Removed(Some(version)) => removed = Some(version),
                _ => {}
            }
        }
        systems.push(match (deprecated, removed) {
            (Some(deprecated), Some(removed)) => format!("{os} {deprecated} (removed in {removed})"),
            (Some(deprecated), None) => format!("{os} {deprecated}"),
            (None, Some(removed)) => format!("{os} {removed} (removed)"),
            (None, None) => return,
        });
    }
    if !systems.is_empty() {
        let systems = systems.join(", ");
        let message = format!("{} is deprecated since {systems}{}", subject(), use_instead(instead));
        cx.add(Code::Deprecated, Severity::Info, path, message);
    }
}

/// Checks whether the target's system has the item and whether its channel exists. Returns whether the system has the item.
pub(super) fn check_system_and_channel(
    cx: &mut Context<'_>,
    facts: &[(Os, Fact)],
    path: &KeyPath<'_>,
    subject: impl Fn() -> String,
) -> bool {
    let Some(target) = cx.target else { return true };
    let target = &target;
    let is_elsewhere = !facts.is_empty() && facts_for(target, facts).next().is_none();
    let verdict = if is_elsewhere {
        verdict(target, Fact::NotAvailable)
    } else {
        channel_verdict(target, facts_for(target, facts))
    };
    match verdict {
        Verdict::Fine => {}
        Verdict::Open(facet) => cx.report.note_open(facet),
        Verdict::Found(code, severity, message, needs) => {
            let needs = or_other_systems(code, needs, || systems_with(None, facts));
            cx.add_with_needs(code, severity, path, format!("{} {message}", subject()), needs);
        }
    }
    !is_elsewhere
}

/// Checks whether the channel that the profile's `PayloadScope` selects exists for a payload. With a target, that has the channel.
pub(super) fn check_scope(cx: &mut Context<'_>, item: &Item, path: &KeyPath<'_>) {
    let Some(scope) = cx
        .scope
        .filter(|_| cx.target.is_none() && item.family == Family::Profile)
    else {
        return;
    };
    let (wrong, channel) = match scope {
        Scope::System => (Fact::DeviceChannel(false), Channel::Device),
        Scope::User => (Fact::UserChannel(false), Channel::User),
    };
    if !item.support.contains(&(Os::Macos, wrong)) {
        return;
    }
    // Other systems ignore PayloadScope.
    let exists = |(os, fact): &(Os, Fact)| *os != Os::Macos && matches!(fact, Fact::Always | Fact::Introduced(_));
    let severity = match item.support.iter().any(exists) {
        true => Severity::Warning,
        false => Severity::Error,
    };
    let message = format!(
        "expected a payload for the {channel}, which the PayloadScope `{scope}` selects on macOS, found `{}`",
        item.name
    );
    let other = match channel {
        Channel::Device => Channel::User,
        Channel::User => Channel::Device,
    };
    let needs = Need::Channel(other).into();
    cx.add_with_needs(Code::WrongChannel, severity, path, message, needs);
}

/// Reports, once for a document, an enrollment that the target's system does not have.
pub(super) fn check_enrollment(cx: &mut Context<'_>) {
    let Some(target) = cx.target else { return };
    if target.enrollment == Some(Enrollment::User) && !has_user_enrollment(target.os) && !cx.is_enrollment_checked {
        cx.is_enrollment_checked = true;
        let message = format!(
            "expected device enrollment, found user enrollment, which {} does not have",
            target.os
        );
        let needs = Need::Enrollment(vec![Enrollment::Device]).into();
        cx.add_with_needs(Code::WrongEnrollment, Severity::Error, &KeyPath::ROOT, message, needs);
    }
}

impl Target {
    /// Checks the availability of an item or key against the target: what prevents it from working there, and what else is worth
    /// knowing. The messages call it `subject`.
    ///
    /// ```
    /// use apple_mdm::commands::SetFirmwarePassword;
    /// use apple_mdm::validate::{Code, Target};
    ///
    /// let report = Target::ios("18.0")?.check("SetFirmwarePassword", &SetFirmwarePassword::AVAILABILITY);
    /// assert_eq!(report.findings()[0].code, Code::NotAvailable);
    /// assert_eq!(report.findings()[0].message, "SetFirmwarePassword is not available on iOS");
    /// # Ok::<(), apple_mdm::schema::ParseVersionError>(())
    /// ```
    pub fn check(&self, subject: &str, availability: &Availability) -> Report {
        let mut report = Report::default();
        let support = availability.on(self.os);
        let facts = support.facts();
        let all = || facts.iter().copied();
        let mut verdicts: Vec<Verdict> =
            if support.since == Introduced::Unstated && availability.systems().next().is_some() {
                // The schema mentions other systems only.
                vec![verdict(self, Fact::NotAvailable)]
            } else {
                all().map(|what| verdict_among(self, what, all())).collect()
            };
        if !facts.is_empty() && !verdicts.iter().any(Verdict::is_absence) {
            verdicts.push(channel_verdict(self, all()));
        }
        for verdict in verdicts {
            match verdict {
                Verdict::Fine => {}
                Verdict::Open(facet) => report.note_open(facet),
                Verdict::Found(code, severity, message, needs) => {
                    let systems = || availability.systems().map(|(os, _)| os).collect();
                    let needs = or_other_systems(code, needs, systems);
                    report.push(Finding {
                        needs,
                        ..Finding::new(code, severity, String::new(), format!("{subject} {message}"))
                    });
                }
            }
        }
        report
    }
}
