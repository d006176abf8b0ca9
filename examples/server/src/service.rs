//! The server without HTTP: takes a body and returns a body.

use apple_mdm::checkin::Message;
use apple_mdm::cms;
use apple_mdm::commands::{Command, Request, Response};
use apple_mdm::enrollment::Enrollment;
use apple_mdm::profiles::Profile;
use apple_mdm::validate::{Report, Validate};
use apple_mdm::{Document, input};
use axum::http::StatusCode;

use crate::config::{Config, UnknownDevices};
use crate::declarative::Declarations;
use crate::refusal::Refusal;
use crate::store::{Enrolled, Records, Store};
use crate::{checkin, connect, identity};

/// The server without HTTP.
pub struct Service {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// What the devices receive through declarative management.
    pub declarations: Declarations,
}

/// The body of a reply with status 200.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The media type. `None` if the body is empty.
    pub media_type: Option<&'static str>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why a command was not queued.
#[derive(Debug, thiserror::Error)]
pub enum NotQueued {
    /// There is no such enrollment.
    #[error("there is no such enrollment")]
    UnknownEnrollment,
    /// The queue is full.
    #[error("the queue is full")]
    Full,
    /// The command has errors, or the device does not support it.
    #[error("{0}")]
    Findings(Report),
    /// The command cannot be written.
    #[error(transparent)]
    Command(#[from] apple_mdm::Error),
    /// The database reports an error.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

/// What a device sends.
enum Sent {
    CheckIn(Message),
    /// The result of a command, or a request for one.
    Response(Box<Response>),
}

impl Reply {
    pub(crate) fn xml(body: impl Into<Vec<u8>>) -> Self {
        Self {
            media_type: Some("application/xml"),
            body: body.into(),
        }
    }
}

impl Service {
    /// Handles a message: verifies its signature, reads it, and returns the reply.
    ///
    /// # Errors
    ///
    /// Returns the reason if the message is rejected.
    pub fn handle(&self, signature: Option<&str>, body: &[u8]) -> Result<Reply, Refusal> {
        let limits = input::Limits::default().with_size(self.config.limits.body_size);
        // Before anything else. Nobody without a certificate reaches the code below.
        let signer = self.config.signatures.signer(signature, body, &limits)?;
        let signer = signer.as_deref();
        match read(body, &limits) {
            Ok(Sent::CheckIn(message)) => checkin::handle(self, message, signer),
            Ok(Sent::Response(response)) => connect::handle(self, &response, body, signer),
            Err(error) => connect::unreadable(self, &error, body, signer),
        }
    }

    /// Adds a command to the end of the queue of a device or user, and returns its UUID. The device asks for it when it receives a push
    /// notification, which this server does not send.
    ///
    /// # Errors
    ///
    /// Returns an error if the command has errors for this device, or cannot be stored.
    pub fn queue(&self, enrollment: &str, command: impl Into<Command>) -> Result<String, NotQueued> {
        let command = command.into();
        self.store.transaction(|records| {
            let enrolled = records.enrollment(enrollment)?.ok_or(NotQueued::UnknownEnrollment)?;
            if records.unfinished(enrollment)? >= self.config.limits.queue {
                return Err(NotQueued::Full);
            }
            let uuid = records.new_uuid()?;
            let request_type = command.request_type().unwrap_or_default().to_owned();
            let request = Request::new(&uuid, command);
            self.check(&enrolled, &request)
                .into_result()
                .map_err(NotQueued::Findings)?;
            records.push(enrollment, &uuid, &request_type, request.to_xml()?.as_bytes())?;
            Ok(uuid)
        })
    }

    /// Checks a command, and the profile in it, for the device or user that will receive it.
    fn check(&self, enrolled: &Enrolled, request: &Request) -> Report {
        let target = enrolled.target(self.config.access_rights);
        let report = match &target {
            Some(target) => request.check(target),
            None => request.validate(),
        };
        if let (true, Command::InstallProfile(command)) = (report.is_ok(), &request.command) {
            // The profile may be signed. One that cannot be read is already in the report.
            if let Ok((profile, _)) = cms::from_slice::<Profile>(&command.payload) {
                return match &target {
                    Some(target) => profile.check(target),
                    None => profile.validate(),
                };
            }
        }
        report
    }

    /// How to respond to a device that is not enrolled.
    fn unknown_device(&self) -> Refusal {
        match self.config.unknown_devices {
            UnknownDevices::Ignore => Refusal::new(StatusCode::NOT_FOUND, "not enrolled"),
            UnknownDevices::Unenroll => Refusal::unenroll(),
        }
    }

    /// Returns what is stored about the sender of a message, after checking that its device signed the message.
    pub(crate) fn sender(
        &self,
        records: &Records<'_>,
        sender: &Enrollment,
        signer: Option<&str>,
    ) -> Result<Enrolled, Refusal> {
        if let Some(enrolled) = records.enrollment(&sender.key())? {
            identity::must_be(records, &enrolled.device, signer)?;
            return Ok(enrolled);
        }
        // A device must not unenroll because one of its users is unknown.
        match sender.parent() {
            Some(device) if records.enrollment(&device.key())?.is_some() => {
                Err(Refusal::new(StatusCode::NOT_FOUND, "unknown user"))
            }
            _ => Err(self.unknown_device()),
        }
    }
}

/// Reads a message. Its content tells what it is: enrollment profiles often use one URL for both kinds, and some clients send no media
/// type or a wrong one.
fn read(body: &[u8], limits: &input::Limits) -> Result<Sent, apple_mdm::Error> {
    // Most messages are responses, which have a `Status`.
    let error = match Response::from_slice_with(body, limits) {
        Ok(response) if !response.extra.contains_key("MessageType") => return Ok(Sent::Response(Box::new(response))),
        Ok(_) => None,
        Err(error) => Some(error),
    };
    match (Message::from_slice_with(body, limits), error) {
        (Ok(message), _) if message.message_type().is_some() => Ok(Sent::CheckIn(message)),
        (_, Some(error)) | (Err(error), None) => Err(error),
        (Ok(message), None) => Ok(Sent::CheckIn(message)),
    }
}
