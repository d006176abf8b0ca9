//! The facts in `supportedOS`, and their inheritance by keys.

mod fixture;

use apple_mdm_codegen::model::{Fact, Os, Property, Version};
use apple_mdm_codegen::parse;
use fixture::Fixture;

/// The facts about iOS in a file with these properties.
fn facts(properties: &str) -> Vec<Property> {
    let text = format!("title: E\npayload:\n  payloadtype: e\n  supportedOS:\n    iOS: {{{properties}}}\n");
    let mut warnings = Vec::new();
    let file = parse::file("mdm/profiles/e.yaml", &text, &mut warnings).unwrap();
    assert_eq!(warnings, []);
    assert!(file.support.iter().all(|fact| fact.os == Os::Ios));
    file.support.into_iter().map(|fact| fact.property).collect()
}

#[test]
fn every_property_is_a_fact() {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    for (properties, expected) in [
        ("introduced: '10.9'", vec![Property::Introduced(Version(10, 9, 0))]),
        ("introduced: '13.4.1'", vec![Property::Introduced(Version(13, 4, 1))]),
        // A number where a text is meant.
        ("introduced: '5.0'", vec![Property::Introduced(Version(5, 0, 0))]),
        ("introduced: '17'", vec![Property::Introduced(Version(17, 0, 0))]),
        ("introduced: n/a", vec![Property::NotAvailable]),
        ("introduced: all", vec![Property::Always]),
        ("deprecated: '11.0'", vec![Property::Deprecated(Version(11, 0, 0))]),
        ("removed: '12.0'", vec![Property::Removed(Some(Version(12, 0, 0)))]),
        // Takes back what the parent says.
        ("removed: '0'", vec![Property::Removed(None)]),
        (
            "accessrights: AllowErase",
            vec![Property::AccessRight(Some("AllowErase".to_owned()))],
        ),
        (
            "accessrights: Special Case",
            vec![Property::AccessRight(Some("Special Case".to_owned()))],
        ),
        ("accessrights: n/a", vec![Property::AccessRight(None)]),
        ("accessrights: None", vec![Property::AccessRight(None)]),
        ("multiple: true", vec![Property::Multiple(true)]),
        (
            "devicechannel: true, userchannel: false",
            vec![Property::DeviceChannel(true), Property::UserChannel(false)],
        ),
        ("supervised: false", vec![Property::Supervised(false)]),
        ("requiresdep: true", vec![Property::RequiresDep(true)]),
        ("userapprovedmdm: true", vec![Property::UserApprovedMdm(true)]),
        ("allowmanualinstall: false", vec![Property::AllowManualInstall(false)]),
        ("always-skippable: true", vec![Property::AlwaysSkippable(true)]),
        ("beta: true", vec![Property::Beta(true)]),
        (
            "allowed-enrollments: [device, local]",
            vec![Property::AllowedEnrollments(texts(&["device", "local"]))],
        ),
        ("allowed-scopes: []", vec![Property::AllowedScopes(Vec::new())]),
        (
            "sharedipad: {mode: allowed, devicechannel: true, userchannel: false, allowed-scopes: [user]}",
            vec![
                Property::SharedIpadMode("allowed".to_owned()),
                Property::SharedIpadDeviceChannel(true),
                Property::SharedIpadUserChannel(false),
                Property::SharedIpadScopes(texts(&["user"])),
            ],
        ),
        (
            "userenrollment: {mode: ignored, behavior: anything}",
            vec![Property::UserEnrollmentMode("ignored".to_owned())],
        ),
        ("", vec![]),
    ] {
        assert_eq!(facts(properties), expected, "{properties}");
    }
}

#[test]
fn versions_compare_as_versions() {
    let ascending = [
        Version(4, 0, 0),
        Version(10, 9, 0),
        Version(10, 13, 0),
        Version(10, 13, 4),
        Version(26, 4, 0),
    ];
    assert!(ascending.is_sorted());
    assert_eq!(Version(10, 13, 0).to_string(), "10.13");
    assert_eq!(Version(10, 13, 4).to_string(), "10.13.4");
}

#[test]
fn keys_of_a_shared_list_inherit_the_availability_of_each_place() {
    let source = Fixture::new("by_path")
        .payload(
            "
- key: Old
  type: <dictionary>
  supportedOS: {iOS: {introduced: '11.0'}}
  subkeys: &id001
  - {key: Name, type: <string>, supportedOS: {iOS: {introduced: '12.0'}}}
- key: New
  type: <dictionary>
  supportedOS: {iOS: {introduced: '14.0', userenrollment: {mode: forbidden}}}
  subkeys: *id001
- {key: Plain, type: <dictionary>, subkeys: *id001}
",
        )
        .source("profiles.rs");
    let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let used = "name: \"Old\", kind: Kind::Dictionary(&EXAMPLE_OLD)";
    assert!(source.contains(used), "{source}");
    // Three keys with one table, and what each of them states itself.
    assert_eq!(source.matches("Kind::Dictionary(&EXAMPLE_OLD)").count(), 3);
    for facts in [
        "name: \"Old\", kind: Kind::Dictionary(&EXAMPLE_OLD), field: \"old\", support: &[(Os::Ios, Fact::Introduced(Version(11, 0, 0)))]",
        "support: &[ (Os::Ios, Fact::Introduced(Version(14, 0, 0))), (Os::Ios, Fact::UserEnrollment(Mode::Forbidden)), ]",
        "name: \"Name\", kind: Kind::String, field: \"name\", support: &[(Os::Ios, Fact::Introduced(Version(12, 0, 0)))]",
    ] {
        assert_eq!(source.matches(facts).count(), 1, "{facts}: {source}");
    }
}

#[test]
fn the_order_of_facts_does_not_depend_on_the_file() {
    let of = |text: &str| -> Vec<Fact> {
        let file = format!("title: E\npayload: {{payloadtype: e, supportedOS: {text}}}\n");
        parse::file("mdm/profiles/e.yaml", &file, &mut Vec::new())
            .unwrap()
            .support
    };
    assert_eq!(
        of("{macOS: {supervised: true, introduced: '11.0'}, iOS: {introduced: '4.0'}}"),
        of("{iOS: {introduced: '4.0'}, macOS: {introduced: '11.0', supervised: true}}")
    );
}
