//! Did you mean …?

/// The candidate that `name` is most like, if it is like one: the same but for case and signs, or a few letters off.
pub(crate) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // What is longer is no misspelt key, and comparing it would take its time.
    const LONGEST: usize = 64;
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = plain(name);
    let letters = wanted.chars().count();
    let limit = (name.chars().count() / 4).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.filter(|candidate| candidate.len() <= LONGEST) {
        let candidate_plain = plain(candidate);
        // Letters that one has more are as many changes.
        if candidate_plain.chars().count().abs_diff(letters) > limit {
            continue;
        }
        let distance = if candidate_plain == wanted {
            0
        } else {
            distance(&wanted, &candidate_plain)
        };
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The number of letters to add, remove, change or swap with the next one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
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
