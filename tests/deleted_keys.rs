//! Keys that Apple deleted: they are fields that are marked as removed, or retired, and lint says so of documents that have them.

use std::path::Path;

use apple_mdm::lint::{Options, lint};
use apple_mdm::schema::{self, Dict, Key, Kind, Os};
use apple_mdm::validate::{Code, Severity, Target};

/// What the tables have for a path.
#[derive(Debug)]
enum Found {
    /// A key, or the item of an array, under this name or another.
    Key,
    /// A key that is retired in the dictionary that held it.
    Retired,
    Nothing,
}

/// Follows the names of keys and array items; the latter do not stand in documents, and their names changed.
fn follow(dict: &'static Dict, path: &[&str]) -> Found {
    let Some((name, rest)) = path.split_first() else {
        return Found::Nothing;
    };
    match dict.key(name).or(dict.any) {
        Some(key) => within(key, rest),
        None if dict.retired.iter().any(|(retired, _)| retired == name) => Found::Retired,
        None => Found::Nothing,
    }
}

fn within(key: &'static Key, rest: &[&str]) -> Found {
    let Some((name, after)) = rest.split_first() else {
        return Found::Key;
    };
    match key.kind {
        // The name is that of the item, or of a key of it where the item was left out of the path.
        Kind::Array(item) | Kind::OneOrMany(item) => match within(item, after) {
            Found::Nothing => within(item, rest),
            found => found,
        },
        Kind::Dictionary(dict) => follow(dict, rest),
        Kind::Union(union) => {
            let alternatives = union.alternatives.iter();
            let mut found = alternatives
                .filter(|(value, _)| value == name)
                .map(|(_, key)| within(key, after));
            found.next().unwrap_or(Found::Nothing)
        }
        Kind::Map(value) => within(value, after),
        // Whatever it holds fits.
        Kind::Any => Found::Key,
        _ => Found::Nothing,
    }
}

/// Every key that one of Apple's states had is a field, an entry under a placeholder, or retired.
#[test]
fn every_key_of_earlier_states_is_covered() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/retired-keys.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let mut counts = [0; 2];
    for line in text.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let (file, key) = (entry["file"].as_str().unwrap(), entry["key"].as_str().unwrap());
        let item = schema::items().find(|item| item.files.contains(&file)).unwrap();
        // One name has dots in it.
        let placeholder = "Index into the PeerFilterRanges in the installed com.apple.AssetCache.managed payload";
        let key = key.replace(placeholder, "ANY");
        let path: Vec<&str> = key.split('.').collect();
        let tables = [item.keys, item.response].into_iter().flatten();
        let found = tables
            .map(|table| follow(table, &path))
            .find(|found| !matches!(found, Found::Nothing));
        match found {
            Some(Found::Key) => counts[0] += 1,
            Some(Found::Retired) => counts[1] += 1,
            _ => {
                // What a retired key held is retired with it.
                let parents = (1..path.len()).rev().map(|length| &path[..length]);
                let mut found = parents.flat_map(|path| {
                    let tables = [item.keys, item.response].into_iter().flatten();
                    tables.map(|table| follow(table, path))
                });
                assert!(found.any(|found| matches!(found, Found::Retired)), "{file}: {key}");
                counts[1] += 1;
            }
        }
    }
    eprintln!("{} are fields or entries, {} are retired", counts[0], counts[1]);
    assert!(counts.iter().all(|count| *count > 0));
}

fn profile(kind: &str, keys: &str) -> String {
    format!(
        "<plist version=\"1.0\"><dict>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>com.example.profile</string>
<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
<key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>{kind}</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>com.example.profile.one</string>
<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204CA</string>
{keys}</dict></array></dict></plist>"
    )
}

fn declaration(kind: &str, payload: &str) -> String {
    format!(
        "{{\"Type\": \"com.apple.configuration.{kind}\", \"Identifier\": \"com.example.one\", \"ServerToken\": \"1\", \"Payload\": {payload}}}"
    )
}

const MANIFEST: &str = "<plist version=\"1.0\"><dict><key>CommandUUID</key><string>1</string><key>Command</key><dict>
<key>RequestType</key><string>InstallEnterpriseApplication</string>
<key>Manifest</key><dict><key>items</key><array><dict>
<key>assets</key><array><dict>
<key>kind</key><string>software-package</string>
<key>url</key><string>https://example.com/app.ipa</string>
</dict></array>
<key>metadata</key><dict>
<key>bundle-identifier</key><string>com.example.app</string>
<key>bundle-version</key><string>1.0</string>
<key>kind</key><string>software</string>
<key>title</key><string>Example</string>
<key>sizeInBytes</key><integer>1000</integer>
</dict></dict></array></dict></dict></dict></plist>";

/// A key that devices accepted: with a system that has it there is nothing to say, with a later one it is an error, and a document
/// for any system gets a hint.
#[test]
fn a_removed_key_is_an_error_only_where_it_is_gone() {
    for (document, key, os, last, gone) in [
        (
            profile("com.apple.finder", "<key>InterfaceLevel</key><string>Full</string>"),
            "InterfaceLevel",
            Os::Macos,
            "10.14",
            "10.15",
        ),
        (
            profile(
                "com.apple.security.firewall",
                "<key>EnableFirewall</key><true/><key>EnableLogging</key><true/>",
            ),
            "EnableLogging",
            Os::Macos,
            "14.0",
            "15.0",
        ),
        (
            profile(
                "com.apple.system.logging",
                "<key>Processes</key><dict><key>a</key><string>b</string></dict>",
            ),
            "Processes",
            Os::Macos,
            "26.4",
            "27.0",
        ),
        (
            declaration(
                "app.managed",
                "{\"AppStoreID\": \"1234\", \"InstallBehavior\": {\"License\": {\"Assignment\": \"User\", \"VPPType\": \"User\"}}}",
            ),
            "VPPType",
            Os::Ios,
            "17.5",
            "18.0",
        ),
        (MANIFEST.to_owned(), "sizeInBytes", Os::Macos, "26.4", "27.0"),
    ] {
        let found = |target: Option<Target>| {
            let options = target.map_or_else(Options::default, |target| Options::default().target(target));
            let linted = lint(document.as_bytes(), &options);
            let findings = linted.findings.into_iter().map(|found| found.finding);
            findings
                .filter(|finding| finding.path.ends_with(key))
                .map(|finding| (finding.code, finding.severity))
                .collect::<Vec<_>>()
        };
        let on = |version: &str| Some(Target::new(os).version(version.parse().unwrap()));
        assert_eq!(found(None), [(Code::Deprecated, Severity::Info)], "{key}");
        assert_eq!(found(on(last)), [], "{key} on {last}");
        assert!(
            found(on(gone)).contains(&(Code::Removed, Severity::Error)),
            "{key} on {gone}"
        );
    }
}

/// A key that no device read, with the last state that had it.
#[test]
fn a_retired_key_is_reported_with_the_last_state_that_had_it() {
    for (document, key, until) in [
        (
            profile(
                "com.apple.applicationaccess",
                "<key>ForceWifiConfigurationOnLockScreen</key><true/>",
            ),
            "ForceWifiConfigurationOnLockScreen",
            "the seeds of OS 27.0",
        ),
        (
            profile(
                "com.apple.ManagedClient.preferences",
                "<key>PayloadContent</key><dict/><key>PreferenceDomain</key><dict/>",
            ),
            "PreferenceDomain",
            "iOS 17.5 and macOS 14.5",
        ),
        (
            declaration(
                "network.vpn.always-on",
                "{\"VisibleName\": \"A\", \"TunnelConfigurations\": [{\"ProtocolType\": \"IKEv2\", \"IKEV2\": {\"HostName\": \"a.example\", \
                 \"LocalIdentifier\": \"a\", \"RemoteIdentifier\": \"b\", \"Authentication\": {\"Method\": \"None\"}, \"NetworkRouting\": {}}}]}",
            ),
            "NetworkRouting",
            "the seeds of OS 27.0",
        ),
    ] {
        let linted = lint(document.as_bytes(), &Options::default());
        let retired = linted
            .findings
            .iter()
            .find(|found| found.finding.code == Code::RetiredKey);
        let finding = &retired
            .unwrap_or_else(|| panic!("{key}: {:?}", linted.findings))
            .finding;
        assert!(
            finding.path.ends_with(key) && finding.message.contains(until),
            "{finding:?}"
        );
    }
}
