//! Sets the firmware password of a Mac: the server's request and the Mac's responses.
//!
//!     cargo run --example set_firmware_password

use apple_mdm::Document;
use apple_mdm::commands::{Request, Response, SetFirmwarePassword, Status};

/// The response of a Mac that changed the password.
const DONE: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>CommandUUID</key>
	<string>0001_SetFirmwarePassword</string>
	<key>SetFirmwarePassword</key>
	<dict>
		<key>PasswordChanged</key>
		<true/>
	</dict>
	<key>Status</key>
	<string>Acknowledged</string>
	<key>UDID</key>
	<string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>
</dict>
</plist>"#;

/// The response of a Mac that rejected the command.
const FAILED: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>CommandUUID</key>
	<string>0001_SetFirmwarePassword</string>
	<key>ErrorChain</key>
	<array>
		<dict>
			<key>ErrorCode</key>
			<integer>7</integer>
			<key>ErrorDomain</key>
			<string>com.example.FirmwarePassword</string>
			<key>USEnglishDescription</key>
			<string>The current password is wrong.</string>
		</dict>
	</array>
	<key>Status</key>
	<string>Error</string>
	<key>UDID</key>
	<string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>
</dict>
</plist>"#;

fn main() -> Result<(), apple_mdm::Error> {
    // `new` takes what the schema requires; everything else is an `Option`.
    let command = SetFirmwarePassword {
        current_password: Some("old horse".to_owned()),
        allow_oroms: Some(false),
        ..SetFirmwarePassword::new("correct horse")
    };
    let request = Request::new("0001_SetFirmwarePassword", command);
    let xml = request.to_xml()?;
    println!("The request:\n\n{xml}");
    assert_eq!(Request::from_slice(xml.as_bytes())?, request);

    // `Debug` redacts secrets, so this can go into a log.
    println!("In a log: {request:?}\n");
    assert!(!format!("{request:?}").contains("horse"));

    for response in [DONE, FAILED] {
        report(&Response::from_slice(response)?)?;
    }
    Ok(())
}

fn report(response: &Response) -> Result<(), apple_mdm::Error> {
    let device = response.udid.as_deref().unwrap_or("a device");
    match &response.status {
        Status::Acknowledged => {
            // A response does not name its command. The server knows it by `command_uuid`.
            assert_eq!(response.command_uuid.as_deref(), Some("0001_SetFirmwarePassword"));
            let body = response.body::<SetFirmwarePassword>()?;
            // Every field of a message from a device is an `Option`, so a missing key never makes it unreadable.
            let changed = body.set_firmware_password.and_then(|outcome| outcome.password_changed);
            assert_eq!(changed, Some(true));
            println!("{device}: password changed: {changed:?}");
        }
        Status::NotNow => println!("{device}: not now"),
        status => {
            println!("{device}: {status}");
            for error in response.errors() {
                println!("  {error}");
            }
        }
    }
    Ok(())
}
