//! UUIDs, object identifiers, distinguished names, languages and countries.

pub(super) fn uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// At least two numbers. The first is 0, 1 or 2; after 0 and 1, the second is below 40.
pub(super) fn oid(text: &str) -> bool {
    let arc = |arc: &str| {
        !arc.is_empty() && (arc == "0" || !arc.starts_with('0')) && arc.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut arcs = text.split('.');
    let second = match (arcs.next(), arcs.next()) {
        (Some("0" | "1"), Some(second)) => second.parse::<u8>().is_ok_and(|second| second < 40),
        (Some("2"), Some(_)) => true,
        _ => false,
    };
    second && text.split('.').all(arc)
}

/// An attribute of a subject: one of the short names that Apple lists, or an object identifier.
pub(super) fn x500_attribute(text: &str) -> bool {
    matches!(text, "C" | "L" | "ST" | "O" | "OU" | "CN") || oid(text)
}

/// Pairs `attribute=value` separated by commas and escaped as in RFC 4514. The root is an empty text.
pub(super) fn ldap_dn(text: &str) -> bool {
    if text.trim().is_empty() {
        return true;
    }
    let mut start = 0;
    let mut equals = None;
    let mut quoted = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                let Some(_) = bytes.next() else { return false };
            }
            b'"' => quoted = !quoted,
            b'=' if !quoted && equals.is_none() => equals = Some(at),
            b',' | b'+' | b';' if !quoted && (byte != b'+' || equals.is_some()) => {
                if !attribute(text, start, equals) {
                    return false;
                }
                start = at + 1;
                equals = None;
            }
            _ => {}
        }
    }
    !quoted && attribute(text, start, equals)
}

/// Whether the text from `start` to `equals` is the name of an attribute.
fn attribute(text: &str, start: usize, equals: Option<usize>) -> bool {
    let name = equals
        .and_then(|equals| text.get(start..equals))
        .unwrap_or_default()
        .trim();
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

/// A language of two or three letters, optionally followed by script, region and variants after `-` or `_`.
pub(super) fn language(text: &str) -> bool {
    let mut tags = text.split(['-', '_']);
    let first = tags.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

pub(super) fn language_or_default(text: &str) -> bool {
    text == "default" || language(text)
}

pub(super) fn country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}
