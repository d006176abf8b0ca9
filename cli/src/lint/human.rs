//! Findings for people: what, where, the line itself, what to do.

use std::fmt::Write;

use apple_mdm::Position;
use apple_mdm::lint::LintResult;
use apple_mdm::validate::Severity;
use unicode_width::UnicodeWidthStr;

use super::{Format, Summary};
use crate::screen::{ERROR, FRAME, GOOD, INFO, STRONG, Styled, WARNING, harmless};

/// `--format human`
pub struct Human;

/// How much of a line is shown: some documents are one line.
const WIDTH: usize = 110;

impl Format for Human {
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
            let message = format!(": {}", harmless(&finding.message));
            // Writing to a String does not fail.
            let _ = writeln!(out, "{}{}", Styled(style, head), Styled(STRONG, message));
            let number = found
                .position
                .map_or(String::new(), |position| position.line.to_string());
            let margin = " ".repeat(number.len());
            let _ = write!(out, "{margin}{} {}", Styled(FRAME, "-->"), harmless(path));
            if let Some(Position { line, column, .. }) = found.position {
                let _ = write!(out, ":{line}:{column}");
            }
            if !finding.path.is_empty() {
                let _ = write!(out, "  {}", harmless(&finding.path));
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
                let _ = writeln!(out, "{margin} {} {}", Styled(FRAME, "= help:"), harmless(help));
            }
            out.push('\n');
        }
        out
    }

    fn between(&self) -> &'static str {
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

/// A line of a document, and where in it something is.
struct Source {
    line: String,
    /// How many columns before it.
    before: usize,
    /// How many columns it takes.
    length: usize,
}

/// The line at a byte of the text, cut around it where it is long.
fn source(text: &str, offset: usize) -> Option<Source> {
    let head = text.get(..offset)?;
    let start = head.rfind('\n').map_or(0, |end| end + 1);
    let rest = text.get(offset..)?;
    let end = offset + rest.find('\n').unwrap_or(rest.len());
    let (mut before, mut after) = (&text[start..offset], text[offset..end].trim_end());
    let length = marked(after);
    let mut cut = "";
    let indent = before.len() - before.trim_start().len();
    // Deep indentation says nothing here.
    if indent > WIDTH / 2 {
        before = &before[indent..];
    }
    if before.chars().count() > WIDTH / 2 {
        let from = before.char_indices().rev().nth(WIDTH / 4).map_or(0, |(at, _)| at);
        before = &before[from..];
        cut = "…";
    }
    let room = WIDTH.saturating_sub(before.chars().count());
    let mut more = "";
    if let Some((at, _)) = after.char_indices().nth(room) {
        after = &after[..at];
        more = "…";
    }
    let before = format!("{cut}{}", harmless(before));
    let marked = harmless(&after[..length.min(after.len())]).width();
    Some(Source {
        line: format!("{before}{}{more}", harmless(after)),
        before: before.width(),
        length: marked.max(1),
    })
}

/// How many bytes belong to what begins here: a tag, a string, a word.
fn marked(after: &str) -> usize {
    // A key is one thing, its tags with it.
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
            panic!("{offset} is no offset of the text");
        };
        let mark = " ".repeat(source.before) + &"^".repeat(source.length);
        (source.line, mark)
    }

    #[test]
    fn the_caret_stands_below_the_place() {
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
    fn of_a_long_line_the_part_around_the_place_is_shown() {
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
