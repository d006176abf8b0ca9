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
/// With user enrollment, the device ignores the values of most keys and always uses `false` for `allowSimple`, `true` for `forcePIN` and `6` for `minLength`.
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
    /// Whether the passcode can be simple, that is, consist of repeated, ascending or descending characters, such as `1111` or `CBA`. With user enrollment, this is always `false`.
    ///
    /// `allowSimple` · boolean · default `true`
    ///
    /// With user enrollment, the payload always sets `allowSimple` to false.
    ///
    /// Availability: iOS, visionOS: no effect with user enrollment; otherwise inherited.
    #[doc(alias = "allowSimple")]
    pub allow_simple: Option<bool>,
    /// Whether the user must set a passcode. With user enrollment, this is always `true`.
    ///
    /// `forcePIN` · boolean · default `false`
    ///
    /// With user enrollment, the payload always sets `forcePIN` to true.
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
    /// The maximum idle time, in minutes, before the device locks; the user can choose a shorter time. On a Mac, it applies to the screen saver and can be at most 60 minutes. With user enrollment, the value has no effect, but if the key is present, the user can no longer choose `never`.
    ///
    /// `maxInactivity` · integer · 0 to 60
    ///
    /// - `maxInactivity` can be at most 15 minutes; only macOS allows up to 60 (if the device runs iOS, visionOS or watchOS).
    /// - With user enrollment, the value of `maxInactivity` is ignored, but its presence takes the choice "never" away from the user.
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
    /// The minimum length of a passcode, in characters, independent of `minComplexChars`. With user enrollment, this is always `6`.
    ///
    /// `minLength` · integer · default `0` · 0 to 16
    ///
    /// With user enrollment, the payload always sets `minLength` to 6.
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
            extra: Extra::new(),
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
                password_content_regex: Read::blank(),
                password_content_description: None,
                extra: Extra::new(),
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
    pub static PASSCODE: Dict = Dict {
        name: "Passcode",
        keys: &[
            Key {
                name: "allowSimple",
                kind: Kind::Boolean,
                field: "allow_simple",
                default: Some(Literal::Boolean(true)),
                description: "Whether the passcode can be simple, that is, consist of repeated, ascending or descending characters, such as `1111` or `CBA`. With user enrollment, this is always `false`.",
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "forcePIN",
                kind: Kind::Boolean,
                field: "force_pin",
                default: Some(Literal::Boolean(false)),
                description: "Whether the user must set a passcode. With user enrollment, this is always `true`.",
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
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
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "maxInactivity",
                kind: Kind::Integer,
                field: "max_inactivity",
                description: "The maximum idle time, in minutes, before the device locks; the user can choose a shorter time. On a Mac, it applies to the screen saver and can be at most 60 minutes. With user enrollment, the value has no effect, but if the key is present, the user can no longer choose `never`.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(60)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
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
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
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
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "minLength",
                kind: Kind::Integer,
                field: "min_length",
                default: Some(Literal::Integer(0)),
                description: "The minimum length of a passcode, in characters, independent of `minComplexChars`. With user enrollment, this is always `6`.",
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Integer(0)),
                        max: Some(Literal::Integer(16)),
                        ..KeyDetails::EMPTY
                    },
                ),
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "requireAlphanumeric",
                kind: Kind::Boolean,
                field: "require_alphanumeric",
                default: Some(Literal::Boolean(false)),
                description: "Whether a passcode must contain letters and cannot consist only of digits.",
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Watchos, Fact::NotAvailable),
                ],
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
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "maxGracePeriod",
                kind: Kind::Integer,
                field: "max_grace_period",
                default: Some(Literal::Integer(0)),
                description: "The maximum time, in minutes, after locking during which the device can be unlocked without the passcode; with `0`, the passcode is required immediately.",
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Ignored)),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "minutesUntilFailedLoginReset",
                kind: Kind::Integer,
                field: "minutes_until_failed_login_reset",
                description: "The number of minutes after which a Mac that was locked after `maxFailedAttempts` failed logins accepts logins again; has an effect only if that key is set.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 10, 0))),
                    (Os::Macos, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "changeAtNextAuth",
                kind: Kind::Boolean,
                field: "change_at_next_auth",
                default: Some(Literal::Boolean(false)),
                description: "Whether users must choose a new password the next time they log in. In a device profile, this applies to all users, including administrators.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(10, 13, 0))),
                    (Os::Macos, Fact::UserEnrollment(Mode::Ignored)),
                    (Os::Visionos, Fact::NotAvailable),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "customRegex",
                kind: Kind::Dictionary(&PASSCODE_CUSTOM_REGEX),
                field: "custom_regex",
                description: "A regular expression that passwords must match, and a description of it; for rules that the other keys cannot express.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(14, 0, 0))),
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
            &[1],
            &[6],
            &[8],
            &[0, 12],
            &[],
            &[3],
            &[9],
            &[4, 5],
            &[11],
            &[2],
            &[],
            &[7],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[],
            &[10],
        ],
        plain: true,
        rules: &[
            Rule {
                check: Check::Number {
                    key: &[Step::Key("maxInactivity")],
                    min: None,
                    max: Some(15.0),
                    step: None,
                    not: &[],
                },
                says: "maxInactivity can be at most 15 minutes; only macOS allows up to 60.",
                source: "content and range of maxInactivity",
                when: &[
                    Condition::Target(TargetCondition::Os {
                        systems: &[Os::Ios, Os::Visionos, Os::Watchos],
                        from: None,
                        before: None,
                    }),
                ],
                triggers: &[3],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("maxGracePeriod")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "maxGracePeriod is a number of minutes, so it can't be negative.",
                source: "content of maxGracePeriod",
                triggers: &[9],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("minutesUntilFailedLoginReset")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "minutesUntilFailedLoginReset is a number of minutes, so it can't be negative.",
                source: "content of minutesUntilFailedLoginReset",
                triggers: &[10],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Requires {
                    keys: &[&[Step::Key("maxFailedAttempts")]],
                },
                says: "minutesUntilFailedLoginReset requires maxFailedAttempts.",
                source: "content of minutesUntilFailedLoginReset",
                when: &[
                    Condition::Present(
                        &[Step::Key("minutesUntilFailedLoginReset")],
                        true,
                    ),
                ],
                triggers: &[10],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("customRegex"), Step::Key("passwordContentRegex")],
                    test: TextTest::Format(TextFormat::Regex),
                    not: false,
                },
                says: "passwordContentRegex must be a regular expression in ICU syntax.",
                source: "content of passwordContentRegex",
                triggers: &[12],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Length {
                    key: &[Step::Key("customRegex"), Step::Key("passwordContentRegex")],
                    min: None,
                    max: Some(2048),
                    bytes: false,
                },
                says: "passwordContentRegex can have at most 2048 characters.",
                source: "content of passwordContentRegex",
                triggers: &[12],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[
                        Step::Key("customRegex"),
                        Step::Key("passwordContentDescription"),
                        Step::Names,
                    ],
                    test: TextTest::Format(TextFormat::LanguageOrDefault),
                    not: false,
                },
                says: "Each key of passwordContentDescription must be a language tag, such as en-US, or default.",
                source: "content of passwordContentDescription",
                triggers: &[12],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Value {
                    key: &[Step::Key("allowSimple")],
                    needs: ValueConstraint::In(&[Literal::Boolean(false)]),
                },
                says: "With user enrollment, the payload always sets allowSimple to false.",
                source: "notes",
                when: &[
                    Condition::Target(TargetCondition::Enrollment(&[Enrollment::User])),
                ],
                severity: Severity::Warning,
                triggers: &[0],
            },
            Rule {
                check: Check::Value {
                    key: &[Step::Key("forcePIN")],
                    needs: ValueConstraint::In(&[Literal::Boolean(true)]),
                },
                says: "With user enrollment, the payload always sets forcePIN to true.",
                source: "notes",
                when: &[
                    Condition::Target(TargetCondition::Enrollment(&[Enrollment::User])),
                ],
                severity: Severity::Warning,
                triggers: &[1],
            },
            Rule {
                check: Check::Value {
                    key: &[Step::Key("minLength")],
                    needs: ValueConstraint::In(&[Literal::Integer(6)]),
                },
                says: "With user enrollment, the payload always sets minLength to 6.",
                source: "notes",
                when: &[
                    Condition::Target(TargetCondition::Enrollment(&[Enrollment::User])),
                ],
                severity: Severity::Warning,
                triggers: &[6],
            },
            Rule {
                check: Check::Excludes {
                    keys: &[&[Step::Key("maxInactivity")]],
                },
                says: "With user enrollment, the value of maxInactivity is ignored, but its presence takes the choice \"never\" away from the user.",
                source: "notes; content of maxInactivity",
                when: &[
                    Condition::Target(TargetCondition::Enrollment(&[Enrollment::User])),
                ],
                severity: Severity::Warning,
                triggers: &[3],
            },
        ],
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
        required: Indices::of(&[0]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static PASSCODE__ITEM: Item = Item {
        family: Family::Profile,
        name: "com.apple.mobiledevice.passwordpolicy",
        rust: "Passcode",
        title: "Passcode",
        files: &["mdm/profiles/com.apple.mobiledevice.passwordpolicy.yaml"],
        support: &[
            (Os::Ios, Fact::Introduced(Version(4, 0, 0))),
            (Os::Ios, Fact::Deprecated(Version(27, 0, 0))),
            (Os::Ios, Fact::Multiple(true)),
            (Os::Ios, Fact::Supervised(false)),
            (Os::Ios, Fact::AllowManualInstall(true)),
            (Os::Ios, Fact::SharedIpad(Mode::Forbidden)),
            (Os::Ios, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
            (Os::Macos, Fact::Deprecated(Version(27, 0, 0))),
            (Os::Macos, Fact::Multiple(true)),
            (Os::Macos, Fact::DeviceChannel(true)),
            (Os::Macos, Fact::UserChannel(true)),
            (Os::Macos, Fact::Supervised(false)),
            (Os::Macos, Fact::RequiresDep(false)),
            (Os::Macos, Fact::UserApprovedMdm(false)),
            (Os::Macos, Fact::AllowManualInstall(true)),
            (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::Introduced(Version(2, 0, 0))),
            (Os::Visionos, Fact::Deprecated(Version(27, 0, 0))),
            (Os::Visionos, Fact::Multiple(true)),
            (Os::Visionos, Fact::Supervised(false)),
            (Os::Visionos, Fact::AllowManualInstall(true)),
            (Os::Visionos, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Watchos, Fact::Introduced(Version(10, 0, 0))),
            (Os::Watchos, Fact::Deprecated(Version(27, 0, 0))),
            (Os::Watchos, Fact::Multiple(true)),
            (Os::Watchos, Fact::Supervised(false)),
            (Os::Watchos, Fact::AllowManualInstall(true)),
        ],
        description: "Requires a passcode and sets the rules for it. With user enrollment, the device ignores the values of most keys and always uses `false` for `allowSimple`, `true` for `forcePIN` and `6` for `minLength`.",
        keys: Some(&PASSCODE),
        ..Item::EMPTY
    };
}
