//! Availability of items and keys: operating systems, versions, channels, enrollments, access rights.

use std::fmt;
use std::str::FromStr;

use crate::schema::AccessRights;

/// An operating system of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Os {
    /// iOS and iPadOS
    Ios,
    /// macOS and Mac Catalyst
    Macos,
    /// tvOS
    Tvos,
    /// visionOS
    Visionos,
    /// watchOS
    Watchos,
}

impl Os {
    /// All operating systems.
    pub const ALL: [Self; 5] = [Self::Ios, Self::Macos, Self::Tvos, Self::Visionos, Self::Watchos];
    /// iPadOS, which the schema treats as iOS.
    pub const IPADOS: Self = Self::Ios;
    /// Mac Catalyst, which the schema treats as macOS.
    pub const MAC_CATALYST: Self = Self::Macos;

    /// Returns the name, such as `macOS`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ios => "iOS",
            Self::Macos => "macOS",
            Self::Tvos => "tvOS",
            Self::Visionos => "visionOS",
            Self::Watchos => "watchOS",
        }
    }
}

impl fmt::Display for Os {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The error for a text that is not the name of an operating system.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no operating system: expected ios, ipados, macos, tvos, visionos or watchos")]
pub struct ParseOsError(String);

impl FromStr for Os {
    type Err = ParseOsError;

    /// Parses a name, ignoring case. `ipados` is iOS, and `mac catalyst` is macOS.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.to_ascii_lowercase().as_str() {
            "ios" | "ipados" => Self::Ios,
            "macos" | "mac catalyst" | "maccatalyst" => Self::Macos,
            "tvos" => Self::Tvos,
            "visionos" => Self::Visionos,
            "watchos" => Self::Watchos,
            _ => return Err(ParseOsError(text.to_owned())),
        })
    }
}

/// A version of an operating system.
///
/// Versions compare number by number: 10.9 < 10.13 < 26.4.
///
/// ```
/// use apple_mdm::schema::Version;
///
/// let version: Version = "10.13.4".parse()?;
/// assert!(Version::new(10, 9, 0) < version && version < Version::new(26, 4, 0));
/// assert_eq!(version.to_string(), "10.13.4");
/// # Ok::<(), apple_mdm::schema::ParseVersionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_structs)]
pub struct Version(
    /// The major version: 10 in 10.13.4.
    pub u16,
    /// The minor version: 13 in 10.13.4.
    pub u16,
    /// The patch version: 4 in 10.13.4.
    pub u16,
);

impl Version {
    /// Creates the version `major.minor.patch`.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self(major, minor, patch)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(major, minor, patch) = self;
        match patch {
            0 => f.pad(&format!("{major}.{minor}")),
            _ => f.pad(&format!("{major}.{minor}.{patch}")),
        }
    }
}

/// The error for a text that is not a version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version: expected one to three numbers with dots between them, such as 15.2")]
pub struct ParseVersionError(String);

impl FromStr for Version {
    type Err = ParseVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseVersionError(text.to_owned());
        let mut numbers = [0u16; 3];
        let mut parts = text.split('.');
        for (index, number) in numbers.iter_mut().enumerate() {
            match parts.next() {
                Some(part) if part.bytes().all(|b| b.is_ascii_digit()) => {
                    *number = part.parse().map_err(|_| error())?;
                }
                None if index > 0 => {}
                _ => return Err(error()),
            }
        }
        if parts.next().is_some() {
            return Err(error());
        }
        let [major, minor, patch] = numbers;
        Ok(Self(major, minor, patch))
    }
}

/// A fact that the schema states about an item or key on one operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Fact {
    NotAvailable,
    Always,
    Introduced(Version),
    Deprecated(Version),
    /// `None`: removed from every version.
    Removed(Option<Version>),
    AccessRight(Option<&'static str>),
    Multiple(bool),
    DeviceChannel(bool),
    UserChannel(bool),
    Supervised(bool),
    /// The device must be supervised from this version.
    SupervisedSince(Version),
    RequiresDep(bool),
    UserApprovedMdm(bool),
    AllowManualInstall(bool),
    AlwaysSkippable(bool),
    Beta(bool),
    AllowedEnrollments(&'static [&'static str]),
    AllowedScopes(&'static [&'static str]),
    SharedIpad(Mode),
    SharedIpadDeviceChannel(bool),
    SharedIpadUserChannel(bool),
    SharedIpadScopes(&'static [&'static str]),
    UserEnrollment(Mode),
}

/// Whether an item or key works with Shared iPad or user enrollment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Mode {
    /// It works with and without it.
    Allowed,
    /// It works only with it.
    Required,
    /// It works only without it.
    Forbidden,
    /// It is accepted with it, but has no effect.
    Ignored,
}

/// The version that introduced an item or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Introduced {
    /// The schema does not state it.
    Unstated,
    /// Not available in any version.
    Never,
    /// Available in all versions.
    Always,
    /// Available since this version.
    In(Version),
}

impl fmt::Display for Introduced {
    /// Writes the version, such as `10.13`, or `not stated`, `not available` or `all versions`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unstated => f.pad("not stated"),
            Self::Never => f.pad("not available"),
            Self::Always => f.pad("all versions"),
            Self::In(version) => version.fmt(f),
        }
    }
}

/// What the schema states about an item or key on one operating system. What it does not state is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Support {
    /// The version that introduced it.
    pub since: Introduced,
    /// The version that deprecated it.
    pub deprecated: Option<Version>,
    /// The version that removed it.
    pub removed: Option<Version>,
    /// The access right that the server needs, by its name in the schema; see [`rights`](Self::rights).
    pub access_right: Option<&'static str>,
    /// Whether a device can have several.
    pub multiple: Option<bool>,
    /// Whether it works on the device channel; see [`is_on_device_channel`](Self::is_on_device_channel).
    pub device_channel: Option<bool>,
    /// Whether it works on the user channel; see [`is_on_user_channel`](Self::is_on_user_channel).
    pub user_channel: Option<bool>,
    /// Whether the device must be supervised.
    pub supervised: Option<bool>,
    /// The version from which the device must be supervised, if it is not every version.
    pub supervised_since: Option<Version>,
    /// Whether the device must be enrolled by Automated Device Enrollment (DEP).
    pub requires_dep: Option<bool>,
    /// Whether the user must approve the enrollment.
    pub user_approved_mdm: Option<bool>,
    /// Whether a user can install it manually.
    pub allow_manual_install: Option<bool>,
    /// Whether a setup pane can always be skipped.
    pub always_skippable: Option<bool>,
    /// Whether it is in beta and can still change.
    pub beta: Option<bool>,
    /// The enrollments that a declaration or status item works with: `supervised`, `device`, `user`, `local`.
    pub allowed_enrollments: Option<&'static [&'static str]>,
    /// The scopes that a declaration or status item works with: `system`, `user`.
    pub allowed_scopes: Option<&'static [&'static str]>,
    /// Whether it works on Shared iPad.
    pub shared_ipad: Option<Mode>,
    /// Whether it works on the device channel of a Shared iPad.
    pub shared_ipad_device_channel: Option<bool>,
    /// Whether it works on the user channel of a Shared iPad.
    pub shared_ipad_user_channel: Option<bool>,
    /// The scopes that it works with on Shared iPad.
    pub shared_ipad_scopes: Option<&'static [&'static str]>,
    /// Whether it works with user enrollment.
    pub user_enrollment: Option<Mode>,
}

impl Support {
    const UNSTATED: Self = Self {
        since: Introduced::Unstated,
        deprecated: None,
        removed: None,
        access_right: None,
        multiple: None,
        device_channel: None,
        user_channel: None,
        supervised: None,
        supervised_since: None,
        requires_dep: None,
        user_approved_mdm: None,
        allow_manual_install: None,
        always_skippable: None,
        beta: None,
        allowed_enrollments: None,
        allowed_scopes: None,
        shared_ipad: None,
        shared_ipad_device_channel: None,
        shared_ipad_user_channel: None,
        shared_ipad_scopes: None,
        user_enrollment: None,
    };

    /// Whether any version supports it.
    #[must_use]
    pub const fn is_supported(&self) -> bool {
        matches!(self.since, Introduced::Always | Introduced::In(_))
    }

    /// Returns the version that introduced it, or `None` if no version has it or all have.
    #[must_use]
    pub const fn introduced(&self) -> Option<Version> {
        match self.since {
            Introduced::In(version) => Some(version),
            _ => None,
        }
    }

    /// Whether `version` supports it: it has been introduced and not removed.
    #[must_use]
    pub fn is_in(&self, version: Version) -> bool {
        let introduced = match self.since {
            Introduced::Unstated | Introduced::Always => true,
            Introduced::Never => false,
            Introduced::In(since) => since <= version,
        };
        introduced && self.removed.is_none_or(|removed| version < removed)
    }

    /// Returns [`access_right`](Self::access_right) as bits, or `None` if no right is needed or no single right covers it.
    #[must_use]
    pub fn rights(&self) -> Option<AccessRights> {
        self.access_right.and_then(AccessRights::named)
    }

    /// Whether it is deprecated in `version`.
    #[must_use]
    pub fn is_deprecated_in(&self, version: Version) -> bool {
        self.deprecated.is_some_and(|deprecated| deprecated <= version)
    }

    /// Whether it works on the device channel, which is the default if the schema states no channel.
    #[must_use]
    pub const fn is_on_device_channel(&self) -> bool {
        !matches!(self.since, Introduced::Never) && !matches!(self.device_channel, Some(false))
    }

    /// Whether it works on the user channel of a Mac. For the one of Shared iPad, see
    /// [`shared_ipad_user_channel`](Self::shared_ipad_user_channel).
    #[must_use]
    pub const fn is_on_user_channel(&self) -> bool {
        !matches!(self.since, Introduced::Never) && matches!(self.user_channel, Some(true))
    }

    const fn set(mut self, what: Fact) -> Self {
        match what {
            Fact::NotAvailable => self.since = Introduced::Never,
            Fact::Always => self.since = Introduced::Always,
            Fact::Introduced(version) => self.since = Introduced::In(version),
            Fact::Deprecated(version) => self.deprecated = Some(version),
            Fact::Removed(None) => self.since = Introduced::Never,
            Fact::Removed(version) => self.removed = version,
            Fact::AccessRight(right) => self.access_right = right,
            Fact::Multiple(flag) => self.multiple = Some(flag),
            Fact::DeviceChannel(flag) => self.device_channel = Some(flag),
            Fact::UserChannel(flag) => self.user_channel = Some(flag),
            Fact::Supervised(flag) => {
                self.supervised = Some(flag);
                self.supervised_since = None;
            }
            Fact::SupervisedSince(version) => {
                self.supervised = Some(true);
                self.supervised_since = Some(version);
            }
            Fact::RequiresDep(flag) => self.requires_dep = Some(flag),
            Fact::UserApprovedMdm(flag) => self.user_approved_mdm = Some(flag),
            Fact::AllowManualInstall(flag) => self.allow_manual_install = Some(flag),
            Fact::AlwaysSkippable(flag) => self.always_skippable = Some(flag),
            Fact::Beta(flag) => self.beta = Some(flag),
            Fact::AllowedEnrollments(list) => self.allowed_enrollments = Some(list),
            Fact::AllowedScopes(list) => self.allowed_scopes = Some(list),
            Fact::SharedIpad(mode) => self.shared_ipad = Some(mode),
            Fact::SharedIpadDeviceChannel(flag) => self.shared_ipad_device_channel = Some(flag),
            Fact::SharedIpadUserChannel(flag) => self.shared_ipad_user_channel = Some(flag),
            Fact::SharedIpadScopes(list) => self.shared_ipad_scopes = Some(list),
            Fact::UserEnrollment(mode) => self.user_enrollment = Some(mode),
        }
        self
    }
}

/// What the schema states about an item or key on all operating systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Availability([Support; 5]);

impl Availability {
    /// Collects a list of facts.
    #[must_use]
    pub const fn of(facts: &[(Os, Fact)]) -> Self {
        Self([Support::UNSTATED; 5]).with(facts)
    }

    /// Returns the availability with these facts added. They replace facts that they contradict.
    #[must_use]
    pub const fn with(mut self, facts: &[(Os, Fact)]) -> Self {
        let mut index = 0;
        while index < facts.len() {
            let (os, what) = facts[index];
            self.0[os as usize] = self.0[os as usize].set(what);
            index += 1;
        }
        self
    }

    /// Returns what is stated about one operating system.
    #[must_use]
    pub const fn on(&self, os: Os) -> Support {
        self.0[os as usize]
    }

    /// Returns the operating systems of which any version supports it.
    pub fn systems(&self) -> impl Iterator<Item = (Os, Support)> {
        Os::ALL
            .into_iter()
            .map(|os| (os, self.on(os)))
            .filter(|(_, support)| support.is_supported())
    }
}

impl Support {
    /// Returns the stated facts.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let since = match self.since {
            Introduced::Unstated => None,
            Introduced::Never => return vec![Fact::NotAvailable],
            Introduced::Always => Some(Fact::Always),
            Introduced::In(version) => Some(Fact::Introduced(version)),
        };
        let facts = [
            since,
            self.deprecated.map(Fact::Deprecated),
            self.removed.map(|version| Fact::Removed(Some(version))),
            self.access_right.map(|right| Fact::AccessRight(Some(right))),
            self.multiple.map(Fact::Multiple),
            self.device_channel.map(Fact::DeviceChannel),
            self.user_channel.map(Fact::UserChannel),
            match self.supervised_since {
                Some(version) => Some(Fact::SupervisedSince(version)),
                None => self.supervised.map(Fact::Supervised),
            },
            self.requires_dep.map(Fact::RequiresDep),
            self.user_approved_mdm.map(Fact::UserApprovedMdm),
            self.allow_manual_install.map(Fact::AllowManualInstall),
            self.always_skippable.map(Fact::AlwaysSkippable),
            self.beta.map(Fact::Beta),
            self.allowed_enrollments.map(Fact::AllowedEnrollments),
            self.allowed_scopes.map(Fact::AllowedScopes),
            self.shared_ipad.map(Fact::SharedIpad),
            self.shared_ipad_device_channel.map(Fact::SharedIpadDeviceChannel),
            self.shared_ipad_user_channel.map(Fact::SharedIpadUserChannel),
            self.shared_ipad_scopes.map(Fact::SharedIpadScopes),
            self.user_enrollment.map(Fact::UserEnrollment),
        ];
        facts.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_versions() {
        let versions = ["4", "9.3.1", "10.9", "10.13", "10.13.4", "26.4", "27.0"];
        let parsed: Vec<Version> = versions.iter().map(|v| v.parse().unwrap()).collect();
        assert!(parsed.is_sorted());
        for text in ["", "a", "1.", "1..2", "1.2.3.4", "+1", "99999"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }

    #[test]
    fn later_facts_override_and_removal_without_a_version_is_from_all() {
        let version = |major| Version::new(major, 0, 0);
        let parent = Availability::of(&[
            (Os::Macos, Fact::Introduced(version(10))),
            (Os::Macos, Fact::Removed(Some(version(15)))),
        ]);
        let later = parent.with(&[(Os::Macos, Fact::Removed(Some(version(26))))]);
        let gone = parent.with(&[(Os::Macos, Fact::Removed(None))]);
        for (availability, in_14, in_15, in_26) in [
            (parent, true, false, false),
            (later, true, true, false),
            (gone, false, false, false),
        ] {
            let macos = availability.on(Os::Macos);
            assert_eq!(
                [14, 15, 26].map(|major| macos.is_in(version(major))),
                [in_14, in_15, in_26]
            );
            assert_eq!(macos.is_supported(), in_14);
            assert!(!availability.on(Os::Ios).is_supported());
        }
    }

    #[test]
    fn a_channel_that_is_not_stated_is_the_device_channel() {
        let ios = [(Os::Ios, Fact::Introduced(Version::new(4, 0, 0)))];
        let silent = Availability::of(&ios);
        assert!(silent.on(Os::Ios).is_on_device_channel() && !silent.on(Os::Ios).is_on_user_channel());
        let user = silent.with(&[
            (Os::Macos, Fact::Introduced(Version::new(10, 7, 0))),
            (Os::Macos, Fact::DeviceChannel(false)),
            (Os::Macos, Fact::UserChannel(true)),
            (Os::Tvos, Fact::NotAvailable),
        ]);
        assert!(!user.on(Os::Macos).is_on_device_channel() && user.on(Os::Macos).is_on_user_channel());
        assert!(!user.on(Os::Tvos).is_on_device_channel());
    }

    #[test]
    fn display_respects_the_requested_width() {
        let introduced = Introduced::In(Version::new(10, 13, 4));
        assert_eq!(format!("{:<9}|{introduced:<8}|", Os::Macos), "macOS    |10.13.4 |");
        assert_eq!(format!("{:>14}", Introduced::Never), " not available");
    }
}
