//! `apple-mdm explain`, `list`, completions and manual pages.

use crate::program::run;

#[test]
fn items_are_found_by_their_names_in_documents_and_in_rust() {
    for name in [
        "Passcode",
        "com.apple.mobiledevice.passwordpolicy",
        "SetFirmwarePassword",
        "com.apple.configuration.passcode.settings",
        "device.identifier.serial-number",
        "TokenUpdate",
        "com.apple.MCX",
        "com.apple.extensiblesso",
        "com.apple.applicationaccess",
        "MachineInfo",
        "SkipKeys",
        "passcode",
    ] {
        let ran = run(&["explain", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert!(ran.out.len() > 100, "{name}: {}", ran.out);
    }
    let ran = run(&["explain", "SetFirmwarePassword"]);
    for part in [
        "NewPassword",
        "string, required, secret",
        "macOS",
        "10.13",
        "Keys of the response",
        "PasswordChanged",
        "Rules",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn keys_are_found_by_their_paths() {
    for (name, part) in [
        (
            "com.apple.mobiledevice.passwordpolicy.customRegex.passwordContentRegex",
            "macOS     14.0 or later",
        ),
        ("Passcode.minLength", "integer, optional, default 0, 0 to 16"),
        ("DeviceInformation.QueryResponses.UDID", "(response)"),
        ("Settings.Settings.Wallpaper.Image", "data"),
        ("WiFi.EncryptionType", "    `None`\n        The network is open.\n"),
    ] {
        let ran = run(&["explain", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert!(ran.out.contains(part), "{name}: {}", ran.out);
    }
}

#[test]
fn explain_shows_all_facts_about_availability() {
    for (name, lines) in [
        (
            "SetFirmwarePassword",
            &[
                "  macOS     10.13 or later",
                "  not available on iOS, tvOS, visionOS, watchOS",
                "  Channel: device",
                "  Supervision: not required",
                "  User enrollment: not allowed",
                "  Access right: DeviceLockAndRemovePasscode",
                "  PasswordChanged  last in the schema of iOS 16.4 and macOS 13.3",
            ][..],
        ),
        (
            "ClearPasscode",
            &[
                "  iOS       4.0 or later",
                "  User enrollment: not allowed (iOS, visionOS)",
                "  Shared iPad: not allowed (iOS)",
                "  Access right: AllowPasscodeRemovalAndLock",
            ],
        ),
        (
            "Passcode",
            &[
                "  iOS       4.0 or later, deprecated since 27.0",
                "  Channel: device and user (macOS)",
                "  User-approved enrollment: not required (macOS)",
                "  User enrollment: allowed (iOS, visionOS); not allowed (macOS)",
                "  Manual installation: allowed",
                "  Several per device: allowed",
                "      iOS, visionOS: value ignored with user enrollment",
            ],
        ),
        (
            "com.apple.asam",
            &[
                "  Manual installation: not allowed",
                "  Several per device: not allowed",
            ],
        ),
        (
            "com.apple.finder.InterfaceLevel",
            &["  macOS     10.7 or later, removed in 10.15"],
        ),
    ] {
        let out = run(&["explain", name]).out;
        for line in lines {
            assert!(out.lines().any(|shown| shown == *line), "{name}: {line}\n{out}");
        }
    }
    // Of Apple silicon and the current password, and of user enrollment, the schema speaks only in prose.
    for (name, sentence) in [
        ("SetFirmwarePassword", "Macs with Apple silicon have none"),
        (
            "SetFirmwarePassword",
            "only the current password allows changing or clearing it",
        ),
        (
            "Passcode",
            "always uses `false` for `allowSimple`, `true` for `forcePIN` and `6` for `minLength`",
        ),
        ("Passcode.maxInactivity", "the user can no longer choose `never`"),
    ] {
        let out = run(&["explain", name]).out;
        let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(sentence), "{name}: {sentence}\n{out}");
    }
}

#[test]
fn explain_and_list_use_the_whole_target() {
    for (flags, is_available) in [
        (&["--rights", "AllowPasscodeRemovalAndLock"][..], true),
        (&["--rights", "4"], true),
        (&["--rights", "AllowInspection"], false),
        (&["--shared-ipad=false"], true),
        (&["--shared-ipad"], false),
        (&["--enrollment", "user"], false),
        (
            &["--supervised=false", "--user-approved", "--automated-enrollment=false"],
            true,
        ),
    ] {
        let explained = run(&[&["explain", "ClearPasscode", "--os", "ios"], flags].concat()).out;
        assert_eq!(
            explained.contains("ClearPasscode is available"),
            is_available,
            "{explained}"
        );
        let listed = run(&[&["list", "commands", "--os", "ios"], flags].concat()).out;
        assert_eq!(listed.contains("ClearPasscode"), is_available, "{flags:?}");
    }
}

#[test]
fn a_target_adds_a_verdict() {
    let ran = run(&["explain", "SetFirmwarePassword", "--os", "ios", "--os-version", "18.0"]);
    assert!(
        ran.out.contains("On iOS 18.0: SetFirmwarePassword is not available"),
        "{}",
        ran.out
    );
    let ran = run(&[
        "explain",
        "SetFirmwarePassword",
        "--os",
        "macos",
        "--os-version",
        "10.12",
    ]);
    assert!(ran.out.contains("needs macOS 10.13 or later"), "{}", ran.out);
    let ran = run(&[
        "explain",
        "SetFirmwarePassword",
        "--os",
        "macos",
        "--os-version",
        "15.2",
    ]);
    assert!(
        ran.out.contains("On macOS 15.2: SetFirmwarePassword is available"),
        "{}",
        ran.out
    );
}

#[test]
fn unknown_names_come_with_a_suggestion() {
    for (name, suggestion) in [
        ("Pascode", "`Passcode`"),
        ("SetFirmwarePasword", "`SetFirmwarePassword`"),
        ("Passcode.minLenght", "`minLength`"),
    ] {
        let ran = run(&["explain", name]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(suggestion), "{}", ran.err);
    }
}

#[test]
fn every_code_can_be_explained() {
    let ran = run(&["explain", "codes"]);
    for code in apple_mdm::validate::Code::ALL {
        assert!(ran.out.contains(&format!("{code}\n")), "{code}");
    }
    assert!(run(&["explain", "wrong-type"]).out.contains("another type"));
}

#[test]
fn lists_can_be_limited_to_a_family_and_a_target() {
    let all = run(&["list", "commands"]);
    assert!(
        all.out.lines().any(|line| line.starts_with("DeviceLock ")),
        "{}",
        all.out
    );
    let tv = run(&["list", "commands", "--os", "tvos"]);
    assert!(
        !tv.out.contains("SetFirmwarePassword") && tv.out.contains("DeviceInformation"),
        "{}",
        tv.out
    );
    assert!(tv.out.lines().count() < all.out.lines().count());
    let everything = run(&["list"]);
    for part in [
        "Commands (",
        "Payloads of profiles (",
        "Declarations (",
        "Status items (",
        "Check-in messages (",
    ] {
        assert!(everything.out.contains(part), "{part}");
    }
    assert_eq!(run(&["list", "fruit"]).code, 2);
}

#[test]
fn completions_and_manual_pages_are_generated() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("apple-mdm"), "{shell}");
    }
    let ran = run(&["man"]);
    assert!(ran.out.contains(".TH apple-mdm"), "{}", ran.out);
    let folder = crate::folder::Folder::new(&[("readme.txt", "")]);
    let ran = crate::program::run_in(folder.path(), &["man", "--dir", "."], b"");
    assert!(
        ran.code == 0 && folder.path().join("apple-mdm-lint.1").exists(),
        "{}",
        ran.err
    );
}
