//! `apple-mdm explain`, `list`, completions and manual pages.

use serde_json::Value;

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
    assert!(run(&["explain", "wrong-type"]).out.contains("a different type"));
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

#[test]
fn names_that_people_use_are_understood() {
    for (name, item) in [
        ("PPPC", "com.apple.TCC.configuration-profile-policy"),
        ("kext", "com.apple.syspolicy.kernel-extension-policy"),
        ("sysext", "com.apple.system-extension-policy"),
        ("wi-fi", "com.apple.wifi.managed"),
        ("Platform SSO", "com.apple.extensiblesso"),
        ("firewall", "com.apple.security.firewall"),
        ("single app mode", "com.apple.app.lock"),
    ] {
        let ran = run(&["explain", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert!(ran.out.contains(item), "{name}: {}", ran.out);
    }
    let ran = run(&["explain", "FileVault"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    for item in [
        "`com.apple.MCX.FileVault2`",
        "`com.apple.security.FDERecoveryKeyEscrow`",
    ] {
        assert!(ran.err.contains(item), "{}", ran.err);
    }
}

fn json(arguments: &[&str]) -> Value {
    let ran = run(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn members(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

const KEY_MEMBERS: [&str; 20] = [
    "allowed",
    "asset_content_types",
    "asset_types",
    "availability",
    "combine",
    "count",
    "default",
    "description",
    "distinguished_by",
    "elements",
    "format",
    "key",
    "only_allowed",
    "pattern",
    "presence",
    "range",
    "replaced_by",
    "rules",
    "secret",
    "type",
];

#[test]
fn json_of_every_item_has_the_documented_members() {
    let list = json(&["list", "--format", "json"]);
    let items = list["items"].as_array().unwrap();
    assert!(items.len() > 300);
    assert_eq!(
        members(&items[0]),
        ["description", "family", "introduced", "item", "rust", "title"]
    );
    for name in [
        "com.apple.mobiledevice.passwordpolicy",
        "DeviceInformation",
        "device.model.family",
        "TokenUpdate",
        "SkipKeys",
    ] {
        let explained = json(&["explain", name, "--format", "json"]);
        let item = &explained["items"][0];
        assert_eq!(
            members(item),
            [
                "aliases",
                "apply",
                "description",
                "family",
                "files",
                "item",
                "keys",
                "kind",
                "platforms",
                "reasons",
                "related",
                "replaced_by",
                "response",
                "response_retired",
                "response_rules",
                "retired",
                "rules",
                "rust",
                "selector",
                "title",
                "value",
                "values"
            ],
            "{name}"
        );
        assert_eq!((&item["kind"], &item["item"]), (&"item".into(), &name.into()));
        assert_eq!(
            members(&item["platforms"]),
            ["iOS", "macOS", "tvOS", "visionOS", "watchOS"]
        );
        for key in item["keys"]
            .as_array()
            .unwrap()
            .iter()
            .chain(item["response"].as_array().unwrap())
        {
            assert_eq!(members(key), KEY_MEMBERS, "{name}: {key}");
        }
    }
}

#[test]
fn json_of_a_key_has_its_facts() {
    let explained = json(&[
        "explain",
        "Passcode.minLength",
        "--format",
        "json",
        "--os",
        "ios",
        "--enrollment",
        "user",
    ]);
    let key = &explained["keys"][0];
    for (member, value) in [
        ("kind", "key".into()),
        ("item", "com.apple.mobiledevice.passwordpolicy".into()),
        ("family", "profile".into()),
        ("key", "minLength".into()),
        ("type", "integer".into()),
        ("presence", "optional".into()),
        ("default", 0.into()),
        ("range", serde_json::json!({"min": 0, "max": 16})),
        ("secret", false.into()),
    ] {
        assert_eq!(key[member], value, "{member}");
    }
    assert_eq!(key["availability"]["iOS"]["introduced"], "4.0");
    assert_eq!(key["availability"]["tvOS"], serde_json::json!({"available": false}));
    assert_eq!(key["target"]["findings"][0]["code"], "ignored");
    let explained = json(&["explain", "SetFirmwarePassword.NewPassword", "--format", "json"]);
    assert_eq!(explained["keys"][0]["secret"], true);
    let explained = json(&["explain", "com.apple.dock.orientation", "--format", "json"]);
    let values: Vec<&Value> = explained["keys"][0]["allowed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|listed| &listed["value"])
        .collect();
    assert_eq!(values, ["bottom", "left", "right"]);
}

#[test]
fn json_of_a_code_has_examples() {
    let explained = json(&["explain", "wrong-type", "--format", "json"]);
    let code = &explained["codes"][0];
    assert_eq!(
        members(code),
        [
            "code", "failing", "fix", "flags", "kind", "meaning", "passing", "remedy", "why"
        ]
    );
    assert_eq!(code["fix"], "safe");
    let all = json(&["explain", "codes", "--format", "json"]);
    assert_eq!(
        all["codes"].as_array().unwrap().len(),
        apple_mdm::validate::Code::ALL.len()
    );
}

#[test]
fn items_are_searched_by_words_and_listed_by_version() {
    let ran = run(&["list", "--search", "firewall"]);
    assert!(ran.out.starts_with("com.apple.security.firewall"), "{}", ran.out);
    let found = json(&["list", "--search", "orientation dock", "--format", "json"]);
    assert_eq!(found["items"][0]["item"], "com.apple.dock");
    assert_eq!(found["items"][0]["keys"][0]["key"], "orientation");
    assert_eq!(run(&["list", "--search", "zzzzzz"]).out, "");

    let ran = run(&["list", "profiles", "--since", "14.0", "--os", "macos"]);
    assert!(ran.out.contains("    customRegex  macOS 14.0\n"), "{}", ran.out);
    assert!(!ran.out.contains("iOS"), "{}", ran.out);
    let ran = run(&["list", "--since", "27.0"]);
    assert!(ran.out.contains("TriggerEnhancedLogCollection  "), "{}", ran.out);
    assert!(!ran.out.contains("com.apple.dock"), "{}", ran.out);
    assert_eq!(run(&["list", "--since", "Sonoma"]).code, 2);
}
