//! Check-in messages: devices and users enroll, exchange tokens, ask for declarations, and leave.

use apple_mdm::Document;
use apple_mdm::checkin::{
    Authenticate, GetBootstrapTokenResponse, Message, TokenUpdate, UserAuthenticate, UserAuthenticateResponse,
};
use apple_mdm::enrollment::Enrollment;
use axum::http::StatusCode;

use crate::identity;
use crate::refusal::Refusal;
use crate::service::{Reply, Service};
use crate::store::Records;

/// Handles a check-in message.
pub(crate) fn handle(service: &Service, message: Message, signer: Option<&str>) -> Result<Reply, Refusal> {
    let enrollment = message.enrollment()?;
    service.store.transaction(|records| match message {
        Message::Authenticate(message) => authenticate(records, &enrollment, &message, signer),
        Message::TokenUpdate(message) => token_update(service, records, &enrollment, &message, signer),
        Message::UserAuthenticate(message) => user_authenticate(service, records, &enrollment, &message, signer),
        Message::SetBootstrapToken(message) => {
            let sender = service.sender(records, &enrollment, signer)?;
            let token = message.bootstrap_token.as_deref().filter(|token| !token.is_empty());
            records.set_bootstrap_token(&sender.device.key, token)?;
            Ok(Reply::default())
        }
        Message::GetBootstrapToken(_) => {
            let sender = service.sender(records, &enrollment, signer)?;
            let reply = GetBootstrapTokenResponse {
                bootstrap_token: sender.device.bootstrap_token,
                ..Default::default()
            };
            Ok(Reply::xml(reply.to_xml()?))
        }
        Message::DeclarativeManagement(message) => {
            let sender = service.sender(records, &enrollment, signer)?;
            service.declarations.reply(records, &sender, &message)
        }
        Message::CheckOut(_) => check_out(service, records, &enrollment, signer),
        // For example GetToken, with which a device asks for a service that this server does not have.
        other => Err(Refusal::bad_request(format!(
            "unsupported message {:?}",
            other.message_type().unwrap_or_default()
        ))),
    })
}

/// A device starts to enroll.
fn authenticate(
    records: &Records<'_>,
    enrollment: &Enrollment,
    message: &Authenticate,
    signer: Option<&str>,
) -> Result<Reply, Refusal> {
    if enrollment.is_user_channel() {
        return Err(Refusal::bad_request("Authenticate on the user channel"));
    }
    identity::may_enroll(records, enrollment, signer)?;
    records.enroll(enrollment, signer, message)?;
    Ok(Reply::default())
}

/// The device has completed its enrollment, or the tokens have changed. For a user, this is the first message.
fn token_update(
    service: &Service,
    records: &Records<'_>,
    enrollment: &Enrollment,
    message: &TokenUpdate,
    signer: Option<&str>,
) -> Result<Reply, Refusal> {
    if let Some(device) = enrollment.parent() {
        let device = service.sender(records, &device, signer)?.device;
        if records.enrollment(&enrollment.key())?.is_none()
            && records.users(&device.key)? >= service.config.limits.users
        {
            return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too many users"));
        }
        records.add_channel(enrollment)?;
    }
    let sender = service.sender(records, enrollment, signer)?;
    records.update_tokens(&sender, message)?;
    Ok(Reply::default())
}

/// A network user logs in to a Mac. Local users start with TokenUpdate instead.
fn user_authenticate(
    service: &Service,
    records: &Records<'_>,
    enrollment: &Enrollment,
    message: &UserAuthenticate,
    signer: Option<&str>,
) -> Result<Reply, Refusal> {
    let device = enrollment
        .parent()
        .ok_or_else(|| Refusal::bad_request("UserAuthenticate without a user"))?;
    service.sender(records, &device, signer)?;
    if !service.config.manages_network_users {
        return Err(Refusal::new(StatusCode::GONE, "network users are not managed"));
    }
    // With an empty challenge, the server trusts the Mac's login. Otherwise the Mac responds to the challenge with a digest of the
    // user's password.
    let challenge = message.digest_response.is_none().then(String::new);
    let reply = UserAuthenticateResponse {
        digest_challenge: challenge,
        ..Default::default()
    };
    Ok(Reply::xml(reply.to_xml()?))
}

/// The enrollment profile was removed, or the user was deleted. The device does not wait for the reply.
fn check_out(
    service: &Service,
    records: &Records<'_>,
    enrollment: &Enrollment,
    signer: Option<&str>,
) -> Result<Reply, Refusal> {
    let key = enrollment.key();
    // A device that is already gone has what it wants.
    if records.enrollment(&key)?.is_some() {
        let sender = service.sender(records, enrollment, signer)?;
        if sender.is_user() {
            records.remove_user(&key)?;
        } else {
            records.remove_device(&key)?;
        }
    }
    Ok(Reply::default())
}
