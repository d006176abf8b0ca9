//! The requirements of a document, for people.

use std::io::{self, Write};

use apple_mdm::validate::{Available, Part, Requirement, Requirements, SystemRequirements};

use crate::terminal::{FRAME, STRONG, Styled, WARNING, escape};

/// The number of parts that a line names.
const MAX_NAMED: usize = 8;

/// Writes a paragraph for each operating system.
pub fn write(out: &mut dyn Write, path: &str, requirements: &Requirements) -> io::Result<()> {
    writeln!(out, "{}", Styled(STRONG, format!("requirements of {path}")))?;
    for system in requirements.systems() {
        write_system(out, system)?;
    }
    if requirements.is_incomplete() {
        writeln!(out, "  there is more than is listed")?;
    }
    writeln!(out)
}

fn write_system(out: &mut dyn Write, system: &SystemRequirements) -> io::Result<()> {
    let name = format!("{:9}", system.os.name());
    if system.available == Available::None {
        return writeln!(out, "  {} {}", Styled(STRONG, name), Styled(FRAME, "not available"));
    }
    let versions = match (system.version(), system.removed()) {
        (Some(from), Some(before)) => format!("{from} or later, before {before}"),
        (Some(from), None) => format!("{from} or later"),
        (None, Some(before)) => format!("before {before}"),
        (None, None) => "all versions".to_owned(),
    };
    let part = match system.available {
        Available::Some => ", but not all of it",
        _ => "",
    };
    writeln!(out, "  {} {versions}{part}", Styled(STRONG, name))?;
    if !system.unavailable.is_empty() {
        let parts = names(&system.unavailable);
        writeln!(out, "    {}: {parts}", Styled(WARNING, "not available"))?;
    }
    for condition in &system.conditions {
        let phrase = format!("needs {}{}", condition.need, range(condition));
        writeln!(out, "    {phrase}: {}", names(&condition.parts))?;
    }
    for ignored in &system.ignored {
        let phrase = format!("ignored with {}{}", ignored.need, range(ignored));
        writeln!(out, "    {phrase}: {}", names(&ignored.parts))?;
    }
    Ok(())
}

/// The versions to which a requirement applies, if not to all.
fn range(requirement: &Requirement) -> String {
    match (requirement.since, requirement.before) {
        (Some(since), Some(before)) => format!(" (since {since}, before {before})"),
        (Some(since), None) => format!(" (since {since})"),
        (None, Some(before)) => format!(" (before {before})"),
        (None, None) => String::new(),
    }
}

/// Names parts as `explain` accepts them.
fn names(parts: &[Part]) -> String {
    let mut named: Vec<String> = Vec::new();
    let mut more = 0;
    for part in parts {
        let name = name(part);
        if named.contains(&name) {
            continue;
        }
        if named.len() < MAX_NAMED {
            named.push(name);
        } else {
            more += 1;
        }
    }
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", named.join(", "))
}

fn name(part: &Part) -> String {
    let mut name = match (part.item, &part.key) {
        (Some(item), None) => item.to_owned(),
        (Some(item), Some(key)) if key.starts_with('[') => format!("{item}{key}"),
        (Some(item), Some(key)) => format!("{item}.{key}"),
        (None, Some(key)) => key.clone(),
        (None, None) => part.path.clone(),
    };
    if let Some(value) = &part.value {
        name = format!("{name} = {value}");
    }
    escape(&name).into_owned()
}
