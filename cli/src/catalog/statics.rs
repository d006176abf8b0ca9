//! Tables that live as long as the process.

use std::collections::HashSet;

use super::Detail;
use crate::terminal::escape;

/// The maximum length of a description, in characters.
const MAX_DESCRIPTION: usize = 2_000;

/// Makes texts and tables that live as long as the process, and remembers the texts so that each exists once.
#[derive(Debug)]
pub struct Statics {
    pub detail: Detail,
    texts: HashSet<&'static str>,
}

/// Returns a value that lives as long as the process.
pub fn value<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Returns a list that lives as long as the process.
pub fn list<T>(list: Vec<T>) -> &'static [T] {
    // An empty list needs no memory.
    Box::leak(list.into_boxed_slice())
}

impl Statics {
    pub fn new(detail: Detail) -> Self {
        Self {
            detail,
            texts: HashSet::new(),
        }
    }

    /// Returns a text. Characters that could change what a terminal shows are escaped.
    pub fn text(&mut self, text: &str) -> &'static str {
        let text = escape(text);
        if let Some(known) = self.texts.get(&*text) {
            return known;
        }
        let text: &'static str = Box::leak(text.into_owned().into_boxed_str());
        self.texts.insert(text);
        text
    }

    /// Returns a description, or an empty text if descriptions are not wanted.
    pub fn description(&mut self, text: &str) -> &'static str {
        if self.detail == Detail::Facts {
            return "";
        }
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if let Some((end, _)) = line.char_indices().nth(MAX_DESCRIPTION) {
            line.truncate(end);
            line.push('…');
        }
        self.text(&line)
    }

    /// Returns a list of texts.
    pub fn texts(&mut self, texts: &[String]) -> &'static [&'static str] {
        let texts = texts.iter().map(|text| self.text(text)).collect();
        list(texts)
    }
}
