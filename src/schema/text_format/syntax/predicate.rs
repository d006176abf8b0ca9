//! NSPredicate format strings.

use super::{after_string, after_word, is_word};

/// The element that was read last. It decides what can follow.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    /// Nothing yet, or an element that must be followed by an operand.
    Start,
    Operand,
    /// A comparison, which must be followed by an operand.
    Comparison,
}

const COMPARISONS: &[&str] = &[
    "contains",
    "beginswith",
    "endswith",
    "like",
    "matches",
    "in",
    "between",
    "uti-conforms-to",
    "uti-equals",
];
const CONNECTIVES: &[&str] = &["and", "or"];
const PREFIXES: &[&str] = &["not", "any", "all", "some", "none"];
const CONSTANTS: &[&str] = &["truepredicate", "falsepredicate"];

fn one_of(words: &[&str], word: &[u8]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}

/// Returns the number of the first character that is a curly quotation mark outside a string.
pub(in super::super) fn curly_quote(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.chars().enumerate() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('“' | '”' | '„' | '‘' | '’', None) => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether strings and brackets are closed, there is a comparison, and each operator has operands on both sides.
pub(in super::super) fn predicate(text: &str) -> bool {
    if curly_quote(text).is_some() {
        return false;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut open = [0_usize; 3];
    let mut last = Last::Start;
    let mut compares = false;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        match byte {
            b'"' | b'\'' => {
                let Some(after) = after_string(bytes, at).filter(|_| last != Last::Operand) else {
                    return false;
                };
                (at, last) = (after, Last::Operand);
                continue;
            }
            // The options of a string comparison, such as `[cd]`.
            b'[' if last == Last::Comparison => {
                let Some(length) = bytes.iter().skip(at).position(|byte| *byte == b']') else {
                    return false;
                };
                at += length;
            }
            b'(' | b'[' | b'{' => {
                if let Some(count) = open.get_mut(kind(byte)) {
                    *count += 1;
                }
                last = Last::Start;
            }
            b')' | b']' | b'}' => {
                let Some(count) = open.get_mut(kind(byte)).filter(|count| **count > 0) else {
                    return false;
                };
                if last == Last::Comparison {
                    return false;
                }
                (*count, last) = (*count - 1, Last::Operand);
            }
            b'=' | b'<' | b'>' | b'!' | b'&' | b'|' => {
                let two = matches!(
                    (byte, next),
                    (b'=', Some(b'=' | b'<' | b'>'))
                        | (b'!', Some(b'='))
                        | (b'<', Some(b'=' | b'>'))
                        | (b'>', Some(b'='))
                        | (b'&', Some(b'&'))
                        | (b'|', Some(b'|'))
                );
                match (byte, two) {
                    // `!` before an operand means "not".
                    (b'!', false) if last == Last::Start => {}
                    (b'!', false) | (b'&' | b'|', false) => return false,
                    _ if last != Last::Operand => return false,
                    (b'&' | b'|', true) => last = Last::Start,
                    _ => (last, compares) = (Last::Comparison, true),
                }
                at += usize::from(two);
            }
            b',' | b'+' | b'*' | b'/' => last = Last::Start,
            byte if is_word(byte) => {
                let after = after_word(bytes, at);
                let word = bytes.get(at..after).unwrap_or_default();
                at = after;
                if one_of(COMPARISONS, word) || one_of(CONNECTIVES, word) {
                    if last != Last::Operand {
                        return false;
                    }
                    let comparison = one_of(COMPARISONS, word);
                    compares |= comparison;
                    last = if comparison { Last::Comparison } else { Last::Start };
                } else if !one_of(PREFIXES, word) {
                    // `.@count` and `-1` continue the operand before them.
                    if last == Last::Operand && byte.is_ascii() && !matches!(byte, b'.' | b'-') {
                        return false;
                    }
                    compares |= one_of(CONSTANTS, word);
                    last = Last::Operand;
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    open == [0; 3] && compares && last == Last::Operand
}

const fn kind(bracket: u8) -> usize {
    match bracket {
        b'(' | b')' => 0,
        b'[' | b']' => 1,
        _ => 2,
    }
}
