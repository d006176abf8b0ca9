//! Messages of declarative device management: endpoints, synchronization tokens, declaration items, status reports.

mod endpoint;

pub use endpoint::{Endpoint, ParseEndpointError};

include!(concat!(env!("OUT_DIR"), "/protocol.rs"));
