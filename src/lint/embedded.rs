//! Checks documents that are embedded in others as data: the profile in an `InstallProfile` command, for example.

use std::collections::HashSet;

use super::place::Place;
use super::tree::{Node, Tree};
use super::{Job, Kind, Options, about_document, lint_job};
use crate::schema::EmbeddedDocument;
use crate::validate::{self, Code, KeyPath, Report, Severity};
use crate::value::{Value, data};

/// How deep documents may be embedded in others to be checked.
pub(super) const MAX_DEPTH: usize = 3;

/// Checks the documents in the data of a document, except at the paths in `known`, where the data is already known to be wrong.
///
/// Calls `add` with the index of a target and each finding for it, whose path starts with that of the data, and with the offset of the data.
pub(super) fn check(
    root: &Place<'_>,
    tree: &Tree<'_>,
    job: Job<'_>,
    known: &HashSet<String>,
    add: &mut dyn FnMut(usize, validate::Finding, Option<usize>),
) {
    if job.depth >= MAX_DEPTH {
        return;
    }
    // Few documents have others in them.
    let mut options: Option<Options> = None;
    // All documents together have the room of one report.
    let mut rooms = vec![Some(Report::MAX_SIZE); job.targets.len()];
    root.each(&tree.root, &KeyPath::ROOT, &mut |at, place, node| {
        let Some(expected) = expected(place, at, node) else {
            return;
        };
        let has_room = rooms.iter().any(Option::is_some);
        let Some(bytes) = bytes(node).filter(|_| has_room) else {
            return;
        };
        let outer = at.to_string();
        if known.contains(&outer) {
            return;
        }
        let options = options.get_or_insert_with(|| Options {
            require_signature: false,
            item: None,
            command: None,
            ..job.options.clone()
        });
        options.expected = Some(expected);
        let inner = Job {
            options,
            targets: job.targets,
            depth: job.depth + 1,
        };
        let results = lint_job(&bytes, inner);
        for (target, (result, room)) in results.into_iter().zip(&mut rooms).enumerate() {
            for found in result.findings {
                let Some(left) = *room else { break };
                let mut finding = found.finding;
                // Trust in the signer is not the business of the document around it.
                if finding.code == Code::Signature && finding.severity == Severity::Info {
                    continue;
                }
                let dot = if finding.path.is_empty() || finding.path.starts_with('[') {
                    ""
                } else {
                    "."
                };
                finding.path = format!("{outer}{dot}{}", finding.path);
                *room = left.checked_sub(finding.size());
                if room.is_none() {
                    finding = about_document(finding.severity, Code::LeftOut, "there is more than is listed");
                    add(target, finding, None);
                } else {
                    add(target, finding, node.offset());
                }
            }
        }
    });
}

/// Returns the kind of document that the value at a place must be, if it can be one and the linter checks such documents.
pub(super) fn expected(place: &Place<'_>, path: &KeyPath<'_>, node: &Node<'_>) -> Option<Kind> {
    let can_be_document = node.text().is_some() || matches!(node.scalar(), Some(Value::Data(_)));
    can_be_document.then(|| place.embeds(path))?.and_then(kind)
}

/// The kind of document that the linter checks in such data.
const fn kind(embedded: EmbeddedDocument) -> Option<Kind> {
    match embedded {
        EmbeddedDocument::Profile(_) => Some(Kind::Profile),
        EmbeddedDocument::StatusReport => Some(Kind::Status),
        EmbeddedDocument::TokensResponse => Some(Kind::Tokens),
        EmbeddedDocument::Declaration => Some(Kind::Declaration),
        EmbeddedDocument::Manifest => Some(Kind::Manifest),
        _ => None,
    }
}

fn bytes(node: &Node<'_>) -> Option<Vec<u8>> {
    match (node.text(), node.scalar()) {
        (Some(text), _) => data::decode(text).map(Vec::from),
        (None, Some(Value::Data(data))) => Some(data.to_vec()),
        _ => None,
    }
}
