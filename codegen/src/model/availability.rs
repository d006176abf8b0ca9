//! Availability on operating systems.

use std::fmt;

/// A fact about the availability on one operating system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// The operating system.
    pub os: Os,
    /// The fact.
    pub property: Property,
}

/// The operating systems of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Os {
    Ios,
    Macos,
    Tvos,
    Visionos,
    Watchos,
}

/// A property of `supportedOS`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Property {
    /// `introduced: n/a`
    NotAvailable,
    /// `introduced: all`
    Always,
    Introduced(Version),
    Deprecated(Version),
    /// `None` for `removed: '0'`: removed from every version.
    Removed(Option<Version>),
    /// `None` for `n/a` and `None`.
    AccessRight(Option<String>),
    Multiple(bool),
    DeviceChannel(bool),
    UserChannel(bool),
    Supervised(bool),
    /// `supervised: true`, but only from this version.
    SupervisedSince(Version),
    RequiresDep(bool),
    UserApprovedMdm(bool),
    AllowManualInstall(bool),
    AlwaysSkippable(bool),
    Beta(bool),
    AllowedEnrollments(Vec<String>),
    AllowedScopes(Vec<String>),
    SharedIpadMode(String),
    SharedIpadDeviceChannel(bool),
    SharedIpadUserChannel(bool),
    SharedIpadScopes(Vec<String>),
    UserEnrollmentMode(String),
}

/// A version of an operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16, pub u16, pub u16);

impl Os {
    /// All operating systems.
    pub const ALL: [Self; 5] = [Self::Ios, Self::Macos, Self::Tvos, Self::Visionos, Self::Watchos];

    /// Returns the name in the schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ios => "iOS",
            Self::Macos => "macOS",
            Self::Tvos => "tvOS",
            Self::Visionos => "visionOS",
            Self::Watchos => "watchOS",
        }
    }

    /// Returns the operating system with this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|os| os.name() == name)
    }
}

impl Version {
    /// Parses a version such as `15.0` or `15.0.1`.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        // Parsing a number would accept a sign.
        if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return None;
        }
        let mut parts = text.split('.').map(str::parse::<u16>);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(a)), None, None, None) => Some(Self(a, 0, 0)),
            (Some(Ok(a)), Some(Ok(b)), None, None) => Some(Self(a, b, 0)),
            (Some(Ok(a)), Some(Ok(b)), Some(Ok(c)), None) => Some(Self(a, b, c)),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)?;
        if self.2 > 0 { write!(f, ".{}", self.2) } else { Ok(()) }
    }
}
