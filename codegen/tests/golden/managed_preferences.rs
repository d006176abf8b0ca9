#[allow(unused_imports)]
use crate::generated::*;
/// The settings of a payload in a profile. `PayloadType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// `com.apple.ManagedClient.preferences`: Sets preferences of the system or of any app on a Mac, by preference domain.
    ManagedPreferences(Box<ManagedPreferences>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<ManagedPreferences> for Payload {
    #[inline]
    fn from(item: ManagedPreferences) -> Self {
        Self::ManagedPreferences(Box::new(item))
    }
}
impl Selected<ManagedPreferences> for Payload {
    #[inline]
    fn selected(&self) -> Option<&ManagedPreferences> {
        if let Self::ManagedPreferences(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Payload {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["com.apple.ManagedClient.preferences"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::ManagedPreferences(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::ManagedPreferences(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::ManagedPreferences(item) => Some((&**item, ManagedPreferences::ITEM)),
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
/// Sets preferences of the system or of any app on a Mac, by preference domain.
///
/// The preferences are either forced or set only once as initial values.
///
/// Payload type `com.apple.ManagedClient.preferences` · Apple's schema: [`com.apple.ManagedClient.preferences.yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.ManagedClient.preferences.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | macOS | 10.7 |
///
/// - Channel: device and user
/// - User enrollment: not allowed
/// - Installation: by MDM or manually
/// - Multiple payloads on a device: allowed
///
/// # Example
///
/// ```
/// use apple_mdm::profiles::{ManagedPreferences, PayloadEntry, managed_preferences};
/// use apple_mdm::value::{Dictionary, Value};
///
/// let payload = ManagedPreferences::new([(
///     "com.example.app".into(),
///     managed_preferences::PreferenceDomain {
///         forced: Some(vec![managed_preferences::Settings::new(Dictionary::from_iter([(
///             "AutoUpdate",
///             Value::from(true),
///         )]))]),
///         ..Default::default()
///     },
/// )].into());
/// let entry = PayloadEntry::new(
///     "com.example.managed-preferences",
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
///   <string>com.apple.ManagedClient.preferences</string>
///   <key>PayloadContent</key>
///   <dict>
///     <key>com.example.app</key>
///     <dict>
///       <key>Forced</key>
///       <array>
///         <dict>
///           <key>mcx_preference_settings</key>
///           <dict>
///             <key>AutoUpdate</key>
///             <true/>
///           </dict>
///         </dict>
///       </array>
///     </dict>
///   </dict>
///   <key>PayloadIdentifier</key>
///   <string>com.example.managed-preferences</string>
///   <key>PayloadUUID</key>
///   <string>5E1B6F0E-9F0B-4C53-8C4B-3F6B0E1E7A01</string>
///   <key>PayloadVersion</key>
///   <integer>1</integer>
/// </dict>
/// ```
#[doc(alias = "com.apple.ManagedClient.preferences")]
#[derive(Clone)]
pub struct ManagedPreferences {
    /// Preferences by domain. Each key is an app's preference domain, such as `com.example.my-app`, or `.GlobalPreferences` for the global domain.
    ///
    /// `PayloadContent` · dictionary of dictionaries with arbitrary keys
    ///
    /// A key of `PayloadContent` that isn't a preference domain, such as com.example.my-app or .GlobalPreferences, has no effect.
    #[doc(alias = "PayloadContent")]
    pub payload_content: BTreeMap<String, managed_preferences::PreferenceDomain>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl ManagedPreferences {
    /// Creates a `ManagedPreferences` with the required keys. All other keys are absent.
    #[must_use]
    #[inline]
    pub fn new(
        payload_content: BTreeMap<String, managed_preferences::PreferenceDomain>,
    ) -> Self {
        Self {
            payload_content,
            extra: Extra::new(),
        }
    }
}
impl Record for ManagedPreferences {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::MANAGED_PREFERENCES, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.payload_content),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.payload_content, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            payload_content: Read::blank(),
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(ManagedPreferences, plist);
impl ManagedPreferences {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::MANAGED_PREFERENCES__ITEM.support,
    );
}
impl Described for ManagedPreferences {
    const ITEM: &'static crate::schema::Item = &tables::MANAGED_PREFERENCES__ITEM;
}
impl crate::profiles::PayloadItem for ManagedPreferences {
    const PAYLOAD_TYPE: &'static str = "com.apple.ManagedClient.preferences";
}
/// Types used in [`ManagedPreferences`].
pub mod managed_preferences {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// The preferences of one domain.
    ///
    /// Key `PayloadContent.ANY` of [`profiles::ManagedPreferences`](super::ManagedPreferences)
    #[derive(Clone)]
    pub struct PreferenceDomain {
        /// Settings that users cannot change.
        ///
        /// `Forced` · array of dictionaries
        #[doc(alias = "Forced")]
        pub forced: Option<Vec<Settings>>,
        /// Settings that are written once and that users can change afterwards.
        ///
        /// `Set-Once` · array of dictionaries
        #[doc(alias = "Set-Once")]
        pub set_once: Option<Vec<Settings>>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Default for PreferenceDomain {
        #[inline]
        fn default() -> Self {
            Self::empty()
        }
    }
    impl Record for PreferenceDomain {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::MANAGED_PREFERENCES_PREFERENCE_DOMAIN, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.forced),
                1 => Write::view(&self.set_once),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.forced, r),
                1 => Read::fill(&mut self.set_once, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                forced: None,
                set_once: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(PreferenceDomain, plist);
    /// One set of settings.
    ///
    /// Key `PayloadContent.ANY.Forced[]` of [`profiles::ManagedPreferences`](super::ManagedPreferences)
    #[derive(Clone)]
    pub struct Settings {
        /// The settings themselves, by preference key.
        ///
        /// `mcx_preference_settings` · dictionary
        pub mcx_preference_settings: Dictionary,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Settings {
        /// Creates a `Settings` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(mcx_preference_settings: Dictionary) -> Self {
            Self {
                mcx_preference_settings,
                extra: Extra::new(),
            }
        }
    }
    impl Record for Settings {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::MANAGED_PREFERENCES_SETTINGS, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.mcx_preference_settings),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.mcx_preference_settings, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                mcx_preference_settings: Read::blank(),
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(Settings, plist);
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&MANAGED_PREFERENCES__ITEM];
    pub static MANAGED_PREFERENCES: Dict = Dict {
        name: "ManagedPreferences",
        keys: &[
            Key {
                name: "PayloadContent",
                kind: Kind::Map(
                    &Key {
                        kind: Kind::Dictionary(&MANAGED_PREFERENCES_PREFERENCE_DOMAIN),
                        required: true,
                        description: "The preferences of one domain.",
                        ..Key::EMPTY
                    },
                ),
                field: "payload_content",
                required: true,
                description: "Preferences by domain. Each key is an app's preference domain, such as `com.example.my-app`, or `.GlobalPreferences` for the global domain.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        retired: &[("PreferenceDomain", "iOS 17.5 and macOS 14.5")],
        rules: &[
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("PayloadContent"), Step::Names],
                    test: TextTest::Format(TextFormat::PlainIdentifier),
                    not: false,
                },
                says: "A key of PayloadContent that isn't a preference domain, such as com.example.my-app or .GlobalPreferences, has no effect.",
                source: "content of PayloadContent",
                severity: Severity::Warning,
                triggers: &[0],
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static MANAGED_PREFERENCES_PREFERENCE_DOMAIN: Dict = Dict {
        name: "PreferenceDomain",
        keys: &[
            Key {
                name: "Forced",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::Dictionary(&MANAGED_PREFERENCES_SETTINGS),
                        description: "One set of settings.",
                        ..Key::EMPTY
                    },
                ),
                field: "forced",
                description: "Settings that users cannot change.",
                ..Key::EMPTY
            },
            Key {
                name: "Set-Once",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::Dictionary(&MANAGED_PREFERENCES_SETTINGS),
                        description: "One set of settings.",
                        ..Key::EMPTY
                    },
                ),
                field: "set_once",
                description: "Settings that are written once and that users can change afterwards.",
                ..Key::EMPTY
            },
        ],
        plain: true,
        ..Dict::EMPTY
    };
    pub static MANAGED_PREFERENCES_SETTINGS: Dict = Dict {
        name: "Settings",
        keys: &[
            Key {
                name: "mcx_preference_settings",
                kind: Kind::Map(&Key::EMPTY),
                field: "mcx_preference_settings",
                required: true,
                description: "The settings themselves, by preference key.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static MANAGED_PREFERENCES__ITEM: Item = Item {
        family: Family::Profile,
        name: "com.apple.ManagedClient.preferences",
        rust: "ManagedPreferences",
        title: "Managed Preferences",
        files: &["mdm/profiles/com.apple.ManagedClient.preferences.yaml"],
        support: &[
            (Os::Ios, Fact::NotAvailable),
            (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
            (Os::Macos, Fact::Multiple(true)),
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
        description: "Sets preferences of the system or of any app on a Mac, by preference domain. The preferences are either forced or set only once as initial values.",
        keys: Some(&MANAGED_PREFERENCES),
        ..Item::EMPTY
    };
}
