//! The differences as Markdown, for comments on merge requests.

use std::fmt::Write;

use apple_mdm::lint::AnnotatedValue;

use super::compare::{Change, ChangeKind};
use super::shown::{description, shown};
use super::{Difference, Summary};
use crate::terminal::escape;

/// Returns the output as Markdown.
pub fn write(summary: &Summary<'_>) -> String {
    let mut out = String::new();
    for difference in &summary.differences {
        // Writing to a String cannot fail.
        let _ = write_difference(&mut out, difference, summary.is_folder);
    }
    if out.is_empty() {
        out.push_str("No differences.\n");
    }
    out
}

fn write_difference(out: &mut String, difference: &Difference<'_>, is_folder: bool) -> std::fmt::Result {
    if !out.is_empty() {
        out.push('\n');
    }
    let name = |path: Option<&std::path::Path>| path.map(|path| code(&path.display().to_string()));
    let title = match (name(difference.old), name(difference.new)) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (old, new) => new.or(old).unwrap_or_default(),
    };
    write!(out, "### {title}\n\n")?;
    let status = difference.status(is_folder);
    let identifier = difference.identifier.map(|identifier| format!(" {}", code(identifier)));
    let kind = difference.kind.name();
    writeln!(out, "{kind}{}: {status}", identifier.unwrap_or_default())?;
    let changes = || {
        difference
            .changes
            .iter()
            .filter(|change| change.kind != ChangeKind::Regenerated)
    };
    if changes().next().is_some() {
        out.push_str("\n| | key | old | new | what it does |\n|---|---|---|---|---|\n");
    }
    for change in changes() {
        write_row(out, change)?;
    }
    match difference.changes.len() - changes().count() {
        0 => Ok(()),
        count => writeln!(out, "\nNew UUIDs, or values that contain one: {count}"),
    }
}

fn write_row(out: &mut String, change: &Change<'_>) -> std::fmt::Result {
    let value = |value: Option<&AnnotatedValue>| match (value, &change.payload) {
        (None, _) => String::new(),
        (Some(_), _) if change.kind == ChangeKind::Reordered => "another order".to_owned(),
        (Some(_), Some(payload)) if change.is_whole_payload() => code(&payload.to_string()),
        (Some(value), _) => code(&shown(value)),
    };
    let path = if change.path.is_empty() {
        "(document)"
    } else {
        &change.path
    };
    let payload = change.payload.as_ref().filter(|_| !change.is_whole_payload());
    let payload = payload.map(|payload| format!(" of {}", code(&payload.to_string())));
    let (old, new) = (value(change.old), value(change.new));
    let new = if !new.is_empty() && old == new {
        format!("another {new}")
    } else {
        new
    };
    writeln!(
        out,
        "| {} | {}{} | {old} | {new} | {} |",
        change.kind.name(),
        code(path),
        payload.unwrap_or_default(),
        plain(&description(change))
    )
}

/// A text as code, in which Markdown has no meaning.
fn code(text: &str) -> String {
    let text = escape(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A text in which Markdown and HTML have no meaning, except for code in backticks.
fn plain(text: &str) -> String {
    let has_code = text.matches('`').count().is_multiple_of(2);
    let mut is_code = false;
    let mut plain = String::new();
    for c in escape(text).chars() {
        is_code ^= has_code && c == '`';
        let is_special =
            matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '@' | '~') || c == '`' && !has_code;
        if c == '|' || is_special && !is_code {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_leave_their_cell() {
        for (text, expected) in [
            ("plain", "`plain`"),
            ("a|b", "`a\\|b`"),
            ("``", "``` `` ```"),
            ("a\nb", "`a\\nb`"),
            ("", "`  `"),
        ] {
            assert_eq!(code(text), expected);
        }
        assert_eq!(plain("<b>*x*|y"), r"\<b\>\*x\*\|y");
        assert_eq!(plain("`<b>|` _a_"), r"`<b>\|` \_a\_");
        assert_eq!(plain("a ` *b*"), r"a \` \*b\*");
    }
}
