//! Profiles and their payload entries.

use std::collections::BTreeMap;
use std::fmt;

use crate::codec::Extra;
use crate::codec::Reader;
use crate::codec::generated::same;
use crate::codec::{Read, Record, View, Write};
use crate::error::Error;
use crate::items::item::{Whole, read_over};
use crate::schema::Dict;
use crate::value::{Data, Date};

use super::{CommonPayloadKeys, Payload, TOP_LEVEL};

/// A configuration profile.
///
/// Every key is an `Option`, even if it is required: profiles in the wild lack some required keys, and only a profile that can be
/// read can be fixed. [`new`](Self::new) sets all required keys.
///
/// ```
/// use apple_mdm::Document;
/// use apple_mdm::profiles::{Passcode, PayloadEntry, Profile};
///
/// let passcode = Passcode { min_length: Some(8), ..Default::default() };
/// let entry = PayloadEntry::new("com.example.passcode.1", "24A9D6AC-9C34-45F3-B92F-88C4657204C9", passcode);
/// let profile = Profile::new("com.example.passcode", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry]);
/// assert!(profile.to_xml()?.contains("com.apple.mobiledevice.passwordpolicy"));
/// # Ok::<(), apple_mdm::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Profile {
    /// `PayloadIdentifier`: the identifier in reverse-DNS style. A profile replaces an installed one with the same identifier.
    pub payload_identifier: Option<String>,
    /// `PayloadUUID`: the UUID of the profile.
    pub payload_uuid: Option<String>,
    /// `PayloadType`: always `Configuration`.
    pub payload_type: Option<String>,
    /// `PayloadVersion`: always 1.
    pub payload_version: Option<i64>,
    /// `PayloadContent` or `EncryptedPayloadContent`: the payloads.
    pub content: Content,
    /// `PayloadDescription`: a description for the user.
    pub payload_description: Option<String>,
    /// `PayloadDisplayName`: the name that the user sees.
    pub payload_display_name: Option<String>,
    /// `PayloadOrganization`: the organization that provides the profile.
    pub payload_organization: Option<String>,
    /// `PayloadRemovalDisallowed`: whether the user cannot remove the profile.
    pub payload_removal_disallowed: Option<bool>,
    /// `PayloadScope`: whether the profile applies to the whole Mac or to the user.
    pub payload_scope: Option<PayloadScope>,
    /// `RemovalDate`: the date on which the device removes the profile.
    pub removal_date: Option<Date>,
    /// `DurationUntilRemoval`: the number of seconds after which the device removes the profile.
    pub duration_until_removal: Option<f64>,
    /// `PayloadExpirationDate`: the date after which the device offers the user an update.
    pub payload_expiration_date: Option<Date>,
    /// `TargetDeviceType`: 0 for any device, 1 iPhone and iPad, 2 Apple Watch, 3 HomePod, 4 Apple TV, 5 Mac, 6 Vision Pro.
    pub target_device_type: Option<i64>,
    /// `ConsentText`: the text that the user must agree to, by language. `default` is for all other languages.
    pub consent_text: Option<BTreeMap<String, String>>,
    /// Unknown keys, as they were read.
    pub extra: Extra,
}

/// The scope of a profile.
#[derive(Clone, Debug, PartialEq, Hash)]
#[non_exhaustive]
pub enum PayloadScope {
    /// The whole Mac.
    System,
    /// The user.
    User,
    /// An unknown value.
    Unrecognized(String),
}

impl PayloadScope {
    /// Returns the value in documents.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::System => "System",
            Self::User => "User",
            Self::Unrecognized(scope) => scope,
        }
    }
}

impl From<&str> for PayloadScope {
    fn from(scope: &str) -> Self {
        match scope {
            "System" => Self::System,
            "User" => Self::User,
            _ => Self::Unrecognized(scope.to_owned()),
        }
    }
}

crate::generated_enum!(PayloadScope);

/// The content of a profile.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub enum Content {
    /// The payloads.
    Plain(Vec<PayloadEntry>),
    /// An encrypted message that contains the payloads and that only the device can open. `cms::kind`, of the feature `cms`, tells
    /// whether it is one.
    Encrypted(Data),
    /// No payloads. If the key has another value, it is in the profile's `extra`.
    #[default]
    Absent,
}

impl Profile {
    /// Creates a profile with these payloads.
    #[must_use]
    pub fn new(
        payload_identifier: impl Into<String>,
        payload_uuid: impl Into<String>,
        payloads: impl IntoIterator<Item = PayloadEntry>,
    ) -> Self {
        Self {
            payload_identifier: Some(payload_identifier.into()),
            payload_uuid: Some(payload_uuid.into()),
            payload_type: Some("Configuration".to_owned()),
            payload_version: Some(1),
            content: Content::Plain(payloads.into_iter().collect()),
            ..Self::default()
        }
    }

    /// Returns the payloads. Empty if they are encrypted.
    #[must_use]
    pub fn payloads(&self) -> &[PayloadEntry] {
        match &self.content {
            Content::Plain(payloads) => payloads,
            Content::Encrypted(_) | Content::Absent => &[],
        }
    }
}

impl Record for Profile {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&TOP_LEVEL, &self.extra)
    }

    fn get(&self, index: usize) -> View<'_> {
        match TOP_LEVEL.name_of(index) {
            "PayloadIdentifier" => self.payload_identifier.view(),
            "PayloadUUID" => self.payload_uuid.view(),
            "PayloadType" => self.payload_type.view(),
            "PayloadVersion" => self.payload_version.view(),
            "PayloadContent" => match &self.content {
                Content::Plain(payloads) => payloads.view(),
                Content::Encrypted(_) | Content::Absent => View::Absent,
            },
            "EncryptedPayloadContent" => match &self.content {
                Content::Encrypted(data) => data.view(),
                Content::Plain(_) | Content::Absent => View::Absent,
            },
            "PayloadDescription" => self.payload_description.view(),
            "PayloadDisplayName" => self.payload_display_name.view(),
            "PayloadOrganization" => self.payload_organization.view(),
            "PayloadRemovalDisallowed" => self.payload_removal_disallowed.view(),
            "PayloadScope" => self.payload_scope.view(),
            "RemovalDate" => self.removal_date.view(),
            "DurationUntilRemoval" => self.duration_until_removal.view(),
            "PayloadExpirationDate" => self.payload_expiration_date.view(),
            "TargetDeviceType" => self.target_device_type.view(),
            "ConsentText" => self.consent_text.view(),
            _ => View::Absent,
        }
    }

    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match TOP_LEVEL.name_of(index) {
            "PayloadIdentifier" => self.payload_identifier.fill(r),
            "PayloadUUID" => self.payload_uuid.fill(r),
            "PayloadType" => self.payload_type.fill(r),
            "PayloadVersion" => self.payload_version.fill(r),
            "PayloadContent" => {
                let payloads = payloads(r)?;
                if let Content::Encrypted(data) = std::mem::take(&mut self.content) {
                    // If both are present, the plain payloads take precedence.
                    self.extra.insert("EncryptedPayloadContent", data);
                }
                self.content = Content::Plain(payloads);
                Ok(())
            }
            "EncryptedPayloadContent" => {
                let data = Data::read(r)?;
                if matches!(self.content, Content::Absent) {
                    self.content = Content::Encrypted(data);
                } else {
                    self.extra.insert("EncryptedPayloadContent", data);
                }
                Ok(())
            }
            "PayloadDescription" => self.payload_description.fill(r),
            "PayloadDisplayName" => self.payload_display_name.fill(r),
            "PayloadOrganization" => self.payload_organization.fill(r),
            "PayloadRemovalDisallowed" => self.payload_removal_disallowed.fill(r),
            "PayloadScope" => self.payload_scope.fill(r),
            "RemovalDate" => self.removal_date.fill(r),
            "DurationUntilRemoval" => self.duration_until_removal.fill(r),
            "PayloadExpirationDate" => self.payload_expiration_date.fill(r),
            "TargetDeviceType" => self.target_device_type.fill(r),
            "ConsentText" => self.consent_text.fill(r),
            "" => r.keep(&mut self.extra),
            name => {
                // A key of a newer schema than this type.
                let value = r.value()?;
                self.extra.insert(name, value);
                Ok(())
            }
        }
    }

    fn empty() -> Self {
        Self::default()
    }
}

crate::generated_record!(Profile, plist);

/// A payload of a profile: the keys that all payloads have, and the payload's own keys.
#[derive(Clone)]
pub struct PayloadEntry {
    /// `PayloadIdentifier`, `PayloadUUID` and the other keys that all payloads have.
    pub common: CommonPayloadKeys,
    /// The payload's own keys. Unknown keys are in its `extra`.
    pub payload: Payload,
}

impl PayloadEntry {
    /// Creates a payload entry.
    #[must_use]
    pub fn new(
        payload_identifier: impl Into<String>,
        payload_uuid: impl Into<String>,
        payload: impl Into<Payload>,
    ) -> Self {
        Self {
            common: CommonPayloadKeys {
                payload_identifier: Some(payload_identifier.into()),
                payload_uuid: Some(payload_uuid.into()),
                payload_version: Some(1),
                ..CommonPayloadKeys::default()
            },
            payload: payload.into(),
        }
    }

    fn whole(&self) -> Whole<'_, Payload> {
        Whole {
            tag: "PayloadType",
            item: &self.payload,
            beside: Some(&self.common),
        }
    }
}

impl Read for PayloadEntry {
    fn blank() -> Self {
        Self {
            common: CommonPayloadKeys::blank(),
            payload: Payload::blank(),
        }
    }

    fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
        *self = Self::read(r)?;
        Ok(())
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, Error> {
        let (payload, common) = read_over("PayloadType", r)?;
        Ok(Self { common, payload })
    }
}

/// Reads the list of payloads.
fn payloads(r: &mut Reader<'_>) -> Result<Vec<PayloadEntry>, Error> {
    r.begin_array()?;
    let mut payloads = Vec::new();
    payloads.reserve_exact(r.room(size_of::<PayloadEntry>()));
    while r.next_item()? {
        payloads.push(PayloadEntry::read(r)?);
    }
    Ok(payloads)
}

impl Write for PayloadEntry {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl crate::codec::Map for PayloadEntry {
    fn len(&self) -> usize {
        let mut count = 0;
        self.each(&mut |_, _| count += 1);
        count
    }

    fn value(&self, key: &str) -> View<'_> {
        self.whole().value(key)
    }

    fn each<'a>(&'a self, f: &mut dyn FnMut(&'a str, &View<'a>)) {
        self.whole().each(f);
    }

    fn part(&self, table: &'static Dict) -> Option<&dyn Record> {
        self.whole().part(table)
    }
}

impl PartialEq for PayloadEntry {
    fn eq(&self, other: &Self) -> bool {
        same(self.view(), other.view())
    }
}

impl fmt::Debug for PayloadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayloadEntry")
            .field("common", &self.common)
            .field("payload", &self.payload)
            .finish()
    }
}

crate::generated_serde!(PayloadEntry, plist);
