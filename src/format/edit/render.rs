//! New values and keys as text.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind};
use crate::format::encoding::Encoding;
use crate::format::sink::{Scalar, unrepresentable};
use crate::format::{DocumentFormat, Limits, json, xml};
use crate::value::{Dictionary, Type, Value, data};

type Result<T> = std::result::Result<T, Error>;

/// How new values are laid out.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    pub(super) format: DocumentFormat,
    pub(super) encoding: Encoding,
    /// The line end of the document.
    pub(super) line_end: &'a str,
    /// What a level of nesting is indented by.
    pub(super) unit: &'a str,
    /// The indentation of the line where the value begins, if arrays and dictionaries have a line for each item.
    pub(super) indent: Option<&'a str>,
    /// Whether a space follows the colons and commas of JSON on a line.
    pub(super) is_spaced: bool,
}

/// Checks that a value can be written at `depth` of a document of this format.
///
/// # Errors
///
/// Returns an error if the format cannot represent the value, or if it would be nested too deep.
pub(super) fn check(value: &Value, format: DocumentFormat, depth: usize) -> Result<()> {
    let is_json = format == DocumentFormat::Json;
    let inner = || match depth < Limits::MAX_DEPTH {
        true => Ok(depth + 1),
        false => Err(Error::new(ErrorKind::TooDeep {
            limit: Limits::MAX_DEPTH,
        })),
    };
    match value {
        Value::Null if !is_json => Err(unrepresentable(format, "null")),
        Value::Real(number) if is_json && !number.is_finite() => {
            Err(unrepresentable(format, "a number that is not finite"))
        }
        Value::Uid(_) if is_json => Err(unrepresentable(format, "a UID")),
        Value::Unparsed(unparsed) if is_json => Err(unrepresentable(format, unparsed.description())),
        Value::Array(items) => {
            let depth = inner()?;
            items.iter().try_for_each(|item| check(item, format, depth))
        }
        Value::Dictionary(entries) => {
            let depth = inner()?;
            entries.values().try_for_each(|value| check(value, format, depth))
        }
        _ => Ok(()),
    }
}

impl Style<'_> {
    /// Returns the text of a key, without what separates it from its value.
    pub(super) fn key(&self, key: &str) -> Result<String> {
        match self.format {
            DocumentFormat::Json => json::scalar(Scalar::String(key)),
            _ => {
                let element = xml::element(Scalar::String(key))?;
                let text = element
                    .strip_prefix("<string>")
                    .and_then(|text| text.strip_suffix("</string>"));
                Ok(self.encodable(format!("<key>{}</key>", text.unwrap_or_default())))
            }
        }
    }

    /// Returns the text of a value.
    pub(super) fn value(&self, value: &Value) -> Result<String> {
        let mut text = String::new();
        let indent = self.indent.map(str::to_owned);
        self.push(&mut text, value, indent.as_deref())?;
        Ok(text)
    }

    /// Replaces what the encoding of the document does not have by references.
    fn encodable(&self, text: String) -> String {
        if text.chars().all(|c| self.encoding.has(c)) {
            return text;
        }
        let references = text.chars().map(|c| match self.encoding.has(c) {
            true => Cow::Owned(c.to_string()),
            false => Cow::Owned(format!("&#{};", u32::from(c))),
        });
        references.collect()
    }

    fn push(&self, text: &mut String, value: &Value, indent: Option<&str>) -> Result<()> {
        let scalar = match value {
            Value::Null => Scalar::Null,
            Value::String(value) => Scalar::String(value),
            Value::Integer(number) => Scalar::Integer(*number),
            Value::Real(number) => Scalar::Real(*number),
            Value::Boolean(flag) => Scalar::Boolean(*flag),
            Value::Date(date) => Scalar::Date(*date),
            Value::Unparsed(unparsed) => Scalar::Unparsed(unparsed),
            Value::Data(bytes) if self.format == DocumentFormat::Json => Scalar::Data(bytes),
            Value::Data(bytes) => {
                self.data(text, bytes, indent);
                return Ok(());
            }
            // As property lists in XML refer to objects of a keyed archive.
            Value::Uid(number) => {
                let reference = Dictionary::from_iter([("CF$UID", *number)]);
                return self.dictionary(text, &reference, indent);
            }
            Value::Array(items) => return self.array(text, items, indent),
            Value::Dictionary(entries) => return self.dictionary(text, entries, indent),
        };
        text.push_str(&match self.format {
            DocumentFormat::Json => json::scalar(scalar)?,
            _ => self.encodable(xml::element(scalar)?),
        });
        Ok(())
    }

    fn array(&self, text: &mut String, items: &[Value], indent: Option<&str>) -> Result<()> {
        let [start, end, empty] = self.brackets(Type::Array);
        if items.is_empty() {
            text.push_str(empty);
            return Ok(());
        }
        let inner = indent.map(|indent| format!("{indent}{}", self.unit));
        text.push_str(start);
        for (index, item) in items.iter().enumerate() {
            self.separate(text, index, inner.as_deref());
            self.push(text, item, inner.as_deref())?;
        }
        self.new_line(text, indent);
        text.push_str(end);
        Ok(())
    }

    fn dictionary(&self, text: &mut String, entries: &Dictionary, indent: Option<&str>) -> Result<()> {
        let [start, end, empty] = self.brackets(Type::Dictionary);
        if entries.is_empty() {
            text.push_str(empty);
            return Ok(());
        }
        let inner = indent.map(|indent| format!("{indent}{}", self.unit));
        text.push_str(start);
        for (index, (key, value)) in entries.iter().enumerate() {
            self.separate(text, index, inner.as_deref());
            text.push_str(&self.key(key)?);
            self.after_key(text, inner.as_deref());
            self.push(text, value, inner.as_deref())?;
        }
        self.new_line(text, indent);
        text.push_str(end);
        Ok(())
    }

    /// Returns the start, the end, and the whole of an empty container.
    const fn brackets(&self, kind: Type) -> [&'static str; 3] {
        match (self.format, kind) {
            (DocumentFormat::Json, Type::Array) => ["[", "]", "[]"],
            (DocumentFormat::Json, _) => ["{", "}", "{}"],
            (_, Type::Array) => ["<array>", "</array>", "<array/>"],
            (_, _) => ["<dict>", "</dict>", "<dict/>"],
        }
    }

    /// Writes what comes before the item or entry with this index.
    fn separate(&self, text: &mut String, index: usize, indent: Option<&str>) {
        if self.format == DocumentFormat::Json && index > 0 {
            text.push_str(if self.is_spaced && indent.is_none() { ", " } else { "," });
        }
        self.new_line(text, indent);
    }

    /// Writes what comes between a key and its value.
    pub(super) fn after_key(&self, text: &mut String, indent: Option<&str>) {
        match self.format {
            DocumentFormat::Json => text.push_str(if self.is_spaced || indent.is_some() { ": " } else { ":" }),
            _ => self.new_line(text, indent),
        }
    }

    fn new_line(&self, text: &mut String, indent: Option<&str>) {
        if let Some(indent) = indent {
            text.push_str(self.line_end);
            text.push_str(indent);
        }
    }

    /// Writes data in lines of 76 characters at most, or on a single line if there are no lines.
    fn data(&self, text: &mut String, bytes: &[u8], indent: Option<&str>) {
        /// The bytes of a line: 76 columns minus the indentation, but at least 20 characters of base64.
        const fn line_len(indent: usize) -> usize {
            let columns = 76usize.saturating_sub(indent);
            let columns = if columns < 20 { 20 } else { columns };
            columns / 4 * 3
        }
        text.push_str("<data>");
        match indent.filter(|_| !bytes.is_empty()) {
            None => data::encode_into(bytes, text),
            Some(indent) => {
                let columns = indent.chars().map(|c| if c == '\t' { 8 } else { 1 }).sum();
                for line in bytes.chunks(line_len(columns)) {
                    self.new_line(text, Some(indent));
                    data::encode_into(line, text);
                }
                self.new_line(text, Some(indent));
            }
        }
        text.push_str("</data>");
    }
}
