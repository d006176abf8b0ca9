//! What the schema says of operating systems, held against a target.

use super::context::{Context, Strictness};
use super::finding::Code;
use super::path::Trail;
use super::target::{Channel, Enrollment, Facet, Target};
use crate::schema::AccessRights;
use crate::schema::{Fact, Mode, Os, Severity};

/// Whether something is there at all on the target; without one it is.
pub(super) fn is_there(cx: &Context<'_>, facts: &[(Os, Fact)]) -> bool {
    let Some(target) = cx.target else { return true };
    let wrong = |what| {
        let verdict = judge_among(target, what, of(target, facts));
        matches!(verdict, Verdict::Found(_, Severity::Error, _))
    };
    !of(target, facts).any(wrong)
}

pub(super) fn of(target: &Target, facts: &[(Os, Fact)]) -> impl Iterator<Item = Fact> {
    facts.iter().filter(|(os, _)| *os == target.os).map(|(_, what)| *what)
}

/// Holds facts on something that is there against the target; whether it can be used at all there.
///
/// `subject` names it for messages; `instead` is what replaced it.
pub(super) fn check(
    cx: &mut Context<'_>,
    facts: &'static [(Os, Fact)],
    instead: Option<&str>,
    trail: &Trail<'_>,
    subject: impl Fn() -> String,
) -> bool {
    let Some(target) = cx.target else {
        superseded(cx, facts, instead, trail, subject);
        return true;
    };
    if cx.silent.has(facts) {
        return true;
    }
    let (mut usable, mut found) = (true, false);
    for what in of(target, facts) {
        if is_plainly_fine(cx, target, what) {
            continue;
        }
        match judge_among(target, what, of(target, facts)) {
            Verdict::Fine => {}
            Verdict::Open(facet) => cx.report.note_open(facet),
            Verdict::Found(code, severity, message) => {
                found = true;
                usable &= !is_absence(code);
                let instead = instead.filter(|_| matches!(code, Code::Deprecated | Code::Removed));
                cx.find(
                    code,
                    severity,
                    trail,
                    format!("{} {message}{}", subject(), use_instead(instead)),
                );
            }
        }
    }
    if !found {
        // What the target leaves open is noted once.
        cx.silent.add(facts);
    }
    usable
}

/// What a message on something that is deprecated ends with.
pub(super) fn use_instead(instead: Option<&str>) -> String {
    instead.map_or_else(String::new, |instead| format!("; use `{instead}` instead"))
}

/// Finds, in a document that is meant for any device, what is deprecated or gone on every system that had it.
fn superseded(
    cx: &mut Context<'_>,
    facts: &[(Os, Fact)],
    instead: Option<&str>,
    trail: &Trail<'_>,
    subject: impl Fn() -> String,
) {
    if cx.strictness == Strictness::Typed {
        return;
    }
    // What a key does not say of a system it inherits.
    let inherited = cx.item.map_or(&[][..], |item| item.support);
    let mut systems = Vec::new();
    for os in Os::ALL {
        let on = |facts: &[(Os, Fact)], test: fn(&Fact) -> bool| {
            facts.iter().any(|(system, what)| *system == os && test(what))
        };
        let is_had = |what: &Fact| matches!(what, Fact::Introduced(_) | Fact::Always);
        if on(facts, |what| *what == Fact::NotAvailable) || !(on(facts, is_had) || on(inherited, is_had)) {
            continue;
        }
        let (mut since, mut gone) = (None, None);
        for (_, what) in facts.iter().filter(|(system, _)| *system == os) {
            match what {
                Fact::Deprecated(version) => since = Some(format!("{os} {version}")),
                Fact::Removed(Some(version)) => gone = Some(version),
                _ => {}
            }
        }
        systems.push(match (since, gone) {
            (Some(since), Some(gone)) => format!("{since} (removed in {gone})"),
            (Some(since), None) => since,
            (None, Some(gone)) => format!("{os} {gone} (removed)"),
            (None, None) => return,
        });
    }
    if !systems.is_empty() {
        let message = format!(
            "{} is deprecated since {}{}",
            subject(),
            systems.join(", "),
            use_instead(instead)
        );
        cx.find(Code::Deprecated, Severity::Info, trail, message);
    }
}

/// Holds an item as a whole against the target: whether the system has it, and the channel; whether it can be used there.
pub(super) fn check_item(
    cx: &mut Context<'_>,
    facts: &[(Os, Fact)],
    trail: &Trail<'_>,
    subject: impl Fn() -> String,
) -> bool {
    let Some(target) = cx.target else { return true };
    let is_elsewhere = !facts.is_empty() && of(target, facts).next().is_none();
    let verdict = if is_elsewhere {
        judge(target, Fact::NotAvailable)
    } else {
        judge_channel(target, of(target, facts))
    };
    match verdict {
        Verdict::Fine => {}
        Verdict::Open(facet) => cx.report.note_open(facet),
        Verdict::Found(code, severity, message) => cx.find(code, severity, trail, format!("{} {message}", subject())),
    }
    !is_elsewhere
}

/// The channel of the target, where what is said of an item leaves that to be known: Macs have a user channel, and Shared iPads;
/// for other devices the schema does not mention it.
pub(super) fn judge_channel(target: &Target, mut facts: impl Iterator<Item = Fact>) -> Verdict {
    let os = target.os;
    let says = |what: Fact| matches!(what, Fact::UserChannel(_) | Fact::AllowedScopes(_));
    if target.channel != Some(Channel::User) || os == Os::Macos || facts.any(says) {
        return Verdict::Fine;
    }
    match target.shared_ipad {
        Some(true) if os == Os::Ios => Verdict::Fine,
        None if os == Os::Ios => Verdict::Open(Facet::SharedIpad),
        _ => {
            let but = if os == Os::Ios { " but on a Shared iPad" } else { "" };
            error(
                Code::WrongChannel,
                format!("cannot be sent: {os} has no user channel{but}"),
            )
        }
    }
}

pub(super) enum Verdict {
    Fine,
    /// The target does not say.
    Open(Facet),
    Found(Code, Severity, String),
}

impl Verdict {
    /// Whether the target does not have it.
    pub(super) const fn is_absence(&self) -> bool {
        matches!(self, Self::Found(code, ..) if is_absence(*code))
    }
}

const fn is_absence(code: Code) -> bool {
    matches!(code, Code::NotAvailable | Code::NotYetAvailable | Code::Removed)
}

fn error(code: Code, message: impl Into<String>) -> Verdict {
    Verdict::Found(code, Severity::Error, message.into())
}

/// Fine where the target's part is `wanted`, wrong where it is not, open where it is not stated.
fn wants<T: PartialEq>(part: Option<T>, wanted: T, facet: Facet, wrong: impl FnOnce() -> Verdict) -> Verdict {
    match part {
        Some(part) if part == wanted => Verdict::Fine,
        Some(_) => wrong(),
        None => Verdict::Open(facet),
    }
}

/// Holds a fact against the target, among all facts that are stated for its system.
pub(super) fn judge_among(target: &Target, what: Fact, mut all: impl Iterator<Item = Fact>) -> Verdict {
    let verdict = judge(target, what);
    let may_be_shared = target.os == Os::Ios && target.shared_ipad.is_none();
    let is_allowed_there =
        |what| matches!(what, Fact::SharedIpadScopes(scopes) if matches!(self::scopes(target, scopes), Verdict::Fine));
    match (what, verdict) {
        // On a Shared iPad other scopes hold.
        (Fact::AllowedScopes(_), Verdict::Found(..)) if may_be_shared && all.any(is_allowed_there) => {
            Verdict::Open(Facet::SharedIpad)
        }
        (_, verdict) => verdict,
    }
}

/// Whether a glance shows that [`check`] says nothing of a typed value of which these are the facts: so it is with most.
#[inline]
pub(super) fn says_nothing(cx: &mut Context<'_>, facts: &'static [(Os, Fact)]) -> bool {
    match cx.target {
        Some(target) if !facts.is_empty() => says_nothing_to(target, cx, facts),
        _ => true,
    }
}

fn says_nothing_to(target: &Target, cx: &mut Context<'_>, facts: &'static [(Os, Fact)]) -> bool {
    if cx.silent.has(facts) {
        return true;
    }
    let mut all = facts.iter();
    let says_nothing = all.all(|(os, what)| *os != target.os || is_plainly_fine(cx, target, *what));
    if says_nothing {
        cx.silent.add(facts);
    }
    says_nothing
}

/// Whether a glance shows that nothing is to be said of a fact.
#[inline]
fn is_plainly_fine(cx: &Context<'_>, target: &Target, what: Fact) -> bool {
    let is_noted = |facet| cx.report.open().contains(&facet);
    match what {
        Fact::Introduced(version) => target.version.is_some_and(|target| target >= version),
        Fact::Deprecated(version) => target.version.is_some_and(|target| target < version),
        Fact::Supervised(wanted) => !wanted || target.supervised == Some(true),
        Fact::DeviceChannel(allowed) => allowed || target.channel == Some(Channel::User),
        Fact::UserChannel(allowed) => allowed || target.channel == Some(Channel::Device),
        Fact::AllowManualInstall(allowed) => allowed || target.manual_install == Some(false),
        Fact::RequiresDep(wanted) | Fact::UserApprovedMdm(wanted) => !wanted,
        Fact::SharedIpadDeviceChannel(allowed) | Fact::SharedIpadUserChannel(allowed) => allowed,
        Fact::SharedIpad(mode) => mode == Mode::Allowed,
        Fact::UserEnrollment(mode) => {
            mode == Mode::Allowed || target.enrollment.is_none() && is_noted(Facet::Enrollment)
        }
        Fact::Always | Fact::Multiple(_) | Fact::AlwaysSkippable(_) | Fact::Beta(_) => true,
        _ => false,
    }
}

fn judge(target: &Target, what: Fact) -> Verdict {
    let os = target.os;
    match what {
        Fact::NotAvailable => error(Code::NotAvailable, format!("is not available on {os}")),
        Fact::Introduced(version) => match target.version {
            Some(target) if target < version => error(
                Code::NotYetAvailable,
                format!("needs {os} {version} or later, the target has {target}"),
            ),
            Some(_) => Verdict::Fine,
            None => Verdict::Open(Facet::Version),
        },
        Fact::Removed(None) => error(Code::Removed, format!("is gone from every version of {os}")),
        Fact::Removed(Some(version)) => match target.version {
            Some(target) if target >= version => error(
                Code::Removed,
                format!("was removed in {os} {version}, the target has {target}"),
            ),
            Some(_) => Verdict::Fine,
            None => Verdict::Open(Facet::Version),
        },
        Fact::Deprecated(version) => match target.version {
            Some(target) if target >= version => Verdict::Found(
                Code::Deprecated,
                Severity::Warning,
                format!("is deprecated since {os} {version}"),
            ),
            Some(_) => Verdict::Fine,
            None => Verdict::Open(Facet::Version),
        },
        Fact::AccessRight(Some(name)) => match (AccessRights::named(name), target.access_rights) {
            (Some(right), Some(given)) if !given.contains(right) => error(
                Code::MissingRight,
                format!("needs the access right {name} (bit {})", right.bits()),
            ),
            (Some(_), None) => Verdict::Open(Facet::AccessRights),
            _ => Verdict::Fine,
        },
        Fact::Supervised(true) => wants(target.supervised, true, Facet::Supervision, || {
            error(
                Code::NeedsSupervision,
                format!("works on supervised devices only on {os}"),
            )
        }),
        Fact::RequiresDep(true) => wants(target.dep, true, Facet::Dep, || {
            error(Code::NeedsDep, "works with Automated Device Enrollment only")
        }),
        Fact::UserApprovedMdm(true) => wants(target.user_approved, true, Facet::UserApproval, || {
            error(Code::NeedsUserApproval, "works with a user-approved enrollment only")
        }),
        Fact::AllowManualInstall(false) => wants(target.manual_install, false, Facet::ManualInstall, || {
            error(Code::NoManualInstall, "cannot be installed by hand")
        }),
        Fact::DeviceChannel(false) => wants(target.channel, Channel::User, Facet::Channel, || {
            error(Code::WrongChannel, "does not work on the device channel")
        }),
        Fact::UserChannel(false) => wants(target.channel, Channel::Device, Facet::Channel, || {
            error(Code::WrongChannel, "does not work on the user channel")
        }),
        Fact::SharedIpad(mode) => by_mode(
            mode,
            target.shared_ipad,
            Facet::SharedIpad,
            Code::SharedIpad,
            "a Shared iPad",
        ),
        Fact::SharedIpadDeviceChannel(false) => on_shared_ipad(target, || {
            wants(target.channel, Channel::User, Facet::Channel, || {
                error(
                    Code::WrongChannel,
                    "does not work on the device channel of a Shared iPad",
                )
            })
        }),
        Fact::SharedIpadUserChannel(false) => on_shared_ipad(target, || {
            wants(target.channel, Channel::Device, Facet::Channel, || {
                error(Code::WrongChannel, "does not work on the user channel of a Shared iPad")
            })
        }),
        Fact::UserEnrollment(mode) => {
            let with = target.enrollment.map(|enrollment| enrollment == Enrollment::User);
            by_mode(mode, with, Facet::Enrollment, Code::WrongEnrollment, "user enrollment")
        }
        Fact::AllowedEnrollments(allowed) => enrollments(target, allowed),
        // On a Shared iPad other scopes may hold.
        Fact::AllowedScopes(_) if target.shared_ipad == Some(true) => Verdict::Fine,
        Fact::AllowedScopes(allowed) => scopes(target, allowed),
        Fact::SharedIpadScopes([]) => by_mode(
            Mode::Forbidden,
            target.shared_ipad,
            Facet::SharedIpad,
            Code::SharedIpad,
            "a Shared iPad",
        ),
        Fact::SharedIpadScopes(allowed) => on_shared_ipad(target, || scopes(target, allowed)),
        _ => Verdict::Fine,
    }
}

/// What holds on Shared iPads only.
fn on_shared_ipad(target: &Target, verdict: impl FnOnce() -> Verdict) -> Verdict {
    match target.shared_ipad {
        Some(true) => verdict(),
        Some(false) => Verdict::Fine,
        None => Verdict::Open(Facet::SharedIpad),
    }
}

fn by_mode(mode: Mode, with: Option<bool>, facet: Facet, code: Code, what: &str) -> Verdict {
    match (mode, with) {
        (Mode::Allowed, _) => Verdict::Fine,
        (_, None) => Verdict::Open(facet),
        (Mode::Forbidden, Some(true)) => error(code, format!("does not work with {what}")),
        (Mode::Required, Some(false)) => error(code, format!("works with {what} only")),
        (Mode::Ignored, Some(true)) => {
            Verdict::Found(Code::Ignored, Severity::Info, format!("has no effect with {what}"))
        }
        _ => Verdict::Fine,
    }
}

fn enrollments(target: &Target, allowed: &[&str]) -> Verdict {
    let wrong = |what: &str| error(Code::WrongEnrollment, format!("does not work with {what}"));
    match (target.enrollment, target.supervised) {
        (None, _) => Verdict::Open(Facet::Enrollment),
        (Some(Enrollment::User), _) if !allowed.contains(&"user") => wrong("user enrollment"),
        (Some(Enrollment::Local), _) if !allowed.contains(&"local") => wrong("local declarations"),
        (Some(Enrollment::Device), Some(true)) if !allowed.contains(&"supervised") => wrong("supervised devices"),
        (Some(Enrollment::Device), Some(false)) if !allowed.contains(&"device") => {
            wrong("device enrollment without supervision")
        }
        (Some(Enrollment::Device), None) if allowed.contains(&"supervised") != allowed.contains(&"device") => {
            Verdict::Open(Facet::Supervision)
        }
        (Some(Enrollment::Device), None) if !allowed.contains(&"device") => wrong("device enrollment"),
        _ => Verdict::Fine,
    }
}

fn scopes(target: &Target, allowed: &[&str]) -> Verdict {
    match target.channel {
        None => Verdict::Open(Facet::Channel),
        Some(Channel::Device) if !allowed.contains(&"system") => {
            error(Code::WrongChannel, "does not work in the system scope")
        }
        Some(Channel::User) if !allowed.contains(&"user") => {
            error(Code::WrongChannel, "does not work in the user scope")
        }
        Some(_) => Verdict::Fine,
    }
}
