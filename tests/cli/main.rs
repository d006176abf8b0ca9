//! The program `apple-mdm`, run as people and scripts run it.
#![cfg(feature = "cli")]

mod convert;
mod explain;
mod folder;
mod formats;
mod lint;
mod matrix;
mod new;
mod program;
