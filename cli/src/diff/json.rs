//! The differences as JSON, for programs.

use apple_mdm::lint::AnnotatedValue;
use serde_json::{Value, json};

use super::shown::{Masks, description, to_json};
use super::{Difference, Summary};
use crate::terminal::escape_json;

/// Returns the output as JSON.
pub fn write(summary: &Summary<'_>) -> String {
    let documents: Vec<Value> = summary
        .differences
        .iter()
        .map(|difference| document(difference, summary.is_folder))
        .collect();
    let changes: usize = summary
        .differences
        .iter()
        .map(|difference| difference.changes.len())
        .sum();
    let output = json!({
        "documents": documents,
        "summary": { "documents": summary.documents, "different": summary.differences.len(), "changes": changes },
    });
    // Values of JSON can always be written.
    let text = serde_json::to_string_pretty(&output).unwrap_or_default();
    format!("{}\n", escape_json(&text))
}

fn document(difference: &Difference<'_>, is_folder: bool) -> Value {
    let path = |path: Option<&std::path::Path>| path.map(|path| path.display().to_string());
    let changes = difference.changes.iter().map(|change| {
        let value = change.new.or(change.old);
        let description = description(change);
        let is_secret = change.old.into_iter().chain(change.new).any(|value| value.is_secret);
        let json = |value: Option<&AnnotatedValue>| value.map(|value| to_json(value, Masks::On));
        json!({
            "change": change.kind.name(),
            "path": change.path,
            "item": value.and_then(|value| value.item).map(|item| item.name),
            "key": value.and_then(|value| value.key).map(|key| key.name).filter(|name| !name.is_empty()),
            "secret": is_secret,
            "old": json(change.old),
            "new": json(change.new),
            "description": Some(description).filter(|description| !description.is_empty()),
        })
    });
    json!({
        "old": path(difference.old),
        "new": path(difference.new),
        "kind": difference.kind.name(),
        "identifier": difference.identifier,
        "status": difference.status(is_folder),
        "changes": changes.collect::<Vec<_>>(),
    })
}
