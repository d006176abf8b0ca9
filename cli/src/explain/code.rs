//! What the codes of findings mean.

use std::fmt::Write;

use apple_mdm::validate::Code;

use crate::screen::{STRONG, Styled};

/// The code called so.
pub fn named(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.name() == name)
}

/// What a finding of this kind means, and what to do.
pub fn explain(out: &mut String, code: Code) {
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "{}\n  {}\n  {}",
        Styled(STRONG, code),
        code.meaning(),
        code.remedy()
    );
}

/// All of them.
pub fn all(out: &mut String) {
    for code in Code::ALL {
        explain(out, *code);
    }
}
