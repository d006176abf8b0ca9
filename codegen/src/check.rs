//! Contradictions in the schema's own data: a warning each, until the overlay settles it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Fact, Family, File, Key, Kind, ListId, Os, Scalar, Schema, Version, What};
use crate::rust::scalar_text;

/// What in the schema contradicts itself, each with file and key.
#[must_use]
pub fn check(schema: &Schema) -> Vec<String> {
    let mut warnings = Vec::new();
    for file in &schema.files {
        let mut check = Check {
            file,
            seen: BTreeSet::new(),
            open: Vec::new(),
            warnings: &mut warnings,
        };
        let systems = introductions(&BTreeMap::new(), &file.support);
        check.order("the item", &file.support, &BTreeMap::new());
        for (list, section) in [(file.keys, "payloadkeys"), (file.response, "responsekeys")] {
            if let Some(list) = list {
                check.list(list, section, false, &systems);
            }
        }
    }
    references(schema, &mut warnings);
    warnings
}

/// What in a key of a file contradicts itself.
#[must_use]
pub fn key(file: &File, key: &Key) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut check = Check {
        file,
        seen: BTreeSet::new(),
        open: Vec::new(),
        warnings: &mut warnings,
    };
    // A repetition is taken for that of an array's item.
    check.key(key, &key.name, true);
    warnings
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
    open: Vec<ListId>,
    warnings: &'a mut Vec<String>,
}

impl Check<'_> {
    fn warn(&mut self, at: &str, what: impl std::fmt::Display) {
        let warning = format!("{}: {at}: {what}", self.file.path);
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn list(&mut self, list: ListId, parent: &str, in_array: bool, systems: &Systems) {
        if self.open.contains(&list) {
            return;
        }
        self.open.push(list);
        let first = self.seen.insert(list);
        for key in self.file.list(list) {
            let at = &format!("{parent}.{}", key.name);
            if first {
                self.key(key, at, in_array);
                self.order(at, &key.support, systems);
            }
            let own = introductions(systems, &key.support);
            let anywhere = |systems: &Systems| systems.values().any(Option::is_some);
            if key.required && anywhere(systems) && !anywhere(&own) {
                self.warn(at, "is required, but no operating system has it");
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
                self.warn(at, format_args!("lists the value `{value}` twice"));
            }
        }
        if let Some(default) = &key.default {
            self.fits(key, default, "the default", at);
            if !key.values.is_empty() && !key.values.contains(default) {
                let default = scalar_text(default);
                self.warn(
                    at,
                    format_args!("the default `{default}` is not one of the listed values"),
                );
            }
        }
        if let Some((min, max)) = &key.range {
            if !number {
                self.warn(at, format_args!("has a range, but is a {}", key.kind.name()));
            }
            for bound in [min, max].into_iter().flatten() {
                self.fits_type(key, bound, "the bound", at);
            }
            if let (Some(min), Some(max)) = (number_of(min.as_ref()), number_of(max.as_ref()))
                && min > max
            {
                self.warn(at, format_args!("the least value {min} is above the greatest, {max}"));
            }
        }
        if let Some((min, max)) = key.repetition {
            // That of an item says how often it stands in its array.
            if key.kind != Kind::Array && !in_array {
                self.warn(at, format_args!("has a repetition, but is a {}", key.kind.name()));
            }
            if let (Some(min), Some(max)) = (min, max)
                && min > max
            {
                self.warn(
                    at,
                    format_args!("the least number of items {min} is above the greatest, {max}"),
                );
            }
        }
        if key.subkeys.is_some() && !matches!(key.kind, Kind::Array | Kind::Dictionary | Kind::String) {
            self.warn(at, format_args!("has subkeys, but is a {}", key.kind.name()));
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
            self.warn(at, format_args!("{what} {number} is outside the range"));
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
            let value = scalar_text(value);
            self.warn(at, format_args!("{what} `{value}` is no {}", key.kind.name()));
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
                        self.warn(
                            at,
                            format_args!("{}: {later} in {second}, but {earlier} in {first}", os.name()),
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
fn references(schema: &Schema, warnings: &mut Vec<String>) {
    let known = |family: Family| -> BTreeSet<&str> {
        let files = schema.files.iter().filter(|file| file.family == family);
        files.filter_map(|file| file.identifier.as_deref()).collect()
    };
    let (declarations, status) = (known(Family::Declaration), known(Family::Status));
    for file in &schema.files {
        // A folder of somebody's own need not have Apple's items.
        if !status.is_empty() {
            for name in file.related.iter().flat_map(|related| &related.items) {
                if !status.contains(name.as_str()) {
                    warnings.push(format!("{}: the related status item `{name}` is not there", file.path));
                }
            }
        }
        if !declarations.is_empty() {
            for key in file.lists.iter().flatten() {
                for name in key
                    .asset_types
                    .iter()
                    .filter(|name| !declarations.contains(name.as_str()))
                {
                    warnings.push(format!(
                        "{}: {}: the asset type `{name}` is not there",
                        file.path, key.name
                    ));
                }
            }
        }
    }
}
