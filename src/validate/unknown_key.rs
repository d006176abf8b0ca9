//! Reports keys that the schema does not have.

use super::code::Code;
use super::context::Context;
use super::fields::is_written_by_device;
use super::path::KeyPath;
use super::suggest;
use crate::codec::View;
use crate::items::registry;
use crate::schema::{Dict, Family, Item, Severity};

/// Keys that tools write into any profile and that are not mistakes of its author.
const WRITTEN_BY_TOOLS: [(&str, &str); 2] = [
    (
        "PayloadEnabled",
        "Profile Manager and other older tools write it, and devices ignore it",
    ),
    (
        "mcx_data_timestamp",
        "tools that turn managed preferences into profiles write it, to mark when settings were last changed",
    ),
];

/// Payloads whose keys are the preferences of a macOS application or service. These have more keys than Apple documents.
const PREFERENCE_DOMAINS: [&str; 26] = [
    "com.apple.Dictionary",
    "com.apple.DiscRecording",
    "com.apple.MCX",
    "com.apple.MCX.TimeMachine",
    "com.apple.NSExtension",
    "com.apple.ShareKitHelper",
    "com.apple.SoftwareUpdate",
    "com.apple.SystemConfiguration",
    "com.apple.applicationaccess.new",
    "com.apple.appstore",
    "com.apple.dashboard",
    "com.apple.desktop",
    "com.apple.dock",
    "com.apple.finder",
    "com.apple.gamed",
    "com.apple.ironwood.support",
    "com.apple.loginwindow",
    "com.apple.mcxloginscripts",
    "com.apple.mcxprinting",
    "com.apple.preference.security",
    "com.apple.screensaver",
    "com.apple.screensaver.user",
    "com.apple.systempreferences",
    "com.apple.systemuiserver",
    "com.apple.universalaccess",
    "loginwindow",
];

/// Reports the key `name` of `dictionary`, which is in none of the tables. `path` is that of the key.
pub(super) fn report(
    cx: &mut Context<'_>,
    dictionary: View<'_>,
    tables: &[&'static Dict],
    name: &str,
    path: &KeyPath<'_>,
) {
    let mut retired = tables.iter().flat_map(|table| table.retired);
    if let Some((_, until)) = retired.find(|(key, _)| *key == name) {
        let message = format!("`{name}` is no longer in the schema; the last to have it were {until}");
        return cx.add(Code::RetiredKey, Severity::Warning, path, message);
    }
    let owns_a_table = |item: &&Item| {
        let mut tables = tables.iter();
        tables.any(|table| item.keys.is_some_and(|keys| std::ptr::eq(keys, *table)))
    };
    let item = cx.item.filter(owns_a_table);
    // Devices identify themselves in every check-in message. Apple's schema lists these keys for most messages, not for all.
    if item.is_some_and(|item| item.family == Family::CheckIn) && is_key_of_a_check_in(name) {
        return;
    }
    if let Some((_, why)) = WRITTEN_BY_TOOLS.iter().find(|(key, _)| *key == name) {
        let message = format!("`{name}` is not in the schema; {why}");
        return cx.add(Code::UnknownKey, Severity::Info, path, message);
    }
    let names = tables.iter().flat_map(|table| table.keys).map(|key| key.name);
    // A key that is present cannot be the one that was misspelled, unless the two differ in case only.
    let suggestion = cx
        .suggestion(name, names)
        .filter(|known| dictionary.value(known).is_absent() || known.eq_ignore_ascii_case(name));
    let is_unofficial = tables.iter().any(|table| table.unofficial);
    let is_tolerated = item.is_some_and(|item| PREFERENCE_DOMAINS.contains(&item.name))
        || tables.iter().all(|table| is_written_by_device(table))
        || is_unofficial;
    // An application can have keys with similar names that its description lacks.
    let is_misspelled = suggestion.is_some_and(|known| !is_unofficial || suggest::is_misspelling(name, known, 2));
    let severity = if is_tolerated && !is_misspelled {
        Severity::Info
    } else {
        Severity::Warning
    };
    let name = name.escape_debug();
    let message = match item {
        Some(item) => format!("the {} `{}` has no key `{name}`", item.family, item.name),
        None => format!("the schema has no key `{name}` here"),
    };
    cx.add_with_suggestion(Code::UnknownKey, severity, path, message, suggestion, None);
}

fn is_key_of_a_check_in(name: &str) -> bool {
    let mut messages = registry::items().filter(|item| item.family == Family::CheckIn);
    messages.any(|item| item.keys.is_some_and(|keys| keys.index(name).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preference_domain_is_a_payload() {
        for name in PREFERENCE_DOMAINS {
            assert!(registry::item(Family::Profile, name).is_some(), "{name}");
        }
    }
}
