//! For whom a document is meant.

use crate::schema::AccessRights;
use crate::schema::{Os, ParseVersionError, Version};

/// The device, enrollment and channel that a document is meant for.
///
/// A target names an operating system; everything else may be left open. What is left open is not checked, and
/// [`Report::open`](super::Report::open) says where it would have mattered.
///
/// | part | what depends on it |
/// |---|---|
/// | [`version`](Self::version) | what came later, is deprecated or is gone |
/// | [`supervised`](Self::supervised) | items and keys for supervised devices |
/// | [`channel`](Self::channel) | the device and the user channel, and so the scopes of declarations |
/// | [`enrollment`](Self::enrollment) | what user enrollment forbids, requires or ignores; the enrollments of declarations |
/// | [`shared_ipad`](Self::shared_ipad) | what Shared iPads forbid, require or ignore, and the channels there |
/// | [`access_rights`](Self::access_rights) | the rights that commands and queries need |
/// | [`dep`](Self::dep), [`user_approved`](Self::user_approved), [`manual_install`](Self::manual_install) | payloads that ask for these |
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub(crate) os: Os,
    pub(crate) version: Option<Version>,
    pub(crate) supervised: Option<bool>,
    pub(crate) channel: Option<Channel>,
    pub(crate) enrollment: Option<Enrollment>,
    pub(crate) shared_ipad: Option<bool>,
    pub(crate) dep: Option<bool>,
    pub(crate) user_approved: Option<bool>,
    pub(crate) manual_install: Option<bool>,
    pub(crate) access_rights: Option<AccessRights>,
}

/// The channel on which a document is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Channel {
    /// To the device.
    Device,
    /// To a user of the device.
    User,
}

/// How a device is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Enrollment {
    /// Device enrollment: the organization manages the device.
    Device,
    /// User enrollment: the organization manages its part of the user's own device.
    User,
    /// Not by MDM: declarations that the device itself stores.
    Local,
}

/// Something that a target may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Facet {
    Version,
    Supervision,
    Channel,
    Enrollment,
    SharedIpad,
    Dep,
    UserApproval,
    ManualInstall,
    AccessRights,
}

impl Facet {
    /// The name, such as `supervision`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Supervision => "supervision",
            Self::Channel => "channel",
            Self::Enrollment => "enrollment",
            Self::SharedIpad => "shared-ipad",
            Self::Dep => "dep",
            Self::UserApproval => "user-approval",
            Self::ManualInstall => "manual-install",
            Self::AccessRights => "access-rights",
        }
    }
}

macro_rules! systems {
    ($($name:ident = $os:ident, $title:literal;)*) => {$(
        #[doc = concat!("A device with this version of ", $title, ".")]
        ///
        /// # Errors
        ///
        /// Where the text is no version.
        pub fn $name(version: &str) -> Result<Self, ParseVersionError> {
            Ok(Self::new(Os::$os).version(version.parse()?))
        }
    )*};
}

impl Target {
    /// A device with some version of this system.
    #[must_use]
    pub const fn new(os: Os) -> Self {
        Self {
            os,
            version: None,
            supervised: None,
            channel: None,
            enrollment: None,
            shared_ipad: None,
            dep: None,
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

    /// The operating system.
    #[must_use]
    pub const fn os(&self) -> Os {
        self.os
    }

    /// With this version of the system.
    #[must_use]
    pub const fn version(mut self, version: Version) -> Self {
        self.version = Some(version);
        self
    }

    /// Supervised, or not.
    #[must_use]
    pub const fn supervised(mut self, supervised: bool) -> Self {
        self.supervised = Some(supervised);
        self
    }

    /// Sent on this channel.
    #[must_use]
    pub const fn channel(mut self, channel: Channel) -> Self {
        self.channel = Some(channel);
        self
    }

    /// Enrolled in this way.
    #[must_use]
    pub const fn enrollment(mut self, enrollment: Enrollment) -> Self {
        self.enrollment = Some(enrollment);
        self
    }

    /// A Shared iPad, or not.
    #[must_use]
    pub const fn shared_ipad(mut self, shared: bool) -> Self {
        self.shared_ipad = Some(shared);
        self
    }

    /// Enrolled by Automated Device Enrollment, or not.
    #[must_use]
    pub const fn dep(mut self, dep: bool) -> Self {
        self.dep = Some(dep);
        self
    }

    /// With an enrollment that the user approved, or not.
    #[must_use]
    pub const fn user_approved(mut self, approved: bool) -> Self {
        self.user_approved = Some(approved);
        self
    }

    /// Installed by a user by hand, or by MDM.
    #[must_use]
    pub const fn manual_install(mut self, manual: bool) -> Self {
        self.manual_install = Some(manual);
        self
    }

    /// With an enrollment that gives the server these rights.
    #[must_use]
    pub const fn access_rights(mut self, rights: AccessRights) -> Self {
        self.access_rights = Some(rights);
        self
    }
}
