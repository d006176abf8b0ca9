//! Writing XML property lists.

use std::fmt::Write;

use crate::codec::View;
use crate::codec::writer::{Name, deeper, each_entry, each_item, no_value, unrepresentable};
use crate::error::Error;
use crate::format::Format;
use crate::format::xml::is_xml_character;
use crate::value::Integer;
use crate::value::data;
use crate::value::plain;

type Result<T> = std::result::Result<T, Error>;

const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
    <plist version=\"1.0\">\n";

/// The XML property list, as Apple's tools write it: an element a line, indented with tabs.
///
/// Fractions of a second of dates are dropped, and a UID becomes the dictionary `CF$UID` that stands for it in XML.
///
/// # Errors
///
/// Where there is no value, it is nested deeper than [`Limits::MAX_DEPTH`](crate::input::Limits::MAX_DEPTH), or XML property lists
/// have nothing for it: null, and characters that XML forbids.
pub fn to_xml(view: View<'_>) -> Result<String> {
    let mut writer = Writer {
        text: String::from(START),
        depth: 0,
    };
    writer.value(&view)?;
    writer.text.push_str("</plist>\n");
    Ok(writer.text)
}

struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn value(&mut self, view: &View<'_>) -> Result<()> {
        match *view {
            View::Absent => return Err(no_value()),
            View::Null => return Err(unrepresentable(Format::Xml, "null")),
            View::String(text) => self.text_element("<string>", text, "</string>\n")?,
            View::Integer(n) => self.integer(n),
            View::Real(n) => self.real(n),
            View::Boolean(b) => self.line(if b { "<true/>" } else { "<false/>" }),
            View::Data(bytes) => self.data(bytes),
            View::Date(date) => {
                self.indent();
                self.write(format_args!("<date>{}</date>\n", date.whole_seconds()));
            }
            View::Uid(n) => {
                self.line("<dict>");
                self.depth += 1;
                self.line("<key>CF$UID</key>");
                self.integer(n.into());
                self.depth -= 1;
                self.line("</dict>");
            }
            View::Array(list) => {
                let outside = self.depth;
                let inside = deeper(outside)?;
                if list.is_empty() {
                    self.line("<array/>");
                    return Ok(());
                }
                self.line("<array>");
                self.depth = inside;
                each_item(list, &mut |item| self.value(item))?;
                self.depth = outside;
                self.line("</array>");
            }
            View::Map(_) | View::Record(_) => {
                let outside = self.depth;
                let inside = deeper(outside)?;
                let mut is_empty = true;
                let mut entry = |key: Name<'_>, value: &View<'_>| {
                    if is_empty {
                        self.line("<dict>");
                        self.depth = inside;
                        is_empty = false;
                    }
                    self.text_element("<key>", key.text, "</key>\n")?;
                    self.value(value)
                };
                // Compiled once, and not for each of the ways to an entry.
                let mut entry: &mut dyn FnMut(Name<'_>, &View<'_>) -> Result<()> = &mut entry;
                each_entry(*view, &mut entry)?;
                self.depth = outside;
                self.line(if is_empty { "<dict/>" } else { "</dict>" });
            }
        }
        Ok(())
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = self.text.write_fmt(text);
    }

    fn indent(&mut self) {
        const TABS: &str = "\t\t\t\t\t\t\t\t";
        let end = self.text.len() + self.depth;
        // As many as are copied at once, of which those that are too many are taken back.
        while self.text.len() < end {
            self.text.push_str(TABS);
        }
        self.text.truncate(end);
    }

    #[inline(always)]
    fn line(&mut self, text: &str) {
        self.indent();
        self.text.push_str(text);
        self.text.push('\n');
    }

    // Tags of known length are copied without a call.
    #[inline(always)]
    fn text_element(&mut self, start: &str, text: &str, end: &str) -> Result<()> {
        self.indent();
        self.text.push_str(start);
        self.escape(text)?;
        self.text.push_str(end);
        Ok(())
    }

    fn escape(&mut self, text: &str) -> Result<()> {
        let mut rest = text;
        loop {
            let (plain, special) = rest.split_at(plain::in_xml(rest.as_bytes()));
            self.text.push_str(plain);
            let mut characters = special.chars();
            match characters.next() {
                None => return Ok(()),
                Some('<') => self.text.push_str("&lt;"),
                Some('>') => self.text.push_str("&gt;"),
                Some('&') => self.text.push_str("&amp;"),
                // XML parsers that follow the standard read a bare one as a line feed.
                Some('\r') => self.text.push_str("&#13;"),
                Some(c) if is_xml_character(c) => self.text.push(c),
                Some(_) => return Err(unrepresentable(Format::Xml, "a control character")),
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

    /// The shortest text that is read as the same number, the special ones in Apple's words.
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

    /// Base64 in lines that fill, with the indentation, 76 columns, tabs counted as eight; deep inside at least a quarter of that.
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
