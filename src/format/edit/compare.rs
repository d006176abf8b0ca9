//! Compares values in a text with others.

use super::tree::Scanner;
use crate::format::DocumentFormat;
use crate::format::irregular::Notes;
use crate::format::json::{Container, Json};
use crate::format::token::{Encoded, Token};
use crate::format::xml::Xml;
use crate::value::{Type, Value, data};

/// Returns whether `text`, which is a whole value, is a regular form of this value. A date with an offset is not, for example.
pub(super) fn is_written_as(text: &str, format: DocumentFormat, value: &Value) -> bool {
    let mut scanner = scanner(text, format);
    let Ok(token) = scanner.next(None) else { return false };
    is_value(&mut scanner, &token, value)
        && match scanner {
            Scanner::Xml(xml) => xml.is_regular(),
            Scanner::Json(_) => true,
        }
}

/// Returns the type of the value that is the whole text.
pub(super) fn type_of(text: &str, format: DocumentFormat) -> Option<Type> {
    scanner(text, format).next(None).ok()?.type_of()
}

fn scanner(text: &str, format: DocumentFormat) -> Scanner<'_> {
    match format {
        DocumentFormat::Json => Scanner::Json(Json::new(text, Notes::default())),
        _ => Scanner::Xml(Xml::new(text, Notes::default())),
    }
}

/// Whether the value that starts with `token` is this one.
fn is_value(scanner: &mut Scanner<'_>, token: &Token<'_>, value: &Value) -> bool {
    let is_json = matches!(scanner, Scanner::Json(_));
    match (token, value) {
        (Token::Null, Value::Null) => true,
        (Token::String(text), Value::String(wanted)) => *text == **wanted,
        // JSON has neither dates nor data.
        (Token::String(text), Value::Date(date)) if is_json => *text == date.to_string(),
        (Token::String(text), Value::Data(bytes)) if is_json => *text == data::encode(bytes),
        (Token::Integer(number), Value::Integer(wanted)) => number == wanted,
        (Token::Real(number), Value::Real(_)) => Value::Real(*number) == *value,
        (Token::Boolean(flag), Value::Boolean(wanted)) => flag == wanted,
        (Token::Date(date), Value::Date(wanted)) => *date == wanted.whole_seconds(),
        (Token::Data(Encoded::Base64(text)), Value::Data(wanted)) => {
            let is_padded = text.trim_ascii_end().ends_with('=') || wanted.len().is_multiple_of(3);
            is_padded && data::decode_loosely(text).is_some_and(|bytes| bytes == *wanted)
        }
        (Token::Array, Value::Array(items)) => {
            let mut items = items.iter();
            loop {
                match (scanner.next(Some(Container::Array)), items.next()) {
                    (Ok(Token::EndArray), None) => return true,
                    (Ok(token), Some(item)) if is_value(scanner, &token, item) => {}
                    _ => return false,
                }
            }
        }
        (Token::Dictionary, Value::Dictionary(entries)) => {
            let mut count = 0;
            loop {
                let key = match scanner.next(Some(Container::Object)) {
                    Ok(Token::EndDictionary) => return count == entries.len(),
                    Ok(Token::Key(key)) => key,
                    _ => return false,
                };
                let (Ok(token), Some(wanted)) = (scanner.next(Some(Container::Object)), entries.get(&key)) else {
                    return false;
                };
                if !is_value(scanner, &token, wanted) {
                    return false;
                }
                count += 1;
            }
        }
        _ => false,
    }
}
