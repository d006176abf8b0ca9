//! `apple-mdm sign` and `verify`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apple_mdm::cms::Signed;

use crate::folder::{Folder, GOOD};
use crate::program::{Ran, run, run_in};

pub fn cms_file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/cms");
    folder.join(name).to_str().unwrap().to_owned()
}

/// Runs a subcommand that needs a key, with the same PEM file for certificate and key.
pub fn with_identity(subcommand: &str, identity: &str, input: &[u8]) -> Ran {
    let pem = cms_file(identity);
    run_in(
        Path::new("."),
        &[subcommand, "--certificate", &pem, "--key", &pem, "-"],
        input,
    )
}

/// Runs OpenSSL in a folder. Returns the output, or `None` without OpenSSL.
pub fn openssl(folder: &Folder, arguments: &[&str]) -> Option<Vec<u8>> {
    let Ok(output) = Command::new("openssl")
        .args(arguments)
        .current_dir(folder.path())
        .output()
    else {
        println!("skipped: openssl is not installed");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

#[test]
fn a_signed_profile_is_valid_and_contains_the_profile_as_it_was() {
    for identity in ["identity.pem", "ec-key.pem", "ec-384-key.pem"] {
        let ran = with_identity("sign", identity, GOOD.as_bytes());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{identity}");
        let signed = Signed::open(&ran.bytes).unwrap();
        assert!(signed.is_intact(), "{identity}");
        assert_eq!(signed.content(), GOOD.as_bytes(), "{identity}");
        // The signer and the authority above it.
        assert_eq!(signed.certificates().len(), 2, "{identity}");
    }
}

#[test]
fn openssl_verifies_what_the_program_signs() {
    for identity in ["identity.pem", "ec-key.pem", "ec-384-key.pem"] {
        let folder = Folder::new(&[("profile.mobileconfig", GOOD)]);
        let pem = cms_file(identity);
        let signed = folder.path().join("signed");
        let arguments = [
            "sign",
            "--certificate",
            &pem,
            "--key",
            &pem,
            "-o",
            signed.to_str().unwrap(),
        ];
        let file = folder.path().join("profile.mobileconfig");
        let ran = run(&[&arguments[..], &[file.to_str().unwrap()]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        let root = cms_file("root.pem");
        let verify = [
            "cms",
            "-verify",
            "-binary",
            "-no_check_time",
            "-purpose",
            "any",
            "-inform",
            "DER",
            "-in",
            "signed",
            "-CAfile",
            &root,
        ];
        if let Some(content) = openssl(&folder, &verify) {
            assert_eq!(content, GOOD.as_bytes(), "{identity}");
        }
    }
}

#[test]
fn the_program_verifies_what_openssl_signs() {
    let folder = Folder::new(&[("profile", GOOD)]);
    let (pem, root) = (cms_file("identity.pem"), cms_file("root.pem"));
    // OpenSSL includes the certificates of this file besides that of the signer.
    let text = fs::read_to_string(&pem).unwrap();
    let (authority, _) = text.rsplit_once("-----END CERTIFICATE-----").unwrap();
    let authority = authority.rsplit_once("-----BEGIN CERTIFICATE-----").unwrap().1;
    let authority = format!("-----BEGIN CERTIFICATE-----{authority}-----END CERTIFICATE-----\n");
    folder.add("authority.pem", authority.as_bytes());
    let sign = |more: &[&str]| {
        let arguments = [
            "cms", "-sign", "-binary", "-outform", "DER", "-in", "profile", "-signer", &pem, "-out", "signed",
        ];
        openssl(
            &folder,
            &[&arguments[..], &["-certfile", "authority.pem"], more].concat(),
        )
    };
    let verify = |more: &[&str]| {
        let signed = folder.path().join("signed");
        let arguments = [
            "verify",
            "--trust-roots",
            &root,
            "--ignore-validity",
            signed.to_str().unwrap(),
        ];
        run(&[&arguments[..], more].concat())
    };
    if sign(&["-nodetach"]).is_none() {
        return;
    }
    let ran = verify(&[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        ran.out
            .contains("valid and trusted by the root CN=Example Root,O=Example"),
        "{}",
        ran.out
    );

    sign(&[]);
    let ran = verify(&[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--content FILE"), "{}", ran.err);
    let content = folder.path().join("profile");
    assert_eq!(verify(&["--content", content.to_str().unwrap()]).code, 0);
    fs::write(&content, GOOD.replace(">8<", ">9<")).unwrap();
    let ran = verify(&["--content", content.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("invalid: the content was changed after it was signed"),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with(": not valid\n"), "{}", ran.out);
}

#[test]
fn verify_succeeds_only_if_the_signature_is_valid_and_trusted() {
    let root = cms_file("root.pem");
    let other = cms_file("other-root.pem");
    let content = cms_file("plain.mobileconfig");
    let roots: &[&str] = &["--trust-roots", &root, "--ignore-validity"];
    let with = |more: &[&str]| {
        [roots, more]
            .concat()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let detached = ["--content", &content, "--allow-sha1"];
    for (file, arguments, code, conclusion) in [
        (
            "p256.mobileconfig",
            with(&[]),
            0,
            "valid and trusted by the root CN=Example Root,O=Example",
        ),
        (
            "two-signers.mobileconfig",
            with(&[]),
            0,
            "valid and trusted by the root",
        ),
        ("armoured.mobileconfig", with(&[]), 0, "valid and trusted by the root"),
        (
            "p256.mobileconfig",
            vec![],
            1,
            "valid, but trust was not checked; name the root certificates with --trust-roots",
        ),
        (
            "p256.mobileconfig",
            vec!["--trust-roots".to_owned(), other],
            1,
            "valid, but not trusted: the issuer of the certificate",
        ),
        (
            "rsa-sha1.mobileconfig",
            with(&[]),
            1,
            "valid, but not trusted: the signature uses SHA-1",
        ),
        (
            "rsa-sha1.mobileconfig",
            with(&["--allow-sha1"]),
            0,
            "but the signature uses SHA-1",
        ),
        ("expired.mobileconfig", with(&[]), 0, "expired on"),
        ("rsa-md5.mobileconfig", with(&["--allow-sha1"]), 1, "not valid"),
        (
            "untrusted-root.mobileconfig",
            with(&["--allow-sha1"]),
            1,
            "valid, but not trusted",
        ),
        ("mdm-signature.txt", with(&detached), 0, "but the signature uses SHA-1"),
        (
            "mdm-signature-attached.txt",
            with(&detached),
            0,
            "but the signature uses SHA-1",
        ),
        ("detached.p7s", with(&detached[..2]), 0, "valid and trusted"),
    ] {
        let path = cms_file(file);
        let mut all = vec!["verify"];
        all.extend(arguments.iter().map(String::as_str));
        all.push(&path);
        let ran = run(&all);
        assert_eq!(ran.code, code, "{file}: {}{}", ran.out, ran.err);
        let last = ran.out.lines().last().unwrap();
        assert!(last.contains(conclusion), "{file}: {last}");
    }

    let path = cms_file("expired.mobileconfig");
    let ran = run(&["verify", "--trust-roots", &root, &path]);
    assert_eq!(ran.code, 1, "{}", ran.out);

    for (file, message) in [
        ("plain.mobileconfig", "it is not signed"),
        ("encrypted-aes128.p7m", "encrypted, so only its recipient can read it"),
        ("data.p7", "not signed"),
        (
            "detached.p7s",
            "a signature without the signed content; name the file with the content: --content FILE",
        ),
    ] {
        let ran = run(&["verify", "--trust-roots", &root, &cms_file(file)]);
        assert_eq!(ran.code, 1, "{file}");
        assert!(ran.err.contains(message), "{file}: {}", ran.err);
    }
    for arguments in [
        vec!["verify", "--trust-roots", "missing.pem", &path],
        vec!["verify", "--trust-roots", &content, &path],
        vec!["verify", "--content", "-", "-"],
        vec!["verify", "missing.mobileconfig"],
    ] {
        assert_eq!(run(&arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_signed_is_an_error_and_writes_nothing() {
    let folder = Folder::new(&[
        ("good.mobileconfig", GOOD),
        ("broken.mobileconfig", "<plist><dict>"),
        ("out", "kept"),
    ]);
    let out = folder.path().join("out");
    let place = |name: &str| folder.path().join(name);
    let good = place("good.mobileconfig");
    let identity = PathBuf::from(cms_file("identity.pem"));
    let file = |name: &str| PathBuf::from(cms_file(name));
    for (certificate, key, document, code, message) in [
        (
            &identity,
            &identity,
            &place("broken.mobileconfig"),
            1,
            "broken.mobileconfig: ",
        ),
        (
            &identity,
            &identity,
            &file("p256.mobileconfig"),
            1,
            "it is already signed",
        ),
        (&identity, &identity, &place("missing"), 2, "cannot open"),
        (
            &identity,
            &file("identity-password.key"),
            &good,
            2,
            "it is encrypted with a password; `openssl pkey -in",
        ),
        (
            &identity,
            &file("identity-password-pkcs1.key"),
            &good,
            2,
            "it is encrypted with a password",
        ),
        (
            &identity,
            &file("ec-key.pem"),
            &good,
            2,
            "the private key does not belong to the certificate of CN=identity,O=Example, the first one in",
        ),
        (
            &identity,
            &file("root.pem"),
            &good,
            2,
            "the private key cannot be used: the file has none",
        ),
        (&good, &identity, &good, 2, "it has no certificate"),
        (&place("missing"), &identity, &good, 2, "cannot open"),
    ] {
        let arguments = [
            Path::new("sign"),
            "--certificate".as_ref(),
            certificate,
            "--key".as_ref(),
            key,
        ];
        let arguments = [&arguments[..], &["-o".as_ref(), &out, document]].concat();
        let arguments: Vec<&str> = arguments.iter().map(|path| path.to_str().unwrap()).collect();
        let ran = run(&arguments);
        assert_eq!(ran.code, code, "{message}: {}", ran.err);
        assert!(ran.err.contains(message), "{}", ran.err);
        assert_eq!(fs::read_to_string(&out).unwrap(), "kept");
        // The messages show no line of a key.
        for line in fs::read_to_string(key)
            .unwrap_or_default()
            .lines()
            .filter(|line| line.len() == 64)
        {
            assert!(!ran.err.contains(line));
        }
    }
    let ran = with_identity(
        "sign",
        "identity.pem",
        br#"{"Type": "com.apple.configuration.passcode.settings"}"#,
    );
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("not a configuration profile"), "{}", ran.err);
}
