//! Apple's device management protocol as Rust types: every command and response, check-in message, configuration-profile
//! payload, declaration and status item, generated from Apple's schema when the crate is built. What the schema says of
//! them, availability first of all, is data to ask.
//!
//! Import [`Document`], and every type reads and writes itself:
//!
//! ```
//! # #[cfg(feature = "commands")] {
//! use apple_mdm::{Document, commands};
//!
//! let request = commands::Request::new("0001", commands::SetFirmwarePassword::new("correct horse"));
//! let xml = request.to_xml()?;
//! assert_eq!(commands::Request::from_slice(xml.as_bytes())?, request);
//! # }
//! # Ok::<(), apple_mdm::Error>(())
//! ```
//!
//! New here: [start here](guide::start). There are [guides](guide) for [a server's loop](guide::server),
//! [profiles](guide::profiles), [declarations](guide::declarations), [validation](guide::validation), [lint](guide::lint),
//! [updating the schemas](guide::updating), [your own YAML](guide::own_schema) and [what is stable](guide::stability).
//!
//! # Where to look
//!
//! | To | see | feature |
//! |---|---|---|
//! | send commands and read answers | [`commands`]: `Request`, `Response`, `Command` | `commands` |
//! | make, read and change profiles | [`profiles`]: `Profile`, `PayloadEntry`, `Payload` | `profiles` |
//! | answer devices that enroll and check in | [`checkin`]: `Message` and the replies | `checkin` |
//! | ask a device for something before it enrolls | [`errors`] | always |
//! | serve declarations | [`declarations`]: `Envelope`, `Declaration`; [`protocol`]: tokens, lists, status reports | `declarations` |
//! | give assets their credentials | [`credentials`] | `declarations` |
//! | read what devices report | [`protocol`]: `StatusReport`; [`status`] | `declarations` |
//! | know setup panes, manifests, what a device tells of itself at enrollment | [`other`] | always |
//! | ask what is available where, by type, name or key path | `AVAILABILITY` of each type, [`schema`] | always |
//! | make tables of what is available where | [`matrix`] | always |
//! | compare access rights | [`AccessRights`] | always |
//! | work with documents of any kind | [`value::Value`], [`input`], [`reader`], [`writer`] | always |
//! | write a type that reads and writes itself like the generated ones | [`codec`] | always |
//!
//! Each feature works alone; a family that is left out saves build time. So do items: with the environment
//! variable `APPLE_MDM_ITEMS`, which `[env]` in `.cargo/config.toml` can set, only the commands, payloads and declarations that it
//! names are compiled (`APPLE_MDM_ITEMS=Passcode,WiFi,ClearPasscode`). Others are then unknown items, which are kept whole.
//!
//! # How types are made
//!
//! A type has the name that Apple's documentation has; types within it are in a module of its name
//! (`profiles::passcode::CustomRegex`). A field has the name of the key in Rust's spelling; its documentation has the key
//! itself. What the schema requires is a plain field and an argument of `new`; the rest is `Option`. Write
//! `..Type::new(…)` or `..Default::default()` at the end of a struct: then code goes on to compile when Apple adds keys.
//! A text for which the schema lists the values is an enum that has a variant `Unrecognized` for all others.
//!
//! Items of a family are variants of one enum ([`commands::Command`], [`profiles::Payload`], [`checkin::Message`],
//! [`declarations::Declaration`]), told apart by the key that says what they are. An item that the schema does not know is in
//! `Unknown`, one whose keys do not fit in `Invalid` with the reason; both are whole.
//!
//! # How documents are read and written
//!
//! - *Tolerant.* An integral real is read for an integer, an integer for a real, 0 and 1 for a boolean. Of what a device
//!   writes every key is an `Option`: where one is missing or of another type, all others are still read.
//! - *Lossless.* Keys that the schema does not know are in `extra`, at every level, and are written back; so is a value that did
//!   not fit its key, with the reason ([`Extra::misfit`]). Only a number may change its type in the property list: what the
//!   schema calls an integer is written as one.
//! - *Bounded.* [`Limits`](input::Limits) on depth and size hold in every format. A repeated key is an error, since two readers that
//!   choose differently are a hole.
//! - *Exact in errors.* An [`Error`] says at which key path, in text also at which line and column, what was expected and what
//!   was found; never the value of what may be a secret. A key that is a secret shows as `[redacted]` in `Debug`.
//!
//! The types are `Serialize` and `Deserialize` too, for use with `plist` and `serde_json`; the methods of [`Document`] are
//! the exact and fast way. `serde_json` writes data as an array of numbers and a date as text; they become what they were where the
//! schema knows the key, and stay arrays and texts where it does not, as in payloads of other vendors. What is kept for long is best
//! kept as a property list.
//!
//! # The schema
//!
//! The types are of the release [`RELEASE`] of Apple's schema. If the environment variable `APPLE_MDM_SCHEMAS` names a
//! checkout of Apple's repository, the crate is built from that instead: [any state](guide::updating) of it will do.

// What serves one family alone is not used in builds without it.
#![cfg_attr(
    not(all(
        feature = "commands",
        feature = "profiles",
        feature = "declarations",
        feature = "checkin"
    )),
    allow(dead_code, unused_imports, unused_macros)
)]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access_rights;
pub mod availability;
mod binary;
mod binary_writer;
#[cfg(feature = "checkin")]
pub mod checkin;
#[cfg(feature = "cms")]
pub mod cms;
pub mod codec;
#[cfg(feature = "commands")]
pub mod commands;
#[cfg(feature = "declarations")]
pub mod credentials;
mod data;
mod date;
#[cfg(feature = "declarations")]
pub mod declarations;
mod dictionary;
mod document;
mod entries;
mod envelope;
mod error;
pub mod errors;
mod extra;
pub mod generated;
pub mod guide;
pub mod input;
mod integer;
pub mod item;
mod json;
mod json_value;
mod json_writer;
mod keys;
mod lines;
#[cfg(feature = "lint")]
pub mod lint;
pub mod matrix;
pub mod other;
mod plain;
mod plist_value;
#[cfg(feature = "profiles")]
pub mod profiles;
#[cfg(feature = "declarations")]
pub mod protocol;
pub mod reader;
pub mod schema;
mod serde;
#[cfg(feature = "declarations")]
pub mod status;
mod token;
mod tree;
pub mod validate;
pub mod value;
pub mod writer;
mod xml;
mod xml_writer;

pub use access_rights::AccessRights;
pub use document::Document;
pub use error::{Error, ErrorKind, Position};
pub use extra::Extra;

include!(concat!(env!("OUT_DIR"), "/release.rs"));

/// The code in README.md, to be tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
