//! The queues of commands and their results.
//!
//! A command is `waiting` until it is `sent`. Then the device carries it out, and it has `succeeded` or `failed`; or the device cannot
//! carry it out now, and it is `postponed`. When the device starts over with `Idle`, postponed and unanswered commands wait again in
//! their old places.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, params};

use super::{Records, Store};

/// The maximum number of finished commands that are kept for each enrollment.
const MAX_FINISHED: i64 = 50;

/// How often a command is sent without getting any response. A device that cannot read a command or report its result would otherwise
/// receive it forever.
const MAX_DELIVERIES: i64 = 10;

/// The maximum length of the reason of a failure in characters. Devices choose it.
const MAX_REASON: i64 = 1000;

/// The state of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for the device to ask for it.
    Waiting,
    /// It was sent and has no response yet.
    Sent,
    /// The device cannot carry it out now.
    Postponed,
    /// The device carried it out.
    Succeeded,
    /// The device reported errors or something unreadable, or did not respond.
    Failed,
}

const STATES: [(State, &str); 5] = [
    (State::Waiting, "waiting"),
    (State::Sent, "sent"),
    (State::Postponed, "postponed"),
    (State::Succeeded, "succeeded"),
    (State::Failed, "failed"),
];

impl ToSql for State {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        STATES[*self as usize].1.to_sql()
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        let state = STATES.iter().find(|(_, name)| *name == text);
        state
            .map(|(state, _)| *state)
            .ok_or(rusqlite::types::FromSqlError::InvalidType)
    }
}

/// A command in the queue, or its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The UUID of the command.
    pub uuid: String,
    /// The type, such as `DeviceInformation`.
    pub request_type: String,
    /// The state.
    pub state: State,
    /// Why it failed.
    pub reason: Option<String>,
    /// The response as the device sent it, if the command is finished. [`Response`](apple_mdm::commands::Response) reads it.
    pub response: Option<Vec<u8>>,
}

/// A command that was sent and is not finished.
#[derive(Debug)]
pub struct Pending {
    number: i64,
    /// The key of the enrollment.
    pub enrollment: String,
    /// The type, such as `DeviceInformation`.
    pub request_type: String,
}

impl Store {
    /// Returns the commands of an enrollment and their results, in the order in which they were queued.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one.
    pub fn outcomes(&self, enrollment: &str) -> rusqlite::Result<Vec<Outcome>> {
        self.transaction(|records| {
            let sql =
                "SELECT uuid, request_type, state, reason, response FROM commands WHERE enrollment = ? ORDER BY number";
            let mut statement = records.0.prepare_cached(sql)?;
            let outcomes = statement.query_map([enrollment], |row| {
                Ok(Outcome {
                    uuid: row.get(0)?,
                    request_type: row.get(1)?,
                    state: row.get(2)?,
                    reason: row.get(3)?,
                    response: row.get(4)?,
                })
            })?;
            outcomes.collect()
        })
    }
}

impl Records<'_> {
    /// Returns a new UUID for a command.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one, like all functions of this type.
    pub fn new_uuid(&self) -> rusqlite::Result<String> {
        let digits: String = self.0.query_row("SELECT hex(randomblob(16))", [], |row| row.get(0))?;
        let parts = [
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..],
        ];
        Ok(parts.join("-"))
    }

    /// Returns the number of unfinished commands of an enrollment.
    pub fn unfinished(&self, enrollment: &str) -> rusqlite::Result<u32> {
        let sql = "SELECT count(*) FROM commands WHERE enrollment = ? AND state IN ('waiting', 'sent', 'postponed')";
        self.0.prepare_cached(sql)?.query_row([enrollment], |row| row.get(0))
    }

    /// Adds a command to the end of a queue.
    pub fn push(&self, enrollment: &str, uuid: &str, request_type: &str, request: &[u8]) -> rusqlite::Result<()> {
        let sql = "INSERT INTO commands (enrollment, uuid, request_type, request) VALUES (?, ?, ?, ?)";
        self.execute(sql, params![enrollment, uuid, request_type, request])?;
        Ok(())
    }

    /// Returns the command with this UUID if it was sent and is not finished.
    pub fn pending(&self, uuid: &str) -> rusqlite::Result<Option<Pending>> {
        // A device may respond after it has started over. The command then waits again, but its response is still valid.
        let sql = "SELECT number, enrollment, request_type FROM commands
                   WHERE uuid = ? AND (state IN ('sent', 'postponed') OR state = 'waiting' AND deliveries > 0)";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Pending {
                number: row.get(0)?,
                enrollment: row.get(1)?,
                request_type: row.get(2)?,
            })
        };
        self.0.prepare_cached(sql)?.query_row([uuid], read).optional()
    }

    /// Keeps a command until the device starts over.
    pub fn postpone(&self, command: &Pending) -> rusqlite::Result<()> {
        let sql = "UPDATE commands SET state = 'postponed', deliveries = 1 WHERE number = ?";
        self.execute(sql, [command.number])?;
        Ok(())
    }

    /// Stores the result of a command: an error if it failed. Deletes the oldest results.
    pub fn finish(&self, command: &Pending, result: Result<(), &str>, response: &[u8]) -> rusqlite::Result<()> {
        let (state, reason) = match result {
            Ok(()) => (State::Succeeded, None),
            Err(reason) => (State::Failed, Some(reason)),
        };
        let sql = "UPDATE commands SET state = ?, reason = substr(?, 1, ?), response = ?, request = NULL
                   WHERE number = ?";
        self.execute(sql, params![state, reason, MAX_REASON, response, command.number])?;
        self.prune(&command.enrollment)
    }

    /// Puts postponed and unanswered commands back into their places in the queue. The device starts over and has not received the
    /// latter, or has forgotten them.
    pub fn start_over(&self, enrollment: &str) -> rusqlite::Result<()> {
        let sql = "UPDATE commands SET state = 'failed', request = NULL, reason = 'the device did not respond'
                   WHERE enrollment = ? AND state = 'sent' AND deliveries >= ?";
        if self.execute(sql, params![enrollment, MAX_DELIVERIES])? > 0 {
            self.prune(enrollment)?;
        }
        let sql = "UPDATE commands SET state = 'waiting' WHERE enrollment = ? AND state IN ('sent', 'postponed')";
        self.execute(sql, [enrollment])?;
        Ok(())
    }

    /// Returns the first waiting command, which counts as sent.
    pub fn take_next(&self, enrollment: &str) -> rusqlite::Result<Option<Vec<u8>>> {
        let sql = "UPDATE commands SET state = 'sent', deliveries = deliveries + 1 WHERE number =
                       (SELECT number FROM commands WHERE enrollment = ? AND state = 'waiting' ORDER BY number LIMIT 1)
                   RETURNING request";
        self.0
            .prepare_cached(sql)?
            .query_row([enrollment], |row| row.get(0))
            .optional()
    }

    fn prune(&self, enrollment: &str) -> rusqlite::Result<()> {
        let sql = "DELETE FROM commands WHERE enrollment = ?1 AND state IN ('succeeded', 'failed') AND number <=
                       (SELECT number FROM commands WHERE enrollment = ?1 AND state IN ('succeeded', 'failed')
                        ORDER BY number DESC LIMIT 1 OFFSET ?2)";
        self.execute(sql, params![enrollment, MAX_FINISHED])?;
        Ok(())
    }
}
