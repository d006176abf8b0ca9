//! Texts eight bytes at a time: how far one can stand in a document as it is, whether two are the same.

const ONES: u64 = u64::MAX / 0xff;
const HIGH: u64 = ONES << 7;

/// The high bit of each byte that is `byte`, and perhaps of some that come after it.
const fn equal(word: u64, byte: u8) -> u64 {
    let zeros = word ^ (ONES * byte as u64);
    zeros.wrapping_sub(ONES) & !zeros & HIGH
}

/// The same of bytes that are less than `end`, which is one of ASCII.
const fn less(word: u64, end: u8) -> u64 {
    word.wrapping_sub(ONES * end as u64) & !word & HIGH
}

/// The same of control characters.
const fn control(word: u64) -> u64 {
    less(word, b' ')
}

/// How many bytes come before the first that cannot stand in a string of JSON: a quotation mark, a backslash, a control character.
pub(crate) fn in_json(bytes: &[u8]) -> usize {
    // With this bit turned, quotation marks come right after the control characters.
    let quote_or_control = |word: u64| less(word ^ (ONES * 2), b'"' - 1);
    before(bytes, |word| quote_or_control(word) | equal(word, b'\\'))
}

/// How many bytes come before the first that may have to be escaped in the text of XML, or that XML may forbid: markup, a control
/// character, what U+FFFE and U+FFFF start with.
pub(crate) fn in_xml(bytes: &[u8]) -> usize {
    // `<` and `>` differ in one bit.
    let bracket = |word| equal(word | (ONES * 2), b'>');
    before(bytes, |word| {
        bracket(word) | equal(word, b'&') | equal(word, 0xef) | control(word)
    })
}

/// How many bytes come before the first that is `byte`.
#[inline]
pub(crate) fn until(bytes: &[u8], byte: u8) -> usize {
    before(bytes, |word| equal(word, byte))
}

/// How many bytes come before the first that `special` marks.
#[inline(always)]
fn before(bytes: &[u8], special: impl Fn(u64) -> u64) -> usize {
    let first = |marks: u64| marks.trailing_zeros() as usize / 8;
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let marks = special(u64::from_le_bytes(*word));
        if marks != 0 {
            return 8 * number + first(marks);
        }
    }
    if rest.is_empty() {
        return bytes.len();
    }
    // The rest together with what comes before it, or in two halves that may overlap, rather than byte by byte.
    if let Some(last) = bytes.last_chunk::<8>() {
        let marks = special(u64::from_le_bytes(*last));
        return bytes.len() - 8 + first(marks).min(8);
    }
    if let (Some(start), Some(end)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        let word = u64::from(u32::from_le_bytes(*start)) | u64::from(u32::from_le_bytes(*end)) << 32;
        let at = first(special(word));
        return if at < 4 { at } else { rest.len() + at - 8 };
    }
    let is_special = |byte: &u8| special(ONES * u64::from(*byte)) != 0;
    rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Whether two texts are the same: for names, which are too short for a call to be worth it. Both ends are compared, which may overlap,
/// and no loop is needed for most.
#[inline]
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    if a.len() >= 16 {
        let ends = same_ends::<16>(a, b);
        return ends && (a.len() <= 32 || a == b);
    }
    if a.len() >= 8 {
        return same_ends::<8>(a, b);
    }
    if a.len() >= 4 {
        return same_ends::<4>(a, b);
    }
    a.iter().eq(b)
}

/// Whether the first and the last `N` bytes are the same.
#[inline(always)]
fn same_ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
    a.last_chunk::<N>() == b.last_chunk() && a.first_chunk::<N>() == b.first_chunk()
}

/// Whether all bytes are such with the byte at the same place of the other text, which is as long: many at a time.
#[inline(always)]
pub(crate) fn all_pairs(bytes: &[u8], others: &[u8], is_such: impl Fn(u8, u8) -> bool) -> bool {
    let all_of = |(bytes, others): (&[u8; 16], &[u8; 16])| {
        let pairs = bytes.iter().zip(others);
        pairs.fold(true, |all, (byte, other)| all & is_such(*byte, *other))
    };
    let ((chunks, rest), (other_chunks, other_rest)) = (bytes.as_chunks(), others.as_chunks());
    chunks.iter().zip(other_chunks).all(all_of)
        && match bytes.last_chunk().zip(others.last_chunk()) {
            Some(last) => rest.is_empty() || all_of(last),
            None => rest.iter().zip(other_rest).all(|(byte, other)| is_such(*byte, *other)),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pairs_are_looked_at() {
        let is_same = |byte, other| byte == other;
        for len in 0..40 {
            let bytes = vec![b'a'; len];
            assert!(all_pairs(&bytes, &bytes, is_same));
            for place in 0..len {
                let mut other = bytes.clone();
                other[place] = b'b';
                assert!(!all_pairs(&bytes, &other, is_same), "{place} of {len}");
                assert!(!all_pairs(&other, &bytes, is_same), "{place} of {len}");
            }
        }
    }

    #[test]
    fn texts_are_the_same_where_no_byte_differs() {
        let text = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop";
        for len in 0..=text.len() {
            assert!(same(&text[..len], &String::from(&text[..len])));
            assert!(!same(&text[..len], &text[..len.saturating_sub(1)]) || len == 0);
            for place in 0..len {
                let mut other = String::from(&text[..len]);
                other.replace_range(place..=place, "-");
                assert!(!same(&text[..len], &other), "{place} of {len}");
            }
        }
    }

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        let json = |byte: u8| matches!(byte, b'"' | b'\\' | 0..b' ');
        let xml = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xef | 0..b' ');
        for len in 0..40 {
            for place in 0..=len {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'a'; len];
                    // What comes after it makes no difference.
                    bytes[place..].iter_mut().step_by(3).for_each(|other| *other = byte);
                    let expected = |special: fn(u8) -> bool| if special(byte) { place } else { len };
                    assert_eq!(in_json(&bytes), expected(json), "{byte} at {place} of {len}");
                    assert_eq!(in_xml(&bytes), expected(xml), "{byte} at {place} of {len}");
                    let first = if byte == b'a' { 0 } else { place };
                    assert_eq!(until(&bytes, byte), first, "{byte} at {place} of {len}");
                }
            }
        }
    }
}
