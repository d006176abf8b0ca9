//! What Apple's list of changes says of OS 27.0 and 27.2 is what the tables say, line by line: a state that is imported by half, or a
//! correction that undoes a part of it, is noticed here.

mod shared;

use std::collections::BTreeSet;

use apple_mdm::schema::{self, Availability, Fact, Family, Item, Os, Version};

/// A file of the schema, a key in it and the systems, each group with a version.
///
/// The key is empty for the item itself, and written as for `Item::availability` otherwise. `response ` stands before a key of the
/// response, `= ` before one of the listed values.
type Row = (&'static str, &'static str, &'static str);

/// New items and keys, and all systems that have them with the version of each.
#[rustfmt::skip]
const NEW: &[Row] = &[
    ("declarative/declarations/configurations/account.settings.yaml", "", "macOS 27.2"),
    ("declarative/declarations/configurations/extensible-sso.yaml", "PlatformSSO.AdditionalHTTPHeaders", "macOS 27.2"),
    ("declarative/declarations/configurations/extensible-sso.yaml", "PlatformSSO.Policies.AlwaysUseLoginUI", "macOS 27.2"),
    ("declarative/status/enhanced-logging.noninteractive-eligibility.yaml", "", "iOS, macOS, tvOS 27.2"),
    ("mdm/profiles/com.apple.extensiblesso.yaml", "PlatformSSO.AdditionalHTTPHeaders", "macOS 27.2"),
    ("mdm/profiles/com.apple.extensiblesso.yaml", "PlatformSSO.AlwaysUseLoginUI", "macOS 27.2"),
    ("declarative/declarations/configurations/accessibility.settings.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/app.settings.yaml", "", "iOS, macOS, tvOS, visionOS 27.0"),
    ("declarative/declarations/configurations/content-cache.settings.yaml", "", "macOS 27.0"),
    ("declarative/declarations/configurations/extensible-sso.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/network.dns-proxy.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/network.dns-settings.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/network.relay.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/network.vpn.always-on.yaml", "", "iOS, visionOS 27.0"),
    ("declarative/declarations/configurations/network.vpn.ikev2.yaml", "", "iOS, macOS, tvOS, visionOS 27.0"),
    ("declarative/declarations/configurations/network.vpn.ipsec.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/network.vpn.vpn-plugin.yaml", "", "iOS, macOS, tvOS, visionOS 27.0"),
    ("declarative/declarations/configurations/webcontent-filter.plugin.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/intelligence.settings.yaml", "AllowVisualIntelligence", "iOS, macOS 27.0"),
    ("declarative/declarations/configurations/intelligence.settings.yaml", "Apps.Calendar", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/legacy.interactive.yaml", "ProfileAssetReference", "iOS, macOS, tvOS, visionOS 27.0"),
    ("declarative/declarations/configurations/legacy.yaml", "ProfileAssetReference", "iOS, macOS, tvOS, visionOS, watchOS 27.0"),
    ("declarative/declarations/configurations/package.yaml", "UninstallBehavior", "macOS 27.0"),
    ("declarative/declarations/configurations/safari.settings.yaml", "Privacy", "iOS, macOS 27.0"),
    ("declarative/declarations/configurations/siri.settings.yaml", "AllowSiriAI", "iOS, macOS, visionOS 27.0"),
    ("declarative/declarations/configurations/siri.settings.yaml", "ForceReduceSensitiveContent", "iOS, macOS 27.0"),
    ("declarative/status/content-cache.info.yaml", "", "macOS 27.0"),
    ("declarative/status/content-cache.parents.yaml", "", "macOS 27.0"),
    ("declarative/status/content-cache.peers.yaml", "", "macOS 27.0"),
    ("declarative/status/content-cache.status.yaml", "", "macOS 27.0"),
    ("declarative/status/device.system.health.yaml", "", "iOS 27.0"),
    ("declarative/status/enhanced-logging.applecare-token.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("declarative/status/enhanced-logging.status.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("declarative/status/enhanced-logging.timestamp.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("declarative/status/mdm.enrollment-type.yaml", "", "iOS, macOS, tvOS, visionOS, watchOS 27.0"),
    ("declarative/status/mdm.is-awaiting-configuration.yaml", "", "iOS, macOS, tvOS, visionOS 27.0"),
    ("declarative/status/mdm.is-return-to-service.yaml", "", "iOS, visionOS 27.0"),
    ("declarative/status/mdm.is-shared-ipad.yaml", "", "iOS 27.0"),
    ("declarative/status/mdm.push-magic.yaml", "", "iOS, macOS, tvOS, visionOS, watchOS 27.0"),
    ("declarative/status/mdm.push-token.yaml", "", "iOS, macOS, tvOS, visionOS, watchOS 27.0"),
    ("declarative/status/security.lockdown-mode.yaml", "", "iOS, macOS, watchOS 27.0"),
    ("mdm/checkin/returntoservice.yaml", "response ReturnToService.ShouldRetryEnrollment", "iOS 27.0"),
    ("mdm/commands/cancel.enhanced.log.collection.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("mdm/commands/trigger.enhanced.log.collection.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("mdm/commands/device.erase.yaml", "ReturnToService.ShouldRetryEnrollment", "iOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowSiriAI", "iOS 27.0"),
    ("mdm/profiles/com.apple.extensiblesso.yaml", "PlatformSSO.AllowWebLoginPasswordSync", "macOS 27.0"),
    ("mdm/profiles/com.apple.extensiblesso.yaml", "PlatformSSO.WebLoginURLAllowList", "macOS 27.0"),
    ("mdm/profiles/com.apple.loginwindow.yaml", "ForceCaptivePortalConnectionFromLockScreen", "macOS 27.0"),
    ("mdm/profiles/com.apple.loginwindow.yaml", "ForceWifiConfigurationOnLockScreen", "macOS 27.0"),
    ("other/skipkeys.yaml", "= AccessibilityAppearance", "iOS 17.0"),
    ("other/skipkeys.yaml", "= DeviceFeaturesTour", "iOS 27.0"),
    ("other/skipkeys.yaml", "= LiquidGlass", "iOS, macOS 27.0"),
];

/// Items and keys that were there, and the systems that got them.
#[rustfmt::skip]
const NEW_SYSTEMS: &[Row] = &[
    ("declarative/declarations/configurations/siri.settings.yaml", "", "tvOS 27.0"),
    ("declarative/declarations/configurations/app.managed.yaml", "AppConfig", "macOS 27.0"),
    ("declarative/declarations/configurations/app.managed.yaml", "ExtensionConfigs", "macOS 27.0"),
    ("declarative/declarations/configurations/app.managed.yaml", "LegacyAppConfigAssetReference", "macOS 27.0"),
    ("declarative/status/app.managed.list.yaml", "app.managed.list[].config-state", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowListedAppBundleIDs", "visionOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "blockedAppBundleIDs", "visionOS 27.0"),
];

/// Deprecated items and keys.
#[rustfmt::skip]
const DEPRECATED: &[Row] = &[
    ("declarative/declarations/configurations/intelligence.settings.yaml", "AllowVisualIntelligenceSummary", "iOS 27.0"),
    ("mdm/profiles/com.apple.AssetCache.managed.yaml", "", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.new.yaml", "", "macOS 27.0"),
    ("mdm/profiles/com.apple.dnsProxy.managed.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("mdm/profiles/com.apple.dnsSettings.managed.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("mdm/profiles/com.apple.mobiledevice.passwordpolicy.yaml", "", "iOS, macOS, visionOS, watchOS 27.0"),
    ("mdm/profiles/com.apple.relay.managed.yaml", "", "iOS, macOS, visionOS 27.0"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.Accessibility", "macOS 27.0"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.BluetoothAlways", "macOS 27.0"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.Camera", "macOS 27.0"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.Microphone", "macOS 27.0"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.SpeechRecognition", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowListedAppBundleIDs", "iOS, tvOS, visionOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowSiriAI", "iOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "blockedAppBundleIDs", "iOS, tvOS, visionOS 27.0"),
];

/// Removed items and keys. `VPPType` was without effect long before it was deleted, and the list says in 27.0 that it is gone.
#[rustfmt::skip]
const REMOVED: &[Row] = &[
    ("declarative/declarations/configurations/app.managed.yaml", "InstallBehavior.License.VPPType", "iOS 18.0"),
    ("mdm/commands/system.update.available.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("mdm/commands/system.update.scan.yaml", "", "macOS 27.0"),
    ("mdm/commands/system.update.schedule.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("mdm/commands/system.update.status.yaml", "", "iOS, macOS, tvOS 27.0"),
    ("mdm/commands/information.device.yaml", "Queries[] = OSUpdateSettings", "macOS 27.0"),
    ("mdm/commands/information.device.yaml", "Queries[] = SoftwareUpdateDeviceID", "iOS, macOS, visionOS 27.0"),
    ("mdm/commands/information.device.yaml", "Queries[] = SoftwareUpdateSettings", "iOS 27.0"),
    ("mdm/commands/information.device.yaml", "response QueryResponses.SoftwareUpdateDeviceID", "iOS, macOS, visionOS 27.0"),
    ("mdm/commands/information.device.yaml", "response QueryResponses.SoftwareUpdateSettings", "iOS 27.0"),
    ("mdm/commands/settings.yaml", "Settings[SoftwareUpdateSettings]", "iOS 27.0"),
    ("mdm/profiles/com.apple.SoftwareUpdate.yaml", "", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowRapidSecurityResponseInstallation", "iOS, macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowRapidSecurityResponseRemoval", "iOS, macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "enforcedSoftwareUpdateDelay", "iOS, macOS, tvOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "enforcedSoftwareUpdateMajorOSDeferredInstallDelay", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "enforcedSoftwareUpdateMinorOSDeferredInstallDelay", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "enforcedSoftwareUpdateNonOSDeferredInstallDelay", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "forceDelayedAppSoftwareUpdates", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "forceDelayedMajorSoftwareUpdates", "macOS 27.0"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "forceDelayedSoftwareUpdates", "iOS, macOS, tvOS 27.0"),
    ("mdm/profiles/com.apple.system.logging.yaml", "Processes", "macOS 27.0"),
];

/// What these releases deprecate or remove, and what Apple says to use instead. Of the passcode payload it names nothing, nor of the
/// services for camera and microphone.
#[rustfmt::skip]
const REPLACED: &[Row] = &[
    ("declarative/declarations/configurations/intelligence.settings.yaml", "AllowVisualIntelligenceSummary", "AllowVisualIntelligence"),
    ("mdm/commands/information.device.yaml", "response QueryResponses.OSUpdateSettings", "com.apple.configuration.softwareupdate.settings"),
    ("mdm/commands/information.device.yaml", "response QueryResponses.SoftwareUpdateDeviceID", "softwareupdate.device-id"),
    ("mdm/commands/information.device.yaml", "response QueryResponses.SoftwareUpdateSettings", "com.apple.configuration.softwareupdate.settings"),
    ("mdm/commands/settings.yaml", "Settings[SoftwareUpdateSettings]", "com.apple.configuration.softwareupdate.settings"),
    ("mdm/commands/system.update.available.yaml", "", "com.apple.configuration.softwareupdate.enforcement.specific"),
    ("mdm/commands/system.update.scan.yaml", "", "com.apple.configuration.softwareupdate.enforcement.specific"),
    ("mdm/commands/system.update.schedule.yaml", "", "com.apple.configuration.softwareupdate.enforcement.specific"),
    ("mdm/commands/system.update.status.yaml", "", "softwareupdate.install-state"),
    ("mdm/profiles/com.apple.AssetCache.managed.yaml", "", "com.apple.configuration.content-cache.settings"),
    ("mdm/profiles/com.apple.SoftwareUpdate.yaml", "", "com.apple.configuration.softwareupdate.settings"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.Accessibility", "com.apple.configuration.app.settings"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.BluetoothAlways", "com.apple.configuration.app.settings"),
    ("mdm/profiles/com.apple.TCC.configuration-profile-policy.yaml", "Services.SpeechRecognition", "com.apple.configuration.app.settings"),
    ("mdm/profiles/com.apple.applicationaccess.new.yaml", "", "com.apple.configuration.app.settings"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowListedAppBundleIDs", "com.apple.configuration.app.settings"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "allowSiriAI", "com.apple.configuration.siri.settings"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "blockedAppBundleIDs", "com.apple.configuration.app.settings"),
    ("mdm/profiles/com.apple.applicationaccess.yaml", "forceDelayedSoftwareUpdates", "com.apple.configuration.softwareupdate.settings"),
    ("mdm/profiles/com.apple.dnsProxy.managed.yaml", "", "com.apple.configuration.network.dns-proxy"),
    ("mdm/profiles/com.apple.dnsSettings.managed.yaml", "", "com.apple.configuration.network.dns-settings"),
    ("mdm/profiles/com.apple.relay.managed.yaml", "", "com.apple.configuration.network.relay"),
];

/// The old and the new path of a file.
const RENAMED: &[(&str, &str)] = &[(
    "mdm/profiles/com.apple.MCX(Mobililty).yaml",
    "mdm/profiles/com.apple.MCX(Mobility).yaml",
)];

/// What the files say of these releases and the list does not: items and keys that more systems have.
const NEW_SYSTEMS_NOT_LISTED: &[Row] = &[
    (
        "mdm/profiles/com.apple.applicationaccess.yaml",
        "allowBluetoothModification",
        "visionOS 27.0",
    ),
    (
        "mdm/profiles/com.apple.applicationaccess.yaml",
        "allowChat",
        "visionOS 27.0",
    ),
];

/// The same of what is removed.
const REMOVED_NOT_LISTED: &[Row] = &[
    (
        "mdm/commands/information.device.yaml",
        "response QueryResponses.OSUpdateSettings",
        "macOS 27.0",
    ),
    (
        "other/manifesturl.yaml",
        "items[].assets[].needs-shine",
        "iOS, macOS, tvOS, visionOS 27.0",
    ),
    (
        "other/manifesturl.yaml",
        "items[].metadata.items",
        "iOS, macOS, tvOS, visionOS 27.0",
    ),
    (
        "other/manifesturl.yaml",
        "items[].metadata.sizeInBytes",
        "iOS, macOS, tvOS, visionOS 27.0",
    ),
    ("other/skipkeys.yaml", "= OSShowcase", "iOS, macOS 27.0"),
];

/// Lines of the list that contradict Apple's files and documentation, which agree with each other.
const WRONG: &[&str] = &[
    "mdm/profiles/com.apple.applicationaccess.yaml/allowAutomaticAppDownloads [visionOS 27.0]",
    "mdm/profiles/com.apple.applicationaccess.yaml/allowCamera [visionOS 27.0]",
];

fn item_of(file: &str) -> Option<&'static Item> {
    schema::items().find(|item| item.files.contains(&file) && item.name != "StatusItems")
}

/// Where a row's key is available.
fn availability(file: &str, key: &str) -> Option<Availability> {
    let item = item_of(file)?;
    // The value of a status item is a key of the tree of all.
    if item.family == Family::Status && !key.is_empty() {
        return schema::item(Family::Status, "StatusItems")?.availability(key);
    }
    if let Some(value) = key.strip_prefix("= ") {
        let choice = item.choices.iter().find(|choice| text_of(&choice.value) == value)?;
        return Some(Availability::of(item.support).with(choice.support));
    }
    if let Some((key, value)) = key.split_once(" = ") {
        return item.choice(&item.place(key)?, value);
    }
    match key.strip_prefix("response ") {
        Some(key) => item.response_place(key).map(|place| place.availability),
        None => item.availability(key),
    }
}

/// What a row says, such as `iOS, macOS 27.0; tvOS 18.0`.
fn systems(text: &str) -> BTreeSet<(Os, Version)> {
    let mut systems = BTreeSet::new();
    for group in text.split("; ") {
        let (names, version) = group.rsplit_once(' ').unwrap();
        for name in names.split(", ") {
            systems.insert((name.parse().unwrap(), version.parse().unwrap()));
        }
    }
    systems
}

/// The systems that have something, each with the version that `pick` finds.
fn said(availability: &Availability, pick: fn(&schema::Support) -> Option<Version>) -> BTreeSet<(Os, Version)> {
    let versions = availability
        .systems()
        .filter_map(|(os, support)| Some((os, pick(&support)?)));
    versions.collect()
}

/// The rows of which the tables say something else.
fn differences(rows: &[Row], agrees: impl Fn(&Availability, &BTreeSet<(Os, Version)>) -> bool) -> Vec<String> {
    let differs = |(file, key, text): &Row| match availability(file, key) {
        None => Some(format!("{file}: `{key}` is missing")),
        Some(found) if !agrees(&found, &systems(text)) => Some(format!("{file}: `{key}`: not {text}, but {found:?}")),
        Some(_) => None,
    };
    rows.iter().filter_map(differs).collect()
}

#[test]
fn what_is_new_is_there_on_the_systems_that_have_it() {
    let wrong = differences(NEW, |found, systems| {
        said(found, schema::Support::introduced) == *systems
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_more_systems_have_is_available_on_them() {
    let wrong = differences(&[NEW_SYSTEMS, NEW_SYSTEMS_NOT_LISTED].concat(), |found, systems| {
        said(found, schema::Support::introduced).is_superset(systems)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_deprecated_is_so_on_these_systems() {
    let wrong = differences(DEPRECATED, |found, systems| {
        said(found, |support| support.deprecated) == *systems
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_removed_is_still_there_for_earlier_versions() {
    let wrong = differences(&[REMOVED, REMOVED_NOT_LISTED].concat(), |found, systems| {
        said(found, |support| support.removed) == *systems
            && systems.iter().all(|&(os, version)| {
                let support = found.on(os);
                support.introduced().is_none_or(|since| support.is_in(since)) && !support.is_in(version)
            })
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_replaces_something_is_named() {
    for (file, key, instead) in REPLACED {
        let item = item_of(file).unwrap();
        let found = match (*key, key.strip_prefix("response ")) {
            ("", _) => item.replaced_by,
            (_, Some(key)) => item.response_place(key).unwrap().key.details().replaced_by,
            (key, None) => item.place(key).unwrap().key.details().replaced_by,
        };
        assert_eq!(found, Some(*instead), "{file}: {key}");
    }
}

#[test]
fn renamed_files_have_their_new_names() {
    for (old, new) in RENAMED {
        assert!(item_of(old).is_none(), "{old}");
        assert!(item_of(new).is_some(), "{new}");
    }
}

/// A release with more than its list says was imported by half, or the list was.
#[test]
fn nothing_else_is_said_of_these_releases() {
    let listed: BTreeSet<(&str, &str)> = [
        NEW,
        NEW_SYSTEMS,
        DEPRECATED,
        REMOVED,
        NEW_SYSTEMS_NOT_LISTED,
        REMOVED_NOT_LISTED,
    ]
    .into_iter()
    .flatten()
    .map(|(file, key, _)| (*file, *key))
    .collect();
    let mut others = Vec::new();
    for item in schema::items().filter(|item| item.name != "StatusItems") {
        let is_listed = |key: &str| {
            let holders = listed.iter().filter(|(file, _)| item.files.contains(file));
            let mut keys = holders.map(|(_, key)| *key);
            keys.any(|listed| {
                listed.is_empty()
                    || key == listed
                    || key
                        .strip_prefix(listed)
                        .is_some_and(|rest| rest.starts_with(['.', '[']))
            })
        };
        let mut note = |key: &str, facts: &[(Os, Fact)]| {
            let of_27 = |what: &Fact| match what {
                Fact::Introduced(version) | Fact::Deprecated(version) | Fact::Removed(Some(version)) => version.0 >= 27,
                _ => false,
            };
            for (os, what) in facts.iter().filter(|(_, what)| of_27(what)) {
                if !is_listed(key) {
                    others.push(format!("{}: `{key}`: {os} {what:?}", item.files[0]));
                }
            }
        };
        note("", item.support);
        for choice in item.choices {
            note(&format!("= {}", text_of(&choice.value)), choice.support);
        }
        item.each_key(&mut |path, place| {
            // Status items are listed as such.
            if path.starts_with("StatusItems.") {
                return;
            }
            note(path, place.key.support);
            for choice in place.key.choices {
                note(&format!("{path} = {}", text_of(&choice.value)), choice.support);
            }
        });
        item.each_response_key(&mut |path, place| note(&format!("response {path}"), place.key.support));
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

fn text_of(value: &schema::Literal) -> String {
    match value {
        schema::Literal::String(text) => (*text).to_owned(),
        other => format!("{other:?}"),
    }
}

/// The lists above hold every line of Apple's, where that is at hand.
#[test]
fn apples_list_has_no_other_lines() {
    let text = shared::files("apple-schema")
        .into_iter()
        .find(|(path, _)| path == "CHANGES.md");
    let Some((_, text)) = text else { return };
    let text = String::from_utf8(text).unwrap();
    let (mut release, mut lines) = ("", 0);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("# Changes in ") {
            release = name;
        }
        let Some((kind, what)) = line.strip_prefix("- ").and_then(|line| line.split_once(": ")) else {
            continue;
        };
        if !["27.0", "27.2"].contains(&release) || what.starts_with("openapi/") || WRONG.contains(&what) {
            continue;
        }
        let rows = match kind {
            "New" => NEW,
            "Changed" => NEW_SYSTEMS,
            "Deprecated" => DEPRECATED,
            "Removed" => REMOVED,
            _ => {
                assert_eq!(kind, "Renamed");
                assert!(
                    RENAMED.iter().any(|(old, new)| what == format!("{old} -> {new}")),
                    "{line}"
                );
                continue;
            }
        };
        let place = what.split(" [").next().unwrap();
        let (file, key) = match place.split_once(".yaml/") {
            Some((file, key)) => (format!("{file}.yaml"), key.replace('/', ".")),
            None => (place.to_owned(), String::new()),
        };
        // The last step of a path is enough: the list names array items, and `VPPType` without what holds it.
        let last = |key: &str| {
            let step = key.rsplit(['.', '[', ' ']).next().unwrap_or_default();
            step.trim_end_matches(']').to_owned()
        };
        let found = rows.iter().find(|row| row.0 == file && last(row.1) == last(&key));
        let Some((.., text)) = found else { panic!("{line}") };
        if let Some((_, stated)) = what.split_once(" [") {
            let stated = stated.trim_end_matches(']').split(", ").map(systems);
            let stated: BTreeSet<_> = stated.flatten().collect();
            assert_eq!(systems(text), stated, "{line}");
        }
        lines += 1;
    }
    assert_eq!(lines, NEW.len() + NEW_SYSTEMS.len() + DEPRECATED.len() + REMOVED.len());
}
