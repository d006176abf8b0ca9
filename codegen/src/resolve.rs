//! The model to what Rust needs: which types there are, what they are called, which keys share one.
//!
//! Types are shared within a section of a file: by dictionaries that are one list in the schema, and by those of one name
//! that state the same facts. Names come from the schema's hint or the key; where two shapes want one name, the
//! names of the keys around them are put before it.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::ident::{self, Words};
use crate::model::{Fact, Family, File, Key, Kind, ListId, Reason, Related, Schema, What};
use crate::overlay::{self, Overlay};
use crate::rules;

/// Everything that is generated, by family.
#[derive(Debug)]
pub struct Resolved {
    /// The items, in the order of their names.
    pub items: Vec<Item>,
}

/// One item: a command, payload, message …
#[derive(Debug)]
pub struct Item {
    /// What kind it is.
    pub family: Family,
    /// The name of its Rust type.
    pub name: String,
    /// The module of its nested types.
    pub module: String,
    /// The type that documents state.
    pub identifier: Option<String>,
    /// The files it comes from.
    pub paths: Vec<String>,
    /// Its name for people.
    pub title: String,
    /// What it is for.
    pub description: Option<String>,
    /// More on it.
    pub content: Option<String>,
    /// How several configurations of the type are applied.
    pub apply: Option<String>,
    /// What it supports.
    pub support: Vec<Fact>,
    /// The key and value that tell it from the other items with its identifier.
    pub selector: Option<(String, String)>,
    /// Whether only tables are generated.
    pub tables_only: bool,
    /// Reason codes.
    pub reasons: Vec<Reason>,
    /// Related status items.
    pub related: Vec<Related>,
    /// The types of `payloadkeys`; the first one is the item itself.
    pub request: Vec<Type>,
    /// The types of `responsekeys`; the first one is the response itself.
    pub response: Vec<Type>,
}

impl Item {
    /// Whether it is a status item on its own: its value stands in the tree of all of them.
    #[must_use]
    pub fn is_status_marker(&self) -> bool {
        self.family == Family::Status && self.identifier.is_some() && !self.is_common()
    }

    /// Whether it is no item of its kind but what all of them have in common.
    #[must_use]
    pub fn is_common(&self) -> bool {
        is_common(self.identifier.as_deref())
    }
}

fn is_common(identifier: Option<&str>) -> bool {
    let common = ["TopLevel", "CommonPayloadKeys", "any", "status-reason"];
    identifier.is_some_and(|identifier| common.contains(&identifier))
}

/// A Rust type.
#[derive(Debug)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub doc: Option<String>,
    /// The key that it is the value of, for people.
    pub of: String,
    /// What it is.
    pub shape: Shape,
}

/// What a type is.
#[derive(Debug)]
pub enum Shape {
    /// A dictionary with known keys.
    Struct(Struct),
    /// One of several texts.
    Enum(Vec<Variant>),
    /// One of several dictionaries, told apart by a key.
    Union {
        /// The key.
        tag: String,
        /// The name of the variant, the value of the tag and the type.
        variants: Vec<(String, String, usize)>,
        /// What the schema says of each.
        keys: Vec<Key>,
    },
}

/// A dictionary with known keys.
#[derive(Debug)]
pub struct Struct {
    /// The keys.
    pub fields: Vec<Field>,
    /// Whether a device writes it.
    pub lenient: bool,
    /// The value of any other key, where the schema has a placeholder for it.
    pub any: Option<Box<Field>>,
    /// The rules on it.
    pub rules: Vec<rules::Resolved>,
}

/// A key of a dictionary.
#[derive(Debug, Clone)]
pub struct Field {
    /// What the schema says of it.
    pub key: Key,
    /// The name of the field.
    pub name: String,
    /// Its type, without `Option`.
    pub ty: Ty,
    /// Whether the field is no `Option`.
    pub required: bool,
    /// Whether it must be boxed, since the type holds itself.
    pub boxed: bool,
    /// The only value it can have: it tells alternatives apart and is no field.
    pub constant: Option<String>,
}

/// One text of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The name.
    pub name: String,
    /// The text in documents.
    pub value: String,
    /// What it stands for.
    pub doc: Option<String>,
    /// Where it is available, if that is stated.
    pub support: Vec<Fact>,
}

/// The Rust type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `f64`
    Real,
    /// `bool`
    Boolean,
    /// `Data`
    Data,
    /// `Date`
    Date,
    /// `Value`
    Any,
    /// `Dictionary`
    Dictionary,
    /// `Vec`
    Array(Box<Field0>),
    /// `BTreeMap<String, _>`
    Map(Box<Field0>),
    /// A type of the same section, by index.
    Type(usize),
    /// A type from elsewhere in the crate.
    Rust(String),
}

/// The item of an array or the value of a map: a key without a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Field0 {
    /// What the schema says of it.
    pub key: Key,
    /// Its type.
    pub ty: Ty,
}

/// Resolves the model.
///
/// # Errors
///
/// Where names are missing, collide, or the model cannot be a Rust type.
pub fn resolve(schema: &Schema, overlay: &Overlay, names_required: bool) -> Result<Resolved, Error> {
    let mut errors = Vec::new();
    let mut groups: BTreeMap<(Family, String), Vec<&File>> = BTreeMap::new();
    for file in &schema.files {
        let name = match overlay.names.get(&file.path) {
            Some(name) => name.clone(),
            None => {
                let proposal = propose(file, &overlay.words);
                if names_required {
                    errors.push(format!(
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
    if let Some(tree) = status_tree(schema) {
        items.push(item(
            Family::Status,
            "StatusItems",
            vec![tree.path.clone()],
            &tree,
            &overlay.words,
            &mut errors,
        ));
    }
    for ((family, name), files) in &groups {
        let same = files.iter().all(|file| file.identifier == files[0].identifier);
        if files.len() > 1 && !(same && files[0].identifier.is_some()) {
            let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
            errors.push(format!(
                "overlay/names.yaml: {} are all called `{name}` but are different items; give them different names",
                paths.join(", ")
            ));
            continue;
        }
        let file = if files.len() > 1 {
            merge(files)
        } else {
            files[0].clone()
        };
        let paths = files.iter().map(|file| file.path.clone()).collect();
        items.push(item(*family, name, paths, &file, &overlay.words, &mut errors));
    }
    selectors(&mut items, &mut errors);
    collisions(&items, &mut errors);
    overlay::into_result(errors)?;
    Ok(Resolved { items })
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

/// Several files that are one dictionary on the wire: each key keeps what its own file says.
fn merge(files: &[&File]) -> File {
    let mut merged = files[0].clone();
    merged.lists = vec![Vec::new()];
    merged.keys = Some(ListId(0));
    merged.rules = Vec::new();
    merged.description = None;
    merged.content = None;
    for file in files {
        // The lists move as they are, after those that are there already.
        let offset = merged.lists.len();
        for list in &file.lists {
            let mut list = list.clone();
            for key in &mut list {
                key.subkeys = key.subkeys.map(|id| ListId(id.0 + offset));
            }
            merged.lists.push(list);
        }
        let Some(root) = file.keys else { continue };
        let mut keys = std::mem::take(&mut merged.lists[root.0 + offset]);
        for key in &mut keys {
            let mut support = file.support.clone();
            support.retain(|fact| !key.support.iter().any(|own| overrides(own, fact)));
            support.append(&mut key.support);
            support.sort();
            key.support = support;
        }
        merged.lists[0].append(&mut keys);
        merged.rules.extend(file.rules.iter().cloned());
    }
    // Of the item itself holds what all files agree on, and the earliest introduction.
    let mut support: Vec<Fact> = files[0].support.clone();
    support.retain(|fact| files.iter().all(|file| file.support.contains(fact)));
    let systems: BTreeSet<_> = files.iter().flat_map(|f| &f.support).map(|fact| fact.os).collect();
    for os in systems {
        let introduced = files.iter().flat_map(|f| &f.support).filter(|fact| fact.os == os);
        let versions = introduced.filter_map(|fact| match fact.what {
            What::Introduced(version) => Some(version),
            _ => None,
        });
        if let Some(version) = versions.min() {
            support.retain(|fact| !(fact.os == os && is_introduction(&fact.what)));
            support.push(Fact {
                os,
                what: What::Introduced(version),
            });
        }
    }
    support.sort();
    merged.support = support;
    let titles: Vec<&str> = files.iter().map(|file| file.title.as_str()).collect();
    merged.title = titles.join(", ");
    let descriptions: Vec<String> = files.iter().filter_map(|file| file.description.clone()).collect();
    if !descriptions.is_empty() {
        merged.description = Some(descriptions.join("\n\n"));
    }
    merged
}

/// All status items as the one dictionary that reports hold: the dots of their names nest.
fn status_tree(schema: &Schema) -> Option<File> {
    let files: Vec<&File> = schema
        .files
        .iter()
        .filter(|f| f.family == Family::Status && f.identifier.is_some() && !is_common(f.identifier.as_deref()))
        .collect();
    let mut tree = (*files.first()?).clone();
    tree.path = "declarative/status".to_owned();
    tree.title = "Status items".to_owned();
    tree.identifier = None;
    tree.description = Some("The status items of a report; the dots in their names nest.".to_owned());
    tree.content = None;
    tree.support = Vec::new();
    tree.response = None;
    tree.reasons = Vec::new();
    tree.related = Vec::new();
    tree.rules = Vec::new();
    tree.lists = vec![Vec::new()];
    tree.keys = Some(ListId(0));
    for file in files {
        let offset = tree.lists.len();
        for list in &file.lists {
            let mut list = list.clone();
            for key in &mut list {
                key.subkeys = key.subkeys.map(|id| ListId(id.0 + offset));
            }
            tree.lists.push(list);
        }
        let name = file.identifier.clone().unwrap_or_default();
        // What a rule calls `["device.power.battery-health"]` nests here.
        let nested = |text: &str| text.replace(&format!("[\"{name}\"]"), &name);
        for rule in &file.rules {
            let mut rule = rule.clone();
            rule.base = nested(&rule.base);
            for value in rule.fields.values_mut() {
                each_text(value, &nested);
            }
            tree.rules.push(rule);
        }
        let Some(value) = file.keys.and_then(|id| file.list(id).first()) else {
            continue;
        };
        let mut value = value.clone();
        value.subkeys = value.subkeys.map(|id| ListId(id.0 + offset));
        let mut support = file.support.clone();
        support.retain(|fact| !value.support.iter().any(|own| overrides(own, fact)));
        support.append(&mut value.support);
        value.support = support;
        let parts: Vec<&str> = name.split('.').collect();
        let mut at = ListId(0);
        for (depth, part) in parts.iter().enumerate() {
            if depth + 1 == parts.len() {
                tree.lists[at.0].push(Key {
                    name: (*part).to_owned(),
                    ..value.clone()
                });
                break;
            }
            let known = tree.lists[at.0]
                .iter()
                .find(|key| key.name == *part)
                .and_then(|key| key.subkeys);
            at = known.unwrap_or_else(|| {
                let id = ListId(tree.lists.len());
                tree.lists.push(Vec::new());
                let path = parts[..=depth].join(".");
                tree.lists[at.0].push(Key {
                    subkeys: Some(id),
                    group: true,
                    shape_name: Some(path.clone()),
                    content: Some(format!("The status items whose names begin with `{path}.`.")),
                    ..Key::new(part, Kind::Dictionary)
                });
                id
            });
        }
    }
    Some(tree)
}

/// Changes every text of a value.
fn each_text(value: &mut serde_yaml::Value, change: &dyn Fn(&str) -> String) {
    match value {
        serde_yaml::Value::String(text) => *text = change(text),
        serde_yaml::Value::Sequence(list) => list.iter_mut().for_each(|value| each_text(value, change)),
        serde_yaml::Value::Mapping(map) => map.values_mut().for_each(|value| each_text(value, change)),
        _ => {}
    }
}

fn is_introduction(what: &What) -> bool {
    matches!(what, What::NotAvailable | What::Always | What::Introduced(_))
}

/// Whether `own` replaces `inherited`.
fn overrides(own: &Fact, inherited: &Fact) -> bool {
    own.os == inherited.os
        && (std::mem::discriminant(&own.what) == std::mem::discriminant(&inherited.what)
            || (is_introduction(&own.what) && is_introduction(&inherited.what)))
}

fn item(family: Family, name: &str, paths: Vec<String>, file: &File, words: &Words, errors: &mut Vec<String>) -> Item {
    let mut request = Vec::new();
    let mut response = Vec::new();
    let path = &paths[0];
    if !is_panes(file) {
        request = Section::resolve(path, file, file.keys, false, file.device_keys, name, words, errors);
        if file.response.is_some() || family == Family::Command {
            let name = format!("{name}Response");
            response = Section::resolve(
                path,
                file,
                file.response,
                true,
                file.device_response,
                &name,
                words,
                errors,
            );
        }
    } else {
        let keys = file.keys.map(|id| file.list(id)).unwrap_or_default();
        request.push(Type {
            name: name.to_owned(),
            doc: file.description.clone(),
            of: String::new(),
            shape: Shape::Enum(variants(keys, words)),
        });
    }
    Item {
        family,
        name: name.to_owned(),
        module: ident_of_module(name, words),
        identifier: file.identifier.clone(),
        title: file.title.clone(),
        description: file.description.clone(),
        content: file.content.clone(),
        apply: file.apply.clone(),
        support: file.support.clone(),
        selector: None,
        tables_only: file.tables_only,
        reasons: file.reasons.clone(),
        related: file.related.clone(),
        request,
        response,
        paths,
    }
}

/// The skip keys are no dictionary: each key is a text that other payloads list.
fn is_panes(file: &File) -> bool {
    file.identifier.as_deref() == Some("SkipKeys")
}

fn ident_of_module(name: &str, words: &Words) -> String {
    words.snake(name)
}

fn variants(keys: &[Key], words: &Words) -> Vec<Variant> {
    let mut taken = vec!["Unrecognized".to_owned()];
    keys.iter()
        .map(|key| Variant {
            name: ident::distinct(words.type_name(&key.name), &mut taken),
            value: key.name.clone(),
            doc: key.content.clone(),
            support: key.support.clone(),
        })
        .collect()
}

/// Names that generated code uses as they are.
const RESERVED: [&str; 19] = [
    "BTreeMap",
    "Blank",
    "Box",
    "Data",
    "Date",
    "Dict",
    "Dictionary",
    "Error",
    "Extra",
    "From",
    "Into",
    "Option",
    "Reader",
    "Record",
    "Result",
    "String",
    "Value",
    "Vec",
    "View",
];

/// A dictionary, enum or union to be, at one or more places of a section.
struct Wanted {
    /// The key and those around it, from the root.
    trail: Vec<String>,
    /// The name that the schema suggests for the shape, for as long as no other shape has it.
    hint: Option<String>,
    shape: WantedShape,
    doc: Option<String>,
}

#[derive(Clone, PartialEq)]
enum WantedShape {
    Root,
    Dictionary(ListId),
    Enum(Vec<Variant>),
    Union(ListId),
}

/// The types of one section of a file.
struct Section<'a> {
    path: &'a str,
    file: &'a File,
    lenient: bool,
    words: &'a Words,
    wanted: Vec<Wanted>,
    structs: Vec<Option<Shape>>,
    /// The type of each list that is a dictionary's.
    by_list: BTreeMap<ListId, usize>,
    errors: &'a mut Vec<String>,
}

impl<'a> Section<'a> {
    #[allow(clippy::too_many_arguments)]
    fn resolve(
        path: &'a str,
        file: &'a File,
        list: Option<ListId>,
        response: bool,
        lenient: bool,
        name: &str,
        words: &'a Words,
        errors: &'a mut Vec<String>,
    ) -> Vec<Type> {
        let root = Wanted {
            trail: vec![name.to_owned()],
            hint: None,
            shape: WantedShape::Root,
            doc: file.description.clone(),
        };
        let mut section = Section {
            path,
            file,
            lenient,
            words,
            wanted: vec![root],
            structs: vec![None],
            by_list: BTreeMap::new(),
            errors,
        };
        let keys = list.map(|id| file.list(id)).unwrap_or_default();
        let body = section.body(keys, &[]);
        section.structs[0] = Some(Shape::Struct(body));
        section.rules(list, response);
        section.finish(name)
    }

    /// The fields of a dictionary.
    fn body(&mut self, keys: &[Key], trail: &[String]) -> Struct {
        let mut fields: Vec<Field> = Vec::new();
        let mut any = None;
        let mut taken = vec!["extra".to_owned()];
        for key in keys {
            let field = self.field(key, trail, &mut taken);
            if key.any {
                any = Some(Box::new(field));
            } else {
                fields.push(field);
            }
        }
        Struct {
            fields,
            lenient: self.lenient,
            any,
            rules: Vec::new(),
        }
    }

    fn field(&mut self, key: &Key, trail: &[String], taken: &mut Vec<String>) -> Field {
        let mut trail = trail.to_vec();
        trail.push(key.name.clone());
        let name = ident::distinct(self.words.field(&key.name), taken);
        // What tells check-in messages apart is in the type already.
        let constant = match key.values.as_slice() {
            [crate::model::Scalar::String(value)]
                if self.file.family == Family::CheckIn && key.name == "MessageType" =>
            {
                Some(value.clone())
            }
            _ => key.tag.then(String::new),
        };
        let ty = if constant.is_some() {
            Ty::String
        } else {
            self.ty(key, &trail)
        };
        let required = key.group || (key.required && !self.lenient);
        Field {
            name,
            ty,
            required,
            boxed: false,
            constant,
            key: key.clone(),
        }
    }

    fn ty(&mut self, key: &Key, trail: &[String]) -> Ty {
        if let Some(rust) = &key.rust {
            return Ty::Rust(rust.clone());
        }
        let subkeys = key.subkeys.map(|id| (id, self.file.list(id)));
        match (key.kind, subkeys) {
            (Kind::String, Some((_, known))) if !known.is_empty() => {
                self.enumeration(variants(known, self.words), key, trail)
            }
            (Kind::String, _) if !key.values.is_empty() => {
                let values: Vec<Key> = key
                    .values
                    .iter()
                    .map(|value| match value {
                        crate::model::Scalar::String(text) => Key::new(text, Kind::String),
                        other => Key::new(&crate::rust::scalar_text(other), Kind::String),
                    })
                    .collect();
                self.enumeration(variants(&values, self.words), key, trail)
            }
            (Kind::String, _) => Ty::String,
            (Kind::Integer, _) => Ty::Integer,
            (Kind::Real, _) => Ty::Real,
            (Kind::Boolean, _) => Ty::Boolean,
            (Kind::Data, _) => Ty::Data,
            (Kind::Date, _) => Ty::Date,
            (Kind::Any, _) => Ty::Any,
            (Kind::Array, Some((id, items))) if items.len() > 1 => {
                let union = self.union(id, key, trail);
                Ty::Array(Box::new(Field0 {
                    key: Key::new("", Kind::Dictionary),
                    ty: union,
                }))
            }
            (Kind::Array, Some((_, [item]))) => {
                let mut trail = trail.to_vec();
                trail.push(item.name.clone());
                let ty = self.ty(item, &trail);
                Ty::Array(Box::new(Field0 { key: item.clone(), ty }))
            }
            (Kind::Array, _) => Ty::Array(Box::new(Field0 {
                key: Key::new("", Kind::Any),
                ty: Ty::Any,
            })),
            (Kind::Dictionary, Some((_, [any]))) if any.any => {
                let mut trail = trail.to_vec();
                trail.push(any.name.clone());
                match self.ty(any, &trail) {
                    Ty::Any => Ty::Dictionary,
                    ty => Ty::Map(Box::new(Field0 { key: any.clone(), ty })),
                }
            }
            (Kind::Dictionary, Some((id, keys))) if !keys.is_empty() => {
                Ty::Type(self.want(WantedShape::Dictionary(id), key, trail))
            }
            (Kind::Dictionary, _) => Ty::Dictionary,
        }
    }

    fn enumeration(&mut self, variants: Vec<Variant>, key: &Key, trail: &[String]) -> Ty {
        Ty::Type(self.want(WantedShape::Enum(variants), key, trail))
    }

    fn union(&mut self, id: ListId, key: &Key, trail: &[String]) -> Ty {
        Ty::Type(self.want(WantedShape::Union(id), key, trail))
    }

    /// The type of this shape and name; a new one where there is none yet.
    fn want(&mut self, shape: WantedShape, key: &Key, trail: &[String]) -> usize {
        let hint = key.shape_name.as_ref().map(|hint| self.words.type_name(hint));
        let base = self.base_name(key, trail);
        let known = self.wanted.iter().position(|wanted| match (&wanted.shape, &shape) {
            (WantedShape::Dictionary(a), WantedShape::Dictionary(b)) if a == b => true,
            (WantedShape::Union(a), WantedShape::Union(b)) => a == b,
            (WantedShape::Dictionary(a), WantedShape::Dictionary(b)) => {
                wanted.hint == hint && wanted.trail.last() == Some(&base) && self.same(*a, *b, 0)
            }
            (WantedShape::Enum(a), WantedShape::Enum(b)) => {
                wanted.hint == hint
                    && wanted.trail.last() == Some(&base)
                    && a.iter().map(|v| &v.value).eq(b.iter().map(|v| &v.value))
            }
            _ => false,
        });
        let index = known.unwrap_or(self.wanted.len());
        if let WantedShape::Dictionary(id) = shape {
            self.by_list.insert(id, index);
        }
        if known.is_some() {
            return index;
        }
        let mut names = trail.to_vec();
        names.pop();
        names.push(base);
        self.wanted.push(Wanted {
            trail: names,
            hint,
            shape: shape.clone(),
            doc: key.content.clone(),
        });
        self.structs.push(None);
        let shape = match shape {
            WantedShape::Dictionary(id) => {
                let keys = self.file.list(id).to_vec();
                Shape::Struct(self.body(&keys, trail))
            }
            WantedShape::Union(id) => self.alternatives(id, trail),
            WantedShape::Enum(variants) => Shape::Enum(variants),
            WantedShape::Root => unreachable!("the root is not wanted by a key"),
        };
        self.structs[index] = Some(shape);
        index
    }

    /// The name that a key suggests for its type; an array's item that has no name of its own (`_Errors`) is called as
    /// the array.
    fn base_name(&self, key: &Key, trail: &[String]) -> String {
        let nameless = key.name.is_empty() || key.name.starts_with('_') || key.any;
        let name = if nameless && trail.len() > 1 {
            &trail[trail.len() - 2]
        } else {
            &key.name
        };
        self.words.type_name(name)
    }

    fn alternatives(&mut self, id: ListId, trail: &[String]) -> Shape {
        let keys = self.file.list(id).to_vec();
        let fixed = |key: &Key| {
            let list = key.subkeys.map(|id| self.file.list(id)).unwrap_or_default();
            list.iter()
                .filter_map(|k| match (k.kind, k.values.as_slice()) {
                    (Kind::String, [crate::model::Scalar::String(value)]) => Some((k.name.clone(), value.clone())),
                    _ => None,
                })
                .collect::<BTreeMap<_, _>>()
        };
        let all: Vec<BTreeMap<String, String>> = keys.iter().map(fixed).collect();
        let first = all.first().cloned().unwrap_or_default();
        let Some(tag) = first
            .keys()
            .find(|tag| all.iter().all(|fixed| fixed.contains_key(*tag)))
            .cloned()
        else {
            let lacking: Vec<&str> = keys
                .iter()
                .zip(&all)
                .filter(|(_, fixed)| fixed.is_empty())
                .map(|(key, _)| key.name.as_str())
                .collect();
            self.errors.push(format!(
                "{}: the alternatives of {} have no key in common that tells them apart (without one: {}); add it in the overlay",
                self.path,
                trail.join("."),
                lacking.join(", ")
            ));
            return Shape::Union {
                tag: String::new(),
                variants: Vec::new(),
                keys,
            };
        };
        let mut variants = Vec::new();
        let mut keys_of_variants = Vec::new();
        for (key, fixed) in keys.iter().zip(all) {
            let Some(list) = key.subkeys else { continue };
            let mut trail = trail.to_vec();
            trail.push(key.name.clone());
            let index = self.want(WantedShape::Dictionary(list), key, &trail);
            if let Some(Shape::Struct(body)) = &mut self.structs[index] {
                for field in body.fields.iter_mut().filter(|field| field.key.name == tag) {
                    field.constant = Some(fixed[&tag].clone());
                }
            }
            variants.push((self.words.type_name(&key.name), fixed[&tag].clone(), index));
            keys_of_variants.push(key.clone());
        }
        Shape::Union {
            tag,
            variants,
            keys: keys_of_variants,
        }
    }

    /// Whether two lists state the same facts.
    fn same(&self, a: ListId, b: ListId, depth: usize) -> bool {
        if a == b || depth > 32 {
            return true;
        }
        let (a, b) = (self.file.list(a), self.file.list(b));
        a.len() == b.len()
            && a.iter().zip(b).all(|(a, b)| {
                let subkeys = match (a.subkeys, b.subkeys) {
                    (Some(a), Some(b)) => self.same(a, b, depth + 1),
                    (None, None) => true,
                    _ => false,
                };
                let bare = |key: &Key| Key {
                    title: None,
                    content: None,
                    subkeys: None,
                    ..key.clone()
                };
                subkeys && bare(a) == bare(b)
            })
    }

    /// Puts each rule at the dictionary that it is about.
    fn rules(&mut self, list: Option<ListId>, response: bool) {
        for rule in self.file.rules.iter().filter(|rule| rule.response == response) {
            let found = self.dictionary_at(list, &rule.base).and_then(|(index, keys)| {
                let resolved = rules::resolve(self.file, keys, rule)?;
                Ok((index, resolved))
            });
            match found {
                Ok((index, resolved)) => {
                    if let Some(Shape::Struct(body)) = &mut self.structs[index] {
                        body.rules.push(resolved);
                    }
                }
                Err(why) => self.errors.push(format!(
                    "overlay/{}: {}rule `{}` ({}): {why}",
                    self.path,
                    if response { "response " } else { "" },
                    rule.kind,
                    rule.fields
                        .get("says")
                        .and_then(|says| says.as_str())
                        .unwrap_or_default()
                )),
            }
        }
    }

    fn dictionary_at(&self, list: Option<ListId>, base: &str) -> Result<(usize, Option<ListId>), String> {
        if base.is_empty() {
            return Ok((0, list));
        }
        let list = list.ok_or("the section has no keys")?;
        let (list, index) = overlay::locate(self.file, list, base)?;
        let subkeys = self.file.list(list)[index].subkeys;
        let found = subkeys.and_then(|list| self.by_list.get(&list)).copied();
        found
            .map(|index| (index, subkeys))
            .ok_or_else(|| format!("`{base}` is no dictionary with known keys"))
    }

    /// Names every type: as the schema suggests, or by the shortest end of its trail that no other type wants.
    fn finish(self, root: &str) -> Vec<Type> {
        let spell = |trail: &[String], length: usize| -> String {
            let from = trail.len().saturating_sub(length);
            let mut names: Vec<String> = trail[from..trail.len() - 1]
                .iter()
                .map(|n| self.words.type_name(n))
                .collect();
            names.push(trail[trail.len() - 1].clone());
            names.concat()
        };
        let longest = self.wanted.iter().map(|w| w.trail.len()).max().unwrap_or(1);
        let count = self.wanted.len();
        // 0 stands for the hint.
        let mut lengths: Vec<usize> = self.wanted.iter().map(|w| usize::from(w.hint.is_none())).collect();
        let mut names: Vec<String> = vec![String::new(); count];
        for _ in 0..=longest {
            for (index, wanted) in self.wanted.iter().enumerate() {
                names[index] = match (&wanted.hint, lengths[index]) {
                    (Some(hint), 0) => hint.clone(),
                    (_, length) => spell(&wanted.trail, length),
                };
            }
            // The item itself stands in another module.
            for index in 1..count {
                let reserved = RESERVED.contains(&names[index].as_str());
                if reserved || (1..count).any(|other| other != index && names[other] == names[index]) {
                    lengths[index] += 1;
                }
            }
        }
        root.clone_into(&mut names[0]);
        let mut taken = Vec::new();
        for name in names.iter_mut().skip(1) {
            *name = ident::distinct_type(std::mem::take(name), &mut taken);
        }
        let mut types: Vec<Type> = self
            .wanted
            .into_iter()
            .zip(self.structs)
            .zip(names)
            .map(|((wanted, shape), name)| Type {
                name,
                doc: wanted.doc,
                of: wanted.trail.last().cloned().unwrap_or_default(),
                shape: shape.expect("every wanted shape is filled in where it is wanted"),
            })
            .collect();
        box_cycles(&mut types);
        types
    }
}

/// Boxes the fields by which a type holds itself.
fn box_cycles(types: &mut [Type]) {
    let direct = |ty: &Type| -> Vec<usize> {
        match &ty.shape {
            Shape::Struct(body) => body
                .fields
                .iter()
                .filter(|field| !field.boxed)
                .filter_map(|field| {
                    if let Ty::Type(index) = field.ty {
                        Some(index)
                    } else {
                        None
                    }
                })
                .collect(),
            _ => Vec::new(),
        }
    };
    for index in 0..types.len() {
        let reaches = |from: usize, types: &[Type]| {
            let mut open = vec![from];
            let mut seen = BTreeSet::new();
            while let Some(at) = open.pop() {
                if at == index {
                    return true;
                }
                if seen.insert(at) {
                    open.extend(direct(&types[at]));
                }
            }
            false
        };
        let cyclic: Vec<usize> = direct(&types[index])
            .into_iter()
            .filter(|&to| reaches(to, types))
            .collect();
        if let Shape::Struct(body) = &mut types[index].shape {
            for field in &mut body.fields {
                field.boxed |= matches!(field.ty, Ty::Type(to) if cyclic.contains(&to));
            }
        }
    }
}

/// Finds what tells items with one identifier apart: a key with one possible value.
fn selectors(items: &mut [Item], errors: &mut Vec<String>) {
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
                [crate::model::Scalar::String(value)] if field.key.required => {
                    Some((field.key.name.clone(), value.clone()))
                }
                _ => None,
            });
            plain += usize::from(fixed.is_none());
            items[index].selector = fixed;
        }
        if plain > 1 {
            errors.push(format!(
                "several items are called `{identifier}` and no key tells them apart; give them one name in \
                 overlay/names.yaml, so that they become one type, or a key with a single value"
            ));
        }
    }
}

fn collisions(items: &[Item], errors: &mut Vec<String>) {
    let mut seen: BTreeMap<(Family, &str), &str> = BTreeMap::new();
    for item in items {
        let mut names = vec![item.name.as_str()];
        names.extend(item.response.first().map(|ty| ty.name.as_str()));
        for name in names {
            if let Some(other) = seen.insert((item.family, name), &item.paths[0]) {
                errors.push(format!(
                    "overlay/names.yaml: `{name}` stands for a type of {other} and of {}; rename one",
                    item.paths[0]
                ));
            }
        }
    }
}
