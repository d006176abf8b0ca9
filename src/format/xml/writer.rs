//! Writing XML property lists.

use std::fmt::Write;

use crate::error::Error;
use crate::format::DocumentFormat;
use crate::format::escape::len_before;
use crate::format::sink::{Container, Name, Scalar, Sink, deeper, unrepresentable};
use crate::value::{Integer, Type, data};

type Result<T> = std::result::Result<T, Error>;

const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
    <plist version=\"1.0\">\n";

/// Returns the element of a scalar that is not data.
///
/// # Errors
///
/// Returns an error if XML property lists cannot represent the scalar.
pub(crate) fn element(scalar: Scalar<'_>) -> Result<String> {
    let mut writer = XmlWriter {
        text: String::new(),
        depth: 0,
        is_empty: false,
    };
    writer.scalar(scalar)?;
    writer.text.pop();
    Ok(writer.text)
}

/// An XML property list that is being written.
pub(crate) struct XmlWriter {
    text: String,
    depth: usize,
    /// Whether the innermost container has no content yet.
    is_empty: bool,
}

impl Sink<'_> for XmlWriter {
    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<()> {
        match scalar {
            Scalar::Null => return Err(unrepresentable(DocumentFormat::Xml, "null")),
            Scalar::String(text) => self.text_element("<string>", text, "</string>\n"),
            Scalar::Integer(n) => self.integer(n),
            Scalar::Real(n) => self.real(n),
            Scalar::Boolean(b) => self.line(if b { "<true/>" } else { "<false/>" }),
            Scalar::Data(bytes) => self.data(bytes),
            Scalar::Date(date) => {
                self.indent();
                self.write(format_args!("<date>{}</date>\n", date.whole_seconds()));
            }
            Scalar::Uid(n) => {
                self.line("<dict>");
                self.depth += 1;
                self.line("<key>CF$UID</key>");
                self.integer(n.into());
                self.depth -= 1;
                self.line("</dict>");
            }
            Scalar::Unparsed(unparsed) => {
                let (start, end) = match unparsed.type_of() {
                    Type::Integer => ("<integer>", "</integer>\n"),
                    Type::Real => ("<real>", "</real>\n"),
                    Type::Date => ("<date>", "</date>\n"),
                    _ => ("<data>", "</data>\n"),
                };
                self.text_element(start, unparsed.as_str(), end);
            }
        }
        Ok(())
    }

    fn begin(&mut self, _: Container) -> Result<()> {
        self.is_empty = true;
        deeper(self.depth).map(drop)
    }

    fn item(&mut self) {
        self.open("<array>");
    }

    fn key(&mut self, key: Name<'_>) -> Result<()> {
        self.open("<dict>");
        self.text_element("<key>", key.text, "</key>\n");
        Ok(())
    }

    fn end(&mut self, container: Container) {
        let (empty, end) = match container {
            Container::Array => ("<array/>", "</array>"),
            Container::Dictionary => ("<dict/>", "</dict>"),
        };
        if std::mem::take(&mut self.is_empty) {
            self.line(empty);
        } else {
            self.depth -= 1;
            self.line(end);
        }
    }
}

impl XmlWriter {
    pub(crate) fn new() -> Self {
        Self {
            text: String::from(START),
            depth: 0,
            is_empty: false,
        }
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push_str("</plist>\n");
        self.text
    }

    /// Writes the start tag before the first item or key.
    fn open(&mut self, tag: &str) {
        if std::mem::take(&mut self.is_empty) {
            self.line(tag);
            self.depth += 1;
        }
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String never fails.
        let _ = self.text.write_fmt(text);
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n('\t', self.depth));
    }

    #[inline(always)]
    fn line(&mut self, text: &str) {
        self.indent();
        self.text.push_str(text);
        self.text.push('\n');
    }

    #[inline(always)]
    fn text_element(&mut self, start: &str, text: &str, end: &str) {
        self.indent();
        self.text.push_str(start);
        self.escape(text);
        self.text.push_str(end);
    }

    fn escape(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let is_markup = |byte| (byte == b'<') | (byte == b'>') | (byte == b'&');
            let is_control = |byte| (byte < b' ') & (byte != b'\t') & (byte != b'\n');
            let len = len_before(rest.as_bytes(), |byte| is_markup(byte) | is_control(byte));
            let (plain, special) = rest.split_at(len);
            self.text.push_str(plain);
            let mut characters = special.chars();
            match characters.next() {
                None => return,
                Some('<') => self.text.push_str("&lt;"),
                Some('>') => self.text.push_str("&gt;"),
                Some('&') => self.text.push_str("&amp;"),
                // A parser that follows the XML standard reads a bare carriage return as a line feed. Other control characters are not XML,
                // but Apple's reader accepts them, and writing them as references makes them visible.
                Some(control) => self.write(format_args!("&#{};", u32::from(control))),
            }
            rest = characters.as_str();
        }
    }

    fn integer(&mut self, n: Integer) {
        self.indent();
        self.text.push_str("<integer>");
        self.text.push_str(n.text(&mut itoa::Buffer::new()));
        self.text.push_str("</integer>\n");
    }

    /// Writes the shortest text that is read as the same number; NaN and infinity as Apple writes them.
    fn real(&mut self, n: f64) {
        self.indent();
        self.text.push_str("<real>");
        match n {
            _ if n.is_nan() => self.text.push_str("nan"),
            f64::INFINITY => self.text.push_str("+infinity"),
            f64::NEG_INFINITY => self.text.push_str("-infinity"),
            0.0 => self.text.push_str(if n.is_sign_negative() { "-0.0" } else { "0.0" }),
            _ if (1e-5..1e17).contains(&n.abs()) => self.write(format_args!("{n}")),
            _ => self.write(format_args!("{n:e}")),
        }
        self.text.push_str("</real>\n");
    }

    /// Writes base64 in lines of 76 columns, where a tab of indentation counts as eight, but at least 20 characters of base64.
    fn data(&mut self, bytes: &[u8]) {
        self.line("<data>");
        let width = 76usize.saturating_sub(8 * self.depth).max(20) / 4 * 3;
        for line in bytes.chunks(width) {
            self.indent();
            data::encode_into(line, &mut self.text);
            self.text.push('\n');
        }
        self.line("</data>");
    }
}
