//! The list of an item's keys.

use std::fmt::Write;

use apple_mdm::schema::{Item, Place};

use super::{DescribedTarget, availability, key_facts};
use crate::terminal::{FRAME, STRONG, Styled, WARNING};

/// A function that calls another with the path and place of each key.
type EachKey<'a> = dyn Fn(&mut dyn FnMut(&str, Place)) + 'a;

/// Writes a section with a paragraph for each key, or nothing if there are no keys.
pub fn write(out: &mut String, heading: &str, each_key: &EachKey<'_>, target: Option<&DescribedTarget>) {
    let mut text = String::new();
    each_key(&mut |path, place| {
        // The paragraph of an array covers its items, unless these have a description or bounds of their own.
        let (key, details) = (place.key, place.key.details());
        if path.ends_with("[]") && key.description.is_empty() && details.min.is_none() && details.max.is_none() {
            return;
        }
        let indent = "  ".repeat(depth(path).min(6) + 1);
        write_key(&mut text, &indent, path, place, target);
    });
    if !text.is_empty() {
        let _ = write!(out, "\n{}\n{text}", Styled(STRONG, heading));
    }
}

fn write_key(out: &mut String, indent: &str, path: &str, place: Place, target: Option<&DescribedTarget>) {
    let Place { key, availability, .. } = place;
    let inner = format!("{indent}    ");
    let summary = key_facts::summary(key);
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{indent}{}  {}", Styled(STRONG, path), Styled(FRAME, summary));
    let width = 96usize.saturating_sub(indent.len()).max(40);
    key_facts::write_paragraph(out, key.description, &inner, width);
    key_facts::write_choices(out, key, &inner);
    match target {
        // Facts that apply to the whole item appear above the list.
        Some(target) if !key.support.is_empty() => {
            if let Some(problem) = availability::problem(&availability, target) {
                let _ = writeln!(out, "{inner}{}", Styled(WARNING, problem));
            }
        }
        Some(_) => {}
        None => {
            let line = availability::line(key.support);
            if !line.is_empty() {
                let _ = writeln!(out, "{inner}{line}");
            }
        }
    }
    key_facts::write_replacement(out, &inner, key.details().replaced_by);
}

/// Calls `f` with each key below the key at `path`, with paths relative to it.
pub fn each_key_below(item: &'static Item, in_response: bool, path: &str, f: &mut dyn FnMut(&str, Place)) {
    let mut call = |full: &str, place: Place| {
        let Some(rest) = full.strip_prefix(path) else { return };
        let rest = rest.strip_prefix("[]").unwrap_or(rest);
        match rest.strip_prefix('.') {
            Some(rest) => f(rest, place),
            None if rest.starts_with('[') => f(rest, place),
            None => {}
        }
    };
    if in_response {
        item.each_response_key(&mut call);
    } else {
        item.each_key(&mut call);
    }
}

/// Returns the number of steps in a path after the first one.
fn depth(path: &str) -> usize {
    let (mut depth, mut rest) = (0, path);
    while let Some(at) = rest.find(['.', '[']) {
        let is_first = rest.len() == path.len() && at == 0;
        depth += usize::from(!is_first);
        rest = &rest[at..];
        // A key in quotation marks can contain any of these characters.
        rest = match rest.strip_prefix("[\"") {
            Some(quoted) => quoted.split_once("\"]").map_or("", |(_, after)| after),
            None => &rest[1..],
        };
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_of_a_path_is_its_number_of_steps() {
        for (path, expected) in [
            ("Key", 0),
            ("Key.Inner", 1),
            ("Key[]", 1),
            ("Key[].Inner", 2),
            (r#"["com.apple.x"]"#, 0),
            (r#"PayloadContent["Key Type"]"#, 1),
            (r#"A["b.c"]["d[]"].E"#, 3),
            ("", 0),
        ] {
            assert_eq!(depth(path), expected, "{path}");
        }
    }
}
