//! Values as keys of a hash table, for rules that compare values with each other.

use std::borrow::Cow;

use crate::codec::View;
use crate::value::{Date, Integer};

/// How a rule compares values.
#[derive(Clone, Copy)]
pub(super) struct Comparison<'r> {
    /// The keys by which dictionaries are compared. If empty, the values themselves are compared.
    pub(super) by: &'r [&'r str],
    pub(super) ignore_case: bool,
}

impl Comparison<'_> {
    /// The comparison of values themselves, in which case matters.
    pub(super) const EXACT: Self = Self {
        by: &[],
        ignore_case: false,
    };

    /// Returns what the comparison looks at. `None` if there is nothing to compare: arrays and dictionaries are not compared as a
    /// whole.
    pub(super) fn of(self, view: View<'_>) -> Option<Comparable<'_>> {
        let scalar = |view| Scalar::of(view, self.ignore_case);
        match self.by {
            [] => scalar(view).map(Comparable::One),
            keys => {
                let parts: Vec<_> = keys.iter().map(|key| scalar(view.value(key))).collect();
                parts.iter().any(Option::is_some).then_some(Comparable::Several(parts))
            }
        }
    }
}

/// The part of a value that is compared.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Comparable<'a> {
    One(Scalar<'a>),
    Several(Vec<Option<Scalar<'a>>>),
}

/// A value that is neither an array nor a dictionary.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Scalar<'a> {
    String(Cow<'a, str>),
    Boolean(bool),
    /// Also a real without a fraction: `1.0` equals `1`.
    Integer(Integer),
    /// The bits of a real.
    Real(u64),
    Data(&'a [u8]),
    Date(Date),
}

impl<'a> Scalar<'a> {
    fn of(view: View<'a>, ignore_case: bool) -> Option<Self> {
        Some(match view {
            View::String(text) if ignore_case => Self::String(Cow::Owned(text.to_lowercase())),
            View::String(text) => Self::String(Cow::Borrowed(text)),
            View::Boolean(flag) => Self::Boolean(flag),
            View::Integer(number) => Self::Integer(number),
            View::Real(number) => match Integer::from_f64(number) {
                Some(whole) => Self::Integer(whole),
                _ if number.is_nan() => Self::Real(f64::NAN.to_bits()),
                _ => Self::Real(number.to_bits()),
            },
            View::Data(bytes) => Self::Data(bytes),
            View::Date(date) => Self::Date(date),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_equal_regardless_of_their_type_of_number_and_of_case_if_ignored() {
        let ignore_case = Comparison {
            by: &[],
            ignore_case: true,
        };
        let real = View::Real;
        for (one, other, exact, ignoring_case) in [
            (View::String("a"), View::String("a"), true, true),
            (View::String("a"), View::String("A"), false, true),
            (View::String("ä"), View::String("Ä"), false, true),
            (View::String("k"), View::String("\u{212a}"), false, true),
            (View::String("0"), View::Integer(0.into()), false, false),
            (View::Integer(0.into()), real(0.0), true, true),
            (View::Integer(0.into()), real(-0.0), true, true),
            (real(0.5), real(0.5), true, true),
            (real(0.5), real(0.25), false, false),
            (real(f64::NAN), real(-f64::NAN), true, true),
            (View::Boolean(false), View::Integer(0.into()), false, false),
            (View::Data(b"a"), View::Data(b"a"), true, true),
            (View::Data(b"a"), View::Data(b"A"), false, false),
        ] {
            let same = |comparison: Comparison<'_>| comparison.of(one) == comparison.of(other);
            assert_eq!(
                same(Comparison::EXACT),
                exact,
                "{:?} {:?}",
                one.type_of(),
                other.type_of()
            );
            assert_eq!(
                same(ignore_case),
                ignoring_case,
                "{:?} {:?}",
                one.type_of(),
                other.type_of()
            );
        }
        assert!(Comparison::EXACT.of(View::Null).is_none());
    }
}
