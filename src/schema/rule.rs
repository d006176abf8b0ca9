//! Rules as data: what Apple states in prose, and a document alone can break.

use super::{Literal, Os};
use crate::validate::{Format, Holds, Severity};

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
pub enum Test {
    /// Of this form.
    Format(Format),
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
    Pattern { key: Path, test: Test, not: bool },
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
    Value { key: Path, needs: Needs },
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
    Document { key: Path, holds: Holds },
}

/// What a value must be.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_enums)]
pub enum Needs {
    /// One of these.
    In(&'static [Literal]),
    /// None of these.
    Not(&'static [Literal]),
    /// A text of this form.
    Test(Test),
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
    Fits(Path, Test),
    /// One of these holds.
    Any(&'static [Condition]),
}
