//! Values and descriptions as the output shows them.

use apple_mdm::lint::{AnnotatedContent, AnnotatedValue};
use apple_mdm::value::Value;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::compare::Change;

/// What stands for a secret.
pub const MASK: &str = "•••";

/// The most characters of a value.
const MAX_SHOWN: usize = 100;

/// Whether secrets are replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Masks {
    On,
    /// Only for comparisons, never for output.
    Off,
}

/// Returns a value as JSON: dates as text, and of data only the size.
pub fn to_json(value: &AnnotatedValue, masks: Masks) -> serde_json::Value {
    if value.is_secret && masks == Masks::On {
        return MASK.into();
    }
    match &value.content {
        AnnotatedContent::Scalar(scalar) => match scalar {
            Value::Null => serde_json::Value::Null,
            Value::String(text) => text.as_str().into(),
            Value::Integer(number) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => number.into(),
                (_, Some(number)) => number.into(),
                _ => number.to_string().into(),
            },
            Value::Real(number) => (*number).into(),
            Value::Boolean(flag) => (*flag).into(),
            // Texts that look the same must differ in comparisons.
            Value::Data(bytes) if masks == Masks::Off => json!({ "data": STANDARD.encode(bytes) }),
            Value::Date(date) if masks == Masks::Off => json!({ "date": date.to_string() }),
            // Data can be a document with secrets.
            Value::Data(bytes) => amount(bytes).into(),
            Value::Date(date) => date.to_string().into(),
            Value::Unparsed(unparsed) => unparsed.as_str().into(),
            other => format!("{other:?}").into(),
        },
        AnnotatedContent::Array(items) => items.iter().map(|item| to_json(item, masks)).collect(),
        AnnotatedContent::Dictionary(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), to_json(value, masks)));
            serde_json::Value::Object(entries.collect())
        }
    }
}

/// Returns a value in one short line for people.
pub fn shown(value: &AnnotatedValue) -> String {
    if value.is_secret {
        return MASK.to_owned();
    }
    match &value.content {
        AnnotatedContent::Scalar(Value::Data(bytes)) => amount(bytes),
        AnnotatedContent::Scalar(Value::Date(date)) => date.to_string(),
        _ => shortened(&to_json(value, Masks::On).to_string()),
    }
}

fn amount(bytes: &[u8]) -> String {
    match bytes.len() {
        1 => "1 byte of data".to_owned(),
        count => format!("{count} bytes of data"),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns what the changed key does, according to the schema: for a whole payload, what the payload does. Empty if that is unknown.
pub fn description(change: &Change<'_>) -> String {
    let Some(value) = change.new.or(change.old) else {
        return String::new();
    };
    let mut description = match (value.key, value.item) {
        (_, Some(item)) if change.is_whole_payload() => item.description.to_owned(),
        (Some(key), _) => key.description.to_owned(),
        _ => String::new(),
    };
    for (label, value) in [("Old", change.old), ("New", change.new)] {
        if let Some(meaning) = value.and_then(meaning) {
            if !description.is_empty() {
                description.push(' ');
            }
            description.push_str(&format!("{label} value: {meaning}"));
        }
    }
    description
}

/// Returns the meaning of a value that the schema lists.
fn meaning(value: &AnnotatedValue) -> Option<&'static str> {
    let AnnotatedContent::Scalar(scalar) = &value.content else {
        return None;
    };
    if value.is_secret {
        return None;
    }
    let text = match scalar {
        Value::String(text) => text.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        _ => return None,
    };
    let choice = value
        .key?
        .choices
        .iter()
        .find(|choice| choice.value.to_string() == text)?;
    Some(choice.description).filter(|description| !description.is_empty())
}
