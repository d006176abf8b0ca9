//! An MDM server with axum, and devices that are simulated to drive it.
//!
//! [`server`] has the routes, [`store`] what the server knows of its devices, [`declarative`] the exchange of declarations,
//! [`device`] the other side.
//!
//! A server for real devices needs more than this one has:
//!
//! - *TLS, and the identity of the device at every request*: the certificate that it enrolled with, as the client's certificate
//!   (mutual TLS) or in the header `Mdm-Signature`. Here anybody who can connect is believed, so the server listens on the
//!   loopback address only.
//! - *Push notifications* (APNs), with the token, magic and topic of each TokenUpdate: devices ask when they are told to.
//! - *Storage*: enrollments, unlock tokens and queues must outlive the process. Here they are in memory.
//! - *Enrollment*: the profile with the MDM payload and the identity, signed.

pub mod declarative;
pub mod device;
pub mod server;
pub mod store;
