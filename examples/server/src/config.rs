//! What a server can be told before it starts.

use std::time::Duration;

use apple_mdm::AccessRights;

use crate::enrollment_profile::EnrollmentProfile;
use crate::identity::Signatures;

/// The configuration of a server.
pub struct Config {
    /// Whether devices must sign their messages.
    pub signatures: Signatures,
    /// How to respond to devices that are not enrolled.
    pub unknown_devices: UnknownDevices,
    /// Whether to manage network users who log in to a Mac. If not, they can log in, but have no user channel.
    pub manages_network_users: bool,
    /// The access rights that the enrollment profile requests. Commands that need others are not queued.
    pub access_rights: AccessRights,
    /// The profile that `GET /enroll` returns.
    pub enrollment_profile: Option<EnrollmentProfile>,
    /// Limits on time and size.
    pub limits: Limits,
}

/// How to respond to devices that are not enrolled: they never were, or the server no longer knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownDevices {
    /// With status 404. The device stays enrolled and tries again later. If a backup of the database is restored, nothing is lost.
    Ignore,
    /// With status 403 and the error `com.apple.unrecognized.device`. The device removes its enrollment profile with everything that
    /// came through it. Devices with older systems do the same at status 401, which this server never sends.
    Unenroll,
}

/// Limits on time and size.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The time in which a client must send the headers of a request, also of the next one on an open connection.
    pub header_time: Duration,
    /// The time in which a client must send the body.
    pub body_time: Duration,
    /// How long a connection stays open at most. This also ends connections whose clients do not read the reply.
    pub connection_time: Duration,
    /// How long requests may take to finish when the server stops.
    pub stop_time: Duration,
    /// The maximum number of open connections. More wait until one ends.
    pub connections: usize,
    /// The maximum size of the headers in bytes. A signature with certificates has about 5 KB.
    pub header_size: usize,
    /// The maximum size of a body in bytes. The largest are lists of installed apps. Together with the number of connections this
    /// limits the server's memory.
    pub body_size: usize,
    /// The maximum number of unfinished commands of an enrollment.
    pub queue: u32,
    /// The maximum number of users of a device.
    pub users: u32,
}

impl Config {
    /// Creates a configuration with defaults.
    #[must_use]
    pub fn new(signatures: Signatures) -> Self {
        Self {
            signatures,
            unknown_devices: UnknownDevices::Ignore,
            manages_network_users: false,
            access_rights: AccessRights::all(),
            enrollment_profile: None,
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_time: Duration::from_secs(15),
            body_time: Duration::from_secs(30),
            connection_time: Duration::from_secs(600),
            stop_time: Duration::from_secs(10),
            connections: 1000,
            header_size: 64 << 10,
            body_size: 4 << 20,
            queue: 1000,
            users: 1000,
        }
    }
}
