//! Configuration profiles and their payloads.
//!
//! A [`Profile`] contains a [`PayloadEntry`] for each payload. The payloads are the [structs](#structs). The modules contain the
//! types within them.

mod profile;

pub use profile::{Content, PayloadEntry, PayloadScope, Profile};

include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// The media type of a profile.
pub const CONTENT_TYPE: &str = "application/x-apple-aspen-config";

/// A payload type.
pub trait PayloadItem: Described + Record + Read + Write {
    /// The value of `PayloadType`.
    const PAYLOAD_TYPE: &'static str;
}

crate::items::item::over!(Payload, "PayloadType", plist, PayloadItem, T);

impl Payload {
    /// Returns the payload type. `None` only for an unknown payload without one.
    #[must_use]
    pub fn payload_type(&self) -> Option<&str> {
        self.name()
    }
}
