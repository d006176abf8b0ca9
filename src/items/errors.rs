//! Bodies of error responses with which a server asks a device for something before it enrolls.

include!(concat!(env!("OUT_DIR"), "/errors.rs"));
