//! `apple-mdm explain`: describes items, keys and the codes of findings.

pub mod availability;
mod code;
mod dictionaries;
mod item;
mod key;
pub mod key_facts;
mod key_list;
mod name;
mod rules;

use std::io::Write;

use apple_mdm::validate::Target;
use clap::ArgMatches;

use crate::catalog::{self, Notes};
use crate::failure::Failure;
use crate::target;

pub use code::named as code_named;
pub use item::module;
use name::Named;
pub use name::{items, parse_command, parse_item, suggestion, unknown_item};

/// The target of the command line and its description.
pub struct DescribedTarget {
    target: Target,
    description: String,
}

/// Runs `apple-mdm explain`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(name) = matches.get_one::<String>("name") else {
        return Ok(());
    };
    let target = target::from_flags(matches)
        .zip(target::describe_flags(matches))
        .map(|(target, description)| DescribedTarget { target, description });
    let mut text = String::new();
    let mut unusable = 0;
    if name == "codes" {
        code::explain_all(&mut text);
    } else if let Some(code) = code::named(name) {
        code::explain(&mut text, code);
    } else {
        let schemas = catalog::from_flags_or_config(matches)?;
        unusable = schemas.report(Notes::None);
        for (index, named) in name::resolve(name, &schemas.catalog)?.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            match named {
                Named::Item(item) => item::explain(&mut text, item, target.as_ref()),
                Named::Key(item, key) => key::explain(&mut text, item, key, target.as_ref()),
            }
        }
    }
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    match unusable {
        0 => Ok(()),
        _ => Err(Failure::Unopened),
    }
}
