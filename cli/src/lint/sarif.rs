//! Findings for code scanning: SARIF 2.1.0.

use std::path::{Path, PathBuf};

use apple_mdm::lint::LintResult;
use apple_mdm::validate::{Code, Severity};
use serde_json::{Value, json};

use super::{Format, Summary};

/// `--format sarif`
pub struct Sarif {
    /// The directory that paths are shown from: code scanning wants those of the repository.
    here: Option<PathBuf>,
}

impl Sarif {
    /// Paths as seen from the current directory.
    pub fn here() -> Self {
        Self {
            here: std::env::current_dir().ok(),
        }
    }

    fn location(&self, path: &str) -> Value {
        if path == "-" {
            return json!({ "uri": "stdin" });
        }
        let shown = Path::new(path);
        let inside = self.here.as_deref().and_then(|here| shown.strip_prefix(here).ok());
        let relative = inside.unwrap_or(shown);
        if relative.is_absolute() {
            let slash = if path.starts_with('/') { "" } else { "/" };
            json!({ "uri": format!("file://{slash}{}", uri(path)) })
        } else {
            json!({ "uri": relative_uri(&relative.to_string_lossy()), "uriBaseId": "%SRCROOT%" })
        }
    }
}

impl Format for Sarif {
    fn start(&self) -> String {
        let rules: Vec<Value> = Code::ALL
            .iter()
            .map(|code| {
                json!({
                    "id": code.name(),
                    "shortDescription": { "text": code.meaning() },
                    "fullDescription": { "text": format!("{} {}", code.meaning(), code.remedy()) },
                    "help": {
                        "text": code.remedy(),
                        "markdown": format!("{} `apple-mdm explain {}` says more.", code.remedy(), code.name()),
                    },
                })
            })
            .collect();
        let driver = json!({
            "name": env!("CARGO_BIN_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        format!(
            "{{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{{\n\
             \"tool\": {{ \"driver\": {driver} }},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [\n"
        )
    }

    fn file(&self, path: &str, result: &LintResult) -> String {
        let location = self.location(path);
        let results = result.findings.iter().map(|found| {
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
            // Code scanning refuses results without a line, and a binary document has none.
            let region = match found.position {
                Some(position) => json!({ "startLine": position.line, "startColumn": position.column }),
                None => json!({ "startLine": 1 }),
            };
            let mut place = json!({ "physicalLocation": { "artifactLocation": location, "region": region } });
            if !finding.path.is_empty() {
                place["logicalLocations"] = json!([{ "fullyQualifiedName": finding.path }]);
            }
            json!({
                "ruleId": finding.code.name(),
                "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
                "level": level,
                "message": { "text": message },
                "locations": [place],
                // The same finding in the next run, wherever its line has moved.
                "partialFingerprints": { "findingPath/v1": format!("{}:{}", finding.code, finding.path) },
            })
            .to_string()
        });
        results.collect::<Vec<_>>().join(",\n")
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary) -> String {
        let successful = summary.unopened == 0;
        format!("\n],\n\"invocations\": [{{ \"executionSuccessful\": {successful} }}]\n}}]\n}}\n")
    }
}

/// A relative path as a URI, without the steps that lead nowhere.
fn relative_uri(path: &str) -> String {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    uri(path)
}

/// The path in the characters of a URI.
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
            here: Some("/repository".into()),
        };
        assert_eq!(sarif.location("/repository/x.plist")["uri"], "x.plist");
        assert_eq!(sarif.location("/elsewhere/x.plist")["uri"], "file:///elsewhere/x.plist");
    }
}
