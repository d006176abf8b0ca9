//! The flags that describe a target device.

use apple_mdm::schema::{Os, Version};
use apple_mdm::validate::{Channel, Enrollment, Target};
use clap::{Arg, ArgAction, ArgMatches, Command};

/// Adds the target flags to a subcommand.
pub fn with_flags(command: Command) -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name).help_heading("Target");
    command
        .arg(
            flag("os")
                .value_name("OS")
                .value_parser(os)
                .help("Set the operating system: ios, ipados, macos, tvos, visionos or watchos"),
        )
        .arg(
            flag("os-version")
                .value_name("VERSION")
                .requires("os")
                .value_parser(|text: &str| text.parse::<Version>())
                .help("Set its version, such as 15.2; without it, versions are not checked"),
        )
        .arg(
            flag("supervised")
                .requires("os")
                .action(ArgAction::SetTrue)
                .help("Assume a supervised device; without it, supervision is not checked"),
        )
        .arg(
            flag("channel")
                .requires("os")
                .value_name("CHANNEL")
                .value_parser(["device", "user"])
                .help("Set the channel that carries the documents"),
        )
        .arg(
            flag("enrollment")
                .requires("os")
                .value_name("ENROLLMENT")
                .value_parser(["device", "user", "local"])
                .help("Set how the device is enrolled; local is for configurations that the device itself stores"),
        )
        .arg(
            flag("shared-ipad")
                .requires("os")
                .action(ArgAction::SetTrue)
                .help("Assume a Shared iPad"),
        )
}

fn os(text: &str) -> Result<Os, apple_mdm::schema::ParseOsError> {
    text.parse()
}

/// Returns the target that the flags describe, or `None` without `--os`.
pub fn from_flags(matches: &ArgMatches) -> Option<Target> {
    let mut target = Target::new(*matches.get_one::<Os>("os")?);
    if let Some(version) = matches.get_one::<Version>("os-version") {
        target = target.version(*version);
    }
    if matches.get_flag("supervised") {
        target = target.supervised(true);
    }
    if matches.get_flag("shared-ipad") {
        target = target.shared_ipad(true);
    }
    match matches.get_one::<String>("channel").map(String::as_str) {
        Some("device") => target = target.channel(Channel::Device),
        Some("user") => target = target.channel(Channel::User),
        _ => {}
    }
    match matches.get_one::<String>("enrollment").map(String::as_str) {
        Some("device") => target = target.enrollment(Enrollment::Device),
        Some("user") => target = target.enrollment(Enrollment::User),
        Some("local") => target = target.enrollment(Enrollment::Local),
        _ => {}
    }
    Some(target)
}

/// Describes the target, such as `macOS 15.2, supervised`. Returns `None` without `--os`.
pub fn describe_flags(matches: &ArgMatches) -> Option<String> {
    let mut words = matches.get_one::<Os>("os")?.to_string();
    if let Some(version) = matches.get_one::<Version>("os-version") {
        words.push_str(&format!(" {version}"));
    }
    if matches.get_flag("supervised") {
        words.push_str(", supervised");
    }
    if matches.get_flag("shared-ipad") {
        words.push_str(", Shared iPad");
    }
    if let Some(channel) = matches.get_one::<String>("channel") {
        words.push_str(&format!(", {channel} channel"));
    }
    if let Some(enrollment) = matches.get_one::<String>("enrollment") {
        words.push_str(&format!(", {enrollment} enrollment"));
    }
    Some(words)
}
