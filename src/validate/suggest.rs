//! Did you mean …?

/// What is longer is no misspelt key, and comparing it would take its time.
const LONGEST: usize = 64;

/// The candidate that `name` is most like, if it is like one: the same but for case and signs, or a few letters off.
pub(crate) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let (mut wanted, mut letters) = (Vec::new(), Vec::new());
    fill(&mut wanted, name);
    let signs = signs(name);
    let mut limit = (name.chars().count() / 4).clamp(1, 3);
    let mut best = None;
    for candidate in candidates.filter(|candidate| candidate.len() <= LONGEST) {
        // Letters that only one of them has are changes: most candidates differ in more than are allowed.
        let others = self::signs(candidate);
        if (others & !signs).count_ones().max((signs & !others).count_ones()) as usize > limit {
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

/// Which of the letters and digits of ASCII are in a text, in any case, as bits.
fn signs(text: &str) -> u64 {
    text.bytes().fold(0, |signs, byte| match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => signs | 1 << (letter - b'a'),
        digit @ b'0'..=b'9' => signs | 1 << (digit - b'0' + 26),
        _ => signs,
    })
}

/// The letters and digits of a text, in lower case.
fn fill(letters: &mut Vec<char>, text: &str) {
    letters.clear();
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    letters.extend(kept.flat_map(char::to_lowercase));
}

/// The number of letters to add, remove, change or swap with the next one, where it is not more than `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    // A letter may become several in lower case.
    const ROW: usize = 3 * LONGEST + 1;
    let mut rows = [[0usize; ROW]; 3];
    let [before, last, row] = &mut rows;
    let (mut before, mut last, mut row) = (before, last, row);
    for (j, cell) in last.iter_mut().enumerate().take(b.len() + 1) {
        *cell = j;
    }
    for (i, x) in a.iter().enumerate() {
        row[0] = i + 1;
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        // It never becomes less, but for a swap, which may come from the row before.
        if least > limit + 1 {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    Some(last[b.len()]).filter(|distance| *distance <= limit)
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
            ("somethingElse", None),
            ("", None),
        ] {
            assert_eq!(closest(name, keys.iter().copied()), meant, "{name}");
        }
    }
}
