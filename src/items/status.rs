//! Status items, which devices report in declarative device management.
//!
//! [`StatusItems`] is the dictionary of a report, in which the parts of a name are nested. A type such as
//! [`DeviceIdentifierSerialNumber`] represents a single item, with its name for subscriptions and its availability.

pub use crate::items::protocol::StatusReport;

include!(concat!(env!("OUT_DIR"), "/status.rs"));
