//! Placeholders, which an MDM server replaces with values before it sends a document.

use std::fmt;

/// The forms of placeholders.
///
/// A value that contains a placeholder is not checked; the linter reports it as [`Code::Placeholder`](crate::validate::Code::Placeholder).
/// The default patterns are `${name}`, `{{name}}`, `$NAME` and `%NAME%`. In a pattern, one word stands for the name of the placeholder:
///
/// - `name` stands for any name. It can have letters, digits, spaces and the characters `_ . : - |`.
/// - `NAME` stands for two or more capital letters, digits or underscores. Such a placeholder is recognized only between characters that are
///   neither letters, digits nor underscores.
///
/// A pattern without either word is matched literally.
///
/// ```
/// use apple_mdm::lint::Placeholders;
///
/// let placeholders = Placeholders::default();
/// assert_eq!(placeholders.find("jane@${domain}"), Some("${domain}"));
/// assert_eq!(placeholders.find("costs 5$"), None);
///
/// let placeholders = Placeholders::new(["<<name>>"])?;
/// assert_eq!(placeholders.find("<<email>>"), Some("<<email>>"));
/// assert_eq!(placeholders.find("$EMAIL"), None);
/// # Ok::<(), apple_mdm::lint::ParsePlaceholderError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholders(Vec<Pattern>);

/// An error for a placeholder pattern that would match everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsePlaceholderError(String);

impl fmt::Display for ParsePlaceholderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a placeholder pattern: expected a text such as `${{name}}` or `%NAME%`",
            self.0.escape_debug()
        )
    }
}

impl std::error::Error for ParsePlaceholderError {}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    before: String,
    name: Name,
    after: String,
}

/// What stands between the fixed parts of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    /// Any name.
    Any,
    /// Capital letters, digits and underscores.
    Capitals,
    /// Nothing: the pattern is literal.
    None,
}

/// The longest name of a placeholder, in bytes.
const MAX_NAME: usize = 128;

impl Default for Placeholders {
    fn default() -> Self {
        let pattern = |before: &str, name, after: &str| Pattern {
            before: before.to_owned(),
            name,
            after: after.to_owned(),
        };
        Self(vec![
            pattern("${", Name::Any, "}"),
            pattern("{{", Name::Any, "}}"),
            pattern("$", Name::Capitals, ""),
            pattern("%", Name::Capitals, "%"),
        ])
    }
}

impl Placeholders {
    /// Recognizes no placeholders: for documents in the form in which they are sent.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Recognizes placeholders of these patterns, and no others.
    ///
    /// # Errors
    ///
    /// Returns an error if a pattern has nothing but the name.
    pub fn new<P: AsRef<str>>(patterns: impl IntoIterator<Item = P>) -> Result<Self, ParsePlaceholderError> {
        let parsed = patterns.into_iter().map(|pattern| Pattern::parse(pattern.as_ref()));
        parsed.collect::<Result<_, _>>().map(Self)
    }

    /// Returns the first placeholder in a text.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().find_map(|pattern| pattern.find(text))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Pattern {
    fn parse(text: &str) -> Result<Self, ParsePlaceholderError> {
        let split = |word: &str, name| {
            text.match_indices(word).find_map(|(at, _)| {
                let (before, after) = (&text[..at], &text[at + word.len()..]);
                let is_whole = !before.ends_with(is_word) && !after.starts_with(is_word);
                is_whole.then(|| Self {
                    before: before.to_owned(),
                    name,
                    after: after.to_owned(),
                })
            })
        };
        let literal = || Self {
            before: text.to_owned(),
            name: Name::None,
            after: String::new(),
        };
        let pattern = split("NAME", Name::Capitals)
            .or_else(|| split("name", Name::Any))
            .unwrap_or_else(literal);
        // A pattern must start with something to look for.
        if pattern.before.trim().is_empty() {
            return Err(ParsePlaceholderError(text.to_owned()));
        }
        Ok(pattern)
    }

    fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        // Most texts have no placeholder.
        memchr::memchr(*self.before.as_bytes().first()?, text.as_bytes())?;
        text.match_indices(&*self.before).find_map(|(start, _)| {
            let rest = &text[start + self.before.len()..];
            let is_name = |c: char| match self.name {
                Name::Any => c.is_alphanumeric() || " _.:-|".contains(c),
                Name::Capitals => c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_',
                Name::None => false,
            };
            let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let name = &rest[..length];
            let after = rest[length..].strip_prefix(&*self.after)?;
            let is_placeholder = length <= MAX_NAME
                && match self.name {
                    Name::Any => name.contains(is_word),
                    Name::Capitals => length >= 2 && !text[..start].ends_with(is_word) && !after.starts_with(is_word),
                    Name::None => true,
                };
            is_placeholder.then(|| &text[start..text.len() - after.len()])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found() {
        let placeholders = Placeholders::default();
        for (text, found) in [
            ("$FLEET_VAR_NDES_SCEP_CHALLENGE", Some("$FLEET_VAR_NDES_SCEP_CHALLENGE")),
            ("{{mailserver}}", Some("{{mailserver}}")),
            ("{{ device.serial-number }}", Some("{{ device.serial-number }}")),
            ("https://${host}/x", Some("${host}")),
            ("CN=%SERIAL%,O=x", Some("%SERIAL%")),
            ("$EMAIL.", Some("$EMAIL")),
            ("a$EMAIL", None),
            ("$EMAILs", None),
            ("$E", None),
            ("$email", None),
            ("a%20B%20c", None),
            ("100%", None),
            ("%Name%", None),
            ("{name}", None),
            ("{{}}", None),
            ("${ }", None),
            ("^[A-Z]$", None),
            ("", None),
        ] {
            assert_eq!(placeholders.find(text), found, "{text}");
        }
    }

    #[test]
    fn patterns_replace_the_defaults() {
        for (pattern, text, found) in [
            ("@NAME@", "x @USER_1@ y", Some("@USER_1@")),
            ("[[name]]", "[[Full Name]]", Some("[[Full Name]]")),
            ("REPLACE_ME", "xREPLACE_MEy", Some("REPLACE_ME")),
            ("@NAME@", "$EMAIL", None),
        ] {
            assert_eq!(
                Placeholders::new([pattern]).unwrap().find(text),
                found,
                "{pattern} {text}"
            );
        }
        for pattern in ["", "NAME", "name", " NAME%"] {
            assert!(Placeholders::new([pattern]).is_err(), "{pattern}");
        }
        assert_eq!(Placeholders::none().find("$EMAIL"), None);
    }
}
