//! `apple-mdm list`: the items of the schema.

use std::io::Write;

use apple_mdm::schema::{self, Availability, Family, Item};
use apple_mdm::validate::Target;
use clap::ArgMatches;

use crate::catalog::{self, Notes};
use crate::failure::Failure;
use crate::target;
use crate::terminal::{FRAME, STRONG, Styled, escape};

/// The word for each family on the command line, the family, and its heading.
const FAMILIES: [(&str, Family, &str); 5] = [
    ("commands", Family::Command, "Commands"),
    ("profiles", Family::Profile, "Payloads of profiles"),
    ("declarations", Family::Declaration, "Declarations"),
    ("status", Family::Status, "Status items"),
    ("checkin", Family::CheckIn, "Check-in messages"),
];

/// Runs `apple-mdm list`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let target = target::from_flags(matches);
    let schemas = catalog::from_flags_or_config(matches)?;
    let unusable = schemas.report(Notes::All);
    let requested = matches.get_one::<String>("family");
    let mut out = anstream::stdout().lock();
    let mut is_first = true;
    for (word, family, heading) in FAMILIES {
        if requested.is_some_and(|requested| requested != word) {
            continue;
        }
        let items: Vec<&Item> = schema::items()
            .filter(|item| has_own_documents(item))
            .chain(schemas.catalog.items())
            .filter(|item| item.family == family)
            .filter(|item| target.as_ref().is_none_or(|target| is_available(item, target)))
            .collect();
        // The list of a single family has no heading, so that scripts can read it.
        if requested.is_none() {
            let gap = if is_first { "" } else { "\n" };
            let count = format!("({})", items.len());
            writeln!(out, "{gap}{} {}", Styled(STRONG, heading), Styled(FRAME, count))?;
        }
        is_first = false;
        let width = items.iter().map(|item| item.name.len()).max().unwrap_or(0);
        for item in items {
            // For names like `com.apple.wifi.managed`, the Rust name is the more familiar one.
            let familiar = if item.rust.is_empty() {
                item.title
            } else if item.name.contains('.') {
                item.rust
            } else {
                item.title.strip_suffix(" Command").unwrap_or(item.title)
            };
            writeln!(out, "{:width$}  {}", item.name, escape(familiar))?;
        }
    }
    out.flush()?;
    match unusable {
        0 => Ok(()),
        _ => Err(Failure::Unopened),
    }
}

/// Whether documents can name this item. The others hold the keys that all items of a family share.
pub fn has_own_documents(item: &Item) -> bool {
    match item.family {
        Family::Profile | Family::Declaration | Family::Status => item.name.contains('.'),
        _ => true,
    }
}

fn is_available(item: &Item, target: &Target) -> bool {
    target.check(item.name, &Availability::of(item.support)).is_ok()
}
