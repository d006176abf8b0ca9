#[allow(unused_imports)]
use crate::generated::*;
pub(crate) fn read_response(
    request_type: &str,
    r: &mut Reader<'_>,
) -> Result<Option<Box<dyn Record>>, Error> {
    let mut response: Box<dyn Record> = match request_type {
        "SetFirmwarePassword" => Box::new(SetFirmwarePasswordResponse::blank()),
        _ => return Ok(None),
    };
    r.record(&mut *response)?;
    Ok(Some(response))
}
/// A command. `RequestType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Command {
    /// `SetFirmwarePassword`: Sets, changes or clears the firmware password of an Intel-based Mac; Macs with Apple silicon have none.
    SetFirmwarePassword(Box<SetFirmwarePassword>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<SetFirmwarePassword> for Command {
    #[inline]
    fn from(item: SetFirmwarePassword) -> Self {
        Self::SetFirmwarePassword(Box::new(item))
    }
}
impl Selected<SetFirmwarePassword> for Command {
    #[inline]
    fn selected(&self) -> Option<&SetFirmwarePassword> {
        if let Self::SetFirmwarePassword(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Command {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["SetFirmwarePassword"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::SetFirmwarePassword(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::SetFirmwarePassword(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::SetFirmwarePassword(item) => Some((&**item, SetFirmwarePassword::ITEM)),
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
/// Sets, changes or clears the firmware password of an Intel-based Mac; Macs with Apple silicon have none.
///
/// If the Mac has a firmware password, only the current password allows changing or clearing it. The Mac restarts to apply the change. It rejects a second change while one is pending, and accepts one attempt every 30 seconds.
///
/// Request type `SetFirmwarePassword` · response [`SetFirmwarePasswordResponse`] · Apple's schema: [`passcode.firmware.set.yaml`](https://github.com/apple/device-management/blob/release/mdm/commands/passcode.firmware.set.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | macOS | 10.13 |
///
/// - Channel: device
/// - User enrollment: not allowed
/// - Access right: `DeviceLockAndRemovePasscode`
///
/// # Rules
///
/// - Without `CurrentPassword`, an empty `NewPassword` clears nothing, because a firmware password can't be cleared without the current one.
///
/// # Example
///
/// ```
/// use apple_mdm::commands::{Request, SetFirmwarePassword};
///
/// let command = SetFirmwarePassword {
///     allow_oroms: Some(true),
///     ..SetFirmwarePassword::new("correct horse")
/// };
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
///     <string>SetFirmwarePassword</string>
///     <key>NewPassword</key>
///     <string>correct horse</string>
///     <key>AllowOroms</key>
///     <true/>
///   </dict>
///   <key>CommandUUID</key>
///   <string>0001</string>
/// </dict>
/// ```
#[derive(Clone)]
pub struct SetFirmwarePassword {
    /// The current firmware password. Required to change or clear it if the Mac has one.
    ///
    /// `CurrentPassword` · string · secret
    #[doc(alias = "CurrentPassword")]
    pub current_password: Option<String>,
    /// The new firmware password. It can contain only printable ASCII characters (`0x20` to `0x7E`), so that the user can enter it at start-up. An empty string clears the password.
    ///
    /// `NewPassword` · string · secret
    ///
    /// `NewPassword` can contain only printable ASCII characters (0x20 to 0x7E).
    #[doc(alias = "NewPassword")]
    pub new_password: String,
    /// Whether option ROMs can load at start-up.
    ///
    /// `AllowOroms` · boolean · default `false`
    #[doc(alias = "AllowOroms")]
    pub allow_oroms: Option<bool>,
    /// Whether the device may carry out the command only while a network is tethered to it. Otherwise it responds with `NotNow` or an error.
    ///
    /// `RequestRequiresNetworkTether` · boolean · default `false`
    #[doc(alias = "RequestRequiresNetworkTether")]
    pub request_requires_network_tether: Option<bool>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl SetFirmwarePassword {
    /// Creates a `SetFirmwarePassword` with the required keys. All other keys are absent.
    #[must_use]
    #[inline]
    pub fn new(new_password: impl Into<String>) -> Self {
        Self {
            current_password: None,
            new_password: new_password.into(),
            allow_oroms: None,
            request_requires_network_tether: None,
            extra: Extra::new(),
        }
    }
}
impl Record for SetFirmwarePassword {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::SET_FIRMWARE_PASSWORD, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.current_password),
            1 => Write::view(&self.new_password),
            2 => Write::view(&self.allow_oroms),
            3 => Write::view(&self.request_requires_network_tether),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.current_password, r),
            1 => Read::fill(&mut self.new_password, r),
            2 => Read::fill(&mut self.allow_oroms, r),
            3 => Read::fill(&mut self.request_requires_network_tether, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            current_password: None,
            new_password: Read::blank(),
            allow_oroms: None,
            request_requires_network_tether: None,
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(SetFirmwarePassword, plist);
/// The response of a device to [`SetFirmwarePassword`].
///
/// In the document, these keys are next to those of [`Response`]. Read them with [`response.body::<SetFirmwarePassword>()`](Response::body).
///
/// Apple's schema: [`passcode.firmware.set.yaml`](https://github.com/apple/device-management/blob/release/mdm/commands/passcode.firmware.set.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | macOS | 10.13 |
///
/// - Channel: device
/// - User enrollment: not allowed
/// - Access right: `DeviceLockAndRemovePasscode`
#[derive(Clone)]
pub struct SetFirmwarePasswordResponse {
    /// The result of the command.
    ///
    /// `SetFirmwarePassword` · dictionary · required
    #[doc(alias = "SetFirmwarePassword")]
    pub set_firmware_password: Option<
        set_firmware_password::response::SetFirmwarePassword,
    >,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Default for SetFirmwarePasswordResponse {
    #[inline]
    fn default() -> Self {
        Self::empty()
    }
}
impl Record for SetFirmwarePasswordResponse {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::SET_FIRMWARE_PASSWORD_RESPONSE, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.set_firmware_password),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.set_firmware_password, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            set_firmware_password: None,
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(SetFirmwarePasswordResponse, plist);
impl SetFirmwarePassword {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::SET_FIRMWARE_PASSWORD__ITEM.support,
    );
}
impl Described for SetFirmwarePassword {
    const ITEM: &'static crate::schema::Item = &tables::SET_FIRMWARE_PASSWORD__ITEM;
}
impl crate::commands::CommandItem for SetFirmwarePassword {
    const REQUEST_TYPE: &'static str = "SetFirmwarePassword";
    type Response = SetFirmwarePasswordResponse;
}
/// Types used in [`SetFirmwarePassword`].
pub mod set_firmware_password {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// Types used in [`SetFirmwarePasswordResponse`](super::SetFirmwarePasswordResponse).
    pub mod response {
        #[allow(unused_imports)]
        use crate::generated::*;
        /// The result of the command.
        ///
        /// Key `SetFirmwarePassword` of [`commands::SetFirmwarePasswordResponse`](super::super::SetFirmwarePasswordResponse)
        #[derive(Clone)]
        pub struct SetFirmwarePassword {
            /// Whether the firmware password has been changed.
            ///
            /// `PasswordChanged` · boolean · required
            #[doc(alias = "PasswordChanged")]
            pub password_changed: Option<bool>,
            /// Keys that the schema does not define, kept as they were read.
            pub extra: Extra,
        }
        impl Default for SetFirmwarePassword {
            #[inline]
            fn default() -> Self {
                Self::empty()
            }
        }
        impl Record for SetFirmwarePassword {
            fn parts(&self) -> (&'static Dict, &Extra) {
                (
                    &super::super::tables::SET_FIRMWARE_PASSWORD_RESPONSE__SET_FIRMWARE_PASSWORD,
                    &self.extra,
                )
            }
            fn get(&self, index: usize) -> View<'_> {
                match index {
                    0 => Write::view(&self.password_changed),
                    _ => View::Absent,
                }
            }
            fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
                match index {
                    0 => Read::fill(&mut self.password_changed, r),
                    _ => r.keep(&mut self.extra),
                }
            }
            fn empty() -> Self {
                Self {
                    password_changed: None,
                    extra: Extra::new(),
                }
            }
        }
        crate::generated_record!(SetFirmwarePassword, plist);
    }
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&SET_FIRMWARE_PASSWORD__ITEM];
    pub static SET_FIRMWARE_PASSWORD: Dict = Dict {
        name: "SetFirmwarePassword",
        keys: &[
            Key {
                name: "CurrentPassword",
                kind: Kind::String,
                field: "current_password",
                secret: true,
                description: "The current firmware password. Required to change or clear it if the Mac has one.",
                ..Key::EMPTY
            },
            Key {
                name: "NewPassword",
                kind: Kind::String,
                field: "new_password",
                required: true,
                secret: true,
                description: "The new firmware password. It can contain only printable ASCII characters (`0x20` to `0x7E`), so that the user can enter it at start-up. An empty string clears the password.",
                ..Key::EMPTY
            },
            Key {
                name: "AllowOroms",
                kind: Kind::Boolean,
                field: "allow_oroms",
                default: Some(Literal::Boolean(false)),
                description: "Whether option ROMs can load at start-up.",
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
        required: Indices::of(&[1]),
        plain: true,
        rules: &[
            Rule {
                check: Check::Charset {
                    key: &[Step::Key("NewPassword")],
                    from: 32,
                    to: 126,
                },
                says: "NewPassword can contain only printable ASCII characters (0x20 to 0x7E).",
                source: "content of NewPassword",
                triggers: &[1],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Requires {
                    keys: &[&[Step::Key("CurrentPassword")]],
                },
                says: "Without CurrentPassword, an empty NewPassword clears nothing, because a firmware password can't be cleared without the current one.",
                source: "content of CurrentPassword and NewPassword; notes",
                when: &[
                    Condition::In(
                        &[Step::Key("NewPassword")],
                        &[Literal::String("")],
                        None,
                    ),
                ],
                severity: Severity::Warning,
                triggers: &[1],
            },
        ],
        ..Dict::EMPTY
    };
    pub static SET_FIRMWARE_PASSWORD_RESPONSE: Dict = Dict {
        name: "SetFirmwarePasswordResponse",
        keys: &[
            Key {
                name: "SetFirmwarePassword",
                kind: Kind::Dictionary(
                    &SET_FIRMWARE_PASSWORD_RESPONSE__SET_FIRMWARE_PASSWORD,
                ),
                field: "set_firmware_password",
                required: true,
                description: "The result of the command.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        lenient: true,
        retired: &[("PasswordChanged", "iOS 16.4 and macOS 13.3")],
        ..Dict::EMPTY
    };
    pub static SET_FIRMWARE_PASSWORD_RESPONSE__SET_FIRMWARE_PASSWORD: Dict = Dict {
        name: "SetFirmwarePassword",
        keys: &[
            Key {
                name: "PasswordChanged",
                kind: Kind::Boolean,
                field: "password_changed",
                required: true,
                description: "Whether the firmware password has been changed.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        lenient: true,
        ..Dict::EMPTY
    };
    pub static SET_FIRMWARE_PASSWORD__ITEM: Item = Item {
        family: Family::Command,
        name: "SetFirmwarePassword",
        rust: "SetFirmwarePassword",
        title: "Set Firmware Password Command",
        files: &["mdm/commands/passcode.firmware.set.yaml"],
        support: &[
            (Os::Ios, Fact::NotAvailable),
            (Os::Macos, Fact::Introduced(Version(10, 13, 0))),
            (Os::Macos, Fact::AccessRight(Some("DeviceLockAndRemovePasscode"))),
            (Os::Macos, Fact::DeviceChannel(true)),
            (Os::Macos, Fact::UserChannel(false)),
            (Os::Macos, Fact::Supervised(false)),
            (Os::Macos, Fact::RequiresDep(false)),
            (Os::Macos, Fact::UserEnrollment(Mode::Forbidden)),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::NotAvailable),
            (Os::Watchos, Fact::NotAvailable),
        ],
        description: "Sets, changes or clears the firmware password of an Intel-based Mac; Macs with Apple silicon have none. If the Mac has a firmware password, only the current password allows changing or clearing it. The Mac restarts to apply the change. It rejects a second change while one is pending, and accepts one attempt every 30 seconds.",
        keys: Some(&SET_FIRMWARE_PASSWORD),
        response: Some(&SET_FIRMWARE_PASSWORD_RESPONSE),
        ..Item::EMPTY
    };
}
