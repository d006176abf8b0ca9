//! Findings as annotations of a GitHub workflow.

use std::fmt::Write;

use apple_mdm::lint::LintResult;
use apple_mdm::validate::Severity;

use super::{Format, Summary};
use crate::screen::harmless;

/// `--format github`
pub struct Github;

impl Format for Github {
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
            // Writing to a String does not fail.
            let _ = write!(out, "::{level} file={}", property(path));
            if let Some(position) = found.position {
                let _ = write!(out, ",line={},col={}", position.line, position.column);
            }
            let _ = writeln!(
                out,
                ",title={}::{}",
                property(finding.code.name()),
                data(&harmless(&message))
            );
        }
        out
    }

    fn between(&self) -> &'static str {
        ""
    }

    fn end(&self, _: &Summary) -> String {
        String::new()
    }
}

/// The message of a workflow command, in one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command, which colons and commas would end too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_annotation() {
        assert_eq!(data("100%\r\n::error::x, y"), "100%25%0D%0A::error::x, y");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
