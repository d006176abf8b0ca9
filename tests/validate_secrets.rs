//! Findings about secrets never show the secret, whatever is wrong with it.

mod made;

use apple_mdm::commands::{Request, SetFirmwarePassword};
use apple_mdm::schema::{Key, Kind};
use apple_mdm::validate::{self, Report, Target, Validate};
use apple_mdm::value::{Dictionary, Value};
use made::mutate::mutated;
use made::place::Place;
use made::walk::{alone, dicts};

const SECRET: &str = "Zyxw-9876";
const NUMBER: i64 = 918_273_645;

/// Returns the secret in many forms, most of them wrong for any key.
fn shapes() -> Vec<Value> {
    let bytes = SECRET.as_bytes();
    let mut all = vec![
        Value::from(SECRET),
        SECRET.repeat(100).into(),
        format!("{SECRET}\u{1}ü").into(),
        format!("https://{SECRET}").into(),
        format!("{SECRET}@example.com").into(),
        Value::Data(bytes.into()),
        Value::Data(bytes.repeat(100).into()),
        NUMBER.into(),
        (-NUMBER).into(),
        (NUMBER as f64).into(),
        0.918_273_645.into(),
    ];
    let inner = all.clone();
    all.push(Value::Array(inner.clone()));
    all.push(Value::Array(vec![Value::Array(inner.clone())]));
    all.extend(
        inner
            .iter()
            .map(|value| Value::from(Dictionary::from_iter([("key", value.clone())]))),
    );
    all
}

#[track_caller]
fn hides(name: &str, report: &Report) -> usize {
    let shown = [
        report.to_string(),
        report.findings().iter().map(|finding| format!("{finding}\n")).collect(),
        format!("{report:?}"),
        format!("{report:#?}"),
        serde_json::to_string(report).unwrap(),
    ];
    let bytes = format!("{:?}", &SECRET.as_bytes()[..4]);
    let forms = [SECRET, "918273645", "Wnl4dy", bytes.trim_matches(['[', ']'])];
    for text in &shown {
        for form in forms {
            assert!(!text.contains(form), "{name} shows {form}:\n{text}");
        }
    }
    report.findings().len()
}

/// Collects the places of secrets in and below a key.
fn secrets(key: &'static Key, value: &Value, place: &Place, all: &mut Vec<Place>) {
    if key.secret {
        all.push(place.clone());
    }
    match (key.kind, place.get(value)) {
        (Kind::Array(item) | Kind::OneOrMany(item), Some(Value::Array(items))) => {
            for index in 0..items.len() {
                secrets(item, value, &place.index(index), all);
            }
        }
        (Kind::Map(inner), Some(Value::Dictionary(entries))) => {
            for name in entries.keys() {
                secrets(inner, value, &place.key(name), all);
            }
        }
        _ => {}
    }
}

#[test]
fn no_finding_shows_a_secret() {
    let (mut keys, mut found) = (0, 0);
    for described in dicts() {
        for key in described.dict.keys.iter().chain(described.dict.any) {
            let Ok((base, _)) = mutated(described.dict, key) else {
                assert!(!key.secret, "{}.{}", described.label(), key.name);
                continue;
            };
            let place = Place::default().key(if key.name.is_empty() {
                "com.example.name"
            } else {
                key.name
            });
            let mut all = Vec::new();
            secrets(key, &base, &place, &mut all);
            for place in all {
                keys += 1;
                let name = format!("{} {place}", described.label());
                for shape in shapes() {
                    let value = place.with(&base, shape).unwrap();
                    let item = alone(described.dict);
                    found += hides(&name, &validate::keys(item, &value));
                    found += hides(
                        &name,
                        &validate::check_keys(item, &value, &Target::macos("10.7").unwrap()),
                    );
                }
            }
        }
    }
    eprintln!("{keys} secrets, {found} findings");
    assert!(keys > 80 && found > 1000, "{keys} {found}");
}

#[test]
fn a_finding_about_a_dictionary_does_not_show_the_secrets_in_it() {
    // A dictionary with secrets in place of another type.
    for described in dicts() {
        let mut keys = Dictionary::new();
        for key in described.dict.keys.iter().filter(|key| key.secret) {
            keys.insert(key.name, SECRET);
        }
        if keys.is_empty() {
            continue;
        }
        let item = alone(described.dict);
        hides(&described.label(), &validate::keys(item, &keys.clone().into()));
        hides(
            &described.label(),
            &validate::keys(item, &Value::Array(vec![keys.clone().into()])),
        );
        keys.insert("Unknown", SECRET);
        hides(&described.label(), &validate::keys(item, &keys.into()));
    }
}

#[test]
fn only_the_invalid_character_of_a_password_is_shown() {
    let report = Request::new("1", SetFirmwarePassword::new(format!("{SECRET}é"))).validate();
    hides("NewPassword", &report);
    let finding = report.errors().next().unwrap();
    assert_eq!(finding.path, "Command.NewPassword");
    assert!(
        finding.message.ends_with("found `é` (U+00E9) as character 10"),
        "{finding}"
    );
    // An empty password removes the old one.
    assert!(Request::new("1", SetFirmwarePassword::new("")).validate().is_ok());
    let all: String = (' '..='~').collect();
    assert!(Request::new("1", SetFirmwarePassword::new(all)).validate().is_ok());
    for (wrong, position) in [("\u{1f}", 1), ("abc\u{7f}", 4), ("a\nb", 2)] {
        let report = Request::new("1", SetFirmwarePassword::new(wrong)).validate();
        let finding = report.errors().next().unwrap();
        assert!(
            finding.message.ends_with(&format!("as character {position}")),
            "{finding}"
        );
    }
}
