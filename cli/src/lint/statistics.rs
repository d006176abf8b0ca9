//! The number of findings with each code.

use std::io::{self, Write};

use super::Summary;
use crate::terminal::{STRONG, Styled};

/// Writes the counts, the most frequent code first, if they are to be shown.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let Some(statistics) = &summary.statistics else {
        return Ok(());
    };
    let mut counts: Vec<_> = statistics.iter().collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.name().cmp(b.0.name())));
    let digits = counts.first().map_or(0, |(_, count)| count.to_string().len());
    for (code, count) in counts {
        writeln!(out, "{count:digits$}  {}", Styled(STRONG, code))?;
    }
    Ok(())
}
