//! Writing JSON.

use std::fmt::Write;

use super::unescaped_len;
use crate::error::Error;
use crate::format::DocumentFormat;
use crate::format::sink::{Container, Name, Scalar, Sink, deeper, unrepresentable};
use crate::value::{Integer, data};

type Result<T> = std::result::Result<T, Error>;

/// Returns the text of a scalar.
///
/// # Errors
///
/// Returns an error if JSON cannot represent the scalar.
pub(crate) fn scalar(scalar: Scalar<'_>) -> Result<String> {
    let mut writer = JsonWriter {
        text: String::new(),
        depth: 0,
        indented: false,
        is_first: false,
    };
    writer.scalar(scalar)?;
    Ok(writer.text)
}

/// A JSON document that is being written.
pub(crate) struct JsonWriter {
    text: String,
    depth: usize,
    indented: bool,
    /// Whether the innermost container has no content yet.
    is_first: bool,
}

impl Sink<'_> for JsonWriter {
    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<()> {
        match scalar {
            Scalar::Null => self.text.push_str("null"),
            Scalar::String(text) => self.string(text),
            Scalar::Integer(n) => self.integer(n),
            Scalar::Real(n) if n.is_finite() => self.real(n),
            Scalar::Real(_) => return Err(unrepresentable(DocumentFormat::Json, "a number that is not finite")),
            Scalar::Boolean(b) => self.text.push_str(if b { "true" } else { "false" }),
            Scalar::Data(bytes) => {
                self.text.push('"');
                data::encode_into(bytes, &mut self.text);
                self.text.push('"');
            }
            Scalar::Date(date) => self.shown(format_args!("\"{date}\"")),
            Scalar::Uid(_) => return Err(unrepresentable(DocumentFormat::Json, "a UID")),
            Scalar::Unparsed(unparsed) => {
                return Err(unrepresentable(DocumentFormat::Json, unparsed.description()));
            }
        }
        Ok(())
    }

    fn begin(&mut self, container: Container) -> Result<()> {
        self.depth = deeper(self.depth)?;
        self.text.push(if container == Container::Array { '[' } else { '{' });
        self.is_first = true;
        Ok(())
    }

    fn item(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.text.push(',');
        }
        self.line();
    }

    #[inline]
    fn key(&mut self, key: Name<'_>) -> Result<()> {
        if key.plain && !self.indented {
            if std::mem::take(&mut self.is_first) {
                self.text.push('"');
            } else {
                self.text.push_str(",\"");
            }
            self.text.push_str(key.text);
            self.text.push_str("\":");
        } else {
            self.other_key(key);
        }
        Ok(())
    }

    fn end(&mut self, container: Container) {
        self.depth -= 1;
        if !std::mem::take(&mut self.is_first) {
            self.line();
        }
        self.text.push(if container == Container::Array { ']' } else { '}' });
    }
}

impl JsonWriter {
    pub(crate) fn new(indented: bool) -> Self {
        Self {
            text: String::with_capacity(1024),
            depth: 0,
            indented,
            is_first: false,
        }
    }

    /// Writes a number whose text is already JSON.
    pub(crate) fn number(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn line(&mut self) {
        if self.indented {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.depth));
        }
    }

    fn shown(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String never fails.
        let _ = self.text.write_fmt(text);
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        if unescaped_len(text.as_bytes()) == text.len() {
            self.text.push_str(text);
        } else {
            self.escaped(text);
        }
        self.text.push('"');
    }

    fn integer(&mut self, n: Integer) {
        match n.as_u64() {
            Some(digit @ 0..=9) => self.text.push(char::from(b'0' + digit as u8)),
            _ => self.text.push_str(n.text(&mut itoa::Buffer::new())),
        }
    }

    /// Writes the shortest text that is read as the same real.
    fn real(&mut self, n: f64) {
        self.text.push_str(&serde_json::Value::from(n).to_string());
    }

    fn other_key(&mut self, key: Name<'_>) {
        self.item();
        if key.plain {
            self.text.push('"');
            self.text.push_str(key.text);
            self.text.push('"');
        } else {
            self.string(key.text);
        }
        self.text.push_str(if self.indented { ": " } else { ":" });
    }

    /// Writes the content of a string, escaped.
    fn escaped(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let (plain, special) = rest.split_at(unescaped_len(rest.as_bytes()));
            self.text.push_str(plain);
            let mut characters = special.chars();
            let Some(special) = characters.next() else { break };
            match special {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\u{8}' => self.text.push_str("\\b"),
                '\u{c}' => self.text.push_str("\\f"),
                control => self.shown(format_args!("\\u{:04x}", u32::from(control))),
            }
            rest = characters.as_str();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::codec::Write;
    use crate::codec::writer::{to_json, to_json_compact};
    use crate::value::{Dictionary, Value};

    fn compact(value: impl Into<Value>) -> String {
        to_json_compact(value.into().view()).unwrap()
    }

    #[test]
    fn strings_and_numbers_are_written_like_serde_json_does() {
        let controls: String = (0..0x21_u8).map(char::from).collect();
        for text in ["", "plain", "\"\\/", "ü 漢字 \u{2028}", "12345678\"90", &controls] {
            assert_eq!(compact(text), serde_json::to_string(text).unwrap());
        }
        for number in [
            0.0,
            -0.0,
            1.0,
            0.1,
            -2.5,
            1e-5,
            1.5e15,
            123_456_789.125,
            f64::EPSILON,
            f64::MAX,
            f64::MIN_POSITIVE,
        ] {
            let text = compact(number);
            assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(number.to_bits()), "{text}");
            assert!(text.contains(['.', 'e']), "{text}");
        }
        for number in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(compact(number), number.to_string());
        }
    }

    #[test]
    fn indentation_matches_serde_json() {
        let text = r#"{"a":[],"b":{},"c":[1,{"d":"e","f":[null,true]}]}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        let tree: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(to_json_compact(value.view()).unwrap(), text);
        assert_eq!(
            to_json(value.view()).unwrap(),
            serde_json::to_string_pretty(&tree).unwrap()
        );
        assert_eq!(to_json(Dictionary::new().view()).unwrap(), "{}");
    }
}
