//! `apple-mdm explain`: describes items, keys and the codes of findings.

pub mod aliases;
pub mod availability;
mod code;
mod dictionaries;
mod item;
mod json;
mod json_availability;
mod key;
pub mod key_facts;
mod key_list;
mod name;
mod rules;

use std::io::Write;

use apple_mdm::validate::{Code, Target};
use clap::ArgMatches;
use serde_json::{Value, json};

use crate::catalog::{self, Notes};
use crate::failure::Failure;
use crate::target;
use crate::terminal::escape_json;

pub use code::named as code_named;
pub use item::{module, rust_path};
pub use json::family as family_word;
pub use json_availability::introduced;
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
    let is_json = matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json");
    let mut unusable = 0;
    let text = match (name.as_str(), code::named(name)) {
        ("codes", _) if is_json => codes_to_json(Code::ALL),
        (_, Some(code)) if is_json => codes_to_json(&[code]),
        ("codes", _) => code::explain_all(),
        (_, Some(code)) => code::explain(code),
        _ => {
            let schemas = catalog::from_flags_or_config(matches)?;
            unusable = schemas.report(Notes::None);
            let named = name::resolve(name, &schemas.catalog)?;
            if is_json {
                named_to_json(&named, target.as_ref())
            } else {
                describe(&named, target.as_ref())
            }
        }
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    match unusable {
        0 => Ok(()),
        _ => Err(Failure::Unopened),
    }
}

fn describe(named: &[Named], target: Option<&DescribedTarget>) -> String {
    let mut text = String::new();
    for (index, named) in named.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        match named {
            Named::Item(item) => item::explain(&mut text, item, target),
            Named::Key(item, key) => key::explain(&mut text, item, key, target),
        }
    }
    text
}

fn codes_to_json(codes: &[Code]) -> String {
    let codes: Vec<Value> = codes.iter().map(|code| code::to_json(*code)).collect();
    pretty(&json!({ "codes": codes }))
}

fn named_to_json(named: &[Named], target: Option<&DescribedTarget>) -> String {
    let (mut items, mut keys) = (Vec::new(), Vec::new());
    for named in named {
        match named {
            Named::Item(item) => items.push(json::item(item, target)),
            Named::Key(item, key) => keys.push(json::found_key(item, key, target)),
        }
    }
    pretty(&if items.is_empty() {
        json!({ "keys": keys })
    } else {
        json!({ "items": items })
    })
}

fn pretty(value: &Value) -> String {
    format!("{}\n", escape_json(&format!("{value:#}")))
}

#[cfg(test)]
mod tests {
    use apple_mdm::schema;

    use super::*;

    #[test]
    fn every_item_is_explained_for_people_and_for_scripts() {
        for item in schema::items() {
            let mut text = String::new();
            item::explain(&mut text, item, None);
            assert!(text.contains(item.name), "{}", item.name);
            let value = json::item(item, None);
            assert_eq!(value["item"], item.name);
            // Every key that people see is there for scripts.
            let keys = value["keys"].as_array().map_or(0, Vec::len);
            let mut count = 0;
            item.each_key(&mut |_, _| count += 1);
            assert!(keys >= count, "{}: {keys} of {count}", item.name);
        }
    }
}
