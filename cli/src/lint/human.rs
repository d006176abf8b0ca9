//! Output for people: each finding with the line it is about and what to do.

use std::io::{self, Write};

use apple_mdm::Position;
use apple_mdm::lint::Excerpt;
use apple_mdm::validate::Severity;
use unicode_width::UnicodeWidthStr;

use super::report::{FileReport, Reported};
use super::{OutputFormat, Summary, requirements, statistics};
use crate::config::NamedTarget;
use crate::target;
use crate::terminal::{ERROR, FRAME, GOOD, INFO, STRONG, Styled, WARNING, escape};

/// The output of `--format human`.
pub struct Human;

impl OutputFormat for Human {
    fn start(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(
        &mut self,
        out: &mut dyn Write,
        path: &str,
        report: &FileReport,
        targets: &[NamedTarget],
    ) -> io::Result<()> {
        let path = escape(path);
        report.findings.iter().try_for_each(|reported| {
            let names = report.is_partial(reported).then(|| reported.targets.names(targets));
            write_finding(out, &path, reported, names)
        })?;
        match &report.requirements {
            Some(requirements) => requirements::write(out, &path, requirements),
            None => Ok(()),
        }
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        statistics::write(out, summary)?;
        let count = |number: usize, one: &str| match number {
            1 => format!("1 {one}"),
            _ if one == "info" => format!("{number} {one}"),
            _ => format!("{number} {one}s"),
        };
        let mut parts = Vec::new();
        for (number, word, style) in [
            (summary.errors, "error", ERROR),
            (summary.warnings, "warning", WARNING),
            (summary.infos, "info", INFO),
        ] {
            if number > 0 {
                parts.push(Styled(style, count(number, word)).to_string());
            }
        }
        if parts.is_empty() {
            parts.push(Styled(GOOD, "nothing found").to_string());
        }
        write!(out, "{}: {}", count(summary.files, "file"), parts.join(", "))?;
        if let Some(baseline) = &summary.baseline {
            write!(out, "; {} in the baseline", count(baseline.silenced, "finding"))?;
        }
        if summary.unopened > 0 {
            write!(out, "; {} could not be opened", summary.unopened)?;
        }
        writeln!(out)?;
        if !summary.unchecked.is_empty() {
            let flags: Vec<String> = summary.unchecked.iter().copied().map(target::flag_for).collect();
            writeln!(
                out,
                "not everything was checked: the target does not specify {}",
                flags.join(", ")
            )?;
        }
        Ok(())
    }
}

/// Writes a finding. `targets` are the names of the targets to which it applies, if it does not apply to all.
fn write_finding(out: &mut dyn Write, path: &str, reported: &Reported, targets: Option<Vec<&str>>) -> io::Result<()> {
    let found = &reported.found;
    let finding = &found.finding;
    let style = match finding.severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Info => INFO,
    };
    let head = format_args!("{}[{}]", finding.severity, finding.code);
    let message = format!(": {}", escape(&finding.message));
    writeln!(out, "{}{}", Styled(style, head), Styled(STRONG, message))?;
    let line_number = found
        .position
        .map_or(String::new(), |position| position.line.to_string());
    let margin = " ".repeat(line_number.len());
    write!(out, "{margin}{} {path}", Styled(FRAME, "-->"))?;
    if let Some(Position { line, column, .. }) = found.position {
        write!(out, ":{line}:{column}")?;
    }
    if !finding.path.is_empty() {
        write!(out, "  {}", escape(&finding.path))?;
    }
    writeln!(out)?;
    if let Some(Excerpt {
        text, column, length, ..
    }) = &found.excerpt
    {
        let bar = Styled(FRAME, "|");
        let width = |text: String| escape(&text).width();
        let before = width(text.chars().take(*column).collect());
        let marked = width(text.chars().skip(*column).take(*length).collect());
        writeln!(out, "{margin} {bar}")?;
        writeln!(out, "{} {bar} {}", Styled(FRAME, &line_number), escape(text))?;
        let carets = "^".repeat(marked.max(1));
        writeln!(out, "{margin} {bar} {}{}", " ".repeat(before), Styled(style, carets))?;
    }
    if let Some(help) = &finding.help {
        writeln!(out, "{margin} {} {}", Styled(FRAME, "= help:"), escape(help))?;
    }
    if let Some(names) = targets {
        let names = names.join(", ");
        writeln!(out, "{margin} {} {}", Styled(FRAME, "= targets:"), escape(&names))?;
    }
    writeln!(out)
}
