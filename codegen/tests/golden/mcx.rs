#[allow(unused_imports)]
use crate::generated::*;
/// The settings of a payload in a profile. `PayloadType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// `com.apple.MCX`: Accounts, Energy Saver, FDE FileVault Options, Mobile Accounts, Time Server, Wi-Fi Managed Settings
    Mcx(Box<Mcx>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<Mcx> for Payload {
    #[inline]
    fn from(item: Mcx) -> Self {
        Self::Mcx(Box::new(item))
    }
}
impl Selected<Mcx> for Payload {
    #[inline]
    fn selected(&self) -> Option<&Mcx> {
        if let Self::Mcx(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Payload {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["com.apple.MCX"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::Mcx(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::Mcx(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::Mcx(item) => Some((&**item, Mcx::ITEM)),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn unknown(&self) -> Option<&UnknownItem> {
        if let Self::Unknown(item) = self { Some(item) } else { None }
    }
    fn invalid(&self) -> Option<&InvalidItem> {
        if let Self::Invalid(item) = self { Some(item) } else { None }
    }
    fn from_unknown(item: UnknownItem) -> Self {
        Self::Unknown(Box::new(item))
    }
    fn from_invalid(item: InvalidItem) -> Self {
        Self::Invalid(Box::new(item))
    }
}
/// Combines several parts: Accounts, Energy Saver, FDE FileVault Options, Mobile Accounts, Time Server, Wi-Fi Managed Settings.
///
/// Turns the guest account of a Mac on or off.
///
/// Sets when a Mac, its display and its disks sleep, and when the Mac turns on and off on a schedule.
///
/// Restricts whether users can turn FileVault on or off, and where its key is stored; to turn FileVault on, use the `com.apple.MCX.FileVault2` payload type.
///
/// Controls when a Mac creates mobile accounts for network users and when it removes them.
///
/// Sets the time server and time zone of a Mac. If several such profiles are installed, the one installed last applies; removing it does not restore the previous settings.
///
/// Requires an administrator for changes to a Mac's Wi-Fi.
///
/// Payload type `com.apple.MCX` · Apple's schema: [`com.apple.MCX(Accounts).yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.MCX(Accounts).yaml), [`com.apple.MCX(EnergySaver).yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.MCX(EnergySaver).yaml), [`com.apple.MCX(FileVault2).yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.MCX(FileVault2).yaml), [`com.apple.MCX(Mobility).yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.MCX(Mobility).yaml), [`com.apple.MCX(TimeServer).yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.MCX(TimeServer).yaml), [`com.apple.MCX(WiFi).yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.MCX(WiFi).yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | macOS | 10.7 |
///
/// - Channel: device
/// - User enrollment: not allowed
/// - Installation: by MDM or manually
///
/// # Rules
///
/// - If `EnableGuestAccount` is true, `DisableGuestAccount` has no effect.
/// - `cachedaccounts.WarnOnCreate.allowNever` can be true only if `com.apple.cachedaccounts.WarnOnCreate` is true.
/// - Unless `com.apple.cachedaccounts.WarnOnCreate` is true, `cachedaccounts.WarnOnCreate.allowNever` has no effect.
///
/// # Example
///
/// ```
/// use apple_mdm::profiles::{Mcx, PayloadEntry};
///
/// let payload = Mcx {
///     enable_guest_account: Some(true),
///     ..Default::default()
/// };
/// let entry = PayloadEntry::new(
///     "com.example.mcx",
///     "5E1B6F0E-9F0B-4C53-8C4B-3F6B0E1E7A01",
///     payload,
/// );
/// ```
///
/// This creates the document:
///
/// ```xml
/// <dict>
///   <key>PayloadType</key>
///   <string>com.apple.MCX</string>
///   <key>EnableGuestAccount</key>
///   <true/>
///   <key>PayloadIdentifier</key>
///   <string>com.example.mcx</string>
///   <key>PayloadUUID</key>
///   <string>5E1B6F0E-9F0B-4C53-8C4B-3F6B0E1E7A01</string>
///   <key>PayloadVersion</key>
///   <integer>1</integer>
/// </dict>
/// ```
#[doc(alias = "com.apple.MCX")]
#[derive(Clone)]
pub struct Mcx {
    /// Whether the guest account is enabled.
    ///
    /// `EnableGuestAccount` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "EnableGuestAccount")]
    pub enable_guest_account: Option<bool>,
    /// Whether the guest account is disabled; ignored if `EnableGuestAccount` is `true`.
    ///
    /// `DisableGuestAccount` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "DisableGuestAccount")]
    pub disable_guest_account: Option<bool>,
    /// Settings for desktop Macs.
    ///
    /// `com.apple.EnergySaver.desktop.ACPower` · dictionary
    ///
    /// Availability: macOS 10.7+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "com.apple.EnergySaver.desktop.ACPower")]
    pub com_apple_energy_saver_desktop_ac_power: Option<mcx::PowerSettings>,
    /// Settings for Mac laptops on AC power.
    ///
    /// `com.apple.EnergySaver.portable.ACPower` · dictionary
    ///
    /// Availability: macOS 10.7+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "com.apple.EnergySaver.portable.ACPower")]
    pub com_apple_energy_saver_portable_ac_power: Option<mcx::PowerSettings>,
    /// Settings for Mac laptops on battery power.
    ///
    /// `com.apple.EnergySaver.portable.BatteryPower` · dictionary
    ///
    /// Availability: macOS 10.7+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "com.apple.EnergySaver.portable.BatteryPower")]
    pub com_apple_energy_saver_portable_battery_power: Option<mcx::PowerSettings>,
    /// Times at which the Mac turns on and off automatically.
    ///
    /// `com.apple.EnergySaver.desktop.Schedule` · dictionary
    ///
    /// Availability: macOS 10.7+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "com.apple.EnergySaver.desktop.Schedule")]
    pub com_apple_energy_saver_desktop_schedule: Option<mcx::EnergySaverSchedule>,
    /// Whether sleep is completely disabled on the Mac.
    ///
    /// `SleepDisabled` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "SleepDisabled")]
    pub sleep_disabled: Option<bool>,
    /// Whether users are prevented from turning FileVault off.
    ///
    /// `dontAllowFDEDisable` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, once per device, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "dontAllowFDEDisable")]
    pub dont_allow_fde_disable: Option<bool>,
    /// Whether users are prevented from turning FileVault on.
    ///
    /// `dontAllowFDEEnable` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, once per device, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "dontAllowFDEEnable")]
    pub dont_allow_fde_enable: Option<bool>,
    /// Whether the FileVault key is discarded rather than stored across restarts.
    ///
    /// `DestroyFVKeyOnStandby` · boolean · default `false`
    ///
    /// Availability: macOS 10.10+, once per device, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "DestroyFVKeyOnStandby")]
    pub destroy_fv_key_on_standby: Option<bool>,
    /// Whether a mobile account is created when a network user logs in.
    ///
    /// `com.apple.cachedaccounts.CreateAtLogin` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, once per device, device channel, user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "com.apple.cachedaccounts.CreateAtLogin")]
    pub com_apple_cachedaccounts_create_at_login: Option<bool>,
    /// Whether the user is asked before the mobile account is created and may decline.
    ///
    /// `com.apple.cachedaccounts.WarnOnCreate` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, once per device, device channel, user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "com.apple.cachedaccounts.WarnOnCreate")]
    pub com_apple_cachedaccounts_warn_on_create: Option<bool>,
    /// Whether the user can choose not to be asked again at later logins; works only if `com.apple.cachedaccounts.WarnOnCreate` is `true`.
    ///
    /// `cachedaccounts.WarnOnCreate.allowNever` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, once per device, device channel, user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "cachedaccounts.WarnOnCreate.allowNever")]
    pub cachedaccounts_warn_on_create_allow_never: Option<bool>,
    /// Minimum age of a mobile account, in seconds, before the Mac tries to remove it automatically; `0` tries at the next login or logout, and `-1` never removes it.
    ///
    /// `cachedaccounts.expiry.delete.disusedSeconds` · integer · default `-1`
    ///
    /// `cachedaccounts.expiry.delete.disusedSeconds` must be -1 (never), 0 (at the next login or logout) or a number of seconds.
    ///
    /// Availability: macOS 10.7+, once per device, device channel, user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "cachedaccounts.expiry.delete.disusedSeconds")]
    pub cachedaccounts_expiry_delete_disused_seconds: Option<i64>,
    /// Whether the Mac skips the dialog for authorizing a secure token, which appears only on APFS volumes.
    ///
    /// `cachedaccounts.askForSecureTokenAuthBypass` · boolean · default `false`
    ///
    /// Availability: macOS 10.7+, once per device, device channel, user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "cachedaccounts.askForSecureTokenAuthBypass")]
    pub cachedaccounts_ask_for_secure_token_auth_bypass: Option<bool>,
    /// NTP server from which the Mac gets its time; since macOS 10.13, only one server is supported.
    ///
    /// `timeServer` · string
    ///
    /// `timeServer` must be the host name or IP address of a single NTP server.
    ///
    /// Availability: macOS 10.12.4+, once per device, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "timeServer")]
    pub time_server: Option<String>,
    /// Time zone, given as a path below `/usr/share/zoneinfo/`, such as `America/Denver` or `Zulu`.
    ///
    /// `timeZone` · string
    ///
    /// `timeZone` must be a path relative to /usr/share/zoneinfo/, such as Europe/Berlin or Zulu.
    ///
    /// Availability: macOS 10.12.4+, once per device, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "timeZone")]
    pub time_zone: Option<String>,
    /// Whether only an administrator can create a computer-to-computer network (IBSS).
    ///
    /// `RequireAdminForIBSS` · boolean · default `false`
    ///
    /// Availability: macOS 10.9+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "RequireAdminForIBSS")]
    pub require_admin_for_ibss: Option<bool>,
    /// Whether only an administrator can switch to another Wi-Fi network.
    ///
    /// `RequireAdminForAirPortNetworkChange` · boolean · default `false`
    ///
    /// Availability: macOS 10.9+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "RequireAdminForAirPortNetworkChange")]
    pub require_admin_for_air_port_network_change: Option<bool>,
    /// Whether only an administrator can turn Wi-Fi on or off.
    ///
    /// `RequireAdminToTurnAirPortOnOff` · boolean · default `false`
    ///
    /// Availability: macOS 10.9+, device channel, not on the user channel, not with user enrollment; not on iOS, tvOS, visionOS, watchOS.
    #[doc(alias = "RequireAdminToTurnAirPortOnOff")]
    pub require_admin_to_turn_air_port_on_off: Option<bool>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Default for Mcx {
    #[inline]
    fn default() -> Self {
        Self::empty()
    }
}
impl Record for Mcx {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::MCX, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.enable_guest_account),
            1 => Write::view(&self.disable_guest_account),
            2 => Write::view(&self.com_apple_energy_saver_desktop_ac_power),
            3 => Write::view(&self.com_apple_energy_saver_portable_ac_power),
            4 => Write::view(&self.com_apple_energy_saver_portable_battery_power),
            5 => Write::view(&self.com_apple_energy_saver_desktop_schedule),
            6 => Write::view(&self.sleep_disabled),
            7 => Write::view(&self.dont_allow_fde_disable),
            8 => Write::view(&self.dont_allow_fde_enable),
            9 => Write::view(&self.destroy_fv_key_on_standby),
            10 => Write::view(&self.com_apple_cachedaccounts_create_at_login),
            11 => Write::view(&self.com_apple_cachedaccounts_warn_on_create),
            12 => Write::view(&self.cachedaccounts_warn_on_create_allow_never),
            13 => Write::view(&self.cachedaccounts_expiry_delete_disused_seconds),
            14 => Write::view(&self.cachedaccounts_ask_for_secure_token_auth_bypass),
            15 => Write::view(&self.time_server),
            16 => Write::view(&self.time_zone),
            17 => Write::view(&self.require_admin_for_ibss),
            18 => Write::view(&self.require_admin_for_air_port_network_change),
            19 => Write::view(&self.require_admin_to_turn_air_port_on_off),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.enable_guest_account, r),
            1 => Read::fill(&mut self.disable_guest_account, r),
            2 => Read::fill(&mut self.com_apple_energy_saver_desktop_ac_power, r),
            3 => Read::fill(&mut self.com_apple_energy_saver_portable_ac_power, r),
            4 => Read::fill(&mut self.com_apple_energy_saver_portable_battery_power, r),
            5 => Read::fill(&mut self.com_apple_energy_saver_desktop_schedule, r),
            6 => Read::fill(&mut self.sleep_disabled, r),
            7 => Read::fill(&mut self.dont_allow_fde_disable, r),
            8 => Read::fill(&mut self.dont_allow_fde_enable, r),
            9 => Read::fill(&mut self.destroy_fv_key_on_standby, r),
            10 => Read::fill(&mut self.com_apple_cachedaccounts_create_at_login, r),
            11 => Read::fill(&mut self.com_apple_cachedaccounts_warn_on_create, r),
            12 => Read::fill(&mut self.cachedaccounts_warn_on_create_allow_never, r),
            13 => Read::fill(&mut self.cachedaccounts_expiry_delete_disused_seconds, r),
            14 => {
                Read::fill(&mut self.cachedaccounts_ask_for_secure_token_auth_bypass, r)
            }
            15 => Read::fill(&mut self.time_server, r),
            16 => Read::fill(&mut self.time_zone, r),
            17 => Read::fill(&mut self.require_admin_for_ibss, r),
            18 => Read::fill(&mut self.require_admin_for_air_port_network_change, r),
            19 => Read::fill(&mut self.require_admin_to_turn_air_port_on_off, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            enable_guest_account: None,
            disable_guest_account: None,
            com_apple_energy_saver_desktop_ac_power: None,
            com_apple_energy_saver_portable_ac_power: None,
            com_apple_energy_saver_portable_battery_power: None,
            com_apple_energy_saver_desktop_schedule: None,
            sleep_disabled: None,
            dont_allow_fde_disable: None,
            dont_allow_fde_enable: None,
            destroy_fv_key_on_standby: None,
            com_apple_cachedaccounts_create_at_login: None,
            com_apple_cachedaccounts_warn_on_create: None,
            cachedaccounts_warn_on_create_allow_never: None,
            cachedaccounts_expiry_delete_disused_seconds: None,
            cachedaccounts_ask_for_secure_token_auth_bypass: None,
            time_server: None,
            time_zone: None,
            require_admin_for_ibss: None,
            require_admin_for_air_port_network_change: None,
            require_admin_to_turn_air_port_on_off: None,
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(Mcx, plist);
impl Mcx {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(tables::MCX__ITEM.support);
}
impl Described for Mcx {
    const ITEM: &'static crate::schema::Item = &tables::MCX__ITEM;
}
impl crate::profiles::PayloadItem for Mcx {
    const PAYLOAD_TYPE: &'static str = "com.apple.MCX";
}
/// Types used in [`Mcx`].
pub mod mcx {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// Settings for desktop Macs.
    ///
    /// Key `com.apple.EnergySaver.desktop.ACPower` of [`profiles::Mcx`](super::Mcx)
    #[derive(Clone)]
    pub struct PowerSettings {
        /// Minutes of inactivity before the display sleeps; `0` means never.
        ///
        /// `Display Sleep Timer` · integer · 0 to 180
        #[doc(alias = "Display Sleep Timer")]
        pub display_sleep_timer: Option<i64>,
        /// Minutes of inactivity before the disks sleep; `0` means never.
        ///
        /// `Disk Sleep Timer` · integer · 0 to 180
        #[doc(alias = "Disk Sleep Timer")]
        pub disk_sleep_timer: Option<i64>,
        /// Minutes of inactivity before the Mac sleeps; `0` means never.
        ///
        /// `System Sleep Timer` · integer · 0 to 180
        #[doc(alias = "System Sleep Timer")]
        pub system_sleep_timer: Option<i64>,
        /// Whether the processor runs slower to save energy (`1`) or not (`0`), on Macs that support it.
        ///
        /// `Reduce Processor Speed` · integer
        ///
        /// - `0`: The processor runs at normal speed.
        /// - `1`: The processor runs slower to save energy.
        #[doc(alias = "Reduce Processor Speed")]
        pub reduce_processor_speed: Option<i64>,
        /// Whether the processor speed adapts to the load (`1`) or not (`0`), on Macs that support it.
        ///
        /// `Dynamic Power Step` · integer
        ///
        /// - `0`: The processor speed does not adapt to the load.
        /// - `1`: The processor speed adapts to the load.
        #[doc(alias = "Dynamic Power Step")]
        pub dynamic_power_step: Option<i64>,
        /// Whether network access wakes the Mac: `1` for yes, `0` for no.
        ///
        /// `Wake on LAN` · integer
        ///
        /// - `0`: Network access does not wake the Mac.
        /// - `1`: Network access wakes the Mac.
        #[doc(alias = "Wake on LAN")]
        pub wake_on_lan: Option<i64>,
        /// Whether a modem call wakes the Mac: `1` for yes, `0` for no.
        ///
        /// `Wake On Modem Ring` · integer
        ///
        /// - `0`: A modem call does not wake the Mac.
        /// - `1`: A modem call wakes the Mac.
        #[doc(alias = "Wake On Modem Ring")]
        pub wake_on_modem_ring: Option<i64>,
        /// Whether the Mac restarts automatically after a power failure: `1` for yes, `0` for no.
        ///
        /// `Automatic Restart On Power Loss` · integer
        ///
        /// - `0`: The Mac stays off after a power failure.
        /// - `1`: The Mac starts automatically when power returns.
        #[doc(alias = "Automatic Restart On Power Loss")]
        pub automatic_restart_on_power_loss: Option<i64>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Default for PowerSettings {
        #[inline]
        fn default() -> Self {
            Self::empty()
        }
    }
    impl Record for PowerSettings {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::MCX_POWER_SETTINGS, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.display_sleep_timer),
                1 => Write::view(&self.disk_sleep_timer),
                2 => Write::view(&self.system_sleep_timer),
                3 => Write::view(&self.reduce_processor_speed),
                4 => Write::view(&self.dynamic_power_step),
                5 => Write::view(&self.wake_on_lan),
                6 => Write::view(&self.wake_on_modem_ring),
                7 => Write::view(&self.automatic_restart_on_power_loss),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.display_sleep_timer, r),
                1 => Read::fill(&mut self.disk_sleep_timer, r),
                2 => Read::fill(&mut self.system_sleep_timer, r),
                3 => Read::fill(&mut self.reduce_processor_speed, r),
                4 => Read::fill(&mut self.dynamic_power_step, r),
                5 => Read::fill(&mut self.wake_on_lan, r),
                6 => Read::fill(&mut self.wake_on_modem_ring, r),
                7 => Read::fill(&mut self.automatic_restart_on_power_loss, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                display_sleep_timer: None,
                disk_sleep_timer: None,
                system_sleep_timer: None,
                reduce_processor_speed: None,
                dynamic_power_step: None,
                wake_on_lan: None,
                wake_on_modem_ring: None,
                automatic_restart_on_power_loss: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(PowerSettings, plist);
    /// Times at which the Mac turns on and off automatically.
    ///
    /// Key `com.apple.EnergySaver.desktop.Schedule` of [`profiles::Mcx`](super::Mcx)
    #[derive(Clone)]
    pub struct EnergySaverSchedule {
        /// When the Mac turns on.
        ///
        /// `RepeatingPowerOn` · dictionary
        #[doc(alias = "RepeatingPowerOn")]
        pub repeating_power_on: Option<RepeatingPowerItem>,
        /// When the Mac turns off.
        ///
        /// `RepeatingPowerOff` · dictionary
        #[doc(alias = "RepeatingPowerOff")]
        pub repeating_power_off: Option<RepeatingPowerItem>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Default for EnergySaverSchedule {
        #[inline]
        fn default() -> Self {
            Self::empty()
        }
    }
    impl Record for EnergySaverSchedule {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::MCX_ENERGY_SAVER_SCHEDULE, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.repeating_power_on),
                1 => Write::view(&self.repeating_power_off),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.repeating_power_on, r),
                1 => Read::fill(&mut self.repeating_power_off, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                repeating_power_on: None,
                repeating_power_off: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(EnergySaverSchedule, plist);
    /// When the Mac turns on.
    ///
    /// Key `com.apple.EnergySaver.desktop.Schedule.RepeatingPowerOn` of [`profiles::Mcx`](super::Mcx)
    #[derive(Clone)]
    pub struct RepeatingPowerItem {
        /// What happens at the scheduled time; `wakepoweron` wakes the Mac if it is asleep and starts it if it is off.
        ///
        /// `eventtype` · string
        ///
        /// - `RepeatingPowerOn` is meant to turn the computer on, which sleep, shutdown and restart don't do.
        /// - `RepeatingPowerOff` is meant to turn the computer off, which wake, poweron and wakepoweron don't do.
        pub eventtype: Eventtype,
        /// Days on which the event happens, as a sum: `1` for Monday, `2` for Tuesday, `4` for Wednesday, `8` for Thursday, `16` for Friday, `32` for Saturday and `64` for Sunday.
        ///
        /// `weekdays` · integer
        ///
        /// weekdays must be a sum of the bits of one or more days, so it lies between 1 and 127.
        pub weekdays: Option<i64>,
        /// Time of day, in minutes after midnight.
        ///
        /// `time` · integer
        ///
        /// time is a number of minutes since midnight, so it must be between 0 and 1439.
        pub time: Option<i64>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl RepeatingPowerItem {
        /// Creates a `RepeatingPowerItem` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(eventtype: Eventtype) -> Self {
            Self {
                eventtype,
                weekdays: None,
                time: None,
                extra: Extra::new(),
            }
        }
    }
    impl Record for RepeatingPowerItem {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::MCX_REPEATING_POWER_ITEM, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.eventtype),
                1 => Write::view(&self.weekdays),
                2 => Write::view(&self.time),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.eventtype, r),
                1 => Read::fill(&mut self.weekdays, r),
                2 => Read::fill(&mut self.time, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                eventtype: Read::blank(),
                weekdays: None,
                time: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(RepeatingPowerItem, plist);
    /// Possible values of `eventtype`. What happens at the scheduled time; `wakepoweron` wakes the Mac if it is asleep and starts it if it is off.
    ///
    /// Key `com.apple.EnergySaver.desktop.Schedule.RepeatingPowerOn.eventtype` of [`profiles::Mcx`](super::Mcx)
    #[derive(Clone, Debug, PartialEq, Hash)]
    #[non_exhaustive]
    pub enum Eventtype {
        /// `wake`: Wakes the Mac.
        Wake,
        /// `poweron`: Starts the Mac.
        Poweron,
        /// `wakepoweron`: Wakes or starts the Mac.
        Wakepoweron,
        /// `sleep`
        Sleep,
        /// `shutdown`
        Shutdown,
        /// `restart`
        Restart,
        /// A value that the schema does not define.
        Unrecognized(String),
    }
    impl Eventtype {
        /// The values that the schema defines, in the order of the schema.
        pub const KNOWN: &'static [&'static str] = &[
            "wake",
            "poweron",
            "wakepoweron",
            "sleep",
            "shutdown",
            "restart",
        ];
        /// Returns the value as it appears in documents.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::Wake => "wake",
                Self::Poweron => "poweron",
                Self::Wakepoweron => "wakepoweron",
                Self::Sleep => "sleep",
                Self::Shutdown => "shutdown",
                Self::Restart => "restart",
                Self::Unrecognized(value) => value,
            }
        }
    }
    impl From<&str> for Eventtype {
        fn from(value: &str) -> Self {
            match value {
                "wake" => Self::Wake,
                "poweron" => Self::Poweron,
                "wakepoweron" => Self::Wakepoweron,
                "sleep" => Self::Sleep,
                "shutdown" => Self::Shutdown,
                "restart" => Self::Restart,
                _ => Self::Unrecognized(value.to_owned()),
            }
        }
    }
    crate::generated_enum!(Eventtype);
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&MCX__ITEM];
    pub static MCX: Dict = Dict {
        name: "Mcx",
        keys: &[
            Key {
                name: "EnableGuestAccount",
                kind: Kind::Boolean,
                field: "enable_guest_account",
                default: Some(Literal::Boolean(false)),
                description: "Whether the guest account is enabled.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "DisableGuestAccount",
                kind: Kind::Boolean,
                field: "disable_guest_account",
                default: Some(Literal::Boolean(false)),
                description: "Whether the guest account is disabled; ignored if `EnableGuestAccount` is `true`.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "com.apple.EnergySaver.desktop.ACPower",
                kind: Kind::Dictionary(&MCX_POWER_SETTINGS),
                field: "com_apple_energy_saver_desktop_ac_power",
                description: "Settings for desktop Macs.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "com.apple.EnergySaver.portable.ACPower",
                kind: Kind::Dictionary(&MCX_POWER_SETTINGS),
                field: "com_apple_energy_saver_portable_ac_power",
                description: "Settings for Mac laptops on AC power.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "com.apple.EnergySaver.portable.BatteryPower",
                kind: Kind::Dictionary(&MCX_POWER_SETTINGS),
                field: "com_apple_energy_saver_portable_battery_power",
                description: "Settings for Mac laptops on battery power.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "com.apple.EnergySaver.desktop.Schedule",
                kind: Kind::Dictionary(&MCX_ENERGY_SAVER_SCHEDULE),
                field: "com_apple_energy_saver_desktop_schedule",
                description: "Times at which the Mac turns on and off automatically.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "SleepDisabled",
                kind: Kind::Boolean,
                field: "sleep_disabled",
                default: Some(Literal::Boolean(false)),
                description: "Whether sleep is completely disabled on the Mac.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "dontAllowFDEDisable",
                kind: Kind::Boolean,
                field: "dont_allow_fde_disable",
                default: Some(Literal::Boolean(false)),
                description: "Whether users are prevented from turning FileVault off.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "dontAllowFDEEnable",
                kind: Kind::Boolean,
                field: "dont_allow_fde_enable",
                default: Some(Literal::Boolean(false)),
                description: "Whether users are prevented from turning FileVault on.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "DestroyFVKeyOnStandby",
                kind: Kind::Boolean,
                field: "destroy_fv_key_on_standby",
                default: Some(Literal::Boolean(false)),
                description: "Whether the FileVault key is discarded rather than stored across restarts.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 10, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "com.apple.cachedaccounts.CreateAtLogin",
                kind: Kind::Boolean,
                field: "com_apple_cachedaccounts_create_at_login",
                default: Some(Literal::Boolean(false)),
                description: "Whether a mobile account is created when a network user logs in.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(true)),
                    (Os::Macos, Fact::Supervised(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "com.apple.cachedaccounts.WarnOnCreate",
                kind: Kind::Boolean,
                field: "com_apple_cachedaccounts_warn_on_create",
                default: Some(Literal::Boolean(false)),
                description: "Whether the user is asked before the mobile account is created and may decline.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(true)),
                    (Os::Macos, Fact::Supervised(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "cachedaccounts.WarnOnCreate.allowNever",
                kind: Kind::Boolean,
                field: "cachedaccounts_warn_on_create_allow_never",
                default: Some(Literal::Boolean(false)),
                description: "Whether the user can choose not to be asked again at later logins; works only if `com.apple.cachedaccounts.WarnOnCreate` is `true`.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(true)),
                    (Os::Macos, Fact::Supervised(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "cachedaccounts.expiry.delete.disusedSeconds",
                kind: Kind::Integer,
                field: "cachedaccounts_expiry_delete_disused_seconds",
                default: Some(Literal::Integer(-1)),
                description: "Minimum age of a mobile account, in seconds, before the Mac tries to remove it automatically; `0` tries at the next login or logout, and `-1` never removes it.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(true)),
                    (Os::Macos, Fact::Supervised(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "cachedaccounts.askForSecureTokenAuthBypass",
                kind: Kind::Boolean,
                field: "cachedaccounts_ask_for_secure_token_auth_bypass",
                default: Some(Literal::Boolean(false)),
                description: "Whether the Mac skips the dialog for authorizing a secure token, which appears only on APFS volumes.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(true)),
                    (Os::Macos, Fact::Supervised(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "timeServer",
                kind: Kind::String,
                field: "time_server",
                description: "NTP server from which the Mac gets its time; since macOS 10.13, only one server is supported.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 12, 4))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "timeZone",
                kind: Kind::String,
                field: "time_zone",
                description: "Time zone, given as a path below `/usr/share/zoneinfo/`, such as `America/Denver` or `Zulu`.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 12, 4))),
                    (Os::Macos, Fact::Multiple(false)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "RequireAdminForIBSS",
                kind: Kind::Boolean,
                field: "require_admin_for_ibss",
                default: Some(Literal::Boolean(false)),
                description: "Whether only an administrator can create a computer-to-computer network (IBSS).",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 9, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "RequireAdminForAirPortNetworkChange",
                kind: Kind::Boolean,
                field: "require_admin_for_air_port_network_change",
                default: Some(Literal::Boolean(false)),
                description: "Whether only an administrator can switch to another Wi-Fi network.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 9, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "RequireAdminToTurnAirPortOnOff",
                kind: Kind::Boolean,
                field: "require_admin_to_turn_air_port_on_off",
                default: Some(Literal::Boolean(false)),
                description: "Whether only an administrator can turn Wi-Fi on or off.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 9, 0))),
                    (Os::Macos, Fact::Multiple(true)),
                    (Os::Macos, Fact::DeviceChannel(true)),
                    (Os::Macos, Fact::UserChannel(false)),
                    (Os::Macos, Fact::RequiresDep(false)),
                    (Os::Macos, Fact::UserApprovedMdm(false)),
                    (Os::Macos, Fact::AllowManualInstall(true)),
                    (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
        ],
        by_length: &[
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[16],
            &[],
            &[15],
            &[],
            &[],
            &[6],
            &[],
            &[],
            &[],
            &[],
            &[0, 8],
            &[1, 7, 17],
            &[],
            &[9],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[19],
            &[],
            &[],
            &[],
            &[],
            &[18],
            &[],
            &[2, 11],
            &[3, 5, 10, 12],
            &[],
            &[],
            &[],
            &[14],
            &[4, 13],
        ],
        plain: true,
        rules: &[
            Rule {
                check: Check::Value {
                    key: &[Step::Key("DisableGuestAccount")],
                    needs: ValueConstraint::Not(&[Literal::Boolean(true)]),
                },
                says: "If EnableGuestAccount is true, DisableGuestAccount has no effect.",
                source: "content of DisableGuestAccount",
                when: &[
                    Condition::In(
                        &[Step::Key("EnableGuestAccount")],
                        &[Literal::Boolean(true)],
                        Some(Literal::Boolean(false)),
                    ),
                ],
                severity: Severity::Warning,
                triggers: &[1],
            },
            Rule {
                check: Check::Value {
                    key: &[
                        Step::Key("com.apple.EnergySaver.desktop.Schedule"),
                        Step::Key("RepeatingPowerOn"),
                        Step::Key("eventtype"),
                    ],
                    needs: ValueConstraint::Not(
                        &[
                            Literal::String("sleep"),
                            Literal::String("shutdown"),
                            Literal::String("restart"),
                        ],
                    ),
                },
                says: "RepeatingPowerOn is meant to turn the computer on, which sleep, shutdown and restart don't do.",
                source: "content of RepeatingPowerOn",
                severity: Severity::Warning,
                triggers: &[5],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Value {
                    key: &[
                        Step::Key("com.apple.EnergySaver.desktop.Schedule"),
                        Step::Key("RepeatingPowerOff"),
                        Step::Key("eventtype"),
                    ],
                    needs: ValueConstraint::Not(
                        &[
                            Literal::String("wake"),
                            Literal::String("poweron"),
                            Literal::String("wakepoweron"),
                        ],
                    ),
                },
                says: "RepeatingPowerOff is meant to turn the computer off, which wake, poweron and wakepoweron don't do.",
                source: "content of RepeatingPowerOff",
                severity: Severity::Warning,
                triggers: &[5],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Value {
                    key: &[Step::Key("cachedaccounts.WarnOnCreate.allowNever")],
                    needs: ValueConstraint::Not(&[Literal::Boolean(true)]),
                },
                says: "cachedaccounts.WarnOnCreate.allowNever can be true only if com.apple.cachedaccounts.WarnOnCreate is true.",
                source: "content of cachedaccounts.WarnOnCreate.allowNever",
                when: &[
                    Condition::In(
                        &[Step::Key("com.apple.cachedaccounts.WarnOnCreate")],
                        &[Literal::Boolean(false)],
                        Some(Literal::Boolean(false)),
                    ),
                ],
                triggers: &[12],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Excludes {
                    keys: &[&[Step::Key("cachedaccounts.WarnOnCreate.allowNever")]],
                },
                says: "Unless com.apple.cachedaccounts.WarnOnCreate is true, cachedaccounts.WarnOnCreate.allowNever has no effect.",
                source: "content of cachedaccounts.WarnOnCreate.allowNever",
                when: &[
                    Condition::In(
                        &[Step::Key("com.apple.cachedaccounts.WarnOnCreate")],
                        &[Literal::Boolean(false)],
                        Some(Literal::Boolean(false)),
                    ),
                    Condition::In(
                        &[Step::Key("cachedaccounts.WarnOnCreate.allowNever")],
                        &[Literal::Boolean(false)],
                        Some(Literal::Boolean(false)),
                    ),
                ],
                severity: Severity::Warning,
                triggers: &[12],
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("cachedaccounts.expiry.delete.disusedSeconds")],
                    min: Some(-1.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "cachedaccounts.expiry.delete.disusedSeconds must be -1 (never), 0 (at the next login or logout) or a number of seconds.",
                source: "content of cachedaccounts.expiry.delete.disusedSeconds",
                triggers: &[13],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("timeServer")],
                    test: TextTest::Format(TextFormat::Hostname),
                    not: false,
                },
                says: "timeServer must be the host name or IP address of a single NTP server.",
                source: "content of timeServer",
                triggers: &[15],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("timeZone")],
                    test: TextTest::Pattern("[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"),
                    not: false,
                },
                says: "timeZone must be a path relative to /usr/share/zoneinfo/, such as Europe/Berlin or Zulu.",
                source: "content of timeZone",
                triggers: &[16],
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static MCX_POWER_SETTINGS: Dict = Dict {
        name: "PowerSettings",
        keys: &[
            Key {
                name: "Display Sleep Timer",
                kind: Kind::Integer,
                field: "display_sleep_timer",
                description: "Minutes of inactivity before the display sleeps; `0` means never.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(180)),
                        ..KeyDetails::EMPTY
                    },
                ),
                ..Key::EMPTY
            },
            Key {
                name: "Disk Sleep Timer",
                kind: Kind::Integer,
                field: "disk_sleep_timer",
                description: "Minutes of inactivity before the disks sleep; `0` means never.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(180)),
                        ..KeyDetails::EMPTY
                    },
                ),
                ..Key::EMPTY
            },
            Key {
                name: "System Sleep Timer",
                kind: Kind::Integer,
                field: "system_sleep_timer",
                description: "Minutes of inactivity before the Mac sleeps; `0` means never.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(180)),
                        ..KeyDetails::EMPTY
                    },
                ),
                ..Key::EMPTY
            },
            Key {
                name: "Reduce Processor Speed",
                kind: Kind::Integer,
                field: "reduce_processor_speed",
                choices: &[
                    Choice {
                        value: Literal::Integer(0),
                        description: "The processor runs at normal speed.",
                        ..Choice::EMPTY
                    },
                    Choice {
                        value: Literal::Integer(1),
                        description: "The processor runs slower to save energy.",
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                description: "Whether the processor runs slower to save energy (`1`) or not (`0`), on Macs that support it.",
                ..Key::EMPTY
            },
            Key {
                name: "Dynamic Power Step",
                kind: Kind::Integer,
                field: "dynamic_power_step",
                choices: &[
                    Choice {
                        value: Literal::Integer(0),
                        description: "The processor speed does not adapt to the load.",
                        ..Choice::EMPTY
                    },
                    Choice {
                        value: Literal::Integer(1),
                        description: "The processor speed adapts to the load.",
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                description: "Whether the processor speed adapts to the load (`1`) or not (`0`), on Macs that support it.",
                ..Key::EMPTY
            },
            Key {
                name: "Wake on LAN",
                kind: Kind::Integer,
                field: "wake_on_lan",
                choices: &[
                    Choice {
                        value: Literal::Integer(0),
                        description: "Network access does not wake the Mac.",
                        ..Choice::EMPTY
                    },
                    Choice {
                        value: Literal::Integer(1),
                        description: "Network access wakes the Mac.",
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                description: "Whether network access wakes the Mac: `1` for yes, `0` for no.",
                ..Key::EMPTY
            },
            Key {
                name: "Wake On Modem Ring",
                kind: Kind::Integer,
                field: "wake_on_modem_ring",
                choices: &[
                    Choice {
                        value: Literal::Integer(0),
                        description: "A modem call does not wake the Mac.",
                        ..Choice::EMPTY
                    },
                    Choice {
                        value: Literal::Integer(1),
                        description: "A modem call wakes the Mac.",
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                description: "Whether a modem call wakes the Mac: `1` for yes, `0` for no.",
                ..Key::EMPTY
            },
            Key {
                name: "Automatic Restart On Power Loss",
                kind: Kind::Integer,
                field: "automatic_restart_on_power_loss",
                choices: &[
                    Choice {
                        value: Literal::Integer(0),
                        description: "The Mac stays off after a power failure.",
                        ..Choice::EMPTY
                    },
                    Choice {
                        value: Literal::Integer(1),
                        description: "The Mac starts automatically when power returns.",
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                description: "Whether the Mac restarts automatically after a power failure: `1` for yes, `0` for no.",
                ..Key::EMPTY
            },
        ],
        plain: true,
        ..Dict::EMPTY
    };
    pub static MCX_ENERGY_SAVER_SCHEDULE: Dict = Dict {
        name: "EnergySaverSchedule",
        keys: &[
            Key {
                name: "RepeatingPowerOn",
                kind: Kind::Dictionary(&MCX_REPEATING_POWER_ITEM),
                field: "repeating_power_on",
                description: "When the Mac turns on.",
                ..Key::EMPTY
            },
            Key {
                name: "RepeatingPowerOff",
                kind: Kind::Dictionary(&MCX_REPEATING_POWER_ITEM),
                field: "repeating_power_off",
                description: "When the Mac turns off.",
                ..Key::EMPTY
            },
        ],
        plain: true,
        ..Dict::EMPTY
    };
    pub static MCX_REPEATING_POWER_ITEM: Dict = Dict {
        name: "RepeatingPowerItem",
        keys: &[
            Key {
                name: "eventtype",
                kind: Kind::String,
                field: "eventtype",
                required: true,
                choices: &MCX_EVENTTYPE,
                closed: true,
                description: "What happens at the scheduled time; `wakepoweron` wakes the Mac if it is asleep and starts it if it is off.",
                ..Key::EMPTY
            },
            Key {
                name: "weekdays",
                kind: Kind::Integer,
                field: "weekdays",
                description: "Days on which the event happens, as a sum: `1` for Monday, `2` for Tuesday, `4` for Wednesday, `8` for Thursday, `16` for Friday, `32` for Saturday and `64` for Sunday.",
                ..Key::EMPTY
            },
            Key {
                name: "time",
                kind: Kind::Integer,
                field: "time",
                description: "Time of day, in minutes after midnight.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        rules: &[
            Rule {
                check: Check::Number {
                    key: &[Step::Key("weekdays")],
                    min: Some(1.0),
                    max: Some(127.0),
                    step: None,
                    not: &[],
                },
                says: "weekdays must be a sum of the bits of one or more days, so it lies between 1 and 127.",
                source: "content of weekdays",
                triggers: &[1],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("time")],
                    min: Some(0.0),
                    max: Some(1439.0),
                    step: None,
                    not: &[],
                },
                says: "time is a number of minutes since midnight, so it must be between 0 and 1439.",
                source: "content of time",
                triggers: &[2],
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static MCX_EVENTTYPE: [Choice; 6] = [
        Choice {
            value: Literal::String("wake"),
            description: "Wakes the Mac.",
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("poweron"),
            description: "Starts the Mac.",
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("wakepoweron"),
            description: "Wakes or starts the Mac.",
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("sleep"),
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("shutdown"),
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("restart"),
            ..Choice::EMPTY
        },
    ];
    pub static MCX__ITEM: Item = Item {
        family: Family::Profile,
        name: "com.apple.MCX",
        rust: "Mcx",
        title: "Accounts, Energy Saver, FDE FileVault Options, Mobile Accounts, Time Server, Wi-Fi Managed Settings",
        files: &[
            "mdm/profiles/com.apple.MCX(Accounts).yaml",
            "mdm/profiles/com.apple.MCX(EnergySaver).yaml",
            "mdm/profiles/com.apple.MCX(FileVault2).yaml",
            "mdm/profiles/com.apple.MCX(Mobility).yaml",
            "mdm/profiles/com.apple.MCX(TimeServer).yaml",
            "mdm/profiles/com.apple.MCX(WiFi).yaml",
        ],
        support: &[
            (Os::Ios, Fact::NotAvailable),
            (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
            (Os::Macos, Fact::DeviceChannel(true)),
            (Os::Macos, Fact::RequiresDep(false)),
            (Os::Macos, Fact::UserApprovedMdm(false)),
            (Os::Macos, Fact::AllowManualInstall(true)),
            (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::NotAvailable),
            (Os::Watchos, Fact::NotAvailable),
        ],
        description: "Turns the guest account of a Mac on or off.\n\nSets when a Mac, its display and its disks sleep, and when the Mac turns on and off on a schedule.\n\nRestricts whether users can turn FileVault on or off, and where its key is stored; to turn FileVault on, use the `com.apple.MCX.FileVault2` payload type.\n\nControls when a Mac creates mobile accounts for network users and when it removes them.\n\nSets the time server and time zone of a Mac. If several such profiles are installed, the one installed last applies; removing it does not restore the previous settings.\n\nRequires an administrator for changes to a Mac's Wi-Fi.",
        keys: Some(&MCX),
        ..Item::EMPTY
    };
}
