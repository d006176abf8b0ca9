//! A finding names the item and the key that it concerns, and what the target would need.
#![cfg(all(feature = "lint", feature = "cms"))]

use apple_mdm::declarations::{ActivationSimple, Declaration, Envelope};
use apple_mdm::lint::{Options, lint};
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile, passcode};
use apple_mdm::schema::{Enrollment, Os, Version};
use apple_mdm::validate::{self, Channel, Code, Finding, Need, Target, Validate};

/// A profile with one payload, whose keys are given as XML.
fn profile(payload_type: &str, keys: &str) -> String {
    format!(
        r#"<plist version="1.0"><dict>
        <key>PayloadContent</key><array><dict>
          <key>PayloadType</key><string>{payload_type}</string>
          <key>PayloadIdentifier</key><string>com.example.payload</string>
          <key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
          <key>PayloadVersion</key><integer>1</integer>
          {keys}
        </dict></array>
        <key>PayloadType</key><string>Configuration</string>
        <key>PayloadIdentifier</key><string>com.example.profile</string>
        <key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
        <key>PayloadVersion</key><integer>1</integer>
        </dict></plist>"#
    )
}

fn findings(document: &str, target: Option<Target>) -> Vec<Finding> {
    let mut options = Options::default();
    options.target = target;
    let result = lint(document.as_bytes(), &options);
    result.findings.into_iter().map(|found| found.finding).collect()
}

/// The finding with a code, its item, and its key.
fn subject(document: &str, code: Code) -> (Option<&'static str>, Option<String>) {
    let findings = findings(document, None);
    let finding = findings.iter().find(|finding| finding.code == code);
    let finding = finding.unwrap_or_else(|| panic!("no {code} in {findings:#?}"));
    (finding.item, finding.key.clone())
}

#[test]
fn a_finding_names_item_and_key_without_indices() {
    let passcode = "com.apple.mobiledevice.passwordpolicy";
    let vpn = "com.apple.vpn.managed";
    let managed = "com.apple.ManagedClient.preferences";
    let in_domain = "<key>PayloadContent</key><dict><key>com.apple.dock</key><dict><key>Forced</key><array><dict>
        <key>mcx_preference_settings</key><dict><key>orientation</key><string>top</string></dict></dict></array></dict></dict>";
    for (payload_type, keys, code, item, key) in [
        (
            passcode,
            "<key>minLength</key><integer>99</integer>",
            Code::OutOfRange,
            Some(passcode),
            Some("minLength"),
        ),
        (
            passcode,
            "<key>minlength</key><integer>4</integer>",
            Code::UnknownKey,
            Some(passcode),
            Some("minlength"),
        ),
        (
            passcode,
            "<key>customRegex</key><dict><key>passwordContentRegex</key><integer>1</integer></dict>",
            Code::WrongType,
            Some(passcode),
            Some("customRegex.passwordContentRegex"),
        ),
        // Noticed while the document is read.
        (
            passcode,
            "<key>minLength</key><integer>4</integer><key>minLength</key><integer>5</integer>",
            Code::RepeatedKey,
            Some(passcode),
            Some("minLength"),
        ),
        (
            passcode,
            "<key>PayloadDisplayName</key><string>$NAME</string>",
            Code::Placeholder,
            Some(passcode),
            Some("PayloadDisplayName"),
        ),
        (
            vpn,
            "<key>DNS</key><dict><key>ServerAddresses</key><array><integer>1</integer></array></dict>",
            Code::WrongType,
            Some(vpn),
            Some("DNS.ServerAddresses"),
        ),
        // The settings of a preference domain belong to the payload of the same name.
        (
            managed,
            in_domain,
            Code::NotAllowed,
            Some("com.apple.dock"),
            Some("orientation"),
        ),
        // The schema has no such item, so the key is a path in the document.
        (
            "com.example.app",
            "<key>PayloadDisplayName</key><integer>1</integer>",
            Code::WrongType,
            None,
            Some("PayloadContent.PayloadDisplayName"),
        ),
    ] {
        let (found_item, found_key) = subject(&profile(payload_type, keys), code);
        assert_eq!(found_item, item, "{keys}");
        assert_eq!(found_key.as_deref(), key, "{keys}");
    }
}

#[test]
fn findings_around_the_items_name_only_a_key() {
    let document = profile("com.apple.dock", "").replace(
        "<key>PayloadType</key><string>Configuration</string>",
        "<key>PayloadType</key><string>Configuration</string><key>PayloadScope</key><string>Nobody</string>",
    );
    assert_eq!(
        subject(&document, Code::NotAllowed),
        (None, Some("PayloadScope".to_owned()))
    );
}

#[test]
fn keys_within_a_secret_are_masked_like_the_path() {
    let keys = "<key>Password</key><dict><key>hunter2hunter2</key><string>$PASSWORD</string></dict>";
    let findings = findings(&profile("com.apple.caldav.account", keys), None);
    let placeholder = findings.iter().find(|finding| finding.code == Code::Placeholder);
    let placeholder = placeholder.unwrap_or_else(|| panic!("{findings:#?}"));
    assert_eq!(placeholder.item, Some("com.apple.caldav.account"));
    let masked = placeholder.path.strip_prefix("PayloadContent[0].");
    assert_eq!(placeholder.key.as_deref(), masked);
    assert!(!serde_json::to_string(&findings).unwrap().contains("hunter2"));
}

#[test]
fn findings_about_a_target_say_what_it_needs() {
    let passcode = |keys: &str| profile("com.apple.mobiledevice.passwordpolicy", keys);
    let regex = "<key>customRegex</key><dict><key>passwordContentRegex</key><string>a</string></dict>";
    let profile_of = |payload_type: &str, keys: &str| profile(payload_type, keys);
    let macos = |version: &str| Target::macos(version).unwrap();
    let ios = Target::ios("26.0").unwrap();
    for (document, target, code, needs) in [
        (
            passcode(regex),
            macos("13.0"),
            Code::NotYetAvailable,
            vec![Need::Version(Version::new(14, 0, 0))],
        ),
        (
            passcode(regex),
            ios,
            Code::NotAvailable,
            vec![Need::Os(vec![Os::Macos])],
        ),
        (
            profile_of("com.apple.applicationaccess", "<key>allowAirDrop</key><false/>"),
            ios.supervised(false),
            Code::NeedsSupervision,
            vec![Need::Supervised(true)],
        ),
        (
            profile_of("com.apple.loginwindow", ""),
            macos("15.0").channel(Channel::User),
            Code::WrongChannel,
            vec![Need::Channel(Channel::Device)],
        ),
        (
            profile_of(
                "com.apple.app.lock",
                "<key>App</key><dict><key>Identifier</key><string>a.b</string></dict>",
            ),
            ios.enrollment(Enrollment::User),
            Code::WrongEnrollment,
            vec![Need::Enrollment(vec![Enrollment::Device])],
        ),
    ] {
        let findings = findings(&document, Some(target));
        let finding = findings.iter().find(|finding| finding.code == code);
        let finding = finding.unwrap_or_else(|| panic!("no {code} in {findings:#?}"));
        assert_eq!(finding.needs.to_vec(), needs, "{finding}");
    }
}

#[test]
fn findings_about_the_value_itself_need_nothing_of_the_target() {
    let document = profile(
        "com.apple.mobiledevice.passwordpolicy",
        "<key>minLength</key><integer>99</integer>",
    );
    let findings = findings(&document, Some(Target::macos("15.0").unwrap()));
    assert!(findings.iter().all(|finding| finding.needs.is_empty()), "{findings:#?}");
    assert!(!findings.is_empty());
}

#[test]
fn typed_values_have_the_same_subjects() {
    let passcode = Passcode {
        custom_regex: Some(passcode::CustomRegex::new("[")),
        ..Passcode::default()
    };
    let entry = PayloadEntry::new("com.example.passcode", "24A9D6AC-9C34-45F3-B92F-88C4657204C9", passcode);
    let profile = Profile::new("com.example.profile", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry]);
    let report = profile.check(&Target::macos("13.0").unwrap());
    let finding = &report.findings()[0];
    assert_eq!(finding.item, Some("com.apple.mobiledevice.passwordpolicy"));
    assert_eq!(finding.key.as_deref(), Some("customRegex"));
    let json = serde_json::to_value(finding).unwrap();
    assert_eq!(json["needs"], serde_json::json!({"version": "14.0"}));
    assert_eq!(json["key"], "customRegex");

    let activation = ActivationSimple::new(vec!["com.example.passcode".into()]);
    let set = [Declaration::from(Envelope::new(
        "com.example.activation",
        "1",
        activation,
    ))];
    let report = validate::declarations(&set, None);
    let finding = report.warnings().next().unwrap();
    assert_eq!(finding.item, Some("com.apple.activation.simple"));
    assert_eq!(finding.key.as_deref(), Some("StandardConfigurations"));
}
