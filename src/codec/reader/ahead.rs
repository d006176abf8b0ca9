//! Looking ahead and rewinding.

use std::borrow::Cow;

use super::{Open, Reader, Result, Source};
use crate::format::binary;
use crate::format::json::{self, Container};
use crate::format::token::Token;
use crate::format::tree;
use crate::format::xml;

/// A position before a value, for [`Reader::rewind`].
pub(crate) struct Mark<'a> {
    place: Place<'a>,
    depth: usize,
}

enum Place<'a> {
    Xml(xml::Place),
    Binary(binary::Place),
    Json(json::Place),
    Tree(tree::Place<'a>),
}

impl<'a> Reader<'a> {
    /// Returns the string value of `key` in the dictionary that follows, without reading the dictionary. Returns `None` if the next value
    /// is not a dictionary, does not have the key, or has another value there.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is malformed before the end of that value.
    pub fn find(&mut self, key: &str) -> Result<Option<Cow<'a, str>>> {
        let mark = self.mark();
        let found = if self.enter_dictionary()? {
            self.find_in_dictionary(key)?
        } else {
            None
        };
        self.rewind(&mark);
        Ok(found)
    }

    /// Enters the next value if it is a dictionary. Returns whether it is.
    fn enter_dictionary(&mut self) -> Result<bool> {
        if let Source::Json(json) = &mut self.source
            && json.enters(Container::Object)
        {
            return self.open(Open::Object(0)).map(|()| true);
        }
        match self.value_token()? {
            Token::Dictionary => self.open_dictionary().map(|()| true),
            _ => Ok(false),
        }
    }

    fn find_in_dictionary(&mut self, key: &str) -> Result<Option<Cow<'a, str>>> {
        while let Some(found) = self.next_key()? {
            if found == key {
                if let Source::Json(json) = &mut self.source
                    && let Some(text) = json.plain_string()
                {
                    return Ok(Some(Cow::Borrowed(text)));
                }
                return Ok(match self.value_token()? {
                    Token::String(text) => Some(text),
                    _ => None,
                });
            }
            self.skip()?;
        }
        Ok(None)
    }

    /// Returns the position before the next value. You can [rewind](Self::rewind) to it until the enclosing array or dictionary is left.
    #[inline]
    pub(crate) fn mark(&self) -> Mark<'a> {
        let peeked = self.peeked.is_some();
        let place = match &self.source {
            Source::Xml(xml) => Place::Xml(if peeked { xml.last_place() } else { xml.place() }),
            Source::Binary(binary) => Place::Binary(if peeked { binary.last_place() } else { binary.place() }),
            Source::Json(json) => Place::Json(json.place()),
            Source::Tree(tree) => Place::Tree(if peeked { tree.last_place() } else { tree.place() }),
        };
        Mark {
            place,
            depth: self.open.len(),
        }
    }

    /// Goes back to a position that this reader has marked.
    pub(crate) fn rewind(&mut self, mark: &Mark<'a>) {
        debug_assert!(
            self.open.len() >= mark.depth,
            "the array or dictionary around the mark has been left"
        );
        self.open.truncate(mark.depth);
        self.peeked = None;
        match (&mut self.source, &mark.place) {
            (Source::Xml(xml), Place::Xml(place)) => xml.go_to(*place),
            (Source::Binary(binary), Place::Binary(place)) => binary.go_to(*place),
            (Source::Json(json), Place::Json(place)) => json.go_to(*place),
            (Source::Tree(tree), Place::Tree(place)) => tree.go_to(*place),
            _ => unreachable!("a mark of another reader"),
        }
    }
}
