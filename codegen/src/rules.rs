//! The rules of the overlay, with their paths resolved.

mod read;

use crate::message::shorten;
use crate::model::{Os, Scalar, Version};

pub use read::resolve;

/// The possible values of `format`: the names of `TextFormat` in the library.
pub const FORMATS: &[&str] = &[
    "absolute-path",
    "asset-identifier",
    "base64",
    "bundle-id",
    "bundle-or-composed-id",
    "bundle-requirement",
    "bundle-team-or-requirement-id",
    "cidr",
    "code-requirement",
    "composed-id",
    "country",
    "domain",
    "domain-prefix",
    "e164",
    "email",
    "file-name",
    "fqdn",
    "hex",
    "host-or-suffix",
    "host-port",
    "host-prefix",
    "hostname",
    "hostname-or-url",
    "http-header-name",
    "http-url",
    "https-url",
    "https-url-template",
    "iccid",
    "identifier",
    "ip",
    "ip-or-cidr",
    "ip-wildcard",
    "ipv4",
    "ipv6",
    "language",
    "language-or-default",
    "ldap-dn",
    "local-datetime",
    "localtime",
    "mac-address",
    "mime-type",
    "numeric",
    "oid",
    "os-build",
    "path",
    "pem",
    "plain-identifier",
    "predicate",
    "regex",
    "reverse-dns",
    "reverse-dns-or-uuid",
    "rfc3339",
    "sha256-hex",
    "shell-path",
    "status-item",
    "team-id",
    "timestamp",
    "timezone",
    "udid",
    "uri",
    "url",
    "url-path",
    "url-template",
    "uti",
    "uuid",
    "version",
    "wildcard-domain",
    "x500-attribute",
];

/// The possible values of `holds`: the names of `EmbeddedDocument` in the library.
pub const HOLDS: &[&str] = &[
    "certificate",
    "certificate-der",
    "certificate-pem",
    "cms",
    "declaration",
    "font",
    "font-not-collection",
    "image",
    "json",
    "manifest",
    "password-hash",
    "pkcs12",
    "pkcs12-or-unknown",
    "plist",
    "png-or-jpeg",
    "profile",
    "provisioning-profile",
    "public-key-der",
    "rtf",
    "status-predicate",
    "status-report",
    "tokens-response",
];

/// The possible values of `as` in an ordering.
pub const ORDERS: &[&str] = &["number", "version", "ip", "date", "string"];

/// Checks whether the library can compile a regular expression.
///
/// # Errors
///
/// Returns why it cannot.
pub fn check_pattern(pattern: &str) -> Result<(), String> {
    let is_anchored = pattern.starts_with('^') || pattern.ends_with('$');
    let whole = if is_anchored {
        pattern.to_owned()
    } else {
        format!("^(?:{pattern})$")
    };
    // On its own, too: `a)|(b` is one only between the brackets that are added.
    match regex_lite::Regex::new(pattern).and_then(|_| regex_lite::Regex::new(&whole)) {
        Ok(_) => Ok(()),
        Err(error) => {
            let look = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|look| pattern.contains(look));
            let hint = if look && !error.to_string().contains("look-around") {
                "; look-around is not supported"
            } else {
                ""
            };
            Err(format!("`{}`: {error}{hint}", shorten(pattern)))
        }
    }
}

/// A rule with its paths resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The requirement.
    pub check: Check,
    /// The conditions, all of which must be true.
    pub when: Vec<Condition>,
    /// Whether a violation is a warning rather than an error.
    pub warning: bool,
    /// The rule in one sentence.
    pub says: String,
    /// Where Apple states the rule.
    pub source: String,
}

/// A path from a dictionary to values.
pub type Path = Vec<Step>;

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Step {
    Key(String),
    Items,
    /// `[]` after a key that accepts a single value or an array.
    Each,
    Item(usize),
    /// The elements of an array whose key has this value.
    Where(String, String),
    /// The values of all entries.
    Any,
    /// The names of all entries.
    Names,
}

/// A test of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Test {
    Format(String),
    Pattern(String),
}

/// The requirement of a rule. The fields have the names that they have in the overlay.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Check {
    Charset {
        key: Path,
        from: i64,
        to: i64,
    },
    Utf8 {
        key: Path,
    },
    Length {
        key: Path,
        min: Option<i64>,
        max: Option<i64>,
        bytes: bool,
    },
    Pattern {
        key: Path,
        test: Test,
        not: bool,
    },
    Number {
        key: Path,
        min: Option<f64>,
        max: Option<f64>,
        step: Option<f64>,
        not: Vec<Scalar>,
    },
    Bits {
        key: Path,
        has: i64,
        needs: i64,
    },
    Count {
        key: Path,
        min: Option<i64>,
        max: Option<i64>,
    },
    Unique {
        key: Path,
        by: Vec<String>,
        ignore_case: bool,
    },
    Consistent {
        key: Path,
        by: Vec<String>,
    },
    Disjoint {
        keys: Vec<Path>,
    },
    Requires {
        keys: Vec<Path>,
    },
    RequiredOneOf {
        keys: Vec<Path>,
    },
    ExactlyOneOf {
        keys: Vec<Path>,
    },
    Excludes {
        keys: Vec<Path>,
    },
    OnlyIf {
        keys: Vec<Path>,
    },
    Value {
        key: Path,
        needs: Needs,
    },
    Ordering {
        lower: Path,
        upper: Path,
        strict: bool,
        by: String,
    },
    Refers {
        key: Path,
        to: Path,
        ignore_case: bool,
    },
    PayloadRef {
        key: Path,
        types: Vec<String>,
    },
    Document {
        key: Path,
        holds: String,
        argument: Option<String>,
    },
}

impl Check {
    /// Returns all paths of the check.
    #[must_use]
    pub fn paths(&self) -> Vec<&Path> {
        match self {
            Self::Charset { key, .. }
            | Self::Utf8 { key }
            | Self::Length { key, .. }
            | Self::Pattern { key, .. }
            | Self::Number { key, .. }
            | Self::Bits { key, .. }
            | Self::Count { key, .. }
            | Self::Unique { key, .. }
            | Self::Consistent { key, .. }
            | Self::Value { key, .. }
            | Self::PayloadRef { key, .. }
            | Self::Document { key, .. } => vec![key],
            Self::Disjoint { keys }
            | Self::Requires { keys }
            | Self::RequiredOneOf { keys }
            | Self::ExactlyOneOf { keys }
            | Self::Excludes { keys }
            | Self::OnlyIf { keys } => keys.iter().collect(),
            Self::Ordering { lower, upper, .. } => vec![lower, upper],
            Self::Refers { key, to, .. } => vec![key, to],
        }
    }
}

/// What a value must be.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Needs {
    In(Vec<Scalar>),
    Not(Vec<Scalar>),
    Test(Test),
    Range(Option<f64>, Option<f64>),
    Contains(Scalar),
}

/// When a rule holds. The last part of some is what counts where the key is absent: the schema's default.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Condition {
    In(Path, Vec<Scalar>, Option<Scalar>),
    Not(Path, Vec<Scalar>, Option<Scalar>),
    Present(Path, bool),
    Contains(Path, Scalar),
    Above(Path, f64),
    Below(Path, f64),
    Fits(Path, Test),
    Any(Vec<Condition>),
    Target(TargetCondition),
}

/// A condition on the target of a document.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum TargetCondition {
    Os {
        systems: Vec<Os>,
        from: Option<Version>,
        before: Option<Version>,
    },
    /// `user`, `device` or `local`.
    Enrollment(Vec<String>),
    Supervised(bool),
    /// `device` or `user`.
    Channel(String),
    /// `System` or `User`.
    Scope(String),
    SharedIpad(bool),
    AutomatedEnrollment(bool),
    ManualInstall(bool),
    Signed(bool),
    Encrypted(bool),
}
