//! Who sent a message, as devices write it.
#![cfg(all(feature = "checkin", feature = "commands"))]

use apple_mdm::Document;
use apple_mdm::checkin::Message;
use apple_mdm::commands::Response;
use apple_mdm::enrollment::{Enrollment, EnrollmentError};

const UDID: &str = "<key>UDID</key><string>00008020-000915083C80012E</string>";
const USER: &str = "<key>UserID</key><string>D41C5A0E-0C93-4E0F-9C5B-6A4E4B1D7A22</string>";

/// Returns the sender of a check-in message of each type and of a response, which must agree, with these keys.
fn sender(keys: &str) -> Result<Enrollment, EnrollmentError> {
    let document = |first: &str| format!("<plist version='1.0'><dict>{first}{keys}</dict></plist>");
    let response = Response::from_slice(document("<key>Status</key><string>Idle</string>").as_bytes()).unwrap();
    let sender = response.enrollment();
    // The schema does not define all identifiers in all messages, and `SomethingNew` not at all.
    for name in [
        "Authenticate",
        "TokenUpdate",
        "GetBootstrapToken",
        "DeclarativeManagement",
        "SomethingNew",
    ] {
        let xml = document(&format!("<key>MessageType</key><string>{name}</string>"));
        assert_eq!(
            Message::from_slice(xml.as_bytes()).unwrap().enrollment(),
            sender,
            "{xml}"
        );
    }
    sender
}

#[test]
fn check_in_messages_and_responses_identify_the_same_sender() {
    let shared = format!(
        "{UDID}<key>UserID</key><string>FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF</string>\
         <key>UserLongName</key><string>Anna</string><key>UserShortName</key><string>anna@school.example</string>"
    );
    let user_enrollment = "<key>EnrollmentID</key><string>6B1F0E2D</string>";
    let cases = [
        (UDID.to_owned(), "00008020-000915083C80012E"),
        (
            format!("{UDID}{USER}"),
            "00008020-000915083C80012E:D41C5A0E-0C93-4E0F-9C5B-6A4E4B1D7A22",
        ),
        (shared, "00008020-000915083C80012E:anna@school.example"),
        (user_enrollment.to_owned(), "6B1F0E2D"),
        (
            format!("{user_enrollment}<key>EnrollmentUserID</key><string>E7</string>"),
            "6B1F0E2D:E7",
        ),
    ];
    for (keys, key) in cases {
        assert_eq!(sender(&keys).map(|sender| sender.key()).as_deref(), Ok(key), "{keys}");
    }
    assert_eq!(sender(""), Err(EnrollmentError::NoDevice));
}

/// Readers keep a value of the wrong type beside the fields. If it counted as absent, a user's push token would replace the device's.
#[test]
fn a_user_identifier_of_the_wrong_type_does_not_turn_the_user_into_the_device() {
    for value in ["<integer>7</integer>", "<dict/>", "<data>AAEC</data>", "<true/>"] {
        let keys = format!("{UDID}<key>UserID</key>{value}");
        assert_eq!(sender(&keys), Err(EnrollmentError::NotString("UserID")), "{value}");
    }
}
