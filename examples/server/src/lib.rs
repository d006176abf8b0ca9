//! An MDM server with axum, and simulated devices that use it.
//!
//! [`server`] contains the routes, [`store`] the state of the devices, [`declarative`] the exchange of declarations, and [`device`] the
//! simulated devices.
//!
//! A server for real devices also needs:
//!
//! - *TLS and authentication of each request*: the device proves its identity with the certificate it enrolled with, either as TLS client
//!   certificate or in the header `Mdm-Signature`. This server trusts anyone who can connect, so it listens only on the loopback
//!   address.
//! - *Push notifications* (APNs), with the token, magic and topic of each TokenUpdate: devices poll only when notified.
//! - *Storage*: enrollments, unlock tokens and queues must survive a restart. Here they are in memory.
//! - *Enrollment*: a signed profile with the MDM payload and the device's identity.

pub mod declarative;
pub mod device;
pub mod server;
pub mod store;
