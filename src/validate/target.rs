//! The target of a document: a device, its enrollment and a channel.

use crate::schema::{AccessRights, Channel, Enrollment, Os, ParseVersionError, Version};

/// The device, enrollment and channel that a document is intended for.
///
/// A target always has an operating system; every other property is optional. A check that depends on a
/// property that is not set is skipped, and [`Report::open`](super::Report::open) lists these properties.
///
/// | property | what depends on it |
/// |---|---|
/// | [`version`](Self::version) | items and keys that are introduced later, deprecated, or removed |
/// | [`supervised`](Self::supervised) | items and keys for supervised devices |
/// | [`channel`](Self::channel) | items and keys limited to one channel, and the scopes of declarations |
/// | [`enrollment`](Self::enrollment) | what user enrollment forbids, requires or ignores; the enrollments of declarations |
/// | [`shared_ipad`](Self::shared_ipad) | what Shared iPad forbids, requires or ignores, and its channels |
/// | [`access_rights`](Self::access_rights) | the rights that commands and queries require |
/// | [`automated_enrollment`](Self::automated_enrollment), [`user_approved`](Self::user_approved), [`manual_install`](Self::manual_install) | payloads that depend on how the device was enrolled or the profile installed |
///
/// ```
/// use apple_mdm::AccessRights;
/// use apple_mdm::validate::{Channel, Enrollment, Target};
///
/// let target = Target::macos("15.2")?
///     .supervised(true)
///     .channel(Channel::Device)
///     .enrollment(Enrollment::Device)
///     .access_rights(AccessRights::all());
/// # Ok::<(), apple_mdm::schema::ParseVersionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub(crate) os: Os,
    pub(crate) version: Option<Version>,
    pub(crate) supervised: Option<bool>,
    pub(crate) channel: Option<Channel>,
    pub(crate) enrollment: Option<Enrollment>,
    pub(crate) shared_ipad: Option<bool>,
    pub(crate) automated_enrollment: Option<bool>,
    pub(crate) user_approved: Option<bool>,
    pub(crate) manual_install: Option<bool>,
    pub(crate) access_rights: Option<AccessRights>,
}

/// A property that a target may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Facet {
    Version,
    Supervision,
    Channel,
    Enrollment,
    SharedIpad,
    AutomatedEnrollment,
    UserApproval,
    ManualInstall,
    AccessRights,
}

impl Facet {
    /// Returns the name, for example `supervision`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Supervision => "supervision",
            Self::Channel => "channel",
            Self::Enrollment => "enrollment",
            Self::SharedIpad => "shared-ipad",
            Self::AutomatedEnrollment => "automated-enrollment",
            Self::UserApproval => "user-approval",
            Self::ManualInstall => "manual-install",
            Self::AccessRights => "access-rights",
        }
    }
}

macro_rules! systems {
    ($($name:ident = $os:ident, $title:literal;)*) => {$(
        #[doc = concat!("Returns a target with this version of ", $title, ".")]
        ///
        /// # Errors
        ///
        /// Returns an error if the text is not a version.
        pub fn $name(version: &str) -> Result<Self, ParseVersionError> {
            Ok(Self::new(Os::$os).version(version.parse()?))
        }
    )*};
}

impl Target {
    /// Returns a target with this operating system and nothing else set.
    #[must_use]
    pub const fn new(os: Os) -> Self {
        Self {
            os,
            version: None,
            supervised: None,
            channel: None,
            enrollment: None,
            shared_ipad: None,
            automated_enrollment: None,
            user_approved: None,
            manual_install: None,
            access_rights: None,
        }
    }

    systems! {
        ios = Ios, "iOS";
        ipados = Ios, "iPadOS, which the schema treats as iOS";
        macos = Macos, "macOS";
        tvos = Tvos, "tvOS";
        visionos = Visionos, "visionOS";
        watchos = Watchos, "watchOS";
    }

    /// Returns the operating system.
    #[must_use]
    pub const fn os(&self) -> Os {
        self.os
    }

    /// Sets the version of the operating system.
    #[must_use]
    pub const fn version(mut self, version: Version) -> Self {
        self.version = Some(version);
        self
    }

    /// Sets whether the device is supervised.
    #[must_use]
    pub const fn supervised(mut self, supervised: bool) -> Self {
        self.supervised = Some(supervised);
        self
    }

    /// Sets the channel on which the document is sent.
    #[must_use]
    pub const fn channel(mut self, channel: Channel) -> Self {
        self.channel = Some(channel);
        self
    }

    /// Sets how the device is enrolled.
    #[must_use]
    pub const fn enrollment(mut self, enrollment: Enrollment) -> Self {
        self.enrollment = Some(enrollment);
        self
    }

    /// Sets whether the device is a Shared iPad.
    #[must_use]
    pub const fn shared_ipad(mut self, shared: bool) -> Self {
        self.shared_ipad = Some(shared);
        self
    }

    /// Sets whether the device was enrolled with Automated Device Enrollment.
    #[must_use]
    pub const fn automated_enrollment(mut self, automated: bool) -> Self {
        self.automated_enrollment = Some(automated);
        self
    }

    /// Sets whether the user approved the enrollment.
    #[must_use]
    pub const fn user_approved(mut self, approved: bool) -> Self {
        self.user_approved = Some(approved);
        self
    }

    /// Sets whether a person installs the profile, rather than MDM.
    #[must_use]
    pub const fn manual_install(mut self, manual: bool) -> Self {
        self.manual_install = Some(manual);
        self
    }

    /// Sets the access rights that the enrollment grants to the server.
    #[must_use]
    pub const fn access_rights(mut self, rights: AccessRights) -> Self {
        self.access_rights = Some(rights);
        self
    }
}
