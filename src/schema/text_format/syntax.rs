//! Small languages: regular expressions, predicates and code requirements. Requirements are parsed; for the others the tests find common
//! mistakes, not all.

mod predicate;
mod regex;
mod requirement;

pub(super) use predicate::{curly_quote, predicate};
pub(super) use regex::regex;
pub(super) use requirement::parse as parse_requirement;

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

/// A requirement in Apple's code signing requirement language.
pub(super) fn code_requirement(text: &str) -> bool {
    requirement::parse(text).is_ok()
}
