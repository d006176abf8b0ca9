//! Documents in the forms that devices accept and send, although the schema describes them differently.

use apple_mdm::Document;
use apple_mdm::checkin::UserAuthenticateResponse;
use apple_mdm::codec::OneOrMany;
use apple_mdm::commands::{Command, DeviceLock, Request, Response, RestartDevice, Settings, settings};
use apple_mdm::declarations::{Declaration, Envelope, PasscodeSettings};
use apple_mdm::profiles::{Payload, Profile};
use apple_mdm::schema::{self, Family, Os, Version};
use apple_mdm::validate::{Code, Severity, Target, Validate};
use apple_mdm::value::Value;

fn profile(payload: &str) -> String {
    format!(
        "<plist version=\"1.0\"><dict><key>PayloadContent</key><array><dict>{payload}\
         <key>PayloadIdentifier</key><string>com.example.a</string>\
         <key>PayloadUUID</key><string>6F2D7F0E-3E0B-4C0A-9D55-19C0A6E5B7D8</string>\
         <key>PayloadVersion</key><integer>1</integer></dict></array>\
         <key>PayloadIdentifier</key><string>com.example</string><key>PayloadType</key><string>Configuration</string>\
         <key>PayloadUUID</key><string>A54DFE8A-8B1D-4A35-A4B3-1C0F0E3C9F7B</string>\
         <key>PayloadVersion</key><integer>1</integer></dict></plist>"
    )
}

/// The value of a document is the same after reading it as this type.
fn assert_lossless<T: Document>(xml: &str) -> T {
    let typed = T::from_slice(xml.as_bytes()).unwrap();
    assert_eq!(typed.to_value().unwrap(), Value::from_slice(xml.as_bytes()).unwrap());
    typed
}

fn errors(profile: &Profile) -> Vec<(Code, String)> {
    let report = profile.validate();
    report
        .errors()
        .map(|finding| (finding.code, finding.path.clone()))
        .collect()
}

#[test]
fn a_single_name_and_an_array_of_names_are_both_valid_and_kept() {
    let scep = |names: &str| {
        profile(&format!(
            "<key>PayloadType</key><string>com.apple.security.scep</string><key>PayloadContent</key><dict>\
             <key>URL</key><string>https://scep.example.com/</string><key>SubjectAltName</key><dict>{names}</dict></dict>"
        ))
    };
    let path = "PayloadContent[0].PayloadContent.SubjectAltName";
    let cases = [
        ("<key>dNSName</key><string>a.example.com</string>", vec![]),
        (
            "<key>dNSName</key><array><string>a.example.com</string><string>b.example.com</string></array>",
            vec![],
        ),
        (
            "<key>dNSName</key><string>https://a.example.com</string>",
            vec![(Code::Pattern, format!("{path}.dNSName"))],
        ),
        (
            "<key>dNSName</key><array><string>a.example.com</string><string>b c</string></array>",
            vec![(Code::Pattern, format!("{path}.dNSName[1]"))],
        ),
        (
            "<key>dNSName</key><integer>1</integer>",
            vec![(Code::WrongType, format!("{path}.dNSName"))],
        ),
        (
            "<key>ntPrincipalName</key><array><string>a@example.com</string></array>",
            vec![(Code::WrongType, format!("{path}.ntPrincipalName"))],
        ),
    ];
    for (names, expected) in cases {
        let xml = scep(names);
        let value = Value::from_slice(xml.as_bytes()).unwrap();
        let profile = Profile::from_slice(xml.as_bytes()).unwrap();
        assert_eq!(profile.to_value().unwrap(), value, "{names}");
        assert_eq!(errors(&profile), expected, "{names}");
    }
    let profile = assert_lossless::<Profile>(&scep("<key>dNSName</key><string>a.example.com</string>"));
    let Payload::Scep(payload) = &profile.payloads()[0].payload else {
        panic!("{profile:?}")
    };
    let names = payload.payload_content.subject_alt_name.as_ref().unwrap();
    assert_eq!(names.dns_name, Some(OneOrMany::One("a.example.com".to_owned())));
}

#[test]
fn a_single_media_action_has_the_rules_of_an_array_of_them() {
    let media = |actions: &str| {
        profile(&format!(
            "<key>PayloadType</key><string>com.apple.systemuiserver</string><key>unmount-controls</key><dict>\
             <key>cd</key>{actions}</dict>"
        ))
    };
    let path = "PayloadContent[0].unmount-controls.cd";
    for (actions, expected) in [
        ("<string>deny</string>", None),
        ("<array><string>authenticate</string></array>", None),
        ("<string>eject</string>", Some(path.to_owned())),
        (
            "<array><string>deny</string><string>eject</string></array>",
            Some(format!("{path}[1]")),
        ),
    ] {
        let profile = assert_lossless::<Profile>(&media(actions));
        let found: Vec<String> = errors(&profile).into_iter().map(|(_, path)| path).collect();
        assert_eq!(found, Vec::from_iter(expected), "{actions}");
    }
}

#[test]
fn the_result_of_settings_is_an_array_or_a_dictionary() {
    let result = "<dict><key>Item</key><string>Bluetooth</string><key>Status</key><string>Acknowledged</string></dict>";
    for (results, count) in [
        (format!("<array>{result}{result}</array>"), 2),
        ("<array/>".to_owned(), 0),
        (result.to_owned(), 1),
    ] {
        let xml = format!(
            "<plist version=\"1.0\"><dict><key>CommandUUID</key><string>1</string><key>RequestType</key><string>Settings</string>\
             <key>Settings</key>{results}<key>Status</key><string>Acknowledged</string><key>UDID</key><string>a</string></dict></plist>"
        );
        let response = assert_lossless::<Response>(&xml);
        let body = response.body::<Settings>().unwrap();
        let results: &OneOrMany<settings::response::Settings> = body.settings.as_ref().unwrap();
        assert_eq!(results.iter().count(), count);
        assert!(
            results
                .iter()
                .all(|result| result.status.as_deref() == Some("Acknowledged"))
        );
        assert_eq!(body.extra.misfits().count(), 0);
        // The response names its command.
        let named = response.named_body().unwrap().unwrap();
        assert_eq!(named.table().name, "SettingsResponse");
    }
    let unnamed = Response::from_slice(b"<plist><dict><key>Status</key><string>Idle</string></dict></plist>").unwrap();
    assert!(unnamed.named_body().unwrap().is_none());
}

#[test]
fn every_command_can_require_a_tethered_network() {
    let mut count = 0;
    for item in schema::items().filter(|item| item.family == Family::Command) {
        let key = item.keys.unwrap().key("RequestRequiresNetworkTether");
        assert!(key.is_some(), "{}", item.name);
        count += 1;
    }
    assert!(count > 60, "{count} commands");
    let xml = "<plist version=\"1.0\"><dict><key>Command</key><dict><key>RequestType</key><string>RestartDevice</string>\
               <key>RequestRequiresNetworkTether</key><true/></dict><key>CommandUUID</key><string>1</string></dict></plist>";
    let request = assert_lossless::<Request>(xml);
    let Command::RestartDevice(command) = &request.command else {
        panic!("{request:?}")
    };
    let expected = RestartDevice {
        request_requires_network_tether: Some(true),
        ..RestartDevice::default()
    };
    assert_eq!(**command, expected);
    assert!(request.validate().is_ok());
    assert_eq!(DeviceLock::default().request_requires_network_tether, None);
}

#[test]
fn a_declaration_without_a_server_token_is_read_and_written() {
    let json = r#"{"Type":"com.apple.configuration.passcode.settings","Identifier":"a","Payload":{"MinimumLength":8}}"#;
    let declaration = Declaration::from_slice(json.as_bytes()).unwrap();
    let envelope: &Envelope<PasscodeSettings> = declaration.get().unwrap();
    assert_eq!(envelope.server_token, None);
    assert_eq!(envelope.payload.minimum_length, Some(8));
    assert_eq!(declaration.server_token(), None);
    assert_eq!(
        Value::from_slice(declaration.to_json().unwrap().as_bytes()).unwrap(),
        Value::from_slice(json.as_bytes()).unwrap()
    );
    let made = Envelope::without_token("a", envelope.payload.clone());
    assert_eq!(&made, envelope);
}

#[test]
fn a_payload_can_be_called_by_its_other_name() {
    for name in ["com.apple.preference.users", "com.apple.preferences.users"] {
        let xml = profile(&format!(
            "<key>PayloadType</key><string>{name}</string><key>DisableUsingiCloudPassword</key><true/>"
        ));
        let profile = assert_lossless::<Profile>(&xml);
        let payload = &profile.payloads()[0].payload;
        assert!(matches!(payload, Payload::UserPreferences(_)), "{payload:?}");
        assert_eq!(payload.payload_type(), Some(name));
        assert_eq!(
            profile.validate().findings().iter().count(),
            0,
            "{:?}",
            profile.validate()
        );
        assert_eq!(schema::item(Family::Profile, name).unwrap().rust, "UserPreferences");
    }
}

#[test]
fn unknown_members_of_sets_that_apple_extends_are_warnings() {
    let xml = profile(
        "<key>PayloadType</key><string>com.apple.systempreferences</string><key>DisabledSystemSettings</key>\
         <array><string>com.apple.Example-Settings.extension</string></array>",
    );
    let report = Profile::from_slice(xml.as_bytes()).unwrap().validate();
    let found: Vec<_> = report
        .findings()
        .iter()
        .map(|finding| (finding.code, finding.severity))
        .collect();
    assert_eq!(found, [(Code::NotAllowed, Severity::Warning)]);
}

#[test]
fn eight_restrictions_need_supervision_only_since_ios_13() {
    let restrictions = schema::item(Family::Profile, "com.apple.applicationaccess").unwrap();
    let mut count = 0;
    for key in restrictions.keys.unwrap().keys {
        let ios = restrictions.availability(key.name).unwrap().on(Os::Ios);
        if ios.supervised_since == Some(Version::new(13, 0, 0)) {
            assert_eq!(ios.supervised, Some(true), "{}", key.name);
            count += 1;
        }
    }
    assert_eq!(count, 8);
    let profile = Profile::from_slice(
        profile("<key>PayloadType</key><string>com.apple.applicationaccess</string><key>allowSafari</key><false/>")
            .as_bytes(),
    )
    .unwrap();
    let check = |version: &str, supervised: bool| {
        let target = Target::ios(version).unwrap().supervised(supervised);
        let report = profile.check(&target);
        report.errors().any(|finding| finding.code == Code::NeedsSupervision)
    };
    assert!(check("13.0", false) && check("18.0", false));
    assert!(!check("12.4", false) && !check("12.4", true) && !check("18.0", true));
}

#[test]
fn the_response_to_user_authenticate_has_a_challenge_or_a_token() {
    for (key, value) in [("DigestChallenge", "Digest realm=x"), ("AuthToken", "t0ken")] {
        let xml = format!("<plist version=\"1.0\"><dict><key>{key}</key><string>{value}</string></dict></plist>");
        let response = assert_lossless::<UserAuthenticateResponse>(&xml);
        assert!(response.extra.is_empty());
        assert!(!format!("{response:?}").contains(value), "{response:?}");
    }
}
