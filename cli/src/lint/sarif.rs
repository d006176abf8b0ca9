//! SARIF 2.1.0 for code scanning.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use apple_mdm::validate::{Code, Severity};
use serde_json::{Value, json};

use super::report::FileReport;
use super::{OutputFormat, Summary};
use crate::config::NamedTarget;
use crate::terminal::escape_json;

/// The output of `--format sarif`.
pub struct Sarif {
    /// Paths in this directory are written relative to it, because code scanning expects paths in the repository.
    base: Option<PathBuf>,
    separator: &'static str,
}

impl Sarif {
    /// Writes paths relative to the current directory.
    pub fn in_current_dir() -> Self {
        Self {
            base: std::env::current_dir().ok(),
            separator: "",
        }
    }

    fn location(&self, path: &str) -> Value {
        if path == "-" {
            return json!({ "uri": "stdin" });
        }
        let shown = Path::new(path);
        let inside = self.base.as_deref().and_then(|base| shown.strip_prefix(base).ok());
        let relative = inside.unwrap_or(shown);
        if relative.is_absolute() {
            let slash = if path.starts_with('/') { "" } else { "/" };
            json!({ "uri": format!("file://{slash}{}", uri(path)) })
        } else {
            json!({ "uri": relative_uri(&relative.to_string_lossy()), "uriBaseId": "%SRCROOT%" })
        }
    }
}

impl OutputFormat for Sarif {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let rules: Vec<Value> = Code::ALL
            .iter()
            .map(|code| {
                let mut markdown = format!("{}\n\n{}", code.why(), code.remedy());
                for (heading, examples) in [("A finding", code.failing()), ("Not a finding", code.passing())] {
                    for example in examples {
                        let context = example.context().unwrap_or_default();
                        markdown += &format!("\n\n{heading} {context}\n\n```\n{}\n```", example.text);
                    }
                }
                json!({
                    "id": code.name(),
                    "shortDescription": { "text": code.meaning() },
                    "fullDescription": { "text": format!("{} {}", code.meaning(), code.why()) },
                    "help": {
                        "text": code.remedy(),
                        "markdown": markdown,
                    },
                    "properties": { "fix": code.fix().name() },
                })
            })
            .collect();
        let driver = json!({
            "name": env!("CARGO_BIN_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        write!(
            out,
            "{{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{{\n\
             \"tool\": {{ \"driver\": {driver} }},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": ["
        )
    }

    fn file(
        &mut self,
        out: &mut dyn Write,
        path: &str,
        report: &FileReport,
        targets: &[NamedTarget],
    ) -> io::Result<()> {
        let location = self.location(path);
        for reported in &report.findings {
            let found = &reported.found;
            let finding = &found.finding;
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "note",
            };
            let mut message = finding.message.clone();
            if !finding.path.is_empty() {
                message = format!("{}: {message}", finding.path);
            }
            if let Some(help) = &finding.help {
                message = format!("{message}\n{help}");
            }
            // Code scanning rejects results without a line, but binary documents have no lines.
            let region = match found.position {
                Some(position) => json!({ "startLine": position.line, "startColumn": position.column }),
                None => json!({ "startLine": 1 }),
            };
            let mut place = json!({ "physicalLocation": { "artifactLocation": location, "region": region } });
            if !finding.path.is_empty() {
                place["logicalLocations"] = json!([{ "fullyQualifiedName": finding.path }]);
            }
            let mut result = json!({
                "ruleId": finding.code.name(),
                "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
                "level": level,
                "message": { "text": message },
                "locations": [place],
                // Identifies the finding in the next run even if its line has changed.
                "partialFingerprints": { "findingPath/v1": format!("{}:{}", finding.code, finding.path) },
            });
            let names = reported.targets.names(targets);
            if !names.is_empty() {
                result["properties"] = json!({ "targets": names });
            }
            let separator = std::mem::replace(&mut self.separator, ",");
            write!(out, "{separator}\n{}", escape_json(&result.to_string()))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let successful = summary.unopened == 0;
        write!(
            out,
            "\n],\n\"invocations\": [{{ \"executionSuccessful\": {successful} }}]"
        )?;
        if let Some(statistics) = &summary.statistics {
            let properties = json!({ "statistics": statistics });
            write!(out, ",\n\"properties\": {properties}")?;
        }
        out.write_all(b"\n}]\n}\n")
    }
}

/// Encodes a relative path as a URI, without leading `./`.
fn relative_uri(path: &str) -> String {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    uri(path)
}

/// Percent-encodes a path.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => out.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(relative_uri("././a b/ü%.plist"), "a%20b/%C3%BC%25.plist");
        let sarif = Sarif {
            base: Some("/repository".into()),
            separator: "",
        };
        assert_eq!(sarif.location("/repository/x.plist")["uri"], "x.plist");
        assert_eq!(sarif.location("/elsewhere/x.plist")["uri"], "file:///elsewhere/x.plist");
    }
}
