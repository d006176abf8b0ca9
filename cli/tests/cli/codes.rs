//! Every code of a finding has examples: `apple-mdm lint` produces the code for the failing ones and not for the passing ones.

use apple_mdm::validate::{Code, Example, FixSafety};
use serde_json::Value;

use crate::folder::Folder;
use crate::program::run_in;

/// Lints the documents of an example together and returns the findings.
fn findings(examples: &[Example], flags: &str) -> Vec<Value> {
    if examples.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = examples
        .iter()
        .enumerate()
        .map(|(index, example)| {
            let extension = match example.document(1).contains("<key>PayloadContent</key>") {
                _ if example.is_json() => "json",
                true => "mobileconfig",
                false => "plist",
            };
            format!("{index}.{extension}")
        })
        .collect();
    let texts: Vec<String> = (1..)
        .zip(examples)
        .map(|(number, example)| example.document(number))
        .collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(texts.iter().map(String::as_str))
        .collect();
    let folder = Folder::new(&files);
    let mut arguments = vec!["lint", "--format", "json", "."];
    arguments.extend(flags.split_whitespace());
    let ran = run_in(folder.path(), &arguments, b"");
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err));
    let findings = json["files"].as_array().unwrap().iter();
    let findings = findings.flat_map(|file| file["findings"].as_array().unwrap());
    findings.cloned().collect()
}

fn codes(examples: &[Example], flags: &str) -> Vec<String> {
    let findings = findings(examples, flags);
    let codes = findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap().to_owned());
    codes.collect()
}

#[test]
fn the_failing_examples_of_codes_with_a_fix_have_it() {
    for code in Code::ALL {
        let findings = findings(code.failing(), code.flags());
        let of_code = findings.iter().filter(|finding| finding["code"] == code.name());
        let fixes: Vec<&Value> = of_code.map(|finding| &finding["fix"]["safe"]).collect();
        let expected = match code.fix() {
            FixSafety::None => fixes.iter().all(|safe| safe.is_null()),
            FixSafety::Safe => fixes.iter().any(|safe| **safe == true),
            FixSafety::Unsafe => fixes.iter().any(|safe| **safe == false),
        };
        assert!(expected, "{code}: {fixes:?}");
    }
}

#[test]
fn failing_examples_have_the_finding_and_passing_ones_do_not() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        // Its document would be too large for an example.
        if *code == Code::LeftOut {
            continue;
        }
        assert!(!code.failing().is_empty() && !code.passing().is_empty(), "{code}");
        let failing = codes(code.failing(), code.flags());
        if !failing.iter().any(|found| found == code.name()) {
            wrong.push(format!("{code}: the failing example has {failing:?}"));
        }
        let passing = codes(code.passing(), code.flags());
        if passing.iter().any(|found| found == code.name()) {
            wrong.push(format!("{code}: the passing example has it"));
        }
        // Another finding would distract from the one that the example shows. Some familiar payloads are deprecated, however.
        let is_other = |found: &&String| *found != code.name() && *found != Code::Deprecated.name();
        for (which, codes) in [("failing", failing), ("passing", passing)] {
            if let Some(other) = codes.iter().find(is_other) {
                wrong.push(format!("{code}: the {which} example also has {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_document_with_too_many_findings_says_so() {
    let references = "0,".repeat(100_000);
    let document = format!(
        r#"{{"Type": "com.apple.activation.simple", "Identifier": "a", "ServerToken": "1", "Payload": {{"StandardConfigurations": [{references}0]}}}}"#
    );
    let folder = Folder::new(&[("a.json", &document)]);
    let ran = run_in(folder.path(), &["lint", "--format", "json", "."], b"");
    assert!(ran.out.contains("\"left-out\""));
}
