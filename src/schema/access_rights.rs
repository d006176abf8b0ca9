//! What an enrollment lets the server do.

bitflags::bitflags! {
    /// The rights of an enrollment: the bits of `AccessRights` in the MDM payload.
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
        /// Look at installed profiles.
        const INSPECTION = 1;
        /// Install and remove profiles.
        const INSTALLATION_REMOVAL = 2;
        /// Lock the device and remove its passcode.
        const PASSCODE_REMOVAL_AND_LOCK = 4;
        /// Erase the device.
        const DEVICE_ERASE = 8;
        /// Ask for device information.
        const QUERY_DEVICE_INFORMATION = 16;
        /// Ask for network information.
        const QUERY_NETWORK_INFORMATION = 32;
        /// Look at provisioning profiles.
        const PROVISIONING_INSPECTION = 64;
        /// Install and remove provisioning profiles.
        const PROVISIONING_INSTALLATION_REMOVAL = 128;
        /// Look at installed apps.
        const QUERY_APPLICATIONS = 256;
        /// Ask for restrictions.
        const QUERY_RESTRICTIONS = 512;
        /// Ask for security settings.
        const QUERY_SECURITY = 1024;
        /// Change settings.
        const SETTINGS = 2048;
        /// Manage apps.
        const APP_INSTALLATION = 4096;
    }
}

impl AccessRights {
    /// The right that the schema calls `name`; it has two names for a few of them.
    ///
    /// `None` for `Special Case`, which stands for what no single right covers, and for names that are not known.
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
