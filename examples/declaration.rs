//! Writes declarations and the list of them that a device requests, and reads a status report.
//!
//!     cargo run --example declaration

use apple_mdm::Document;
use apple_mdm::declarations::{ActivationSimple, Declaration, Envelope, PasscodeSettings};
use apple_mdm::protocol::declaration_items_response::{DeclarationItem, Declarations};
use apple_mdm::protocol::{DeclarationItemsResponse, StatusReport};

/// A device's status report. The dots in the names of status items become nested dictionaries.
const REPORT: &[u8] = br#"{
  "StatusItems": {
    "device": { "identifier": { "serial-number": "C02XK0EXAMPLE" }, "model": { "family": "Mac" } },
    "passcode": { "is-compliant": true }
  },
  "Errors": []
}"#;

fn main() -> Result<(), apple_mdm::Error> {
    let settings = PasscodeSettings {
        require_passcode: Some(true),
        minimum_length: Some(8),
        ..PasscodeSettings::default()
    };
    let configuration: Declaration = Envelope::new("com.example.passcode", "1", settings).into();
    let activation = ActivationSimple::new(vec!["com.example.passcode".to_owned()]);
    let activation: Declaration = Envelope::new("com.example.activate", "1", activation).into();

    // The device first requests this list, then each declaration that is new to it.
    let items = DeclarationItemsResponse::new(
        Declarations::new(vec![item(&activation)], vec![item(&configuration)], vec![], vec![]),
        "2026-01-01",
    );
    println!("{}\n", items.to_json()?);
    println!("{}\n", configuration.to_json()?);
    println!("{}\n", activation.to_json()?);

    // Reading returns an enum over all declarations, whose discriminator is `Type`.
    match Declaration::from_slice(configuration.to_json()?.as_bytes())? {
        Declaration::PasscodeSettings(read) => assert_eq!(read.payload.minimum_length, Some(8)),
        other => panic!("another declaration: {other:?}"),
    }
    let unknown = br#"{"Type": "com.example.new", "Identifier": "x", "ServerToken": "1", "Payload": {"A": 1}}"#;
    let unknown = Declaration::from_slice(unknown)?;
    assert_eq!(unknown.declaration_type(), Some("com.example.new"));
    assert_eq!(unknown.identifier(), Some("x"));
    assert!(unknown.to_json_compact()?.contains(r#""Payload":{"A":1}"#));

    let report = StatusReport::from_slice(REPORT)?;
    let device = &report.status_items.device;
    let compliant = report.status_items.passcode.is_compliant;
    println!("{:?}: compliant {compliant:?}", device.identifier.serial_number);
    assert_eq!(device.identifier.serial_number.as_deref(), Some("C02XK0EXAMPLE"));
    assert_eq!(compliant, Some(true));
    Ok(())
}

fn item(declaration: &Declaration) -> DeclarationItem {
    DeclarationItem::new(
        declaration.identifier().unwrap_or_default(),
        declaration.server_token().unwrap_or_default(),
    )
}
