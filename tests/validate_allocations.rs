//! Where nothing is found, validation asks for no memory.
//!
//! Patterns are compiled where they are first needed: everything is validated once before anything is counted.

mod made;

use apple_mdm::Document;
use apple_mdm::codec::Write;
use apple_mdm::commands::settings::{DeviceName, Setting};
use apple_mdm::commands::{Command, Request, SetFirmwarePassword, Settings};
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile, Restrictions};
use apple_mdm::schema::{self, Family};
use apple_mdm::validate::{Channel, Target, Validate};
use made::mutate::mutated;

/// The allocations of validating a value and of holding it against a target.
#[track_caller]
fn allocations(value: &dyn Validate) -> (u64, u64) {
    let mac = Target::macos("26.0").unwrap().supervised(true).channel(Channel::Device);
    let quiet = value.validate().findings().is_empty();
    let quiet_there = value.check(&mac).findings().is_empty();
    let validate = allocation_counter::measure(|| drop(value.validate()));
    let check = allocation_counter::measure(|| drop(value.check(&mac)));
    let count = |quiet: bool, total: u64| if quiet { total } else { 0 };
    // What a target leaves open is listed, which takes one allocation.
    let open = u64::from(!value.check(&mac).open().is_empty());
    (
        count(quiet, validate.count_total),
        count(quiet_there, check.count_total.saturating_sub(open)),
    )
}

#[test]
fn commands_and_profiles_of_a_server_are_validated_without_an_allocation() {
    let password = Request::new("1", SetFirmwarePassword::new("correct horse battery"));
    let settings = Request::new("2", Settings::new(vec![Setting::DeviceName(DeviceName::new("Mac 1"))]));
    let passcode = Passcode {
        min_length: Some(8),
        ..Passcode::default()
    };
    let restrictions = Restrictions {
        allow_camera: Some(false),
        ..Restrictions::default()
    };
    let profile = Profile::new(
        "com.example.profile",
        "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
        [
            PayloadEntry::new("com.example.1", "24A9D6AC-9C34-45F3-B92F-88C4657204C9", passcode),
            PayloadEntry::new("com.example.2", "C1B2A1D0-0F0E-4B0A-8C0D-5D0E6F708192", restrictions),
        ],
    );
    for (name, value) in [
        ("password", &password as &dyn Validate),
        ("settings", &settings),
        ("profile", &profile),
    ] {
        assert!(value.validate().findings().is_empty(), "{name}: {}", value.validate());
        assert_eq!(allocations(value), (0, 0), "{name}");
    }
}

#[test]
fn no_valid_command_with_any_of_its_keys_costs_an_allocation() {
    let (mut values, mut problems) = (0, Vec::new());
    for item in schema::items().filter(|item| item.family == Family::Command) {
        let Some(dict) = item.keys else { continue };
        for key in dict.keys {
            let Ok((mut value, _)) = mutated(dict, key) else {
                continue;
            };
            value.as_dictionary_mut().unwrap().insert("RequestType", item.name);
            let request = Request::new("1", Command::from_value(&value).unwrap());
            if !request.validate().findings().is_empty() {
                continue;
            }
            // Data that must be a document is read to know whether it is.
            let reads = |rule: &schema::Rule| {
                matches!(rule.check, schema::Check::Document { key: [schema::Step::Key(name)], .. }
                    if !request.command.view().value(name).is_absent())
            };
            if dict.rules.iter().any(reads) {
                continue;
            }
            values += 1;
            if allocations(&request) != (0, 0) {
                problems.push(format!("{} {}: {:?}", item.rust, key.name, allocations(&request)));
            }
        }
    }
    assert!(values > 80, "{values}");
    assert!(
        problems.is_empty(),
        "{} of {values}\n{}",
        problems.len(),
        problems.join("\n")
    );
}
