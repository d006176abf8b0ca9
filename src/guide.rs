//! Guides: how to do what the crate is for, with code to copy, which runs as tests.
//!
//! | To | read |
//! |---|---|
//! | send a first command and find what you look for | [`start`] |
//! | answer devices: check-ins, a queue of commands, typed answers | [`server`] |
//! | make, read, change and install configuration profiles | [`profiles`] |
//! | serve declarations and read status reports | [`declarations`] |
//! | know before sending whether a device takes it | [`validation`] |
//! | check a folder of profiles at every commit | [`lint`] |
//! | take in Apple's next release | [`updating`] |
//! | generate types for your own payloads | [`own_schema`] |
//! | know what may change under your code | [`stability`] |

// The text of a guide is there where the features are that its code and links need; its first line always is.

/// Start here: a first command, a first answer, and where things are.
#[cfg_attr(all(feature = "commands", feature = "profiles", feature = "checkin", feature = "declarations"), doc = "", doc = include_str!("guide/start.md"))]
pub mod start {}

/// Commands and responses in a server's loop: check-ins, a queue, answers matched by command UUID.
#[cfg_attr(all(feature = "commands", feature = "checkin"), doc = "", doc = include_str!("guide/server.md"))]
pub mod server {}

/// Profiles: made, read, changed, installed.
#[cfg_attr(all(feature = "profiles", feature = "commands"), doc = "", doc = include_str!("guide/profiles.md"))]
pub mod profiles {}

/// Declarations and status: tokens, the list, a declaration, a report.
#[cfg_attr(all(feature = "declarations", feature = "checkin", feature = "commands"), doc = "", doc = include_str!("guide/declarations.md"))]
pub mod declarations {}

/// Validation and targets: what is wrong, and on which devices it works.
#[cfg_attr(all(feature = "commands", feature = "profiles"), doc = "", doc = include_str!("guide/validation.md"))]
pub mod validation {}

/// Lint in CI: the program, and the same from Rust.
#[cfg_attr(feature = "lint", doc = "", doc = include_str!("guide/lint.md"))]
pub mod lint {}

/// Updating the schemas: what a maintainer does at Apple's next release.
#[doc = ""]
#[doc = include_str!("guide/updating.md")]
pub mod updating {}

/// Your own YAML: types for payloads of your own.
#[cfg_attr(feature = "profiles", doc = "", doc = include_str!("guide/own_schema.md"))]
pub mod own_schema {}

/// Stability: what an update may change, and what it may not.
#[cfg_attr(all(feature = "commands", feature = "profiles"), doc = "", doc = include_str!("guide/stability.md"))]
pub mod stability {}
