//! Checks documents as they occur in the wild and reports every problem with its line and column.
//!
//! [`lint`] takes the bytes of a document, detects its [`Kind`], and checks it against the schema. The document can be an XML or binary
//! property list, JSON, or a signed property list. Linting is stricter than the readers of this crate: what they repair silently is a
//! finding here, because services such as Apple Business Manager reject it. Documents embedded in others are checked, too: the profile in
//! an `InstallProfile` command, for example.
//!
//! ```
//! use apple_mdm::lint::{Options, lint};
//! use apple_mdm::validate::Code;
//!
//! let profile = br#"<plist version="1.0"><dict>
//! <key>PayloadContent</key><array><dict>
//!   <key>PayloadType</key><string>com.apple.loginwindow</string>
//!   <key>PayloadIdentifier</key><string>com.example.login</string>
//!   <key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
//!   <key>PayloadVersion</key><integer>1</integer>
//!   <key>HideLocalUsers</key>
//!   <integer>1</integer>
//! </dict></array>
//! <key>PayloadType</key><string>Configuration</string>
//! <key>PayloadIdentifier</key><string>com.example.profile</string>
//! <key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
//! <key>PayloadVersion</key><integer>1</integer>
//! </dict></plist>"#;
//!
//! let result = lint(profile, &Options::default());
//! let first = &result.findings[0];
//! assert_eq!((first.finding.code, first.finding.path.as_str()), (Code::WrongType, "PayloadContent[0].HideLocalUsers"));
//! assert_eq!(first.position.unwrap().line, 8);
//! assert_eq!(first.excerpt.as_ref().unwrap().text, "  <integer>1</integer>");
//! ```
//!
//! # Secrets
//!
//! Reports end up in logs, so they never contain a secret. A message quotes a value only if the schema knows its key and the key holds no
//! secret. An [`Excerpt`] shows the source line of a finding with everything masked except markup, the key names of the schema, and the
//! value in question. Nothing of a document that cannot be parsed is shown except markup and key names.
//!
//! # Placeholders
//!
//! Documents in a repository often contain [placeholders](Placeholders), which an MDM server replaces with values. A value that contains one is
//! reported as [`Code::Placeholder`] and not checked. Use [`Placeholders::none`] for documents in the form in which they are sent.
//!
//! # Suppression
//!
//! Comments in an XML property list suppress findings:
//!
//! - `<!-- apple-mdm: ignore CODE -->` covers the key or value that follows it, with everything in it.
//! - `<!-- apple-mdm: ignore-file CODE -->` covers the document.
//!
//! Several codes are separated by commas, and a reason can follow after a colon: `ignore wrong-type: the server needs text`. A comment that
//! suppresses nothing is reported as [`Code::UnusedSuppression`]. Comments cannot suppress an error that makes a document unreadable, nor
//! findings about its signature, since a document cannot vouch for itself. The comments of a signed document are part of what is signed.
//!
//! ```
//! use apple_mdm::lint::{Options, lint};
//!
//! let command = br#"<dict><key>CommandUUID</key><string>1</string><key>Command</key><dict>
//! <key>RequestType</key><string>DeviceLock</string>
//! <!-- apple-mdm: ignore length: these devices have short PINs -->
//! <key>PIN</key><string>1234</string>
//! </dict></dict>"#;
//! assert!(lint(command, &Options::default()).findings.is_empty());
//! ```
//!
//! # Fixes
//!
//! Many findings have a [`Fix`]: how to correct the document, and whether that is safe. [`fix()`] makes the fixes that you select and checks the
//! result.
//!
//! # Several documents
//!
//! A [`DocumentSet`] checks documents against each other: identifiers, references between declarations, and contradicting settings.

mod annotated;
mod assemble;
mod check;
mod embedded;
mod excerpt;
mod fix;
mod fixed;
mod kind;
mod managed;
mod place;
mod placeholder;
mod requirements;
mod secrecy;
mod secret_lines;
mod set;
#[cfg(feature = "cms")]
mod signature;
mod suppression;
mod tree;

use std::fmt;

pub use annotated::{AnnotatedContent, AnnotatedValue, annotate};
pub use excerpt::Excerpt;
pub use fix::Fix;
pub use fixed::{Fixed, fix};
pub use kind::Kind;
pub use placeholder::{ParsePlaceholderError, Placeholders};
pub use requirements::requirements;
pub use secret_lines::secret_lines;
pub use set::{DocumentFacts, DocumentSet};

use crate::codec::{View, Write};
use crate::error::{Error, ErrorKind, Position};
use crate::format::{DocumentFormat, Input, Limits};
use crate::items::catalog::Catalog;
use crate::items::registry;
use crate::schema::{Family, Item};
use crate::validate::{self, Code, Facet, Report, Severity, Target};
use tree::{Irregularity, Tree};

/// What to check, and for which target.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The device and enrollment that the document is meant for. Without a target, availability is not checked.
    pub target: Option<Target>,
    /// The request type of the command that a response belongs to. A response that names its command does not need it.
    pub command: Option<String>,
    /// The item that describes the document, if its content does not identify it: for the data of a credential, for example.
    pub item: Option<&'static Item>,
    /// Items beside those of Apple's schema, such as the payloads of other vendors.
    pub catalog: Catalog,
    /// The kind that the document must have. Another kind is an error.
    pub expected: Option<Kind>,
    /// The severity of a document of unknown kind: a warning by default.
    pub unknown_kind: Severity,
    /// The placeholders that an MDM server replaces before it sends the document.
    pub placeholders: Placeholders,
    /// Whether a profile without a valid signature is an error.
    pub require_signature: bool,
    /// The root certificates that signers must chain to. Without roots, trust is not checked.
    #[cfg(feature = "cms")]
    pub roots: crate::cms::Roots,
    /// The maximum depth and size of a document.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            target: None,
            command: None,
            item: None,
            catalog: Catalog::new(),
            expected: None,
            unknown_kind: Severity::Warning,
            placeholders: Placeholders::default(),
            require_signature: false,
            #[cfg(feature = "cms")]
            roots: crate::cms::Roots::default(),
            limits: Limits::default(),
        }
    }
}

impl Options {
    /// Sets the target.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    /// Sets the command that a response belongs to.
    #[must_use]
    pub fn command(mut self, request_type: impl Into<String>) -> Self {
        self.command = Some(request_type.into());
        self
    }

    /// Sets the item that describes the document.
    #[must_use]
    pub const fn item(mut self, item: &'static Item) -> Self {
        self.item = Some(item);
        self
    }

    /// Sets the items beside those of Apple's schema.
    #[must_use]
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.catalog = catalog;
        self
    }

    /// Sets the kind that the document must have.
    #[must_use]
    pub const fn expected(mut self, kind: Kind) -> Self {
        self.expected = Some(kind);
        self
    }

    /// Sets the severity of a document of unknown kind.
    #[must_use]
    pub const fn unknown_kind(mut self, severity: Severity) -> Self {
        self.unknown_kind = severity;
        self
    }

    /// Sets the placeholders that are recognized.
    #[must_use]
    pub fn placeholders(mut self, placeholders: Placeholders) -> Self {
        self.placeholders = placeholders;
        self
    }

    /// Sets the trusted root certificates.
    #[cfg(feature = "cms")]
    #[must_use]
    pub fn roots(mut self, roots: crate::cms::Roots) -> Self {
        self.roots = roots;
        self
    }

    /// Sets whether a profile must have a valid signature.
    #[must_use]
    pub fn require_signature(mut self, required: bool) -> Self {
        self.require_signature = required;
        self
    }
}

/// A finding, its position, and its source line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The finding. Neither the path, the message nor the help contains the value of a secret key.
    pub finding: validate::Finding,
    /// The position in the document, if the document is text.
    pub position: Option<Position>,
    /// The source line, if something of it can be shown. Values that could be secrets are masked.
    pub excerpt: Option<Excerpt>,
    /// How to fix it, if the linter knows a way and the document is a text that is not signed.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding without a position.
    fn unplaced(finding: validate::Finding) -> Self {
        Self {
            finding,
            position: None,
            excerpt: None,
            fix: None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Position { line, column, .. }) = self.position {
            write!(f, "{line}:{column}: ")?;
        }
        self.finding.fmt(f)
    }
}

/// The result of linting a document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LintResult {
    /// The kind of the document.
    pub kind: Kind,
    /// The findings, ordered by position. Findings without a position come first.
    pub findings: Vec<Finding>,
    /// What the target leaves open although something in the document depends on it. It was not checked.
    pub unchecked: Vec<Facet>,
    /// What the document contributes to checks across documents; see [`DocumentSet`].
    pub facts: DocumentFacts,
}

impl LintResult {
    fn of(kind: Kind, findings: Vec<Finding>) -> Self {
        Self {
            kind,
            findings,
            unchecked: Vec::new(),
            facts: DocumentFacts::default(),
        }
    }

    /// Returns the number of findings of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.finding.severity == severity)
            .count()
    }
}

/// Checks a document.
#[must_use]
pub fn lint(bytes: &[u8], options: &Options) -> LintResult {
    let job = Job {
        options,
        targets: &[options.target],
        depth: 0,
    };
    let result = lint_job(bytes, job).into_iter().next();
    result.unwrap_or_else(|| LintResult::of(Kind::Unknown, Vec::new()))
}

/// Checks a document for several targets, and reads it only once. Returns a result for each target, in their order. The target of the
/// options is ignored. The facts of all results are the same.
///
/// A [comment that suppresses findings](self#suppression) is reported as unused only if it is for all targets.
///
/// ```
/// use apple_mdm::lint::{Options, lint_for_targets};
/// use apple_mdm::validate::Target;
///
/// let command = br#"<dict><key>CommandUUID</key><string>1</string><key>Command</key><dict>
/// <key>RequestType</key><string>SetFirmwarePassword</string><key>NewPassword</key><string>secret</string>
/// </dict></dict>"#;
/// let results = lint_for_targets(command, &Options::default(), &[Target::macos("14")?, Target::ios("18")?]);
/// assert!(results[0].findings.is_empty());
/// assert_eq!(results[1].findings[0].finding.code.name(), "not-available");
/// # Ok::<(), apple_mdm::schema::ParseVersionError>(())
/// ```
#[must_use]
pub fn lint_for_targets(bytes: &[u8], options: &Options, targets: &[Target]) -> Vec<LintResult> {
    let targets: Vec<Option<Target>> = targets.iter().copied().map(Some).collect();
    let job = Job {
        options,
        targets: &targets,
        depth: 0,
    };
    lint_job(bytes, job)
}

/// How a document is checked.
#[derive(Clone, Copy)]
struct Job<'j> {
    /// The options, whose target is ignored.
    options: &'j Options,
    /// What the document is checked for. There is a result for each.
    targets: &'j [Option<Target>],
    /// The number of documents in which it is embedded.
    depth: usize,
}

impl Job<'_> {
    /// The same result for each target.
    fn repeat(self, result: LintResult) -> Vec<LintResult> {
        vec![result; self.targets.len()]
    }

    /// The results for a document with a single finding.
    fn only(self, finding: Finding) -> Vec<LintResult> {
        self.repeat(LintResult::of(Kind::Unknown, vec![finding]))
    }
}

fn lint_job(bytes: &[u8], job: Job<'_>) -> Vec<LintResult> {
    match Input::new(bytes, &job.options.limits) {
        Err(error) if *error.kind() == ErrorKind::Cms => lint_cms(bytes, job),
        input => lint_content(input, job, false),
    }
}

/// Checks a document that is not signed, or the content of a signed one.
fn lint_content(input: Result<Input<'_>, Error>, job: Job<'_>, is_signed: bool) -> Vec<LintResult> {
    let options = job.options;
    let input = match input {
        Ok(input) => input,
        Err(error) => return job.only(assemble::unreadable(&error, None)),
    };
    let tree = match Tree::read(&input) {
        Ok(tree) => tree,
        Err(error) => return job.only(assemble::unreadable(&error, Some(&input))),
    };
    let root = tree.root.view();
    let is_json = input.format() == DocumentFormat::Json;
    let (kind, item) = kind_and_item(root, options);
    let form = check::Form { is_json, is_signed };
    let with_target = |target: &Option<Target>| {
        let mut report = check::document(root, kind, item, form, options, target.as_ref());
        check_form(&mut report, &tree, kind, form, options);
        report
    };
    let reports = job.targets.iter().map(with_target).collect();
    assemble::results(&input, &tree, kind, item, reports, job)
}

/// Checks how a document is written, and whether it is of the expected kind.
fn check_form(report: &mut Report, tree: &Tree<'_>, kind: Kind, form: check::Form, options: &Options) {
    for found in &tree.irregularities.list {
        let mut finding = describe(found);
        // An unrelated file need not be correct.
        if kind == Kind::Unknown && options.unknown_kind == Severity::Info {
            finding.severity = Severity::Info;
        }
        report.push(finding);
    }
    if tree.irregularities.are_more {
        report.leave_out(Severity::Error);
    }
    if form.is_json && kind.is_property_list() {
        let message = "devices and servers exchange this as a property list, not as JSON";
        report.push(about_document(Severity::Warning, Code::BadFormat, message));
    }
    if options.require_signature && kind == Kind::Profile && !form.is_signed {
        let message = "the profile is not signed";
        report.push(about_document(Severity::Error, Code::Signature, message));
    }
    if let Some(expected) = options
        .expected
        .filter(|expected| ![*expected, Kind::Unknown].contains(&kind))
    {
        let message = format!("expected {}, found {}", expected.describe(), kind.describe());
        report.push(about_document(Severity::Error, Code::UnknownKind, message));
    }
}

/// Returns the kind of a document and the item that describes it: for a response, the command.
fn kind_and_item(root: View<'_>, options: &Options) -> (Kind, Option<&'static Item>) {
    let (kind, item) = match options.item {
        Some(item) => (Kind::of_item(item), Some(item)),
        None => Kind::detect(root, &options.catalog),
    };
    if kind != Kind::Response {
        return (kind, item);
    }
    let named = options.command.as_deref().or(root.value("RequestType").as_str());
    (kind, named.and_then(|name| registry::item(Family::Command, name)))
}

/// Returns the finding for something that was noticed while the document was read.
fn describe(found: &tree::Noticed) -> validate::Finding {
    let (severity, message, help) = match found.kind {
        Irregularity::RepeatedKey => (
            Severity::Error,
            "the key is repeated; readers differ in which value counts".to_owned(),
            "remove one of them",
        ),
        Irregularity::Format(kind) => {
            let (message, help) = kind.describe();
            let severity = if kind.is_rejected() {
                Severity::Error
            } else {
                Severity::Warning
            };
            (severity, message, help)
        }
    };
    validate::Finding {
        help: Some(help.to_owned()),
        ..validate::Finding::new(found.kind.code(), severity, found.path.clone(), message)
    }
}

/// Returns a finding about the document as a whole.
fn about_document(severity: Severity, code: Code, message: impl Into<String>) -> validate::Finding {
    validate::Finding::new(code, severity, String::new(), message)
}

/// Reports a signed or encrypted message, which cannot be opened without the feature `cms`.
#[cfg(not(feature = "cms"))]
fn lint_cms(_: &[u8], job: Job<'_>) -> Vec<LintResult> {
    let message = "a signed or encrypted (CMS) document; it is not opened without the feature `cms`";
    let finding = about_document(Severity::Warning, Code::Unchecked, message);
    job.only(Finding::unplaced(finding))
}

/// Checks the signature and the content of a signed message.
#[cfg(feature = "cms")]
fn lint_cms(bytes: &[u8], job: Job<'_>) -> Vec<LintResult> {
    let limits = &job.options.limits;
    let only = |severity, code, message: String| job.only(Finding::unplaced(about_document(severity, code, message)));
    let signed = match crate::cms::Signed::open_with(bytes, limits) {
        Ok(signed) => signed,
        Err(error @ crate::cms::Error::Encrypted) => {
            return only(Severity::Info, Code::Encrypted, format!("the document is {error}"));
        }
        Err(error) => return only(Severity::Error, Code::Syntax, error.to_string()),
    };
    let mut results = lint_content(Input::new(signed.content(), limits), job, true);
    let findings = signature::findings(&signed, job.options);
    for result in &mut results {
        // A change would break the signature.
        for found in &mut result.findings {
            found.fix = None;
        }
        let findings = findings.iter().cloned().map(Finding::unplaced);
        result.findings.splice(0..0, findings);
    }
    results
}
