//! Paths of values in a document.

use std::borrow::Cow;
use std::fmt::Write;

/// Appends a key to a path.
pub(crate) fn push_key(path: &mut String, key: &str) {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if !key.is_empty() && key.bytes().all(plain) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    } else {
        path.push_str("[\"");
        for c in key.chars() {
            match c {
                '"' | '\\' => path.extend(['\\', c]),
                c if c.is_control() => path.extend(c.escape_default()),
                c => path.push(c),
            }
        }
        path.push_str("\"]");
    }
}

/// Splits a path into its first key, unquoted, and the rest.
pub(crate) fn first_key(path: &str) -> Option<(Cow<'_, str>, &str)> {
    let Some(quoted) = path.strip_prefix("[\"") else {
        let end = path.find(['.', '[']).unwrap_or(path.len());
        return (end > 0).then(|| (path[..end].into(), &path[end..]));
    };
    let mut key = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some((key.into(), chars.as_str().strip_prefix(']')?)),
            '\\' => key.push(match chars.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'u' => {
                    let (code, after) = chars.as_str().strip_prefix('{')?.split_once('}')?;
                    chars = after.chars();
                    char::from_u32(u32::from_str_radix(code, 16).ok()?)?
                }
                c => c,
            }),
            c => key.push(c),
        }
    }
}

/// Appends an index to a path.
pub(crate) fn push_index(path: &mut String, index: usize) {
    // Writing to a String never fails.
    let _ = write!(path, "[{index}]");
}
