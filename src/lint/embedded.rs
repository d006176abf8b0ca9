//! Checks documents that are embedded in others as data: the profile in an `InstallProfile` command, for example.

use std::collections::HashSet;

use super::place::Place;
use super::tree::{Node, Tree};
use super::{Kind, Options, about_document, lint_at_depth};
use crate::schema::EmbeddedDocument;
use crate::validate::{self, Code, KeyPath, Report, Severity};
use crate::value::{Value, data};

/// How deep documents may be embedded in others to be checked.
pub(super) const MAX_DEPTH: usize = 3;

/// Checks the documents in the data of a document, except at the paths in `known`, where the data is already known to be wrong.
///
/// Calls `add` with each finding, whose path starts with that of the data, and with the offset of the data.
pub(super) fn check(
    root: &Place<'_>,
    tree: &Tree<'_>,
    options: &Options,
    depth: usize,
    known: &HashSet<String>,
    add: &mut dyn FnMut(validate::Finding, Option<usize>),
) {
    let mut inner = Options {
        require_signature: false,
        item: None,
        command: None,
        ..options.clone()
    };
    // All documents together have the room of one report.
    let mut room = Some(Report::MAX_SIZE);
    root.each(&tree.root, &KeyPath::ROOT, &mut |at, place, node| {
        let Some(expected) = place.embeds.and_then(kind) else {
            return;
        };
        let Some(bytes) = bytes(node).filter(|_| room.is_some()) else {
            return;
        };
        let outer = at.to_string();
        if known.contains(&outer) {
            return;
        }
        inner.expected = Some(expected);
        let result = lint_at_depth(&bytes, &inner, depth + 1);
        for found in result.findings {
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
            room = room.and_then(|room| room.checked_sub(finding.size()));
            if room.is_none() {
                finding = about_document(finding.severity, Code::LeftOut, "there is more than is listed");
                return add(finding, None);
            }
            add(finding, node.offset());
        }
    });
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
