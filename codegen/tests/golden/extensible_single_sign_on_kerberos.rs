#[allow(unused_imports)]
use crate::generated::*;
/// The settings of a payload in a profile. `PayloadType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// `com.apple.extensiblesso`: Sets up the built-in Kerberos extension, which obtains and renews Kerberos tickets for the user.
    ExtensibleSingleSignOnKerberos(Box<ExtensibleSingleSignOnKerberos>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<ExtensibleSingleSignOnKerberos> for Payload {
    #[inline]
    fn from(item: ExtensibleSingleSignOnKerberos) -> Self {
        Self::ExtensibleSingleSignOnKerberos(Box::new(item))
    }
}
impl Selected<ExtensibleSingleSignOnKerberos> for Payload {
    #[inline]
    fn selected(&self) -> Option<&ExtensibleSingleSignOnKerberos> {
        if let Self::ExtensibleSingleSignOnKerberos(item) = self {
            Some(item)
        } else {
            None
        }
    }
}
impl crate::item::Over for Payload {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["com.apple.extensiblesso"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => {
                    if r.find("ExtensionIdentifier")?.as_deref()
                        == Some("com.apple.AppSSOKerberos.KerberosExtension")
                    {
                        Some(
                            Self::ExtensibleSingleSignOnKerberos(Box::new(Read::blank())),
                        )
                    } else {
                        None
                    }
                }
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::ExtensibleSingleSignOnKerberos(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::ExtensibleSingleSignOnKerberos(item) => {
                Some((&**item, ExtensibleSingleSignOnKerberos::ITEM))
            }
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
/// Sets up the built-in Kerberos extension, which obtains and renews Kerberos tickets for the user.
///
/// This is the extensible single sign-on payload with the keys specific to the Kerberos extension; since macOS 11, it can also be sent on the user channel.
///
/// Payload type `com.apple.extensiblesso` with `ExtensionIdentifier` `com.apple.AppSSOKerberos.KerberosExtension` · Apple's schema: [`com.apple.extensiblesso(kerberos).yaml`](https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.extensiblesso(kerberos).yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 13.0 |
/// | macOS | 10.15 |
/// | visionOS | 1.1 |
///
/// - Channel: device and user (macOS)
/// - User-approved enrollment: required (macOS)
/// - User enrollment: allowed
/// - Shared iPad: allowed, user channel (iOS)
/// - Installation: by MDM only
/// - Multiple payloads on a device: allowed
///
/// # Example
///
/// ```
/// use apple_mdm::profiles::{ExtensibleSingleSignOnKerberos, PayloadEntry, extensible_single_sign_on_kerberos};
///
/// let payload = ExtensibleSingleSignOnKerberos {
///     hosts: Some(vec![".example.com".into()]),
///     ..ExtensibleSingleSignOnKerberos::new(
///         extensible_single_sign_on_kerberos::ExtensionIdentifier::ComAppleAppSsoKerberosKerberosExtension,
///         extensible_single_sign_on_kerberos::TeamIdentifier::Apple,
///         extensible_single_sign_on_kerberos::Type::Credential,
///         "EXAMPLE.COM",
///     )
/// };
/// let entry = PayloadEntry::new(
///     "com.example.extensible-single-sign-on-kerberos",
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
///   <string>com.apple.extensiblesso</string>
///   <key>ExtensionIdentifier</key>
///   <string>com.apple.AppSSOKerberos.KerberosExtension</string>
///   <key>TeamIdentifier</key>
///   <string>apple</string>
///   <key>Type</key>
///   <string>Credential</string>
///   <key>Realm</key>
///   <string>EXAMPLE.COM</string>
///   <key>Hosts</key>
///   <array>
///     <string>.example.com</string>
///   </array>
///   <key>PayloadIdentifier</key>
///   <string>com.example.extensible-single-sign-on-kerberos</string>
///   <key>PayloadUUID</key>
///   <string>5E1B6F0E-9F0B-4C53-8C4B-3F6B0E1E7A01</string>
///   <key>PayloadVersion</key>
///   <integer>1</integer>
/// </dict>
/// ```
#[doc(alias = "com.apple.extensiblesso")]
#[derive(Clone)]
pub struct ExtensibleSingleSignOnKerberos {
    /// The bundle identifier of the Kerberos extension; this fixed value identifies the Kerberos form of the payload.
    ///
    /// `ExtensionIdentifier` · string
    ///
    /// Before macOS 11, this payload can't be installed on the user channel.
    #[doc(alias = "ExtensionIdentifier")]
    pub extension_identifier: extensible_single_sign_on_kerberos::ExtensionIdentifier,
    /// Identifies the extension as Apple's own.
    ///
    /// `TeamIdentifier` · string
    #[doc(alias = "TeamIdentifier")]
    pub team_identifier: extensible_single_sign_on_kerberos::TeamIdentifier,
    /// The type of single sign-on; for Kerberos, a credential exchange.
    ///
    /// `Type` · string
    #[doc(alias = "Type")]
    pub r#type: extensible_single_sign_on_kerberos::Type,
    /// The Kerberos realm, with correct capitalization; in an Active Directory forest, the realm of the user's account.
    ///
    /// `Realm` · string
    #[doc(alias = "Realm")]
    pub realm: String,
    /// Settings for the Kerberos extension.
    ///
    /// `ExtensionData` · dictionary
    #[doc(alias = "ExtensionData")]
    pub extension_data: Option<extensible_single_sign_on_kerberos::ExtensionData>,
    /// The hosts and domains that the extension handles; case-insensitive. A name may appear in only one installed single sign-on payload.
    ///
    /// `Hosts` · array of strings
    ///
    /// - `Hosts` is required.
    /// - `Hosts` must contain at least one host or domain.
    /// - Each item of `Hosts` must be a host or domain name, not a URL; a leading dot stands for all subdomains.
    /// - Two items of `Hosts` can't be the same, regardless of case.
    #[doc(alias = "Hosts")]
    pub hosts: Option<Vec<String>>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl ExtensibleSingleSignOnKerberos {
    /// Creates a `ExtensibleSingleSignOnKerberos` with the required keys. All other keys are absent.
    #[must_use]
    #[inline]
    pub fn new(
        extension_identifier: extensible_single_sign_on_kerberos::ExtensionIdentifier,
        team_identifier: extensible_single_sign_on_kerberos::TeamIdentifier,
        r#type: extensible_single_sign_on_kerberos::Type,
        realm: impl Into<String>,
    ) -> Self {
        Self {
            extension_identifier,
            team_identifier,
            r#type,
            realm: realm.into(),
            extension_data: None,
            hosts: None,
            extra: Extra::new(),
        }
    }
}
impl Record for ExtensibleSingleSignOnKerberos {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.extension_identifier),
            1 => Write::view(&self.team_identifier),
            2 => Write::view(&self.r#type),
            3 => Write::view(&self.realm),
            4 => Write::view(&self.extension_data),
            5 => Write::view(&self.hosts),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.extension_identifier, r),
            1 => Read::fill(&mut self.team_identifier, r),
            2 => Read::fill(&mut self.r#type, r),
            3 => Read::fill(&mut self.realm, r),
            4 => Read::fill(&mut self.extension_data, r),
            5 => Read::fill(&mut self.hosts, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            extension_identifier: Read::blank(),
            team_identifier: Read::blank(),
            r#type: Read::blank(),
            realm: Read::blank(),
            extension_data: None,
            hosts: None,
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(ExtensibleSingleSignOnKerberos, plist);
impl ExtensibleSingleSignOnKerberos {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS__ITEM.support,
    );
}
impl Described for ExtensibleSingleSignOnKerberos {
    const ITEM: &'static crate::schema::Item = &tables::EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS__ITEM;
}
impl crate::profiles::PayloadItem for ExtensibleSingleSignOnKerberos {
    const PAYLOAD_TYPE: &'static str = "com.apple.extensiblesso";
}
/// Types used in [`ExtensibleSingleSignOnKerberos`].
pub mod extensible_single_sign_on_kerberos {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// Possible values of `ExtensionIdentifier`. The bundle identifier of the Kerberos extension; this fixed value identifies the Kerberos form of the payload.
    ///
    /// Key `ExtensionIdentifier` of [`profiles::ExtensibleSingleSignOnKerberos`](super::ExtensibleSingleSignOnKerberos)
    #[derive(Clone, Debug, PartialEq, Hash)]
    #[non_exhaustive]
    pub enum ExtensionIdentifier {
        /// `com.apple.AppSSOKerberos.KerberosExtension`
        ComAppleAppSsoKerberosKerberosExtension,
        /// A value that the schema does not define.
        Unrecognized(String),
    }
    impl ExtensionIdentifier {
        /// The values that the schema defines, in the order of the schema.
        pub const KNOWN: &'static [&'static str] = &[
            "com.apple.AppSSOKerberos.KerberosExtension",
        ];
        /// Returns the value as it appears in documents.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::ComAppleAppSsoKerberosKerberosExtension => {
                    "com.apple.AppSSOKerberos.KerberosExtension"
                }
                Self::Unrecognized(value) => value,
            }
        }
    }
    impl From<&str> for ExtensionIdentifier {
        fn from(value: &str) -> Self {
            match value {
                "com.apple.AppSSOKerberos.KerberosExtension" => {
                    Self::ComAppleAppSsoKerberosKerberosExtension
                }
                _ => Self::Unrecognized(value.to_owned()),
            }
        }
    }
    crate::generated_enum!(ExtensionIdentifier);
    /// Possible values of `TeamIdentifier`. Identifies the extension as Apple's own.
    ///
    /// Key `TeamIdentifier` of [`profiles::ExtensibleSingleSignOnKerberos`](super::ExtensibleSingleSignOnKerberos)
    #[derive(Clone, Debug, PartialEq, Hash)]
    #[non_exhaustive]
    pub enum TeamIdentifier {
        /// `apple`
        Apple,
        /// A value that the schema does not define.
        Unrecognized(String),
    }
    impl TeamIdentifier {
        /// The values that the schema defines, in the order of the schema.
        pub const KNOWN: &'static [&'static str] = &["apple"];
        /// Returns the value as it appears in documents.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::Apple => "apple",
                Self::Unrecognized(value) => value,
            }
        }
    }
    impl From<&str> for TeamIdentifier {
        fn from(value: &str) -> Self {
            match value {
                "apple" => Self::Apple,
                _ => Self::Unrecognized(value.to_owned()),
            }
        }
    }
    crate::generated_enum!(TeamIdentifier);
    /// Possible values of `Type`. The type of single sign-on; for Kerberos, a credential exchange.
    ///
    /// Key `Type` of [`profiles::ExtensibleSingleSignOnKerberos`](super::ExtensibleSingleSignOnKerberos)
    #[derive(Clone, Debug, PartialEq, Hash)]
    #[non_exhaustive]
    pub enum Type {
        /// `Credential`
        Credential,
        /// A value that the schema does not define.
        Unrecognized(String),
    }
    impl Type {
        /// The values that the schema defines, in the order of the schema.
        pub const KNOWN: &'static [&'static str] = &["Credential"];
        /// Returns the value as it appears in documents.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::Credential => "Credential",
                Self::Unrecognized(value) => value,
            }
        }
    }
    impl From<&str> for Type {
        fn from(value: &str) -> Self {
            match value {
                "Credential" => Self::Credential,
                _ => Self::Unrecognized(value.to_owned()),
            }
        }
    }
    crate::generated_enum!(Type);
    /// Settings for the Kerberos extension.
    ///
    /// Key `ExtensionData` of [`profiles::ExtensibleSingleSignOnKerberos`](super::ExtensibleSingleSignOnKerberos)
    ///
    /// # Rules
    ///
    /// - If `pwReqComplexity` and `pwReqLength` are present, `pwReqText` can't be used.
    /// - If `pwReqComplexity` and `pwReqLength` are present, `pwReqRTFData` can't be used.
    /// - `pwReqText` and `pwReqRTFData` describe requirements in place of `pwReqComplexity`, and may not be shown if it is present (if `pwReqLength` is missing).
    /// - `pwReqText` and `pwReqRTFData` describe requirements in place of `pwReqLength`, and may not be shown if it is present (if `pwReqComplexity` is missing).
    #[derive(Clone)]
    pub struct ExtensionData {
        /// The GSS name of the Kerberos cache; rarely needed.
        ///
        /// `cacheName` · string
        ///
        /// Availability: iOS: deprecated in 15.0; macOS: deprecated in 12.0; otherwise inherited.
        #[doc(alias = "cacheName")]
        pub cache_name: Option<String>,
        /// The user name for which tickets are requested, optionally without the realm.
        ///
        /// `principalName` · string
        #[doc(alias = "principalName")]
        pub principal_name: Option<String>,
        /// The Active Directory site to use; needed only if the extension cannot determine the site automatically.
        ///
        /// `siteCode` · string
        #[doc(alias = "siteCode")]
        pub site_code: Option<String>,
        /// The UUID of the payload that holds the certificate for PKINIT.
        ///
        /// `certificateUUID` · string
        ///
        /// - `certificateUUID` must be a UUID.
        /// - If `certificateUUID` isn't the PayloadUUID of an identity in the same profile, the extension may not find the identity.
        #[doc(alias = "certificateUUID")]
        pub certificate_uuid: Option<String>,
        /// Whether the extension finds its Active Directory site through LDAP and DNS.
        ///
        /// `useSiteAutoDiscovery` · boolean · default `true`
        #[doc(alias = "useSiteAutoDiscovery")]
        pub use_site_auto_discovery: Option<bool>,
        /// The bundle identifiers of the apps that may use the ticket-granting ticket.
        ///
        /// `credentialBundleIdACL` · array of strings
        ///
        /// Each item of `credentialBundleIdACL` must be a bundle identifier.
        #[doc(alias = "credentialBundleIdACL")]
        pub credential_bundle_id_acl: Option<Vec<String>>,
        /// Whether only managed apps and the apps in `credentialBundleIdACL` have access to the credential.
        ///
        /// `includeManagedAppsInBundleIdACL` · boolean · default `false`
        ///
        /// Availability: iOS 14.0+; macOS 12.0+; otherwise inherited.
        #[doc(alias = "includeManagedAppsInBundleIdACL")]
        pub include_managed_apps_in_bundle_id_acl: Option<bool>,
        /// Whether the system's Kerberos tools, such as `TicketViewer` and `klist`, can use the credential in addition to the apps allowed by the other access keys.
        ///
        /// `includeKerberosAppsInBundleIdACL` · boolean · default `false`
        ///
        /// Availability: macOS 12.0+; not on iOS, visionOS.
        #[doc(alias = "includeKerberosAppsInBundleIdACL")]
        pub include_kerberos_apps_in_bundle_id_acl: Option<bool>,
        /// Maps DNS domains to realms if host names do not match the realm name; rarely needed.
        ///
        /// `domainRealmMapping` · dictionary of arrays with arbitrary keys
        ///
        /// Each item for a realm must be a DNS suffix, such as example.com or .example.com.
        #[doc(alias = "domainRealmMapping")]
        pub domain_realm_mapping: Option<BTreeMap<String, Vec<String>>>,
        /// Whether this realm is the default if there are several Kerberos extension payloads.
        ///
        /// `isDefaultRealm` · boolean · default `false`
        #[doc(alias = "isDefaultRealm")]
        pub is_default_realm: Option<bool>,
        /// The label shown instead of `Username` in the extension's windows, for example `Company ID`.
        ///
        /// `customUsernameLabel` · string
        ///
        /// Availability: iOS 14.0+; macOS 11.0+; otherwise inherited.
        #[doc(alias = "customUsernameLabel")]
        pub custom_username_label: Option<String>,
        /// Text shown at the bottom of the Kerberos sign-in window, such as help or a legal notice.
        ///
        /// `helpText` · string
        ///
        /// Availability: iOS 14.0+; macOS 11.0+; otherwise inherited.
        #[doc(alias = "helpText")]
        pub help_text: Option<String>,
        /// Whether the user can change the password in the extension.
        ///
        /// `allowPasswordChange` · boolean · default `true`
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "allowPasswordChange")]
        pub allow_password_change: Option<bool>,
        /// Whether the password can be saved in the keychain, so that the user does not have to enter it at later sign-ins.
        ///
        /// `allowAutomaticLogin` · boolean · default `true`
        #[doc(alias = "allowAutomaticLogin")]
        pub allow_automatic_login: Option<bool>,
        /// Whether Face ID, Touch ID or the passcode is required to read the saved password.
        ///
        /// `requireUserPresence` · boolean · default `false`
        #[doc(alias = "requireUserPresence")]
        pub require_user_presence: Option<bool>,
        /// How many days passwords in this domain are valid, for domains where the extension cannot determine this.
        ///
        /// `pwExpireOverride` · integer
        ///
        /// `pwExpireOverride` is a number of days, so it can't be negative.
        ///
        /// Availability: macOS: deprecated in 12.0; not on iOS, visionOS.
        #[doc(alias = "pwExpireOverride")]
        pub pw_expire_override: Option<i64>,
        /// How many days before the password expires the user is first notified.
        ///
        /// `pwNotificationDays` · integer · default `15`
        ///
        /// `pwNotificationDays` is a number of days, so it can't be negative.
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "pwNotificationDays")]
        pub pw_notification_days: Option<i64>,
        /// The minimum length of a domain password, in characters.
        ///
        /// `pwReqLength` · integer
        ///
        /// `pwReqLength` is a number of characters, so it can't be negative.
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "pwReqLength")]
        pub pw_req_length: Option<i64>,
        /// Whether new passwords must meet the complexity requirements of Active Directory.
        ///
        /// `pwReqComplexity` · boolean · default `false`
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "pwReqComplexity")]
        pub pw_req_complexity: Option<bool>,
        /// How old a password in this domain must be before the user can change it.
        ///
        /// `pwReqMinAge` · integer
        ///
        /// `pwReqMinAge` can't be negative.
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "pwReqMinAge")]
        pub pw_req_min_age: Option<i64>,
        /// How many previous passwords cannot be reused.
        ///
        /// `pwReqHistory` · integer
        ///
        /// `pwReqHistory` is a number of passwords, so it can't be negative.
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "pwReqHistory")]
        pub pw_req_history: Option<i64>,
        /// The domain's password rules as plain text; use it if `pwReqLength` and `pwReqComplexity` are not set.
        ///
        /// `pwReqText` · string
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "pwReqText")]
        pub pw_req_text: Option<String>,
        /// The domain's password rules as an RTF file; use it if `pwReqLength` and `pwReqComplexity` are not set.
        ///
        /// `pwReqRTFData` · data
        ///
        /// `pwReqRTFData` must be a document in Rich Text Format.
        ///
        /// Availability: macOS 15.0+; not on iOS, visionOS.
        #[doc(alias = "pwReqRTFData")]
        pub pw_req_rtf_data: Option<Data>,
        /// The URL that opens in the default browser when the user wants to change the password.
        ///
        /// `pwChangeURL` · string
        ///
        /// `pwChangeURL` must be a URL.
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "pwChangeURL")]
        pub pw_change_url: Option<String>,
        /// Whether the password of the local account is synchronized with the domain password; has no effect on mobile accounts.
        ///
        /// `syncLocalPassword` · boolean · default `false`
        ///
        /// Availability: not on iOS, visionOS; otherwise inherited.
        #[doc(alias = "syncLocalPassword")]
        pub sync_local_password: Option<bool>,
        /// How many seconds the Active Directory domain needs to replicate changes. The extension takes this into account when it checks the age of a password after a change.
        ///
        /// `replicationTime` · integer · default `900`
        ///
        /// `replicationTime` is a number of seconds, so it can't be negative.
        ///
        /// Availability: macOS 11.0+, deprecated in 12.0; not on iOS, visionOS.
        #[doc(alias = "replicationTime")]
        pub replication_time: Option<i64>,
        /// Whether the extension waits for a Kerberos challenge, or for an administrator to run the `app-sso` tool, before it asks the user to set it up.
        ///
        /// `delayUserSetup` · boolean · default `false`
        ///
        /// Availability: macOS 11.0+; not on iOS, visionOS.
        #[doc(alias = "delayUserSetup")]
        pub delay_user_setup: Option<bool>,
        /// Whether the extension monitors the credential cache. If `false`, it requests the credential at the next matching challenge or network change, and creates a new one if it is missing or expired.
        ///
        /// `monitorCredentialsCache` · boolean · default `true`
        ///
        /// Availability: macOS 11.0+; not on iOS, visionOS.
        #[doc(alias = "monitorCredentialsCache")]
        pub monitor_credentials_cache: Option<bool>,
        /// Whether connections to LDAP servers must be protected with TLS.
        ///
        /// `requireTLSForLDAP` · boolean · default `false`
        ///
        /// Availability: iOS 14.0+; macOS 11.0+; otherwise inherited.
        #[doc(alias = "requireTLSForLDAP")]
        pub require_tls_for_ldap: Option<bool>,
        /// When other processes use this credential. With `always` and `whenNotSpecified`, the service principal must match `Hosts` and the app must be in `credentialBundleIdACL`; the two differ if the caller specifies another credential. With `kerberosDefault`, Kerberos selects the credential.
        ///
        /// `credentialUseMode` · string · default `always`
        ///
        /// Availability: iOS 14.0+; macOS 11.0+; otherwise inherited.
        #[doc(alias = "credentialUseMode")]
        pub credential_use_mode: Option<CredentialUseMode>,
        /// Key distribution centers in order of preference, in the format used in `krb5.conf`; if none responds, the device looks them up in DNS.
        ///
        /// `preferredKDCs` · array of strings
        ///
        /// Each item of `preferredKDCs` must have the form \[protocol/\]host\[:port\]\[/path\].
        ///
        /// Availability: iOS 15.0+; macOS 12.0+; otherwise inherited.
        #[doc(alias = "preferredKDCs")]
        pub preferred_kdcs: Option<Vec<String>>,
        /// Whether this realm must use the ticket-granting ticket from Platform SSO instead of obtaining its own.
        ///
        /// `usePlatformSSOTGT` · boolean · default `false`
        ///
        /// Availability: macOS 13.0+; not on iOS, visionOS.
        #[doc(alias = "usePlatformSSOTGT")]
        pub use_platform_sso_tgt: Option<bool>,
        /// Whether the user can sign in manually even if `usePlatformSSOTGT` is `true`.
        ///
        /// `allowPlatformSSOAuthFallback` · boolean · default `true`
        ///
        /// Availability: macOS 13.0+; not on iOS, visionOS.
        #[doc(alias = "allowPlatformSSOAuthFallback")]
        pub allow_platform_sso_auth_fallback: Option<bool>,
        /// Whether the extension handles only Kerberos requests, without password expiry checks, password synchronization or home directory lookup.
        ///
        /// `performKerberosOnly` · boolean · default `false`
        ///
        /// Availability: iOS 16.0+; macOS 13.0+; otherwise inherited.
        #[doc(alias = "performKerberosOnly")]
        pub perform_kerberos_only: Option<bool>,
        /// A wildcard pattern that filters the available smart card identities by issuer; if only one identity matches, it is selected automatically.
        ///
        /// `identityIssuerAutoSelectFilter` · string
        ///
        /// Availability: macOS 15.0+; not on iOS, visionOS.
        #[doc(alias = "identityIssuerAutoSelectFilter")]
        pub identity_issuer_auto_select_filter: Option<String>,
        /// Whether the user can switch the sign-in window to smart card mode.
        ///
        /// `allowSmartCard` · boolean · default `true`
        ///
        /// Availability: macOS 15.0+; not on iOS, visionOS.
        #[doc(alias = "allowSmartCard")]
        pub allow_smart_card: Option<bool>,
        /// Whether the user can switch the sign-in window to password mode.
        ///
        /// `allowPassword` · boolean · default `true`
        ///
        /// Availability: macOS 15.0+; not on iOS, visionOS.
        #[doc(alias = "allowPassword")]
        pub allow_password: Option<bool>,
        /// Whether the sign-in window opens in smart card mode.
        ///
        /// `startInSmartCardMode` · boolean · default `false`
        ///
        /// Availability: macOS 15.0+; not on iOS, visionOS.
        #[doc(alias = "startInSmartCardMode")]
        pub start_in_smart_card_mode: Option<bool>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Default for ExtensionData {
        #[inline]
        fn default() -> Self {
            Self::empty()
        }
    }
    impl Record for ExtensionData {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (
                &super::tables::EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_EXTENSION_DATA,
                &self.extra,
            )
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.cache_name),
                1 => Write::view(&self.principal_name),
                2 => Write::view(&self.site_code),
                3 => Write::view(&self.certificate_uuid),
                4 => Write::view(&self.use_site_auto_discovery),
                5 => Write::view(&self.credential_bundle_id_acl),
                6 => Write::view(&self.include_managed_apps_in_bundle_id_acl),
                7 => Write::view(&self.include_kerberos_apps_in_bundle_id_acl),
                8 => Write::view(&self.domain_realm_mapping),
                9 => Write::view(&self.is_default_realm),
                10 => Write::view(&self.custom_username_label),
                11 => Write::view(&self.help_text),
                12 => Write::view(&self.allow_password_change),
                13 => Write::view(&self.allow_automatic_login),
                14 => Write::view(&self.require_user_presence),
                15 => Write::view(&self.pw_expire_override),
                16 => Write::view(&self.pw_notification_days),
                17 => Write::view(&self.pw_req_length),
                18 => Write::view(&self.pw_req_complexity),
                19 => Write::view(&self.pw_req_min_age),
                20 => Write::view(&self.pw_req_history),
                21 => Write::view(&self.pw_req_text),
                22 => Write::view(&self.pw_req_rtf_data),
                23 => Write::view(&self.pw_change_url),
                24 => Write::view(&self.sync_local_password),
                25 => Write::view(&self.replication_time),
                26 => Write::view(&self.delay_user_setup),
                27 => Write::view(&self.monitor_credentials_cache),
                28 => Write::view(&self.require_tls_for_ldap),
                29 => Write::view(&self.credential_use_mode),
                30 => Write::view(&self.preferred_kdcs),
                31 => Write::view(&self.use_platform_sso_tgt),
                32 => Write::view(&self.allow_platform_sso_auth_fallback),
                33 => Write::view(&self.perform_kerberos_only),
                34 => Write::view(&self.identity_issuer_auto_select_filter),
                35 => Write::view(&self.allow_smart_card),
                36 => Write::view(&self.allow_password),
                37 => Write::view(&self.start_in_smart_card_mode),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.cache_name, r),
                1 => Read::fill(&mut self.principal_name, r),
                2 => Read::fill(&mut self.site_code, r),
                3 => Read::fill(&mut self.certificate_uuid, r),
                4 => Read::fill(&mut self.use_site_auto_discovery, r),
                5 => Read::fill(&mut self.credential_bundle_id_acl, r),
                6 => Read::fill(&mut self.include_managed_apps_in_bundle_id_acl, r),
                7 => Read::fill(&mut self.include_kerberos_apps_in_bundle_id_acl, r),
                8 => Read::fill(&mut self.domain_realm_mapping, r),
                9 => Read::fill(&mut self.is_default_realm, r),
                10 => Read::fill(&mut self.custom_username_label, r),
                11 => Read::fill(&mut self.help_text, r),
                12 => Read::fill(&mut self.allow_password_change, r),
                13 => Read::fill(&mut self.allow_automatic_login, r),
                14 => Read::fill(&mut self.require_user_presence, r),
                15 => Read::fill(&mut self.pw_expire_override, r),
                16 => Read::fill(&mut self.pw_notification_days, r),
                17 => Read::fill(&mut self.pw_req_length, r),
                18 => Read::fill(&mut self.pw_req_complexity, r),
                19 => Read::fill(&mut self.pw_req_min_age, r),
                20 => Read::fill(&mut self.pw_req_history, r),
                21 => Read::fill(&mut self.pw_req_text, r),
                22 => Read::fill(&mut self.pw_req_rtf_data, r),
                23 => Read::fill(&mut self.pw_change_url, r),
                24 => Read::fill(&mut self.sync_local_password, r),
                25 => Read::fill(&mut self.replication_time, r),
                26 => Read::fill(&mut self.delay_user_setup, r),
                27 => Read::fill(&mut self.monitor_credentials_cache, r),
                28 => Read::fill(&mut self.require_tls_for_ldap, r),
                29 => Read::fill(&mut self.credential_use_mode, r),
                30 => Read::fill(&mut self.preferred_kdcs, r),
                31 => Read::fill(&mut self.use_platform_sso_tgt, r),
                32 => Read::fill(&mut self.allow_platform_sso_auth_fallback, r),
                33 => Read::fill(&mut self.perform_kerberos_only, r),
                34 => Read::fill(&mut self.identity_issuer_auto_select_filter, r),
                35 => Read::fill(&mut self.allow_smart_card, r),
                36 => Read::fill(&mut self.allow_password, r),
                37 => Read::fill(&mut self.start_in_smart_card_mode, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                cache_name: None,
                principal_name: None,
                site_code: None,
                certificate_uuid: None,
                use_site_auto_discovery: None,
                credential_bundle_id_acl: None,
                include_managed_apps_in_bundle_id_acl: None,
                include_kerberos_apps_in_bundle_id_acl: None,
                domain_realm_mapping: None,
                is_default_realm: None,
                custom_username_label: None,
                help_text: None,
                allow_password_change: None,
                allow_automatic_login: None,
                require_user_presence: None,
                pw_expire_override: None,
                pw_notification_days: None,
                pw_req_length: None,
                pw_req_complexity: None,
                pw_req_min_age: None,
                pw_req_history: None,
                pw_req_text: None,
                pw_req_rtf_data: None,
                pw_change_url: None,
                sync_local_password: None,
                replication_time: None,
                delay_user_setup: None,
                monitor_credentials_cache: None,
                require_tls_for_ldap: None,
                credential_use_mode: None,
                preferred_kdcs: None,
                use_platform_sso_tgt: None,
                allow_platform_sso_auth_fallback: None,
                perform_kerberos_only: None,
                identity_issuer_auto_select_filter: None,
                allow_smart_card: None,
                allow_password: None,
                start_in_smart_card_mode: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(ExtensionData, plist);
    /// Possible values of `credentialUseMode`. When other processes use this credential.
    ///
    /// With `always` and `whenNotSpecified`, the service principal must match `Hosts` and the app must be in `credentialBundleIdACL`; the two differ if the caller specifies another credential. With `kerberosDefault`, Kerberos selects the credential.
    ///
    /// Key `ExtensionData.credentialUseMode` of [`profiles::ExtensibleSingleSignOnKerberos`](super::ExtensibleSingleSignOnKerberos)
    #[derive(Clone, Debug, PartialEq, Hash)]
    #[non_exhaustive]
    pub enum CredentialUseMode {
        /// `always`: The credential is used if the service principal matches `Hosts`, the app is in `credentialBundleIdACL`, and the caller has not specified another credential.
        Always,
        /// `whenNotSpecified`: The credential is used only if the service principal matches `Hosts` and the app is in `credentialBundleIdACL`.
        WhenNotSpecified,
        /// `kerberosDefault`: Kerberos selects the credential as usual, normally its default credential; equivalent to turning this feature off.
        KerberosDefault,
        /// A value that the schema does not define.
        Unrecognized(String),
    }
    impl CredentialUseMode {
        /// The values that the schema defines, in the order of the schema.
        pub const KNOWN: &'static [&'static str] = &[
            "always",
            "whenNotSpecified",
            "kerberosDefault",
        ];
        /// Returns the value as it appears in documents.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::Always => "always",
                Self::WhenNotSpecified => "whenNotSpecified",
                Self::KerberosDefault => "kerberosDefault",
                Self::Unrecognized(value) => value,
            }
        }
    }
    impl From<&str> for CredentialUseMode {
        fn from(value: &str) -> Self {
            match value {
                "always" => Self::Always,
                "whenNotSpecified" => Self::WhenNotSpecified,
                "kerberosDefault" => Self::KerberosDefault,
                _ => Self::Unrecognized(value.to_owned()),
            }
        }
    }
    crate::generated_enum!(CredentialUseMode);
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS__ITEM];
    pub static EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS: Dict = Dict {
        name: "ExtensibleSingleSignOnKerberos",
        keys: &[
            Key {
                name: "ExtensionIdentifier",
                kind: Kind::String,
                field: "extension_identifier",
                required: true,
                choices: &EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_EXTENSION_IDENTIFIER,
                closed: true,
                description: "The bundle identifier of the Kerberos extension; this fixed value identifies the Kerberos form of the payload.",
                ..Key::EMPTY
            },
            Key {
                name: "TeamIdentifier",
                kind: Kind::String,
                field: "team_identifier",
                required: true,
                choices: &EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_TEAM_IDENTIFIER,
                closed: true,
                description: "Identifies the extension as Apple's own.",
                ..Key::EMPTY
            },
            Key {
                name: "Type",
                kind: Kind::String,
                field: "type",
                required: true,
                choices: &EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_TYPE,
                closed: true,
                description: "The type of single sign-on; for Kerberos, a credential exchange.",
                ..Key::EMPTY
            },
            Key {
                name: "Realm",
                kind: Kind::String,
                field: "realm",
                required: true,
                description: "The Kerberos realm, with correct capitalization; in an Active Directory forest, the realm of the user's account.",
                ..Key::EMPTY
            },
            Key {
                name: "ExtensionData",
                kind: Kind::Dictionary(
                    &EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_EXTENSION_DATA,
                ),
                field: "extension_data",
                description: "Settings for the Kerberos extension.",
                ..Key::EMPTY
            },
            Key {
                name: "Hosts",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::String,
                        description: "One host name, or a domain with a leading `.`, which matches all its subdomains.",
                        ..Key::EMPTY
                    },
                ),
                field: "hosts",
                description: "The hosts and domains that the extension handles; case-insensitive. A name may appear in only one installed single sign-on payload.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0, 1, 2, 3]),
        plain: true,
        rules: &[
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("ExtensionData"), Step::Key("certificateUUID")],
                    test: TextTest::Format(TextFormat::Uuid),
                    not: false,
                },
                says: "certificateUUID must be a UUID.",
                source: "content of certificateUUID",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::PayloadRef {
                    key: &[Step::Key("ExtensionData"), Step::Key("certificateUUID")],
                    types: &[
                        "com.apple.security.pkcs12",
                        "com.apple.security.scep",
                        "com.apple.security.acme",
                        "com.apple.ADCertificate.managed",
                    ],
                },
                says: "If certificateUUID isn't the PayloadUUID of an identity in the same profile, the extension may not find the identity.",
                source: "content of certificateUUID",
                severity: Severity::Warning,
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[
                        Step::Key("ExtensionData"),
                        Step::Key("credentialBundleIdACL"),
                        Step::Items,
                    ],
                    test: TextTest::Format(TextFormat::BundleId),
                    not: false,
                },
                says: "Each item of credentialBundleIdACL must be a bundle identifier.",
                source: "content of credentialBundleIdACL",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[
                        Step::Key("ExtensionData"),
                        Step::Key("domainRealmMapping"),
                        Step::Any,
                        Step::Items,
                    ],
                    test: TextTest::Pattern("\\.?[^\\s./:]+(\\.[^\\s./:]+)*\\.?"),
                    not: false,
                },
                says: "Each item for a realm must be a DNS suffix, such as example.com or .example.com.",
                source: "content of Realm",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("ExtensionData"), Step::Key("pwExpireOverride")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "pwExpireOverride is a number of days, so it can't be negative.",
                source: "content of pwExpireOverride",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("ExtensionData"), Step::Key("pwNotificationDays")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "pwNotificationDays is a number of days, so it can't be negative.",
                source: "content of pwNotificationDays",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("ExtensionData"), Step::Key("pwReqLength")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "pwReqLength is a number of characters, so it can't be negative.",
                source: "content of pwReqLength",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("ExtensionData"), Step::Key("pwReqMinAge")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "pwReqMinAge can't be negative.",
                source: "content of pwReqMinAge",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("ExtensionData"), Step::Key("pwReqHistory")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "pwReqHistory is a number of passwords, so it can't be negative.",
                source: "content of pwReqHistory",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Number {
                    key: &[Step::Key("ExtensionData"), Step::Key("replicationTime")],
                    min: Some(0.0),
                    max: None,
                    step: None,
                    not: &[],
                },
                says: "replicationTime is a number of seconds, so it can't be negative.",
                source: "content of replicationTime",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Document {
                    key: &[Step::Key("ExtensionData"), Step::Key("pwReqRTFData")],
                    holds: EmbeddedDocument::Rtf,
                },
                says: "pwReqRTFData must be a document in Rich Text Format.",
                source: "content of pwReqRTFData",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("ExtensionData"), Step::Key("pwChangeURL")],
                    test: TextTest::Format(TextFormat::Url),
                    not: false,
                },
                says: "pwChangeURL must be a URL.",
                source: "content of pwChangeURL",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[
                        Step::Key("ExtensionData"),
                        Step::Key("preferredKDCs"),
                        Step::Items,
                    ],
                    test: TextTest::Pattern(
                        "([A-Za-z]+(://|/))?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/\\S*)?",
                    ),
                    not: false,
                },
                says: "Each item of preferredKDCs must have the form [protocol/]host[:port][/path].",
                source: "content of preferredKDCs",
                triggers: &[4],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Requires {
                    keys: &[&[Step::Key("Hosts")]],
                },
                says: "Hosts is required.",
                source: "content of Hosts in com.apple.extensiblesso.yaml",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Count {
                    key: &[Step::Key("Hosts")],
                    min: Some(1),
                    max: None,
                },
                says: "Hosts must contain at least one host or domain.",
                source: "content of Hosts",
                triggers: &[5],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("Hosts"), Step::Items],
                    test: TextTest::Pattern("\\.?[^\\s./:?#@]+(\\.[^\\s./:?#@]+)*\\.?"),
                    not: false,
                },
                says: "Each item of Hosts must be a host or domain name, not a URL; a leading dot stands for all subdomains.",
                source: "content of Hosts",
                triggers: &[5],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Unique {
                    key: &[Step::Key("Hosts"), Step::Items],
                    by: &[],
                    ignore_case: true,
                },
                says: "Two items of Hosts can't be the same, regardless of case.",
                source: "content of Hosts",
                triggers: &[5],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Excludes {
                    keys: &[&[Step::Key("ExtensionIdentifier")]],
                },
                says: "Before macOS 11, this payload can't be installed on the user channel.",
                source: "notes",
                when: &[
                    Condition::Target(TargetCondition::Os {
                        systems: &[Os::Macos],
                        from: None,
                        before: Some(Version(11, 0, 0)),
                    }),
                    Condition::Target(TargetCondition::Channel(Channel::User)),
                ],
                triggers: &[0],
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_EXTENSION_IDENTIFIER: [Choice; 1] = [
        Choice {
            value: Literal::String("com.apple.AppSSOKerberos.KerberosExtension"),
            ..Choice::EMPTY
        },
    ];
    pub static EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_TEAM_IDENTIFIER: [Choice; 1] = [
        Choice {
            value: Literal::String("apple"),
            ..Choice::EMPTY
        },
    ];
    pub static EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_TYPE: [Choice; 1] = [
        Choice {
            value: Literal::String("Credential"),
            ..Choice::EMPTY
        },
    ];
    pub static EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_EXTENSION_DATA: Dict = Dict {
        name: "ExtensionData",
        keys: &[
            Key {
                name: "cacheName",
                kind: Kind::String,
                field: "cache_name",
                description: "The GSS name of the Kerberos cache; rarely needed.",
                support: &[
                    (Os::Ios, Fact::Deprecated(Version(15, 0, 0))),
                    (Os::Macos, Fact::Deprecated(Version(12, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "principalName",
                kind: Kind::String,
                field: "principal_name",
                description: "The user name for which tickets are requested, optionally without the realm.",
                ..Key::EMPTY
            },
            Key {
                name: "siteCode",
                kind: Kind::String,
                field: "site_code",
                description: "The Active Directory site to use; needed only if the extension cannot determine the site automatically.",
                ..Key::EMPTY
            },
            Key {
                name: "certificateUUID",
                kind: Kind::String,
                field: "certificate_uuid",
                description: "The UUID of the payload that holds the certificate for PKINIT.",
                ..Key::EMPTY
            },
            Key {
                name: "useSiteAutoDiscovery",
                kind: Kind::Boolean,
                field: "use_site_auto_discovery",
                default: Some(Literal::Boolean(true)),
                description: "Whether the extension finds its Active Directory site through LDAP and DNS.",
                ..Key::EMPTY
            },
            Key {
                name: "credentialBundleIdACL",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::String,
                        description: "One bundle identifier; case-sensitive.",
                        ..Key::EMPTY
                    },
                ),
                field: "credential_bundle_id_acl",
                description: "The bundle identifiers of the apps that may use the ticket-granting ticket.",
                ..Key::EMPTY
            },
            Key {
                name: "includeManagedAppsInBundleIdACL",
                kind: Kind::Boolean,
                field: "include_managed_apps_in_bundle_id_acl",
                default: Some(Literal::Boolean(false)),
                description: "Whether only managed apps and the apps in `credentialBundleIdACL` have access to the credential.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(14, 0, 0))),
                    (Os::Macos, Fact::Introduced(Version(12, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "includeKerberosAppsInBundleIdACL",
                kind: Kind::Boolean,
                field: "include_kerberos_apps_in_bundle_id_acl",
                default: Some(Literal::Boolean(false)),
                description: "Whether the system's Kerberos tools, such as `TicketViewer` and `klist`, can use the credential in addition to the apps allowed by the other access keys.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(12, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "domainRealmMapping",
                kind: Kind::Map(
                    &Key {
                        kind: Kind::Array(
                            &Key {
                                kind: Kind::String,
                                description: "One DNS suffix of the realm.",
                                ..Key::EMPTY
                            },
                        ),
                        description: "The DNS suffixes that belong to the realm named by the key.",
                        ..Key::EMPTY
                    },
                ),
                field: "domain_realm_mapping",
                description: "Maps DNS domains to realms if host names do not match the realm name; rarely needed.",
                ..Key::EMPTY
            },
            Key {
                name: "isDefaultRealm",
                kind: Kind::Boolean,
                field: "is_default_realm",
                default: Some(Literal::Boolean(false)),
                description: "Whether this realm is the default if there are several Kerberos extension payloads.",
                ..Key::EMPTY
            },
            Key {
                name: "customUsernameLabel",
                kind: Kind::String,
                field: "custom_username_label",
                description: "The label shown instead of `Username` in the extension's windows, for example `Company ID`.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(14, 0, 0))),
                    (Os::Macos, Fact::Introduced(Version(11, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "helpText",
                kind: Kind::String,
                field: "help_text",
                description: "Text shown at the bottom of the Kerberos sign-in window, such as help or a legal notice.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(14, 0, 0))),
                    (Os::Macos, Fact::Introduced(Version(11, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "allowPasswordChange",
                kind: Kind::Boolean,
                field: "allow_password_change",
                default: Some(Literal::Boolean(true)),
                description: "Whether the user can change the password in the extension.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "allowAutomaticLogin",
                kind: Kind::Boolean,
                field: "allow_automatic_login",
                default: Some(Literal::Boolean(true)),
                description: "Whether the password can be saved in the keychain, so that the user does not have to enter it at later sign-ins.",
                ..Key::EMPTY
            },
            Key {
                name: "requireUserPresence",
                kind: Kind::Boolean,
                field: "require_user_presence",
                default: Some(Literal::Boolean(false)),
                description: "Whether Face ID, Touch ID or the passcode is required to read the saved password.",
                ..Key::EMPTY
            },
            Key {
                name: "pwExpireOverride",
                kind: Kind::Integer,
                field: "pw_expire_override",
                description: "How many days passwords in this domain are valid, for domains where the extension cannot determine this.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Deprecated(Version(12, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwNotificationDays",
                kind: Kind::Integer,
                field: "pw_notification_days",
                default: Some(Literal::Integer(15)),
                description: "How many days before the password expires the user is first notified.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwReqLength",
                kind: Kind::Integer,
                field: "pw_req_length",
                description: "The minimum length of a domain password, in characters.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwReqComplexity",
                kind: Kind::Boolean,
                field: "pw_req_complexity",
                default: Some(Literal::Boolean(false)),
                description: "Whether new passwords must meet the complexity requirements of Active Directory.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwReqMinAge",
                kind: Kind::Integer,
                field: "pw_req_min_age",
                description: "How old a password in this domain must be before the user can change it.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwReqHistory",
                kind: Kind::Integer,
                field: "pw_req_history",
                description: "How many previous passwords cannot be reused.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwReqText",
                kind: Kind::String,
                field: "pw_req_text",
                description: "The domain's password rules as plain text; use it if `pwReqLength` and `pwReqComplexity` are not set.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwReqRTFData",
                kind: Kind::Data,
                field: "pw_req_rtf_data",
                description: "The domain's password rules as an RTF file; use it if `pwReqLength` and `pwReqComplexity` are not set.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(15, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "pwChangeURL",
                kind: Kind::String,
                field: "pw_change_url",
                description: "The URL that opens in the default browser when the user wants to change the password.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "syncLocalPassword",
                kind: Kind::Boolean,
                field: "sync_local_password",
                default: Some(Literal::Boolean(false)),
                description: "Whether the password of the local account is synchronized with the domain password; has no effect on mobile accounts.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "replicationTime",
                kind: Kind::Integer,
                field: "replication_time",
                default: Some(Literal::Integer(900)),
                description: "How many seconds the Active Directory domain needs to replicate changes. The extension takes this into account when it checks the age of a password after a change.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(11, 0, 0))),
                    (Os::Macos, Fact::Deprecated(Version(12, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "delayUserSetup",
                kind: Kind::Boolean,
                field: "delay_user_setup",
                default: Some(Literal::Boolean(false)),
                description: "Whether the extension waits for a Kerberos challenge, or for an administrator to run the `app-sso` tool, before it asks the user to set it up.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(11, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "monitorCredentialsCache",
                kind: Kind::Boolean,
                field: "monitor_credentials_cache",
                default: Some(Literal::Boolean(true)),
                description: "Whether the extension monitors the credential cache. If `false`, it requests the credential at the next matching challenge or network change, and creates a new one if it is missing or expired.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(11, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "requireTLSForLDAP",
                kind: Kind::Boolean,
                field: "require_tls_for_ldap",
                default: Some(Literal::Boolean(false)),
                description: "Whether connections to LDAP servers must be protected with TLS.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(14, 0, 0))),
                    (Os::Macos, Fact::Introduced(Version(11, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "credentialUseMode",
                kind: Kind::String,
                field: "credential_use_mode",
                choices: &EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_CREDENTIAL_USE_MODE,
                closed: true,
                default: Some(Literal::String("always")),
                description: "When other processes use this credential. With `always` and `whenNotSpecified`, the service principal must match `Hosts` and the app must be in `credentialBundleIdACL`; the two differ if the caller specifies another credential. With `kerberosDefault`, Kerberos selects the credential.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(14, 0, 0))),
                    (Os::Macos, Fact::Introduced(Version(11, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "preferredKDCs",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::String,
                        description: "One key distribution center in the form `[protocol/]hostname[:port][/path]`, for example `tcp/adserver1.example.com:88`.",
                        ..Key::EMPTY
                    },
                ),
                field: "preferred_kdcs",
                description: "Key distribution centers in order of preference, in the format used in `krb5.conf`; if none responds, the device looks them up in DNS.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(15, 0, 0))),
                    (Os::Macos, Fact::Introduced(Version(12, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "usePlatformSSOTGT",
                kind: Kind::Boolean,
                field: "use_platform_sso_tgt",
                default: Some(Literal::Boolean(false)),
                description: "Whether this realm must use the ticket-granting ticket from Platform SSO instead of obtaining its own.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(13, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "allowPlatformSSOAuthFallback",
                kind: Kind::Boolean,
                field: "allow_platform_sso_auth_fallback",
                default: Some(Literal::Boolean(true)),
                description: "Whether the user can sign in manually even if `usePlatformSSOTGT` is `true`.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(13, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "performKerberosOnly",
                kind: Kind::Boolean,
                field: "perform_kerberos_only",
                default: Some(Literal::Boolean(false)),
                description: "Whether the extension handles only Kerberos requests, without password expiry checks, password synchronization or home directory lookup.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(16, 0, 0))),
                    (Os::Macos, Fact::Introduced(Version(13, 0, 0))),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "identityIssuerAutoSelectFilter",
                kind: Kind::String,
                field: "identity_issuer_auto_select_filter",
                description: "A wildcard pattern that filters the available smart card identities by issuer; if only one identity matches, it is selected automatically.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(15, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "allowSmartCard",
                kind: Kind::Boolean,
                field: "allow_smart_card",
                default: Some(Literal::Boolean(true)),
                description: "Whether the user can switch the sign-in window to smart card mode.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(15, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "allowPassword",
                kind: Kind::Boolean,
                field: "allow_password",
                default: Some(Literal::Boolean(true)),
                description: "Whether the user can switch the sign-in window to password mode.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(15, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "startInSmartCardMode",
                kind: Kind::Boolean,
                field: "start_in_smart_card_mode",
                default: Some(Literal::Boolean(false)),
                description: "Whether the sign-in window opens in smart card mode.",
                support: &[
                    (Os::Ios, Fact::NotAvailable),
                    (Os::Macos, Fact::Introduced(Version(15, 0, 0))),
                    (Os::Visionos, Fact::NotAvailable),
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
            &[2, 11],
            &[0, 21],
            &[],
            &[17, 19, 23],
            &[20, 22],
            &[1, 30, 36],
            &[9, 26, 35],
            &[3, 18, 25],
            &[15],
            &[24, 28, 29, 31],
            &[8, 16],
            &[10, 12, 13, 14, 33],
            &[4, 37],
            &[5],
            &[],
            &[27],
            &[],
            &[],
            &[],
            &[],
            &[32],
            &[],
            &[34],
            &[6],
            &[7],
        ],
        plain: true,
        rules: &[
            Rule {
                check: Check::Excludes {
                    keys: &[&[Step::Key("pwReqText")]],
                },
                says: "If pwReqComplexity and pwReqLength are present, pwReqText can't be used.",
                source: "content of pwReqText",
                when: &[
                    Condition::Present(&[Step::Key("pwReqComplexity")], true),
                    Condition::Present(&[Step::Key("pwReqLength")], true),
                ],
                triggers: &[21],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Excludes {
                    keys: &[&[Step::Key("pwReqRTFData")]],
                },
                says: "If pwReqComplexity and pwReqLength are present, pwReqRTFData can't be used.",
                source: "content of pwReqRTFData",
                when: &[
                    Condition::Present(&[Step::Key("pwReqComplexity")], true),
                    Condition::Present(&[Step::Key("pwReqLength")], true),
                ],
                triggers: &[22],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Excludes {
                    keys: &[&[Step::Key("pwReqText")], &[Step::Key("pwReqRTFData")]],
                },
                says: "pwReqText and pwReqRTFData describe requirements in place of pwReqComplexity, and may not be shown if it is present.",
                source: "content of pwReqText and pwReqRTFData",
                when: &[
                    Condition::Present(&[Step::Key("pwReqComplexity")], true),
                    Condition::Present(&[Step::Key("pwReqLength")], false),
                ],
                severity: Severity::Warning,
                triggers: &[18],
            },
            Rule {
                check: Check::Excludes {
                    keys: &[&[Step::Key("pwReqText")], &[Step::Key("pwReqRTFData")]],
                },
                says: "pwReqText and pwReqRTFData describe requirements in place of pwReqLength, and may not be shown if it is present.",
                source: "content of pwReqText and pwReqRTFData",
                when: &[
                    Condition::Present(&[Step::Key("pwReqComplexity")], false),
                    Condition::Present(&[Step::Key("pwReqLength")], true),
                ],
                severity: Severity::Warning,
                triggers: &[17],
            },
        ],
        ..Dict::EMPTY
    };
    pub static EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS_CREDENTIAL_USE_MODE: [Choice; 3] = [
        Choice {
            value: Literal::String("always"),
            description: "The credential is used if the service principal matches `Hosts`, the app is in `credentialBundleIdACL`, and the caller has not specified another credential.",
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("whenNotSpecified"),
            description: "The credential is used only if the service principal matches `Hosts` and the app is in `credentialBundleIdACL`.",
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("kerberosDefault"),
            description: "Kerberos selects the credential as usual, normally its default credential; equivalent to turning this feature off.",
            ..Choice::EMPTY
        },
    ];
    pub static EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS__ITEM: Item = Item {
        family: Family::Profile,
        name: "com.apple.extensiblesso",
        rust: "ExtensibleSingleSignOnKerberos",
        title: "Extensible Single Sign-On (Kerberos)",
        files: &["mdm/profiles/com.apple.extensiblesso(kerberos).yaml"],
        support: &[
            (Os::Ios, Fact::Introduced(Version(13, 0, 0))),
            (Os::Ios, Fact::Multiple(true)),
            (Os::Ios, Fact::Supervised(false)),
            (Os::Ios, Fact::AllowManualInstall(false)),
            (Os::Ios, Fact::SharedIpad(Mode::Allowed)),
            (Os::Ios, Fact::SharedIpadDeviceChannel(false)),
            (Os::Ios, Fact::SharedIpadUserChannel(true)),
            (Os::Ios, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Macos, Fact::Introduced(Version(10, 15, 0))),
            (Os::Macos, Fact::Multiple(true)),
            (Os::Macos, Fact::DeviceChannel(true)),
            (Os::Macos, Fact::UserChannel(true)),
            (Os::Macos, Fact::Supervised(false)),
            (Os::Macos, Fact::RequiresDep(false)),
            (Os::Macos, Fact::UserApprovedMdm(true)),
            (Os::Macos, Fact::AllowManualInstall(false)),
            (Os::Macos, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::Introduced(Version(1, 1, 0))),
            (Os::Visionos, Fact::Multiple(true)),
            (Os::Visionos, Fact::Supervised(false)),
            (Os::Visionos, Fact::AllowManualInstall(false)),
            (Os::Visionos, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Watchos, Fact::NotAvailable),
        ],
        description: "Sets up the built-in Kerberos extension, which obtains and renews Kerberos tickets for the user. This is the extensible single sign-on payload with the keys specific to the Kerberos extension; since macOS 11, it can also be sent on the user channel.",
        selector: Some((
            "ExtensionIdentifier",
            "com.apple.AppSSOKerberos.KerberosExtension",
        )),
        keys: Some(&EXTENSIBLE_SINGLE_SIGN_ON_KERBEROS),
        ..Item::EMPTY
    };
}
