//! Apple's code signing requirement language.

use std::fmt;

/// The depth of parentheses and negations that the parser follows.
const MAX_DEPTH: usize = 64;

/// Where a requirement stops being one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct SyntaxError {
    /// The number of the character, counting from 1.
    pub(in super::super) character: usize,
    /// What is expected there, and what was found.
    pub(in super::super) message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.message, self.character)
    }
}

/// Parses a single requirement, such as `identifier "com.example.app" and anchor apple generic`.
///
/// # Errors
///
/// Returns the first place at which the text is not a requirement.
pub(in super::super) fn parse(text: &str) -> Result<(), SyntaxError> {
    let mut parser = Parser {
        text,
        at: 0,
        token: Token::End,
        start: 0,
    };
    parser.advance()?;
    parser.alternatives(0)?;
    match parser.token {
        Token::End => Ok(()),
        Token::Symbol("=>") => parser.fail("a single requirement has no `=>` and nothing like `designated` before it"),
        _ => {
            let found = parser.found();
            parser.fail(&format!("expected `and`, `or` or the end, found {found}"))
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Token<'a> {
    /// A word without quotation marks: a keyword, a name with dots, or a number.
    Word(&'a str),
    /// A string in quotation marks.
    Text,
    /// A hash, as in `H"0123"`.
    Hash,
    /// The path of a certificate file.
    Path,
    Symbol(&'static str),
    End,
}

/// The longest ones first.
const SYMBOLS: [&str; 17] = [
    "&&", "||", "==", "=>", "<=", ">=", "!", "=", "<", ">", "~", "*", "(", ")", "[", "]", ",",
];

struct Parser<'a> {
    text: &'a str,
    /// The offset after the current token.
    at: usize,
    token: Token<'a>,
    /// The offset of the current token.
    start: usize,
}

impl<'a> Parser<'a> {
    fn fail<T>(&self, message: &str) -> Result<T, SyntaxError> {
        let before = self.text.get(..self.start).unwrap_or(self.text);
        Err(SyntaxError {
            character: before.chars().count() + 1,
            message: message.to_owned(),
        })
    }

    /// The current token in a message. Strings are not quoted: a requirement may be in a document that must not be shown.
    fn found(&self) -> String {
        match self.token {
            Token::Word(word) => crate::error::quoted(word, 40),
            Token::Text => "a string".to_owned(),
            Token::Hash => "a hash".to_owned(),
            Token::Path => "a path".to_owned(),
            Token::Symbol(symbol) => format!("`{symbol}`"),
            Token::End => "the end".to_owned(),
        }
    }

    /// Reads the next token.
    fn advance(&mut self) -> Result<(), SyntaxError> {
        self.skip_blank()?;
        self.start = self.at;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            self.token = Token::End;
            return Ok(());
        };
        if matches!(first, '“' | '”' | '„' | '‘' | '’') {
            return self.fail("expected a straight quotation mark `\"`, found a curly one");
        }
        if first == '"' {
            self.token = Token::Text;
            return self.string(self.at);
        }
        if let Some(hash) = rest.strip_prefix("H\"").or_else(|| rest.strip_prefix("h\"")) {
            let digits = hash.bytes().take_while(u8::is_ascii_hexdigit).count();
            if digits == 0 || digits % 2 == 1 || !hash[digits..].starts_with('"') {
                return self.fail("expected an even number of hexadecimal digits in quotation marks after `H`");
            }
            self.token = Token::Hash;
            self.at += "H\"".len() + digits + "\"".len();
            return Ok(());
        }
        if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            self.token = Token::Symbol(symbol);
            self.at += symbol.len();
            return Ok(());
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let is_path = first == '/';
        let end = rest
            .find(|c: char| !(is_word(c) || is_path && c == '/'))
            .unwrap_or(rest.len());
        if end == 0 {
            return self.fail(&format!("unexpected {}", crate::error::quoted(&first.to_string(), 8)));
        }
        self.token = if is_path {
            Token::Path
        } else {
            Token::Word(&rest[..end])
        };
        self.at += end;
        Ok(())
    }

    /// Moves past the string that starts with a quotation mark at `start`.
    fn string(&mut self, start: usize) -> Result<(), SyntaxError> {
        let mut escaped = false;
        for (at, c) in self.text.get(start + 1..).unwrap_or_default().char_indices() {
            match c {
                '"' if !escaped => {
                    self.at = start + 1 + at + 1;
                    return Ok(());
                }
                '\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        self.fail("the string has no closing quotation mark")
    }

    fn skip_blank(&mut self) -> Result<(), SyntaxError> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            let rest = &rest[blank..];
            if let Some(comment) = rest.strip_prefix("/*") {
                self.start = self.at;
                match comment.find("*/") {
                    Some(end) => self.at += "/*".len() + end + "*/".len(),
                    None => return self.fail("the comment has no end `*/`"),
                }
            } else if rest.starts_with("//") || rest.starts_with('#') {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else {
                return Ok(());
            }
        }
    }

    fn is_word(&self, words: &[&str]) -> bool {
        matches!(self.token, Token::Word(word) if words.contains(&word))
    }

    fn is_symbol(&self, symbols: &[&str]) -> bool {
        matches!(self.token, Token::Symbol(symbol) if symbols.contains(&symbol))
    }

    /// Moves past the token if it is one of these words.
    fn take_word(&mut self, words: &[&str]) -> Result<bool, SyntaxError> {
        let is = self.is_word(words);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    fn take_symbol(&mut self, symbols: &[&str]) -> Result<bool, SyntaxError> {
        let is = self.is_symbol(symbols);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    fn alternatives(&mut self, depth: usize) -> Result<(), SyntaxError> {
        self.conjunction(depth)?;
        while self.take_word(&["or"])? || self.take_symbol(&["||"])? {
            self.conjunction(depth)?;
        }
        Ok(())
    }

    fn conjunction(&mut self, depth: usize) -> Result<(), SyntaxError> {
        self.primary(depth)?;
        while self.take_word(&["and"])? || self.take_symbol(&["&&"])? {
            self.primary(depth)?;
        }
        Ok(())
    }

    fn primary(&mut self, mut depth: usize) -> Result<(), SyntaxError> {
        while self.is_word(&["not"]) || self.is_symbol(&["!"]) {
            self.advance()?;
        }
        if self.is_symbol(&["("]) {
            depth += 1;
            if depth > MAX_DEPTH {
                return self.fail(&format!("parentheses are nested more than {MAX_DEPTH} deep"));
            }
            self.advance()?;
            self.alternatives(depth)?;
            if !self.take_symbol(&[")"])? {
                let found = self.found();
                return self.fail(&format!("expected `)`, found {found}"));
            }
            return Ok(());
        }
        let Token::Word(keyword) = self.token else {
            let found = self.found();
            return self.fail(&format!(
                "expected a test such as `identifier` or `anchor`, found {found}"
            ));
        };
        match keyword {
            "identifier" => {
                self.advance()?;
                self.take_symbol(&["=", "=="])?;
                self.value()
            }
            "cdhash" => {
                self.advance()?;
                self.take_symbol(&["=", "=="])?;
                self.hash()
            }
            "anchor" => {
                self.advance()?;
                self.anchor()
            }
            "certificate" | "cert" => {
                self.advance()?;
                self.certificate()
            }
            "info" | "entitlement" => {
                self.advance()?;
                self.key()?;
                self.comparison()
            }
            "platform" => {
                self.advance()?;
                self.take_symbol(&["=", "=="])?;
                self.number()
            }
            "notarized" | "legacy" | "always" | "true" | "never" | "false" => self.advance(),
            "designated" | "host" | "guest" | "library" | "plugin" => {
                let keyword = keyword.to_owned();
                self.fail(&format!(
                    "`{keyword} =>` belongs to a set of requirements; write the requirement alone"
                ))
            }
            _ => {
                let found = self.found();
                self.fail(&format!(
                    "expected a test such as `identifier` or `anchor`, found {found}"
                ))
            }
        }
    }

    /// What follows `anchor`.
    fn anchor(&mut self) -> Result<(), SyntaxError> {
        if self.take_word(&["apple"])? {
            if !self.take_word(&["generic"])? && matches!(self.token, Token::Text | Token::Hash) {
                self.advance()?;
            }
            return Ok(());
        }
        if self.take_word(&["trusted"])? {
            return Ok(());
        }
        if self.is_symbol(&["["]) {
            self.key()?;
            return self.comparison();
        }
        self.take_symbol(&["=", "=="])?;
        self.hash()
    }

    /// What follows `certificate`.
    fn certificate(&mut self) -> Result<(), SyntaxError> {
        let is_position = match self.token {
            Token::Word("leaf" | "root" | "anchor") => true,
            Token::Word(word) => word.parse::<i32>().is_ok(),
            _ => false,
        };
        if is_position {
            self.advance()?;
        }
        if self.take_word(&["trusted"])? {
            return Ok(());
        }
        if self.is_symbol(&["["]) {
            self.key()?;
            return self.comparison();
        }
        if !is_position && !self.is_symbol(&["=", "=="]) && !matches!(self.token, Token::Hash | Token::Path) {
            let found = self.found();
            return self.fail(&format!(
                "expected `leaf`, `root`, a number or a field in brackets after `certificate`, found {found}"
            ));
        }
        self.take_symbol(&["=", "=="])?;
        self.hash()
    }

    /// A key in brackets.
    fn key(&mut self) -> Result<(), SyntaxError> {
        if !self.take_symbol(&["["])? {
            let found = self.found();
            return self.fail(&format!("expected a key in brackets, found {found}"));
        }
        self.value()?;
        if !self.take_symbol(&["]"])? {
            let found = self.found();
            return self.fail(&format!("expected `]`, found {found}"));
        }
        Ok(())
    }

    /// What follows a key: a comparison, or nothing or `exists`, which test that it is present.
    fn comparison(&mut self) -> Result<(), SyntaxError> {
        if self.take_word(&["exists", "absent"])? {
            return Ok(());
        }
        if self.take_symbol(&["=", "=="])? {
            self.take_symbol(&["*"])?;
            self.value()?;
            self.take_symbol(&["*"])?;
            return Ok(());
        }
        if self.take_symbol(&["<", ">", "<=", ">=", "~"])? {
            self.take_word(&["timestamp"])?;
            return self.value();
        }
        match self.token {
            Token::Text | Token::Hash => {
                let found = self.found();
                self.fail(&format!("expected `=` before {found}"))
            }
            Token::Word(word) if !matches!(word, "and" | "or") => {
                let found = self.found();
                self.fail(&format!("expected `=`, `exists`, `and` or `or`, found {found}"))
            }
            _ => Ok(()),
        }
    }

    /// A string, a name or a number.
    fn value(&mut self) -> Result<(), SyntaxError> {
        match self.token {
            Token::Text | Token::Hash => self.advance(),
            Token::Word(word) if !matches!(word, "and" | "or" | "not") => self.advance(),
            _ => {
                let found = self.found();
                self.fail(&format!("expected a value, found {found}"))
            }
        }
    }

    fn hash(&mut self) -> Result<(), SyntaxError> {
        match self.token {
            Token::Hash | Token::Path | Token::Text => self.advance(),
            _ => {
                let found = self.found();
                self.fail(&format!("expected a hash such as `H\"…\"`, found {found}"))
            }
        }
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        match self.token {
            Token::Word(word) if word.parse::<i64>().is_ok() => self.advance(),
            _ => {
                let found = self.found();
                self.fail(&format!("expected a number, found {found}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn requirements_in_use_are_accepted() {
        for text in [
            "identifier com.example.app",
            r#"identifier "com.example.app" and anchor apple"#,
            r#"identifier = "com.example.app" and anchor apple generic"#,
            r#"anchor apple generic and identifier "com.microsoft.wdav" and (certificate leaf[field.1.2.840.113635.100.6.1.9] /* exists */ or certificate 1[field.1.2.840.113635.100.6.2.6] /* exists */ and certificate leaf[field.1.2.840.113635.100.6.1.13] /* exists */ and certificate leaf[subject.OU] = UBF8T346G9)"#,
            r#"certificate leaf[subject.CN] = "Mac Developer: *""#,
            "certificate leaf[subject.CN] = *Developer*",
            r#"cert leaf = H"0123456789abcdef0123456789abcdef01234567""#,
            r#"anchor = H"0123456789ABCDEF0123456789ABCDEF01234567""#,
            "anchor = /var/certs/root.cer",
            "anchor trusted and certificate 1 trusted",
            "certificate -1[subject.O] = Example",
            r#"cdhash H"0123456789abcdef0123456789abcdef01234567""#,
            r#"info[CFBundleShortVersionString] >= "17.4" and !(identifier "com.example.a" || identifier "com.example.b")"#,
            r#"entitlement["com.apple.security.app-sandbox"] exists"#,
            "certificate leaf[timestamp.1.2.840.113635.100.6.1.33] <= timestamp \"20220101000000Z\"",
            "platform = 1 // the platform\nand not never # done",
            "notarized",
            "always",
        ] {
            assert_eq!(parse(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn the_first_mistake_is_found_with_its_place() {
        for (text, character, expected) in [
            ("certificate leaf[subject.OU] ABC", 30, "`=`"),
            (r#"certificate leaf[subject.OU] "ABC""#, 30, "`=`"),
            (r#"designated => identifier "a""#, 1, "set of requirements"),
            (r#"identifier "a" => anchor apple"#, 16, "`=>`"),
            ("", 1, "found the end"),
            ("identifier", 11, "found the end"),
            (r#"identifier "com.example"#, 12, "closing quotation mark"),
            (r#"identifier “com.example”"#, 12, "curly"),
            (r#"identifier "a" and"#, 19, "found the end"),
            (r#"identifier "a" anchor apple"#, 16, "`and`"),
            (r#"(identifier "a""#, 16, "`)`"),
            (r#"identifier "a")"#, 15, "`)`"),
            ("anchor", 7, "hash"),
            ("anchor aple", 8, "`aple`"),
            ("certificate lef[subject.OU] = A", 13, "`lef`"),
            ("certificate leaf[subject.OU = A", 29, "`]`"),
            ("com.example.app", 1, "`identifier`"),
            (r#"identifer "com.example.app""#, 1, "`identifer`"),
            ("cdhash H\"012\"", 8, "even number"),
            ("info CFBundleVersion = 1", 6, "brackets"),
            ("platform = one", 12, "a number"),
            ("identifier \"a\" /* and", 16, "`*/`"),
            ("identifier \"a\" and \u{a0}anchor apple %", 34, "`%`"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(error.character, character, "{text}: {error}");
            assert!(error.message.contains(expected), "{text}: {error}");
        }
        let deep = format!("{}always{}", "(".repeat(100_000), ")".repeat(100_000));
        assert!(parse(&deep).unwrap_err().message.contains("nested"));
        assert_eq!(parse(&format!("{}always", "! ".repeat(100_000))), Ok(()));
    }
}
