//! Writes a profile that requires a passcode, and reads one with integers written as `<real>`, as found in the wild.
//!
//!     cargo run --example passcode_profile

use std::collections::BTreeMap;

use apple_mdm::Document;
use apple_mdm::commands::InstallProfile;
use apple_mdm::profiles::passcode::CustomRegex;
use apple_mdm::profiles::{Passcode, Payload, PayloadEntry, PayloadScope, Profile};

/// A profile like Apple's published example, which writes two integers as reals.
const PUBLISHED: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>PayloadContent</key>
    <array>
        <dict>
            <key>forcePIN</key>
            <true/>
            <key>minLength</key>
            <integer>6</integer>
            <key>maxPINAgeInDays</key>
            <real>30</real>
            <key>pinHistory</key>
            <real>2</real>
            <key>PayloadIdentifier</key>
            <string>com.example.passcode.settings</string>
            <key>PayloadType</key>
            <string>com.apple.mobiledevice.passwordpolicy</string>
            <key>PayloadUUID</key>
            <string>0B7E0E52-5C5B-4C6B-9E1F-6A0D3F1C2B4A</string>
            <key>PayloadVersion</key>
            <integer>1</integer>
        </dict>
    </array>
    <key>PayloadDisplayName</key>
    <string>Passcode</string>
    <key>PayloadIdentifier</key>
    <string>com.example.passcode</string>
    <key>PayloadType</key>
    <string>Configuration</string>
    <key>PayloadUUID</key>
    <string>D2C0A4C1-77C1-4F2E-8B7B-0C9E5D4F3A21</string>
    <key>PayloadVersion</key>
    <integer>1</integer>
</dict>
</plist>"#;

fn main() -> Result<(), apple_mdm::Error> {
    let profile = create();
    println!("{}", profile.to_xml()?);
    assert_eq!(Profile::from_slice(&profile.to_binary()?)?, profile);

    // A server sends this command to install the profile. A `.mobileconfig` file contains only the XML.
    let command = InstallProfile::of(&profile)?;
    assert_eq!(command.profile()?, profile);

    read_published()
}

fn create() -> Profile {
    let regex = CustomRegex {
        password_content_description: Some(BTreeMap::from([
            (
                "default".to_owned(),
                "At least 12 characters, one of them a digit.".to_owned(),
            ),
            ("de".to_owned(), "Mindestens 12 Zeichen, davon eine Ziffer.".to_owned()),
        ])),
        ..CustomRegex::new("^(?=.*[0-9]).{12,}$")
    };
    let passcode = Passcode {
        force_pin: Some(true),
        max_failed_attempts: Some(6),
        custom_regex: Some(regex),
        ..Passcode::default()
    };
    let entry = PayloadEntry::new(
        "com.example.passcode.mac",
        "6F2D7F0E-3E0B-4C0A-9D55-19C0A6E5B7D8",
        passcode,
    );
    Profile {
        payload_display_name: Some("Password for Macs".to_owned()),
        payload_scope: Some(PayloadScope::System),
        ..Profile::new("com.example.passcode", "A54DFE8A-8B1D-4A35-A4B3-1C0F0E3C9F7B", [entry])
    }
}

fn read_published() -> Result<(), apple_mdm::Error> {
    let profile = Profile::from_slice(PUBLISHED)?;
    for entry in profile.payloads() {
        let identifier = entry.common.payload_identifier.as_deref().unwrap_or_default();
        match &entry.payload {
            Payload::Passcode(passcode) => {
                println!(
                    "{identifier}: a new passcode every {:?} days",
                    passcode.max_pin_age_in_days
                );
                assert_eq!(passcode.max_pin_age_in_days, Some(30));
                assert_eq!(passcode.pin_history, Some(2));
            }
            // Payloads that the schema does not define, or that contradict it, are kept unchanged.
            other => println!("{identifier}: {:?}", other.payload_type()),
        }
    }
    // Writing uses the schema's types: the reals are integers now.
    let xml = profile.to_xml()?;
    assert!(xml.contains("<key>maxPINAgeInDays</key>\n\t\t\t<integer>30</integer>"));
    assert!(!xml.contains("<real>"));
    Ok(())
}
