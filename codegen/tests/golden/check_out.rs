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
    /// Availability: iOS, visionOS: not with user enrollment; otherwise inherited.
    #[doc(alias = "UDID")]
    pub udid: Option<String>,
    /// The identifier of the device in this enrollment. Sent instead of the UDID with user enrollment.
    ///
    /// `EnrollmentID` · string
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
            extra: Extra::new(),
            topic: None,
            udid: None,
            enrollment_id: None,
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
    const IOS__INTRODUCED_4_0: (Os, Fact) = (
        Os::Ios,
        Fact::Introduced(Version(4, 0, 0)),
    );
    const IOS__INTRODUCED_13_0: (Os, Fact) = (
        Os::Ios,
        Fact::Introduced(Version(13, 0, 0)),
    );
    const IOS__NOT_SUPERVISED: (Os, Fact) = (Os::Ios, Fact::Supervised(false));
    const IOS__NOT_REQUIRES_DEP: (Os, Fact) = (Os::Ios, Fact::RequiresDep(false));
    const IOS__SHARED_IPAD_ALLOWED: (Os, Fact) = (
        Os::Ios,
        Fact::SharedIpad(Mode::Allowed),
    );
    const IOS__SHARED_IPAD_DEVICE_CHANNEL: (Os, Fact) = (
        Os::Ios,
        Fact::SharedIpadDeviceChannel(true),
    );
    const IOS__NOT_SHARED_IPAD_USER_CHANNEL: (Os, Fact) = (
        Os::Ios,
        Fact::SharedIpadUserChannel(false),
    );
    const IOS__USER_ENROLLMENT_ALLOWED: (Os, Fact) = (
        Os::Ios,
        Fact::UserEnrollment(Mode::Allowed),
    );
    const IOS__USER_ENROLLMENT_FORBIDDEN: (Os, Fact) = (
        Os::Ios,
        Fact::UserEnrollment(Mode::Forbidden),
    );
    const IOS__USER_ENROLLMENT_REQUIRED: (Os, Fact) = (
        Os::Ios,
        Fact::UserEnrollment(Mode::Required),
    );
    const MACOS__INTRODUCED_10_7: (Os, Fact) = (
        Os::Macos,
        Fact::Introduced(Version(10, 7, 0)),
    );
    const MACOS__INTRODUCED_10_15: (Os, Fact) = (
        Os::Macos,
        Fact::Introduced(Version(10, 15, 0)),
    );
    const MACOS__DEVICE_CHANNEL: (Os, Fact) = (Os::Macos, Fact::DeviceChannel(true));
    const MACOS__NOT_USER_CHANNEL: (Os, Fact) = (Os::Macos, Fact::UserChannel(false));
    const MACOS__NOT_SUPERVISED: (Os, Fact) = (Os::Macos, Fact::Supervised(false));
    const MACOS__NOT_REQUIRES_DEP: (Os, Fact) = (Os::Macos, Fact::RequiresDep(false));
    const MACOS__USER_ENROLLMENT_ALLOWED: (Os, Fact) = (
        Os::Macos,
        Fact::UserEnrollment(Mode::Allowed),
    );
    const MACOS__USER_ENROLLMENT_REQUIRED: (Os, Fact) = (
        Os::Macos,
        Fact::UserEnrollment(Mode::Required),
    );
    const TVOS__NOT_AVAILABLE: (Os, Fact) = (Os::Tvos, Fact::NotAvailable);
    const TVOS__INTRODUCED_10_2: (Os, Fact) = (
        Os::Tvos,
        Fact::Introduced(Version(10, 2, 0)),
    );
    const TVOS__NOT_SUPERVISED: (Os, Fact) = (Os::Tvos, Fact::Supervised(false));
    const VISIONOS__INTRODUCED_1_1: (Os, Fact) = (
        Os::Visionos,
        Fact::Introduced(Version(1, 1, 0)),
    );
    const VISIONOS__NOT_SUPERVISED: (Os, Fact) = (Os::Visionos, Fact::Supervised(false));
    const VISIONOS__NOT_REQUIRES_DEP: (Os, Fact) = (
        Os::Visionos,
        Fact::RequiresDep(false),
    );
    const VISIONOS__USER_ENROLLMENT_ALLOWED: (Os, Fact) = (
        Os::Visionos,
        Fact::UserEnrollment(Mode::Allowed),
    );
    const VISIONOS__USER_ENROLLMENT_FORBIDDEN: (Os, Fact) = (
        Os::Visionos,
        Fact::UserEnrollment(Mode::Forbidden),
    );
    const VISIONOS__USER_ENROLLMENT_REQUIRED: (Os, Fact) = (
        Os::Visionos,
        Fact::UserEnrollment(Mode::Required),
    );
    const WATCHOS__NOT_AVAILABLE: (Os, Fact) = (Os::Watchos, Fact::NotAvailable);
    const WATCHOS__INTRODUCED_10_0: (Os, Fact) = (
        Os::Watchos,
        Fact::Introduced(Version(10, 0, 0)),
    );
    const WATCHOS__NOT_SUPERVISED: (Os, Fact) = (Os::Watchos, Fact::Supervised(false));
    static FACT__LIST: [(Os, Fact); 30] = [
        IOS__USER_ENROLLMENT_FORBIDDEN,
        VISIONOS__USER_ENROLLMENT_FORBIDDEN,
        IOS__INTRODUCED_13_0,
        IOS__USER_ENROLLMENT_REQUIRED,
        MACOS__INTRODUCED_10_15,
        MACOS__USER_ENROLLMENT_REQUIRED,
        TVOS__NOT_AVAILABLE,
        VISIONOS__USER_ENROLLMENT_REQUIRED,
        WATCHOS__NOT_AVAILABLE,
        IOS__INTRODUCED_4_0,
        IOS__NOT_SUPERVISED,
        IOS__NOT_REQUIRES_DEP,
        IOS__SHARED_IPAD_ALLOWED,
        IOS__SHARED_IPAD_DEVICE_CHANNEL,
        IOS__NOT_SHARED_IPAD_USER_CHANNEL,
        IOS__USER_ENROLLMENT_ALLOWED,
        MACOS__INTRODUCED_10_7,
        MACOS__DEVICE_CHANNEL,
        MACOS__NOT_USER_CHANNEL,
        MACOS__NOT_SUPERVISED,
        MACOS__NOT_REQUIRES_DEP,
        MACOS__USER_ENROLLMENT_ALLOWED,
        TVOS__INTRODUCED_10_2,
        TVOS__NOT_SUPERVISED,
        VISIONOS__INTRODUCED_1_1,
        VISIONOS__NOT_SUPERVISED,
        VISIONOS__NOT_REQUIRES_DEP,
        VISIONOS__USER_ENROLLMENT_ALLOWED,
        WATCHOS__INTRODUCED_10_0,
        WATCHOS__NOT_SUPERVISED,
    ];
    const fn facts(from: usize, count: usize) -> &'static [(Os, Fact)] {
        FACT__LIST.split_at(from).1.split_at(count).0
    }
    static PATH__STEPS: [Step; 3] = [
        Step::Key("UDID"),
        Step::Key("EnrollmentID"),
        Step::Key("Topic"),
    ];
    const fn path(from: usize, count: usize) -> &'static [Step] {
        PATH__STEPS.split_at(from).1.split_at(count).0
    }
    static INDEX__LIST: [u16; 13] = [4, 0, 0, 2, 0, 3, 0, 1, 0, 3, 3, 4, 1];
    const fn indices(from: usize, count: usize) -> &'static [u16] {
        INDEX__LIST.split_at(from).1.split_at(count).0
    }
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
                support: facts(0, 2),
                ..Key::EMPTY
            },
            Key {
                name: "EnrollmentID",
                kind: Kind::String,
                field: "enrollment_id",
                description: "The identifier of the device in this enrollment. Sent instead of the UDID with user enrollment.",
                support: facts(2, 7),
                ..Key::EMPTY
            },
        ],
        places: indices(0, 8),
        required: Indices::few(3),
        plain: true,
        lenient: true,
        rules: &[
            Rule {
                check: Check::RequiredOneOf {
                    keys: &[path(0, 1), path(1, 1)],
                },
                says: "UDID or EnrollmentID is required.",
                source: "content of UDID and of EnrollmentID",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: path(2, 1),
                    test: TextTest::Pattern("com\\.apple\\.mgmt\\..+"),
                    not: false,
                },
                says: "Topic must begin with com.apple.mgmt. and end with a unique suffix.",
                source: "notes of tokenupdate.yaml (the topic of the check-in protocol)",
                ..Rule::EMPTY
            },
        ],
        always: indices(8, 1),
        bearing: indices(9, 4),
        open: Indices::few(3),
        ..Dict::EMPTY
    };
    pub static CHECK_OUT__ITEM: Item = Item {
        family: Family::CheckIn,
        name: "CheckOut",
        rust: "CheckOut",
        title: "Check Out",
        files: &["mdm/checkin/checkout.yaml"],
        support: facts(9, 21),
        description: "Tells the server that the MDM profile is being removed. The device makes only one attempt. The profile is removed even if the message does not reach the server, so servers cannot rely on this message.",
        keys: Some(&CHECK_OUT),
        ..Item::EMPTY
    };
}
