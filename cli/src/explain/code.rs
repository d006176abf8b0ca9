//! The codes of findings.

use std::fmt::Write;

use apple_mdm::validate::Code;

use crate::terminal::{STRONG, Styled};

/// Returns the code with this name.
pub fn named(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.name() == name)
}

/// Writes what findings with this code mean and what to do about them.
pub fn explain(out: &mut String, code: Code) {
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{}\n  {}\n  {}",
        Styled(STRONG, code),
        code.meaning(),
        code.remedy()
    );
}

/// Explains all codes.
pub fn explain_all(out: &mut String) {
    for code in Code::ALL {
        explain(out, *code);
    }
}
