//! The requirements of a document agree with what its validation for a target finds.
#![cfg(all(feature = "lint", feature = "cms"))]

mod documents;

use apple_mdm::lint::{self, Options, lint};
use apple_mdm::schema::{self, Enrollment, Family, Item, Os, Version};
use apple_mdm::validate::{Available, Channel, Code, Need, Requirements, Target};
use apple_mdm::value::{Dictionary, Value};
use apple_mdm::{AccessRights, Document};
use documents::Fill;

fn dictionary(entries: &[(&str, Value)]) -> Dictionary {
    let mut dictionary = Dictionary::new();
    for (key, value) in entries {
        dictionary.insert(*key, value.clone());
    }
    dictionary
}

/// A document with every key of an item.
fn document(item: &'static Item, variant: usize) -> Option<Vec<u8>> {
    let mut keys = Fill::new(variant).dictionary(item.keys?);
    let text = |text: &str| Value::from(text);
    let whole = match item.family {
        Family::Profile => {
            let common = [
                ("PayloadIdentifier", text("com.example.payload")),
                ("PayloadUUID", text("24A9D6AC-9C34-45F3-B92F-88C4657204C9")),
                ("PayloadVersion", Value::from(1)),
            ];
            keys.insert("PayloadType", text(item.name));
            common
                .iter()
                .for_each(|(key, value)| drop(keys.insert(*key, value.clone())));
            let mut profile = dictionary(&common);
            profile.insert("PayloadType", text("Configuration"));
            profile.insert("PayloadContent", Value::Array(vec![Value::Dictionary(keys)]));
            profile
        }
        Family::Command => {
            keys.insert("RequestType", text(item.name));
            dictionary(&[("CommandUUID", text("1")), ("Command", Value::Dictionary(keys))])
        }
        Family::Declaration => dictionary(&[
            ("Type", text(item.name)),
            ("Identifier", text("a")),
            ("ServerToken", text("1")),
            ("Payload", Value::Dictionary(keys)),
        ]),
        _ => return None,
    };
    let value = Value::Dictionary(whole);
    match item.family {
        Family::Declaration => value.to_json().ok().map(String::into_bytes),
        _ => value.to_xml().ok().map(String::into_bytes),
    }
}

/// A target that meets all conditions, or `None` if they contradict each other.
fn target(system: &apple_mdm::validate::SystemRequirements) -> Option<Target> {
    let version = system.version().unwrap_or(Version::new(27, 2, 0));
    if system.removed().is_some_and(|removed| removed <= version) {
        return None;
    }
    let (mut channels, mut enrollments) = (
        vec![Channel::Device, Channel::User],
        vec![Enrollment::Device, Enrollment::User],
    );
    let (mut supervised, mut shared, mut manual, mut automated) = (
        vec![true, false],
        vec![false, true],
        vec![false, true],
        vec![true, false],
    );
    for condition in &system.conditions {
        match &condition.need {
            Need::Channel(channel) => channels.retain(|known| known == channel),
            Need::Enrollment(list) => enrollments.retain(|known| list.contains(known)),
            Need::Supervised(flag) => supervised.retain(|known| known == flag),
            Need::SharedIpad(flag) => shared.retain(|known| known == flag),
            Need::ManualInstall(flag) => manual.retain(|known| known == flag),
            Need::AutomatedEnrollment(flag) => automated.retain(|known| known == flag),
            _ => {}
        }
    }
    let target = Target::new(system.os)
        .version(version)
        .channel(*channels.first()?)
        .enrollment(*enrollments.first()?)
        .supervised(*supervised.first()?)
        .shared_ipad(*shared.first()?)
        .manual_install(*manual.first()?)
        .automated_enrollment(*automated.first()?)
        .user_approved(true)
        .access_rights(AccessRights::all());
    Some(target)
}

fn findings(bytes: &[u8], target: Target) -> Vec<apple_mdm::validate::Finding> {
    let result = lint(bytes, &Options::default().target(target));
    result.findings.into_iter().map(|found| found.finding).collect()
}

/// The greatest version before this one.
fn before(version: Version) -> Version {
    match version {
        Version(0, 0, 0) => version,
        Version(major, 0, 0) => Version::new(major - 1, 99, 99),
        Version(major, minor, 0) => Version::new(major, minor - 1, 99),
        Version(major, minor, patch) => Version::new(major, minor, patch - 1),
    }
}

const fn is_about_availability(code: Code) -> bool {
    matches!(
        code,
        Code::NotAvailable
            | Code::NotYetAvailable
            | Code::Removed
            | Code::NeedsSupervision
            | Code::NeedsAutomatedEnrollment
            | Code::NeedsUserApproval
            | Code::WrongChannel
            | Code::WrongEnrollment
            | Code::SharedIpad
            | Code::MissingRight
            | Code::NoManualInstall
    )
}

/// Calls `check` with the requirements of documents of every payload, command and declaration.
fn each(mut check: impl FnMut(&str, &[u8], &Requirements)) {
    let mut documents = 0;
    for item in schema::items() {
        for variant in [0, 2] {
            let Some(bytes) = document(item, variant) else { continue };
            let requirements = lint::requirements(&bytes, &Options::default()).unwrap();
            documents += 1;
            check(&format!("{} ({variant})", item.name), &bytes, &requirements);
        }
    }
    assert!(documents > 400, "{documents}");
}

#[test]
fn a_device_that_meets_the_requirements_has_everything() {
    let (mut checked, mut wrong) = (0, Vec::new());
    each(|name, bytes, requirements| {
        for system in requirements.systems() {
            let Some(target) = target(system).filter(|_| system.available == Available::All) else {
                continue;
            };
            checked += 1;
            let problem = findings(bytes, target)
                .into_iter()
                .find(|finding| is_about_availability(finding.code));
            wrong.extend(problem.map(|finding| format!("{name} on {}: {finding}", system.os)));
        }
    });
    assert!(checked > 300, "{checked}");
    assert!(wrong.is_empty(), "{} of {checked}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_device_with_an_earlier_version_lacks_something() {
    let (mut checked, mut wrong) = (0, Vec::new());
    each(|name, bytes, requirements| {
        for system in requirements.systems() {
            let (Some(target), Some(version)) = (target(system), system.version()) else {
                continue;
            };
            checked += 1;
            let earlier = before(version);
            let needs = Need::Version(version);
            if !findings(bytes, target.version(earlier))
                .iter()
                .any(|finding| finding.needs.contains(&needs))
            {
                wrong.push(format!("{name} on {} {earlier}", system.os));
            }
        }
    });
    assert!(checked > 500, "{checked}");
    assert!(wrong.is_empty(), "{} of {checked}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_device_that_does_not_meet_a_condition_gets_a_finding_that_names_it() {
    let (mut checked, mut wrong) = (0, Vec::new());
    each(|name, bytes, requirements| {
        for system in requirements.systems() {
            let Some(target) = target(system) else { continue };
            for condition in &system.conditions {
                if condition.since.is_some() || condition.before.is_some() {
                    continue;
                }
                let without = match &condition.need {
                    Need::Supervised(flag) => target.supervised(!flag),
                    Need::UserApproved(flag) => target.user_approved(!flag),
                    Need::AutomatedEnrollment(flag) => target.automated_enrollment(!flag),
                    Need::ManualInstall(flag) => target.manual_install(!flag),
                    Need::SharedIpad(flag) => target.shared_ipad(!flag),
                    Need::Right(_) => target.access_rights(AccessRights::empty()),
                    _ => continue,
                };
                checked += 1;
                let findings = findings(bytes, without);
                if !findings.iter().any(|finding| finding.needs.contains(&condition.need)) {
                    wrong.push(format!("{name} on {}: {}", system.os, condition.need));
                }
            }
        }
    });
    assert!(checked > 300, "{checked}");
    assert!(wrong.is_empty(), "{} of {checked}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_unavailable_is_a_finding_on_that_system() {
    let mut wrong = Vec::new();
    each(|name, bytes, requirements| {
        for system in requirements.systems() {
            let Some(target) = target(system) else { continue };
            let findings = findings(bytes, target);
            for part in &system.unavailable {
                let is_reported = findings
                    .iter()
                    .any(|finding| finding.path == part.path && finding.code != Code::Deprecated);
                if !is_reported {
                    wrong.push(format!("{name} on {}: {}", system.os, part.path));
                }
            }
        }
    });
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_requirements_of_several_documents_are_those_of_all() {
    let of = |name: &str, family: Family| {
        let item = schema::item(family, name).unwrap();
        lint::requirements(&document(item, 0).unwrap(), &Options::default()).unwrap()
    };
    let firmware = of("SetFirmwarePassword", Family::Command);
    let lock = of("DeviceLock", Family::Command);
    let both: Requirements = [firmware.clone(), lock.clone()].into_iter().collect();
    let versions = [&firmware, &lock].map(|requirements| requirements.on(Os::Macos).version());
    assert_eq!(both.on(Os::Macos).version(), versions.into_iter().max().unwrap());
    assert_eq!(firmware.on(Os::Ios).available, Available::None);
    assert_eq!(both.on(Os::Ios).available, Available::Some);
    assert_eq!(Requirements::default().on(Os::Ios).available, Available::All);
}

#[test]
fn supervision_until_a_version_is_a_condition_with_that_version() {
    let restrictions = schema::item(Family::Profile, "com.apple.applicationaccess").unwrap();
    let requirements = lint::requirements(&document(restrictions, 0).unwrap(), &Options::default()).unwrap();
    let is_limited = |condition: &&apple_mdm::validate::Requirement| {
        condition.need == Need::Supervised(true) && condition.before == Some(Version::new(13, 0, 0))
    };
    let limited = requirements.on(Os::Ios).conditions.iter().find(is_limited).unwrap();
    assert_eq!(limited.parts[0].key.as_deref(), Some("allowRemoteScreenObservation"));
}

#[test]
fn a_document_of_another_kind_requires_nothing_and_a_broken_one_is_an_error() {
    let options = Options::default();
    let nothing = lint::requirements(b"{\"a\": 1}", &options).unwrap();
    assert_eq!(nothing, Requirements::default());
    assert!(lint::requirements(b"<plist><dict>", &options).is_err());
}
