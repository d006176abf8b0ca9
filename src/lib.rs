//! Apple's device management protocol as Rust types: every command and response, check-in message, configuration-profile
//! payload, declaration and status item, generated from Apple's schema when the crate is built. The schema's rules are enforced,
//! and the availability of each item and key on each operating system is data you can query.
//!
//! Import the trait [`Document`] to read and write any type:
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
//! # Contents
//!
//! New here? [Start here](guide::start). The [guides](guide) show complete tasks: [a server](guide::server),
//! [profiles](guide::profiles), [declarations](guide::declarations), [validation](guide::validation), [lint](guide::lint),
//! [your own schema](guide::own_schema).
//!
//! | Task | Module | Feature |
//! |---|---|---|
//! | send commands and read responses | [`commands`]: `Request`, `Response`, `Command` | `commands` |
//! | create, read and change profiles | [`profiles`]: `Profile`, `PayloadEntry`, `Payload` | `profiles` |
//! | respond to devices that enroll and check in | [`checkin`]: `Message` and the replies | `checkin` |
//! | find out which device or user sent a message | [`enrollment`]: `Enrollment` | `checkin` or `commands` |
//! | serve declarations | [`declarations`]: `Envelope`, `Declaration`, `DeclarationSet` | `declarations` |
//! | exchange tokens and lists, read status reports | [`protocol`], [`status`] | `declarations` |
//! | supply the credentials that assets refer to | [`credentials`] | `declarations` |
//! | request something from a device before it enrolls | [`errors`] | always |
//! | read app manifests, setup panes, what a device sends at enrollment | [`other`] | always |
//! | find out whether a document is valid and works on a device | [`validate`] | always |
//! | change keys of a file and keep its comments and layout | [`edit`] | always |
//! | find all faults of a file, with line and column | `lint` | `lint` |
//! | open signed documents, verify signatures | `cms` | `cms` |
//! | sign documents, encrypt and decrypt payloads | `cms` | `cms-sign` |
//! | query availability, by type, name or key path | `AVAILABILITY` of each type, [`schema`], [`matrix`] | always |
//! | compare access rights | [`AccessRights`] | always |
//! | work with documents of any kind | [`value::Value`], [`input`], [`reader`], [`writer`] | always |
//! | write a type that reads and writes itself | [`codec`] | always |
//!
//! Each [feature](guide::features) works alone. Leaving out families or single items saves build time.
//!
//! # Types
//!
//! - A type has the name that Apple's documentation uses. Types within an item are in a module with the item's name:
//!   `profiles::passcode::CustomRegex`.
//! - A field has the name of its key in Rust's spelling, and its documentation shows the key itself. Required keys are plain fields and
//!   arguments of `new`; all others are `Option`s. In messages sent by devices every field is an `Option`, so a missing key never makes a
//!   message unreadable.
//! - A text with listed values is an enum. Its variant `Unrecognized` holds any other text.
//! - The items of a family are the variants of one enum: [`commands::Command`], [`profiles::Payload`], [`checkin::Message`],
//!   [`declarations::Declaration`]. `Unknown` holds an item that the schema does not define, and `Invalid` one whose keys do not match the
//!   schema, with the reason. Both are complete.
//!
//! End struct literals with `..Type::new(…)` or `..Default::default()`, so that they still compile when Apple adds keys. See
//! [stability](guide::stability).
//!
//! # Reading and writing
//!
//! - **Formats.** [`Document::from_slice`] detects XML and binary property lists and JSON. [`to_xml`](Document::to_xml),
//!   [`to_binary`](Document::to_binary) and [`to_json`](Document::to_json) write them.
//! - **Tolerant.** An integral real is accepted for an integer, an integer for a real, and 0 and 1 for a boolean.
//! - **Lossless.** Keys that the schema does not define are kept in `extra` at every level and written back. So is a value that does not
//!   match its key, with the reason ([`Extra::misfit`]). The only thing that may change is the type of a number: what the schema calls an
//!   integer is written as an integer.
//! - **Bounded.** [`Limits`](input::Limits) on depth and size apply in every format. A duplicate key is an error, because readers that
//!   disagree about which one counts are a security hole.
//! - **Precise errors.** An [`Error`] contains the key path, the line and column in text formats, and what was expected and found.
//! - **Secrets** appear as `[redacted]` in `Debug`, and never in errors or findings.
//!
//! All types also implement `Serialize` and `Deserialize`. The methods of [`Document`] are faster and more exact. `serde_json` writes
//! data as an array of numbers and a date as text. Where the schema defines the key, they are restored; where it does not, for example in
//! payloads of other vendors, they stay arrays and text. Use property lists to store documents.
//!
//! # The schema
//!
//! [`RELEASE`] names the release of Apple's schema that the types come from. To build from another state of it, set the environment variable
//! `APPLE_MDM_SCHEMAS` to a checkout of Apple's repository; see [updating](guide::updating).

// Code that serves a single family is unused in builds without that family.
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
pub use format::{edit, input};

pub mod schema {
    //! The schema as static tables: items, their keys, rules and availability.
    //!
    //! Types, the writer, validation and the linter all use these tables. You can also query them directly:
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
    //! The structs can be constructed outside the crate because generated code does so. If you construct one, end it with
    //! `..Item::new(…)` or its counterpart, because any release can add fields.

    mod access_rights;
    pub mod availability;
    mod dict;
    mod indices;
    mod item;
    mod key;
    mod path;
    mod rule;
    mod target_condition;
    mod text_format;

    pub use access_rights::AccessRights;
    pub use availability::{
        Availability, Fact, Introduced, Mode, Os, ParseOsError, ParseVersionError, Support, Version,
    };
    pub use dict::Dict;
    pub use indices::Indices;
    pub use item::{Described, Family, Item, Reason};
    pub use key::{Choice, Key, KeyDetails, Kind, Literal, Union};
    pub use path::Place;
    pub use rule::{Check, Condition, EmbeddedDocument, Order, Path, Rule, Severity, Step, TextTest, ValueConstraint};
    pub use target_condition::{Channel, Enrollment, Scope, TargetCondition, path_text};
    pub use text_format::TextFormat;

    // These know the items, so they belong to a later group.
    pub use crate::items::catalog::{Catalog, NameTaken};
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
#[cfg(any(feature = "checkin", feature = "commands"))]
pub use items::enrollment;
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

/// Runs the code in README.md as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
