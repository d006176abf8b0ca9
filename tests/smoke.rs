//! What a server does every day. It holds with any state of Apple's schema: `.ci/states` builds the crate from several of them and
//! runs this test with each. It therefore names only what all states have.
#![cfg(feature = "lint")]

use apple_mdm::Document;
use apple_mdm::checkin::Message;
use apple_mdm::codec::{Read, Record};
use apple_mdm::commands::{ClearPasscode, InstallProfile, Request, Response, SetFirmwarePassword, Status};
use apple_mdm::declarations::Declaration;
use apple_mdm::lint::{Options, lint};
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile};
use apple_mdm::protocol::StatusReport;
use apple_mdm::schema::{self, Family};
use apple_mdm::validate::{Code, Finding, Target, Validate};

const UUID: &str = "3F2504E0-4F89-41D3-9A0C-0305E82C3301";

fn passcode_profile() -> Profile {
    let passcode = Passcode {
        min_length: Some(8),
        ..Passcode::blank()
    };
    let entry = PayloadEntry::new(
        "com.example.passcode.1",
        "24A9D6AC-9C34-45F3-B92F-88C4657204C9",
        passcode,
    );
    let mut profile = Profile::new("com.example.passcode", UUID, [entry]);
    profile.payload_display_name = Some("Passcode".into());
    profile.target_device_type = Some(5);
    profile
}

#[test]
fn a_command_is_written_and_its_response_read() {
    let command = SetFirmwarePassword {
        current_password: Some("old horse".into()),
        ..SetFirmwarePassword::new("correct horse")
    };
    let request = Request::new("0001", command);
    let xml = request.to_xml().unwrap();
    assert!(xml.contains("<string>correct horse</string>"), "{xml}");
    assert_eq!(Request::from_slice(xml.as_bytes()).unwrap(), request);
    assert!(!format!("{request:?}").contains("horse"), "{request:?}");

    let answer = br#"<plist version="1.0"><dict>
        <key>CommandUUID</key><string>0001</string>
        <key>Status</key><string>Acknowledged</string>
        <key>SetFirmwarePassword</key><dict><key>PasswordChanged</key><true/></dict>
    </dict></plist>"#;
    let response = Response::from_slice(answer).unwrap();
    assert_eq!(response.status, Status::Acknowledged);
    let body = response.body::<SetFirmwarePassword>().unwrap();
    // Older states have the key at the top, where it is not sent: nothing is lost either way.
    assert!(
        body.to_xml().unwrap().contains("<key>PasswordChanged</key>"),
        "{body:?}"
    );
}

#[test]
fn binary_data_in_a_command_is_written_and_read() {
    let request = Request::new("0002", ClearPasscode::new(b"unlock token".to_vec()));
    let xml = request.to_xml().unwrap();
    assert!(xml.contains("dW5sb2NrIHRva2Vu"), "{xml}");
    assert_eq!(Request::from_slice(xml.as_bytes()).unwrap(), request);
}

#[test]
fn a_profile_survives_a_round_trip_also_within_a_command() {
    let profile = passcode_profile();
    let xml = profile.to_xml().unwrap();
    for key in ["minLength", "PayloadDisplayName", "TargetDeviceType"] {
        assert!(xml.contains(&format!("<key>{key}</key>")), "{xml}");
    }
    assert_eq!(Profile::from_slice(xml.as_bytes()).unwrap(), profile);
    let command = InstallProfile::of(&profile).unwrap();
    assert_eq!(command.profile().unwrap(), profile);
}

#[test]
fn a_check_in_message_is_read_and_written() {
    let body = br#"<plist version="1.0"><dict>
        <key>MessageType</key><string>TokenUpdate</string>
        <key>Topic</key><string>com.apple.mgmt.External.0f1e2d3c</string>
        <key>UDID</key><string>00008020-000915083C80012E</string>
        <key>PushMagic</key><string>8A1B</string>
        <key>Token</key><data>AAEC</data>
    </dict></plist>"#;
    let message = Message::from_slice(body).unwrap();
    assert!(matches!(&message, Message::TokenUpdate(update) if update.push_magic.as_deref() == Some("8A1B")));
    assert_eq!(message.udid(), Some("00008020-000915083C80012E"));
    assert_eq!(
        Message::from_slice(message.to_xml().unwrap().as_bytes()).unwrap(),
        message
    );
}

#[test]
fn declarations_and_status_reports_are_read_and_written() {
    let text = br#"{"Type": "com.example.unheard-of", "Identifier": "a", "ServerToken": "1", "Payload": {"A": 1}}"#;
    let declaration = Declaration::from_slice(text).unwrap();
    assert_eq!(declaration.identifier(), Some("a"));
    let written = declaration.to_json().unwrap();
    assert_eq!(Declaration::from_slice(written.as_bytes()).unwrap(), declaration);

    let text = br#"{"StatusItems": {"device": {"identifier": {"udid": "00008020"}}}, "Errors": []}"#;
    let report = StatusReport::from_slice(text).unwrap();
    let written = report.to_json().unwrap();
    assert!(written.contains("00008020"), "{written}");
    assert_eq!(StatusReport::from_slice(written.as_bytes()).unwrap(), report);
}

#[test]
fn what_is_wrong_in_a_profile_is_found_with_its_line() {
    let right = passcode_profile().to_xml().unwrap();
    let linted = lint(right.as_bytes(), &Options::default());
    // Some states require keys that others do not have.
    let is_error = |finding: &Finding| finding.severity == schema::Severity::Error && finding.code != Code::MissingKey;
    assert!(
        !linted.findings.iter().any(|found| is_error(&found.finding)),
        "{:?}",
        linted.findings
    );

    let wrong = right.replace("<integer>8</integer>", "<string>eight</string>");
    let linted = lint(wrong.as_bytes(), &Options::default());
    let found = linted
        .findings
        .iter()
        .find(|found| found.finding.path.ends_with("minLength"));
    let found = found.unwrap_or_else(|| panic!("{:?}", linted.findings));
    assert_eq!(found.finding.severity, schema::Severity::Error);
    assert!(found.position.is_some());

    let misspelled = right.replace("minLength", "minLenght");
    let linted = lint(misspelled.as_bytes(), &Options::default());
    assert!(
        linted
            .findings
            .iter()
            .any(|found| found.finding.code == Code::UnknownKey)
    );
}

#[test]
fn every_item_can_be_checked_whatever_it_is() {
    let mut count = 0;
    for item in schema::items() {
        let name = item.name;
        let document = match item.family {
            Family::Command => format!(
                "<plist version='1.0'><dict><key>CommandUUID</key><string>1</string>\
                 <key>Command</key><dict><key>RequestType</key><string>{name}</string></dict></dict></plist>"
            ),
            Family::CheckIn => {
                format!("<plist version='1.0'><dict><key>MessageType</key><string>{name}</string></dict></plist>")
            }
            Family::Profile => passcode_profile()
                .to_xml()
                .unwrap()
                .replace("com.apple.mobiledevice.passwordpolicy", name),
            Family::Declaration => {
                format!(r#"{{"Type": "{name}", "Identifier": "a", "ServerToken": "1", "Payload": {{}}}}"#)
            }
            _ => continue,
        };
        // Nothing of what is found is the same in all states; that each item is found by its name is.
        let linted = lint(document.as_bytes(), &Options::default());
        let unknown = |code: Code| matches!(code, Code::UnknownItem | Code::Syntax);
        let common = ["TopLevel", "CommonPayloadKeys", "any"].contains(&name);
        let found = linted.findings.iter().find(|found| unknown(found.finding.code));
        assert!(common || found.is_none(), "{name}: {found:?}");
        count += 1;
    }
    assert!(count >= 4, "{count} items");
    assert!(!apple_mdm::matrix::rows().is_empty());
}

#[test]
fn a_target_says_what_is_not_available() {
    let report = passcode_profile().check(&Target::new(schema::Os::Tvos));
    assert!(
        report.findings().iter().any(|found| found.code == Code::NotAvailable),
        "{report:?}"
    );
}

#[test]
fn typed_responses_are_found_by_the_name_of_the_command() {
    for item in schema::items().filter(|item| item.family == Family::Command) {
        let body = Response::new(Status::Acknowledged).body_of(item.name).unwrap();
        let body: Option<Box<dyn Record>> = body;
        assert!(body.is_some(), "{}", item.name);
    }
}
