//! Apple's example documents and profiles from the field read into their types and come back whole.

mod shared;

use apple_mdm::Document;
use apple_mdm::checkin::Message;
use apple_mdm::codec::{Record, Write};
use apple_mdm::commands::{Command, Request, Response};
use apple_mdm::declarations::Declaration;
use apple_mdm::item::Over;
use apple_mdm::profiles::Profile;
use apple_mdm::schema::{self, Family};
use apple_mdm::status::StatusItems;
use apple_mdm::validate::Validate;
use apple_mdm::value::Value;

/// Examples that contradict the schema, and what the crate says of them.
const CONTRADICTIONS: &[(&str, &str)] = &[
    // The keys have other names in the schema.
    (
        "mdm/commands/application.extensions.listactive/example2.plist",
        r#"unknown keys ["ActiveNSExtensions"]"#,
    ),
    (
        "mdm/commands/application.extensions.mappings/example2.plist",
        r#"unknown keys ["NSExtensionMappings"]"#,
    ),
    (
        "mdm/commands/application.install.enterprise/example2.plist",
        r#"unknown keys ["Queued"]"#,
    ),
    // A request within a request.
    ("mdm/commands/declarativemanagement/example1.plist", "unknown None"),
    (
        "mdm/commands/settings/example2.plist",
        "Settings: Settings: expected a dictionary, found an array",
    ),
    ("mdm/commands/settings/example2.plist", r#"unknown keys ["Settings"]"#),
    // The payload types are no longer those of the schema.
    (
        "mdm/profiles/com.apple.ADCertificate.managed/example1.plist",
        r#"unknown Some("com.apple.myadcertificate.managed")"#,
    ),
    (
        "mdm/profiles/com.apple.system-extension-policy/example1.plist",
        r#"unknown Some("com.apple.nsextension")"#,
    ),
    ("mdm/commands/lom.devicerequest/example1.plist", "unknown None"),
    (
        "mdm/commands/lom.devicerequest/example2.plist",
        r#"unknown keys ["ResponseData"]"#,
    ),
    (
        "mdm/commands/system.update.scan/example2.plist",
        r#"unknown keys ["ScanInititated"]"#,
    ),
    (
        NOT_BASE64,
        "com.apple.security.pkcs1: PayloadContent[0].PayloadContent, line 11, column 13: expected base64 text, found another text",
    ),
    (
        "mdm/profiles/com.apple.security.smartcard/example1.plist",
        "com.apple.security.smartcard: PayloadContent[0].checkCertificateTrust, line 13, column 13: expected an integer, found a boolean",
    ),
];

/// The certificate in this example is not base64. Such text can only be written back as XML.
const NOT_BASE64: &str = "mdm/profiles/com.apple.security.pkcs1/example1.plist";

fn reread<T: Document + PartialEq + std::fmt::Debug>(path: &str, document: &T) {
    let xml = document.to_xml().unwrap_or_else(|e| panic!("{path}: {e}"));
    assert_eq!(&T::from_slice(xml.as_bytes()).unwrap(), document, "{path}: XML");
    let binary = document.to_binary();
    if path == NOT_BASE64 {
        assert_eq!(binary.unwrap_err().path(), "PayloadContent[0].PayloadContent");
        return;
    }
    assert_eq!(&T::from_slice(&binary.unwrap()).unwrap(), document, "{path}: binary");
}

/// The same value, numbers compared by value: an integral real may come back as an integer.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Integer(a), Value::Real(b)) | (Value::Real(b), Value::Integer(a)) => a.as_f64() == *b,
        (Value::Integer(a), Value::Boolean(b)) | (Value::Boolean(b), Value::Integer(a)) => *a == i64::from(*b).into(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Dictionary(a), Value::Dictionary(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

fn whole<T: Document>(path: &str, bytes: &[u8], document: &T) {
    let before = Value::from_slice(bytes).unwrap();
    let after = document.to_value().unwrap();
    assert!(
        same(&before, &after),
        "{path}: something was lost or changed\nbefore {before:#?}\nafter {after:#?}"
    );
}

#[track_caller]
fn check_known(path: &str, over: &impl Over, problems: &mut Vec<String>) {
    if let Some(invalid) = over.invalid() {
        problems.push(format!("{path}: {}: {}", invalid.name, invalid.reason));
    } else if let Some(unknown) = over.unknown() {
        problems.push(format!("{path}: unknown {:?}", unknown.name));
    }
}

fn misfits(path: &str, record: &dyn Record, problems: &mut Vec<String>) {
    for (key, why) in record.extra().misfits() {
        problems.push(format!("{path}: {key}: {why}"));
    }
}

#[test]
fn every_example_of_apple_reads_into_its_type_and_is_written_back_whole() {
    let mut problems = Vec::new();
    let mut count = 0;
    for (path, bytes) in shared::files("apple-examples") {
        count += 1;
        let Some((folder, _)) = path.rsplit_once('/') else {
            continue;
        };
        if folder.starts_with("mdm/commands") {
            let value = Value::from_slice(&bytes).unwrap();
            if value.get("Command").is_some() {
                let request = Request::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
                check_known(&path, &request.command, &mut problems);
                reread(&path, &request);
                whole(&path, &bytes, &request);
            } else if value.get("RequestType").is_some() && value.get("Status").is_none() {
                // A command without the request around it.
                let command = Command::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
                check_known(&path, &command, &mut problems);
                reread(&path, &command);
                whole(&path, &bytes, &command);
            } else {
                let response = Response::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
                reread(&path, &response);
                whole(&path, &bytes, &response);
                let file = format!("{folder}.yaml");
                let Some(item) = schema::items().find(|item| item.files.contains(&file.as_str())) else {
                    eprintln!("{path}: no command of this name in the schema");
                    continue;
                };
                let body = response.body_of(item.name).unwrap().unwrap();
                misfits(&path, &*body, &mut problems);
                let unknown: Vec<&str> = body.extra().keys().collect();
                if !unknown.is_empty() {
                    problems.push(format!("{path}: unknown keys {unknown:?}"));
                }
            }
        } else if folder.starts_with("mdm/profiles") {
            let profile = Profile::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
            for entry in profile.payloads() {
                check_known(&path, &entry.payload, &mut problems);
                misfits(&path, &entry.common, &mut problems);
            }
            misfits(&path, &profile, &mut problems);
            reread(&path, &profile);
            whole(&path, &bytes, &profile);
        } else if folder.starts_with("mdm/checkin") {
            let message = Message::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
            check_known(&path, &message, &mut problems);
            reread(&path, &message);
            whole(&path, &bytes, &message);
        } else if folder.starts_with("declarative/declarations") {
            if folder.contains("/credentials/") {
                continue;
            }
            let declaration = Declaration::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
            check_known(&path, &declaration, &mut problems);
            assert_eq!(
                Declaration::from_slice(declaration.to_json().unwrap().as_bytes()).unwrap(),
                declaration
            );
            whole(&path, &bytes, &declaration);
        } else if folder.starts_with("declarative/status") {
            let items = StatusItems::from_slice(&bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
            if !items.extra.is_empty() {
                problems.push(format!("{path}: {:?}", items.extra));
            }
            assert_eq!(
                StatusItems::from_slice(items.to_json().unwrap().as_bytes()).unwrap(),
                items
            );
            whole(&path, &bytes, &items);
        } else {
            problems.push(format!("{path}: of no kind"));
        }
    }
    let expected: Vec<String> = CONTRADICTIONS
        .iter()
        .map(|(path, why)| format!("{path}: {why}"))
        .collect();
    problems.retain(|problem| !expected.contains(problem));
    assert!(problems.is_empty(), "{count} documents\n{}", problems.join("\n"));
}

#[test]
fn profiles_from_the_field_come_back_whole() {
    for (path, bytes) in shared::files("profiles") {
        if path.contains("/signed/") || path.ends_with(".md") {
            continue;
        }
        let profile = match Profile::from_slice(&bytes) {
            Ok(profile) => profile,
            Err(e) => panic!("{path}: {e}"),
        };
        reread(&path, &profile);
        whole(&path, &bytes, &profile);
        for entry in profile.payloads() {
            if let Some(invalid) = entry.payload.invalid() {
                eprintln!("{path}: {}: {}", invalid.name, invalid.reason);
            }
        }
    }
}

#[test]
fn families_know_their_items() {
    let command: Command = apple_mdm::commands::ClearPasscode::new(vec![1]).into();
    assert_eq!(command.item().unwrap().family, Family::Command);
    assert!(command.view().value("UnlockToken").type_of().is_some());
}

/// Examples that break what Apple says elsewhere, with the path and code of the finding, and why it is right.
const BREACHES: &[(&str, &str)] = &[
    (
        "mdm/commands/declarativemanagement/example1.plist: error[missing-key] Command",
        "a request within a request",
    ),
    (
        "mdm/commands/settings/example2.plist: error[wrong-type] Settings",
        "an array, where the schema has a dictionary",
    ),
    (
        "mdm/commands/profile.install/example1.plist: error[document] Command.Payload: ",
        "the profile in it is no XML: it has an element `<stving>`",
    ),
    (
        "mdm/profiles/com.apple.ADCertificate.managed/example1.plist: error[not-allowed] PayloadType",
        "the profile itself has the type of a payload",
    ),
    (
        "mdm/profiles/com.apple.wifi.managed/example1.plist: error[required-one-of]",
        "the whole profile is below a stray key",
    ),
    (
        "mdm/profiles/com.apple.wifi.managed/example1.plist: error[missing-key] Payload",
        "the same: none of the profile's own keys are where they belong",
    ),
    (
        "mdm/profiles/com.apple.security.identitypreference/example1.plist: error[missing-key] PayloadIdentifier",
        "the profile has no identifier, which every profile must have",
    ),
    (
        "mdm/commands/lom.devicerequest/example1.plist: error[missing-key] Command.RequestType",
        "the command does not say which one it is",
    ),
    (
        "declarative/status/security.certificate.list/example1.json: error[bad-format]",
        "the certificate is not base64",
    ),
    (
        "mdm/profiles/com.apple.firstactiveethernet.managed/example1.plist: error[value-needs]",
        "the interface is that of another payload",
    ),
    (
        "mdm/profiles/com.apple.mcxloginscripts/example1.plist: error[charset]",
        "the script is not text",
    ),
    (
        "mdm/profiles/com.apple.security.certificaterevocation/example1.plist: error[length]",
        "the SHA-256 digest has 8 bytes",
    ),
    (
        "mdm/profiles/com.apple.security.certificatetransparency/example1.plist: error[length]",
        "the SHA-256 digest has 4 bytes",
    ),
    (
        "mdm/profiles/com.apple.security.scep/example1.plist: error[not-allowed]",
        "the key size is 0",
    ),
    (
        "mdm/profiles/com.apple.security.smartcard/example1.plist: error[wrong-type]",
        "a boolean, where the schema has an integer",
    ),
    (
        "mdm/profiles/com.apple.security.pkcs1/example1.plist: error[bad-format]",
        "the certificate is not base64",
    ),
    (
        "mdm/profiles/com.apple.xsan.preferences/example1.plist: error[unique]",
        "the volume is in both lists",
    ),
];

#[test]
fn examples_have_no_errors_but_those_that_are_theirs() {
    let mut errors = Vec::new();
    for (path, bytes) in shared::files("apple-examples") {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let report = if folder.starts_with("mdm/commands") {
            let value = Value::from_slice(&bytes).unwrap();
            if value.get("Command").is_some() {
                Request::from_slice(&bytes).unwrap().validate()
            } else if value.get("RequestType").is_some() && value.get("Status").is_none() {
                Command::from_slice(&bytes).unwrap().validate()
            } else {
                let response = Response::from_slice(&bytes).unwrap();
                let file = format!("{folder}.yaml");
                match schema::items().find(|item| item.files.contains(&file.as_str())) {
                    Some(item) => {
                        let body = response.body_of(item.name).unwrap().unwrap();
                        let report = apple_mdm::validate::response(item, &*body);
                        errors.extend(report.errors().map(|finding| format!("{path}: {finding}")));
                    }
                    None => eprintln!("{path}: no command of this name in the schema"),
                }
                response.validate()
            }
        } else if folder.starts_with("mdm/profiles") {
            Profile::from_slice(&bytes).unwrap().validate()
        } else if folder.starts_with("mdm/checkin") {
            Message::from_slice(&bytes).unwrap().validate()
        } else if folder.contains("/credentials/") {
            continue;
        } else if folder.starts_with("declarative/declarations") {
            Declaration::from_slice(&bytes).unwrap().validate()
        } else {
            StatusItems::from_slice(&bytes).unwrap().validate()
        };
        errors.extend(report.errors().map(|finding| format!("{path}: {finding}")));
    }
    errors.retain(|error| !BREACHES.iter().any(|(known, _)| error.starts_with(known)));
    assert!(errors.is_empty(), "{} errors\n{}", errors.len(), errors.join("\n"));
}
