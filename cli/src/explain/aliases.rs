//! Names that people use for items.

/// Names in lower case without signs, and the items that are meant. A name in this list that fits one item shows it; one that fits several
/// lists them.
pub const ALIASES: &[(&str, &[&str])] = &[
    ("pppc", &["com.apple.TCC.configuration-profile-policy"]),
    ("tcc", &["com.apple.TCC.configuration-profile-policy"]),
    ("privacypreferences", &["com.apple.TCC.configuration-profile-policy"]),
    (
        "filevault",
        &[
            "com.apple.MCX.FileVault2",
            "com.apple.security.FDERecoveryKeyEscrow",
            "RotateFileVaultKey",
            "diskmanagement.filevault.enabled",
        ],
    ),
    (
        "fde",
        &["com.apple.MCX.FileVault2", "com.apple.security.FDERecoveryKeyEscrow"],
    ),
    ("escrow", &["com.apple.security.FDERecoveryKeyEscrow"]),
    (
        "recoverykey",
        &["com.apple.security.FDERecoveryKeyEscrow", "RotateFileVaultKey"],
    ),
    ("wifi", &["com.apple.wifi.managed"]),
    ("wlan", &["com.apple.wifi.managed"]),
    ("vpn", &["com.apple.vpn.managed"]),
    ("appvpn", &["com.apple.vpn.managed.applayer"]),
    ("perappvpn", &["com.apple.vpn.managed.applayer"]),
    ("scep", &["com.apple.security.scep"]),
    ("acme", &["com.apple.security.acme"]),
    ("pkcs12", &["com.apple.security.pkcs12"]),
    ("p12", &["com.apple.security.pkcs12"]),
    (
        "certificate",
        &[
            "com.apple.security.root",
            "com.apple.security.pkcs1",
            "com.apple.security.pem",
            "com.apple.security.pkcs12",
            "com.apple.configuration.security.certificate",
        ],
    ),
    ("rootca", &["com.apple.security.root"]),
    ("dock", &["com.apple.dock"]),
    ("firewall", &["com.apple.security.firewall"]),
    ("kext", &["com.apple.syspolicy.kernel-extension-policy"]),
    ("kexts", &["com.apple.syspolicy.kernel-extension-policy"]),
    ("kernelextension", &["com.apple.syspolicy.kernel-extension-policy"]),
    ("sysext", &["com.apple.system-extension-policy"]),
    ("systemextension", &["com.apple.system-extension-policy"]),
    (
        "gatekeeper",
        &[
            "com.apple.systempolicy.control",
            "com.apple.systempolicy.managed",
            "com.apple.systempolicy.rule",
        ],
    ),
    (
        "sso",
        &["com.apple.extensiblesso", "com.apple.configuration.extensible-sso"],
    ),
    ("psso", &["com.apple.extensiblesso"]),
    ("platformsso", &["com.apple.extensiblesso"]),
    ("kerberos", &["com.apple.extensiblesso"]),
    (
        "contentfilter",
        &[
            "com.apple.webcontent-filter",
            "com.apple.configuration.webcontent-filter.plugin",
        ],
    ),
    (
        "webfilter",
        &[
            "com.apple.webcontent-filter",
            "com.apple.configuration.webcontent-filter.plugin",
        ],
    ),
    ("btm", &["com.apple.servicemanagement"]),
    ("backgrounditems", &["com.apple.servicemanagement"]),
    (
        "loginitems",
        &["com.apple.servicemanagement", "com.apple.loginitems.managed"],
    ),
    ("privaterelay", &["com.apple.applicationaccess"]),
    ("ad", &["com.apple.DirectoryService.managed"]),
    (
        "activedirectory",
        &["com.apple.DirectoryService.managed", "com.apple.ADCertificate.managed"],
    ),
    (
        "exchange",
        &[
            "com.apple.eas.account",
            "com.apple.ews.account",
            "com.apple.configuration.account.exchange",
        ],
    ),
    ("eas", &["com.apple.eas.account"]),
    (
        "proxy",
        &["com.apple.proxy.http.global", "com.apple.SystemConfiguration"],
    ),
    (
        "dns",
        &[
            "com.apple.dnsSettings.managed",
            "com.apple.dnsProxy.managed",
            "com.apple.configuration.network.dns-settings",
        ],
    ),
    ("doh", &["com.apple.dnsSettings.managed"]),
    ("kiosk", &["com.apple.app.lock"]),
    ("singleappmode", &["com.apple.app.lock"]),
    (
        "password",
        &[
            "com.apple.mobiledevice.passwordpolicy",
            "com.apple.configuration.passcode.settings",
        ],
    ),
    ("wipe", &["EraseDevice"]),
    ("erase", &["EraseDevice"]),
    ("lock", &["DeviceLock"]),
    ("reboot", &["RestartDevice"]),
    ("restart", &["RestartDevice"]),
    ("shutdown", &["ShutDownDevice"]),
    ("setupassistant", &["com.apple.SetupAssistant.managed", "SkipKeys"]),
    ("skipkeys", &["SkipKeys"]),
    ("timemachine", &["com.apple.MCX.TimeMachine"]),
    ("webclip", &["com.apple.webClip.managed"]),
    (
        "softwareupdate",
        &[
            "com.apple.configuration.softwareupdate.settings",
            "com.apple.configuration.softwareupdate.enforcement.specific",
            "com.apple.SoftwareUpdate",
        ],
    ),
    ("enrollment", &["com.apple.mdm"]),
    ("custompreferences", &["com.apple.ManagedClient.preferences"]),
    ("managedpreferences", &["com.apple.ManagedClient.preferences"]),
];

/// Returns the names of the items for which people use this name.
pub fn named(name: &str) -> &'static [&'static str] {
    let normalized: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let known = ALIASES.iter().find(|(alias, _)| *alias == normalized);
    known.map_or(&[], |(_, items)| *items)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_alias_is_normalized_unique_and_names_items_of_the_schema() {
        let mut seen = HashSet::new();
        for (alias, items) in ALIASES {
            assert!(
                alias.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()),
                "{alias}"
            );
            assert!(seen.insert(alias), "{alias} twice");
            assert!(!items.is_empty(), "{alias}");
            for item in *items {
                assert!(apple_mdm::schema::items_named(item).next().is_some(), "{alias}: {item}");
            }
        }
    }

    #[test]
    fn case_and_signs_do_not_matter() {
        assert_eq!(named("Platform SSO"), named("platform-sso"));
        assert_eq!(named("PPPC").len(), 1);
        assert!(named("").is_empty());
    }
}
