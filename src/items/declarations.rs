//! Declarations: configurations, assets, activations and management, as JSON.
//!
//! An [`Envelope`] gives one of the [structs](#structs) its identifier and server token; the modules have the types within
//! them.
//!
//! ```
//! use apple_mdm::Document;
//! use apple_mdm::declarations::{Declaration, Envelope, PasscodeSettings};
//!
//! let settings = PasscodeSettings {
//!     require_passcode: Some(true),
//!     minimum_length: Some(8),
//!     ..Default::default()
//! };
//! let json = Envelope::new("com.example.passcode", "1", settings).to_json()?;
//!
//! let declaration = Declaration::from_slice(json.as_bytes())?;
//! assert_eq!(declaration.get::<Envelope<PasscodeSettings>>().unwrap().payload.minimum_length, Some(8));
//! # Ok::<(), apple_mdm::Error>(())
//! ```

mod envelope;

pub use envelope::Envelope;

include!(concat!(env!("OUT_DIR"), "/declarations.rs"));

/// The media type of declarations and of the messages about them.
pub const CONTENT_TYPE: &str = "application/json";

/// A type that is the payload of a declaration.
pub trait DeclarationItem: Described + Record + Read + Write {
    /// What the declaration calls itself.
    const TYPE: &'static str;
}

crate::items::item::over!(Declaration, "Type", json, DeclarationItem, Envelope<T>);

impl Declaration {
    /// The declaration type; `None` only for an unknown declaration that has none.
    #[must_use]
    pub fn declaration_type(&self) -> Option<&str> {
        self.name()
    }

    /// The identifier, by which other declarations and status reports refer to this one.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        self.text("Identifier")
    }

    /// The text that changes whenever the declaration does.
    #[must_use]
    pub fn server_token(&self) -> Option<&str> {
        self.text("ServerToken")
    }

    fn text(&self, key: &str) -> Option<&str> {
        crate::codec::Map::value(self, key).as_str()
    }
}
