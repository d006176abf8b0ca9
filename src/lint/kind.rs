//! Detects the kind of a document from its content.

use std::fmt;

use super::tree::Tree;
use crate::codec::{HasTable, View, Write};
use crate::items::status::StatusItems;

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A configuration profile.
    Profile,
    /// A command, with or without the request around it.
    Command,
    /// A device's response to a command.
    Response,
    /// A check-in message.
    Checkin,
    /// A declaration.
    Declaration,
    /// A status report, or its status items alone.
    Status,
    /// Any other document.
    Unknown,
}

impl Kind {
    /// Returns the name, such as `profile`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Command => "command",
            Self::Response => "response",
            Self::Checkin => "checkin",
            Self::Declaration => "declaration",
            Self::Status => "status",
            Self::Unknown => "unknown",
        }
    }

    /// Detects the kind of a document.
    pub(super) fn detect(tree: &Tree<'_>) -> Self {
        let root = tree.root.view();
        let has = |key: &str| !root.value(key).is_absent();
        let text = |key: &str| match root.value(key) {
            View::String(text) => text,
            _ => "",
        };
        if has("PayloadContent") || has("EncryptedPayloadContent") || text("PayloadType") == "Configuration" {
            Self::Profile
        } else if has("MessageType") {
            Self::Checkin
        } else if matches!(root.value("Command"), View::Map(_))
            || has("Command") && has("CommandUUID")
            || has("RequestType") && !has("Status")
        {
            Self::Command
        } else if has("Status") && (has("CommandUUID") || has("UDID") || has("EnrollmentID") || has("UserID")) {
            Self::Response
        } else if has("StatusItems") {
            Self::Status
        } else if has("Type") && (has("Payload") || has("ServerToken") || text("Type").starts_with("com.apple.")) {
            Self::Declaration
        } else if has("PayloadType") && (has("PayloadUUID") || has("PayloadIdentifier")) {
            Self::Profile
        } else if is_status_items(root) {
            Self::Status
        } else {
            Self::Unknown
        }
    }
}

/// Whether the document is the dictionary `StatusItems` of a status report, without the report around it.
pub(super) fn is_status_items(root: View<'_>) -> bool {
    let (mut some, mut all) = (false, true);
    root.each(&mut |key, value| {
        some = true;
        all &= StatusItems::TABLE.index(key).is_some() && matches!(value, View::Map(_));
    });
    some && all
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
