//! The text of rules in the docs: on the field that a rule is about, or on the type if it is about several fields.
//!
//! A rule can belong to a dictionary further up. It is documented where its key is, since that is where people look.

use super::text::{marked, prose};
use crate::resolve::{Shape, Ty};
use crate::rules::{Condition, Path, Resolved, Step};
use crate::rust::Section;

/// The texts of the rules of a section, each with the type and, if it is about a single key, the key where it is documented.
#[derive(Debug)]
pub struct Rules<'a> {
    texts: Vec<(usize, Option<&'a str>, String)>,
}

impl<'a> Rules<'a> {
    /// Collects the rules of all types of the section.
    #[must_use]
    pub fn of(section: Section<'a>) -> Self {
        let mut texts = Vec::new();
        for (index, ty) in section.types().iter().enumerate() {
            let Shape::Struct(body) = &ty.shape else { continue };
            for rule in &body.rules {
                let (at, key) = place(section, index, paths(rule));
                let text = words(section, index, rule);
                let entry = (at, key, text);
                // Several rules can share one sentence.
                if !texts.contains(&entry) {
                    texts.push(entry);
                }
            }
        }
        Self { texts }
    }

    /// Returns the rules that are documented on a type, or on one of its fields.
    pub(super) fn at(&self, index: usize, key: Option<&str>) -> Vec<&str> {
        let here = self.texts.iter().filter(|(at, name, _)| *at == index && *name == key);
        here.map(|(_, _, text)| text.as_str()).collect()
    }
}

/// Returns the innermost dictionary that contains all the paths, and the key in it if there is only one.
fn place<'a>(section: Section<'a>, mut index: usize, mut paths: Vec<&'a [Step]>) -> (usize, Option<&'a str>) {
    loop {
        let Some(Step::Key(name)) = paths.first().and_then(|path| path.first()) else {
            return (index, None);
        };
        let same = |path: &&[Step]| matches!(path.first(), Some(Step::Key(other)) if other == name);
        if !paths.iter().all(same) {
            return (index, None);
        }
        let field = fields(section, index).iter().find(|field| field.key.name == *name);
        let Some(field) = field.filter(|field| field.constant.is_none()) else {
            return (index, None);
        };
        let below: Vec<_> = paths.iter().map(|path| enter(section, &field.ty, &path[1..])).collect();
        match below.iter().copied().collect::<Option<Vec<_>>>() {
            Some(inner) if inner.iter().all(|(at, _)| *at == inner[0].0) => {
                index = inner[0].0;
                paths = inner.into_iter().map(|(_, path)| path).collect();
            }
            _ => return (index, Some(&field.key.name)),
        }
    }
}

/// Returns the dictionary that the first steps lead to and the remaining steps. `None` if there is no dictionary with known keys.
fn enter<'a>(section: Section<'a>, ty: &Ty, path: &'a [Step]) -> Option<(usize, &'a [Step])> {
    match (ty, path) {
        (Ty::Array(item), [Step::Items | Step::Item(_), rest @ ..]) => enter(section, &item.ty, rest),
        (Ty::Array(item), [Step::Where(..), ..]) => enter(section, &item.ty, path),
        (Ty::Map(value), [Step::Any, rest @ ..]) => enter(section, &value.ty, rest),
        (Ty::Type(index), _) => match (&section.types()[*index].shape, path) {
            (Shape::Struct(_), [Step::Key(_), ..]) => Some((*index, path)),
            (Shape::Union { variants, .. }, [Step::Where(_, value), rest @ ..]) => {
                let found = variants.iter().find(|(_, other, _)| other == value)?;
                matches!(rest, [Step::Key(_), ..]).then_some((found.2, rest))
            }
            _ => None,
        },
        _ => None,
    }
}

fn fields(section: Section<'_>, index: usize) -> &[crate::resolve::Field] {
    match &section.types()[index].shape {
        Shape::Struct(body) => &body.fields,
        _ => &[],
    }
}

/// Returns the text of a rule, with its keys formatted as code.
fn words(section: Section<'_>, index: usize, rule: &Resolved) -> String {
    let mixed = |name: &&str| {
        name.contains(['-', '_'])
            || name.contains(|c: char| c.is_lowercase()) && name.chars().skip(1).any(char::is_uppercase)
    };
    let own = paths(rule).into_iter().flatten().filter_map(|step| match step {
        Step::Key(name) => Some(name.as_str()),
        _ => None,
    });
    let beside = fields(section, index).iter().map(|field| field.key.name.as_str());
    let keys: Vec<&str> = own.chain(beside.filter(mixed)).collect();
    let text = prose(&marked(&rule.says, &keys));
    if rule.systems.is_empty() {
        return text;
    }
    let systems: Vec<&str> = rule.systems.iter().map(|os| os.name()).collect();
    format!("{}: {text}", systems.join(", "))
}

/// Returns all paths of a rule.
fn paths(rule: &Resolved) -> Vec<&[Step]> {
    let mut paths = rule.check.paths();
    rule.when.iter().for_each(|condition| add_paths(condition, &mut paths));
    paths.into_iter().map(Vec::as_slice).collect()
}

fn add_paths<'a>(condition: &'a Condition, paths: &mut Vec<&'a Path>) {
    match condition {
        Condition::In(key, ..)
        | Condition::Not(key, ..)
        | Condition::Present(key, _)
        | Condition::Contains(key, _)
        | Condition::Above(key, _)
        | Condition::Below(key, _)
        | Condition::Fits(key, _) => paths.push(key),
        Condition::Any(list) => list.iter().for_each(|condition| add_paths(condition, paths)),
    }
}
