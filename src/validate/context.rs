//! The state of one validation run.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::code::Code;
use super::collect::Collector;
use super::finding::{Finding, Report};
use super::need::Needs;
use super::path::{KeyPath, keys_below};
use super::suggest;
use super::target::Target;
use crate::codec::View;
use crate::items::catalog::Catalog;
use crate::schema::{Channel, Dict, Family, Item, Os, Scope, Severity};

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
    pub(crate) target: Option<Target>,
    /// The items beside those of the schema.
    pub(crate) catalog: Catalog,
    pub(crate) strictness: Strictness,
    /// Whether a device wrote the dictionary that is being checked. Its deviations are at most warnings, since nobody can fix a device.
    pub(super) is_written_by_device: bool,
    /// Whether the table of the value that is being checked is [unofficial](crate::schema::Dict::unofficial).
    pub(super) is_unofficial: bool,
    /// The scope of the profile that is being checked.
    pub(super) scope: Option<Scope>,
    /// Whether the enrollment was compared with the target's system.
    pub(super) is_enrollment_checked: bool,
    /// Whether the document is signed, if known.
    pub(crate) signed: Option<bool>,
    /// Whether the document is encrypted, if known.
    pub(crate) encrypted: Option<bool>,
    /// The index of the finding at each path, by the aspect of the key that it is about.
    places: HashMap<(Aspect, String), usize>,
    /// The item that is being checked.
    pub(crate) item: Option<&'static Item>,
    /// The number of steps in the path of the item that is being checked.
    pub(super) item_depth: usize,
    /// Collects requirements, if that is the purpose of the run.
    pub(super) collector: Option<Box<Collector>>,
    /// The payloads of the profile that is being checked.
    payloads: View<'a>,
    payload_types: OnceCell<HashMap<String, String>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(target: Option<&Target>, strictness: Strictness) -> Self {
        Self {
            report: Report::default(),
            target: target.copied(),
            catalog: Catalog::new(),
            is_written_by_device: false,
            is_unofficial: false,
            scope: None,
            is_enrollment_checked: false,
            signed: None,
            encrypted: None,
            places: HashMap::new(),
            strictness,
            item: None,
            item_depth: 0,
            collector: None,
            payloads: View::Absent,
            payload_types: OnceCell::new(),
        }
    }

    /// Checks items that the catalog has against the catalog.
    pub(crate) fn with_catalog(mut self, catalog: &Catalog) -> Self {
        self.catalog = catalog.clone();
        self
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

    /// Runs a check of something that this table describes.
    pub(super) fn with_table<T>(&mut self, table: &Dict, check: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.is_unofficial;
        self.is_unofficial |= table.unofficial;
        let result = check(self);
        self.is_unofficial = outer;
        result
    }

    /// Starts the check of a profile: sets the payloads that [`payload_type`](Self::payload_type) searches, and the scope.
    #[cfg(feature = "profiles")]
    pub(crate) fn enter_profile(&mut self, profile: View<'a>) {
        self.payloads = profile.value("PayloadContent");
        self.payload_types = OnceCell::new();
        let is = |name: &str| {
            profile
                .value("PayloadScope")
                .as_str()
                .is_some_and(|text| text.eq_ignore_ascii_case(name))
        };
        if is("System") {
            self.set_scope(Scope::System);
        } else if is("User") {
            self.set_scope(Scope::User);
        }
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

    /// Sets the scope of the profile. Macs choose the channel by it.
    #[cfg(feature = "profiles")]
    fn set_scope(&mut self, scope: Scope) {
        self.scope = Some(scope);
        if let Some(target) = self.target.as_mut().filter(|target| target.os == Os::Macos) {
            target.channel.get_or_insert(match scope {
                Scope::System => Channel::Device,
                Scope::User => Channel::User,
            });
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
        self.add_finding(code, severity, || Finding {
            help,
            ..Finding::new(code, severity, path.to_string(), message)
        });
    }

    /// Adds a finding about something that is probably meant to be `suggestion`. Without other `help`, the help proposes it.
    pub(super) fn add_with_suggestion(
        &mut self,
        code: Code,
        severity: Severity,
        path: &KeyPath<'_>,
        message: impl Into<String>,
        suggestion: Option<&'static str>,
        help: Option<String>,
    ) {
        self.add_finding(code, severity, || Finding {
            help: help.or_else(|| suggestion.map(suggest::did_you_mean)),
            suggestion,
            ..Finding::new(code, severity, path.to_string(), message)
        });
    }

    /// Adds a finding about something that the target lacks.
    pub(super) fn add_with_needs(
        &mut self,
        code: Code,
        severity: Severity,
        path: &KeyPath<'_>,
        message: impl Into<String>,
        needs: Needs,
    ) {
        self.add_finding(code, severity, || Finding {
            needs,
            ..Finding::new(code, severity, path.to_string(), message)
        });
    }

    fn add_finding(&mut self, code: Code, severity: Severity, finding: impl FnOnce() -> Finding) {
        let is_lenient = self.is_written_by_device || self.is_unofficial && code != Code::WrongType;
        let severity = match is_lenient {
            true => severity.min(Severity::Warning),
            false => severity,
        };
        if self.report.is_full() {
            return self.report.leave_out(severity);
        }
        let mut finding = finding();
        finding.severity = severity;
        self.name_item_and_key(&mut finding);
        self.push(finding);
    }

    /// Calls `check`, whose findings are about this item at this path.
    pub(crate) fn within(&mut self, item: &'static Item, path: &KeyPath<'_>, check: impl FnOnce(&mut Self)) {
        let around = (self.item.replace(item), self.item_depth);
        self.item_depth = path.depth();
        check(self);
        (self.item, self.item_depth) = around;
    }

    /// Sets the item and the key of a finding.
    fn name_item_and_key(&self, finding: &mut Finding) {
        finding.item = self.item.map(|item| item.name);
        finding.key = keys_below(&finding.path, self.item_depth);
    }

    /// Adds a finding of a rule, unless there is already one about the same mistake.
    pub(super) fn add_of_rule(&mut self, mut finding: Finding) {
        // One finding about a key is enough: the most severe one.
        let aspects = match Aspect::of(finding.code) {
            Some(_) => &[Aspect::Presence, Aspect::Value, Aspect::Effect][..],
            None => &[],
        };
        let known = aspects.iter().copied().find_map(|aspect| {
            let index = *self.places.get(&(aspect, finding.path.clone()))?;
            Some((aspect, index))
        });
        self.name_item_and_key(&mut finding);
        if let Some((aspect, index)) = known {
            if self.report.replace_if_worse(index, &finding) {
                self.places.remove(&(aspect, finding.path.clone()));
                self.note_place(&finding, index);
            }
        } else if !self.has_wrong_ancestor(&finding.path, finding.severity) {
            self.push(finding);
        }
    }

    /// Returns whether there is a finding about any key.
    pub(super) fn has_findings(&self) -> bool {
        !self.places.is_empty()
    }

    /// Returns whether there is already a finding of at least this severity about the key at this path.
    pub(super) fn has_finding(&self, path: &str, severity: Severity) -> bool {
        [Aspect::Presence, Aspect::Value].into_iter().any(|aspect| {
            let finding = self.finding_at(aspect, path);
            finding.is_some_and(|finding| finding.severity >= severity)
        })
    }

    fn finding_at(&self, aspect: Aspect, path: &str) -> Option<&Finding> {
        let index = self.places.get(&(aspect, path.to_owned()))?;
        self.report.findings().get(*index)
    }

    /// Records that the last finding is also about the key at this path.
    pub(super) fn note_also(&mut self, code: Code, path: String) {
        let last = self.report.findings().len().checked_sub(1);
        if let (Some(aspect), Some(index)) = (Aspect::of(code), last) {
            self.places.entry((aspect, path)).or_insert(index);
        }
    }

    /// Returns whether a dictionary or array around the path has a finding of at least this severity that explains those inside.
    fn has_wrong_ancestor(&self, path: &str, severity: Severity) -> bool {
        let ends = path
            .char_indices()
            .filter(|(_, c)| matches!(c, '.' | '['))
            .map(|(end, _)| end);
        ends.filter_map(|end| path.get(..end)).any(|ancestor| {
            let is_cause = |finding: &Finding| {
                finding.severity >= severity && !matches!(finding.code, Code::UnknownKey | Code::RetiredKey)
            };
            self.finding_at(Aspect::Presence, ancestor).is_some_and(is_cause)
                || self
                    .finding_at(Aspect::Value, ancestor)
                    .is_some_and(|finding| is_cause(finding) && finding.code == Code::WrongType)
        })
    }

    fn push(&mut self, finding: Finding) {
        self.note_place(&finding, self.report.findings().len());
        self.report.push(finding);
    }

    fn note_place(&mut self, finding: &Finding, index: usize) {
        if let Some(aspect) = Aspect::of(finding.code) {
            self.places.entry((aspect, finding.path.clone())).or_insert(index);
        }
    }

    /// Forgets where findings are, before a document whose paths start again.
    #[cfg(feature = "declarations")]
    pub(super) fn forget_places(&mut self) {
        self.places.clear();
    }
}

/// What a finding is about. One mistake should not be reported twice, so that rules report each aspect of a key only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Aspect {
    /// Whether the key is present, or can be.
    Presence,
    /// The value.
    Value,
    /// Whether the key has an effect.
    Effect,
}

impl Aspect {
    const fn of(code: Code) -> Option<Self> {
        // Findings about several keys are located at the dictionary around them, where there can be several such findings.
        Some(match code {
            Code::MissingKey
            | Code::UnknownKey
            | Code::RetiredKey
            | Code::Requires
            | Code::Excludes
            | Code::OnlyIf
            | Code::NotAvailable
            | Code::NotYetAvailable
            | Code::Removed
            | Code::NeedsSupervision
            | Code::NeedsAutomatedEnrollment
            | Code::NeedsUserApproval
            | Code::WrongChannel
            | Code::WrongEnrollment
            | Code::SharedIpad
            | Code::NoManualInstall => Self::Presence,
            Code::WrongType
            | Code::NotAllowed
            | Code::OutOfRange
            | Code::BadFormat
            | Code::WrongCount
            | Code::BadReference
            | Code::Charset
            | Code::Length
            | Code::Pattern
            | Code::Number
            | Code::Count
            | Code::Unique
            | Code::ValueNeeds
            | Code::Document => Self::Value,
            Code::Ignored => Self::Effect,
            _ => return None,
        })
    }
}

/// The number of findings after which no more suggestions are made.
const MAX_SUGGESTIONS: usize = 1_000;
