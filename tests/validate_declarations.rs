//! Sets of declarations: each declaration, and the references between them.

mod made;

use apple_mdm::Document;
use apple_mdm::declarations::Declaration;
use apple_mdm::schema::{self, Dict, Family, Item, Key, Kind, Step};
use apple_mdm::validate::{self, Code, Report, Severity, Target};
use apple_mdm::value::{Dictionary, Value};
use made::place::Place;
use made::solve::{fresh, least};

fn declaration(kind: &str, identifier: &str, payload: impl Into<Value>) -> Declaration {
    let mut keys = Dictionary::new();
    keys.insert("Type", kind);
    keys.insert("Identifier", identifier);
    keys.insert("ServerToken", "1");
    keys.insert("Payload", payload);
    Declaration::from_value(&keys.into()).unwrap()
}

fn asset(kind: &str, identifier: &str, content_type: Option<&str>) -> Declaration {
    let item = schema::item(Family::Declaration, kind).unwrap();
    let mut payload = least(item.keys.unwrap()).unwrap();
    if let Some(content_type) = content_type {
        let reference = Place::parse("Reference").get_mut(&mut payload).unwrap();
        reference
            .as_dictionary_mut()
            .unwrap()
            .insert("ContentType", content_type);
    }
    declaration(kind, identifier, payload)
}

fn found(report: &Report, code: Code) -> Vec<(Severity, &str, &str)> {
    let all = report.findings().iter().filter(|finding| finding.code == code);
    all.map(|finding| (finding.severity, finding.path.as_str(), finding.message.as_str()))
        .collect()
}

fn profile_of(asset: &str) -> Dictionary {
    Dictionary::from_iter([("ProfileAssetReference", asset)])
}

#[test]
fn each_declaration_is_checked_and_paths_start_with_its_index() {
    let passcode = Dictionary::from_iter([("MinimumLength", 99)]);
    let set = [
        asset("com.apple.asset.data", "a", None),
        declaration("com.apple.configuration.passcode.settings", "b", passcode),
    ];
    let report = validate::declarations(&set, None);
    let paths: Vec<&str> = report.errors().map(|finding| finding.path.as_str()).collect();
    assert_eq!(paths, ["[1].Payload.MinimumLength"], "{report}");
    let report = validate::declarations(&set, Some(&Target::ios("14.0").unwrap()));
    assert!(
        report
            .errors()
            .any(|f| f.code == Code::NotYetAvailable && f.path.starts_with("[0]")),
        "{report}"
    );
}

#[test]
fn identifiers_must_be_unique() {
    let set = ["a", "b", "a", "a"].map(|identifier| asset("com.apple.asset.data", identifier, None));
    let report = validate::declarations(&set, None);
    let found = found(&report, Code::Unique);
    assert_eq!(
        found.iter().map(|(_, path, _)| *path).collect::<Vec<_>>(),
        ["[2].Identifier", "[3].Identifier"]
    );
    assert!(
        found
            .iter()
            .all(|(severity, _, message)| *severity == Severity::Error && message.contains("[0].Identifier"))
    );
}

#[test]
fn a_reference_must_lead_to_an_asset_of_an_allowed_type_and_media_type() {
    let legacy = |asset: &str| declaration("com.apple.configuration.legacy", "c", profile_of(asset));
    for (set, expected) in [
        (vec![asset("com.apple.asset.data", "a", None), legacy("a")], None),
        (
            vec![asset("com.apple.asset.data", "a", Some("application/xml")), legacy("a")],
            None,
        ),
        // Media types are compared without regard to case.
        (
            vec![asset("com.apple.asset.data", "a", Some("Text/XML")), legacy("a")],
            None,
        ),
        (
            vec![asset("com.apple.asset.data", "a", Some("application/zip")), legacy("a")],
            Some("the data of [0] is `application/zip`: expected one of application/plist"),
        ),
        (
            vec![asset("com.apple.asset.data", "a", None), legacy("b")],
            Some("no declaration of the set is called `b`: expected `com.apple.asset.data`"),
        ),
        (
            vec![asset("com.apple.asset.credential.userpassword", "a", None), legacy("a")],
            Some("[0] is a `com.apple.asset.credential.userpassword`: expected `com.apple.asset.data`"),
        ),
        // A reference to the declaration itself.
        (
            vec![asset("com.apple.asset.data", "a", None), legacy("c")],
            Some("[1] is a `com.apple.configuration.legacy`: expected `com.apple.asset.data`"),
        ),
    ] {
        let report = validate::declarations(&set, None);
        let found = found(&report, Code::BadReference);
        match expected {
            None => assert_eq!(found, [], "{report}"),
            Some(expected) => {
                let [(severity, path, message)] = found.as_slice() else {
                    panic!("{found:?}")
                };
                assert_eq!(
                    (*severity, *path),
                    (Severity::Error, "[1].Payload.ProfileAssetReference")
                );
                assert!(message.starts_with(expected), "{message}");
            }
        }
    }
}

#[test]
fn an_activation_must_name_configurations() {
    let activation = |names: &[&str]| {
        let names: Vec<Value> = names.iter().map(|name| Value::from(*name)).collect();
        let payload = Dictionary::from_iter([("StandardConfigurations", Value::Array(names))]);
        declaration("com.apple.activation.simple", "activation", payload)
    };
    let set = [
        activation(&["c", "nowhere", "a", "vendor"]),
        asset("com.apple.asset.data", "a", None),
        declaration("com.apple.configuration.legacy", "c", profile_of("a")),
        declaration("com.apple.configuration.of-tomorrow", "vendor", Dictionary::new()),
    ];
    let report = validate::declarations(&set, None);
    let found = found(&report, Code::BadReference);
    let expected = [
        (
            Severity::Warning,
            "[0].Payload.StandardConfigurations[1]",
            "no declaration of the set is called `nowhere`",
        ),
        (
            Severity::Error,
            "[0].Payload.StandardConfigurations[2]",
            "[1] is a `com.apple.asset.data`: expected a configuration",
        ),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_invalid_declaration_still_belongs_to_the_set() {
    let mut broken = profile_of("a");
    broken.insert("MustBeInteractive", "no such type");
    let mut asset_payload = Dictionary::new();
    asset_payload.insert("Reference", 1);
    let set = [
        declaration("com.apple.asset.data", "a", asset_payload),
        declaration("com.apple.configuration.legacy", "c", broken),
    ];
    let report = validate::declarations(&set, None);
    assert_eq!(found(&report, Code::BadReference), [], "{report}");
    assert_eq!(found(&report, Code::WrongType).len(), 1, "{report}");
    let report = validate::declarations(&set[1..], None);
    assert_eq!(found(&report, Code::BadReference).len(), 1, "{report}");
}

/// Returns the paths of all keys that refer to assets, as steps from the payload.
fn references(item: &'static Item) -> Vec<(Vec<Step>, &'static Key)> {
    fn dict(dict: &'static Dict, at: &[Step], open: &mut Vec<usize>, all: &mut Vec<(Vec<Step>, &'static Key)>) {
        let address = std::ptr::from_ref(dict).addr();
        if open.contains(&address) {
            return;
        }
        open.push(address);
        for entry in dict.keys.iter().chain(dict.any) {
            let step = if entry.name.is_empty() {
                Step::Any
            } else {
                Step::Key(entry.name)
            };
            let path: Vec<Step> = at.iter().copied().chain([step]).collect();
            key(entry, path, open, all);
        }
        open.pop();
    }
    fn key(key_: &'static Key, path: Vec<Step>, open: &mut Vec<usize>, all: &mut Vec<(Vec<Step>, &'static Key)>) {
        let inner = |step: Step| path.iter().copied().chain([step]).collect();
        if !key_.details().asset_types.is_empty() {
            let path = if matches!(key_.kind, Kind::Array(_) | Kind::OneOrMany(_)) {
                inner(Step::Items)
            } else {
                path.clone()
            };
            all.push((path, key_));
        }
        match key_.kind {
            Kind::Dictionary(table) => dict(table, &path, open, all),
            Kind::Array(item) | Kind::OneOrMany(item) => key(item, inner(Step::Items), open, all),
            Kind::Map(value) => key(value, inner(Step::Any), open, all),
            _ => {}
        }
    }
    let mut all = Vec::new();
    if let Some(table) = item.keys {
        dict(table, &[], &mut Vec::new(), &mut all);
    }
    all
}

#[test]
fn every_reference_to_an_asset_is_checked() {
    let mut count = 0;
    for item in schema::items().filter(|item| item.family == Family::Declaration) {
        for (path, key) in references(item) {
            count += 1;
            let dict = item.keys.unwrap();
            let path: &'static [Step] = Box::leak(path.into_boxed_slice());
            let start = least(dict).unwrap_or_else(|_| Dictionary::new().into());
            let (payload, place) = made::rules::ensure(dict, &start, &Place::default(), path).unwrap();
            let payload = place.with(&payload, "the-asset").unwrap();
            let at = format!("[0].Payload.{place}");
            let set = |kind: &str| {
                let asset = schema::item(Family::Declaration, kind).unwrap();
                let other = fresh(&Key::new("", Kind::Dictionary(asset.keys.unwrap())), 0);
                [
                    declaration(item.name, "c", payload.clone()),
                    declaration(kind, "the-asset", other),
                ]
            };
            let is_found = |set: &[Declaration]| {
                let report = validate::declarations(set, None);
                report
                    .errors()
                    .any(|finding| finding.code == Code::BadReference && finding.path == at)
            };
            for kind in key.details().asset_types {
                assert!(!is_found(&set(kind)), "{at} refers to {kind}");
            }
            assert!(
                is_found(&set("com.apple.asset.useridentity")[..1]),
                "{at} refers to nothing"
            );
            let wrong = ["com.apple.asset.useridentity", "com.apple.asset.data"]
                .into_iter()
                .find(|kind| !key.details().asset_types.contains(kind))
                .unwrap();
            assert!(is_found(&set(wrong)), "{at} refers to {wrong}");
        }
    }
    assert!(count >= 60, "{count}");
}
