//! Relations between a profile and its payloads: references, identifiers, duplicate payloads, fixed values.

mod made;

use apple_mdm::Document;
use apple_mdm::profiles::Profile;
use apple_mdm::schema::{self, Check, Dict, Fact, Family, Item, Kind, Os, Path, Step};
use apple_mdm::validate::{Code, Finding, Report, Target, Validate};
use apple_mdm::value::{Dictionary, Value};
use made::place::Place;
use made::rules::ensure;
use made::solve::least;

const FIRST: &str = "24A9D6AC-9C34-45F3-B92F-88C4657204C9";
const SECOND: &str = "C1B2A1D0-0F0E-4B0A-8C0D-5D0E6F708192";

fn payload(kind: &str, identifier: &str, uuid: &str, keys: &Value) -> Value {
    let mut keys = keys.as_dictionary().unwrap().clone();
    keys.insert("PayloadType", kind);
    keys.insert("PayloadIdentifier", identifier);
    keys.insert("PayloadUUID", uuid);
    keys.insert("PayloadVersion", 1);
    keys.into()
}

fn keys() -> Dictionary {
    let mut keys = Dictionary::new();
    keys.insert("PayloadType", "Configuration");
    keys.insert("PayloadIdentifier", "com.example.profile");
    keys.insert("PayloadUUID", "3F2504E0-4F89-41D3-9A0C-0305E82C3301");
    keys.insert("PayloadVersion", 1);
    keys
}

fn profile(payloads: Vec<Value>) -> Profile {
    let mut keys = keys();
    keys.insert("PayloadContent", Value::Array(payloads));
    Profile::from_value(&keys.into()).unwrap()
}

fn errors(report: &Report) -> Vec<(Code, &str)> {
    report
        .errors()
        .map(|finding| (finding.code, finding.path.as_str()))
        .collect()
}

fn passcode(identifier: &str, uuid: &str) -> Value {
    payload(
        "com.apple.mobiledevice.passwordpolicy",
        identifier,
        uuid,
        &Dictionary::new().into(),
    )
}

fn wifi(identifier: &str, uuid: &str) -> Value {
    let keys = Dictionary::from_iter([("SSID_STR", "example")]);
    payload("com.apple.wifi.managed", identifier, uuid, &keys.into())
}

/// Returns the first path to a dictionary in its item.
fn path_to(item: &'static Item, wanted: &'static Dict) -> Option<Vec<Step>> {
    fn dict(at: &'static Dict, wanted: &'static Dict, open: &mut Vec<usize>, path: &[Step]) -> Option<Vec<Step>> {
        if std::ptr::eq(at, wanted) {
            return Some(path.to_vec());
        }
        let address = std::ptr::from_ref(at).addr();
        if open.contains(&address) {
            return None;
        }
        open.push(address);
        let found = at.keys.iter().chain(at.any).find_map(|entry| {
            let step = if entry.name.is_empty() {
                Step::Any
            } else {
                Step::Key(entry.name)
            };
            let mut path: Vec<Step> = path.to_vec();
            path.push(step);
            let mut kind = entry.kind;
            loop {
                match kind {
                    Kind::Array(item) | Kind::OneOrMany(item) => {
                        path.push(Step::Items);
                        kind = item.kind;
                    }
                    Kind::Map(value) => {
                        path.push(Step::Any);
                        kind = value.kind;
                    }
                    Kind::Dictionary(next) => return dict(next, wanted, open, &path),
                    _ => return None,
                }
            }
        });
        open.pop();
        found
    }
    dict(item.keys?, wanted, &mut Vec::new(), &[])
}

#[test]
fn every_reference_to_a_payload_must_lead_to_one_of_the_right_type() {
    let (mut count, mut skipped) = (0, 0);
    for described in made::walk::dicts().iter().filter(|d| d.item.family == Family::Profile) {
        for rule in described.dict.rules {
            let Check::PayloadRef { key, types } = rule.check else {
                continue;
            };
            count += 1;
            let item = described.item;
            let way = path_to(item, described.dict).unwrap();
            let path: Path = Box::leak(
                way.into_iter()
                    .chain(key.iter().copied())
                    .collect::<Vec<_>>()
                    .into_boxed_slice(),
            );
            let start = least(item.keys.unwrap()).unwrap();
            let (value, place) = ensure(item.keys.unwrap(), &start, &Place::default(), path).unwrap();
            let at = format!("PayloadContent[0].{place}");
            let check = |reference: &str, kind: &str| {
                let value = place.with(&value, reference).unwrap();
                let first = payload(item.name, "com.example.1", FIRST, &value);
                let second = payload(kind, "com.example.2", SECOND, &Dictionary::new().into());
                let report = profile(vec![first, second]).validate();
                let is_it = |finding: &&Finding| finding.code == Code::BadReference && finding.path == at;
                report.findings().iter().find(is_it).cloned()
            };
            let name = format!("{} {}", described.label(), rule.says);
            let right = types.first().copied().unwrap_or("com.apple.security.pem");
            assert_eq!(check(SECOND, right), None, "{name}");
            // UUIDs are compared without regard to case.
            assert_eq!(check(&SECOND.to_lowercase(), right), None, "{name}");
            // The value made here violates a condition of a few rules.
            let Some(dangling) = check("00000000-0000-0000-0000-000000000000", right) else {
                skipped += 1;
                continue;
            };
            assert!(dangling.severity >= rule.severity, "{name}");
            if !types.is_empty() {
                let other = check(SECOND, "com.apple.dock").expect(&name);
                assert!(other.message.contains("`com.apple.dock`"), "{name}: {other}");
            }
        }
    }
    assert!(count > 30 && skipped < 5, "{count} {skipped}");
}

#[test]
fn references_are_not_checked_outside_a_profile() {
    let keys = Dictionary::from_iter([("SSID_STR", "example"), ("PayloadCertificateUUID", SECOND)]);
    let mut keys = payload("com.apple.wifi.managed", "com.example.1", FIRST, &keys.into());
    let entry = apple_mdm::profiles::PayloadEntry::from_value(&keys).unwrap();
    assert!(
        entry
            .validate()
            .findings()
            .iter()
            .all(|finding| finding.code != Code::BadReference)
    );
    keys.as_dictionary_mut().unwrap().insert("EncryptionType", "WPA2");
    let report = profile(vec![keys]).validate();
    assert!(
        report
            .findings()
            .iter()
            .any(|finding| finding.code == Code::BadReference),
        "{report}"
    );
}

#[test]
fn payload_uuids_must_be_unique() {
    for (payloads, expected) in [
        (
            vec![passcode("com.example.1", FIRST), wifi("com.example.2", SECOND)],
            vec![],
        ),
        (
            vec![
                passcode("com.example.1", FIRST),
                wifi("com.example.2", &FIRST.to_lowercase()),
            ],
            vec![(Code::Unique, "PayloadContent[1].PayloadUUID")],
        ),
        (
            vec![passcode("com.example.1", "3F2504E0-4F89-41D3-9A0C-0305E82C3301")],
            vec![(Code::Unique, "PayloadContent[0].PayloadUUID")],
        ),
        (
            vec![wifi("com.example.1", FIRST), wifi("com.example.1", SECOND)],
            vec![(Code::Unique, "PayloadContent[1]")],
        ),
    ] {
        let report = profile(payloads).validate();
        assert_eq!(errors(&report), expected, "{report}");
    }
    // Payloads of two types with the same identifier occur in the wild.
    let report = profile(vec![passcode("com.example.1", FIRST), wifi("com.example.1", SECOND)]).validate();
    assert_eq!(errors(&report), []);
    let warned: Vec<&str> = report.warnings().map(|finding| finding.path.as_str()).collect();
    assert_eq!(warned, ["PayloadContent[1].PayloadIdentifier"], "{report}");
}

#[test]
fn a_repeated_identifier_is_found_among_many_payloads() {
    let uuid = |number: usize| format!("24A9D6AC-9C34-45F3-B92F-{number:012x}");
    for count in [1usize, 31, 32, 33, 34, 100] {
        let all = |last: usize| {
            let numbers = (0..count).chain([last]).enumerate();
            let payloads =
                numbers.map(|(index, number)| wifi(&format!("com.example.{index}"), &uuid(number).to_uppercase()));
            profile(payloads.collect()).validate()
        };
        assert_eq!(errors(&all(count)), [], "{count}");
        for repeated in [0, count / 2, count - 1] {
            let path = format!("PayloadContent[{count}].PayloadUUID");
            assert_eq!(
                errors(&all(repeated)),
                [(Code::Unique, path.as_str())],
                "{count} {repeated}"
            );
        }
    }
}

#[test]
fn an_element_that_is_not_a_payload_does_not_prevent_the_comparison() {
    let same = passcode("com.example.a", FIRST);
    let profile = profile(vec![same.clone(), same, Value::from("no payload")]);
    assert!(profile.payloads().is_empty());
    let report = profile.validate();
    let at = "PayloadContent[1].PayloadUUID";
    assert!(errors(&report).contains(&(Code::Unique, at)), "{report:?}");
}

#[test]
fn versions_types_and_uuids_are_checked() {
    let first = || passcode("com.example.1", FIRST);
    let with = |key: &str, value: Value| {
        let mut keys = keys();
        keys.insert("PayloadContent", Value::Array(vec![first()]));
        keys.insert(key, value);
        Profile::from_value(&keys.into()).unwrap().validate()
    };
    assert_eq!(errors(&with("PayloadVersion", 1.into())), []);
    for (key, value, expected) in [
        ("PayloadVersion", Value::from(2), Code::NotAllowed),
        ("PayloadType", "com.apple.dock".into(), Code::NotAllowed),
        ("PayloadUUID", "".into(), Code::Length),
        ("PayloadIdentifier", "my profile".into(), Code::Pattern),
        ("PayloadScope", "Everyone".into(), Code::NotAllowed),
    ] {
        let report = with(key, value);
        assert_eq!(errors(&report), [(expected, key)], "{report}");
    }
    let report = with("PayloadUUID", "1234".into());
    assert_eq!(errors(&report), []);
    assert!(
        report
            .warnings()
            .any(|finding| finding.path == "PayloadUUID" && finding.code == Code::Pattern)
    );
    for key in ["PayloadVersion", "PayloadType", "PayloadUUID", "PayloadIdentifier"] {
        let mut keys = keys();
        keys.insert("PayloadContent", Value::Array(vec![first()]));
        keys.remove(key);
        let report = Profile::from_value(&keys.into()).unwrap().validate();
        assert!(errors(&report).contains(&(Code::MissingKey, key)), "{report}");
    }
    for key in ["PayloadVersion", "PayloadUUID", "PayloadIdentifier"] {
        let mut payload = first();
        payload.as_dictionary_mut().unwrap().remove(key);
        let report = profile(vec![payload]).validate();
        let path = format!("PayloadContent[0].{key}");
        assert_eq!(errors(&report), [(Code::MissingKey, path.as_str())], "{report}");
    }
    let mut payload = first();
    payload.as_dictionary_mut().unwrap().remove("PayloadType");
    let report = profile(vec![payload]).validate();
    assert_eq!(
        errors(&report),
        [(Code::MissingKey, "PayloadContent[0].PayloadType")],
        "{report}"
    );
}

#[test]
fn a_payload_type_that_can_occur_once_is_reported_if_repeated() {
    let mut counts = (0, 0);
    for item in schema::items().filter(|item| item.family == Family::Profile) {
        if ["TopLevel", "CommonPayloadKeys"].contains(&item.name) || item.selector.is_some() {
            continue;
        }
        let Some(Ok(keys)) = item.keys.map(least) else { continue };
        let twice = profile(vec![
            payload(item.name, "com.example.1", FIRST, &keys),
            payload(item.name, "com.example.2", SECOND, &keys),
        ]);
        let is_found = |report: &Report| {
            let is_it =
                |finding: &Finding| finding.code == Code::DuplicatePayload && finding.path == "PayloadContent[1]";
            report.errors().any(is_it)
        };
        let support = item.availability("").unwrap();
        let mut may = false;
        for (os, support) in support.systems() {
            may |= support.multiple != Some(false);
            let report = twice.check(&Target::new(os));
            assert_eq!(
                is_found(&report),
                support.multiple == Some(false),
                "{} {os}: {report}",
                item.name
            );
        }
        if support.systems().next().is_none() {
            continue;
        }
        // Without a target, it is an error only if it is one on every system.
        assert_eq!(is_found(&twice.validate()), !may, "{}", item.name);
        if may {
            counts.0 += 1;
        } else {
            counts.1 += 1;
        }
    }
    assert!(counts.0 > 20 && counts.1 > 10, "{counts:?}");
    let once = schema::items().flat_map(|item| item.support);
    assert!(once.into_iter().any(|fact| *fact == (Os::Macos, Fact::Multiple(false))));
}

#[test]
fn an_invalid_payload_counts_as_one_of_its_type() {
    let mut broken = passcode("com.example.2", SECOND);
    broken.as_dictionary_mut().unwrap().insert("minLength", "eight");
    let report = profile(vec![passcode("com.example.1", FIRST), broken]).check(&Target::new(Os::Macos));
    let multiple = <apple_mdm::profiles::Passcode as schema::Described>::ITEM
        .availability("")
        .unwrap();
    let expected = multiple.on(Os::Macos).multiple == Some(false);
    let found = report.errors().any(|finding| finding.code == Code::DuplicatePayload);
    assert_eq!(found, expected, "{report}");
    assert!(
        report
            .errors()
            .any(|finding| finding.path == "PayloadContent[1].minLength"),
        "{report}"
    );
}

#[test]
fn an_unknown_payload_type_is_reported() {
    for (kind, expected) in [
        ("com.example.vendor", None),
        ("com.apple.wifi.mangaed", Some("did you mean `com.apple.wifi.managed`?")),
    ] {
        let report = profile(vec![payload(kind, "com.example.1", FIRST, &Dictionary::new().into())]).validate();
        assert!(report.is_ok(), "{report}");
        let unknown = report
            .findings()
            .iter()
            .find(|finding| finding.code == Code::UnknownItem)
            .unwrap();
        assert_eq!(unknown.path, "PayloadContent[0].PayloadType");
        assert_eq!(unknown.help.as_deref(), expected);
    }
}
