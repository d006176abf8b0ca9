//! Reading scalar values.

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
    /// Returns an error if the value has another type, or if the document is malformed.
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

    /// Reads an integer, which can be written as a real.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type, or if the document is malformed.
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

    /// Reads the next value if it is an integer that needs no token. Otherwise reads nothing.
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

    /// Reads an integer in the range of `i64`.
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

    /// Reads a real, which can be written as an integer.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type, or if the document is malformed.
    pub fn real(&mut self) -> Result<f64> {
        match self.token()? {
            Token::Real(n) => Ok(n),
            Token::Integer(n) => Ok(n.as_f64()),
            other => Err(self.mismatch(Type::Real, &other)),
        }
    }

    /// Reads a boolean, which can be written as the integer 0 or 1.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type, or if the document is malformed.
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

    /// Reads data, which is base64 text in JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type, or if the document is malformed.
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

    /// Reads the rest of an array of bytes.
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

    /// Reads a date, which is RFC 3339 text in JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type, or if the document is malformed.
    pub fn date(&mut self) -> Result<Date> {
        match self.token()? {
            Token::Date(date) => Ok(date),
            Token::String(text) if self.textual => text.parse().map_err(|e: Error| self.error(e.into_kind())),
            other => Err(self.mismatch(Type::Date, &other)),
        }
    }
}
