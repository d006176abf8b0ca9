//! JSON for scripts.

use std::io::{self, Write};

use apple_mdm::lint;
use apple_mdm::validate::Needs;
use serde::Serialize;

use super::report::FileReport;
use super::{OutputFormat, Summary};
use crate::config::NamedTarget;
use crate::terminal::escape_json;

/// The output of `--format json`.
#[derive(Default)]
pub struct Json {
    separator: &'static str,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
    item: Option<&'a str>,
    key: Option<&'a str>,
    targets: Vec<&'a str>,
    needs: &'a Needs,
    fix: Option<FixSummary<'a>>,
}

#[derive(Serialize)]
struct FixSummary<'a> {
    title: &'a str,
    safe: bool,
}

impl<'a> FixSummary<'a> {
    fn of(found: &'a lint::Finding) -> Option<Self> {
        found.fix.as_ref().map(|fix| Self {
            title: &fix.title,
            safe: fix.safe,
        })
    }
}

/// A finding that was fixed.
#[derive(Serialize)]
struct Fixed<'a> {
    code: &'a str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    fix: Option<FixSummary<'a>>,
}

impl OutputFormat for Json {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"files\": [")
    }

    fn file(
        &mut self,
        out: &mut dyn Write,
        path: &str,
        report: &FileReport,
        targets: &[NamedTarget],
    ) -> io::Result<()> {
        let (path, kind) = (to_json(path)?, report.kind.name());
        let separator = std::mem::replace(&mut self.separator, ",");
        write!(
            out,
            "{separator}\n{{\"path\": {path}, \"kind\": \"{kind}\", \"findings\": ["
        )?;
        let mut separator = "";
        for reported in &report.findings {
            let found = &reported.found;
            let finding = Finding {
                code: found.finding.code.name(),
                severity: found.finding.severity.name(),
                path: &found.finding.path,
                line: found.position.map(|position| position.line),
                column: found.position.map(|position| position.column),
                message: &found.finding.message,
                help: found.finding.help.as_deref(),
                item: found.finding.item,
                key: found.finding.key.as_deref(),
                targets: reported.targets.names(targets),
                needs: &found.finding.needs,
                fix: FixSummary::of(found),
            };
            write!(out, "{separator}\n  {}", to_json(&finding)?)?;
            separator = ",";
        }
        let unchecked: Vec<&str> = report.unchecked.iter().map(|facet| facet.name()).collect();
        write!(out, "], \"unchecked\": {}", to_json(&unchecked)?)?;
        if let Some(requirements) = &report.requirements {
            write!(out, ", \"requirements\": {}", to_json(requirements)?)?;
        }
        if !report.fixed.is_empty() {
            let fixed: Vec<_> = report.fixed.iter().map(fixed).collect();
            write!(out, ", \"fixed\": {}", to_json(&fixed)?)?;
        }
        out.write_all(b"}")
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let Summary {
            files,
            errors,
            warnings,
            statistics,
            baseline,
            ..
        } = summary;
        write!(
            out,
            "\n], \"summary\": {{\"files\": {files}, \"errors\": {errors}, \"warnings\": {warnings}"
        )?;
        if let Some(statistics) = statistics {
            write!(out, ", \"statistics\": {}", to_json(statistics)?)?;
        }
        if let Some(baseline) = baseline {
            write!(out, ", \"baseline\": {}", to_json(baseline)?)?;
        }
        out.write_all(b"}}\n")
    }
}

fn fixed(found: &lint::Finding) -> Fixed<'_> {
    Fixed {
        code: found.finding.code.name(),
        path: &found.finding.path,
        line: found.position.map(|position| position.line),
        column: found.position.map(|position| position.column),
        fix: FixSummary::of(found),
    }
}

fn to_json<T: Serialize + ?Sized>(value: &T) -> io::Result<String> {
    Ok(escape_json(&serde_json::to_string(value)?).into_owned())
}
