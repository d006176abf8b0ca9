//! Check-in messages that devices send, and the server's replies.
//!
//! ```
//! use apple_mdm::Document;
//! use apple_mdm::checkin::Message;
//!
//! let body = b"<plist version='1.0'><dict>
//!     <key>MessageType</key><string>TokenUpdate</string>
//!     <key>Topic</key><string>com.apple.mgmt.External.0f1e2d3c</string>
//!     <key>UDID</key><string>00008020-000915083C80012E</string>
//!     <key>PushMagic</key><string>8A1B</string>
//!     <key>Token</key><data>AAEC</data>
//! </dict></plist>";
//! match Message::from_slice(body)? {
//!     Message::TokenUpdate(update) => assert_eq!(update.udid.as_deref(), Some("00008020-000915083C80012E")),
//!     other => panic!("{other:?}"),
//! }
//! # Ok::<(), apple_mdm::Error>(())
//! ```

use crate::items::enrollment::{Enrollment, EnrollmentError};
#[cfg(feature = "declarations")]
use crate::items::protocol::{Endpoint, ParseEndpointError};

include!(concat!(env!("OUT_DIR"), "/checkin.rs"));

/// The media type of a check-in request's body.
pub const CONTENT_TYPE: &str = "application/x-apple-aspen-mdm-checkin";

/// A check-in message type.
pub trait MessageItem: Described + Record + Read + Write {
    /// The value of `MessageType`.
    const MESSAGE_TYPE: &'static str;
}

#[cfg(feature = "declarations")]
impl DeclarativeManagement {
    /// Parses `Endpoint`: what the device requests or sends.
    ///
    /// # Errors
    ///
    /// Returns an error if the endpoint is missing or is none of those that exist. Respond with status 404.
    pub fn parsed_endpoint(&self) -> Result<Endpoint, ParseEndpointError> {
        self.endpoint.as_deref().unwrap_or_default().parse()
    }
}

crate::items::item::over!(Message, "MessageType", plist, MessageItem, T);

impl Message {
    /// Returns the message type. `None` only for an unknown message without one.
    #[must_use]
    pub fn message_type(&self) -> Option<&str> {
        self.name()
    }

    /// `UDID`: the device that sent the message. Absent with user enrollment.
    ///
    /// Returns it for any message that contains it, even if the schema does not define it there.
    #[must_use]
    pub fn udid(&self) -> Option<&str> {
        self.text("UDID")
    }

    /// `EnrollmentID`: the device that sent the message, with user enrollment.
    #[must_use]
    pub fn enrollment_id(&self) -> Option<&str> {
        self.text("EnrollmentID")
    }

    /// `UserID`: the user, on the user channel of a Mac or a Shared iPad.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.text("UserID")
    }

    /// `EnrollmentUserID`: the user, on the user channel with user enrollment.
    #[must_use]
    pub fn enrollment_user_id(&self) -> Option<&str> {
        self.text("EnrollmentUserID")
    }

    /// Identifies the sender: the device, or the user on the user channel.
    ///
    /// # Errors
    ///
    /// Returns an error if the message names no device, names a user without the identifier that is needed, or if an identifier is not a
    /// string or is longer than [`MAX_IDENTIFIER_LEN`](crate::enrollment::MAX_IDENTIFIER_LEN).
    ///
    /// ```
    /// use apple_mdm::checkin::{Authenticate, Message};
    ///
    /// let message = Message::from(Authenticate { udid: Some("00008020-000915083C80012E".to_owned()), ..Default::default() });
    /// assert_eq!(message.enrollment()?.key(), "00008020-000915083C80012E");
    /// # Ok::<(), apple_mdm::enrollment::EnrollmentError>(())
    /// ```
    pub fn enrollment(&self) -> Result<Enrollment, EnrollmentError> {
        Enrollment::of(crate::codec::View::Map(self))
    }

    fn text(&self, key: &str) -> Option<&str> {
        crate::codec::Map::value(self, key).as_str()
    }
}
