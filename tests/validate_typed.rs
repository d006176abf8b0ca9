//! What is found in a document is found in the value that it is read into too: types lose and hide nothing.

mod made;

use apple_mdm::Document;
use apple_mdm::checkin::Message;
use apple_mdm::commands::{Command, Response};
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::PayloadEntry;
use apple_mdm::schema::{self, Family, Item};
use apple_mdm::validate::{self, Report, Validate};
use apple_mdm::value::{Dictionary, Value};
use made::mutate::mutated;

fn with(value: &Value, entries: &[(&str, &str)]) -> Value {
    let mut value = value.clone();
    let all = value.as_dictionary_mut().unwrap();
    for (key, text) in entries {
        all.insert(*key, *text);
    }
    value
}

/// What is found after reading the keys of an item into its type; `None` for families without an enum over their items.
fn typed(item: &'static Item, value: &Value) -> Option<Report> {
    Some(match item.family {
        Family::Command => Command::from_value(&with(value, &[("RequestType", item.name)]))
            .unwrap()
            .validate(),
        Family::Profile => {
            let common = [
                ("PayloadType", item.name),
                ("PayloadIdentifier", "com.example.payload"),
                ("PayloadUUID", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"),
            ];
            let mut value = with(value, &common);
            value.as_dictionary_mut().unwrap().insert("PayloadVersion", 1);
            PayloadEntry::from_value(&value).unwrap().validate()
        }
        Family::CheckIn => Message::from_value(&with(value, &[("MessageType", item.name)]))
            .unwrap()
            .validate(),
        Family::Declaration => {
            let mut envelope = Dictionary::new();
            envelope.insert("Type", item.name);
            envelope.insert("Identifier", "com.example.declaration");
            envelope.insert("ServerToken", "1");
            envelope.insert("Payload", value.clone());
            Declaration::from_value(&envelope.into()).unwrap().validate()
        }
        _ => return None,
    })
}

/// What is found, in an order of its own: a misfit is looked at after the fields.
fn summary(report: &Report, prefix: &str) -> Vec<String> {
    let mut all: Vec<String> = report
        .findings()
        .iter()
        .map(|finding| {
            let path = finding.path.strip_prefix(prefix).unwrap_or(&finding.path);
            let path = path.strip_prefix('.').unwrap_or(path);
            format!("{}[{}] {path}: {}", finding.severity, finding.code, finding.message)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn what_is_found_in_keys_is_found_in_the_type_that_they_are_read_into() {
    let (mut values, mut problems) = (0, Vec::new());
    for item in schema::items() {
        let Some(dict) = item.keys else { continue };
        if item.selector.is_some() || ["TopLevel", "CommonPayloadKeys", "any"].contains(&item.name) {
            continue;
        }
        for key in dict.keys {
            let Ok((base, all)) = mutated(dict, key) else { continue };
            // A check-in message of another type is another message.
            let all = all.into_iter().filter(|_| key.name != "MessageType");
            let unknown = with(&base, &[("Unknown to the schema", "")]);
            for value in all.map(|mutation| mutation.value).chain([base, unknown]) {
                let Some(report) = typed(item, &value) else { continue };
                values += 1;
                let prefix = if item.family == Family::Declaration {
                    "Payload"
                } else {
                    ""
                };
                let (found, expected) = (summary(&report, prefix), summary(&validate::keys(item, &value), ""));
                if found != expected {
                    problems.push(format!(
                        "{} {}\n  {found:?}\n  {expected:?}\n  {value:?}",
                        item.rust, key.name
                    ));
                }
            }
        }
    }
    eprintln!("{values} values");
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn what_is_found_in_an_answer_is_found_in_its_type_too() {
    let (mut values, mut problems) = (0, Vec::new());
    for item in schema::items().filter(|item| item.family == Family::Command) {
        let Some(dict) = item.response else { continue };
        for key in dict.keys {
            let Ok((base, all)) = mutated(dict, key) else { continue };
            for value in all.into_iter().map(|mutation| mutation.value).chain([base]) {
                // `Status` is a key of all answers.
                let Ok(response) = Response::from_value(&match value.get("Status") {
                    None => with(&value, &[("Status", "Acknowledged")]),
                    Some(_) => value.clone(),
                }) else {
                    continue;
                };
                values += 1;
                let body = response.body_of(item.name).unwrap().unwrap();
                let found = summary(&validate::response(item, &*body), "");
                let expected = summary(&validate::keys(made::walk::alone(dict), &value), "");
                if found != expected {
                    problems.push(format!(
                        "{} {}\n  {found:?}\n  {expected:?}\n  {value:?}",
                        item.rust, key.name
                    ));
                }
            }
        }
    }
    eprintln!("{values} answers");
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn a_status_report_is_made_of_what_it_tells() {
    use apple_mdm::Document;
    use apple_mdm::protocol::StatusReport;

    let mut report = StatusReport {
        errors: Some(Vec::new()),
        ..StatusReport::default()
    };
    report.status_items.device.operating_system.version = Some("27.0".into());
    assert_eq!(
        report.to_json_compact().unwrap(),
        r#"{"StatusItems":{"device":{"operating-system":{"version":"27.0"}}},"Errors":[]}"#
    );
}

#[test]
fn answers_of_commands_that_are_known_by_name_go_from_thread_to_thread() {
    fn is_shared<T: Send + Sync + ?Sized>() {}
    is_shared::<dyn apple_mdm::codec::Record>();
}

#[test]
fn tables_that_hold_themselves_can_be_shown() {
    for item in apple_mdm::schema::items() {
        assert!(format!("{item:?}").contains(item.rust));
    }
}
