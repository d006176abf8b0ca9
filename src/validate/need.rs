//! What a target lacks.

use std::fmt;
use std::ops::Deref;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::{Channel, Enrollment, Os, TargetCondition, Version};

/// A property that a target would need so that something works there.
///
/// Its [`name`](Self::name) is that of the flag of `apple-mdm lint` that sets the property of the target, if there is one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Need {
    /// Another operating system: one of these.
    Os(Vec<Os>),
    /// This version of the target's operating system, or a later one.
    Version(Version),
    /// A version of the target's operating system before this one.
    Before(Version),
    /// A supervised device, or one that is not supervised.
    Supervised(bool),
    /// An enrollment that the user approved, or one that the user did not approve.
    UserApproved(bool),
    /// A device that was enrolled with Automated Device Enrollment, or in another way.
    AutomatedEnrollment(bool),
    /// Installation by a person, or by MDM.
    ManualInstall(bool),
    /// A Shared iPad, or another device.
    SharedIpad(bool),
    /// This channel.
    Channel(Channel),
    /// One of these enrollments.
    Enrollment(Vec<Enrollment>),
    /// This access right, by its name in the schema; see [`AccessRights::named`](crate::AccessRights::named).
    Right(&'static str),
}

impl Need {
    /// Returns the name of the property, for example `supervised`.
    ///
    /// The names are `os`, `version`, `before`, `supervised`, `user-approved`, `automated-enrollment`, `manual-install`, `shared-ipad`,
    /// `channel`, `enrollment` and `right`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Os(_) => "os",
            Self::Version(_) => "version",
            Self::Before(_) => "before",
            Self::Supervised(_) => "supervised",
            Self::UserApproved(_) => "user-approved",
            Self::AutomatedEnrollment(_) => "automated-enrollment",
            Self::ManualInstall(_) => "manual-install",
            Self::SharedIpad(_) => "shared-ipad",
            Self::Channel(_) => "channel",
            Self::Enrollment(_) => "enrollment",
            Self::Right(_) => "right",
        }
    }

    /// Returns what a target would need so that a condition holds, or `None` if that is not a property of a target.
    pub(super) fn of(condition: TargetCondition) -> Option<Self> {
        Some(match condition {
            TargetCondition::Os {
                from: Some(from),
                before: None,
                ..
            } => Self::Version(from),
            TargetCondition::Os {
                from: None,
                before: Some(before),
                ..
            } => Self::Before(before),
            TargetCondition::Os { systems, .. } => Self::Os(systems.to_vec()),
            TargetCondition::Enrollment(list) => Self::Enrollment(list.to_vec()),
            TargetCondition::Supervised(flag) => Self::Supervised(flag),
            TargetCondition::Channel(channel) => Self::Channel(channel),
            TargetCondition::SharedIpad(flag) => Self::SharedIpad(flag),
            TargetCondition::AutomatedEnrollment(flag) => Self::AutomatedEnrollment(flag),
            TargetCondition::ManualInstall(flag) => Self::ManualInstall(flag),
            TargetCondition::Scope(_) | TargetCondition::Signed(_) | TargetCondition::Encrypted(_) => return None,
        })
    }

    /// Returns what a target would need so that a condition does not hold, or `None` if no single property decides that.
    pub(super) fn opposite_of(condition: TargetCondition) -> Option<Self> {
        Some(match Self::of(condition)? {
            Self::Version(version) => Self::Before(version),
            Self::Before(version) => Self::Version(version),
            Self::Supervised(flag) => Self::Supervised(!flag),
            Self::SharedIpad(flag) => Self::SharedIpad(!flag),
            Self::AutomatedEnrollment(flag) => Self::AutomatedEnrollment(!flag),
            Self::ManualInstall(flag) => Self::ManualInstall(!flag),
            Self::Channel(Channel::Device) => Self::Channel(Channel::User),
            Self::Channel(Channel::User) => Self::Channel(Channel::Device),
            Self::Enrollment(list) => {
                let mut others = vec![Enrollment::Device, Enrollment::User, Enrollment::Local];
                others.retain(|enrollment| !list.contains(enrollment));
                Self::Enrollment(others)
            }
            Self::Os(_) | Self::UserApproved(_) | Self::Right(_) => return None,
        })
    }
}

/// Writes a phrase that fits after "needs", such as "a supervised device" or "version 14.0 or later".
impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let alternatives = |f: &mut fmt::Formatter<'_>, words: Vec<String>| f.write_str(&words.join(" or "));
        match self {
            Self::Os(systems) => alternatives(f, systems.iter().map(Os::to_string).collect()),
            Self::Version(version) => write!(f, "version {version} or later"),
            Self::Before(version) => write!(f, "a version before {version}"),
            Self::Supervised(true) => f.write_str("a supervised device"),
            Self::Supervised(false) => f.write_str("a device that is not supervised"),
            Self::UserApproved(true) => f.write_str("a user-approved enrollment"),
            Self::UserApproved(false) => f.write_str("an enrollment that the user did not approve"),
            Self::AutomatedEnrollment(true) => f.write_str("Automated Device Enrollment"),
            Self::AutomatedEnrollment(false) => f.write_str("an enrollment other than Automated Device Enrollment"),
            Self::ManualInstall(true) => f.write_str("installation by a person"),
            Self::ManualInstall(false) => f.write_str("installation by MDM"),
            Self::SharedIpad(true) => f.write_str("a Shared iPad"),
            Self::SharedIpad(false) => f.write_str("a device that is not a Shared iPad"),
            Self::Channel(channel) => write!(f, "the {channel}"),
            Self::Enrollment(list) => alternatives(f, list.iter().map(Enrollment::to_string).collect()),
            Self::Right(right) => write!(f, "the access right `{right}`"),
        }
    }
}

/// Everything that a target would need so that something works there. Empty if the target is not the reason for a finding.
///
/// serde writes a map from the [name](Need::name) of each property to the value that is needed: `{"version": "14.0", "supervised": true}`.
/// Lists of alternatives (`os`, `enrollment`) are arrays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Needs(Vec<Need>);

impl Needs {
    /// No needs.
    pub const NONE: Self = Self(Vec::new());

    /// Adds a need, unless it is there already.
    pub(super) fn add(&mut self, need: Need) {
        if !self.0.contains(&need) {
            self.0.push(need);
        }
    }
}

impl Deref for Needs {
    type Target = [Need];

    fn deref(&self) -> &[Need] {
        &self.0
    }
}

impl From<Need> for Needs {
    fn from(need: Need) -> Self {
        Self(vec![need])
    }
}

impl FromIterator<Need> for Needs {
    fn from_iter<I: IntoIterator<Item = Need>>(needs: I) -> Self {
        let mut collected = Self::NONE;
        needs.into_iter().for_each(|need| collected.add(need));
        collected
    }
}

impl Serialize for Needs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for need in self.iter() {
            let name = need.name();
            match need {
                Need::Os(systems) => {
                    let names: Vec<&str> = systems.iter().map(|os| os.name()).collect();
                    map.serialize_entry(name, &names)?;
                }
                Need::Version(version) | Need::Before(version) => map.serialize_entry(name, &version.to_string())?,
                Need::Supervised(flag)
                | Need::UserApproved(flag)
                | Need::AutomatedEnrollment(flag)
                | Need::ManualInstall(flag)
                | Need::SharedIpad(flag) => map.serialize_entry(name, flag)?,
                Need::Channel(channel) => map.serialize_entry(name, channel_name(*channel))?,
                Need::Enrollment(list) => {
                    let names: Vec<&str> = list.iter().map(|enrollment| enrollment_name(*enrollment)).collect();
                    map.serialize_entry(name, &names)?;
                }
                Need::Right(right) => map.serialize_entry(name, right)?,
            }
        }
        map.end()
    }
}

const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Device => "device",
        Channel::User => "user",
    }
}

const fn enrollment_name(enrollment: Enrollment) -> &'static str {
    match enrollment {
        Enrollment::Device => "device",
        Enrollment::User => "user",
        Enrollment::Local => "local",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_are_written_as_a_map_of_the_words_of_the_flags() {
        let needs: Needs = [
            Need::Os(vec![Os::Ios, Os::Macos]),
            Need::Version(Version::new(10, 13, 4)),
            Need::Supervised(true),
            Need::Channel(Channel::User),
            Need::Enrollment(vec![Enrollment::Device]),
            Need::Right("AllowAppInstallation"),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            serde_json::to_string(&needs).unwrap(),
            r#"{"os":["iOS","macOS"],"version":"10.13.4","supervised":true,"channel":"user","enrollment":["device"],"right":"AllowAppInstallation"}"#
        );
        assert_eq!(serde_json::to_string(&Needs::NONE).unwrap(), "{}");
    }

    #[test]
    fn the_opposite_of_a_condition_undoes_it() {
        let version = Version::new(15, 0, 0);
        let os = TargetCondition::Os {
            systems: &[Os::Macos],
            from: None,
            before: Some(version),
        };
        assert_eq!(Need::opposite_of(os), Some(Need::Version(version)));
        let user = TargetCondition::Enrollment(&[Enrollment::User]);
        let others = vec![Enrollment::Device, Enrollment::Local];
        assert_eq!(Need::opposite_of(user), Some(Need::Enrollment(others)));
        assert_eq!(Need::opposite_of(TargetCondition::Signed(true)), None);
    }
}
