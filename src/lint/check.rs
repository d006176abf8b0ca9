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
    ANYTHING, Code, Context, Report, Secrets, Severity, Strictness, Trail, as_it_stands, called, fields, item, several,
    suggest, unknown,
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
            as_it_stands(&mut cx, root, Family::CheckIn, None, &Trail::ROOT);
        }
        Kind::Declaration => declaration(&mut cx, root),
        Kind::Status => {
            let known = if super::kind::is_status_items(root) {
                StatusItems::ITEM
            } else {
                StatusReport::ITEM
            };
            item(&mut cx, known, root, None, &Trail::ROOT);
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
    if root.value("CommandUUID").is_absent() {
        cx.find(
            Code::MissingKey,
            Severity::Warning,
            &Trail::ROOT.key("CommandUUID"),
            "the key `CommandUUID` is missing, by which the device's answer says what it answers",
        );
    }
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
    let trail = Trail::ROOT.key("Status");
    let mut is_done = true;
    if let View::String(text) = root.value("Status") {
        match Status::from(text) {
            // `Response` cannot represent an empty status.
            Status::Unrecognized(text) if text.is_empty() => {
                cx.find(Code::NotAllowed, Severity::Error, &trail, "the status is empty");
            }
            Status::Unrecognized(text) => {
                let message = format!("`{}` is none of the statuses that devices send", text.escape_debug());
                let known = || STATUSES.iter().map(Status::as_str);
                let help = match suggest::closest(&text, known()) {
                    Some(meant) => suggest::help(meant),
                    None => format!("expected one of `{}`", known().collect::<Vec<_>>().join("`, `")),
                };
                cx.find_with_help(Code::NotAllowed, Severity::Warning, &trail, message, Some(help));
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
            fields::dictionary(cx, root, &tables, &Trail::ROOT);
            return;
        }
        Some((name, None)) => unknown(cx, name, Family::Command, &Trail::ROOT),
        None if has_body => {
            let message = "nothing in a response says which command it answers, so its body was not looked at";
            let help = Some("say which: on the command line with `--command NAME`".to_owned());
            cx.find_with_help(Code::Unchecked, Severity::Info, &Trail::ROOT, message, help);
        }
        _ => {}
    }
    fields::dictionary(cx, root, &[Response::TABLE, &ANYTHING], &Trail::ROOT);
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
    fields::dictionary(cx, root, &[&crate::items::declarations::DECLARATION_BASE], &Trail::ROOT);
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
