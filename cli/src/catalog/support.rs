//! Availability in vendors' schemas as data of the library.

use apple_mdm::schema::{Fact, Mode, Os, Version};
use apple_mdm_codegen::model;

use super::statics::{self, Statics};

/// Converts a list of facts.
pub fn facts(facts: &[model::Fact], statics: &mut Statics) -> &'static [(Os, Fact)] {
    let facts = facts
        .iter()
        .map(|fact| (os(fact.os), property(&fact.property, statics)))
        .collect();
    statics::list(facts)
}

/// Converts an operating system.
pub fn os(os: model::Os) -> Os {
    match os {
        model::Os::Ios => Os::Ios,
        model::Os::Macos => Os::Macos,
        model::Os::Tvos => Os::Tvos,
        model::Os::Visionos => Os::Visionos,
        model::Os::Watchos => Os::Watchos,
    }
}

/// Converts a version.
pub fn version(version: model::Version) -> Version {
    Version::new(version.0, version.1, version.2)
}

fn property(property: &model::Property, statics: &mut Statics) -> Fact {
    use model::Property;
    match property {
        Property::NotAvailable => Fact::NotAvailable,
        Property::Always => Fact::Always,
        Property::Introduced(since) => Fact::Introduced(version(*since)),
        Property::Deprecated(since) => Fact::Deprecated(version(*since)),
        Property::Removed(since) => Fact::Removed(since.map(version)),
        Property::AccessRight(right) => Fact::AccessRight(right.as_deref().map(|right| statics.text(right))),
        Property::Multiple(flag) => Fact::Multiple(*flag),
        Property::DeviceChannel(flag) => Fact::DeviceChannel(*flag),
        Property::UserChannel(flag) => Fact::UserChannel(*flag),
        Property::Supervised(flag) => Fact::Supervised(*flag),
        Property::SupervisedSince(since) => Fact::SupervisedSince(version(*since)),
        Property::RequiresDep(flag) => Fact::RequiresDep(*flag),
        Property::UserApprovedMdm(flag) => Fact::UserApprovedMdm(*flag),
        Property::AllowManualInstall(flag) => Fact::AllowManualInstall(*flag),
        Property::AlwaysSkippable(flag) => Fact::AlwaysSkippable(*flag),
        Property::Beta(flag) => Fact::Beta(*flag),
        Property::AllowedEnrollments(list) => Fact::AllowedEnrollments(statics.texts(list)),
        Property::AllowedScopes(list) => Fact::AllowedScopes(statics.texts(list)),
        Property::SharedIpadMode(name) => Fact::SharedIpad(mode(name)),
        Property::SharedIpadDeviceChannel(flag) => Fact::SharedIpadDeviceChannel(*flag),
        Property::SharedIpadUserChannel(flag) => Fact::SharedIpadUserChannel(*flag),
        Property::SharedIpadScopes(list) => Fact::SharedIpadScopes(statics.texts(list)),
        Property::UserEnrollmentMode(name) => Fact::UserEnrollment(mode(name)),
    }
}

fn mode(name: &str) -> Mode {
    match name {
        "required" => Mode::Required,
        "forbidden" => Mode::Forbidden,
        "ignored" => Mode::Ignored,
        _ => Mode::Allowed,
    }
}
