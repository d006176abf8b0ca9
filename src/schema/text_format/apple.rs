//! Identifiers of apps and code, builds, versions, devices.

use super::naming::uuid;

/// The number of parts of a text of letters, digits, `-` and `_` with dots between the parts; 0 for any other text.
fn parts(text: &str) -> usize {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_allowed);
    if text.split('.').all(is_part) {
        text.split('.').count()
    } else {
        0
    }
}

/// A bundle identifier; identifiers of a single part and underscores are in use too.
pub(super) fn bundle_id(text: &str) -> bool {
    parts(text) > 0
}

pub(super) fn reverse_dns(text: &str) -> bool {
    parts(text) > 1
}

pub(super) fn reverse_dns_or_uuid(text: &str) -> bool {
    reverse_dns(text) || uuid(text)
}

/// White space before the first dot, or without a dot, makes it free text; after one there are identifiers in the field that have some.
pub(super) fn identifier(text: &str) -> bool {
    // Nearly all begin with one of these, of which none is white space.
    let plain = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if plain > 0 && text.as_bytes().get(plain) == Some(&b'.') {
        return true;
    }
    let until_dot = match text.bytes().position(|byte| byte == b'.') {
        Some(0) | None => text,
        Some(dot) => &text[..dot],
    };
    !until_dot.is_empty() && !until_dot.contains(char::is_whitespace)
}

pub(super) fn plain_identifier(text: &str) -> bool {
    !text.is_empty() && !text.bytes().any(|byte| matches!(byte, b'/' | b' ' | b'\t'..=b'\r'))
}

fn capitals_and_digits(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

pub(super) fn team_id(text: &str) -> bool {
    text.len() == 10 && capitals_and_digits(text)
}

/// A bundle identifier, and what stands after a space between the two characters.
fn bundle_with(text: &str, open: char, close: char) -> Option<&str> {
    let (bundle, rest) = text.split_once(' ')?;
    let inner = rest.strip_prefix(open)?.strip_suffix(close)?;
    bundle_id(bundle).then_some(inner)
}

/// Apple's own examples have team identifiers of eight characters here.
pub(super) fn composed_id(text: &str) -> bool {
    bundle_with(text, '(', ')').is_some_and(|team| !team.is_empty() && capitals_and_digits(team))
}

fn with_requirement(text: &str) -> bool {
    bundle_with(text, '{', '}').is_some_and(|requirement| !requirement.trim().is_empty())
}

pub(super) fn bundle_or_composed_id(text: &str) -> bool {
    bundle_id(text) || composed_id(text)
}

pub(super) fn bundle_requirement(text: &str) -> bool {
    bundle_id(text) || with_requirement(text)
}

pub(super) fn bundle_team_or_requirement_id(text: &str) -> bool {
    bundle_id(text) || composed_id(text) || with_requirement(text)
}

pub(super) fn status_item(text: &str) -> bool {
    parts(text) > 0 && !text.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// The identifier of a declaration: Apple sets it no form.
pub(super) fn asset_identifier(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}

/// Major number, a capital letter, number, and for seeds and supplements a small letter.
pub(super) fn os_build(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let major = text.len() - rest.len();
    let Some(rest) = rest.strip_prefix(|c: char| c.is_ascii_uppercase()) else {
        return false;
    };
    let number = rest.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
    (1..=3).contains(&major) && (1..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// One to four numbers, and possibly the letter of a supplement such as `13.3.1 (a)`.
pub(super) fn version(text: &str) -> bool {
    let numbers = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
        .filter(|(_, letter)| letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()))
        .map_or(text, |(numbers, _)| numbers.strip_suffix(' ').unwrap_or(numbers));
    numbers.split('.').count() <= 4
        && numbers
            .split('.')
            .all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// 40 hexadecimal digits, 8 and 16 of them, or a UUID (a Mac).
pub(super) fn udid(text: &str) -> bool {
    let hex = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex(text, 40)
        || text
            .split_once('-')
            .is_some_and(|(chip, device)| hex(chip, 8) && hex(device, 16))
        || uuid(text)
}
