//! Credentials: the data of credential assets.

include!(concat!(env!("OUT_DIR"), "/credentials.rs"));
