//! The names that generated code uses.
//!
//! This module is public for code that `apple-mdm-codegen` generates in other crates, and for nothing else.

pub use std::collections::BTreeMap;

#[cfg(feature = "declarations")]
pub use super::declarations::Envelope;
pub use super::item::{InvalidItem, Over, Selected, UnknownItem};
pub use crate::codec::generated::*;
pub use crate::codec::{Extra, HasTable, OneOrMany, Read, Reader, Record, View, Write};
pub use crate::error::{Error, ErrorKind};
pub use crate::schema::{Availability, Described, Dict};
pub use crate::value::{Data, Date, Dictionary, Value};
