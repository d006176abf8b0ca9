//! Findings and reports.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::need::{Need, Needs};
#[cfg(feature = "lint")]
use super::path::masked_key;
use super::target::Facet;
use crate::schema::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal: $meaning:literal, $remedy:literal;)*) => {
        /// The kind of a finding. The names are stable.
        ///
        /// | code | meaning | what to do |
        /// |---|---|---|
        $(#[doc = concat!("| `", $name, "` | ", $meaning, " | ", $remedy, " |")])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $name, "`: ", $meaning, " ", $remedy)]
                $variant,
            )*
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns the name, for example `missing-key`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Returns what a finding of this kind means.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }

            /// Returns what to do about it.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self {
                    $(Self::$variant => $remedy,)*
                }
            }
        }
    };
}

codes! {
    Syntax = "syntax": "The document is broken: no property list, no JSON.", "Mend it at the place that is named.";
    UnknownKind = "unknown-kind": "The document is of no kind that the schema has.", "Check that it is the file you meant.";
    Encrypted = "encrypted": "The content is encrypted and cannot be looked into.", "Check it before it is encrypted.";
    RepeatedKey = "repeated-key": "A dictionary has a key twice; readers differ in which one counts.", "Remove one of them.";
    WrongType = "wrong-type": "A value has another type than its key.", "Write it as the type that is named; services refuse it otherwise.";
    MissingKey = "missing-key": "A key that must be there is not.", "Add it.";
    UnknownKey = "unknown-key": "The schema has no such key there; a device ignores it.", "Correct the spelling, or remove it.";
    RetiredKey = "retired-key": "The schema had the key in an earlier release.", "Remove it, unless devices of that time are meant.";
    UnknownItem = "unknown-item": "The schema has no payload, command, message or declaration of this type.", "Check the spelling; types of other vendors are fine.";
    NotAllowed = "not-allowed": "A value is none of those that the key allows.", "Choose one of the allowed values.";
    OutOfRange = "out-of-range": "A number is outside its bounds.", "Choose one within them.";
    BadFormat = "bad-format": "A text does not have the form that its key asks for.", "Write it in that form.";
    WrongCount = "wrong-count": "An array has too few or too many items.", "Add or remove items.";
    DuplicatePayload = "duplicate-payload": "A profile has several payloads of a type that may be there once.", "Merge them.";
    BadReference = "bad-reference": "A declaration refers to an asset or declaration that is not there or is of another type.", "Refer to one of the right type.";
    Charset = "charset": "A text has a character that is not allowed there.", "Replace the character that is named.";
    Length = "length": "A text or data is too short or too long.", "Change it to the length that is named.";
    Pattern = "pattern": "A text is not of the form that Apple describes.", "Write it in that form.";
    Number = "number": "A number is not one that Apple describes.", "Choose another.";
    Count = "count": "An array or dictionary has another number of entries than Apple describes.", "Add or remove entries.";
    Unique = "unique": "Values that must differ are the same.", "Change or remove one.";
    Requires = "requires": "A key is missing that others make necessary.", "Add it, or change what makes it necessary.";
    RequiredOneOf = "required-one-of": "None of several keys is there, and one must be.", "Add one of them.";
    ExactlyOneOf = "exactly-one-of": "Of several keys exactly one must be there.", "Keep one of them.";
    Excludes = "excludes": "Keys are there that exclude each other.", "Keep one of them.";
    OnlyIf = "only-if": "A key is there though what it depends on is not.", "Remove it, or set what it depends on.";
    ValueNeeds = "value-needs": "A value does not go together with others.", "Change one of them.";
    Ordering = "ordering": "Two values are in the wrong order.", "Swap or change them.";
    Document = "document": "Data that must be a document of its own is none, or another one.", "Put the right document there.";
    NotAvailable = "not-available": "The operating system does not have it.", "Remove it, or choose another target.";
    NotYetAvailable = "not-yet-available": "The operating system has it in later versions only.", "Ask for the later version, or remove it.";
    Removed = "removed": "The operating system no longer has it.", "Use what replaced it.";
    Deprecated = "deprecated": "The operating system still has it, but not for long.", "Move to what replaces it.";
    NeedsSupervision = "needs-supervision": "It works on supervised devices only.", "Supervise the device, or remove it.";
    NeedsAutomatedEnrollment = "needs-automated-enrollment": "It works only on devices that were enrolled with Automated Device Enrollment.", "Use Automated Device Enrollment, or remove it.";
    NeedsUserApproval = "needs-user-approval": "It works where the user has approved the enrollment only.", "Have the user approve it.";
    WrongChannel = "wrong-channel": "It does not work on this channel.", "Send it on the other channel.";
    WrongEnrollment = "wrong-enrollment": "It does not work with this kind of enrollment.", "Remove it, or enroll in another way.";
    SharedIpad = "shared-ipad": "It does not work on a Shared iPad, or only there.", "Remove it for these devices.";
    MissingRight = "missing-right": "The enrollment does not give the server the right to it.", "Ask for the right in the MDM payload.";
    NoManualInstall = "no-manual-install": "A user cannot install it by hand.", "Install it by MDM.";
    Ignored = "ignored": "It is allowed but has no effect there.", "Remove it, or leave it if other devices need it.";
    Conflict = "conflict": "Two documents set the same thing differently.", "Keep one of the settings, or give the documents to different devices.";
    Placeholder = "placeholder": "A value has a placeholder that an MDM server fills in; it was not checked.", "Check the document in the form in which it is sent.";
    UnusedSuppression = "unused-suppression": "A comment that suppresses findings has none to suppress, or names a code that does not exist.", "Correct or remove the comment.";
    Signature = "signature": "Something is to be said about the signature of a profile.", "See the message.";
    Unchecked = "unchecked": "Something was not checked.", "See the message for what to add.";
    LeftOut = "left-out": "There is more to be found than a report has room for: a few MiB.", "Mend what is listed, and look again.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

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
