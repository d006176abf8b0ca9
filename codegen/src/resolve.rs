//! Decides which Rust types exist, how they are named, and which keys share a type.
//!
//! Within a section of a file, dictionaries share a type if they are the same list in the schema, or have the same name and facts.
//! Names come from the hint in the schema or from the key. If two types would have the same name, the names of the enclosing keys
//! are added in front.

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
use crate::overlay::Overlay;
use crate::problem::{Problem, ProblemKind, Severity};

pub(crate) use resolved::is_common;
pub use resolved::{Element, Field, Item, Resolved, Shape, Struct, Ty, Type, Variant};

use section::Source;

/// The problems found while resolving.
#[derive(Debug, Default)]
struct Findings {
    problems: Vec<Problem>,
    /// Names of items that must change.
    clashes: Vec<Clash>,
}

/// A name of an item that must change.
#[derive(Debug)]
struct Clash {
    problem: Problem,
    /// The files of the item to be renamed.
    paths: Vec<String>,
    /// The files of the other item that has the name.
    others: Vec<String>,
    /// Whether both are parts of one item and need the same name.
    same: bool,
}

/// Resolves a model that must be free of errors.
///
/// # Errors
///
/// Returns an error if names are missing or collide, or if the model cannot become a Rust type.
pub fn resolve(schema: &Schema, overlay: &Overlay, names_required: bool) -> Result<Resolved, Error> {
    let (names, missing) = names(schema, overlay);
    let (items, found) = items(schema, overlay, &names);
    let mut errors = Vec::new();
    if names_required {
        errors.extend(missing.into_iter().map(|path| {
            let suggestion = format!("add `{path}: {}`", names[path]);
            name_problem(format!("no name for {path}")).suggest(suggestion)
        }));
    }
    let (warnings, found_errors): (Vec<_>, Vec<_>) = found
        .problems
        .into_iter()
        .partition(|problem| problem.severity == Severity::Note);
    errors.extend(found_errors);
    errors.extend(found.clashes.into_iter().map(|clash| clash.problem));
    Error::problems(errors)?;
    Ok(Resolved { items, warnings })
}

/// A problem with a name in the overlay.
fn name_problem(message: String) -> Problem {
    Problem::new(ProblemKind::Name, "overlay/names.yaml", "", message)
}

/// Resolves any model. Skips what cannot become Rust, proposes names that are missing, and numbers names that collide. Also returns
/// what was skipped or renamed.
#[must_use]
pub fn resolve_what_fits(schema: &Schema, overlay: &Overlay) -> (Resolved, Vec<Problem>) {
    let (mut names, missing) = names(schema, overlay);
    let mut problems = Vec::new();
    for path in missing {
        let message = format!("has no name in overlay/names.yaml; called `{}`", names[path]);
        problems.push(Problem::new(ProblemKind::Name, path, "", message));
    }
    let given = |paths: &[String]| paths.iter().any(|path| overlay.names.contains_key(path));
    // Each round resolves one clash. The new name may clash with another one.
    let mut rounds = 2 * schema.files.len();
    let (mut items, mut found) = items(schema, overlay, &names);
    while let Some(clash) = found.clashes.first() {
        if rounds == 0 {
            items.retain(|item| found.clashes.iter().all(|clash| clash.paths != item.paths));
            break;
        }
        rounds -= 1;
        // Keep a name from the overlay.
        let swap = given(&clash.paths) && !clash.others.is_empty() && !given(&clash.others);
        let (keep, rename) = match swap {
            true => (&clash.paths, &clash.others),
            false => (&clash.others, &clash.paths),
        };
        let name = match clash.same {
            true => names[&keep[0]].clone(),
            false => numbered(&names, &names[&rename[0]]),
        };
        let message = format!("{}; {} called `{name}`", clash.problem.message, rename.join(", "));
        problems.push(Problem {
            message,
            ..clash.problem.clone()
        });
        for path in rename {
            names.insert(path.clone(), name.clone());
        }
        (items, found) = self::items(schema, overlay, &names);
    }
    problems.extend(found.problems);
    let warnings = Vec::new();
    (Resolved { items, warnings }, problems)
}

/// Returns the name of each file's item, and the files without a name in the overlay.
fn names<'a>(schema: &'a Schema, overlay: &Overlay) -> (BTreeMap<String, String>, Vec<&'a str>) {
    let mut missing = Vec::new();
    let name = |file: &'a File| {
        let name = overlay.names.get(&file.path).cloned().unwrap_or_else(|| {
            missing.push(file.path.as_str());
            propose(file, &overlay.words)
        });
        (file.path.clone(), name)
    };
    (schema.files.iter().map(name).collect(), missing)
}

/// Appends the first number that makes `name` unique. Also converts a name that is not valid in Rust.
fn numbered(names: &BTreeMap<String, String>, name: &str) -> String {
    let mut base: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if !base.starts_with(|c: char| c.is_ascii_uppercase()) {
        base.insert_str(0, "Item");
    }
    if base.ends_with(|c: char| c.is_ascii_digit()) {
        // `IPv4` is not the second `IPv`.
        base.push('V');
    }
    let taken = |name: &String| names.values().any(|other| other == name);
    let mut numbers = (2..).map(|number: usize| format!("{base}{number}"));
    numbers.find(|name| !taken(name)).unwrap_or_default()
}

/// Resolves the items with these names.
fn items(schema: &Schema, overlay: &Overlay, names: &BTreeMap<String, String>) -> (Vec<Item>, Findings) {
    let mut found = Findings::default();
    let mut groups: BTreeMap<(Family, String), Vec<&File>> = BTreeMap::new();
    for file in &schema.files {
        let name = names.get(&file.path).cloned().unwrap_or_default();
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
        let other = files.iter().find(|file| file.identifier != files[0].identifier);
        if files.len() > 1 && (other.is_some() || files[0].identifier.is_none()) {
            let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
            // Rename files with the same identifier together.
            let renamed = other.unwrap_or(&files[1]);
            let same = |file: &&&File| file.identifier.is_some() && file.identifier == renamed.identifier;
            let mut group: Vec<String> = files.iter().filter(same).map(|file| file.path.clone()).collect();
            if group.is_empty() {
                group.push(renamed.path.clone());
            }
            found.clashes.push(Clash {
                problem: name_problem(format!(
                    "{} are all called `{name}` but are different items",
                    paths.join(", ")
                ))
                .suggest("give them different names".to_owned()),
                paths: group,
                others: vec![files[0].path.clone()],
                same: false,
            });
            continue;
        }
        let file = match files.as_slice() {
            [file] => (*file).clone(),
            several => merge::files(several, &mut found),
        };
        let paths = files.iter().map(|file| file.path.clone()).collect();
        items.push(item(*family, name, paths, &file, &overlay.words, &mut found));
    }
    selectors(&mut items, &mut found);
    collisions(&items, &mut found);
    (items, found)
}

/// Proposes a name for the item of a file.
#[must_use]
pub fn propose(file: &File, words: &Words) -> String {
    match (file.family, &file.identifier) {
        (Family::Command | Family::CheckIn | Family::Protocol, Some(identifier)) => words.type_name(identifier),
        (Family::Status, Some(identifier)) => words.type_name(identifier),
        _ => words.type_name(&file.title),
    }
}

/// Resolves an item.
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
    let mut module = words.snake(name);
    // There is no module without nested types.
    if naming::MODULES.contains(&module.as_str()) && (request.len() > 1 || response.len() > 1) {
        module.push_str("_types");
    }
    Item {
        family,
        name: name.to_owned(),
        module,
        identifier: file.identifier.clone(),
        title: file.title.clone(),
        description: file.description.clone(),
        content: file.content.clone(),
        apply: file.apply.clone(),
        support: file.support.clone(),
        selector: None,
        tables_only: file.tables_only,
        replaced_by: file.replaced_by.clone(),
        aliases: file.aliases.clone(),
        reasons: file.reasons.clone(),
        related: file.related.clone(),
        request,
        response,
        paths,
    }
}

/// Whether the file lists the panes of Setup Assistant. They are not keys of a dictionary but texts that other payloads list.
fn is_panes(file: &File) -> bool {
    file.family == Family::Other && file.identifier.as_deref() == Some("SkipKeys")
}

/// Finds the key that distinguishes items with the same identifier: a required key with a single value.
fn selectors(items: &mut [Item], found: &mut Findings) {
    let mut groups: BTreeMap<(Family, String), Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(identifier) = &item.identifier {
            groups.entry((item.family, identifier.clone())).or_default().push(index);
        }
    }
    for ((_, identifier), group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        let mut plain = Vec::new();
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
            if fixed.is_none() {
                plain.push(index);
            }
            items[index].selector = fixed;
        }
        if let [first, second, ..] = plain[..] {
            found.clashes.push(Clash {
                problem: name_problem(format!(
                    "several items have the identifier `{identifier}`, and no key distinguishes them"
                ))
                .suggest(
                    "give them the same name, so that they become one type, or a key with a single value".to_owned(),
                ),
                paths: items[second].paths.clone(),
                others: items[first].paths.clone(),
                same: true,
            });
        }
    }
}

/// Returns the names of an item's tables, except that of the response, which [`collisions`] compares separately.
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

/// Reports names that collide or are not valid.
fn collisions(items: &[Item], found: &mut Findings) {
    let mut clash = |message: String, suggestion: Option<String>, item: &Item, other: Option<&Item>| {
        // The type of all status items has no file, and keeps its name.
        let (item, other) = match other {
            Some(other) if is_tree(item) => (other, Some(item)),
            _ => (item, other),
        };
        found.clashes.push(Clash {
            problem: name_problem(message).suggest(suggestion),
            paths: item.paths.clone(),
            others: other
                .filter(|other| !is_tree(other))
                .map(|other| other.paths.clone())
                .unwrap_or_default(),
            same: false,
        });
    };
    let mut tables: BTreeMap<(Family, String), &Item> = BTreeMap::new();
    for item in items {
        for name in tables_of(item) {
            if let Some(other) = tables.insert((item.family, name.clone()), item)
                && other.paths != item.paths
            {
                let message = format!(
                    "a table of {} and one of {} would both be called `{name}`",
                    other.paths[0], item.paths[0]
                );
                clash(message, Some("rename one".to_owned()), item, Some(other));
            }
        }
    }
    let mut modules: BTreeMap<(Family, &str), &Item> = BTreeMap::new();
    for item in items
        .iter()
        .filter(|item| item.request.len() > 1 || item.response.len() > 1)
    {
        if let Some(other) = modules.insert((item.family, &item.module), item) {
            let message = format!(
                "the module `{}` would be that of {} and of {}",
                item.module, other.paths[0], item.paths[0]
            );
            clash(message, Some("rename one".to_owned()), item, Some(other));
        }
    }
    let mut seen: BTreeMap<(Family, &str), &Item> = BTreeMap::new();
    for item in items {
        let mut names = vec![item.name.as_str()];
        names.extend(item.response.first().map(|ty| ty.name.as_str()));
        for name in names {
            const MAX_NAME: usize = 100;
            let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.len() <= MAX_NAME
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !is_name {
                let message = format!("`{name}` of {} is not the name of a Rust type", item.paths[0]);
                clash(message, None, item, None);
            }
            if naming::is_reserved(item.family, name) {
                let message = format!("generated code uses the name `{name}` itself");
                clash(message, Some(format!("give {} another one", item.paths[0])), item, None);
            }
            if let Some(other) = seen.insert((item.family, name), item) {
                let message = format!(
                    "`{name}` would be the name of a type of {} and of {}",
                    other.paths[0], item.paths[0]
                );
                clash(message, Some("rename one".to_owned()), item, Some(other));
            }
        }
    }
}

fn is_tree(item: &Item) -> bool {
    item.family == Family::Status && item.identifier.is_none() && item.name == "StatusItems"
}
