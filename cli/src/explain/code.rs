//! The codes of findings.

use std::fmt::Write;

use anstyle::Style;
use apple_mdm::validate::{Code, Example, FixSafety};
use serde_json::{Value, json};

use super::key_facts::write_paragraph;
use crate::terminal::{FRAME, GOOD, STRONG, Styled, WARNING};

/// Returns the code with this name.
pub fn named(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.name() == name)
}

/// Describes what findings with this code mean, why they matter, examples, and what to do about them.
pub fn explain(code: Code) -> String {
    let mut text = String::new();
    let out = &mut text;
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}", Styled(STRONG, code));
    write_paragraph(out, code.meaning(), "  ", 96);
    write_section(out, "Why it matters", code.why());
    write_examples(out, WARNING, "This has the finding", code.failing());
    write_examples(out, GOOD, "This does not", code.passing());
    if !code.flags().is_empty() {
        let _ = writeln!(out, "\n  The examples are for `apple-mdm lint {}`.", code.flags());
    }
    write_section(out, "What to do", code.remedy());
    write_section(out, "Automatic fix", fix(code));
    text
}

/// Describes the automatic fix.
const fn fix(code: Code) -> &'static str {
    match code.fix() {
        FixSafety::None => "None.",
        FixSafety::Safe => {
            "For some findings, with `--fix`. It is safe: devices treat the fixed document like the original."
        }
        FixSafety::Unsafe => {
            "For some findings, with `--fix --unsafe-fixes`. It is a guess about what was meant, so check the result."
        }
    }
}

fn write_section(out: &mut String, heading: &str, text: &str) {
    let _ = writeln!(out, "\n  {}", Styled(STRONG, heading));
    write_paragraph(out, text, "    ", 94);
}

fn write_examples(out: &mut String, style: Style, heading: &str, examples: &[Example]) {
    for (index, example) in examples.iter().enumerate() {
        let heading = if index == 0 { heading } else { "together with" };
        let context = example
            .context()
            .map_or_else(String::new, |context| format!(", {context}"));
        let _ = writeln!(out, "\n  {}{context}:", Styled(style, heading));
        let text = if example.text.is_empty() {
            "(no keys)"
        } else {
            example.text
        };
        for line in text.lines() {
            let _ = writeln!(out, "    {} {line}", Styled(FRAME, "|"));
        }
    }
}

/// Describes all codes briefly.
pub fn explain_all() -> String {
    let mut text = String::new();
    let out = &mut text;
    for code in Code::ALL {
        let _ = writeln!(out, "{}", Styled(STRONG, code));
        write_paragraph(out, code.meaning(), "  ", 96);
        write_paragraph(out, code.remedy(), "  ", 96);
    }
    text
}

/// Returns a code for `--format json`.
pub fn to_json(code: Code) -> Value {
    let examples = |examples: &[Example]| -> Vec<Value> {
        let example = |example: &Example| json!({ "context": example.context(), "text": example.text });
        examples.iter().map(example).collect()
    };
    json!({
        "kind": "code",
        "code": code.name(),
        "meaning": code.meaning(),
        "why": code.why(),
        "flags": code.flags(),
        "failing": examples(code.failing()),
        "passing": examples(code.passing()),
        "remedy": code.remedy(),
        "fix": code.fix().name(),
    })
}
