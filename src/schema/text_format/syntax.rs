//! Small languages: regular expressions, predicates, code requirements. The tests find common mistakes, not all.

mod predicate;
mod regex;

pub(super) use predicate::predicate;
pub(super) use regex::regex;

pub(super) fn pem(text: &str) -> bool {
    text.trim_start().starts_with("-----BEGIN ")
}

/// Whether a byte can be part of a name in predicates and requirements.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'@' | b'#' | b'$' | b'%') || !byte.is_ascii()
}

/// Returns the position after the string that begins with the quote at `at`, or `None` if the string does not end.
fn after_string(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = *bytes.get(at)?;
    let mut at = at + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Returns the position after the word at `at`.
fn after_word(bytes: &[u8], at: usize) -> usize {
    let length = bytes.iter().skip(at).take_while(|byte| is_word(**byte)).count();
    at + length
}

/// A text in Apple's code requirement language: strings and brackets are closed, a keyword tests something, and no operator is last.
pub(super) fn code_requirement(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut open = 0_usize;
    let mut tests = false;
    let mut ends = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let Some(after) = after_string(bytes, at) else {
                    return false;
                };
                (at, ends) = (after, true);
                continue;
            }
            b'(' | b'[' => (open, ends) = (open + 1, false),
            b')' | b']' if open == 0 => return false,
            b')' | b']' => (open, ends) = (open - 1, true),
            byte if is_word(*byte) => {
                let after = after_word(bytes, at);
                let word = bytes.get(at..after).unwrap_or_default();
                tests |= TESTS.contains(&word);
                ends = !matches!(word, b"and" | b"or" | b"not" | b"identifier" | b"designated");
                at = after;
                continue;
            }
            b'!' | b'=' | b'<' | b'>' | b'&' | b'|' => ends = false,
            _ => {}
        }
        at += 1;
    }
    open == 0 && tests && ends
}

/// Words that begin a test.
const TESTS: &[&[u8]] = &[
    b"identifier",
    b"anchor",
    b"certificate",
    b"cert",
    b"cdhash",
    b"info",
    b"entitlement",
    b"notarized",
    b"platform",
    b"always",
    b"true",
    b"never",
    b"false",
];
