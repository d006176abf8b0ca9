//! Clears the passcode of an iPhone: which devices can do that, what the enrollment must allow, request and answer.
//!
//!     cargo run --example clear_passcode

use apple_mdm::commands::{ClearPasscode, Command, Request, Response, Status};
use apple_mdm::schema::{Os, Version};
use apple_mdm::{AccessRights, Document};

/// A request as a server sends it. The unlock token is the one that the device sent in its TokenUpdate.
const REQUEST: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>Command</key>
    <dict>
        <key>RequestType</key>
        <string>ClearPasscode</string>
        <key>UnlockToken</key>
        <data>
        VGhpcyB0b2tlbiB1bmxvY2tzIG5vdGhpbmc6IGEgcmVhbCBvbmUgaXMg
        YWJvdXQgdHdvIGtpbG9ieXRlcyBvZiBrZXlz
        </data>
    </dict>
    <key>CommandUUID</key>
    <string>0001_ClearPasscode</string>
</dict>
</plist>"#;

/// The device's answer: the command has no part of its own in it.
const ANSWER: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>CommandUUID</key>
    <string>0001_ClearPasscode</string>
    <key>Status</key>
    <string>Acknowledged</string>
    <key>UDID</key>
    <string>00008110-001A2D4C0E91801E</string>
</dict>
</plist>"#;

fn main() -> Result<(), apple_mdm::Error> {
    println!("Where ClearPasscode is available, and the access right that it needs:");
    for os in Os::ALL {
        let support = ClearPasscode::AVAILABILITY.on(os);
        let right = support.access_right.unwrap_or_default();
        println!("  {os:<9} {:<14} {right}", support.since);
    }
    assert!(!ClearPasscode::AVAILABILITY.on(Os::Macos).is_supported());

    // Before sending: does this device have the command, and does its enrollment allow it?
    let support = ClearPasscode::AVAILABILITY.on(Os::Ios);
    assert!(support.is_in(Version::new(18, 2, 0)));
    assert!(support.is_on_device_channel() && !support.is_on_user_channel());
    let granted = AccessRights::PASSCODE_REMOVAL_AND_LOCK | AccessRights::QUERY_DEVICE_INFORMATION;
    assert!(support.rights().is_some_and(|right| granted.contains(right)));
    println!("access rights {} of the MDM payload are enough\n", granted.bits());

    let request = Request::from_slice(REQUEST)?;
    match &request.command {
        Command::ClearPasscode(command) => println!("{command:?}: {} bytes", command.unlock_token.len()),
        other => panic!("another command: {other:?}"),
    }
    // The same request, made here; the token is bytes, base64 is the writer's matter.
    let token = b"This token unlocks nothing: a real one is about two kilobytes of keys";
    let made = Request::new("0001_ClearPasscode", ClearPasscode::new(&token[..]));
    assert_eq!(made, request);
    println!("{}", made.to_xml()?);

    let response = Response::from_slice(ANSWER)?;
    assert_eq!(response.status, Status::Acknowledged);
    assert_eq!(response.command_uuid, request.command_uuid);
    assert!(response.body::<ClearPasscode>()?.extra.is_empty());
    println!("{}: {}", response.udid.unwrap_or_default(), response.status);
    Ok(())
}
