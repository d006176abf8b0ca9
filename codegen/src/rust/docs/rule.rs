//! The text of rules in the docs: on the field that a rule is about, or on the type if it is about several fields.
//!
//! A rule can belong to a dictionary further up. It is documented where its key is, since that is where people look.

use super::text::{marked, prose};
use crate::model::{Scalar, scalar_text};
use crate::resolve::{Shape, Ty};
use crate::rules::{Condition, Path, Resolved, Step, TargetCondition, Test};
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
        (Ty::OneOrMany(item), [Step::Each, rest @ ..]) => enter(section, &item.ty, rest),
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
    let unstated: Vec<String> = rule
        .when
        .iter()
        .filter(|condition| !is_stated(&rule.says, condition))
        .map(clause)
        .collect();
    if unstated.is_empty() {
        return text;
    }
    format!("{} (if {}).", text.trim_end_matches('.'), unstated.join(" and "))
}

/// Returns whether the sentence of a rule mentions a condition.
fn is_stated(says: &str, condition: &Condition) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| says.contains(word));
    match condition {
        Condition::Any(list) => list.iter().all(|condition| is_stated(says, condition)),
        Condition::Target(TargetCondition::Os { systems, .. }) => {
            systems.iter().any(|os| has(&[os.name()])) || has(&["Mac", "iPad"])
        }
        Condition::Target(condition) => has(match condition {
            TargetCondition::Os { .. } => &[],
            TargetCondition::Enrollment(_) => &["nrollment"],
            TargetCondition::Supervised(_) => &["upervis"],
            TargetCondition::Channel(_) => &["channel", "for a user", "for the device"],
            TargetCondition::Scope(_) => &["PayloadScope", "for a user", "for the device"],
            TargetCondition::SharedIpad(_) => &["Shared iPad"],
            TargetCondition::AutomatedEnrollment(_) => &["Automated Device Enrollment"],
            TargetCondition::ManualInstall(_) => &["install"],
            TargetCondition::Signed(_) => &["signed"],
            TargetCondition::Encrypted(_) => &["encrypted"],
        }),
        condition => {
            let mut paths = Vec::new();
            add_paths(condition, &mut paths);
            let keys = paths.into_iter().filter_map(|path| {
                path.iter().rev().find_map(|step| match step {
                    Step::Key(name) => Some(name.as_str()),
                    _ => None,
                })
            });
            let says = says.to_lowercase();
            keys.into_iter().all(|name| says.contains(&name.to_lowercase()))
        }
    }
}

/// Returns a condition as a clause that fits after `if`.
fn clause(condition: &Condition) -> String {
    let values = |list: &[Scalar]| alternatives(list.iter().map(|value| format!("`{}`", scalar_text(value))));
    let not = |flag: bool| if flag { "" } else { " not" };
    let name = |path: &Path| format!("`{}`", path_text(path));
    match condition {
        Condition::In(path, list, _) => format!("{} is {}", name(path), values(list)),
        Condition::Not(path, list, _) if list.len() == 1 => format!("{} is not {}", name(path), values(list)),
        Condition::Not(path, list, _) => format!("{} is none of {}", name(path), values(list)),
        Condition::Present(path, true) => format!("{} is present", name(path)),
        Condition::Present(path, false) => format!("{} is missing", name(path)),
        Condition::Contains(path, value) => format!("{} contains `{}`", name(path), scalar_text(value)),
        Condition::Above(path, bound) => format!("{} is greater than {bound}", name(path)),
        Condition::Below(path, bound) => format!("{} is less than {bound}", name(path)),
        Condition::Fits(path, Test::Format(format)) => format!("{} has the format `{format}`", name(path)),
        Condition::Fits(path, Test::Pattern(pattern)) => format!("{} matches `{pattern}`", name(path)),
        Condition::Any(list) => alternatives(list.iter().map(clause)),
        Condition::Target(condition) => match condition {
            TargetCondition::Os { systems, from, before } => {
                let mut text = format!(
                    "the device runs {}",
                    alternatives(systems.iter().map(|os| os.name().to_owned()))
                );
                if let Some(from) = from {
                    text.push_str(&format!(" {from} or later"));
                }
                if let Some(before) = before {
                    text.push_str(&format!(" before {before}"));
                }
                text
            }
            TargetCondition::Enrollment(list) => {
                format!("the device uses {} enrollment", alternatives(list.iter().cloned()))
            }
            TargetCondition::Supervised(flag) => format!("the device is{} supervised", not(*flag)),
            TargetCondition::Channel(channel) => format!("the document is sent on the {channel} channel"),
            TargetCondition::Scope(scope) => format!("`PayloadScope` is `{scope}`"),
            TargetCondition::SharedIpad(flag) => format!("the device is{} a Shared iPad", not(*flag)),
            TargetCondition::AutomatedEnrollment(flag) => {
                format!("the device was{} enrolled with Automated Device Enrollment", not(*flag))
            }
            TargetCondition::ManualInstall(true) => "a person installs the profile".to_owned(),
            TargetCondition::ManualInstall(false) => "MDM installs the profile".to_owned(),
            TargetCondition::Signed(flag) => format!("the document is{} signed", not(*flag)),
            TargetCondition::Encrypted(flag) => format!("the document is{} encrypted", not(*flag)),
        },
    }
}

/// Joins words with commas and `or`.
fn alternatives(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} or {last}", words.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// Returns the text of a path, in the notation of the overlay.
fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(name) if text.is_empty() => text.push_str(name),
            Step::Key(name) => text.push_str(&format!(".{name}")),
            Step::Items | Step::Each => text.push_str("[]"),
            Step::Item(index) => text.push_str(&format!("[{index}]")),
            Step::Where(_, value) => text.push_str(&format!("[{value}]")),
            Step::Any => text.push_str(".*"),
            Step::Names => text.push_str("{}"),
        }
    }
    text
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
        Condition::Target(_) => {}
    }
}
