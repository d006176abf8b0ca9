//! Dates.

use std::fmt;
use std::time::SystemTime;

use time::format_description::well_known::Rfc3339;
use time::{Month, OffsetDateTime, UtcDateTime};

use crate::error::{Error, ErrorKind};

/// A point in time, in UTC, in the years 0000 to 9999 of the Gregorian calendar.
///
/// Binary property lists and JSON keep fractions of a second. XML property lists have none: writing XML drops them, and reading XML
/// ignores them.
///
/// ```
/// use apple_mdm::value::Date;
///
/// let date: Date = "2024-05-06T07:08:09Z".parse()?;
/// assert_eq!(date.unix_seconds(), 1_714_979_289);
/// assert_eq!(date, "2024-05-06T09:08:09+02:00".parse()?);
/// assert_eq!(date.to_string(), "2024-05-06T07:08:09Z");
/// # Ok::<(), apple_mdm::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(UtcDateTime);

impl Date {
    /// The start of 1970.
    pub(crate) const EPOCH: Self = Self(UtcDateTime::UNIX_EPOCH);

    /// The start of 2001, the epoch of binary property lists, in seconds since the start of 1970.
    pub(crate) const START_OF_2001: u64 = 978_307_200;

    /// Returns the date with this Unix time: the seconds since the start of 1970, negative before it.
    ///
    /// # Errors
    ///
    /// Returns an error if the year is not in 0000 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, Error> {
        UtcDateTime::from_unix_timestamp(seconds)
            .ok()
            .and_then(Self::new)
            .ok_or_else(out_of_range)
    }

    /// Returns the Unix time: the whole seconds since the start of 1970, negative before it.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// Returns the fraction of the second in nanoseconds.
    #[must_use]
    pub const fn subsec_nanoseconds(self) -> u32 {
        self.0.nanosecond()
    }

    /// Returns the seconds since the start of 2001, as binary property lists store them. A fraction close to 1 is never rounded up to the
    /// next second.
    pub(crate) fn seconds_since_2001(self) -> f64 {
        let whole = (self.unix_seconds() - Self::START_OF_2001.cast_signed()) as f64;
        let seconds = whole + f64::from(self.subsec_nanoseconds()) / 1e9;
        seconds.min((whole + 1.0).next_down())
    }

    /// Returns the date without the fraction of its second, as XML property lists store it.
    #[must_use]
    pub fn whole_seconds(self) -> Self {
        Self(self.0.truncate_to_second())
    }

    fn new(date: UtcDateTime) -> Option<Self> {
        (0..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// Parses RFC 3339.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::parse_whole_utc(text.as_bytes()).or_else(|| {
            // `time` accepts any character between date and time.
            matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')).then_some(())?;
            let date = OffsetDateTime::parse(text, &Rfc3339).ok()?;
            Self::new(date.checked_to_utc()?)
        })
    }

    /// Returns whether a text is the usual form of a date, `2024-05-06T07:08:09Z`, which is the only one in XML property lists.
    pub(crate) fn is_standard(text: &str) -> bool {
        Self::parse_whole_utc(text.as_bytes()).is_some()
    }

    /// Parses the usual form, `2024-05-06T07:08:09Z`. It is much faster than the general parser.
    fn parse_whole_utc(text: &[u8]) -> Option<Self> {
        let &[
            y1,
            y2,
            y3,
            y4,
            b'-',
            mo1,
            mo2,
            b'-',
            d1,
            d2,
            b'T',
            h1,
            h2,
            b':',
            mi1,
            mi2,
            b':',
            s1,
            s2,
            b'Z',
        ] = text
        else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0u16, |n, d| d.is_ascii_digit().then(|| n * 10 + u16::from(d - b'0')))
        };
        let two = |a, b| number(&[a, b]).and_then(|n| u8::try_from(n).ok());
        let month = Month::try_from(two(mo1, mo2)?).ok()?;
        let date = time::Date::from_calendar_date(number(&[y1, y2, y3, y4])?.into(), month, two(d1, d2)?).ok()?;
        let time = time::Time::from_hms(two(h1, h2)?, two(mi1, mi2)?, two(s1, s2)?).ok()?;
        Some(Self(UtcDateTime::new(date, time)))
    }
}

fn out_of_range() -> Error {
    Error::new(ErrorKind::Value {
        expected: "a date in the years 0000 to 9999".into(),
        found: "another date".into(),
    })
}

impl std::str::FromStr for Date {
    type Err = Error;

    /// Parses RFC 3339 with any offset, with or without a fraction.
    ///
    /// # Errors
    ///
    /// Returns an error if the text has another form or the year, in UTC, is not in 0000 to 9999.
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text).ok_or_else(|| {
            Error::new(ErrorKind::Value {
                expected: "a date such as 2024-05-06T07:08:09Z".into(),
                found: "another text".into(),
            })
        })
    }
}

/// Shows RFC 3339 in UTC, with the digits of the fraction if there is one.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.0.year(), u8::from(self.0.month()), self.0.day());
        let (hour, minute, second) = self.0.as_hms();
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        let nanoseconds = self.0.nanosecond();
        if nanoseconds != 0 {
            let digits = format!("{nanoseconds:09}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<SystemTime> for Date {
    type Error = Error;

    /// # Errors
    ///
    /// Returns an error if the year is not in 0000 to 9999.
    fn try_from(time: SystemTime) -> Result<Self, Error> {
        let date = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => after
                .try_into()
                .ok()
                .and_then(|after| UtcDateTime::UNIX_EPOCH.checked_add(after)),
            Err(before) => before
                .duration()
                .try_into()
                .ok()
                .and_then(|before| UtcDateTime::UNIX_EPOCH.checked_sub(before)),
        };
        date.and_then(Self::new).ok_or_else(out_of_range)
    }
}

impl From<Date> for SystemTime {
    fn from(date: Date) -> Self {
        date.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_parsed_as_rfc_3339_and_shown_in_utc() {
        let cases = [
            ("2024-05-06T07:08:09Z", Some("2024-05-06T07:08:09Z")),
            ("2024-05-06t07:08:09z", Some("2024-05-06T07:08:09Z")),
            ("2024-05-06T07:08:09.250Z", Some("2024-05-06T07:08:09.25Z")),
            ("2024-05-06T07:08:09.000000001Z", Some("2024-05-06T07:08:09.000000001Z")),
            ("2024-05-06T07:08:09-01:30", Some("2024-05-06T08:38:09Z")),
            ("0001-01-01T00:00:00Z", Some("0001-01-01T00:00:00Z")),
            // Apple writes `Date.distantPast` like this.
            ("0000-12-30T00:00:00Z", Some("0000-12-30T00:00:00Z")),
            ("9999-12-31T23:59:59Z", Some("9999-12-31T23:59:59Z")),
            ("9999-12-31T23:59:59-01:00", None),
            ("0000-01-01T00:00:00+01:00", None),
            ("2023-02-29T00:00:00Z", None),
            ("2024-05-06T24:00:00Z", None),
            ("2024-05-06", None),
            ("2024-05-06 07:08:09", None),
            ("20240506T070809Z", None),
            ("+2024-05-06T07:08:09Z", None),
            ("", None),
        ];
        for (text, want) in cases {
            assert_eq!(Date::parse(text).map(|d| d.to_string()).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn dates_convert_to_and_from_system_time() {
        for text in [
            "1969-12-31T23:59:59.5Z",
            "2024-05-06T07:08:09.25Z",
            "0001-01-01T00:00:00Z",
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(Date::try_from(SystemTime::from(date)), Ok(date), "{text}");
            assert_eq!(
                Date::from_unix_seconds(date.unix_seconds()),
                Ok(date.whole_seconds()),
                "{text}"
            );
        }
        assert!(Date::from_unix_seconds(i64::MAX).is_err());
        assert!(Date::from_unix_seconds(253_402_300_800).is_err());
    }
}
