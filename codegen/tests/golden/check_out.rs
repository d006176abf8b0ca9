#[allow(unused_imports)]
use crate::generated::*;
/// A check-in message. `MessageType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Message {
    /// `CheckOut`: Tells the server that the MDM profile is being removed.
    CheckOut(Box<CheckOut>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<CheckOut> for Message {
    #[inline]
    fn from(item: CheckOut) -> Self {
        Self::CheckOut(Box::new(item))
    }
}
impl Selected<CheckOut> for Message {
    #[inline]
    fn selected(&self) -> Option<&CheckOut> {
        if let Self::CheckOut(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Message {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["CheckOut"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::CheckOut(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::CheckOut(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::CheckOut(item) => Some((&**item, CheckOut::ITEM)),
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
/// Tells the server that the MDM profile is being removed.
///
/// The device makes only one attempt. The profile is removed even if the message does not reach the server, so servers cannot rely on this message.
///
/// Message type `CheckOut` · Apple's schema: [`checkout.yaml`](https://github.com/apple/device-management/blob/release/mdm/checkin/checkout.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 4.0 |
/// | macOS | 10.7 |
/// | tvOS | 10.2 |
/// | visionOS | 1.1 |
/// | watchOS | 10.0 |
///
/// - Channel: device (macOS)
/// - User enrollment: allowed (iOS, macOS, visionOS)
/// - Shared iPad: allowed, device channel (iOS)
///
/// # Rules
///
/// - `UDID` or `EnrollmentID` is required.
///
/// # Example
///
/// ```
/// use apple_mdm::checkin::{CheckOut, Message};
///
/// let message = Message::from(CheckOut {
///     topic: Some("com.apple.mgmt.External.6E1D6F0A-4D3B-4C55-9B0E-2F6A1C9D7E10".into()),
///     udid: Some("00008140-000A1C2E3F50801C".into()),
///     ..Default::default()
/// });
/// ```
///
/// This creates the document:
///
/// ```xml
/// <dict>
///   <key>MessageType</key>
///   <string>CheckOut</string>
///   <key>Topic</key>
///   <string>com.apple.mgmt.External.6E1D6F0A-4D3B-4C55-9B0E-2F6A1C9D7E10</string>
///   <key>UDID</key>
///   <string>00008140-000A1C2E3F50801C</string>
/// </dict>
/// ```
#[derive(Clone)]
pub struct CheckOut {
    /// The push topic that the device subscribes to.
    ///
    /// `Topic` · string · required
    ///
    /// `Topic` must begin with com.apple.mgmt. and end with a unique suffix.
    #[doc(alias = "Topic")]
    pub topic: Option<String>,
    /// The UDID of the device. Sent with device enrollment.
    ///
    /// `UDID` · string
    ///
    /// With device enrollment, the device can't be identified without `UDID`.
    ///
    /// Availability: iOS, visionOS: not with user enrollment; otherwise inherited.
    #[doc(alias = "UDID")]
    pub udid: Option<String>,
    /// The identifier of the device in this enrollment. Sent instead of the UDID with user enrollment.
    ///
    /// `EnrollmentID` · string
    ///
    /// With user enrollment, the device can't be identified without `EnrollmentID`.
    ///
    /// Availability: iOS 13.0+, only with user enrollment; macOS 10.15+, only with user enrollment; visionOS: only with user enrollment; not on tvOS, watchOS.
    #[doc(alias = "EnrollmentID")]
    pub enrollment_id: Option<String>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Default for CheckOut {
    #[inline]
    fn default() -> Self {
        Self::empty()
    }
}
impl Record for CheckOut {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::CHECK_OUT, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => fixed("CheckOut", "MessageType", &self.extra),
            1 => Write::view(&self.topic),
            2 => Write::view(&self.udid),
            3 => Write::view(&self.enrollment_id),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => constant("CheckOut", r),
            1 => Read::fill(&mut self.topic, r),
            2 => Read::fill(&mut self.udid, r),
            3 => Read::fill(&mut self.enrollment_id, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            topic: None,
            udid: None,
            enrollment_id: None,
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(CheckOut, plist);
impl CheckOut {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::CHECK_OUT__ITEM.support,
    );
}
impl Described for CheckOut {
    const ITEM: &'static crate::schema::Item = &tables::CHECK_OUT__ITEM;
}
impl crate::checkin::MessageItem for CheckOut {
    const MESSAGE_TYPE: &'static str = "CheckOut";
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&CHECK_OUT__ITEM];
    pub static CHECK_OUT: Dict = Dict {
        name: "CheckOut",
        keys: &[
            Key {
                name: "MessageType",
                kind: Kind::String,
                required: true,
                choices: &[
                    Choice {
                        value: Literal::String("CheckOut"),
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                description: "The type of the check-in message.",
                ..Key::EMPTY
            },
            Key {
                name: "Topic",
                kind: Kind::String,
                field: "topic",
                required: true,
                description: "The push topic that the device subscribes to.",
                ..Key::EMPTY
            },
            Key {
                name: "UDID",
                kind: Kind::String,
                field: "udid",
                description: "The UDID of the device. Sent with device enrollment.",
                support: &[
                    (Os::Ios, Fact::UserEnrollment(Mode::Forbidden)),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Forbidden)),
                ],
                ..Key::EMPTY
            },
            Key {
                name: "EnrollmentID",
                kind: Kind::String,
                field: "enrollment_id",
                description: "The identifier of the device in this enrollment. Sent instead of the UDID with user enrollment.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(13, 0, 0))),
                    (Os::Ios, Fact::UserEnrollment(Mode::Required)),
                    (Os::Macos, Fact::Introduced(Version(10, 15, 0))),
                    (Os::Macos, Fact::UserEnrollment(Mode::Required)),
                    (Os::Tvos, Fact::NotAvailable),
                    (Os::Visionos, Fact::UserEnrollment(Mode::Required)),
                    (Os::Watchos, Fact::NotAvailable),
                ],
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0, 1]),
        plain: true,
        lenient: true,
        rules: &[
            Rule {
                check: Check::RequiredOneOf {
                    keys: &[&[Step::Key("UDID")], &[Step::Key("EnrollmentID")]],
                },
                says: "UDID or EnrollmentID is required.",
                source: "content of UDID and of EnrollmentID",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("Topic")],
                    test: TextTest::Pattern("com\\.apple\\.mgmt\\..+"),
                    not: false,
                },
                says: "Topic must begin with com.apple.mgmt. and end with a unique suffix.",
                source: "notes of tokenupdate.yaml (the topic of the check-in protocol)",
                triggers: &[1],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Requires {
                    keys: &[&[Step::Key("EnrollmentID")]],
                },
                says: "With user enrollment, the device can't be identified without EnrollmentID.",
                source: "content of EnrollmentID",
                when: &[
                    Condition::Target(TargetCondition::Enrollment(&[Enrollment::User])),
                ],
                severity: Severity::Warning,
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Requires {
                    keys: &[&[Step::Key("UDID")]],
                },
                says: "With device enrollment, the device can't be identified without UDID.",
                source: "content of UDID",
                when: &[
                    Condition::Target(TargetCondition::Enrollment(&[Enrollment::Device])),
                ],
                severity: Severity::Warning,
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static CHECK_OUT__ITEM: Item = Item {
        family: Family::CheckIn,
        name: "CheckOut",
        rust: "CheckOut",
        title: "Check Out",
        files: &["mdm/checkin/checkout.yaml"],
        support: &[
            (Os::Ios, Fact::Introduced(Version(4, 0, 0))),
            (Os::Ios, Fact::Supervised(false)),
            (Os::Ios, Fact::RequiresDep(false)),
            (Os::Ios, Fact::SharedIpad(Mode::Allowed)),
            (Os::Ios, Fact::SharedIpadDeviceChannel(true)),
            (Os::Ios, Fact::SharedIpadUserChannel(false)),
            (Os::Ios, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Macos, Fact::Introduced(Version(10, 7, 0))),
            (Os::Macos, Fact::DeviceChannel(true)),
            (Os::Macos, Fact::UserChannel(false)),
            (Os::Macos, Fact::Supervised(false)),
            (Os::Macos, Fact::RequiresDep(false)),
            (Os::Macos, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Tvos, Fact::Introduced(Version(10, 2, 0))),
            (Os::Tvos, Fact::Supervised(false)),
            (Os::Visionos, Fact::Introduced(Version(1, 1, 0))),
            (Os::Visionos, Fact::Supervised(false)),
            (Os::Visionos, Fact::RequiresDep(false)),
            (Os::Visionos, Fact::UserEnrollment(Mode::Allowed)),
            (Os::Watchos, Fact::Introduced(Version(10, 0, 0))),
            (Os::Watchos, Fact::Supervised(false)),
        ],
        description: "Tells the server that the MDM profile is being removed. The device makes only one attempt. The profile is removed even if the message does not reach the server, so servers cannot rely on this message.",
        keys: Some(&CHECK_OUT),
        ..Item::EMPTY
    };
}
