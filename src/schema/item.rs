//! Items: commands, payloads, messages, declarations and the like.

use std::fmt;

use super::{Availability, Choice, Dict, Fact, Introduced, Kind, Os, Version};

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// An MDM command, with its response.
    Command,
    /// A payload of a profile.
    Profile,
    /// A check-in message, with its reply.
    CheckIn,
    /// The body of an error response of a server.
    Error,
    /// A declaration: configuration, asset, activation or management.
    Declaration,
    /// The data of a credential asset.
    Credential,
    /// A status item.
    Status,
    /// A message of declarative device management.
    Protocol,
    /// Anything else: device information at enrollment, manifests, setup panes.
    Other,
}

/// One item of the schema.
#[derive(Debug)]
pub struct Item {
    /// What kind of thing it is.
    pub family: Family,
    /// What documents call it: the request, payload, message, declaration, credential or status item type; the name of
    /// the Rust type where they have no name for it.
    pub name: &'static str,
    /// The name of the Rust type.
    pub rust: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// What it is for; empty where it is not described.
    pub description: &'static str,
    /// The files of the schema that it comes from.
    pub files: &'static [&'static str],
    /// What is said of it as a whole; see [`availability`](Self::availability).
    pub support: &'static [(Os, Fact)],
    /// The key and its only value that tell the item from others of its name.
    pub selector: Option<(&'static str, &'static str)>,
    /// What to use instead, where Apple says so: the name of an item.
    pub replaced_by: Option<&'static str>,
    /// How several configurations of the type are applied: `single`, `multiple` or `combined`.
    pub apply: Option<&'static str>,
    /// Its keys; none for a status item, which is a value.
    pub keys: Option<&'static Dict>,
    /// The keys of the response or reply.
    pub response: Option<&'static Dict>,
    /// The texts it lists, where it is a list of texts (the setup panes).
    pub choices: &'static [Choice],
    /// The reason codes that status reports give for it.
    pub reasons: &'static [Reason],
    /// Status items that tell of the same thing.
    pub related: &'static [&'static str],
}

/// A reason code of declarative device management.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(clippy::exhaustive_structs)]
pub struct Reason {
    /// The code.
    pub code: &'static str,
    /// When it is sent; empty where it is not described.
    pub description: &'static str,
    /// The keys of its details and what they hold.
    pub details: &'static [(&'static str, Kind)],
}

impl Item {
    /// An item of which nothing is said; what tables start from, see [`Key::EMPTY`](super::Key::EMPTY).
    pub const EMPTY: Self = Self::new(Family::Other, "", "");

    /// An item of which nothing else is said.
    #[must_use]
    pub const fn new(family: Family, name: &'static str, rust: &'static str) -> Self {
        Self {
            family,
            name,
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

    /// The first version of a system that has the item, `0.0` where every version does; `None` where none has it.
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

/// A type that the schema describes as an item.
pub trait Described {
    /// What the schema says of it.
    const ITEM: &'static Item;
}
