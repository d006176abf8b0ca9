//! Who sent a check-in message or a response: a device, or a user of it.
//!
//! A server stores push tokens, queues and results per [`Enrollment`]. The device and each of its users are separate enrollments, even
//! though they share the device's identifier: each has its own push token and its own queue.
//!
//! | sender | [`Enrollment`] | [`key`](Enrollment::key) |
//! |---|---|---|
//! | a device | `Device` | `UDID` |
//! | a user of a Mac | `MacUser` | `UDID:UserID` |
//! | a user of a Shared iPad | `SharedIpadUser` | `UDID:UserShortName` |
//! | a device with user enrollment | `UserEnrollment` | `EnrollmentID` |
//! | its user, on the user channel | `UserEnrollmentUser` | `EnrollmentID:EnrollmentUserID` |
//!
//! ```
//! # #[cfg(feature = "checkin")] {
//! use apple_mdm::Document;
//! use apple_mdm::checkin::Message;
//! use apple_mdm::enrollment::Enrollment;
//!
//! let message = Message::from_slice(b"<plist version='1.0'><dict>
//!     <key>MessageType</key><string>TokenUpdate</string>
//!     <key>UDID</key><string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>
//!     <key>UserID</key><string>D41C5A0E-0C93-4E0F-9C5B-6A4E4B1D7A22</string>
//!     <key>UserShortName</key><string>anna</string>
//! </dict></plist>")?;
//! let enrollment = message.enrollment()?;
//! assert!(enrollment.is_user_channel());
//! assert_eq!(enrollment.key(), "5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13:D41C5A0E-0C93-4E0F-9C5B-6A4E4B1D7A22");
//! assert_eq!(enrollment.parent(), Some(Enrollment::Device { udid: "5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13".to_owned() }));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The sender chooses these values. Only its certificate proves which device sent a message, so store the certificate's fingerprint with
//! the device's enrollment and compare it each time. The guide for [servers](crate::guide::server) shows how.

use std::fmt::{self, Write as _};

use crate::codec::View;
use crate::schema::{self, Channel};

/// The `UserID` of every user of a Shared iPad. `UserShortName` distinguishes the users.
pub const SHARED_IPAD_USER_ID: &str = "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF";

/// The maximum length of an identifier in bytes. The longest known identifier is an email address of 254 bytes.
pub const MAX_IDENTIFIER_LEN: usize = 255;

/// The sender of a check-in message or a response: a device, or a user of it.
///
/// `Message::enrollment` and `Response::enrollment` return it, and `Display` writes the [`key`](Self::key). There is no way back from
/// the key, because it does not say which identifiers it consists of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Enrollment {
    /// A device, on the device channel.
    Device {
        /// `UDID`
        udid: String,
    },
    /// A user of a Mac, on the user channel.
    MacUser {
        /// `UDID`
        udid: String,
        /// `UserID`
        user_id: String,
    },
    /// A user of a Shared iPad, on the user channel.
    SharedIpadUser {
        /// `UDID`
        udid: String,
        /// `UserShortName`: the user's Managed Apple Account.
        user_short_name: String,
    },
    /// A device with user enrollment, on the device channel.
    UserEnrollment {
        /// `EnrollmentID`
        enrollment_id: String,
    },
    /// The user of a device with user enrollment, on the user channel.
    UserEnrollmentUser {
        /// `EnrollmentID`
        enrollment_id: String,
        /// `EnrollmentUserID`
        enrollment_user_id: String,
    },
}

/// The reason why the sender of a message cannot be identified. It names keys but contains no values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnrollmentError {
    /// The message names no device.
    #[error("the message contains neither `UDID` nor `EnrollmentID`")]
    NoDevice,
    /// The message names a user but lacks the identifier that this kind of user needs. It must not be taken for a message of the device.
    #[error("the message contains `{present}` but not `{missing}`, so its user cannot be identified")]
    NoUser {
        /// The key that names a user.
        present: &'static str,
        /// The key that is missing.
        missing: &'static str,
    },
    /// An identifier is not a string.
    #[error("`{0}` is not a string")]
    NotString(&'static str),
    /// An identifier is longer than [`MAX_IDENTIFIER_LEN`].
    #[error("`{0}` is longer than {MAX_IDENTIFIER_LEN} bytes")]
    TooLong(&'static str),
}

impl Enrollment {
    /// Identifies the sender of a message, which is a dictionary.
    pub(crate) fn of(message: View<'_>) -> Result<Self, EnrollmentError> {
        let udid = identifier(message, "UDID")?;
        let enrollment_id = identifier(message, "EnrollmentID")?;
        let user_id = identifier(message, "UserID")?;
        let enrollment_user_id = identifier(message, "EnrollmentUserID")?;
        let user_short_name = identifier(message, "UserShortName")?;

        let users = [
            ("UserID", user_id),
            ("EnrollmentUserID", enrollment_user_id),
            ("UserShortName", user_short_name),
        ];
        let only_device = |missing| match users.iter().find(|(_, user)| user.is_some()) {
            Some((present, _)) => Err(EnrollmentError::NoUser { present, missing }),
            None => Ok(()),
        };
        if let Some(udid) = udid {
            let udid = udid.to_owned();
            return match (user_id, user_short_name) {
                (Some(id), Some(name)) if id.eq_ignore_ascii_case(SHARED_IPAD_USER_ID) => Ok(Self::SharedIpadUser {
                    udid,
                    user_short_name: name.to_owned(),
                }),
                (Some(id), None) if id.eq_ignore_ascii_case(SHARED_IPAD_USER_ID) => Err(EnrollmentError::NoUser {
                    present: "UserID",
                    missing: "UserShortName",
                }),
                (Some(id), _) => Ok(Self::MacUser {
                    udid,
                    user_id: id.to_owned(),
                }),
                (None, _) => only_device("UserID").map(|()| Self::Device { udid }),
            };
        }
        let enrollment_id = enrollment_id.ok_or(EnrollmentError::NoDevice)?.to_owned();
        match enrollment_user_id {
            Some(user) => Ok(Self::UserEnrollmentUser {
                enrollment_id,
                enrollment_user_id: user.to_owned(),
            }),
            None => only_device("EnrollmentUserID").map(|()| Self::UserEnrollment { enrollment_id }),
        }
    }

    /// Returns a key for a database: the device's identifier, followed by a colon and the user's identifier on the user channel.
    ///
    /// Different senders have different keys, except that a `UDID` and an `EnrollmentID` with the same text have the same key, which real
    /// identifiers do not. In identifiers, `%`, `:` and control characters are written as `%25`, `%3A` and so on; those that Apple's
    /// devices send contain none of them. The key depends only on the sender and never changes between releases of this crate.
    ///
    /// ```
    /// use apple_mdm::enrollment::Enrollment;
    ///
    /// let (udid, user_id) = ("A:B".to_owned(), "C".to_owned());
    /// assert_eq!(Enrollment::MacUser { udid, user_id }.key(), "A%3AB:C");
    /// ```
    #[must_use]
    pub fn key(&self) -> String {
        self.to_string()
    }

    /// Returns the device's identifier: `UDID`, or `EnrollmentID` with user enrollment.
    #[must_use]
    pub fn device_id(&self) -> &str {
        match self {
            Self::Device { udid } | Self::MacUser { udid, .. } | Self::SharedIpadUser { udid, .. } => udid,
            Self::UserEnrollment { enrollment_id } | Self::UserEnrollmentUser { enrollment_id, .. } => enrollment_id,
        }
    }

    /// Returns the user's identifier on the user channel: `UserID`, `UserShortName` or `EnrollmentUserID`. `None` on the device channel.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        match self {
            Self::Device { .. } | Self::UserEnrollment { .. } => None,
            Self::MacUser { user_id, .. } => Some(user_id),
            Self::SharedIpadUser { user_short_name, .. } => Some(user_short_name),
            Self::UserEnrollmentUser { enrollment_user_id, .. } => Some(enrollment_user_id),
        }
    }

    /// Whether the sender is a user of the device, not the device itself.
    #[must_use]
    pub fn is_user_channel(&self) -> bool {
        self.user_id().is_some()
    }

    /// Returns the channel, as a [`Target`](crate::validate::Target) needs it.
    #[must_use]
    pub fn channel(&self) -> Channel {
        if self.is_user_channel() {
            Channel::User
        } else {
            Channel::Device
        }
    }

    /// Returns how the device is enrolled, as a [`Target`](crate::validate::Target) needs it.
    #[must_use]
    pub fn enrollment_type(&self) -> schema::Enrollment {
        match self {
            Self::Device { .. } | Self::MacUser { .. } | Self::SharedIpadUser { .. } => schema::Enrollment::Device,
            Self::UserEnrollment { .. } | Self::UserEnrollmentUser { .. } => schema::Enrollment::User,
        }
    }

    /// Returns the enrollment of the device to which this user belongs. `None` if the sender is a device.
    ///
    /// When a device checks out or enrolls again, its users' enrollments end too: those whose parent is the device.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        match self {
            Self::Device { .. } | Self::UserEnrollment { .. } => None,
            Self::MacUser { udid, .. } | Self::SharedIpadUser { udid, .. } => Some(Self::Device { udid: udid.clone() }),
            Self::UserEnrollmentUser { enrollment_id, .. } => Some(Self::UserEnrollment {
                enrollment_id: enrollment_id.clone(),
            }),
        }
    }
}

/// Writes the [`key`](Enrollment::key).
impl fmt::Display for Enrollment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_escaped(self.device_id(), f)?;
        match self.user_id() {
            Some(user) => {
                f.write_char(':')?;
                write_escaped(user, f)
            }
            None => Ok(()),
        }
    }
}

/// Returns the text of an identifier. An empty text identifies nothing and counts as absent.
fn identifier<'a>(message: View<'a>, key: &'static str) -> Result<Option<&'a str>, EnrollmentError> {
    match message.value(key) {
        View::Absent | View::String("") => Ok(None),
        View::String(text) if text.len() > MAX_IDENTIFIER_LEN => Err(EnrollmentError::TooLong(key)),
        View::String(text) => Ok(Some(text)),
        _ => Err(EnrollmentError::NotString(key)),
    }
}

/// Writes an identifier so that it contains neither the separator nor control characters, and different identifiers stay different.
fn write_escaped(identifier: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for char in identifier.chars() {
        if matches!(char, '%' | ':') || char.is_control() {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                write!(f, "%{byte:02X}")?;
            }
        } else {
            f.write_char(char)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Write;
    use crate::value::{Dictionary, Value};

    const UDID: &str = "00008020-000915083C80012E";
    const USER_ID: &str = "D41C5A0E-0C93-4E0F-9C5B-6A4E4B1D7A22";
    const ENROLLMENT_ID: &str = "6B1F0E2D3C4B5A69788796A5B4C3D2E1F0";

    fn sender(keys: &[(&str, &str)]) -> Result<Enrollment, EnrollmentError> {
        let keys: Dictionary = keys.iter().map(|(key, text)| (*key, Value::from(*text))).collect();
        Enrollment::of(keys.view())
    }

    #[test]
    fn every_kind_of_sender_has_a_key() {
        use schema::Enrollment::{Device, User};
        let device = ("UDID", UDID);
        let user_enrollment = ("EnrollmentID", ENROLLMENT_ID);
        let cases = [
            (vec![device], UDID.to_owned(), Device),
            (
                vec![device, ("UserID", USER_ID), ("UserShortName", "anna")],
                format!("{UDID}:{USER_ID}"),
                Device,
            ),
            (vec![device, ("UserID", USER_ID)], format!("{UDID}:{USER_ID}"), Device),
            (
                vec![
                    device,
                    ("UserID", SHARED_IPAD_USER_ID),
                    ("UserShortName", "anna@school.example"),
                ],
                format!("{UDID}:anna@school.example"),
                Device,
            ),
            (
                vec![
                    device,
                    ("UserID", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
                    ("UserShortName", "anna@school.example"),
                ],
                format!("{UDID}:anna@school.example"),
                Device,
            ),
            (vec![user_enrollment], ENROLLMENT_ID.to_owned(), User),
            (
                vec![user_enrollment, ("EnrollmentUserID", "E7"), ("UserShortName", "anna")],
                format!("{ENROLLMENT_ID}:E7"),
                User,
            ),
            // Empty identifiers count as absent.
            (
                vec![device, ("UserID", ""), ("EnrollmentID", "")],
                UDID.to_owned(),
                Device,
            ),
            (vec![("UDID", ""), user_enrollment], ENROLLMENT_ID.to_owned(), User),
            // The name of the user is no identifier.
            (vec![device, ("UserLongName", "Anna")], UDID.to_owned(), Device),
            // Devices do not send both. The UDID is the stronger claim.
            (vec![user_enrollment, device], UDID.to_owned(), Device),
        ];
        for (keys, key, enrollment_type) in cases {
            let enrollment = sender(&keys).unwrap();
            assert_eq!(enrollment.key(), key, "{keys:?}");
            assert_eq!(enrollment.enrollment_type(), enrollment_type, "{keys:?}");
            assert_eq!(enrollment.is_user_channel(), key.contains(':'), "{keys:?}");
            assert_eq!(enrollment.channel() == Channel::User, key.contains(':'), "{keys:?}");
            let device = key.split(':').next().unwrap();
            assert_eq!(enrollment.device_id(), device);
            let parent = enrollment
                .parent()
                .map(|parent| (parent.key(), parent.enrollment_type()));
            assert_eq!(
                parent,
                key.contains(':').then(|| (device.to_owned(), enrollment_type)),
                "{keys:?}"
            );
        }
    }

    #[test]
    fn a_message_of_a_user_is_never_taken_for_one_of_the_device() {
        let no_user = |present, missing| EnrollmentError::NoUser { present, missing };
        let cases = [
            (vec![], EnrollmentError::NoDevice),
            (vec![("UserID", USER_ID)], EnrollmentError::NoDevice),
            (vec![("UDID", ""), ("EnrollmentID", "")], EnrollmentError::NoDevice),
            (
                vec![("UDID", UDID), ("UserID", SHARED_IPAD_USER_ID)],
                no_user("UserID", "UserShortName"),
            ),
            (
                vec![("UDID", UDID), ("UserID", SHARED_IPAD_USER_ID), ("UserShortName", "")],
                no_user("UserID", "UserShortName"),
            ),
            (
                vec![("UDID", UDID), ("UserShortName", "anna@school.example")],
                no_user("UserShortName", "UserID"),
            ),
            (
                vec![("UDID", UDID), ("EnrollmentUserID", "E7")],
                no_user("EnrollmentUserID", "UserID"),
            ),
            (
                vec![("EnrollmentID", ENROLLMENT_ID), ("UserID", USER_ID)],
                no_user("UserID", "EnrollmentUserID"),
            ),
            (
                vec![("EnrollmentID", ENROLLMENT_ID), ("UserShortName", "anna")],
                no_user("UserShortName", "EnrollmentUserID"),
            ),
        ];
        for (keys, error) in cases {
            assert_eq!(sender(&keys), Err(error), "{keys:?}");
        }
    }

    #[test]
    fn identifiers_of_another_type_are_errors_not_absent() {
        for key in ["UDID", "EnrollmentID", "UserID", "EnrollmentUserID", "UserShortName"] {
            let mut keys = Dictionary::new();
            keys.insert("UDID", UDID);
            keys.insert(key, 7);
            assert_eq!(Enrollment::of(keys.view()), Err(EnrollmentError::NotString(key)));
        }
    }

    #[test]
    fn long_identifiers_are_errors_without_their_text() {
        let longest = "x".repeat(MAX_IDENTIFIER_LEN);
        assert_eq!(sender(&[("UDID", &longest)]).unwrap().key(), longest);
        let error = sender(&[("UDID", &format!("{longest}x"))]).unwrap_err();
        assert_eq!(error.to_string(), "`UDID` is longer than 255 bytes");
    }

    #[test]
    fn hostile_identifiers_have_different_keys() {
        let parts = [
            "a", "b", "a:b", ":", "a:", ":b", "%", "%3A", "a%3Ab", "%253A", "\0", "\u{85}", "a\nb", "é", " a",
        ];
        let mut senders: Vec<Enrollment> = Vec::new();
        for device in parts {
            senders.push(sender(&[("UDID", device)]).unwrap());
            senders.extend(parts.map(|user| sender(&[("UDID", device), ("UserID", user)]).unwrap()));
        }
        let mut keys: Vec<String> = senders.iter().map(Enrollment::key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), senders.len());
        for (sender, key) in senders.iter().map(|sender| (sender, sender.key())) {
            assert_eq!(
                key.matches(':').count(),
                usize::from(sender.is_user_channel()),
                "{key:?}"
            );
            assert!(!key.contains(char::is_control), "{key:?}");
        }
        assert_eq!(
            sender(&[("UDID", "a\n:\u{85}%")]).unwrap().to_string(),
            "a%0A%3A%C2%85%25"
        );
    }
}
