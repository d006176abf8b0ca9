//! Dates, times, time zones.

/// Splits a number of `digits` digits off the beginning of a text.
fn number(text: &str, digits: usize) -> Option<(u16, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    let valid = number.bytes().all(|byte| byte.is_ascii_digit());
    Some((number.parse().ok().filter(|_| valid)?, rest))
}

/// Strips an existing calendar day from the beginning of a text.
fn day(text: &str) -> Option<&str> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=last).contains(&day).then_some(rest)
}

/// Strips a time of day from the beginning of a text. `last_second` is 60 if leap seconds are allowed.
fn time(text: &str, last_second: u16) -> Option<&str> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = number(rest.strip_prefix(':')?, 2)?;
    (hour <= 23 && minute <= 59 && second <= last_second).then_some(rest)
}

/// Whether a text is an offset: `Z`, `+01:00`, or `+0100` as in Apple's documentation.
fn offset(text: &str) -> bool {
    if matches!(text, "Z" | "z") {
        return true;
    }
    let hour = text.strip_prefix(['+', '-']).and_then(|text| number(text, 2));
    let minute = hour.and_then(|(hour, rest)| Some((hour, number(rest.strip_prefix(':').unwrap_or(rest), 2)?)));
    minute.is_some_and(|(hour, (minute, rest))| hour <= 23 && minute <= 59 && rest.is_empty())
}

/// Strips the date and time of RFC 3339 up to the seconds.
fn date_time(text: &str) -> Option<&str> {
    time(day(text)?.strip_prefix(['T', 't'])?, 60)
}

pub(super) fn rfc3339(text: &str) -> bool {
    date_time(text).is_some_and(|rest| {
        let zone = rest.strip_prefix('.').map_or(rest, |fraction| {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() { "" } else { zone }
        });
        offset(zone)
    })
}

/// Apple's value type `timestamp`: no fraction.
pub(super) fn timestamp(text: &str) -> bool {
    date_time(text).is_some_and(offset)
}

/// Apple's value type `localtime`: neither offset nor fraction.
pub(super) fn local_datetime(text: &str) -> bool {
    let rest = day(text)
        .and_then(|rest| rest.strip_prefix('T'))
        .and_then(|rest| time(rest, 59));
    rest == Some("")
}

/// The areas of the IANA database, including the countries that have links.
const AREAS: &[&str] = &[
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Mexico",
    "Pacific",
    "SystemV",
    "US",
];

/// The names in the IANA database that have no area.
const ALONE: &[&str] = &[
    "CET",
    "CST6CDT",
    "Cuba",
    "EET",
    "EST",
    "EST5EDT",
    "Egypt",
    "Eire",
    "Factory",
    "GB",
    "GB-Eire",
    "GMT",
    "GMT+0",
    "GMT-0",
    "GMT0",
    "Greenwich",
    "HST",
    "Hongkong",
    "Iceland",
    "Iran",
    "Israel",
    "Jamaica",
    "Japan",
    "Kwajalein",
    "Libya",
    "MET",
    "MST",
    "MST7MDT",
    "NZ",
    "NZ-CHAT",
    "Navajo",
    "PRC",
    "PST8PDT",
    "Poland",
    "Portugal",
    "ROC",
    "ROK",
    "Singapore",
    "Turkey",
    "UCT",
    "UTC",
    "Universal",
    "W-SU",
    "WET",
    "Zulu",
];

/// A name in the form of the IANA database. Locations are not checked because they change with each release of the database.
pub(super) fn timezone(text: &str) -> bool {
    let place = |place: &str| {
        !place.is_empty()
            && place
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    match text.split_once('/') {
        Some((area, places)) => AREAS.contains(&area) && places.split('/').all(place),
        None => ALONE.contains(&text),
    }
}
