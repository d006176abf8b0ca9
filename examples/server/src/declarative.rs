//! Declarative management: what the server declares, and what devices ask and report.

use apple_mdm::checkin::DeclarativeManagement;
use apple_mdm::declarations::Declaration;
use apple_mdm::protocol::declaration_items_response::{self, DeclarationItem};
use apple_mdm::protocol::{DeclarationItemsResponse, StatusReport, TokensResponse};
use apple_mdm::validate::{self, Report};
use apple_mdm::value::Dictionary;
use apple_mdm::{Document, Error};

use crate::store::Device;

/// A set of declarations that belong together.
#[derive(Default)]
pub struct Declarations {
    set: Vec<Declaration>,
    /// Changes whenever one of them does.
    token: String,
    timestamp: String,
}

impl Declarations {
    /// A set; `timestamp` says since when it is so, in the form `2026-11-22T08:00:00Z`.
    ///
    /// # Errors
    ///
    /// Where a declaration is wrong, or refers to what is not in the set.
    pub fn new(set: Vec<Declaration>, timestamp: &str) -> Result<Self, Report> {
        validate::declarations(&set, None).into_result()?;
        let tokens: Vec<&str> = set.iter().filter_map(Declaration::server_token).collect();
        Ok(Self {
            token: tokens.join("."),
            set,
            timestamp: timestamp.to_owned(),
        })
    }

    /// The tokens: what a device compares to know whether there is something new.
    ///
    /// # Errors
    ///
    /// None for the texts that are in it.
    pub fn tokens(&self) -> Result<String, Error> {
        let mut tokens = Dictionary::new();
        tokens.insert("Timestamp", self.timestamp.as_str());
        tokens.insert("DeclarationsToken", self.token.as_str());
        TokensResponse::new(tokens).to_json()
    }

    /// What a check-in of a device is answered: JSON, or an empty body; `None` where there is no such declaration.
    ///
    /// # Errors
    ///
    /// Where a status report cannot be read.
    pub fn answer(&self, request: &DeclarativeManagement, device: &mut Device) -> Result<Option<String>, Error> {
        let endpoint = request.endpoint.as_deref().unwrap_or_default();
        match endpoint.split('/').collect::<Vec<_>>()[..] {
            ["tokens"] => self.tokens().map(Some),
            ["declaration-items"] => self.items().map(Some),
            ["declaration", kind, identifier] => {
                let is_it = |one: &&Declaration| one.identifier() == Some(identifier) && kind_of(one) == Some(kind);
                self.set.iter().find(is_it).map(Declaration::to_json).transpose()
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
        let of = |kind| {
            let of_kind = self.set.iter().filter(|one| kind_of(one) == Some(kind));
            of_kind
                .filter_map(|one| Some(DeclarationItem::new(one.identifier()?, one.server_token()?)))
                .collect()
        };
        let lists = declaration_items_response::Declarations::new(
            of("activation"),
            of("configuration"),
            of("asset"),
            of("management"),
        );
        DeclarationItemsResponse::new(lists, &self.token).to_json()
    }
}

/// `activation`, `configuration`, `asset` or `management`: the third word of the type.
fn kind_of(declaration: &Declaration) -> Option<&str> {
    declaration.declaration_type()?.split('.').nth(2)
}
