//! MDM commands and the responses of devices.
//!
//! A server sends a [`Request`], which contains a [`Command`]. The device sends back a [`Response`]. The commands and their
//! responses are the [structs](#structs). The modules contain the types within them.
//!
//! ```
//! use apple_mdm::Document;
//! use apple_mdm::commands::{Request, Response, SetFirmwarePassword, Status};
//!
//! let command = SetFirmwarePassword {
//!     allow_oroms: Some(true),
//!     ..SetFirmwarePassword::new("correct horse")
//! };
//! let body = Request::new("0001_SetFirmwarePassword", command).to_xml()?;
//! assert!(body.contains("<string>SetFirmwarePassword</string>"));
//!
//! let body = b"<plist version='1.0'><dict>
//!     <key>CommandUUID</key><string>0001_SetFirmwarePassword</string>
//!     <key>Status</key><string>Acknowledged</string>
//!     <key>UDID</key><string>00008020-000915083C80012E</string>
//!     <key>SetFirmwarePassword</key><dict><key>PasswordChanged</key><true/></dict>
//! </dict></plist>";
//! let response = Response::from_slice(body)?;
//! assert_eq!(response.status, Status::Acknowledged);
//! let body = response.body::<SetFirmwarePassword>()?;
//! assert_eq!(body.set_firmware_password.unwrap().password_changed, Some(true));
//! # Ok::<(), apple_mdm::Error>(())
//! ```

#[cfg(feature = "profiles")]
mod install_profile;
mod response;

use crate::codec::{Read, Write};

pub use response::{ErrorChainItem, Response, Status};

include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// The media type of responses. A response also asks for the next command.
pub const CONTENT_TYPE: &str = "application/x-apple-aspen-mdm";

/// A command type.
pub trait CommandItem: Described + Record + Read + Write {
    /// The value of `RequestType`.
    const REQUEST_TYPE: &'static str;
    /// The command's own keys in a response.
    type Response: Record + Read + Write;
}

/// A command with the identifier that the response refers to: the body that a server sends.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// `CommandUUID`: any text that distinguishes this request from the device's other ones. Devices need it. Documents in the wild,
    /// including Apple's examples, can lack it.
    pub command_uuid: Option<String>,
    /// `Command`.
    pub command: Command,
    /// Unknown keys, as they were read.
    pub extra: Extra,
}

impl Request {
    /// Creates a request for `command`.
    #[must_use]
    pub fn new(command_uuid: impl Into<String>, command: impl Into<Command>) -> Self {
        Self {
            command_uuid: Some(command_uuid.into()),
            command: command.into(),
            extra: Extra::default(),
        }
    }
}

crate::items::item::over!(Command, "RequestType", plist, CommandItem, T);

impl Command {
    /// Returns the request type. `None` only for an unknown command without one.
    #[must_use]
    pub fn request_type(&self) -> Option<&str> {
        self.name()
    }
}

crate::items::envelope::envelope! {
    Request, plist;
    "Command" => command: required Any,
    "CommandUUID" => command_uuid: optional String,
}
