//! Text for terminals: colors, line breaks, and escaping.

use std::borrow::Cow;
use std::fmt;
use std::io::Write;

use anstyle::{AnsiColor, Style};

pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub const INFO: Style = AnsiColor::Cyan.on_default().bold();
pub const FRAME: Style = AnsiColor::Blue.on_default();
pub const STRONG: Style = Style::new().bold();
pub const GOOD: Style = AnsiColor::Green.on_default();

/// A value with a style. The output streams remove styles if the output is not a terminal or `NO_COLOR` is set.
pub struct Styled<T>(pub Style, pub T);

impl<T: fmt::Display> fmt::Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(style, text) = self;
        write!(f, "{style}")?;
        text.fmt(f)?;
        write!(f, "{style:#}")
    }
}

/// Prints an error message to standard error.
pub fn print_error(message: &str) {
    print(ERROR, "error", message);
}

/// Prints a warning to standard error.
pub fn print_warning(message: &str) {
    print(WARNING, "warning", message);
}

/// Prints a note to standard error.
pub fn print_note(message: &str) {
    print(INFO, "note", message);
}

fn print(style: Style, label: &str, message: &str) {
    // If standard error is closed, nobody reads the message.
    let _ = writeln!(anstream::stderr(), "{}: {}", Styled(style, label), escape(message));
}

/// Escapes the characters that end the line, move the cursor, change colors or reverse the writing direction, so that names and texts
/// from elsewhere cannot pass for output of this program.
///
/// GitHub's runner takes `##[` for a command even within a line, so that is escaped too.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !needs_escaping(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if is_harmful(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out.replace(RUNNER_COMMAND, "#\\u{23}["))
}

/// Whether [`escape`] changes the text.
pub fn needs_escaping(text: &str) -> bool {
    text.contains(is_harmful) || text.contains(RUNNER_COMMAND)
}

/// Does the same for JSON, in which such characters occur only in strings.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| c != '\n' && is_harmful(c);
    if !json.contains(is_harmful) && !json.contains(RUNNER_COMMAND) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_harmful(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out.replace(RUNNER_COMMAND, "#\\u0023["))
}

const RUNNER_COMMAND: &str = "##[";

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// Breaks a text between words into lines of at most `width` characters. A longer word gets a line of its own.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let Some(line) = lines.last_mut() else { break };
        if used == 0 {
            line.push_str(word);
            used = length;
        } else if used + 1 + length <= width {
            line.push(' ');
            line.push_str(word);
            used += 1 + length;
        } else {
            lines.push(word.to_owned());
            used = length;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        for (text, escaped, json) in [
            ("plain ü", "plain ü", "plain ü"),
            ("\u{1b}[2Jx\ty", "\\u{1b}[2Jx    y", "\\u001b[2Jx\\u0009y"),
            ("a\u{202e}b", "a\\u{202e}b", "a\\u202eb"),
            ("\u{9b}31m", "\\u{9b}31m", "\\u009b31m"),
            ("##[error]x", "#\\u{23}[error]x", "#\\u0023[error]x"),
        ] {
            assert_eq!(escape(text), escaped);
            assert_eq!(escape_json(text), json);
        }
        assert_eq!(escape("a\n::error::b\r"), "a\\n::error::b\\r");
        assert_eq!(escape_json("{\n}"), "{\n}");
    }

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap("longer-than-the-line x", 7), ["longer-than-the-line", "x"]);
    }
}
