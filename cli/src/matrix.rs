//! `apple-mdm matrix`: one page of what is available where.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use apple_mdm::matrix::{self, Part, Row};
use apple_mdm::schema::{Availability, Fact, Family, Introduced, Os};
use clap::ArgMatches;
use serde::Serialize;

use crate::explain::{available, item, key};
use crate::failure::Failure;

/// The page without its data: nothing in it comes from elsewhere.
const PAGE: &str = include_str!("matrix/page.html");

/// `apple-mdm matrix [-o FILE]`
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let page = page()?;
    match matches.get_one::<PathBuf>("output") {
        Some(path) => {
            fs::write(path, page).map_err(|error| Failure::Usage(format!("cannot write {}: {error}", path.display())))
        }
        None => {
            let mut out = io::stdout().lock();
            out.write_all(page.as_bytes())?;
            out.flush()?;
            Ok(())
        }
    }
}

fn page() -> Result<String, Failure> {
    let data = serde_json::to_string(&Data::new()).map_err(io::Error::from)?;
    // Within a script nothing may look like the end of it.
    let data = data.replace('<', "\\u003c");
    Ok(PAGE
        .replace("{{release}}", apple_mdm::RELEASE)
        .replace("{{data}}", &data))
}

/// What the page shows. Most keys are available where others are: the facts are there once, and referred to.
#[derive(Serialize)]
struct Data {
    systems: [&'static str; 5],
    /// What is said of one system; the first is that it is not available.
    cells: Vec<Cell>,
    /// What is said of the systems: for each an index of `cells`.
    sets: Vec<[usize; 5]>,
    items: Vec<ItemData>,
}

#[derive(Serialize, Default, PartialEq, Eq, Hash, Clone)]
struct Cell {
    since: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<String>,
}

#[derive(Serialize)]
struct ItemData {
    family: &'static str,
    name: &'static str,
    title: &'static str,
    rust: String,
    /// What a status item's value is.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    text: &'static str,
    set: usize,
    keys: Vec<KeyData>,
}

#[derive(Serialize)]
struct KeyData {
    path: String,
    #[serde(skip_serializing_if = "is_false")]
    response: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    kind: String,
    text: &'static str,
    set: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Data {
    fn new() -> Self {
        let mut sets = Sets::default();
        let mut items: Vec<ItemData> = Vec::new();
        for row in matrix::rows() {
            let set = sets.index(&row.availability);
            match (row.part, row.value, items.last_mut()) {
                (Part::Item, None, _) => items.push(ItemData {
                    family: family(row.item.family),
                    name: row.item.name,
                    title: row.item.title,
                    rust: format!("{}::{}", item::module(row.item.family), row.item.rust),
                    kind: row.key.map(key::facts),
                    text: row.description(),
                    set,
                    keys: Vec::new(),
                }),
                (_, _, Some(of)) => of.keys.push(KeyData::new(row, set)),
                (_, _, None) => {}
            }
        }
        Self {
            systems: Os::ALL.map(Os::name),
            cells: sets.cells.list,
            sets: sets.sets.list,
            items,
        }
    }
}

impl KeyData {
    fn new(row: Row, set: usize) -> Self {
        Self {
            response: row.part == Part::Response,
            value: row.value.map(|choice| choice.value.to_string()),
            kind: match (row.value, row.key) {
                (Some(_), _) => "value".to_owned(),
                (None, key) => key.map(key::facts).unwrap_or_default(),
            },
            text: row.description(),
            path: row.path,
            set,
        }
    }
}

/// The words of the program for families, and of the page.
fn family(family: Family) -> &'static str {
    match family {
        Family::Credential => item::module(Family::Declaration),
        Family::Error | Family::Protocol => item::module(Family::Other),
        family => item::module(family),
    }
}

/// Values, each once.
struct Once<T> {
    list: Vec<T>,
    known: HashMap<T, usize>,
}

impl<T: Clone + Eq + std::hash::Hash> Once<T> {
    fn index(&mut self, value: T) -> usize {
        *self.known.entry(value).or_insert_with_key(|value| {
            self.list.push(value.clone());
            self.list.len() - 1
        })
    }
}

impl<T: Clone + Eq + std::hash::Hash> FromIterator<T> for Once<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut once = Self {
            list: Vec::new(),
            known: HashMap::new(),
        };
        for value in values {
            once.index(value);
        }
        once
    }
}

struct Sets {
    cells: Once<Cell>,
    sets: Once<[usize; 5]>,
}

impl Default for Sets {
    fn default() -> Self {
        Self {
            cells: [Cell::default()].into_iter().collect(),
            sets: [].into_iter().collect(),
        }
    }
}

impl Sets {
    fn index(&mut self, availability: &Availability) -> usize {
        let set = Os::ALL.map(|os| self.cells.index(Cell::of(availability, os)));
        self.sets.index(set)
    }
}

impl Cell {
    fn of(availability: &Availability, os: Os) -> Self {
        let support = availability.on(os);
        if !support.is_supported() {
            return Self::default();
        }
        let mut facts = support.facts();
        facts.retain(|fact| {
            !matches!(
                fact,
                Fact::Always | Fact::Introduced(_) | Fact::Deprecated(_) | Fact::Removed(_)
            )
        });
        Self {
            since: match support.since {
                Introduced::In(version) => version.to_string(),
                _ => "all".to_owned(),
            },
            deprecated: support.deprecated.map(|version| version.to_string()),
            removed: support.removed.map(|version| version.to_string()),
            facts: available::list(&facts),
        }
    }
}
