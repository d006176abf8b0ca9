//! Rules that Apple changed with OS 27: the methods that the policies of Platform SSO work with, the limits of its headers, the names
//! in `PermissionDefaults`, and keys of ACME bound to a Mac.

use apple_mdm::Document;
use apple_mdm::credentials::CredentialAcme;
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::Payload;
use apple_mdm::schema::Os;
use apple_mdm::validate::{Report, Severity, Target, Validate};
use apple_mdm::value::Value;
use serde_json::{Value as Json, json};

/// A payload of a profile.
fn payload(kind: &str, mut keys: Json) -> Payload {
    keys["PayloadType"] = kind.into();
    Payload::from_value(&value(&keys)).unwrap()
}

fn declaration(kind: &str, payload: &Json) -> Declaration {
    let whole = json!({"Type": kind, "Identifier": "com.example.one", "ServerToken": "1", "Payload": payload});
    Declaration::from_value(&value(&whole)).unwrap()
}

fn value(json: &Json) -> Value {
    Value::from_slice(json.to_string().as_bytes()).unwrap()
}

/// The places of errors and warnings.
fn found(report: &Report) -> (Vec<&str>, Vec<&str>) {
    let of = |severity: Severity| {
        let findings = report
            .findings()
            .iter()
            .filter(move |finding| finding.severity == severity);
        findings.map(|finding| finding.path.as_str()).collect()
    };
    (of(Severity::Error), of(Severity::Warning))
}

#[test]
fn each_policy_of_platform_sso_has_its_methods() {
    // The method, the policies, and whether there is an error at the key, at an item, or a warning at the key.
    for (method, policies, errors, warnings) in [
        ("Password", &["AttemptAuthentication"][..], &[][..], 0),
        (
            "Password",
            &[
                "RequireAuthentication",
                "AllowOfflineGracePeriod",
                "AllowAuthenticationGracePeriod",
            ],
            &[],
            0,
        ),
        ("Password", &["RequireTouchID", "AllowOpenIDForTouchIDFallback"], &[], 0),
        (
            "Password",
            &["AttemptAuthentication", "AllowOfflineGracePeriod"],
            &[""],
            0,
        ),
        (
            "Password",
            &["AttemptAuthentication", "AllowAuthenticationGracePeriod"],
            &[],
            1,
        ),
        (
            "UserSecureEnclaveKey",
            &[
                "RequireTouchID",
                "RequireTouchIDOrWatch",
                "AllowOpenIDForTouchIDFallback",
            ],
            &[],
            0,
        ),
        (
            "UserSecureEnclaveKey",
            &["RequireTouchID", "AttemptAuthentication"],
            &["[1]"],
            0,
        ),
        (
            "UserSecureEnclaveKey",
            &["RequireAuthentication", "AllowOfflineGracePeriod"],
            &["[0]", "[1]"],
            0,
        ),
        ("OpenID", &["AllowOfflineGracePeriod"], &[], 0),
        ("OpenID", &["RequireTouchID"], &["[0]"], 0),
        ("SmartCard", &["AttemptAuthentication"], &["[0]"], 0),
    ] {
        for (in_profile, in_declaration) in [
            ("FileVaultPolicy", "FileVault"),
            ("LoginPolicy", "Login"),
            ("UnlockPolicy", "Unlock"),
        ] {
            let mut sso = json!({
                "AuthenticationMethod": method,
                "OfflineGracePeriod": 60,
                "AuthenticationGracePeriod": 60,
                "WebLoginURLAllowList": ["login.example.com"],
            });
            sso[in_profile] = json!(policies);
            let keys = json!({
                "ExtensionIdentifier": "com.example.sso",
                "TeamIdentifier": "ABCDE12345",
                "Type": "Redirect",
                "URLs": ["https://login.example.com"],
                "PlatformSSO": sso,
            });
            let profile = payload("com.apple.extensiblesso", keys).validate();

            let mut rules = json!({"OfflineGracePeriod": 60, "AuthenticationGracePeriod": 60});
            rules[in_declaration] = json!(policies);
            let keys = json!({
                "ExtensionComposedIdentifier": "com.example.sso (ABCDE12345)",
                "Type": "Redirect",
                "URLs": ["https://login.example.com"],
                "PlatformSSO": {
                    "AuthenticationMethod": method,
                    "WebAuthentication": {"URLAllowList": ["login.example.com"]},
                    "Policies": rules,
                },
            });
            let declaration = declaration("com.apple.configuration.extensible-sso", &keys).validate();

            for (report, key) in [
                (&profile, format!("PlatformSSO.{in_profile}")),
                (&declaration, format!("Payload.PlatformSSO.Policies.{in_declaration}")),
            ] {
                let wanted: Vec<String> = errors.iter().map(|item| format!("{key}{item}")).collect();
                let (found_errors, found_warnings) = found(report);
                assert_eq!(found_errors, wanted, "{method} {policies:?}: {report}");
                assert_eq!(
                    found_warnings,
                    vec![key.as_str(); warnings],
                    "{method} {policies:?}: {report}"
                );
            }
        }
    }
}

#[test]
fn headers_of_platform_sso_are_few_short_and_secret() {
    let headers = |headers: Json| {
        let keys = json!({
            "ExtensionIdentifier": "com.example.sso",
            "Type": "Redirect",
            "URLs": ["https://login.example.com"],
            "PlatformSSO": {"AdditionalHTTPHeaders": headers},
        });
        payload("com.apple.extensiblesso", keys)
    };
    let many = |count: usize| {
        (0..count)
            .map(|index| (format!("X-Header-{index}"), "value".into()))
            .collect()
    };
    let one = |name: String, value: String| Json::Object([(name, value.into())].into_iter().collect());
    for (wanted, given) in [
        (true, Json::Object(many(20))),
        (false, Json::Object(many(21))),
        (true, one("n".repeat(128), "v".repeat(2048))),
        (false, one("n".repeat(129), String::new())),
        (false, one("name".to_owned(), "v".repeat(2049))),
        (false, one("no name".to_owned(), String::new())),
    ] {
        let report = headers(given).validate();
        assert_eq!(report.is_ok(), wanted, "{report}");
    }
    let shown = format!("{:?}", headers(json!({"Authorization": "Bearer 0123456789"})));
    assert!(
        shown.contains("Authorization") && !shown.contains("0123456789"),
        "{shown}"
    );
}

#[test]
fn permission_defaults_are_named_by_system() {
    let report = |name: &str, target: Option<Os>| {
        let keys = json!({"Privacy": {"PermissionDefaults": {name: {"OrganizationJustification": "Calls", "Camera": "Allow"}}}});
        let declaration = declaration("com.apple.configuration.app.settings", &keys);
        match target {
            Some(os) => declaration.check(&Target::new(os)),
            None => declaration.validate(),
        }
    };
    let name_is_fine = |name: &str, target: Option<Os>| {
        let report = report(name, target);
        !report
            .errors()
            .any(|finding| finding.path.contains("PermissionDefaults"))
    };
    for (name, ios, macos, any) in [
        ("com.example.app", true, false, true),
        ("com.example.app {anchor apple generic}", false, true, true),
        ("com.example.app (ABCDE12345)", false, false, false),
        ("{anchor apple generic}", false, false, false),
    ] {
        assert_eq!(name_is_fine(name, Some(Os::Ios)), ios, "{name} on iOS");
        assert_eq!(name_is_fine(name, Some(Os::Macos)), macos, "{name} on a Mac");
        assert_eq!(name_is_fine(name, None), any, "{name}");
    }
}

#[test]
fn an_acme_key_may_be_bound_to_a_mac() {
    let keys = json!({
        "DirectoryURL": "https://acme.example.com/directory",
        "ClientIdentifier": "one",
        "KeySize": 384,
        "KeyType": "ECSECPrimeRandom",
        "HardwareBound": true,
        "Attest": true,
        "Subject": [[["CN", "example"]]],
    });
    let credential = CredentialAcme::from_value(&value(&keys)).unwrap();
    for os in [Os::Macos, Os::Ios] {
        let report = credential.check(&Target::new(os));
        assert_eq!(found(&report), (Vec::new(), Vec::new()), "{os}: {report}");
    }
}
