//! Differences between a document and its fixed form, in the unified format.
//!
//! A difference shows lines of a document and often ends up in the log of a CI job, so it shows no secret. Lines of context that may have a
//! secret are left out, which the format allows: the difference can still be applied. A change of such a line is not shown at all.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;

use apple_mdm::input::Input;
use apple_mdm::lint::{Options, secret_lines};
use similar::{Algorithm, DiffOp, DiffTag, TextDiff};

use crate::terminal::{self, ERROR, FRAME, GOOD, STRONG, Styled, escape};

/// The number of unchanged lines around changes.
const CONTEXT: usize = 3;

/// Writes the difference between the two forms of a document.
pub fn write(out: &mut dyn Write, name: &str, documents: [&[u8]; 2], options: &Options) -> io::Result<()> {
    let [before, after] = documents.map(|bytes| Input::new(bytes, &options.limits));
    let (Ok(before), Ok(after)) = (&before, &after) else {
        return Ok(());
    };
    let (Some(before), Some(after)) = (before.text(), after.text()) else {
        return Ok(());
    };
    let lines = [before, after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let secret = documents.map(|bytes| secret_lines(bytes, options));
    let hunks = hunks(&lines, &secret);
    let name = escape(name);
    if hunks.iter().any(|hunk| !hunk.is_hidden) {
        writeln!(out, "{}", Styled(STRONG, format_args!("--- {name}")))?;
        writeln!(out, "{}", Styled(STRONG, format_args!("+++ {name}")))?;
    }
    for hunk in &hunks {
        if hunk.is_hidden {
            let line = hunk.old.start + 1;
            terminal::print_note(&format!(
                "{name}:{line}: this change is not shown because the line may have a secret"
            ));
        } else {
            write_hunk(out, hunk, &lines)?;
        }
    }
    Ok(())
}

/// Changes and the lines around them.
struct Hunk {
    lines: Vec<Line>,
    old: Range<usize>,
    new: Range<usize>,
    /// Whether a change may contain a secret.
    is_hidden: bool,
}

/// A line, by its index before or after.
#[derive(Clone, Copy)]
enum Line {
    Same(usize),
    Removed(usize),
    Added(usize),
}

/// Splits the difference into hunks, at lines that may have a secret, too.
fn hunks(lines: &[Vec<&str>; 2], secret: &[Option<BTreeSet<usize>>; 2]) -> Vec<Hunk> {
    // Without knowledge of the secrets, every line may have one.
    let is_secret = |side: usize, index: usize| secret[side].as_ref().is_none_or(|lines| lines.contains(&(index + 1)));
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .diff_slices(&lines[0], &lines[1]);
    let mut hunks = Vec::new();
    for group in diff.grouped_ops(CONTEXT) {
        let mut hunk: Option<Hunk> = None;
        for (line, old, new) in group.iter().flat_map(lines_of) {
            if matches!(line, Line::Same(index) if is_secret(0, index)) {
                hunks.extend(hunk.take());
                continue;
            }
            let hunk = hunk.get_or_insert_with(|| Hunk {
                lines: Vec::new(),
                old: old..old,
                new: new..new,
                is_hidden: false,
            });
            match line {
                Line::Same(_) => {
                    hunk.old.end += 1;
                    hunk.new.end += 1;
                }
                Line::Removed(index) => {
                    hunk.old.end += 1;
                    hunk.is_hidden |= is_secret(0, index);
                }
                Line::Added(index) => {
                    hunk.new.end += 1;
                    hunk.is_hidden |= is_secret(1, index);
                }
            }
            hunk.lines.push(line);
        }
        hunks.extend(hunk);
    }
    hunks.retain(|hunk| hunk.lines.iter().any(|line| !matches!(line, Line::Same(_))));
    hunks
}

/// Returns the lines of an operation, each with the number of lines before it on both sides.
fn lines_of(op: &DiffOp) -> Vec<(Line, usize, usize)> {
    let (tag, old, new) = op.as_tag_tuple();
    match tag {
        DiffTag::Equal => old.zip(new).map(|(old, new)| (Line::Same(old), old, new)).collect(),
        _ => {
            let removed = old.clone().map(|index| (Line::Removed(index), index, new.start));
            let added = new.clone().map(|index| (Line::Added(index), old.end, index));
            removed.chain(added).collect()
        }
    }
}

fn write_hunk(out: &mut dyn Write, hunk: &Hunk, lines: &[Vec<&str>; 2]) -> io::Result<()> {
    let head = format!("@@ -{} +{} @@", range(&hunk.old), range(&hunk.new));
    writeln!(out, "{}", Styled(FRAME, head))?;
    for line in &hunk.lines {
        let (sign, text, style) = match line {
            Line::Same(index) => (' ', lines[0][*index], None),
            Line::Removed(index) => ('-', lines[0][*index], Some(ERROR)),
            Line::Added(index) => ('+', lines[1][*index], Some(GOOD)),
        };
        let content = text.strip_suffix('\n').unwrap_or(text);
        let (content, line_end) = match content.strip_suffix('\r') {
            Some(content) => (content, "\r\n"),
            None => (content, "\n"),
        };
        let content = shown(content);
        match style {
            Some(style) => write!(out, "{}{line_end}", Styled(style, format_args!("{sign}{content}")))?,
            None => write!(out, "{sign}{content}{line_end}")?,
        }
        if !text.ends_with('\n') {
            writeln!(out, "\\ No newline at end of file")?;
        }
    }
    Ok(())
}

/// Escapes what would confuse a terminal. Tabs stay, so that the difference can be applied.
fn shown(line: &str) -> String {
    let parts: Vec<_> = line.split('\t').map(escape).collect();
    parts.join("\t")
}

/// A range as hunks name it: the first line and the number of lines.
fn range(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        len => format!("{},{len}", lines.start + 1),
    }
}
