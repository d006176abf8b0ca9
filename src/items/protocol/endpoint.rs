//! What a device requests with the check-in message DeclarativeManagement.

use std::fmt;
use std::str::FromStr;

use crate::error::quoted;
use crate::items::declarations::{DeclarationKind, ParseDeclarationKindError};

/// The endpoint of a `DeclarativeManagement` check-in message: what the device requests or sends.
///
/// ```
/// use apple_mdm::declarations::DeclarationKind;
/// use apple_mdm::protocol::Endpoint;
///
/// let endpoint: Endpoint = "declaration/configuration/com.example.passcode".parse()?;
/// let identifier = "com.example.passcode".to_owned();
/// assert_eq!(endpoint, Endpoint::Declaration { kind: DeclarationKind::Configuration, identifier });
/// assert_eq!(endpoint.to_string(), "declaration/configuration/com.example.passcode");
/// # Ok::<(), apple_mdm::protocol::ParseEndpointError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `tokens`: the device requests the tokens.
    Tokens,
    /// `declaration-items`: the device requests the list of all declarations.
    DeclarationItems,
    /// `declaration/KIND/IDENTIFIER`: the device requests a declaration.
    Declaration {
        /// The kind of the declaration.
        kind: DeclarationKind,
        /// The identifier of the declaration. It is never empty, and may contain slashes.
        identifier: String,
    },
    /// `status`: the device sends a [`StatusReport`](super::StatusReport) in `Data`.
    Status,
}

/// The error for a text that is not an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseEndpointError {
    /// The message has no endpoint.
    #[error("the message has no `Endpoint`")]
    Missing,
    /// The endpoint is none of those that exist. The text is shortened.
    #[error("expected `tokens`, `declaration-items`, `declaration/KIND/IDENTIFIER` or `status`, found {}", quoted(.0, 80))]
    Unknown(String),
    /// The kind of a requested declaration does not exist.
    #[error("the kind of the requested declaration: {0}")]
    UnknownKind(#[source] ParseDeclarationKindError),
    /// The identifier of a requested declaration is missing.
    #[error("the requested declaration has no identifier; expected `declaration/KIND/IDENTIFIER`")]
    NoIdentifier,
}

impl FromStr for Endpoint {
    type Err = ParseEndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "tokens" => return Ok(Self::Tokens),
            "declaration-items" => return Ok(Self::DeclarationItems),
            "status" => return Ok(Self::Status),
            _ => {}
        }
        let Some(declaration) = text.strip_prefix("declaration/") else {
            return Err(match text {
                "" => ParseEndpointError::Missing,
                "declaration" => ParseEndpointError::NoIdentifier,
                _ => ParseEndpointError::Unknown(text.chars().take(81).collect()),
            });
        };
        let (kind, identifier) = declaration.split_once('/').unwrap_or((declaration, ""));
        let kind = kind.parse().map_err(ParseEndpointError::UnknownKind)?;
        if identifier.is_empty() {
            return Err(ParseEndpointError::NoIdentifier);
        }
        Ok(Self::Declaration {
            kind,
            identifier: identifier.to_owned(),
        })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tokens => f.write_str("tokens"),
            Self::DeclarationItems => f.write_str("declaration-items"),
            Self::Declaration { kind, identifier } => write!(f, "declaration/{kind}/{identifier}"),
            Self::Status => f.write_str("status"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_is_read_and_written() {
        let declaration = |kind, identifier: &str| Endpoint::Declaration {
            kind,
            identifier: identifier.to_owned(),
        };
        for (text, endpoint) in [
            ("tokens", Endpoint::Tokens),
            ("declaration-items", Endpoint::DeclarationItems),
            ("status", Endpoint::Status),
            (
                "declaration/activation/a",
                declaration(DeclarationKind::Activation, "a"),
            ),
            (
                "declaration/asset/a b%20",
                declaration(DeclarationKind::Asset, "a b%20"),
            ),
            (
                "declaration/configuration/3F2504E0-4F89-41D3-9A0C-0305E82C3301",
                declaration(DeclarationKind::Configuration, "3F2504E0-4F89-41D3-9A0C-0305E82C3301"),
            ),
            // Nothing forbids slashes in identifiers.
            (
                "declaration/management//a/../b/",
                declaration(DeclarationKind::Management, "/a/../b/"),
            ),
        ] {
            assert_eq!(text.parse(), Ok(endpoint.clone()), "{text}");
            assert_eq!(endpoint.to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_errors_that_say_what_is_wrong() {
        for (text, message) in [
            ("", "the message has no `Endpoint`"),
            (
                "Tokens",
                "expected `tokens`, `declaration-items`, `declaration/KIND/IDENTIFIER` or `status`, found `Tokens`",
            ),
            (
                "/tokens\n",
                "expected `tokens`, `declaration-items`, `declaration/KIND/IDENTIFIER` or `status`, found `/tokens\\n`",
            ),
            (
                "declarations/asset/a",
                "expected `tokens`, `declaration-items`, `declaration/KIND/IDENTIFIER` or `status`, found `declarations/asset/a`",
            ),
            (
                "declaration",
                "the requested declaration has no identifier; expected `declaration/KIND/IDENTIFIER`",
            ),
            (
                "declaration/asset",
                "the requested declaration has no identifier; expected `declaration/KIND/IDENTIFIER`",
            ),
            (
                "declaration/asset/",
                "the requested declaration has no identifier; expected `declaration/KIND/IDENTIFIER`",
            ),
            (
                "declaration/assets/a",
                "the kind of the requested declaration: expected `activation`, `asset`, `configuration` or `management`, found `assets`",
            ),
            (
                "declaration//a",
                "the kind of the requested declaration: expected `activation`, `asset`, `configuration` or `management`, found ``",
            ),
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap_err().to_string(), message, "{text}");
        }
        let long = "x".repeat(100_000).parse::<Endpoint>().unwrap_err();
        assert!(
            long.to_string().len() < 300 && long.to_string().ends_with("x…`"),
            "{long}"
        );
    }
}
