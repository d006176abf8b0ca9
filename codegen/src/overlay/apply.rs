//! Applies the entries of an overlay to the model.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value};

use super::{Overlay, Place, invalid, locate, scalar};
use crate::Error;
use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::{File, Key, Kind, ListId, Os, Property, Retired, Rule, Scalar, Schema, Version, scalar_text};
use crate::parse::{MAX_VALUES, VALUE_TYPES};
use crate::problem::{Problem, ProblemKind};

/// The number of problems in a section of keys after which the rest of the section is skipped.
const MAX_PROBLEMS: usize = 100;

/// The maximum number of rules in a list.
const MAX_RULES: usize = 500;

/// Applies the overlay to the model.
///
/// # Errors
///
/// Returns an error for each entry that matches nothing or is not understood.
pub fn apply(overlay: &Overlay, schema: &mut Schema) -> Result<(), Error> {
    let mut problems = apply_entries(overlay, schema, None);
    for (path, keys) in &overlay.used {
        problems.extend(unmatched_use(path, keys, schema));
    }
    Error::problems(problems)
}

/// Applies the overlay to the model as far as it fits. Returns the entries that match nothing, are not understood, or contradict the
/// schema.
///
/// `check` returns the contradictions within a key. A fact that causes one is skipped.
pub fn apply_what_fits(overlay: &Overlay, schema: &mut Schema, check: CheckKey) -> Vec<Problem> {
    apply_entries(overlay, schema, Some(check))
}

/// Returns the contradictions within a key of a file.
pub type CheckKey = fn(&File, &Key) -> Vec<Problem>;

fn apply_entries(overlay: &Overlay, schema: &mut Schema, check: Option<CheckKey>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (path, mapping) in &overlay.files {
        let Some(file) = schema.files.iter_mut().find(|file| &file.path == path) else {
            let close = did_you_mean(path, schema.files.iter().map(|file| file.path.as_str()));
            let message = "the schema has no such file";
            let problem = Problem::new(ProblemKind::Fact, format!("overlay/{path}"), "", message);
            problems.push(problem.suggest(close.unwrap_or_else(|| "remove it or rename it".to_owned())));
            continue;
        };
        let mut apply = Apply {
            path,
            file,
            check,
            problems: &mut problems,
        };
        apply.file(mapping);
    }
    for (folder, keys) in &overlay.common {
        problems.extend(add_common_keys(folder, keys, schema));
    }
    let unused_line =
        |kind, file: &str, message: String| Problem::new(kind, file, "", message).suggest("remove the line".to_owned());
    for path in overlay.names.keys() {
        if !schema.files.iter().any(|file| &file.path == path) {
            let message = format!("the schema has no file {path}");
            problems.push(unused_line(ProblemKind::Name, "overlay/names.yaml", message));
        }
    }
    for word in unused_words(overlay, schema) {
        let message = format!("`{word}` occurs in no key, value or name");
        problems.push(unused_line(ProblemKind::Word, "overlay/words.yaml", message));
    }
    problems
}

/// Adds keys to all files of a folder that lack them.
fn add_common_keys(folder: &str, keys: &Mapping, schema: &mut Schema) -> Vec<Problem> {
    let problem = |place: &str, message: String| {
        let place = [folder, place].join(": ");
        Problem::new(ProblemKind::Fact, "overlay/common.yaml", place, message)
    };
    let mut problems = Vec::new();
    let is_inside = |file: &&mut File| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    for (name, facts) in keys {
        let (Some(name), Some(facts)) = (name.as_str(), facts.as_mapping()) else {
            let message = format!("a mapping of facts was expected, found {}", found(facts));
            problems.push(problem(&to_yaml(name), message));
            continue;
        };
        let mut key = Key::new(name, Kind::Any);
        key.common = true;
        for (fact, value) in facts {
            let fact = fact.as_str().unwrap_or_default();
            if let Err(why) = set(&mut key, fact, value) {
                problems.push(problem(name, format!("{fact}: {why}")));
            }
        }
        let mut is_used = false;
        for file in schema.files.iter_mut().filter(is_inside) {
            let list = match file.keys {
                Some(list) => list,
                None => file.add_list(),
            };
            file.keys = Some(list);
            let list = &mut file.lists[list.0];
            if list.iter().all(|known| known.name != name) {
                list.push(key.clone());
                is_used = true;
            }
        }
        if !is_used {
            problems.push(problem(name, "no file lacks this key".to_owned()).suggest("remove it".to_owned()));
        }
    }
    problems
}

/// The keys of a file that `used.yaml` lists and the schema does not have.
fn unmatched_use(path: &str, keys: &[String], schema: &Schema) -> Vec<Problem> {
    let problem = |message: String| Problem::new(ProblemKind::Supplied, "overlay/used.yaml", "", message);
    let Some(file) = schema.files.iter().find(|file| file.path == path) else {
        return vec![problem(format!("the schema has no file {path}"))];
    };
    let known = file.keys.map(|list| file.list(list)).unwrap_or_default();
    let missing = keys.iter().filter(|name| known.iter().all(|key| key.name != **name));
    missing
        .map(|name| problem(format!("{path}: the schema has no key `{name}`")))
        .collect()
}

/// The words of `words.yaml` that occur in no Rust name.
fn unused_words<'a>(overlay: &'a Overlay, schema: &Schema) -> BTreeSet<&'a str> {
    let names = overlay.names.values();
    let files = schema.files.iter();
    let items = files
        .clone()
        .flat_map(|file| [Some(&file.title), file.identifier.as_ref()]);
    let keys = files.flat_map(|file| file.lists.iter().flatten()).flat_map(|key| {
        let values = key.values.iter().filter_map(|value| match value {
            Scalar::String(text) => Some(text),
            _ => None,
        });
        values.chain([&key.name]).chain(&key.shape_name)
    });
    let mut unused: BTreeSet<&str> = overlay.words.fragments().collect();
    for text in names.chain(items.flatten()).chain(keys) {
        overlay.words.each_fragment(text, &mut |word| {
            unused.remove(word);
        });
    }
    unused
}

/// A file of the overlay that is being applied to its file of the schema.
struct Apply<'a> {
    path: &'a str,
    file: &'a mut File,
    /// Finds facts that contradict the schema, which are then skipped. A strict build keeps them.
    check: Option<CheckKey>,
    problems: &'a mut Vec<Problem>,
}

impl Apply<'_> {
    fn error(&mut self, place: &str, message: impl Into<String>) {
        self.problem(ProblemKind::Fact, place, message);
    }

    fn problem(&mut self, kind: ProblemKind, place: &str, message: impl Into<String>) {
        let file = format!("overlay/{}", self.path);
        self.problems.push(Problem::new(kind, file, place, message));
    }

    fn file(&mut self, mapping: &Mapping) {
        for (name, value) in mapping {
            match (name.as_str().unwrap_or_default(), value) {
                ("author", Value::String(author)) => self.file.device_keys = self.is_device(author),
                ("response-author", Value::String(author)) => self.file.device_response = self.is_device(author),
                // The reader accepts the dictionary even if a required key is missing.
                ("tolerant", Value::Bool(tolerant)) => self.file.tolerant = *tolerant,
                ("tables-only", Value::Bool(only)) => self.file.tables_only = *only,
                ("keys", Value::Mapping(keys)) => self.keys(self.file.keys, keys),
                ("response-keys", Value::Mapping(keys)) => {
                    if self.file.response.is_none() && adds_all(keys) {
                        self.file.response = Some(self.file.add_list());
                    }
                    self.keys(self.file.response, keys);
                }
                ("rules", Value::Sequence(rules)) => self.rules(false, rules),
                ("response-rules", Value::Sequence(rules)) => self.rules(true, rules),
                ("retired", Value::Mapping(keys)) => self.retired(false, keys),
                ("response-retired", Value::Mapping(keys)) => self.retired(true, keys),
                ("aliases", Value::Sequence(names)) => {
                    let names = names.iter().filter_map(Value::as_str);
                    self.file.aliases = names.map(str::to_owned).collect();
                }
                ("replaced-by", Value::String(other)) => self.file.replaced_by = Some(other.clone()),
                ("source", _) => {}
                (name, value) => self.error(name, invalid::entry(name, value)),
            }
        }
    }

    fn is_device(&mut self, author: &str) -> bool {
        if author != "device" && author != "server" {
            self.error("", format!("the author must be `device` or `server`, found `{author}`"));
        }
        author == "device"
    }

    fn keys(&mut self, list: Option<ListId>, keys: &Mapping) {
        let before = self.problems.len();
        for (path, facts) in keys {
            // The report about another state of the schema is complete.
            if self.check.is_none() && self.problems.len() > before + MAX_PROBLEMS {
                break;
            }
            let path = path.as_str().unwrap_or_default();
            let (Some(list), Value::Mapping(facts)) = (list, facts) else {
                let message = match list {
                    None => "the file has no such section of keys".to_owned(),
                    Some(_) => format!("a mapping of facts was expected, found {}", found(facts)),
                };
                self.error(path, message);
                continue;
            };
            if facts.contains_key("add") {
                self.add(list, path, facts);
                continue;
            }
            match locate(self.file, list, path) {
                Ok(place) => self.facts(path, place, facts),
                Err(why) => self.error("", why),
            }
        }
    }

    /// Sets the facts about a key.
    fn facts(&mut self, path: &str, (list, index): Place, facts: &Mapping) {
        // The other facts may change the list of values, so the meanings of values come last.
        let (meanings, others): (Vec<_>, Vec<_>) = facts
            .iter()
            .map(|(name, value)| (name.as_str().unwrap_or_default(), value))
            .partition(|(name, _)| *name == "values");
        let before = self.file.lists[list.0][index].clone();
        let known = self.contradictions(&before);
        for (name, value) in others.iter().chain(&meanings) {
            let key = &mut self.file.lists[list.0][index];
            if let Err(why) = set(key, name, value) {
                self.error(path, format!("{name}: {why}"));
            }
        }
        let after = self.contradictions(&self.file.lists[list.0][index]);
        if after.iter().all(|problem| known.contains(problem)) {
            return;
        }
        // Try the facts one by one, so that only those that contradict the schema are lost. The value must stay secret, for example.
        let mut key = before;
        for (name, value) in others.into_iter().chain(meanings) {
            let mut next = key.clone();
            if set(&mut next, name, value).is_err() {
                continue;
            }
            let contradictions = self.contradictions(&next);
            match contradictions.iter().find(|problem| !known.contains(problem)) {
                Some(problem) => {
                    let message = format!("{name}: contradicts the schema: {}", problem.explanation());
                    self.error(path, message);
                }
                None => key = next,
            }
        }
        self.file.lists[list.0][index] = key;
    }

    /// Returns the contradictions within a key. A strict build does not look for them here.
    fn contradictions(&self, key: &Key) -> Vec<Problem> {
        self.check.map(|check| check(self.file, key)).unwrap_or_default()
    }

    /// Adds a key that is missing from the schema.
    fn add(&mut self, list: ListId, path: &str, facts: &Mapping) {
        let quoted = path.strip_suffix("\"]").and_then(|path| path.rsplit_once("[\""));
        let (parent, name) = match quoted {
            Some((parent, name)) => (parent.strip_suffix('.').unwrap_or(parent), name),
            None => path.rsplit_once('.').unwrap_or(("", path)),
        };
        if facts.get("add") != Some(&Value::Bool(true)) {
            let found = facts.get("add").map(found).unwrap_or_default();
            return self.error(path, format!("add: must be true, found {found}"));
        }
        if name.trim().is_empty() || quoted.is_none() && name.contains(['[', ']', '{', '}']) {
            return self.error(path, "expected a path that ends with the name of a key");
        }
        if !facts.contains_key("type") {
            self.error(path, "an added key needs a `type`");
        }
        let list = if parent.is_empty() {
            Ok(Some(list))
        } else {
            locate(self.file, list, parent).map(|(list, index)| self.list_below(list, index))
        };
        let list = match list {
            Ok(Some(list)) => list,
            Ok(None) => return self.error(parent, "has no keys"),
            Err(why) => return self.error("", why),
        };
        if self.file.list(list).iter().any(|key| key.name == name) {
            let file = format!("overlay/{}", self.path);
            let problem = Problem::new(ProblemKind::Fact, file, path, "the schema has this key again");
            return self.problems.push(problem.suggest("remove the correction".to_owned()));
        }
        let mut key = Key::new(name, Kind::Any);
        for (name, value) in facts {
            match name.as_str().unwrap_or_default() {
                "add" => {}
                name => {
                    if let Err(why) = set(&mut key, name, value) {
                        self.error(path, format!("{name}: {why}"));
                    }
                }
            }
        }
        self.file.lists[list.0].insert(0, key);
    }

    /// Returns the keys of a dictionary, to which one can be added. Apple's files describe some dictionaries only in prose.
    fn list_below(&mut self, list: ListId, index: usize) -> Option<ListId> {
        let key = &self.file.list(list)[index];
        if key.subkeys.is_none() && key.kind == Kind::Dictionary {
            let added = self.file.add_list();
            self.file.lists[list.0][index].subkeys = Some(added);
        }
        self.file.list(list)[index].subkeys
    }

    fn retired(&mut self, response: bool, keys: &Mapping) {
        for (path, until) in keys {
            let (Some(path), Some(until)) = (path.as_str(), until.as_str()) else {
                let message = "a path and the last releases that had the key were expected";
                self.problem(ProblemKind::Retired, "retired", message);
                continue;
            };
            let (base, name) = path.rsplit_once('.').unwrap_or(("", path));
            self.file.retired.push(Retired {
                response,
                base: base.to_owned(),
                name: name.to_owned(),
                until: until.to_owned(),
            });
        }
    }

    fn rules(&mut self, response: bool, rules: &[Value]) {
        let (section, prefix) = if response {
            ("response-rules", "response ")
        } else {
            ("rules", "")
        };
        if rules.len() > MAX_RULES {
            let message = format!("has {} rules; the limit is {MAX_RULES}", rules.len());
            self.problem(ProblemKind::Rule, section, message);
        }
        for (number, rule) in rules.iter().take(MAX_RULES).enumerate() {
            let place = format!("{prefix}rule {}", number + 1);
            let parsed: Result<BTreeMap<String, Value>, _> = serde_yaml::from_value(rule.clone());
            let Ok(mut fields) = parsed else {
                let message = format!("a mapping was expected, found {}", found(rule));
                self.problem(ProblemKind::Rule, &place, message);
                continue;
            };
            let kind = fields
                .remove("kind")
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default();
            // In this kind of rule, `in` can also be a list of values.
            let is_values = kind == "value-needs" && matches!(fields.get("in"), Some(Value::Sequence(_)));
            let base = match fields.get("in") {
                Some(Value::String(base)) => {
                    let base = base.clone();
                    fields.remove("in");
                    base
                }
                Some(other) if !is_values => {
                    let message = format!("`in` must be the path of a dictionary, found {}", found(other));
                    self.problem(ProblemKind::Rule, &place, message);
                    continue;
                }
                _ => String::new(),
            };
            for needed in ["says", "source"] {
                match fields.get(needed) {
                    Some(Value::String(text)) if !text.trim().is_empty() => {}
                    // A value of another type is reported when the rule is read.
                    Some(value) if !matches!(value, Value::String(_) | Value::Null) => {}
                    _ => self.problem(ProblemKind::Rule, &place, format!("`{needed}` is missing")),
                }
            }
            self.file.rules.push(Rule {
                response,
                kind,
                base,
                fields,
            });
        }
    }
}

/// Whether the entries only add keys.
fn adds_all(keys: &Mapping) -> bool {
    keys.values()
        .all(|facts| facts.as_mapping().is_some_and(|facts| facts.contains_key("add")))
}

/// Sets a fact about a key.
fn set(key: &mut Key, name: &str, value: &Value) -> Result<(), String> {
    let text = value.as_str();
    match (name, value) {
        ("source", _) => {}
        ("secret", Value::Bool(secret)) => key.secret = *secret,
        ("any", Value::Bool(any)) => key.any = *any,
        ("tag", Value::Bool(tag)) => key.tag = *tag,
        ("group", Value::Bool(group)) => key.group = *group,
        ("one-or-many", Value::Bool(one_or_many)) => key.one_or_many = *one_or_many,
        ("open", Value::Bool(open)) => key.open = *open,
        ("supervised-since", Value::Mapping(systems)) => supervised_since(key, systems)?,
        ("name", _) if text.is_some() => key.shape_name = text.map(str::to_owned),
        ("replaced-by", _) if text.is_some() => key.replaced_by = text.map(str::to_owned),
        ("rust", _) if text.is_some() => key.rust = text.map(str::to_owned),
        ("content", _) if text.is_some() => key.content = text.map(str::to_owned),
        ("presence", _) if matches!(text, Some("required" | "optional")) => key.required = text == Some("required"),
        ("type", Value::String(kind)) => {
            let bracketed = format!("<{}>", kind.trim_matches(['<', '>']));
            let names = Kind::ALL.map(|kind| kind.name().trim_matches(['<', '>']));
            let unknown = || {
                let close = did_you_mean(kind, names).unwrap_or_else(|| format!("expected {}", one_of(&names)));
                format!("unknown type `{}`; {close}", shorten(kind))
            };
            key.kind = Kind::of(&bracketed).ok_or_else(unknown)?;
            if !matches!(key.kind, Kind::Array | Kind::Dictionary) {
                key.subkeys = None;
            }
        }
        ("range", Value::Mapping(range)) => {
            key.range = Some(invalid::bounds(range, "a number", invalid::number)?);
        }
        ("range", Value::Null) => key.range = None,
        ("rangelist", Value::Sequence(values)) => {
            if values.len() > MAX_VALUES {
                return Err(format!("has {} values; the limit is {MAX_VALUES}", values.len()));
            }
            let scalar = |value| {
                let message = || {
                    format!(
                        "a value must be a text, a number, true or false, found {}",
                        found(value)
                    )
                };
                scalar(value).ok_or_else(message)
            };
            key.values = values.iter().map(scalar).collect::<Result<_, _>>()?;
        }
        ("rangelist", Value::Null) => key.values.clear(),
        ("values", Value::Mapping(texts)) => {
            for (value, text) in texts {
                // YAML reads `1.3` as a number even if the key is a string.
                let wanted = scalar(value).map(|value| scalar_text(&value));
                let known = key.values.iter().find(|known| Some(scalar_text(known)) == wanted);
                match (known.cloned(), text.as_str()) {
                    (Some(value), Some(text)) => key.meanings.push((value, text.to_owned())),
                    (Some(_), None) => return Err(format!("{}: a description was expected", to_yaml(value))),
                    (None, _) => return Err(format!("`{}` is not one of the listed values", to_yaml(value))),
                }
            }
        }
        ("default", Value::Null) => key.default = None,
        ("default", _) if scalar(value).is_some() => key.default = scalar(value),
        ("format", Value::Null) => key.format = None,
        ("format", _) if text.is_some() => key.format = text.map(str::to_owned),
        ("valuetype", Value::String(format)) => {
            if !VALUE_TYPES.contains(&format.as_str()) {
                let suggestion =
                    did_you_mean(format, VALUE_TYPES).unwrap_or_else(|| format!("expected {}", one_of(&VALUE_TYPES)));
                return Err(format!("unknown format `{}`; {suggestion}", shorten(format)));
            }
            key.value_type = Some(format.clone());
        }
        ("assettypes", Value::Sequence(types)) if types.iter().all(Value::is_string) => {
            key.asset_types = types.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        ("repetition", Value::Null) => key.repetition = None,
        ("repetition", Value::Mapping(range)) => {
            let count = |value: &Value| value.as_i64().filter(|count| *count >= 0);
            key.repetition = Some(invalid::bounds(range, "a whole number, 0 or more", count)?);
        }
        _ => return Err(invalid::fact(name, value)),
    }
    Ok(())
}

/// Limits the requirement of supervision to versions from the given ones.
fn supervised_since(key: &mut Key, systems: &Mapping) -> Result<(), String> {
    for (os, version) in systems {
        let name = os.as_str().unwrap_or_default();
        let os = Os::of(name).ok_or_else(|| format!("unknown operating system `{}`", to_yaml(os)))?;
        let version = version.as_str().and_then(Version::of).ok_or_else(|| {
            format!(
                "{name}: a version in quotation marks was expected, such as '13.0', found {}",
                found(version)
            )
        })?;
        let fact = key
            .support
            .iter_mut()
            .find(|fact| fact.os == os && fact.property == Property::Supervised(true));
        let fact = fact.ok_or_else(|| format!("the schema does not require supervision on {name}"))?;
        fact.property = Property::SupervisedSince(version);
    }
    Ok(())
}

/// A value as YAML writes it.
fn to_yaml(value: &Value) -> String {
    let text = serde_yaml::to_string(value).unwrap_or_default();
    text.trim_end().to_owned()
}
