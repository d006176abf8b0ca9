//! Reading values of any type.

use smol_str::SmolStr;

use super::{Open, Reader, Result, Source, ValueStart};
use crate::error::ErrorKind;
use crate::format::binary::Plain;
use crate::format::irregular::Irregularity;
use crate::format::token::{Encoded, Token};
use crate::value::keys::KeysBuilder;
use crate::value::{Data, Dictionary, Type, Unparsed, Value, data};

/// The memory of a dictionary besides its keys and values: two allocations and what they share.
const DICTIONARY_COST: usize = 128;

impl<'a> Reader<'a> {
    /// Reads a value of any type.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is malformed.
    pub fn value(&mut self) -> Result<Value> {
        let mut value = Value::Null;
        self.value_into(&mut value)?;
        Ok(value)
    }

    /// Reads a value of any type in place.
    fn value_into(&mut self, target: &mut Value) -> Result<()> {
        self.spend(size_of::<Value>())?;
        if let Source::Binary(binary) = &mut self.source
            && let Some(plain) = binary.plain(|_| true)
        {
            *target = match plain {
                Plain::Text(text) => Value::String(text.to_owned()),
                Plain::Integer(number) => Value::Integer(number.into()),
                Plain::Boolean(value) => Value::Boolean(value),
            };
            return Ok(());
        }
        match self.begin_value()? {
            ValueStart::Text(text) => *target = Value::String(text.into_owned()),
            ValueStart::Scalar(value) => *target = value,
            ValueStart::Array => *target = Value::Array(self.rest_of_array()?),
            ValueStart::Dictionary => *target = Value::Dictionary(self.rest_of_dictionary()?),
        }
        Ok(())
    }

    /// Reads a scalar, or enters an array or dictionary.
    #[inline(always)]
    pub(crate) fn begin_value(&mut self) -> Result<ValueStart<'a>> {
        Ok(ValueStart::Scalar(match self.value_token()? {
            Token::String(text) => return Ok(ValueStart::Text(text)),
            Token::Integer(n) => Value::Integer(n),
            Token::Real(n) => Value::Real(n),
            Token::Boolean(b) => Value::Boolean(b),
            Token::Data(encoded) => self.data_value(encoded),
            Token::Date(date) => Value::Date(date),
            Token::Uid(n) => Value::Uid(n),
            Token::Unparsed(unparsed) => Value::Unparsed(unparsed),
            Token::Array => {
                self.open(Open::Array(0))?;
                return Ok(ValueStart::Array);
            }
            Token::Dictionary => {
                self.open_dictionary()?;
                return Ok(ValueStart::Dictionary);
            }
            Token::Null | Token::Key(_) | Token::EndArray | Token::EndDictionary | Token::End => Value::Null,
        }))
    }

    /// Decodes data; notes and keeps a text that is not valid base64.
    fn data_value(&mut self, encoded: Encoded<'a>) -> Value {
        let text = match encoded {
            Encoded::Bytes(bytes) => return Value::Data(bytes.into()),
            Encoded::Base64(text) => text,
        };
        let decoded = data::decode_loosely(&text);
        let is_complete = |data: &Data| data.len().is_multiple_of(3) || text.trim_ascii_end().ends_with('=');
        if let Source::Xml(xml) = &mut self.source {
            match &decoded {
                None => xml.note(Irregularity::Unparsed(Type::Data)),
                Some(data) if !is_complete(data) => xml.note(Irregularity::IncompleteBase64),
                Some(_) => {}
            }
        }
        match decoded {
            Some(data) => Value::Data(data),
            None => Value::Unparsed(Unparsed::new(Type::Data, text)),
        }
    }

    /// Returns the number of remaining elements or entries, or 0 if it is not known in advance.
    fn left(&self) -> usize {
        match &self.source {
            Source::Binary(binary) => binary.left(),
            Source::Xml(_) | Source::Json(_) | Source::Tree(_) => 0,
        }
    }

    /// Returns the number of elements of this size to reserve memory for: the number of remaining elements if it is known in advance,
    /// limited to memory in proportion to the size of the document.
    pub(crate) fn room(&self, size: usize) -> usize {
        match &self.source {
            Source::Binary(binary) => binary.left().min(binary.proportionate() / size.max(1)),
            Source::Xml(_) | Source::Json(_) | Source::Tree(_) => 0,
        }
    }

    fn rest_of_array(&mut self) -> Result<Vec<Value>> {
        let mut items = Vec::with_capacity(self.left());
        while self.next_item()? {
            self.next_value(&mut items)?;
        }
        Ok(items)
    }

    fn rest_of_dictionary(&mut self) -> Result<Dictionary> {
        let mut values = Vec::with_capacity(self.left());
        let references = match &self.source {
            Source::Binary(binary) => binary.keys(),
            Source::Xml(_) | Source::Json(_) | Source::Tree(_) => &[],
        };
        if !references.is_empty()
            && let Some(keys) = self.recent_keys.with_references(references)
        {
            while let Some(key) = self.binary_key(|_, _| Ok(())) {
                if key?.is_none() {
                    break;
                }
                self.next_value(&mut values)?;
            }
            return Ok(Dictionary::of(keys, values));
        }
        let mut keys = KeysBuilder::default();
        while let Some(key) = self.next_key()? {
            if !keys.add(&key, &self.recent_keys) {
                return Err(self.error(ErrorKind::RepeatedKey));
            }
            self.next_value(&mut values)?;
        }
        if values.is_empty() {
            return Ok(Dictionary::new());
        }
        self.spend(DICTIONARY_COST)?;
        values.shrink_to_fit();
        let (keys, are_new) = keys.finish();
        if are_new {
            self.spend(keys.len() * size_of::<SmolStr>())?;
            self.recent_keys.add(&keys, references);
        }
        Ok(Dictionary::of(keys, values))
    }

    fn next_value(&mut self, values: &mut Vec<Value>) -> Result<()> {
        values.push(Value::Null);
        match values.last_mut() {
            Some(value) => self.value_into(value),
            None => Ok(()),
        }
    }
}
