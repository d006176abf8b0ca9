//! The lines of a document that must not be shown.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem::find;

use super::place::Place;
use super::tree::Tree;
use super::{Options, kind_and_item, secrecy};
use crate::codec::Write;
use crate::edit::Editor;
use crate::format::Input;
use crate::format::lines::Lines;
use crate::validate::KeyPath;

/// Returns the lines of a document that may have a secret, starting at 1: for programs that show lines of documents, such as a difference.
///
/// These are the lines of the values of secret keys, of keys whose names suggest a secret, and of texts and comments that seem to contain one.
/// Returns `None` if the document cannot be read or is not text: then nothing of it should be shown.
///
/// ```
/// use apple_mdm::lint::{Options, secret_lines};
///
/// let command = br#"<dict><key>Command</key><dict>
///     <key>RequestType</key><string>SetFirmwarePassword</string>
///     <key>NewPassword</key>
///     <string>correct horse</string>
/// </dict></dict>"#;
/// let lines = secret_lines(command, &Options::default()).unwrap();
/// assert!(lines.contains(&4) && !lines.contains(&2));
/// ```
#[must_use]
pub fn secret_lines(bytes: &[u8], options: &Options) -> Option<BTreeSet<usize>> {
    let input = Input::new(bytes, &options.limits).ok()?;
    let text = input.text()?;
    let tree = Tree::read(&input).ok()?;
    let editor = Editor::new(&input).ok()?;
    let (kind, item) = kind_and_item(tree.root.view(), options);
    let mut spans = Vec::new();
    let root = Place::root(&tree, kind, item, &options.catalog);
    root.each(&tree.root, &KeyPath::ROOT, &mut |at, place, node| {
        let is_secret = place.is_secret || node.raw_text().is_some_and(secrecy::contains_secret);
        // What is in a secret array or dictionary is in its lines.
        if is_secret
            && spans
                .last()
                .is_none_or(|last: &Range<usize>| node.offset() >= Some(last.end))
        {
            spans.extend(editor.span(&at.to_string()));
        }
    });
    spans.extend(comments(text).filter(|comment| secrecy::contains_secret(&text[comment.clone()])));
    let lines = Lines::new(text);
    let mut found = BTreeSet::new();
    for span in spans {
        let [first, last] = [span.start, span.end.saturating_sub(1)].map(|offset| lines.position(offset).line);
        found.extend(first..=last);
    }
    Some(found)
}

/// Returns where comments are, and texts that look like some.
fn comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + find(&text.as_bytes()[at..], b"<!--")?;
        let end = find(&text.as_bytes()[start..], b"-->").map_or(text.len(), |len| start + len + "-->".len());
        at = end;
        Some(start..end)
    })
}
