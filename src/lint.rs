//! Checks documents as they occur in the wild and reports every problem with its line and column.
//!
//! [`lint`] takes the bytes of a document, detects what the document is, and checks it against the schema. The document can be a
//! profile (signed or not), a command, a response, a check-in message, a declaration or a status report, written as an XML or
//! binary property list or as JSON. Linting is stricter than the readers of this crate: what they repair silently is a
//! finding here, because services such as Apple Business Manager reject it.
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
//! ```

mod check;
mod kind;
mod managed;
mod secret;
#[cfg(feature = "cms")]
mod signature;
mod tree;

use std::fmt;

pub use kind::Kind;

use crate::error::{Error, ErrorKind, Position};
use crate::format::lines::Lines;
use crate::format::{DocumentFormat, Input, Limits, xml};
use crate::validate::{self, Code, Severity, Target};
use tree::{Irregularity, Tree};

/// What to check, and for which target.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The device and enrollment that the document is meant for. Without a target, availability is not checked.
    pub target: Option<Target>,
    /// The request type of the command that a response belongs to.
    pub command: Option<String>,
    /// Whether a profile without a valid signature is an error.
    pub require_signature: bool,
    /// The root certificates that signers must chain to. Without roots, trust is not checked.
    #[cfg(feature = "cms")]
    pub roots: crate::cms::Roots,
    /// The maximum depth and size of a document.
    pub limits: Limits,
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

/// A finding and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The finding.
    pub finding: validate::Finding,
    /// The position in the document, if the document is text. Positions refer to [`LintResult::text`].
    pub position: Option<Position>,
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
    /// The text of the document, if the document is text: without the signature, as UTF-8, with the values of secret keys replaced by
    /// asterisks and dots of the same length. Use it to show the source of a finding.
    pub text: Option<String>,
}

impl LintResult {
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
    let mut result = match Input::new(bytes, &options.limits) {
        Err(error) if *error.kind() == ErrorKind::Cms => lint_cms(bytes, options),
        input => lint_plain(input, options),
    };
    result
        .findings
        .sort_by_key(|finding| finding.position.map_or(0, |position| position.offset));
    result
}

/// Checks a document that is neither signed nor encrypted.
fn lint_plain(input: Result<Input<'_>, Error>, options: &Options) -> LintResult {
    let mut result = LintResult {
        kind: Kind::Unknown,
        findings: Vec::new(),
        text: None,
    };
    let input = match input {
        Ok(input) => input,
        Err(error) => {
            result.findings.push(unreadable(&error));
            return result;
        }
    };
    let tree = match Tree::read(&input) {
        Ok(tree) => tree,
        Err(error) => {
            result.text = input.text().and_then(secret::mask_by_name);
            let mut found = unreadable(&error);
            if let (Some(text), Some(position)) = (&result.text, &mut found.position) {
                *position = Lines::new(text).position(position.offset);
            }
            result.findings.push(found);
            return result;
        }
    };
    result.kind = Kind::detect(&tree);
    let (mut report, secrets) = check::document(&tree, result.kind, input.format() == DocumentFormat::Json, options);
    for found in &tree.irregularities.list {
        report.push(describe(found));
    }
    if tree.irregularities.are_more {
        report.leave_out(Severity::Error);
    }
    if input.format() == DocumentFormat::Json && matches!(result.kind, Kind::Profile | Kind::Command | Kind::Checkin) {
        let message = "devices and servers exchange this as a property list, not as JSON";
        report.push(about_document(Severity::Warning, Code::BadFormat, message));
    }
    result.text = input.text().and_then(|text| secret::mask(text, &tree, &secrets));
    if options.require_signature && result.kind == Kind::Profile {
        report.push(about_document(
            Severity::Error,
            Code::Signature,
            "the profile is not signed",
        ));
    }
    // Positions refer to the masked text: a mask may have more characters than what it hides, but never more bytes.
    let lines = result.text.as_deref().or(input.text()).map(Lines::new);
    let with_code = |code: Code| {
        let irregularities = tree.irregularities.list.iter();
        irregularities.filter(move |found| describe(found).code == code)
    };
    let (mut repeated, mut syntax) = (with_code(Code::RepeatedKey), with_code(Code::Syntax));
    result
        .findings
        .extend(report.into_findings().into_iter().map(|finding| {
            let offset = match finding.code {
                Code::RepeatedKey => repeated.next().and_then(|repeated| repeated.offset),
                Code::Syntax => syntax.next().and_then(|syntax| syntax.offset),
                code => tree.offset(&finding.path, is_about_key(code)),
            };
            let position = lines.as_ref().zip(offset).map(|(lines, offset)| lines.position(offset));
            Finding { finding, position }
        }));
    result
}

/// Returns the finding for something that was noticed while the document was read.
fn describe(found: &tree::Noticed) -> validate::Finding {
    let (code, severity, message, help) = match found.kind {
        Irregularity::RepeatedKey => (
            Code::RepeatedKey,
            Severity::Error,
            "the key is repeated; readers differ in which value counts".to_owned(),
            "remove one of them",
        ),
        Irregularity::Xml(kind) => {
            let (message, help) = kind.describe();
            let code = match kind {
                xml::Irregularity::Unparsed(_)
                | xml::Irregularity::NonstandardDate
                | xml::Irregularity::IncompleteBase64 => Code::BadFormat,
                _ => Code::Syntax,
            };
            let severity = if kind.is_rejected() {
                Severity::Error
            } else {
                Severity::Warning
            };
            (code, severity, message, help)
        }
    };
    validate::Finding {
        code,
        severity,
        path: found.path.clone(),
        message,
        help: Some(help.to_owned()),
        source: None,
    }
}

/// Whether findings with this code concern the key rather than its value.
fn is_about_key(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownKey
            | Code::RetiredKey
            | Code::NotAvailable
            | Code::NotYetAvailable
            | Code::Removed
            | Code::Deprecated
            | Code::NeedsSupervision
            | Code::OnlyIf
            | Code::Excludes
            | Code::ExactlyOneOf
            | Code::Ignored
            | Code::WrongEnrollment
            | Code::WrongChannel
            | Code::SharedIpad
    )
}

/// Returns the finding for a document that cannot be read.
fn unreadable(error: &Error) -> Finding {
    let code = match error.kind() {
        ErrorKind::UnknownFormat | ErrorKind::Cms => Code::UnknownKind,
        ErrorKind::RepeatedKey => Code::RepeatedKey,
        _ => Code::Syntax,
    };
    let finding = validate::Finding {
        code,
        severity: Severity::Error,
        path: error.path().to_owned(),
        message: error.kind().to_string(),
        help: None,
        source: None,
    };
    Finding {
        finding,
        position: error.position(),
    }
}

/// Returns a finding about the document as a whole.
fn about_document(severity: Severity, code: Code, message: impl Into<String>) -> validate::Finding {
    validate::Finding {
        code,
        severity,
        path: String::new(),
        message: message.into(),
        help: None,
        source: None,
    }
}

/// Reports a signed or encrypted message, which cannot be opened without the feature `cms`.
#[cfg(not(feature = "cms"))]
fn lint_cms(_: &[u8], _: &Options) -> LintResult {
    let message = "a signed or encrypted (CMS) document; it is not opened without the feature `cms`";
    let finding = Finding {
        finding: about_document(Severity::Warning, Code::Unchecked, message),
        position: None,
    };
    LintResult {
        kind: Kind::Unknown,
        findings: vec![finding],
        text: None,
    }
}

/// Checks the signature and the content of a signed message.
#[cfg(feature = "cms")]
fn lint_cms(bytes: &[u8], options: &Options) -> LintResult {
    let without = |severity, code, message: String| LintResult {
        kind: Kind::Unknown,
        findings: vec![Finding {
            finding: about_document(severity, code, message),
            position: None,
        }],
        text: None,
    };
    let signed = match crate::cms::Signed::open_with(bytes, &options.limits) {
        Ok(signed) => signed,
        Err(error @ crate::cms::Error::Encrypted) => {
            return without(Severity::Info, Code::Encrypted, format!("the document is {error}"));
        }
        Err(error) => return without(Severity::Error, Code::Syntax, error.to_string()),
    };
    // The signed content need not be signed again.
    let inner = Options {
        require_signature: false,
        ..options.clone()
    };
    let mut result = lint_plain(Input::new(signed.content(), &inner.limits), &inner);
    let findings = signature::findings(&signed, options);
    result.findings.extend(findings.into_iter().map(|finding| Finding {
        finding,
        position: None,
    }));
    result
}
