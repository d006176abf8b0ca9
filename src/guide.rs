//! Guides: how to do common tasks, with code to copy. The code runs as tests.
//!
//! | To | read |
//! |---|---|
//! | send a first command and find your way around | [`start`] |
//! | respond to devices: check-ins, a queue of commands, typed responses | [`server`] |
//! | create, read, change and install configuration profiles | [`profiles`] |
//! | serve declarations and read status reports | [`declarations`] |
//! | find out whether a document is valid and works on a device | [`validation`] |
//! | check a folder of profiles with every commit | [`lint`] |
//! | bring a repository of hundreds of profiles to zero findings | [`repository`] |
//! | use the program `apple-mdm` | [`program`] |
//! | check the payloads of other vendors | [`other_vendors`] |
//! | choose features and shorten builds | [`features`] |
//! | build with another state of Apple's schema, or adopt a new release | [`updating`] |
//! | generate types for your own payloads | [`own_schema`] |
//! | know which changes to expect | [`stability`] |
//! | compare this crate with alternatives | [`alternatives`] |

// A guide is included only if the features that its code and links need are enabled. Its first line is always included.

/// Start here: a first command, a first response, and how to find types.
#[cfg_attr(all(feature = "commands", feature = "profiles", feature = "checkin", feature = "declarations"), doc = "", doc = include_str!("guide/start.md"))]
pub mod start {}

/// Commands and responses in a server: check-ins, a queue, responses matched by command UUID.
#[cfg_attr(all(feature = "commands", feature = "checkin"), doc = "", doc = include_str!("guide/server.md"))]
pub mod server {}

/// Profiles: create, read, change, install.
#[cfg_attr(all(feature = "profiles", feature = "commands"), doc = "", doc = include_str!("guide/profiles.md"))]
pub mod profiles {}

/// Declarative management: tokens, the list of declarations, a declaration, a status report.
#[cfg_attr(all(feature = "declarations", feature = "checkin", feature = "commands"), doc = "", doc = include_str!("guide/declarations.md"))]
pub mod declarations {}

/// Validation and targets: what is wrong, and which devices it works on.
#[cfg_attr(all(feature = "commands", feature = "profiles"), doc = "", doc = include_str!("guide/validation.md"))]
pub mod validation {}

/// Lint in CI: with the program, and from Rust.
#[cfg_attr(feature = "lint", doc = "", doc = include_str!("guide/lint.md"))]
pub mod lint {}

/// A repository of hundreds of profiles: from many findings to none, with a configuration and a baseline.
#[doc = ""]
#[doc = include_str!("guide/repository.md")]
pub mod repository {}

/// The program `apple-mdm`: subcommands, targets, output for scripts, hooks and workflows.
#[doc = ""]
#[doc = include_str!("guide/program.md")]
pub mod program {}

/// Other vendors' payloads: profile manifests and schemas that `lint`, `explain` and `list` read.
#[cfg_attr(feature = "profiles", doc = "", doc = include_str!("guide/other_vendors.md"))]
pub mod other_vendors {}

/// Features, and how to build less.
#[doc = ""]
#[doc = include_str!("guide/features.md")]
pub mod features {}

/// Other states of the schema: build with one, or adopt a new release.
#[doc = ""]
#[doc = include_str!("guide/updating.md")]
pub mod updating {}

/// Your own schema: types for your own payloads.
#[cfg_attr(feature = "profiles", doc = "", doc = include_str!("guide/own_schema.md"))]
pub mod own_schema {}

/// Stability: what a new version may change.
#[cfg_attr(all(feature = "commands", feature = "profiles"), doc = "", doc = include_str!("guide/stability.md"))]
pub mod stability {}

/// Alternatives, and when they are the better choice.
#[doc = ""]
#[doc = include_str!("guide/alternatives.md")]
pub mod alternatives {}
