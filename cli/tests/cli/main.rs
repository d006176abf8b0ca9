//! The program `apple-mdm`, run as people and scripts run it.

mod convert;
mod explain;
mod folder;
mod formats;
mod lint;
mod matrix;
mod new;
mod program;
