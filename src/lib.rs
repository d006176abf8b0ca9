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
//! The types are of the release [`RELEASE`] of Apple's schema. With the environment variable `APPLE_MDM_SCHEMAS` set to a
//! checkout of Apple's repository the crate is built from that.

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

// The groups of modules, each of which uses only those before it, as `tests/structure` checks.

mod error;
pub use error::{Error, ErrorKind, Position};

pub mod value;

mod format;
pub use format::input;

pub mod schema {
    //! The schema as static tables: items, their keys, and what is said of each.
    //!
    //! The tables are what the types, the writer, validation and the linter go by; they can be asked directly too:
    //!
    //! ```
    //! use apple_mdm::schema::{self, Family, Os, Version};
    //!
    //! let passcode = schema::item(Family::Profile, "com.apple.mobiledevice.passwordpolicy").unwrap();
    //! let macos = passcode.availability("customRegex").unwrap().on(Os::Macos);
    //! assert_eq!(macos.introduced(), Some(Version::new(14, 0, 0)));
    //! assert!(!passcode.availability("customRegex").unwrap().on(Os::Ios).is_supported());
    //! ```
    //!
    //! The structs are open, since generated code makes them, in other crates too. What makes one itself does it with
    //! `..Item::new(…)` and the like: fields are added in any release.

    mod access_rights;
    pub mod availability;
    mod dict;
    mod indices;
    mod item;
    mod key;
    mod path;
    mod rule;
    mod text_format;

    pub use access_rights::AccessRights;
    pub use availability::{
        Availability, Introduced, Mode, Os, ParseOsError, ParseVersionError, Support, Version, What,
    };
    pub use dict::Dict;
    pub use indices::Indices;
    pub use item::{Described, Family, Item, Reason};
    pub use key::{Choice, Key, Kind, Literal, More, Union};
    pub use path::Place;
    pub use rule::{Check, Condition, Holds, Needs, Order, Path, Rule, Severity, Step, Test};
    pub use text_format::Format;

    // It has the items, and so comes after the tables.
    pub use crate::items::registry::{item, items, items_named};
}
#[doc(inline)]
pub use schema::{AccessRights, availability};

pub mod codec;
#[doc(inline)]
pub use codec::{Document, Extra, reader, writer};

mod items;
#[cfg(feature = "checkin")]
pub use items::checkin;
#[cfg(feature = "commands")]
pub use items::commands;
#[doc(hidden)]
pub use items::generated;
#[cfg(feature = "profiles")]
pub use items::profiles;
#[cfg(feature = "declarations")]
pub use items::{credentials, declarations, protocol, status};
pub use items::{errors, item, matrix, other};

#[cfg(feature = "cms")]
pub mod cms;

pub mod validate;

#[cfg(feature = "lint")]
pub mod lint;

pub mod guide;

include!(concat!(env!("OUT_DIR"), "/release.rs"));

/// The code in README.md, to be tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
