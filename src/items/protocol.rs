//! Messages of declarative device management: tokens, declaration items, status reports.

include!(concat!(env!("OUT_DIR"), "/protocol.rs"));
