//! Did you mean …?

/// What is longer is no misspelt key, and comparing it would take its time.
const LONGEST: usize = 64;

/// How many signs one name may have more than the other, beside letters.
const SIGNS: usize = 4;

/// The candidate that `name` is most like, if it is like one: the same but for case and signs, or a few letters off.
pub(crate) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let (mut wanted, mut letters) = (Vec::with_capacity(LONGEST), Vec::with_capacity(LONGEST));
    fill(&mut wanted, name);
    let signs = Signs::of(name);
    let mut limit = (name.chars().count() / 4).clamp(1, 3);
    // Most candidates are told by their lengths.
    let apart = limit + SIGNS;
    let lengths = name.len().saturating_sub(apart)..=(name.len() + apart).min(LONGEST);
    let mut best = None;
    for candidate in candidates.filter(|candidate| lengths.contains(&candidate.len())) {
        if signs.are_far_from(candidate, limit) {
            continue;
        }
        fill(&mut letters, candidate);
        // Letters that one has more are as many changes.
        if letters.len().abs_diff(wanted.len()) > limit {
            continue;
        }
        if let Some(distance) = distance(&wanted, &letters, limit) {
            best = Some(candidate);
            if distance == 0 {
                break;
            }
            // The next must be closer.
            limit = distance - 1;
        }
    }
    best
}

/// What is said of it.
pub(crate) fn help(meant: &str) -> String {
    format!("did you mean `{meant}`?")
}

/// Which of the letters and digits of ASCII are in a text, in any case, as bits: once, twice, three times.
#[derive(Clone, Copy)]
struct Signs([u64; 3]);

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = [0; 3];
        for byte in text.bytes() {
            let mut more = bit(byte);
            for signs in &mut signs {
                (*signs, more) = (*signs | more, *signs & more);
            }
        }
        Self(signs)
    }

    /// Whether they are more than `limit` letters apart from those of a text, added, removed or changed: most are.
    fn are_far_from(self, text: &str, limit: usize) -> bool {
        let Self(signs) = self;
        let once = text.bytes().fold(0, |signs, byte| signs | bit(byte));
        if are_more(&[signs[0]], &[once], limit) || are_more(&[once], &[signs[0]], limit) {
            return true;
        }
        let Self(others) = Self::of(text);
        are_more(&signs, &others, limit) || are_more(&others, &signs, limit)
    }
}

/// Whether there are more than `limit` bits that are not in the others.
fn are_more(bits: &[u64], others: &[u64], limit: usize) -> bool {
    let mut left = limit;
    for (bits, others) in bits.iter().zip(others) {
        let mut bits = bits & !others;
        while bits != 0 {
            if left == 0 {
                return true;
            }
            left -= 1;
            bits &= bits - 1;
        }
    }
    false
}

/// The bit of a letter or digit, none of what is neither.
fn bit(byte: u8) -> u64 {
    const BITS: [u64; 256] = {
        let mut bits = [0; 256];
        let mut byte = 0_u8;
        while byte < 128 {
            bits[byte as usize] = match byte.to_ascii_lowercase() {
                letter @ b'a'..=b'z' => 1 << (letter - b'a'),
                digit @ b'0'..=b'9' => 1 << (digit - b'0' + 26),
                _ => 0,
            };
            byte += 1;
        }
        bits
    };
    BITS[usize::from(byte)]
}

/// The letters and digits of a text, in lower case. Those that are not of ASCII, which names do not have, are not told apart.
fn fill(letters: &mut Vec<u8>, text: &str) {
    letters.clear();
    if text.is_ascii() {
        let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
        letters.extend(kept.map(|byte| byte.to_ascii_lowercase()));
        return;
    }
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    let lower = kept.flat_map(char::to_lowercase);
    letters.extend(lower.map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(u8::MAX)));
}

/// The number of letters to add, remove, change or swap with the next one, where it is not more than `limit`.
fn distance(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    let (a, b) = without_ends(a, b);
    if a.is_empty() || b.is_empty() {
        return Some(a.len() + b.len()).filter(|distance| *distance <= limit);
    }
    // A letter may become several in lower case. Beside the cells that count there are some that are too far.
    const ROW: usize = 3 * LONGEST + 2;
    const FAR: u8 = u8::MAX;
    let mut rows = [[FAR; ROW]; 3];
    let [before, last, row] = &mut rows;
    let (mut before, mut last, mut row) = (before, last, row);
    for (cell, number) in last.iter_mut().take(limit.min(b.len()) + 1).zip(0..) {
        *cell = number;
    }
    for (i, x) in a.iter().enumerate() {
        // What is farther off the diagonal takes more changes.
        let (from, to) = (i.saturating_sub(limit), (i + limit + 1).min(b.len()));
        row[from] = if from == 0 { last[0].saturating_add(1) } else { FAR };
        row[to + 1] = FAR;
        let mut least = row[from];
        for j in from..to {
            let changed = last[j].saturating_add(u8::from(*x != b[j]));
            let mut cost = changed.min(last[j + 1].min(row[j]).saturating_add(1));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before[j - 1].saturating_add(1));
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        // It never becomes less, but for a swap, which may come from the row before.
        if usize::from(least) > limit + 1 {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    Some(usize::from(last[b.len()])).filter(|distance| *distance <= limit)
}

/// Two texts without what both begin with, and what both end with.
fn without_ends<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let same = |(x, y): &(&u8, &u8)| x == y;
    let start = a.iter().zip(b).take_while(same).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let keys = ["allowSimple", "maxFailedAttempts", "PayloadUUID", "Allowed"];
        for (name, meant) in [
            ("AllowSimple", Some("allowSimple")),
            ("allow-simple", Some("allowSimple")),
            ("maxFailedAttemps", Some("maxFailedAttempts")),
            ("maxFialedAttempts", Some("maxFailedAttempts")),
            ("PayloadUuid", Some("PayloadUUID")),
            ("Alowed", Some("Allowed")),
            ("allow\u{2013}Simple", Some("allowSimple")),
            ("alløwSimple", Some("allowSimple")),
            ("Al\u{212a}owed", Some("Allowed")),
            ("Ållowéd", None),
            ("A.l.l.o.w.e.d", Some("Allowed")),
            ("-A-l-l-o-w-e-d-", None),
            ("somethingElse", None),
            ("", None),
        ] {
            assert_eq!(closest(name, keys.iter().copied()), meant, "{name}");
        }
    }

    /// The distance by its definition, cell by cell.
    fn whole(a: &[u8], b: &[u8]) -> usize {
        let mut cells = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                cells[i][j] = match (i, j) {
                    (0, _) | (_, 0) => i + j,
                    _ => {
                        let mut cost = (cells[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                            .min(cells[i - 1][j] + 1)
                            .min(cells[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            cost = cost.min(cells[i - 2][j - 2] + 1);
                        }
                        cost
                    }
                };
            }
        }
        cells[a.len()][b.len()]
    }

    #[test]
    fn the_distance_is_that_of_all_cells() {
        // All texts of up to five of these letters.
        let mut texts = vec![Vec::new()];
        for start in 0.. {
            let Some(text) = texts.get(start).filter(|text| text.len() < 5).cloned() else {
                break;
            };
            texts.extend("abc".bytes().map(|byte| [&text[..], &[byte]].concat()));
        }
        assert_eq!(texts.len(), 364);
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
            let expected = whole(a, b);
            let [text, other] = [a, b].map(|letters| std::str::from_utf8(letters).unwrap());
            for limit in 0..=3 {
                let are_far = Signs::of(text).are_far_from(other, limit);
                assert!(!are_far || expected > limit, "{text} {other}");
                assert_eq!(
                    distance(a, b, limit),
                    Some(expected).filter(|d| *d <= limit),
                    "{a:?} {b:?}"
                );
            }
        }
        let long = "payloadidentifier".repeat(11).into_bytes();
        let mut other = long.clone();
        other.swap(90, 91);
        other.remove(20);
        other.insert(150, b'x');
        assert_eq!(whole(&long, &other), 3);
        assert_eq!(distance(&long, &other, 3), Some(3));
        assert_eq!(distance(&long, &other, 2), None);
    }
}
