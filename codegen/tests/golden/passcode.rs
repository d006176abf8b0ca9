#[allow(unused_imports)]
use crate::generated::*;
/// The settings of a payload in a profile. `PayloadType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// `com.apple.mobiledevice.passwordpolicy`: Requires a passcode and sets the rules for it.
    Passcode(Box<Passcode>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<Passcode> for Payload {
    #[inline]
    fn from(item: Passcode) -> Self {
        Self::Passcode(Box::new(item))
    }
}
impl Selected<Passcode> for Payload {
    #[inline]
    fn selected(&self) -> Option<&Passcode> {
        if let Self::Passcode(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Payload {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["com.apple.mobiledevice.passwordpolicy"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::Passcode(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::Passcode(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::Passcode(item) => Some((&**item, Passcode::ITEM)),
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
/// Requires a passcode and sets the rules for it.
///
/// With user enrollment, most keys are ignored, and the payload requires a passcode of six characters that is not simple.
///
/// Payload type `com.apple.mobiledevice.passwordpolicy` · Apple's schema: [`com.apple.mobiledevice.passwordpolicy.yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.mobiledevice.passwordpolicy.yaml)
///
/// # Availability
///
/// | OS | Since | Deprecated |
/// | --- | --- | --- |
/// | iOS | 4.0 | 27.0 |
/// | macOS | 10.7 | 27.0 |
/// | visionOS | 2.0 | 27.0 |
/// | watchOS | 10.0 | 27.0 |
///
/// - Channel: device and user (macOS)
/// - User enrollment: allowed (iOS, visionOS); not allowed (macOS)
/// - Shared iPad: not allowed (iOS)
/// - Installation: by MDM or manually
/// - Multiple payloads on a device: allowed
///
/// # Rules
///
/// - `minutesUntilFailedLoginReset` requires `maxFailedAttempts`.
///
/// # Example
///
/// ```
/// use apple_mdm::profiles::{Passcode, PayloadEntry, passcode};
///
/// let payload = Passcode {
///     force_pin: Some(true),
///     max_failed_attempts: Some(10),
///     min_length: Some(8),
///     custom_regex: Some(passcode::CustomRegex {
///         password_content_description: Some([
///             ("de".into(), "Mindestens eine Ziffer".into()),
///             ("default".into(), "At least one digit".into()),
///         ].into()),
///         ..passcode::CustomRegex::new("^(?=.*[0-9]).+$")
///     }),
///     ..Default::default()
/// };
/// let entry = PayloadEntry::new(
///     "com.example.passcode",
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
///   <string>com.apple.mobiledevice.passwordpolicy</string>
///   <key>forcePIN</key>
///   <true/>
///   <key>maxFailedAttempts</key>
///   <integer>10</integer>
///   <key>minLength</key>
///   <integer>8</integer>
///   <key>customRegex</key>
///   <dict>
///     <key>passwordContentRegex</key>
///     <string>^(?=.*[0-9]).+$</string>
///     <key>passwordContentDescription</key>
///     <dict>
///       <key>de</key>
///       <string>Mindestens eine Ziffer</string>
///       <key>default</key>
///       <string>At least one digit</string>
///     </dict>
///   </dict>
///   <key>PayloadIdentifier</key>
///   <string>com.example.passcode</string>
///   <key>PayloadUUID</key>
///   <string>5E1B6F0E-9F0B-4C53-8C4B-3F6B0E1E7A01</string>
///   <key>PayloadVersion</key>
///   <integer>1</integer>
/// </dict>
/// ```
#[doc(alias = "com.apple.mobiledevice.passwordpolicy")]
#[derive(Clone)]
pub struct Passcode {
    /// Whether the passcode can be simple, that is, consist of repeated, ascending or descending characters, such as `1111` or `CBA`.
    ///
    /// `allowSimple` · boolean · default `true`
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "allowSimple")]
    pub allow_simple: Option<bool>,
    /// Whether the user must set a passcode.
    ///
    /// `forcePIN` · boolean · default `false`
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "forcePIN")]
    pub force_pin: Option<bool>,
    /// The number of failed passcode attempts before the device is erased or, on a Mac, locked. After the sixth attempt, there is a delay that increases with each attempt; on a Mac, `minutesUntilFailedLoginReset` sets the delay.
    ///
    /// `maxFailedAttempts` · integer · default `11` · 2 to 11
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "maxFailedAttempts")]
    pub max_failed_attempts: Option<i64>,
    /// The maximum idle time, in minutes, before the device locks; the user can choose a shorter time. On a Mac, it applies to the screen saver and can be at most 60 minutes.
    ///
    /// `maxInactivity` · integer · 0 to 60
    ///
    /// iOS, visionOS, watchOS: `maxInactivity` can be at most 15 minutes; only macOS allows up to 60.
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "maxInactivity")]
    pub max_inactivity: Option<i64>,
    /// The number of days after which the user must choose a new passcode.
    ///
    /// `maxPINAgeInDays` · integer · 1 to 730
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "maxPINAgeInDays")]
    pub max_pin_age_in_days: Option<i64>,
    /// The minimum number of characters in a passcode that are neither letters nor digits, such as `&` or `#`.
    ///
    /// `minComplexChars` · integer · default `0` · 0 to 4
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; not on watchOS; otherwise inherited.
    #[doc(alias = "minComplexChars")]
    pub min_complex_chars: Option<i64>,
    /// The minimum length of a passcode, in characters, independent of `minComplexChars`.
    ///
    /// `minLength` · integer · default `0` · 0 to 16
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "minLength")]
    pub min_length: Option<i64>,
    /// Whether a passcode must contain letters and cannot consist only of digits.
    ///
    /// `requireAlphanumeric` · boolean · default `false`
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; not on watchOS; otherwise inherited.
    #[doc(alias = "requireAlphanumeric")]
    pub require_alphanumeric: Option<bool>,
    /// The number of previous passcodes that cannot be reused.
    ///
    /// `pinHistory` · integer · 1 to 50
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "pinHistory")]
    pub pin_history: Option<i64>,
    /// The maximum time, in minutes, after locking during which the device can be unlocked without the passcode; with `0`, the passcode is required immediately.
    ///
    /// `maxGracePeriod` · integer · default `0`
    ///
    /// `maxGracePeriod` is a number of minutes, so it can't be negative.
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "maxGracePeriod")]
    pub max_grace_period: Option<i64>,
    /// The number of minutes after which a Mac that was locked after `maxFailedAttempts` failed logins accepts logins again; has an effect only if that key is set.
    ///
    /// `minutesUntilFailedLoginReset` · integer
    ///
    /// `minutesUntilFailedLoginReset` is a number of minutes, so it can't be negative.
    ///
    /// Availability: macOS 10.10+, no effect with user enrollment; not on iOS, visionOS, watchOS.
    #[doc(alias = "minutesUntilFailedLoginReset")]
    pub minutes_until_failed_login_reset: Option<i64>,
    /// Whether users must choose a new password the next time they log in. In a device profile, this applies to all users, including administrators.
    ///
    /// `changeAtNextAuth` · boolean · default `false`
    ///
    /// Availability: macOS 10.13+, no effect with user enrollment; not on iOS, visionOS, watchOS.
    #[doc(alias = "changeAtNextAuth")]
    pub change_at_next_auth: Option<bool>,
    /// A regular expression that passwords must match, and a description of it; for rules that the other keys cannot express.
    ///
    /// `customRegex` · dictionary
    ///
    /// Availability: macOS 14.0+; not on iOS, visionOS, watchOS.
    #[doc(alias = "customRegex")]
    pub custom_regex: Option<passcode::CustomRegex>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Default for Passcode {
    #[inline]
    fn default() -> Self {
        Self::empty()
    }
}
impl Record for Passcode {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::PASSCODE, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.allow_simple),
            1 => Write::view(&self.force_pin),
            2 => Write::view(&self.max_failed_attempts),
            3 => Write::view(&self.max_inactivity),
            4 => Write::view(&self.max_pin_age_in_days),
            5 => Write::view(&self.min_complex_chars),
            6 => Write::view(&self.min_length),
            7 => Write::view(&self.require_alphanumeric),
            8 => Write::view(&self.pin_history),
            9 => Write::view(&self.max_grace_period),
            10 => Write::view(&self.minutes_until_failed_login_reset),
            11 => Write::view(&self.change_at_next_auth),
            12 => Write::view(&self.custom_regex),
            _ => View::Absent,
        }
    }
    fn present(&self) -> Option<Indices> {
        Some(
            Indices::of(
                &[
                    self.allow_simple.is_some(),
                    self.force_pin.is_some(),
                    self.max_failed_attempts.is_some(),
                    self.max_inactivity.is_some(),
                    self.max_pin_age_in_days.is_some(),
                    self.min_complex_chars.is_some(),
                    self.min_length.is_some(),
                    self.require_alphanumeric.is_some(),
                    self.pin_history.is_some(),
                    self.max_grace_period.is_some(),
                    self.minutes_until_failed_login_reset.is_some(),
                    self.change_at_next_auth.is_some(),
                    self.custom_regex.is_some(),
                ],
            ),
        )
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.allow_simple, r),
            1 => Read::fill(&mut self.force_pin, r),
            2 => Read::fill(&mut self.max_failed_attempts, r),
            3 => Read::fill(&mut self.max_inactivity, r),
            4 => Read::fill(&mut self.max_pin_age_in_days, r),
            5 => Read::fill(&mut self.min_complex_chars, r),
            6 => Read::fill(&mut self.min_length, r),
            7 => Read::fill(&mut self.require_alphanumeric, r),
            8 => Read::fill(&mut self.pin_history, r),
            9 => Read::fill(&mut self.max_grace_period, r),
            10 => Read::fill(&mut self.minutes_until_failed_login_reset, r),
            11 => Read::fill(&mut self.change_at_next_auth, r),
            12 => Read::fill(&mut self.custom_regex, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            extra: Extra::new(),
            allow_simple: None,
            force_pin: None,
            max_failed_attempts: None,
            max_inactivity: None,
            max_pin_age_in_days: None,
            min_complex_chars: None,
            min_length: None,
            require_alphanumeric: None,
            pin_history: None,
            max_grace_period: None,
            minutes_until_failed_login_reset: None,
            change_at_next_auth: None,
            custom_regex: None,
        }
    }
}
crate::generated_record!(Passcode, plist);
impl Passcode {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::PASSCODE__ITEM.support,
    );
}
impl Described for Passcode {
    const ITEM: &'static crate::schema::Item = &tables::PASSCODE__ITEM;
}
impl crate::profiles::PayloadItem for Passcode {
    const PAYLOAD_TYPE: &'static str = "com.apple.mobiledevice.passwordpolicy";
}
/// Types used in [`Passcode`].
pub mod passcode {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// A regular expression that passwords must match, and a description of it; for rules that the other keys cannot express.
    ///
    /// Key `customRegex` of [`profiles::Passcode`](super::Passcode)
    #[derive(Clone)]
    pub struct CustomRegex {
        /// The regular expression in ICU syntax, up to 2048 characters.
        ///
        /// `passwordContentRegex` · string
        ///
        /// - `passwordContentRegex` must be a regular expression in ICU syntax.
        /// - `passwordContentRegex` can have at most 2048 characters.
        #[doc(alias = "passwordContentRegex")]
        pub password_content_regex: String,
        /// Description of the regular expression's requirements, by language ID such as `en-US`; `default` is used for all other languages.
        ///
        /// `passwordContentDescription` · dictionary of strings with arbitrary keys
        ///
        /// Each key of `passwordContentDescription` must be a language tag, such as en-US, or default.
        #[doc(alias = "passwordContentDescription")]
        pub password_content_description: Option<BTreeMap<String, String>>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl CustomRegex {
        /// Creates a `CustomRegex` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(password_content_regex: impl Into<String>) -> Self {
            Self {
                password_content_regex: password_content_regex.into(),
                password_content_description: None,
                extra: Extra::new(),
            }
        }
    }
    impl Record for CustomRegex {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::PASSCODE_CUSTOM_REGEX, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.password_content_regex),
                1 => Write::view(&self.password_content_description),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.password_content_regex, r),
                1 => Read::fill(&mut self.password_content_description, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                extra: Extra::new(),
                password_content_regex: Read::blank(),
                password_content_description: None,
            }
        }
    }
    crate::generated_record!(CustomRegex, plist);
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&PASSCODE__ITEM];
    const IOS__NOT_AVAILABLE: (Os, Fact) = (Os::Ios, Fact::NotAvailable);
    const IOS__INTRODUCED_4_0: (Os, Fact) = (
        Os::Ios,
        Fact::Introduced(Version(4, 0, 0)),
    );
    const IOS__DEPRECATED_27_0: (Os, Fact) = (
        Os::Ios,
        Fact::Deprecated(Version(27, 0, 0)),
    );
    const IOS__MULTIPLE: (Os, Fact) = (Os::Ios, Fact::Multiple(true));
    const IOS__NOT_SUPERVISED: (Os, Fact) = (Os::Ios, Fact::Supervised(false));
    const IOS__ALLOW_MANUAL_INSTALL: (Os, Fact) = (
        Os::Ios,
        Fact::AllowManualInstall(true),
    );
    const IOS__SHARED_IPAD_FORBIDDEN: (Os, Fact) = (
        Os::Ios,
        Fact::SharedIpad(Mode::Forbidden),
    );
    const IOS__USER_ENROLLMENT_ALLOWED: (Os, Fact) = (
        Os::Ios,
        Fact::UserEnrollment(Mode::Allowed),
    );
    const IOS__USER_ENROLLMENT_IGNORED: (Os, Fact) = (
        Os::Ios,
        Fact::UserEnrollment(Mode::Ignored),
    );
    const MACOS__INTRODUCED_10_7: (Os, Fact) = (
        Os::Macos,
        Fact::Introduced(Version(10, 7, 0)),
    );
    const MACOS__INTRODUCED_10_10: (Os, Fact) = (
        Os::Macos,
        Fact::Introduced(Version(10, 10, 0)),
    );
    const MACOS__INTRODUCED_10_13: (Os, Fact) = (
        Os::Macos,
        Fact::Introduced(Version(10, 13, 0)),
    );
    const MACOS__INTRODUCED_14_0: (Os, Fact) = (
        Os::Macos,
        Fact::Introduced(Version(14, 0, 0)),
    );
    const MACOS__DEPRECATED_27_0: (Os, Fact) = (
        Os::Macos,
        Fact::Deprecated(Version(27, 0, 0)),
    );
    const MACOS__MULTIPLE: (Os, Fact) = (Os::Macos, Fact::Multiple(true));
    const MACOS__DEVICE_CHANNEL: (Os, Fact) = (Os::Macos, Fact::DeviceChannel(true));
    const MACOS__USER_CHANNEL: (Os, Fact) = (Os::Macos, Fact::UserChannel(true));
    const MACOS__NOT_SUPERVISED: (Os, Fact) = (Os::Macos, Fact::Supervised(false));
    const MACOS__NOT_REQUIRES_DEP: (Os, Fact) = (Os::Macos, Fact::RequiresDep(false));
    const MACOS__NOT_USER_APPROVED_MDM: (Os, Fact) = (
        Os::Macos,
        Fact::UserApprovedMdm(false),
    );
    const MACOS__ALLOW_MANUAL_INSTALL: (Os, Fact) = (
        Os::Macos,
        Fact::AllowManualInstall(true),
    );
    const MACOS__USER_ENROLLMENT_FORBIDDEN: (Os, Fact) = (
        Os::Macos,
        Fact::UserEnrollment(Mode::Forbidden),
    );
    const MACOS__USER_ENROLLMENT_IGNORED: (Os, Fact) = (
        Os::Macos,
        Fact::UserEnrollment(Mode::Ignored),
    );
    const TVOS__NOT_AVAILABLE: (Os, Fact) = (Os::Tvos, Fact::NotAvailable);
    const VISIONOS__NOT_AVAILABLE: (Os, Fact) = (Os::Visionos, Fact::NotAvailable);
    const VISIONOS__INTRODUCED_2_0: (Os, Fact) = (
        Os::Visionos,
        Fact::Introduced(Version(2, 0, 0)),
    );
    const VISIONOS__DEPRECATED_27_0: (Os, Fact) = (
        Os::Visionos,
        Fact::Deprecated(Version(27, 0, 0)),
    );
    const VISIONOS__MULTIPLE: (Os, Fact) = (Os::Visionos, Fact::Multiple(true));
    const VISIONOS__NOT_SUPERVISED: (Os, Fact) = (Os::Visionos, Fact::Supervised(false));
    const VISIONOS__ALLOW_MANUAL_INSTALL: (Os, Fact) = (
        Os::Visionos,
        Fact::AllowManualInstall(true),
    );
    const VISIONOS__USER_ENROLLMENT_ALLOWED: (Os, Fact) = (
        Os::Visionos,
        Fact::UserEnrollment(Mode::Allowed),
    );
    const VISIONOS__USER_ENROLLMENT_IGNORED: (Os, Fact) = (
        Os::Visionos,
        Fact::UserEnrollment(Mode::Ignored),
    );
    const WATCHOS__NOT_AVAILABLE: (Os, Fact) = (Os::Watchos, Fact::NotAvailable);
    const WATCHOS__INTRODUCED_10_0: (Os, Fact) = (
        Os::Watchos,
        Fact::Introduced(Version(10, 0, 0)),
    );
    const WATCHOS__DEPRECATED_27_0: (Os, Fact) = (
        Os::Watchos,
        Fact::Deprecated(Version(27, 0, 0)),
    );
    const WATCHOS__MULTIPLE: (Os, Fact) = (Os::Watchos, Fact::Multiple(true));
    const WATCHOS__NOT_SUPERVISED: (Os, Fact) = (Os::Watchos, Fact::Supervised(false));
    const WATCHOS__ALLOW_MANUAL_INSTALL: (Os, Fact) = (
        Os::Watchos,
        Fact::AllowManualInstall(true),
    );
    static FACT__LIST: [(Os, Fact); 48] = [
        IOS__USER_ENROLLMENT_IGNORED,
        VISIONOS__USER_ENROLLMENT_IGNORED,
        IOS__USER_ENROLLMENT_IGNORED,
        VISIONOS__USER_ENROLLMENT_IGNORED,
        WATCHOS__NOT_AVAILABLE,
        IOS__NOT_AVAILABLE,
        MACOS__INTRODUCED_10_10,
        MACOS__USER_ENROLLMENT_IGNORED,
        VISIONOS__NOT_AVAILABLE,
        WATCHOS__NOT_AVAILABLE,
        IOS__NOT_AVAILABLE,
        MACOS__INTRODUCED_10_13,
        MACOS__USER_ENROLLMENT_IGNORED,
        VISIONOS__NOT_AVAILABLE,
        WATCHOS__NOT_AVAILABLE,
        IOS__NOT_AVAILABLE,
        MACOS__INTRODUCED_14_0,
        VISIONOS__NOT_AVAILABLE,
        WATCHOS__NOT_AVAILABLE,
        IOS__INTRODUCED_4_0,
        IOS__DEPRECATED_27_0,
        IOS__MULTIPLE,
        IOS__NOT_SUPERVISED,
        IOS__ALLOW_MANUAL_INSTALL,
        IOS__SHARED_IPAD_FORBIDDEN,
        IOS__USER_ENROLLMENT_ALLOWED,
        MACOS__INTRODUCED_10_7,
        MACOS__DEPRECATED_27_0,
        MACOS__MULTIPLE,
        MACOS__DEVICE_CHANNEL,
        MACOS__USER_CHANNEL,
        MACOS__NOT_SUPERVISED,
        MACOS__NOT_REQUIRES_DEP,
        MACOS__NOT_USER_APPROVED_MDM,
        MACOS__ALLOW_MANUAL_INSTALL,
        MACOS__USER_ENROLLMENT_FORBIDDEN,
        TVOS__NOT_AVAILABLE,
        VISIONOS__INTRODUCED_2_0,
        VISIONOS__DEPRECATED_27_0,
        VISIONOS__MULTIPLE,
        VISIONOS__NOT_SUPERVISED,
        VISIONOS__ALLOW_MANUAL_INSTALL,
        VISIONOS__USER_ENROLLMENT_ALLOWED,
        WATCHOS__INTRODUCED_10_0,
        WATCHOS__DEPRECATED_27_0,
        WATCHOS__MULTIPLE,
        WATCHOS__NOT_SUPERVISED,
        WATCHOS__ALLOW_MANUAL_INSTALL,
    ];
    const fn facts(from: usize, count: usize) -> &'static [(Os, Fact)] {
        FACT__LIST.split_at(from).1.split_at(count).0
    }
    static PATH__STEPS: [Step; 9] = [
        Step::Key("maxInactivity"),
        Step::Key("maxGracePeriod"),
        Step::Key("minutesUntilFailedLoginReset"),
        Step::Key("maxFailedAttempts"),
        Step::Key("customRegex"),
        Step::Key("passwordContentRegex"),
        Step::Key("customRegex"),
        Step::Key("passwordContentDescription"),
        Step::Names,
    ];
    const fn path(from: usize, count: usize) -> &'static [Step] {
        PATH__STEPS.split_at(from).1.split_at(count).0
    }
    static INDEX__LIST: [u16; 53] = [
        0, 4, 11, 13, 0, 0, 0, 12, 1, 7, 0, 0, 0, 6, 0, 0, 0, 0, 2, 8, 5, 3, 9, 0, 0, 0,
        0, 0, 0, 0, 10, 0, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 16, 18, 18, 21, 0, 1,
        2, 3, 4, 5, 6,
    ];
    const fn indices(from: usize, count: usize) -> &'static [u16] {
        INDEX__LIST.split_at(from).1.split_at(count).0
    }
    pub static PASSCODE: Dict = Dict {
        name: "Passcode",
        keys: &[
            Key {
                name: "allowSimple",
                kind: Kind::Boolean,
                field: "allow_simple",
                default: Literal::SOME_TRUE,
                description: "Whether the passcode can be simple, that is, consist of repeated, ascending or descending characters, such as `1111` or `CBA`.",
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "forcePIN",
                kind: Kind::Boolean,
                field: "force_pin",
                default: Literal::SOME_FALSE,
                description: "Whether the user must set a passcode.",
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "maxFailedAttempts",
                kind: Kind::Integer,
                field: "max_failed_attempts",
                default: Some(Literal::Integer(11)),
                description: "The number of failed passcode attempts before the device is erased or, on a Mac, locked. After the sixth attempt, there is a delay that increases with each attempt; on a Mac, `minutesUntilFailedLoginReset` sets the delay.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(2)),
                        max: Some(Literal::Integer(11)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "maxInactivity",
                kind: Kind::Integer,
                field: "max_inactivity",
                description: "The maximum idle time, in minutes, before the device locks; the user can choose a shorter time. On a Mac, it applies to the screen saver and can be at most 60 minutes.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(60)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "maxPINAgeInDays",
                kind: Kind::Integer,
                field: "max_pin_age_in_days",
                description: "The number of days after which the user must choose a new passcode.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(1)),
                        max: Some(Literal::Integer(730)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "minComplexChars",
                kind: Kind::Integer,
                field: "min_complex_chars",
                default: Some(Literal::Integer(0)),
                description: "The minimum number of characters in a passcode that are neither letters nor digits, such as `&` or `#`.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(4)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: facts(2, 3),
                ..Key::EMPTY
            },
            Key {
                name: "minLength",
                kind: Kind::Integer,
                field: "min_length",
                default: Some(Literal::Integer(0)),
                description: "The minimum length of a passcode, in characters, independent of `minComplexChars`.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(16)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "requireAlphanumeric",
                kind: Kind::Boolean,
                field: "require_alphanumeric",
                default: Literal::SOME_FALSE,
                description: "Whether a passcode must contain letters and cannot consist only of digits.",
                support: facts(2, 3),
                ..Key::EMPTY
            },
            Key {
                name: "pinHistory",
                kind: Kind::Integer,
                field: "pin_history",
                description: "The number of previous passcodes that cannot be reused.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(1)),
                        max: Some(Literal::Integer(50)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "maxGracePeriod",
                kind: Kind::Integer,
                field: "max_grace_period",
                default: Some(Literal::Integer(0)),
                description: "The maximum time, in minutes, after locking during which the device can be unlocked without the passcode; with `0`, the passcode is required immediately.",
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "minutesUntilFailedLoginReset",
                kind: Kind::Integer,
                field: "minutes_until_failed_login_reset",
                description: "The number of minutes after which a Mac that was locked after `maxFailedAttempts` failed logins accepts logins again; has an effect only if that key is set.",
                support: facts(5, 5),
                ..Key::EMPTY
            },
            Key {
                name: "changeAtNextAuth",
                kind: Kind::Boolean,
                field: "change_at_next_auth",
                default: Literal::SOME_FALSE,
                description: "Whether users must choose a new password the next time they log in. In a device profile, this applies to all users, including administrators.",
                support: facts(10, 5),
                ..Key::EMPTY
            },
            Key {
                name: "customRegex",
                kind: Kind::Dictionary(&PASSCODE_CUSTOM_REGEX),
                field: "custom_regex",
                description: "A regular expression that passwords must match, and a description of it; for rules that the other keys cannot express.",
                support: facts(15, 4),
                ..Key::EMPTY
            },
        ],
        places: indices(0, 32),
        plain: true,
        rules: &[
            Rule {
                check: Check::Number {
                    key: path(0, 1),
                    min: None,
                    max: Some(15.0),
                    step: None,
                    not: &[],
                },
                says: "maxInactivity can be at most 15 minutes; only macOS allows up to 60.",
                source: "content and range of maxInactivity",
                systems: &[Os::Ios, Os::Visionos, Os::Watchos],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: path(1, 1),
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "maxGracePeriod is a number of minutes, so it can't be negative.",
                source: "content of maxGracePeriod",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: path(2, 1),
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "minutesUntilFailedLoginReset is a number of minutes, so it can't be negative.",
                source: "content of minutesUntilFailedLoginReset",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Requires {
                    keys: &[path(3, 1)],
                },
                says: "minutesUntilFailedLoginReset requires maxFailedAttempts.",
                source: "content of minutesUntilFailedLoginReset",
                when: &[Condition::Present(path(2, 1), true)],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: path(4, 2),
                    test: TextTest::Format(TextFormat::Regex),
                    not: false,
                },
                says: "passwordContentRegex must be a regular expression in ICU syntax.",
                source: "content of passwordContentRegex",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Length {
                    key: path(4, 2),
                    min: None,
                    max: Some(2048),
                    bytes: false,
                },
                says: "passwordContentRegex can have at most 2048 characters.",
                source: "content of passwordContentRegex",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: path(6, 3),
                    test: TextTest::Format(TextFormat::LanguageOrDefault),
                    not: false,
                },
                says: "Each key of passwordContentDescription must be a language tag, such as en-US, or default.",
                source: "content of passwordContentDescription",
                ..Rule::EMPTY
            },
        ],
        bearing: indices(32, 21),
        open: Indices::few(6012),
        ..Dict::EMPTY
    };
    pub static PASSCODE_CUSTOM_REGEX: Dict = Dict {
        name: "CustomRegex",
        keys: &[
            Key {
                name: "passwordContentRegex",
                kind: Kind::String,
                field: "password_content_regex",
                required: true,
                description: "The regular expression in ICU syntax, up to 2048 characters.",
                ..Key::EMPTY
            },
            Key {
                name: "passwordContentDescription",
                kind: Kind::Map(
                    &Key {
                        kind: Kind::String,
                        description: "The description in this language.",
                        ..Key::EMPTY
                    },
                ),
                field: "password_content_description",
                description: "Description of the regular expression's requirements, by language ID such as `en-US`; `default` is used for all other languages.",
                ..Key::EMPTY
            },
        ],
        required: Indices::few(1),
        plain: true,
        open: Indices::few(2),
        ..Dict::EMPTY
    };
    pub static PASSCODE__ITEM: Item = Item {
        family: Family::Profile,
        name: "com.apple.mobiledevice.passwordpolicy",
        rust: "Passcode",
        title: "Passcode",
        files: &["mdm/profiles/com.apple.mobiledevice.passwordpolicy.yaml"],
        support: facts(19, 29),
        description: "Requires a passcode and sets the rules for it. With user enrollment, most keys are ignored, and the payload requires a passcode of six characters that is not simple.",
        keys: Some(&PASSCODE),
        ..Item::EMPTY
    };
}
