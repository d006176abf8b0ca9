//! What people see: colours, and text that does nothing else to a terminal.

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

/// Something with a style around it; where the output is no terminal, or `NO_COLOR` is set, the stream takes the style out.
pub struct Styled<T>(pub Style, pub T);

impl<T: fmt::Display> fmt::Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(style, text) = self;
        write!(f, "{style}")?;
        text.fmt(f)?;
        write!(f, "{style:#}")
    }
}

/// Says on standard error what went wrong.
pub fn complain(message: &str) {
    say(ERROR, "error", message);
}

/// Says on standard error what is worth knowing.
pub fn note(message: &str) {
    say(INFO, "note", message);
}

fn say(style: Style, word: &str, message: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{}: {}", Styled(style, word), harmless(message));
}

/// The text with what would move the cursor, change colours or reverse the direction of writing in a form that can be seen.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            c if harmful(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Breaks a text into lines of at most `width` characters, words kept whole.
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
    fn a_document_cannot_steer_the_terminal() {
        assert_eq!(harmless("plain\n"), "plain\n");
        assert_eq!(harmless("\u{1b}[2Jx\ty"), "\\u{1b}[2Jx    y");
        assert_eq!(harmless("a\u{202e}b"), "a\\u{202e}b");
    }

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap("longer-than-the-line x", 7), ["longer-than-the-line", "x"]);
    }
}
