//! Status items: what devices report of themselves in declarative device management.
//!
//! [`StatusItems`] is the dictionary of a report in which the dots of the names nest; a type such as
//! [`DeviceIdentifierSerialNumber`] is the item on its own: its name for subscriptions, its availability.

pub use crate::items::protocol::StatusReport;

include!(concat!(env!("OUT_DIR"), "/status.rs"));
