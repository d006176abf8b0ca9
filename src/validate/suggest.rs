//! Suggestions for misspelled names.

/// The length, in bytes, up to which names are compared.
const MAX_LENGTH: usize = 64;

/// The number of characters other than letters and digits by which two names may differ.
const MAX_SIGNS: usize = 4;

/// Returns the candidate most similar to `name`: equal except for case and punctuation, or with at most three letters added, removed,
/// replaced or swapped. `None` if no candidate is similar.
pub(crate) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.is_empty() || name.len() > MAX_LENGTH {
        return None;
    }
    let limit = (name.chars().count() / 4).clamp(1, 3);
    let normalized: String = letters(name).collect();
    let counts = letter_counts(name);
    // Most names differ so much in length or in their letters that they need not be compared.
    let can_be_similar = |candidate: &&str| {
        candidate.len() <= MAX_LENGTH
            && candidate.len().abs_diff(name.len()) <= limit + MAX_SIGNS
            && count_difference(&counts, &letter_counts(candidate)) <= limit
    };
    let distance = |candidate| strsim::osa_distance(&normalized, &letters(candidate).collect::<String>());
    candidates
        .filter(can_be_similar)
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a name is so similar to a known one that it is hardly a name of its own: the two differ in case, and in at most `limit`
/// characters that are no digits.
pub(crate) fn is_misspelling(name: &str, known: &str, limit: usize) -> bool {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_comparable = name.len() <= MAX_LENGTH && known.len() <= MAX_LENGTH;
    is_comparable
        && digits(name) == digits(known)
        && strsim::osa_distance(&name.to_lowercase(), &known.to_lowercase()) <= limit
}

/// Returns the letters and digits of a name, in lower case.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// How often each letter and digit occurs in a name, by the residue of its code point.
type LetterCounts = [u8; 64];

fn letter_counts(name: &str) -> LetterCounts {
    let mut counts = [0; 64];
    let mut add = |code: u32| counts[code as usize % 64] += 1;
    if name.is_ascii() {
        let ascii = name.bytes().filter(u8::is_ascii_alphanumeric);
        ascii.for_each(|byte| add(byte.to_ascii_lowercase().into()));
    } else {
        letters(name).for_each(|c| add(c.into()));
    }
    counts
}

/// Returns the number of letters that one of the names has more than the other. So many must be added, removed or replaced at least;
/// swapping letters changes no count.
fn count_difference(one: &LetterCounts, other: &LetterCounts) -> usize {
    let (mut more, mut fewer) = (0, 0);
    for (one, other) in one.iter().zip(other) {
        more += usize::from(one.saturating_sub(*other));
        fewer += usize::from(other.saturating_sub(*one));
    }
    more.max(fewer)
}

/// Returns the help text that proposes `name`.
pub(crate) fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

#[cfg(test)]
mod tests {
    use super::{closest, is_misspelling};

    #[test]
    fn a_misspelled_name_is_matched_and_an_unrelated_one_is_not() {
        let keys = ["allowSimple", "maxFailedAttempts", "PayloadUUID", "Allowed"];
        for (name, expected) in [
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
            assert_eq!(closest(name, keys.iter().copied()), expected, "{name}");
        }
    }

    #[test]
    fn the_most_similar_name_wins() {
        assert_eq!(
            closest("minLenght", ["maxLength", "minLength"].into_iter()),
            Some("minLength")
        );
        assert_eq!(closest("allowX", ["allowA", "allowB"].into_iter()), Some("allowA"));
    }

    #[test]
    fn a_name_of_its_own_is_no_misspelling() {
        for (name, known, expected) in [
            ("com.example.Agent", "com.example.agent", true),
            ("com.example.agnet", "com.example.agent", true),
            ("com.example.agen", "com.example.agent", true),
            ("com.example.agent2", "com.example.agent", false),
            ("com.example.agent8", "com.example.agent7", false),
            ("com.example.client", "com.example.agent", false),
        ] {
            assert_eq!(is_misspelling(name, known, 1), expected, "{name}");
        }
    }

    #[test]
    fn long_names_are_not_compared() {
        let long = "a".repeat(65);
        assert_eq!(closest(&long, [long.as_str()].into_iter()), None);
        assert_eq!(closest(&long[..64], [&long[..63]].into_iter()), Some(&long[..63]));
    }
}
