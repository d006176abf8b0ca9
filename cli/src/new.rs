//! `apple-mdm new`: writes a valid document to start from.

mod envelope;
mod placeholder;
mod repair;
mod values;

use std::io::Write;

use apple_mdm::schema::{self, Family, Item};
use apple_mdm::validate::Finding;
use clap::ArgMatches;

use crate::document::{self, Step};
use crate::failure::Failure;
use crate::{explain, list, terminal};
use envelope::Envelope;

/// Runs `apple-mdm new`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(name) = matches.get_one::<String>("name") else {
        return Ok(());
    };
    let mut assignments: Vec<String> = matches
        .get_many::<String>("values")
        .unwrap_or_default()
        .cloned()
        .collect();
    let mut item = find_item(name)?;
    if item.family == Family::Status {
        // Servers do not send status items; they subscribe to them.
        assignments.insert(0, format!("StatusItems.Name={}", item.name));
        let subscriptions = schema::item(
            Family::Declaration,
            "com.apple.configuration.management.status-subscriptions",
        );
        item = subscriptions.ok_or_else(|| {
            Failure::Usage(format!(
                "cannot create a document for {name}: this schema has no status subscriptions"
            ))
        })?;
    }
    let envelope = Envelope::of(item);
    let mut value = envelope.document(item);
    let mut assigned = Vec::new();
    for assignment in &assignments {
        let (key, text) = assignment
            .split_once('=')
            .ok_or_else(|| Failure::Usage(format!("`{assignment}` is not of the form KEY=VALUE")))?;
        assigned.push(values::assign(&mut value, item, envelope, key, text, &assigned)?);
    }
    repair::repair(&mut value, item, envelope, &assigned);
    let text = envelope
        .write(&value)
        .map_err(|error| Failure::Document(error.to_string()))?;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    report_errors(&envelope.errors(item, &value), &assigned)
}

/// Returns the first item with this name. Prints a note if there are others.
fn find_item(name: &str) -> Result<&'static Item, Failure> {
    let mut items = explain::items(name);
    if items.is_empty() {
        let candidates = schema::items().filter(|item| list::has_own_documents(item));
        return Err(explain::unknown_item(name, candidates));
    }
    items.retain(|item| list::has_own_documents(item));
    let Some((first, others)) = items.split_first() else {
        return Err(Failure::Usage(format!(
            "{name} is part of other documents and has none of its own"
        )));
    };
    for other in others {
        terminal::print_note(&format!(
            "this is the {} {}; {name} is also the {} {}",
            first.family, first.rust, other.family, other.rust
        ));
    }
    Ok(first)
}

/// Prints the remaining errors. They fail the run only if the user's values cause them; the others are placeholders to replace.
fn report_errors(errors: &[Finding], assigned: &[Vec<Step>]) -> Result<(), Failure> {
    let mut is_wrong = false;
    for finding in errors {
        let at = document::steps(&finding.path).unwrap_or_default();
        if assigned
            .iter()
            .any(|assigned| at.starts_with(assigned) || assigned.starts_with(&at))
        {
            is_wrong = true;
            terminal::print_error(&format!("{}: {}", finding.path, finding.message));
        } else {
            terminal::print_note(&format!("to be filled in: {}: {}", finding.path, finding.message));
        }
    }
    if is_wrong { Err(Failure::Findings) } else { Ok(()) }
}
