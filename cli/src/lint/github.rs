//! Annotations of a GitHub workflow.

use std::fmt::Write;

use apple_mdm::lint::LintResult;
use apple_mdm::validate::Severity;

use super::{OutputFormat, Summary};
use crate::terminal::escape;

/// The output of `--format github`.
pub struct Github;

impl OutputFormat for Github {
    fn start(&self) -> String {
        String::new()
    }

    fn file(&self, path: &str, result: &LintResult) -> String {
        let mut out = String::new();
        for found in &result.findings {
            let finding = &found.finding;
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let mut message = String::new();
            if !finding.path.is_empty() {
                message = format!("{}: ", finding.path);
            }
            message.push_str(&finding.message);
            if let Some(help) = &finding.help {
                message = format!("{message}\n{help}");
            }
            // Writing to a String cannot fail.
            let _ = write!(out, "::{level} file={}", property(path));
            if let Some(position) = found.position {
                let _ = write!(out, ",line={},col={}", position.line, position.column);
            }
            let _ = writeln!(
                out,
                ",title={}::{}",
                property(finding.code.name()),
                data(&escape(&message))
            );
        }
        out
    }

    fn separator(&self) -> &'static str {
        ""
    }

    fn end(&self, _: &Summary) -> String {
        String::new()
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
