//! Findings and reports.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::code::Code;
use super::need::{Need, Needs};
#[cfg(feature = "lint")]
use super::path::masked_key;
use super::target::Facet;
use crate::schema::Severity;

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut s = s.serialize_struct("Finding", 9)?;
        s.serialize_field("code", &self.code)?;
        s.serialize_field("severity", &self.severity)?;
        s.serialize_field("path", &self.path)?;
        s.serialize_field("message", &self.message)?;
        s.serialize_field("help", &self.help)?;
        s.serialize_field("source", &self.source)?;
        s.serialize_field("item", &self.item)?;
        s.serialize_field("key", &self.key)?;
        s.serialize_field("needs", &self.needs)?;
        s.end()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut s = s.serialize_struct("Report", 2)?;
        s.serialize_field("findings", &self.findings)?;
        let open: Vec<&str> = self.open.iter().map(|facet| facet.name()).collect();
        s.serialize_field("open", &open)?;
        s.end()
    }
}

/// A problem in a document, or something worth knowing about it.
///
/// The message and the help never contain the value of a secret key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The kind of finding.
    pub code: Code,
    /// How serious it is.
    pub severity: Severity,
    /// The path of the value: keys joined by dots, array elements as `[0]`. For a missing key, the path at which it belongs. Empty
    /// if the finding is about the document as a whole.
    pub path: String,
    /// Fact was found and what is expected.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
    /// Where Apple states the requirement.
    pub source: Option<&'static str>,
    /// The name of the item that it concerns, as in [`Item::name`](crate::schema::Item::name): a payload type, for example. `None` if it
    /// concerns the document around the items, or an item that the schema does not have.
    pub item: Option<&'static str>,
    /// The key that it concerns, as a path in the item without indices, such as `customRegex.passwordContentRegex`. Without an item, it is
    /// a path in the document. `None` if it concerns the item or the document as a whole.
    pub key: Option<String>,
    /// What the target would need so that this works. Empty if the target is not the reason.
    pub needs: Needs,
    /// The name of the key, or the value, that is probably meant.
    pub(crate) suggestion: Option<&'static str>,
}

impl Finding {
    /// A finding about no item, without help.
    pub(crate) fn new(code: Code, severity: Severity, path: String, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            path,
            message: message.into(),
            help: None,
            source: None,
            item: None,
            key: None,
            needs: Needs::NONE,
            suggestion: None,
        }
    }

    /// Returns the memory that the finding takes, in bytes.
    pub(crate) fn size(&self) -> usize {
        let key = self.key.as_ref().map_or(0, String::len);
        let needs = self.needs.len() * size_of::<Need>();
        let help = self.help.as_ref().map_or(0, String::len);
        size_of::<Self>() + self.path.len() + self.message.len() + help + key + needs
    }

    /// Replaces the path by one in which keys that must not be shown are masked. It has the same steps.
    #[cfg(feature = "lint")]
    pub(crate) fn mask_path(&mut self, masked: String) {
        self.key = masked_key(self.key.take(), &self.path, &masked);
        self.path = masked;
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}] ", self.severity, self.code)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// A list that takes no more memory than the findings of a report can.
pub(crate) struct BoundedList<T> {
    pub(crate) list: Vec<T>,
    size: usize,
    /// Whether something was left out.
    pub(crate) are_more: bool,
}

impl<T> Default for BoundedList<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            size: 0,
            are_more: false,
        }
    }
}

impl<T> BoundedList<T> {
    pub(crate) const fn is_full(&self) -> bool {
        self.size >= Report::MAX_SIZE
    }

    /// Counts memory that is used in addition to the list.
    pub(crate) const fn reserve(&mut self, bytes: usize) {
        self.size += bytes;
    }

    /// Adds an element if there is room. `make` returns it and the number of bytes that it owns.
    pub(crate) fn add(&mut self, make: impl FnOnce() -> (T, usize)) {
        if self.is_full() {
            self.are_more = true;
            return;
        }
        let (element, bytes) = make();
        self.reserve(size_of::<T>() + bytes);
        self.list.push(element);
    }
}

/// All findings, in the order of the document.
///
/// A report can be used as an error, which lists its errors: `request.validate().into_result()?`.
///
/// A report holds up to 4 MiB of findings. If there are more, a last finding with [`Code::LeftOut`] says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct Report {
    findings: Vec<Finding>,
    /// The properties that the target leaves open although something depends on them.
    open: Vec<Facet>,
    /// The memory that the findings take, in bytes.
    size: usize,
    /// The index of the finding with [`Code::LeftOut`].
    left_out: Option<usize>,
}

impl Report {
    /// Returns all findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the errors.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
    }

    /// Returns the warnings.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Warning)
    }

    /// Returns whether there are no errors.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.errors().next().is_none()
    }

    /// Returns the properties that the [`Target`](super::Target) leaves open although something in the document depends on them. Fact
    /// depends on them was not checked.
    #[must_use]
    pub fn open(&self) -> &[Facet] {
        &self.open
    }

    /// Converts the report into a result.
    ///
    /// # Errors
    ///
    /// Returns the report if there is an error among its findings.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_ok() { Ok(()) } else { Err(self) }
    }

    /// Returns the findings.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The maximum memory for findings, in bytes. A small document can have very many findings, with very long paths.
    pub(crate) const MAX_SIZE: usize = 4 << 20;

    pub(crate) const fn is_full(&self) -> bool {
        self.size >= Self::MAX_SIZE
    }

    /// Adds a finding if there is room.
    pub(crate) fn push(&mut self, finding: Finding) {
        if self.is_full() {
            return self.leave_out(finding.severity);
        }
        self.size += finding.size();
        self.findings.push(finding);
    }

    /// Replaces the finding at `index` by one that is more severe, and returns whether it did.
    pub(crate) fn replace_if_worse(&mut self, index: usize, finding: &Finding) -> bool {
        let Some(known) = self
            .findings
            .get_mut(index)
            .filter(|known| known.severity < finding.severity)
        else {
            return false;
        };
        self.size = self.size - known.size() + finding.size();
        *known = finding.clone();
        true
    }

    /// Records that a finding had no room.
    pub(crate) fn leave_out(&mut self, severity: Severity) {
        let index = *self.left_out.get_or_insert_with(|| {
            let message = "there is more than is listed";
            self.findings
                .push(Finding::new(Code::LeftOut, severity, String::new(), message));
            self.findings.len() - 1
        });
        // The note is as serious as the most serious finding that was left out.
        let noted = &mut self.findings[index].severity;
        *noted = (*noted).max(severity);
    }

    /// Moves the findings from index `first` on below a path.
    pub(crate) fn move_under(&mut self, first: usize, path: &str) {
        for finding in self.findings.iter_mut().skip(first) {
            let dot = if finding.path.is_empty() || finding.path.starts_with('[') {
                ""
            } else {
                "."
            };
            finding.path = format!("{path}{dot}{}", finding.path);
        }
    }

    pub(crate) fn note_open(&mut self, facet: Facet) {
        if !self.open.contains(&facet) {
            self.open.push(facet);
        }
    }
}

impl fmt::Display for Report {
    /// Writes the errors, one per line, or all findings if there are no errors.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ok = self.is_ok();
        let shown = self
            .findings
            .iter()
            .filter(|finding| ok || finding.severity == Severity::Error);
        for (index, finding) in shown.enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            finding.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}
