//! Checks a document of each kind against the schema.

use super::tree::Tree;
use super::{Kind, Options, about_document, managed};
use crate::codec::{HasTable, View, Write};
use crate::items::commands::{Request, Response, Status};
use crate::items::profiles::{CommonPayloadKeys, TOP_LEVEL};
use crate::items::protocol::StatusReport;
use crate::items::status::StatusItems;
use crate::schema::{Described, Dict, Family};
use crate::validate::{
    ANY_KEYS, Code, Context, KeyPath, Report, Secrets, Severity, Strictness, check_item, check_named_item,
    duplicate_payloads, fields, find_item, report_unknown_item, suggest,
};

/// Checks a document. Returns the findings and the paths of secret values.
pub(super) fn document(tree: &Tree<'_>, kind: Kind, json: bool, options: &Options) -> (Report, Secrets) {
    let mut cx = Context::new(options.target.as_ref(), Strictness::Document { json });
    let root = tree.root.view();
    match kind {
        Kind::Profile => profile(&mut cx, root),
        Kind::Command => command(&mut cx, root),
        Kind::Response => response(&mut cx, root, options.command.as_deref()),
        Kind::Checkin => {
            check_named_item(&mut cx, root, Family::CheckIn, None, &KeyPath::ROOT);
        }
        Kind::Declaration => declaration(&mut cx, root),
        Kind::Status => {
            let known = if super::kind::is_status_items(root) {
                StatusItems::ITEM
            } else {
                StatusReport::ITEM
            };
            check_item(&mut cx, known, root, None, &KeyPath::ROOT);
        }
        Kind::Unknown => {
            let message = "neither a profile, command, response, check-in message, declaration nor status report";
            cx.report
                .push(about_document(Severity::Warning, Code::UnknownKind, message));
        }
    }
    (cx.report, cx.secrets)
}

fn profile<'a>(cx: &mut Context<'a>, root: View<'a>) {
    let content = root.value("PayloadContent");
    // In over-the-air enrollment, the first profile has another PayloadType and a dictionary as content.
    if matches!(content, View::Map(_)) && matches!(root.value("PayloadType"), View::String("Profile Service")) {
        cx.add(
            Code::Unchecked,
            Severity::Info,
            &KeyPath::ROOT.key("PayloadContent"),
            "a profile service request; its content is not looked at",
        );
        return;
    }
    cx.set_payloads(content);
    fields::check_dictionary(cx, root, &[&TOP_LEVEL], &KeyPath::ROOT);
    if !root.value("EncryptedPayloadContent").is_absent() {
        let message = "the payloads are encrypted and were not looked at";
        cx.add(
            Code::Encrypted,
            Severity::Info,
            &KeyPath::ROOT.key("EncryptedPayloadContent"),
            message,
        );
    }
    let View::Array(payloads) = content else { return };
    let path = KeyPath::ROOT.key("PayloadContent");
    let mut known = vec![None; payloads.len()];
    for (index, known) in known.iter_mut().enumerate() {
        let view = payloads.item(index);
        let path = path.index(index);
        if !matches!(view, View::Map(_)) {
            cx.add(
                Code::WrongType,
                Severity::Error,
                &path,
                "expected a dictionary: a payload",
            );
            continue;
        }
        *known = check_named_item(cx, view, Family::Profile, Some(CommonPayloadKeys::TABLE), &path);
        managed::check(cx, view, &path);
    }
    duplicate_payloads::check(cx, known.into_iter(), &path);
}

fn command<'a>(cx: &mut Context<'a>, root: View<'a>) {
    if root.value("Command").is_absent() {
        check_named_item(cx, root, Family::Command, None, &KeyPath::ROOT);
        return;
    }
    fields::check_dictionary(cx, root, &[Request::TABLE], &KeyPath::ROOT);
    if root.value("CommandUUID").is_absent() {
        cx.add(
            Code::MissingKey,
            Severity::Warning,
            &KeyPath::ROOT.key("CommandUUID"),
            "the key `CommandUUID` is missing, by which the device's answer says what it answers",
        );
    }
    let path = KeyPath::ROOT.key("Command");
    match root.value("Command") {
        view @ View::Map(_) => {
            check_named_item(cx, view, Family::Command, None, &path);
        }
        _ => cx.add(
            Code::WrongType,
            Severity::Error,
            &path,
            "expected a dictionary: the command",
        ),
    }
}

fn response<'a>(cx: &mut Context<'a>, root: View<'a>, command: Option<&str>) {
    let path = KeyPath::ROOT.key("Status");
    let mut is_done = true;
    if let View::String(text) = root.value("Status") {
        match Status::from(text) {
            // `Response` cannot represent an empty status.
            Status::Unrecognized(text) if text.is_empty() => {
                cx.add(Code::NotAllowed, Severity::Error, &path, "the status is empty");
            }
            Status::Unrecognized(text) => {
                let message = format!("`{}` is none of the statuses that devices send", text.escape_debug());
                let known = || STATUSES.iter().map(Status::as_str);
                let help = match suggest::closest(&text, known()) {
                    Some(meant) => suggest::did_you_mean(meant),
                    None => format!("expected one of `{}`", known().collect::<Vec<_>>().join("`, `")),
                };
                cx.add_with_help(Code::NotAllowed, Severity::Warning, &path, message, Some(help));
            }
            status => is_done = status == Status::Acknowledged,
        }
    }
    let mut has_body = false;
    root.each(&mut |key, _| has_body |= Response::TABLE.index(key).is_none());
    let named = command.map(|name| (name, crate::items::registry::item(Family::Command, name)));
    match named {
        // Only a completed command must have a response body.
        Some((_, Some(item))) if is_done || has_body => {
            let tables: Vec<&'static Dict> = item.response.into_iter().chain([Response::TABLE]).collect();
            fields::check_dictionary(cx, root, &tables, &KeyPath::ROOT);
            return;
        }
        Some((name, None)) => report_unknown_item(cx, name, Family::Command, &KeyPath::ROOT),
        None if has_body => {
            let message = "nothing in a response says which command it answers, so its body was not looked at";
            let help = Some("say which: on the command line with `--command NAME`".to_owned());
            cx.add_with_help(Code::Unchecked, Severity::Info, &KeyPath::ROOT, message, help);
        }
        _ => {}
    }
    fields::check_dictionary(cx, root, &[Response::TABLE, &ANY_KEYS], &KeyPath::ROOT);
}

/// The values of `Status` that devices send.
const STATUSES: [Status; 5] = [
    Status::Acknowledged,
    Status::Error,
    Status::CommandFormatError,
    Status::Idle,
    Status::NotNow,
];

fn declaration<'a>(cx: &mut Context<'a>, root: View<'a>) {
    fields::check_dictionary(
        cx,
        root,
        &[&crate::items::declarations::DECLARATION_BASE],
        &KeyPath::ROOT,
    );
    let View::String(name) = root.value("Type") else { return };
    match find_item(Family::Declaration, name, root) {
        None => report_unknown_item(cx, name, Family::Declaration, &KeyPath::ROOT.key("Type")),
        Some(known) => {
            let payload = root.value("Payload");
            if matches!(payload, View::Map(_)) {
                check_item(cx, known, payload, None, &KeyPath::ROOT.key("Payload"));
            }
        }
    }
}
