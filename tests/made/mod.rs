//! Values made from the schema's tables: valid ones, and ones with a single breach.
//!
//! What is right is read from the tables a second time here, apart from the code that is tested.
#![allow(dead_code)]

pub mod breach;
pub mod documents;
pub mod mutate;
pub mod place;
pub mod rules;
pub mod samples;
pub mod solve;
pub mod walk;
