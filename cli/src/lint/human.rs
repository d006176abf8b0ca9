//! Output for people: each finding with the line it is about and what to do.

use std::fmt::Write;

use apple_mdm::Position;
use apple_mdm::lint::LintResult;
use apple_mdm::validate::Severity;
use unicode_width::UnicodeWidthStr;

use super::{OutputFormat, Summary};
use crate::terminal::{ERROR, FRAME, GOOD, INFO, STRONG, Styled, WARNING, escape};

/// The output of `--format human`.
pub struct Human;

/// The maximum width of an excerpt. Some documents consist of a single line.
const WIDTH: usize = 110;

impl OutputFormat for Human {
    fn start(&self) -> String {
        String::new()
    }

    fn file(&self, path: &str, result: &LintResult) -> String {
        let mut out = String::new();
        let text = result.text.as_deref();
        for found in &result.findings {
            let finding = &found.finding;
            let style = match finding.severity {
                Severity::Error => ERROR,
                Severity::Warning => WARNING,
                Severity::Info => INFO,
            };
            let head = format!("{}[{}]", finding.severity, finding.code);
            let message = format!(": {}", escape(&finding.message));
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{}{}", Styled(style, head), Styled(STRONG, message));
            let number = found
                .position
                .map_or(String::new(), |position| position.line.to_string());
            let margin = " ".repeat(number.len());
            let _ = write!(out, "{margin}{} {}", Styled(FRAME, "-->"), escape(path));
            if let Some(Position { line, column, .. }) = found.position {
                let _ = write!(out, ":{line}:{column}");
            }
            if !finding.path.is_empty() {
                let _ = write!(out, "  {}", escape(&finding.path));
            }
            out.push('\n');
            let bar = Styled(FRAME, "|");
            if let Some(source) = found.position.and_then(|position| source(text?, position.offset)) {
                let Source { line, before, length } = source;
                let _ = writeln!(out, "{margin} {bar}");
                let _ = writeln!(out, "{} {bar} {line}", Styled(FRAME, number));
                let mark = Styled(style, "^".repeat(length));
                let _ = writeln!(out, "{margin} {bar} {}{mark}", " ".repeat(before));
            }
            if let Some(help) = &finding.help {
                let _ = writeln!(out, "{margin} {} {}", Styled(FRAME, "= help:"), escape(help));
            }
            out.push('\n');
        }
        out
    }

    fn separator(&self) -> &'static str {
        ""
    }

    fn end(&self, summary: &Summary) -> String {
        let count = |number: usize, one: &str| match number {
            1 => format!("1 {one}"),
            _ if one == "info" => format!("{number} {one}"),
            _ => format!("{number} {one}s"),
        };
        let Summary {
            files,
            errors,
            warnings,
            infos,
            unopened,
        } = *summary;
        let mut parts = Vec::new();
        for (number, word, style) in [
            (errors, "error", ERROR),
            (warnings, "warning", WARNING),
            (infos, "info", INFO),
        ] {
            if number > 0 {
                parts.push(Styled(style, count(number, word)).to_string());
            }
        }
        if parts.is_empty() {
            parts.push(Styled(GOOD, "nothing found").to_string());
        }
        let mut out = format!("{}: {}", count(files, "file"), parts.join(", "));
        if unopened > 0 {
            let _ = write!(out, "; {} could not be opened", unopened);
        }
        out.push('\n');
        out
    }
}

/// A line of a document with a marked part.
struct Source {
    line: String,
    /// The columns before the marked part.
    before: usize,
    /// The width of the marked part in columns.
    length: usize,
}

/// Returns the line that contains the byte at `offset`, cut to the part around it if it is long.
fn source(text: &str, offset: usize) -> Option<Source> {
    let head = text.get(..offset)?;
    let start = head.rfind('\n').map_or(0, |end| end + 1);
    let rest = text.get(offset..)?;
    let end = offset + rest.find('\n').unwrap_or(rest.len());
    let (mut before, mut after) = (&text[start..offset], text[offset..end].trim_end());
    let length = marked(after);
    let mut head = "";
    let indent = before.len() - before.trim_start().len();
    // Deep indentation would leave no room for the line itself.
    if indent > WIDTH / 2 {
        before = &before[indent..];
    }
    if before.chars().count() > WIDTH / 2 {
        let from = before.char_indices().rev().nth(WIDTH / 4).map_or(0, |(at, _)| at);
        before = &before[from..];
        head = "…";
    }
    let room = WIDTH.saturating_sub(before.chars().count());
    let mut tail = "";
    if let Some((at, _)) = after.char_indices().nth(room) {
        after = &after[..at];
        tail = "…";
    }
    let before = format!("{head}{}", escape(before));
    let marked = escape(&after[..length.min(after.len())]).width();
    Some(Source {
        line: format!("{before}{}{tail}", escape(after)),
        before: before.width(),
        length: marked.max(1),
    })
}

/// The length in bytes of the tag, string or word at the start of the text.
fn marked(after: &str) -> usize {
    // Mark a key together with its tags.
    if let Some(end) = after.strip_prefix("<key>").and_then(|_| after.find("</key>")) {
        return end + "</key>".len();
    }
    let end = match after.as_bytes().first() {
        Some(b'<') => after.find('>').map(|end| end + 1),
        Some(b'"') => {
            let mut escaped = false;
            let end = after.bytes().skip(1).position(|byte| {
                let end = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                end
            });
            end.map(|end| end + 2)
        }
        _ => after.find(|c: char| !c.is_alphanumeric() && !"+-._".contains(c)),
    };
    end.unwrap_or(after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, offset: usize) -> (String, String) {
        let Some(source) = source(text, offset) else {
            panic!("offset {offset} is not in the text");
        };
        let mark = " ".repeat(source.before) + &"^".repeat(source.length);
        (source.line, mark)
    }

    #[test]
    fn carets_mark_the_finding() {
        for (text, offset, line, mark) in [
            (
                "<dict>\n\t<integer>1</integer>\n",
                8,
                "    <integer>1</integer>",
                "    ^^^^^^^^^",
            ),
            (
                "<key>Alloewd</key><true/>",
                0,
                "<key>Alloewd</key><true/>",
                "^^^^^^^^^^^^^^^^^^",
            ),
            ("{\"a\": \"x\\\"y\"}", 6, "{\"a\": \"x\\\"y\"}", "      ^^^^^^"),
            ("{\"a\": -12}", 6, "{\"a\": -12}", "      ^^^"),
            (
                "<string>表</string><x>",
                20,
                "<string>表</string><x>",
                "                   ^^^",
            ),
            ("\u{1b}[2J<", 4, "\\u{1b}[2J<", "         ^"),
            ("abc", 3, "abc", "   ^"),
        ] {
            assert_eq!(shown(text, offset), (line.to_owned(), mark.to_owned()), "{text}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_finding() {
        let text = format!("{}<true/>{}", "a".repeat(5000), "b".repeat(5000));
        let (line, mark) = shown(&text, 5000);
        assert!(
            line.chars().count() < 120 && line.starts_with('…') && line.ends_with('…'),
            "{line}"
        );
        assert_eq!(mark.trim_start(), "^^^^^^^");
        let before = mark.len() - mark.trim_start().len();
        assert_eq!(line.chars().skip(before).take(7).collect::<String>(), "<true/>");
    }
}
