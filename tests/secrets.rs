//! Secrets appear only in the document itself: not in `Debug` output, not in errors, not in lint reports.

mod documents;

use apple_mdm::checkin::Message;
use apple_mdm::commands::settings::Setting;
use apple_mdm::commands::{Command, Request};
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::{Payload, Profile};
use apple_mdm::schema::Kind;
use apple_mdm::value::{Dictionary, Value};
use apple_mdm::{Document, Error};
use documents::{Fill, Sample, each_dictionary, samples};

const SECRET: &str = "Zyxw-9876";

/// The secret in every form in which it could appear.
fn forms() -> [String; 5] {
    let bytes = format!("{:?}", SECRET.as_bytes());
    [
        SECRET.to_owned(),
        bytes.trim_matches(['[', ']']).to_owned(),
        SECRET.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
        SECRET.as_bytes().iter().map(|byte| format!("{byte:02X}")).collect(),
        // Base64 without the last bytes.
        Value::Data(SECRET.as_bytes().into())
            .to_json()
            .unwrap()
            .trim_matches('"')
            .to_owned(),
    ]
}

#[track_caller]
fn hides(name: &str, shown: &str) {
    // Join the lines of `{:#?}`.
    let joined: String = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for form in forms() {
        assert!(
            !shown.contains(&form) && !joined.contains(&form),
            "{name} shows {form}:\n{shown}"
        );
    }
}

fn hides_in_error(name: &str, error: &Error) {
    hides(name, &format!("{error}\n{error:?}\n{:?}", error.kind()));
}

/// Returns the sample documents with secrets and the number of secrets in each.
fn with_secrets() -> Vec<(Sample, Dictionary, usize)> {
    let with = |sample: Sample| {
        let fill = Fill {
            json: sample.json,
            secret: Some(SECRET),
            ..Fill::new(0)
        };
        let mut keys = fill.dictionary(sample.table);
        let mut count = 0;
        each_dictionary(sample.table, &mut keys, &mut |table, keys| {
            count += table
                .keys
                .iter()
                .filter(|key| key.secret && keys.contains_key(key.name))
                .count();
        });
        (count > 0).then_some((sample, keys, count))
    };
    samples().into_iter().filter_map(with).collect()
}

#[test]
fn debug_output_shows_no_secret() {
    let mut count = 0;
    for (sample, keys, secrets) in with_secrets() {
        count += secrets;
        let document = sample.document(keys);
        let read = sample
            .read_value(&document)
            .unwrap_or_else(|e| panic!("{}: {e}", sample.name));
        read.records().unwrap_or_else(|e| panic!("{}: {e}", sample.name));
        let shown = read.debug();
        assert!(shown.contains("[redacted]"), "{}:\n{shown}", sample.name);
        hides(&sample.name, &shown);
        // Reading keeps them nevertheless.
        assert_eq!(read.value(), document, "{}", sample.name);
    }
    eprintln!("{count} secrets");
    assert!(count >= 100, "{count}");
}

#[test]
fn envelopes_show_no_secret_of_their_content() {
    for (sample, keys, _) in with_secrets() {
        let document = sample.document(keys);
        let mut whole = Dictionary::new();
        let shown = if document.get("RequestType").is_some() {
            whole.insert("CommandUUID", "1");
            whole.insert("Command", document);
            let request = Request::from_value(&whole.into()).unwrap();
            format!("{request:?}{request:#?}")
        } else if document.get("PayloadType").is_some() && document.get("PayloadContent").is_none() {
            whole.insert("PayloadContent", vec![document]);
            let profile = Profile::from_value(&whole.into()).unwrap();
            assert!(profile.payloads()[0].payload.item().is_some());
            format!("{profile:?}{profile:#?}{:?}", profile.content)
        } else {
            continue;
        };
        hides(&sample.name, &shown);
    }
}

#[test]
fn unknown_and_invalid_items_show_no_values() {
    for (sample, mut keys, _) in with_secrets() {
        for key in sample
            .table
            .keys
            .iter()
            .filter(|key| !key.secret && !key.field.is_empty())
        {
            keys.insert(key.name, vec![SECRET]);
        }
        let mut document = sample.document(keys);
        if let Ok(read) = sample.read_value(&document) {
            hides(&sample.name, &read.debug());
        }
        for tag in ["RequestType", "PayloadType", "MessageType", "Type"] {
            if document.get(tag).is_some() {
                document.as_dictionary_mut().unwrap().insert(tag, "com.example.unknown");
            }
        }
        let (command, message) = (
            Command::from_value(&document).unwrap(),
            Message::from_value(&document).unwrap(),
        );
        let (payload, declaration) = (
            Payload::from_value(&document).unwrap(),
            Declaration::from_value(&document).unwrap(),
        );
        assert!(command.item().is_none() && message.item().is_none());
        hides(
            &sample.name,
            &format!("{command:?}{message:#?}{payload:?}{declaration:#?}"),
        );
    }
}

#[test]
fn an_unknown_alternative_shows_no_values() {
    let keys = Dictionary::from_iter([("Item", "Unheard"), ("Password", SECRET)]);
    let setting = Setting::from_value(&keys.into()).unwrap();
    assert!(matches!(setting, Setting::Unrecognized(_)));
    hides("Setting", &format!("{setting:?}{setting:#?}"));
    assert_eq!(format!("{setting:?}"), r#"{"Item": <string>, "Password": <string>}"#);
}

/// Returns values that contain the secret in another type than its key has.
fn disguised(kind: Kind) -> Vec<Value> {
    let mut values = vec![
        vec![SECRET].into(),
        Dictionary::from_iter([("Key", SECRET)]).into(),
        vec![Value::from(Dictionary::from_iter([("Key", vec![SECRET])]))].into(),
        Value::Data(SECRET.as_bytes().into()),
    ];
    if !matches!(kind, Kind::String) {
        values.push(SECRET.into());
    }
    values
}

#[test]
fn errors_show_no_secret_of_the_wrong_type() {
    let mut errors = 0;
    for (sample, keys, _) in with_secrets() {
        for key in sample.table.keys.iter().filter(|key| key.secret) {
            for value in disguised(key.kind) {
                if sample.json && matches!(value, Value::Data(_)) {
                    continue;
                }
                let mut broken = keys.clone();
                broken.insert(key.name, value);
                match sample.read_value(&sample.document(broken)) {
                    Ok(read) => {
                        hides(&sample.name, &read.debug());
                        match read.records() {
                            Ok(records) => {
                                for (_, why) in records.iter().flat_map(|record| record.extra().misfits()) {
                                    hides_in_error(&sample.name, why);
                                    errors += 1;
                                }
                            }
                            Err(reason) => {
                                hides(&sample.name, &reason);
                                errors += 1;
                            }
                        }
                    }
                    Err(error) => {
                        hides_in_error(&sample.name, &error);
                        errors += 1;
                    }
                }
            }
        }
    }
    eprintln!("{errors} errors");
    assert!(errors > 200, "{errors}");
}

#[test]
fn errors_show_no_text_of_malformed_documents() {
    // Only markup is shown: the name of an element where a value is expected.
    let documents = [
        format!("<dict><key>NewPassword</key><string>{SECRET}<b></string></dict>"),
        format!("<dict><key>NewPassword</key><string>a<{SECRET}></string></dict>"),
        format!("<dict><key>NewPassword</key><string>a</{SECRET}></dict>"),
        format!("<dict><key>NewPassword</key><string>a&{SECRET};</string></dict>"),
        format!("<dict><key>NewPassword</key><string>a&{SECRET}</string></dict>"),
        format!("<dict><key>NewPassword</key><string>a<{SECRET}=\"1\" {SECRET}=\"2\"></string></dict>"),
        format!("<dict><key>NewPassword</key><string>{SECRET}"),
        format!("<dict><key>NewPassword</key>{SECRET}</dict>"),
        format!("<dict><key>NewPassword</key><string>a<!{SECRET}></string></dict>"),
        format!("<dict><key>NewPassword</key><string>a<![{SECRET}[ ]]></string></dict>"),
        format!("<dict><key>NewPassword</key><string>a<?{SECRET}</string></dict>"),
        format!("<dict><key>NewPassword</key><data>{SECRET}</data></dict>"),
        format!("<dict><key>NewPassword</key><date>{SECRET}</date></dict>"),
        format!("<dict><key>NewPassword</key><integer>{SECRET}</integer></dict>"),
        format!("<dict><key>NewPassword</key><real>{SECRET}</real></dict>"),
        format!("<dict><key>NewPassword</key><true>{SECRET}</true></dict>"),
        format!("{{\"NewPassword\": \"{SECRET}"),
        format!("{{\"NewPassword\": \"{SECRET}\\x\"}}"),
        format!("{{\"NewPassword\": {SECRET}}}"),
        format!("{{\"NewPassword\": \"{SECRET}\" {SECRET}}}"),
        format!("{{\"NewPassword\": \"{SECRET}\u{1}\"}}"),
        SECRET.to_owned(),
    ];
    let mut errors = 0;
    for document in documents {
        // A text that is not valid for its type is kept.
        if let Err(error) = Value::from_slice(document.as_bytes()) {
            hides_in_error(&document, &error);
            errors += 1;
        }
        match Command::from_slice(document.as_bytes()) {
            Ok(command) => hides(&document, &format!("{command:?}")),
            Err(error) => hides_in_error(&document, &error),
        }
    }
    assert!(errors > 15, "{errors}");
}

/// Documents with the secret: every place and every spelling in which a person could have written it.
#[cfg(feature = "lint")]
fn written_by_hand() -> Vec<String> {
    let keys = [
        "Password",
        "password",
        "PASSWORD",
        "Pasword",
        "Pass-word",
        "Passwort",
        "NewPasswd",
        "Pass&#119;ord",
        "PIN",
        "UnlockPin",
        "Challange",
        "SharedSecert",
        "AuthToken",
        "ApiKey",
        "Credentials",
    ];
    let values = [
        format!("<string>{SECRET}</string>"),
        format!("<string a=\"/>\">{SECRET}</string>"),
        format!("<string\n>\n{SECRET}\n</string>"),
        format!("<string><![CDATA[{SECRET}]]></string>"),
        format!("<string><?x </string> ?>{SECRET}</string>"),
        format!("<string><!-- </string> -->{SECRET}</string>"),
        format!("<array><string>x</string><string>{SECRET}</string></array>"),
        format!("<dict><key>{SECRET}</key><string>{SECRET}</string></dict>"),
        format!("<dict><key>x</key><array><dict><key>y</key><string>{SECRET}</string></dict></array></dict>"),
        format!("<integer>{SECRET}</integer>"),
        format!("<real>{SECRET}</real>"),
        format!("<date>{SECRET}</date>"),
        format!("<data>{SECRET}</data>"),
        format!("<true>{SECRET}</true>"),
        format!("<string>{SECRET}"),
        format!("<string>{SECRET}</strng>"),
        format!("<string>p<key>{SECRET}</string>"),
        format!("<string>p<{SECRET}></string>"),
        format!("<string>p<`{SECRET}`></string>"),
        format!("<string`{SECRET}`key>"),
        format!("<string>a`{SECRET}`b</string>"),
        format!("<string>{{\"Password\": \"{SECRET}\u{a0}\"}}</string>"),
        format!("<string>p&{SECRET};</string>"),
        format!("<{SECRET}/>"),
        format!("<!-- {SECRET} --><true/>"),
        format!("<?x {SECRET}?><true/>"),
        format!("<string>https://jane:{SECRET}@example.com</string>"),
        format!("<key>{SECRET}</key>"),
        SECRET.to_owned(),
    ];
    let mut documents = Vec::new();
    for key in keys {
        for value in &values {
            for entry in [
                format!("<key>{key}</key>{value}"),
                format!("<key>{key}</key >\n\t{value}<bad>"),
                format!("<key>{key}</key><string>x</string><key>{key}</key>{value}"),
                format!("<key>NoSuchKey</key><true/><key>{key}</key>{value}<key>AutoJoin</key><integer>1</integer>"),
            ] {
                documents.extend([
                    format!(
                        "<plist version=\"1.0\"><dict><key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>com.apple.wifi.managed</string><key>SSID_STR</key><string>Net</string>{entry}
</dict></array><key>PayloadType</key><string>Configuration</string></dict></plist>"
                    ),
                    format!("<plist><dict>{entry}</dict></plist>"),
                    format!(
                        "<plist><dict><key>CommandUUID</key><string>1</string><key>Status</key>
<string>Acknowledged</string>{entry}</dict></plist>"
                    ),
                    format!(
                        "<plist><dict><key>Command</key><dict><key>RequestType</key><string>SetFirmwarePasswrd</string>
{entry}</dict></dict></plist>"
                    ),
                ]);
            }
        }
    }
    // A scalar instead of a dictionary that holds a secret.
    documents.push(format!(
        "<plist><dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.wifi.managed</string>
<key>EAPClientConfiguration</key><string>{SECRET}</string></dict></array></dict></plist>"
    ));
    let json_keys = [
        "NewPassword",
        "newPassword",
        "New\\u0050assword",
        "NewPasswrd",
        "PIN",
        "Token",
        "APIKey",
    ];
    let json_values = [
        format!(": \"{SECRET}\""),
        format!(": '{SECRET}'"),
        format!("= \"{SECRET}\""),
        format!(":\n  \"{SECRET}\""),
        format!(": [\"a]\", \"{SECRET}\"]"),
        format!(": {{\"{SECRET}\": \"{SECRET}\"}}"),
        format!(": \"{SECRET}"),
        format!(": {SECRET}"),
        format!(": \"{{\\\"Password\\\": \\\"{SECRET}\\\"}}\""),
        format!(": \"x\\q{SECRET}\""),
    ];
    for key in json_keys {
        for value in &json_values {
            for entry in [
                format!("\"{key}\"{value}"),
                format!("'{key}'{value}"),
                format!("{key}{value}"),
                format!("\"{key}\": \"x\", \"{key}\"{value}"),
            ] {
                documents.extend([
                    format!("{{{entry}}}"),
                    format!("{{{entry},}}"),
                    format!("{{\"RequestType\": \"SetFirmwarePassword\", {entry}}}"),
                    format!("{{\"Command\": {{\"RequestType\": \"SetFirmwarePasswrd\", {entry}}}, \"CommandUUID\": 1}}"),
                    format!(
                        "{{\"Type\": \"com.apple.asset.credential.userpassword\", \"Identifier\": 1, \"Payload\": {{{entry}}}}}"
                    ),
                    format!("{{\"Status\": \"Idle\", \"UDID\": \"1\", {entry}}}"),
                ]);
            }
        }
    }
    documents
}

#[cfg(feature = "lint")]
#[test]
fn lint_shows_no_secret() {
    use apple_mdm::lint::{Options, lint};
    use apple_mdm::schema::{Described, Os};
    use apple_mdm::validate::Target;

    let options = [
        Options::default(),
        Options::default().command("SetFirmwarePassword"),
        Options::default().item(apple_mdm::commands::SetFirmwarePassword::ITEM),
    ];
    let targets = Os::ALL.map(|os| Options::default().target(Target::new(os)));
    let mut findings = 0;
    for (index, document) in written_by_hand().into_iter().enumerate() {
        for options in options.iter().chain([&targets[index % targets.len()]]) {
            let result = lint(document.as_bytes(), options);
            findings += result.findings.len();
            hides(&document, &format!("{:?}", result.findings));
        }
    }
    let mut made = 0;
    for (sample, keys, _) in with_secrets() {
        for table_key in sample.table.keys.iter().filter(|key| key.secret) {
            for value in disguised(table_key.kind).into_iter().chain([SECRET.into()]) {
                if sample.json && matches!(value, Value::Data(_)) {
                    continue;
                }
                for name in [
                    table_key.name.to_owned(),
                    table_key.name.to_lowercase(),
                    format!("{}s", table_key.name),
                ] {
                    let mut broken = keys.clone();
                    broken.remove(table_key.name);
                    broken.insert(name.as_str(), value.clone());
                    let mut document = sample.document(broken);
                    if document.get("PayloadUUID").is_some() && made % 2 == 0 {
                        document = Dictionary::from_iter([
                            ("PayloadContent", Value::from(vec![document])),
                            ("PayloadType", "Configuration".into()),
                        ])
                        .into();
                    }
                    let text = if sample.json {
                        document.to_json()
                    } else {
                        document.to_xml()
                    };
                    let result = lint(text.unwrap().as_bytes(), &Options::default());
                    made += 1;
                    hides(&sample.name, &format!("{:?}", result.findings));
                }
            }
        }
    }
    eprintln!("{findings} findings, {made} samples");
    assert!(findings > 10_000 && made > 500, "{findings} {made}");
}
