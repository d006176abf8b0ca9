//! Writes documents for the documentation: property lists without the XML header, and JSON.

/// A value in the document.
#[derive(Debug, Clone)]
pub(super) enum Shown {
    String(String),
    Integer(i64),
    Real(f64),
    Boolean(bool),
    Data(Vec<u8>),
    Date(String),
    Array(Vec<Shown>),
    Dictionary(Vec<(String, Shown)>),
}

/// Adds a value as an indented property list.
pub(super) fn write_xml(out: &mut String, value: &Shown, depth: usize) {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let indent = "  ".repeat(depth);
    let line = match value {
        Shown::String(text) => format!("<string>{}</string>", escaped(text)),
        Shown::Integer(number) => format!("<integer>{number}</integer>"),
        Shown::Real(number) => format!("<real>{number}</real>"),
        Shown::Boolean(true) => "<true/>".to_owned(),
        Shown::Boolean(false) => "<false/>".to_owned(),
        Shown::Data(bytes) => format!("<data>{}</data>", base64(bytes)),
        Shown::Date(text) => format!("<date>{text}</date>"),
        Shown::Array(items) if items.is_empty() => "<array/>".to_owned(),
        Shown::Dictionary(entries) if entries.is_empty() => "<dict/>".to_owned(),
        Shown::Array(items) => {
            out.push_str(&format!("{indent}<array>\n"));
            items.iter().for_each(|item| write_xml(out, item, depth + 1));
            "</array>".to_owned()
        }
        Shown::Dictionary(entries) => {
            out.push_str(&format!("{indent}<dict>\n"));
            for (key, value) in entries {
                out.push_str(&format!("{indent}  <key>{}</key>\n", escaped(key)));
                write_xml(out, value, depth + 1);
            }
            "</dict>".to_owned()
        }
    };
    out.push_str(&format!("{indent}{line}\n"));
}

/// Adds a value as JSON. All lines except the first are indented.
pub(super) fn write_json(out: &mut String, value: &Shown, depth: usize) {
    let inner = "  ".repeat(depth + 1);
    let outer = "  ".repeat(depth);
    match value {
        Shown::String(text) | Shown::Date(text) => out.push_str(&quoted(text)),
        Shown::Integer(number) => out.push_str(&number.to_string()),
        Shown::Real(number) => out.push_str(&format!("{number:?}")),
        Shown::Boolean(flag) => out.push_str(&flag.to_string()),
        Shown::Data(bytes) => out.push_str(&quoted(&base64(bytes))),
        Shown::Array(items) if items.is_empty() => out.push_str("[]"),
        Shown::Dictionary(entries) if entries.is_empty() => out.push_str("{}"),
        Shown::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "[\n" } else { ",\n" });
                out.push_str(&inner);
                write_json(out, item, depth + 1);
            }
            out.push_str(&format!("\n{outer}]"));
        }
        Shown::Dictionary(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                out.push_str(if index == 0 { "{\n" } else { ",\n" });
                out.push_str(&format!("{inner}{}: ", quoted(key)));
                write_json(out, value, depth + 1);
            }
            out.push_str(&format!("\n{outer}}}"));
        }
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit)) & 63;
            out.push(if digit <= chunk.len() {
                DIGITS[index as usize] as char
            } else {
                '='
            });
        }
    }
    out
}
