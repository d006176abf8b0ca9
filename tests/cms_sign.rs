//! Signing, encrypting and decrypting, in both directions with OpenSSL.
#![cfg(feature = "cms-sign")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apple_mdm::cms::{
    self, Certificate, Error, Identity, Policy, Roots, SignatureAlgorithm, Signed, SigningKey, Trust, decrypt, encrypt,
    sign,
};
use apple_mdm::input::Limits;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cms").join(name)
}

fn data(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn plain() -> Vec<u8> {
    data("plain.mobileconfig")
}

fn identity(name: &str) -> Identity {
    let pem = data(&format!("{name}.pem"));
    Identity::from_pem(&pem, &pem).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Runs OpenSSL with the input in the file `in`. Returns the output, or `None` without OpenSSL.
fn openssl(name: &str, input: &[u8], arguments: &[&str]) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("in"), input).unwrap();
    let output = Command::new("openssl").args(arguments).current_dir(&folder).output();
    let Ok(output) = output else {
        println!("skipped: openssl is not installed");
        return None;
    };
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(output.stdout)
}

#[test]
fn signed_messages_are_valid_and_trusted() {
    let policy = Policy::new(Roots::from_pem(&data("root.pem")).unwrap()).at("2026-12-01T00:00:00Z".parse().unwrap());
    let cases = [
        ("identity", "RSA PKCS#1 v1.5 with SHA-256"),
        ("ec-key", "ECDSA with SHA-256"),
        ("ec-384-key", "ECDSA with SHA-256"),
    ];
    for (name, algorithm) in cases {
        for content in [plain(), Vec::new(), vec![0; 70_000]] {
            let message = sign(&content, &identity(name)).unwrap();
            let signed = Signed::open(&message).unwrap();
            assert_eq!(signed.content(), content, "{name}");
            assert!(signed.is_intact(), "{name}: {:?}", signed.signers());
            let signer = &signed.signers()[0];
            assert_eq!(signer.subject(), Some(&*format!("CN={name},O=Example")));
            assert_eq!(signer.signature_algorithm(), Some(algorithm), "{name}");
            assert_eq!(signer.digest_algorithm(), Some("SHA-256"), "{name}");
            assert!(signer.signing_time().is_some(), "{name}");
            assert_eq!(signed.certificates().len(), 2, "{name}");
            assert!(matches!(signed.verify(&policy), Trust::Trusted { .. }), "{name}");
        }
    }
}

#[test]
fn openssl_verifies_signed_messages() {
    let root = path("root.pem");
    for name in ["identity", "ec-key", "ec-384-key"] {
        let message = sign(&plain(), &identity(name)).unwrap();
        let root = root.to_str().unwrap();
        let arguments = [
            "cms", "-verify", "-binary", "-purpose", "any", "-inform", "DER", "-in", "in", "-CAfile", root,
        ];
        if let Some(content) = openssl(&format!("verify-{name}"), &message, &arguments) {
            assert_eq!(content, plain(), "{name}");
        }
    }
}

#[test]
fn keys_are_read_in_every_format() {
    let cases = [
        ("identity.pem", "identity-pkcs1.key"),
        ("ec-key.pem", "ec-key-sec1.key"),
    ];
    for (certificate, key) in cases {
        let identity = Identity::from_pem(&data(certificate), &data(key)).unwrap();
        let message = sign(b"content", &identity).unwrap();
        assert!(Signed::open(&message).unwrap().is_intact(), "{key}");
    }
}

#[test]
fn unusable_keys_are_errors_with_a_reason() {
    let mismatch =
        |subject: &str| format!("the private key does not belong to the certificate of CN={subject},O=Example");
    let cases = [
        ("identity.pem", "ec-key.pem", mismatch("identity")),
        ("ec-key.pem", "ec-384-key.pem", mismatch("ec-key")),
        ("root.pem", "identity.pem", mismatch("Example Root")),
        (
            "identity.pem",
            "identity-password.key",
            "the private key cannot be used: it is encrypted with a password".to_owned(),
        ),
        (
            "identity.pem",
            "identity-password-pkcs1.key",
            "the private key cannot be used: it is encrypted with a password".to_owned(),
        ),
        (
            "identity.pem",
            "root.pem",
            "the private key cannot be used: the file has none".to_owned(),
        ),
        (
            "plain.mobileconfig",
            "identity.pem",
            "a broken PEM file: it has no certificate".to_owned(),
        ),
    ];
    for (certificate, key, want) in cases {
        let error = Identity::from_pem(&data(certificate), &data(key)).unwrap_err();
        assert_eq!(error.to_string(), want, "{certificate} {key}");
    }
    // A damaged key is an error or, if only the redundant parts are damaged, the same key; it is never another key.
    let key = String::from_utf8(data("identity-pkcs1.key")).unwrap();
    for index in (40..key.len()).step_by(60) {
        let mut damaged = key.clone().into_bytes();
        damaged[index] = if damaged[index] == b'A' { b'B' } else { b'A' };
        if let Ok(identity) = Identity::from_pem(&data("identity.pem"), &damaged) {
            let message = sign(b"content", &identity).unwrap();
            assert!(Signed::open(&message).unwrap().is_intact(), "{index}");
        }
    }
}

#[test]
fn a_private_key_is_not_shown() {
    let debug = format!("{:?}", identity("identity"));
    assert!(
        debug.contains("CN=identity,O=Example") && !debug.contains("key:"),
        "{debug}"
    );
}

/// A key whose hardware is not connected.
struct Hardware(Identity, Result<(), &'static str>);

impl SigningKey for Hardware {
    fn certificate(&self) -> &Certificate {
        self.0.certificate()
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.0.algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        self.1?;
        self.0.sign(message)
    }
}

#[test]
fn other_keys_can_sign() {
    let key: Box<dyn SigningKey> = Box::new(Hardware(identity("ec-key"), Ok(())));
    let signed = Signed::open(&sign(b"content", &*key).unwrap()).unwrap();
    assert!(signed.is_intact());
    assert_eq!(signed.certificates().len(), 1);
    let key = Hardware(identity("ec-key"), Err("no token"));
    let error = sign(b"content", &key).unwrap_err();
    assert_eq!(error.to_string(), "signing failed: no token");
}

#[test]
fn messages_that_openssl_encrypted_are_decrypted() {
    let identity = identity("identity");
    for name in ["aes128", "aes192-streamed", "aes256-key-identifier", "3des", "several"] {
        let message = data(&format!("encrypted-{name}.p7m"));
        let content = decrypt(&message, &identity, &Limits::default());
        assert_eq!(content, Ok(plain()), "{name}");
    }
}

#[test]
fn openssl_decrypts_encrypted_messages() {
    let recipient = path("identity.pem");
    let recipient = recipient.to_str().unwrap();
    for length in [0, 1, 15, 16, 17, 5000] {
        let content = vec![b'x'; length];
        let message = encrypt(&content, identity("identity").certificate()).unwrap();
        let arguments = [
            "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "in", "-recip", recipient, "-inkey", recipient,
        ];
        if let Some(decrypted) = openssl(&format!("decrypt-{length}"), &message, &arguments) {
            assert_eq!(decrypted, content, "{length}");
        }
    }
}

#[test]
fn encrypted_content_is_decrypted_unchanged() {
    let identity = identity("identity");
    for length in 0..40 {
        let content = vec![b'x'; length];
        let message = encrypt(&content, identity.certificate()).unwrap();
        assert_eq!(cms::kind(&message), Some(cms::Kind::Encrypted));
        assert_eq!(decrypt(&message, &identity, &Limits::default()), Ok(content));
        // Each message has a key of its own.
        assert_ne!(
            encrypt(b"", identity.certificate()),
            encrypt(b"", identity.certificate())
        );
    }
}

#[test]
fn what_cannot_be_decrypted_is_an_error_with_a_reason() {
    let own = identity("identity");
    let cases = [
        (
            "encrypted-ec.p7m",
            "the recipient is not supported: the message is for an EC key; only RSA keys can decrypt",
        ),
        ("encrypted-oaep.p7m", "the encryption is not supported: RSA-OAEP"),
        (
            "encrypted-gcm.p7m",
            "the encryption is not supported: 1.2.840.113549.1.9.16.1.23",
        ),
        ("enveloped.p7m", "the message is not encrypted for this certificate"),
        (
            "rsa.mobileconfig",
            "a CMS message that is not encrypted but has the type 1.2.840.113549.1.7.2",
        ),
        ("plain.mobileconfig", "not a CMS message"),
    ];
    for (name, want) in cases {
        let error = decrypt(&data(name), &own, &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), want, "{name}");
    }
    let message = data("encrypted-several.p7m");
    assert_eq!(
        decrypt(&message, &identity("ec-key"), &Limits::default())
            .unwrap_err()
            .to_string(),
        "the recipient is not supported: the message is for an EC key; only RSA keys can decrypt"
    );
    let limits = Limits::default().with_size(100);
    assert_eq!(decrypt(&message, &own, &limits), Err(Error::TooLarge { limit: 100 }));

    let recipients = [
        (
            "ec-key.pem",
            "the certificate of CN=ec-key,O=Example has an EC key; only RSA keys can be encrypted for",
        ),
        (
            "root.pem",
            "the certificate of CN=Example Root,O=Example has an EC key; only RSA keys can be encrypted for",
        ),
    ];
    for (name, want) in recipients {
        let error = encrypt(b"", &Certificate::from_pem(&data(name)).unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the recipient is not supported: {want}"),
            "{name}"
        );
    }
    let signed = Signed::open(&data("short-key.mobileconfig")).unwrap();
    let short = signed
        .certificates()
        .find(|c| c.subject() == "CN=short,O=Example")
        .unwrap();
    assert_eq!(
        encrypt(b"", short).unwrap_err().to_string(),
        "the recipient is not supported: the certificate of CN=short,O=Example has an RSA key of less than 2048 bits"
    );
}

/// All errors that depend on the private key are the same one, so that they do not reveal anything about the content.
#[test]
fn a_changed_message_is_decrypted_to_other_content_or_to_one_and_the_same_error() {
    let identity = identity("identity");
    let message = data("encrypted-3des.p7m");
    let key_at = message.windows(4).position(|bytes| bytes == [4, 0x82, 1, 0]).unwrap() + 4;
    for (index, change) in (key_at..key_at + 256)
        .step_by(37)
        .zip([1, 0x80, 0xff, 7].into_iter().cycle())
    {
        let mut changed = message.clone();
        changed[index] ^= change;
        match decrypt(&changed, &identity, &Limits::default()) {
            Ok(content) => assert_ne!(content, plain(), "{index}"),
            Err(error) => assert_eq!(error, Error::Decryption, "{index}"),
        }
    }
    let mut errors = 0;
    for change in 1..=255 {
        let mut changed = message.clone();
        let last = changed.len() - 9;
        changed[last] ^= change;
        match decrypt(&changed, &identity, &Limits::default()) {
            Ok(content) => assert_ne!(content, plain(), "{change}"),
            Err(error) => {
                assert_eq!(error, Error::Decryption, "{change}");
                errors += 1;
            }
        }
    }
    assert!(errors > 200);
    for end in (0..message.len()).step_by(13) {
        assert!(
            decrypt(&message[..end], &identity, &Limits::default()).is_err(),
            "{end}"
        );
    }
}

#[cfg(all(feature = "profiles", feature = "commands"))]
mod profiles {
    use apple_mdm::Document;
    use apple_mdm::commands::InstallProfile;
    use apple_mdm::profiles::{Content, Passcode, PayloadEntry, Profile};

    use super::*;

    fn profile() -> Profile {
        let passcode = Passcode {
            min_length: Some(8),
            ..Passcode::default()
        };
        let entry = PayloadEntry::new("com.example.passcode", "65A1E5B6-6A09-4A66-92A0-9A9A4BD23E43", passcode);
        Profile::new("com.example", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry])
    }

    #[test]
    fn a_profile_is_encrypted_signed_and_installed() {
        let identity = identity("identity");
        let mut encrypted = profile();
        encrypted.encrypt_for(identity.certificate()).unwrap();
        let Content::Encrypted(message) = &encrypted.content else {
            panic!("not encrypted");
        };
        // The message contains the array of payloads as a property list.
        let payloads = decrypt(message, &identity, &Limits::default()).unwrap();
        assert_eq!(
            Vec::<PayloadEntry>::from_slice(&payloads).unwrap(),
            profile().payloads()
        );
        // Encrypting it again changes nothing.
        let mut twice = encrypted.clone();
        twice.encrypt_for(identity.certificate()).unwrap();
        assert_eq!(twice, encrypted);

        let command = InstallProfile::new(encrypted.sign(&identity).unwrap());
        let (mut received, signed) = cms::from_slice::<Profile>(&command.payload).unwrap();
        assert!(signed.unwrap().is_intact());
        assert_eq!(received, encrypted);
        received.decrypt(&identity, &Limits::default()).unwrap();
        assert_eq!(received, profile());
        received.decrypt(&identity, &Limits::default()).unwrap();
        assert_eq!(received, profile());
    }

    #[test]
    fn a_profile_that_cannot_be_decrypted_is_unchanged() {
        let mut profile = Profile::from_slice(&data("encrypted.mobileconfig")).unwrap();
        let before = profile.clone();
        let error = profile.decrypt(&identity("identity"), &Limits::default()).unwrap_err();
        assert_eq!(error, Error::NotRecipient);
        assert_eq!(profile, before);

        let own = identity("identity");
        profile.content = Content::Encrypted(encrypt(b"<plist><dict/></plist>", own.certificate()).unwrap().into());
        let before = profile.clone();
        assert!(matches!(
            profile.decrypt(&own, &Limits::default()),
            Err(Error::Document(_))
        ));
        assert_eq!(profile, before);
    }
}
