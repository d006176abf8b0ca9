//! Integers with the range of property lists.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// An integer from `i64::MIN` to `u64::MAX`, the range of property lists.
///
/// ```
/// use apple_mdm::value::Integer;
///
/// assert_eq!(Integer::from(-1).as_i64(), Some(-1));
/// assert_eq!(Integer::from(u64::MAX).as_i64(), None);
/// assert!(Integer::from(-1) < Integer::from(u64::MAX));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(Repr);

/// `Unsigned` is used only beyond `i64::MAX`, so that the derived comparisons are numeric.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Repr {
    Signed(i64),
    Unsigned(u64),
}

impl Integer {
    /// Returns the number as an `i64`, or `None` if it is greater than `i64::MAX`.
    #[must_use]
    pub const fn as_i64(self) -> Option<i64> {
        match self.0 {
            Repr::Signed(n) => Some(n),
            Repr::Unsigned(_) => None,
        }
    }

    /// Returns the number as a `u64`, or `None` if it is negative.
    #[must_use]
    pub const fn as_u64(self) -> Option<u64> {
        match self.0 {
            Repr::Signed(n) if n < 0 => None,
            Repr::Signed(n) => Some(n.unsigned_abs()),
            Repr::Unsigned(n) => Some(n),
        }
    }

    /// Returns the number as an `i128`.
    #[must_use]
    pub const fn as_i128(self) -> i128 {
        match self.0 {
            Repr::Signed(n) => n as i128,
            Repr::Unsigned(n) => n as i128,
        }
    }

    /// Formats the number in decimal.
    pub(crate) fn text(self, buffer: &mut itoa::Buffer) -> &str {
        match self.0 {
            Repr::Signed(n) => buffer.format(n),
            Repr::Unsigned(n) => buffer.format(n),
        }
    }

    /// Returns the nearest floating-point number.
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        match self.0 {
            Repr::Signed(n) => n as f64,
            Repr::Unsigned(n) => n as f64,
        }
    }

    /// Returns `n` if it is whole and in range.
    pub(crate) fn from_f64(n: f64) -> Option<Self> {
        const END: f64 = 18_446_744_073_709_551_616.0; // 2^64
        const START: f64 = -9_223_372_036_854_775_808.0; // -2^63
        if n.fract() != 0.0 || !(START..END).contains(&n) {
            None
        } else if n < 0.0 {
            Some((n as i64).into())
        } else {
            Some((n as u64).into())
        }
    }

    /// Parses the text of an `<integer>` element as Apple's reader does: white space, an optional sign, white space, and decimal digits or
    /// `0x` and hexadecimal digits. White space at the end, which Apple's reader rejects, is ignored.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Ok(n) = text.parse::<i64>() {
            return Some(n.into());
        }
        let text = text.trim_matches(is_apple_space);
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let digits = digits.trim_start_matches(is_apple_space);
        let (digits, radix) = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
            Some(hex) => (hex, 16),
            None => (digits, 10),
        };
        // `from_str_radix` would accept a second sign.
        if !digits.as_bytes().first()?.is_ascii_hexdigit() {
            return None;
        }
        let n = u64::from_str_radix(digits, radix).ok()?;
        if negative {
            0i64.checked_sub_unsigned(n).map(Self::from)
        } else {
            Some(n.into())
        }
    }
}

/// Returns whether Apple's reader takes the character as white space next to a number.
pub(crate) const fn is_apple_space(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7f}' | '\u{2000}'..='\u{200b}' | '\u{205f}' | '\u{3000}')
}

macro_rules! from_signed {
    ($($t:ty)*) => {$(
        impl From<$t> for Integer {
            fn from(n: $t) -> Self {
                Self(Repr::Signed(n.into()))
            }
        }
    )*};
}

from_signed!(i8 i16 i32 i64 u8 u16 u32);

impl From<u64> for Integer {
    fn from(n: u64) -> Self {
        Self(i64::try_from(n).map_or(Repr::Unsigned(n), Repr::Signed))
    }
}

impl TryFrom<i128> for Integer {
    type Error = Error;

    /// # Errors
    ///
    /// Returns an error if the number is less than `i64::MIN` or greater than `u64::MAX`.
    fn try_from(n: i128) -> Result<Self, Error> {
        if let Ok(n) = i64::try_from(n) {
            Ok(n.into())
        } else if let Ok(n) = u64::try_from(n) {
            Ok(n.into())
        } else {
            Err(Error::new(ErrorKind::Value {
                expected: "an integer of 64 bits".into(),
                found: "a greater number".into(),
            }))
        }
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Signed(n) => n.fmt(f),
            Repr::Unsigned(n) => n.fmt(f),
        }
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_apples_reader_parses() {
        let cases: &[(&str, Option<i128>)] = &[
            ("0", Some(0)),
            ("-0", Some(0)),
            ("+7", Some(7)),
            (" \n\t42 ", Some(42)),
            ("\u{1}\u{2003}- \t5", Some(-5)),
            ("007", Some(7)),
            ("0x1F", Some(31)),
            ("-0x10", Some(-16)),
            ("0Xff", Some(255)),
            ("18446744073709551615", Some(u64::MAX as i128)),
            ("-9223372036854775808", Some(i64::MIN as i128)),
            ("18446744073709551616", None),
            ("-9223372036854775809", None),
            ("", None),
            (" ", None),
            ("-", None),
            ("+", None),
            ("--1", None),
            ("+-1", None),
            ("0x", None),
            ("0x+1", None),
            ("1.0", None),
            ("1 2", None),
            ("1e3", None),
            ("ff", None),
            ("٣", None),
        ];
        for (text, want) in cases {
            assert_eq!(Integer::parse(text).map(Integer::as_i128), *want, "{text:?}");
        }
    }

    #[test]
    fn a_real_becomes_an_integer_only_if_it_is_whole_and_in_range() {
        let cases = [
            (30.0, Some(30)),
            (-0.0, Some(0)),
            (0.5, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
            (-9_223_372_036_854_775_808.0, Some(i64::MIN as i128)),
            (18_446_744_073_709_551_616.0, None),
            (9_223_372_036_854_775_808.0, Some(1 << 63)),
        ];
        for (real, want) in cases {
            assert_eq!(Integer::from_f64(real).map(Integer::as_i128), want, "{real}");
        }
    }
}
