//! Contradictions in the schema's own data: a problem each, until the overlay settles it.

use std::collections::{BTreeMap, BTreeSet};

use crate::message::{did_you_mean, shorten};
use crate::model::{Fact, Family, File, Key, Kind, ListId, Os, Scalar, Schema, Version, What, scalar_text};
use crate::problem::Problem;
use crate::rules;

/// What in the schema contradicts itself, each with file and key.
#[must_use]
pub fn check(schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in &schema.files {
        let mut check = Check {
            file,
            seen: BTreeSet::new(),
            judged: BTreeSet::new(),
            open: Vec::new(),
            problems: &mut problems,
        };
        let systems = introductions(&BTreeMap::new(), &file.support);
        check.order("payload.supportedOS", &file.support, &BTreeMap::new());
        for (list, section) in [(file.keys, "payloadkeys"), (file.response, "responsekeys")] {
            if let Some(list) = list {
                check.list(list, section, false, &systems);
            }
        }
    }
    references(schema, &mut problems);
    problems
}

/// What contradicts itself in a key of a file.
#[must_use]
pub fn key(file: &File, key: &Key) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = Check {
        file,
        seen: BTreeSet::new(),
        judged: BTreeSet::new(),
        open: Vec::new(),
        problems: &mut problems,
    };
    // A repetition is taken for that of an array's item.
    check.key(key, &key.name, true);
    problems
}

/// Since when each operating system has something; `None` where it never did.
type Systems = BTreeMap<Os, Option<Version>>;

/// What holds below a place where `inherited` holds, and `own` is said.
fn introductions(inherited: &Systems, own: &[Fact]) -> Systems {
    let mut systems = inherited.clone();
    for fact in own {
        let since = match fact.what {
            What::NotAvailable => None,
            What::Always => Some(Version(0, 0, 0)),
            What::Introduced(version) => Some(version),
            _ => continue,
        };
        systems.insert(fact.os, since);
    }
    systems
}

struct Check<'a> {
    file: &'a File,
    /// The lists whose keys were looked at; what is wrong with a shared one is said once.
    seen: BTreeSet<ListId>,
    /// The lists whose availability was looked at, each with what is around it.
    judged: BTreeSet<(ListId, Systems)>,
    open: Vec<ListId>,
    problems: &'a mut Vec<Problem>,
}

impl Check<'_> {
    fn problem(&mut self, at: &str, message: impl Into<String>) {
        self.suggest(at, message, None);
    }

    fn suggest(&mut self, at: &str, message: impl Into<String>, suggestion: Option<String>) {
        let problem = Problem::in_schema(&self.file.path, at, message).suggest(suggestion);
        // What holds at one place may be found on several ways to it.
        if !self.problems.iter().rev().take(100).any(|known| *known == problem) {
            self.problems.push(problem);
        }
    }

    fn list(&mut self, list: ListId, parent: &str, in_array: bool, systems: &Systems) {
        /// How many ways to the lists are followed: more than in any sensible schema, and few enough to be quick.
        const MAX_WAYS: usize = 10_000;
        if self.open.contains(&list)
            || self.open.len() > 64
            || self.judged.len() > MAX_WAYS
            || !self.judged.insert((list, systems.clone()))
        {
            return;
        }
        self.open.push(list);
        let first = self.seen.insert(list);
        let keys = self.file.list(list);
        if first && !in_array && keys.iter().filter(|key| key.any).count() > 1 {
            self.problem(parent, "has more than one key that stands for any key; keep one");
        }
        for key in keys {
            let at = &format!("{parent}.{}", key.name);
            if first {
                self.key(key, at, in_array);
                self.order(at, &key.support, systems);
            }
            let own = introductions(systems, &key.support);
            let anywhere = |systems: &Systems| systems.values().any(Option::is_some);
            if key.required && anywhere(systems) && !anywhere(&own) {
                self.problem(at, "is required, but no operating system has it");
            }
            if let Some(list) = key.subkeys {
                self.list(list, at, key.kind == Kind::Array, &own);
            }
        }
        self.open.pop();
    }

    fn key(&mut self, key: &Key, at: &str, in_array: bool) {
        let number = matches!(key.kind, Kind::Integer | Kind::Real);
        for value in &key.values {
            self.fits(key, value, "the listed value", at);
        }
        for (index, value) in key.values.iter().enumerate() {
            if key.values[..index].contains(value) {
                let value = scalar_text(value);
                self.problem(
                    at,
                    format!("`rangelist` has the value `{}` twice; remove one", shorten(&value)),
                );
            }
        }
        if let Some(default) = &key.default {
            self.fits(key, default, "the default", at);
            if !key.values.is_empty() && !key.values.contains(default) {
                let default = scalar_text(default);
                let listed: Vec<String> = key.values.iter().map(scalar_text).collect();
                self.suggest(
                    at,
                    format!(
                        "the default `{}` is not one of the values in `rangelist`",
                        shorten(&default)
                    ),
                    did_you_mean(&default, listed.iter().map(String::as_str)),
                );
            }
        }
        if let Some((min, max)) = &key.range {
            // A key whose type is not known was reported already.
            if !number && key.kind != Kind::Any {
                let message = format!(
                    "has a `range`, but is {}; only numbers have one",
                    key.kind.with_article()
                );
                let text = key.kind == Kind::String;
                self.suggest(
                    at,
                    message,
                    text.then(|| "a rule of kind `length` bounds the length of a text".to_owned()),
                );
            }
            for bound in [min, max].into_iter().flatten() {
                self.fits_type(key, bound, "the bound", at);
            }
            if let (Some(min), Some(max)) = (number_of(min.as_ref()), number_of(max.as_ref()))
                && min > max
            {
                self.problem(at, format!("`min` is {min}, which is above `max`, {max}"));
            }
        }
        if let Some((min, max)) = key.repetition {
            // That of an item says how often it stands in its array.
            if !matches!(key.kind, Kind::Array | Kind::Any) && !in_array {
                let message = format!(
                    "has a `repetition`, but is {}; only arrays have one",
                    key.kind.with_article()
                );
                self.problem(at, message);
            }
            if let (Some(min), Some(max)) = (min, max)
                && min > max
            {
                self.problem(at, format!("`repetition`: `min` is {min}, which is above `max`, {max}"));
            }
        }
        if key.subkeys.is_some() && !matches!(key.kind, Kind::Array | Kind::Dictionary | Kind::String | Kind::Any) {
            let message = format!("has `subkeys`, but is {}", key.kind.with_article());
            self.suggest(
                at,
                message,
                Some("its type is probably `<dictionary>` or `<array>`".to_owned()),
            );
        }
        let keys = key.subkeys.map(|list| self.file.list(list)).unwrap_or_default();
        let has_fields = key.kind == Kind::Dictionary && keys.iter().any(|key| !key.any);
        if key.group && !has_fields && key.rust.is_none() {
            self.problem(at, "is a `group`, but not a dictionary with known keys");
        }
        if key.tag && key.kind != Kind::String {
            self.problem(
                at,
                format!("is a `tag`, but {}; only texts can be one", key.kind.with_article()),
            );
        }
        if let Some(pattern) = &key.format
            && let Err(why) = rules::check_pattern(pattern)
        {
            self.suggest(
                at,
                format!("`format` is not a valid regular expression: {why}"),
                Some("a form such as `url` is a `valuetype`".to_owned())
                    .filter(|_| pattern.chars().all(|c| c.is_ascii_lowercase() || c == '-')),
            );
        }
    }

    /// Whether a value is of the key's type and within its range.
    fn fits(&mut self, key: &Key, value: &Scalar, what: &str, at: &str) {
        self.fits_type(key, value, what, at);
        let (Some((min, max)), Some(number)) = (&key.range, number_of(Some(value))) else {
            return;
        };
        let below = number_of(min.as_ref()).is_some_and(|min| number < min);
        let above = number_of(max.as_ref()).is_some_and(|max| number > max);
        if below || above {
            let bounds = |bound: &Option<Scalar>| bound.as_ref().map_or_else(|| "…".to_owned(), scalar_text);
            let range = format!("{} to {}", bounds(min), bounds(max));
            self.problem(at, format!("{what} {number} is outside the range {range}"));
        }
    }

    fn fits_type(&mut self, key: &Key, value: &Scalar, what: &str, at: &str) {
        let fits = match value {
            Scalar::String(_) => matches!(key.kind, Kind::String | Kind::Date | Kind::Data | Kind::Any),
            Scalar::Integer(_) => matches!(key.kind, Kind::Integer | Kind::Real | Kind::Any),
            Scalar::Real(_) => matches!(key.kind, Kind::Real | Kind::Any),
            Scalar::Boolean(_) => matches!(key.kind, Kind::Boolean | Kind::Any),
        };
        if !fits {
            let text = scalar_text(value);
            let message = format!("{what} `{}` is not {}", shorten(&text), key.kind.with_article());
            let suggestion = match (value, key.kind) {
                (Scalar::String(text), Kind::Integer | Kind::Real) if text.parse::<f64>().is_ok_and(f64::is_finite) => {
                    Some("write the number without quotes".to_owned())
                }
                (Scalar::String(text), Kind::Boolean) if ["true", "false"].contains(&text.as_str()) => {
                    Some("write it without quotes".to_owned())
                }
                (Scalar::Boolean(_), Kind::String) => Some("put the text in quotes".to_owned()),
                _ => None,
            };
            self.suggest(at, message, suggestion);
        }
    }

    /// Whether something is introduced, deprecated and removed in this order.
    fn order(&mut self, at: &str, support: &[Fact], inherited: &Systems) {
        let own = introductions(inherited, support);
        for (os, since) in own {
            let said = |pick: fn(&What) -> Option<Version>| {
                support
                    .iter()
                    .filter(|fact| fact.os == os)
                    .find_map(|fact| pick(&fact.what))
            };
            let deprecated = said(|what| match what {
                What::Deprecated(version) => Some(*version),
                _ => None,
            });
            let removed = said(|what| match what {
                What::Removed(version) => *version,
                _ => None,
            });
            let stages = [("introduced", since), ("deprecated", deprecated), ("removed", removed)];
            for (index, (earlier, first)) in stages.iter().enumerate() {
                for (later, second) in &stages[index + 1..] {
                    if let (Some(first), Some(second)) = (first, second)
                        && second < first
                    {
                        self.problem(
                            at,
                            format!("{}: {later} in {second}, but {earlier} in {first}", os.name()),
                        );
                    }
                }
            }
        }
    }
}

fn number_of(value: Option<&Scalar>) -> Option<f64> {
    match value? {
        Scalar::Integer(number) => Some(*number as f64),
        Scalar::Real(number) => Some(*number),
        Scalar::String(_) | Scalar::Boolean(_) => None,
    }
}

/// Names of items that the schema does not have.
fn references(schema: &Schema, problems: &mut Vec<Problem>) {
    let known = |family: Family| -> BTreeSet<&str> {
        let files = schema.files.iter().filter(|file| file.family == family);
        files.filter_map(|file| file.identifier.as_deref()).collect()
    };
    let (declarations, status) = (known(Family::Declaration), known(Family::Status));
    // A vendor may refer to Apple's items, which are in another folder.
    let note =
        |file: &File, at: &str, message: String| Problem::in_schema(&file.path, at, message).into_note();
    for file in &schema.files {
        // A folder of somebody's own need not have Apple's items.
        if !status.is_empty() {
            for name in file.related.iter().flat_map(|related| &related.items) {
                if !status.contains(name.as_str()) {
                    let message = format!("the schema has no status item `{name}`");
                    problems.push(note(file, "related-status-items", message));
                }
            }
        }
        if !declarations.is_empty() {
            for key in file.lists.iter().flatten() {
                let missing = key
                    .asset_types
                    .iter()
                    .filter(|name| !declarations.contains(name.as_str()));
                for name in missing {
                    problems.push(note(file, &key.name, format!("the schema has no asset type `{name}`")));
                }
            }
        }
    }
}
