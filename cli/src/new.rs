//! `apple-mdm new`

mod mend;
mod sample;
mod shape;
mod values;

use std::io::Write;

use apple_mdm::schema::{self, Family, Item};
use clap::ArgMatches;

use crate::document::{self, Step};
use crate::explain;
use crate::failure::Failure;
use crate::screen;
use shape::Shape;

/// `apple-mdm new …`
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(name) = matches.get_one::<String>("name") else {
        return Ok(());
    };
    let mut asked: Vec<String> = matches
        .get_many::<String>("values")
        .unwrap_or_default()
        .cloned()
        .collect();
    let mut item = choose(name)?;
    if item.family == Family::Status {
        // What a server writes about a status item is that it wants to be told.
        asked.insert(0, format!("StatusItems.Name={}", item.name));
        let subscriptions = schema::item(
            Family::Declaration,
            "com.apple.configuration.management.status-subscriptions",
        );
        item = subscriptions.ok_or_else(|| {
            Failure::Usage(format!(
                "nothing can be made for {name}: the schema has no subscriptions"
            ))
        })?;
    }
    let shape = Shape::of(item);
    let mut value = shape.start(item);
    let mut given = Vec::new();
    for asked in &asked {
        let (key, text) = asked
            .split_once('=')
            .ok_or_else(|| Failure::Usage(format!("`{asked}` is not KEY=VALUE")))?;
        given.push(values::set(&mut value, item, &shape, key, text, &given)?);
    }
    mend::mend(&mut value, item, &shape, &given);
    let text = shape
        .write(&value)
        .map_err(|error| Failure::Document(error.to_string()))?;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    tell(&shape.errors(item, &value), &given)
}

/// The item that is meant; a note where there are others.
fn choose(name: &str) -> Result<&'static Item, Failure> {
    let mut found = explain::items(name);
    if found.is_empty() {
        let names = schema::items()
            .filter(|item| crate::list::is_of_its_kind(item))
            .flat_map(|item| [item.name, item.rust]);
        let hint = explain::meant(name, names);
        return Err(Failure::Usage(format!(
            "nothing is called `{name}`{hint}\n       `apple-mdm list` shows what there is"
        )));
    }
    found.retain(|item| crate::list::is_of_its_kind(item));
    let Some((first, others)) = found.split_first() else {
        return Err(Failure::Usage(format!(
            "{name} is a part of other documents and none of its own"
        )));
    };
    for other in others {
        screen::note(&format!(
            "this is the {} {}; {} is also the {} {}",
            first.family, first.rust, name, other.family, other.rust
        ));
    }
    Ok(first)
}

/// Says what is still wrong: what was given is an error, what is left to fill in is not.
fn tell(errors: &[apple_mdm::validate::Finding], given: &[Vec<Step>]) -> Result<(), Failure> {
    let mut wrong = false;
    for finding in errors {
        let at = document::steps(&finding.path).unwrap_or_default();
        if given
            .iter()
            .any(|given| at.starts_with(given) || given.starts_with(&at))
        {
            wrong = true;
            screen::complain(&format!("{}: {}", finding.path, finding.message));
        } else {
            screen::note(&format!("to be filled in: {}: {}", finding.path, finding.message));
        }
    }
    if wrong { Err(Failure::Findings) } else { Ok(()) }
}
