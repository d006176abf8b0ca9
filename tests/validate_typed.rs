//! Findings are the same for a document and for the value it is read into.

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

/// Reads the keys of an item into its type and validates it. `None` for families without an enum over their items.
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

/// Returns the findings in a fixed order, since values that do not fit are checked after the fields.
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
fn an_item_has_the_same_findings_as_its_type() {
    let (mut values, mut problems) = (0, Vec::new());
    for item in schema::items() {
        let Some(dict) = item.keys else { continue };
        if item.selector.is_some() || ["TopLevel", "CommonPayloadKeys", "any"].contains(&item.name) {
            continue;
        }
        for key in dict.keys {
            let Ok((base, all)) = mutated(dict, key) else { continue };
            // With another type it is another check-in message.
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
fn a_response_has_the_same_findings_as_its_type() {
    let (mut values, mut problems) = (0, Vec::new());
    for item in schema::items().filter(|item| item.family == Family::Command) {
        let Some(dict) = item.response else { continue };
        for key in dict.keys {
            let Ok((base, all)) = mutated(dict, key) else { continue };
            for value in all.into_iter().map(|mutation| mutation.value).chain([base]) {
                // `Status` is a key of every response.
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
fn a_status_report_is_built_from_its_items() {
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
fn responses_to_named_commands_are_send_and_sync() {
    fn is_shared<T: Send + Sync + ?Sized>() {}
    is_shared::<dyn apple_mdm::codec::Record>();
}

#[test]
fn recursive_tables_can_be_formatted() {
    for item in apple_mdm::schema::items() {
        assert!(format!("{item:?}").contains(item.rust));
    }
}
