//! Every code of a finding has an invocation of `apple-mdm lint` that produces it.

use std::collections::BTreeSet;

use apple_mdm::validate::Code;
use serde_json::Value;

use crate::folder::{Folder, GOOD};
use crate::program::run_in;

/// Files, arguments besides the folder, and the code of a finding in them.
struct Case {
    code: &'static str,
    arguments: &'static [&'static str],
    files: Vec<(&'static str, String)>,
}

fn case(code: &'static str, arguments: &'static [&'static str], name: &'static str, text: impl Into<String>) -> Case {
    Case {
        code,
        arguments,
        files: vec![(name, text.into())],
    }
}

/// A profile with a payload of this type and with these keys.
fn profile(payload_type: &str, keys: &str) -> String {
    GOOD.replace("com.apple.loginwindow", payload_type)
        .replace("<key>RetriesUntilHint</key>\n\t\t\t<integer>8</integer>", keys)
}

/// A property list with these keys.
fn plist(keys: &str) -> String {
    format!("<plist version=\"1.0\"><dict>{keys}</dict></plist>")
}

/// A command with these keys.
fn command(request_type: &str, keys: &str) -> String {
    plist(&format!(
        "<key>Command</key><dict><key>RequestType</key><string>{request_type}</string>{keys}</dict>\
         <key>CommandUUID</key><string>0001</string>"
    ))
}

/// A response with these keys.
fn response(keys: &str) -> String {
    plist(&format!(
        "<key>CommandUUID</key><string>0001</string><key>Status</key><string>Acknowledged</string>\
         <key>UDID</key><string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>{keys}"
    ))
}

fn declaration(declaration_type: &str, payload: &str) -> String {
    format!(r#"{{"Type": "{declaration_type}", "Identifier": "a", "ServerToken": "1", "Payload": {payload}}}"#)
}

const PASSCODE: &str = "com.apple.mobiledevice.passwordpolicy";

fn documents() -> Vec<Case> {
    vec![
        case("syntax", &[], "a.plist", "<plist><dict>"),
        case("unknown-kind", &[], "a.json", r#"{"a": 1}"#),
        case(
            "encrypted",
            &[],
            "a.mobileconfig",
            GOOD.replace("PayloadContent", "EncryptedPayloadContent")
                .replace("<array>", "<data>AAEC</data><!--")
                .replace("</array>", "-->"),
        ),
        case("repeated-key", &[], "a.json", r#"{"SyncTokens": {}, "SyncTokens": {}}"#),
        case(
            "wrong-type",
            &[],
            "a.mobileconfig",
            profile(PASSCODE, "<key>forcePIN</key><integer>1</integer>"),
        ),
        case("missing-key", &[], "a.plist", command("ClearPasscode", "")),
        case(
            "unknown-key",
            &[],
            "a.mobileconfig",
            profile(PASSCODE, "<key>minLenght</key><integer>1</integer>"),
        ),
        case(
            "retired-key",
            &["--command", "SetFirmwarePassword"],
            "a.plist",
            response("<key>PasswordChanged</key><true/>"),
        ),
        case(
            "unknown-item",
            &[],
            "a.mobileconfig",
            profile("com.apple.mobiledevice.passwordpolicies", ""),
        ),
        case(
            "not-allowed",
            &[],
            "a.mobileconfig",
            profile("com.apple.finder", "<key>InterfaceLevel</key><string>Medium</string>"),
        ),
        case(
            "out-of-range",
            &[],
            "a.mobileconfig",
            profile(PASSCODE, "<key>minLength</key><integer>99</integer>"),
        ),
        case(
            "bad-format",
            &[],
            "a.mobileconfig",
            GOOD.replace(
                "<key>PayloadDisplayName</key>",
                "<key>PayloadExpirationDate</key><date> 2030-01-01T00:00:00Z </date><key>PayloadDisplayName</key>",
            ),
        ),
        case(
            "wrong-count",
            &[],
            "a.mobileconfig",
            profile(
                "com.apple.security.scep",
                "<key>PayloadContent</key><dict><key>URL</key><string>https://example.com/</string>\
                 <key>Subject</key><array><array><array><string>CN</string></array></array></array></dict>",
            ),
        ),
        case("duplicate-payload", &[], "a.mobileconfig", {
            let payload = |number: usize| {
                format!(
                    "<dict><key>PayloadType</key><string>com.apple.asam</string>\
                         <key>PayloadIdentifier</key><string>com.example.{number}</string><key>PayloadUUID</key>\
                         <string>24A9D6AC-9C34-45F3-B92F-88C4657204C{number}</string><key>PayloadVersion</key>\
                         <integer>1</integer><key>AllowedApplications</key><array/></dict>"
                )
            };
            let start = GOOD.find("<dict>\n\t\t\t<key>PayloadType").unwrap();
            let end = GOOD.find("\n\t</array>").unwrap();
            format!("{}{}{}{}", &GOOD[..start], payload(1), payload(2), &GOOD[end..])
        }),
        case(
            "bad-reference",
            &[],
            "a.json",
            declaration(
                "com.apple.activation.simple",
                r#"{"StandardConfigurations": ["missing"]}"#,
            ),
        ),
        case(
            "charset",
            &[],
            "a.plist",
            command("SetFirmwarePassword", "<key>NewPassword</key><string>pässword</string>"),
        ),
        case(
            "length",
            &[],
            "a.plist",
            command("DeviceLock", "<key>PIN</key><string>12</string>"),
        ),
        case(
            "pattern",
            &[],
            "a.plist",
            command(
                "InstallApplication",
                "<key>Identifier</key><string>not a bundle identifier</string><key>ManagementFlags</key><integer>1</integer>",
            ),
        ),
        case(
            "number",
            &[],
            "a.mobileconfig",
            profile(PASSCODE, "<key>maxGracePeriod</key><integer>-1</integer>"),
        ),
        case(
            "count",
            &[],
            "a.plist",
            command(
                "Settings",
                "<key>Settings</key><array><dict><key>Item</key><string>SharedDeviceConfiguration</string>\
                 <key>ManagedAppleIDDefaultDomains</key><array><string>a.example.com</string><string>b.example.com</string>\
                 <string>c.example.com</string><string>d.example.com</string></array></dict></array>",
            ),
        ),
        Case {
            code: "unique",
            arguments: &[],
            files: vec![("a.mobileconfig", GOOD.to_owned()), ("b.mobileconfig", GOOD.to_owned())],
        },
        case(
            "requires",
            &[],
            "a.mobileconfig",
            profile(PASSCODE, "<key>minutesUntilFailedLoginReset</key><integer>5</integer>"),
        ),
        case("required-one-of", &[], "a.plist", command("RequestMirroring", "")),
        case("exactly-one-of", &[], "a.plist", command("InstallApplication", "")),
        case(
            "excludes",
            &[],
            "a.plist",
            command(
                "RequestMirroring",
                "<key>DestinationName</key><string>TV</string>\
                 <key>DestinationDeviceID</key><string>00:00:5e:00:53:01</string>",
            ),
        ),
        case(
            "only-if",
            &[],
            "a.mobileconfig",
            profile(
                "com.apple.DirectoryService.managed",
                "<key>ADDefaultUserShell</key><string>/bin/zsh</string>",
            ),
        ),
        case(
            "value-needs",
            &[],
            "a.plist",
            command(
                "Settings",
                "<key>Settings</key><array><dict><key>Item</key><string>SharedDeviceConfiguration</string>\
                 <key>PasscodePolicy</key><dict><key>PasscodeLockGracePeriod</key><integer>7</integer></dict></dict></array>",
            ),
        ),
        case(
            "ordering",
            &[],
            "a.mobileconfig",
            profile(
                "com.apple.AssetCache.managed",
                "<key>ListenRanges</key><array><dict><key>type</key><string>IPv4</string><key>first</key>\
                 <string>192.0.2.9</string><key>last</key><string>192.0.2.1</string></dict></array>",
            ),
        ),
        case(
            "document",
            &[],
            "a.plist",
            command("InstallProfile", "<key>Payload</key><data>AAEC</data>"),
        ),
        case(
            "not-available",
            &["--os", "ios"],
            "a.plist",
            command("SetFirmwarePassword", "<key>NewPassword</key><string>a</string>"),
        ),
        case(
            "not-yet-available",
            &["--os", "macos", "--os-version", "10.12"],
            "a.plist",
            command("SetFirmwarePassword", "<key>NewPassword</key><string>a</string>"),
        ),
        case(
            "removed",
            &["--os", "macos", "--os-version", "11.0"],
            "a.mobileconfig",
            profile("com.apple.finder", "<key>InterfaceLevel</key><string>Full</string>"),
        ),
        case(
            "deprecated",
            &["--os", "macos", "--os-version", "27.0"],
            "a.mobileconfig",
            profile(PASSCODE, "<key>minLength</key><integer>6</integer>"),
        ),
        case(
            "needs-supervision",
            &["--os", "ios", "--os-version", "18.0", "--supervised=false"],
            "a.mobileconfig",
            profile("com.apple.applicationaccess", "<key>allowAppInstallation</key><false/>"),
        ),
        case(
            "needs-automated-enrollment",
            &["--os", "macos", "--automated-enrollment=false"],
            "a.plist",
            command("DeviceConfigured", ""),
        ),
        case(
            "needs-user-approval",
            &["--os", "macos", "--user-approved=false"],
            "a.mobileconfig",
            profile("com.apple.asam", "<key>AllowedApplications</key><array/>"),
        ),
        case(
            "wrong-channel",
            &["--os", "macos", "--channel", "user"],
            "a.plist",
            command("SetFirmwarePassword", "<key>NewPassword</key><string>a</string>"),
        ),
        case(
            "wrong-enrollment",
            &["--os", "macos", "--enrollment", "user"],
            "a.mobileconfig",
            profile(PASSCODE, ""),
        ),
        case(
            "shared-ipad",
            &["--os", "ios", "--shared-ipad"],
            "a.mobileconfig",
            profile(PASSCODE, ""),
        ),
        case(
            "missing-right",
            &["--os", "macos", "--rights", "AllowInspection,AllowSettings"],
            "a.plist",
            command("SetFirmwarePassword", "<key>NewPassword</key><string>a</string>"),
        ),
        case(
            "no-manual-install",
            &["--os", "macos", "--manual-install"],
            "a.mobileconfig",
            profile("com.apple.asam", "<key>AllowedApplications</key><array/>"),
        ),
        case(
            "ignored",
            &["--os", "ios", "--enrollment", "user"],
            "a.mobileconfig",
            profile(PASSCODE, "<key>minLength</key><integer>6</integer>"),
        ),
        Case {
            code: "conflict",
            arguments: &[],
            files: [("a.mobileconfig", "true"), ("b.mobileconfig", "false")]
                .map(|(name, value)| {
                    (
                        name,
                        profile("com.apple.finder", &format!("<key>ProhibitBurn</key><{value}/>")),
                    )
                })
                .into(),
        },
        case(
            "placeholder",
            &[],
            "a.plist",
            command("DeviceLock", "<key>PIN</key><string>${PIN}</string>"),
        ),
        case(
            "unused-suppression",
            &[],
            "a.mobileconfig",
            GOOD.replace("<array>", "<!-- apple-mdm: ignore wrong-type --><array>"),
        ),
        case("signature", &["--require-signature"], "a.mobileconfig", GOOD),
        case(
            "unchecked",
            &[],
            "a.plist",
            response("<key>QueryResponses</key><dict/>"),
        ),
        case(
            "left-out",
            &[],
            "a.json",
            declaration(
                "com.apple.activation.simple",
                &format!(r#"{{"StandardConfigurations": [{}0]}}"#, "0,".repeat(100_000)),
            ),
        ),
    ]
}

#[test]
fn every_code_has_a_document() {
    let documents = documents();
    let tested: BTreeSet<&str> = documents.iter().map(|case| case.code).collect();
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(tested, all);
    let mut wrong = Vec::new();
    for Case { code, arguments, files } in &documents {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let folder = Folder::new(&files);
        let ran = run_in(
            folder.path(),
            &[&["lint", "--format", "json", "."], *arguments].concat(),
            b"",
        );
        let json: Value = serde_json::from_str(&ran.out).unwrap();
        let files = json["files"].as_array().unwrap();
        let mut codes = files.iter().flat_map(|file| file["findings"].as_array().unwrap());
        if !codes.any(|finding| finding["code"] == *code) {
            wrong.push(format!("{code}: {:.1000}{:.1000}", ran.out, ran.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
