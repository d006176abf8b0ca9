//! Identifiers of apps, code and devices; builds and versions.

use super::naming::uuid;

/// Returns the number of parts between dots, or `None` unless each part consists of letters, digits, `-` and `_`.
fn parts(text: &str) -> Option<usize> {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    text.split('.').all(is_part).then(|| text.split('.').count())
}

/// A bundle identifier. Identifiers of a single part and identifiers with underscores are in use.
pub(super) fn bundle_id(text: &str) -> bool {
    parts(text).is_some()
}

pub(super) fn reverse_dns(text: &str) -> bool {
    parts(text).is_some_and(|count| count > 1)
}

pub(super) fn reverse_dns_or_uuid(text: &str) -> bool {
    reverse_dns(text) || uuid(text)
}

/// White space before the first dot, or in a text without a dot, means free text. Identifiers in the wild have white space after a
/// dot.
pub(super) fn identifier(text: &str) -> bool {
    let until_dot = match text.find('.') {
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

/// Returns the text between `open` and `close` that follows a bundle identifier and a space.
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
    parts(text).is_some() && !text.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// The identifier of a declaration. Apple does not prescribe a form.
pub(super) fn asset_identifier(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}

/// A major number, a capital letter, a number, and for seeds and supplements a small letter.
pub(super) fn os_build(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let major = text.len() - rest.len();
    let Some(rest) = rest.strip_prefix(|c: char| c.is_ascii_uppercase()) else {
        return false;
    };
    let number = rest.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
    (1..=3).contains(&major) && (1..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// One to four numbers, optionally with the letter of a supplement, as in `13.3.1 (a)`.
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

/// 40 hexadecimal digits, 8 and 16 hexadecimal digits, or a UUID (Macs).
pub(super) fn udid(text: &str) -> bool {
    let hex = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex(text, 40)
        || text
            .split_once('-')
            .is_some_and(|(chip, device)| hex(chip, 8) && hex(device, 16))
        || uuid(text)
}
