//! Queries where commands, payloads and keys are available: by type, by the path of a key, and by a name at run time.
//!
//!     cargo run --example availability
//!     cargo run --example availability -- com.apple.wifi.managed EncryptionType

use apple_mdm::commands::{ClearPasscode, SetFirmwarePassword};
use apple_mdm::profiles::Passcode;
use apple_mdm::schema::{self, Availability, Described, Family, Mode, Os, Version};

fn main() {
    let mut arguments = std::env::args().skip(1);
    if let Some(name) = arguments.next() {
        let path = arguments.next().unwrap_or_default();
        return explain(&name, &path);
    }

    // By type: these are constants.
    show("SetFirmwarePassword", &SetFirmwarePassword::AVAILABILITY);
    let macos = SetFirmwarePassword::AVAILABILITY.on(Os::Macos);
    assert_eq!(macos.introduced(), Some(Version::new(10, 13, 0)));
    assert_eq!(macos.user_enrollment, Some(Mode::Forbidden));
    assert_eq!(SetFirmwarePassword::AVAILABILITY.systems().count(), 1);

    show("ClearPasscode", &ClearPasscode::AVAILABILITY);
    let ipados = ClearPasscode::AVAILABILITY.on(Os::IPADOS);
    assert!(ipados.is_on_device_channel() && !ipados.is_on_user_channel());
    assert_eq!(ipados.access_right, Some("AllowPasscodeRemovalAndLock"));
    assert!(!ClearPasscode::AVAILABILITY.on(Os::Macos).is_supported());

    // By the path of a key, including what it inherits from the payload.
    show("Passcode", &Passcode::AVAILABILITY);
    let regex = Passcode::ITEM
        .availability("customRegex.passwordContentRegex")
        .expect("a key of Passcode");
    show("Passcode customRegex.passwordContentRegex", &regex);
    assert_eq!(regex.on(Os::Macos).introduced(), Some(Version::new(14, 0, 0)));
    assert!(regex.systems().all(|(os, _)| os == Os::Macos));
    // Versions compare numerically: 10.9 is older than 10.13.
    assert!(regex.on(Os::Macos).is_in("26.4".parse().expect("a version")));
    assert!(!regex.on(Os::Macos).is_in("13.6".parse().expect("a version")));

    // By name, for servers that know the request type only as text.
    let item = schema::item(Family::Command, "DeviceLock").expect("a command of the schema");
    show(item.title, &item.availability("").expect("the item itself"));

    // All commands that an Apple TV with tvOS 27 supports.
    let tv = schema::items()
        .filter(|item| item.family == Family::Command)
        .filter(|item| {
            let availability = Availability::of(item.support);
            let support = availability.on(Os::Tvos);
            support.is_supported() && support.is_in(Version::new(27, 0, 0))
        })
        .map(|item| item.name);
    println!("tvOS 27: {}", tv.collect::<Vec<_>>().join(", "));
}

/// Prints the availability of all items called `name`, or of their key at `path`.
fn explain(name: &str, path: &str) {
    for item in schema::items_named(name) {
        match item.availability(path) {
            Some(availability) => show(&format!("{} {name} {path}", item.family), &availability),
            None => println!("{} {name} has no key {path}", item.family),
        }
    }
}

/// Prints an availability, one operating system per line.
fn show(title: &str, availability: &Availability) {
    println!("{title}");
    for (os, support) in availability.systems() {
        let mut facts = Vec::new();
        if support.is_on_device_channel() {
            facts.push("device channel".to_owned());
        }
        if support.is_on_user_channel() {
            facts.push("user channel".to_owned());
        }
        if support.supervised == Some(true) {
            facts.push("supervised only".to_owned());
        }
        facts.extend(support.access_right.map(|right| format!("right {right}")));
        facts.extend(support.deprecated.map(|version| format!("deprecated {version}")));
        facts.extend(support.removed.map(|version| format!("removed {version}")));
        println!("  {os:<9} {:<7} {}", support.since, facts.join(", "));
    }
    println!();
}
