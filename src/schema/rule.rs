//! Rules as data: requirements that Apple states in prose and that a document can break.

use std::fmt;

use super::{Literal, TargetCondition, TextFormat};

/// A rule about a dictionary.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The requirement.
    pub check: Check,
    /// The conditions, all of which must be true for the rule to apply.
    pub when: &'static [Condition],
    /// The indices of keys of which at least one must be present for the rule to have an effect, so that it need not be evaluated
    /// otherwise. Empty if the rule must always be evaluated.
    pub triggers: &'static [u16],
    /// The severity of a finding.
    pub severity: Severity,
    /// The rule in a sentence.
    pub says: &'static str,
    /// Where Apple states it.
    pub source: &'static str,
}

impl Rule {
    /// A rule without a requirement. Generated tables start from it, see [`Key::EMPTY`](super::Key::EMPTY).
    pub const EMPTY: Self = Self {
        check: Check::Requires { keys: &[] },
        when: &[],
        triggers: &[],
        severity: Severity::Error,
        says: "",
        source: "",
    };
}

/// A path from the dictionary of a rule to values in it. It can lead to several values.
pub type Path = &'static [Step];

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Step {
    /// The value of this key.
    Key(&'static str),
    /// All elements of the array.
    Items,
    /// All elements of the array, or the value itself if it is a single value ([`Kind::OneOrMany`](super::Kind::OneOrMany)).
    Each,
    /// One element of the array.
    Item(usize),
    /// The elements of the array in which this key has this value.
    Where(&'static str, &'static str),
    /// The values of all entries of the dictionary.
    Any,
    /// The names of all entries of the dictionary.
    Names,
}

/// A requirement for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum TextTest {
    /// The text has this format.
    Format(TextFormat),
    /// This regular expression matches the whole text.
    Pattern(&'static str),
}

/// How an ordering rule compares values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Order {
    /// As numbers.
    Number,
    /// As versions.
    Version,
    /// As IP addresses of the same family.
    Ip,
    /// As dates.
    Date,
    /// As texts.
    String,
}

/// The requirement of a rule. `key` and `keys` are paths from the dictionary of the rule.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Check {
    /// Each character is in the range `from` to `to`.
    Charset { key: Path, from: u32, to: u32 },
    /// The data is UTF-8.
    Utf8 { key: Path },
    /// The number of characters of a text, or of bytes of data.
    Length {
        key: Path,
        min: Option<usize>,
        max: Option<usize>,
        bytes: bool,
    },
    /// The text passes the test, or with `not` fails it.
    Pattern { key: Path, test: TextTest, not: bool },
    /// The number is within the bounds, is a multiple of `step`, and is not listed in `not`.
    Number {
        key: Path,
        min: Option<f64>,
        max: Option<f64>,
        step: Option<f64>,
        not: &'static [Literal],
    },
    /// If the number has the bits `has`, it also has the bits `needs`.
    Bits { key: Path, has: i64, needs: i64 },
    /// The number of elements of an array, or of entries of a dictionary.
    Count {
        key: Path,
        min: Option<usize>,
        max: Option<usize>,
    },
    /// All values differ. With `by`, the dictionaries differ in the combination of these keys.
    Unique {
        key: Path,
        by: &'static [&'static str],
        ignore_case: bool,
    },
    /// Dictionaries with equal values for the keys in `by` have equal values at the last step.
    Consistent { key: Path, by: &'static [&'static str] },
    /// No value appears at two of the paths.
    Disjoint { keys: &'static [Path] },
    /// All keys are present.
    Requires { keys: &'static [Path] },
    /// At least one key is present.
    RequiredOneOf { keys: &'static [Path] },
    /// Exactly one key is present.
    ExactlyOneOf { keys: &'static [Path] },
    /// With conditions, no key is present; without, at most one is.
    Excludes { keys: &'static [Path] },
    /// The keys are present only if the conditions are true.
    OnlyIf { keys: &'static [Path] },
    /// The value satisfies the constraint.
    Value { key: Path, needs: ValueConstraint },
    /// The value at `lower` is at most the value at `upper`; with `strict`, it is less.
    Ordering {
        lower: Path,
        upper: Path,
        strict: bool,
        by: Order,
    },
    /// The value also appears at the path `to`.
    Refers { key: Path, to: Path, ignore_case: bool },
    /// The value is the UUID of a payload in the profile that has one of these types.
    PayloadRef { key: Path, types: &'static [&'static str] },
    /// The data or text is itself a document of this kind.
    Document { key: Path, holds: EmbeddedDocument },
}

/// A constraint on a single value.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_enums)]
pub enum ValueConstraint {
    /// It is one of these.
    In(&'static [Literal]),
    /// It is none of these.
    Not(&'static [Literal]),
    /// It is a text that passes this test.
    Text(TextTest),
    /// It is a number between a minimum and a maximum.
    Range(Option<f64>, Option<f64>),
    /// It is an array that contains this element.
    Contains(Literal),
}

/// A condition of a rule.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_enums)]
pub enum Condition {
    /// The value is one of these. If it is absent, the last part, its default, is compared.
    In(Path, &'static [Literal], Option<Literal>),
    /// The value is none of these. If it is absent, the last part, its default, is compared; without a default the condition is true.
    Not(Path, &'static [Literal], Option<Literal>),
    /// The value is present, or is absent.
    Present(Path, bool),
    /// The array contains this element.
    Contains(Path, Literal),
    /// The number is greater.
    Above(Path, f64),
    /// The number is less.
    Below(Path, f64),
    /// The text passes this test.
    Fits(Path, TextTest),
    /// At least one of these is true.
    Any(&'static [Condition]),
    /// The condition on the target is true.
    Target(TargetCondition),
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// The document probably does not do what it says, or a device deviates from the schema.
    Warning,
    /// The document breaks a requirement that Apple states, or Apple's parser rejects it.
    Error,
}

impl Severity {
    /// Returns `error`, `warning` or `info`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The kind of document that data or a text must contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmbeddedDocument {
    /// A configuration profile: plain, signed or encrypted. If its payloads can be read, one of them must have this type.
    Profile(Option<&'static str>),
    /// A property list.
    Plist,
    /// JSON.
    Json,
    /// One X.509 certificate in DER.
    Certificate,
    /// One X.509 certificate in DER; rules use two names for it.
    CertificateDer,
    /// PEM text with at least one certificate and no private key.
    CertificatePem,
    /// A PKCS#12 file.
    Pkcs12,
    /// Any data except text and DER that is not a PKCS#12 file. For keys whose published examples contain arbitrary bytes.
    Pkcs12OrUnknown,
    /// A CMS message of any kind.
    Cms,
    /// A public key in DER: one sequence.
    PublicKeyDer,
    /// Rich text.
    Rtf,
    /// A TrueType or OpenType font.
    Font,
    /// Any data except a collection of fonts.
    FontNotCollection,
    /// A picture.
    Image,
    /// A picture in PNG or JPEG.
    PngOrJpeg,
    /// A provisioning profile: a signed property list.
    ProvisioningProfile,
    /// A property list with a password hash.
    PasswordHash,
    /// A device's status report.
    StatusReport,
    /// A server's synchronization tokens.
    TokensResponse,
    /// One declaration.
    Declaration,
    /// The manifest of an app.
    Manifest,
    /// A predicate whose `@status(…)` expressions name status items of the schema.
    StatusPredicate,
}

impl EmbeddedDocument {
    /// Returns a description that can follow "expected".
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Profile(_) => "a configuration profile",
            Self::Plist => "a property list",
            Self::Json => "JSON",
            Self::Certificate | Self::CertificateDer => "an X.509 certificate in DER",
            Self::CertificatePem => "PEM text with a certificate",
            Self::Pkcs12 | Self::Pkcs12OrUnknown => "a PKCS#12 file",
            Self::Cms => "a CMS message",
            Self::PublicKeyDer => "a public key in DER",
            Self::Rtf => "rich text (RTF)",
            Self::Font => "a TrueType or OpenType font",
            Self::FontNotCollection => "a single font",
            Self::Image => "an image",
            Self::PngOrJpeg => "an image in PNG or JPEG",
            Self::ProvisioningProfile => "a provisioning profile",
            Self::PasswordHash => "a property list with a password hash",
            Self::StatusReport => "the JSON text of a status report",
            Self::TokensResponse => "the JSON text of synchronization tokens",
            Self::Declaration => "the JSON text of a declaration",
            Self::Manifest => "an app manifest",
            Self::StatusPredicate => "a predicate about status items of the schema",
        }
    }
}
