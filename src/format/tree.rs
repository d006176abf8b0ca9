//! Reading tokens from a [`Value`].

use std::borrow::Cow;

use crate::format::token::{Encoded, Token};
use crate::value::{Iter, Value};

/// Reads tokens from a [`Value`].
pub(crate) struct Tree<'a> {
    /// The next value if it is the root, follows a key, or was returned to.
    next: Option<&'a Value>,
    /// The value that the last token was or started.
    last: Option<&'a Value>,
    open: Vec<Items<'a>>,
}

enum Items<'a> {
    Array(std::slice::Iter<'a, Value>),
    Dictionary(Iter<'a>),
}

/// A position before a value.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    value: Option<&'a Value>,
    depth: usize,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(root: &'a Value) -> Self {
        Self {
            next: Some(root),
            last: None,
            open: Vec::new(),
        }
    }

    /// Returns the position before the next value.
    pub(crate) fn place(&self) -> Place<'a> {
        Place {
            value: self.next,
            depth: self.open.len(),
        }
    }

    /// Returns the position before the value that the last token was or started.
    pub(crate) fn last_place(&self) -> Place<'a> {
        let opened = matches!(self.last, Some(Value::Array(_) | Value::Dictionary(_)));
        Place {
            value: self.last,
            depth: self.open.len() - usize::from(opened),
        }
    }

    pub(crate) fn go_to(&mut self, place: Place<'a>) {
        self.next = place.value;
        self.open.truncate(place.depth);
    }

    pub(crate) fn next(&mut self) -> Token<'a> {
        if let Some(value) = self.next.take() {
            return self.value(value);
        }
        match self.open.last_mut() {
            None => Token::End,
            Some(Items::Array(items)) => match items.next() {
                Some(value) => self.value(value),
                None => {
                    self.open.pop();
                    Token::EndArray
                }
            },
            Some(Items::Dictionary(entries)) => match entries.next() {
                Some((key, value)) => {
                    self.next = Some(value);
                    Token::Key(Cow::Borrowed(key))
                }
                None => {
                    self.open.pop();
                    Token::EndDictionary
                }
            },
        }
    }

    fn value(&mut self, value: &'a Value) -> Token<'a> {
        self.last = Some(value);
        match value {
            Value::Null => Token::Null,
            Value::String(s) => Token::String(Cow::Borrowed(s)),
            Value::Integer(n) => Token::Integer(*n),
            Value::Real(n) => Token::Real(*n),
            Value::Boolean(b) => Token::Boolean(*b),
            Value::Data(data) => Token::Data(Encoded::Bytes(data)),
            Value::Date(date) => Token::Date(*date),
            Value::Uid(n) => Token::Uid(*n),
            Value::Unparsed(unparsed) => Token::Unparsed(unparsed.clone()),
            Value::Array(items) => {
                self.open.push(Items::Array(items.iter()));
                Token::Array
            }
            Value::Dictionary(entries) => {
                self.open.push(Items::Dictionary(entries.iter()));
                Token::Dictionary
            }
        }
    }
}
