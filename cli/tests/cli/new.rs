//! `apple-mdm new`

use apple_mdm::Document;
use apple_mdm::checkin::Message;
use apple_mdm::commands::{Command, Request};
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::{Passcode, Profile};
use apple_mdm::value::Value;

use crate::program::{run, run_in};

fn lints(document: &[u8]) -> bool {
    run_in(std::path::Path::new("."), &["lint", "-"], document).code == 0
}

#[test]
fn a_payload_is_created_in_a_profile() {
    let ran = run(&[
        "new",
        "Passcode",
        "minLength=12",
        "forcePIN=true",
        "customRegex.passwordContentRegex=^.{12,}$",
        "PayloadIdentifier=org.example.passcode",
        "PayloadScope=System",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let profile = Profile::from_slice(&ran.bytes).unwrap();
    assert_eq!(profile.payload_identifier.as_deref(), Some("org.example.passcode"));
    let passcode: &Passcode = profile.payloads()[0].payload.get().unwrap();
    assert_eq!((passcode.min_length, passcode.force_pin), (Some(12), Some(true)));
    assert!(lints(&ran.bytes), "{}", ran.out);
    let again = run(&["new", "Passcode"]);
    let other = Profile::from_slice(&again.bytes).unwrap();
    assert_ne!(other.payload_uuid, profile.payload_uuid);
}

#[test]
fn other_items_are_created_in_their_documents() {
    let ran = run(&[
        "new",
        "SetFirmwarePassword",
        "NewPassword=correct horse",
        "CommandUUID=7",
    ]);
    let request = Request::from_slice(&ran.bytes).unwrap();
    assert_eq!(request.command_uuid.as_deref(), Some("7"));
    assert!(
        matches!(request.command, Command::SetFirmwarePassword(_)),
        "{}",
        ran.out
    );

    let ran = run(&["new", "com.apple.configuration.passcode.settings", "MinimumLength=8"]);
    let declaration = Declaration::from_slice(&ran.bytes).unwrap();
    assert_eq!(
        declaration.declaration_type(),
        Some("com.apple.configuration.passcode.settings")
    );
    assert!(
        ran.out.starts_with('{') && ran.out.contains("\"MinimumLength\": 8"),
        "{}",
        ran.out
    );

    let ran = run(&["new", "TokenUpdate"]);
    assert!(
        matches!(Message::from_slice(&ran.bytes).unwrap(), Message::TokenUpdate(_)),
        "{}",
        ran.out
    );

    let ran = run(&["new", "device.identifier.serial-number"]);
    assert!(
        ran.out.contains("status-subscriptions") && ran.out.contains("device.identifier.serial-number"),
        "{}",
        ran.out
    );
}

#[test]
fn values_are_read_by_the_type_of_their_key() {
    for (arguments, part) in [
        (
            vec!["new", "DeviceInformation", "Queries=UDID", "Queries=OSVersion"],
            "<string>OSVersion</string>",
        ),
        (
            vec!["new", "DeviceInformation", r#"Queries=["UDID"]"#],
            "<string>UDID</string>",
        ),
        (vec!["new", "ClearPasscode", "UnlockToken=AAEC"], "AAEC"),
        (
            vec![
                "new",
                "Settings",
                "Settings.Item=DeviceName",
                "Settings.DeviceName=Desk",
            ],
            "<string>Desk</string>",
        ),
    ] {
        let ran = run(&arguments);
        assert!(
            ran.code == 0 && ran.out.contains(part),
            "{arguments:?}: {} {}",
            ran.out,
            ran.err
        );
    }
}

#[test]
fn wrong_types_are_usage_errors_and_broken_rules_are_findings() {
    for (arguments, code, part) in [
        (vec!["new", "Pascode"], 2, "did you mean `Passcode`?"),
        (vec!["new", "Passcode", "minLenght=1"], 2, "did you mean `minLength`?"),
        (vec!["new", "Passcode", "minLength=many"], 2, "expected an integer"),
        (vec!["new", "Passcode", "minLength"], 2, "KEY=VALUE"),
        (vec!["new", "Passcode", "minLength=99"], 1, "minLength"),
        (vec!["new", "Passcode", "forcePIN=1"], 2, "true or false"),
        (vec!["new", "TopLevel"], 2, "has none of its own"),
    ] {
        let ran = run(&arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(part), "{arguments:?}: {}", ran.err);
    }
}

/// A few items need data that no placeholder can stand for, such as certificates and profiles.
#[test]
fn nearly_all_items_start_valid() {
    let (mut all, mut open) = (0, Vec::new());
    for family in ["commands", "profiles", "declarations", "checkin"] {
        let list = run(&["list", family]).out;
        for line in list.lines() {
            let name = line.split_whitespace().next().unwrap();
            let ran = run(&["new", name]);
            assert_eq!(ran.code, 0, "{name}: {}", ran.err);
            assert!(Value::from_slice(&ran.bytes).is_ok(), "{name}: {}", ran.out);
            all += 1;
            if ran.err.contains("to be filled in") {
                open.push(name.to_owned());
            }
        }
    }
    assert!(all > 200, "{all}");
    assert!(open.len() * 20 <= all, "{} of {all}: {open:?}", open.len());
}
