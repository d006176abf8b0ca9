//! `apple-mdm matrix`: writes a web page of availability.

use std::collections::HashMap;
use std::io;

use apple_mdm::matrix::{self, Part, Row};
use apple_mdm::schema::{Availability, Fact, Family, Introduced, Os};
use clap::ArgMatches;
use serde::Serialize;

use crate::explain::{availability, key_facts, module};
use crate::failure::Failure;
use crate::output;

/// The page without its data. It loads nothing from elsewhere.
const PAGE: &str = include_str!("matrix/page.html");

/// Runs `apple-mdm matrix`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    output::write(matches, page()?.as_bytes())
}

fn page() -> Result<String, Failure> {
    let data = serde_json::to_string(&Data::new()).map_err(io::Error::from)?;
    // The data must not contain `</script>`.
    let data = data.replace('<', "\\u003c");
    Ok(PAGE
        .replace("{{release}}", apple_mdm::RELEASE)
        .replace("{{data}}", &data))
}

/// The data of the page. Most keys share their availability with others, so it is stored once and referenced by index.
#[derive(Serialize)]
struct Data {
    systems: [&'static str; 5],
    /// The distinct facts about one operating system. The first one stands for "not available".
    cells: Vec<Cell>,
    /// The distinct availabilities: for each operating system, an index into `cells`.
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
    /// The type of a status item's value.
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
                    family: family_name(row.item.family),
                    name: row.item.name,
                    title: row.item.title,
                    rust: format!("{}::{}", module(row.item.family), row.item.rust),
                    kind: row.key.map(key_facts::summary),
                    text: row.description(),
                    set,
                    keys: Vec::new(),
                }),
                (_, _, Some(item)) => item.keys.push(KeyData::new(row, set)),
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
                (None, key) => key.map(key_facts::summary).unwrap_or_default(),
            },
            text: row.description(),
            path: row.path,
            set,
        }
    }
}

/// The page's name for a family.
fn family_name(family: Family) -> &'static str {
    match family {
        Family::Credential => module(Family::Declaration),
        Family::Error | Family::Protocol => module(Family::Other),
        family => module(family),
    }
}

/// Stores each distinct value once, in the order of first use.
struct Interner<T> {
    list: Vec<T>,
    indices: HashMap<T, usize>,
}

impl<T: Clone + Eq + std::hash::Hash> Interner<T> {
    fn index(&mut self, value: T) -> usize {
        *self.indices.entry(value).or_insert_with_key(|value| {
            self.list.push(value.clone());
            self.list.len() - 1
        })
    }
}

impl<T: Clone + Eq + std::hash::Hash> FromIterator<T> for Interner<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut interner = Self {
            list: Vec::new(),
            indices: HashMap::new(),
        };
        for value in values {
            interner.index(value);
        }
        interner
    }
}

struct Sets {
    cells: Interner<Cell>,
    sets: Interner<[usize; 5]>,
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
            facts: availability::phrases(&facts),
        }
    }
}
