//! Rules as data: what Apple states in prose, and a document alone can break.

use std::fmt;

use super::{Literal, Os, TextFormat};

/// Something that must be so in a dictionary.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What must be so.
    pub check: Check,
    /// When; all conditions must hold.
    pub when: &'static [Condition],
    /// On which operating systems; on all where there is none.
    pub systems: &'static [Os],
    /// How grave a breach is.
    pub severity: Severity,
    /// What must be so, in a sentence.
    pub says: &'static str,
    /// Where Apple states it.
    pub source: &'static str,
}

impl Rule {
    /// A rule that asks for nothing, without conditions and on all systems; what tables start from, see
    /// [`Key::EMPTY`](super::Key::EMPTY).
    pub const EMPTY: Self = Self {
        check: Check::Requires { keys: &[] },
        when: &[],
        systems: &[],
        severity: Severity::Error,
        says: "",
        source: "",
    };
}

/// A path from the dictionary that a rule is about to values in it; it may lead to several.
pub type Path = &'static [Step];

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Step {
    /// The value of this key.
    Key(&'static str),
    /// All items of the array.
    Items,
    /// One item of the array.
    Item(usize),
    /// The items of the array whose key has this value.
    Where(&'static str, &'static str),
    /// The values of all entries of the dictionary.
    Any,
    /// The names of all entries of the dictionary.
    Names,
}

/// What a text must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum TextTest {
    /// Of this form.
    Format(TextFormat),
    /// Matched as a whole by this regular expression.
    Pattern(&'static str),
}

/// How values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Order {
    /// As numbers.
    Number,
    /// As versions.
    Version,
    /// As IP addresses of one family.
    Ip,
    /// As dates.
    Date,
    /// As texts.
    String,
}

/// What must be so. `key` and `keys` are paths from the dictionary that the rule is about.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Check {
    /// Each character is one from `from` to `to`.
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
    /// The form of a text, or with `not` one that it does not have.
    Pattern { key: Path, test: TextTest, not: bool },
    /// The bounds of a number, what it is a multiple of, what it is not.
    Number {
        key: Path,
        min: Option<f64>,
        max: Option<f64>,
        step: Option<f64>,
        not: &'static [Literal],
    },
    /// A number that has the bits `has` has the bits `needs` too.
    Bits { key: Path, has: i64, needs: i64 },
    /// The number of items of an array, or of entries of a dictionary.
    Count {
        key: Path,
        min: Option<usize>,
        max: Option<usize>,
    },
    /// All values differ; with `by`, the dictionaries differ in these keys taken together.
    Unique {
        key: Path,
        by: &'static [&'static str],
        ignore_case: bool,
    },
    /// Dictionaries that have the same values for the keys in `by` have the same at the last step.
    Consistent { key: Path, by: &'static [&'static str] },
    /// No value stands at two of the paths.
    Disjoint { keys: &'static [Path] },
    /// All the keys are there.
    Requires { keys: &'static [Path] },
    /// One of the keys at least is there.
    RequiredOneOf { keys: &'static [Path] },
    /// One of the keys is there, and only one.
    ExactlyOneOf { keys: &'static [Path] },
    /// With conditions: none of the keys is there; without: one at most.
    Excludes { keys: &'static [Path] },
    /// The keys are there only where the conditions hold.
    OnlyIf { keys: &'static [Path] },
    /// The value is such.
    Value { key: Path, needs: ValueConstraint },
    /// The one value is not greater than the other; with `strict`, less.
    Ordering {
        lower: Path,
        upper: Path,
        strict: bool,
        by: Order,
    },
    /// The value occurs at the path `to`.
    Refers { key: Path, to: Path, ignore_case: bool },
    /// The value is the UUID of a payload of the profile, of one of these types.
    PayloadRef { key: Path, types: &'static [&'static str] },
    /// The data or text is such a document itself.
    Document { key: Path, holds: EmbeddedDocument },
}

/// What a value must be.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_enums)]
pub enum ValueConstraint {
    /// One of these.
    In(&'static [Literal]),
    /// None of these.
    Not(&'static [Literal]),
    /// A text of this form.
    Text(TextTest),
    /// A number from the one to the other.
    Range(Option<f64>, Option<f64>),
    /// An array that has this item.
    Contains(Literal),
}

/// When a rule holds.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_enums)]
pub enum Condition {
    /// The value is one of these; the last part counts where it is absent.
    In(Path, &'static [Literal], Option<Literal>),
    /// The value is none of these; the last part counts where it is absent, and where there is none too, the condition holds.
    Not(Path, &'static [Literal], Option<Literal>),
    /// The value is there, or is not.
    Present(Path, bool),
    /// The array has this item.
    Contains(Path, Literal),
    /// The number is greater.
    Above(Path, f64),
    /// The number is less.
    Below(Path, f64),
    /// The text is of this form.
    Fits(Path, TextTest),
    /// One of these holds.
    Any(&'static [Condition]),
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably not what is wanted: it has no effect, is deprecated, or is mended on the way.
    Warning,
    /// A device or service refuses it, or cannot do what it says.
    Error,
}

impl Severity {
    /// `error`, `warning` or `info`.
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

/// What some data must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmbeddedDocument {
    /// A configuration profile, plain, signed or encrypted. Where its payloads can be seen, one must be of this type.
    Profile(Option<&'static str>),
    /// A property list.
    Plist,
    /// JSON.
    Json,
    /// One X.509 certificate in DER.
    Certificate,
    /// One X.509 certificate in DER, by the other name that rules have for it.
    CertificateDer,
    /// PEM text with at least one certificate and no private key.
    CertificatePem,
    /// A PKCS#12 file.
    Pkcs12,
    /// Anything but text and DER that is no PKCS#12 file: for keys whose published examples have arbitrary bytes.
    Pkcs12OrUnknown,
    /// A CMS message of any kind.
    Cms,
    /// A public key in DER: one sequence.
    PublicKeyDer,
    /// Rich text.
    Rtf,
    /// A TrueType or OpenType font.
    Font,
    /// Anything but a collection of fonts.
    FontNotCollection,
    /// A picture.
    Image,
    /// A picture in PNG or JPEG.
    PngOrJpeg,
    /// A provisioning profile: a signed property list.
    ProvisioningProfile,
    /// A property list with the parts of a password hash.
    PasswordHash,
    /// The status report of a device.
    StatusReport,
    /// The synchronization tokens of a server.
    TokensResponse,
    /// One declaration.
    Declaration,
    /// The manifest of an app.
    Manifest,
}

impl EmbeddedDocument {
    /// What the data must be; reads after "expected".
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
        }
    }
}
