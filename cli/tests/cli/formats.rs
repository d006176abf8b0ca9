//! The output formats of `apple-mdm lint` for other programs.

use serde_json::{Value, json};

use crate::folder::{Folder, GOOD, bad, misspelled};
use crate::program::run_in;

#[test]
fn json_has_exactly_the_documented_fields() {
    let folder = Folder::new(&[
        ("bad.mobileconfig", &bad()),
        ("good.mobileconfig", GOOD),
        ("misspelled.mobileconfig", &misspelled()),
    ]);
    let ran = run_in(folder.path(), &["lint", "--format", "json", "."], b"");
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&json), ["files", "summary"]);
    assert_eq!(json["summary"], json!({"files": 3, "errors": 1, "warnings": 1}));
    for file in json["files"].as_array().unwrap() {
        assert_eq!(keys(file), ["findings", "kind", "path", "unchecked"]);
        for finding in file["findings"].as_array().unwrap() {
            assert_eq!(
                keys(finding),
                [
                    "code", "column", "fix", "help", "item", "key", "line", "message", "needs", "path", "severity",
                    "targets"
                ]
            );
        }
    }
    let finding = &json["files"][0]["findings"][0];
    assert_eq!(
        (
            &finding["code"],
            &finding["severity"],
            &finding["path"],
            &finding["line"],
            &finding["column"]
        ),
        (
            &json!("wrong-type"),
            &json!("error"),
            &json!("PayloadContent[0].RetriesUntilHint"),
            &json!(16),
            &json!(4)
        )
    );
    assert_eq!(finding["item"], "com.apple.loginwindow");
    assert_eq!(
        (&finding["key"], &finding["needs"]),
        (&json!("RetriesUntilHint"), &json!({}))
    );
    // In the documented order.
    let order = [
        "\"files\"",
        "\"path\"",
        "\"kind\"",
        "\"findings\"",
        "\"code\"",
        "\"severity\"",
        "\"line\"",
        "\"summary\"",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|key| ran.out.find(key)).collect();
    assert!(places.is_sorted(), "{}", ran.out);
}

#[test]
fn line_and_column_are_null_for_binary_documents() {
    let folder = Folder::new(&[("bad.mobileconfig", &bad())]);
    let binary = run_in(folder.path(), &["convert", "--to", "binary", "bad.mobileconfig"], b"");
    let ran = run_in(folder.path(), &["lint", "--format", "json", "-"], &binary.bytes);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let finding = &json["files"][0]["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["line"], &finding["column"]),
        (&json!("wrong-type"), &Value::Null, &Value::Null)
    );
}

#[test]
fn json_is_valid_without_any_files() {
    let folder = Folder::new(&[("readme.txt", "")]);
    for format in ["json", "sarif"] {
        let ran = run_in(folder.path(), &["lint", "--format", format, "."], b"");
        assert!(serde_json::from_str::<Value>(&ran.out).is_ok(), "{}", ran.out);
        assert_eq!(ran.code, 0);
    }
}

#[test]
fn sarif_meets_the_requirements_of_code_scanning() {
    let folder = Folder::new(&[
        ("a b/bad.mobileconfig", &bad()),
        ("misspelled.mobileconfig", &misspelled()),
        ("x.json", "[1]"),
    ]);
    let ran = run_in(folder.path(), &["lint", "--format", "sarif", "."], b"");
    let sarif: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["$schema"].as_str().unwrap().contains("sarif"));
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "apple-mdm");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), apple_mdm::validate::Code::ALL.len());
    for rule in rules {
        for text in [
            &rule["id"],
            &rule["shortDescription"]["text"],
            &rule["fullDescription"]["text"],
            &rule["help"]["text"],
        ] {
            assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 3);
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(!place["artifactLocation"]["uri"].as_str().unwrap().starts_with('/'));
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
        let fingerprints = result["partialFingerprints"].as_object().unwrap();
        assert!(fingerprints.values().all(Value::is_string) && !fingerprints.is_empty());
    }
    let first = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(first["artifactLocation"]["uri"], "a%20b/bad.mobileconfig");
    assert_eq!(first["region"], json!({"startLine": 16, "startColumn": 4}));
}

#[test]
fn annotations_are_one_line_each_and_escaped() {
    let folder = Folder::new(&[
        ("a,b:c%.mobileconfig", &bad()),
        ("misspelled.mobileconfig", &misspelled()),
    ]);
    let ran = run_in(folder.path(), &["lint", "--format", "github", "."], b"");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    let start =
        "::error file=./a%2Cb%3Ac%25.mobileconfig,line=16,col=4,title=wrong-type::PayloadContent[0].RetriesUntilHint: ";
    assert!(lines[0].starts_with(start), "{}", lines[0]);
    assert!(
        lines[1].starts_with("::warning file=./misspelled.mobileconfig,line=15,col=4,title=unknown-key::"),
        "{}",
        lines[1]
    );
}

#[test]
fn strict_reports_warnings_as_errors() {
    let folder = Folder::new(&[("misspelled.mobileconfig", &misspelled())]);
    let ran = run_in(folder.path(), &["lint", "--strict", "--format", "json", "."], b"");
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["summary"], json!({"files": 1, "errors": 1, "warnings": 0}));
    assert_eq!(json["files"][0]["findings"][0]["severity"], "error");
}
