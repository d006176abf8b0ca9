//! The differences for people.

use std::fmt::Write;

use super::compare::{Change, ChangeKind};
use super::shown::{description, shown};
use super::{Difference, Summary};
use crate::terminal::{ERROR, FRAME, GOOD, STRONG, Styled, WARNING, escape, wrap};

/// The width of descriptions.
const WIDTH: usize = 88;

/// Returns the output for people.
pub fn write(summary: &Summary<'_>) -> String {
    let mut out = String::new();
    for difference in &summary.differences {
        // Writing to a String cannot fail.
        let _ = write_difference(&mut out, difference, summary.is_folder);
        out.push('\n');
    }
    let count = summary.differences.len();
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let _ = match (count, summary.is_folder) {
        (0, false) => writeln!(out, "no differences"),
        (0, true) => writeln!(
            out,
            "{} document{}: no differences",
            summary.documents,
            plural(summary.documents)
        ),
        (_, false) => {
            let changes = summary
                .differences
                .iter()
                .map(|difference| difference.changes.len())
                .sum();
            writeln!(out, "{changes} difference{}", plural(changes))
        }
        (count, true) => {
            let documents = summary.documents;
            writeln!(
                out,
                "{documents} document{}: {count} with differences",
                plural(documents)
            )
        }
    };
    out
}

fn write_difference(out: &mut String, difference: &Difference<'_>, is_folder: bool) -> std::fmt::Result {
    let name = |path: Option<&std::path::Path>| path.map(|path| path.display().to_string()).unwrap_or_default();
    let (old, new) = (name(difference.old), name(difference.new));
    let title = match (difference.old, difference.new) {
        (Some(_), Some(_)) if old != new => format!("{old} → {new}"),
        (Some(_), None) => old,
        _ => new,
    };
    let status = difference.status(is_folder);
    write!(out, "{}: ", Styled(STRONG, escape(&title)))?;
    if status != "changed" {
        write!(out, "{status} ")?;
    }
    write!(out, "{}", difference.kind.name())?;
    if let Some(identifier) = difference.identifier {
        write!(out, " {}", escape(identifier))?;
    }
    out.push('\n');
    let mut heading: Option<&str> = None;
    let mut regenerated = 0;
    for change in &difference.changes {
        if change.kind == ChangeKind::Regenerated {
            regenerated += 1;
            continue;
        }
        let payload = change.payload.as_ref();
        let path = payload.map(|payload| payload.path.as_str());
        if let Some(payload) = payload.filter(|_| path != heading && !change.is_whole_payload()) {
            writeln!(
                out,
                "  {}  {}",
                Styled(FRAME, &payload.path),
                escape(&payload.to_string())
            )?;
        }
        heading = path;
        write_change(out, change)?;
    }
    match regenerated {
        0 => Ok(()),
        1 => writeln!(
            out,
            "  {} 1 UUID is new, or a value that contains one",
            Styled(FRAME, "≈")
        ),
        count => writeln!(
            out,
            "  {} {count} UUIDs, or values that contain one, are new",
            Styled(FRAME, "≈")
        ),
    }
}

fn write_change(out: &mut String, change: &Change<'_>) -> std::fmt::Result {
    let (style, sign) = match change.kind {
        ChangeKind::Added => (GOOD, '+'),
        ChangeKind::Removed => (ERROR, '-'),
        _ => (WARNING, '~'),
    };
    let (indent, path) = match &change.payload {
        Some(payload) if payload.path != change.path => {
            let path = change.path.strip_prefix(&*payload.path).unwrap_or(&change.path);
            ("    ", path.strip_prefix('.').unwrap_or(path))
        }
        _ => ("  ", &*change.path),
    };
    let path = if path.is_empty() { "the document" } else { path };
    write!(out, "{indent}{} {}", Styled(style, sign), Styled(STRONG, escape(path)))?;
    match &change.payload {
        Some(payload) if change.is_whole_payload() => {
            let text = payload.to_string();
            writeln!(out, "  {}  payload {}", escape(&text), change.kind.name())?;
        }
        _ => writeln!(out, ": {}", escape(&values(change)))?,
    }
    for line in wrap(&description(change), WIDTH).iter().filter(|line| !line.is_empty()) {
        writeln!(out, "{indent}    {}", escape(line))?;
    }
    Ok(())
}

/// The old and the new value.
fn values(change: &Change<'_>) -> String {
    match (change.kind, change.old, change.new) {
        (ChangeKind::Reordered, _, _) => "the same elements in another order".to_owned(),
        (_, Some(old), Some(new)) => {
            let (before, after) = (shown(old), shown(new));
            if before == after {
                format!("{before} → another value")
            } else {
                format!("{before} → {after}")
            }
        }
        (_, Some(value), None) | (_, None, Some(value)) => shown(value),
        (_, None, None) => String::new(),
    }
}
