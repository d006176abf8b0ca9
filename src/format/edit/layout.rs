//! How the text of a document is laid out around its values.

use crate::format::xml::{comment_len, instruction_len};

/// Returns the line end of a text: that of its first line. A carriage return alone ends lines only if nothing else does.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        None if text.contains('\r') => "\r",
        _ => "\n",
    }
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Returns the length of the line end at the start of a text; 0 if there is none.
pub(super) fn line_end_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Returns the spaces and tabs before the offset if only they precede it on its line.
pub(super) fn indent_before(text: &str, offset: usize) -> Option<&str> {
    let before = &text[..offset];
    let line = before.trim_end_matches(is_space);
    (line.is_empty() || line.ends_with(is_line_end)).then(|| &before[line.len()..])
}

/// Returns the number of spaces and tabs before the offset.
pub(super) fn spaces_before(text: &str, offset: usize) -> usize {
    let before = &text[..offset];
    before.len() - before.trim_end_matches(is_space).len()
}

/// Returns the number of spaces and tabs at the start of a text.
pub(super) fn spaces_at_start(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_space).len()
}

/// Returns whether a text is only white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim_ascii_start().is_empty()
}

/// Returns whether a text has a line end.
pub(super) fn has_line_end(text: &str) -> bool {
    text.contains(is_line_end)
}

/// Returns the spaces and tabs after the last line end of a text, if it has one.
pub(super) fn last_indent(text: &str) -> Option<&str> {
    let at = text.rfind(is_line_end)?;
    Some(&text[at + 1..])
}

/// Returns the number of bytes up to the end of the line, if only comments stand before it. The text consists of white space, comments
/// and processing instructions.
pub(super) fn rest_of_line(text: &str) -> Option<usize> {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_space);
        if line_end_len(rest) > 0 {
            return Some(text.len() - rest.len());
        }
        let len = comment_len(rest).or_else(|| instruction_len(rest))?;
        let comment = rest.get(..len)?;
        if has_line_end(comment) {
            return None;
        }
        rest = &rest[len..];
    }
}
