//! JSON for scripts.

use apple_mdm::lint::LintResult;
use serde::Serialize;

use super::{OutputFormat, Summary};

/// The output of `--format json`.
pub struct Json;

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    kind: &'a str,
    findings: Vec<Finding<'a>>,
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
}

impl OutputFormat for Json {
    fn start(&self) -> String {
        "{\"files\": [\n".to_owned()
    }

    fn file(&self, path: &str, result: &LintResult) -> String {
        let findings = result.findings.iter().map(|found| Finding {
            code: found.finding.code.name(),
            severity: found.finding.severity.name(),
            path: &found.finding.path,
            line: found.position.map(|position| position.line),
            column: found.position.map(|position| position.column),
            message: &found.finding.message,
            help: found.finding.help.as_deref(),
        });
        let file = File {
            path,
            kind: result.kind.name(),
            findings: findings.collect(),
        };
        serde_json::to_string_pretty(&file)
            .unwrap_or_else(|_| unreachable!("serializing texts and numbers cannot fail"))
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary) -> String {
        let Summary {
            files,
            errors,
            warnings,
            ..
        } = summary;
        format!("\n], \"summary\": {{\"files\": {files}, \"errors\": {errors}, \"warnings\": {warnings}}}}}\n")
    }
}
