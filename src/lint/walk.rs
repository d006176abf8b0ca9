//! A document of each kind, held against the tables.

use super::tree::Tree;
use super::{Kind, Options, managed, note};
use crate::blank::Tabled;
use crate::codec::{View, Write};
use crate::commands::{Request, Response};
use crate::profiles::{CommonPayloadKeys, TOP_LEVEL};
use crate::schema::{Dict, Family, Item, Key, Kind as Shape};
use crate::validate::{Code, Context, Finding, Severity, Strictness, Trail, fields, item, several, unknown};

/// Any keys whatever.
static ANYTHING: Dict = {
    static VALUE: Key = Key::new("", Shape::Any);
    Dict {
        any: Some(&VALUE),
        ..Dict::new("unknown")
    }
};

/// The key that says what an item is, where the item's own table does not have it.
const fn tag(name: &'static str) -> Key {
    Key {
        required: true,
        ..Key::new(name, Shape::String)
    }
}
static REQUEST_TYPE: Dict = Dict {
    keys: &[tag("RequestType")],
    by_name: &[0],
    ..Dict::new("command")
};
static MESSAGE_TYPE: Dict = Dict {
    keys: &[tag("MessageType")],
    by_name: &[0],
    ..Dict::new("check-in message")
};

pub(super) fn walk(tree: &Tree, kind: Kind, json: bool, options: &Options) -> Vec<Finding> {
    let mut cx = Context::new(options.target.as_ref(), Strictness::Document { json });
    let root = tree.root.view();
    match kind {
        Kind::Profile => profile(&mut cx, root),
        Kind::Command => command(&mut cx, root),
        Kind::Response => response(&mut cx, root, options.command.as_deref()),
        Kind::Checkin => known(
            &mut cx,
            root,
            Family::CheckIn,
            "MessageType",
            &[&MESSAGE_TYPE],
            &Trail::ROOT,
        ),
        Kind::Declaration => declaration(&mut cx, root),
        Kind::Status => {
            let table = <crate::protocol::StatusReport as Tabled>::TABLE;
            fields::dictionary(&mut cx, root, &[table], &Trail::ROOT);
        }
        Kind::Unknown => {
            let message = "neither a profile, command, response, check-in message, declaration nor status report";
            return vec![note(Severity::Warning, Code::UnknownKind, message)];
        }
    }
    cx.report.into_findings()
}

/// The items of a family.
fn items(family: Family) -> &'static [&'static Item] {
    match family {
        Family::Command => crate::commands::ITEMS,
        Family::Profile => crate::profiles::ITEMS,
        Family::CheckIn => crate::checkin::ITEMS,
        _ => crate::declarations::ITEMS,
    }
}

/// The item of a family that a dictionary says it is.
fn find(family: Family, view: View<'_>, name: &str) -> Option<&'static Item> {
    let mut fallback = None;
    for item in items(family).iter().copied().filter(|item| item.name == name) {
        match item.selector {
            Some((key, value)) if matches!(view.value(key), View::String(text) if text == value) => return Some(item),
            Some(_) => {}
            None => fallback = Some(item),
        }
    }
    fallback
}

/// Holds an item against what it says it is, and the keys that all items have against `beside`.
fn known<'a>(
    cx: &mut Context<'a>,
    view: View<'a>,
    family: Family,
    tag: &str,
    beside: &[&'static Dict],
    trail: &Trail<'_>,
) {
    let name = match view.value(tag) {
        View::String(name) => Some(name),
        _ => None,
    };
    match name.and_then(|name| find(family, view, name)) {
        Some(known) => item(cx, known, view, beside, trail),
        None => {
            if let Some(name) = name {
                unknown(cx, Some(name), family, items(family), &trail.key(tag));
            }
            let tables: Vec<&'static Dict> = beside.iter().copied().chain([&ANYTHING]).collect();
            fields::dictionary(cx, view, &tables, trail);
        }
    }
}

fn profile<'a>(cx: &mut Context<'a>, root: View<'a>) {
    let content = root.value("PayloadContent");
    // A profile that asks for a profile by the air has a dictionary there, and another PayloadType.
    if matches!(content, View::Map(_)) && matches!(root.value("PayloadType"), View::String("Profile Service")) {
        cx.find(
            Code::Unchecked,
            Severity::Info,
            &Trail::ROOT.key("PayloadContent"),
            "a profile service request; its content is not looked at",
        );
        return;
    }
    cx.within(content);
    fields::dictionary(cx, root, &[&TOP_LEVEL], &Trail::ROOT);
    if !root.value("EncryptedPayloadContent").is_absent() {
        let message = "the payloads are encrypted and were not looked at";
        cx.find(
            Code::Encrypted,
            Severity::Info,
            &Trail::ROOT.key("EncryptedPayloadContent"),
            message,
        );
    }
    let View::Array(payloads) = content else { return };
    let trail = Trail::ROOT.key("PayloadContent");
    for index in 0..payloads.len() {
        let view = payloads.item(index);
        let trail = trail.index(index);
        if !matches!(view, View::Map(_)) {
            cx.find(
                Code::WrongType,
                Severity::Error,
                &trail,
                "expected a dictionary: a payload",
            );
            continue;
        }
        let tables = [<CommonPayloadKeys as Tabled>::TABLE];
        known(cx, view, Family::Profile, "PayloadType", &tables, &trail);
        managed::check(cx, view, &trail);
    }
    let known = (0..payloads.len()).map(|index| {
        let view = payloads.item(index);
        match view.value("PayloadType") {
            View::String(name) => find(Family::Profile, view, name),
            _ => None,
        }
    });
    several::check(cx, known, &trail);
}

fn command<'a>(cx: &mut Context<'a>, root: View<'a>) {
    let tables: [&'static Dict; 1] = [&REQUEST_TYPE];
    if root.value("Command").is_absent() {
        known(cx, root, Family::Command, "RequestType", &tables, &Trail::ROOT);
        return;
    }
    fields::dictionary(cx, root, &[Request::TABLE], &Trail::ROOT);
    let trail = Trail::ROOT.key("Command");
    match root.value("Command") {
        view @ View::Map(_) => known(cx, view, Family::Command, "RequestType", &tables, &trail),
        _ => cx.find(
            Code::WrongType,
            Severity::Error,
            &trail,
            "expected a dictionary: the command",
        ),
    }
}

fn response<'a>(cx: &mut Context<'a>, root: View<'a>, command: Option<&str>) {
    let asked = command.map(|name| (name, crate::schema::item(Family::Command, name)));
    match asked {
        Some((_, Some(item))) => {
            let tables: Vec<&'static Dict> = item.response.into_iter().chain([Response::TABLE]).collect();
            fields::dictionary(cx, root, &tables, &Trail::ROOT);
        }
        Some((name, None)) => {
            unknown(cx, Some(name), Family::Command, items(Family::Command), &Trail::ROOT);
            fields::dictionary(cx, root, &[Response::TABLE, &ANYTHING], &Trail::ROOT);
        }
        None => {
            fields::dictionary(cx, root, &[Response::TABLE, &ANYTHING], &Trail::ROOT);
            let message = "nothing in a response says which command it answers, so its body was not looked at";
            let help = Some("name the command".to_owned());
            cx.find_with_help(Code::Unchecked, Severity::Info, &Trail::ROOT, message, help);
        }
    }
}

fn declaration<'a>(cx: &mut Context<'a>, root: View<'a>) {
    fields::dictionary(cx, root, &[&crate::declarations::DECLARATION_BASE], &Trail::ROOT);
    let View::String(name) = root.value("Type") else { return };
    match find(Family::Declaration, root, name) {
        None => unknown(
            cx,
            Some(name),
            Family::Declaration,
            items(Family::Declaration),
            &Trail::ROOT.key("Type"),
        ),
        Some(known) => {
            let payload = root.value("Payload");
            if matches!(payload, View::Map(_)) {
                item(cx, known, payload, &[], &Trail::ROOT.key("Payload"));
            }
        }
    }
}
