//! The profile around the payloads.

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
/// Every key is an `Option`, also those that a profile must have: profiles in the field lack some of them, and a profile
/// that cannot be read cannot be mended. [`new`](Self::new) makes one with all that is required.
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
    /// `PayloadIdentifier`: tells whether a profile replaces an installed one; in reverse-DNS style.
    pub payload_identifier: Option<String>,
    /// `PayloadUUID`: a UUID of the profile.
    pub payload_uuid: Option<String>,
    /// `PayloadType`: `Configuration`.
    pub payload_type: Option<String>,
    /// `PayloadVersion`: 1.
    pub payload_version: Option<i64>,
    /// `PayloadContent` or `EncryptedPayloadContent`: the payloads.
    pub content: Content,
    /// `PayloadDescription`: what the profile does, for the user to decide by.
    pub payload_description: Option<String>,
    /// `PayloadDisplayName`: the name that the user sees.
    pub payload_display_name: Option<String>,
    /// `PayloadOrganization`: who provides the profile.
    pub payload_organization: Option<String>,
    /// `PayloadRemovalDisallowed`: whether the user is kept from removing the profile.
    pub payload_removal_disallowed: Option<bool>,
    /// `PayloadScope`: for the whole Mac or the user.
    pub payload_scope: Option<PayloadScope>,
    /// `RemovalDate`: when the device removes the profile by itself.
    pub removal_date: Option<Date>,
    /// `DurationUntilRemoval`: the seconds after which the device removes the profile by itself.
    pub duration_until_removal: Option<f64>,
    /// `PayloadExpirationDate`: after which the device offers the user an update.
    pub payload_expiration_date: Option<Date>,
    /// `TargetDeviceType`: 0 any, 1 iPhone and iPad, 2 Apple Watch, 3 HomePod, 4 Apple TV, 5 Mac, 6 Vision Pro.
    pub target_device_type: Option<i64>,
    /// `ConsentText`: what the user must agree to, by language; `default` for all others.
    pub consent_text: Option<BTreeMap<String, String>>,
    /// The keys that the schema does not know, as they were read.
    pub extra: Extra,
}

/// For whom a profile is installed.
#[derive(Clone, Debug, PartialEq, Hash)]
#[non_exhaustive]
pub enum PayloadScope {
    /// For the whole Mac.
    System,
    /// For the user.
    User,
    /// A value that the schema does not know.
    Unrecognized(String),
}

impl PayloadScope {
    /// The value as it stands in documents.
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

/// What a profile holds.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub enum Content {
    /// Its payloads.
    Plain(Vec<PayloadEntry>),
    /// An encrypted message with the payloads: what only the device can open. `cms::kind`, of the feature `cms`, tells whether
    /// it is one.
    Encrypted(Data),
    /// Nothing that is a list of payloads; whatever is there instead is in the profile's `extra`.
    #[default]
    Absent,
}

impl Profile {
    /// A profile with these payloads.
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

    /// Its payloads; none where they are encrypted.
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
                    // Both are there: the plain ones count, and nothing is lost.
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
                // A key of a schema that has more than this type.
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

/// A payload of a profile: the keys that all payloads have, and what it configures.
#[derive(Clone)]
pub struct PayloadEntry {
    /// `PayloadIdentifier`, `PayloadUUID` and the other keys that all payloads have.
    pub common: CommonPayloadKeys,
    /// The payload's own keys. Those that the schema does not know are in its `extra`.
    pub payload: Payload,
}

impl PayloadEntry {
    /// A payload.
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

    // A blank one takes memory, and is not needed here.
    fn read(r: &mut Reader<'_>) -> Result<Self, Error> {
        let (payload, common) = read_over("PayloadType", r)?;
        Ok(Self { common, payload })
    }
}

/// Reads the payloads, none of which is blank before.
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
