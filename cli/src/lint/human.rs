//! Output for people: each finding with the line it is about and what to do.

use std::io::{self, Write};

use apple_mdm::Position;
use apple_mdm::lint::{Excerpt, Finding};
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
        report
            .fixed
            .iter()
            .try_for_each(|found| write_fixed(out, &path, found))?;
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
        write_fixable(out, summary)?;
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
        if let Some([fixed, rejected]) = summary.fixes {
            write!(out, "; {fixed} fixed")?;
            if rejected > 0 {
                write!(out, ", {rejected} not fixed because that would cause other findings")?;
            }
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

/// Says how many of the findings can be fixed.
fn write_fixable(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    // After fixes, those that remain would cause other findings.
    if summary.fixes.is_some() {
        return Ok(());
    }
    match summary.fixable {
        [0, 0] => Ok(()),
        [safe, 0] => writeln!(out, "{safe} can be fixed with --fix"),
        [0, likely] => writeln!(out, "{likely} can be fixed with --fix --unsafe-fixes"),
        [safe, likely] => writeln!(
            out,
            "{safe} can be fixed with --fix, and {likely} more with --fix --unsafe-fixes"
        ),
    }
}

/// Writes a finding that was fixed.
fn write_fixed(out: &mut dyn Write, path: &str, found: &Finding) -> io::Result<()> {
    let head = format_args!("fixed[{}]", found.finding.code);
    write!(out, "{} {path}", Styled(GOOD, head))?;
    if let Some(Position { line, column, .. }) = found.position {
        write!(out, ":{line}:{column}")?;
    }
    write!(out, "  {}", escape(&found.finding.path))?;
    if let Some(fix) = &found.fix {
        write!(out, ": {}", escape(&fix.title))?;
    }
    writeln!(out)
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
    if let Some(fix) = &found.fix {
        let label = if fix.safe { "= fix:" } else { "= unsafe fix:" };
        writeln!(out, "{margin} {} {}", Styled(FRAME, label), escape(&fix.title))?;
    }
    if let Some(names) = targets {
        let names = names.join(", ");
        writeln!(out, "{margin} {} {}", Styled(FRAME, "= targets:"), escape(&names))?;
    }
    writeln!(out)
}
