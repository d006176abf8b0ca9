//! The interface of the writers of all formats.

use super::{DocumentFormat, Limits};
use crate::error::{Error, ErrorKind};
use crate::value::{Date, Integer, Unparsed};

type Result<T> = std::result::Result<T, Error>;

/// A document of one format that is being written, value by value.
///
/// The content of an array or dictionary comes between [`begin`](Self::begin) and [`end`](Self::end). A call of [`item`](Self::item)
/// precedes each item of an array, and a call of [`key`](Self::key) each value of a dictionary.
pub(crate) trait Sink<'a> {
    fn scalar(&mut self, scalar: Scalar<'a>) -> Result<()>;
    fn begin(&mut self, container: Container) -> Result<()>;
    fn item(&mut self);
    fn key(&mut self, key: Name<'a>) -> Result<()>;
    fn end(&mut self, container: Container);
}

/// A value that contains no others.
pub(crate) enum Scalar<'a> {
    Null,
    String(&'a str),
    Integer(Integer),
    Real(f64),
    Boolean(bool),
    Data(&'a [u8]),
    Date(Date),
    Uid(u64),
    Unparsed(&'a Unparsed),
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Container {
    Array,
    Dictionary,
}

/// A key to be written.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a str,
    /// Whether no format needs to escape it.
    pub(crate) plain: bool,
}

/// Returns the depth inside a container at `depth`.
///
/// # Errors
///
/// Returns an error if it exceeds [`Limits::MAX_DEPTH`].
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
