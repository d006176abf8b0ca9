//! Items: commands, payloads, check-in messages, declarations, status items and other documents.

use std::fmt;

use super::{Availability, Choice, Dict, Fact, Introduced, Kind, Os, Version};

/// The family that an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// An MDM command, with its response.
    Command,
    /// A payload of a profile.
    Profile,
    /// A check-in message, with its reply.
    CheckIn,
    /// The body of a server's error response.
    Error,
    /// A declaration: a configuration, asset, activation or management declaration.
    Declaration,
    /// The data of a credential asset.
    Credential,
    /// A status item.
    Status,
    /// A message of declarative device management.
    Protocol,
    /// Any other document: device information at enrollment, app manifests, setup panes.
    Other,
}

/// One item of the schema.
#[derive(Debug)]
pub struct Item {
    /// The family that it belongs to.
    pub family: Family,
    /// The name in documents: the request type, payload type, message type, declaration type, credential type or status item. The
    /// name of the Rust type if documents have no name for it.
    pub name: &'static str,
    /// Other names that documents have for it.
    pub aliases: &'static [&'static str],
    /// The name of the Rust type. Empty if there is none, because a program read the description at run time.
    pub rust: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// The description, or an empty text.
    pub description: &'static str,
    /// The files of the schema that define it.
    pub files: &'static [&'static str],
    /// The facts about the item as a whole; see [`availability`](Self::availability).
    pub support: &'static [(Os, Fact)],
    /// The key, and its only value, that distinguishes the item from others of the same name.
    pub selector: Option<(&'static str, &'static str)>,
    /// The name of the item to use instead, if Apple names one.
    pub replaced_by: Option<&'static str>,
    /// How a device applies several configurations of this type: `single`, `multiple` or `combined`.
    pub apply: Option<&'static str>,
    /// The keys. `None` for a status item that is a single value.
    pub keys: Option<&'static Dict>,
    /// The keys of the response or reply.
    pub response: Option<&'static Dict>,
    /// The texts of an item that is a list of texts (the setup panes).
    pub choices: &'static [Choice],
    /// The reason codes that status reports can contain for it.
    pub reasons: &'static [Reason],
    /// Related status items.
    pub related: &'static [&'static str],
}

/// A reason code of declarative device management.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(clippy::exhaustive_structs)]
pub struct Reason {
    /// The code.
    pub code: &'static str,
    /// The description of when it is sent, or an empty text.
    pub description: &'static str,
    /// The keys of its details, with the kinds of their values.
    pub details: &'static [(&'static str, Kind)],
}

impl Item {
    /// An item without any details. Generated tables start from it, see [`Key::EMPTY`](super::Key::EMPTY).
    pub const EMPTY: Self = Self::new(Family::Other, "", "");

    /// An item without any details.
    #[must_use]
    pub const fn new(family: Family, name: &'static str, rust: &'static str) -> Self {
        Self {
            family,
            name,
            aliases: &[],
            rust,
            title: rust,
            description: "",
            files: &[],
            support: &[],
            selector: None,
            replaced_by: None,
            apply: None,
            keys: None,
            response: None,
            choices: &[],
            reasons: &[],
            related: &[],
        }
    }

    /// Whether documents call the item `name`.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// Returns the first version of `os` that supports the item: `0.0` if all versions do, `None` if none does.
    ///
    /// ```
    /// use apple_mdm::schema::{Described, Os, Version};
    ///
    /// let item = apple_mdm::commands::SetFirmwarePassword::ITEM;
    /// assert_eq!(item.minimum(Os::Macos), Some(Version::new(10, 13, 0)));
    /// assert_eq!(item.minimum(Os::Ios), None);
    /// ```
    #[must_use]
    pub fn minimum(&self, os: Os) -> Option<Version> {
        match Availability::of(self.support).on(os).since {
            Introduced::In(version) => Some(version),
            Introduced::Always => Some(Version::new(0, 0, 0)),
            Introduced::Never | Introduced::Unstated => None,
        }
    }
}

impl Family {
    /// Returns the key of documents that names the item, if items of the family have one.
    #[must_use]
    pub const fn discriminator(self) -> Option<&'static str> {
        match self {
            Self::Command => Some("RequestType"),
            Self::Profile => Some("PayloadType"),
            Self::CheckIn => Some("MessageType"),
            Self::Declaration => Some("Type"),
            Self::Error | Self::Credential | Self::Status | Self::Protocol | Self::Other => None,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Command => "command",
            Self::Profile => "payload",
            Self::CheckIn => "check-in message",
            Self::Error => "error body",
            Self::Declaration => "declaration",
            Self::Credential => "credential",
            Self::Status => "status item",
            Self::Protocol => "protocol message",
            Self::Other => "document",
        })
    }
}

/// A type that represents an item of the schema.
pub trait Described {
    /// The item.
    const ITEM: &'static Item;
}
