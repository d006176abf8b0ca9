//! Managed preferences: the settings of preference domains, some of which are also payloads in the schema.

use super::place::preference_domain;
use crate::codec::View;
use crate::schema::Family;
use crate::validate::{Context, KeyPath, fields};

/// Checks the domains in a `com.apple.ManagedClient.preferences` payload.
///
/// A domain can have settings that Apple's payload of the same name lacks. Only the settings that both have are checked.
pub(super) fn check<'a>(cx: &mut Context<'a>, payload: View<'a>, path: &KeyPath<'_>) {
    if !matches!(
        payload.value("PayloadType"),
        View::String("com.apple.ManagedClient.preferences")
    ) {
        return;
    }
    let path = path.key("PayloadContent");
    payload.value("PayloadContent").each(&mut |domain, states| {
        let Some(item) = preference_domain(&cx.catalog, domain) else {
            return;
        };
        let Some(table) = item.keys else { return };
        let path = path.key(domain);
        states.each(&mut |state, list| {
            let View::Array(list) = list else { return };
            let path = path.key(state);
            for index in 0..list.len() {
                let settings = list.item(index).value("mcx_preference_settings");
                let at = path.index(index);
                let at = at.key("mcx_preference_settings");
                // The tables of the catalog describe preference domains, so they have all settings.
                let is_in_catalog = cx.catalog.named(Family::Profile, domain).next().is_some();
                cx.within(item, &at, |cx| {
                    if is_in_catalog {
                        return fields::check_present_keys(cx, settings, table, &at);
                    }
                    for key in table.keys {
                        let value = settings.value(key.name);
                        if !value.is_absent() {
                            fields::check_value(cx, key, &value, &at.key(key.name));
                        }
                    }
                });
            }
        });
    });
}
