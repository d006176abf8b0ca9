//! Messages of declarative device management: synchronization tokens, declaration items, status reports.

include!(concat!(env!("OUT_DIR"), "/protocol.rs"));
