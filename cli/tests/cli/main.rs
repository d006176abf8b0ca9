//! Tests that run the program `apple-mdm`.

mod baseline;
mod codes;
mod config;
mod convert;
mod diff;
mod encryption;
mod explain;
mod fix;
mod folder;
mod formats;
mod guide;
mod lint;
mod manifests;
mod matrix;
mod new;
mod program;
mod schemas;
mod signatures;
