//! Status reports of devices, and messages that could not be read.

use rusqlite::params;

use super::{Records, Store};

/// The maximum number of status reports that are kept for each enrollment.
const MAX_REPORTS: i64 = 20;

/// The maximum number of unreadable messages that are kept, and of their bytes.
const MAX_UNREADABLE: i64 = 100;
const MAX_UNREADABLE_BYTES: usize = 64 << 10;

/// A message that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The key of the enrollment that sent it, if known.
    pub enrollment: Option<String>,
    /// Why it could not be read.
    pub reason: String,
    /// The message, or its beginning.
    pub body: Vec<u8>,
}

impl Store {
    /// Returns the latest status reports of an enrollment as JSON, in the order in which they came. A report after the first contains
    /// only what has changed.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one.
    pub fn reports(&self, enrollment: &str) -> rusqlite::Result<Vec<Vec<u8>>> {
        self.transaction(|records| {
            let sql = "SELECT report FROM reports WHERE enrollment = ? ORDER BY number";
            let mut statement = records.0.prepare_cached(sql)?;
            statement.query_map([enrollment], |row| row.get(0))?.collect()
        })
    }

    /// Returns the latest messages that could not be read, in the order in which they came.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one.
    pub fn unreadable(&self) -> rusqlite::Result<Vec<Unreadable>> {
        self.transaction(|records| {
            let sql = "SELECT enrollment, reason, body FROM unreadable ORDER BY number";
            let mut statement = records.0.prepare_cached(sql)?;
            let messages = statement.query_map([], |row| {
                Ok(Unreadable {
                    enrollment: row.get(0)?,
                    reason: row.get(1)?,
                    body: row.get(2)?,
                })
            })?;
            messages.collect()
        })
    }
}

impl Records<'_> {
    /// Keeps a status report and deletes the oldest.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one, like all functions of this type.
    pub fn add_report(&self, enrollment: &str, report: &[u8]) -> rusqlite::Result<()> {
        let sql = "INSERT INTO reports (enrollment, report) VALUES (?, ?)";
        self.execute(sql, params![enrollment, report])?;
        let sql = "DELETE FROM reports WHERE enrollment = ?1 AND number <=
                       (SELECT number FROM reports WHERE enrollment = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)";
        self.execute(sql, params![enrollment, MAX_REPORTS])?;
        Ok(())
    }

    /// Keeps a message that could not be read and deletes the oldest.
    pub fn add_unreadable(&self, enrollment: Option<&str>, reason: &str, body: &[u8]) -> rusqlite::Result<()> {
        let body = &body[..body.len().min(MAX_UNREADABLE_BYTES)];
        let sql = "INSERT INTO unreadable (enrollment, reason, body) VALUES (?, ?, ?)";
        self.execute(sql, params![enrollment, reason, body])?;
        let sql = "DELETE FROM unreadable WHERE number <=
                       (SELECT number FROM unreadable ORDER BY number DESC LIMIT 1 OFFSET ?)";
        self.execute(sql, [MAX_UNREADABLE])?;
        Ok(())
    }
}
