//! Every rule of the schema: a value that obeys it has no error, and each violation is reported at its key.

mod made;

use apple_mdm::Document;
use apple_mdm::commands::Command;
use apple_mdm::schema::{Check, Rule};
use apple_mdm::validate::{EmbeddedDocument, Finding, Target, Validate};
use apple_mdm::value::Value;
use made::breach::{breaches, is_of, obeying};
use made::walk::{Described, dicts};

/// Rules for which no value can be made automatically, with the reason.
const BY_HAND: &[(&str, &str)] = &[];

fn name(described: &Described, rule: &Rule) -> String {
    format!("{}: {}", described.label(), rule.says)
}

fn kind(rule: &Rule) -> String {
    let all = format!("{:?}", rule.check);
    all[..all.find([' ', '{']).unwrap_or(all.len())].to_owned()
}

#[test]
fn every_rule_accepts_a_valid_value_and_reports_each_violation() {
    let mut problems = Vec::new();
    let mut by_hand = Vec::new();
    let (mut rules, mut tried) = (std::collections::BTreeMap::<String, usize>::new(), 0);
    for described in dicts() {
        for rule in described.dict.rules {
            *rules.entry(kind(rule)).or_default() += 1;
            // Other tests cover these: they need a whole profile, or check a whole dictionary.
            let manifest = matches!(
                rule.check,
                Check::Document {
                    holds: EmbeddedDocument::Manifest,
                    ..
                }
            );
            if manifest || matches!(rule.check, Check::PayloadRef { .. }) {
                continue;
            }
            match sweep(described, rule) {
                Ok(count) => tried += count,
                Err(Problem::NotMade(why)) => by_hand.push((name(described, rule), why)),
                Err(Problem::Wrong(why)) => problems.push(format!("{}\n    {why}", name(described, rule))),
            }
        }
    }
    eprintln!("{} rules: {rules:?}; {tried} breaches", rules.values().sum::<usize>());
    for (rule, why) in &by_hand {
        if !BY_HAND.iter().any(|(known, _)| known == rule) {
            problems.push(format!("{rule}\n    cannot be made: {why}"));
        }
    }
    for (known, _) in BY_HAND {
        if !by_hand.iter().any(|(rule, _)| rule == known) {
            problems.push(format!("{known}\n    can be made after all"));
        }
    }
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

enum Problem {
    NotMade(String),
    Wrong(String),
}

fn sweep(described: &Described, rule: &'static Rule) -> Result<usize, Problem> {
    let dict = described.dict;
    let target = rule.systems.first().map(|os| Target::new(*os));
    let target = target.as_ref();
    let base = obeying(dict, rule, target).map_err(Problem::NotMade)?;
    let found = |value: &Value| made::solve::findings(dict, value, target);
    if let Some(finding) = found(&base).iter().find(|finding| is_of(finding, rule)) {
        return Err(Problem::Wrong(format!(
            "found in a value that obeys it: {finding}\n    {base:?}"
        )));
    }
    let breaches = breaches(dict, rule, &base);
    if breaches.is_empty() {
        return Err(Problem::NotMade("no way to break it".to_owned()));
    }
    for breach in &breaches {
        let place = breach.place.to_string();
        let all = found(&breach.value);
        let is_it = |finding: &&Finding| {
            is_of(finding, rule)
                && finding.code == breach.code
                && finding.path == place
                && finding.severity == rule.severity
        };
        if !all.iter().any(|finding| is_it(&finding)) {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            return Err(Problem::Wrong(format!(
                "{} at {place} is not found, but {all:?}\n    {:?}",
                breach.code, breach.value
            )));
        }
    }
    Ok(breaches.len())
}

#[test]
fn the_keys_of_an_app_manifest_are_checked() {
    let command = |url: &str| {
        let manifest = format!(
            "<dict>
                <key>RequestType</key><string>InstallEnterpriseApplication</string>
                <key>Manifest</key>
                <dict>
                    <key>items</key>
                    <array>
                        <dict>
                            <key>assets</key>
                            <array>
                                <dict>
                                    <key>kind</key><string>software-package</string>
                                    <key>url</key><string>{url}</string>
                                    <key>md5-size</key><integer>10485760</integer>
                                    <key>md5s</key><array><string>5eb63bbbe01eeed093cb22bb8f5acdc3</string></array>
                                </dict>
                            </array>
                            <key>metadata</key>
                            <dict>
                                <key>bundle-identifier</key><string>com.example.app</string>
                                <key>bundle-version</key><string>1.0</string>
                                <key>kind</key><string>software</string>
                                <key>title</key><string>Example</string>
                                <key>sizeInBytes</key><integer>1000</integer>
                            </dict>
                        </dict>
                    </array>
                </dict>
            </dict>"
        );
        let document = format!(r#"<plist version="1.0">{manifest}</plist>"#);
        Command::from_slice(document.as_bytes()).unwrap()
    };
    let report = command("https://example.com/app.pkg").validate();
    assert!(report.is_ok(), "{report}");
    let report = command("http://example.com/app.pkg").validate();
    let paths: Vec<&str> = report.errors().map(|finding| finding.path.as_str()).collect();
    assert_eq!(paths, ["Manifest.items[0].assets[0].url"]);
}
