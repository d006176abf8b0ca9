//! A second reading of `schemas/`, as plain as can be and without the generator: what the crate's tables are held against.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::{Mapping, Value};

/// One file.
pub struct File {
    /// The path within `schemas/`.
    pub path: String,
    /// `payload`.
    pub payload: Mapping,
    /// `payloadkeys`, in [`lists`](Self::lists).
    pub keys: Option<usize>,
    /// `responsekeys`.
    pub response: Option<usize>,
    /// The codes of `reasons`.
    pub reasons: Vec<String>,
    /// The names in `related-status-items`.
    pub related: Vec<String>,
    lists: Vec<Vec<Node>>,
}

/// A key as the file and the overlay have it.
#[derive(Clone)]
struct Node {
    facts: Mapping,
    subkeys: Option<usize>,
}

/// What holds for a key at its path.
pub struct Found {
    /// What stands at the key, `subkeys` apart.
    pub facts: Mapping,
    /// The names of `subkeys`, where the key is a text: its known values, and what is said of each.
    pub known: Vec<(String, Support)>,
    /// By operating system and property.
    pub support: Support,
}

/// By operating system and property, such as `sharedipad.mode`.
pub type Support = BTreeMap<String, BTreeMap<String, String>>;

/// Where the crate's types were generated from.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.join(option_env!("APPLE_MDM_SCHEMAS").unwrap_or("schemas"))
}

/// All files, by their paths.
pub fn files() -> BTreeMap<String, File> {
    let mut paths = Vec::new();
    for folder in ["mdm", "declarative", "other"] {
        collect(&root().join(folder), folder, &mut paths);
    }
    let overlay = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/overlay");
    let common: BTreeMap<String, Mapping> =
        serde_yaml::from_str(&fs::read_to_string(overlay.join("common.yaml")).unwrap()).unwrap();
    let mut found = BTreeMap::new();
    for path in paths {
        let mut file = File::read(&path);
        if let Ok(text) = fs::read_to_string(overlay.join(&path)) {
            file.correct(&serde_yaml::from_str(&text).unwrap());
        }
        for (folder, keys) in &common {
            if path
                .strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
            {
                file.add_missing(keys);
            }
        }
        found.insert(path, file);
    }
    found
}

/// The Rust name of each file's item.
pub fn names() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/overlay/names.yaml");
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &path, paths);
        } else if path.ends_with(".yaml") {
            paths.push(path);
        }
    }
}

/// Anchors and aliases as tags, since a list may be used within itself.
fn tagged(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let new = match line.split_once(": ").map(|(key, value)| (key, value.trim())) {
            Some((key, value)) if value.starts_with('&') && !value.contains(' ') => {
                format!("{key}: !anchor{}", &value[1..])
            }
            Some((key, value)) if value.starts_with('*') && !value.contains(' ') => {
                format!("{key}: !alias {}", &value[1..])
            }
            _ => line.to_owned(),
        };
        out.push_str(&new);
        out.push('\n');
    }
    out
}

impl File {
    fn read(path: &str) -> Self {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let document: Mapping = serde_yaml::from_str(&tagged(&text)).unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut file = Self {
            path: path.to_owned(),
            payload: document.get("payload").and_then(Value::as_mapping).cloned().unwrap(),
            keys: None,
            response: None,
            reasons: Vec::new(),
            related: Vec::new(),
            lists: Vec::new(),
        };
        let mut anchors = BTreeMap::new();
        file.keys = document.get("payloadkeys").map(|list| file.list(list, &mut anchors));
        file.response = document.get("responsekeys").map(|list| file.list(list, &mut anchors));
        let reasons = document
            .get("reasons")
            .and_then(Value::as_sequence)
            .into_iter()
            .flatten();
        file.reasons = reasons.map(|reason| text_of(&reason["value"])).collect();
        let related = document.get("related-status-items").and_then(Value::as_sequence);
        let names = related
            .into_iter()
            .flatten()
            .flat_map(|entry| entry["status-items"].as_sequence().unwrap());
        file.related = names.map(text_of).collect();
        file
    }

    fn list(&mut self, value: &Value, anchors: &mut BTreeMap<String, usize>) -> usize {
        let id = self.lists.len();
        let items = match value {
            Value::Tagged(node) if node.tag == "alias" => return anchors[node.value.as_str().unwrap()],
            Value::Tagged(node) => {
                let tag = node.tag.to_string();
                anchors.insert(tag.strip_prefix("!anchor").unwrap().to_owned(), id);
                &node.value
            }
            value => value,
        };
        self.lists.push(Vec::new());
        for item in items.as_sequence().unwrap() {
            let mut facts = item.as_mapping().unwrap().clone();
            let subkeys = facts.remove("subkeys").map(|list| self.list(&list, anchors));
            self.lists[id].push(Node { facts, subkeys });
        }
        id
    }

    fn new_list(&mut self) -> usize {
        self.lists.push(Vec::new());
        self.lists.len() - 1
    }

    /// Adds the keys of the overlay that every file of a folder has.
    fn add_missing(&mut self, keys: &Mapping) {
        let list = self.keys.unwrap_or_else(|| self.new_list());
        self.keys = Some(list);
        for (name, facts) in keys {
            let mut facts = facts.as_mapping().unwrap().clone();
            facts.insert("key".into(), name.clone());
            if self.lists[list].iter().all(|node| !node.answers(&text_of(name))) {
                self.lists[list].push(Node { facts, subkeys: None });
            }
        }
    }

    /// Replaces the facts of keys by those of the overlay.
    fn correct(&mut self, overlay: &Mapping) {
        for section in ["keys", "response-keys"] {
            let Some(corrections) = overlay.get(section).and_then(Value::as_mapping) else {
                continue;
            };
            if section == "response-keys" && self.response.is_none() {
                self.response = Some(self.new_list());
            }
            let list = if section == "keys" { self.keys } else { self.response };
            for (path, facts) in corrections {
                let facts = facts.as_mapping().unwrap();
                let steps = steps(path.as_str().unwrap());
                let (last, parents) = steps.split_last().unwrap();
                let mut list = list.unwrap();
                for step in parents {
                    let index = self.lists[list].iter().position(|node| node.answers(step)).unwrap();
                    // A dictionary that Apple's file leaves open.
                    if self.lists[list][index].subkeys.is_none() {
                        self.lists[list][index].subkeys = Some(self.new_list());
                    }
                    list = self.lists[list][index].subkeys.unwrap();
                }
                if facts.contains_key("add") {
                    let mut added = Mapping::new();
                    added.insert("key".into(), last.as_str().into());
                    self.lists[list].insert(
                        0,
                        Node {
                            facts: added,
                            subkeys: None,
                        },
                    );
                }
                let node = self.lists[list].iter_mut().find(|node| node.answers(last)).unwrap();
                node.facts.extend(facts.clone());
                if facts.contains_key("type") {
                    node.subkeys = None;
                }
            }
        }
    }

    /// What is said of the item as a whole.
    pub fn support(&self) -> Support {
        let mut support = Support::new();
        override_with(&mut support, self.payload.get("supportedOS"));
        support
    }

    /// What documents call the item.
    pub fn identifier(&self) -> Option<&str> {
        let names = [
            "requesttype",
            "payloadtype",
            "declarationtype",
            "statusitemtype",
            "credentialtype",
        ];
        names.iter().find_map(|name| self.payload.get(name)?.as_str())
    }

    /// Every key below a list, by its path.
    pub fn keys_below(&self, list: Option<usize>, inherited: &Support) -> Vec<(String, Found)> {
        let mut found = Vec::new();
        if let Some(list) = list {
            self.dictionary(list, inherited, "", &mut Vec::new(), &mut found);
        }
        found
    }

    /// The value of a status item, which is the one key of its file, at a path of the tree of all of them.
    pub fn status_value(&self, path: &str) -> Vec<(String, Found)> {
        let mut found = Vec::new();
        let node = &self.lists[self.keys.unwrap()][0];
        self.key(node, &self.support(), path.to_owned(), &mut Vec::new(), &mut found);
        found
    }

    fn dictionary(
        &self,
        list: usize,
        inherited: &Support,
        at: &str,
        open: &mut Vec<usize>,
        found: &mut Vec<(String, Found)>,
    ) {
        if open.contains(&list) {
            return;
        }
        open.push(list);
        for node in &self.lists[list] {
            let path = join(at, node);
            self.key(node, inherited, path, open, found);
        }
        open.pop();
    }

    fn key(
        &self,
        node: &Node,
        inherited: &Support,
        path: String,
        open: &mut Vec<usize>,
        found: &mut Vec<(String, Found)>,
    ) {
        let mut support = inherited.clone();
        override_with(&mut support, node.facts.get("supportedOS"));
        let since = node.facts.get("supervised-since").and_then(Value::as_mapping);
        for (os, version) in since.into_iter().flatten() {
            let facts = support.get_mut(&text_of(os)).unwrap();
            facts.insert("supervised".to_owned(), format!("since {}", text_of(version)));
        }
        let kind = node.text("type");
        if node.facts.contains_key("one-or-many") && kind != "<array>" {
            return self.one_or_many(node, support, &path, open, found);
        }
        let known = if kind == "<string>" { node.subkeys } else { None };
        let known = known.map(|list| {
            let texts = self.lists[list].iter().map(|text| {
                let mut own = support.clone();
                override_with(&mut own, text.facts.get("supportedOS"));
                (text.text("key"), own)
            });
            texts.collect()
        });
        found.push((
            path.clone(),
            Found {
                facts: node.with_kind_of_one_or_many(),
                known: known.unwrap_or_default(),
                support: support.clone(),
            },
        ));
        match (kind.as_str(), node.subkeys) {
            ("<array>", Some(items)) if self.lists[items].len() > 1 => {
                for alternative in &self.lists[items] {
                    let value = self.tag_of(alternative);
                    self.key(alternative, &support, format!("{path}[{value}]"), open, found);
                }
            }
            ("<array>", Some(items)) => self.key(&self.lists[items][0], &support, format!("{path}[]"), open, found),
            ("<dictionary>", Some(keys)) => self.dictionary(keys, &support, &path, open, found),
            ("<dictionary>", None) => {
                // Nothing is said of its keys: they may be any.
                let any = serde_yaml::from_str("{key: ANY, type: <any>}").unwrap();
                let any = Node {
                    facts: any,
                    subkeys: None,
                };
                self.key(&any, &support, join(&path, &any), open, found);
            }
            _ => {}
        }
    }

    /// A key that accepts a single value or an array of such values: its facts belong to the value.
    fn one_or_many(
        &self,
        node: &Node,
        support: Support,
        path: &str,
        open: &mut Vec<usize>,
        found: &mut Vec<(String, Found)>,
    ) {
        let mut element = node.clone();
        for name in ["one-or-many", "presence", "default", "supportedOS"] {
            element.facts.remove(name);
        }
        let mut facts = node.with_kind_of_one_or_many();
        for name in ["rangelist", "range", "format", "valuetype", "subtype"] {
            facts.remove(name);
        }
        let own = Found {
            facts,
            known: Vec::new(),
            support: support.clone(),
        };
        found.push((path.to_owned(), own));
        self.key(&element, &support, format!("{path}[]"), open, found);
    }

    /// The value by which documents tell an alternative.
    fn tag_of(&self, alternative: &Node) -> String {
        let keys = &self.lists[alternative.subkeys.unwrap()];
        let tag = keys.iter().find(|node| node.text("key") == "Item").unwrap();
        text_of(&tag.facts["rangelist"][0])
    }
}

impl Node {
    fn text(&self, name: &str) -> String {
        self.facts.get(name).map(text_of).unwrap_or_default()
    }

    /// Returns the facts, with the type in words if a single value or an array is possible.
    fn with_kind_of_one_or_many(&self) -> Mapping {
        let mut facts = self.facts.clone();
        if facts.contains_key("one-or-many") {
            let kind = match self.text("type").as_str() {
                "<dictionary>" => "<dictionary or array of dictionaries>",
                _ => "<string or array of strings>",
            };
            facts.insert("type".into(), kind.into());
        }
        facts
    }

    fn is_any(&self) -> bool {
        let name = self.text("key");
        name == "ANY" || name.starts_with("ANY ") || self.facts.contains_key("any")
    }

    /// Whether a step of a path in the overlay leads to it.
    fn answers(&self, step: &str) -> bool {
        step.is_empty() || self.text("key") == step
    }
}

/// The names of a path in the overlay, the items of arrays as nothing.
fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some((name, after)) = rest.strip_prefix("[\"").and_then(|quoted| quoted.split_once("\"]")) {
            steps.push(name.to_owned());
            rest = after;
        } else if let Some((name, after)) = rest.strip_prefix('[').and_then(|index| index.split_once(']')) {
            steps.push(name.to_owned());
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    steps
}

fn join(at: &str, node: &Node) -> String {
    let name = node.text("key");
    let dot = if at.is_empty() { "" } else { "." };
    if node.is_any() {
        format!("{at}{dot}*")
    } else if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        format!("{at}{dot}{name}")
    } else {
        format!("{at}[\"{name}\"]")
    }
}

/// The text of a scalar.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Puts what a `supportedOS` says in the place of what was inherited, part by part.
fn override_with(support: &mut Support, own: Option<&Value>) {
    for (os, properties) in own.and_then(Value::as_mapping).into_iter().flatten() {
        let support = support.entry(text_of(os)).or_default();
        for (name, value) in properties.as_mapping().unwrap() {
            let name = text_of(name);
            match value {
                Value::Mapping(parts) => {
                    for (part, value) in parts {
                        support.insert(format!("{name}.{}", text_of(part)), fact(&name, value));
                    }
                }
                value => {
                    support.insert(name.clone(), fact(&name, value));
                }
            }
        }
        // No right takes back the inherited one; what is removed in version 0 never was.
        if support
            .get("accessrights")
            .is_some_and(|right| right == "n/a" || right == "None")
        {
            support.remove("accessrights");
        }
        if support.get("removed").is_some_and(|version| version == "0.0") {
            support.remove("removed");
            support.insert("introduced".to_owned(), "n/a".to_owned());
        }
    }
}

fn fact(name: &str, value: &Value) -> String {
    match value {
        Value::Sequence(list) => list.iter().map(text_of).collect::<Vec<_>>().join(" "),
        value if ["introduced", "deprecated", "removed"].contains(&name) => version(&text_of(value)),
        value => text_of(value),
    }
}

/// `15` and `15.0` are one version.
fn version(text: &str) -> String {
    let parts: Vec<&str> = text.split('.').collect();
    match *parts {
        [major] if major.parse::<u16>().is_ok() => format!("{major}.0"),
        [major, minor, "0"] => format!("{major}.{minor}"),
        _ => text.to_owned(),
    }
}
