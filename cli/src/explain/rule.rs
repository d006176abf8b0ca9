//! The rules of a dictionary, in words.

use std::fmt::Write;

use apple_mdm::schema::{Dict, Severity};

use crate::screen::{FRAME, Styled, wrap};

/// A rule a paragraph.
pub fn list(out: &mut String, dict: &Dict, below: &str) {
    for rule in dict.rules {
        let mut text = rule.says.to_owned();
        if !rule.systems.is_empty() {
            let systems: Vec<&str> = rule.systems.iter().map(|os| os.name()).collect();
            text = format!("{text} (on {})", systems.join(", "));
        }
        if rule.severity != Severity::Error {
            text = format!("{text} ({})", rule.severity);
        }
        if !below.is_empty() {
            text = format!("In {below}: {text}");
        }
        for (index, line) in wrap(&text, 94).iter().enumerate() {
            let mark = if index == 0 { "-" } else { " " };
            // Writing to a String does not fail.
            let _ = writeln!(out, "  {} {line}", Styled(FRAME, mark));
        }
    }
}

/// Whether there are any in the dictionary or below it; the path of each dictionary that has some.
pub fn holders(dict: &'static Dict) -> Vec<(String, &'static Dict)> {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    walk(dict, String::new(), &mut seen, &mut found);
    found
}

fn walk(dict: &'static Dict, path: String, seen: &mut Vec<*const Dict>, found: &mut Vec<(String, &'static Dict)>) {
    use apple_mdm::schema::Kind;
    // One dictionary in several places has the same rules in each.
    if seen.contains(&std::ptr::from_ref(dict)) {
        return;
    }
    seen.push(dict);
    if !dict.rules.is_empty() {
        found.push((path.clone(), dict));
    }
    for key in dict.keys.iter().chain(dict.any) {
        let name = if key.name.is_empty() { "*" } else { key.name };
        let mut at = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        let mut kind = key.kind;
        loop {
            match kind {
                Kind::Array(item) => {
                    at.push_str("[]");
                    kind = item.kind;
                }
                Kind::Map(value) => {
                    at.push_str(".*");
                    kind = value.kind;
                }
                Kind::Dictionary(inner) => {
                    walk(inner, at, seen, found);
                    break;
                }
                Kind::Union(union) => {
                    let at = at.strip_suffix("[]").unwrap_or(&at);
                    for (label, alternative) in union.alternatives {
                        if let Kind::Dictionary(inner) = alternative.kind {
                            walk(inner, format!("{at}[{label}]"), seen, found);
                        }
                    }
                    break;
                }
                _ => break,
            }
        }
    }
}
