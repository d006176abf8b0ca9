//! What generated code uses: the names it finds in scope, and the implementations that all types share.
//!
//! Code that `apple-mdm-codegen` makes for other crates refers to this module; nothing else should.

pub use std::collections::BTreeMap;

#[cfg(feature = "declarations")]
pub use super::declarations::Envelope;
pub use super::item::{InvalidItem, Over, Selected, UnknownItem};
pub use crate::codec::generated::*;
pub use crate::codec::{Extra, HasTable, Read, Reader, Record, View, Write};
pub use crate::error::{Error, ErrorKind};
pub use crate::schema::{Availability, Described, Dict, Indices};
pub use crate::value::{Data, Date, Dictionary, Value};
