use super::EmbeddedDocument;
use crate::value::Value;

/// Returns an element in DER of less than 64 KiB.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], &length[..], &content].concat()
}

fn oid(last: &[u8]) -> Vec<u8> {
    let body = [&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01], last].concat();
    [&[0x06, u8::try_from(body.len()).unwrap()], &body[..]].concat()
}

const EMPTY: &[u8] = &[0x30, 0];
const ONE: &[u8] = &[0x02, 1, 1];
const BITS: &[u8] = &[0x03, 2, 0, 1];

fn certificate() -> Vec<u8> {
    let version = [0xa0, 3, 2, 1, 2];
    let signed = der(0x30, &[&version, ONE, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY]);
    der(0x30, &[&signed, EMPTY, BITS])
}

fn request() -> Vec<u8> {
    der(0x30, &[&der(0x30, &[ONE, EMPTY, EMPTY, &[0xa0, 0]]), EMPTY, BITS])
}

fn cms(kind: u8, content: &[u8]) -> Vec<u8> {
    der(0x30, &[&oid(&[7, kind]), &der(0xa0, &[content])])
}

fn indefinite_cms(kind: u8) -> Vec<u8> {
    [&[0x30, 0x80], &oid(&[7, kind])[..], &[0xa0, 0x80, 0, 0, 0, 0]].concat()
}

fn pkcs12() -> Vec<u8> {
    der(0x30, &[&[2, 1, 3], &cms(1, &[4, 1, 0])])
}

fn pem(label: &str) -> String {
    format!("-----BEGIN {label}-----\nMAA=\n-----END {label}-----\n")
}

fn plist(inner: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">{inner}</plist>").into_bytes()
}

fn profile(inner: &str) -> Vec<u8> {
    plist(&format!(
        "<dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>a.b</string>\
         <key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>\
         <key>PayloadVersion</key><integer>1</integer>{inner}</dict>"
    ))
}

const WIFI: &str = "<key>PayloadContent</key><array><dict><key>PayloadType</key>\
                    <string>com.apple.wifi.managed</string></dict></array>";

fn hash(parts: &str) -> Vec<u8> {
    plist(&format!(
        "<dict><key>SALTED-SHA512-PBKDF2</key><dict>{parts}</dict></dict>"
    ))
}

const HASH: &str = "<key>entropy</key><data>AA==</data><key>iterations</key><integer>40000</integer>\
                    <key>salt</key><data>AA==</data>";

const MANIFEST: &str = "<dict><key>items</key><array><dict><key>assets</key><array/><key>metadata</key><dict>\
                        <key>bundle-identifier</key><string>a.b</string><key>bundle-version</key><string>1</string>\
                        <key>kind</key><string>software</string><key>title</key><string>A</string></dict>\
                        </dict></array></dict>";

/// Data that is accepted.
fn good() -> Vec<(EmbeddedDocument, Vec<u8>)> {
    let binary = |xml: Vec<u8>| crate::codec::Document::to_binary(&value(&xml)).unwrap();
    vec![
        (EmbeddedDocument::Profile(None), profile("")),
        (EmbeddedDocument::Profile(None), binary(profile(WIFI))),
        (EmbeddedDocument::Profile(Some("com.apple.wifi.managed")), profile(WIFI)),
        (EmbeddedDocument::Profile(Some("com.apple.wifi.managed")), cms(2, EMPTY)),
        (EmbeddedDocument::Profile(None), indefinite_cms(2)),
        (EmbeddedDocument::Profile(None), indefinite_cms(3)),
        (
            EmbeddedDocument::Profile(Some("com.apple.mdm")),
            profile("<key>EncryptedPayloadContent</key><data>MIAGCSqGSIb3DQEHA6CAAAA=</data>"),
        ),
        (EmbeddedDocument::Plist, plist("<array/>")),
        (EmbeddedDocument::Plist, binary(plist("<dict/>"))),
        (EmbeddedDocument::Json, b" {\"a\": [1, null]}\n".to_vec()),
        (EmbeddedDocument::Json, b"[]".to_vec()),
        (EmbeddedDocument::Certificate, certificate()),
        (EmbeddedDocument::CertificateDer, certificate()),
        (EmbeddedDocument::CertificatePem, pem("CERTIFICATE").into_bytes()),
        (
            EmbeddedDocument::CertificatePem,
            format!("Bag Attributes\r\n{}{}", pem("CERTIFICATE"), pem("CERTIFICATE")).into_bytes(),
        ),
        // A byte that is not UTF-8, as in one of Apple's examples.
        (
            EmbeddedDocument::CertificatePem,
            [pem("CERTIFICATE").as_bytes(), b"\xed"].concat(),
        ),
        (EmbeddedDocument::Pkcs12, pkcs12()),
        (
            EmbeddedDocument::Pkcs12,
            [&[0x30, 0x80, 2, 1, 3], &indefinite_cms(1)[..], &[0, 0]].concat(),
        ),
        (EmbeddedDocument::Pkcs12OrUnknown, pkcs12()),
        (
            EmbeddedDocument::Pkcs12OrUnknown,
            vec![0x13, 0x16, 0xa6, 0xa6, 0x57, 0x83],
        ),
        (EmbeddedDocument::Pkcs12OrUnknown, Vec::new()),
        (EmbeddedDocument::Cms, cms(3, EMPTY)),
        (EmbeddedDocument::Cms, indefinite_cms(3)),
        (EmbeddedDocument::Cms, der(0x30, &[&oid(&[9, 16, 1, 23]), &[0xa0, 0]])),
        (EmbeddedDocument::PublicKeyDer, der(0x30, &[EMPTY, BITS])),
        (
            EmbeddedDocument::Rtf,
            b"{\\rtf1\\ansi At least 12 characters.}".to_vec(),
        ),
        (EmbeddedDocument::Font, b"\0\x01\0\0\0\x0c".to_vec()),
        (EmbeddedDocument::Font, b"OTTO\0\x0c".to_vec()),
        (EmbeddedDocument::FontNotCollection, b"OTTO\0\x0c".to_vec()),
        (EmbeddedDocument::FontNotCollection, b"base64encodeddata\n".to_vec()),
        (EmbeddedDocument::Image, b"\x89PNG\r\n\x1a\n\0\0".to_vec()),
        (EmbeddedDocument::Image, b"GIF89a\x01".to_vec()),
        (EmbeddedDocument::Image, b"MM\0*\0".to_vec()),
        (EmbeddedDocument::Image, b"\0\0\0\x18ftypheic".to_vec()),
        (EmbeddedDocument::Image, b"RIFF\x01\x02\x03\x04WEBPVP8 ".to_vec()),
        (EmbeddedDocument::Image, b"icns\0".to_vec()),
        (EmbeddedDocument::PngOrJpeg, b"\xff\xd8\xff\xe0".to_vec()),
        (EmbeddedDocument::ProvisioningProfile, cms(2, &der(4, &[b"<plist/>"]))),
        (EmbeddedDocument::PasswordHash, hash(HASH)),
        (EmbeddedDocument::PasswordHash, binary(hash(HASH))),
        (
            EmbeddedDocument::StatusReport,
            br#"{"StatusItems": {}, "Errors": []}"#.to_vec(),
        ),
        (
            EmbeddedDocument::StatusReport,
            br#"{"StatusItems": {"device": {"model": {"family": "Mac"}}}}"#.to_vec(),
        ),
        (
            EmbeddedDocument::TokensResponse,
            br#"{"SyncTokens": {"Timestamp": "2026-01-31T12:00:00Z", "DeclarationsToken": "1"}}"#.to_vec(),
        ),
        (
            EmbeddedDocument::Declaration,
            br#"{"Identifier": "a", "ServerToken": "1", "Type": "com.example.unknown", "Payload": {}}"#.to_vec(),
        ),
        (EmbeddedDocument::Manifest, plist(MANIFEST)),
    ]
}

/// Data that is rejected, and the reason.
fn bad() -> Vec<(EmbeddedDocument, Vec<u8>, &'static str)> {
    let text = b"correct horse battery staple".to_vec();
    let not_profile = "a property list whose PayloadType is not Configuration";
    vec![
        (
            EmbeddedDocument::Profile(None),
            text.clone(),
            "text, not a configuration profile",
        ),
        (
            EmbeddedDocument::Profile(None),
            Vec::new(),
            "empty, not a configuration profile",
        ),
        (EmbeddedDocument::Profile(None), plist("<dict/>"), not_profile),
        (EmbeddedDocument::Profile(None), plist("<array/>"), not_profile),
        (
            EmbeddedDocument::Profile(None),
            b"{}".to_vec(),
            "JSON, not a configuration profile",
        ),
        (
            EmbeddedDocument::Profile(None),
            certificate(),
            "a certificate in DER, not a configuration profile",
        ),
        (
            EmbeddedDocument::Profile(None),
            pem("CMS").into_bytes(),
            "PEM text, not a configuration profile",
        ),
        (
            EmbeddedDocument::Profile(Some("com.apple.mdm")),
            profile(WIFI),
            "a profile without a payload of type com.apple.mdm",
        ),
        (
            EmbeddedDocument::Profile(Some("com.apple.mdm")),
            profile(""),
            "a profile without a payload of type com.apple.mdm",
        ),
        (
            EmbeddedDocument::Plist,
            plist("<dict><key>a</key></dict>"),
            "no property list: a, line 2, column",
        ),
        (EmbeddedDocument::Plist, b"bplist00".to_vec(), "no property list: "),
        (
            EmbeddedDocument::Plist,
            cms(2, EMPTY),
            "a CMS message, not a property list",
        ),
        (
            EmbeddedDocument::Json,
            b"{\"a\": ".to_vec(),
            "no JSON: a, line 1, column",
        ),
        (EmbeddedDocument::Json, b"{} {}".to_vec(), "no JSON: line 1, column"),
        (EmbeddedDocument::Json, plist("<dict/>"), "XML text, not JSON"),
        (
            EmbeddedDocument::Certificate,
            pem("CERTIFICATE").into_bytes(),
            "PEM text, not an X.509 certificate in DER",
        ),
        (
            EmbeddedDocument::Certificate,
            [certificate(), certificate()].concat(),
            "a certificate with ",
        ),
        (
            EmbeddedDocument::Certificate,
            request(),
            "another document in DER, not an X.509 certificate in DER",
        ),
        (EmbeddedDocument::Certificate, pkcs12(), "a PKCS#12 file, not "),
        (
            EmbeddedDocument::Certificate,
            certificate().split_last().unwrap().1.to_vec(),
            "unknown binary data, not an X.509 certificate",
        ),
        (
            EmbeddedDocument::CertificatePem,
            certificate(),
            "a certificate in DER, not PEM text with a certificate",
        ),
        (
            EmbeddedDocument::CertificatePem,
            (pem("CERTIFICATE") + &pem("EC PRIVATE KEY")).into_bytes(),
            "PEM text with a private key",
        ),
        (
            EmbeddedDocument::CertificatePem,
            pem("PUBLIC KEY").into_bytes(),
            "PEM text without a certificate",
        ),
        (
            EmbeddedDocument::CertificatePem,
            b"-----BEGIN CERTIFICATE-----\nMAA=\n".to_vec(),
            "PEM text that ends within a certificate",
        ),
        (
            EmbeddedDocument::Pkcs12,
            certificate(),
            "a certificate in DER, not a PKCS#12 file",
        ),
        (EmbeddedDocument::Pkcs12, text.clone(), "text, not a PKCS#12 file"),
        (
            EmbeddedDocument::Pkcs12OrUnknown,
            text.clone(),
            "text, not a PKCS#12 file",
        ),
        (
            EmbeddedDocument::Pkcs12OrUnknown,
            certificate(),
            "a certificate in DER, not a PKCS#12 file",
        ),
        (
            EmbeddedDocument::Cms,
            certificate(),
            "a certificate in DER, not a CMS message",
        ),
        (EmbeddedDocument::Cms, text.clone(), "text, not a CMS message"),
        (
            EmbeddedDocument::PublicKeyDer,
            pem("PUBLIC KEY").into_bytes(),
            "PEM text, not ",
        ),
        (
            EmbeddedDocument::PublicKeyDer,
            [EMPTY, &[0]].concat(),
            "unknown binary data, not ",
        ),
        (EmbeddedDocument::Rtf, text.clone(), "text, not rich text (RTF)"),
        (
            EmbeddedDocument::Font,
            b"wOFF\0".to_vec(),
            "unknown binary data, not a TrueType or OpenType font",
        ),
        (
            EmbeddedDocument::FontNotCollection,
            b"ttcf\0".to_vec(),
            "a collection of fonts, not a single font",
        ),
        (EmbeddedDocument::Image, text.clone(), "text, not an image"),
        (
            EmbeddedDocument::Image,
            b"\0\0\0\x18ftypmp42".to_vec(),
            "unknown binary data, not an image",
        ),
        (
            EmbeddedDocument::PngOrJpeg,
            b"GIF89a\x01".to_vec(),
            "an image, not an image in PNG or JPEG",
        ),
        (
            EmbeddedDocument::ProvisioningProfile,
            cms(2, EMPTY),
            "a signed message without a property list",
        ),
        (
            EmbeddedDocument::ProvisioningProfile,
            plist("<dict/>"),
            "XML text, not a provisioning profile",
        ),
        (
            EmbeddedDocument::PasswordHash,
            text,
            "text, not a property list with a password hash",
        ),
        (
            EmbeddedDocument::PasswordHash,
            hash("<key>entropy</key><data>AA==</data>"),
            "not a property list with a password hash: SALTED-SHA512-PBKDF2.",
        ),
        (
            EmbeddedDocument::StatusReport,
            br#"{"Errors": []}"#.to_vec(),
            "not the JSON text of a status report: ",
        ),
        (
            EmbeddedDocument::StatusReport,
            br#"{"StatusItems": []}"#.to_vec(),
            "not the JSON text of a status report: ",
        ),
        (EmbeddedDocument::StatusReport, plist("<dict/>"), "XML text, not "),
        (
            EmbeddedDocument::TokensResponse,
            b"{}".to_vec(),
            "not the JSON text of synchronization tokens: ",
        ),
        (
            EmbeddedDocument::Declaration,
            br#"{"Identifier": "a", "Type": "b"}"#.to_vec(),
            "not the JSON text of a declaration: Payload is missing",
        ),
        (
            EmbeddedDocument::Declaration,
            br#"{"Identifier": 1, "Type": "b", "Payload": {}}"#.to_vec(),
            "not the JSON text of a declaration: Identifier is an integer",
        ),
        (
            EmbeddedDocument::Declaration,
            b"[]".to_vec(),
            "not the JSON text of a declaration: ",
        ),
        (
            EmbeddedDocument::Manifest,
            plist("<dict/>"),
            "not an app manifest: items",
        ),
        (
            EmbeddedDocument::Manifest,
            b"{\"items\": []}".to_vec(),
            "JSON, not an app manifest",
        ),
    ]
}

fn value(document: &[u8]) -> Value {
    crate::codec::Document::from_slice(document).unwrap()
}

#[test]
fn valid_data_is_accepted() {
    for (holds, bytes) in good() {
        assert_eq!(holds.check(&bytes), Ok(()), "{holds:?}");
    }
}

#[test]
fn invalid_data_is_rejected_with_the_reason() {
    for (holds, bytes, why) in bad() {
        let found = holds.check(&bytes).unwrap_err();
        assert!(found.starts_with(why), "{holds:?}: {found:?}, not {why:?}");
    }
}

#[test]
fn no_message_contains_anything_from_the_data() {
    for document in [
        hash("<key>entropy</key><string>hunter2</string>"),
        hash("<key>entropy</key><data>hunter2</data"),
        b"hunter2".to_vec(),
        br#"{"Identifier": {"a": "hunter2"}"#.to_vec(),
        br#"{"StatusItems": "hunter2"}"#.to_vec(),
        profile("<key>PayloadDisplayName</key><array><string>hunter2</string></array>"),
        plist("<dict><key>PayloadType</key><string>hunter2</string></dict>"),
    ] {
        for holds in [
            EmbeddedDocument::Profile(None),
            EmbeddedDocument::Plist,
            EmbeddedDocument::PasswordHash,
            EmbeddedDocument::StatusReport,
            EmbeddedDocument::Declaration,
            EmbeddedDocument::Manifest,
            EmbeddedDocument::CertificatePem,
        ] {
            if let Err(found) = holds.check(&document) {
                assert!(!found.contains("hunter2"), "{holds:?}: {found}");
            }
        }
    }
}

#[test]
fn truncated_data_never_panics() {
    for (holds, bytes) in good() {
        for end in 0..bytes.len() {
            let _ = holds.check(&bytes[..end]);
        }
        for (other, _) in good() {
            let _ = other.check(&bytes);
        }
    }
}

#[test]
fn deeply_nested_documents_are_rejected() {
    let deep = plist(&("<array>".repeat(100_000) + &"</array>".repeat(100_000)));
    assert!(
        EmbeddedDocument::Plist
            .check(&deep)
            .unwrap_err()
            .contains("nested deeper")
    );
    let deep = "[".repeat(100_000);
    assert!(
        EmbeddedDocument::Json
            .check(deep.as_bytes())
            .unwrap_err()
            .contains("nested deeper")
    );
}

#[test]
#[cfg(feature = "declarations")]
fn predicates_name_status_items_of_the_schema() {
    for (text, expected) in [
        ("@status(device.model.family) == 'iPhone'", None),
        (
            "@status(device.operating-system.version) >= '26' AND TRUEPREDICATE",
            None,
        ),
        ("@property(age) > 1", None),
        (
            "@status(device.modle.family) == 'iPhone'",
            Some("did you mean `device.model.family`?"),
        ),
        (
            "@status( nothing.like-it ) == 1",
            Some("the unknown status item `nothing.like-it`"),
        ),
    ] {
        let found = EmbeddedDocument::StatusPredicate.check(text.as_bytes());
        match expected {
            None => assert_eq!(found, Ok(()), "{text}"),
            Some(expected) => assert!(found.clone().unwrap_err().contains(expected), "{text}: {found:?}"),
        }
    }
}
