//! The declarations that a server has for a device, and the documents that the device requests about them.

use super::token::sha256;
use super::{Declaration, DeclarationKind};
use crate::codec::canonical_json::to_json_canonical;
use crate::codec::{Document, Write};
use crate::error::Error;
use crate::items::protocol::declaration_items_response::{DeclarationItem, Declarations};
use crate::items::protocol::tokens_response::SynchronizationTokens;
use crate::items::protocol::{DeclarationItemsResponse, Endpoint, TokensResponse};
use crate::value::{Date, Value};

/// The declarations that a server has for an enrollment, with their tokens.
///
/// The set computes all tokens from the content:
///
/// - `ServerToken` of each declaration is its [`content_token`](Declaration::content_token). A token that the declaration already has is
///   replaced.
/// - `DeclarationsToken` changes whenever a declaration is added, changed or removed. The order in which the declarations were given does
///   not matter.
///
/// The set does not validate its declarations. Pass [`declarations`](Self::declarations) to
/// [`validate::declarations`](crate::validate::declarations) before you send them.
///
/// ```
/// use apple_mdm::declarations::{ActivationSimple, DeclarationSet, Envelope, PasscodeSettings};
/// use apple_mdm::{protocol::Endpoint, validate};
///
/// let passcode = PasscodeSettings { minimum_length: Some(8), ..Default::default() };
/// let activation = ActivationSimple::new(vec!["com.example.passcode".into()]);
/// let declarations = [
///     Envelope::without_token("com.example.passcode", passcode).into(),
///     Envelope::without_token("com.example.active", activation).into(),
/// ];
/// let set = DeclarationSet::new(declarations, "2026-11-22T08:00:00Z".parse()?)?;
/// assert!(validate::declarations(set.declarations(), None).is_ok());
///
/// let endpoint: Endpoint = "declaration/configuration/com.example.passcode".parse()?;
/// let json = set.reply(&endpoint)?.expect("the declaration exists");
/// assert!(json.contains("\"ServerToken\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DeclarationSet {
    /// Sorted by identifier. Each has an identifier, a server token and a kind.
    declarations: Vec<Declaration>,
    token: String,
    changed: Date,
}

/// The reason why declarations do not form a set.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DeclarationSetError {
    /// A declaration has no identifier, or an empty one.
    #[error("declaration {index} (counted from 0) has no identifier")]
    NoIdentifier {
        /// The position of the declaration, counted from 0.
        index: usize,
    },
    /// Two declarations have the same identifier. Identifiers are unique among declarations of all kinds.
    #[error("two declarations have the identifier `{0}`")]
    RepeatedIdentifier(String),
    /// The type of a declaration does not say whether it is an activation, asset, configuration or management, as
    /// `com.apple.KIND.…` does.
    #[error(
        "the type of declaration `{0}` is not `com.apple.KIND.…` with the kind `activation`, `asset`, `configuration` or `management`"
    )]
    NoKind(String),
    /// A declaration cannot be written as JSON.
    #[error("declaration `{identifier}`: {source}")]
    NotWritable {
        /// The identifier of the declaration.
        identifier: String,
        /// The reason.
        source: Error,
    },
}

impl DeclarationSet {
    /// Creates a set, computing the tokens. `changed` is the time of the last change, which the device reads in the tokens.
    ///
    /// # Errors
    ///
    /// Returns an error if a declaration has no identifier or no kind, if two have the same identifier, or if one cannot be written as
    /// canonical JSON.
    pub fn new(
        declarations: impl IntoIterator<Item = Declaration>,
        changed: Date,
    ) -> Result<Self, DeclarationSetError> {
        let mut declarations: Vec<Declaration> = declarations.into_iter().collect();
        for (index, declaration) in declarations.iter_mut().enumerate() {
            let Some(identifier) = declaration.identifier().filter(|identifier| !identifier.is_empty()) else {
                return Err(DeclarationSetError::NoIdentifier { index });
            };
            let identifier = identifier.to_owned();
            if declaration.kind().is_none() {
                return Err(DeclarationSetError::NoKind(identifier));
            }
            match declaration.content_token() {
                Ok(token) => declaration.set_server_token(&token),
                Err(source) => return Err(DeclarationSetError::NotWritable { identifier, source }),
            }
        }
        declarations.sort_by(|a, b| a.identifier().cmp(&b.identifier()));
        let repeated = declarations
            .windows(2)
            .find(|pair| pair[0].identifier() == pair[1].identifier());
        if let Some(identifier) = repeated.and_then(|pair| pair[0].identifier()) {
            return Err(DeclarationSetError::RepeatedIdentifier(identifier.to_owned()));
        }
        Ok(Self {
            token: token_of_all(&declarations),
            declarations,
            changed,
        })
    }

    /// Returns the declarations with their server tokens, sorted by identifier.
    #[must_use]
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// Returns the declaration with this identifier, whatever its kind.
    #[must_use]
    pub fn get(&self, identifier: &str) -> Option<&Declaration> {
        let found = |declaration: &Declaration| declaration.identifier().unwrap_or_default().cmp(identifier);
        let index = self.declarations.binary_search_by(found).ok()?;
        self.declarations.get(index)
    }

    /// Returns `DeclarationsToken`, which changes whenever a declaration is added, changed or removed.
    #[must_use]
    pub fn declarations_token(&self) -> &str {
        &self.token
    }

    /// Returns the document for the endpoint `tokens`. As JSON, it is also the `data` of the command
    /// `DeclarativeManagement`, which tells a device that the set has changed.
    #[must_use]
    pub fn tokens(&self) -> TokensResponse {
        let timestamp = self.changed.whole_seconds().to_string();
        TokensResponse::new(SynchronizationTokens::new(timestamp, self.token.as_str()))
    }

    /// Returns the document for the endpoint `declaration-items`.
    #[must_use]
    pub fn declaration_items(&self) -> DeclarationItemsResponse {
        let items = |kind| {
            let of_kind = self.declarations.iter().filter(|one| one.kind() == Some(kind));
            of_kind
                .filter_map(|one| Some(DeclarationItem::new(one.identifier()?, one.server_token()?)))
                .collect()
        };
        let mut lists = Declarations::new(vec![], vec![], vec![], vec![]);
        lists.activations = items(DeclarationKind::Activation);
        lists.assets = items(DeclarationKind::Asset);
        lists.configurations = items(DeclarationKind::Configuration);
        lists.management = items(DeclarationKind::Management);
        DeclarationItemsResponse::new(lists, self.token.as_str())
    }

    /// Returns the declaration for the endpoint `declaration/KIND/IDENTIFIER`. `None` if there is none of that kind.
    #[must_use]
    pub fn declaration(&self, kind: DeclarationKind, identifier: &str) -> Option<&Declaration> {
        self.get(identifier).filter(|one| one.kind() == Some(kind))
    }

    /// Returns the body of the response to a device's request as JSON. `None` if it requests a declaration that is not in the set: respond
    /// with status 404.
    ///
    /// For [`Endpoint::Status`] the body is empty. The status report is in the message's `Data`.
    ///
    /// # Errors
    ///
    /// Returns an error if the document cannot be written as JSON.
    pub fn reply(&self, endpoint: &Endpoint) -> Result<Option<String>, Error> {
        match endpoint {
            Endpoint::Tokens => self.tokens().to_json().map(Some),
            Endpoint::DeclarationItems => self.declaration_items().to_json().map(Some),
            Endpoint::Declaration { kind, identifier } => {
                let declaration = self.declaration(*kind, identifier);
                declaration.map(Document::to_json).transpose()
            }
            Endpoint::Status => Ok(Some(String::new())),
        }
    }
}

/// Returns the token of sorted declarations: a digest of all identifiers and tokens.
fn token_of_all(declarations: &[Declaration]) -> String {
    let items = declarations.iter().map(|declaration| {
        let pair = [declaration.identifier(), declaration.server_token()];
        Value::from(pair.map(|text| Value::from(text.unwrap_or_default())).to_vec())
    });
    // JSON separates the texts unambiguously, whatever they contain. Strings can always be written.
    sha256(&to_json_canonical(Value::from(items.collect::<Vec<_>>()).view()).unwrap_or_default())
}
