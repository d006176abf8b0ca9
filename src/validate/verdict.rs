//! What a fact of the schema means for a target.

use super::code::Code;
use super::need::{Need, Needs};
use super::target::{Facet, Target};
use crate::schema::{AccessRights, Channel, Enrollment, Fact, Mode, Os, Severity};

/// The result of comparing a fact with a target.
pub(super) enum Verdict {
    Fine,
    /// The target does not specify the facet that the fact depends on.
    Open(Facet),
    /// Something does not work, or is worth knowing. The needs are what the target would need so that it works.
    Found(Code, Severity, String, Needs),
}

impl Verdict {
    /// Returns whether the target does not have the thing that the fact is about.
    pub(super) const fn is_absence(&self) -> bool {
        matches!(self, Self::Found(code, ..) if is_absence(*code))
    }
}

/// Returns whether a finding with this code means that the target does not have something.
pub(super) const fn is_absence(code: Code) -> bool {
    matches!(code, Code::NotAvailable | Code::NotYetAvailable | Code::Removed)
}

/// Returns the facts about the target's system.
pub(super) fn facts_for(target: &Target, facts: &[(Os, Fact)]) -> impl Iterator<Item = Fact> {
    facts.iter().filter(|(os, _)| *os == target.os).map(|(_, what)| *what)
}

fn error(code: Code, message: impl Into<String>, needs: impl Into<Needs>) -> Verdict {
    Verdict::Found(code, Severity::Error, message.into(), needs.into())
}

/// Compares a facet of the target with the value it must have.
fn require<T: PartialEq>(found: Option<T>, required: T, facet: Facet, otherwise: impl FnOnce() -> Verdict) -> Verdict {
    match found {
        Some(found) if found == required => Verdict::Fine,
        Some(_) => otherwise(),
        None => Verdict::Open(facet),
    }
}

/// Compares the target's channel with the channels that exist. Macs and Shared iPads have a user channel; for other devices the schema
/// does not mention it. `facts` are those of the item.
pub(super) fn channel_verdict(target: &Target, mut facts: impl Iterator<Item = Fact>) -> Verdict {
    let os = target.os;
    let is_about_user_channel = |what: Fact| matches!(what, Fact::UserChannel(_) | Fact::AllowedScopes(_));
    if target.channel != Some(Channel::User) || os == Os::Macos || facts.any(is_about_user_channel) {
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
                Need::Channel(Channel::Device),
            )
        }
    }
}

/// Returns whether devices with this system can use user enrollment.
pub(super) const fn has_user_enrollment(os: Os) -> bool {
    !matches!(os, Os::Tvos | Os::Watchos)
}

/// Compares a fact with the target, given all facts about the same thing and system.
pub(super) fn verdict_among(target: &Target, what: Fact, mut all: impl Iterator<Item = Fact>) -> Verdict {
    let verdict = verdict(target, what);
    let may_be_shared = target.os == Os::Ios && target.shared_ipad.is_none();
    let is_allowed_there =
        |what| matches!(what, Fact::SharedIpadScopes(scopes) if matches!(self::scopes(target, scopes), Verdict::Fine));
    match (what, verdict) {
        // Shared iPads have other scopes.
        (Fact::AllowedScopes(_), Verdict::Found(..)) if may_be_shared && all.any(is_allowed_there) => {
            Verdict::Open(Facet::SharedIpad)
        }
        (_, verdict) => verdict,
    }
}

/// Compares a fact with the target.
pub(super) fn verdict(target: &Target, what: Fact) -> Verdict {
    let os = target.os;
    match what {
        Fact::NotAvailable => error(Code::NotAvailable, format!("is not available on {os}"), Needs::NONE),
        Fact::Introduced(version) => match target.version {
            Some(target) if target < version => error(
                Code::NotYetAvailable,
                format!("needs {os} {version} or later, the target has {target}"),
                Need::Version(version),
            ),
            Some(_) => Verdict::Fine,
            None => Verdict::Open(Facet::Version),
        },
        Fact::Removed(None) => error(
            Code::Removed,
            format!("is gone from every version of {os}"),
            Needs::NONE,
        ),
        Fact::Removed(Some(version)) => match target.version {
            Some(target) if target >= version => error(
                Code::Removed,
                format!("was removed in {os} {version}, the target has {target}"),
                Need::Before(version),
            ),
            Some(_) => Verdict::Fine,
            None => Verdict::Open(Facet::Version),
        },
        Fact::Deprecated(version) => match target.version {
            Some(target) if target >= version => Verdict::Found(
                Code::Deprecated,
                Severity::Warning,
                format!("is deprecated since {os} {version}"),
                Needs::NONE,
            ),
            Some(_) => Verdict::Fine,
            None => Verdict::Open(Facet::Version),
        },
        Fact::AccessRight(Some(name)) => match (AccessRights::named(name), target.access_rights) {
            (Some(right), Some(given)) if !given.contains(right) => error(
                Code::MissingRight,
                format!("needs the access right {name} (bit {})", right.bits()),
                Need::Right(name),
            ),
            (Some(_), None) => Verdict::Open(Facet::AccessRights),
            _ => Verdict::Fine,
        },
        Fact::Supervised(true) => require(target.supervised, true, Facet::Supervision, || {
            error(
                Code::NeedsSupervision,
                format!("works on supervised devices only on {os}"),
                Need::Supervised(true),
            )
        }),
        Fact::SupervisedSince(since) => match (target.supervised, target.version) {
            (Some(true), _) => Verdict::Fine,
            (_, Some(version)) if version < since => Verdict::Fine,
            (_, None) => Verdict::Open(Facet::Version),
            (None, Some(_)) => Verdict::Open(Facet::Supervision),
            (Some(false), Some(_)) => error(
                Code::NeedsSupervision,
                format!("works on supervised devices only since {os} {since}"),
                Need::Supervised(true),
            ),
        },
        Fact::RequiresDep(true) => require(target.automated_enrollment, true, Facet::AutomatedEnrollment, || {
            error(
                Code::NeedsAutomatedEnrollment,
                "works with Automated Device Enrollment only",
                Need::AutomatedEnrollment(true),
            )
        }),
        Fact::UserApprovedMdm(true) => require(target.user_approved, true, Facet::UserApproval, || {
            error(
                Code::NeedsUserApproval,
                "works with a user-approved enrollment only",
                Need::UserApproved(true),
            )
        }),
        Fact::AllowManualInstall(false) => require(target.manual_install, false, Facet::ManualInstall, || {
            error(
                Code::NoManualInstall,
                "cannot be installed by hand",
                Need::ManualInstall(false),
            )
        }),
        Fact::DeviceChannel(false) => on_channel(target, Channel::User, ""),
        Fact::UserChannel(false) => on_channel(target, Channel::Device, ""),
        Fact::SharedIpad(mode) => with_shared_ipad(target, mode),
        Fact::SharedIpadDeviceChannel(false) => {
            on_shared_ipad(target, || on_channel(target, Channel::User, " of a Shared iPad"))
        }
        Fact::SharedIpadUserChannel(false) => {
            on_shared_ipad(target, || on_channel(target, Channel::Device, " of a Shared iPad"))
        }
        // Such an enrollment is reported once, for the whole document.
        Fact::UserEnrollment(_) if !has_user_enrollment(os) => Verdict::Fine,
        Fact::UserEnrollment(mode) => {
            let with = target.enrollment.map(|enrollment| enrollment == Enrollment::User);
            let need = |with| {
                Need::Enrollment(vec![match with {
                    true => Enrollment::User,
                    false => Enrollment::Device,
                }])
            };
            by_mode(
                mode,
                with,
                Facet::Enrollment,
                Code::WrongEnrollment,
                "user enrollment",
                need,
            )
        }
        Fact::AllowedEnrollments(allowed) => enrollments(target, allowed),
        // Shared iPads can have other scopes.
        Fact::AllowedScopes(_) if target.shared_ipad == Some(true) => Verdict::Fine,
        Fact::AllowedScopes(allowed) => scopes(target, allowed),
        Fact::SharedIpadScopes([]) => with_shared_ipad(target, Mode::Forbidden),
        Fact::SharedIpadScopes(allowed) => on_shared_ipad(target, || scopes(target, allowed)),
        _ => Verdict::Fine,
    }
}

/// Returns the verdict of a fact that concerns only Shared iPads.
fn on_shared_ipad(target: &Target, verdict: impl FnOnce() -> Verdict) -> Verdict {
    match target.shared_ipad {
        Some(true) => verdict(),
        Some(false) => Verdict::Fine,
        None => Verdict::Open(Facet::SharedIpad),
    }
}

/// Returns the verdict of a fact that leaves only one channel.
fn on_channel(target: &Target, required: Channel, of: &str) -> Verdict {
    require(target.channel, required, Facet::Channel, || {
        let other = match required {
            Channel::Device => Channel::User,
            Channel::User => Channel::Device,
        };
        error(
            Code::WrongChannel,
            format!("does not work on the {other}{of}"),
            Need::Channel(required),
        )
    })
}

fn with_shared_ipad(target: &Target, mode: Mode) -> Verdict {
    by_mode(
        mode,
        target.shared_ipad,
        Facet::SharedIpad,
        Code::SharedIpad,
        "a Shared iPad",
        Need::SharedIpad,
    )
}

/// Returns the verdict of a fact about Shared iPad or user enrollment. `need` receives whether the target needs it.
fn by_mode(
    mode: Mode,
    with: Option<bool>,
    facet: Facet,
    code: Code,
    what: &str,
    need: impl FnOnce(bool) -> Need,
) -> Verdict {
    match (mode, with) {
        (Mode::Allowed, _) => Verdict::Fine,
        (_, None) => Verdict::Open(facet),
        (Mode::Forbidden, Some(true)) => error(code, format!("does not work with {what}"), need(false)),
        (Mode::Required, Some(false)) => error(code, format!("works with {what} only"), need(true)),
        (Mode::Ignored, Some(true)) => Verdict::Found(
            Code::Ignored,
            Severity::Info,
            format!("has no effect with {what}"),
            need(false).into(),
        ),
        _ => Verdict::Fine,
    }
}

fn enrollments(target: &Target, allowed: &[&str]) -> Verdict {
    let wrong = |what: &str| {
        error(
            Code::WrongEnrollment,
            format!("does not work with {what}"),
            allowed_enrollments(target, allowed),
        )
    };
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

/// Returns what the target would need to have one of these enrollments.
fn allowed_enrollments(target: &Target, allowed: &[&str]) -> Needs {
    let (with, without) = (allowed.contains(&"supervised"), allowed.contains(&"device"));
    // A change of supervision is enough if the enrollment itself is allowed.
    if target.enrollment == Some(Enrollment::Device) && with != without {
        return Need::Supervised(with).into();
    }
    let is_allowed = [
        (Enrollment::Device, with || without),
        (Enrollment::User, allowed.contains(&"user")),
        (Enrollment::Local, allowed.contains(&"local")),
    ];
    let enrollments: Vec<Enrollment> = is_allowed
        .into_iter()
        .filter_map(|(enrollment, is_allowed)| is_allowed.then_some(enrollment))
        .collect();
    let supervision = (enrollments == [Enrollment::Device] && with != without).then_some(Need::Supervised(with));
    [Need::Enrollment(enrollments)].into_iter().chain(supervision).collect()
}

fn scopes(target: &Target, allowed: &[&str]) -> Verdict {
    match target.channel {
        None => Verdict::Open(Facet::Channel),
        Some(Channel::Device) if !allowed.contains(&"system") => error(
            Code::WrongChannel,
            "does not work in the system scope",
            Need::Channel(Channel::User),
        ),
        Some(Channel::User) if !allowed.contains(&"user") => error(
            Code::WrongChannel,
            "does not work in the user scope",
            Need::Channel(Channel::Device),
        ),
        Some(_) => Verdict::Fine,
    }
}
