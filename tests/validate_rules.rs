//! Every rule of the schema: a value that obeys it has no error, and each violation is reported at its key.

mod made;

use apple_mdm::Document;
use apple_mdm::commands::Command;
use apple_mdm::schema::{Check, Condition, Path, Rule, Step};
use apple_mdm::validate::{EmbeddedDocument, Finding, Severity, Validate};
use apple_mdm::value::Value;
use made::breach::{breaches, is_of, obeying};
use made::rules::target_of;
use made::walk::{Described, dicts};

/// The number of rules for which a value made here violates another rule too, at another key.
const MAX_SEVERAL: usize = 85;

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
    let mut several = Vec::new();
    let (mut rules, mut tried, mut exact) = (std::collections::BTreeMap::<String, usize>::new(), 0, 0);
    for described in dicts() {
        for rule in described.dict.rules {
            *rules.entry(kind(rule)).or_default() += 1;
            // Other tests cover these: they need a whole document, or check a whole dictionary.
            let manifest = matches!(
                rule.check,
                Check::Document {
                    holds: EmbeddedDocument::Manifest,
                    ..
                }
            );
            let needs_document = matches!(rule.check, Check::PayloadRef { .. }) || target_of(rule).is_err();
            if manifest || needs_document || forbids_item(described, rule) {
                continue;
            }
            match sweep(described, rule) {
                Ok((count, found)) => {
                    tried += count;
                    exact += found;
                }
                Err(Problem::NotMade(why)) => by_hand.push((name(described, rule), why)),
                Err(Problem::Several(why)) => several.push(format!("{}\n    {why}", name(described, rule))),
                Err(Problem::Wrong(why)) => problems.push(format!("{}\n    {why}", name(described, rule))),
            }
        }
    }
    eprintln!(
        "{} rules: {rules:?}; {tried} breaches, {exact} with a finding of the rule",
        rules.values().sum::<usize>()
    );
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
    eprintln!(
        "{} mistakes with several findings:\n{}",
        several.len(),
        several.join("\n")
    );
    assert!(
        several.len() <= MAX_SEVERAL,
        "{} mistakes have several findings",
        several.len()
    );
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

/// Returns whether the rule forbids the whole item on some targets, so that no value obeys it there.
fn forbids_item(described: &Described, rule: &Rule) -> bool {
    let Check::Excludes { keys } = rule.check else {
        return false;
    };
    let is_required = |key: &Path| match key {
        [Step::Key(name)] => described.dict.key(name).is_some_and(|key| key.required),
        _ => false,
    };
    keys.iter().any(is_required)
        && rule
            .when
            .iter()
            .all(|condition| matches!(condition, Condition::Target(_)))
}

enum Problem {
    NotMade(String),
    Wrong(String),
    /// One mistake has several findings.
    Several(String),
}

fn sweep(described: &Described, rule: &'static Rule) -> Result<(usize, usize), Problem> {
    let dict = described.dict;
    let target = target_of(rule).map_err(Problem::NotMade)?;
    let target = target.as_ref();
    // Apart from check-in messages, devices cannot be blamed.
    let is_device = dict.lenient && !dict.tolerant;
    let severity = if is_device {
        rule.severity.min(Severity::Warning)
    } else {
        rule.severity
    };
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
    let mut exact = 0;
    for breach in &breaches {
        let place = breach.place.to_string();
        let all = found(&breach.value);
        let is_it = |finding: &Finding| {
            is_of(finding, rule) && finding.code == breach.code && finding.path == place && finding.severity == severity
        };
        let known = found(&base);
        let is_known = |finding: &Finding| {
            known
                .iter()
                .any(|known| known.code == finding.code && known.path == finding.path)
        };
        let mut new: Vec<&Finding> = all.iter().filter(|finding| !is_known(finding)).collect();
        new.retain(|finding| finding.severity > Severity::Info);
        // Another finding about the same mistake makes that of the rule superfluous.
        if all.iter().any(is_it) {
            exact += 1;
        } else if target.is_none() && !all.iter().any(|finding| finding.severity > Severity::Info) {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            return Err(Problem::Wrong(format!(
                "{} at {place} is not found, but {all:?}\n    {:?}",
                breach.code, breach.value
            )));
        }
        if new.len() > 1 {
            let new: Vec<String> = new.iter().map(ToString::to_string).collect();
            return Err(Problem::Several(new.join(" | ")));
        }
    }
    Ok((breaches.len(), exact))
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
