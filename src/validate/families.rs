//! Enums over items and the envelopes around them: which tables each is held against.

use super::context::Context;
use super::finding::Code;
use super::path::Trail;
use super::subject::{Validate, Walk, is_usable, item};
use super::{fields, suggest};
use crate::codec::{Record, View};
use crate::items::item::Over;
use crate::schema::{Dict, Family, Item, Key, Kind, Severity};
use crate::value::plain::same;

/// The items of a family that has an enum over them.
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

/// The table of the key that says what an item is, for items whose own does not have it.
fn tag_table(family: Family) -> &'static Dict {
    // A table with this one key.
    macro_rules! only {
        ($key:literal) => {
            only!($key, lenient: false)
        };
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
        Family::Command => only!("RequestType"),
        // A device writes these.
        Family::CheckIn => only!("MessageType", lenient: true),
        Family::Declaration => only!("Type"),
        _ => only!("PayloadType"),
    }
}

/// Any keys whatever: of an item that the schema does not know.
pub(crate) static ANYTHING: Dict = {
    static VALUE: Key = Key::new("", Kind::Any);
    Dict {
        any: Some(&VALUE),
        ..Dict::new("unknown")
    }
};

/// The item of a family that is called so; of several with one name, the one that `view` is.
pub(crate) fn called(family: Family, name: &str, view: View<'_>) -> Option<&'static Item> {
    let mut fallback = None;
    for item in items(family).iter().copied().filter(|item| same(item.name, name)) {
        match item.selector {
            Some((key, value)) if matches!(view.value(key), View::String(text) if text == value) => return Some(item),
            Some(_) => {}
            None => fallback = Some(item),
        }
    }
    fallback
}

/// Finds that no item of the family is called so; `trail` is where the name stands.
pub(crate) fn unknown(cx: &mut Context<'_>, name: &str, family: Family, trail: &Trail<'_>) {
    if name.is_empty() {
        return cx.find(
            Code::NotAllowed,
            Severity::Error,
            trail,
            format!("no {family} is called by an empty text"),
        );
    }
    let meant = cx.meant(name, items(family).iter().map(|item| item.name));
    // Payloads of other vendors are normal; what is nearly one of Apple's is not.
    let severity = match (family, meant) {
        (Family::Profile, None) => Severity::Info,
        _ => Severity::Warning,
    };
    let unchecked = if severity == Severity::Info {
        "; its keys were not checked"
    } else {
        ""
    };
    let message = format!("the schema has no {family} `{}`{unchecked}", name.escape_debug());
    let help = meant.map(suggest::help);
    cx.find_with_help(Code::UnknownItem, severity, trail, message, help);
}

/// Holds an item as it stands in a document against what it says it is, and gives what that is; `beside` is the table of the keys
/// that all items of the family have.
pub(crate) fn as_it_stands<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    family: Family,
    beside: Option<&'static Dict>,
    trail: &Trail<'_>,
) -> Option<&'static Item> {
    let tag = tag_table(family);
    let beside = beside.unwrap_or(tag);
    let name = match view.value(tag.name) {
        View::String(name) => Some(name),
        _ => None,
    };
    if let Some(known) = name.and_then(|name| called(family, name, view)) {
        item(cx, known, view, Some(beside), trail);
        return Some(known);
    }
    match name {
        Some(name) => unknown(cx, name, family, &trail.key(tag.name)),
        None => fields::miscased(cx, view, tag.name, trail),
    }
    fields::dictionary(cx, view, &[beside, &ANYTHING], trail);
    None
}

/// Holds an item of an enum over items against what it is; `beside` are the keys that all items of the family have.
fn over<'a, E: Over>(
    cx: &mut Context<'a>,
    over: &'a E,
    view: View<'a>,
    family: Family,
    beside: Option<&'a dyn Record>,
    trail: &Trail<'_>,
) {
    match over.known() {
        Some((own, known)) => {
            let has_table = known.keys.is_some_and(|keys| std::ptr::eq(keys, own.table()));
            let both = [own, beside.unwrap_or(own)];
            let records = if beside.is_some() { &both[..] } else { &both[..1] };
            let tag = tag_table(family);
            if !has_table || !fields::are_apart(records) || own.extra().contains_key(tag.name) {
                item(cx, known, view, Some(beside.map_or(tag, <dyn Record>::table)), trail);
            } else if is_usable(cx, known, trail) {
                fields::records(cx, view, records, &[], trail);
            }
        }
        // What does not fit is found by looking at the keys as they are.
        None => {
            as_it_stands(cx, view, family, beside.map(<dyn Record>::table), trail);
        }
    }
}

#[cfg(feature = "commands")]
mod commands {
    use super::*;
    use crate::codec::{HasTable, Write};
    use crate::items::commands::{Command, Request, Response};

    impl Validate for Command {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            over(walk.0, self, self.view(), Family::Command, None, &Trail::ROOT);
        }
    }

    impl Validate for Request {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            fields::dictionary(walk.0, View::Record(self), &[Self::TABLE], &Trail::ROOT);
            let trail = &Trail::ROOT.key("Command");
            over(walk.0, &self.command, self.command.view(), Family::Command, None, trail);
        }
    }

    impl Validate for Response {
        /// The body is not looked at: nothing says which command it answers. The typed body can be validated itself.
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            let envelope: &'a dyn Record = self;
            envelope.each_known(&mut |_, key, view| fields::value(walk.0, key, &view, &Trail::ROOT.key(key.name)));
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
            over(walk.0, self, self.view(), Family::CheckIn, None, &Trail::ROOT);
        }
    }
}

#[cfg(feature = "profiles")]
mod profiles {
    use super::*;
    use crate::codec::Write;
    use crate::items::profiles::{Content, Payload, PayloadEntry, Profile, TOP_LEVEL};
    use crate::schema::{Path, Step};
    use crate::validate::rules::Distinct;
    use crate::validate::several;

    impl Validate for Payload {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            over(walk.0, self, self.view(), Family::Profile, None, &Trail::ROOT);
        }
    }

    impl Validate for PayloadEntry {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            entry(self, walk, &Trail::ROOT);
        }
    }

    /// What a payload is, also where it does not fit that.
    fn kind(entry: &PayloadEntry) -> Option<&'static Item> {
        let invalid = || called(Family::Profile, &entry.payload.invalid()?.name, entry.view());
        entry.payload.item().or_else(invalid)
    }

    fn entry<'a>(entry: &'a PayloadEntry, walk: &mut Walk<'_, 'a>, trail: &Trail<'_>) {
        over(
            walk.0,
            &entry.payload,
            entry.view(),
            Family::Profile,
            Some(&entry.common),
            trail,
        );
    }

    impl Validate for Profile {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            // What the rules about all payloads ask first, told from their fields without a look-up by name: the identifiers of nearly
            // all profiles differ.
            const PAYLOADS: Path = &[Step::Key("PayloadContent"), Step::Items];
            let (mut identifiers, mut uuids) = (Distinct::new(false), Distinct::new(true));
            let mut known = [None, None];
            if let Content::Plain(payloads) = &self.content {
                walk.0.within(View::Array(payloads));
                let common = || payloads.iter().map(|payload| &payload.common);
                let are_distinct = identifiers.add_all(common().map(|keys| keys.payload_identifier.as_deref()));
                known[0] = are_distinct.then_some(((Some("PayloadIdentifier"), PAYLOADS), &identifiers));
                let are_distinct = uuids.add_all(common().map(|keys| keys.payload_uuid.as_deref()));
                known[1] = are_distinct.then_some(((Some("PayloadUUID"), PAYLOADS), &uuids));
            }
            fields::dictionary_of(walk.0, View::Record(self), &[&TOP_LEVEL], &known, &Trail::ROOT);
            let content = Trail::ROOT.key("PayloadContent");
            for (index, payload) in self.payloads().iter().enumerate() {
                entry(payload, walk, &content.index(index));
            }
            several::check(walk.0, self.payloads().iter().map(kind), &content);
        }
    }
}

#[cfg(feature = "declarations")]
mod declarations {
    use super::*;
    use crate::codec::{Map, Write};
    use crate::items::declarations::{DECLARATION_BASE, Declaration, DeclarationItem, Envelope};

    fn declaration<'a>(cx: &mut Context<'a>, known: &'static Item, view: View<'a>) {
        fields::dictionary(cx, view, &[&DECLARATION_BASE], &Trail::ROOT);
        let payload = view.value("Payload");
        if matches!(payload, View::Map(_) | View::Record(_)) {
            item(cx, known, payload, None, &Trail::ROOT.key("Payload"));
        }
    }

    /// What a declaration is, also where it does not fit that.
    pub(in crate::validate) fn declared(declaration: &Declaration) -> Option<&'static Item> {
        let invalid = || {
            called(
                Family::Declaration,
                &declaration.invalid()?.name,
                View::Map(declaration),
            )
        };
        declaration.item().or_else(invalid)
    }

    impl<T: DeclarationItem> Validate for Envelope<T> {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            declaration(walk.0, T::ITEM, self.view());
        }
    }

    impl Validate for Declaration {
        fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
            if let Some(known) = declared(self) {
                return declaration(walk.0, known, self.view());
            }
            if let Some(name) = self.name() {
                unknown(walk.0, name, Family::Declaration, &Trail::ROOT.key("Type"));
            }
            if self.len() > 0 {
                fields::dictionary(walk.0, self.view(), &[&DECLARATION_BASE], &Trail::ROOT);
            }
        }
    }
}

#[cfg(feature = "declarations")]
pub(super) use declarations::declared;
