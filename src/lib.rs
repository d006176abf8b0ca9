//! Apple's device management protocol as Rust types.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access_rights;
pub mod availability;
mod binary;
mod binary_writer;
mod blank;
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
mod envelope;
mod error;
pub mod errors;
mod extra;
pub mod generated;
pub mod input;
mod integer;
pub mod item;
mod json;
mod json_value;
mod json_writer;
mod lines;
pub mod other;
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
pub mod value;
pub mod writer;
mod xml;
mod xml_writer;

pub use access_rights::AccessRights;
pub use document::Document;
pub use error::{Error, ErrorKind, Position};
pub use extra::Extra;

include!(concat!(env!("OUT_DIR"), "/release.rs"));
