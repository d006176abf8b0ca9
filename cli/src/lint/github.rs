//! Annotations of a GitHub workflow.

use std::io::{self, Write};

use apple_mdm::validate::Severity;

use super::report::FileReport;
use super::{OutputFormat, Summary, statistics};
use crate::config::NamedTarget;
use crate::terminal::escape;

/// The output of `--format github`.
pub struct Github;

impl OutputFormat for Github {
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
        for reported in &report.findings {
            let found = &reported.found;
            let finding = &found.finding;
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let mut message = String::new();
            if !finding.path.is_empty() {
                message = format!("{}: ", escape(&finding.path));
            }
            message.push_str(&escape(&finding.message));
            if let Some(help) = &finding.help {
                message = format!("{message}\n{}", escape(help));
            }
            if report.is_partial(reported) {
                let names = reported.targets.names(targets).join(", ");
                message = format!("{message}\ntargets: {}", escape(&names));
            }
            write!(out, "::{level} file={}", property(&escape(path)))?;
            if let Some(position) = found.position {
                write!(out, ",line={},col={}", position.line, position.column)?;
            }
            let title = property(finding.code.name());
            writeln!(out, ",title={title}::{}", data(&message))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        statistics::write(out, summary)
    }
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command, which colons and commas would end too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_end_an_annotation() {
        assert_eq!(data("100%\r\n::error::x, y"), "100%25%0D%0A::error::x, y");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
