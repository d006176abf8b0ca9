//! The rules and retired keys of a dictionary, in words.

use std::fmt::Write;

use apple_mdm::schema::{Dict, Rule, Severity};

use super::dictionaries;
use crate::terminal::{FRAME, STRONG, Styled, wrap};

/// Writes a section with the rules of a dictionary and of those inside it, and one with their retired keys.
pub fn write_sections(out: &mut String, dict: &'static Dict) {
    write_rules(out, dict, |_| true);
    let mut text = String::new();
    for (path, dict) in dictionaries::inside(dict) {
        for (name, until) in dict.retired {
            let dot = if path.is_empty() { "" } else { "." };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {path}{dot}{name}  last in the schema of {until}");
        }
    }
    write_section(out, "Retired keys", &text);
}

/// Writes a section with the rules that mention a key.
pub fn write_mentions(out: &mut String, dict: &'static Dict, key: &str) {
    write_rules(out, dict, |rule| mentions(rule.says, key));
}

fn write_rules(out: &mut String, dict: &'static Dict, matches: impl Fn(&Rule) -> bool) {
    let mut sentences: Vec<String> = Vec::new();
    for (path, dict) in dictionaries::inside(dict) {
        let rules = dict.rules.iter().filter(|rule| matches(rule));
        for sentence in rules.map(|rule| sentence(rule, &path)) {
            // Several rules can share a sentence, for example one for each value.
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    let mut text = String::new();
    for sentence in sentences {
        for (index, line) in wrap(&sentence, 94).iter().enumerate() {
            let mark = if index == 0 { "-" } else { " " };
            let _ = writeln!(text, "  {} {line}", Styled(FRAME, mark));
        }
    }
    write_section(out, "Rules", &text);
}

/// Writes a heading and a text, or nothing if the text is empty.
fn write_section(out: &mut String, heading: &str, text: &str) {
    if !text.is_empty() {
        let _ = write!(out, "\n{}\n{text}", Styled(STRONG, heading));
    }
}

/// Describes a rule: its sentence, where and when it applies, and its severity unless it is an error.
fn sentence(rule: &Rule, path: &str) -> String {
    let mut text = rule.says.to_owned();
    let conditions = rule.unstated_conditions().join(" and ");
    let notes = match (rule.severity, conditions.as_str()) {
        (Severity::Error, "") => String::new(),
        (Severity::Error, conditions) => format!(" (if {conditions})."),
        (severity, "") => format!(" ({severity})."),
        (severity, conditions) => format!(" ({severity}, if {conditions})."),
    };
    if !notes.is_empty() {
        text.truncate(text.trim_end_matches('.').len());
        text.push_str(&notes);
    }
    if !path.is_empty() {
        text = format!("In {path}: {text}");
    }
    text
}

/// Whether the sentence contains the name as a word.
pub fn mentions(sentence: &str, name: &str) -> bool {
    !name.is_empty()
        && sentence
            .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .any(|word| word == name)
}
