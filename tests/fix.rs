//! Fixes change what they report, and nothing else.
#![cfg(feature = "lint")]

mod shared;
mod variants;

use std::collections::HashSet;
use std::io::Write;
use std::process::{Command, Stdio};

use apple_mdm::Document;
use apple_mdm::edit::{Edit, Editor};
use apple_mdm::input::{DocumentFormat, Input, Limits};
use apple_mdm::lint::{Finding, Fixed, Options, Placeholders, fix, lint, secret_lines};
use apple_mdm::schema::Os;
use apple_mdm::validate::{Code, Target};
use apple_mdm::value::{Dictionary, Value};

fn is_safe(found: &Finding) -> bool {
    found.fix.as_ref().is_some_and(|fix| fix.safe)
}

fn fixed(bytes: &[u8], with_unsafe: bool) -> Fixed {
    fix(bytes, &Options::default(), &[], |found| with_unsafe || is_safe(found))
}

/// A profile with one payload of this type and these keys, each on a line.
fn profile(payload_type: &str, keys: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n<key>PayloadContent</key>\n<array>\n<dict>\n\
         <key>PayloadIdentifier</key>\n<string>com.example.a</string>\n\
         <key>PayloadUUID</key>\n<string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>\n\
         <key>PayloadVersion</key>\n<integer>1</integer>\n<key>PayloadType</key>\n<string>{payload_type}</string>\n{keys}\n\
         </dict>\n</array>\n<key>PayloadType</key>\n<string>Configuration</string>\n\
         <key>PayloadIdentifier</key>\n<string>com.example</string>\n\
         <key>PayloadUUID</key>\n<string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>\n\
         <key>PayloadVersion</key>\n<integer>1</integer>\n</dict>\n</plist>\n"
    )
}

const RESTRICTIONS: &str = "com.apple.applicationaccess";
const PASSCODE: &str = "com.apple.mobiledevice.passwordpolicy";

#[test]
fn every_kind_of_fix_does_what_its_title_says() {
    let cases = [
        // The type, keys before and after, the title, whether it is safe.
        (
            RESTRICTIONS,
            "<key>allowCamera</key><integer>1</integer>",
            "<key>allowCamera</key><true/>",
            "write it as a boolean",
            true,
        ),
        (
            RESTRICTIONS,
            "<key>allowCamera</key><integer>0</integer>",
            "<key>allowCamera</key><false/>",
            "write it as a boolean",
            true,
        ),
        (
            RESTRICTIONS,
            "<key>allowCamera</key><string>NO</string>",
            "<key>allowCamera</key><false/>",
            "write it as a boolean",
            false,
        ),
        (
            PASSCODE,
            "<key>minLength</key><real>8.0</real>",
            "<key>minLength</key><integer>8</integer>",
            "write it as an integer",
            true,
        ),
        (
            PASSCODE,
            "<key>minLength</key><true/>",
            "<key>minLength</key><integer>1</integer>",
            "write it as an integer",
            true,
        ),
        (
            PASSCODE,
            "<key>minLength</key><string>8</string>",
            "<key>minLength</key><integer>8</integer>",
            "write it as an integer",
            false,
        ),
        (
            PASSCODE,
            "<key>minlength</key><integer>8</integer>",
            "<key>minLength</key><integer>8</integer>",
            "rename it to `minLength`",
            false,
        ),
        (
            PASSCODE,
            "<key>minLenght</key><integer>8</integer>",
            "<key>minLength</key><integer>8</integer>",
            "rename it to `minLength`",
            false,
        ),
        (
            "com.apple.dock",
            "<key>orientation</key> <!-- a --><string>Left</string>",
            "<key>orientation</key> <!-- a --><string>left</string>",
            "write `left`",
            false,
        ),
        (
            "com.apple.security.root",
            "<key>PayloadContent</key>\n<data>\n  MIIBAA\n</data>",
            "<key>PayloadContent</key>\n<data>\n  MIIBAA==\n</data>",
            "complete the base64 with `=`",
            true,
        ),
        (
            "com.example.vendor",
            "<key>Since</key><date>2024-05-06T09:08:09+02:00</date>",
            "<key>Since</key><date>2024-05-06T07:08:09Z</date>",
            "write the date in UTC, to the second",
            true,
        ),
    ];
    for (payload_type, before, after, title, safe) in cases {
        let document = profile(payload_type, before);
        let result = fixed(document.as_bytes(), true);
        let found = result
            .fixed
            .iter()
            .find(|found| found.fix.as_ref().unwrap().title == title);
        let found = found.unwrap_or_else(|| panic!("{before}: {result:#?}"));
        assert_eq!(found.fix.as_ref().unwrap().safe, safe, "{before}");
        assert_eq!(String::from_utf8(result.bytes).unwrap(), profile(payload_type, after));
        let safely = fixed(document.as_bytes(), false);
        assert_eq!(safely.bytes != document.as_bytes(), safe, "{before}");
    }
}

#[test]
fn a_missing_version_is_added_to_profiles_and_payloads() {
    let whole = profile(RESTRICTIONS, "<key>allowCamera</key>\n<true/>");
    let without = whole.replace("<key>PayloadVersion</key>\n<integer>1</integer>\n", "");
    let result = fixed(without.as_bytes(), false);
    assert_eq!(result.fixed.len(), 2);
    let value = Value::from_slice(&result.bytes).unwrap();
    assert_eq!(value, Value::from_slice(whole.as_bytes()).unwrap());
    let text = String::from_utf8(result.bytes).unwrap();
    assert_eq!(text.lines().count(), whole.lines().count());
}

#[test]
fn a_duplicate_uuid_is_replaced_in_the_same_way_each_time_but_not_in_other_documents() {
    let duplicate = |name: &str| {
        let one = profile(RESTRICTIONS, "<key>allowCamera</key><true/>");
        let (start, rest) = one.split_once("<dict>\n<key>PayloadIdentifier").unwrap();
        let (payload, end) = rest.split_once("</dict>\n</array>").unwrap();
        let payload = format!("<dict>\n<key>PayloadIdentifier{payload}</dict>\n");
        let other = payload.replace("com.example.a", name);
        format!("{start}{payload}{other}</array>{end}")
    };
    let uuid = |document: &str| {
        let result = fixed(document.as_bytes(), true);
        let value = Value::from_slice(&result.bytes).unwrap();
        let payloads = value.get("PayloadContent").unwrap().as_array().unwrap();
        let first = payloads[0].get("PayloadUUID").unwrap().as_str().unwrap();
        assert_eq!(first, "24A9D6AC-9C34-45F3-B92F-88C4657204C9", "the first one stays");
        payloads[1].get("PayloadUUID").unwrap().as_str().unwrap().to_owned()
    };
    let (one, other) = (duplicate("com.example.b"), duplicate("com.example.c"));
    assert_eq!(uuid(&one), uuid(&one));
    assert_ne!(uuid(&one), uuid(&other));
    assert_eq!(&uuid(&one)[14..15], "8");
    assert!(fixed(one.as_bytes(), false).fixed.is_empty());
}

#[test]
fn a_fix_that_would_cause_another_finding_is_not_made() {
    // As a boolean, the number is out of range; as the key that is meant, the value has the wrong type.
    for keys in [
        "<key>maxFailedAttempts</key><true/>",
        "<key>minlength</key><string>eight</string>",
    ] {
        let document = profile(PASSCODE, &format!("{keys}\n<key>forcePIN</key><integer>1</integer>"));
        let result = fixed(document.as_bytes(), true);
        let expected = document.replace("<key>forcePIN</key><integer>1</integer>", "<key>forcePIN</key><true/>");
        assert_eq!(String::from_utf8(result.bytes).unwrap(), expected);
        assert_eq!((result.fixed.len(), result.rejected.len()), (1, 1), "{keys}");
    }
    // The key is there already, in its right spelling.
    let document = profile(
        PASSCODE,
        "<key>minLength</key><integer>8</integer>\n<key>MinLength</key><integer>9</integer>",
    );
    assert_eq!(fixed(document.as_bytes(), true).bytes, document.as_bytes());
}

#[test]
fn a_fix_must_be_good_for_all_targets() {
    // The value in the right case exists on one of the systems only.
    let document = profile(PASSCODE, "<key>minlength</key><integer>8</integer>");
    let result = fix(
        document.as_bytes(),
        &Options::default(),
        &[Target::new(Os::Macos), Target::new(Os::Ios)],
        |_| true,
    );
    assert_eq!((result.fixed.len(), result.results.len()), (1, 2));
    // On tvOS, the payload does not exist at all.
    let result = fix(
        document.as_bytes(),
        &Options::default(),
        &[Target::new(Os::Macos), Target::new(Os::Tvos)],
        |_| true,
    );
    assert!(
        result.results[1]
            .findings
            .iter()
            .any(|found| found.finding.code == Code::NotAvailable)
    );
}

#[test]
fn what_a_fix_cannot_keep_is_left_alone() {
    let keys = "<key>allowCamera</key><integer>1</integer>";
    let document = profile(RESTRICTIONS, keys);
    // Binary property lists have no text, and signed documents no fixes.
    let binary = Value::from_slice(document.as_bytes()).unwrap().to_binary().unwrap();
    let result = fixed(&binary, true);
    assert!(result.bytes == binary && result.fixed.is_empty() && result.refused.is_none());
    assert!(result.results[0].findings.iter().all(|found| found.fix.is_none()));
    // A repeated key is ambiguous.
    let repeated = document.replace(
        "<key>PayloadType</key>\n<string>Configuration",
        "<key>A</key><true/><key>A</key><true/><key>PayloadType</key>\n<string>Configuration",
    );
    let result = fixed(repeated.as_bytes(), true);
    assert_eq!(result.bytes, repeated.as_bytes());
    assert!(result.refused.is_some() && !result.rejected.is_empty());
    // A profile in a command, and what devices wrote.
    let request = apple_mdm::commands::Request::new(
        "1",
        apple_mdm::commands::InstallProfile::new(document.clone().into_bytes()),
    );
    let result = fixed(request.to_xml().unwrap().as_bytes(), true);
    assert!(result.fixed.is_empty());
    assert!(
        result.results[0]
            .findings
            .iter()
            .any(|found| found.finding.code == Code::WrongType)
    );
    let response = "<plist><dict><key>Status</key><string>Idle</string><key>UDID</key><string>X</string>\
                    <key>NotOnConsole</key><integer>1</integer></dict></plist>";
    assert!(fixed(response.as_bytes(), true).fixed.is_empty());
}

#[test]
fn lines_with_secrets_are_known() {
    let keys = "<key>SSID_STR</key>\n<string>corp</string>\n<key>Password</key>\n<string>hunter2</string>\n<key>AutoJoin</key>\n<true/>\n\
                <!-- password: hunter2 -->\n<key>EncryptionType</key>\n<string>Any</string>";
    let document = profile("com.apple.wifi.managed", keys);
    let lines = secret_lines(document.as_bytes(), &Options::default()).unwrap();
    for (index, line) in document.lines().enumerate() {
        if line.contains("hunter2") {
            assert!(lines.contains(&(index + 1)), "{line}");
        }
        if line.contains("corp") || line.contains("AutoJoin") || line.contains("Any") {
            assert!(!lines.contains(&(index + 1)), "{line}");
        }
    }
    let long = profile(
        "com.apple.wifi.managed",
        "<key>Password</key>\n<string>one\ntwo\nthree</string>",
    );
    let lines = secret_lines(long.as_bytes(), &Options::default()).unwrap();
    for (index, line) in long.lines().enumerate() {
        assert!(!["one", "two", "three"].iter().any(|part| line.contains(part)) || lines.contains(&(index + 1)));
    }
    assert_eq!(secret_lines(b"{", &Options::default()), None);
}

/// Introduces the faults that can be fixed safely, into as many places as there are.
fn break_safely(text: &str) -> String {
    let mut broken = String::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        broken.push_str(&match index % 3 {
            0 => line
                .replace("<true/>", "<integer>1</integer>")
                .replace("<false/>", "<integer>0</integer>"),
            1 => match line.split_once("<integer>") {
                Some((before, after)) => format!("{before}<real>{}", after.replace("</integer>", ".0</real>")),
                None => line.replace("=\n", "\n"),
            },
            _ => line.replace(":00Z</date>", ":00.25+00:00</date>"),
        });
    }
    broken
}

/// Introduces the faults of spelling.
fn misspell(text: &str) -> String {
    let mut broken = String::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let is_key = line.trim_start().starts_with("<key>") && !line.contains("<key>Payload");
        match is_key && index % 4 == 0 {
            true => broken.push_str(&line.to_lowercase()),
            false => broken.push_str(line),
        }
    }
    broken
}

/// Documents that people published, their broken forms, and payloads that break a rule.
fn documents() -> Vec<(String, Vec<u8>)> {
    let mut found = vec![(
        "a profile".to_owned(),
        profile(RESTRICTIONS, "<key>allowCamera</key><true/>").into_bytes(),
    )];
    for folder in ["profiles", "apple-examples"] {
        found.extend(shared::files(folder));
    }
    let mut all = Vec::new();
    for (name, bytes) in found {
        if let Ok(text) = std::str::from_utf8(&bytes) {
            all.push((format!("{name}, with safe faults"), break_safely(text).into_bytes()));
            all.push((format!("{name}, misspelled"), misspell(text).into_bytes()));
        }
        all.push((name, bytes));
    }
    for (_, bytes) in shared::files("rules")
        .into_iter()
        .filter(|(name, _)| name == "profile.jsonl")
    {
        for line in String::from_utf8(bytes).unwrap().lines() {
            let rule: serde_json::Value = serde_json::from_str(line).unwrap();
            let payload = Value::from_slice(rule["bad"].to_string().as_bytes()).unwrap();
            let Value::Dictionary(mut payload) = payload else {
                continue;
            };
            for (key, value) in [
                ("PayloadType", rule["type"].as_str().unwrap()),
                ("PayloadIdentifier", "com.example.a"),
                ("PayloadUUID", "24A9D6AC-9C34-45F3-B92F-88C4657204C9"),
            ] {
                payload.insert(key, value);
            }
            let whole = Dictionary::from_iter([
                ("PayloadContent", Value::from(vec![Value::from(payload)])),
                ("PayloadIdentifier", "com.example".into()),
                ("PayloadType", "Configuration".into()),
                ("PayloadUUID", "3F2504E0-4F89-41D3-9A0C-0305E82C3301".into()),
            ]);
            let name = rule["id"].as_str().unwrap().to_owned();
            all.push((name, Value::from(whole).to_xml().unwrap().into_bytes()));
        }
    }
    all
}

/// Makes an edit of a value.
fn make(value: &mut Value, edit: &Edit) {
    let steps = split(edit.path());
    let (last, parent) = steps.split_last().unwrap();
    let mut at = value;
    for step in parent {
        at = match at {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            Value::Dictionary(entries) => entries.get_mut(step).unwrap(),
            _ => panic!("{edit:?}"),
        };
    }
    match (at, edit) {
        (Value::Dictionary(entries), Edit::Remove { .. }) => drop(entries.remove(last)),
        (Value::Dictionary(entries), Edit::Rename { key, .. }) => {
            let value = entries.remove(last).unwrap();
            entries.insert(key, value);
        }
        (Value::Dictionary(entries), Edit::Insert { value, .. } | Edit::Replace { value, .. }) => {
            drop(entries.insert(last, value.clone()));
        }
        (Value::Array(items), Edit::Replace { value, .. }) => items[last.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{edit:?}"),
    }
}

/// The steps of a path without unusual characters in its keys.
fn split(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("[\"") {
            let (key, after) = quoted.split_once("\"]").unwrap();
            steps.push(key.to_owned());
            rest = after;
        } else if let Some(index) = rest.strip_prefix('[') {
            let (index, after) = index.split_once(']').unwrap();
            steps.push(index.to_owned());
            rest = after;
        } else {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
    }
    steps
}

fn edits(result: &Fixed) -> impl Iterator<Item = &Edit> {
    let fixes = result.fixed.iter().map(|found| found.fix.as_ref().unwrap());
    fixes.flat_map(|fix| &fix.edits)
}

fn text_of(bytes: &[u8]) -> Option<String> {
    Input::new(bytes, &Limits::default()).ok()?.text().map(str::to_owned)
}

/// The lines that one text has and the other has not, counting how often.
fn changed_lines(before: &str, after: &str) -> usize {
    let mut counts = std::collections::HashMap::<&str, isize>::new();
    before.lines().for_each(|line| *counts.entry(line).or_default() += 1);
    after.lines().for_each(|line| *counts.entry(line).or_default() -= 1);
    counts.values().map(|count| count.unsigned_abs()).sum()
}

#[test]
fn fixes_of_all_documents_in_all_forms_change_only_what_they_report() {
    let mut results = Vec::new();
    let mut made = 0;
    // In all forms it takes minutes.
    let is_thorough = std::env::var_os("FIX_ALL_FORMS").is_some();
    for (number, (name, bytes)) in documents().into_iter().enumerate() {
        let forms = variants::variants(&bytes).into_iter().enumerate();
        for (_, (form, bytes)) in forms.filter(|(index, _)| is_thorough || (index + number) % 5 == 0) {
            for with_unsafe in [false, true] {
                let name = format!("{name}, {form}, unsafe {with_unsafe}");
                let result = fixed(&bytes, with_unsafe);
                if result.fixed.is_empty() {
                    assert!(result.bytes == bytes, "{name}: nothing is fixed, but bytes change");
                    continue;
                }
                made += result.fixed.len();
                // As trees: what changes is what is reported.
                let mut expected = Value::from_slice(&bytes).unwrap();
                assert!(with_unsafe || result.fixed.iter().all(is_safe), "{name}");
                edits(&result).for_each(|edit| make(&mut expected, edit));
                let found = Value::from_slice(&result.bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(found, expected, "{name}: {:#?}", result.fixed);
                let (before, after) = (text_of(&bytes).unwrap(), text_of(&result.bytes).unwrap());
                let crlf = |text: &str| text.matches("\r\n").count() == text.matches('\n').count();
                assert_eq!(crlf(&before), crlf(&after), "{name}: line ends");
                // As lines: each fix changes or adds two at most. What is between a key and its value is removed with them.
                let is_removal = |edit: &Edit| matches!(edit, Edit::Remove { .. });
                if !edits(&result).any(is_removal) {
                    let changed = changed_lines(&before, &after);
                    assert!(changed <= 2 * result.fixed.len(), "{name}: {changed} lines");
                    let count = |text: &str| text.matches("<!--").count();
                    assert_eq!(count(&before), count(&after), "{name}: comments");
                }
                assert_eq!(
                    bytes.starts_with(b"\xef\xbb\xbf"),
                    result.bytes.starts_with(b"\xef\xbb\xbf"),
                    "{name}"
                );
                assert_eq!(
                    bytes.starts_with(b"\xff\xfe"),
                    result.bytes.starts_with(b"\xff\xfe"),
                    "{name}"
                );
                // No new findings, and the fixed ones are gone.
                let places = |findings: &[Finding]| -> HashSet<(Code, String)> {
                    findings
                        .iter()
                        .map(|found| (found.finding.code, found.finding.path.clone()))
                        .collect()
                };
                let (old, new) = (
                    lint(&bytes, &Options::default()),
                    lint(&result.bytes, &Options::default()),
                );
                assert!(places(&new.findings).is_subset(&places(&old.findings)), "{name}");
                assert_eq!(new.findings, result.results[0].findings, "{name}");
                // A second run changes nothing.
                let again = fixed(&result.bytes, with_unsafe);
                assert!(
                    again.bytes == result.bytes && again.fixed.is_empty(),
                    "{name}: {:#?}",
                    again.fixed
                );
                let format = Input::new(&result.bytes, &Limits::default()).unwrap().format();
                if format == DocumentFormat::Xml {
                    results.push((name, bytes.clone(), result.bytes));
                }
            }
        }
    }
    assert!(made > 4, "{made}");
    eprintln!("{made} fixes in {} documents", results.len());
    assert_plistlib_reads(&results);
}

#[test]
fn safe_faults_are_fixed_in_full() {
    for (name, bytes) in shared::files("profiles")
        .into_iter()
        .chain(shared::files("apple-examples/mdm/profiles"))
    {
        let Ok(text) = std::str::from_utf8(&bytes) else {
            continue;
        };
        let options = Options::default().placeholders(Placeholders::default());
        if !text.contains("<plist") || lint(&bytes, &options).findings.iter().any(is_safe) {
            continue;
        }
        let broken = break_safely(text);
        let result = fixed(broken.as_bytes(), false);
        // A fault can hide another one, which would be new after the fix.
        if !result.rejected.is_empty() {
            continue;
        }
        // What the linter knows to be wrong is right again.
        let before = lint(&bytes, &Options::default());
        let wrong_types = |findings: &[Finding]| -> Vec<String> {
            let wrong = findings.iter().filter(|found| found.finding.code == Code::WrongType);
            wrong.map(ToString::to_string).collect()
        };
        let left = wrong_types(&result.results[0].findings);
        assert_eq!(left, wrong_types(&before.findings), "{name}");
    }
}

/// Python reads every fixed document of which it read the form before.
fn assert_plistlib_reads(documents: &[(String, Vec<u8>, Vec<u8>)]) {
    const READ: &str = r#"
import sys, plistlib
data = sys.stdin.buffer
def read():
    length = int.from_bytes(data.read(4), "big")
    return data.read(length)
for number in range(int.from_bytes(data.read(4), "big")):
    before, after = read(), read()
    try:
        plistlib.loads(before)
    except Exception:
        continue
    plistlib.loads(after)
"#;
    let child = Command::new("python3").args(["-c", READ]).stdin(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: python3 is not there");
        return;
    };
    let mut input = u32::try_from(documents.len()).unwrap().to_be_bytes().to_vec();
    for document in documents.iter().flat_map(|(_, before, after)| [before, after]) {
        input.extend(u32::try_from(document.len()).unwrap().to_be_bytes());
        input.extend(document);
    }
    let written = child.stdin.take().unwrap().write_all(&input);
    assert!(child.wait().unwrap().success(), "plistlib rejects a fixed document");
    written.unwrap();
}

#[test]
fn all_fixable_findings_have_a_fix_that_an_editor_can_make() {
    for (name, bytes) in documents() {
        for found in lint(&bytes, &Options::default()).findings {
            let Some(fix) = &found.fix else { continue };
            assert!(!fix.title.is_empty() && fix.edits.len() == 1, "{name}");
            let input = Input::new(&bytes, &Limits::default()).unwrap();
            if let Ok(mut editor) = Editor::new(&input) {
                let result = editor.apply(&fix.edits[0]);
                let is_present = |error: &apple_mdm::Error| *error.kind() == apple_mdm::ErrorKind::Present;
                assert!(
                    result.as_ref().err().is_none_or(is_present),
                    "{name}: {found:?}: {result:?}"
                );
            }
        }
    }
}
