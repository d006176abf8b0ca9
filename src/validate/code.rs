//! The kinds of findings.

use std::fmt;

use serde::ser::{Serialize, Serializer};

/// Defines the codes and their documentation from the table in `code/table.rs`.
macro_rules! codes {
    ($(
        $variant:ident = $name:literal {
            checks: $checks:literal,
            why: $why:literal,
            $(flags: $flags:literal,)?
            $(failing: [$($failing_part:ident $(($failing_of:literal))? $failing:literal),+],
            passing: [$($passing_part:ident $(($passing_of:literal))? $passing:literal),+],)?
            fix: $fix:ident $remedy:literal,
        }
    )*) => {
        /// The kind of a finding. The names are stable.
        ///
        /// | code | meaning | automatic fix |
        /// |---|---|---|
        $(#[doc = concat!("| [`", $name, "`](Self::", stringify!($variant), ") | ", $checks, " | ", fix_name!($fix), " |")])*
        ///
        /// An automatic fix exists for some findings of a kind, not for all.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $name, "`: ", $checks)]
                ///
                #[doc = $why]
                $(
                    #[doc = concat!("\nThe examples are for `apple-mdm lint ", $flags, "`.")]
                )?
                $(
                    #[doc = "\nWith the finding:\n\n```text"]
                    $(#[doc = $failing])+
                    #[doc = "```\n\nWithout it:\n\n```text"]
                    $(#[doc = $passing])+
                    #[doc = "```"]
                )?
                ///
                #[doc = concat!($remedy, " Automatic fix: ", fix_name!($fix), ".")]
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
                    $(Self::$variant => $checks,)*
                }
            }

            /// Returns why it matters.
            #[must_use]
            pub const fn why(self) -> &'static str {
                match self {
                    $(Self::$variant => $why,)*
                }
            }

            /// Returns what to do about it.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self {
                    $(Self::$variant => $remedy,)*
                }
            }

            /// Returns whether some findings of this kind can be fixed automatically, and whether such a fix is safe.
            #[must_use]
            pub const fn fix(self) -> FixSafety {
                match self {
                    $(Self::$variant => FixSafety::$fix,)*
                }
            }

            /// Returns the flags of `apple-mdm lint` with which the [failing examples](Self::failing) have the finding. Empty if they have it
            /// without flags.
            #[must_use]
            pub const fn flags(self) -> &'static str {
                match self {
                    $(Self::$variant => flags!($($flags)?),)*
                }
            }

            /// Returns an example with the finding: usually one document, or several that do not fit together. Empty for
            /// [`LeftOut`](Self::LeftOut), which takes a very large document.
            #[must_use]
            pub const fn failing(self) -> &'static [Example] {
                match self {
                    $(Self::$variant => const { &[$($(Example::new(Part::$failing_part $(($failing_of))?, $failing)),+)?] },)*
                }
            }

            /// Returns the same example without the finding.
            #[must_use]
            pub const fn passing(self) -> &'static [Example] {
                match self {
                    $(Self::$variant => const { &[$($(Example::new(Part::$passing_part $(($passing_of))?, $passing)),+)?] },)*
                }
            }
        }
    };
}

mod example;
mod table;

pub use example::{Example, Part};
pub use table::Code;

/// Whether findings of a kind can be fixed automatically.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum FixSafety {
    /// They cannot.
    None,
    /// Some can, and a device that accepts the document does the same with the fixed one.
    Safe,
    /// Some can, but the fix is a guess about what was meant, so that the document may do something else afterwards.
    Unsafe,
}

impl FixSafety {
    /// Returns `none`, `safe` or `unsafe`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
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
