//! What is wrong in a schema folder, as data: the caller decides whether a mistake stops the build.

use std::fmt;

/// Something that is wrong in a file of a schema folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// How much of the file can still be used.
    pub severity: Severity,
    /// The file, from the schema folder; `overlay/…` for one of the overlay.
    pub file: String,
    /// The place in the file, such as `payloadkeys.Proxy.Port`; empty for the file as a whole.
    pub at: String,
    /// What was found and what was expected.
    pub message: String,
    /// What to write instead, where there is a likely answer.
    pub suggestion: Option<String>,
}

/// How much of a file with a mistake can still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// All of it: the statement may be intended, and the generated code is sound.
    Note,
    /// All but the statement that it is about, which is left out. An error in a vendor's schema.
    Mistake,
    /// Nothing. An error in every schema.
    Unreadable,
}

impl Mistake {
    /// A mistake in `file` at `at`.
    pub fn new(file: impl Into<String>, at: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Mistake,
            file: file.into(),
            at: at.into(),
            message: message.into(),
            suggestion: None,
        }
    }

    /// The same with another severity.
    #[must_use]
    pub fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same with a suggestion, where there is one.
    #[must_use]
    pub fn suggest(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.at.is_empty() {
            write!(f, "{}: ", shorten(&self.at))?;
        }
        f.write_str(&self.message)?;
        if let Some(suggestion) = &self.suggestion {
            write!(f, "; {suggestion}")?;
        }
        Ok(())
    }
}

/// The one of `known` that `found` was probably meant to be.
#[must_use]
pub fn closest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let wanted = bare(found);
    if wanted.is_empty() || wanted.len() > 100 {
        return None;
    }
    let distances = known.into_iter().map(|known| {
        let name = bare(known);
        // Long names may differ in more characters than short ones.
        let length = name.chars().count();
        let limit = if length < 3 { 0 } else { (length / 3).min(3) };
        let distance = strsim::damerau_levenshtein(&wanted, &name);
        (distance, limit, known)
    });
    distances
        .filter(|(distance, limit, known)| distance <= limit && *known != found)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., known)| known)
}

/// "did you mean …?", where a known word is close to the one found.
#[must_use]
pub fn did_you_mean<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(found, known).map(|known| format!("did you mean `{known}`?"))
}

/// Words as a list in a message: "`a`, `b` or `c`".
#[must_use]
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    }
}

/// A text from a file as a message shows it: on one line, and not longer than a line.
#[must_use]
pub fn shorten(text: &str) -> String {
    const MAX: usize = 120;
    let mut shown: String = text
        .chars()
        .take(MAX)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(MAX).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_close_word_is_suggested_and_a_distant_one_is_not() {
        let words = ["A", "<string>", "presence", "iOS", "macOS", "supportedOS"];
        for (found, expected) in [
            ("<strin>", Some("<string>")),
            ("string", Some("<string>")),
            ("presense", Some("presence")),
            ("ios", Some("iOS")),
            ("mac-OS", Some("macOS")),
            ("supported", Some("supportedOS")),
            ("colour", None),
            ("X", None),
            ("presence", None),
            ("", None),
        ] {
            assert_eq!(closest(found, words), expected, "{found}");
        }
    }

    #[test]
    fn a_mistake_is_one_line() {
        let mistake = Mistake::new("a.yaml", "payloadkeys.A\nB", "unknown type `x`").suggest(Some("remove it".into()));
        assert_eq!(
            mistake.to_string(),
            "a.yaml: payloadkeys.A B: unknown type `x`; remove it"
        );
    }
}
