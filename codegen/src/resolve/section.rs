//! Resolves the types of one section of a file.
//!
//! Two places share a type if they are the same list in the schema, or if they are dictionaries with the same name and facts.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::{self, Candidates};
use super::resolved::{Element, Field, Shape, Struct, Ty, Type, Variant};
use super::{Findings, cycles};
use crate::ident::{self, Words};
use crate::message::shorten;
use crate::model::{Family, File, Key, Kind, ListId, Scalar, scalar_text};
use crate::overlay;
use crate::parse::MAX_KEYS;
use crate::problem::{Problem, ProblemKind};
use crate::rules;

/// `payloadkeys` or `responsekeys` of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// The file.
    pub(super) file: &'a File,
    /// Whether it is `responsekeys`.
    pub(super) response: bool,
    /// The name of its first type.
    pub(super) name: &'a str,
    /// The exceptions for names.
    pub(super) words: &'a Words,
}

impl Source<'_> {
    fn list(&self) -> Option<ListId> {
        if self.response {
            self.file.response
        } else {
            self.file.keys
        }
    }

    /// Whether keys may be missing or have values of the wrong type, as in messages from devices.
    fn lenient(&self) -> bool {
        if self.response {
            self.file.device_response
        } else {
            self.file.device_keys || self.file.tolerant
        }
    }

    /// Whether it is lenient although a server writes it.
    fn tolerant(&self) -> bool {
        !self.response && self.file.tolerant
    }
}

/// Resolves the types of a section. The first one is the section itself.
pub(super) fn types(source: Source<'_>, found: &mut Findings) -> Vec<Type> {
    let root = PendingType {
        name: Candidates {
            hint: None,
            trail: vec![source.name.to_owned()],
        },
        shape: ShapeSource::Root,
        doc: source.file.description.clone(),
        path: String::new(),
        resolved_shape: None,
    };
    let mut section = Section {
        source,
        file: source.file,
        words: source.words,
        types: vec![root],
        by_list: BTreeMap::new(),
        tags: BTreeMap::new(),
        found,
    };
    let keys = source.list().map(|id| source.file.list(id)).unwrap_or_default();
    let body = section.body(keys, &[], None);
    section.types[0].resolved_shape = Some(Shape::Struct(body));
    section.rules();
    section.retired();
    section.finish()
}

/// Returns the variants of an enum with these values.
pub(super) fn variants(keys: &[Key], words: &Words) -> Vec<Variant> {
    let mut taken = vec!["Unrecognized".to_owned()];
    // Ignore values that are listed twice.
    let mut values = std::collections::HashSet::new();
    keys.iter()
        .filter(|key| values.insert(&key.name))
        .map(|key| Variant {
            name: ident::distinct_type(words.type_name(&key.name), &mut taken),
            value: key.name.clone(),
            doc: key.content.clone(),
            support: key.support.clone(),
        })
        .collect()
}

/// A key without what its element states, if it accepts a single value or an array.
fn without_facts_of_element(key: &Key) -> Key {
    if !key.one_or_many || key.kind == Kind::Array {
        return key.clone();
    }
    Key {
        values: Vec::new(),
        meanings: Vec::new(),
        range: None,
        format: None,
        value_type: None,
        asset_types: Vec::new(),
        asset_content_types: Vec::new(),
        ..key.clone()
    }
}

/// A type that one or more places of the section need.
pub(super) struct PendingType {
    name: Candidates,
    shape: ShapeSource,
    doc: Option<String>,
    path: String,
    /// The resolved type; `None` while its own keys are resolved.
    pub(super) resolved_shape: Option<Shape>,
}

#[derive(Clone, PartialEq)]
pub(super) enum ShapeSource {
    Root,
    Dictionary(ListId),
    Enum(Vec<Variant>),
    Union(ListId),
}

pub(super) struct Section<'a> {
    source: Source<'a>,
    pub(super) file: &'a File,
    pub(super) words: &'a Words,
    pub(super) types: Vec<PendingType>,
    /// The index of the type of each dictionary.
    by_list: BTreeMap<ListId, usize>,
    /// The discriminator and its value, for each alternative of a union.
    pub(super) tags: BTreeMap<ListId, (String, String)>,
    pub(super) found: &'a mut Findings,
}

impl Section<'_> {
    /// Resolves the fields of a dictionary.
    fn body(&mut self, keys: &[Key], trail: &[String], tag: Option<&(String, String)>) -> Struct {
        let mut fields: Vec<Field> = Vec::new();
        let mut any = None;
        let mut taken = vec!["extra".to_owned()];
        for key in keys {
            let field = self.field(key, trail, &mut taken, tag);
            if key.any {
                any = Some(Box::new(field));
            } else {
                fields.push(field);
            }
        }
        if fields.len() > MAX_KEYS {
            let section = if self.source.response {
                "responsekeys"
            } else {
                "payloadkeys"
            };
            let at: Vec<&str> = [section].into_iter().chain(trail.iter().map(String::as_str)).collect();
            let message = format!(
                "{} keys in one dictionary; a generated type can have {MAX_KEYS}",
                fields.len()
            );
            let problem = Problem::in_schema(&self.file.path, at.join("."), message);
            self.found.problems.push(problem);
            fields.truncate(MAX_KEYS);
        }
        Struct {
            fields,
            lenient: self.source.lenient(),
            tolerant: self.source.tolerant(),
            any,
            rules: Vec::new(),
            retired: Vec::new(),
        }
    }

    fn field(&mut self, key: &Key, trail: &[String], taken: &mut Vec<String>, tag: Option<&(String, String)>) -> Field {
        let mut trail = trail.to_vec();
        trail.push(key.name.clone());
        let name = ident::distinct(self.words.field(&key.name), taken);
        // The Rust type of a check-in message already determines its `MessageType`.
        let constant = match key.values.as_slice() {
            [Scalar::String(value)] if self.file.family == Family::CheckIn && key.name == "MessageType" => {
                Some(value.clone())
            }
            _ => match tag {
                Some((name, value)) if *name == key.name => Some(value.clone()),
                _ => key.tag.then(String::new),
            },
        };
        let ty = if constant.is_some() {
            Ty::String
        } else {
            self.ty(key, &trail)
        };
        let required = key.group || (key.required && !self.source.lenient());
        Field {
            name,
            ty,
            required,
            boxed: false,
            constant,
            key: without_facts_of_element(key),
        }
    }

    fn ty(&mut self, key: &Key, trail: &[String]) -> Ty {
        if let Some(rust) = &key.rust {
            return Ty::Rust(rust.clone());
        }
        if key.one_or_many {
            return self.one_or_many(key, trail);
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
                    .map(|value| Key {
                        content: key.meaning(value).map(str::to_owned),
                        ..Key::new(&scalar_text(value), Kind::String)
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
            (Kind::Array, Some((id, items))) if items.len() > 1 => Ty::Array(Box::new(Element {
                key: Key::new("", Kind::Dictionary),
                ty: self.union(id, key, trail),
            })),
            (Kind::Array, Some((_, [item]))) => {
                let mut trail = trail.to_vec();
                trail.push(item.name.clone());
                let ty = self.ty(item, &trail);
                Ty::Array(Box::new(Element { key: item.clone(), ty }))
            }
            (Kind::Array, _) => Ty::Array(Box::new(Element {
                key: Key::new("", Kind::Any),
                ty: Ty::Any,
            })),
            (Kind::Dictionary, Some((_, [any]))) if any.any => {
                let mut trail = trail.to_vec();
                trail.push(any.name.clone());
                match self.ty(any, &trail) {
                    Ty::Any => Ty::Dictionary,
                    ty => Ty::Map(Box::new(Element { key: any.clone(), ty })),
                }
            }
            (Kind::Dictionary, Some((id, keys))) if !keys.is_empty() => {
                Ty::Type(self.type_index(ShapeSource::Dictionary(id), key, trail))
            }
            (Kind::Dictionary, _) => Ty::Dictionary,
        }
    }

    /// The type of a key that accepts a single value or an array.
    fn one_or_many(&mut self, key: &Key, trail: &[String]) -> Ty {
        let single = Key {
            one_or_many: false,
            ..key.clone()
        };
        let ty = self.ty(&single, trail);
        let element = match &ty {
            Ty::Array(element) => &element.ty,
            ty => ty,
        };
        if let Ty::Type(index) = element
            && self.types[*index].resolved_shape.is_none()
        {
            let message = "is `one-or-many`, but its dictionary contains itself";
            let problem = Problem::in_schema(&self.file.path, trail.join("."), message);
            self.found.problems.push(problem);
        }
        match ty {
            Ty::Array(element) => Ty::OneOrMany(element),
            ty => {
                // What is stated about the value belongs to the element, and what is stated about the key does not.
                let key = Key {
                    name: String::new(),
                    required: false,
                    content: None,
                    default: None,
                    combine: None,
                    support: Vec::new(),
                    replaced_by: None,
                    ..single
                };
                Ty::OneOrMany(Box::new(Element { key, ty }))
            }
        }
    }

    fn enumeration(&mut self, variants: Vec<Variant>, key: &Key, trail: &[String]) -> Ty {
        Ty::Type(self.type_index(ShapeSource::Enum(variants), key, trail))
    }

    /// Returns the index of the type with this shape and name. Adds the type if it does not exist yet.
    pub(super) fn type_index(&mut self, shape: ShapeSource, key: &Key, trail: &[String]) -> usize {
        let hint = key.shape_name.as_ref().map(|hint| self.words.type_name(hint));
        let base = self.base_name(key, trail);
        let known = self.types.iter().position(|ty| {
            let same_name = ty.name.hint == hint && ty.name.trail.last() == Some(&base);
            match (&ty.shape, &shape) {
                (ShapeSource::Dictionary(a), ShapeSource::Dictionary(b)) => {
                    a == b || (same_name && self.same_facts(*a, *b, &mut BTreeSet::new()))
                }
                (ShapeSource::Union(a), ShapeSource::Union(b)) => a == b,
                (ShapeSource::Enum(a), ShapeSource::Enum(b)) => {
                    same_name && a.iter().map(|v| &v.value).eq(b.iter().map(|v| &v.value))
                }
                _ => false,
            }
        });
        let index = known.unwrap_or(self.types.len());
        if let ShapeSource::Dictionary(id) = shape {
            self.by_list.insert(id, index);
        }
        if known.is_some() {
            self.add_meanings(index, &shape);
            return index;
        }
        let mut names = trail.to_vec();
        names.pop();
        names.push(base);
        let path = self.path(trail);
        self.types.push(PendingType {
            name: Candidates { hint, trail: names },
            shape: shape.clone(),
            doc: key.content.clone(),
            path,
            resolved_shape: None,
        });
        let shape = match shape {
            ShapeSource::Dictionary(id) => {
                let keys = self.file.list(id).to_vec();
                let tag = self.tags.get(&id).cloned();
                Shape::Struct(self.body(&keys, trail, tag.as_ref()))
            }
            ShapeSource::Union(id) => self.alternatives(id, trail),
            ShapeSource::Enum(variants) => Shape::Enum(variants),
            ShapeSource::Root => unreachable!("no key has the type of the root"),
        };
        self.types[index].resolved_shape = Some(shape);
        index
    }

    /// Returns the path of a key in documents.
    fn path(&self, trail: &[String]) -> String {
        let mut path = String::new();
        let mut list = self.source.list();
        let mut array = false;
        for name in trail {
            let keys = list.map(|id| self.file.list(id)).unwrap_or_default();
            let key = keys.iter().find(|key| &key.name == name);
            match (array, keys.len()) {
                (true, 1) => path.push_str("[]"),
                (true, _) => path.push_str(&format!("[{name}]")),
                (false, _) if path.is_empty() => path.push_str(name),
                (false, _) => path.push_str(&format!(".{name}")),
            }
            array = key.is_some_and(|key| key.kind == Kind::Array);
            list = key.and_then(|key| key.subkeys);
        }
        path
    }

    /// Adds meanings of values from another place with the same enum.
    fn add_meanings(&mut self, index: usize, shape: &ShapeSource) {
        let ShapeSource::Enum(others) = shape else { return };
        if let Some(Shape::Enum(variants)) = &mut self.types[index].resolved_shape {
            for (variant, other) in variants.iter_mut().zip(others) {
                if variant.doc.is_none() {
                    variant.doc.clone_from(&other.doc);
                }
            }
        }
    }

    /// Returns the name that a key suggests for its type. A placeholder or array item without a proper name (`_Errors`) suggests the
    /// name of its parent.
    fn base_name(&self, key: &Key, trail: &[String]) -> String {
        let nameless = key.name.is_empty() || key.name.starts_with('_') || key.any;
        let name = if nameless && trail.len() > 1 {
            &trail[trail.len() - 2]
        } else {
            &key.name
        };
        self.words.type_name(name)
    }

    /// Whether two lists have the same facts, if the pairs in `assumed` do.
    fn same_facts(&self, a: ListId, b: ListId, assumed: &mut BTreeSet<(ListId, ListId)>) -> bool {
        if a == b || !assumed.insert((a, b)) {
            return true;
        }
        let (a, b) = (self.file.list(a), self.file.list(b));
        a.len() == b.len()
            && a.iter().zip(b).all(|(a, b)| {
                let subkeys = match (a.subkeys, b.subkeys) {
                    (Some(a), Some(b)) => self.same_facts(a, b, assumed),
                    (None, None) => true,
                    _ => false,
                };
                let without_prose = |key: &Key| Key {
                    title: None,
                    content: None,
                    meanings: Vec::new(),
                    subkeys: None,
                    ..key.clone()
                };
                subkeys && without_prose(a) == without_prose(b)
            })
    }

    /// Adds each rule to the dictionary that it applies to.
    fn rules(&mut self) {
        let response = self.source.response;
        for rule in self.file.rules.iter().filter(|rule| rule.response == response) {
            let place = self.dictionary_at(&rule.base).and_then(|(index, keys)| {
                let resolved = rules::resolve(self.file, keys, rule)?;
                Ok((index, resolved))
            });
            match place {
                Ok((index, resolved)) => {
                    // A type that several keys share has the rules of all.
                    if let Some(Shape::Struct(body)) = &mut self.types[index].resolved_shape
                        && !body.rules.contains(&resolved)
                    {
                        body.rules.push(resolved);
                    }
                }
                Err(why) => {
                    let says = rule.fields.get("says").and_then(|says| says.as_str());
                    let message = format!(
                        "{}rule `{}` ({}): {why}",
                        if response { "response " } else { "" },
                        rule.kind,
                        shorten(says.unwrap_or_default()),
                    );
                    self.overlay_problem(ProblemKind::Rule, "", message, None);
                }
            }
        }
    }

    /// Adds each retired key to the dictionary that contained it.
    fn retired(&mut self) {
        let response = self.source.response;
        for retired in self.file.retired.iter().filter(|retired| retired.response == response) {
            match self.dictionary_at(&retired.base) {
                Ok((index, keys)) => {
                    let known = keys.map(|id| self.file.list(id)).unwrap_or_default();
                    if known.iter().any(|key| key.name == retired.name) {
                        let message = format!("the schema has `{}` again", retired.name);
                        let suggestion = Some("remove the line".to_owned());
                        self.overlay_problem(ProblemKind::Retired, "retired", message, suggestion);
                    } else if let Some(Shape::Struct(body)) = &mut self.types[index].resolved_shape {
                        body.retired.push((retired.name.clone(), retired.until.clone()));
                    }
                }
                Err(why) => {
                    self.overlay_problem(ProblemKind::Retired, "retired", why, None);
                }
            }
        }
    }

    fn overlay_problem(&mut self, kind: ProblemKind, place: &str, message: String, suggestion: Option<String>) {
        let problem = Problem::new(kind, format!("overlay/{}", self.file.path), place, message);
        self.found.problems.push(problem.suggest(suggestion));
    }

    /// Returns the type of a dictionary, and its list of keys.
    fn dictionary_at(&self, base: &str) -> Result<(usize, Option<ListId>), String> {
        if base.is_empty() {
            return Ok((0, self.source.list()));
        }
        let list = self.source.list().ok_or("the section has no keys")?;
        let (list, index) = overlay::locate(self.file, list, base)?;
        let subkeys = self.file.list(list)[index].subkeys;
        let found = subkeys.and_then(|list| self.by_list.get(&list)).copied();
        found
            .map(|index| (index, subkeys))
            .ok_or_else(|| format!("`{base}` is not a dictionary with known keys"))
    }

    fn finish(self) -> Vec<Type> {
        let candidates: Vec<Candidates> = self.types.iter().map(|ty| ty.name.clone()).collect();
        let names = naming::choose_names(&candidates, self.source.name, self.words);
        let mut types: Vec<Type> = self
            .types
            .into_iter()
            .zip(names)
            .map(|(ty, name)| Type {
                name,
                doc: ty.doc,
                path: ty.path,
                shape: ty
                    .resolved_shape
                    .expect("`type_index` resolves every type that it adds"),
            })
            .collect();
        cycles::box_fields(&mut types);
        types
    }
}
