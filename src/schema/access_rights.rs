//! The access rights of an enrollment: what the server may do.

bitflags::bitflags! {
    /// The access rights of an enrollment: the bits of `AccessRights` in the MDM payload.
    ///
    /// ```
    /// use apple_mdm::AccessRights;
    ///
    /// let rights = AccessRights::PASSCODE_REMOVAL_AND_LOCK | AccessRights::DEVICE_ERASE;
    /// assert_eq!(rights.bits(), 12);
    /// assert_eq!(AccessRights::named("AllowPasscodeRemovalAndLock"), Some(AccessRights::PASSCODE_REMOVAL_AND_LOCK));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct AccessRights: i64 {
        /// List installed profiles.
        const INSPECTION = 1;
        /// Install and remove profiles.
        const INSTALLATION_REMOVAL = 2;
        /// Lock the device and remove its passcode.
        const PASSCODE_REMOVAL_AND_LOCK = 4;
        /// Erase the device.
        const DEVICE_ERASE = 8;
        /// Query device information.
        const QUERY_DEVICE_INFORMATION = 16;
        /// Query network information.
        const QUERY_NETWORK_INFORMATION = 32;
        /// List provisioning profiles.
        const PROVISIONING_INSPECTION = 64;
        /// Install and remove provisioning profiles.
        const PROVISIONING_INSTALLATION_REMOVAL = 128;
        /// List installed apps.
        const QUERY_APPLICATIONS = 256;
        /// Query restrictions.
        const QUERY_RESTRICTIONS = 512;
        /// Query security settings.
        const QUERY_SECURITY = 1024;
        /// Change settings.
        const SETTINGS = 2048;
        /// Manage apps.
        const APP_INSTALLATION = 4096;
    }
}

impl AccessRights {
    /// Returns the right that the schema calls `name`. The schema has two names for a few of them.
    ///
    /// Returns `None` for unknown names and for `Special Case`, which no single right covers.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "AllowInspection" => Self::INSPECTION,
            "AllowInstallationRemoval" => Self::INSTALLATION_REMOVAL,
            "AllowPasscodeRemovalAndLock" | "DeviceLockAndRemovePasscode" => Self::PASSCODE_REMOVAL_AND_LOCK,
            "AllowDeviceErase" => Self::DEVICE_ERASE,
            "AllowQueryDeviceInformation" => Self::QUERY_DEVICE_INFORMATION,
            "AllowQueryNetworkInformation" => Self::QUERY_NETWORK_INFORMATION,
            "AllowProvisioningInspection" => Self::PROVISIONING_INSPECTION,
            "AllowProvisioningInstallationRemoval" => Self::PROVISIONING_INSTALLATION_REMOVAL,
            "AllowQueryApplications" | "QueryInstalledApps" => Self::QUERY_APPLICATIONS,
            "AllowQueryRestrictions" => Self::QUERY_RESTRICTIONS,
            "AllowQuerySecurity" => Self::QUERY_SECURITY,
            "AllowSettings" => Self::SETTINGS,
            "AllowAppInstallation" => Self::APP_INSTALLATION,
            _ => return None,
        })
    }
}
