//! The documents that the benches use, and the configuration of the measurements.

#![allow(dead_code)]

pub mod derived;

use std::time::Duration;

use apple_mdm::Document;
use apple_mdm::commands::{InstalledApplicationList, Request, Response, SetFirmwarePassword};
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::{Passcode, Payload, PayloadEntry, Profile, Restrictions, WiFi};
use apple_mdm::protocol::StatusReport;
use apple_mdm::value::{Dictionary, Value};
use criterion::Criterion;

/// The configuration of all benches. It is precise enough for ratios.
pub fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .without_plots()
}

/// Creates the UUID of the payload with this number.
fn uuid(number: usize) -> String {
    format!("24A9D6AC-9C34-45F3-B92F-{number:012X}")
}

/// Creates a profile with this number of payloads, which alternate between three types.
pub fn profile(payloads: usize) -> Profile {
    let payload = |number: usize| -> Payload {
        match number % 3 {
            0 => Passcode {
                allow_simple: Some(false),
                force_pin: Some(true),
                max_failed_attempts: Some(6),
                max_inactivity: Some(5),
                max_pin_age_in_days: Some(90),
                min_complex_chars: Some(1),
                min_length: Some(8),
                pin_history: Some(5),
                ..Passcode::default()
            }
            .into(),
            1 => Restrictions {
                allow_air_drop: Some(false),
                allow_app_installation: Some(true),
                allow_camera: Some(false),
                allow_cloud_backup: Some(false),
                allow_cloud_document_sync: Some(false),
                allow_diagnostic_submission: Some(false),
                allow_screen_shot: Some(true),
                allow_usb_restricted_mode: Some(true),
                force_encrypted_backup: Some(true),
                ..Restrictions::default()
            }
            .into(),
            _ => WiFi {
                ssid_str: Some(format!("Example {number}")),
                hidden_network: Some(false),
                auto_join: Some(true),
                ..WiFi::default()
            }
            .into(),
        }
    };
    let entries = (0..payloads).map(|number| {
        let identifier = format!("com.example.profile.{number}");
        PayloadEntry::new(identifier, uuid(number + 1), payload(number))
    });
    Profile::new("com.example.profile", uuid(0), entries)
}

/// Creates a command with three keys.
pub fn command() -> Request {
    let command = SetFirmwarePassword {
        allow_oroms: Some(true),
        current_password: Some("battery staple".into()),
        ..SetFirmwarePassword::new("correct horse battery")
    };
    Request::new("0001_SetFirmwarePassword", command)
}

/// Creates the response of a device with this number of applications.
pub fn response(applications: usize) -> Response {
    let applications = (0..applications).map(|number| {
        Value::from(Dictionary::from_iter([
            ("Identifier", Value::from(format!("com.example.application{number}"))),
            ("Name", format!("Application {number}").into()),
            ("Version", "1234".into()),
            ("ShortVersion", "12.3.4".into()),
            ("BundleSize", 48_234_496.into()),
            ("DynamicSize", 1_662_976.into()),
            ("Installing", false.into()),
            ("AdHocCodeSigned", false.into()),
            ("BetaApp", false.into()),
        ]))
    });
    let keys = Dictionary::from_iter([
        ("UDID", Value::from("00008020-0000ABCDEF012345")),
        ("Status", "Acknowledged".into()),
        ("CommandUUID", "0001_InstalledApplicationList".into()),
        ("InstalledApplicationList", Value::Array(applications.collect())),
    ]);
    Response::from_value(&keys.into()).unwrap()
}

/// The command that this response belongs to.
pub type Applications = InstalledApplicationList;

/// Creates a profile as found in the wild, with settings for other vendors' software, an unknown payload type and a misspelled key.
pub fn profile_as_found() -> Profile {
    let payload = |number: usize, kind: &str, keys: &str| {
        format!(
            "<dict><key>PayloadDisplayName</key><string>Settings</string><key>PayloadEnabled</key><true/>\
             <key>PayloadIdentifier</key><string>com.example.{number}</string><key>PayloadType</key><string>{kind}</string>\
             <key>PayloadUUID</key><string>{}</string><key>PayloadVersion</key><integer>1</integer>{keys}</dict>",
            uuid(number)
        )
    };
    let payloads = [
        payload(
            1,
            "com.apple.dnsSettings.managed",
            "<key>DNSSettings</key><dict><key>DNSProtocol</key><string>HTTPS</string><key>ServerAddresses</key>\
             <array><string>192.0.2.53</string><string>2001:db8::53</string></array>\
             <key>ServerURL</key><string>https://dns.example.com/dns-query</string></dict>",
        ),
        payload(
            2,
            "com.apple.ManagedClient.preferences",
            "<key>PayloadContent</key><dict><key>com.example.editor</key><dict><key>Forced</key><array><dict>\
             <key>mcx_preference_settings</key><dict><key>ShowTips</key><false/><key>Channel</key><string>stable</string>\
             </dict></dict></array></dict></dict>",
        ),
        payload(
            3,
            "com.apple.TCC.configuration-profile-policy",
            "<key>Services</key><dict><key>SystemPolicyAllFiles</key><array><dict><key>Allowed</key><true/>\
             <key>CodeRequirement</key><string>identifier \"com.example.agent\" and anchor apple generic</string>\
             <key>Identifier</key><string>com.example.agent</string><key>IdentifierType</key><string>bundleID</string>\
             <key>StaticCode</key><false/></dict></array></dict>",
        ),
        payload(
            4,
            "com.example.editor",
            "<key>ShowTips</key><false/><key>Channel</key><string>stable</string>",
        ),
        payload(
            5,
            "com.apple.applicationaccess",
            "<key>allowCamera</key><false/><key>allowAirdrops</key><false/>",
        ),
    ];
    let xml = format!(
        "<plist version=\"1.0\"><dict><key>PayloadContent</key><array>{}</array><key>PayloadDisplayName</key>\
         <string>Settings</string><key>PayloadIdentifier</key><string>com.example</string><key>PayloadType</key>\
         <string>Configuration</string><key>PayloadUUID</key><string>{}</string><key>PayloadVersion</key><integer>1</integer>\
         </dict></plist>",
        payloads.concat(),
        uuid(0)
    );
    Profile::from_slice(xml.as_bytes()).unwrap()
}

/// Creates a declaration.
pub fn declaration() -> Declaration {
    Declaration::from_slice(
        br#"{
            "Type": "com.apple.configuration.passcode.settings",
            "Identifier": "EB13EE2B-5D63-4EBA-810F-5B81D07F5017",
            "ServerToken": "8A3B0C1D-6F2E-4E60-9C4B-5F2C6B1A7D90",
            "Payload": {
                "RequirePasscode": true,
                "RequireAlphanumericPasscode": true,
                "RequireComplexPasscode": false,
                "MinimumLength": 8,
                "MinimumComplexCharacters": 2,
                "MaximumFailedAttempts": 6,
                "FailedAttemptsResetInMinutes": 15,
                "MaximumGracePeriodInMinutes": 5,
                "MaximumInactivityInMinutes": 5,
                "MaximumPasscodeAgeInDays": 90,
                "PasscodeReuseLimit": 5,
                "CustomRegex": { "Regex": "[0-9]+", "Description": { "default": "digits" } }
            }
        }"#,
    )
    .unwrap()
}

/// Creates the status report of a device with this number of configurations.
pub fn status_report(configurations: usize) -> StatusReport {
    let configurations: Vec<String> = (0..configurations)
        .map(|number| {
            format!(
                r#"{{"identifier": "com.example.configuration.{number}", "server-token": "{}", "active": true, "valid": "valid"}}"#,
                uuid(number)
            )
        })
        .collect();
    let json = format!(
        r#"{{
            "StatusItems": {{
                "device": {{
                    "identifier": {{ "serial-number": "C02XW0AAJHD2", "udid": "00008020-0000ABCDEF012345" }},
                    "model": {{ "family": "Mac", "identifier": "Mac15,3", "marketing-name": "MacBook Pro" }},
                    "operating-system": {{ "version": "26.1", "family": "macOS", "build-version": "25B78" }}
                }},
                "management": {{
                    "declarations": {{
                        "activations": [],
                        "configurations": [{}],
                        "assets": [],
                        "management": []
                    }}
                }}
            }},
            "Errors": []
        }}"#,
        configurations.join(",")
    );
    StatusReport::from_slice(json.as_bytes()).unwrap()
}

/// Counts the events of a property list: the least that reading XML with quick-xml can cost.
pub fn events(xml: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut count = 0;
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {
        count += 1;
    }
    count
}

/// Returns the bytes that `plist` writes.
pub fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), plist::Error>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    bytes
}
