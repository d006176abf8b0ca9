//! Declarations: configurations, assets, activations and management, as JSON.
//!
//! An [`Envelope`] adds the identifier and the server token to one of the [structs](#structs). The modules contain the types within
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
mod kind;
mod set;
mod token;

pub use envelope::Envelope;
pub use kind::{DeclarationKind, ParseDeclarationKindError};
pub use set::{DeclarationSet, DeclarationSetError};

include!(concat!(env!("OUT_DIR"), "/declarations.rs"));

/// The media type of declarations and of the messages about them.
pub const CONTENT_TYPE: &str = "application/json";

/// A declaration type.
pub trait DeclarationItem: Described + Record + Read + Write {
    /// The value of `Type`.
    const TYPE: &'static str;
}

crate::items::item::over!(Declaration, "Type", json, DeclarationItem, Envelope<T>);

impl Declaration {
    /// Returns the declaration type. `None` only for an unknown declaration without one.
    #[must_use]
    pub fn declaration_type(&self) -> Option<&str> {
        self.name()
    }

    /// Returns whether the declaration is an activation, asset, configuration or management. `None` if its type is not one of Apple's.
    #[must_use]
    pub fn kind(&self) -> Option<DeclarationKind> {
        DeclarationKind::of_type(self.declaration_type()?)
    }

    /// Returns the identifier, which other declarations and status reports refer to.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        self.text("Identifier")
    }

    /// Returns the server token, which changes whenever the declaration does.
    #[must_use]
    pub fn server_token(&self) -> Option<&str> {
        self.text("ServerToken")
    }

    fn text(&self, key: &str) -> Option<&str> {
        crate::codec::Map::value(self, key).as_str()
    }
}
