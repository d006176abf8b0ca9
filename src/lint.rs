//! Lint: documents as they are in the field, every fault with its line and column.
//!
//! [`lint`] takes the bytes of a document (a profile, also a signed one; a command, a response, a check-in message, a
//! declaration, a status report; XML or binary property list, or JSON), finds out what it is, and holds it against the
//! schema. It is stricter than the readers of this crate: what they mend is a finding here, since services such as Apple
//! Business Manager refuse it.
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
//! let linted = lint(profile, &Options::default());
//! let fault = &linted.findings[0];
//! assert_eq!((fault.finding.code, fault.finding.path.as_str()), (Code::WrongType, "PayloadContent[0].HideLocalUsers"));
//! assert_eq!(fault.position.unwrap().line, 8);
//! ```

mod kind;
mod managed;
mod secret;
#[cfg(feature = "cms")]
mod signature;
mod tree;
mod walk;

use std::fmt;

pub use kind::Kind;

use crate::error::{Error, ErrorKind, Position};
use crate::format::lines::Lines;
use crate::format::{DocumentFormat, Input, Limits};
use crate::validate::{Code, Finding as Bare, Severity, Target};
use tree::{Tree, What};

/// How a document is linted.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// For whom the document is meant; without it, availability is not looked at.
    pub target: Option<Target>,
    /// The request type of the command that a response answers.
    pub command: Option<String>,
    /// Whether a profile without a valid signature is an error.
    pub require_signature: bool,
    /// The roots that a signer's certificate must come from; without any, trust is not checked.
    #[cfg(feature = "cms")]
    pub roots: crate::cms::Roots,
    /// The depth and size that are accepted.
    pub limits: Limits,
}

impl Options {
    /// With a target.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    /// With the command that a response answers.
    #[must_use]
    pub fn command(mut self, request_type: impl Into<String>) -> Self {
        self.command = Some(request_type.into());
        self
    }

    /// With the roots that signers are trusted by.
    #[cfg(feature = "cms")]
    #[must_use]
    pub fn roots(mut self, roots: crate::cms::Roots) -> Self {
        self.roots = roots;
        self
    }

    /// With signatures required.
    #[must_use]
    pub fn require_signature(mut self, required: bool) -> Self {
        self.require_signature = required;
        self
    }
}

/// A fault and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is.
    pub finding: Bare,
    /// Where it is, if the document is a text; positions are those of [`LintResult::text`].
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

/// What was found in a document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LintResult {
    /// What the document is.
    pub kind: Kind,
    /// The findings, in the order of the document where they have positions.
    pub findings: Vec<Finding>,
    /// The text of the document, where it is one: without the signature, as UTF-8, and with asterisks and dots, as long, in the place
    /// of the values of secret keys. It is there to show findings in it.
    pub text: Option<String>,
}

impl LintResult {
    /// The number of findings of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.finding.severity == severity)
            .count()
    }
}

/// Lints a document.
#[must_use]
pub fn lint(bytes: &[u8], options: &Options) -> LintResult {
    let mut linted = match Input::new(bytes, &options.limits) {
        Err(error) if *error.kind() == ErrorKind::Cms => signed(bytes, options),
        input => plain(input, options),
    };
    linted
        .findings
        .sort_by_key(|finding| finding.position.map_or(0, |position| position.offset));
    linted
}

fn plain(input: Result<Input<'_>, Error>, options: &Options) -> LintResult {
    let mut linted = LintResult {
        kind: Kind::Unknown,
        findings: Vec::new(),
        text: None,
    };
    let input = match input {
        Ok(input) => input,
        Err(error) => {
            linted.findings.push(broken(&error));
            return linted;
        }
    };
    let tree = match Tree::read(&input) {
        Ok(tree) => tree,
        Err(error) => {
            linted.text = input.text().and_then(secret::hidden_by_name);
            let mut found = broken(&error);
            if let (Some(text), Some(position)) = (&linted.text, &mut found.position) {
                *position = Lines::new(text).position(position.offset);
            }
            linted.findings.push(found);
            return linted;
        }
    };
    linted.kind = Kind::of(&tree);
    let (mut report, secrets) = walk::walk(&tree, linted.kind, input.format() == DocumentFormat::Json, options);
    for noted in &tree.noted.list {
        let (code, severity, message, help) = says(noted.what);
        report.push(Bare {
            code,
            severity,
            path: noted.path.clone(),
            message: message.to_owned(),
            help: Some(help.to_owned()),
            source: None,
        });
    }
    if tree.noted.are_more {
        report.leave_out(Severity::Error);
    }
    if input.format() == DocumentFormat::Json && matches!(linted.kind, Kind::Profile | Kind::Command | Kind::Checkin) {
        let message = "devices and servers exchange this as a property list, not as JSON";
        report.push(note(Severity::Warning, Code::BadFormat, message));
    }
    linted.text = input.text().and_then(|text| secret::hidden(text, &tree, &secrets));
    if options.require_signature && linted.kind == Kind::Profile {
        report.push(note(Severity::Error, Code::Signature, "the profile is not signed"));
    }
    // Places in the text that is shown: a sign in it may be more characters than what it hides, though never more bytes.
    let lines = linted.text.as_deref().or(input.text()).map(Lines::new);
    let mut repeated = tree.noted.list.iter().filter(|noted| noted.what == What::RepeatedKey);
    linted
        .findings
        .extend(report.into_findings().into_iter().map(|finding| {
            let offset = match finding.code {
                Code::RepeatedKey => repeated.next().and_then(|repeated| repeated.offset),
                code => tree.offset(&finding.path, at_key(code)),
            };
            let position = lines.as_ref().zip(offset).map(|(lines, offset)| lines.position(offset));
            Finding { finding, position }
        }));
    linted
}

/// What is said of a place that was noted when the document was read.
fn says(what: What) -> (Code, Severity, &'static str, &'static str) {
    match what {
        What::RepeatedKey => (
            Code::RepeatedKey,
            Severity::Error,
            "the key is there twice; readers differ in which one counts",
            "remove one of them",
        ),
        What::OddDate => (
            Code::BadFormat,
            Severity::Error,
            "devices read no date of this form",
            "write it in UTC, to the second, without white space: `2026-11-22T12:00:00Z`",
        ),
        What::CutData => (
            Code::BadFormat,
            Severity::Warning,
            "the base64 text ends within a group of four signs, which devices leave out",
            "end it with `=` or `==`, or see what is missing",
        ),
    }
}

/// Whether a finding is about the key rather than its value.
fn at_key(code: Code) -> bool {
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

/// A document that cannot be read.
fn broken(error: &Error) -> Finding {
    let code = match error.kind() {
        ErrorKind::UnknownFormat | ErrorKind::Cms => Code::UnknownKind,
        ErrorKind::RepeatedKey => Code::RepeatedKey,
        _ => Code::Syntax,
    };
    let finding = Bare {
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

fn note(severity: Severity, code: Code, message: impl Into<String>) -> Bare {
    Bare {
        code,
        severity,
        path: String::new(),
        message: message.into(),
        help: None,
        source: None,
    }
}

/// A signed or encrypted message, which is not looked into.
#[cfg(not(feature = "cms"))]
fn signed(_: &[u8], _: &Options) -> LintResult {
    let message = "a signed or encrypted (CMS) document; it is not opened without the feature `cms`";
    let finding = Finding {
        finding: note(Severity::Warning, Code::Unchecked, message),
        position: None,
    };
    LintResult {
        kind: Kind::Unknown,
        findings: vec![finding],
        text: None,
    }
}

/// A signed or encrypted message: what was signed is linted, the signature looked at.
#[cfg(feature = "cms")]
fn signed(bytes: &[u8], options: &Options) -> LintResult {
    let without = |severity, code, message: String| LintResult {
        kind: Kind::Unknown,
        findings: vec![Finding {
            finding: note(severity, code, message),
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
    // The message within is not to be required to be signed again.
    let inner = Options {
        require_signature: false,
        ..options.clone()
    };
    let mut linted = plain(Input::new(signed.content(), &inner.limits), &inner);
    let findings = signature::findings(&signed, options);
    linted.findings.extend(findings.into_iter().map(|finding| Finding {
        finding,
        position: None,
    }));
    linted
}
