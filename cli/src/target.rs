//! The flags that describe a target device.

use apple_mdm::AccessRights;
use apple_mdm::schema::{Os, ParseOsError, Version};
use apple_mdm::validate::{Channel, Enrollment, Facet, Target};
use clap::{Arg, ArgMatches, Command, value_parser};

/// Adds the target flags to a subcommand.
pub fn with_flags(command: Command) -> Command {
    command
        .next_help_heading("Target (what you do not specify is not checked)")
        .arg(
            flag("os", "OS")
                .value_parser(|text: &str| -> Result<Os, ParseOsError> { text.parse() })
                .help("Set the operating system: ios, ipados, macos, tvos, visionos or watchos"),
        )
        .arg(
            flag("os-version", "VERSION")
                .requires("os")
                .value_parser(|text: &str| text.parse::<Version>())
                .help("Set its version, such as 15.2"),
        )
        .arg(switch("supervised").help("Specify whether the device is supervised"))
        .arg(switch("user-approved").help("Specify whether a user approved the enrollment"))
        .arg(switch("automated-enrollment").help("Specify whether the device enrolled with Automated Device Enrollment"))
        .arg(
            flag("rights", "RIGHTS")
                .requires("os")
                .value_parser(access_rights)
                .help("Set the access rights of the enrollment: their sum, or names separated by commas, such as AllowSettings"),
        )
        .arg(
            flag("channel", "CHANNEL")
                .requires("os")
                .value_parser(CHANNELS.map(|(name, _)| name))
                .help("Set the channel that carries the documents"),
        )
        .arg(
            flag("enrollment", "ENROLLMENT")
                .requires("os")
                .value_parser(ENROLLMENTS.map(|(name, _)| name))
                .help("Set how the device is enrolled; local is for configurations that the device itself stores"),
        )
        .arg(switch("shared-ipad").help("Specify whether the device is a Shared iPad"))
        .arg(switch("manual-install").help("Specify whether a person installs the profiles, instead of MDM"))
}

fn flag(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value)
}

/// A flag that is true by itself and accepts `=true` and `=false`.
fn switch(name: &'static str) -> Arg {
    flag(name, "BOOL")
        .requires("os")
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("true")
        .value_parser(value_parser!(bool))
        .hide_possible_values(true)
}

/// Parses access rights: the number in the MDM payload, or names separated by commas.
pub fn access_rights(text: &str) -> Result<AccessRights, String> {
    if let Ok(bits) = text.parse() {
        return AccessRights::from_bits(bits).ok_or_else(|| {
            let all = AccessRights::all().bits();
            format!("{bits} is not a sum of access rights, which are between 1 and {all}")
        });
    }
    let mut rights = AccessRights::empty();
    for name in text.split(',').map(str::trim) {
        let right = AccessRights::named(name).or_else(|| AccessRights::from_name(&name.to_ascii_uppercase()));
        rights |= right.ok_or_else(|| format!("there is no access right `{name}`"))?;
    }
    Ok(rights)
}

/// Sets a property that is true or false.
type SetSwitch = fn(Target, bool) -> Target;

/// The properties that are true or false.
pub const SWITCHES: [(&str, SetSwitch); 5] = [
    ("supervised", Target::supervised),
    ("user-approved", Target::user_approved),
    ("automated-enrollment", Target::automated_enrollment),
    ("shared-ipad", Target::shared_ipad),
    ("manual-install", Target::manual_install),
];

/// The names of channels.
pub const CHANNELS: [(&str, Channel); 2] = [("device", Channel::Device), ("user", Channel::User)];

/// The names of kinds of enrollment.
pub const ENROLLMENTS: [(&str, Enrollment); 3] = [
    ("device", Enrollment::Device),
    ("user", Enrollment::User),
    ("local", Enrollment::Local),
];

/// Returns the value with this name.
pub fn named<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Returns the target that the flags describe, or `None` without `--os`.
pub fn from_flags(matches: &ArgMatches) -> Option<Target> {
    let mut target = Target::new(*matches.get_one::<Os>("os")?);
    if let Some(version) = matches.get_one::<Version>("os-version") {
        target = target.version(*version);
    }
    for (name, set) in SWITCHES {
        if let Some(value) = matches.get_one::<bool>(name) {
            target = set(target, *value);
        }
    }
    if let Some(rights) = matches.get_one::<AccessRights>("rights") {
        target = target.access_rights(*rights);
    }
    let text = |name| matches.get_one::<String>(name).map(String::as_str);
    if let Some(channel) = text("channel").and_then(|name| named(&CHANNELS, name)) {
        target = target.channel(channel);
    }
    if let Some(enrollment) = text("enrollment").and_then(|name| named(&ENROLLMENTS, name)) {
        target = target.enrollment(enrollment);
    }
    Some(target)
}

/// The flag that specifies this part of a target.
pub fn flag_for(facet: Facet) -> String {
    let name = match facet {
        Facet::Version => "os-version",
        Facet::Supervision => "supervised",
        Facet::UserApproval => "user-approved",
        Facet::AutomatedEnrollment => "automated-enrollment",
        Facet::AccessRights => "rights",
        other => other.name(),
    };
    format!("--{name}")
}

/// Describes the target, such as `macOS 15.2, supervised`. Returns `None` without `--os`.
pub fn describe_flags(matches: &ArgMatches) -> Option<String> {
    let mut words = matches.get_one::<Os>("os")?.to_string();
    if let Some(version) = matches.get_one::<Version>("os-version") {
        words.push_str(&format!(" {version}"));
    }
    for (name, [positive, negative]) in [
        ("supervised", ["supervised", "not supervised"]),
        ("user-approved", ["user-approved", "not user-approved"]),
        (
            "automated-enrollment",
            ["Automated Device Enrollment", "no Automated Device Enrollment"],
        ),
        ("shared-ipad", ["Shared iPad", "not a Shared iPad"]),
        ("manual-install", ["installed by a person", "installed by MDM"]),
    ] {
        if let Some(value) = matches.get_one::<bool>(name) {
            words.push_str(", ");
            words.push_str(if *value { positive } else { negative });
        }
    }
    if let Some(rights) = matches.get_one::<AccessRights>("rights") {
        words.push_str(&format!(", access rights {}", rights.bits()));
    }
    if let Some(channel) = matches.get_one::<String>("channel") {
        words.push_str(&format!(", {channel} channel"));
    }
    if let Some(enrollment) = matches.get_one::<String>("enrollment") {
        words.push_str(&format!(", {enrollment} enrollment"));
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_rights_are_numbers_or_names() {
        let lock = AccessRights::PASSCODE_REMOVAL_AND_LOCK;
        for (text, expected) in [
            ("4", Some(lock)),
            ("8191", Some(AccessRights::all())),
            ("AllowPasscodeRemovalAndLock", Some(lock)),
            (
                "DeviceLockAndRemovePasscode, AllowDeviceErase",
                Some(lock | AccessRights::DEVICE_ERASE),
            ),
            (
                "settings,device_erase",
                Some(AccessRights::SETTINGS | AccessRights::DEVICE_ERASE),
            ),
            ("16384", None),
            ("-1", None),
            ("AllowEverything", None),
            ("", None),
        ] {
            assert_eq!(access_rights(text).ok(), expected, "{text}");
        }
    }
}
