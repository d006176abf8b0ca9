//! The table of codes: what each checks, why it matters, examples, and what to do.

use super::{Example, FixSafety, Part};

/// The name of a [`FixSafety`].
macro_rules! fix_name {
    (None) => {
        "none"
    };
    (Safe) => {
        "safe"
    };
    (Unsafe) => {
        "unsafe"
    };
}

/// The flags, if there are any.
macro_rules! flags {
    () => {
        ""
    };
    ($flags:literal) => {
        $flags
    };
}

codes! {
    Syntax = "syntax" {
        checks: "The document is not a well-formed property list or JSON document.",
        why: "A device or server that cannot parse a document rejects all of it. Some syntax errors pass one parser and not another, which \
              is why this crate reports what Apple's parser rejects even where it can read the document itself.",
        failing: [Payload("com.apple.dock") "<key>autohide</key>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: None "Correct the document at the reported line.",
    }
    UnknownKind = "unknown-kind" {
        checks: "The document is not of the expected kind, or of no kind that the schema describes.",
        why: "Nothing in such a document was checked. A `.mobileconfig` file that is not a profile cannot be installed.",
        failing: [Document "{\"Identifier\": \"com.example.policy\"}"],
        passing: [Declaration("com.apple.configuration.passcode.settings") "{\"MinimumLength\": 6}"],
        fix: None "Check that this is the intended file. If the content does not tell its kind, name the item with `--as`.",
    }
    Encrypted = "encrypted" {
        checks: "The content is encrypted, so it was not checked.",
        why: "Mistakes in an encrypted payload show only on the device.",
        failing: [Document "<plist version=\"1.0\"><dict>\n<key>EncryptedPayloadContent</key><data>AAEC</data>\n<key>PayloadType</key><string>Configuration</string>\n\
                            <key>PayloadIdentifier</key><string>com.example.profile</string>\n<key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>\n\
                            <key>PayloadVersion</key><integer>1</integer>\n</dict></plist>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: None "Check the document before you encrypt it.",
    }
    RepeatedKey = "repeated-key" {
        checks: "A dictionary contains the same key twice.",
        why: "Parsers disagree about which of the two values counts, so a device can apply another setting than the one you reviewed.",
        failing: [Payload("com.apple.dock") "<key>autohide</key><true/>\n<key>autohide</key><false/>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><false/>"],
        fix: None "Remove one of the two keys.",
    }
    WrongType = "wrong-type" {
        checks: "A value has a different type than its key requires.",
        why: "Devices ignore the value or reject the document. What a device tolerates, such as 1 for true, other software does not: Apple \
              Business Manager rejects it.",
        failing: [Payload("com.apple.dock") "<key>autohide</key><integer>1</integer>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: Safe "Write the value with the type that the message names.",
    }
    MissingKey = "missing-key" {
        checks: "A required key is missing.",
        why: "Devices reject a document without a key that they require.",
        failing: [Payloads "<dict>\n<key>PayloadType</key><string>com.apple.dock</string>\n<key>PayloadIdentifier</key><string>com.example.dock</string>\n<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C1</string>\n<key>autohide</key><true/>\n</dict>"],
        passing: [Payloads "<dict>\n<key>PayloadType</key><string>com.apple.dock</string>\n<key>PayloadIdentifier</key><string>com.example.dock</string>\n<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C1</string>\n<key>PayloadVersion</key><integer>1</integer>\n<key>autohide</key><true/>\n</dict>"],
        fix: Safe "Add the key.",
    }
    UnknownKey = "unknown-key" {
        checks: "The schema has no such key in this place.",
        why: "Devices ignore keys that they do not know, so a misspelled setting silently has no effect.",
        failing: [Payload("com.apple.dock") "<key>autoHide</key><true/>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: Unsafe "Correct the spelling, including upper and lower case, or remove the key.",
    }
    RetiredKey = "retired-key" {
        checks: "An earlier release of the schema had this key, and the current release does not.",
        why: "Current devices ignore it. In some cases no device ever read it, because the schema was wrong.",
failing: [Payload("com.apple.applicationaccess") "<key>allowAirDrop</key><false/>\n<key>ForceWifiConfigurationOnLockScreen</key><true/>"],
        passing: [Payload("com.apple.applicationaccess") "<key>allowAirDrop</key><false/>"],
        fix: Unsafe "Remove the key, unless the document is for devices of that time.",
    }
    UnknownItem = "unknown-item" {
        checks: "The schema has no payload, command, message or declaration of this type.",
        why: "If the name is misspelled, a device ignores the payload or rejects the command. Payloads of other vendors are normal, but their keys were not \
              checked.",
        failing: [Payload("com.apple.mobiledevice.passwordpolicies") ""],
        passing: [Payload("com.apple.mobiledevice.passwordpolicy") ""],
        fix: None "Check the spelling. To check payloads of other vendors, load their schemas.",
    }
    NotAllowed = "not-allowed" {
        checks: "The value is not one of the values that the key allows.",
        why: "Devices ignore such a value, fall back to a default, or reject the document.",
        failing: [Payload("com.apple.dock") "<key>orientation</key><string>Bottom</string>"],
        passing: [Payload("com.apple.dock") "<key>orientation</key><string>bottom</string>"],
        fix: Unsafe "Use one of the allowed values.",
    }
    OutOfRange = "out-of-range" {
        checks: "A number is below the minimum or above the maximum of its key.",
        why: "Devices reject the number or replace it with one that they support.",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minLength</key><integer>99</integer>"],
        passing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minLength</key><integer>8</integer>"],
        fix: None "Use a number within the range.",
    }
    BadFormat = "bad-format" {
        checks: "A text does not have the format that its key requires: a URL, a date, a UUID, base64.",
        why: "Devices cannot interpret the value. What one parser accepts, such as a date surrounded by spaces, another rejects.",
        failing: [Profile "<key>PayloadExpirationDate</key><date> 2030-01-01T00:00:00Z </date>"],
        passing: [Profile "<key>PayloadExpirationDate</key><date>2030-01-01T00:00:00Z</date>"],
        fix: Safe "Write the value in the format that the message names.",
    }
    WrongCount = "wrong-count" {
        checks: "An array has fewer or more elements than its key allows.",
        why: "Devices reject the array or ignore the elements that are too many.",
        failing: [Payload("com.apple.security.scep") "<key>PayloadContent</key><dict>\n<key>URL</key><string>https://example.com/</string>\n\
                  <key>Subject</key><array><array><array><string>CN</string></array></array></array>\n</dict>"],
        passing: [Payload("com.apple.security.scep") "<key>PayloadContent</key><dict>\n<key>URL</key><string>https://example.com/</string>\n\
                  <key>Subject</key><array><array><array><string>CN</string><string>device</string></array></array></array>\n</dict>"],
        fix: None "Add or remove elements.",
    }
    DuplicatePayload = "duplicate-payload" {
        checks: "A profile contains several payloads of a type that a device accepts only once.",
        why: "Devices reject the profile or apply only one of the payloads.",
        failing: [Payloads "<dict>\n<key>PayloadType</key><string>com.apple.asam</string>\n<key>PayloadIdentifier</key><string>com.example.1</string>\n\
                  <key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C1</string>\n<key>PayloadVersion</key><integer>1</integer>\n\
                  <key>AllowedApplications</key><array/>\n</dict>\n\
                  <dict>\n<key>PayloadType</key><string>com.apple.asam</string>\n<key>PayloadIdentifier</key><string>com.example.2</string>\n\
                  <key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C2</string>\n<key>PayloadVersion</key><integer>1</integer>\n\
                  <key>AllowedApplications</key><array/>\n</dict>"],
        passing: [Payload("com.apple.asam") "<key>AllowedApplications</key><array/>"],
        fix: None "Merge the payloads into one.",
    }
    BadReference = "bad-reference" {
        checks: "A declaration refers to a declaration that is missing or has the wrong type.",
        why: "Devices report an error for a declaration whose references lead nowhere, and do not apply it.",
        failing: [Declaration("com.apple.activation.simple") "{\"StandardConfigurations\": [\"com.example.missing\"]}"],
        passing: [
            Document "{\"Type\": \"com.apple.activation.simple\", \"Identifier\": \"com.example.activation\", \"ServerToken\": \"1\",\n\
                      \"Payload\": {\"StandardConfigurations\": [\"com.example.2\"]}}",
            Declaration("com.apple.configuration.passcode.settings") "{\"MinimumLength\": 6}"
        ],
        fix: None "Correct the identifier, or add the declaration to which it refers.",
    }
    Charset = "charset" {
        checks: "A text contains a character that is not allowed there.",
        why: "Devices reject the text, or treat it as something else than you typed, for example because the keyboard at start-up cannot enter it.",
        failing: [Command("SetFirmwarePassword") "<key>NewPassword</key><string>p\u{e4}ssword</string>"],
        passing: [Command("SetFirmwarePassword") "<key>NewPassword</key><string>password</string>"],
        fix: None "Replace the character at the reported position.",
    }
    Length = "length" {
        checks: "A text or data is shorter or longer than Apple allows.",
        why: "Devices reject the value.",
        failing: [Command("DeviceLock") "<key>PIN</key><string>12</string>"],
        passing: [Command("DeviceLock") "<key>PIN</key><string>123456</string>"],
        fix: None "Use a value of the length that the message names.",
    }
    Pattern = "pattern" {
        checks: "A text does not have the form that Apple describes for it in prose, such as a bundle identifier.",
        why: "Devices reject the value, or find nothing that matches it.",
        failing: [Command("InstallApplication") "<key>Identifier</key><string>Example App</string>\n<key>ManagementFlags</key><integer>1</integer>"],
        passing: [Command("InstallApplication") "<key>Identifier</key><string>com.example.app</string>\n<key>ManagementFlags</key><integer>1</integer>"],
        fix: None "Write the value in the form that the message names.",
    }
    Number = "number" {
        checks: "A number is not one that Apple allows, although the schema states no range.",
        why: "Devices reject the number or replace it with one that they support.",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>maxGracePeriod</key><integer>-1</integer>"],
        passing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>maxGracePeriod</key><integer>5</integer>"],
        fix: None "Use a number that the message names.",
    }
    Count = "count" {
        checks: "An array or dictionary has fewer or more entries than Apple allows, although the schema states no number.",
        why: "Devices reject the value or ignore the entries that are too many.",
        failing: [Command("Settings") "<key>Settings</key><array><dict>\n<key>Item</key><string>SharedDeviceConfiguration</string>\n\
                  <key>ManagedAppleIDDefaultDomains</key><array>\n<string>a.example.com</string><string>b.example.com</string>\n\
                  <string>c.example.com</string><string>d.example.com</string>\n</array>\n</dict></array>"],
        passing: [Command("Settings") "<key>Settings</key><array><dict>\n<key>Item</key><string>SharedDeviceConfiguration</string>\n\
                  <key>ManagedAppleIDDefaultDomains</key><array>\n<string>a.example.com</string><string>b.example.com</string>\n</array>\n</dict></array>"],
        fix: None "Add or remove entries.",
    }
    Unique = "unique" {
        checks: "Values that must be different are the same.",
        why: "Identifiers and UUIDs tell documents and payloads apart. Of two profiles with the same identifier, a device keeps the one installed last.",
        failing: [Payloads "<dict>\n<key>PayloadType</key><string>com.apple.wifi.managed</string>\n<key>PayloadIdentifier</key><string>com.example.wifi.1</string>\n<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C1</string>\n<key>PayloadVersion</key><integer>1</integer>\n<key>SSID_STR</key><string>Office</string>\n<key>EncryptionType</key><string>None</string>\n</dict>\n<dict>\n<key>PayloadType</key><string>com.apple.wifi.managed</string>\n<key>PayloadIdentifier</key><string>com.example.wifi.2</string>\n<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C1</string>\n<key>PayloadVersion</key><integer>1</integer>\n<key>SSID_STR</key><string>Workshop</string>\n<key>EncryptionType</key><string>None</string>\n</dict>"],
        passing: [Payloads "<dict>\n<key>PayloadType</key><string>com.apple.wifi.managed</string>\n<key>PayloadIdentifier</key><string>com.example.wifi.1</string>\n<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C1</string>\n<key>PayloadVersion</key><integer>1</integer>\n<key>SSID_STR</key><string>Office</string>\n<key>EncryptionType</key><string>None</string>\n</dict>\n<dict>\n<key>PayloadType</key><string>com.apple.wifi.managed</string>\n<key>PayloadIdentifier</key><string>com.example.wifi.2</string>\n<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C2</string>\n<key>PayloadVersion</key><integer>1</integer>\n<key>SSID_STR</key><string>Workshop</string>\n<key>EncryptionType</key><string>None</string>\n</dict>"],
        fix: Unsafe "Change or remove one of the values. Generate a new UUID for each payload.",
    }
    Requires = "requires" {
        checks: "A key is missing that another key, a value or the target makes necessary.",
        why: "Devices reject the document, or ignore the settings that depend on the missing key.",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minutesUntilFailedLoginReset</key><integer>5</integer>"],
        passing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minutesUntilFailedLoginReset</key><integer>5</integer>\n<key>maxFailedAttempts</key><integer>5</integer>"],
        fix: None "Add the key, or change what makes it necessary.",
    }
    RequiredOneOf = "required-one-of" {
        checks: "At least one of several keys must be present, and none is.",
        why: "Devices reject the document.",
        failing: [Command("RequestMirroring") ""],
        passing: [Command("RequestMirroring") "<key>DestinationName</key><string>Meeting room</string>"],
        fix: None "Add one of the keys.",
    }
    ExactlyOneOf = "exactly-one-of" {
        checks: "Exactly one of several keys must be present, and none or several are.",
        why: "Devices reject the document, or choose one of the keys.",
        failing: [Command("InstallApplication") ""],
        passing: [Command("InstallApplication") "<key>Identifier</key><string>com.example.app</string>\n<key>ManagementFlags</key><integer>1</integer>"],
        fix: None "Keep or add exactly one of the keys.",
    }
    Excludes = "excludes" {
        checks: "Keys are present that exclude each other, or a key that a condition rules out.",
        why: "Devices reject the document, or ignore one of the keys.",
        failing: [Command("RequestMirroring") "<key>DestinationName</key><string>Meeting room</string>\n<key>DestinationDeviceID</key><string>00:00:5e:00:53:01</string>"],
        passing: [Command("RequestMirroring") "<key>DestinationDeviceID</key><string>00:00:5e:00:53:01</string>"],
        fix: None "Remove all but one of the keys, or change the condition.",
    }
    OnlyIf = "only-if" {
        checks: "A key is present although the condition under which it is used does not hold.",
        why: "Devices ignore the key or reject the document.",
        failing: [Payload("com.apple.DirectoryService.managed") "<key>HostName</key><string>ad.example.com</string>\n<key>ADDefaultUserShell</key><string>/bin/zsh</string>"],
        passing: [Payload("com.apple.DirectoryService.managed") "<key>HostName</key><string>ad.example.com</string>\n<key>ADDefaultUserShellFlag</key><true/>\n\
                  <key>ADDefaultUserShell</key><string>/bin/zsh</string>"],
        fix: None "Remove the key, or fulfill the condition.",
    }
    ValueNeeds = "value-needs" {
        checks: "A value is not allowed together with another value or on this target.",
        why: "Devices reject one of the values, or ignore it.",
        failing: [Command("Settings") "<key>Settings</key><array><dict>\n<key>Item</key><string>SharedDeviceConfiguration</string>\n\
                  <key>PasscodePolicy</key><dict><key>PasscodeLockGracePeriod</key><integer>7</integer></dict>\n</dict></array>"],
        passing: [Command("Settings") "<key>Settings</key><array><dict>\n<key>Item</key><string>SharedDeviceConfiguration</string>\n\
                  <key>PasscodePolicy</key><dict><key>PasscodeLockGracePeriod</key><integer>300</integer></dict>\n</dict></array>"],
        fix: None "Change one of the values.",
    }
    Ordering = "ordering" {
        checks: "Two values are in the wrong order, such as the ends of a range.",
        why: "Devices reject the range, or treat it as empty.",
        failing: [Payload("com.apple.AssetCache.managed") "<key>LocalSubnetsOnly</key><false/>\n<key>ListenRanges</key><array><dict>\n<key>type</key><string>IPv4</string>\n\
                  <key>first</key><string>192.0.2.9</string>\n<key>last</key><string>192.0.2.1</string>\n</dict></array>"],
        passing: [Payload("com.apple.AssetCache.managed") "<key>LocalSubnetsOnly</key><false/>\n<key>ListenRanges</key><array><dict>\n<key>type</key><string>IPv4</string>\n\
                  <key>first</key><string>192.0.2.1</string>\n<key>last</key><string>192.0.2.9</string>\n</dict></array>"],
        fix: None "Swap the values, or correct one of them.",
    }
    Document = "document" {
        checks: "Data that must be a document itself, such as a profile or a certificate, is something else.",
        why: "Devices cannot use the data. Often the wrong file was inserted, or its text was encoded twice.",
        failing: [Command("InstallProfile") "<key>Payload</key><data>AAEC</data>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: None "Insert the right document.",
    }
    NotAvailable = "not-available" {
        checks: "The operating system of the target does not have this item, key or value.",
        why: "Devices reject commands and declarations that they do not have, and ignore payloads and keys.",
        flags: "--os ios",
        failing: [Command("SetFirmwarePassword") "<key>NewPassword</key><string>correct horse</string>"],
        passing: [Command("DeviceLock") "<key>Message</key><string>Please return this iPad.</string>"],
        fix: None "Remove it, or use it for other devices only.",
    }
    NotYetAvailable = "not-yet-available" {
        checks: "Only later versions of the operating system have this item, key or value.",
        why: "Older devices ignore it or reject the document.",
        flags: "--os macos --os-version 13.0",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>customRegex</key><dict>\n<key>passwordContentRegex</key><string>[0-9]{6}</string>\n</dict>"],
        passing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minLength</key><integer>6</integer>"],
        fix: None "Require the later version, or remove it.",
    }
    Removed = "removed" {
        checks: "The operating system had this item, key or value in earlier versions, and no longer has it.",
        why: "Current devices ignore it or reject the document.",
        flags: "--os macos --os-version 11.0",
        failing: [Payload("com.apple.finder") "<key>InterfaceLevel</key><string>Full</string>"],
        passing: [Payload("com.apple.finder") "<key>ProhibitBurn</key><true/>"],
        fix: None "Remove it, or use what replaced it.",
    }
    Deprecated = "deprecated" {
        checks: "The operating system still has this item, key or value, but Apple has deprecated it.",
        why: "A later version may ignore it.",
        flags: "--os macos --os-version 27.0",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minLength</key><integer>6</integer>"],
        passing: [Declaration("com.apple.configuration.passcode.settings") "{\"MinimumLength\": 6}"],
        fix: None "Move to what replaces it.",
    }
    NeedsSupervision = "needs-supervision" {
        checks: "The item or key works only on supervised devices, and the target is not supervised.",
        why: "Devices that are not supervised ignore the setting or reject the command.",
        flags: "--os ios --os-version 18.0 --supervised=false",
        failing: [Payload("com.apple.applicationaccess") "<key>allowAirDrop</key><false/>"],
        passing: [Payload("com.apple.applicationaccess") "<key>allowScreenShot</key><false/>"],
        fix: None "Supervise the device, or remove it.",
    }
    NeedsAutomatedEnrollment = "needs-automated-enrollment" {
        checks: "The item works only on devices that enrolled with Automated Device Enrollment, and the target did not.",
        why: "Other devices reject it.",
        flags: "--os macos --automated-enrollment=false",
        failing: [Command("DeviceConfigured") ""],
        passing: [Command("DeviceLock") "<key>PIN</key><string>123456</string>"],
        fix: None "Enroll the device with Automated Device Enrollment, or remove it.",
    }
    NeedsUserApproval = "needs-user-approval" {
        checks: "The item works only if the user approved the enrollment, and on the target the user did not.",
        why: "A Mac without user approval rejects the payload.",
        flags: "--os macos --user-approved=false",
        failing: [Payload("com.apple.asam") "<key>AllowedApplications</key><array/>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: None "Let the user approve the enrollment, or use Automated Device Enrollment.",
    }
    WrongChannel = "wrong-channel" {
        checks: "The item or key does not work on the channel of the target, or on the one that `PayloadScope` selects.",
        why: "Devices reject commands and ignore payloads on the wrong channel.",
        flags: "--os macos --channel user",
        failing: [Command("SetFirmwarePassword") "<key>NewPassword</key><string>correct horse</string>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: None "Send it on the other channel.",
    }
    WrongEnrollment = "wrong-enrollment" {
        checks: "The item or key does not work with the enrollment of the target.",
        why: "With user enrollment, for example, devices reject what would control the whole device.",
        flags: "--os macos --enrollment user",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minLength</key><integer>6</integer>"],
        passing: [Payload("com.apple.wifi.managed") "<key>SSID_STR</key><string>Office</string>\n<key>EncryptionType</key><string>None</string>"],
        fix: None "Remove it, or enroll the device in another way.",
    }
    SharedIpad = "shared-ipad" {
        checks: "The item or key does not work on a Shared iPad, or works only there.",
        why: "Devices reject or ignore it.",
        flags: "--os ios --shared-ipad",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minLength</key><integer>6</integer>"],
        passing: [Payload("com.apple.wifi.managed") "<key>SSID_STR</key><string>Office</string>\n<key>EncryptionType</key><string>None</string>"],
        fix: None "Remove it for these devices.",
    }
    MissingRight = "missing-right" {
        checks: "The enrollment does not give the server the access right that the command needs.",
        why: "Devices reject the command.",
        flags: "--os macos --rights AllowInspection,AllowSettings",
        failing: [Command("SetFirmwarePassword") "<key>NewPassword</key><string>correct horse</string>"],
        passing: [Command("ProfileList") ""],
        fix: None "Request the right in the `AccessRights` of the MDM payload. Devices must enroll again to grant it.",
    }
    NoManualInstall = "no-manual-install" {
        checks: "A person cannot install a profile with this payload.",
        why: "The device accepts the payload only from MDM.",
        flags: "--os macos --manual-install",
        failing: [Payload("com.apple.asam") "<key>AllowedApplications</key><array/>"],
        passing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        fix: None "Install the profile with MDM.",
    }
    Ignored = "ignored" {
        checks: "The target accepts the key but ignores it.",
        why: "The document is valid, but the setting has no effect there.",
        flags: "--os ios --enrollment user",
        failing: [Payload("com.apple.mobiledevice.passwordpolicy") "<key>minLength</key><integer>6</integer>"],
        passing: [Payload("com.apple.wifi.managed") "<key>SSID_STR</key><string>Office</string>\n<key>EncryptionType</key><string>None</string>"],
        fix: None "Remove the key, or keep it if other devices need it.",
    }
    Conflict = "conflict" {
        checks: "Two profiles set the same key of a payload to different values, and a device uses only one of the payloads.",
        why: "If a device has both profiles, it is unpredictable which setting applies.",
        failing: [
            Payload("com.apple.finder") "<key>ProhibitBurn</key><true/>",
            Payload("com.apple.finder") "<key>ProhibitBurn</key><false/>"
        ],
        passing: [
            Payload("com.apple.finder") "<key>ProhibitBurn</key><true/>",
            Payload("com.apple.finder") "<key>ProhibitBurn</key><true/>"
        ],
        fix: None "Keep one of the settings, or install the profiles on different devices.",
    }
    Placeholder = "placeholder" {
        checks: "A value contains a placeholder that an MDM server replaces, so it was not checked.",
        why: "A mistake in the value that replaces it shows only on the device.",
        failing: [Command("DeviceLock") "<key>PIN</key><string>${PIN}</string>"],
        passing: [Command("DeviceLock") "<key>PIN</key><string>123456</string>"],
        fix: None "Check the document in the form in which it is sent, with `--no-placeholders`.",
    }
    UnusedSuppression = "unused-suppression" {
        checks: "A comment that suppresses findings has none to suppress, or names a code that does not exist.",
        why: "It hides nothing today, but would hide a future mistake that nobody expects.",
        failing: [Payload("com.apple.dock") "<!-- apple-mdm: ignore wrong-type -->\n<key>autohide</key><true/>"],
        passing: [Payload("com.apple.dock") "<!-- apple-mdm: ignore wrong-type -->\n<key>autohide</key><integer>1</integer>"],
        fix: None "Remove the comment, or correct the code.",
    }
    Signature = "signature" {
        checks: "A profile is not signed although it must be, or its signature deserves attention.",
        why: "Devices show a profile without a trusted signature as unsigned or unverified. A broken signature means that the profile was changed.",
        flags: "--require-signature",
        failing: [Payload("com.apple.dock") "<key>autohide</key><true/>"],
        passing: [Command("DeviceLock") "<key>PIN</key><string>123456</string>"],
        fix: None "Sign the profile again with a certificate that devices trust.",
    }
    Unchecked = "unchecked" {
        checks: "A part of the document was not checked.",
        why: "It may contain mistakes.",
        failing: [Response("SecurityInfo") "<key>SecurityInfo</key><dict/>"],
        passing: [Response("SecurityInfo") ""],
        fix: None "Add what the message names: the command that a response belongs to, for example.",
    }
    LeftOut = "left-out" {
        checks: "There are more findings than a report has room for (4 MiB).",
        why: "The findings that are not listed still exist.",
        fix: None "Fix the listed findings and check the document again.",
    }
}
