//! Reading values that hold no others.

use std::borrow::Cow;

use super::{Open, Reader, Result, Source};
use crate::error::{Error, ErrorKind};
use crate::format::binary::Plain;
use crate::format::token::{Encoded, Token};
use crate::value::{Data, Date, Integer, Type, Unparsed, data};

impl<'a> Reader<'a> {
    /// Reads a string.
    ///
    /// # Errors
    ///
    /// Where the value has another type or the document is broken.
    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        if let Source::Json(json) = &mut self.source
            && let Some(text) = json.plain_string()
        {
            return Ok(Cow::Borrowed(text));
        }
        if let Source::Binary(binary) = &mut self.source
            && let Some(Plain::Text(text)) = binary.plain(|marker| marker >> 4 == 0x5)
        {
            return Ok(Cow::Borrowed(text));
        }
        match self.token()? {
            Token::String(text) => Ok(text),
            other => Err(self.mismatch(Type::String, &other)),
        }
    }

    /// Reads an integer, also one that is written as a real.
    ///
    /// # Errors
    ///
    /// Where the value has another type or the document is broken.
    pub fn integer(&mut self) -> Result<Integer> {
        if let Some(number) = self.plain_integer() {
            return Ok(number.into());
        }
        match self.token()? {
            Token::Integer(n) => Ok(n),
            Token::Real(n) => Integer::from_f64(n).ok_or_else(|| self.mismatch(Type::Integer, &Token::Real(n))),
            other => Err(self.mismatch(Type::Integer, &other)),
        }
    }

    /// The integer that comes next, where it is read without a token; else nothing has been read.
    #[inline(always)]
    fn plain_integer(&mut self) -> Option<i64> {
        if let Source::Json(json) = &mut self.source {
            return json.small_integer();
        }
        if let Source::Binary(binary) = &mut self.source
            && let Some(Plain::Integer(number)) = binary.plain(|marker| marker >> 4 == 0x1)
        {
            return Some(number);
        }
        None
    }

    /// Reads an integer that an `i64` holds.
    pub(crate) fn small_integer(&mut self) -> Result<i64> {
        if let Some(number) = self.plain_integer() {
            return Ok(number);
        }
        self.integer()?.as_i64().ok_or_else(|| {
            self.error(ErrorKind::Value {
                expected: "an integer up to 9223372036854775807".into(),
                found: "a greater one".into(),
            })
        })
    }

    /// Reads a real, also one that is written as an integer.
    ///
    /// # Errors
    ///
    /// Where the value has another type or the document is broken.
    pub fn real(&mut self) -> Result<f64> {
        match self.token()? {
            Token::Real(n) => Ok(n),
            Token::Integer(n) => Ok(n.as_f64()),
            other => Err(self.mismatch(Type::Real, &other)),
        }
    }

    /// Reads a boolean, also one that is written as the integer 0 or 1.
    ///
    /// # Errors
    ///
    /// Where the value has another type or the document is broken.
    pub fn boolean(&mut self) -> Result<bool> {
        if let Source::Json(json) = &mut self.source
            && let Some(value) = json.boolean()
        {
            return Ok(value);
        }
        if let Source::Binary(binary) = &mut self.source
            && let Some(Plain::Boolean(value)) = binary.plain(|marker| marker >> 4 == 0x0)
        {
            return Ok(value);
        }
        match self.token()? {
            Token::Boolean(b) => Ok(b),
            Token::Integer(n) if n == 0.into() => Ok(false),
            Token::Integer(n) if n == 1.into() => Ok(true),
            other => Err(self.mismatch(Type::Boolean, &other)),
        }
    }

    /// Reads data; in JSON, base64 text.
    ///
    /// # Errors
    ///
    /// Where the value has another type or the document is broken.
    pub fn data(&mut self) -> Result<Data> {
        match self.token()? {
            Token::Data(encoded) => self.decode(encoded),
            Token::String(text) if self.textual => data::decode(&text).ok_or_else(|| {
                self.error(ErrorKind::Value {
                    expected: "base64 text".into(),
                    found: "another string".into(),
                })
            }),
            Token::Array if self.numeric => self.bytes(),
            other => Err(self.mismatch(Type::Data, &other)),
        }
    }

    /// The rest of an array of bytes.
    fn bytes(&mut self) -> Result<Data> {
        self.open(Open::Array(0))?;
        let mut bytes = Vec::new();
        while self.next_item()? {
            let byte = self.integer()?.as_u64().and_then(|n| u8::try_from(n).ok());
            bytes.push(byte.ok_or_else(|| {
                self.error(ErrorKind::Value {
                    expected: "a byte".into(),
                    found: "another number".into(),
                })
            })?);
        }
        Ok(Data(bytes))
    }

    fn decode(&self, encoded: Encoded<'_>) -> Result<Data> {
        match encoded {
            Encoded::Bytes(bytes) => Ok(bytes.into()),
            Encoded::Base64(text) => {
                let data = data::decode_loosely(&text);
                data.ok_or_else(|| self.mismatch(Type::Data, &Token::Unparsed(Unparsed::new(Type::Data, text))))
            }
        }
    }

    /// Reads a date; in JSON, RFC 3339 text.
    ///
    /// # Errors
    ///
    /// Where the value has another type or the document is broken.
    pub fn date(&mut self) -> Result<Date> {
        match self.token()? {
            Token::Date(date) => Ok(date),
            Token::String(text) if self.textual => text.parse().map_err(|e: Error| self.error(e.into_kind())),
            other => Err(self.mismatch(Type::Date, &other)),
        }
    }
}
