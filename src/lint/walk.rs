//! A document of each kind, held against the tables.

use super::tree::Tree;
use super::{Kind, Options, kind, managed, note};
use crate::codec::{Tabled, View, Write};
use crate::commands::{Request, Response};
use crate::profiles::{CommonPayloadKeys, TOP_LEVEL};
use crate::protocol::StatusReport;
use crate::schema::{Described, Dict, Family};
use crate::status::StatusItems;
use crate::validate::{
    ANYTHING, Code, Context, Finding, Severity, Strictness, Trail, as_it_stands, called, fields, item, several, unknown,
};

pub(super) fn walk(tree: &Tree<'_>, is: Kind, json: bool, options: &Options) -> Vec<Finding> {
    let mut cx = Context::new(options.target.as_ref(), Strictness::Document { json });
    let root = tree.root.view();
    match is {
        Kind::Profile => profile(&mut cx, root),
        Kind::Command => command(&mut cx, root),
        Kind::Response => response(&mut cx, root, options.command.as_deref()),
        Kind::Checkin => {
            as_it_stands(&mut cx, root, Family::CheckIn, None, &Trail::ROOT);
        }
        Kind::Declaration => declaration(&mut cx, root),
        Kind::Status => {
            let known = if kind::is_status_items(root) {
                StatusItems::ITEM
            } else {
                StatusReport::ITEM
            };
            item(&mut cx, known, root, None, &Trail::ROOT);
        }
        Kind::Unknown => {
            let message = "neither a profile, command, response, check-in message, declaration nor status report";
            return vec![note(Severity::Warning, Code::UnknownKind, message)];
        }
    }
    cx.report.into_findings()
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
    let mut known = vec![None; payloads.len()];
    for (index, known) in known.iter_mut().enumerate() {
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
        *known = as_it_stands(cx, view, Family::Profile, Some(CommonPayloadKeys::TABLE), &trail);
        managed::check(cx, view, &trail);
    }
    several::check(cx, known.into_iter(), &trail);
}

fn command<'a>(cx: &mut Context<'a>, root: View<'a>) {
    if root.value("Command").is_absent() {
        as_it_stands(cx, root, Family::Command, None, &Trail::ROOT);
        return;
    }
    fields::dictionary(cx, root, &[Request::TABLE], &Trail::ROOT);
    let trail = Trail::ROOT.key("Command");
    match root.value("Command") {
        view @ View::Map(_) => {
            as_it_stands(cx, view, Family::Command, None, &trail);
        }
        _ => cx.find(
            Code::WrongType,
            Severity::Error,
            &trail,
            "expected a dictionary: the command",
        ),
    }
}

fn response<'a>(cx: &mut Context<'a>, root: View<'a>, command: Option<&str>) {
    // Such a response cannot be read.
    if matches!(root.value("Status"), View::String("")) {
        let trail = Trail::ROOT.key("Status");
        cx.find(Code::NotAllowed, Severity::Error, &trail, "the status is empty");
    }
    let asked = command.map(|name| (name, crate::schema::item(Family::Command, name)));
    match asked {
        Some((_, Some(item))) => {
            let tables: Vec<&'static Dict> = item.response.into_iter().chain([Response::TABLE]).collect();
            fields::dictionary(cx, root, &tables, &Trail::ROOT);
        }
        Some((name, None)) => {
            unknown(cx, name, Family::Command, &Trail::ROOT);
            fields::dictionary(cx, root, &[Response::TABLE, &ANYTHING], &Trail::ROOT);
        }
        None => {
            fields::dictionary(cx, root, &[Response::TABLE, &ANYTHING], &Trail::ROOT);
            let message = "nothing in a response says which command it answers, so its body was not looked at";
            let help = Some("say which: on the command line with `--command NAME`".to_owned());
            cx.find_with_help(Code::Unchecked, Severity::Info, &Trail::ROOT, message, help);
        }
    }
}

fn declaration<'a>(cx: &mut Context<'a>, root: View<'a>) {
    fields::dictionary(cx, root, &[&crate::declarations::DECLARATION_BASE], &Trail::ROOT);
    let View::String(name) = root.value("Type") else { return };
    match called(Family::Declaration, name, root) {
        None => unknown(cx, name, Family::Declaration, &Trail::ROOT.key("Type")),
        Some(known) => {
            let payload = root.value("Payload");
            if matches!(payload, View::Map(_)) {
                item(cx, known, payload, None, &Trail::ROOT.key("Payload"));
            }
        }
    }
}
