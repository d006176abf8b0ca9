//! The tables of the schema, and which of them describes a place in a value.

use std::sync::OnceLock;

use apple_mdm::schema::{self, Dict, Family, Item, Key, Kind, Literal};
use apple_mdm::value::Value;

use super::place::{Place, Seg};

/// A dictionary of the schema and where it first occurs.
#[derive(Clone, Debug)]
pub struct Described {
    pub item: &'static Item,
    /// Its path in the item, for messages.
    pub path: String,
    pub dict: &'static Dict,
    /// Whether it is the item itself, or its response.
    pub root: bool,
}

impl Described {
    pub fn label(&self) -> String {
        format!("{} {} {}", self.item.family, self.item.rust, self.path)
    }
}

/// Returns every dictionary of every item once.
pub fn dicts() -> &'static [Described] {
    static ALL: OnceLock<Vec<Described>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Vec::new();
        for item in schema::items() {
            for (dict, path) in [(item.keys, ""), (item.response, "response")] {
                if let Some(dict) = dict {
                    collect(item, dict, path.to_owned(), true, &mut all);
                }
            }
        }
        all
    })
}

fn collect(item: &'static Item, dict: &'static Dict, path: String, root: bool, all: &mut Vec<Described>) {
    if all.iter().any(|known| std::ptr::eq(known.dict, dict)) {
        return;
    }
    all.push(Described {
        item,
        path: path.clone(),
        dict,
        root,
    });
    for key in dict.keys.iter().chain(dict.any) {
        inside(item, key, format!("{path}.{}", key.name), all);
    }
}

fn inside(item: &'static Item, key: &'static Key, path: String, all: &mut Vec<Described>) {
    match key.kind {
        Kind::Dictionary(dict) => collect(item, dict, path, false, all),
        Kind::Array(next) | Kind::OneOrMany(next) | Kind::Map(next) => inside(item, next, format!("{path}[]"), all),
        Kind::Union(union) => {
            for (tag, alternative) in union.alternatives {
                inside(item, alternative, format!("{path}[{tag}]"), all);
            }
        }
        _ => {}
    }
}

/// Returns an item that consists of this dictionary, so that it can be validated alone.
pub fn alone(dict: &'static Dict) -> &'static Item {
    static KNOWN: OnceLock<std::sync::Mutex<Vec<(usize, &'static Item)>>> = OnceLock::new();
    let mut known = KNOWN.get_or_init(Default::default).lock().unwrap();
    let address = std::ptr::from_ref(dict).addr();
    if let Some((_, item)) = known.iter().find(|(at, _)| *at == address) {
        return item;
    }
    let mut item = Item::new(Family::Other, dict.name, dict.name);
    item.keys = Some(dict);
    let item: &'static Item = Box::leak(Box::new(item));
    known.push((address, item));
    item
}

/// What describes the contents of a place.
#[derive(Clone, Copy)]
enum Inside {
    Dict(&'static Dict),
    Map(&'static Key),
    Array(&'static Key),
}

impl Inside {
    fn of(key: &'static Key, value: Option<&Value>) -> Option<Self> {
        Some(match key.kind {
            Kind::Dictionary(dict) => Self::Dict(dict),
            Kind::Map(value) => Self::Map(value),
            Kind::Array(item) | Kind::OneOrMany(item) => Self::Array(item),
            Kind::Union(union) => {
                let tag = value?.get(union.tag)?.as_str()?;
                let (_, alternative) = union.alternatives.iter().find(|(value, _)| *value == tag)?;
                return Self::of(alternative, None);
            }
            _ => return None,
        })
    }
}

/// Returns the key that describes a place in a value of `dict`.
pub fn key_at(dict: &'static Dict, value: &Value, place: &Place) -> Option<&'static Key> {
    let mut inside = Some(Inside::Dict(dict));
    let mut value = Some(value);
    let mut key = None;
    for seg in &place.0 {
        let next = match (inside?, seg) {
            (Inside::Dict(dict), Seg::Key(name)) => dict.key(name).or(dict.any)?,
            (Inside::Map(value), Seg::Key(_)) => value,
            (Inside::Array(item), Seg::Index(_)) => item,
            _ => return None,
        };
        value = value.and_then(|value| match seg {
            Seg::Key(name) => value.get(name),
            Seg::Index(index) => value.as_array()?.get(*index),
        });
        inside = Inside::of(next, value);
        key = Some(next);
    }
    key
}

/// Returns the dictionaries with tables in a value of `dict`, each with its place.
pub fn dicts_in(dict: &'static Dict, value: &Value) -> Vec<(Place, &'static Dict)> {
    let mut found = Vec::new();
    visit(Inside::Dict(dict), value, &Place::default(), &mut found);
    found
}

fn visit(inside: Inside, value: &Value, place: &Place, found: &mut Vec<(Place, &'static Dict)>) {
    let mut entry = |key: &'static Key, value: &Value, place: &Place| {
        if let Some(inside) = Inside::of(key, Some(value)) {
            visit(inside, value, place, found);
        }
    };
    match (inside, value) {
        (Inside::Dict(dict), Value::Dictionary(entries)) => {
            for (name, value) in entries {
                if let Some(key) = dict.key(name).or(dict.any) {
                    entry(key, value, &place.key(name));
                }
            }
            found.push((place.clone(), dict));
        }
        (Inside::Map(key), Value::Dictionary(entries)) => {
            for (name, value) in entries {
                entry(key, value, &place.key(name));
            }
        }
        (Inside::Array(key), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                entry(key, value, &place.index(index));
            }
        }
        _ => {}
    }
}

/// Returns a literal of the schema as a value of the key's type.
pub fn literal(key: Option<&Key>, literal: Literal) -> Value {
    match (literal, key.map(|key| key.kind)) {
        (Literal::Integer(number), Some(Kind::Real)) => (number as f64).into(),
        (Literal::Integer(number), Some(Kind::Boolean)) => (number != 0).into(),
        (Literal::Boolean(flag), Some(Kind::Integer)) => i64::from(flag).into(),
        (Literal::String(text), _) => text.into(),
        (Literal::Integer(number), _) => number.into(),
        (Literal::Real(number), _) => number.into(),
        (Literal::Boolean(flag), _) => flag.into(),
    }
}

/// Returns a bound as a number.
pub fn number(literal: Option<Literal>) -> Option<f64> {
    match literal {
        Some(Literal::Integer(number)) => Some(number as f64),
        Some(Literal::Real(number)) => Some(number),
        _ => None,
    }
}
