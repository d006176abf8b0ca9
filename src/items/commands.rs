//! MDM commands and what devices answer to them.
//!
//! A server sends a [`Request`], which holds a [`Command`]; the device answers with a [`Response`]. The commands and their
//! answers are the [structs](#structs); the modules have the types within them.
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
//! let answer = b"<plist version='1.0'><dict>
//!     <key>CommandUUID</key><string>0001_SetFirmwarePassword</string>
//!     <key>Status</key><string>Acknowledged</string>
//!     <key>UDID</key><string>00008020-000915083C80012E</string>
//!     <key>SetFirmwarePassword</key><dict><key>PasswordChanged</key><true/></dict>
//! </dict></plist>";
//! let response = Response::from_slice(answer)?;
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

/// The media type of what a device sends to the server's command URL: its answers, which also ask for the next command.
pub const CONTENT_TYPE: &str = "application/x-apple-aspen-mdm";

/// A type that is a command.
pub trait CommandItem: Described + Record + Read + Write {
    /// What a request calls it.
    const REQUEST_TYPE: &'static str;
    /// What a device answers to it, beside what all answers hold.
    type Response: Record + Read + Write;
}

/// A command with the identifier by which the device's answer refers to it: the body that a server sends.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// `CommandUUID`: any text that tells this request from the device's other ones. A device needs it; documents in the
    /// field, Apple's examples among them, may lack it.
    pub command_uuid: Option<String>,
    /// `Command`.
    pub command: Command,
    /// The keys that the schema does not know, as they were read.
    pub extra: Extra,
}

impl Request {
    /// A request to carry out `command`.
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
    /// The request type; `None` only for an unknown command that has none.
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
