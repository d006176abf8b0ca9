//! Documents as files and trees: reading, kinds, paths.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use apple_mdm::input::Limits;
use apple_mdm::value::Value;

/// Reads a file, or standard input for `-`. Stops one byte after the size limit of the library, because some files are endless.
///
/// # Errors
///
/// Returns an error if the file cannot be opened or read.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let limit = Limits::default().size as u64 + 1;
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The kind of a document, which decides the type that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Profile,
    Payload,
    Request,
    Response,
    Message,
    Declaration,
    StatusReport,
    DeclarationItems,
    Tokens,
    MachineInfo,
    Manifest,
    /// A document that the schema does not define.
    Other,
}

/// Detects the kind of a document from its content.
pub fn kind(value: &Value) -> Kind {
    let has = |key| value.get(key).is_some();
    let text = |key| value.get(key).and_then(Value::as_str);
    if text("PayloadType") == Some("Configuration")
        || (has("PayloadContent") && has("PayloadUUID") && !has("PayloadType"))
    {
        Kind::Profile
    } else if text("PayloadType").is_some() {
        Kind::Payload
    } else if text("MessageType").is_some() {
        Kind::Message
    } else if value
        .get("Command")
        .and_then(|command| command.get("RequestType"))
        .is_some()
    {
        Kind::Request
    } else if text("Status").is_some() && (has("CommandUUID") || has("UDID") || has("EnrollmentID")) {
        Kind::Response
    } else if text("Type").is_some() && has("Payload") {
        Kind::Declaration
    } else if has("StatusItems") {
        Kind::StatusReport
    } else if has("Declarations") && has("DeclarationsToken") {
        Kind::DeclarationItems
    } else if has("SyncTokens") {
        Kind::Tokens
    } else if has("SERIAL") && has("PRODUCT") {
        Kind::MachineInfo
    } else if value
        .get("items")
        .and_then(Value::as_array)
        .is_some_and(|items| items.iter().any(|item| item.get("assets").is_some()))
    {
        Kind::Manifest
    } else {
        Kind::Other
    }
}

/// A step of a path through a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// Splits a path into steps: keys separated by dots, items as `[0]`, unusual keys as `["a.b"]`. Returns `None` for an invalid path.
pub fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("[\"") {
            let mut key = String::new();
            let mut chars = quoted.char_indices();
            let end = loop {
                match chars.next()? {
                    (end, '"') => break end,
                    (_, '\\') => key.push(chars.next()?.1),
                    (_, c) => key.push(c),
                }
            };
            rest = quoted[end + 1..].strip_prefix(']')?;
            steps.push(Step::Key(key));
        } else if let Some(index) = rest.strip_prefix('[') {
            let (index, after) = index.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = after;
        } else {
            let rest_of_key = rest.strip_prefix('.').unwrap_or(rest);
            let end = rest_of_key.find(['.', '[']).unwrap_or(rest_of_key.len());
            if end == 0 {
                return None;
            }
            steps.push(Step::Key(rest_of_key[..end].to_owned()));
            rest = &rest_of_key[end..];
        }
    }
    Some(steps)
}

/// Joins steps into a path.
pub fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Index(index) => path.push_str(&format!("[{index}]")),
            Step::Key(key)
                if !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) =>
            {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::Key(key) => path.push_str(&format!("[{key:?}]")),
        }
    }
    path
}

/// Returns the value that the steps lead to.
pub fn at<'v>(value: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    let mut value = value;
    for step in steps {
        value = match step {
            Step::Key(key) => value.as_dictionary_mut()?.get_mut(key)?,
            Step::Index(index) => value.as_array_mut()?.get_mut(*index)?,
        };
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_and_joined() {
        for text in ["", "A", "A.B[0].C", r#"A["b c"].D"#, r#"["x"][3]"#, "[0][1]"] {
            let steps = steps(text);
            let back = steps.as_deref().map(path);
            let want = if text == r#"["x"][3]"# { "x[3]" } else { text };
            assert_eq!(back.as_deref(), Some(want));
        }
        assert_eq!(steps("A..B"), None);
        assert_eq!(steps("A[x]"), None);
    }
}
