//! Items of a catalog are checked like those of Apple's schema.

#![cfg(feature = "lint")]

use apple_mdm::Document;
use apple_mdm::lint::{self, Options, lint};
use apple_mdm::profiles::Profile;
use apple_mdm::schema::{
    Catalog, Check, Choice, Condition, Dict, Family, Item, Key, KeyDetails, Kind, Literal, Rule, Severity, Step,
};
use apple_mdm::validate::{Code, Target, Validate};

const MODES: &[Choice] = &[
    Choice {
        value: Literal::String("automatic"),
        ..Choice::EMPTY
    },
    Choice {
        value: Literal::String("manual"),
        ..Choice::EMPTY
    },
];

static MINUTES: KeyDetails = KeyDetails {
    min: Some(Literal::Integer(5)),
    max: Some(Literal::Integer(60)),
    ..KeyDetails::EMPTY
};

const PROXY_KEYS: &[Key] = &[
    Key {
        required: true,
        ..Key::new("Host", Kind::String)
    },
    Key {
        secret: true,
        ..Key::new("Enrollment", Kind::String)
    },
];
static PROXY: Dict = Dict::of("Proxy", PROXY_KEYS);

const KEYS: &[Key] = &[
    Key {
        required: true,
        ..Key::new("ServerURL", Kind::String)
    },
    Key {
        choices: MODES,
        closed: true,
        ..Key::new("Mode", Kind::String)
    },
    Key {
        details: Some(&MINUTES),
        ..Key::new("Minutes", Kind::Integer)
    },
    Key::new("Proxy", Kind::Dictionary(&PROXY)),
];
const RULES: &[Rule] = &[Rule {
    check: Check::Requires {
        keys: &[&[Step::Key("Minutes")]],
    },
    when: &[Condition::In(
        &[Step::Key("Mode")],
        &[Literal::String("automatic")],
        None,
    )],
    severity: Severity::Error,
    says: "the automatic mode needs an interval",
    ..Rule::EMPTY
}];
static TABLE: Dict = Dict {
    rules: RULES,
    ..Dict::of("Agent", KEYS)
};
static AGENT: Item = Item {
    keys: Some(&TABLE),
    ..Item::new(Family::Profile, "com.example.agent", "Agent")
};

/// The same keys, as a community describes them.
static COMMUNITY_TABLE: Dict = Dict {
    unofficial: true,
    ..Dict::of("Agent", KEYS)
};
static COMMUNITY: Item = Item {
    keys: Some(&COMMUNITY_TABLE),
    ..Item::new(Family::Profile, "com.example.agent", "Agent")
};

fn catalog(item: &'static Item) -> Catalog {
    let mut catalog = Catalog::new();
    catalog.add(item).unwrap();
    catalog
}

fn payload(payload_type: &str, keys: &str) -> String {
    format!(
        "<dict>
<key>PayloadType</key><string>{payload_type}</string>
<key>PayloadIdentifier</key><string>com.example.profile.agent</string>
<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
<key>PayloadVersion</key><integer>1</integer>
{keys}
</dict>"
    )
}

fn profile(payload: &str) -> String {
    format!(
        "<plist version=\"1.0\"><dict>
<key>PayloadContent</key><array>{payload}</array>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadIdentifier</key><string>com.example.profile</string>
<key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></plist>"
    )
}

fn findings(item: &'static Item, document: &str) -> Vec<lint::Finding> {
    lint(document.as_bytes(), &Options::default().catalog(catalog(item))).findings
}

/// Returns the severity, code and key of each finding about a payload of the agent.
fn found(item: &'static Item, keys: &str) -> Vec<(Severity, Code, String)> {
    let document = profile(&payload("com.example.agent", keys));
    let findings = findings(item, &document).into_iter().map(|found| {
        let path = found.finding.path.strip_prefix("PayloadContent[0].").unwrap();
        (found.finding.severity, found.finding.code, path.to_owned())
    });
    findings.collect()
}

const URL: &str = "<key>ServerURL</key><string>https://agent.example.com</string>";

#[test]
fn a_correct_payload_has_no_findings() {
    let keys = format!(
        "{URL}<key>Mode</key><string>automatic</string><key>Minutes</key><integer>5</integer>
         <key>Proxy</key><dict><key>Host</key><string>proxy</string></dict>"
    );
    assert_eq!(found(&AGENT, &keys), []);
    let document = profile(&payload("com.example.agent", &keys));
    let without = lint(document.as_bytes(), &Options::default()).findings;
    assert_eq!(without[0].finding.code, Code::UnknownItem);
}

#[test]
fn keys_types_ranges_values_and_rules_are_checked() {
    use Severity::{Error, Warning};
    let cases = [
        ("", Error, Code::MissingKey, "ServerURL"),
        ("<key>ServerURL</key><true/>", Error, Code::WrongType, "ServerURL"),
        (
            "{URL}<key>Minuets</key><integer>5</integer>",
            Warning,
            Code::UnknownKey,
            "Minuets",
        ),
        (
            "{URL}<key>Minutes</key><integer>4</integer>",
            Error,
            Code::OutOfRange,
            "Minutes",
        ),
        (
            "{URL}<key>Mode</key><string>Manual</string>",
            Error,
            Code::NotAllowed,
            "Mode",
        ),
        (
            "{URL}<key>Mode</key><string>automatic</string>",
            Error,
            Code::Requires,
            "Minutes",
        ),
        ("{URL}<key>Proxy</key><dict/>", Error, Code::MissingKey, "Proxy.Host"),
    ];
    for (keys, severity, code, path) in cases {
        let keys = keys.replace("{URL}", URL);
        assert_eq!(found(&AGENT, &keys), [(severity, code, path.to_owned())], "{keys}");
    }
}

#[test]
fn an_unofficial_description_leads_to_errors_for_types_only() {
    use Severity::{Error, Info, Warning};
    let cases = [
        ("", Info, Code::MissingKey, "ServerURL"),
        ("<key>ServerURL</key><true/>", Error, Code::WrongType, "ServerURL"),
        (
            "{URL}<key>Minuets</key><integer>5</integer>",
            Warning,
            Code::UnknownKey,
            "Minuets",
        ),
        (
            "{URL}<key>Unheard</key><integer>5</integer>",
            Info,
            Code::UnknownKey,
            "Unheard",
        ),
        (
            "{URL}<key>Minutes</key><integer>4</integer>",
            Warning,
            Code::OutOfRange,
            "Minutes",
        ),
        (
            "{URL}<key>Mode</key><string>Manual</string>",
            Warning,
            Code::NotAllowed,
            "Mode",
        ),
        ("{URL}<key>Proxy</key><dict/>", Error, Code::MissingKey, "Proxy.Host"),
    ];
    for (keys, severity, code, path) in &cases[..6] {
        let keys = keys.replace("{URL}", URL);
        assert_eq!(
            found(&COMMUNITY, &keys),
            [(*severity, *code, (*path).to_owned())],
            "{keys}"
        );
    }
    // Everything inside counts as unofficial, too.
    let (keys, _, code, path) = cases[6];
    let keys = keys.replace("{URL}", URL);
    assert_eq!(found(&COMMUNITY, &keys), [(Warning, code, path.to_owned())]);
    // The keys that all payloads have are Apple's.
    let document = profile(&payload("com.example.agent", URL))
        .replace("PayloadVersion</key><integer>1", "PayloadVersion</key><integer>0");
    let report = findings(&COMMUNITY, &document);
    assert!(report.iter().all(|found| found.finding.severity == Error) && !report.is_empty());
}

#[test]
fn secrets_are_never_shown() {
    let secret = "correct-horse-battery";
    for keys in [
        format!("<key>Proxy</key><dict><key>Enrollment</key><array><string>{secret}</string></array></dict>"),
        format!("<key>Proxy</key><dict><key>Enrolment</key><string>{secret}</string></dict>"),
        format!(
            "<key>Proxy</key><dict><key>Host</key><dict><key>Enrollment</key><string>{secret}</string></dict></dict>"
        ),
        format!("<key>Proxy</key><string>{secret}</string>"),
    ] {
        let report = findings(&AGENT, &profile(&payload("com.example.agent", &keys)));
        assert!(report.len() > 1, "{keys}");
        assert!(!format!("{report:?}").contains(secret), "{keys}: {report:?}");
    }
}

#[test]
fn a_value_of_a_known_key_is_shown() {
    let report = findings(
        &AGENT,
        &profile(&payload(
            "com.example.agent",
            &format!("{URL}\n<key>Mode</key>\n<string>sometimes</string>"),
        )),
    );
    assert_eq!(
        report[0].finding.message,
        "expected `automatic` or `manual`, found `sometimes`"
    );
    assert_eq!(report[0].excerpt.as_ref().unwrap().text, "<string>sometimes</string>");
}

#[test]
fn a_misspelled_payload_type_is_suggested() {
    for (name, severity) in [
        ("com.example.agnet", Severity::Warning),
        ("com.example.Agent", Severity::Warning),
        ("com.example.agent2", Severity::Info),
    ] {
        let report = findings(&AGENT, &profile(&payload(name, "")));
        let first = &report[0].finding;
        assert_eq!((first.code, first.severity), (Code::UnknownItem, severity), "{name}");
        assert_eq!(
            first.help.as_deref(),
            Some("did you mean `com.example.agent`?"),
            "{name}"
        );
    }
}

#[test]
fn apples_items_win() {
    static PASSCODE: Item = Item {
        keys: Some(&TABLE),
        ..Item::new(Family::Profile, "com.apple.mobiledevice.passwordpolicy", "Passcode")
    };
    assert!(Catalog::new().add(&PASSCODE).unwrap_err().is_apples);
}

#[test]
fn the_settings_of_preference_domains_are_checked() {
    let settings = |domain: &str, settings: &str| {
        let keys = format!(
            "<key>PayloadContent</key><dict><key>{domain}</key><dict><key>Forced</key><array><dict>
             <key>mcx_preference_settings</key><dict>{settings}</dict></dict></array></dict></dict>"
        );
        profile(&payload("com.apple.ManagedClient.preferences", &keys))
    };
    // Required keys can be set elsewhere.
    let report = findings(
        &COMMUNITY,
        &settings(
            "com.example.agent",
            "<key>Minutes</key><string>5</string><key>Mdoe</key><string>manual</string>",
        ),
    );
    let found: Vec<_> = report
        .iter()
        .map(|found| (found.finding.code, found.finding.path.as_str()))
        .collect();
    let at = r#"PayloadContent[0].PayloadContent["com.example.agent"].Forced[0].mcx_preference_settings"#;
    assert_eq!(
        found,
        [
            (Code::WrongType, format!("{at}.Minutes").as_str()),
            (Code::UnknownKey, format!("{at}.Mdoe").as_str())
        ]
    );
    assert!(
        findings(
            &COMMUNITY,
            &settings("com.example.agent", "<key>Minutes</key><integer>5</integer>")
        )
        .is_empty()
    );
    assert!(findings(&COMMUNITY, &settings("com.example.other", "<key>Minutes</key><true/>")).is_empty());
}

#[test]
fn payloads_in_embedded_profiles_are_checked() {
    let inner = profile(&payload(
        "com.example.agent",
        "<key>ServerURL</key><integer>1</integer>",
    ));
    let data = base64(inner.as_bytes());
    let command = format!(
        "<plist version=\"1.0\"><dict><key>CommandUUID</key><string>1</string><key>Command</key><dict>
         <key>RequestType</key><string>InstallProfile</string><key>Payload</key><data>{data}</data></dict></dict></plist>"
    );
    let report = findings(&AGENT, &command);
    assert_eq!(report.len(), 1, "{report:?}");
    assert_eq!(report[0].finding.path, "Command.Payload.PayloadContent[0].ServerURL");
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let known = digit <= chunk.len();
            let index = (bits >> (18 - 6 * digit) & 63) as usize;
            text.push(if known { char::from(DIGITS[index]) } else { '=' });
        }
    }
    text
}

#[test]
fn typed_profiles_are_checked_with_a_catalog() {
    let document = profile(&payload(
        "com.example.agent",
        "<key>Mode</key><string>sometimes</string>",
    ));
    let profile = Profile::from_slice(document.as_bytes()).unwrap();
    let codes = |report: apple_mdm::validate::Report| report.errors().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(profile.validate()), []);
    let expected = [Code::NotAllowed, Code::MissingKey];
    assert_eq!(codes(profile.validate_with(&catalog(&AGENT))), expected);
    let target = Target::macos("15.0").unwrap();
    assert_eq!(codes(profile.check_with(&target, &catalog(&AGENT))), expected);
}
