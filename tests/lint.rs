//! Lint reports each problem at its line and nothing in correct documents.
#![cfg(feature = "lint")]

mod shared;

use apple_mdm::Document;
use apple_mdm::declarations::Declaration;
use apple_mdm::lint::{DocumentSet, Kind, LintResult, Options, Placeholders, lint};
use apple_mdm::schema;
use apple_mdm::validate::{Code, Facet, Severity, Target, Validate};
use apple_mdm::value::Value;

/// A profile with one payload of this type and these keys; the keys begin in line 12.
fn profile(payload_type: &str, keys: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
<key>PayloadContent</key>
<array>
<dict>
<key>PayloadType</key><string>{payload_type}</string>
<key>PayloadIdentifier</key><string>com.example.profile.one</string>
<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
<key>PayloadVersion</key><integer>1</integer>

{keys}
</dict>
</array>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadIdentifier</key><string>com.example.profile</string>
<key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
<key>PayloadVersion</key><integer>1</integer>
</dict>
</plist>
"#
    )
}

fn found(result: &LintResult) -> Vec<(Code, Severity, String, Option<usize>)> {
    let finding = |f: &apple_mdm::lint::Finding| {
        (
            f.finding.code,
            f.finding.severity,
            f.finding.path.clone(),
            f.position.map(|position| position.line),
        )
    };
    result.findings.iter().map(finding).collect()
}

#[test]
fn an_integer_instead_of_a_boolean_is_an_error_at_its_line() {
    let text = profile(
        "com.apple.TCC.configuration-profile-policy",
        "<key>Services</key>
<dict>
  <key>SystemPolicyAllFiles</key>
  <array>
    <dict>
      <key>Allowed</key>
      <integer>1</integer>
      <key>CodeRequirement</key>
      <string>identifier \"com.example.app\" and anchor apple generic</string>
      <key>Identifier</key>
      <string>com.example.app</string>
      <key>IdentifierType</key>
      <string>bundleID</string>
      <key>StaticCode</key>
      <integer>0</integer>
    </dict>
  </array>
</dict>",
    );
    let result = lint(text.as_bytes(), &Options::default());
    assert_eq!(result.kind, Kind::Profile);
    let at = |key: &str| format!("PayloadContent[0].Services.SystemPolicyAllFiles[0].{key}");
    assert_eq!(
        found(&result),
        [
            (Code::WrongType, Severity::Error, at("Allowed"), Some(18)),
            (Code::WrongType, Severity::Error, at("StaticCode"), Some(26)),
        ]
    );
    let wrong = result
        .findings
        .iter()
        .find(|found| found.finding.code == Code::WrongType)
        .unwrap();
    assert_eq!(wrong.finding.help.as_deref(), Some("write `<true/>`"));
}

#[test]
fn each_problem_has_its_code_and_line() {
    let passcode = |keys: &str| profile("com.apple.mobiledevice.passwordpolicy", keys);
    let cases = [
        (
            passcode("<key>maxPINAgeInDays</key><real>30</real>"),
            Code::WrongType,
            Severity::Warning,
            "maxPINAgeInDays",
        ),
        (
            passcode("<key>minLength</key><integer>99</integer>"),
            Code::OutOfRange,
            Severity::Error,
            "minLength",
        ),
        (
            passcode("<key>minLength</key><string>8</string>"),
            Code::WrongType,
            Severity::Error,
            "minLength",
        ),
        (
            passcode("<key>MinLength</key><integer>8</integer>"),
            Code::UnknownKey,
            Severity::Warning,
            "MinLength",
        ),
        (
            passcode("<key>minutesUntilFailedLoginReset</key><integer>8</integer>"),
            Code::Requires,
            Severity::Error,
            "maxFailedAttempts",
        ),
        (
            profile(
                "com.apple.wifi.managed",
                "<key>SSID_STR</key><string>a</string><key>EncryptionType</key><string>wpa</string>",
            ),
            Code::NotAllowed,
            Severity::Error,
            "EncryptionType",
        ),
        (
            profile(
                "com.apple.screensaver",
                "<key>loginWindowIdleTime</key><integer>5</integer>",
            ),
            Code::RetiredKey,
            Severity::Warning,
            "loginWindowIdleTime",
        ),
    ];
    for (text, code, severity, key) in cases {
        let result = lint(text.as_bytes(), &Options::default());
        let path = format!("PayloadContent[0].{key}");
        let of_code: Vec<_> = found(&result).into_iter().filter(|found| found.0 == code).collect();
        assert_eq!(of_code.len(), 1, "{key}: {:?}", result.findings);
        let (_, found_severity, found_path, line) = &of_code[0];
        assert_eq!((*found_severity, found_path.as_str()), (severity, path.as_str()));
        // A missing key is reported at the dictionary that lacks it.
        let wanted = if code == Code::Requires { 6 } else { 12 };
        assert_eq!(*line, Some(wanted), "{key}");
    }
}

#[test]
fn repeated_keys_do_not_hide_other_findings() {
    let text = profile(
        "com.apple.mobiledevice.passwordpolicy",
        "<key>forcePIN</key><true/>
<key>forcePIN</key><false/>
<key>allowSimple</key><integer>1</integer>",
    );
    let result = lint(text.as_bytes(), &Options::default());
    assert_eq!(
        found(&result),
        [
            (
                Code::Deprecated,
                Severity::Info,
                "PayloadContent[0]".to_owned(),
                Some(6)
            ),
            (
                Code::RepeatedKey,
                Severity::Error,
                "PayloadContent[0].forcePIN".to_owned(),
                Some(13)
            ),
            (
                Code::WrongType,
                Severity::Error,
                "PayloadContent[0].allowSimple".to_owned(),
                Some(14)
            ),
        ]
    );
}

#[test]
fn payloads_of_other_vendors_are_an_info_and_misspelled_ones_a_warning() {
    for (payload_type, severity, help) in [
        ("com.example.app", Severity::Info, None),
        (
            "com.apple.mobiledevice.passwordpolcy",
            Severity::Warning,
            Some("did you mean `com.apple.mobiledevice.passwordpolicy`?"),
        ),
    ] {
        let result = lint(profile(payload_type, "").as_bytes(), &Options::default());
        assert_eq!(result.findings.len(), 1, "{:?}", result.findings);
        let finding = &result.findings[0];
        assert_eq!(
            (finding.finding.code, finding.finding.severity),
            (Code::UnknownItem, severity)
        );
        assert_eq!(finding.finding.help.as_deref(), help);
        assert_eq!(finding.position.unwrap().line, 7);
    }
}

#[test]
fn the_kind_is_detected_from_the_content() {
    for (text, kind) in [
        (
            "<dict><key>MessageType</key><string>CheckOut</string></dict>",
            Kind::Checkin,
        ),
        (
            "<dict><key>Command</key><dict><key>RequestType</key><string>DeviceLock</string></dict></dict>",
            Kind::Command,
        ),
        (
            "<dict><key>Status</key><string>Idle</string><key>UDID</key><string>1</string></dict>",
            Kind::Response,
        ),
        (
            r#"{"Type": "com.apple.configuration.passcode.settings", "Payload": {}}"#,
            Kind::Declaration,
        ),
        (r#"{"StatusItems": {}, "Errors": []}"#, Kind::Status),
        (r#"{"SyncTokens": {}}"#, Kind::Tokens),
        (
            r#"{"Declarations": {"Activations": []}, "DeclarationsToken": "1"}"#,
            Kind::DeclarationItems,
        ),
        (
            r#"{"Code": "Error.AssetInvalid", "Description": "x"}"#,
            Kind::StatusReason,
        ),
        (
            "<dict><key>items</key><array><dict><key>assets</key><array/></dict></array></dict>",
            Kind::Manifest,
        ),
        (
            "<dict><key>PRODUCT</key><string>iPhone14,5</string><key>VERSION</key><string>23A340</string></dict>",
            Kind::MachineInfo,
        ),
        (
            "<dict><key>BootstrapToken</key><data>AQID</data></dict>",
            Kind::CheckinResponse,
        ),
        (
            "<dict><key>TokenData</key><data>AQID</data></dict>",
            Kind::CheckinResponse,
        ),
        (
            r#"{"code": "com.apple.softwareupdate.required", "details": {"OSVersion": "26.0"}}"#,
            Kind::Error,
        ),
        ("<dict><key>a</key><string>b</string></dict>", Kind::Unknown),
        (r#"{"Code": "x", "Other": 1}"#, Kind::Unknown),
        (r#"{"code": "x"}"#, Kind::Unknown),
        (r#"{"items": [1]}"#, Kind::Unknown),
        ("{}", Kind::Unknown),
        ("<array/>", Kind::Unknown),
    ] {
        assert_eq!(lint(text.as_bytes(), &Options::default()).kind, kind, "{text}");
    }
}

#[test]
fn json_findings_have_lines_and_binary_findings_have_none() {
    let json = r#"{
  "Type": "com.apple.configuration.passcode.settings",
  "Identifier": "a",
  "ServerToken": "1",
  "Payload": {
    "MinimumLength": "8"
  }
}"#;
    let result = lint(json.as_bytes(), &Options::default());
    let wanted = (
        Code::WrongType,
        Severity::Error,
        "Payload.MinimumLength".to_owned(),
        Some(6),
    );
    assert_eq!(found(&result), [wanted]);

    let text = profile(
        "com.apple.mobiledevice.passwordpolicy",
        "<key>forcePIN</key><integer>1</integer>",
    );
    let binary = Value::from_slice(text.as_bytes()).unwrap().to_binary().unwrap();
    let deprecated = (Code::Deprecated, Severity::Info, "PayloadContent[0]".to_owned(), None);
    let wrong = (
        Code::WrongType,
        Severity::Error,
        "PayloadContent[0].forcePIN".to_owned(),
        None,
    );
    assert_eq!(found(&lint(&binary, &Options::default())), [deprecated, wrong]);
}

#[test]
fn a_malformed_document_is_one_finding_with_a_line() {
    for (text, code, line) in [
        ("<plist>\n<dict>\n<key>a</key>\n</dict></plist>", Code::Syntax, Some(4)),
        (
            "<plist>\n<dict>\n<key>a</key><string>b</dict></plist>",
            Code::Syntax,
            Some(3),
        ),
        ("{\"a\":\n1,}", Code::Syntax, Some(2)),
        ("hello", Code::UnknownKind, None),
        ("", Code::UnknownKind, None),
    ] {
        let result = lint(text.as_bytes(), &Options::default());
        assert_eq!(result.findings.len(), 1, "{text}: {:?}", result.findings);
        let finding = &result.findings[0];
        assert_eq!(
            (finding.finding.code, finding.position.map(|position| position.line)),
            (code, line),
            "{text}"
        );
        assert_eq!(finding.finding.severity, Severity::Error);
    }
}

#[test]
fn keys_that_the_target_lacks_are_errors() {
    let text = profile(
        "com.apple.mobiledevice.passwordpolicy",
        "<key>customRegex</key><dict><key>passwordContentRegex</key><string>.*</string></dict>",
    );
    let on = |target: Target| found(&lint(text.as_bytes(), &Options::default().target(target)));
    assert_eq!(on(Target::macos("14.0").unwrap()), []);
    let wanted = |code| {
        [(
            code,
            Severity::Error,
            "PayloadContent[0].customRegex".to_owned(),
            Some(12),
        )]
    };
    assert_eq!(on(Target::macos("13.6").unwrap()), wanted(Code::NotYetAvailable));
    assert_eq!(on(Target::ios("18.0").unwrap()), wanted(Code::NotAvailable));
}

#[test]
fn an_empty_status_is_an_error() {
    let text =
        "<plist><dict><key>CommandUUID</key><string>1</string><key>Status</key>\n<string></string></dict></plist>";
    let result = lint(text.as_bytes(), &Options::default());
    assert_eq!(result.kind, Kind::Response);
    let status = (Code::NotAllowed, Severity::Error, "Status".to_owned(), Some(2));
    assert!(found(&result).contains(&status), "{:?}", result.findings);
}

#[test]
fn a_response_needs_a_body_only_when_acknowledged() {
    let response = |status: &str| {
        format!(
            "<plist><dict><key>CommandUUID</key><string>1</string><key>Status</key>\n<string>{status}</string></dict></plist>"
        )
    };
    for status in ["NotNow", "Error", "CommandFormatError", "Idle"] {
        let text = response(status);
        assert_eq!(found(&lint(text.as_bytes(), &Options::default())), [], "{status}");
        let options = Options::default().command("DeviceInformation");
        assert_eq!(found(&lint(text.as_bytes(), &options)), [], "{status}");
    }
    let options = Options::default().command("DeviceInformation");
    let result = lint(response("Acknowledged").as_bytes(), &options);
    let missing = (
        Code::MissingKey,
        Severity::Warning,
        "QueryResponses".to_owned(),
        Some(1),
    );
    assert_eq!(found(&result), [missing]);
    let result = lint(response("acknowledged").as_bytes(), &Options::default());
    let misspelt = (Code::NotAllowed, Severity::Warning, "Status".to_owned(), Some(2));
    assert_eq!(found(&result), [misspelt]);
    assert_eq!(
        result.findings[0].finding.help.as_deref(),
        Some("did you mean `Acknowledged`?")
    );
}

#[test]
fn keys_that_identify_the_sender_are_known_in_every_check_in_message() {
    let message = |key: &str| {
        format!(
            "<plist><dict><key>MessageType</key><string>GetBootstrapToken</string>\n<key>{key}</key><string>1</string></dict></plist>"
        )
    };
    for key in ["UDID", "EnrollmentID", "UserLongName"] {
        assert_eq!(found(&lint(message(key).as_bytes(), &Options::default())), [], "{key}");
    }
    let unknown = (Code::UnknownKey, Severity::Info, "Colour".to_owned(), Some(2));
    assert_eq!(
        found(&lint(message("Colour").as_bytes(), &Options::default())),
        [unknown]
    );
}

/// The excerpt of the first finding with this code, and a line with carets below the marked characters.
fn excerpt(result: &LintResult, code: Code) -> Option<(String, String)> {
    let of_code = |found: &&apple_mdm::lint::Finding| found.finding.code == code;
    let excerpt = result.findings.iter().find(of_code)?.excerpt.as_ref()?;
    let mark = " ".repeat(excerpt.column) + &"^".repeat(excerpt.length);
    Some((excerpt.text.clone(), mark))
}

#[test]
fn an_excerpt_shows_markup_known_keys_and_the_value_in_question() {
    let wifi = |keys: &str| profile("com.apple.wifi.managed", keys);
    let minimum = |value: &str| {
        format!(
            r#"{{"Type": "com.apple.configuration.passcode.settings", "Identifier": "a.b",
"Payload": {{"RequirePasscode": true, "MinimumLength": {value}}}}}"#
        )
    };
    for (text, code, line, mark) in [
        (
            wifi("  <key>EncryptionType</key><string>WPA9</string><key>Password</key><string>hunter2</string>"),
            Code::NotAllowed,
            "  <key>EncryptionType</key><string>WPA9</string><key>Password</key><string>•••</string>",
            "                           ^^^^^^^^^^^^^^^^^^^^^",
        ),
        (
            wifi("<key>AutoJoin</key><integer>1</integer> <!-- hunter2 -->"),
            Code::WrongType,
            "<key>AutoJoin</key><integer>1</integer> •••",
            "                   ^^^^^^^^^^^^^^^^^^^^",
        ),
        (
            wifi("<key>Pasword</key><string>hunter2</string>"),
            Code::UnknownKey,
            "<key>Pasword</key><string>•••</string>",
            "^^^^^^^^^^^^^^^^^^",
        ),
        (
            wifi("<key>Password</key><array><string>hunter2</string></array>"),
            Code::WrongType,
            "<key>Password</key><array><string>•••</string></array>",
            "                   ^^^^^^^",
        ),
        (
            wifi("<key>Password</key><string>hunter2</strng>"),
            Code::Syntax,
            "<key>Password</key><string>•••",
            "                           ^^^",
        ),
        (
            minimum(r#""8""#),
            Code::WrongType,
            r#"•••"MinimumLength": "8"•••"#,
            r#"                    ^^^"#,
        ),
    ] {
        let result = lint(text.as_bytes(), &Options::default());
        let wanted = Some((line.to_owned(), mark.to_owned()));
        assert_eq!(excerpt(&result, code), wanted, "{text}\n{:#?}", result.findings);
    }
    // Nothing in a line of malformed JSON is certain.
    let result = lint(minimum("8 hunter2").as_bytes(), &Options::default());
    assert_eq!((result.findings.len(), excerpt(&result, Code::Syntax)), (1, None));
}

#[test]
fn memory_for_findings_is_bounded() {
    // Many repeated keys, each with a path half as long as the document.
    let outer = "a".repeat(1 << 20);
    let repeated = |value: &str| {
        format!(
            "{{\"{outer}\": {{{}\"k\": 1}}}}",
            format!("\"k\": {value},").repeat(100_000)
        )
    };
    for text in [
        repeated("1"),
        format!(
            "<plist><dict><key>PayloadContent</key><dict><key>{outer}</key><dict>{}</dict></dict></dict></plist>",
            "<key>k</key><true/>".repeat(50_000)
        ),
    ] {
        let result = lint(text.as_bytes(), &Options::default());
        let size: usize = result.findings.iter().map(|found| found.finding.path.len()).sum();
        assert!(size < 64 << 20, "{size} bytes");
        let last = result
            .findings
            .iter()
            .find(|found| found.finding.code == Code::LeftOut)
            .unwrap();
        assert_eq!(last.finding.severity, Severity::Error);
    }
}

#[test]
fn a_response_body_is_checked_if_the_command_is_known() {
    let text = "<dict>
<key>CommandUUID</key><string>1</string><key>Status</key><string>Acknowledged</string><key>UDID</key><string>2</string>
<key>SetFirmwarePassword</key><dict><key>PasswordChanged</key><string>yes</string></dict>
</dict>";
    let alone = lint(text.as_bytes(), &Options::default());
    assert_eq!(alone.findings.len(), 1);
    assert_eq!(alone.findings[0].finding.code, Code::Unchecked);
    let named = lint(text.as_bytes(), &Options::default().command("SetFirmwarePassword"));
    // Nobody can correct what a device wrote.
    let wanted = (
        Code::WrongType,
        Severity::Warning,
        "SetFirmwarePassword.PasswordChanged".to_owned(),
        Some(3),
    );
    assert_eq!(found(&named), [wanted]);
}

#[test]
fn managed_preferences_are_checked_if_the_schema_has_the_domain() {
    let text = profile(
        "com.apple.ManagedClient.preferences",
        "<key>PayloadContent</key><dict><key>com.apple.dock</key><dict><key>Forced</key><array><dict>
<key>mcx_preference_settings</key><dict><key>autohide</key><integer>1</integer><key>other</key><true/></dict>
</dict></array></dict></dict>",
    );
    let path = "PayloadContent[0].PayloadContent[\"com.apple.dock\"].Forced[0].mcx_preference_settings.autohide";
    let wanted = (Code::WrongType, Severity::Error, path.to_owned(), Some(13));
    assert_eq!(found(&lint(text.as_bytes(), &Options::default())), [wanted]);
}

#[test]
fn profiles_in_the_wild_have_no_errors() {
    for (path, bytes) in shared::files("profiles") {
        if path.ends_with(".md") {
            continue;
        }
        let result = lint(&bytes, &Options::default());
        let errors: Vec<String> = result
            .findings
            .iter()
            .filter(|finding| finding.finding.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
    }
}

#[test]
fn deprecations_name_the_replacement() {
    let sso = profile("com.apple.sso", "<key>Name</key><string>x</string>");
    let result = lint(sso.as_bytes(), &Options::default());
    let of = |code| result.findings.iter().find(move |found| found.finding.code == code);
    let sso = &of(Code::Deprecated).unwrap().finding;
    assert_eq!(
        (sso.severity, sso.message.as_str()),
        (
            Severity::Info,
            "payload `com.apple.sso` is deprecated since iOS 26.0; use `com.apple.extensiblesso` instead"
        )
    );

    let keys = "<key>forceWiFiWhitelisting</key><true/>\n<key>allowCamera</key><true/>";
    let restrictions = profile("com.apple.applicationaccess", keys);
    let target = |version| Options::default().target(Target::ios(version).unwrap());
    for (options, severity, message) in [
        (
            Options::default(),
            Severity::Info,
            "`forceWiFiWhitelisting` is deprecated since iOS 14.5; use `forceWiFiToAllowedNetworksOnly` instead",
        ),
        (
            target("18.0"),
            Severity::Warning,
            "`forceWiFiWhitelisting` is deprecated since iOS 14.5; use `forceWiFiToAllowedNetworksOnly` instead",
        ),
    ] {
        let result = lint(restrictions.as_bytes(), &options);
        let deprecated: Vec<_> = result
            .findings
            .iter()
            .filter(|found| found.finding.code == Code::Deprecated)
            .collect();
        assert_eq!(deprecated.len(), 1, "{deprecated:?}");
        assert_eq!(deprecated[0].position.unwrap().line, 12);
        assert_eq!(
            (deprecated[0].finding.severity, deprecated[0].finding.message.as_str()),
            (severity, message)
        );
    }
    // It was not deprecated yet.
    assert!(
        found(&lint(restrictions.as_bytes(), &target("14.0")))
            .iter()
            .all(|found| found.0 != Code::Deprecated)
    );
}

#[test]
fn every_replacement_is_in_the_schema() {
    let exists = |name: &str| {
        schema::items().any(|item| {
            item.name == name
                || name
                    .strip_prefix(item.name)
                    .and_then(|rest| rest.strip_prefix('.'))
                    .is_some_and(|key| item.keys.is_some_and(|keys| keys.index(key).is_some()))
        })
    };
    let mut instead = 0;
    for item in schema::items() {
        if let Some(name) = item.replaced_by {
            assert!(exists(name), "{}: {name}", item.name);
            instead += 1;
        }
        item.each_key(&mut |path, place| {
            let Some(name) = place.key.details().replaced_by else {
                return;
            };
            // A sibling key, or another alternative.
            let beside = match path.rsplit_once(['.', '[']) {
                Some((parent, last)) if last.ends_with(']') => format!("{parent}[{name}]"),
                Some((parent, _)) => format!("{parent}.{name}"),
                None => name.to_owned(),
            };
            assert!(
                item.place(&beside).is_some() || exists(name),
                "{} {path}: {name}",
                item.name
            );
            instead += 1;
        });
    }
    assert!(instead > 80, "{instead}");
}

#[test]
fn keys_written_by_common_tools_are_an_info() {
    let text = profile(
        "com.apple.dock",
        "<key>PayloadEnabled</key><true/>\n<key>orientatoin</key><string>left</string>",
    );
    let result = lint(text.as_bytes(), &Options::default());
    assert_eq!(
        found(&result),
        [
            (
                Code::UnknownKey,
                Severity::Info,
                "PayloadContent[0].PayloadEnabled".to_owned(),
                Some(12)
            ),
            (
                Code::UnknownKey,
                Severity::Warning,
                "PayloadContent[0].orientatoin".to_owned(),
                Some(13)
            ),
        ]
    );
    let said = &result.findings[1].finding;
    assert_eq!(said.message, "the payload `com.apple.dock` has no key `orientatoin`");
    assert_eq!(said.help.as_deref(), Some("did you mean `orientation`?"));
}

#[test]
fn status_items_are_recognized_without_a_report() {
    let result = lint(
        br#"{"device": {"model": {"identifier": "iPhone14,5"}}}"#,
        &Options::default(),
    );
    // A report contains only what changed, so no other item is missing.
    assert_eq!((result.kind, found(&result)), (Kind::Status, vec![]));
    let result = lint(br#"{"device": {"model": {"identifier": 14}}}"#, &Options::default());
    let wrong = (
        Code::WrongType,
        Severity::Warning,
        "device.model.identifier".to_owned(),
        Some(1),
    );
    assert_eq!((result.kind, found(&result)), (Kind::Status, vec![wrong]));
    for other in ["{}", r#"{"device": 1}"#, r#"{"device": {}, "Other": {}}"#] {
        assert_eq!(
            lint(other.as_bytes(), &Options::default()).kind,
            Kind::Unknown,
            "{other}"
        );
    }
}

#[test]
fn help_uses_the_syntax_of_the_format() {
    let text = profile("com.apple.wifi.managed", "<key>AutoJoin</key><string>YES</string>");
    let result = lint(text.as_bytes(), &Options::default());
    let wrong = result
        .findings
        .iter()
        .find(|found| found.finding.code == Code::WrongType)
        .unwrap();
    assert_eq!(wrong.finding.help.as_deref(), Some("write `<true/>`"));
    let json = br#"{"Type": "com.apple.configuration.passcode.settings", "Identifier": "a.b", "ServerToken": "1",
        "Payload": {"RequirePasscode": 1, "MinimumLength": "8"}}"#;
    let result = lint(json, &Options::default());
    let help: Vec<_> = result
        .findings
        .iter()
        .map(|found| found.finding.help.as_deref())
        .collect();
    assert_eq!(
        help,
        [Some("write `true`"), Some("write the number without quotation marks")]
    );
}

#[test]
fn help_uses_json_syntax_for_declarations_also_after_typed_reading() {
    let json = br#"{"Type": "com.apple.configuration.passcode.settings", "Identifier": "a.b", "ServerToken": "1",
        "Payload": {"RequirePasscode": "yes", "MinimumLength": "8", "PasscodeReuseLimit": 5.0}}"#;
    let result = lint(json, &Options::default());
    let help: Vec<_> = result
        .findings
        .iter()
        .map(|found| found.finding.help.as_deref())
        .collect();
    let (flag, number) = ("write `true`", "write the number without quotation marks");
    assert_eq!(help, [flag, number, "write it without a fraction"].map(Some));
    // What a reader repairs is gone after typed reading.
    let typed = Declaration::from_slice(json).unwrap().validate();
    let help: Vec<_> = typed.findings().iter().map(|found| found.help.as_deref()).collect();
    assert_eq!(help, [flag, number].map(Some));
}

#[test]
fn a_bad_identifier_is_one_finding() {
    for (identifier, severity) in [
        ("com.example.profile", None),
        ("3BF6A738-392A-46C0-9CE9-9F1B35F7C686", None),
        ("LogoutItem", Some(Severity::Warning)),
        ("new.Block AirDrop", Some(Severity::Warning)),
        ("Block AirDrop", Some(Severity::Error)),
    ] {
        let text = profile("com.apple.dock", "").replace("com.example.profile<", &format!("{identifier}<"));
        let result = lint(text.as_bytes(), &Options::default());
        let severities: Vec<_> = result.findings.iter().map(|found| found.finding.severity).collect();
        assert_eq!(severities, Vec::from_iter(severity), "{identifier}");
    }
}

#[test]
fn a_status_report_is_checked_against_the_target() {
    let report = br#"{"StatusItems": {}, "Errors": []}"#;
    let target = |version| Options::default().target(Target::ios(version).unwrap());
    let early = lint(report, &target("14.0"));
    let found = (early.findings[0].finding.code, early.findings[0].finding.severity);
    assert_eq!(found, (Code::NotYetAvailable, Severity::Warning));
    assert_eq!(lint(report, &target("15.0")).findings, []);
}

#[test]
fn data_in_json_is_base64_text_also_in_invalid_declarations() {
    use apple_mdm::declarations::Declaration;
    use apple_mdm::validate::Validate;

    let at = "Payload.TunnelConfigurations[0].IKEV2.PostQuantumKeyExchange.PPK";
    for (data, codes) in [("AAEC", vec![]), ("no base64!", vec![Code::BadFormat])] {
        // `VisibleName` is not a string, so the declaration is kept as an untyped value.
        let json = format!(
            r#"{{"Type": "com.apple.configuration.network.vpn.always-on", "Identifier": "a", "Payload": {{"VisibleName": 1,
            "TunnelConfigurations": [{{"IKEV2": {{"PostQuantumKeyExchange": {{"PPK": "{data}"}}}}}}]}}}}"#
        );
        let result = lint(json.as_bytes(), &Options::default());
        let found = result.findings.iter().filter(|found| found.finding.path == at);
        assert_eq!(found.map(|found| found.finding.code).collect::<Vec<_>>(), codes);
        let report = Declaration::from_slice(json.as_bytes()).unwrap().validate();
        let found = report.findings().iter().filter(|found| found.path == at);
        assert_eq!(found.map(|found| found.code).collect::<Vec<_>>(), codes);
    }
}

#[test]
fn dates_that_devices_cannot_read_are_errors() {
    let profile = |date: &str| {
        format!(
            "<plist><dict><key>PayloadType</key><string>Configuration</string><key>Note</key>
<array><date>2027-01-01T00:00:00Z</date>\n{date}</array></dict></plist>"
        )
    };
    let wrong = (Code::BadFormat, Severity::Error, "Note[1]".to_owned(), Some(3));
    let dates = |bytes: &[u8]| -> Vec<_> {
        let all = found(&lint(bytes, &Options::default()));
        all.into_iter().filter(|finding| finding.0 == Code::BadFormat).collect()
    };
    for date in [
        "2027-01-01T00:00:00.5Z",
        "2027-01-01T00:00:00+00:00",
        "2027-01-01T01:00:00+01:00",
        "2027-01-01t00:00:00z",
        "2027-01-01 00:00:00Z",
        " 2027-01-01T00:00:00Z",
    ] {
        let bytes = profile(&format!("<date>{date}</date>"));
        assert_eq!(dates(bytes.as_bytes()), std::slice::from_ref(&wrong), "{date}");
    }
    assert_eq!(dates(profile("<date>1970-12-31T23:59:59Z</date>").as_bytes()), []);
    // Binary documents do not write dates as text, and JSON allows other forms.
    let value = Value::from_slice(profile("<date>2027-01-01T00:00:00.5Z</date>").as_bytes()).unwrap();
    assert_eq!(dates(&value.to_binary().unwrap()), []);
    assert_eq!(
        dates(br#"{"Type": "a", "Identifier": "b", "Payload": {"C": "2027-01-01T00:00:00.5Z"}}"#),
        []
    );
}

#[test]
fn the_request_around_a_command_is_checked() {
    let request =
        |command: &str, uuid: &str| format!("<plist><dict>\n<key>Command</key>{command}\n{uuid}</dict></plist>");
    let right = "<dict><key>RequestType</key><string>DeviceConfigured</string></dict>";
    let uuid = "<key>CommandUUID</key><string>1</string>";
    let errors = |text: String| found(&lint(text.as_bytes(), &Options::default()));
    assert_eq!(errors(request(right, uuid)), []);
    assert_eq!(
        errors(request(right, "")),
        [(Code::MissingKey, Severity::Error, "CommandUUID".to_owned(), Some(1))]
    );
    let wrong = errors(request("<string>DeviceConfigured</string>", uuid));
    let is_wrong = |(code, severity, path, line): &(Code, Severity, String, Option<usize>)| {
        (*code, *severity, path.as_str(), *line) == (Code::WrongType, Severity::Error, "Command", Some(2))
    };
    assert!(wrong.iter().any(is_wrong), "{wrong:?}");
    let json = r#"{"Command": {"RequestType": "DeviceConfigured"}, "CommandUUID": "1"}"#.to_owned();
    assert_eq!(
        errors(json),
        [(Code::BadFormat, Severity::Warning, String::new(), Some(1))]
    );
}

#[test]
fn incomplete_base64_is_a_warning() {
    let text = |data: &str| {
        format!(
            "<plist><dict><key>PayloadType</key><string>Configuration</string><key>Note</key>\n<data>{data}</data></dict></plist>"
        )
    };
    for (data, is_found) in [
        ("aGVsbG8", true),
        ("\naGVs\n\tbG8\n", true),
        ("aGVsbG8=", false),
        ("aGVsbG8h", false),
        ("\n\taGVs\n\tbG8=\n", false),
        ("", false),
    ] {
        let all = found(&lint(text(data).as_bytes(), &Options::default()));
        let wrong = (Code::BadFormat, Severity::Warning, "Note".to_owned(), Some(2));
        assert_eq!(all.contains(&wrong), is_found, "{data}: {all:?}");
    }
}

#[test]
fn a_miscased_discriminator_is_reported() {
    let text = profile("com.apple.wifi.managed", "")
        .replace("<key>PayloadType</key><string>com", "<key>payloadType</key><string>com");
    let result = lint(text.as_bytes(), &Options::default());
    let miscased = result
        .findings
        .iter()
        .find(|found| found.finding.path == "PayloadContent[0].payloadType")
        .unwrap();
    assert_eq!(miscased.finding.code, Code::UnknownKey);
    assert_eq!(miscased.finding.help.as_deref(), Some("did you mean `PayloadType`?"));
    assert_eq!(miscased.position.map(|position| position.line), Some(7));
    let setting = r#"<plist><dict><key>RequestType</key><string>Settings</string><key>Settings</key><array><dict>
<key>iTEM</key><string>Bluetooth</string></dict></array></dict></plist>"#;
    let result = lint(setting.as_bytes(), &Options::default());
    assert!(found(&result).contains(&(
        Code::UnknownKey,
        Severity::Warning,
        "Settings[0].iTEM".to_owned(),
        Some(2)
    )));
    let empty = profile("", "");
    assert!(found(&lint(empty.as_bytes(), &Options::default())).contains(&(
        Code::NotAllowed,
        Severity::Error,
        "PayloadContent[0].PayloadType".to_owned(),
        Some(7)
    )));
}

#[test]
fn a_value_of_the_wrong_type_is_one_finding() {
    let text = profile(
        "com.apple.applicationaccess",
        "<key>ratingApps</key><string>1000</string>\n<key>allowCamra</key><true/>\n<key>allowCamera</key><true/>",
    );
    let result = lint(text.as_bytes(), &Options::default());
    let of = |path: &str| -> Vec<_> {
        let at = |found: &&apple_mdm::lint::Finding| found.finding.path == path;
        result
            .findings
            .iter()
            .filter(at)
            .map(|found| found.finding.code)
            .collect()
    };
    assert_eq!(of("PayloadContent[0].ratingApps"), [Code::WrongType]);
    // A key that is already present is not suggested.
    let unknown = result
        .findings
        .iter()
        .find(|found| found.finding.path == "PayloadContent[0].allowCamra");
    assert_eq!(unknown.unwrap().finding.help, None);
}

#[test]
fn a_near_miss_of_a_listed_value_is_reported() {
    let command = |query: &str| {
        format!(
            "<plist><dict><key>CommandUUID</key><string>1</string><key>Command</key><dict>
<key>RequestType</key><string>DeviceInformation</string><key>Queries</key><array>
<string>{query}</string></array></dict></dict></plist>"
        )
    };
    for (query, meant) in [("OsVersion", "OSVersion"), ("SerialNumer", "SerialNumber")] {
        let result = lint(command(query).as_bytes(), &Options::default());
        let expected = (
            Code::NotAllowed,
            Severity::Warning,
            "Command.Queries[0]".to_owned(),
            Some(3),
        );
        assert_eq!(found(&result), [expected], "{query}");
        let help = result.findings[0].finding.help.clone();
        assert_eq!(help, Some(format!("did you mean `{meant}`?")));
    }
    assert_eq!(found(&lint(command("OSVersion").as_bytes(), &Options::default())), []);
    // Apple adds queries with each release.
    let result = lint(command("com.example.query").as_bytes(), &Options::default());
    let expected = (
        Code::NotAllowed,
        Severity::Warning,
        "Command.Queries[0]".to_owned(),
        Some(3),
    );
    assert_eq!(found(&result), [expected]);
    let skipped = profile(
        "com.apple.SetupAssistant.managed",
        "<key>SkipSetupItems</key><array><string>siri</string></array>",
    );
    let result = lint(skipped.as_bytes(), &Options::default());
    let finding = &result.findings[0].finding;
    let text = format!("{} {}", finding.message, finding.help.as_deref().unwrap_or_default());
    assert!(
        text.contains("found `siri`") && text.contains("did you mean `Siri`?"),
        "{text}"
    );
}

#[test]
fn documents_of_every_kind_are_checked() {
    let acme = schema::item(schema::Family::Credential, "com.apple.credential.acme").unwrap();
    for (text, options, kind, path, severity) in [
        (
            r#"{"SyncTokens": {"DeclarationsToken": "1", "Timestamp": "today"}}"#,
            Options::default(),
            Kind::Tokens,
            "SyncTokens.Timestamp",
            Severity::Error,
        ),
        (
            r#"{"Declarations": {"Activations": [{"Identifier": 1, "ServerToken": "1"}], "Configurations": [], "Assets": [],
            "Management": []}, "DeclarationsToken": "1"}"#,
            Options::default(),
            Kind::DeclarationItems,
            "Declarations.Activations[0].Identifier",
            Severity::Error,
        ),
        (
            r#"{"Code": "Error.AssetInvalid", "Description": 1}"#,
            Options::default(),
            Kind::StatusReason,
            "Description",
            Severity::Warning,
        ),
        (
            "<plist><dict><key>items</key><array><dict><key>assets</key><array><dict><key>kind</key><string>archive</string>
            <key>url</key><string>https://example.com/a.pkg</string></dict></array></dict></array></dict></plist>",
            Options::default(),
            Kind::Manifest,
            "items[0].assets[0].kind",
            Severity::Error,
        ),
        (
            "<plist><dict><key>PRODUCT</key><string>iPhone14,5</string><key>VERSION</key><integer>23</integer></dict></plist>",
            Options::default(),
            Kind::MachineInfo,
            "VERSION",
            Severity::Warning,
        ),
        (
            "<plist><dict><key>TokenData</key><string>AQID</string></dict></plist>",
            Options::default(),
            Kind::CheckinResponse,
            "TokenData",
            Severity::Error,
        ),
        (
            r#"{"code": "com.apple.softwareupdate.required", "details": {"OSVersion": 26}}"#,
            Options::default(),
            Kind::Error,
            "details.OSVersion",
            Severity::Error,
        ),
        (
            r#"{"DirectoryURL": "http://acme.example.com/", "KeySize": "256"}"#,
            Options::default().item(acme),
            Kind::Credential,
            "KeySize",
            Severity::Error,
        ),
    ] {
        let result = lint(text.as_bytes(), &options);
        assert_eq!(result.kind, kind, "{text}");
        let at_path = result.findings.iter().find(|found| found.finding.path == path);
        let found = at_path.map(|found| found.finding.severity);
        assert_eq!(found, Some(severity), "{text}\n{:#?}", result.findings);
    }
}

#[test]
fn a_command_needs_a_request_around_it() {
    let text = "<plist><dict><key>RequestType</key><string>DeviceLock</string></dict></plist>";
    let bare = (Code::MissingKey, Severity::Error, String::new(), Some(1));
    assert_eq!(found(&lint(text.as_bytes(), &Options::default())), [bare]);
}

#[test]
fn a_response_can_name_its_command() {
    let response = |body: &str| {
        format!(
            "<plist><dict><key>CommandUUID</key><string>1</string><key>Status</key><string>Acknowledged</string>
<key>UDID</key><string>2</string><key>RequestType</key><string>SetFirmwarePassword</string>{body}</dict></plist>"
        )
    };
    let body = "<key>SetFirmwarePassword</key><dict><key>PasswordChanged</key><true/></dict>";
    assert_eq!(found(&lint(response(body).as_bytes(), &Options::default())), []);
    let wrong = "SetFirmwarePassword.PasswordChanged".to_owned();
    let result = lint(
        response(&body.replace("<true/>", "<integer>1</integer>")).as_bytes(),
        &Options::default(),
    );
    assert_eq!(found(&result), [(Code::WrongType, Severity::Warning, wrong, Some(2))]);
}

#[test]
fn a_document_can_be_required_to_be_of_a_kind() {
    let miscased = "<plist><dict><key>payloadType</key><string>Configuration</string></dict></plist>";
    let command = "<plist><dict><key>CommandUUID</key><string>1</string><key>Command</key><dict>
<key>RequestType</key><string>DeviceLock</string></dict></dict></plist>";
    let payload = "<plist><dict><key>PayloadType</key><string>com.apple.dock</string><key>PayloadUUID</key><string>1</string></dict></plist>";
    for text in [miscased, command, payload, "<plist><dict/></plist>", "[]"] {
        let result = lint(text.as_bytes(), &Options::default().expected(Kind::Profile));
        let error = (Code::UnknownKind, Severity::Error, String::new(), Some(1));
        assert!(found(&result).contains(&error), "{text}: {:?}", result.findings);
    }
    let result = lint(miscased.as_bytes(), &Options::default().expected(Kind::Profile));
    let help = result.findings[0].finding.help.as_deref();
    assert_eq!(
        help,
        Some("keys are case-sensitive: write `PayloadType` instead of `payloadType`")
    );
    let unrelated = lint(br#"{"name": "x"}"#, &Options::default().unknown_kind(Severity::Info));
    assert_eq!(
        found(&unrelated),
        [(Code::UnknownKind, Severity::Info, String::new(), Some(1))]
    );
}

#[test]
fn a_placeholder_replaces_other_findings_about_its_value() {
    let text = profile(
        "com.apple.wifi.managed",
        "<key>SSID_STR</key><string>{{ssid}}</string>
<key>EncryptionType</key><string>$ENCRYPTION</string>
<key>AutoJoin</key><string>${autojoin}</string>
<key>Password</key><string>%WIFI_PASSWORD%</string>
<key>ProxyServerPort</key><string>%PORT</string>
<key>ProxyType</key><string>Automatc</string>",
    )
    .replace("24A9D6AC-9C34-45F3-B92F-88C4657204C9", "$UUID");
    let at = |code, severity, key: &str, line| (code, severity, format!("PayloadContent[0].{key}"), Some(line));
    let placeholder = |key: &str, line| at(Code::Placeholder, Severity::Info, key, line);
    let wrong = [
        at(Code::WrongType, Severity::Error, "ProxyServerPort", 16),
        at(Code::NotAllowed, Severity::Error, "ProxyType", 17),
    ];
    let mut wanted = vec![
        placeholder("PayloadUUID", 9),
        placeholder("SSID_STR", 12),
        placeholder("EncryptionType", 13),
        placeholder("AutoJoin", 14),
        placeholder("Password", 15),
    ];
    wanted.extend(wrong.clone());
    let result = lint(text.as_bytes(), &Options::default());
    let in_question = |result: &LintResult| -> Vec<_> {
        let keys = [
            "PayloadUUID",
            "SSID_STR",
            "EncryptionType",
            "AutoJoin",
            "Password",
            "ProxyServerPort",
            "ProxyType",
        ];
        let of_keys = |found: &(Code, Severity, String, Option<usize>)| {
            keys.iter().any(|key| found.2.ends_with(&format!("].{key}")))
        };
        found(result).into_iter().filter(of_keys).collect()
    };
    assert_eq!(in_question(&result), wanted);
    // The placeholder of a secret is not shown.
    let messages: Vec<_> = result
        .findings
        .iter()
        .map(|found| found.finding.message.as_str())
        .collect();
    assert!(
        messages.contains(&"the value has the placeholder `$ENCRYPTION` and was not checked"),
        "{messages:?}"
    );
    assert!(
        !messages.iter().any(|message| message.contains("WIFI_PASSWORD")),
        "{messages:?}"
    );

    let options = Options::default().placeholders(Placeholders::none());
    let codes: Vec<_> = in_question(&lint(text.as_bytes(), &options))
        .into_iter()
        .map(|found| found.0)
        .collect();
    assert!(!codes.contains(&Code::Placeholder) && codes.len() >= 4, "{codes:?}");
}

#[test]
fn placeholders_can_be_in_elements_of_every_type() {
    let root = profile(
        "com.apple.security.root",
        "<key>PayloadContent</key><data>$CA_CERTIFICATE</data>",
    );
    let passcode = profile(
        "com.apple.mobiledevice.passwordpolicy",
        "<key>minLength</key><integer>{{length}}</integer>",
    );
    for (text, key) in [(root, "PayloadContent"), (passcode, "minLength")] {
        let at = |found: &(Code, Severity, String, Option<usize>)| found.2.ends_with(&format!("].{key}"));
        let found_at =
            |options: &Options| -> Vec<_> { found(&lint(text.as_bytes(), options)).into_iter().filter(at).collect() };
        let path = format!("PayloadContent[0].{key}");
        let placeholder = (Code::Placeholder, Severity::Info, path.clone(), Some(12));
        assert_eq!(found_at(&Options::default()), [placeholder], "{text}");
        let as_sent = Options::default().placeholders(Placeholders::none());
        let invalid = (Code::BadFormat, Severity::Error, path, Some(12));
        assert_eq!(found_at(&as_sent), [invalid], "{text}");
    }
}

#[test]
fn regular_expressions_have_no_placeholders() {
    let text = profile(
        "com.apple.mobiledevice.passwordpolicy",
        "<key>customRegex</key><dict><key>passwordContentRegex</key><string>^[$AB]{{2}}%XY%$</string></dict>",
    );
    let result = lint(text.as_bytes(), &Options::default());
    assert!(
        found(&result).iter().all(|found| found.0 != Code::Placeholder),
        "{:?}",
        result.findings
    );
}

#[test]
fn a_declaration_needs_a_server_token_only_when_sent() {
    let text = br#"{"Type": "com.apple.configuration.passcode.settings", "Identifier": "a.b", "Payload": {"MinimumLength": 8}}"#;
    assert_eq!(found(&lint(text, &Options::default())), []);
    let options = Options::default().placeholders(Placeholders::none());
    let missing = (Code::MissingKey, Severity::Error, "ServerToken".to_owned(), Some(1));
    assert_eq!(found(&lint(text, &options)), [missing]);
}

/// A command that installs this profile.
fn install_profile(profile: &str) -> String {
    let data = Value::Data(profile.as_bytes().into()).to_json().unwrap();
    format!(
        "<plist><dict><key>CommandUUID</key><string>1</string>
<key>Command</key><dict><key>RequestType</key><string>InstallProfile</string>
<key>Payload</key><data>{}</data></dict></dict></plist>",
        data.trim_matches('"')
    )
}

#[test]
fn an_embedded_profile_is_checked() {
    let inner = profile(
        "com.apple.wifi.managed",
        "<key>SSID_STR</key><string>x</string><key>AutoJoin</key><integer>1</integer>",
    );
    let result = lint(install_profile(&inner).as_bytes(), &Options::default());
    let path = "Command.Payload.PayloadContent[0].AutoJoin".to_owned();
    assert!(
        found(&result).contains(&(Code::WrongType, Severity::Error, path, Some(3))),
        "{:?}",
        result.findings
    );
    // Data that is not a profile is reported once.
    let result = lint(
        install_profile("<plist><dict/></plist>").as_bytes(),
        &Options::default(),
    );
    let codes: Vec<_> = result.findings.iter().map(|found| found.finding.code).collect();
    assert_eq!(codes, [Code::Document], "{:?}", result.findings);
    // Documents within documents are checked up to a depth.
    let mut nested = inner;
    for _ in 0..12 {
        nested = install_profile(&nested);
    }
    assert!(lint(nested.as_bytes(), &Options::default()).findings.len() < 10);
}

#[test]
fn documents_are_checked_against_each_other() {
    let dock = |orientation: &str, identifier: &str, uuid: &str| {
        profile(
            "com.apple.dock",
            &format!("<key>orientation</key><string>{orientation}</string>"),
        )
        .replace(">com.example.profile<", &format!(">{identifier}<"))
        .replace("3F2504E0-4F89-41D3-9A0C-0305E82C3301", uuid)
    };
    let declaration = |kind: &str, identifier: &str, payload: &str| {
        format!(
            r#"{{"Type": "com.apple.{kind}", "Identifier": "{identifier}", "ServerToken": "1", "Payload": {{{payload}}}}}"#
        )
    };
    let passcode = |identifier: &str| declaration("configuration.passcode.settings", identifier, "");
    let activation = |identifier: &str, names: &str| {
        declaration(
            "activation.simple",
            identifier,
            &format!(r#""StandardConfigurations": [{names}]"#),
        )
    };
    let exchange = |asset: &str| {
        let payload = format!(r#""HostName": "a.example.com", "AuthenticationCredentialsAssetReference": "{asset}""#);
        declaration("configuration.account.exchange", "exchange", &payload)
    };
    let uuids = [
        "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
        "24A9D6AC-9C34-45F3-B92F-88C4657204C0",
    ];
    let check = |documents: &[(String, Option<&str>)]| -> Vec<_> {
        let mut set = DocumentSet::new();
        for (index, (document, directory)) in documents.iter().enumerate() {
            let facts = lint(document.as_bytes(), &Options::default()).facts;
            set.add(format!("file {index}"), *directory, facts);
        }
        let findings = set.check().into_iter();
        let short = |(index, found): (usize, apple_mdm::lint::Finding)| {
            (index, found.finding.code, found.finding.severity, found.finding.path)
        };
        findings.map(short).collect()
    };
    let here = Some("declarations");
    for (documents, wanted) in [
        (
            vec![(dock("left", "a", uuids[0]), None), (dock("left", "b", uuids[1]), None)],
            vec![],
        ),
        (
            vec![(dock("left", "a", uuids[0]), None), (dock("left", "A", uuids[0]), here)],
            vec![(1, Code::Unique, Severity::Warning, "PayloadIdentifier")],
        ),
        (
            vec![
                (dock("left", "a", uuids[0]), None),
                (dock("left", "b", uuids[0]), None),
                (dock("left", "c", uuids[0]), None),
            ],
            vec![
                (1, Code::Unique, Severity::Warning, "PayloadUUID"),
                (2, Code::Unique, Severity::Warning, "PayloadUUID"),
            ],
        ),
        // The server fills in the identifier.
        (
            vec![
                (dock("left", "$ID", uuids[0]), None),
                (dock("left", "$ID", uuids[1]), None),
            ],
            vec![],
        ),
        (
            vec![
                (dock("left", "a", uuids[0]), None),
                (dock("right", "b", uuids[1]), None),
            ],
            vec![(1, Code::Conflict, Severity::Info, "PayloadContent[0]")],
        ),
        (vec![(passcode("p"), here), (activation("a", r#""p""#), here)], vec![]),
        (
            vec![(passcode("p"), here), (activation("a", r#""p", "q""#), here)],
            vec![(
                1,
                Code::BadReference,
                Severity::Warning,
                "Payload.StandardConfigurations[1]",
            )],
        ),
        // The missing declaration can be anywhere.
        (vec![(passcode("p"), None), (activation("a", r#""q""#), None)], vec![]),
        (
            vec![(passcode("p"), Some("other")), (activation("a", r#""p""#), here)],
            vec![(
                1,
                Code::BadReference,
                Severity::Warning,
                "Payload.StandardConfigurations[0]",
            )],
        ),
        (
            vec![(activation("a", r#""b""#), here), (activation("b", ""), here)],
            vec![(
                0,
                Code::BadReference,
                Severity::Error,
                "Payload.StandardConfigurations[0]",
            )],
        ),
        (
            vec![(passcode("p"), here), (passcode("p"), here)],
            vec![(1, Code::Unique, Severity::Warning, "Identifier")],
        ),
        (
            vec![(exchange("asset"), here)],
            vec![(
                0,
                Code::BadReference,
                Severity::Warning,
                "Payload.AuthenticationCredentialsAssetReference",
            )],
        ),
        (
            vec![(exchange("p"), here), (passcode("p"), here)],
            vec![(
                0,
                Code::BadReference,
                Severity::Error,
                "Payload.AuthenticationCredentialsAssetReference",
            )],
        ),
        (
            vec![
                (exchange("asset"), here),
                (
                    declaration(
                        "asset.credential.userpassword",
                        "asset",
                        r#""Reference": {"ContentType": "application/json", "DataURL": "https://example.com/a"}"#,
                    ),
                    here,
                ),
            ],
            vec![],
        ),
    ] {
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(|(index, code, severity, path)| (index, code, severity, path.to_owned()))
            .collect();
        assert_eq!(check(&documents), wanted, "{documents:#?}");
    }
}

#[test]
fn what_an_incomplete_target_leaves_open_is_listed() {
    let text = profile("com.apple.applicationaccess", "<key>allowAppInstallation</key><false/>");
    let unchecked = |target: Target| lint(text.as_bytes(), &Options::default().target(target)).unchecked;
    let target = Target::ios("18.0").unwrap();
    assert!(unchecked(target).contains(&Facet::Supervision));
    assert!(!unchecked(target.supervised(true)).contains(&Facet::Supervision));
    assert_eq!(lint(text.as_bytes(), &Options::default()).unchecked, []);
}

#[test]
fn many_findings_in_one_long_line_take_linear_time() {
    let keys: String = (0..10_000)
        .map(|index| format!("<key>K{index}</key><string>{}</string>", "x".repeat(100)))
        .collect();
    let text = profile("com.apple.wifi.managed", &keys.replace('\n', ""));
    let result = lint(text.as_bytes(), &Options::default());
    let unknown = result
        .findings
        .iter()
        .filter(|found| found.finding.code == Code::UnknownKey);
    let longest = unknown
        .filter_map(|found| Some(found.excerpt.as_ref()?.text.chars().count()))
        .max();
    assert!(longest.is_some_and(|longest| longest < 200), "{longest:?}");
    assert!(result.findings.len() >= 10_000);
}
