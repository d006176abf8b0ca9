#[allow(unused_imports)]
use crate::generated::*;
pub(crate) fn read_response(
    request_type: &str,
    r: &mut Reader<'_>,
) -> Result<Option<Box<dyn Record>>, Error> {
    let mut response: Box<dyn Record> = match request_type {
        "ClearPasscode" => Box::new(ClearPasscodeResponse::blank()),
        _ => return Ok(None),
    };
    r.record(&mut *response)?;
    Ok(Some(response))
}
/// A command. `RequestType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Command {
    /// `ClearPasscode`: Removes the passcode of a device with the unlock token from the device's last token update.
    ClearPasscode(Box<ClearPasscode>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<ClearPasscode> for Command {
    #[inline]
    fn from(item: ClearPasscode) -> Self {
        Self::ClearPasscode(Box::new(item))
    }
}
impl Selected<ClearPasscode> for Command {
    #[inline]
    fn selected(&self) -> Option<&ClearPasscode> {
        if let Self::ClearPasscode(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Command {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["ClearPasscode"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::ClearPasscode(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::ClearPasscode(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::ClearPasscode(item) => Some((&**item, ClearPasscode::ITEM)),
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
/// Removes the passcode of a device with the unlock token from the device's last token update.
///
/// Since iOS 16, the removed passcode is not kept in the passcode history, so the user can choose it again.
///
/// Request type `ClearPasscode` · response [`ClearPasscodeResponse`] · Apple's schema: [`passcode.clear.yaml`](https://github.com/apple/device-management/blob/release/mdm/commands/passcode.clear.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 4.0 |
/// | visionOS | 1.1 |
/// | watchOS | 10.0 |
///
/// - User enrollment: not allowed (iOS, visionOS)
/// - Shared iPad: not allowed (iOS)
/// - Access right: `AllowPasscodeRemovalAndLock`
///
/// # Example
///
/// ```
/// use apple_mdm::commands::{ClearPasscode, Request};
///
/// let command = ClearPasscode::new(b"token from the TokenUpdate");
/// let request = Request::new("0001", command);
/// ```
///
/// This creates the document:
///
/// ```xml
/// <dict>
///   <key>Command</key>
///   <dict>
///     <key>RequestType</key>
///     <string>ClearPasscode</string>
///     <key>UnlockToken</key>
///     <data>dG9rZW4gZnJvbSB0aGUgVG9rZW5VcGRhdGU=</data>
///   </dict>
///   <key>CommandUUID</key>
///   <string>0001</string>
/// </dict>
/// ```
#[derive(Clone)]
pub struct ClearPasscode {
    /// The `UnlockToken` from the device's latest `TokenUpdate` check-in, without changes.
    ///
    /// `UnlockToken` · data · secret
    #[doc(alias = "UnlockToken")]
    pub unlock_token: Data,
    /// Whether the device may carry out the command only while a network is tethered to it. Otherwise it responds with `NotNow` or an error.
    ///
    /// `RequestRequiresNetworkTether` · boolean · default `false`
    #[doc(alias = "RequestRequiresNetworkTether")]
    pub request_requires_network_tether: Option<bool>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl ClearPasscode {
    /// Creates a `ClearPasscode` with the required keys. All other keys are absent.
    #[must_use]
    #[inline]
    pub fn new(unlock_token: impl Into<Data>) -> Self {
        Self {
            unlock_token: unlock_token.into(),
            request_requires_network_tether: None,
            extra: Extra::new(),
        }
    }
}
impl Record for ClearPasscode {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::CLEAR_PASSCODE, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.unlock_token),
            1 => Write::view(&self.request_requires_network_tether),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.unlock_token, r),
            1 => Read::fill(&mut self.request_requires_network_tether, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            unlock_token: Read::blank(),
            request_requires_network_tether: None,
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(ClearPasscode, plist);
/// The response of a device to [`ClearPasscode`].
///
/// It has no keys besides those that every response has.
///
/// Apple's schema: [`passcode.clear.yaml`](https://github.com/apple/device-management/blob/release/mdm/commands/passcode.clear.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 4.0 |
/// | visionOS | 1.1 |
/// | watchOS | 10.0 |
///
/// - User enrollment: not allowed (iOS, visionOS)
/// - Shared iPad: not allowed (iOS)
/// - Access right: `AllowPasscodeRemovalAndLock`
#[derive(Clone)]
pub struct ClearPasscodeResponse {
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Default for ClearPasscodeResponse {
    #[inline]
    fn default() -> Self {
        Self::empty()
    }
}
impl Record for ClearPasscodeResponse {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::CLEAR_PASSCODE_RESPONSE, &self.extra)
    }
    fn get(&self, _: usize) -> View<'_> {
        View::Absent
    }
    fn set(&mut self, _: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        r.keep(&mut self.extra)
    }
    fn empty() -> Self {
        Self { extra: Extra::new() }
    }
}
crate::generated_record!(ClearPasscodeResponse, plist);
impl ClearPasscode {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::CLEAR_PASSCODE__ITEM.support,
    );
}
impl Described for ClearPasscode {
    const ITEM: &'static crate::schema::Item = &tables::CLEAR_PASSCODE__ITEM;
}
impl crate::commands::CommandItem for ClearPasscode {
    const REQUEST_TYPE: &'static str = "ClearPasscode";
    type Response = ClearPasscodeResponse;
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&CLEAR_PASSCODE__ITEM];
    pub static CLEAR_PASSCODE: Dict = Dict {
        name: "ClearPasscode",
        keys: &[
            Key {
                name: "UnlockToken",
                kind: Kind::Data,
                field: "unlock_token",
                required: true,
                secret: true,
                description: "The `UnlockToken` from the device's latest `TokenUpdate` check-in, without changes.",
                ..Key::EMPTY
            },
            Key {
                name: "RequestRequiresNetworkTether",
                kind: Kind::Boolean,
                field: "request_requires_network_tether",
                default: Some(Literal::Boolean(false)),
                description: "Whether the device may carry out the command only while a network is tethered to it. Otherwise it responds with `NotNow` or an error.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static CLEAR_PASSCODE_RESPONSE: Dict = Dict {
        name: "ClearPasscodeResponse",
        keys: &[],
        lenient: true,
        ..Dict::EMPTY
    };
    pub static CLEAR_PASSCODE__ITEM: Item = Item {
        family: Family::Command,
        name: "ClearPasscode",
        rust: "ClearPasscode",
        title: "Clear Passcode Command",
        files: &["mdm/commands/passcode.clear.yaml"],
        support: &[
            (Os::Ios, Fact::Introduced(Version(4, 0, 0))),
            (Os::Ios, Fact::AccessRight(Some("AllowPasscodeRemovalAndLock"))),
            (Os::Ios, Fact::Supervised(false)),
            (Os::Ios, Fact::RequiresDep(false)),
            (Os::Ios, Fact::SharedIpad(Mode::Forbidden)),
            (Os::Ios, Fact::UserEnrollment(Mode::Forbidden)),
            (Os::Macos, Fact::NotAvailable),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::Introduced(Version(1, 1, 0))),
            (Os::Visionos, Fact::AccessRight(Some("AllowPasscodeRemovalAndLock"))),
            (Os::Visionos, Fact::Supervised(false)),
            (Os::Visionos, Fact::RequiresDep(false)),
            (Os::Visionos, Fact::UserEnrollment(Mode::Forbidden)),
            (Os::Watchos, Fact::Introduced(Version(10, 0, 0))),
            (Os::Watchos, Fact::AccessRight(Some("AllowPasscodeRemovalAndLock"))),
            (Os::Watchos, Fact::Supervised(false)),
        ],
        description: "Removes the passcode of a device with the unlock token from the device's last token update. Since iOS 16, the removed passcode is not kept in the passcode history, so the user can choose it again.",
        keys: Some(&CLEAR_PASSCODE),
        response: Some(&CLEAR_PASSCODE_RESPONSE),
        ..Item::EMPTY
    };
}
