//! Breaks generated source into lines without formatting it otherwise. In an unoptimized build script, `prettyplease` would take longer
//! than everything else together.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Writes the source with each field, statement and attribute on its own line.
#[must_use]
pub fn unparse(tokens: TokenStream) -> String {
    let mut lines = Lines::default();
    lines.items(tokens, true);
    lines.text.push('\n');
    lines.text
}

#[derive(Default)]
struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    /// Writes the tokens between two delimiters. `broken` means that a comma ends a line.
    fn items(&mut self, tokens: TokenStream, broken: bool) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => {
                    let brace = group.delimiter() == Delimiter::Brace;
                    let (open, close) = match group.delimiter() {
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::None => ("", ""),
                    };
                    let attribute = group.delimiter() == Delimiter::Bracket && self.text.ends_with('#');
                    self.text.push_str(open);
                    let empty = group.stream().is_empty();
                    if brace && !empty {
                        self.depth += 1;
                        self.line();
                    }
                    self.items(group.stream(), brace);
                    if brace && !empty {
                        self.depth -= 1;
                        self.line();
                    }
                    self.text.push_str(close);
                    if attribute || brace && !is_continued(&mut tokens) {
                        self.line();
                    } else {
                        self.space(&mut tokens);
                    }
                }
                TokenTree::Punct(punct) => {
                    let path = punct.as_char() == ':' && self.text.ends_with(':');
                    self.text.push(punct.as_char());
                    match punct.as_char() {
                        ';' => self.line(),
                        ',' if broken || self.is_long() => self.line(),
                        '#' | '&' | '.' => {}
                        _ if path || punct.spacing() == Spacing::Joint => {}
                        _ => self.space(&mut tokens),
                    }
                }
                TokenTree::Ident(ident) => {
                    self.text.push_str(&ident.to_string());
                    self.space(&mut tokens);
                }
                TokenTree::Literal(literal) => {
                    self.text.push_str(&literal.to_string());
                    self.space(&mut tokens);
                }
            }
        }
    }

    /// Writes a space before the next token if that is more readable.
    fn space(&mut self, tokens: &mut Peekable<impl Iterator<Item = TokenTree>>) {
        let tight = match tokens.peek() {
            None => true,
            Some(TokenTree::Punct(next)) => matches!(next.as_char(), ',' | ';' | ':' | '.' | '?'),
            Some(TokenTree::Group(next)) => next.delimiter() == Delimiter::Parenthesis,
            Some(_) => false,
        };
        // Separate tokens must not join: `: ::std`.
        if !tight || self.text.ends_with([':', '=']) {
            self.text.push(' ');
        }
    }

    /// Whether the last line is long enough. A list without braces may have thousands of elements.
    fn is_long(&self) -> bool {
        self.text.len() - self.text.rfind('\n').unwrap_or_default() > 120
    }

    fn line(&mut self) {
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end);
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.extend(std::iter::repeat_n(' ', 4 * self.depth));
    }
}

/// Whether the next token belongs on the same line as the closing brace.
fn is_continued(tokens: &mut Peekable<impl Iterator<Item = TokenTree>>) -> bool {
    match tokens.peek() {
        None => true,
        Some(TokenTree::Punct(next)) => next.as_char() != '#',
        Some(TokenTree::Ident(next)) => *next == "else",
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn fields_statements_and_attributes_are_on_their_own_lines() {
        let tokens = quote! {
            #[doc = " A thing."]
            pub struct Thing<'a> { pub name: &'a str, #[doc = " More."] pub more: Option<Vec<u8>>, }
            pub static T: &[Key] = &[Key { name: "a", min: Some(-1), ..Key::EMPTY }];
            impl Thing<'_> { fn get(&self, i: usize) -> u8 { match i { 0 => 1, _ => if i >= 2 { 3 } else { 4 } } } }
        };
        let expected = r#"#[doc = " A thing."]
pub struct Thing < 'a > {
    pub name: &'a str,
    #[doc = " More."]
    pub more: Option < Vec < u8 >>,
}
pub static T: &[Key] = &[Key {
    name: "a",
    min: Some(- 1),
    ..Key::EMPTY
}];
impl Thing < '_ > {
    fn get(&self, i: usize) -> u8 {
        match i {
            0 => 1,
            _ => if i >= 2 {
                3
            } else {
                4
            }
        }
    }
}
"#;
        let found = unparse(tokens.clone());
        let trimmed: Vec<&str> = found.lines().map(str::trim_end).collect();
        assert_eq!(trimmed.join("\n") + "\n", expected, "{found}");
        let again: TokenStream = found.parse().unwrap();
        let bare = |tokens: TokenStream| tokens.to_string().replace(' ', "");
        assert_eq!(bare(again), bare(tokens));
    }
}
