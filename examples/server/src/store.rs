//! What must survive a restart: devices, their users, queues and results, in a SQLite database.
//!
//! If a server forgot its devices, it would have to reject them. Depending on how it does that they would unenroll, and someone would
//! have to enroll each of them again.
//!
//! Everything that a request changes is one transaction. If the disk is full or the process dies, all of it or nothing has happened, and
//! the device tries again later. [`Records`] has the operations within a transaction.
//!
//! The database contains secrets: unlock tokens, bootstrap tokens, and passwords in queued commands. Only its owner can read the file.
//! A real server should encrypt these columns with a key that is not stored on the same disk.

mod enrollments;
mod queue;
mod reports;

use std::fs::OpenOptions;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use enrollments::{Device, Enrolled, Push};
pub use queue::{Outcome, Pending, State};
pub use reports::Unreadable;

/// The version of the tables in `schema.sql`.
const VERSION: i64 = 1;

/// The database.
pub struct Store(Mutex<Connection>);

/// The database within a transaction.
pub struct Records<'a>(Transaction<'a>);

/// Why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// SQLite reports an error.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// The file cannot be created.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// Another version of the server created the file.
    #[error("the database has version {0}, but this server needs version {VERSION}")]
    Version(i64),
}

impl Store {
    /// Opens the database, and creates it if it does not exist. Several processes can open it at the same time.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened, is not a database, or belongs to another version of this server.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        create(path)?;
        let connection = Connection::open(path)?;
        // Readers and the writer do not wait for each other. Each commit reaches the disk before the device gets its reply.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Self::prepare(connection)
    }

    /// Creates a database in memory, for tests.
    ///
    /// # Errors
    ///
    /// Returns an error if SQLite cannot allocate it.
    pub fn in_memory() -> Result<Self, OpenError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, OpenError> {
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(64);
        connection.pragma_update(None, "foreign_keys", true)?;
        // Overwrites what is deleted, since it may be a secret. The log keeps a copy until SQLite reuses its space.
        connection.pragma_update(None, "secure_delete", true)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match transaction.query_row("PRAGMA user_version", [], |row| row.get(0))? {
            0 => transaction.execute_batch(include_str!("store/schema.sql"))?,
            VERSION => {}
            other => return Err(OpenError::Version(other)),
        }
        transaction.commit()?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Limits the size of the database to a number of pages of 4 KiB. A request that needs more fails with status 503 and changes
    /// nothing. The limit is not stored in the database.
    ///
    /// # Errors
    ///
    /// Returns an error if SQLite reports one.
    pub fn limit_pages(&self, pages: u32) -> rusqlite::Result<()> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
    }

    /// Runs `work` in a transaction. An error undoes all of its changes.
    ///
    /// # Errors
    ///
    /// Returns the error of `work`, or that of the database.
    pub fn transaction<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A thread that panicked has undone its transaction, so the connection can still be used.
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // With a deferred transaction, another process could write between our reading and our writing, and ours would fail.
        let records = Records(connection.transaction_with_behavior(TransactionBehavior::Immediate)?);
        let result = work(&records)?;
        records.0.commit()?;
        Ok(result)
    }
}

impl Records<'_> {
    /// Executes a statement and returns the number of changed rows.
    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> rusqlite::Result<usize> {
        self.0.prepare_cached(sql)?.execute(parameters)
    }
}

/// Creates an empty file that only its owner can read, unless the file exists. SQLite gives its other files the same permissions.
fn create(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
