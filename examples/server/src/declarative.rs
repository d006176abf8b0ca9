//! Declarative management: the server's declarations, and the devices' requests and reports.

use apple_mdm::checkin::DeclarativeManagement;
use apple_mdm::declarations::{self, Declaration};
use apple_mdm::protocol::declaration_items_response::{self, DeclarationItem};
use apple_mdm::protocol::tokens_response::SynchronizationTokens;
use apple_mdm::protocol::{DeclarationItemsResponse, StatusReport, TokensResponse};
use apple_mdm::validate::{self, Report};
use apple_mdm::{Document, Error};
use axum::http::StatusCode;

use crate::refusal::Refusal;
use crate::service::Reply;
use crate::store::{Enrolled, Records};

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
        let tokens = set
            .iter()
            .filter_map(|declaration| Some(format!("{}={}", declaration.identifier()?, declaration.server_token()?)));
        Ok(Self {
            token: tokens.collect::<Vec<_>>().join(";"),
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
        let tokens = SynchronizationTokens::new(self.timestamp.as_str(), self.token.as_str());
        TokensResponse::new(tokens).to_json()
    }

    /// Replies to a request for tokens, the list or a declaration, or keeps a status report.
    pub(crate) fn reply(
        &self,
        records: &Records<'_>,
        sender: &Enrolled,
        request: &DeclarativeManagement,
    ) -> Result<Reply, Refusal> {
        let endpoint = request.endpoint.as_deref().unwrap_or_default();
        let json = match endpoint.split('/').collect::<Vec<_>>()[..] {
            ["tokens"] => self.tokens()?,
            ["declaration-items"] => self.items()?,
            ["declaration", kind, identifier] => {
                let is_requested = |declaration: &&Declaration| {
                    declaration.identifier() == Some(identifier) && kind_of(declaration) == Some(kind)
                };
                let declaration = self.set.iter().find(is_requested);
                declaration.ok_or_else(|| not_found("no such declaration"))?.to_json()?
            }
            ["status"] => {
                keep_report(records, sender, request.data.as_deref().unwrap_or_default())?;
                return Ok(Reply::default());
            }
            _ => return Err(not_found("no such endpoint")),
        };
        Ok(Reply {
            media_type: Some(declarations::CONTENT_TYPE),
            body: json.into_bytes(),
        })
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

/// Keeps a status report. One that cannot be read is accepted as well, since the device would only send it again.
fn keep_report(records: &Records<'_>, sender: &Enrolled, data: &[u8]) -> Result<(), Refusal> {
    match StatusReport::from_slice(data) {
        Ok(_) => records.add_report(&sender.key, data)?,
        Err(error) => records.add_unreadable(Some(&sender.key), &format!("status report: {error}"), data)?,
    }
    Ok(())
}

fn not_found(reason: &str) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, reason)
}

/// The third part of the type: `activation`, `configuration`, `asset` or `management`.
fn kind_of(declaration: &Declaration) -> Option<&str> {
    declaration.declaration_type()?.split('.').nth(2)
}
