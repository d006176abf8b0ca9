//! What Apple's files do not say in machine-readable form, laid over the model.
//!
//! `examples` has values of items for their documentation, in files of the items' paths.
//! `names.yaml` has the Rust name of each file's item (`mdm/profiles/com.example.yaml: Example`), `words.yaml` the words that
//! a general rule splits badly (`OAuth: oauth`). Any other file has the path of the file that it speaks of:
//!
//! ```yaml
//! author: device              # who writes `payloadkeys`, device or server, where it is not the usual one; `response-author` too
//! keys:                       # facts on keys, by path; `response-keys` those of `responsekeys`
//!   Accounts[].Password: { secret: true }
//!   Consent.Language: { any: true, source: content of Language }    # stands for any key
//!   Timeout: { range: { min: 0, max: 60 }, source: content of Timeout }
//! rules:                      # what must be so, see `rules`; `response-rules` too
//! - kind: requires
//!   when: [{ key: Proxy, is: manual }]
//!   keys: [ProxyHost]
//!   says: A manual proxy needs a host.
//!   source: content of Proxy
//! ```
//!
//! An entry that matches nothing is an error: the schema changed below it, and a person must look.

mod path;
mod refused;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_yaml::{Mapping, Value};

use crate::ident::Words;
use crate::mistake::{Mistake, did_you_mean, one_of, shorten};
use crate::model::{File, Key, Kind, ListId, Os, Release, Retired, Rule, Scalar, Schema, Version, What, scalar_text};
use crate::parse::{MAX_VALUES, VALUE_TYPES, found};
use crate::problem::{Problem, ProblemKind};
use crate::{Error, folder, parallel, yaml};

pub use path::{Place, Step, locate, missing, steps};

/// The overlay of a schema folder.
#[derive(Debug, Default)]
pub struct Overlay {
    /// `names.yaml`: the Rust name of each file's item.
    pub names: BTreeMap<String, String>,
    /// `words.yaml`.
    pub words: Words,
    /// The files in `examples`: the values of an item in an example, by the path of its file.
    pub examples: BTreeMap<String, Mapping>,
    /// `used.yaml`: the keys that the crate's own code uses, by the path of the file.
    pub used: BTreeMap<String, Vec<String>>,
    /// `common.yaml`: keys of all items, by the folder of their files.
    pub common: BTreeMap<String, Mapping>,
    /// The files that say something of a file of the schema, by its path.
    pub files: BTreeMap<String, Mapping>,
}

impl Overlay {
    /// The paths of the files that it speaks of.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&str> {
        let paths = self.names.keys().chain(self.examples.keys()).chain(self.files.keys());
        paths.chain(self.used.keys()).map(String::as_str).collect()
    }

    /// Says of the file `to` what is said of `from`.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        fn rename<T>(entries: &mut BTreeMap<String, T>, from: &str, to: &str) {
            if let Some(entry) = entries.remove(from) {
                entries.insert(to.to_owned(), entry);
            }
        }
        rename(&mut self.names, from, to);
        rename(&mut self.examples, from, to);
        rename(&mut self.files, from, to);
        rename(&mut self.used, from, to);
    }
}

/// How many problems of a file are reported before the rest of it is left unread.
const MAX_PROBLEMS: usize = 100;
/// How many rules a file can have.
const MAX_RULES: usize = 500;

/// What a file of the overlay has.
enum Content {
    Names(BTreeMap<String, String>),
    Words(BTreeMap<String, String>),
    Used(BTreeMap<String, Vec<String>>),
    Common(BTreeMap<String, Mapping>),
    Facts(Mapping),
}

/// Reads `folder`; one that is not there is empty.
///
/// # Errors
///
/// Where a file cannot be read or is no YAML mapping.
pub fn read(root: &Path) -> Result<Overlay, Error> {
    let mut overlay = Overlay::default();
    if !root.is_dir() {
        return Ok(overlay);
    }
    let paths = folder::all_files(root)?;
    let contents = parallel::map(&paths, |path| {
        let full = root.join(path);
        let text = folder::read(&full)?;
        let document = document(path, &text)?;
        refused::lists(path, &document)?;
        let content = match path.as_str() {
            "names.yaml" => serde_yaml::from_value(document).map(Content::Names),
            "words.yaml" => serde_yaml::from_value(document).map(Content::Words),
            "common.yaml" => serde_yaml::from_value(document).map(Content::Common),
            "used.yaml" => serde_yaml::from_value(document).map(Content::Used),
            _ => serde_yaml::from_value(document).map(Content::Facts),
        };
        content.map_err(|error| Error::Mistake(Mistake::new(format!("overlay/{path}"), "", error.to_string())))
    });
    let mut errors = Vec::new();
    for (path, content) in paths.into_iter().zip(contents) {
        let content = match content {
            Ok(content) => content,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        match content {
            Content::Names(names) => overlay.names = names,
            Content::Words(words) => overlay.words = Words::new(words.into_iter().collect()),
            Content::Used(used) => overlay.used = used,
            Content::Common(common) => overlay.common = common,
            Content::Facts(facts) => {
                match path.strip_prefix("examples/") {
                    Some(path) => overlay.examples.insert(path.to_owned(), facts),
                    None => overlay.files.insert(path, facts),
                };
            }
        }
    }
    Error::all(errors)?;
    Ok(overlay)
}

/// A file of the overlay as a mapping.
fn document(path: &str, text: &str) -> Result<Value, Error> {
    let mistake = |at: &str, message: String| Error::Mistake(Mistake::new(format!("overlay/{path}"), at, message));
    let document = yaml::read_expanded(text).map_err(|error| mistake("", error.to_string()))?;
    if let Some((at, key)) = document.duplicates.first() {
        let at = yaml::render(&document.value, at);
        return Err(mistake(
            &at,
            format!("the YAML key `{}` occurs twice; remove one of them", shorten(key)),
        ));
    }
    match document.value {
        Value::Mapping(_) => Ok(document.value),
        other => Err(mistake("", format!("expected a mapping, found {}", found(&other)))),
    }
}

/// Reads `RELEASE.yaml` of a schema folder; a folder without it has no release.
///
/// # Errors
///
/// Where the file cannot be read or is no YAML mapping.
pub fn release(root: &Path) -> Result<Release, Error> {
    let path = root.join("RELEASE.yaml");
    if !path.is_file() {
        return Ok(Release::default());
    }
    let document = yaml::read(&folder::read(&path)?).map_err(|e| Error::yaml(&path, &e))?;
    let name = document
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let notes = document.get("notes").and_then(Value::as_sequence).into_iter().flatten();
    Ok(Release {
        name,
        notes: notes.filter_map(Value::as_str).map(str::to_owned).collect(),
    })
}

/// Applies the overlay to the model.
///
/// # Errors
///
/// All entries that match nothing or are not understood, each with file and path.
pub fn apply(overlay: &Overlay, schema: &mut Schema) -> Result<(), Error> {
    let mut problems = Vec::new();
    lay(overlay, schema, None, &mut problems);
    for (path, keys) in &overlay.used {
        problems.extend(unmatched_use(path, keys, schema));
    }
    into_result(problems.into_iter().map(Problem::into_error).collect())
}

/// Applies the overlay to the model as far as it fits, and returns what does not: entries that match nothing, are not understood, or
/// contradict the schema.
///
/// `check` returns the contradictions within a key: a fact that causes one is skipped.
pub fn apply_what_fits(overlay: &Overlay, schema: &mut Schema, check: CheckKey) -> Vec<Problem> {
    let mut problems = Vec::new();
    lay(overlay, schema, Some(check), &mut problems);
    problems
}

/// Returns the contradictions within a key of a file.
pub type CheckKey = fn(&File, &Key) -> Vec<Mistake>;

fn lay(overlay: &Overlay, schema: &mut Schema, check: Option<CheckKey>, problems: &mut Vec<Problem>) {
    for (path, mapping) in &overlay.files {
        let Some(file) = schema.files.iter_mut().find(|file| &file.path == path) else {
            let close = did_you_mean(path, schema.files.iter().map(|file| file.path.as_str()));
            let problem = Problem::new(
                ProblemKind::Fact,
                format!("overlay/{path}: the schema has no such file"),
            );
            problems.push(problem.with_remedy(close.unwrap_or_else(|| "remove it or rename it".to_owned())));
            continue;
        };
        let mut apply = Apply {
            path,
            file,
            check,
            problems,
        };
        apply.file(mapping);
    }
    for (folder, keys) in &overlay.common {
        problems.extend(add_common_keys(folder, keys, schema));
    }
    for path in overlay.names.keys() {
        if !schema.files.iter().any(|file| &file.path == path) {
            let message = format!("overlay/names.yaml: the schema has no file {path}");
            problems.push(Problem::new(ProblemKind::Name, message).with_remedy("remove the line"));
        }
    }
    for word in unused_words(overlay, schema) {
        let message = format!("overlay/words.yaml: `{word}` is a word of no key, value or name");
        problems.push(Problem::new(ProblemKind::Word, message).with_remedy("remove the line"));
    }
}

/// Adds keys to all files of a folder that lack them.
fn add_common_keys(folder: &str, keys: &Mapping, schema: &mut Schema) -> Vec<Problem> {
    let problem = |what: String| Problem::new(ProblemKind::Fact, format!("overlay/common.yaml: {folder}: {what}"));
    let mut problems = Vec::new();
    let is_inside = |file: &&mut File| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    for (name, facts) in keys {
        let (Some(name), Some(facts)) = (name.as_str(), facts.as_mapping()) else {
            problems.push(problem(format!("{}: a mapping of facts was expected", written(name))));
            continue;
        };
        let mut key = Key::new(name, Kind::Any);
        key.common = true;
        for (fact, value) in facts {
            let fact = fact.as_str().unwrap_or_default();
            if let Err(why) = set(&mut key, fact, value) {
                problems.push(problem(format!("{name}: {fact}: {why}")));
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
            problems.push(problem(format!("{name}: no file lacks this key")).with_remedy("remove it"));
        }
    }
    problems
}

/// What `used.yaml` says of a file that the schema does not have.
fn unmatched_use(path: &str, keys: &[String], schema: &Schema) -> Vec<Problem> {
    let problem = |what: String| Problem::new(ProblemKind::Supplied, format!("overlay/used.yaml: {what}"));
    let Some(file) = schema.files.iter().find(|file| file.path == path) else {
        return vec![problem(format!("the schema has no file {path}"))];
    };
    let known = file.keys.map(|list| file.list(list)).unwrap_or_default();
    let missing = keys.iter().filter(|name| known.iter().all(|key| key.name != **name));
    missing
        .map(|name| problem(format!("{path}: the schema has no key `{name}`")))
        .collect()
}

/// The words that no Rust name has.
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
        overlay.words.used(text, &mut |word| {
            unused.remove(word);
        });
    }
    unused
}

pub(crate) fn into_result(errors: Vec<String>) -> Result<(), Error> {
    let mut errors: Vec<Error> = errors.into_iter().map(Error::Contradiction).collect();
    match errors.len() {
        0 => Ok(()),
        1 => Err(errors.remove(0)),
        _ => Err(Error::Several(errors)),
    }
}

struct Apply<'a> {
    path: &'a str,
    file: &'a mut File,
    /// Whether facts that contradict the schema are left out.
    check: Option<CheckKey>,
    problems: &'a mut Vec<Problem>,
}

impl Apply<'_> {
    fn error(&mut self, what: impl std::fmt::Display) {
        self.problem(ProblemKind::Fact, what);
    }

    fn problem(&mut self, kind: ProblemKind, what: impl std::fmt::Display) {
        self.problems
            .push(Problem::new(kind, format!("overlay/{}: {what}", self.path)));
    }

    fn file(&mut self, mapping: &Mapping) {
        for (name, value) in mapping {
            match (name.as_str().unwrap_or_default(), value) {
                ("author", Value::String(author)) => self.file.device_keys = self.is_device(author),
                ("response-author", Value::String(author)) => self.file.device_response = self.is_device(author),
                // Read whatever is there: one missing key must not cost the payload.
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
                (name, value) => self.error(format_args!("{name}: {}", refused::entry(name, value))),
            }
        }
    }

    fn is_device(&mut self, author: &str) -> bool {
        if author != "device" && author != "server" {
            self.error(format_args!(
                "the author must be `device` or `server`, found `{author}`"
            ));
        }
        author == "device"
    }

    fn keys(&mut self, list: Option<ListId>, keys: &Mapping) {
        let before = self.problems.len();
        for (path, facts) in keys {
            // With the crate's own overlay on another state of the schema, all that does not fit is listed.
            if self.check.is_none() && self.problems.len() > before + MAX_PROBLEMS {
                break;
            }
            let path = path.as_str().unwrap_or_default();
            let (Some(list), Value::Mapping(facts)) = (list, facts) else {
                self.error(match list {
                    None => format!("{path}: the file has no such section of keys"),
                    Some(_) => format!("{path}: a mapping of facts was expected, found {}", found(facts)),
                });
                continue;
            };
            if facts.contains_key("add") {
                self.add(list, path, facts);
                continue;
            }
            match locate(self.file, list, path) {
                Ok(place) => self.facts(path, place, facts),
                Err(why) => self.error(why),
            }
        }
    }

    /// Sets the facts of a key.
    fn facts(&mut self, path: &str, (list, index): Place, facts: &Mapping) {
        // What values stand for is said of those that there are when the other facts hold.
        let (meanings, others): (Vec<_>, Vec<_>) = facts
            .iter()
            .map(|(name, value)| (name.as_str().unwrap_or_default(), value))
            .partition(|(name, _)| *name == "values");
        let before = self.file.lists[list.0][index].clone();
        let known = self.contradictions(&before);
        for (name, value) in others.iter().chain(&meanings) {
            let key = &mut self.file.lists[list.0][index];
            if let Err(why) = set(key, name, value) {
                self.error(format_args!("{path}: {name}: {why}"));
            }
        }
        let after = self.contradictions(&self.file.lists[list.0][index]);
        if after.iter().all(|what| known.contains(what)) {
            return;
        }
        // One by one: what contradicts the schema must not cost what does not, such as that the value is secret.
        let mut key = before;
        for (name, value) in others.into_iter().chain(meanings) {
            let mut next = key.clone();
            if set(&mut next, name, value).is_err() {
                continue;
            }
            let contradictions = self.contradictions(&next);
            match contradictions.iter().find(|what| !known.contains(what)) {
                Some(what) => {
                    let prefix = format!("{}: {}: ", self.file.path, next.name);
                    let what = what.strip_prefix(&prefix).unwrap_or(what);
                    self.error(format_args!("{path}: {name}: contradicts the schema: {what}"));
                }
                None => key = next,
            }
        }
        self.file.lists[list.0][index] = key;
    }

    /// In what a key contradicts itself; nobody asks where the facts are ours to correct.
    fn contradictions(&self, key: &Key) -> Vec<String> {
        let mistakes = self.check.map(|check| check(self.file, key)).unwrap_or_default();
        mistakes.iter().map(ToString::to_string).collect()
    }

    /// A key that the schema lost.
    fn add(&mut self, list: ListId, path: &str, facts: &Mapping) {
        let (parent, name) = match path.strip_suffix("\"]").and_then(|path| path.rsplit_once("[\"")) {
            Some((parent, name)) => (parent.strip_suffix('.').unwrap_or(parent), name),
            None => path.rsplit_once('.').unwrap_or(("", path)),
        };
        if facts.get("add") != Some(&Value::Bool(true)) {
            let found = facts.get("add").map(found).unwrap_or_default();
            return self.error(format_args!("{path}: add: must be true, found {found}"));
        }
        if name.trim().is_empty() || !path.ends_with("\"]") && name.contains(['[', ']', '{', '}']) {
            return self.error(format_args!(
                "{path}: a path that ends in the name of a key was expected"
            ));
        }
        if !facts.contains_key("type") {
            self.error(format_args!("{path}: `type` is missing, which an added key needs"));
        }
        let list = if parent.is_empty() {
            Ok(Some(list))
        } else {
            locate(self.file, list, parent).map(|(list, index)| self.file.list(list)[index].subkeys)
        };
        let list = match list {
            Ok(Some(list)) => list,
            Ok(None) => return self.error(format_args!("{parent}: holds no keys")),
            Err(why) => return self.error(why),
        };
        if self.file.list(list).iter().any(|key| key.name == name) {
            let message = format!("overlay/{}: {path}: the schema has this key again", self.path);
            let problem = Problem::new(ProblemKind::Fact, message);
            return self.problems.push(problem.with_remedy("remove the correction"));
        }
        let mut key = Key::new(name, Kind::Any);
        for (name, value) in facts {
            match name.as_str().unwrap_or_default() {
                "add" => {}
                name => {
                    if let Err(why) = set(&mut key, name, value) {
                        self.error(format_args!("{path}: {name}: {why}"));
                    }
                }
            }
        }
        self.file.lists[list.0].insert(0, key);
    }

    fn retired(&mut self, response: bool, keys: &Mapping) {
        for (path, until) in keys {
            let (Some(path), Some(until)) = (path.as_str(), until.as_str()) else {
                self.problem(
                    ProblemKind::Retired,
                    "retired: a path and the last releases that had the key were expected",
                );
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
        if rules.len() > MAX_RULES {
            let message = format!("{} rules, and the limit is {MAX_RULES}", rules.len());
            self.problem(ProblemKind::Rule, message);
        }
        for (number, rule) in rules.iter().take(MAX_RULES).enumerate() {
            let at = format!("{}rule {}", if response { "response " } else { "" }, number + 1);
            let parsed: Result<BTreeMap<String, Value>, _> = serde_yaml::from_value(rule.clone());
            let Ok(mut fields) = parsed else {
                self.problem(
                    ProblemKind::Rule,
                    format_args!("{at}: a mapping was expected, found {}", found(rule)),
                );
                continue;
            };
            let kind = fields
                .remove("kind")
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default();
            let wants_list = kind == "value-needs" && matches!(fields.get("in"), Some(Value::Sequence(_)));
            let base = match fields.get("in") {
                Some(Value::String(base)) => {
                    let base = base.clone();
                    fields.remove("in");
                    base
                }
                Some(other) if !wants_list => {
                    let what = format!("{at}: `in` must be the path of a dictionary, found {}", found(other));
                    self.problem(ProblemKind::Rule, what);
                    continue;
                }
                _ => String::new(),
            };
            for needed in ["says", "source"] {
                match fields.get(needed) {
                    Some(Value::String(text)) if !text.trim().is_empty() => {}
                    // A value of another type is reported with the rule.
                    Some(value) if !matches!(value, Value::String(_) | Value::Null) => {}
                    _ => self.problem(ProblemKind::Rule, format_args!("{at}: `{needed}` is missing")),
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

/// Whether the entries add keys, and say nothing about keys of the schema.
fn adds_all(keys: &Mapping) -> bool {
    keys.values()
        .all(|facts| facts.as_mapping().is_some_and(|facts| facts.contains_key("add")))
}

/// Sets a fact of a key.
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
            key.range = Some(refused::bounds(range, "a number", refused::number)?);
        }
        ("range", Value::Null) => key.range = None,
        ("rangelist", Value::Sequence(values)) => {
            if values.len() > MAX_VALUES {
                return Err(format!("must have at most {MAX_VALUES} values, found {}", values.len()));
            }
            let scalar = |value| {
                scalar(value).ok_or_else(|| {
                    format!(
                        "a value must be a text, a number, true or false, found {}",
                        found(value)
                    )
                })
            };
            key.values = values.iter().map(scalar).collect::<Result<_, _>>()?;
        }
        ("rangelist", Value::Null) => key.values.clear(),
        ("values", Value::Mapping(texts)) => {
            for (value, text) in texts {
                // `1.3` is a text where the key is one.
                let wanted = scalar(value).map(|value| scalar_text(&value));
                let known = key.values.iter().find(|known| Some(scalar_text(known)) == wanted);
                match (known.cloned(), text.as_str()) {
                    (Some(value), Some(text)) => key.meanings.push((value, text.to_owned())),
                    (Some(_), None) => return Err(format!("{}: a description was expected", written(value))),
                    (None, _) => return Err(format!("`{}` is none of the values that are listed", written(value))),
                }
            }
        }
        ("default", Value::Null) => key.default = None,
        ("default", _) if scalar(value).is_some() => key.default = scalar(value),
        ("format", Value::Null) => key.format = None,
        ("format", _) if text.is_some() => key.format = text.map(str::to_owned),
        ("valuetype", Value::String(form)) => {
            if !VALUE_TYPES.contains(&form.as_str()) {
                let close =
                    did_you_mean(form, VALUE_TYPES).unwrap_or_else(|| format!("expected {}", one_of(&VALUE_TYPES)));
                return Err(format!("unknown form `{}`; {close}", shorten(form)));
            }
            key.value_type = Some(form.clone());
        }
        ("assettypes", Value::Sequence(types)) if types.iter().all(Value::is_string) => {
            key.asset_types = types.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        ("repetition", Value::Null) => key.repetition = None,
        ("repetition", Value::Mapping(range)) => {
            let count = |value: &Value| value.as_i64().filter(|count| *count >= 0);
            key.repetition = Some(refused::bounds(range, "a whole number, 0 or more", count)?);
        }
        _ => return Err(refused::fact(name, value)),
    }
    Ok(())
}

/// Limits the requirement of supervision to versions from the given ones.
fn supervised_since(key: &mut Key, systems: &Mapping) -> Result<(), String> {
    for (os, version) in systems {
        let name = os.as_str().unwrap_or_default();
        let os = Os::of(name).ok_or_else(|| format!("unknown operating system `{}`", written(os)))?;
        let version = version.as_str().and_then(Version::of).ok_or_else(|| {
            format!(
                "{name}: a version in quotes was expected, such as '13.0', found {}",
                found(version)
            )
        })?;
        let fact = key
            .support
            .iter_mut()
            .find(|fact| fact.os == os && fact.what == What::Supervised(true));
        let fact = fact.ok_or_else(|| format!("the schema does not require supervision on {name}"))?;
        fact.what = What::SupervisedSince(version);
    }
    Ok(())
}

/// A value as it stands in the overlay.
fn written(value: &Value) -> String {
    let text = serde_yaml::to_string(value).unwrap_or_default();
    text.trim_end().to_owned()
}

pub(crate) fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::String(s) => Some(Scalar::String(s.clone())),
        Value::Bool(b) => Some(Scalar::Boolean(*b)),
        Value::Number(n) => {
            let real = || n.as_f64().filter(|n| n.is_finite()).map(Scalar::Real);
            n.as_i64().map(Scalar::Integer).or_else(real)
        }
        _ => None,
    }
}
