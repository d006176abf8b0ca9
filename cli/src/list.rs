//! `apple-mdm list`

use std::io::Write;

use apple_mdm::schema::{self, Availability, Family, Item};
use apple_mdm::validate::Target;
use clap::ArgMatches;

use crate::failure::Failure;
use crate::screen::{FRAME, STRONG, Styled, harmless};
use crate::target;

/// The families, by the words of the command line, with their headings.
const FAMILIES: [(&str, Family, &str); 5] = [
    ("commands", Family::Command, "Commands"),
    ("profiles", Family::Profile, "Payloads of profiles"),
    ("declarations", Family::Declaration, "Declarations"),
    ("status", Family::Status, "Status items"),
    ("checkin", Family::CheckIn, "Check-in messages"),
];

/// `apple-mdm list …`
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let target = target::of(matches);
    let asked = matches.get_one::<String>("family");
    let mut out = anstream::stdout().lock();
    let mut first = true;
    for (word, family, heading) in FAMILIES {
        if asked.is_some_and(|asked| asked != word) {
            continue;
        }
        let items: Vec<&Item> = schema::items()
            .filter(|item| item.family == family && is_of_its_kind(item))
            .filter(|item| target.as_ref().is_none_or(|target| works(item, target)))
            .collect();
        // Headings only where there are several families, so that one is a plain list.
        if asked.is_none() {
            let gap = if first { "" } else { "\n" };
            writeln!(
                out,
                "{gap}{} {}",
                Styled(STRONG, heading),
                Styled(FRAME, format!("({})", items.len()))
            )?;
        }
        first = false;
        let width = items.iter().map(|item| item.name.len()).max().unwrap_or(0);
        for item in items {
            // Where documents have a technical name, Rust has the one that people know.
            let known = if item.name.contains('.') {
                item.rust
            } else {
                item.title.strip_suffix(" Command").unwrap_or(item.title)
            };
            writeln!(out, "{:width$}  {}", item.name, harmless(known))?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Whether the item is one that documents name; the others are the keys that all of a family have.
pub fn is_of_its_kind(item: &Item) -> bool {
    match item.family {
        Family::Profile | Family::Declaration | Family::Status => item.name.contains('.'),
        _ => true,
    }
}

fn works(item: &Item, target: &Target) -> bool {
    target.check(item.name, &Availability::of(item.support)).is_ok()
}
