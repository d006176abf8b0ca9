//! Formats statements for the documentation: each field of a struct, and each element of a long array or call, is on its own line.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The maximum width of a line.
const MAX_WIDTH: usize = 90;

/// The maximum length between two delimiters on one line.
const MAX_INNER_WIDTH: usize = 60;

/// Formats statements that consist of calls, arrays, structs, paths and literals.
pub(super) fn statements(tokens: TokenStream) -> String {
    let mut out = String::new();
    for token in tokens {
        let ends = is(&token, ';');
        put(&mut out, token, 0);
        if ends {
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Adds a token to the line, which is indented `depth` times.
fn put(out: &mut String, token: TokenTree, depth: usize) {
    match token {
        TokenTree::Group(group) => put_group(out, &group, depth),
        word => put_word(out, &word),
    }
}

fn put_word(out: &mut String, word: &TokenTree) {
    match word {
        TokenTree::Punct(punct) => match punct.as_char() {
            '=' => out.push_str(" = "),
            ',' => out.push_str(", "),
            ':' if punct.spacing() == Spacing::Alone && !out.ends_with(':') => out.push_str(": "),
            sign => out.push(sign),
        },
        word => {
            if out.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                out.push(' ');
            }
            out.push_str(&word.to_string());
        }
    }
}

fn put_group(out: &mut String, group: &Group, depth: usize) {
    let (open, close) = delimiters(group);
    out.push_str(open);
    let elements = elements(group.stream());
    let used = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
    // Leave room for the closing delimiters.
    let room = MAX_INNER_WIDTH.min(MAX_WIDTH.saturating_sub(used + 3));
    let is_struct = group.delimiter() == Delimiter::Brace;
    let line = if is_struct && !elements.is_empty() {
        None
    } else {
        flat(group.stream())
    };
    if let Some(line) = line.filter(|line| line.len() <= room) {
        out.push_str(&line);
    } else if let (false, [only]) = (is_struct, elements.as_slice()) {
        // A single element is not indented again.
        only.iter().for_each(|token| put(out, token.clone(), depth));
    } else {
        for element in elements {
            // `..Default::default()`
            let is_rest = element.first().is_some_and(|first| is(first, '.'));
            line_of(out, depth + 1);
            element.into_iter().for_each(|token| put(out, token, depth + 1));
            out.push_str(if is_rest { "" } else { "," });
        }
        line_of(out, depth);
    }
    out.push_str(close);
}

/// Starts a new line.
fn line_of(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', 4 * depth));
}

fn delimiters(group: &Group) -> (&'static str, &'static str) {
    match group.delimiter() {
        Delimiter::Brace => (" {", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::None => ("", ""),
    }
}

/// Splits at commas.
fn elements(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let parts = tokens.split(|token| is(token, ','));
    parts.filter(|part| !part.is_empty()).map(<[_]>::to_vec).collect()
}

/// Formats the tokens on one line. Returns `None` if they contain a struct.
fn flat(tokens: TokenStream) -> Option<String> {
    let mut out = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return None,
            TokenTree::Group(group) => {
                let (open, close) = delimiters(&group);
                out.extend([open, &flat(group.stream())?, close]);
            }
            word => put_word(&mut out, &word),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn long_statements_are_broken_into_lines() {
        let tokens = quote! {
            let payload = thing::Thing {
                number: Some(-5),
                list: Some(vec![thing::Item { name: Some("a, b: c".into()), more: Some(true), ..thing::Item::new("x") }]),
                texts: vec!["0123456789012345678901234567890123456789".into(), "01234567890123456789".into()],
                map: [("a".into(), 1), ("b".into(), 2)].into(),
                date: Some("2026-11-22T10:00:00Z".parse()?),
                one: Some(Box::new(thing::One::default())),
                ..Default::default()
            };
            let entry = Entry::new("a", payload);
        };
        let expected = r#"let payload = thing::Thing {
    number: Some(-5),
    list: Some(vec![thing::Item {
        name: Some("a, b: c".into()),
        more: Some(true),
        ..thing::Item::new("x")
    }]),
    texts: vec![
        "0123456789012345678901234567890123456789".into(),
        "01234567890123456789".into(),
    ],
    map: [("a".into(), 1), ("b".into(), 2)].into(),
    date: Some("2026-11-22T10:00:00Z".parse()?),
    one: Some(Box::new(thing::One::default())),
    ..Default::default()
};
let entry = Entry::new("a", payload);"#;
        assert_eq!(statements(tokens), expected);
    }
}
