//! Regular expressions in ICU syntax.

/// The element that was read last. It decides whether a quantifier can follow.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    /// An element that cannot be repeated: the beginning, an opening parenthesis, `|`.
    Start,
    Atom,
    /// A quantifier. A following `?` or `+` makes it lazy or possessive.
    Quantifier,
}

/// Whether a regular expression is well-formed: groups, classes, escapes and intervals are closed, and quantifiers have something to
/// repeat. References, names and properties are not checked.
pub(in super::super) fn regex(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut groups = 0_usize;
    let mut last = Last::Start;
    while let Some(byte) = bytes.get(at) {
        let after = match byte {
            b'\\' => escape(bytes, at),
            b'[' => class(bytes, at),
            b'(' => {
                let (after, opened) = group(bytes, at);
                groups += usize::from(opened);
                if opened {
                    last = Last::Start;
                }
                let Some(after) = after else { return false };
                at = after;
                continue;
            }
            b')' if groups == 0 => return false,
            b')' => {
                groups -= 1;
                Some(at + 1)
            }
            b'|' => {
                last = Last::Start;
                at += 1;
                continue;
            }
            b'*' | b'+' | b'?' | b'{' => {
                let lazy = matches!(byte, b'+' | b'?') && last == Last::Quantifier;
                let after = if *byte == b'{' {
                    interval(bytes, at)
                } else {
                    Some(at + 1)
                };
                let Some(after) = after.filter(|_| last == Last::Atom || lazy) else {
                    return false;
                };
                // No further quantifier can follow `a+?`. ICU accepts `(a+)+` instead.
                last = if lazy { Last::Start } else { Last::Quantifier };
                at = after;
                continue;
            }
            _ => Some(at + 1),
        };
        let Some(after) = after else { return false };
        at = after;
        last = Last::Atom;
    }
    groups == 0
}

/// Returns the position after the next `end`.
fn until(bytes: &[u8], at: usize, end: u8) -> Option<usize> {
    let length = bytes.get(at..)?.iter().position(|byte| *byte == end)?;
    Some(at + length + 1)
}

/// Returns the position after an escape. `\Q…\E` is one escape.
fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    let letter = *bytes.get(at + 1)?;
    let after = at + 2;
    match (letter, bytes.get(after)) {
        (b'Q', _) => {
            let end = bytes.get(after..)?.windows(2).position(|pair| pair == b"\\E");
            Some(end.map_or(bytes.len(), |end| after + end + 2))
        }
        (b'p' | b'P' | b'N' | b'x', Some(b'{')) => until(bytes, after, b'}'),
        (b'k', Some(b'<')) => until(bytes, after, b'>'),
        _ => Some(after),
    }
}

/// Returns the position after a class. Classes can be nested.
fn class(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    let mut depth = 0_usize;
    loop {
        match bytes.get(at)? {
            b'[' => {
                depth += 1;
                at += 1;
                at += usize::from(bytes.get(at) == Some(&b'^'));
                // A `]` directly after the beginning is an ordinary character.
                at += usize::from(bytes.get(at) == Some(&b']'));
            }
            b']' => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'\\' => at = escape(bytes, at)?,
            _ => at += 1,
        }
    }
}

/// Returns the position after the beginning of a group and whether it opened one: comments and `(?i)` do not.
fn group(bytes: &[u8], at: usize) -> (Option<usize>, bool) {
    let rest = bytes.get(at + 1..).unwrap_or_default();
    match rest {
        [b'?', b':' | b'=' | b'!' | b'>' | b'|', ..] => (Some(at + 3), true),
        [b'?', b'<', b'=' | b'!', ..] => (Some(at + 4), true),
        [b'?', b'<', ..] => (until(bytes, at, b'>'), true),
        [b'?', b'#', ..] => (until(bytes, at, b')'), false),
        [b'?', flags @ ..] => {
            let length = flags
                .iter()
                .take_while(|flag| matches!(flag, b'd' | b'i' | b'm' | b's' | b'u' | b'w' | b'x' | b'-'))
                .count();
            match flags.get(length) {
                Some(b':') => (Some(at + 3 + length), true),
                Some(b')') => (Some(at + 3 + length), false),
                _ => (None, false),
            }
        }
        _ => (Some(at + 1), true),
    }
}

/// Returns the position after an interval such as `{2,5}`.
fn interval(bytes: &[u8], at: usize) -> Option<usize> {
    let after = until(bytes, at, b'}')?;
    let inner = std::str::from_utf8(bytes.get(at + 1..after - 1)?).ok()?;
    let (least, most) = inner
        .split_once(',')
        .map_or((inner, None), |(least, most)| (least, Some(most)));
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let least = number(least)?;
    match most.map(str::trim) {
        None | Some("") => Some(after),
        Some(most) => (least <= number(most)?).then_some(after),
    }
}
