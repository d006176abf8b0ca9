//! Checks a document of each kind against the schema.

use super::{Kind, Options, about_document, managed};
use crate::codec::{HasTable, View};
use crate::items::commands::{Request, Response, Status};
use crate::items::declarations::DECLARATION_BASE;
use crate::items::profiles::{CommonPayloadKeys, TOP_LEVEL};
use crate::items::protocol::StatusReport;
use crate::schema::{Described, Dict, Family, Item};
use crate::validate::{
    ANY_KEYS, Code, Context, KeyPath, Report, Requirements, Severity, Strictness, Target, check_item, check_named_item,
    duplicate_payloads, fields, find_item, report_unknown_item, suggest,
};

/// How a document is written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) is_json: bool,
    pub(super) is_signed: bool,
}

/// Checks a document of this kind. `described_by` is the item that describes it: for a response, the command.
pub(super) fn document(
    root: View<'_>,
    kind: Kind,
    described_by: Option<&'static Item>,
    form: Form,
    options: &Options,
    target: Option<&Target>,
) -> Report {
    let mut cx = context(root, target, form, options);
    walk(&mut cx, root, kind, described_by, options);
    cx.report
}

/// Collects the requirements of a document of this kind.
pub(super) fn requirements(
    root: View<'_>,
    kind: Kind,
    described_by: Option<&'static Item>,
    form: Form,
    options: &Options,
) -> Requirements {
    let mut cx = context(root, None, form, options);
    cx.collect_requirements();
    walk(&mut cx, root, kind, described_by, options);
    cx.take_requirements()
}

fn context<'a>(root: View<'a>, target: Option<&Target>, form: Form, options: &Options) -> Context<'a> {
    let strictness = Strictness::Document { json: form.is_json };
    let mut cx = Context::new(target, strictness).with_catalog(&options.catalog);
    cx.signed = Some(form.is_signed);
    cx.encrypted = Some(!root.value("EncryptedPayloadContent").is_absent());
    cx
}

fn walk<'a>(cx: &mut Context<'a>, root: View<'a>, kind: Kind, described_by: Option<&'static Item>, options: &Options) {
    match (kind, described_by) {
        (Kind::Response, _) => response(cx, root, described_by, options.command.as_deref()),
        (Kind::CheckinResponse, Some(known)) => {
            let tables: Vec<&'static Dict> = known.response.into_iter().collect();
            cx.within(known, &KeyPath::ROOT, |cx| {
                fields::check_dictionary(cx, root, &tables, &KeyPath::ROOT);
            });
        }
        (_, Some(known)) => described(cx, root, known, options),
        (Kind::Profile, None) => profile(cx, root),
        (Kind::Command, None) => command(cx, root),
        (Kind::Checkin, None) => {
            check_named_item(cx, root, Family::CheckIn, None, &KeyPath::ROOT);
        }
        (Kind::Declaration, None) => declaration(cx, root, options),
        // A reason in the errors of a status report.
        (Kind::StatusReason, None) => {
            let tables: Vec<&'static Dict> = super::kind::error_reason().into_iter().collect();
            fields::check_dictionary(cx, root, &tables, &KeyPath::ROOT);
        }
        (Kind::Status, None) => check_item(cx, StatusReport::ITEM, root, None, &KeyPath::ROOT),
        _ => unknown_kind(cx, root, options),
    }
}

/// Checks a document that is a single item.
fn described<'a>(cx: &mut Context<'a>, root: View<'a>, known: &'static Item, options: &Options) {
    if known.family == Family::Profile && options.item.is_none() {
        let message = "expected a profile, found a payload alone";
        let help = Some("put the payload into the array `PayloadContent` of a profile".to_owned());
        cx.add_with_help(Code::UnknownKind, Severity::Error, &KeyPath::ROOT, message, help);
    }
    let tag = match known.family {
        Family::Command => "RequestType",
        Family::CheckIn => "MessageType",
        Family::Profile => "PayloadType",
        _ => return check_item(cx, known, root, None, &KeyPath::ROOT),
    };
    if root.value(tag).is_absent() {
        check_item(cx, known, root, None, &KeyPath::ROOT);
    } else {
        let common = (known.family == Family::Profile).then_some(CommonPayloadKeys::TABLE);
        check_named_item(cx, root, known.family, common, &KeyPath::ROOT);
    }
}

/// Reports a document of unknown kind, with a hint if it looks like a profile with misspelled keys.
fn unknown_kind(cx: &mut Context<'_>, root: View<'_>, options: &Options) {
    let wanted = options.expected.filter(|kind| *kind != Kind::Unknown);
    let (severity, message) = match wanted {
        Some(kind) => (
            Severity::Error,
            format!("expected {}, found {}", kind.describe(), Kind::Unknown.describe()),
        ),
        None => (
            options.unknown_kind,
            "a document of unknown kind; it was not checked".to_owned(),
        ),
    };
    let mut help = None;
    root.each(&mut |key, _| {
        let known = [
            "PayloadContent",
            "PayloadType",
            "MessageType",
            "Command",
            "RequestType",
            "Type",
            "StatusItems",
        ];
        if let Some(known) = known.iter().find(|known| known.eq_ignore_ascii_case(key))
            && **known != *key
        {
            help.get_or_insert_with(|| format!("keys are case-sensitive: write `{known}` instead of `{key}`"));
        }
    });
    if help.is_none() && !matches!(root, View::Map(_)) {
        help = Some("the document must be a dictionary".to_owned());
    }
    let mut finding = about_document(severity, Code::UnknownKind, message);
    finding.help = help;
    cx.report.push(finding);
}

fn profile<'a>(cx: &mut Context<'a>, root: View<'a>) {
    let content = root.value("PayloadContent");
    // In over-the-air enrollment, the first profile has another PayloadType and a dictionary as content.
    if matches!(content, View::Map(_)) && matches!(root.value("PayloadType"), View::String("Profile Service")) {
        cx.add(
            Code::Unchecked,
            Severity::Info,
            &KeyPath::ROOT.key("PayloadContent"),
            "the content of a profile service request is not checked",
        );
        return;
    }
    cx.enter_profile(root);
    fields::check_dictionary(cx, root, &[&TOP_LEVEL], &KeyPath::ROOT);
    if !root.value("EncryptedPayloadContent").is_absent() {
        let message = "the payloads are encrypted and were not checked";
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
        let message = "expected a request with the keys `Command` and `CommandUUID`, found a command alone";
        let help = Some("move the command into the dictionary `Command`, and add `CommandUUID` beside it".to_owned());
        cx.add_with_help(Code::MissingKey, Severity::Error, &KeyPath::ROOT, message, help);
        check_named_item(cx, root, Family::Command, None, &KeyPath::ROOT);
        return;
    }
    fields::check_dictionary(cx, root, &[Request::TABLE], &KeyPath::ROOT);
    if root.value("CommandUUID").is_absent() {
        cx.add(
            Code::MissingKey,
            Severity::Error,
            &KeyPath::ROOT.key("CommandUUID"),
            "`CommandUUID` is missing; the device repeats it in the response",
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

fn response<'a>(cx: &mut Context<'a>, root: View<'a>, command: Option<&'static Item>, named: Option<&str>) {
    let path = KeyPath::ROOT.key("Status");
    let mut is_done = true;
    if let View::String(text) = root.value("Status") {
        match Status::from(text) {
            // `Response` cannot represent an empty status.
            Status::Unrecognized(text) if text.is_empty() => {
                cx.add(
                    Code::NotAllowed,
                    Severity::Error,
                    &path,
                    "expected a status, found an empty string",
                );
            }
            Status::Unrecognized(text) => {
                let known = || STATUSES.iter().map(Status::as_str);
                let names = known().collect::<Vec<_>>().join("`, `");
                let message = format!("expected one of `{names}`, found {}", crate::error::quoted(&text, 80));
                let help = suggest::closest(&text, known()).map(suggest::did_you_mean);
                cx.add_with_help(Code::NotAllowed, Severity::Warning, &path, message, help);
            }
            status => is_done = status == Status::Acknowledged,
        }
    }
    // Some devices name the command, which is not in the schema.
    let is_extra = |key: &str| Response::TABLE.index(key).is_none() && key != "RequestType";
    let mut has_body = false;
    root.each(&mut |key, _| has_body |= is_extra(key));
    match (command, named) {
        // Only a completed command must have a response body.
        (Some(item), _) if is_done || has_body => {
            let tables: Vec<&'static Dict> = item.response.into_iter().chain([Response::TABLE]).collect();
            cx.within(item, &KeyPath::ROOT, |cx| {
                fields::check_dictionary(cx, root, &tables, &KeyPath::ROOT);
            });
            return;
        }
        (None, Some(name)) => report_unknown_item(cx, name, Family::Command, &KeyPath::ROOT),
        (None, None) if has_body => {
            let message = "the body was not checked: the response does not name the command it belongs to";
            let help = Some("name the command: `--command NAME` on the command line".to_owned());
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

fn declaration<'a>(cx: &mut Context<'a>, root: View<'a>, options: &Options) {
    fields::check_dictionary(cx, root, &[&DECLARATION_BASE], &KeyPath::ROOT);
    let View::String(name) = root.value("Type") else { return };
    match find_item(&options.catalog, Family::Declaration, name, root) {
        None => report_unknown_item(cx, name, Family::Declaration, &KeyPath::ROOT.key("Type")),
        Some(known) => {
            let payload = root.value("Payload");
            if matches!(payload, View::Map(_)) {
                check_item(cx, known, payload, None, &KeyPath::ROOT.key("Payload"));
            }
        }
    }
    // Servers generate the token, so a document that a server still fills in need not have one.
    let is_sent = options.placeholders == super::Placeholders::none();
    let is_reported = DECLARATION_BASE.key("ServerToken").is_some_and(|key| key.required);
    if is_sent && !is_reported && root.value("ServerToken").is_absent() {
        cx.add(
            Code::MissingKey,
            Severity::Error,
            &KeyPath::ROOT.key("ServerToken"),
            "the required key `ServerToken` is missing",
        );
    }
}
