//! The state of one validation run.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::finding::{Code, Finding, Report};
use super::path::KeyPath;
use super::suggest;
use super::target::Target;
use crate::codec::View;
use crate::schema::{Family, Item, Severity};

/// Where the values come from, which decides how strict the checks are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// The values were read into a type. Deviations that a tolerant reader corrects are not reported.
    Typed,
    /// The values are those of a document, exactly as written.
    #[cfg_attr(not(feature = "lint"), allow(dead_code))]
    Document {
        /// Whether the document is JSON, in which data and dates are text.
        json: bool,
    },
}

/// The state of one validation run: the report so far, and what the checks need to know about the document.
pub(crate) struct Context<'a> {
    pub(crate) report: Report,
    pub(crate) target: Option<&'a Target>,
    pub(crate) strictness: Strictness,
    /// The item that is being checked.
    pub(crate) item: Option<&'static Item>,
    /// The payloads of the profile that is being checked.
    payloads: View<'a>,
    payload_types: OnceCell<HashMap<String, String>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(target: Option<&'a Target>, strictness: Strictness) -> Self {
        Self {
            report: Report::default(),
            target,
            strictness,
            item: None,
            payloads: View::Absent,
            payload_types: OnceCell::new(),
        }
    }

    /// Returns whether data and dates may be text, as in JSON and in trees of items that are always sent as JSON.
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

    /// Sets the payloads that [`payload_type`](Self::payload_type) searches.
    #[cfg(feature = "profiles")]
    pub(crate) fn set_payloads(&mut self, payloads: View<'a>) {
        self.payloads = payloads;
        self.payload_types = OnceCell::new();
    }

    /// Returns the type of the payload with this UUID. `None` means that the document is not a profile, and `Some(None)` that the
    /// profile has no such payload.
    pub(crate) fn payload_type(&self, uuid: &str) -> Option<Option<&str>> {
        let View::Array(payloads) = self.payloads else {
            return None;
        };
        let payload_types = self.payload_types.get_or_init(|| {
            let text = |payload: View<'_>, key| payload.value(key).as_str().unwrap_or_default().to_owned();
            let payloads = (0..payloads.len()).map(|index| payloads.item(index));
            payloads
                .map(|p| (text(p, "PayloadUUID").to_ascii_lowercase(), text(p, "PayloadType")))
                .collect()
        });
        Some(payload_types.get(&uuid.to_ascii_lowercase()).map(String::as_str))
    }

    /// Returns the candidate that `name` is probably a misspelling of. After [`MAX_SUGGESTIONS`] findings there are no suggestions, so
    /// that a document made of misspelled keys takes no disproportionate time.
    pub(super) fn suggestion<'n>(&self, name: &str, candidates: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        if self.report.findings().len() < MAX_SUGGESTIONS {
            suggest::closest(name, candidates)
        } else {
            None
        }
    }

    pub(crate) fn add(&mut self, code: Code, severity: Severity, path: &KeyPath<'_>, message: impl Into<String>) {
        self.add_with_help(code, severity, path, message, None);
    }

    pub(crate) fn add_with_help(
        &mut self,
        code: Code,
        severity: Severity,
        path: &KeyPath<'_>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        if self.report.is_full() {
            return self.report.leave_out(severity);
        }
        self.report.push(Finding {
            code,
            severity,
            path: path.to_string(),
            message: message.into(),
            help,
            source: None,
        });
    }
}

/// The number of findings after which no more suggestions are made.
const MAX_SUGGESTIONS: usize = 10_000;
