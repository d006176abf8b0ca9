//! Detects the kind of a document from its content.

use std::fmt;

use crate::codec::{HasTable, List, View};
use crate::items::catalog::Catalog;
use crate::items::other::{MachineInfo, ManifestUrl};
use crate::items::protocol::{DeclarationItemsResponse, StatusReport, TokensResponse};
use crate::items::status::{StatusItems, StatusReason};
use crate::items::{checkin, errors, registry};
use crate::schema::{Described, Dict, Family, Item, Kind as KeyKind, Literal};
use crate::validate::find_item;

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
    /// A server's response to a check-in message.
    CheckinResponse,
    /// A declaration.
    Declaration,
    /// The list of declarations that a device must have.
    DeclarationItems,
    /// The synchronization tokens of declarations.
    Tokens,
    /// A status report, or its status items alone.
    Status,
    /// A reason in a status report.
    StatusReason,
    /// The data of a credential. Only [`Options::item`](super::Options::item) selects this kind.
    Credential,
    /// The manifest of an app.
    Manifest,
    /// What a device sends about itself before it enrolls.
    MachineInfo,
    /// The body of an error response.
    Error,
    /// Any other document.
    Unknown,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 15] = [
        Self::Profile,
        Self::Command,
        Self::Response,
        Self::Checkin,
        Self::CheckinResponse,
        Self::Declaration,
        Self::DeclarationItems,
        Self::Tokens,
        Self::Status,
        Self::StatusReason,
        Self::Credential,
        Self::Manifest,
        Self::MachineInfo,
        Self::Error,
        Self::Unknown,
    ];

    /// Returns the name, such as `profile`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Command => "command",
            Self::Response => "response",
            Self::Checkin => "checkin",
            Self::CheckinResponse => "checkin-response",
            Self::Declaration => "declaration",
            Self::DeclarationItems => "declaration-items",
            Self::Tokens => "tokens",
            Self::Status => "status",
            Self::StatusReason => "status-reason",
            Self::Credential => "credential",
            Self::Manifest => "manifest",
            Self::MachineInfo => "machine-info",
            Self::Error => "error",
            Self::Unknown => "unknown",
        }
    }

    /// What a message calls a document of this kind.
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Profile => "a configuration profile",
            Self::Command => "a command",
            Self::Response => "a response",
            Self::Checkin => "a check-in message",
            Self::CheckinResponse => "a check-in response",
            Self::Declaration => "a declaration",
            Self::DeclarationItems => "a list of declaration items",
            Self::Tokens => "synchronization tokens",
            Self::Status => "a status report",
            Self::StatusReason => "a status reason",
            Self::Credential => "a credential",
            Self::Manifest => "an app manifest",
            Self::MachineInfo => "machine information",
            Self::Error => "an error body",
            Self::Unknown => "a document of unknown kind",
        }
    }

    /// Whether devices write documents of this kind.
    pub(super) const fn is_written_by_device(self) -> bool {
        matches!(
            self,
            Self::Response | Self::Checkin | Self::Status | Self::StatusReason | Self::MachineInfo
        )
    }

    /// Whether documents of this kind are exchanged as property lists only.
    pub(super) const fn is_property_list(self) -> bool {
        matches!(
            self,
            Self::Profile | Self::Command | Self::Checkin | Self::Manifest | Self::MachineInfo
        )
    }

    /// The kind of a document that an item describes.
    pub(super) fn of_item(item: &Item) -> Self {
        match item.family {
            Family::Command => Self::Command,
            Family::Profile => Self::Profile,
            Family::CheckIn => Self::Checkin,
            Family::Error => Self::Error,
            Family::Declaration => Self::Declaration,
            Family::Credential => Self::Credential,
            Family::Status if item.rust == StatusReason::ITEM.rust => Self::StatusReason,
            Family::Status => Self::Status,
            Family::Protocol if item.rust == TokensResponse::ITEM.rust => Self::Tokens,
            Family::Protocol if item.rust == DeclarationItemsResponse::ITEM.rust => Self::DeclarationItems,
            Family::Protocol => Self::Status,
            Family::Other if item.rust == MachineInfo::ITEM.rust => Self::MachineInfo,
            Family::Other if item.rust == ManifestUrl::ITEM.rust => Self::Manifest,
            Family::Other => Self::Unknown,
        }
    }

    /// Detects the kind of a document, and the item that describes it if the kind has several or the item is the whole document.
    pub(super) fn detect(root: View<'_>, catalog: &Catalog) -> (Self, Option<&'static Item>) {
        let has = |key: &str| !root.value(key).is_absent();
        let text = |key: &str| root.value(key).as_str().unwrap_or_default();
        let is_map = |key: &str| matches!(root.value(key), View::Map(_));
        if let Some(payload) = bare_payload(root, catalog) {
            (Self::Profile, Some(payload))
        } else if has("PayloadContent") || has("EncryptedPayloadContent") || text("PayloadType") == "Configuration" {
            (Self::Profile, None)
        } else if has("MessageType") {
            (Self::Checkin, None)
        } else if is_map("Command") || has("Command") && has("CommandUUID") || has("RequestType") && !has("Status") {
            (Self::Command, None)
        } else if has("Status") && (has("CommandUUID") || has("UDID") || has("EnrollmentID") || has("UserID")) {
            (Self::Response, None)
        } else if has("StatusItems") {
            (Self::Status, None)
        } else if is_map("SyncTokens") {
            (Self::Tokens, Some(TokensResponse::ITEM))
        } else if is_map("Declarations") && (has("DeclarationsToken") || has_item_lists(root.value("Declarations"))) {
            (Self::DeclarationItems, Some(DeclarationItemsResponse::ITEM))
        } else if has("Type") && (has("Payload") || has("ServerToken") || text("Type").starts_with("com.apple.")) {
            (Self::Declaration, None)
        } else if has("PayloadType") && (has("PayloadUUID") || has("PayloadIdentifier")) {
            (Self::Profile, None)
        } else if is_manifest(root.value("items")) {
            (Self::Manifest, Some(ManifestUrl::ITEM))
        } else if has("PRODUCT") && has("VERSION") || has("SERIAL") && has("UDID") {
            (Self::MachineInfo, Some(MachineInfo::ITEM))
        } else if let Some(item) = error(text("code")) {
            (Self::Error, Some(item))
        } else if is_reason_code(text("code")) && has_only_keys_of(root, StatusReason::TABLE) {
            (Self::StatusReason, Some(StatusReason::ITEM))
        } else if is_reason_code(text("Code")) && error_reason().is_some_and(|table| has_only_keys_of(root, table)) {
            (Self::StatusReason, None)
        } else if let Some(item) = checkin::ITEMS.iter().copied().find(|item| is_response_to(item, root)) {
            (Self::CheckinResponse, Some(item))
        } else if is_status_items(root) {
            (Self::Status, Some(StatusItems::ITEM))
        } else {
            (Self::Unknown, None)
        }
    }
}

/// The item of a payload without the profile around it.
fn bare_payload(root: View<'_>, catalog: &Catalog) -> Option<&'static Item> {
    let name = root.value("PayloadType").as_str()?;
    let is_payload = |view: View<'_>| !view.value("PayloadType").is_absent();
    let has_payloads = |list: &dyn List| (0..list.len()).any(|index| is_payload(list.item(index)));
    if matches!(root.value("PayloadContent"), View::Array(list) if has_payloads(list)) {
        return None;
    }
    find_item(catalog, Family::Profile, name, root)
}

/// Whether a dictionary has lists by which the declarations of a device are grouped.
fn has_item_lists(declarations: View<'_>) -> bool {
    ["Activations", "Configurations", "Assets", "Management"]
        .iter()
        .any(|key| matches!(declarations.value(key), View::Array(_)))
}

fn is_manifest(items: View<'_>) -> bool {
    let has_assets = |items: &dyn List| (0..items.len()).any(|index| !items.item(index).value("assets").is_absent());
    matches!(items, View::Array(items) if has_assets(items))
}

/// The error body with this code.
fn error(code: &str) -> Option<&'static Item> {
    let has_code = |item: &&Item| {
        let key = item.keys.and_then(|keys| keys.key("code"));
        let is_code = |value: Literal| matches!(value, Literal::String(text) if text == code);
        key.is_some_and(|key| key.choices.iter().any(|choice| is_code(choice.value)))
    };
    errors::ITEMS.iter().copied().find(has_code)
}

/// The table of the reasons in the errors of a status report, whose keys start with capitals.
pub(super) fn error_reason() -> Option<&'static Dict> {
    let item_keys = |table: &'static Dict, name| match table.key(name)?.kind {
        KeyKind::Array(item) => match item.kind {
            KeyKind::Dictionary(table) => Some(table),
            _ => None,
        },
        _ => None,
    };
    item_keys(item_keys(StatusReport::TABLE, "Errors")?, "Reasons")
}

/// Whether status reports give a reason with this code.
fn is_reason_code(code: &str) -> bool {
    let is_known = |item: &Item| item.reasons.iter().any(|reason| reason.code == code);
    code.starts_with("Error.") || code.starts_with("Info.") || registry::items().any(is_known)
}

/// Whether a dictionary has keys, all of which are in the table.
fn has_only_keys_of(root: View<'_>, table: &Dict) -> bool {
    let (mut some, mut all) = (false, true);
    root.each(&mut |key, _| {
        some = true;
        all &= table.index(key).is_some();
    });
    some && all
}

fn is_response_to(item: &Item, root: View<'_>) -> bool {
    item.response.is_some_and(|table| has_only_keys_of(root, table))
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
