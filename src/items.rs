//! The items of the schema as types, by family, and the registry of all items.

pub mod catalog;
#[cfg(feature = "checkin")]
pub mod checkin;
#[cfg(feature = "commands")]
pub mod commands;
#[cfg(feature = "declarations")]
pub mod credentials;
#[cfg(feature = "declarations")]
pub mod declarations;
#[cfg(any(feature = "checkin", feature = "commands"))]
pub mod enrollment;
pub(crate) mod envelope;
pub mod errors;
pub mod generated;
pub mod item;
pub mod matrix;
pub mod other;
#[cfg(feature = "profiles")]
pub mod profiles;
#[cfg(feature = "declarations")]
pub mod protocol;
pub mod registry;
#[cfg(feature = "declarations")]
pub mod status;
