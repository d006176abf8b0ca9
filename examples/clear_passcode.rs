//! Clears the passcode of an iPhone: supported devices, the required access right, request and response.
//!
//!     cargo run --example clear_passcode

use apple_mdm::commands::{ClearPasscode, Command, Request, Response, Status};
use apple_mdm::schema::{Os, Version};
use apple_mdm::{AccessRights, Document};

/// A request from a server. The unlock token comes from the device's TokenUpdate message.
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

/// The device's response. This command adds no keys to it.
const RESPONSE: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?>
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
    println!("Availability of ClearPasscode and the access right it requires:");
    for os in Os::ALL {
        let support = ClearPasscode::AVAILABILITY.on(os);
        let right = support.access_right.unwrap_or_default();
        println!("  {os:<9} {:<14} {right}", support.since);
    }
    assert!(!ClearPasscode::AVAILABILITY.on(Os::Macos).is_supported());

    // Before sending, check that the device supports the command and that the enrollment allows it.
    let support = ClearPasscode::AVAILABILITY.on(Os::Ios);
    assert!(support.is_in(Version::new(18, 2, 0)));
    assert!(support.is_on_device_channel() && !support.is_on_user_channel());
    let granted = AccessRights::PASSCODE_REMOVAL_AND_LOCK | AccessRights::QUERY_DEVICE_INFORMATION;
    assert!(support.rights().is_some_and(|right| granted.contains(right)));
    println!("access rights {} of the MDM payload are sufficient\n", granted.bits());

    let request = Request::from_slice(REQUEST)?;
    match &request.command {
        Command::ClearPasscode(command) => println!("{command:?}: {} bytes", command.unlock_token.len()),
        other => panic!("another command: {other:?}"),
    }
    // Create the same request. The token is bytes; the writer encodes it as base64.
    let token = b"This token unlocks nothing: a real one is about two kilobytes of keys";
    let created = Request::new("0001_ClearPasscode", ClearPasscode::new(&token[..]));
    assert_eq!(created, request);
    println!("{}", created.to_xml()?);

    let response = Response::from_slice(RESPONSE)?;
    assert_eq!(response.status, Status::Acknowledged);
    assert_eq!(response.command_uuid, request.command_uuid);
    assert!(response.body::<ClearPasscode>()?.extra.is_empty());
    println!("{}: {}", response.udid.unwrap_or_default(), response.status);
    Ok(())
}
