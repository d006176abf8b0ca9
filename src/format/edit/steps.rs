//! Paths as steps.

use std::borrow::Cow;

use crate::error::{Error, path};

/// A step from a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step<'p> {
    Key(Cow<'p, str>),
    Index(usize),
}

/// Splits a path, written as in [`Error::path`], into its steps.
///
/// # Errors
///
/// Returns an error if the text is not a path.
pub(super) fn steps(text: &str) -> Result<Vec<Step<'_>>, Error> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (step, after) = first(rest).ok_or_else(not_a_path)?;
        steps.push(step);
        rest = match after.strip_prefix('.') {
            Some(after) if after.is_empty() || after.starts_with('[') => return Err(not_a_path()),
            Some(after) => after,
            None if after.is_empty() || after.starts_with('[') => after,
            None => return Err(not_a_path()),
        };
    }
    Ok(steps)
}

fn first(path: &str) -> Option<(Step<'_>, &str)> {
    if let Some((key, after)) = path::first_key(path) {
        return Some((Step::Key(key), after));
    }
    let (index, after) = path.strip_prefix('[')?.split_once(']')?;
    let is_number = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    Some((Step::Index(index.parse().ok().filter(|_| is_number)?), after))
}

fn not_a_path() -> Error {
    Error::syntax("not a path: join keys with dots, write items as `[0]` and unusual keys as `[\"a.b\"]`")
}

/// Appends a step to a path.
pub(super) fn push(text: &mut String, step: &Step<'_>) {
    match step {
        Step::Key(key) => path::push_key(text, key),
        Step::Index(index) => path::push_index(text, *index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_split_and_joined() {
        for text in [
            "",
            "A",
            "A.B[0].C",
            r#"A["b c"].D"#,
            r#"["x"][3]"#,
            "[0][1]",
            r#"A["\"]"][2]"#,
        ] {
            let mut joined = String::new();
            for step in steps(text).unwrap() {
                push(&mut joined, &step);
            }
            assert_eq!(joined, text.replace(r#"["x"]"#, "x"));
        }
    }

    #[test]
    fn other_texts_are_not_paths() {
        for text in [
            ".",
            "A.",
            ".A",
            "A..B",
            "A[x]",
            "A[",
            "A[]",
            "A[-1]",
            "A[0]B",
            "A.[0]",
            "[\"a",
            "A[99999999999999999999]",
        ] {
            assert!(steps(text).is_err(), "{text}");
        }
    }
}
