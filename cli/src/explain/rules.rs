//! The rules of a dictionary, in words.

use std::fmt::Write;

use apple_mdm::schema::{Dict, Kind, Rule, Severity};

use crate::terminal::{FRAME, STRONG, Styled, wrap};

/// Writes a section with the rules of a dictionary and of those inside it, or nothing if there are none.
pub fn write_section(out: &mut String, dict: &'static Dict) {
    write_matching(out, dict, |_| true);
}

/// Writes a section with the rules that mention a key, or nothing if there are none.
pub fn write_mentions(out: &mut String, dict: &'static Dict, key: &str) {
    write_matching(out, dict, |rule| mentions(rule.says, key));
}

fn write_matching(out: &mut String, dict: &'static Dict, matches: impl Fn(&Rule) -> bool) {
    let mut text = String::new();
    for (path, dict) in dictionaries_with_rules(dict) {
        for rule in dict.rules.iter().filter(|rule| matches(rule)) {
            write_rule(&mut text, rule, &path);
        }
    }
    if !text.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(out, "\n{}\n{text}", Styled(STRONG, "Rules"));
    }
}

fn write_rule(out: &mut String, rule: &Rule, path: &str) {
    let mut text = rule.says.to_owned();
    if !rule.systems.is_empty() {
        let systems: Vec<&str> = rule.systems.iter().map(|os| os.name()).collect();
        text = format!("{text} (on {})", systems.join(", "));
    }
    if rule.severity != Severity::Error {
        text = format!("{text} ({})", rule.severity);
    }
    if !path.is_empty() {
        text = format!("In {path}: {text}");
    }
    for (index, line) in wrap(&text, 94).iter().enumerate() {
        let mark = if index == 0 { "-" } else { " " };
        let _ = writeln!(out, "  {} {line}", Styled(FRAME, mark));
    }
}

/// Whether the sentence contains the name as a word.
fn mentions(sentence: &str, name: &str) -> bool {
    !name.is_empty()
        && sentence
            .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .any(|word| word == name)
}

/// Returns the dictionaries with rules, from the given one downwards, with their paths.
fn dictionaries_with_rules(dict: &'static Dict) -> Vec<(String, &'static Dict)> {
    let mut found = Vec::new();
    collect(dict, String::new(), &mut Vec::new(), &mut found);
    found
}

fn collect(dict: &'static Dict, path: String, seen: &mut Vec<*const Dict>, found: &mut Vec<(String, &'static Dict)>) {
    // A dictionary that appears in several places has the same rules in each.
    if seen.contains(&std::ptr::from_ref(dict)) {
        return;
    }
    seen.push(dict);
    if !dict.rules.is_empty() {
        found.push((path.clone(), dict));
    }
    for key in dict.keys.iter().chain(dict.any) {
        let name = if key.name.is_empty() { "*" } else { key.name };
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        collect_from_value(key.kind, path, seen, found);
    }
}

fn collect_from_value(kind: Kind, path: String, seen: &mut Vec<*const Dict>, found: &mut Vec<(String, &'static Dict)>) {
    match kind {
        Kind::Array(item) => collect_from_value(item.kind, format!("{path}[]"), seen, found),
        Kind::Map(value) => collect_from_value(value.kind, format!("{path}.*"), seen, found),
        Kind::Dictionary(dict) => collect(dict, path, seen, found),
        Kind::Union(union) => {
            let path = path.strip_suffix("[]").unwrap_or(&path);
            for (label, alternative) in union.alternatives {
                if let Kind::Dictionary(dict) = alternative.kind {
                    collect(dict, format!("{path}[{label}]"), seen, found);
                }
            }
        }
        _ => {}
    }
}
