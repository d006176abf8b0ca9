//! `apple-mdm encrypt` and `decrypt`

use std::fs;
use std::path::Path;

use apple_mdm::Document;
use apple_mdm::cms::{self, Identity};
use apple_mdm::value::Value;

use crate::folder::{Folder, GOOD};
use crate::program::{Ran, run_in};
use crate::signatures::{cms_file, openssl, with_identity};

fn bytes(name: &str) -> Vec<u8> {
    fs::read(cms_file(name)).unwrap()
}

fn encrypted_for(identity: &str, input: &[u8]) -> Ran {
    run_in(Path::new("."), &["encrypt", "--for", &cms_file(identity), "-"], input)
}

#[test]
fn decrypt_reverses_encrypt_in_both_formats() {
    let xml = Value::from_slice(GOOD.as_bytes()).unwrap();
    for input in [GOOD.as_bytes().to_vec(), xml.to_binary().unwrap()] {
        let encrypted = encrypted_for("identity.pem", &input);
        assert_eq!((encrypted.code, encrypted.err.as_str()), (0, ""));
        let value = Value::from_slice(&encrypted.bytes).unwrap();
        let keys: Vec<&str> = value.as_dictionary().unwrap().iter().map(|(key, _)| key).collect();
        assert_eq!(keys[0], "EncryptedPayloadContent");
        assert_eq!(
            keys[1..],
            [
                "PayloadDisplayName",
                "PayloadIdentifier",
                "PayloadType",
                "PayloadUUID",
                "PayloadVersion"
            ]
        );
        assert_eq!(encrypted.bytes.starts_with(b"bplist"), input.starts_with(b"bplist"));

        let decrypted = with_identity("decrypt", "identity.pem", &encrypted.bytes);
        assert_eq!((decrypted.code, decrypted.err.as_str()), (0, ""));
        assert_eq!(Value::from_slice(&decrypted.bytes).unwrap(), xml);
        assert_eq!(decrypted.bytes.starts_with(b"bplist"), input.starts_with(b"bplist"));

        // Encrypt, then sign: devices get such profiles.
        let signed = with_identity("sign", "ec-key.pem", &encrypted.bytes);
        let decrypted = with_identity("decrypt", "identity.pem", &signed.bytes);
        assert_eq!(decrypted.code, 0);
        assert!(
            decrypted.err.contains("it is signed; the output is not"),
            "{}",
            decrypted.err
        );
        assert_eq!(Value::from_slice(&decrypted.bytes).unwrap(), xml);
        let mut forged = signed.bytes;
        let at = forged
            .windows(17)
            .position(|bytes| bytes == b"com.example.login")
            .unwrap();
        forged[at] = b'x';
        let ran = with_identity("decrypt", "identity.pem", &forged);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.contains("the signature is invalid"), "{}", ran.err);
    }
}

#[test]
fn openssl_and_the_program_decrypt_what_the_other_encrypts() {
    let pem = cms_file("identity.pem");
    let value = Value::from_slice(GOOD.as_bytes()).unwrap();
    let payloads = value.get("PayloadContent").unwrap().to_xml().unwrap();
    let folder = Folder::new(&[("payloads", &payloads)]);

    let encrypted = Value::from_slice(&encrypted_for("identity.pem", GOOD.as_bytes()).bytes).unwrap();
    let message = encrypted.get("EncryptedPayloadContent").unwrap().as_data().unwrap();
    fs::write(folder.path().join("message"), message).unwrap();
    let decrypt = [
        "cms", "-decrypt", "-inform", "DER", "-in", "message", "-recip", &pem, "-inkey", &pem,
    ];
    let Some(decrypted) = openssl(&folder, &decrypt) else {
        return;
    };
    assert_eq!(
        Value::from_slice(&decrypted).unwrap(),
        *value.get("PayloadContent").unwrap()
    );

    for cipher in ["-aes128", "-aes-192-cbc", "-aes256", "-des3"] {
        let encrypt = [
            "cms", "-encrypt", "-binary", cipher, "-outform", "DER", "-in", "payloads", &pem,
        ];
        let message = openssl(&folder, &encrypt).unwrap();
        let mut profile = value.as_dictionary().unwrap().clone();
        profile.remove("PayloadContent");
        profile.insert("EncryptedPayloadContent", apple_mdm::value::Data::from(message));
        let ran = with_identity(
            "decrypt",
            "identity.pem",
            Value::from(profile).to_xml().unwrap().as_bytes(),
        );
        assert_eq!(ran.code, 0, "{cipher}: {}", ran.err);
        assert_eq!(Value::from_slice(&ran.bytes).unwrap(), value, "{cipher}");
    }
}

#[test]
fn what_cannot_be_encrypted_or_decrypted_is_an_error() {
    let encrypted = encrypted_for("identity.pem", GOOD.as_bytes()).bytes;
    let without = GOOD.replace("PayloadContent", "Other");
    let json = r#"{"PayloadType": "Configuration", "PayloadContent": []}"#;
    for (identity, input, code, message) in [
        (
            "ec-key.pem",
            GOOD.as_bytes(),
            1,
            "has an EC key; only RSA keys can be encrypted for",
        ),
        ("plain.mobileconfig", GOOD.as_bytes(), 2, "it has no certificate"),
        ("identity.pem", &encrypted, 1, "the profile is already encrypted"),
        (
            "identity.pem",
            without.as_bytes(),
            1,
            "the profile has no PayloadContent to encrypt",
        ),
        (
            "identity.pem",
            b"<plist><dict><key>A</key><true/></dict></plist>",
            1,
            "not a configuration profile",
        ),
        ("identity.pem", json.as_bytes(), 1, "`apple-mdm convert --to xml`"),
        ("identity.pem", b"", 1, "-: "),
    ] {
        let ran = encrypted_for(identity, input);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{message}: {}", ran.err);
        assert!(ran.err.contains(message), "{}", ran.err);
    }

    // An encrypted message that is no list of payloads. The error does not show what is in it.
    let pem = bytes("identity.pem");
    let identity = Identity::from_pem(&pem, &pem).unwrap();
    let secret = cms::encrypt(
        b"<plist><string>hunter2</string></plist>",
        cms::SigningKey::certificate(&identity),
    )
    .unwrap();
    let secret = Value::from(apple_mdm::value::Data::from(secret)).to_xml().unwrap();
    let secret = secret
        .split_once("<data>")
        .unwrap()
        .1
        .split_once("</data>")
        .unwrap()
        .0
        .to_owned();
    let secret = format!("<plist><dict><key>EncryptedPayloadContent</key><data>{secret}</data></dict></plist>");
    for (identity, input, message) in [
        (
            "identity.pem",
            GOOD.as_bytes(),
            "the profile is not encrypted: it has no EncryptedPayloadContent",
        ),
        (
            "ec-key.pem",
            &encrypted,
            "the message is not encrypted for this certificate",
        ),
        (
            "identity.pem",
            &bytes("encrypted.mobileconfig"),
            "the message is not encrypted for this certificate",
        ),
        (
            "identity.pem",
            secret.as_bytes(),
            "the decrypted content is not a list of payloads",
        ),
        (
            "identity.pem",
            b"<plist><dict><key>EncryptedPayloadContent</key><string>x</string></dict></plist>",
            "EncryptedPayloadContent is not data",
        ),
    ] {
        let ran = with_identity("decrypt", identity, input);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{message}: {}", ran.err);
        assert!(
            ran.err.contains(message) && !ran.err.contains("hunter2"),
            "{message}: {}",
            ran.err
        );
    }
}
