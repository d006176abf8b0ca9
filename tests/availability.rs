//! Where items, keys and values are available: facts that Apple states, asked in each of the ways there are.

use apple_mdm::AccessRights;
use apple_mdm::commands::{ClearPasscode, SetFirmwarePassword, Settings};
use apple_mdm::profiles::Passcode;
use apple_mdm::schema::{self, Availability, Described, Family, Introduced, Item, Literal, Mode, Os, Version};

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn item(family: Family, name: &str) -> &'static Item {
    schema::item(family, name).unwrap_or_else(|| panic!("no {family} {name}"))
}

/// The systems that have something, with the version that introduced it.
fn since(availability: &Availability) -> String {
    let systems = availability.systems().map(|(os, support)| match support.introduced() {
        Some(version) => format!("{os} {version}"),
        None => os.to_string(),
    });
    systems.collect::<Vec<_>>().join(", ")
}

#[test]
fn clear_passcode() {
    let availability = ClearPasscode::AVAILABILITY;
    assert_eq!(since(&availability), "iOS 4.0, visionOS 1.1, watchOS 10.0");
    assert_eq!(availability.on(Os::Macos).since, Introduced::Never);
    for (_, support) in availability.systems() {
        let right = support.access_right.unwrap();
        assert_eq!(right, "AllowPasscodeRemovalAndLock");
        assert_eq!(
            AccessRights::named(right),
            Some(AccessRights::PASSCODE_REMOVAL_AND_LOCK)
        );
        // The schema states channels only where there is a user channel.
        assert_ne!(support.user_channel, Some(true));
    }
    assert_eq!(availability.on(Os::Ios).shared_ipad, Some(Mode::Forbidden));
    assert_eq!(availability.on(Os::Ios).user_enrollment, Some(Mode::Forbidden));
    assert_eq!(ClearPasscode::ITEM.availability(""), Some(availability));
    assert_eq!(ClearPasscode::ITEM.availability("UnlockToken"), Some(availability));
}

#[test]
fn passcode() {
    let availability = Passcode::AVAILABILITY;
    assert_eq!(since(&availability), "iOS 4.0, macOS 10.7, visionOS 2.0, watchOS 10.0");
    let macos = availability.on(Os::Macos);
    assert_eq!((macos.device_channel, macos.user_channel), (Some(true), Some(true)));
    assert!(!availability.on(Os::Tvos).is_supported());
    let item = item(Family::Profile, "com.apple.mobiledevice.passwordpolicy");
    assert!(std::ptr::eq(item, Passcode::ITEM));
    for path in [
        "customRegex",
        "customRegex.passwordContentRegex",
        "customRegex.passwordContentDescription",
        "customRegex.passwordContentDescription.*",
        "customRegex.passwordContentDescription.en-US",
    ] {
        let availability = item.availability(path).unwrap_or_else(|| panic!("{path}"));
        assert_eq!(since(&availability), "macOS 14.0", "{path}");
        // What customRegex does not state it has from the payload.
        assert_eq!(availability.on(Os::Macos).user_channel, Some(true), "{path}");
    }
    // A part of a part: only the mode of user enrollment differs.
    let ios = item.availability("minLength").unwrap();
    let (key, payload) = (ios.on(Os::Ios), availability.on(Os::Ios));
    assert_eq!(
        (key.user_enrollment, payload.user_enrollment),
        (Some(Mode::Ignored), Some(Mode::Allowed))
    );
    let mut but_for_that = key;
    but_for_that.user_enrollment = payload.user_enrollment;
    assert_eq!(but_for_that, payload);
}

#[test]
fn set_firmware_password() {
    let availability = SetFirmwarePassword::AVAILABILITY;
    assert_eq!(since(&availability), "macOS 10.13");
    let macos = availability.on(Os::Macos);
    assert_eq!((macos.device_channel, macos.user_channel), (Some(true), Some(false)));
    assert_eq!(macos.user_enrollment, Some(Mode::Forbidden));
    assert_eq!(macos.supervised, Some(false));
    // The other name of the right that ClearPasscode needs.
    assert_eq!(macos.access_right, Some("DeviceLockAndRemovePasscode"));
    assert_eq!(
        AccessRights::named("DeviceLockAndRemovePasscode"),
        Some(AccessRights::PASSCODE_REMOVAL_AND_LOCK)
    );
    assert!(!macos.is_in(version("10.9")) && !macos.is_in(version("10.12.6")));
    assert!(macos.is_in(version("10.13")) && macos.is_in(version("10.13.4")) && macos.is_in(version("26.4")));
    assert!(SetFirmwarePassword::ITEM.availability("NewPassword").is_some());
    assert!(SetFirmwarePassword::ITEM.availability("OldPassword").is_none());
}

#[test]
fn ipados_and_mac_catalyst_are_asked_as_ios_and_macos() {
    let availability = ClearPasscode::AVAILABILITY;
    assert!(availability.on(Os::IPADOS).is_in(version("15.0")));
    assert!(!availability.on(Os::MAC_CATALYST).is_supported());
    for (name, os) in [
        ("iPadOS", Os::Ios),
        ("ipados", Os::Ios),
        ("iOS", Os::Ios),
        ("Mac Catalyst", Os::Macos),
        ("macOS", Os::Macos),
        ("tvOS", Os::Tvos),
        ("visionOS", Os::Visionos),
        ("WATCHOS", Os::Watchos),
    ] {
        assert_eq!(name.parse(), Ok(os), "{name}");
    }
    for name in ["", "OS X", "iphone", "ios "] {
        assert!(name.parse::<Os>().is_err(), "{name}");
    }
}

#[test]
fn versions_are_compared_as_numbers() {
    let rising = [
        "4", "9.3.2", "10.9", "10.9.5", "10.13", "10.13.4", "11.0", "15", "15.2", "26.0", "26.4", "27.0",
    ];
    for pair in rising.windows(2) {
        assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
    }
    assert_eq!(version("15"), version("15.0.0"));
    assert_eq!(version("15").to_string(), "15.0");
}

#[test]
fn every_right_that_the_schema_names_is_a_bit_of_the_mdm_payload() {
    let mut names = std::collections::BTreeSet::new();
    for item in schema::items() {
        let mut note = |availability: &Availability| {
            names.extend(Os::ALL.iter().filter_map(|os| availability.on(*os).access_right));
        };
        note(&item.availability("").unwrap());
        item.each_key(&mut |_, place| {
            note(&place.availability);
            for choice in place.key.choices {
                note(&place.availability.with(choice.support));
            }
        });
        item.each_response_key(&mut |_, place| note(&place.availability));
    }
    let unknown: Vec<_> = names
        .iter()
        .filter(|name| AccessRights::named(name).is_none())
        .collect();
    assert_eq!(unknown, [&"Special Case"]);
    assert!(names.contains("AllowSettings") && names.len() > 12, "{names:?}");
    assert_eq!(
        AccessRights::named("QueryInstalledApps"),
        AccessRights::named("AllowQueryApplications")
    );
    let all = AccessRights::all();
    assert_eq!(all.bits(), 8191);
}

#[test]
fn paths_lead_through_arrays_alternatives_maps_and_keys_in_quotation_marks() {
    // The item, a path, a key that it leads to.
    let leads = [
        ("InstalledApplicationList", "Identifiers", "Identifiers"),
        ("InstalledApplicationList", "Identifiers[]", ""),
        ("Settings", "Settings", "Settings"),
        ("Settings", "Settings[]", ""),
        ("Settings", "Settings[Wallpaper]", ""),
        ("Settings", "Settings[Wallpaper].Image", "Image"),
        ("Settings", "Settings[Wallpaper].Item", "Item"),
        (
            "Settings",
            "Settings[OrganizationInfo].OrganizationInfo.OrganizationName",
            "OrganizationName",
        ),
        (
            "Settings",
            "Settings[ApplicationConfiguration].Configuration",
            "Configuration",
        ),
        ("Settings", "Settings[ApplicationConfiguration].Configuration.*", ""),
        (
            "Settings",
            "Settings[ApplicationConfiguration].Configuration[\"any.key at all\"]",
            "",
        ),
        ("Settings", "[\"Settings\"][Wallpaper][\"Image\"]", "Image"),
        (
            "com.apple.MCX",
            "[\"com.apple.EnergySaver.desktop.ACPower\"]",
            "com.apple.EnergySaver.desktop.ACPower",
        ),
        (
            "com.apple.MCX",
            "[\"com.apple.EnergySaver.desktop.ACPower\"][\"Automatic Restart On Power Loss\"]",
            "Automatic Restart On Power Loss",
        ),
        ("StatusItems", "device.identifier.serial-number", "serial-number"),
    ];
    for (name, path, key) in leads {
        let item = schema::items_named(name).next().unwrap();
        let place = item.place(path).unwrap_or_else(|| panic!("{name} has no {path}"));
        assert_eq!(place.key.name, key, "{name} {path}");
        assert_eq!(item.availability(path), Some(place.availability));
    }
    let nowhere = [
        ("Settings", "settings"),
        ("Settings", "Settings.Item"),
        ("Settings", "Settings[Wall]"),
        ("Settings", "Settings[Wallpaper].Nothing"),
        ("Settings", "Settings[Wallpaper].Image.More"),
        ("Settings", "Settings[Wallpaper"),
        ("Settings", "Settings[].Item"),
        ("Settings", "."),
        ("Settings", "[\"Settings"),
        ("com.apple.MCX", "com.apple.EnergySaver.desktop.ACPower"),
        ("StatusItems", "device.identifier.serial-number.x"),
        ("StatusItems", "device..identifier"),
    ];
    for (name, path) in nowhere {
        let item = schema::items_named(name).next().unwrap();
        assert!(item.place(path).is_none(), "{name} {path}");
        assert_eq!(item.availability(path), None, "{name} {path}");
    }
}

#[test]
fn what_is_said_of_an_alternative_holds_for_its_keys() {
    let settings = Settings::ITEM;
    assert_eq!(
        since(&Settings::AVAILABILITY),
        "iOS 5.0, macOS 10.9, tvOS 9.0, visionOS 1.1, watchOS 10.0"
    );
    for path in ["Settings[Wallpaper]", "Settings[Wallpaper].Image"] {
        let availability = settings.availability(path).unwrap();
        assert_eq!(since(&availability), "iOS 8.0", "{path}");
        assert_eq!(availability.on(Os::Ios).supervised, Some(true), "{path}");
    }
    let updates = settings
        .availability("Settings[SoftwareUpdateSettings].RecommendationCadence")
        .unwrap();
    let ios = updates.on(Os::Ios);
    assert!(ios.is_in(version("26.4")) && ios.is_deprecated_in(version("26.4")) && !ios.is_in(version("27.0")));
}

#[test]
fn listed_values_have_an_availability_of_their_own() {
    let information = item(Family::Command, "DeviceInformation");
    let queries = information.place("Queries[]").unwrap();
    let of = |value: &str| information.choice(&queries, value).unwrap_or_else(|| panic!("{value}"));
    assert_eq!(
        since(&of("BatteryLevel")),
        "iOS 5.0, macOS 13.3, visionOS 1.1, watchOS 10.0"
    );
    let imei = of("IMEI");
    assert!(imei.on(Os::Ios).is_in(version("15.0")) && !imei.on(Os::Ios).is_in(version("26.0")));
    assert!(imei.on(Os::Ios).is_deprecated_in(version("16.0")));
    assert_eq!(imei.on(Os::Ios).access_right, Some("AllowQueryDeviceInformation"));
    // No right takes the place of the command's special case.
    let awaiting = of("AwaitingConfiguration");
    assert_eq!(
        information.availability("").unwrap().on(Os::Ios).access_right,
        Some("Special Case")
    );
    assert_eq!(awaiting.on(Os::Ios).access_right, None);
    assert_eq!(awaiting.on(Os::Visionos).access_right, Some("Special Case"));
    assert_eq!(awaiting.on(Os::Ios).user_enrollment, Some(Mode::Forbidden));
    assert!(information.choice(&queries, "ShoeSize").is_none());
}

#[test]
fn a_key_may_be_older_than_what_holds_it_or_be_where_that_is_not() {
    let mut older = 0;
    let mut elsewhere = 0;
    for item in schema::items() {
        let of_item = item.availability("").unwrap();
        item.each_key(&mut |_, place| {
            for os in Os::ALL {
                let (item, key) = (of_item.on(os), place.availability.on(os));
                older +=
                    usize::from(matches!((item.introduced(), key.introduced()), (Some(item), Some(key)) if key < item));
                elsewhere += usize::from(item.since == Introduced::Never && key.is_supported());
            }
        });
    }
    assert!(older > 0 && elsewhere > 0, "{older} {elsewhere}");
}

#[test]
fn what_apple_deleted_is_there_for_earlier_versions() {
    let manifest = item(Family::Other, "ManifestUrl");
    assert_eq!(
        since(&manifest.availability("").unwrap()),
        "iOS 7.0, macOS 10.9, tvOS 10.2, visionOS 1.1, watchOS 10.0"
    );
    let size = manifest.availability("items[].metadata.sizeInBytes").unwrap();
    assert_eq!(since(&size), "iOS 7.0, macOS 10.9, tvOS 10.2, visionOS 1.1");
    for (os, support) in size.systems() {
        assert!(
            support.is_in(version("26.4")) && !support.is_in(version("27.0")),
            "{os}"
        );
    }
    let title = manifest.availability("items[].metadata.title").unwrap();
    assert!(title.on(Os::Ios).is_in(version("27.0")));
}

#[test]
fn an_item_is_found_by_either_of_its_names() {
    for (family, document, rust) in [
        (Family::Command, "SetFirmwarePassword", "SetFirmwarePassword"),
        (Family::Profile, "com.apple.mobiledevice.passwordpolicy", "Passcode"),
        (Family::CheckIn, "TokenUpdate", "TokenUpdate"),
        (
            Family::Declaration,
            "com.apple.configuration.passcode.settings",
            "PasscodeSettings",
        ),
        (
            Family::Status,
            "device.identifier.serial-number",
            "DeviceIdentifierSerialNumber",
        ),
    ] {
        let by_document = item(family, document);
        assert!(std::ptr::eq(by_document, item(family, rust)));
        assert!(schema::items_named(rust).any(|item| std::ptr::eq(item, by_document)));
    }
    assert!(schema::item(Family::Command, "Passcode").is_none());
    // A command and a check-in message.
    let families: Vec<Family> = schema::items_named("DeclarativeManagement")
        .map(|item| item.family)
        .collect();
    assert_eq!(families, [Family::Command, Family::CheckIn]);
}

#[test]
fn the_matrix_has_every_item_and_says_what_the_tables_say() {
    use apple_mdm::matrix::{self, Part};

    let rows = matrix::rows();
    for item in schema::items().filter(|item| item.rust != "StatusItems") {
        assert!(
            rows.iter()
                .any(|row| row.part == Part::Item && std::ptr::eq(row.item, item)),
            "{}",
            item.name
        );
    }
    for row in rows.iter().filter(|row| row.value.is_none() && row.item.keys.is_some()) {
        let place = match row.part {
            Part::Response => row.item.response_place(&row.path).map(|place| place.availability),
            _ => row.item.availability(&row.path),
        };
        assert_eq!(place, Some(row.availability), "{} {}", row.item.name, row.path);
    }
    // Setup panes and queries are available each by itself.
    let value = |item: &str, value: &str| {
        let is = |row: &&matrix::Row| {
            row.item.rust == item && row.value.is_some_and(|choice| choice.value.to_string() == value)
        };
        rows.iter().find(is).unwrap()
    };
    assert!(!value("SkipKeys", "FileVault").availability.on(Os::Ios).is_supported());
    assert!(
        value("DeviceInformation", "IsActivationLockEnabled")
            .availability
            .on(Os::Macos)
            .deprecated
            .is_some()
    );
    assert_eq!(
        value("DeviceInformation", "UDID").description(),
        "Asks for the UDID of the device."
    );
}

#[test]
fn listed_values_say_what_they_stand_for() {
    let meaning = |item: &str, path: &str, value: Literal| {
        let key = schema::item(Family::Profile, item).unwrap().place(path).unwrap().key;
        let choice = key.choices.iter().find(|choice| choice.value == value).unwrap();
        choice.description
    };
    // Texts and numbers.
    let open = meaning("com.apple.wifi.managed", "EncryptionType", Literal::String("None"));
    assert_eq!(open, "The network is open.");
    let lan = r#"["com.apple.EnergySaver.desktop.ACPower"]["Wake on LAN"]"#;
    let wakes = meaning("com.apple.MCX", lan, Literal::Integer(1));
    assert_eq!(wakes, "Network access wakes the Mac.");
    assert_eq!(
        meaning("com.apple.wifi.managed", "EncryptionType", Literal::String("WEP")),
        ""
    );
}
