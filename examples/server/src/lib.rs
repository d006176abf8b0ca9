//! An MDM server with axum and SQLite, and simulated devices that use it. Copy what you need.
//!
//! Read the modules in this order:
//!
//! | module | contents |
//! |---|---|
//! | [`service`] | the server without HTTP: verifies a message, reads it, and passes it on to one of the next three |
//! | `checkin` | devices and users enroll, exchange tokens, and leave |
//! | `connect` | the command loop: results, `NotNow`, lost and unreadable responses |
//! | [`declarative`] | the exchange of declarations and status reports |
//! | [`identity`] | signatures, and which certificate belongs to which device |
//! | [`refusal`] | HTTP statuses, and what each of them makes a device do |
//! | [`store`] | what survives a restart: devices, users, queues, results, reports |
//! | [`product`] | which system a product runs |
//! | [`config`], [`enrollment_profile`] | what differs from server to server |
//! | [`server`], [`connections`] | HTTP: routes, limits on time and size, an orderly stop |
//! | [`device`] | simulated devices |
//!
//! # What a server for real devices needs in addition
//!
//! - *TLS.* Devices talk to HTTPS only. This server listens on the loopback address, so that a proxy in front of it terminates TLS. The
//!   signatures still prove who sent a message, because they are part of the message.
//! - *An authority that issues certificates to your devices*, such as a SCEP server with a challenge for each device. It decides who can
//!   enroll. If anyone can get a certificate, anyone can pretend to be a device that has not enrolled yet.
//! - *Push notifications* through APNs, with the token, magic and topic of each enrollment. Devices ask for commands only when notified.
//! - *Encryption of the secrets in the database*, and backups of it.

pub mod config;
pub mod connections;
pub mod declarative;
pub mod device;
pub mod enrollment_profile;
pub mod identity;
pub mod product;
pub mod refusal;
pub mod server;
pub mod service;
pub mod store;

mod checkin;
mod connect;
