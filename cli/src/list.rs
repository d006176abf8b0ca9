//! `apple-mdm list`: the items of the schema.

use std::io::{self, Write};

use apple_mdm::schema::{self, Availability, Family, Item, Os, Version};
use apple_mdm::validate::Target;
use clap::ArgMatches;
use serde_json::{Value, json};

use crate::catalog::{self, Notes};
use crate::explain::{family_word, introduced, rust_path};
use crate::failure::Failure;
use crate::search::{self, FoundKey};
use crate::since;
use crate::target;
use crate::terminal::{FRAME, STRONG, Styled, escape, escape_json};

/// The word for each family on the command line, the family, and its heading.
const FAMILIES: [(&str, Family, &str); 5] = [
    ("commands", Family::Command, "Commands"),
    ("profiles", Family::Profile, "Payloads of profiles"),
    ("declarations", Family::Declaration, "Declarations"),
    ("status", Family::Status, "Status items"),
    ("checkin", Family::CheckIn, "Check-in messages"),
];

/// The number of keys that a line names.
const MAX_KEYS: usize = 6;

/// An item in the list.
struct Listed {
    item: &'static Item,
    /// The keys that were found or are new. `None` if keys were not asked for.
    keys: Option<Vec<FoundKey>>,
    /// Whether the item itself is new.
    is_new: bool,
}

/// Runs `apple-mdm list`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let target = target::from_flags(matches);
    let schemas = catalog::from_flags_or_config(matches)?;
    let unusable = schemas.report(Notes::All);
    let requested = matches.get_one::<String>("family").map(String::as_str);
    let os = target.as_ref().map(Target::os);
    let since = matches.get_one::<Version>("since").copied();
    let words = matches.get_one::<String>("search").map(String::as_str);
    let is_listed = |item: &&'static Item| {
        FAMILIES
            .iter()
            .any(|(word, family, _)| *family == item.family && requested.is_none_or(|requested| requested == *word))
            && target.as_ref().is_none_or(|target| is_available(item, target))
    };
    let all = schema::items().filter(|item| has_own_documents(item));
    let candidates = all.chain(schemas.catalog.items()).filter(is_listed);
    let mut listed: Vec<Listed> = match words {
        Some(words) => search::search(words, candidates)
            .into_iter()
            .map(|hit| Listed {
                item: hit.item,
                keys: Some(hit.keys),
                is_new: false,
            })
            .collect(),
        None => candidates
            .map(|item| Listed {
                item,
                keys: None,
                is_new: false,
            })
            .collect(),
    };
    if let Some(since) = since {
        listed.retain_mut(|listed| keep_new(listed, since, os, words.is_some()));
    }
    let mut out = anstream::stdout().lock();
    if matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json")
    {
        write_json(&mut out, &listed)?;
    } else if words.is_some() {
        // The best ones come first, whatever family they belong to.
        write_lines(&mut out, &listed, since, os)?;
    } else {
        write_families(&mut out, &listed, requested.is_some(), since, os)?;
    }
    out.flush()?;
    match unusable {
        0 => Ok(()),
        _ => Err(Failure::Unopened),
    }
}

/// Keeps an item that is new or has new keys, and only these keys. If keys were searched for, only those.
fn keep_new(listed: &mut Listed, since: Version, os: Option<Os>, is_search: bool) -> bool {
    listed.is_new = since::is_new(&Availability::of(listed.item.support), since, os);
    let mut new = Vec::new();
    if !listed.is_new {
        new = since::new_keys(listed.item, since, os);
    }
    let is_kept = listed.is_new || !new.is_empty();
    if !is_search || !listed.is_new {
        listed.keys = Some(new);
    }
    is_kept
}

fn write_families(
    out: &mut dyn Write,
    listed: &[Listed],
    is_single: bool,
    since: Option<Version>,
    os: Option<Os>,
) -> io::Result<()> {
    let mut is_first = true;
    for (_, family, heading) in FAMILIES {
        let own: Vec<&Listed> = listed.iter().filter(|listed| listed.item.family == family).collect();
        if own.is_empty() && (is_single || since.is_some()) {
            continue;
        }
        // The list of a single family has no heading, so that scripts can read it.
        if !is_single {
            let gap = if is_first { "" } else { "\n" };
            let count = format!("({})", own.len());
            writeln!(out, "{gap}{} {}", Styled(STRONG, heading), Styled(FRAME, count))?;
        }
        is_first = false;
        let width = own.iter().map(|listed| listed.item.name.len()).max().unwrap_or(0);
        for listed in own {
            write_line(out, listed, width, since, os)?;
        }
    }
    Ok(())
}

fn write_lines(out: &mut dyn Write, listed: &[Listed], since: Option<Version>, os: Option<Os>) -> io::Result<()> {
    let width = listed.iter().map(|listed| listed.item.name.len()).max().unwrap_or(0);
    listed
        .iter()
        .try_for_each(|listed| write_line(out, listed, width, since, os))
}

fn write_line(
    out: &mut dyn Write,
    listed: &Listed,
    width: usize,
    since: Option<Version>,
    os: Option<Os>,
) -> io::Result<()> {
    let item = listed.item;
    write!(out, "{:width$}  {}", item.name, escape(familiar_name(item)))?;
    if let (true, Some(since)) = (listed.is_new, since) {
        let versions = since::versions(&Availability::of(item.support), since, os);
        write!(out, "  {}", Styled(FRAME, versions))?;
    }
    let keys = listed.keys.as_deref().unwrap_or_default();
    match since {
        Some(since) if !listed.is_new => {
            writeln!(out)?;
            for key in keys {
                let place = if key.in_response {
                    item.response_place(&key.path)
                } else {
                    item.place(&key.path)
                };
                let versions = place.map_or_else(String::new, |place| since::versions(&place.availability, since, os));
                let part = if key.in_response { " (response)" } else { "" };
                writeln!(out, "    {}{part}  {}", key.path, Styled(FRAME, versions))?;
            }
            Ok(())
        }
        _ if !keys.is_empty() => {
            let names: Vec<&str> = keys.iter().take(MAX_KEYS).map(|key| key.path.as_str()).collect();
            let more = match keys.len().saturating_sub(MAX_KEYS) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            writeln!(out, "  {}", Styled(FRAME, format!("({}{more})", names.join(", "))))
        }
        _ => writeln!(out),
    }
}

fn write_json(out: &mut dyn Write, listed: &[Listed]) -> io::Result<()> {
    let items: Vec<Value> = listed.iter().map(to_json).collect();
    let text = serde_json::to_string_pretty(&json!({ "items": items }))?;
    writeln!(out, "{}", escape_json(&text))
}

fn to_json(listed: &Listed) -> Value {
    let item = listed.item;
    let mut value = json!({
        "item": item.name,
        "family": family_word(item.family),
        "title": item.title,
        "description": item.description,
        "rust": rust_path(item),
        "introduced": introduced(&Availability::of(item.support)),
    });
    if let Some(keys) = &listed.keys {
        let keys = keys.iter().map(|key| {
            let place = if key.in_response {
                item.response_place(&key.path)
            } else {
                item.place(&key.path)
            };
            json!({
                "key": key.path,
                "in_response": key.in_response,
                "introduced": place.map(|place| introduced(&place.availability)),
            })
        });
        value["keys"] = keys.collect();
    }
    value
}

/// For names like `com.apple.wifi.managed`, the Rust name is the more familiar one.
fn familiar_name(item: &Item) -> &'static str {
    if item.rust.is_empty() {
        item.title
    } else if item.name.contains('.') {
        item.rust
    } else {
        item.title.strip_suffix(" Command").unwrap_or(item.title)
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
