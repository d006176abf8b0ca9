//! `plist` and `serde_json` read and write the types as they are.

use apple_mdm::Document;
use apple_mdm::checkin::{Message, TokenUpdate};
use apple_mdm::commands::{ClearPasscode, Command, Request, Response, SetFirmwarePassword, Status};
use apple_mdm::declarations::{Declaration, Envelope, PasscodeSettings};
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile};
use apple_mdm::protocol::StatusReport;
use apple_mdm::value::{Data, Date, Dictionary, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

const SET_FIRMWARE_PASSWORD: &str = "<plist version=\"1.0\"><dict>
    <key>Command</key><dict>
        <key>RequestType</key><string>SetFirmwarePassword</string>
        <key>NewPassword</key><string>correct horse</string>
        <key>AllowOroms</key><true/>
    </dict>
    <key>CommandUUID</key><string>0001_SetFirmwarePassword</string>
</dict></plist>";

/// By `plist`, in both of its formats, and back.
fn by_plist<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let (mut xml, mut binary) = (Vec::new(), Vec::new());
    plist::to_writer_xml(&mut xml, value).unwrap();
    plist::to_writer_binary(&mut binary, value).unwrap();
    for bytes in [&xml, &binary] {
        assert_eq!(&plist::from_bytes::<T>(bytes).unwrap(), value);
    }
    let tree = plist::to_value(value).unwrap();
    assert_eq!(&plist::from_value::<T>(&tree).unwrap(), value);
}

fn by_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value, "{json}");
}

/// By this crate and by `plist` it is the same document, whoever writes it and whoever reads it.
fn as_by_this_crate<T: Document + Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let mut xml = Vec::new();
    plist::to_writer_xml(&mut xml, value).unwrap();
    assert_eq!(&T::from_slice(&xml).unwrap(), value);
    assert_eq!(
        &plist::from_bytes::<T>(value.to_xml().unwrap().as_bytes()).unwrap(),
        value
    );
    assert_eq!(&plist::from_bytes::<T>(&value.to_binary().unwrap()).unwrap(), value);
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_request() {
    let request: Request = plist::from_bytes(SET_FIRMWARE_PASSWORD.as_bytes()).unwrap();
    let command = SetFirmwarePassword {
        allow_oroms: Some(true),
        ..SetFirmwarePassword::new("correct horse")
    };
    assert_eq!(request, Request::new("0001_SetFirmwarePassword", command.clone()));
    by_plist(&request);
    by_json(&request);
    as_by_this_crate(&request);
    by_plist(&command);
    by_json(&command);
    by_plist(&Command::from(command.clone()));
    // The command alone has no request type, the one among all commands does.
    assert_eq!(
        serde_json::to_string(&command).unwrap(),
        r#"{"NewPassword":"correct horse","AllowOroms":true}"#
    );
    assert_eq!(
        serde_json::to_value(Command::from(command)).unwrap(),
        serde_json::json!({"RequestType": "SetFirmwarePassword", "NewPassword": "correct horse", "AllowOroms": true})
    );
}

#[test]
fn data() {
    let command = ClearPasscode::new(Data((0..=255).collect()));
    by_plist(&command);
    as_by_this_crate(&command);
    let tree = plist::to_value(&command).unwrap();
    assert_eq!(
        tree.as_dictionary().unwrap()["UnlockToken"].as_data().unwrap().len(),
        256
    );
    // serde does not say that it is JSON, so bytes are what serde_json makes of them; they are read all the same.
    by_json(&command);
    by_json(&Command::from(command.clone()));
    // By this crate's own writer it is base64, which is read too.
    assert_eq!(
        serde_json::from_str::<ClearPasscode>(&command.to_json().unwrap()).unwrap(),
        command
    );
    for json in [
        r#"{"UnlockToken": [256]}"#,
        r#"{"UnlockToken": [-1]}"#,
        r#"{"UnlockToken": [1.5]}"#,
        r#"{"UnlockToken": ["a"]}"#,
        r#"{"UnlockToken": [[]]}"#,
    ] {
        let error = serde_json::from_str::<ClearPasscode>(json).unwrap_err();
        assert!(error.to_string().starts_with("UnlockToken"), "{json}: {error}");
    }
}

#[test]
fn a_profile() {
    let mut passcode = Passcode {
        min_length: Some(8),
        ..Passcode::default()
    };
    passcode.extra.insert(
        "futureKey",
        vec![Value::from(1), 2.5.into(), Value::Date(date("2024-05-06T07:08:09Z"))],
    );
    let entry = PayloadEntry::new(
        "com.example.passcode.1",
        "24A9D6AC-9C34-45F3-B92F-88C4657204C9",
        passcode,
    );
    let mut profile = Profile::new("com.example.passcode", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry]);
    profile.removal_date = Some(date("2031-01-02T03:04:05Z"));
    profile.duration_until_removal = Some(86_400.0);
    profile
        .extra
        .insert("Unknown", Dictionary::from_iter([("data", Data::from(b"bytes"))]));
    by_plist(&profile);
    as_by_this_crate(&profile);
    let tree = plist::to_value(&profile).unwrap();
    assert!(tree.as_dictionary().unwrap()["RemovalDate"].as_date().is_some());
    assert!(
        tree.as_dictionary().unwrap()["PayloadVersion"]
            .as_signed_integer()
            .is_some()
    );
}

#[test]
fn an_encrypted_profile() {
    let profile = Profile {
        content: apple_mdm::profiles::Content::Encrypted(Data::from(b"a CMS message")),
        ..Profile::new("com.example", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [])
    };
    by_plist(&profile);
    as_by_this_crate(&profile);
}

#[test]
fn numbers_of_another_type() {
    let read = |value: &str| {
        let xml = format!("<plist><dict><key>minLength</key>{value}</dict></plist>");
        plist::from_bytes::<Passcode>(xml.as_bytes())
    };
    for value in ["<integer>30</integer>", "<real>30</real>", "<real>3e1</real>"] {
        assert_eq!(read(value).unwrap().min_length, Some(30), "{value}");
    }
    let error = read("<real>30.5</real>").unwrap_err().to_string();
    assert!(
        error.contains("minLength: expected an integer, found a real"),
        "{error}"
    );
    let passcode: Passcode = serde_json::from_str(r#"{"minLength": 30.0, "allowSimple": 1, "forcePIN": 0}"#).unwrap();
    assert_eq!(
        (passcode.min_length, passcode.allow_simple, passcode.force_pin),
        (Some(30), Some(true), Some(false))
    );
    let profile: Profile = serde_json::from_str(r#"{"DurationUntilRemoval": 5}"#).unwrap();
    assert_eq!(profile.duration_until_removal, Some(5.0));
}

#[test]
fn a_response_with_its_body() {
    let xml = "<plist version=\"1.0\"><dict>
        <key>CommandUUID</key><string>0001</string>
        <key>Status</key><string>Error</string>
        <key>UDID</key><string>00008020-000915083C80012E</string>
        <key>ErrorChain</key><array><dict>
            <key>ErrorCode</key><integer>12021</integer>
            <key>ErrorDomain</key><string>MCMDMErrorDomain</string>
            <key>Future</key><true/>
        </dict></array>
        <key>SetFirmwarePassword</key><dict><key>PasswordChanged</key><integer>1</integer></dict>
    </dict></plist>";
    let response: Response = plist::from_bytes(xml.as_bytes()).unwrap();
    assert_eq!(response, Response::from_slice(xml.as_bytes()).unwrap());
    assert_eq!(response.status, Status::Error);
    assert_eq!(response.errors()[0].error_code, Some(12021));
    assert!(response.errors()[0].extra.contains_key("Future"));
    let body = response.body::<SetFirmwarePassword>().unwrap();
    assert_eq!(
        body.set_firmware_password.as_ref().unwrap().password_changed,
        Some(true)
    );
    by_plist(&response);
    by_json(&response);
    as_by_this_crate(&response);
    by_plist(&body);
    by_json(&body);
}

#[test]
fn a_check_in_message() {
    let update = TokenUpdate {
        topic: Some("com.apple.mgmt.External.0f1e2d3c".to_owned()),
        udid: Some("00008020-000915083C80012E".to_owned()),
        token: Some(Data::from(b"\0\x01\x02")),
        push_magic: Some("8A1B".to_owned()),
        ..TokenUpdate::default()
    };
    let message = Message::from(update);
    by_plist(&message);
    by_json(&message);
    as_by_this_crate(&message);
    assert_eq!(serde_json::to_value(&message).unwrap()["MessageType"], "TokenUpdate");
}

#[test]
fn a_declaration() {
    let mut settings = PasscodeSettings {
        require_passcode: Some(true),
        minimum_length: Some(8),
        ..PasscodeSettings::default()
    };
    settings.extra.insert("FutureKey", Dictionary::from_iter([("a", 1)]));
    let envelope = Envelope::new("com.example.passcode", "1", settings);
    let declaration = Declaration::from(envelope);
    by_json(&declaration);
    by_plist(&declaration);
    assert_eq!(
        serde_json::to_string_pretty(&declaration).unwrap(),
        declaration.to_json().unwrap()
    );
    let read: Declaration = serde_json::from_str(&declaration.to_json().unwrap()).unwrap();
    assert_eq!(
        read.get::<Envelope<PasscodeSettings>>().unwrap().payload.minimum_length,
        Some(8)
    );
    assert_eq!(
        serde_json::from_str::<Envelope<PasscodeSettings>>(&declaration.to_json().unwrap())
            .unwrap()
            .payload,
        read.get::<Envelope<PasscodeSettings>>().unwrap().payload
    );
}

#[test]
fn a_status_report_with_dates_and_data() {
    let json = r#"{
        "StatusItems": {
            "device": {"identifier": {"serial-number": "C02XXXXXXXXX", "future": true}},
            "test": {"data-value": "QUJD"},
            "app": {"managed": {"list": [{"identifier": "com.example", "state": "managed", "rating": 5}]}}
        },
        "Errors": [],
        "FullReport": true
    }"#;
    let report: StatusReport = serde_json::from_str(json).unwrap();
    assert_eq!(report, StatusReport::from_slice(json.as_bytes()).unwrap());
    assert_eq!(
        report.status_items.device.identifier.serial_number.as_deref(),
        Some("C02XXXXXXXXX")
    );
    assert!(report.status_items.device.identifier.extra.contains_key("future"));
    by_json(&report);
    by_plist(&report);
    let before: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_value(&report).unwrap(), before);
}

#[test]
fn errors_name_the_key() {
    let cases: [(&str, &str); 4] = [
        (r#"{"AllowOroms": true}"#, "NewPassword: the required key is missing"),
        (
            r#"{"NewPassword": 5}"#,
            "NewPassword: expected a string, found an integer",
        ),
        (
            r#"{"NewPassword": "a", "AllowOroms": "yes"}"#,
            "AllowOroms: expected a boolean, found a string",
        ),
        (
            r#"{"NewPassword": "a", "NewPassword": "b"}"#,
            "the key `NewPassword` is repeated",
        ),
    ];
    for (json, message) in cases {
        let error = serde_json::from_str::<SetFirmwarePassword>(json)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(message), "{json}: {error}");
    }
}

#[test]
fn unknown_items_are_kept_whole() {
    let json =
        serde_json::json!({"CommandUUID": "1", "Command": {"RequestType": "Levitate", "Height": 2.5, "Crew": ["a"]}});
    let request: Request = serde_json::from_value(json.clone()).unwrap();
    assert!(matches!(&request.command, Command::Unknown(item) if item.name.as_deref() == Some("Levitate")));
    assert_eq!(serde_json::to_value(&request).unwrap(), json);
    by_plist(&request);
}

#[test]
fn json_of_serde_is_read_as_a_document_too() {
    let command = Command::from(ClearPasscode::new(b"\x01\x02\xff"));
    let json = serde_json::to_string(&command).unwrap();
    assert!(json.contains("[1,2,255]"), "{json}");
    assert_eq!(Command::from_slice(json.as_bytes()).as_ref(), Ok(&command));
    let wrong = json.replace("255", "256");
    assert!(matches!(Command::from_slice(wrong.as_bytes()), Ok(Command::Invalid(_))));
}

#[test]
fn what_does_not_fit_a_property_list_is_read_as_what_it_was_in_json() {
    let Ok(Value::Dictionary(mut keys)) = Command::from(ClearPasscode::new(b"token")).to_value() else {
        panic!("no dictionary")
    };
    for token in [
        Value::from("dG9rZW4="),
        b"token".map(|byte| Value::from(i64::from(byte))).to_vec().into(),
    ] {
        keys.insert("UnlockToken", token);
        let command = Command::from_value(&Value::Dictionary(keys.clone())).unwrap();
        assert!(matches!(command, Command::Invalid(_)));
        let read = command.read_as::<ClearPasscode>().unwrap().unwrap();
        assert_eq!(read, ClearPasscode::new(b"token"));
    }
}
