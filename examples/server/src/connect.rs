//! The command loop: the device reports the result of a command and receives the next one.
//!
//! The device starts with `Idle`. Each reply contains one command, and the device sends its result in the next request, until the reply
//! is empty. The steps that are easy to get wrong:
//!
//! - `NotNow` postpones one command, not the others: the reply contains the next command. If the postponed command were sent again at
//!   once, device and server would repeat this forever. The device sends `Idle` again when it can carry out the command.
//! - A command that was sent and has no response when the device sends `Idle` did not arrive, or the response was lost. It is sent again.
//! - A response that cannot be read finishes its command. Otherwise the command would be sent and carried out again and again.
//! - A response to an unknown command, or a second one, is ignored. The device gets the next command anyway.

use apple_mdm::commands::{CommandItem, DeviceInformation, Response, Status};
use axum::http::StatusCode;

use crate::identity;
use crate::refusal::Refusal;
use crate::service::{Reply, Service};
use crate::store::{Pending, Records};

/// Handles a response and returns the next command. The reply is empty if there is none.
pub(crate) fn handle(
    service: &Service,
    response: &Response,
    body: &[u8],
    signer: Option<&str>,
) -> Result<Reply, Refusal> {
    let enrollment = response.enrollment()?;
    let key = enrollment.key();
    service.store.transaction(|records| {
        let sender = service.sender(records, &enrollment, signer)?;
        if response.status == Status::Idle {
            records.start_over(&key)?;
        } else if let Some(uuid) = &response.command_uuid {
            match records.pending(uuid)? {
                Some(command) if command.enrollment == key => {
                    finish(records, &command, response, body, &sender.device.key)?;
                }
                _ => {}
            }
        }
        next(records, &key)
    })
}

/// Stores the result of a command.
fn finish(
    records: &Records<'_>,
    command: &Pending,
    response: &Response,
    body: &[u8],
    device: &str,
) -> Result<(), Refusal> {
    match &response.status {
        Status::NotNow => records.postpone(command)?,
        Status::Acknowledged => match response.body_of(&command.request_type) {
            Ok(_) => {
                if command.request_type == DeviceInformation::REQUEST_TYPE {
                    let values = response.body::<DeviceInformation>()?.query_responses;
                    records.learn(device, &values.unwrap_or_default())?;
                }
                records.finish(command, Ok(()), body)?;
            }
            Err(error) => fail_unreadable(records, command, &error, body)?,
        },
        failure => {
            let errors: Vec<String> = response.errors().iter().map(ToString::to_string).collect();
            let reason = format!("{}: {}", failure.as_str(), errors.join("; "));
            records.finish(command, Err(&reason), body)?;
        }
    }
    Ok(())
}

/// Handles a message that cannot be read. It fails its command if the bytes contain the UUID of one that was sent to the signer, and is
/// kept for inspection.
pub(crate) fn unreadable(
    service: &Service,
    error: &apple_mdm::Error,
    body: &[u8],
    signer: Option<&str>,
) -> Result<Reply, Refusal> {
    let reply = service.store.transaction(|records| {
        for uuid in uuids(body) {
            let Some(command) = records.pending(uuid)? else {
                continue;
            };
            if let Some(enrolled) = records.enrollment(&command.enrollment)? {
                identity::must_be(records, &enrolled.device, signer)?;
                fail_unreadable(records, &command, error, body)?;
                return next(records, &command.enrollment).map(Some);
            }
        }
        let device = signer.map(|signer| records.device_with(signer)).transpose()?.flatten();
        records.add_unreadable(device.as_deref(), &error.to_string(), body)?;
        Ok::<_, Refusal>(None)
    })?;
    reply.ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, error.to_string()))
}

fn fail_unreadable(
    records: &Records<'_>,
    command: &Pending,
    error: &apple_mdm::Error,
    body: &[u8],
) -> Result<(), Refusal> {
    let reason = format!("unreadable response: {error}");
    records.add_unreadable(Some(&command.enrollment), &reason, body)?;
    Ok(records.finish(command, Err(&reason), &[])?)
}

fn next(records: &Records<'_>, key: &str) -> Result<Reply, Refusal> {
    Ok(records.take_next(key)?.map_or_else(Reply::default, Reply::xml))
}

/// Finds texts with the form of the UUIDs of our commands in any bytes. Returns the first few.
fn uuids(body: &[u8]) -> impl Iterator<Item = &str> {
    const LEN: usize = 36;
    let is_uuid = |bytes: &&[u8]| {
        bytes.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let found = body.windows(LEN).filter(is_uuid);
    found.filter_map(|bytes| std::str::from_utf8(bytes).ok()).take(20)
}
