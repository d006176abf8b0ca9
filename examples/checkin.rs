//! Replies to check-in messages: an enrollment, its push token, a request for the bootstrap token, and an unknown message.
//!
//!     cargo run --example checkin

use apple_mdm::Document;
use apple_mdm::checkin::{GetBootstrapTokenResponse, Message};

const AUTHENTICATE: &str = "
    <key>MessageType</key><string>Authenticate</string>
    <key>Topic</key><string>com.apple.mgmt.External.7a1f</string>
    <key>UDID</key><string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>
    <key>SerialNumber</key><string>C02XK0EXAMPLE</string>
    <key>OSVersion</key><string>26.1</string>";

const TOKEN_UPDATE: &str = "
    <key>MessageType</key><string>TokenUpdate</string>
    <key>Topic</key><string>com.apple.mgmt.External.7a1f</string>
    <key>UDID</key><string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>
    <key>PushMagic</key><string>3C0B7E5A-EXAMPLE</string>
    <key>Token</key><data>AAECAwQFBgc=</data>
    <key>NotOnConsole</key><false/>";

const GET_BOOTSTRAP_TOKEN: &str = "
    <key>MessageType</key><string>GetBootstrapToken</string>
    <key>UDID</key><string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>
    <key>AwaitingConfiguration</key><true/>";

const UNKNOWN: &str = "
    <key>MessageType</key><string>SomethingNew</string>
    <key>UDID</key><string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>
    <key>Answer</key><integer>42</integer>";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let replies = [AUTHENTICATE, TOKEN_UPDATE, GET_BOOTSTRAP_TOKEN, UNKNOWN]
        .map(|keys| reply(format!("<plist version='1.0'><dict>{keys}</dict></plist>").as_bytes()));
    let [authenticate, update, bootstrap, unknown] = replies;

    assert_eq!((authenticate?, update?), (None, None));
    let reply = bootstrap?.expect("a reply with the token");
    println!("\nThe reply to GetBootstrapToken:\n\n{reply}");
    let reply = GetBootstrapTokenResponse::from_slice(reply.as_bytes())?;
    assert_eq!(reply.bootstrap_token.as_deref(), Some(&b"kept by the server"[..]));
    assert_eq!(unknown?, None);
    Ok(())
}

/// Returns the body of the server's reply, which has status 200, or `None` for an empty body.
fn reply(body: &[u8]) -> Result<Option<String>, Box<dyn std::error::Error>> {
    let message = Message::from_slice(body)?;
    // The device's UDID, or the enrollment ID with user enrollment. Users of the device have identifiers of their own.
    let device = message.enrollment()?.key();
    match message {
        Message::Authenticate(device_information) => {
            println!("{device} enrolls: {device_information:?}");
            assert_eq!(device_information.serial_number.as_deref(), Some("C02XK0EXAMPLE"));
        }
        Message::TokenUpdate(update) => {
            // `Debug` redacts the push token, which does not belong in logs.
            println!("{device}: {update:?}");
            assert_eq!(update.token.as_deref(), Some(&[0, 1, 2, 3, 4, 5, 6, 7][..]));
            assert_eq!(update.not_on_console, Some(false));
        }
        Message::GetBootstrapToken(_) => {
            println!("{device} requests its bootstrap token");
            let reply = GetBootstrapTokenResponse {
                bootstrap_token: Some(b"kept by the server"[..].into()),
                ..GetBootstrapTokenResponse::default()
            };
            return Ok(Some(reply.to_xml()?));
        }
        // Unknown messages are kept completely and can be forwarded with `to_xml`.
        other => {
            println!("{device}: unknown message {:?}", other.message_type());
            assert_eq!(other.message_type(), Some("SomethingNew"));
            assert!(other.to_xml()?.contains("<integer>42</integer>"));
        }
    }
    Ok(None)
}
