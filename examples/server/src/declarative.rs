//! Declarative management: the server's declarations, and the devices' requests and reports.

use apple_mdm::checkin::DeclarativeManagement;
use apple_mdm::declarations::Declaration;
use apple_mdm::protocol::declaration_items_response::{self, DeclarationItem};
use apple_mdm::protocol::{DeclarationItemsResponse, StatusReport, TokensResponse};
use apple_mdm::validate::{self, Report};
use apple_mdm::value::Dictionary;
use apple_mdm::{Document, Error};

use crate::store::Device;

/// A set of declarations.
#[derive(Default)]
pub struct Declarations {
    set: Vec<Declaration>,
    /// Changes when any declaration changes.
    token: String,
    timestamp: String,
}

impl Declarations {
    /// Creates a set that was last changed at `timestamp`, such as `2026-11-22T08:00:00Z`.
    ///
    /// # Errors
    ///
    /// Returns the findings if a declaration has errors or refers to a declaration that is not in the set.
    pub fn new(set: Vec<Declaration>, timestamp: &str) -> Result<Self, Report> {
        validate::declarations(&set, None).into_result()?;
        let tokens: Vec<&str> = set.iter().filter_map(Declaration::server_token).collect();
        Ok(Self {
            token: tokens.join("."),
            set,
            timestamp: timestamp.to_owned(),
        })
    }

    /// Returns the tokens as JSON. A device compares them with those it has to find out whether anything has changed.
    ///
    /// # Errors
    ///
    /// Returns an error if the tokens cannot be written as JSON.
    pub fn tokens(&self) -> Result<String, Error> {
        let mut tokens = Dictionary::new();
        tokens.insert("Timestamp", self.timestamp.as_str());
        tokens.insert("DeclarationsToken", self.token.as_str());
        TokensResponse::new(tokens).to_json()
    }

    /// Returns the body of the reply to a device's request, or `None` if it requests an unknown declaration or endpoint.
    ///
    /// # Errors
    ///
    /// Returns an error if the request contains a status report that cannot be read.
    pub fn reply(&self, request: &DeclarativeManagement, device: &mut Device) -> Result<Option<String>, Error> {
        let endpoint = request.endpoint.as_deref().unwrap_or_default();
        match endpoint.split('/').collect::<Vec<_>>()[..] {
            ["tokens"] => self.tokens().map(Some),
            ["declaration-items"] => self.items().map(Some),
            ["declaration", kind, identifier] => {
                let is_requested = |declaration: &&Declaration| {
                    declaration.identifier() == Some(identifier) && kind_of(declaration) == Some(kind)
                };
                self.set.iter().find(is_requested).map(Declaration::to_json).transpose()
            }
            ["status"] => {
                let report = StatusReport::from_slice(request.data.as_deref().unwrap_or_default())?;
                device.status = Some(report);
                Ok(Some(String::new()))
            }
            _ => Ok(None),
        }
    }

    fn items(&self) -> Result<String, Error> {
        let items = |kind| {
            let declarations = self.set.iter().filter(|declaration| kind_of(declaration) == Some(kind));
            declarations
                .filter_map(|declaration| {
                    let (identifier, token) = (declaration.identifier()?, declaration.server_token()?);
                    Some(DeclarationItem::new(identifier, token))
                })
                .collect()
        };
        let lists = declaration_items_response::Declarations::new(
            items("activation"),
            items("configuration"),
            items("asset"),
            items("management"),
        );
        DeclarationItemsResponse::new(lists, &self.token).to_json()
    }
}

/// The third part of the type: `activation`, `configuration`, `asset` or `management`.
fn kind_of(declaration: &Declaration) -> Option<&str> {
    declaration.declaration_type()?.split('.').nth(2)
}
