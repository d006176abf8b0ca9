//! Finds the paths through which the files of a crate refer to each other.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;
use std::path::Path;
use std::{fs, vec};

use proc_macro2::{Delimiter, Group, Ident, LexError, Spacing, TokenStream, TokenTree};

/// The segments of a path, from the root of the crate.
type Segments = Vec<String>;
type Tokens = Peekable<vec::IntoIter<TokenTree>>;

/// The source files of a crate, by their paths within `src/`.
pub struct Crate(BTreeMap<String, String>);

impl Crate {
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(files.into_iter().collect())
    }

    pub fn read(src: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![src.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path.strip_prefix(src).unwrap().to_str().unwrap().replace('\\', "/");
                    files.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        // A program is a separate crate.
        files.retain(|path, _| path != "main.rs" && !path.starts_with("bin/"));
        Self(files)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the references to later groups, as `FILE:LINE: …`.
    pub fn violations(&self, order: &[&str]) -> Vec<String> {
        let place = |group: &str| order.iter().position(|known| *known == group);
        let exports = self.exports(order);
        let tests = self.test_modules();
        let mut violations = Vec::new();
        for (path, source) in &self.0 {
            let module = module_of(path);
            let of_tests = (1..=module.len()).any(|end| tests.contains(&module[..end]));
            if matches!(path.as_str(), "lib.rs" | "guide.rs") || of_tests {
                continue;
            }
            let Some(own) = place(&module[0]) else {
                violations.push(format!("{path} is in no group"));
                continue;
            };
            let names: Vec<&str> = module.iter().map(String::as_str).collect();
            for (line, segments) in references(source, &names).unwrap() {
                let exported = (1..=segments.len()).rev().find_map(|end| exports.get(&segments[..end]));
                let group = exported.or(segments.first());
                let uses = match group.and_then(|group| place(group)) {
                    Some(used) if used <= own => continue,
                    Some(used) => format!("`{}`", order[used]),
                    None if segments.is_empty() => "the whole crate".to_owned(),
                    None => "something in no group".to_owned(),
                };
                let (own, segments) = (order[own], segments.join("::"));
                violations.push(format!("{path}:{line}: `{own}` uses {uses}: crate::{segments}"));
            }
        }
        violations
    }

    /// Maps the paths that lib.rs re-exports, and exported macros, to their groups.
    fn exports(&self, order: &[&str]) -> BTreeMap<Segments, String> {
        let mut exports = BTreeMap::new();
        if let Some(source) = self.0.get("lib.rs") {
            re_exports(source.parse().unwrap(), &[], order, &mut exports);
        }
        for (path, source) in &self.0 {
            let (mut tokens, mut is_exported) = (tokens(source.parse().unwrap()), false);
            while let Some(token) = tokens.next() {
                match &token {
                    TokenTree::Group(group) if group.to_string().contains("macro_export") => is_exported = true,
                    TokenTree::Ident(word) if word == "macro_rules" => {
                        tokens.next();
                        if let Some(TokenTree::Ident(name)) = tokens.next()
                            && std::mem::take(&mut is_exported)
                        {
                            exports.insert(vec![name.to_string()], module_of(path)[0].clone());
                        }
                    }
                    _ => {}
                }
            }
        }
        exports
    }

    /// Returns the modules that are compiled only for tests.
    fn test_modules(&self) -> BTreeSet<Segments> {
        let mut modules = BTreeSet::new();
        for (path, source) in &self.0 {
            let mut tokens = tokens(source.parse().unwrap());
            while let Some(token) = tokens.next() {
                if !is_char(&token, '#') || !attribute_is_for_tests(&mut tokens) {
                    continue;
                }
                let item = skip_item(&mut tokens);
                if let Some(at) = item.iter().position(|word| word == "mod") {
                    let mut module = module_of(path);
                    module.extend(item.get(at + 1).cloned());
                    modules.insert(module);
                }
            }
        }
        modules
    }
}

/// Returns the module of a file.
fn module_of(path: &str) -> Segments {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/')
        .filter(|name| *name != "lib")
        .map(str::to_owned)
        .collect()
}

/// Returns the paths in a module that start with `crate`, `$crate`, `super` or `self`, with their lines. Ignores comments, strings, and
/// code that is compiled only for tests.
pub fn references(source: &str, module: &[&str]) -> Result<Vec<(usize, Segments)>, LexError> {
    let module: Segments = module.iter().map(|name| (*name).to_owned()).collect();
    let mut found = Vec::new();
    walk(source.parse()?, &module, &mut found);
    Ok(found)
}

fn walk(stream: TokenStream, module: &[String], found: &mut Vec<(usize, Segments)>) {
    let mut tokens = tokens(stream);
    while let Some(token) = tokens.next() {
        match token {
            token if is_char(&token, '#') && attribute_is_for_tests(&mut tokens) => {
                skip_item(&mut tokens);
            }
            TokenTree::Group(group) => walk(group.stream(), module, found),
            TokenTree::Ident(word) if word == "mod" => {
                if let Some((inner, body)) = inline_module(&mut tokens, module) {
                    walk(body, &inner, found);
                }
            }
            // The content is source of another crate.
            TokenTree::Ident(word) if word == "quote" && tokens.next_if(|token| is_char(token, '!')).is_some() => {
                tokens.next();
            }
            TokenTree::Ident(word)
                if ["crate", "super", "self"].iter().any(|start| word == start)
                    && tokens.peek().is_some_and(starts_separator) =>
            {
                path(word, None, module, &mut tokens, found);
            }
            _ => {}
        }
    }
}

/// Reads the rest of a path that continues with `word`, and the paths in the braces at its end.
fn path(
    mut word: Ident,
    so_far: Option<&[String]>,
    module: &[String],
    tokens: &mut Tokens,
    found: &mut Vec<(usize, Segments)>,
) {
    let mut segments = so_far.unwrap_or(module).to_vec();
    loop {
        match word.to_string().as_str() {
            "crate" => segments.clear(),
            "self" => {}
            "super" => drop(segments.pop()),
            name => segments.push(name.to_owned()),
        }
        let line = word.span().start().line;
        if tokens.next_if(starts_separator).is_none() {
            return found.push((line, segments));
        }
        tokens.next();
        match tokens.next_if(|token| matches!(token, TokenTree::Ident(_) | TokenTree::Group(_))) {
            Some(TokenTree::Ident(next)) => word = next,
            Some(TokenTree::Group(list)) => return each_path(&list, &segments, module, found),
            // A star, or generic arguments.
            _ => return found.push((line, segments)),
        }
    }
}

/// Reads the paths in braces, which continue `so_far`.
fn each_path(list: &Group, so_far: &[String], module: &[String], found: &mut Vec<(usize, Segments)>) {
    let mut tokens = tokens(list.stream());
    let mut is_start = true;
    while let Some(token) = tokens.next() {
        match token {
            token if is_char(&token, ',') => is_start = true,
            TokenTree::Ident(word) if is_start => {
                is_start = false;
                path(word, Some(so_far), module, &mut tokens, found);
            }
            token if is_char(&token, '*') && is_start => found.push((token.span().start().line, so_far.to_vec())),
            _ => {}
        }
    }
}

/// Reads an inline module, starting with its name. Returns its path and content.
fn inline_module(tokens: &mut Tokens, parent: &[String]) -> Option<(Segments, TokenStream)> {
    let name = tokens.next_if(|token| matches!(token, TokenTree::Ident(_)))?;
    match tokens.next_if(|token| matches!(token, TokenTree::Group(_)))? {
        TokenTree::Group(body) => Some((
            parent.iter().cloned().chain([name.to_string()]).collect(),
            body.stream(),
        )),
        _ => None,
    }
}

/// Collects the names that lib.rs re-exports, with their groups.
fn re_exports(stream: TokenStream, module: &[String], order: &[&str], exports: &mut BTreeMap<Segments, String>) {
    let mut tokens = tokens(stream);
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(word) if word == "mod" => {
                if let Some((inner, body)) = inline_module(&mut tokens, module) {
                    re_exports(body, &inner, order, exports);
                }
            }
            TokenTree::Ident(word) if word == "use" => {
                let statement: TokenStream = tokens.by_ref().take_while(|token| !is_char(token, ';')).collect();
                for path in leaves(statement) {
                    let path = path.strip_prefix("crate::").unwrap_or(&path);
                    let (names, alias) = path.split_once(" as ").unwrap_or((path, ""));
                    let group = names.split("::").next().filter(|group| order.contains(group));
                    let last = names.rsplit("::").next().unwrap_or_default();
                    if let Some(group) = group {
                        let name = if alias.is_empty() { last } else { alias };
                        let exported = module.iter().cloned().chain([name.to_owned()]).collect();
                        exports.insert(exported, group.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns the paths of a `use` declaration, with braces expanded.
fn leaves(stream: TokenStream) -> Vec<String> {
    let mut all = vec![String::new()];
    for token in stream {
        let Some(last) = all.last_mut() else { break };
        match token {
            TokenTree::Group(list) => {
                let start = std::mem::take(last);
                all.pop();
                all.extend(leaves(list.stream()).iter().map(|leaf| format!("{start}{leaf}")));
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => all.push(String::new()),
            TokenTree::Ident(word) if word == "as" => *last += " as ",
            token => *last += &token.to_string(),
        }
    }
    all.retain(|leaf| !leaf.is_empty());
    all
}

/// Skips the rest of an attribute. Returns whether it is a `cfg` that only tests satisfy.
fn attribute_is_for_tests(tokens: &mut Tokens) -> bool {
    tokens.next_if(|token| is_char(token, '!'));
    let Some(TokenTree::Group(attribute)) = tokens.next_if(|token| matches!(token, TokenTree::Group(_))) else {
        return false;
    };
    let mut inside = self::tokens(attribute.stream());
    let is_cfg = matches!(inside.next(), Some(TokenTree::Ident(name)) if name == "cfg");
    is_cfg && matches!(inside.next(), Some(TokenTree::Group(condition)) if needs_test(condition.stream()))
}

/// Whether a condition of `cfg` requires `test`.
fn needs_test(condition: TokenStream) -> bool {
    let mut tokens = tokens(condition);
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "test" => return true,
            TokenTree::Ident(word) if word == "all" => {
                if let Some(TokenTree::Group(list)) = tokens.next()
                    && needs_test(list.stream())
                {
                    return true;
                }
            }
            TokenTree::Ident(word) if word == "not" || word == "any" => drop(tokens.next()),
            _ => {}
        }
    }
    false
}

/// Skips an item, field or statement. Returns its words.
fn skip_item(tokens: &mut Tokens) -> Vec<String> {
    const ITEMS: [&str; 12] = [
        "const",
        "enum",
        "extern",
        "fn",
        "impl",
        "macro_rules",
        "mod",
        "static",
        "struct",
        "trait",
        "type",
        "use",
    ];
    let mut words: Vec<String> = Vec::new();
    while let Some(token) = tokens.next() {
        let is_item = words.iter().any(|word| ITEMS.contains(&word.as_str()));
        match &token {
            TokenTree::Ident(word) => words.push(word.to_string()),
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                tokens.next_if(|token| is_char(token, ';'));
                break;
            }
            token if is_char(token, ';') || is_char(token, ',') && !is_item => break,
            _ => {}
        }
    }
    words
}

fn tokens(stream: TokenStream) -> Tokens {
    stream.into_iter().collect::<Vec<_>>().into_iter().peekable()
}

fn is_char(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

/// Whether it is the first half of `::`.
fn starts_separator(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}
