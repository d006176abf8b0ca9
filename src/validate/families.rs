//! Checks commands, profiles, check-in messages and declarations: enums over the items of a family, and the envelopes around them.

use super::code::Code;
use super::context::Context;
use super::path::KeyPath;
use super::subject::{Validate, Walk, check_item};
use super::{fields, suggest};
use crate::codec::View;
use crate::items::catalog::Catalog;
use crate::items::item::Over;
use crate::items::registry;
use crate::schema::{Dict, Family, Item, Key, Kind, Severity};

/// Returns the items of a family that has an enum over its items.
fn items(family: Family) -> &'static [&'static Item] {
    match family {
        #[cfg(feature = "commands")]
        Family::Command => crate::items::commands::ITEMS,
        #[cfg(feature = "profiles")]
        Family::Profile => crate::items::profiles::ITEMS,
        #[cfg(feature = "checkin")]
        Family::CheckIn => crate::items::checkin::ITEMS,
        #[cfg(feature = "declarations")]
        Family::Declaration => crate::items::declarations::ITEMS,
        _ => &[],
    }
}

/// Returns a table with only the key that names the item, for families without common keys.
fn tag_table(family: Family) -> &'static Dict {
    macro_rules! table {
        ($key:literal, lenient: $lenient:literal) => {{
            const KEYS: &[Key] = &[Key {
                required: true,
                ..Key::new($key, Kind::String)
            }];
            static TABLE: Dict = Dict {
                lenient: $lenient,
                ..Dict::of($key, KEYS)
            };
            &TABLE
        }};
    }
    match family {
        Family::Command => table!("RequestType", lenient: false),
        // Devices write these.
        Family::CheckIn => table!("MessageType", lenient: true),
        Family::Declaration => table!("Type", lenient: false),
        _ => table!("PayloadType", lenient: false),
    }
}

/// The table of an item that the schema does not know: any key with any value.
pub(crate) static ANY_KEYS: Dict = {
    static VALUE: Key = Key::new("", Kind::Any);
    Dict {
        any: Some(&VALUE),
        ..Dict::new("unknown")
    }
};

/// Returns the item of a family with this name: one of the schema's, or else of the catalog. If several have it, `view` selects one of
/// them.
pub(crate) fn find_item(catalog: &Catalog, family: Family, name: &str, view: View<'_>) -> Option<&'static Item> {
    let known = registry::items_called(family, name).iter().copied();
    let mut fallback = None;
    for item in known.chain(catalog.named(family, name)) {
        match item.selector {
            Some((key, value)) if view.value(key).as_str() == Some(value) => return Some(item),
            Some(_) => {}
            None => fallback = Some(item),
        }
    }
    fallback
}

/// The prefix of the names of Apple's payloads and declarations.
const PREFIX: &str = "com.apple.";

/// Reports that the family has no item with this name. `path` is that of the name.
pub(crate) fn report_unknown_item(cx: &mut Context<'_>, name: &str, family: Family, path: &KeyPath<'_>) {
    if name.is_empty() {
        let message = format!("no {family} is called by an empty text");
        return cx.add(Code::NotAllowed, Severity::Error, path, message);
    }
    // Only the part after the common prefix tells names apart.
    let suffix = |name: &'static str| name.strip_prefix(PREFIX).unwrap_or(name);
    let names = || {
        let known = items(family).iter().map(|item| (item.name, true));
        let loaded = cx.catalog.items().filter(|item| item.family == family);
        known.chain(loaded.map(|item| (item.name, false)))
    };
    let similar = cx.suggestion(
        name.strip_prefix(PREFIX).unwrap_or(name),
        names().map(|(name, _)| suffix(name)),
    );
    let similar = similar.and_then(|similar| names().find(|(name, _)| suffix(name) == similar));
    let suggestion = similar.map(|(name, _)| name);
    // Payloads of other vendors are common. A payload type similar to one of Apple's is probably misspelled.
    let is_foreign = family == Family::Profile
        && similar.is_none_or(|(known, is_apples)| !is_apples && !suggest::is_misspelling(name, known, 1));
    let (severity, unchecked) = match is_foreign {
        true => (Severity::Info, "; its keys were not checked"),
        false => (Severity::Warning, ""),
    };
    let message = format!("the schema has no {family} `{}`{unchecked}", name.escape_debug());
    let help = suggestion.map(suggest::did_you_mean);
    cx.add_with_help(Code::UnknownItem, severity, path, message, help);
}

/// Checks a dictionary against the item that it names, and returns that item. `common` is the table of the keys that all items of the
/// family share.
pub(crate) fn check_named_item<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    family: Family,
    common: Option<&'static Dict>,
    path: &KeyPath<'_>,
) -> Option<&'static Item> {
    let tag = tag_table(family);
    let common = common.unwrap_or(tag);
    let name = view.value(tag.name).as_str();
    if let Some(item) = name.and_then(|name| find_item(&cx.catalog, family, name, view)) {
        check_item(cx, item, view, Some(common), path);
        return Some(item);
    }
    match name {
        Some(name) => report_unknown_item(cx, name, family, &path.key(tag.name)),
        None => fields::report_miscased_tag(cx, view, tag.name, path),
    }
    fields::check_dictionary(cx, view, &[common, &ANY_KEYS], path);
    None
}

/// Checks a value of an enum over items. `common` is the table of the keys that all items of the family share.
fn check_over<'a, E: Over>(
    cx: &mut Context<'a>,
    over: &'a E,
    view: View<'a>,
    family: Family,
    common: Option<&'static Dict>,
    path: &KeyPath<'_>,
) {
    match over.item() {
        Some(item) => check_item(cx, item, view, Some(common.unwrap_or_else(|| tag_table(family))), path),
        // An invalid item keeps its keys as they were read.
        None => drop(check_named_item(cx, view, family, common, path)),
    }
}

#[cfg(feature = "commands")]
mod commands {
    use super::*;
    use crate::codec::{HasTable, Record, Write};
    use crate::items::commands::{Command, Request, Response};

    impl Validate for Command {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            check_over(walk.0, self, self.view(), Family::Command, None, &KeyPath::ROOT);
        }
    }

    impl Validate for Request {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            fields::check_dictionary(walk.0, View::Record(self), &[Self::TABLE], &KeyPath::ROOT);
            let path = &KeyPath::ROOT.key("Command");
            check_over(walk.0, &self.command, self.command.view(), Family::Command, None, path);
        }
    }

    impl Validate for Response {
        /// Checks the envelope only: nothing in a response names the command it belongs to. Validate the typed body separately.
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            let envelope: &'a dyn Record = self;
            envelope
                .each_known(&mut |_, key, view| fields::check_value(walk.0, key, &view, &KeyPath::ROOT.key(key.name)));
        }
    }
}

#[cfg(feature = "checkin")]
mod checkin {
    use super::*;
    use crate::codec::Write;
    use crate::items::checkin::Message;

    impl Validate for Message {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            check_over(walk.0, self, self.view(), Family::CheckIn, None, &KeyPath::ROOT);
        }
    }
}

#[cfg(feature = "profiles")]
mod profiles {
    use super::*;
    use crate::codec::{HasTable, Write};
    use crate::items::profiles::{CommonPayloadKeys, Payload, PayloadEntry, Profile, TOP_LEVEL};
    use crate::validate::duplicate_payloads;

    impl Validate for Payload {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            check_over(walk.0, self, self.view(), Family::Profile, None, &KeyPath::ROOT);
        }
    }

    impl Validate for PayloadEntry {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            check_entry(walk.0, self, &KeyPath::ROOT);
        }
    }

    /// Returns the item of a payload, even if its keys do not fit.
    fn item_of(catalog: &Catalog, entry: &PayloadEntry) -> Option<&'static Item> {
        let by_name = || find_item(catalog, Family::Profile, entry.payload.name()?, entry.view());
        entry.payload.item().or_else(by_name)
    }

    fn check_entry<'a>(cx: &mut Context<'a>, entry: &'a PayloadEntry, path: &KeyPath<'_>) {
        let common = Some(CommonPayloadKeys::TABLE);
        check_over(cx, &entry.payload, entry.view(), Family::Profile, common, path);
    }

    impl Validate for Profile {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            walk.0.enter_profile(View::Record(self));
            fields::check_dictionary(walk.0, View::Record(self), &[&TOP_LEVEL], &KeyPath::ROOT);
            let content = KeyPath::ROOT.key("PayloadContent");
            for (index, payload) in self.payloads().iter().enumerate() {
                check_entry(walk.0, payload, &content.index(index));
            }
            let catalog = walk.0.catalog.clone();
            let items = self.payloads().iter().map(|entry| item_of(&catalog, entry));
            duplicate_payloads::check(walk.0, items, &content);
        }
    }
}

#[cfg(feature = "declarations")]
mod declarations {
    use super::*;
    use crate::codec::{Map, Write};
    use crate::items::declarations::{DECLARATION_BASE, Declaration, DeclarationItem, Envelope};

    fn check_declaration<'a>(cx: &mut Context<'a>, known: &'static Item, view: View<'a>) {
        fields::check_dictionary(cx, view, &[&DECLARATION_BASE], &KeyPath::ROOT);
        let payload = view.value("Payload");
        if matches!(payload, View::Map(_) | View::Record(_)) {
            check_item(cx, known, payload, None, &KeyPath::ROOT.key("Payload"));
        }
    }

    /// Returns the item of a declaration, even if its keys do not fit.
    pub(in crate::validate) fn declared(catalog: &Catalog, declaration: &Declaration) -> Option<&'static Item> {
        let by_name = || {
            find_item(
                catalog,
                Family::Declaration,
                declaration.name()?,
                View::Map(declaration),
            )
        };
        declaration.item().or_else(by_name)
    }

    impl<T: DeclarationItem> Validate for Envelope<T> {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            check_declaration(walk.0, T::ITEM, self.view());
        }
    }

    impl Validate for Declaration {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            if let Some(known) = declared(&walk.0.catalog, self) {
                return check_declaration(walk.0, known, self.view());
            }
            if let Some(name) = self.name() {
                report_unknown_item(walk.0, name, Family::Declaration, &KeyPath::ROOT.key("Type"));
            }
            if self.len() > 0 {
                fields::check_dictionary(walk.0, self.view(), &[&DECLARATION_BASE], &KeyPath::ROOT);
            }
        }
    }
}

#[cfg(feature = "declarations")]
pub(super) use declarations::declared;
