//! The model to what Rust needs: which types there are, what they are called, which keys share one.
//!
//! Types are shared within a section of a file: by dictionaries that are one list in the schema, and by those of one name
//! that state the same facts. Names come from the schema's hint or the key; where two shapes want one name, the
//! names of the keys around them are put before it.

mod cycles;
mod merge;
mod naming;
mod resolved;
mod section;
mod union;

use std::collections::BTreeMap;

use crate::Error;
use crate::ident::Words;
use crate::model::{Family, File, Scalar, Schema};
use crate::overlay::{self, Overlay};

pub use resolved::{Element, Field, Item, Resolved, Shape, Struct, Ty, Type, Variant};

use section::Source;

/// What is wrong: on our side an error, in Apple's data a warning.
#[derive(Debug, Default)]
struct Findings {
    errors: Vec<String>,
    warnings: Vec<String>,
}

/// Resolves the model.
///
/// # Errors
///
/// Where names are missing, collide, or the model cannot be a Rust type.
pub fn resolve(schema: &Schema, overlay: &Overlay, names_required: bool) -> Result<Resolved, Error> {
    let mut found = Findings::default();
    let mut groups: BTreeMap<(Family, String), Vec<&File>> = BTreeMap::new();
    for file in &schema.files {
        let name = match overlay.names.get(&file.path) {
            Some(name) => name.clone(),
            None => {
                let proposal = propose(file, &overlay.words);
                if names_required {
                    found.errors.push(format!(
                        "overlay/names.yaml: no name for {0}; add `{0}: {proposal}`",
                        file.path
                    ));
                }
                proposal
            }
        };
        groups.entry((file.family, name)).or_default().push(file);
    }
    let mut items: Vec<Item> = Vec::new();
    if let Some(tree) = merge::status_tree(schema, &mut found) {
        items.push(item(
            Family::Status,
            "StatusItems",
            vec![tree.path.clone()],
            &tree,
            &overlay.words,
            &mut found,
        ));
    }
    for ((family, name), files) in &groups {
        let same = files.iter().all(|file| file.identifier == files[0].identifier);
        if files.len() > 1 && !(same && files[0].identifier.is_some()) {
            let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
            found.errors.push(format!(
                "overlay/names.yaml: {} are all called `{name}` but are different items; give them different names",
                paths.join(", ")
            ));
            continue;
        }
        let file = match files.as_slice() {
            [file] => Ok((*file).clone()),
            several => merge::files(several),
        };
        let file = match file {
            Ok(file) => file,
            Err(why) => {
                found.errors.push(why);
                continue;
            }
        };
        let paths = files.iter().map(|file| file.path.clone()).collect();
        items.push(item(*family, name, paths, &file, &overlay.words, &mut found));
    }
    selectors(&mut items, &mut found);
    collisions(&items, &mut found);
    overlay::into_result(found.errors)?;
    Ok(Resolved {
        items,
        warnings: found.warnings,
    })
}

/// The name that a file suggests.
#[must_use]
pub fn propose(file: &File, words: &Words) -> String {
    match (file.family, &file.identifier) {
        (Family::Command | Family::CheckIn | Family::Protocol, Some(identifier)) => words.type_name(identifier),
        (Family::Status, Some(identifier)) => words.type_name(identifier),
        _ => words.type_name(&file.title),
    }
}

fn item(family: Family, name: &str, paths: Vec<String>, file: &File, words: &Words, found: &mut Findings) -> Item {
    let mut request = Vec::new();
    let mut response = Vec::new();
    if is_panes(file) {
        let keys = file.keys.map(|id| file.list(id)).unwrap_or_default();
        request.push(Type {
            name: name.to_owned(),
            doc: file.description.clone(),
            path: String::new(),
            shape: Shape::Enum(section::variants(keys, words)),
        });
    } else {
        let source = Source {
            file,
            response: false,
            name,
            words,
        };
        request = section::types(source, found);
        if file.response.is_some() || family == Family::Command {
            let source = Source {
                response: true,
                name: &format!("{name}Response"),
                ..source
            };
            response = section::types(source, found);
        }
    }
    Item {
        family,
        name: name.to_owned(),
        module: words.snake(name),
        identifier: file.identifier.clone(),
        title: file.title.clone(),
        description: file.description.clone(),
        content: file.content.clone(),
        apply: file.apply.clone(),
        support: file.support.clone(),
        selector: None,
        tables_only: file.tables_only,
        replaced_by: file.replaced_by.clone(),
        reasons: file.reasons.clone(),
        related: file.related.clone(),
        request,
        response,
        paths,
    }
}

/// The skip keys are no dictionary: each key is a text that other payloads list.
fn is_panes(file: &File) -> bool {
    file.family == Family::Other && file.identifier.as_deref() == Some("SkipKeys")
}

/// Finds what tells items with one identifier apart: a key with one possible value.
fn selectors(items: &mut [Item], found: &mut Findings) {
    let mut groups: BTreeMap<(Family, String), Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(identifier) = &item.identifier {
            groups.entry((item.family, identifier.clone())).or_default().push(index);
        }
    }
    for ((_, identifier), group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        let mut plain = 0;
        for index in group {
            let Some(Type {
                shape: Shape::Struct(body),
                ..
            }) = items[index].request.first()
            else {
                continue;
            };
            let fixed = body.fields.iter().find_map(|field| match field.key.values.as_slice() {
                [Scalar::String(value)] if field.key.required => Some((field.key.name.clone(), value.clone())),
                _ => None,
            });
            plain += usize::from(fixed.is_none());
            items[index].selector = fixed;
        }
        if plain > 1 {
            found.errors.push(format!(
                "several items are called `{identifier}` and no key tells them apart; give them one name in \
                 overlay/names.yaml, so that they become one type, or a key with a single value"
            ));
        }
    }
}

/// What the tables of an item are called, but for those of its types as a whole, which [`collisions`] compares by themselves.
fn tables_of(item: &Item) -> Vec<String> {
    let nested = |types: &[Type], of: &str| -> Vec<String> {
        let names = types.iter().skip(1).map(|ty| format!("{of}_{}", ty.name));
        names.collect()
    };
    let mut names = nested(&item.request, &item.name);
    names.extend(nested(&item.response, &format!("{}Response", item.name)));
    names.push(item.name.clone());
    names.iter().map(|name| crate::ident::shout(name)).collect()
}

fn collisions(items: &[Item], found: &mut Findings) {
    let mut tables: BTreeMap<(Family, String), &str> = BTreeMap::new();
    for item in items {
        for name in tables_of(item) {
            let path = item.paths[0].as_str();
            if let Some(other) = tables.insert((item.family, name.clone()), path)
                && other != path
            {
                found.errors.push(format!(
                    "overlay/names.yaml: a table of {other} and one of {path} would both be called `{name}`; rename one"
                ));
            }
        }
    }
    let mut seen: BTreeMap<(Family, &str), &str> = BTreeMap::new();
    for item in items {
        let mut names = vec![item.name.as_str()];
        names.extend(item.response.first().map(|ty| ty.name.as_str()));
        for name in names {
            let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !is_name {
                found.errors.push(format!(
                    "overlay/names.yaml: `{name}` of {} is no name of a type in Rust",
                    item.paths[0]
                ));
            }
            if naming::RESERVED.contains(&name) {
                found.errors.push(format!(
                    "overlay/names.yaml: generated code uses the name `{name}` itself; give {} another one",
                    item.paths[0]
                ));
            }
            if let Some(other) = seen.insert((item.family, name), &item.paths[0]) {
                found.errors.push(format!(
                    "overlay/names.yaml: `{name}` stands for a type of {other} and of {}; rename one",
                    item.paths[0]
                ));
            }
        }
    }
}
