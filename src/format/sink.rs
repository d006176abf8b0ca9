//! What a document is written to, whatever its format.

use super::{DocumentFormat, Limits};
use crate::error::{Error, ErrorKind};
use crate::value::{Date, Integer};

type Result<T> = std::result::Result<T, Error>;

/// A document of one format that is being written, value by value.
///
/// What an array or a dictionary holds comes between [`begin`](Self::begin) and [`end`](Self::end): each item after a call
/// of [`item`](Self::item), each value of a dictionary after its [`key`](Self::key).
pub(crate) trait Sink<'a> {
    fn scalar(&mut self, scalar: Scalar<'a>) -> Result<()>;
    fn begin(&mut self, container: Container) -> Result<()>;
    fn item(&mut self);
    fn key(&mut self, key: Name<'a>) -> Result<()>;
    fn end(&mut self, container: Container);
}

/// A value that holds no others.
pub(crate) enum Scalar<'a> {
    Null,
    String(&'a str),
    Integer(Integer),
    Real(f64),
    Boolean(bool),
    Data(&'a [u8]),
    Date(Date),
    Uid(u64),
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Container {
    Array,
    Dictionary,
}

/// A key as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a str,
    /// Whether it can stand in every format as it is.
    pub(crate) plain: bool,
}

/// One level more.
pub(crate) fn deeper(depth: usize) -> Result<usize> {
    if depth < Limits::MAX_DEPTH {
        Ok(depth + 1)
    } else {
        Err(Error::new(ErrorKind::TooDeep {
            limit: Limits::MAX_DEPTH,
        }))
    }
}

pub(crate) fn unrepresentable(format: DocumentFormat, what: &'static str) -> Error {
    Error::new(ErrorKind::Unrepresentable { format, what })
}
