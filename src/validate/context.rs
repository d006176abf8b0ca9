//! What a walk carries with it.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::finding::{Bounded, Code, Finding, Report};
use super::path::Trail;
use super::silent::Silent;
use super::suggest;
use super::target::Target;
use crate::codec::View;
use crate::schema::{Family, Item, Severity};

/// How a value came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// It was read into a type: what a tolerant reader mends is mended.
    Typed,
    /// It is as it stands in a document.
    #[cfg_attr(not(feature = "lint"), allow(dead_code))]
    Document {
        /// Where data and dates are text.
        json: bool,
    },
}

/// The paths of values that must not be shown.
pub(crate) type Secrets = Bounded<String>;

/// A walk over a document.
pub(crate) struct Context<'a> {
    pub(crate) report: Report,
    pub(crate) target: Option<&'a Target>,
    pub(crate) strictness: Strictness,
    /// The item that is looked at.
    pub(crate) item: Option<&'static Item>,
    /// Where the values are that must not be shown, in a document.
    #[cfg_attr(not(feature = "lint"), allow(dead_code))]
    pub(crate) secrets: Secrets,
    /// Lists of facts of which nothing is to be said to the target.
    pub(super) silent: Silent,
    /// The payloads of the profile that is looked at.
    payloads: View<'a>,
    by_uuid: OnceCell<HashMap<String, String>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(target: Option<&'a Target>, strictness: Strictness) -> Self {
        Self {
            report: Report::default(),
            target,
            strictness,
            item: None,
            secrets: Secrets::default(),
            silent: Silent::NONE,
            payloads: View::Absent,
            by_uuid: OnceCell::new(),
        }
    }

    /// Whether data and dates may be text: in JSON, and in trees of what is always JSON.
    pub(crate) fn is_textual(&self) -> bool {
        match self.strictness {
            Strictness::Document { json } => json,
            Strictness::Typed => self.item.is_some_and(|item| {
                matches!(
                    item.family,
                    Family::Declaration | Family::Credential | Family::Status | Family::Protocol
                )
            }),
        }
    }

    /// The walk is over a profile with these payloads.
    #[cfg(feature = "profiles")]
    pub(crate) fn within(&mut self, payloads: View<'a>) {
        self.payloads = payloads;
        self.by_uuid = OnceCell::new();
    }

    /// The type of the payload with this UUID: `None` outside a profile, `Some(None)` where the profile has no such payload.
    pub(crate) fn payload_type(&self, uuid: &str) -> Option<Option<&str>> {
        let View::Array(payloads) = self.payloads else {
            return None;
        };
        let by_uuid = self.by_uuid.get_or_init(|| {
            let text = |payload: View<'_>, key| match payload.value(key) {
                View::String(text) => text.to_owned(),
                _ => String::new(),
            };
            let payloads = (0..payloads.len()).map(|index| payloads.item(index));
            payloads
                .map(|p| (text(p, "PayloadUUID").to_ascii_lowercase(), text(p, "PayloadType")))
                .collect()
        });
        Some(by_uuid.get(&uuid.to_ascii_lowercase()).map(String::as_str))
    }

    /// Notes that the value here must not be shown.
    pub(super) fn note_secret(&mut self, trail: &Trail<'_>) {
        if self.strictness == Strictness::Typed {
            return;
        }
        self.secrets.add(|| {
            let path = trail.to_string();
            let bytes = path.len();
            (path, bytes)
        });
    }

    /// The candidate that is meant by `name`; none where the report is full, so that nobody sees it.
    pub(super) fn meant<'n>(&self, name: &str, candidates: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        if self.report.is_full() {
            None
        } else {
            suggest::closest(name, candidates)
        }
    }

    pub(crate) fn find(&mut self, code: Code, severity: Severity, trail: &Trail<'_>, message: impl Into<String>) {
        self.find_with_help(code, severity, trail, message, None);
    }

    pub(crate) fn find_with_help(
        &mut self,
        code: Code,
        severity: Severity,
        trail: &Trail<'_>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        if self.report.is_full() {
            return self.report.leave_out(severity);
        }
        self.push(code, severity, trail.to_string(), message.into(), help, None);
    }

    pub(crate) fn push(
        &mut self,
        code: Code,
        severity: Severity,
        path: String,
        message: String,
        help: Option<String>,
        source: Option<&'static str>,
    ) {
        self.report.push(Finding {
            code,
            severity,
            path,
            message,
            help,
            source,
        });
    }
}
