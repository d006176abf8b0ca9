//! Configuration profiles and their payloads.
//!
//! A [`Profile`] holds a [`PayloadEntry`] for each thing that it configures. The payloads are the [structs](#structs); the
//! modules have the types within them.

mod profile;

pub use profile::{Content, PayloadEntry, PayloadScope, Profile};

include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// The media type of a profile.
pub const CONTENT_TYPE: &str = "application/x-apple-aspen-config";

/// A type that is the content of a payload.
pub trait PayloadItem: Described + Record + Read + Write {
    /// What the payload calls itself.
    const PAYLOAD_TYPE: &'static str;
}

crate::items::item::over!(Payload, "PayloadType", plist, PayloadItem, T);

impl Payload {
    /// The payload type; `None` only for an unknown payload that has none.
    #[must_use]
    pub fn payload_type(&self) -> Option<&str> {
        self.name()
    }
}
