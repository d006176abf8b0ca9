//! Documents checked against a target: every fact of the tables, and what it means for real items.

mod made;

use apple_mdm::commands::{
    ClearPasscode, DeviceLock, InstallApplication, Request, SetFirmwarePassword, Settings, UserList,
};
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile, Restrictions};
use apple_mdm::schema::{self, Condition, Described, Fact, Family, Mode, Os, TargetCondition, Version};
use apple_mdm::validate::{self, Channel, Code, Enrollment, Facet, Report, Severity, Target, Validate};
use apple_mdm::value::{Dictionary, Value};
use apple_mdm::{AccessRights, Document};
use made::mutate::mutated;
use made::place::Place;
use made::solve::least;
use made::walk::{alone, dicts};

/// Returns targets that contradict a fact, with the expected finding, and a similar target that does not.
fn against(os: Os, what: Fact) -> Vec<(Target, Code, Severity, Option<Target>)> {
    let any = Target::new(os);
    let error = |wrong: Target, code: Code, right: Target| (wrong, code, Severity::Error, Some(right));
    match what {
        Fact::NotAvailable => vec![(any, Code::NotAvailable, Severity::Error, None)],
        Fact::Introduced(version) => vec![error(
            any.version(Version::new(0, 1, 0)),
            Code::NotYetAvailable,
            any.version(version),
        )],
        Fact::Removed(Some(version)) => vec![error(
            any.version(version),
            Code::Removed,
            any.version(Version::new(0, 1, 0)),
        )],
        Fact::Deprecated(version) => vec![(
            any.version(version),
            Code::Deprecated,
            Severity::Warning,
            Some(any.version(Version::new(0, 1, 0))),
        )],
        Fact::AccessRight(Some(name)) => AccessRights::named(name)
            .map(|right| {
                error(
                    any.access_rights(AccessRights::all() - right),
                    Code::MissingRight,
                    any.access_rights(right),
                )
            })
            .into_iter()
            .collect(),
        Fact::Supervised(true) => vec![error(
            any.supervised(false),
            Code::NeedsSupervision,
            any.supervised(true),
        )],
        Fact::RequiresDep(true) => vec![error(
            any.automated_enrollment(false),
            Code::NeedsAutomatedEnrollment,
            any.automated_enrollment(true),
        )],
        Fact::UserApprovedMdm(true) => vec![error(
            any.user_approved(false),
            Code::NeedsUserApproval,
            any.user_approved(true),
        )],
        Fact::AllowManualInstall(false) => vec![error(
            any.manual_install(true),
            Code::NoManualInstall,
            any.manual_install(false),
        )],
        Fact::DeviceChannel(false) => vec![error(
            any.channel(Channel::Device),
            Code::WrongChannel,
            any.channel(Channel::User),
        )],
        Fact::UserChannel(false) => vec![error(
            any.channel(Channel::User),
            Code::WrongChannel,
            any.channel(Channel::Device),
        )],
        Fact::SharedIpad(mode) => by_mode(mode, Code::SharedIpad, &any.shared_ipad(true), &any.shared_ipad(false)),
        Fact::SharedIpadDeviceChannel(false) => {
            let shared = any.shared_ipad(true);
            let wrong = shared.channel(Channel::Device);
            vec![error(wrong, Code::WrongChannel, shared.channel(Channel::User))]
        }
        Fact::SharedIpadUserChannel(false) => {
            let shared = any.shared_ipad(true);
            let wrong = shared.channel(Channel::User);
            vec![error(wrong, Code::WrongChannel, shared.channel(Channel::Device))]
        }
        Fact::SharedIpadScopes([]) => {
            let right = any.shared_ipad(false);
            vec![error(any.shared_ipad(true), Code::SharedIpad, right)]
        }
        Fact::SharedIpadScopes(allowed) => scopes(&any.shared_ipad(true), allowed),
        Fact::AllowedScopes(allowed) => scopes(&any.shared_ipad(false), allowed),
        Fact::UserEnrollment(mode) => by_mode(
            mode,
            Code::WrongEnrollment,
            &any.enrollment(Enrollment::User),
            &any.enrollment(Enrollment::Device),
        ),
        Fact::AllowedEnrollments(allowed) => [
            ("user", any.enrollment(Enrollment::User)),
            ("local", any.enrollment(Enrollment::Local)),
            ("supervised", any.enrollment(Enrollment::Device).supervised(true)),
            ("device", any.enrollment(Enrollment::Device).supervised(false)),
        ]
        .into_iter()
        .filter(|(name, _)| !allowed.contains(name))
        .map(|(_, target)| (target, Code::WrongEnrollment, Severity::Error, None))
        .collect(),
        _ => Vec::new(),
    }
}

fn by_mode(mode: Mode, code: Code, with: &Target, without: &Target) -> Vec<(Target, Code, Severity, Option<Target>)> {
    let (with, without) = (*with, *without);
    match mode {
        Mode::Allowed => Vec::new(),
        Mode::Forbidden => vec![(with, code, Severity::Error, Some(without))],
        Mode::Required => vec![(without, code, Severity::Error, Some(with))],
        Mode::Ignored => vec![(with, Code::Ignored, Severity::Info, Some(without))],
    }
}

fn scopes(target: &Target, allowed: &[&str]) -> Vec<(Target, Code, Severity, Option<Target>)> {
    [("system", Channel::Device), ("user", Channel::User)]
        .into_iter()
        .filter(|(name, _)| !allowed.contains(name))
        .map(|(_, channel)| {
            let wrong = (*target).channel(channel);
            (wrong, Code::WrongChannel, Severity::Error, None)
        })
        .collect()
}

fn has(report: &Report, code: Code, severity: Severity, path: &str) -> bool {
    let is_it =
        |finding: &&validate::Finding| finding.code == code && finding.severity == severity && finding.path == path;
    report.findings().iter().any(|finding| is_it(&finding))
}

/// Checks that each fact is reported at the path for a target that contradicts it, and not for one that does not.
fn facts_hold(
    name: &str,
    facts: &[(Os, Fact)],
    path: &str,
    is_device: bool,
    check: &dyn Fn(&Target) -> Report,
    problems: &mut Vec<String>,
) -> usize {
    let mut count = 0;
    for (os, what) in facts {
        for (wrong, code, severity, right) in against(*os, *what) {
            count += 1;
            // Nobody can fix what a device wrote.
            let severity = if is_device {
                severity.min(Severity::Warning)
            } else {
                severity
            };
            let report = check(&wrong);
            // A rule may say more about a key that is ignored. An enrollment that the system lacks is reported for the whole document.
            let is_said = code == Code::Ignored && report.findings().iter().any(|finding| finding.path == path)
                || code == Code::WrongEnrollment && has(&report, code, Severity::Error, "");
            if !is_said && !has(&report, code, severity, path) {
                problems.push(format!("{name}: {os} {what:?}: no {code} at `{path}` on {wrong:?}"));
            }
            if let Some(right) = right
                && has(&check(&right), code, severity, path)
            {
                problems.push(format!("{name}: {os} {what:?}: {code} at `{path}` on {right:?}"));
            }
        }
    }
    count
}

/// Returns the key whose values are listed: that of the elements if the key is an array.
fn listed(key: &'static schema::Key) -> &'static schema::Key {
    match key.kind {
        schema::Kind::Array(item) | schema::Kind::OneOrMany(item) => item,
        _ => key,
    }
}

#[test]
fn every_fact_about_items_keys_and_values_is_checked_against_the_target() {
    let mut problems = Vec::new();
    let (mut items, mut keys, mut values) = (0, 0, 0);
    for item in schema::items() {
        let value = item
            .keys
            .and_then(|dict| least(dict).ok())
            .unwrap_or_else(|| Dictionary::new().into());
        let check = |target: &Target| validate::check_keys(item, &value, target);
        items += facts_hold(item.rust, item.support, "", false, &check, &mut problems);
    }
    for described in dicts() {
        let is_device = described.dict.lenient && !described.dict.tolerant;
        for key in described.dict.keys {
            let listed = listed(key);
            if key.support.is_empty() && listed.choices.iter().all(|choice| choice.support.is_empty()) {
                continue;
            }
            let Ok((base, _)) = mutated(described.dict, key) else {
                continue;
            };
            let place = Place::default().key(key.name);
            let path = place.to_string();
            let item = alone(described.dict);
            let name = format!("{}.{}", described.label(), key.name);
            let check = |target: &Target| validate::check_keys(item, &base, target);
            keys += facts_hold(&name, key.support, &path, is_device, &check, &mut problems);
            for choice in listed.choices {
                let schema::Literal::String(text) = choice.value else {
                    continue;
                };
                let place = if std::ptr::eq(listed, key) {
                    place.clone()
                } else {
                    place.index(0)
                };
                let path = place.to_string();
                let base = place.with(&base, text).unwrap();
                // The contents of a key that the target lacks are not checked.
                let usable = |os: Os| !key.support.contains(&(os, Fact::NotAvailable));
                let facts: Vec<(Os, Fact)> = choice.support.iter().copied().filter(|(os, _)| usable(*os)).collect();
                let check = |target: &Target| validate::check_keys(item, &base, target);
                values += facts_hold(
                    &format!("{name}={text}"),
                    &facts,
                    &path,
                    is_device,
                    &check,
                    &mut problems,
                );
            }
        }
    }
    eprintln!("facts on items: {items}, on keys: {keys}, on listed values: {values}");
    assert!(items > 500 && keys > 1000 && values > 50);
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

fn codes(report: &Report) -> Vec<(Code, &str)> {
    report
        .findings()
        .iter()
        .map(|finding| (finding.code, finding.path.as_str()))
        .collect()
}

fn errors(report: &Report) -> Vec<(Code, &str)> {
    report
        .errors()
        .map(|finding| (finding.code, finding.path.as_str()))
        .collect()
}

#[test]
fn a_firmware_password_is_for_macs_on_the_device_channel_with_the_right_to_it() {
    let request = Request::new("1", SetFirmwarePassword::new("correct horse"));
    let mac = || Target::macos("15.2").unwrap();
    for (target, expected) in [
        (mac(), vec![]),
        (mac().channel(Channel::Device), vec![]),
        (mac().channel(Channel::User), vec![Code::WrongChannel]),
        (Target::macos("10.12").unwrap(), vec![Code::NotYetAvailable]),
        (Target::macos("10.13").unwrap(), vec![]),
        (Target::ios("18.0").unwrap(), vec![Code::NotAvailable]),
        (Target::tvos("18.0").unwrap(), vec![Code::NotAvailable]),
        (mac().access_rights(AccessRights::all()), vec![]),
        (
            mac().access_rights(AccessRights::DEVICE_ERASE),
            vec![Code::MissingRight],
        ),
    ] {
        let report = request.check(&target);
        let found: Vec<Code> = report.errors().map(|finding| finding.code).collect();
        assert_eq!(found, expected, "{target:?}\n{report}");
        assert!(report.errors().all(|finding| finding.path == "Command"), "{report}");
    }
}

#[test]
fn one_right_has_two_names_in_the_schema() {
    let right = AccessRights::PASSCODE_REMOVAL_AND_LOCK;
    let named: Vec<&str> = [Family::Command]
        .into_iter()
        .flat_map(|family| schema::items().filter(move |item| item.family == family))
        .flat_map(|item| item.support)
        .filter_map(|(_, what)| match what {
            Fact::AccessRight(Some(name)) if AccessRights::named(name) == Some(right) => Some(*name),
            _ => None,
        })
        .collect();
    assert!(
        named.contains(&"AllowPasscodeRemovalAndLock") && named.contains(&"DeviceLockAndRemovePasscode"),
        "{named:?}"
    );
    let requests = [
        Request::new("1", ClearPasscode::new(vec![1])),
        Request::new("1", DeviceLock::default()),
    ];
    for request in requests {
        let with = Target::ios("18.0").unwrap().access_rights(right);
        let without = Target::ios("18.0").unwrap().access_rights(AccessRights::all() - right);
        assert!(request.check(&with).is_ok());
        assert_eq!(errors(&request.check(&without)), [(Code::MissingRight, "Command")]);
    }
}

#[test]
fn what_a_target_leaves_open_is_not_checked_but_listed() {
    let request = Request::new("1", SetFirmwarePassword::new("correct horse"));
    let report = request.check(&Target::new(Os::Macos));
    assert!(report.is_ok(), "{report}");
    let open = [Facet::Version, Facet::AccessRights, Facet::Channel, Facet::Enrollment];
    assert_eq!(report.open(), open);
    let all = Target::macos("15.2")
        .unwrap()
        .channel(Channel::Device)
        .enrollment(Enrollment::Device)
        .access_rights(AccessRights::all());
    assert_eq!(request.check(&all).open(), []);
    // Without a target, nothing is open.
    assert_eq!(request.validate().open(), []);
}

fn entry(payload: impl Into<apple_mdm::profiles::Payload>) -> PayloadEntry {
    PayloadEntry::new("com.example.payload", "24A9D6AC-9C34-45F3-B92F-88C4657204C9", payload)
}

fn profile(payload: impl Into<apple_mdm::profiles::Payload>) -> Profile {
    Profile::new(
        "com.example.profile",
        "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
        [entry(payload)],
    )
}

#[test]
fn a_key_can_require_supervision() {
    let camera = profile(Restrictions {
        allow_camera: Some(false),
        allow_app_installation: Some(false),
        ..Restrictions::default()
    });
    let iphone = Target::ios("18.0").unwrap();
    let report = camera.check(&iphone.supervised(false));
    let unsupervised = errors(&report);
    assert!(
        unsupervised.contains(&(Code::NeedsSupervision, "PayloadContent[0].allowAppInstallation")),
        "{report}"
    );
    assert_eq!(errors(&camera.check(&iphone.supervised(true))), []);
    // An open property is not guessed.
    let report = camera.check(&iphone);
    assert_eq!(errors(&report), []);
    assert!(report.open().contains(&Facet::Supervision));
}

#[test]
fn works_on_selects_the_targets_without_errors() {
    let custom = profile(Passcode {
        custom_regex: Some(apple_mdm::profiles::passcode::CustomRegex::new("^.{8,}$")),
        ..Passcode::default()
    });
    let targets = [
        Target::macos("13.6").unwrap(),
        Target::macos("14.0").unwrap(),
        Target::macos("15.2").unwrap(),
        Target::ios("18.0").unwrap(),
    ];
    assert_eq!(custom.works_on(&targets), [&targets[1], &targets[2]]);
    let report = custom.check(&targets[0]);
    assert_eq!(
        errors(&report),
        [(Code::NotYetAvailable, "PayloadContent[0].customRegex")]
    );
    let report = custom.check(&targets[3]);
    assert_eq!(errors(&report), [(Code::NotAvailable, "PayloadContent[0].customRegex")]);
}

#[test]
fn a_key_without_effect_is_an_info() {
    let ignored = schema::items().flat_map(|item| {
        let mode = |(os, what): &(Os, Fact)| matches!(what, Fact::UserEnrollment(Mode::Ignored)).then_some(*os);
        item.support.iter().filter_map(mode).map(move |os| (item, os))
    });
    for (item, os) in ignored {
        let Some(Ok(value)) = item.keys.map(least) else {
            continue;
        };
        let report = validate::check_keys(item, &value, &Target::new(os).enrollment(Enrollment::User));
        assert!(
            report
                .findings()
                .iter()
                .any(|f| f.code == Code::Ignored && f.severity == Severity::Info),
            "{report}"
        );
        assert!(
            !report.errors().any(|finding| finding.code == Code::WrongEnrollment),
            "{report}"
        );
    }
}

#[test]
fn a_device_without_a_user_channel_is_reported() {
    let lock = Request::new("1", DeviceLock::default());
    for (target, expected) in [
        (
            Target::ios("18.0").unwrap().shared_ipad(false),
            vec![Code::WrongChannel],
        ),
        (
            Target::tvos("18.0").unwrap(),
            vec![Code::WrongChannel, Code::NotAvailable],
        ),
        (Target::watchos("11.0").unwrap(), vec![Code::WrongChannel]),
    ] {
        let report = lock.check(&target.channel(Channel::User));
        let found: Vec<Code> = report.errors().map(|finding| finding.code).collect();
        assert!(
            !found.is_empty() && found.iter().all(|code| expected.contains(code)),
            "{target:?}: {report}"
        );
        assert!(
            lock.check(&target.channel(Channel::Device))
                .errors()
                .all(|f| f.code != Code::WrongChannel)
        );
    }
    let report = lock.check(&Target::ios("18.0").unwrap().channel(Channel::User));
    assert!(report.open().contains(&Facet::SharedIpad));
    // On the user channel of a Mac, this is another command.
    let users = Request::new("1", UserList::default());
    assert!(
        !users
            .check(&Target::macos("15.0").unwrap().channel(Channel::User))
            .is_ok()
    );
}

#[test]
fn a_shared_ipad_has_its_own_facts() {
    let users = Request::new("1", UserList::default());
    let ipad = Target::ipados("18.0").unwrap().channel(Channel::Device);
    assert!(users.check(&ipad.shared_ipad(true)).is_ok());
    let report = users.check(&ipad.shared_ipad(false));
    assert_eq!(errors(&report), [(Code::SharedIpad, "Command")]);
    assert!(users.check(&ipad).open().contains(&Facet::SharedIpad));
}

#[test]
fn a_required_key_that_the_target_lacks_is_not_missing() {
    let mut count = 0;
    for described in dicts().iter().filter(|described| !described.dict.lenient) {
        for key in described.dict.keys.iter().filter(|key| key.required) {
            for (os, what) in key.support {
                for (wrong, code, severity, _) in against(*os, *what) {
                    if severity != Severity::Error {
                        continue;
                    }
                    count += 1;
                    let report = validate::check_keys(alone(described.dict), &Dictionary::new().into(), &wrong);
                    let path = Place::default().key(key.name).to_string();
                    assert!(
                        !has(&report, Code::MissingKey, Severity::Error, &path),
                        "{}.{}: {code} on {wrong:?}",
                        described.label(),
                        key.name
                    );
                }
            }
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn a_value_introduced_later_is_reported() {
    use apple_mdm::commands::DeviceInformation;

    let mut later = Vec::new();
    for (os, what) in DeviceInformation::ITEM
        .place("Queries[]")
        .unwrap()
        .key
        .choices
        .iter()
        .flat_map(|c| c.support)
    {
        if let (Os::Macos, Fact::Introduced(version)) = (os, what) {
            later.push(*version);
        }
    }
    assert!(!later.is_empty());
    let request = Request::new("1", DeviceInformation::new(vec!["IsAppleSilicon".into()]));
    let report = request.check(&Target::macos("11.0").unwrap());
    assert_eq!(
        errors(&report),
        [(Code::NotYetAvailable, "Command.Queries[0]")],
        "{report}"
    );
    assert!(report.to_string().contains("`IsAppleSilicon`"), "{report}");
    assert_eq!(errors(&request.check(&Target::macos("15.0").unwrap())), []);
}

#[test]
fn a_rule_limited_to_a_system_applies_only_there() {
    let rule = dicts()
        .iter()
        .flat_map(|d| d.dict.rules)
        .filter(|rule| {
            rule.when
                .iter()
                .any(|condition| matches!(condition, Condition::Target(TargetCondition::Os { .. })))
        })
        .count();
    assert!(rule > 20, "{rule}");
    // A web content filter of a Mac is a plug-in.
    let filter = schema::item(Family::Profile, "com.apple.webcontent-filter").unwrap();
    let value: Value = Dictionary::from_iter([("FilterType", "BuiltIn")]).into();
    let on = |target: &Target| {
        let report = validate::check_keys(filter, &value, target);
        report
            .errors()
            .any(|finding| finding.path == "FilterType" && finding.code == Code::ValueNeeds)
    };
    assert!(on(&Target::macos("15.0").unwrap()));
    assert!(!on(&Target::ios("18.0").unwrap()));
    let without = validate::keys(filter, &value);
    assert!(
        without.errors().all(|finding| finding.path != "FilterType"),
        "{without}"
    );
}

#[test]
fn an_item_knows_the_first_version_that_has_it() {
    for (item, os, expected) in [
        (<SetFirmwarePassword as Described>::ITEM, Os::Macos, Some("10.13")),
        (<SetFirmwarePassword as Described>::ITEM, Os::Ios, None),
        (<DeviceLock as Described>::ITEM, Os::Ios, Some("4.0")),
        (<InstallApplication as Described>::ITEM, Os::Macos, Some("10.9")),
    ] {
        let expected = expected.map(|version: &str| version.parse::<Version>().unwrap());
        assert_eq!(item.minimum(os), expected, "{} {os}", item.rust);
    }
    for item in schema::items() {
        for os in Os::ALL {
            let support = item.availability("").unwrap().on(os);
            assert_eq!(item.minimum(os).is_some(), support.is_supported(), "{} {os}", item.rust);
            if let Some(version) = item.minimum(os) {
                let report = validate::check_keys(item, &Dictionary::new().into(), &Target::new(os).version(version));
                assert!(
                    !report
                        .findings()
                        .iter()
                        .any(|f| f.path.is_empty() && f.code == Code::NotYetAvailable)
                );
            }
        }
    }
}

#[test]
fn a_deprecated_setting_is_a_warning() {
    let report = Request::new("1", Settings::new(vec![])).check(&Target::ios("18.0").unwrap());
    assert!(codes(&report).iter().all(|(code, _)| *code != Code::Deprecated));
    let mut deprecated = 0;
    for item in schema::items().filter(|item| item.family == Family::Profile) {
        for (os, what) in item.support {
            let Fact::Deprecated(version) = what else { continue };
            let Some(Ok(value)) = item.keys.map(least) else {
                continue;
            };
            let report = validate::check_keys(item, &value, &Target::new(*os).version(*version));
            assert!(
                report.warnings().any(|finding| finding.code == Code::Deprecated),
                "{}",
                item.rust
            );
            deprecated += 1;
        }
    }
    assert!(deprecated > 3, "{deprecated}");
}

#[test]
fn what_only_a_shared_ipad_allows_is_open_if_the_target_may_be_one() {
    let known = schema::item(Family::Declaration, "com.apple.configuration.account.caldav").unwrap();
    let keys = Value::Dictionary(Dictionary::from_iter([
        ("VisibleName", "n"),
        ("HostName", "example.com"),
    ]));
    let users = Target::ipados("17.0").unwrap().channel(Channel::User);
    let checked = |target: &Target| {
        let report = validate::check_keys(known, &keys, target);
        let is_wrong = report.errors().any(|finding| finding.code == Code::WrongChannel);
        (is_wrong, report.open().contains(&Facet::SharedIpad))
    };
    assert_eq!(checked(&users), (false, true));
    assert_eq!(checked(&users.shared_ipad(true)), (false, false));
    assert_eq!(checked(&users.shared_ipad(false)), (true, false));
}

#[test]
fn checking_an_availability_knows_which_systems_have_a_user_channel() {
    let item = apple_mdm::commands::EraseDevice::ITEM;
    let codes = |target: Target| -> Vec<Code> {
        let report = target.check("EraseDevice", &schema::Availability::of(item.support));
        report.errors().map(|finding| finding.code).collect()
    };
    let tv = Target::tvos("18.0").unwrap();
    assert_eq!(codes(tv.channel(Channel::User)), [Code::WrongChannel]);
    assert_eq!(codes(tv.channel(Channel::Device)), []);
    let ipad = Target::ipados("18.0").unwrap().channel(Channel::User);
    assert_eq!(codes(ipad.shared_ipad(false)), [Code::WrongChannel]);
    assert_eq!(codes(ipad), []);
}

/// Rules that depend on the target: the item, a target, keys that obey the rule, keys that violate it, and the path of the finding.
fn conditional_rules() -> Vec<(&'static str, Target, &'static str, &'static str, &'static str)> {
    let ios = |version: &str| Target::ios(version).unwrap();
    let macos = |version: &str| Target::macos(version).unwrap();
    let user = |target: Target| target.enrollment(Enrollment::User);
    let ikev2 = "com.apple.vpn.managed";
    let acme = "com.apple.security.acme";
    let filter = "com.apple.webcontent-filter";
    vec![
        (
            ikev2,
            ios("26.0"),
            r#"{"IKEv2": {"IKESecurityAssociationParameters": {"EncryptionAlgorithm": "AES-256"}}}"#,
            r#"{"IKEv2": {"IKESecurityAssociationParameters": {"EncryptionAlgorithm": "3DES"}}}"#,
            "IKEv2.IKESecurityAssociationParameters.EncryptionAlgorithm",
        ),
        (
            ikev2,
            macos("26.1"),
            r#"{"IKEv2": {"IKESecurityAssociationParameters": {"DiffieHellmanGroup": 14}}}"#,
            r#"{"IKEv2": {"IKESecurityAssociationParameters": {"DiffieHellmanGroup": 5}}}"#,
            "IKEv2.IKESecurityAssociationParameters.DiffieHellmanGroup",
        ),
        (
            acme,
            macos("13.5"),
            r#"{"HardwareBound": false, "Attest": false}"#,
            r#"{"HardwareBound": true, "Attest": false}"#,
            "HardwareBound",
        ),
        (
            acme,
            macos("13.5"),
            r#"{"Attest": false}"#,
            r#"{"HardwareBound": false}"#,
            "Attest",
        ),
        (
            "com.apple.dnsProxy.managed",
            user(ios("26.0")),
            r#"{"DNSProxyUUID": "3F2504E0-4F89-41D3-9A0C-0305E82C3301"}"#,
            "{}",
            "DNSProxyUUID",
        ),
        (
            "com.apple.relay.managed",
            user(ios("26.0")),
            r#"{"RelayUUID": "3F2504E0-4F89-41D3-9A0C-0305E82C3301"}"#,
            "{}",
            "RelayUUID",
        ),
        (
            filter,
            user(ios("26.0")),
            r#"{"FilterType": "Plugin", "ContentFilterUUID": "3F2504E0-4F89-41D3-9A0C-0305E82C3301"}"#,
            r#"{"FilterType": "Plugin"}"#,
            "ContentFilterUUID",
        ),
        (
            filter,
            ios("26.0").supervised(false),
            r#"{"FilterType": "Plugin", "ContentFilterUUID": "3F2504E0-4F89-41D3-9A0C-0305E82C3301"}"#,
            r#"{"FilterType": "Plugin"}"#,
            "ContentFilterUUID",
        ),
        (
            "com.apple.firstethernet.managed",
            user(macos("26.0")),
            "{}",
            r#"{"ProxyServer": "proxy.example.com"}"#,
            "ProxyServer",
        ),
        (
            "com.apple.mobiledevice.passwordpolicy",
            user(ios("26.0")),
            r#"{"allowSimple": false, "forcePIN": true, "minLength": 6}"#,
            r#"{"allowSimple": true}"#,
            "allowSimple",
        ),
        (
            "com.apple.mobiledevice.passwordpolicy",
            user(ios("26.0")),
            r#"{"forcePIN": true}"#,
            r#"{"forcePIN": false}"#,
            "forcePIN",
        ),
        (
            "com.apple.mobiledevice.passwordpolicy",
            user(ios("26.0")),
            r#"{"minLength": 6}"#,
            r#"{"minLength": 8}"#,
            "minLength",
        ),
        (
            "com.apple.mobiledevice.passwordpolicy",
            user(ios("26.0")),
            "{}",
            r#"{"maxInactivity": 5}"#,
            "maxInactivity",
        ),
        (
            "com.apple.caldav.account",
            ios("26.0").manual_install(false),
            r#"{"CalDAVUsername": "jane"}"#,
            "{}",
            "CalDAVUsername",
        ),
        (
            "com.apple.eas.account",
            ios("26.0").manual_install(false),
            r#"{"UserName": "jane"}"#,
            "{}",
            "UserName",
        ),
        (
            "EraseDevice",
            ios("26.0").supervised(false),
            r#"{"ReturnToService": {"Enabled": false}}"#,
            r#"{"ReturnToService": {"Enabled": true}}"#,
            "ReturnToService.MDMProfileData",
        ),
        (
            "ProfileList",
            user(ios("26.0")),
            r#"{"ManagedOnly": true}"#,
            r#"{"ManagedOnly": false}"#,
            "ManagedOnly",
        ),
        (
            "com.apple.dock",
            macos("26.0").channel(Channel::User),
            "{}",
            r#"{"AllowDockFixupOverride": true}"#,
            "AllowDockFixupOverride",
        ),
        (
            "com.apple.education",
            ios("26.0").shared_ipad(true),
            r#"{"Users": [{"AppleID": "jane@example.com"}]}"#,
            r#"{"Users": [{"Name": "Jane"}]}"#,
            "Users[0].AppleID",
        ),
        (
            "com.apple.mdm",
            macos("26.0"),
            r#"{"ServerCapabilities": ["com.apple.mdm.per-user-connections"]}"#,
            "{}",
            "ServerCapabilities",
        ),
    ]
}

#[test]
fn a_rule_that_depends_on_the_target_applies_only_to_such_targets() {
    for (name, target, good, bad, path) in conditional_rules() {
        let item = schema::items_named(name).next().unwrap();
        let value = |json: &str| Value::from_slice(json.as_bytes()).unwrap();
        let at_path = |report: &Report| {
            let findings = report.findings().iter();
            findings
                .filter(|finding| finding.path == path && finding.severity > Severity::Info)
                .map(|finding| finding.message.clone())
                .collect::<Vec<_>>()
        };
        let accepted = validate::check_keys(item, &value(good), &target);
        assert_eq!(at_path(&accepted), [] as [String; 0], "{name} {target:?}");
        let rejected = validate::check_keys(item, &value(bad), &target);
        assert_eq!(at_path(&rejected).len(), 1, "{name} {path} {target:?}: {rejected}");
        // Without the property that the rule depends on, nothing is said.
        let bare = Target::new(target.os());
        let without = validate::check_keys(item, &value(bad), &bare);
        if at_path(&validate::keys(item, &value(bad))).is_empty() && name != "com.apple.mdm" {
            assert_eq!(at_path(&without), [] as [String; 0], "{name} {path}");
            assert!(!without.open().is_empty(), "{name} {path}");
        }
    }
}

#[test]
fn a_target_without_user_enrollment_is_reported_once() {
    let passcode = profile(apple_mdm::profiles::Passcode::default());
    for (target, expected) in [
        (Target::watchos("10.0"), 1),
        (Target::tvos("18.0"), 1),
        (Target::ios("18.0"), 0),
    ] {
        let report = passcode.check(&target.unwrap().enrollment(Enrollment::User));
        let wrong = report
            .errors()
            .filter(|finding| finding.code == Code::WrongEnrollment && finding.path.is_empty());
        assert_eq!(wrong.count(), expected, "{report}");
    }
}

#[test]
fn the_scope_of_a_profile_selects_the_channel() {
    let tcc = || {
        profile(apple_mdm::profiles::PrivacyPreferencesPolicyControl::new(
            Default::default(),
        ))
    };
    let scoped = |scope: Option<&str>| {
        let mut keys = tcc().to_value().unwrap();
        if let (Value::Dictionary(keys), Some(scope)) = (&mut keys, scope) {
            keys.insert("PayloadScope", scope);
        }
        Profile::from_value(&keys).unwrap()
    };
    let wrong = |scope: Option<&str>, target: Option<Target>| {
        let profile = scoped(scope);
        let report = target.map_or_else(|| profile.validate(), |target| profile.check(&target));
        report
            .errors()
            .filter(|finding| finding.code == Code::WrongChannel)
            .count()
    };
    let mac = Target::macos("26.0").unwrap();
    assert_eq!(wrong(None, None), 0);
    assert_eq!(wrong(Some("System"), None), 0);
    assert_eq!(wrong(Some("User"), None), 1);
    assert_eq!(wrong(Some("user"), None), 1);
    assert_eq!(wrong(Some("User"), Some(mac)), 1);
    assert_eq!(wrong(Some("User"), Some(mac.channel(Channel::Device))), 0);
    assert_eq!(wrong(None, Some(mac)), 0);
}
