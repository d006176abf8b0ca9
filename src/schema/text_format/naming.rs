//! UUIDs, object identifiers, distinguished names, languages and countries.

pub(super) fn uuid(text: &str) -> bool {
    let Ok(bytes) = <&[u8; 36]>::try_from(text.as_bytes()) else {
        return false;
    };
    // All at once: every payload has one.
    let fits = |byte: &u8| byte.is_ascii_digit() | (b'a'..=b'f').contains(&(byte | 0x20)) | (*byte == b'-');
    let all_fit = bytes.iter().fold(true, |all, byte| all & fits(byte));
    let hyphens = bytes.iter().fold(0u8, |count, byte| count + u8::from(*byte == b'-'));
    all_fit && hyphens == 4 && [8, 13, 18, 23].iter().all(|at: &usize| bytes[*at] == b'-')
}

/// At least two numbers; the first is 0, 1 or 2, the second under 40 after 0 and 1.
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

/// An attribute of a subject: the short names that Apple lists, or an object identifier.
pub(super) fn x500_attribute(text: &str) -> bool {
    matches!(text, "C" | "L" | "ST" | "O" | "OU" | "CN") || oid(text)
}

/// `attribute=value` with commas between, as RFC 4514 escapes them; empty for the root.
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

/// Whether a name of an attribute stands between the two places.
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

/// A language of two or three letters, and script, region and variants after `-` or `_`.
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
