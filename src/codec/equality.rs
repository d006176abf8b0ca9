//! Equality of values by what is written.

use super::{Record, View};

/// Whether two values are equal, independent of the types that hold them.
#[must_use]
pub fn same(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::String(a), View::String(b)) => a == b,
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Real(a), View::Real(b)) => a == b || (a.is_nan() && b.is_nan()),
        (View::Boolean(a), View::Boolean(b)) => a == b,
        (View::Data(a), View::Data(b)) => a == b,
        (View::Date(a), View::Date(b)) => a == b,
        (View::Uid(a), View::Uid(b)) => a == b,
        (View::Unparsed(a), View::Unparsed(b)) => a == b,
        (View::Array(a), View::Array(b)) => {
            a.len() == b.len() && (0..a.len()).all(|index| same(a.item(index), b.item(index)))
        }
        (View::Map(_) | View::Record(_), View::Map(_) | View::Record(_)) => {
            let (mut count, mut equal) = (0usize, true);
            a.each(&mut |key, view| {
                count += 1;
                equal = equal && same(*view, b.value(key));
            });
            let mut other = 0;
            b.each(&mut |_, _| other += 1);
            equal && count == other
        }
        _ => false,
    }
}

/// Whether two records are equal.
#[must_use]
pub fn same_records(a: &dyn Record, b: &dyn Record) -> bool {
    same(View::Record(a), View::Record(b))
}
