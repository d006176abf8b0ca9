//! A small document of every embedded kind, and data that is not one.

use apple_mdm::validate::EmbeddedDocument;

/// Returns an element in DER of less than 64 KiB.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], &length[..], &content].concat()
}

const EMPTY: &[u8] = &[0x30, 0];
const ONE: &[u8] = &[0x02, 1, 1];
const BITS: &[u8] = &[0x03, 2, 0, 1];

fn certificate() -> Vec<u8> {
    let version = [0xa0, 3, 2, 1, 2];
    let signed = der(0x30, &[&version, ONE, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]);
    der(0x30, &[&signed, EMPTY, BITS])
}

/// Returns a PKCS#7 message of this kind.
fn cms(kind: u8, content: &[u8]) -> Vec<u8> {
    let oid = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, kind];
    der(0x30, &[&oid, &der(0xa0, &[content])])
}

fn plist(inner: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>{inner}</dict></plist>")
        .into_bytes()
}

/// Returns a document of the kind.
pub fn good(holds: EmbeddedDocument) -> Vec<u8> {
    match holds {
        EmbeddedDocument::Profile(payload_type) => {
            let payload = payload_type.unwrap_or("com.apple.wifi.managed");
            plist(&format!(
                "<key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>a.b</string>\
                 <key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>\
                 <key>PayloadVersion</key><integer>1</integer><key>PayloadContent</key>\
                 <array><dict><key>PayloadType</key><string>{payload}</string></dict></array>"
            ))
        }
        EmbeddedDocument::Plist => plist(""),
        EmbeddedDocument::Json => b"{}".to_vec(),
        EmbeddedDocument::Certificate | EmbeddedDocument::CertificateDer => certificate(),
        EmbeddedDocument::CertificatePem => b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".to_vec(),
        EmbeddedDocument::Pkcs12 | EmbeddedDocument::Pkcs12OrUnknown => der(0x30, &[&[2, 1, 3], &cms(1, &[4, 1, 0])]),
        EmbeddedDocument::Cms => cms(3, EMPTY),
        EmbeddedDocument::PublicKeyDer => der(0x30, &[EMPTY, BITS]),
        EmbeddedDocument::Rtf => b"{\\rtf1\\ansi At least 12 characters.}".to_vec(),
        EmbeddedDocument::Font | EmbeddedDocument::FontNotCollection => b"OTTO\0\x0c".to_vec(),
        EmbeddedDocument::Image | EmbeddedDocument::PngOrJpeg => b"\x89PNG\r\n\x1a\n\0\0".to_vec(),
        EmbeddedDocument::ProvisioningProfile => cms(2, &der(4, &[b"<plist/>"])),
        EmbeddedDocument::PasswordHash => plist(
            "<key>SALTED-SHA512-PBKDF2</key><dict><key>entropy</key><data>AA==</data>\
             <key>iterations</key><integer>40000</integer><key>salt</key><data>AA==</data></dict>",
        ),
        EmbeddedDocument::StatusReport => br#"{"StatusItems": {}, "Errors": []}"#.to_vec(),
        EmbeddedDocument::TokensResponse => {
            br#"{"SyncTokens": {"Timestamp": "2026-01-31T12:00:00Z", "DeclarationsToken": "1"}}"#.to_vec()
        }
        EmbeddedDocument::Declaration => {
            br#"{"Identifier": "a", "ServerToken": "1", "Type": "com.example.unknown", "Payload": {}}"#.to_vec()
        }
        EmbeddedDocument::StatusPredicate => b"@status(device.model.family) == 'iPhone'".to_vec(),
        other => panic!("no sample of {other:?}"),
    }
}

/// Returns data that is not a document of the kind.
pub fn bad(holds: EmbeddedDocument) -> Vec<u8> {
    match holds {
        EmbeddedDocument::FontNotCollection => b"ttcf\0\x01".to_vec(),
        EmbeddedDocument::StatusPredicate => b"@status(device.modle.family) == 'iPhone'".to_vec(),
        _ => b"correct horse battery staple".to_vec(),
    }
}
