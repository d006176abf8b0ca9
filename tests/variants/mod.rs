//! The same document in the forms in which editors and tools save it.

/// Returns the document as it is, and in other forms if it is an XML property list or JSON in UTF-8, each with a name.
pub fn variants(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut found = vec![("as it is", bytes.to_vec())];
    let Ok(text) = std::str::from_utf8(bytes) else {
        return found;
    };
    let text = text.trim_start_matches('\u{feff}');
    let is_xml = text.trim_start().starts_with('<');
    if !is_xml && !text.trim_start().starts_with(['{', '[']) {
        return found;
    }
    let mut add = |name, bytes| found.push((name, bytes));
    let unix = text.replace("\r\n", "\n");
    add("CRLF", unix.replace('\n', "\r\n").into_bytes());
    add("byte order mark", [b"\xef\xbb\xbf", text.as_bytes()].concat());
    let utf16: String = format!(
        "\u{feff}{}",
        text.replacen("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", 1)
    );
    add("UTF-16", utf16.encode_utf16().flat_map(u16::to_le_bytes).collect());
    add(
        "UTF-16, big-endian",
        utf16.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    );
    add("two spaces", reindented(text, "  ").into_bytes());
    add("not indented", reindented(text, "").into_bytes());
    if is_xml {
        add("one line", one_line(text).into_bytes());
        let commented = text.replace("</key>", "</key><!-- a key < & > --><!-- b -->");
        add("comments between key and value", commented.into_bytes());
        add(
            "comments after values",
            text.replace("</string>\n", "</string> <!-- why -->\n").into_bytes(),
        );
        add(
            "comments on lines",
            text.replace("\n", "\n<!-- a line -->\n").into_bytes(),
        );
        add("keys and values on a line", same_line(text).into_bytes());
        add(
            "attributes",
            text.replace("<dict>", "<dict a=\"b\">")
                .replace("<array/>", "<array a=\"b\" />")
                .into_bytes(),
        );
    } else if let Ok(value) = serde_json::from_str::<serde_json::Value>(text) {
        add("compact", value.to_string().into_bytes());
        add("pretty", serde_json::to_string_pretty(&value).unwrap().into_bytes());
        add("spaced", value.to_string().replace("\":", "\" : ").into_bytes());
    }
    found
}

/// Indents by other text instead of tabs.
fn reindented(text: &str, unit: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let content = line.trim_start_matches('\t');
        unit.repeat(line.len() - content.len()) + content
    });
    lines.collect()
}

/// Removes the white space between tags. White space in texts stays.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for (index, part) in text.split('<').enumerate() {
        if index > 0 {
            line.push('<');
        }
        match part.split_once('>') {
            Some((tag, between)) if between.trim().is_empty() && is_before_tag(tag) => {
                line.push_str(tag);
                line.push('>');
            }
            _ => line.push_str(part),
        }
    }
    line
}

/// Whether white space after a tag stands between elements.
fn is_before_tag(tag: &str) -> bool {
    !["string", "key", "data", "integer", "real", "date"].contains(&tag)
}

/// Puts values on the lines of their keys.
fn same_line(text: &str) -> String {
    let mut lines = String::new();
    for (index, part) in text.split("</key>").enumerate() {
        if index > 0 {
            lines.push_str("</key>");
        }
        lines.push_str(if index > 0 { part.trim_start() } else { part });
    }
    lines
}
