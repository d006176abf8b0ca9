//! The four kinds of declarations.

use std::fmt;
use std::str::FromStr;

use crate::error::quoted;

/// The kind of a declaration, which is part of its type: `com.apple.configuration.passcode.settings` is a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum DeclarationKind {
    /// Says which configurations apply, and when.
    Activation,
    /// Supplies data that configurations refer to, such as a credential.
    Asset,
    /// Describes a desired state of the device.
    Configuration,
    /// Tells the device about the server, the organization, and the status to report.
    Management,
}

/// The error for a text that is not a kind of declaration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected `activation`, `asset`, `configuration` or `management`, found {}", quoted(.0, 40))]
pub struct ParseDeclarationKindError(String);

impl DeclarationKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Activation, Self::Asset, Self::Configuration, Self::Management];

    /// Returns the word in types and endpoints, for example `configuration`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Asset => "asset",
            Self::Configuration => "configuration",
            Self::Management => "management",
        }
    }

    /// Returns the kind of declarations of this type. `None` if the type is not one of Apple's, `com.apple.KIND.…`.
    ///
    /// ```
    /// use apple_mdm::declarations::DeclarationKind;
    ///
    /// let kind = DeclarationKind::of_type("com.apple.asset.data");
    /// assert_eq!(kind, Some(DeclarationKind::Asset));
    /// assert_eq!(DeclarationKind::of_type("com.example.asset.data"), None);
    /// ```
    #[must_use]
    pub fn of_type(declaration_type: &str) -> Option<Self> {
        let (kind, _) = declaration_type.strip_prefix("com.apple.")?.split_once('.')?;
        kind.parse().ok()
    }
}

impl fmt::Display for DeclarationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for DeclarationKind {
    type Err = ParseDeclarationKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| ParseDeclarationKindError(text.chars().take(41).collect()))
    }
}
