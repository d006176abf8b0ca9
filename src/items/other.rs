//! Other documents: device information at enrollment, app manifests, setup panes, password hashes.

include!(concat!(env!("OUT_DIR"), "/other.rs"));
