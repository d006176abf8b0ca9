//! Declarative management: the server's declarations, and the devices' requests and reports.
//!
//! Devices and users each receive a set. The sets compute all tokens from the content, so a restart changes none of them, and a changed
//! declaration always gets a new one. When a set has changed, queue [`Declarations::command`] for each enrollment.

use apple_mdm::checkin::DeclarativeManagement;
use apple_mdm::declarations::{self, Declaration, DeclarationSet, DeclarationSetError};
use apple_mdm::protocol::{Endpoint, StatusReport};
use apple_mdm::validate::{self, Report};
use apple_mdm::value::Date;
use apple_mdm::{Document, Error, commands};
use axum::http::StatusCode;

use crate::refusal::Refusal;
use crate::service::Reply;
use crate::store::{Enrolled, Records};

/// The declarations for devices and for users.
pub struct Declarations {
    devices: DeclarationSet,
    users: DeclarationSet,
}

/// Why declarations cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum NotServed {
    /// They do not form a set.
    #[error(transparent)]
    Set(#[from] DeclarationSetError),
    /// One has errors, or refers to a declaration that is not in the set.
    #[error("{0}")]
    Findings(Report),
}

impl Declarations {
    /// Creates sets for the device channel and for the user channel. `changed` is the time of the last change.
    ///
    /// # Errors
    ///
    /// Returns an error if a declaration has errors, lacks what it refers to, or is there twice.
    pub fn new(devices: Vec<Declaration>, users: Vec<Declaration>, changed: Date) -> Result<Self, NotServed> {
        let set = |declarations| {
            let set = DeclarationSet::new(declarations, changed)?;
            let report = validate::declarations(set.declarations(), None);
            report.into_result().map_err(NotServed::Findings)?;
            Ok::<_, NotServed>(set)
        };
        Ok(Self {
            devices: set(devices)?,
            users: set(users)?,
        })
    }

    /// Returns the set for a device or user.
    #[must_use]
    pub fn of(&self, enrolled: &Enrolled) -> &DeclarationSet {
        if enrolled.is_user() { &self.users } else { &self.devices }
    }

    /// Returns the command that tells a device or user that its set has changed. It contains the tokens, so that the device asks for
    /// more only if they differ from those that it has.
    ///
    /// # Errors
    ///
    /// Returns an error if the tokens cannot be written.
    pub fn command(&self, enrolled: &Enrolled) -> Result<commands::DeclarativeManagement, Error> {
        Ok(commands::DeclarativeManagement {
            data: Some(self.of(enrolled).tokens().to_json()?.into_bytes().into()),
            ..Default::default()
        })
    }

    /// Replies to a request for tokens, the list or a declaration, or keeps a status report.
    pub(crate) fn reply(
        &self,
        records: &Records<'_>,
        sender: &Enrolled,
        request: &DeclarativeManagement,
    ) -> Result<Reply, Refusal> {
        let endpoint = request.parsed_endpoint();
        let endpoint = endpoint.map_err(|error| Refusal::new(StatusCode::NOT_FOUND, error.to_string()))?;
        if endpoint == Endpoint::Status {
            keep_report(records, sender, request.data.as_deref().unwrap_or_default())?;
            return Ok(Reply::default());
        }
        let json = self.of(sender).reply(&endpoint)?;
        // The set has changed since the device asked for the list. It will ask for the list again.
        let json = json.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "no such declaration"))?;
        Ok(Reply {
            media_type: Some(declarations::CONTENT_TYPE),
            body: json.into_bytes(),
        })
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
