//! Signed messages: their content, their signers, and what is wrong with invalid ones.
#![cfg(feature = "cms")]

use std::fs;
use std::path::{Path, PathBuf};

use apple_mdm::cms::{
    self, Broken, Error, Integrity, Kind, Policy, Roots, Signed, Trust, Untrusted, Unverified, kind,
    verify_mdm_signature,
};
use apple_mdm::input::Limits;
use apple_mdm::value::Date;

mod shared;

/// Encodes bytes as base64, using the `<data>` element that the writer produces.
fn base64(bytes: &[u8]) -> String {
    use apple_mdm::Document;
    let xml = apple_mdm::value::Value::from(apple_mdm::value::Data(bytes.to_vec()))
        .to_xml()
        .unwrap();
    let (_, data) = xml.split_once("<data>").unwrap();
    data.split_once("</data>").unwrap().0.to_owned()
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cms").join(name)
}

fn data(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn plain() -> Vec<u8> {
    data("plain.mobileconfig")
}

fn open(name: &str) -> Signed {
    Signed::open(&data(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn roots() -> Roots {
    Roots::from_pem(&data("root.pem")).unwrap()
}

fn date(date: &str) -> Date {
    date.parse().unwrap()
}

/// A time at which all certificates are valid except those that are meant to be expired.
fn valid_time() -> Date {
    date("2026-12-01T00:00:00Z")
}

fn trusted() -> Trust {
    Trust::Trusted {
        root: "CN=Example Root,O=Example".to_owned(),
        exceptions: Vec::new(),
    }
}

/// The strict policy at the valid time.
fn strict() -> Policy {
    Policy::new(roots()).at(valid_time())
}

fn example(name: &str) -> String {
    format!("CN={name},O=Example")
}

#[test]
fn signatures_with_supported_algorithms_are_valid_and_trusted() {
    let cases = [
        ("rsa.mobileconfig", "SHA-256", "RSA PKCS#1 v1.5 with SHA-256", "rsa"),
        (
            "rsa-sha512.mobileconfig",
            "SHA-512",
            "RSA PKCS#1 v1.5 with SHA-512",
            "rsa",
        ),
        (
            "rsa-no-attributes.mobileconfig",
            "SHA-256",
            "RSA PKCS#1 v1.5 with SHA-256",
            "rsa",
        ),
        ("rsa-pss.mobileconfig", "SHA-256", "RSA-PSS with SHA-256", "rsa"),
        ("p256.mobileconfig", "SHA-256", "ECDSA with SHA-256", "p256"),
        (
            "p256-no-attributes.mobileconfig",
            "SHA-256",
            "ECDSA with SHA-256",
            "p256",
        ),
        ("p384.mobileconfig", "SHA-384", "ECDSA with SHA-384", "p384"),
        (
            "p384-no-attributes.mobileconfig",
            "SHA-256",
            "ECDSA with SHA-256",
            "p384",
        ),
        ("key-identifier.mobileconfig", "SHA-256", "ECDSA with SHA-256", "p256"),
        ("streamed.mobileconfig", "SHA-256", "ECDSA with SHA-256", "p256"),
        ("armoured.mobileconfig", "SHA-256", "ECDSA with SHA-256", "p256"),
    ];
    for (name, digest, signature, subject) in cases {
        let signed = open(name);
        assert_eq!(signed.content(), plain(), "{name}");
        assert!(signed.is_intact(), "{name}: {:?}", signed.signers());
        let [signer] = signed.signers() else {
            panic!("{name}: {:?}", signed.signers());
        };
        assert_eq!(signer.digest_algorithm(), Some(digest), "{name}");
        assert_eq!(signer.signature_algorithm(), Some(signature), "{name}");
        assert_eq!(signer.subject(), Some(&*example(subject)), "{name}");
        assert_eq!(signer.issuer(), Some("CN=Example Intermediate,O=Example"), "{name}");
        assert_eq!(
            signer.signing_time().is_some(),
            !name.contains("no-attributes"),
            "{name}"
        );
        let certificate = signer.certificate().unwrap();
        assert_eq!(certificate.not_before(), date("2026-01-01T00:00:00Z"), "{name}");
        assert_eq!(certificate.not_after(), date("2035-12-31T23:59:59Z"), "{name}");
        assert!(certificate.serial().len() > 30, "{name}");
        assert_eq!(signed.certificates().len(), 2, "{name}");
        assert_eq!(signed.trust(&roots(), valid_time()), trusted(), "{name}");
        assert_eq!(
            signed.trust(&Roots::default(), valid_time()),
            Trust::NotChecked,
            "{name}"
        );
    }
}

#[test]
fn unsupported_algorithms_are_named_and_the_content_is_read() {
    let weak = |algorithm: &str| Unverified::WeakAlgorithm {
        algorithm: algorithm.to_owned(),
    };
    let unsupported = |algorithm: &str| Unverified::UnsupportedAlgorithm {
        algorithm: algorithm.to_owned(),
    };
    let key = |key: &str| Unverified::UnsupportedKey { key: key.to_owned() };
    let cases = [
        ("rsa-md5.mobileconfig", weak("MD5")),
        ("rsa-sha224.mobileconfig", unsupported("SHA-224")),
        ("p521.mobileconfig", key("an EC key on P-521")),
        ("no-certificates.mobileconfig", Unverified::NoCertificate),
    ];
    for (name, why) in cases {
        let signed = open(name);
        assert_eq!(signed.content(), plain(), "{name}");
        assert!(!signed.is_intact(), "{name}");
        let signer = &signed.signers()[0];
        assert_eq!(*signer.integrity(), Integrity::Unverified(why.clone()), "{name}");
        assert!(signer.issuer().is_some() && signer.serial().is_some(), "{name}");
        assert_eq!(
            signed.trust(&roots(), valid_time()),
            Trust::Untrusted(Untrusted::Unverified(why)),
            "{name}"
        );
    }
}

#[test]
fn changed_content_makes_the_signature_invalid() {
    for name in ["rsa.mobileconfig", "p256.mobileconfig", "streamed.mobileconfig"] {
        let signed = Signed::open(&tampered(&data(name))).unwrap();
        assert!(signed.content().ends_with(b"<!--list-->\n"), "{name}");
        assert_eq!(
            *signed.signers()[0].integrity(),
            Integrity::Broken(Broken::Content),
            "{name}"
        );
        assert!(!signed.is_intact(), "{name}");
        assert_eq!(
            signed.trust(&roots(), valid_time()),
            Trust::Untrusted(Untrusted::Broken(Broken::Content)),
            "{name}"
        );
    }
    for name in ["rsa-no-attributes.mobileconfig", "p384-no-attributes.mobileconfig"] {
        let signed = Signed::open(&tampered(&data(name))).unwrap();
        assert_eq!(
            *signed.signers()[0].integrity(),
            Integrity::Broken(Broken::Signature),
            "{name}"
        );
    }
}

/// Changes the last lines of the content without changing its length.
fn tampered(message: &[u8]) -> Vec<u8> {
    let changed = String::from_utf8(message.iter().map(|&b| if b.is_ascii() { b } else { b'?' }).collect()).unwrap();
    let at = changed.find("\n</dict>\n</plist>\n").unwrap();
    let mut message = message.to_vec();
    let text = b"\n</dict></plist>\n".len();
    message[at..at + text + 1].copy_from_slice(b"\n     <!--list-->\n");
    message
}

#[test]
fn changed_signed_attributes_make_the_signature_invalid() {
    let message = data("p256.mobileconfig");
    // The signing time is an attribute that only the signature itself covers.
    let time = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5];
    let at = message.windows(time.len()).rposition(|window| window == time).unwrap();
    let mut changed = message.clone();
    // The set, the time, and the last digit of the year.
    changed[at + time.len() + 5] ^= 1;
    let signed = Signed::open(&changed).unwrap();
    assert_ne!(
        signed.signers()[0].signing_time(),
        open("p256.mobileconfig").signers()[0].signing_time()
    );
    assert_eq!(*signed.signers()[0].integrity(), Integrity::Broken(Broken::Signature));
}

fn outside_constraints(subject: &str) -> Untrusted {
    Untrusted::NameConstraints {
        subject: example(subject),
        authority: example("Constrained Intermediate"),
    }
}

#[test]
fn only_sound_certificate_chains_are_trusted() {
    let cases = [
        (
            "expired",
            Err(Untrusted::Expired {
                subject: example("expired"),
                not_after: date("2021-01-01T23:59:59Z"),
            }),
        ),
        (
            "short-key",
            Err(Untrusted::WeakKey {
                subject: example("short"),
            }),
        ),
        (
            "self-signed",
            Err(Untrusted::UntrustedRoot {
                subject: example("selfsigned"),
            }),
        ),
        (
            "no-intermediate",
            Err(Untrusted::UnknownIssuer {
                subject: example("p256"),
                issuer: example("Example Intermediate"),
            }),
        ),
        (
            "issued-by-no-authority",
            Err(Untrusted::NotAnAuthority {
                subject: example("p256"),
            }),
        ),
        (
            "path-too-long",
            Err(Untrusted::PathTooLong {
                subject: example("Example Intermediate"),
            }),
        ),
        (
            "untrusted-root",
            Err(Untrusted::UntrustedRoot {
                subject: example("Other Root"),
            }),
        ),
        // A root is missing for one of the chains, but not for the other.
        (
            "expired-or-unknown",
            Err(Untrusted::Expired {
                subject: example("Cross Intermediate"),
                not_after: date("2021-01-01T23:59:59Z"),
            }),
        ),
        (
            "sha1-certificate",
            Err(Untrusted::Sha1Certificate {
                subject: example("Weak Intermediate"),
            }),
        ),
        ("name-constraints-email", Ok(())),
        ("name-constraints-other-email", Err(outside_constraints("other-email"))),
        (
            "name-constraints-excluded-host",
            Err(outside_constraints("excluded-host")),
        ),
        (
            "name-constraints-common-name",
            Err(outside_constraints("host.example.org")),
        ),
        ("name-constraints-critical-email", Ok(())),
        ("name-constraints-critical-excluded-host", Ok(())),
        (
            "name-constraints-critical-other-email",
            Err(outside_constraints("other-email")),
        ),
        (
            "not-for-signing",
            Err(Untrusted::NotForSigning {
                subject: example("encipherment"),
            }),
        ),
        (
            "critical-extension",
            Err(Untrusted::CriticalExtension {
                subject: example("critical"),
                extension: "1.3.6.1.4.1.55555.1".to_owned(),
            }),
        ),
        (
            "false-issuer",
            Err(Untrusted::CertificateSignature {
                subject: example("p256"),
            }),
        ),
        ("marked-by-apple", Ok(())),
        ("same-name", Ok(())),
        ("two-signers", Ok(())),
    ];
    for (name, want) in cases {
        let signed = open(&format!("{name}.mobileconfig"));
        assert!(signed.is_intact(), "{name}: {:?}", signed.signers());
        let want = want.map_or_else(Trust::Untrusted, |()| trusted());
        assert_eq!(signed.trust(&roots(), valid_time()), want, "{name}");
    }
    let other = Roots::from_pem(&data("other-root.pem")).unwrap();
    assert_eq!(
        open("p256.mobileconfig").trust(&other, valid_time()),
        Trust::Untrusted(Untrusted::UnknownIssuer {
            subject: example("Example Intermediate"),
            issuer: example("Example Root"),
        })
    );
    let itself = Roots::from_pem(&data("self-signed.pem")).unwrap();
    assert_eq!(
        open("self-signed.mobileconfig").trust(&itself, valid_time()),
        Trust::Trusted {
            root: example("selfsigned"),
            exceptions: Vec::new(),
        }
    );
}

#[test]
fn each_certificate_of_a_chain_must_be_valid_at_the_given_time() {
    let signed = open("p256.mobileconfig");
    let expired = |subject: &str, not_after: &str| {
        Trust::Untrusted(Untrusted::Expired {
            subject: example(subject),
            not_after: date(not_after),
        })
    };
    let cases = [
        (
            "2025-12-31T23:59:59Z",
            Trust::Untrusted(Untrusted::NotYetValid {
                subject: example("p256"),
                not_before: date("2026-01-01T00:00:00Z"),
            }),
        ),
        ("2026-01-01T00:00:00Z", trusted()),
        ("2035-12-31T23:59:59Z", trusted()),
        ("2035-12-31T23:59:59.5Z", trusted()),
        ("2036-01-01T00:00:00Z", expired("p256", "2035-12-31T23:59:59Z")),
    ];
    for (at, want) in cases {
        assert_eq!(signed.trust(&roots(), date(at)), want, "{at}");
    }
    let expired_then = open("expired.mobileconfig");
    assert_eq!(expired_then.trust(&roots(), date("2020-06-01T00:00:00Z")), trusted());
}

#[test]
fn a_document_is_read_whether_or_not_it_is_signed() {
    use apple_mdm::value::Value;
    let (unsigned, signed) = cms::from_slice::<Value>(&plain()).unwrap();
    assert!(signed.is_none());
    for name in ["rsa.mobileconfig", "streamed.mobileconfig", "armoured.mobileconfig"] {
        let (value, signed) = cms::from_slice::<Value>(&data(name)).unwrap();
        assert_eq!(value, unsigned, "{name}");
        assert!(signed.unwrap().is_intact(), "{name}");
    }
    assert_eq!(
        cms::from_slice::<Value>(&data("enveloped.p7m")).unwrap_err(),
        Error::Encrypted
    );
    assert!(matches!(
        cms::from_slice::<Value>(b"<plist><dict>"),
        Err(Error::Document(_))
    ));
    let limits = Limits::default().with_size(1000);
    assert_eq!(
        cms::from_slice_with::<Value>(&data("rsa.mobileconfig"), &limits).unwrap_err(),
        Error::TooLarge { limit: 1000 }
    );
}

#[test]
fn a_detached_signature_is_verified() {
    let signature = data("detached.p7s");
    let signed = Signed::open_detached(&signature, &plain()).unwrap();
    assert!(signed.is_intact());
    assert_eq!(signed.into_content(), plain());
    let other = Signed::open_detached(&signature, b"<plist/>").unwrap();
    assert_eq!(*other.signers()[0].integrity(), Integrity::Broken(Broken::Content));
    assert_eq!(Signed::open(&signature).unwrap_err(), Error::Detached);
    let whole = data("rsa.mobileconfig");
    assert!(Signed::open_detached(&whole, &plain()).unwrap().is_intact());
    assert_eq!(
        Signed::open_detached(&whole, b"<plist/>").unwrap_err(),
        Error::OtherContent
    );
    let limits = Limits::default().with_size(100);
    for content in [&plain()[..], b""] {
        assert_eq!(
            Signed::open_detached_with(&signature, content, &limits).unwrap_err(),
            Error::TooLarge { limit: 100 }
        );
    }
}

#[test]
fn a_root_certificate_of_version_1_is_trusted() {
    let roots = Roots::from_pem(&data("v1-root.pem")).unwrap();
    let signed = open("v1-root.mobileconfig");
    assert_eq!(
        signed.trust(&roots, valid_time()).to_string(),
        "trusted by the root CN=Old Root,O=Example"
    );
}

/// A policy, a message, and the result as text.
#[test]
fn a_policy_allows_exceptions_and_the_result_names_them() {
    let allowed = "trusted by the root CN=Example Root,O=Example";
    let sha1 = "the signature uses SHA-1";
    let expired = "the certificate of CN=expired,O=Example expired on 2021-01-01T23:59:59Z";
    let intermediate = "the certificate of CN=Cross Intermediate,O=Example expired on 2021-01-01T23:59:59Z";
    let short = "the certificate of CN=short,O=Example has an RSA key of less than 2048 bits";
    let weak = "the certificate of CN=Weak Intermediate,O=Example is signed with SHA-1";
    let cases = [
        (
            "rsa",
            strict().allow_sha1(true).ignore_validity(true).allow_short_rsa(true),
            Ok(None),
        ),
        ("rsa-sha1", strict(), Err(sha1)),
        ("rsa-sha1", strict().allow_sha1(true), Ok(Some(sha1))),
        (
            "rsa-sha1",
            strict().ignore_validity(true).allow_short_rsa(true),
            Err(sha1),
        ),
        ("rsa-pss-sha1", strict().allow_sha1(true), Ok(Some(sha1))),
        ("p256-sha1", strict().allow_sha1(true), Ok(Some(sha1))),
        ("p384-sha1", strict().allow_sha1(true), Ok(Some(sha1))),
        ("sha1-certificate", strict().allow_sha1(true), Ok(Some(weak))),
        ("expired", strict(), Err(expired)),
        ("expired", strict().ignore_validity(true), Ok(Some(expired))),
        ("expired", strict().allow_sha1(true).allow_short_rsa(true), Err(expired)),
        ("expired", strict().at(date("2020-06-01T00:00:00Z")), Ok(None)),
        ("expired-intermediate", strict(), Err(intermediate)),
        (
            "expired-intermediate",
            strict().ignore_validity(true),
            Ok(Some(intermediate)),
        ),
        (
            "expired-or-unknown",
            strict().ignore_validity(true),
            Ok(Some(intermediate)),
        ),
        ("short-key", strict().allow_sha1(true).ignore_validity(true), Err(short)),
        ("short-key", strict().allow_short_rsa(true), Ok(Some(short))),
        ("rsa", strict().issued_by("cn=example intermediate,O=Example"), Ok(None)),
        (
            "rsa",
            strict().issued_by("CN=Example Root,O=Example").ignore_validity(true),
            Err(
                "the certificate of CN=rsa,O=Example was not issued by a required issuer, but by CN=Example Intermediate,O=Example",
            ),
        ),
        (
            "rsa",
            strict()
                .issued_by("CN=Example Root,O=Example")
                .issued_by_certificate(certificate("CN=Example Intermediate")),
            Ok(None),
        ),
        (
            "same-name",
            strict().issued_by_certificate(Roots::from_pem(&data("other-root.pem")).unwrap().certificates()[0].clone()),
            Err(
                "the certificate of CN=p256,O=Example was not issued by a required issuer, but by CN=Example Intermediate,O=Example",
            ),
        ),
    ];
    for (name, policy, want) in cases {
        let trust = open(&format!("{name}.mobileconfig")).verify(&policy).to_string();
        let want = match want {
            Ok(None) => allowed.to_owned(),
            Ok(Some(exception)) => format!("{allowed}, but {exception}"),
            Err(reason) => format!("not trusted: {reason}"),
        };
        assert_eq!(trust, want, "{name}: {policy:?}");
    }
}

fn certificate(subject: &str) -> cms::Certificate {
    let signed = open("rsa.mobileconfig");
    let mut certificates = signed.certificates();
    certificates.find(|c| c.subject().starts_with(subject)).unwrap().clone()
}

#[test]
fn a_policy_without_roots_trusts_nobody() {
    let policy = Policy::default().allow_sha1(true).ignore_validity(true);
    assert_eq!(open("rsa.mobileconfig").verify(&policy), Trust::NotChecked);
    let value = String::from_utf8(data("mdm-signature.txt")).unwrap();
    assert_eq!(
        verify_mdm_signature(&value, &plain(), &policy, &Limits::default()),
        Err(Error::Untrusted(Untrusted::NoRoots))
    );
}

#[test]
fn a_valid_signature_with_sha1_is_distinguished_from_an_invalid_one() {
    for name in ["rsa-sha1", "rsa-pss-sha1", "p256-sha1", "p384-sha1"] {
        let message = data(&format!("{name}.mobileconfig"));
        let signed = Signed::open(&message).unwrap();
        assert_eq!(*signed.signers()[0].integrity(), Integrity::VerifiedWithSha1, "{name}");
        assert!(!signed.is_intact(), "{name}");
        let changed = Signed::open(&tampered(&message)).unwrap();
        assert!(
            matches!(changed.signers()[0].integrity(), Integrity::Broken(_)),
            "{name}"
        );
        assert!(
            matches!(
                changed.verify(&strict().allow_sha1(true)),
                Trust::Untrusted(Untrusted::Broken(_))
            ),
            "{name}"
        );
    }
}

#[test]
fn the_mdm_signature_of_a_device_identifies_its_certificate() {
    let text = |name: &str| String::from_utf8(data(name)).unwrap();
    let limits = Limits::default();
    let policy = strict().allow_sha1(true);
    let detached = text("mdm-signature.txt");
    let folded = detached
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap());
    let folded = folded.collect::<Vec<_>>().join("\r\n ");
    for value in [&detached, &text("mdm-signature-attached.txt"), &folded] {
        let signer = verify_mdm_signature(value, &plain(), &policy, &limits).unwrap();
        assert_eq!(signer.certificate.subject(), example("device"));
        assert_eq!(signer.root, example("Example Root"));
        assert_eq!(signer.exceptions, [Untrusted::Sha1Signature]);
        assert!(signer.signing_time.is_some());
        let fingerprint = signer.certificate.fingerprint();
        assert_eq!(fingerprint.len(), 64);
        assert!(fingerprint.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F')));
    }
    let verify =
        |value: &str, body: &[u8], policy: &Policy| verify_mdm_signature(value, body, policy, &limits).unwrap_err();
    assert_eq!(
        verify(&detached, b"<plist/>", &policy),
        Error::Untrusted(Untrusted::Broken(Broken::Content))
    );
    assert_eq!(
        verify(&text("mdm-signature-attached.txt"), b"<plist/>", &policy),
        Error::OtherContent
    );
    assert_eq!(
        verify(&detached, &plain(), &strict()),
        Error::Untrusted(Untrusted::Sha1Signature)
    );
    assert_eq!(verify("?", &plain(), &policy), Error::NotBase64);
    assert_eq!(verify("", &plain(), &policy), Error::NotCms);
    let small = Limits::default().with_size(300);
    for (value, body) in [(&*detached, &b""[..]), ("", &plain())] {
        assert_eq!(
            verify_mdm_signature(value, body, &policy, &small),
            Err(Error::TooLarge { limit: 300 })
        );
    }
    let several = base64(&data("two-signers.mobileconfig"));
    assert_eq!(
        verify(&several, &plain(), &policy),
        Error::Untrusted(Untrusted::NotOneSigner)
    );
}

#[cfg(feature = "lint")]
#[test]
fn lint_reports_each_problem_of_a_signature_once() {
    use apple_mdm::lint::{Options, lint};
    use apple_mdm::validate::{Code, Severity};
    let expired = "the certificate of CN=expired,O=Example expired on 2021-01-01T23:59:59Z";
    // The file, whether roots are given, and the finding that is not just for information.
    let cases = [
        ("p256", true, None),
        ("p256", false, None),
        ("expired", false, None),
        ("expired", true, Some((Severity::Error, format!("the signature is not trusted: {expired}")))),
        (
            "self-signed",
            true,
            Some((
                Severity::Error,
                "the signature is not trusted: the self-signed certificate of CN=selfsigned,O=Example is not a trusted root"
                    .to_owned(),
            )),
        ),
        (
            "rsa-sha1",
            true,
            Some((
                Severity::Error,
                "the signature of CN=rsa,O=Example uses SHA-1, which is too weak to prove anything".to_owned(),
            )),
        ),
        (
            "rsa-sha1",
            false,
            Some((
                Severity::Warning,
                "the signature of CN=rsa,O=Example uses SHA-1, which is too weak to prove anything".to_owned(),
            )),
        ),
        (
            "rsa-md5",
            true,
            Some((
                Severity::Error,
                "the signature of CN=rsa,O=Example could not be verified: MD5 is too weak to prove anything".to_owned(),
            )),
        ),
    ];
    for (name, has_roots, want) in cases {
        let roots = if has_roots { roots() } else { Roots::default() };
        let result = lint(&data(&format!("{name}.mobileconfig")), &Options::default().roots(roots));
        let signature = result.findings.iter().map(|found| &found.finding);
        let signature: Vec<_> = signature.filter(|finding| finding.code == Code::Signature).collect();
        let problems = signature.iter().filter(|finding| finding.severity != Severity::Info);
        let problems: Vec<_> = problems
            .map(|finding| (finding.severity, finding.message.clone()))
            .collect();
        assert_eq!(problems, want.into_iter().collect::<Vec<_>>(), "{name} {has_roots}");
        if name == "expired" && !has_roots {
            assert!(
                signature.iter().any(|finding| finding.message == expired),
                "{signature:?}"
            );
        }
    }
}

/// Signatures as devices make them.
#[test]
fn device_signatures_are_judged_like_openssl_does() {
    for (name, signature) in shared::files("cases/cms") {
        let pem = |file: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../shared/cases/cms")
                .join(file);
            fs::read(path).unwrap()
        };
        let (root, attached, want, why) = match &*name {
            "mdm-signature-sha1.der" => ("mdm-signature-ca.pem", false, "CN=device-1", "the signature uses SHA-1"),
            "machineinfo-sha1.der" => ("mdm-signature-ca.pem", true, "CN=device-1", "the signature uses SHA-1"),
            "mi_expired_inter.der" => (
                "root2.pem",
                true,
                "CN=Lab device",
                "the certificate of CN=Lab Device CA expired on 2014-04-16T00:00:00Z",
            ),
            _ => continue,
        };
        let policy = Policy::new(Roots::from_pem(&pem(root)).unwrap()).at(valid_time());
        let lenient = policy.clone().allow_sha1(true).ignore_validity(true);
        let body = pem("mdm-signature-body.plist");
        let signed = if attached {
            Signed::open(&signature).unwrap()
        } else {
            Signed::open_detached(&signature, &body).unwrap()
        };
        assert_eq!(
            signed.verify(&policy).to_string(),
            format!("not trusted: {why}"),
            "{name}"
        );
        let trust = signed.verify(&lenient);
        assert!(trust.to_string().ends_with(&format!(", but {why}")), "{name}: {trust}");
        let value = base64(&signature);
        let signer = verify_mdm_signature(&value, signed.content(), &lenient, &Limits::default()).unwrap();
        assert_eq!(signer.certificate.subject(), want, "{name}");
    }
}

#[test]
fn messages_that_are_not_signed_are_errors_that_name_their_kind() {
    let cases = [
        ("enveloped.p7m", Some(Kind::Encrypted), Error::Encrypted),
        (
            "data.p7",
            Some(Kind::Other),
            Error::OtherType("1.2.840.113549.1.7.1".to_owned()),
        ),
        ("certificates-only.p7c", Some(Kind::Signed), Error::Detached),
        ("plain.mobileconfig", None, Error::NotCms),
        ("encrypted.mobileconfig", None, Error::NotCms),
        ("root.pem", None, Error::NotCms),
    ];
    for (name, what, error) in cases {
        let bytes = data(name);
        assert_eq!(kind(&bytes), what, "{name}");
        assert_eq!(Signed::open(&bytes).unwrap_err(), error, "{name}");
    }
    assert_eq!(kind(&data("streamed.mobileconfig")), Some(Kind::Signed));
    assert_eq!(kind(&data("armoured.mobileconfig")), Some(Kind::Signed));
    assert_eq!(kind(b""), None);
    assert_eq!(kind(b"0\x80"), None);
}

#[test]
fn roots_are_read_from_pem_with_other_text_and_from_der() {
    let mut pem = b"Example Root\n============\n".to_vec();
    pem.extend(data("root.pem"));
    pem.extend(b"\n# the other one\r\n");
    pem.extend(data("other-root.pem"));
    let roots = Roots::from_pem(&pem).unwrap();
    let subjects: Vec<_> = roots.certificates().iter().map(|root| root.subject()).collect();
    assert_eq!(subjects, [example("Example Root"), example("Other Root")]);

    let mut added = Roots::default();
    added.add_der(roots.certificates()[0].der()).unwrap();
    assert_eq!(added.certificates(), &roots.certificates()[..1]);
    assert_eq!(added.add_der(b"0\0").unwrap_err(), Error::Certificate);

    assert_eq!(
        Roots::from_pem(b"").unwrap_err().to_string(),
        "a broken PEM file: it has no certificate"
    );
    let broken = b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    assert_eq!(Roots::from_pem(broken).unwrap_err(), Error::Certificate);
}

#[test]
fn signed_profiles_in_the_wild_are_valid_and_end_at_a_missing_root() {
    for (name, bytes) in shared::files("profiles/encrypted-dns/signed") {
        let signed = Signed::open(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(signed.is_intact(), "{name}: {:?}", signed.signers());
        assert!(signed.content().starts_with(b"<?xml"), "{name}");
        let signer = &signed.signers()[0];
        assert_eq!(signer.subject(), Some("CN=encrypted-dns.brunch.io"), "{name}");
        assert_eq!(signer.issuer(), Some("CN=E8,O=Let's Encrypt,C=US"), "{name}");
        let Trust::Untrusted(Untrusted::UnknownIssuer { issuer, .. }) =
            signed.trust(&roots(), date("2026-04-01T00:00:00Z"))
        else {
            panic!("{name}: trusted");
        };
        assert_eq!(
            issuer, "CN=ISRG Root X1,O=Internet Security Research Group,C=US",
            "{name}"
        );
    }
}

#[test]
fn a_truncated_message_is_an_error() {
    for name in [
        "rsa.mobileconfig",
        "streamed.mobileconfig",
        "armoured.mobileconfig",
        "enveloped.p7m",
    ] {
        let message = data(name);
        let message = message.trim_ascii_end();
        for end in 0..message.len() {
            assert!(Signed::open(&message[..end]).is_err(), "{name}: {end}");
        }
    }
}

/// A damaged message may or may not be readable, but it never counts as intact with different content.
#[test]
fn a_damaged_message_is_never_intact_with_different_content() {
    // Debug builds are slow, so they test a sample; `cargo test --release` tests every byte.
    let (step, changes) = if cfg!(debug_assertions) { (29, 1) } else { (1, 5) };
    let names = [
        "p256.mobileconfig",
        "streamed.mobileconfig",
        "rsa-pss.mobileconfig",
        "p384-no-attributes.mobileconfig",
    ];
    for name in names {
        let message = data(name);
        for at in (0..message.len()).step_by(step) {
            let mut bits = [0x01, 0x80, 0xff, message[at], message[at].wrapping_neg()];
            bits.rotate_left(at % 5);
            for change in &bits[..changes] {
                let mut changed = message.clone();
                changed[at] ^= change;
                let _ = kind(&changed);
                if let Ok(signed) = Signed::open(&changed) {
                    assert!(!signed.is_intact() || signed.content() == plain(), "{name}: {at}");
                    let _ = signed.trust(&roots(), valid_time());
                }
            }
        }
    }
}

#[test]
fn hostile_messages_are_errors() {
    let deep = [0x30, 0x80].repeat(100_000);
    let mut long = vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff];
    long.extend(&data("rsa.mobileconfig")[4..]);
    let mut nested = data("streamed.mobileconfig");
    let pieces = [0x24, 0x80].repeat(50_000);
    let at = nested.windows(2).position(|pair| pair == [0x24, 0x80]).unwrap();
    nested.splice(at..at, pieces);
    for message in [
        deep,
        long,
        nested,
        vec![0; 1 << 20],
        vec![0x30; 1 << 20],
        vec![0xff; 1 << 20],
    ] {
        assert!(Signed::open(&message).is_err());
        let _ = kind(&message);
    }
}

#[test]
fn too_many_signers_or_certificates_are_refused() {
    let message = data("p256.mobileconfig");
    let mut parts = Parts::of(&message);
    parts.signers = parts.signers.repeat(17);
    assert_eq!(
        Signed::open(&parts.message()).unwrap_err(),
        Error::Malformed("it has more than 16 signers")
    );
    let mut parts = Parts::of(&message);
    parts.certificates = parts.certificates.repeat(33);
    assert_eq!(
        Signed::open(&parts.message()).unwrap_err(),
        Error::Malformed("it has more than 64 certificates")
    );
}

/// Replaces one of the elements.
fn with_child(der: &[u8], index: usize, child: &[u8]) -> Vec<u8> {
    let elements = children(der).into_iter().enumerate();
    let elements = elements.map(|(i, (tag, content))| {
        if i == index {
            child.to_vec()
        } else {
            element(tag, content)
        }
    });
    elements.collect::<Vec<_>>().concat()
}

#[test]
fn many_signers_and_certificates_with_long_names_take_little_time() {
    let message = data("p256.mobileconfig");
    let name = |attributes: usize, value: &[u8]| {
        let attribute = element(0x30, &[&[6, 3, 0x55, 4, 3][..], &element(12, value)].concat());
        element(0x30, &element(0x31, &attribute).repeat(attributes))
    };
    let serial = [2, 1, 5];
    // The number of attributes in a name, their size, and whether the certificates could all have issued each other.
    let cases = [
        (800, 1, false),
        (14_000, 1, false),
        (60, 55, false),
        (1, 4000, true),
        (1, 15_000, true),
    ];
    for (attributes, size, is_web) in cases {
        let long = name(attributes, &vec![b'\\'; size]);
        let short = name(20, b"a");
        let mut parts = Parts::of(&message);
        let (_, certificate) = children(&parts.certificates)[0];
        let mut certificates = parts.certificates.clone();
        for index in 0..62 {
            let signed_part = children(certificate)[0].1;
            let signed_part = if is_web {
                let renamed = with_child(&with_child(signed_part, 3, &long), 5, &long);
                with_child(&renamed, 1, &[2, 1, index])
            } else {
                with_child(&with_child(signed_part, 3, &short), 1, &serial)
            };
            let certificate = with_child(certificate, 0, &element(0x30, &signed_part));
            certificates.extend(element(0x30, &certificate));
        }
        parts.certificates = certificates;
        if !is_web {
            let signer = children(&parts.signers)[0].1;
            let identifier = element(0x30, &[&long[..], &serial].concat());
            parts.signers = element(0x30, &with_child(signer, 1, &identifier));
        }
        parts.signers = parts.signers.repeat(16);
        let message = parts.message();
        let start = std::time::Instant::now();
        if let Ok(signed) = Signed::open(&message) {
            assert_eq!(signed.content(), plain());
            let _ = signed.trust(&roots(), valid_time());
        }
        // A release build takes milliseconds, and a debug build less than a second.
        let elapsed = start.elapsed();
        assert!(elapsed.as_secs() < 5, "{attributes} {size}: {elapsed:?}");
    }
}

#[test]
fn signatures_in_ber_are_valid() {
    for name in [
        "rsa.mobileconfig",
        "p256-no-attributes.mobileconfig",
        "two-signers.mobileconfig",
    ] {
        let mut parts = Parts::of(&data(name));
        parts.signers = indefinite(&parts.signers);
        let signed = Signed::open(&parts.message()).unwrap();
        assert!(signed.is_intact(), "{name}: {:?}", signed.signers());
        assert_eq!(signed.trust(&roots(), valid_time()), trusted(), "{name}");
    }
}

#[test]
fn the_content_is_read_despite_a_broken_certificate_or_signer() {
    let mut parts = Parts::of(&data("p256.mobileconfig"));
    parts.certificates.extend([0x30, 3, 1, 2, 3, 0xa3, 0]);
    let signed = Signed::open(&parts.message()).unwrap();
    assert!(signed.is_intact());
    assert_eq!(signed.certificates().len(), 2);
    parts.signers.extend([0x30, 3, 1, 2, 3]);
    let signed = Signed::open(&parts.message()).unwrap();
    assert_eq!(signed.content(), plain());
    assert!(!signed.is_intact());
    let signer = &signed.signers()[1];
    assert_eq!(*signer.integrity(), Integrity::Broken(Broken::Unreadable));
    assert_eq!((signer.subject(), signer.digest_algorithm()), (None, None));
}

#[test]
fn a_message_without_signers_is_neither_intact_nor_trusted() {
    let mut parts = Parts::of(&data("p256.mobileconfig"));
    parts.signers.clear();
    let signed = Signed::open(&parts.message()).unwrap();
    assert_eq!(signed.content(), plain());
    assert!(!signed.is_intact());
    assert_eq!(
        signed.trust(&roots(), valid_time()),
        Trust::Untrusted(Untrusted::NoSigner)
    );
}

/// A signed message in DER, taken apart so that a test can replace its certificates and signers.
struct Parts {
    before: Vec<u8>,
    certificates: Vec<u8>,
    signers: Vec<u8>,
}

impl Parts {
    fn of(message: &[u8]) -> Self {
        // ContentInfo: skip the content type, then enter `[0]` and SignedData.
        let fields = children(children(children(message)[0].1)[1].1);
        let fields = children(fields[0].1);
        let [version, digests, content, certificates, signers] = fields[..] else {
            panic!("{} fields", fields.len());
        };
        assert_eq!((certificates.0, signers.0), (0xa0, 0x31));
        let before = [version, digests, content].map(|(tag, content)| element(tag, content));
        Self {
            before: before.concat(),
            certificates: certificates.1.to_vec(),
            signers: signers.1.to_vec(),
        }
    }

    fn message(&self) -> Vec<u8> {
        let mut fields = self.before.clone();
        fields.extend(element(0xa0, &self.certificates));
        fields.extend(element(0x31, &self.signers));
        let mut info = vec![6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
        info.extend(element(0xa0, &element(0x30, &fields)));
        element(0x30, &info)
    }
}

/// Splits DER into elements, each a tag and its content.
fn children(mut der: &[u8]) -> Vec<(u8, &[u8])> {
    let mut children = Vec::new();
    while let [tag, length, rest @ ..] = der {
        let (length, rest) = match length {
            0..0x80 => (usize::from(*length), rest),
            _ => {
                let (octets, rest) = rest.split_at(usize::from(length - 0x80));
                (
                    octets
                        .iter()
                        .fold(0, |length, &octet| length * 256 + usize::from(octet)),
                    rest,
                )
            }
        };
        children.push((*tag, &rest[..length]));
        der = &rest[length..];
    }
    children
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let mut element = vec![tag];
    match length {
        [0, 0, 0, short @ 0..0x80] => element.push(short),
        _ => {
            let octets = &length[length.iter().take_while(|&&octet| octet == 0).count()..];
            element.push(0x80 | u8::try_from(octets.len()).unwrap());
            element.extend(octets);
        }
    }
    element.extend(content);
    element
}

/// Rewrites the elements with indefinite lengths.
fn indefinite(der: &[u8]) -> Vec<u8> {
    let mut ber = Vec::new();
    for (tag, content) in children(der) {
        if tag & 0x20 == 0 {
            ber.extend(element(tag, content));
        } else {
            ber.extend([tag, 0x80]);
            ber.extend(indefinite(content));
            ber.extend([0, 0]);
        }
    }
    ber
}
