//! Finds contradictions in the schema that the overlay does not correct.

use std::collections::{BTreeMap, BTreeSet};

use crate::message::{did_you_mean, shorten};
use crate::model::{Fact, Family, File, Key, Kind, ListId, Os, Property, Scalar, Schema, Version, scalar_text};
use crate::problem::Problem;
use crate::rules;

/// Returns all contradictions in the schema.
#[must_use]
pub fn check(schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in &schema.files {
        let mut check = Check {
            file,
            checked_keys: BTreeSet::new(),
            checked_availability: BTreeSet::new(),
            enclosing: Vec::new(),
            problems: &mut problems,
        };
        let systems = introductions(&BTreeMap::new(), &file.support);
        check.check_order("payload.supportedOS", &file.support, &BTreeMap::new());
        for (list, section) in [(file.keys, "payloadkeys"), (file.response, "responsekeys")] {
            if let Some(list) = list {
                check.list(list, section, false, &systems);
            }
        }
    }
    check_references(schema, &mut problems);
    problems
}

/// Returns the contradictions within a key of a file.
#[must_use]
pub fn key(file: &File, key: &Key) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = Check {
        file,
        checked_keys: BTreeSet::new(),
        checked_availability: BTreeSet::new(),
        enclosing: Vec::new(),
        problems: &mut problems,
    };
    // `true` accepts a `repetition`, since the key may be the item of an array.
    check.key(key, &key.name, true);
    problems
}

/// The version in which each operating system introduces something; `None` if it is not available there.
type Introductions = BTreeMap<Os, Option<Version>>;

/// Combines the inherited versions with the facts of a key.
fn introductions(inherited: &Introductions, own: &[Fact]) -> Introductions {
    let mut systems = inherited.clone();
    for fact in own {
        let since = match fact.property {
            Property::NotAvailable => None,
            Property::Always => Some(Version(0, 0, 0)),
            Property::Introduced(version) => Some(version),
            _ => continue,
        };
        systems.insert(fact.os, since);
    }
    systems
}

struct Check<'a> {
    file: &'a File,
    /// The lists whose keys were checked. A shared list is checked only once.
    checked_keys: BTreeSet<ListId>,
    /// The lists whose availability was checked, each with the inherited versions.
    checked_availability: BTreeSet<(ListId, Introductions)>,
    /// The lists around the current one.
    enclosing: Vec<ListId>,
    problems: &'a mut Vec<Problem>,
}

impl Check<'_> {
    fn problem(&mut self, place: &str, message: impl Into<String>) {
        self.suggest(place, message, None);
    }

    fn suggest(&mut self, place: &str, message: impl Into<String>, suggestion: Option<String>) {
        let problem = Problem::in_schema(&self.file.path, place, message).suggest(suggestion);
        // A place that can be reached in several ways may yield the same problem again.
        if !self.problems.iter().rev().take(100).any(|known| *known == problem) {
            self.problems.push(problem);
        }
    }

    /// Checks a list of keys, and the lists in it.
    fn list(&mut self, list: ListId, parent: &str, in_array: bool, systems: &Introductions) {
        /// The maximum number of visits: more than any sensible schema needs, and few enough to be fast.
        const MAX_VISITS: usize = 10_000;
        if self.enclosing.contains(&list)
            || self.enclosing.len() > 64
            || self.checked_availability.len() > MAX_VISITS
            || !self.checked_availability.insert((list, systems.clone()))
        {
            return;
        }
        self.enclosing.push(list);
        let first = self.checked_keys.insert(list);
        let keys = self.file.list(list);
        if first && !in_array && keys.iter().filter(|key| key.any).count() > 1 {
            self.problem(parent, "has more than one placeholder for any key; keep one");
        }
        for key in keys {
            let place = &format!("{parent}.{}", key.name);
            if first {
                self.key(key, place, in_array);
                self.check_order(place, &key.support, systems);
            }
            let own = introductions(systems, &key.support);
            let anywhere = |systems: &Introductions| systems.values().any(Option::is_some);
            if key.required && anywhere(systems) && !anywhere(&own) {
                self.problem(place, "is required, but no operating system has it");
            }
            if let Some(list) = key.subkeys {
                self.list(list, place, key.kind == Kind::Array, &own);
            }
        }
        self.enclosing.pop();
    }

    /// Checks the statements about a key.
    fn key(&mut self, key: &Key, place: &str, in_array: bool) {
        let number = matches!(key.kind, Kind::Integer | Kind::Real);
        for value in &key.values {
            self.check_value(key, value, "the listed value", place);
        }
        for (index, value) in key.values.iter().enumerate() {
            if key.values[..index].contains(value) {
                let value = scalar_text(value);
                self.problem(
                    place,
                    format!("`rangelist` has the value `{}` twice; remove one", shorten(&value)),
                );
            }
        }
        if let Some(default) = &key.default {
            self.check_value(key, default, "the default", place);
            if !key.values.is_empty() && !key.values.contains(default) {
                let default = scalar_text(default);
                let listed: Vec<String> = key.values.iter().map(scalar_text).collect();
                self.suggest(
                    place,
                    format!(
                        "the default `{}` is not one of the values in `rangelist`",
                        shorten(&default)
                    ),
                    did_you_mean(&default, listed.iter().map(String::as_str)),
                );
            }
        }
        if let Some((min, max)) = &key.range {
            // A key with an unknown type was already reported.
            if !number && key.kind != Kind::Any {
                let message = format!(
                    "has a `range`, but is {}; only numbers have one",
                    key.kind.with_article()
                );
                let text = key.kind == Kind::String;
                self.suggest(
                    place,
                    message,
                    text.then(|| "to limit the length of a text, use a rule of kind `length`".to_owned()),
                );
            }
            for bound in [min, max].into_iter().flatten() {
                self.check_type(key, bound, "the bound", place);
            }
            if let (Some(min), Some(max)) = (number_of(min.as_ref()), number_of(max.as_ref()))
                && min > max
            {
                self.problem(place, format!("`min` is {min}, which is above `max`, {max}"));
            }
        }
        if let Some((min, max)) = key.repetition {
            // The `repetition` of an item is the number of such items in the array.
            if !matches!(key.kind, Kind::Array | Kind::Any) && !in_array {
                let message = format!(
                    "has a `repetition`, but is {}; only arrays have one",
                    key.kind.with_article()
                );
                self.problem(place, message);
            }
            if let (Some(min), Some(max)) = (min, max)
                && min > max
            {
                self.problem(
                    place,
                    format!("`repetition`: `min` is {min}, which is above `max`, {max}"),
                );
            }
        }
        if key.subkeys.is_some() && !matches!(key.kind, Kind::Array | Kind::Dictionary | Kind::String | Kind::Any) {
            let message = format!("has `subkeys`, but is {}", key.kind.with_article());
            self.suggest(
                place,
                message,
                Some("its type is probably `<dictionary>` or `<array>`".to_owned()),
            );
        }
        let keys = key.subkeys.map(|list| self.file.list(list)).unwrap_or_default();
        let has_fields = key.kind == Kind::Dictionary && keys.iter().any(|key| !key.any);
        if key.group && !has_fields && key.rust.is_none() {
            self.problem(place, "is a `group` but not a dictionary with known keys");
        }
        if key.tag && key.kind != Kind::String {
            self.problem(
                place,
                format!("is a `tag`, but {}; only texts can be one", key.kind.with_article()),
            );
        }
        let is_array_of_arrays = key.kind == Kind::Array && keys.iter().any(|item| item.kind == Kind::Array);
        if key.one_or_many && (key.kind == Kind::Any || is_array_of_arrays) {
            let message = format!("is `one-or-many`, but {}", key.kind.with_article());
            self.problem(place, message);
        }
        if key.open && key.values.is_empty() && (key.kind != Kind::String || keys.is_empty()) {
            self.problem(place, "is `open`, but does not list any values");
        }
        if let Some(pattern) = &key.format
            && let Err(why) = rules::check_pattern(pattern)
        {
            self.suggest(
                place,
                format!("`format` is not a valid regular expression: {why}"),
                Some("a format such as `url` is a `valuetype`".to_owned())
                    .filter(|_| pattern.chars().all(|c| c.is_ascii_lowercase() || c == '-')),
            );
        }
    }

    /// Reports a value that is not of the key's type or outside its range.
    fn check_value(&mut self, key: &Key, value: &Scalar, subject: &str, place: &str) {
        self.check_type(key, value, subject, place);
        let (Some((min, max)), Some(number)) = (&key.range, number_of(Some(value))) else {
            return;
        };
        let below = number_of(min.as_ref()).is_some_and(|min| number < min);
        let above = number_of(max.as_ref()).is_some_and(|max| number > max);
        if below || above {
            let bounds = |bound: &Option<Scalar>| bound.as_ref().map_or_else(|| "…".to_owned(), scalar_text);
            let range = format!("{} to {}", bounds(min), bounds(max));
            self.problem(place, format!("{subject} {number} is outside the range {range}"));
        }
    }

    /// Reports a value that is not of the key's type.
    fn check_type(&mut self, key: &Key, value: &Scalar, subject: &str, place: &str) {
        let fits = match value {
            Scalar::String(_) => matches!(key.kind, Kind::String | Kind::Date | Kind::Data | Kind::Any),
            Scalar::Integer(_) => matches!(key.kind, Kind::Integer | Kind::Real | Kind::Any),
            Scalar::Real(_) => matches!(key.kind, Kind::Real | Kind::Any),
            Scalar::Boolean(_) => matches!(key.kind, Kind::Boolean | Kind::Any),
        };
        if !fits {
            let text = scalar_text(value);
            let message = format!("{subject} `{}` is not {}", shorten(&text), key.kind.with_article());
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
            self.suggest(place, message, suggestion);
        }
    }

    /// Reports versions that are not in order: introduced, deprecated, removed.
    fn check_order(&mut self, place: &str, support: &[Fact], inherited: &Introductions) {
        let own = introductions(inherited, support);
        for (os, since) in own {
            let version_of = |pick: fn(&Property) -> Option<Version>| {
                support
                    .iter()
                    .filter(|fact| fact.os == os)
                    .find_map(|fact| pick(&fact.property))
            };
            let deprecated = version_of(|property| match property {
                Property::Deprecated(version) => Some(*version),
                _ => None,
            });
            let removed = version_of(|property| match property {
                Property::Removed(version) => *version,
                _ => None,
            });
            let stages = [("introduced", since), ("deprecated", deprecated), ("removed", removed)];
            for (index, (earlier, first)) in stages.iter().enumerate() {
                for (later, second) in &stages[index + 1..] {
                    if let (Some(first), Some(second)) = (first, second)
                        && second < first
                    {
                        self.problem(
                            place,
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

/// Reports references to items that the schema does not have.
fn check_references(schema: &Schema, problems: &mut Vec<Problem>) {
    let known = |family: Family| -> BTreeSet<&str> {
        let files = schema.files.iter().filter(|file| file.family == family);
        files.filter_map(|file| file.identifier.as_deref()).collect()
    };
    let (declarations, status) = (known(Family::Declaration), known(Family::Status));
    // A vendor's schema may refer to Apple's items, which are in another folder.
    let note = |file: &File, place: &str, message: String| Problem::in_schema(&file.path, place, message).into_note();
    for file in &schema.files {
        // A vendor's schema usually has none of Apple's items.
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
