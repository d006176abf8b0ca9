//! Values made from the schema's tables: valid ones, and ones with a single mistake.
//!
//! This code interprets the tables independently of the code under test.
#![allow(dead_code)]

pub mod breach;
pub mod documents;
pub mod mutate;
pub mod place;
pub mod rules;
pub mod samples;
pub mod solve;
pub mod walk;
