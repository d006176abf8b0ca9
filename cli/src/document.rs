//! What a document is, and the paths in it.

use apple_mdm::value::Value;

/// What kind of document a tree is: which type reads it.
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
    /// Nothing that the schema has.
    Other,
}

/// What a document is, by what it holds.
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

/// A step of a path in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// The steps of a path: keys joined by dots, items as `[0]`, other keys as `["a.b"]`.
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

/// The path of the steps.
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

/// The value that the steps lead to.
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
    fn paths_are_taken_apart_and_put_together() {
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
