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

impl OutputFormat for Human {
    fn start(&self) -> String {
        String::new()
    }

    fn file(&self, path: &str, result: &LintResult) -> String {
        let mut out = String::new();
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
            if let Some(excerpt) = &found.excerpt {
                let before: String = excerpt.text.chars().take(excerpt.column).collect();
                let marked: String = excerpt.text.chars().skip(excerpt.column).take(excerpt.length).collect();
                let _ = writeln!(out, "{margin} {bar}");
                let _ = writeln!(out, "{} {bar} {}", Styled(FRAME, number), escape(&excerpt.text));
                let mark = Styled(style, "^".repeat(escape(&marked).width().max(1)));
                let _ = writeln!(out, "{margin} {bar} {}{mark}", " ".repeat(escape(&before).width()));
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
