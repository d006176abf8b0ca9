//! Schemas in Apple's format, as items of the library.

use std::path::Path;

use apple_mdm::schema::{Choice, Dict, Family, Indices, Item, Key, KeyDetails, Kind, Reason, Union};
use apple_mdm_codegen::resolve::{self, Element, Shape, Struct, Ty, Type, Variant};
use apple_mdm_codegen::{Config, model};

use super::statics::{self, Statics};
use super::{Schemas, rules, support};

/// How often a type may contain itself. Deeper values are not checked.
const MAX_NESTING: usize = 3;

/// The maximum number of keys of one item. Types that contain each other many times are not checked beyond it.
const MAX_KEYS: usize = 100_000;

/// Reads a folder in Apple's format, with its overlay, and adds its items.
pub fn load(folder: &Path, statics: &mut Statics, schemas: &mut Schemas) {
    let resolved = match Config::new(folder).resolve() {
        Ok(resolved) => resolved,
        Err(error) => {
            // Each line is an error of its own.
            let errors = error.to_string();
            let prefix = folder.display();
            schemas
                .errors
                .extend(errors.lines().map(|line| format!("{prefix}: {line}")));
            return;
        }
    };
    for item in resolved.items.iter().filter(|item| !item.is_common()) {
        let converted = convert(item, folder, statics);
        schemas.add(statics::value(converted));
    }
}

fn convert(item: &resolve::Item, folder: &Path, statics: &mut Statics) -> Item {
    let files: Vec<String> = item
        .paths
        .iter()
        .map(|path| folder.join(path).display().to_string())
        .collect();
    let name = item.identifier.as_ref().unwrap_or(&item.name);
    let related: Vec<String> = item
        .related
        .iter()
        .flat_map(|related| &related.items)
        .cloned()
        .collect();
    let mut converted = Item::new(family(item.family), statics.text(name), "");
    converted.aliases = statics.texts(&item.aliases);
    converted.title = statics.text(&item.title);
    converted.description = statics.description(item.description.as_deref().unwrap_or_default());
    converted.files = statics.texts(&files);
    converted.support = support::facts(&item.support, statics);
    converted.selector = item.selector.as_ref().map(|(key, value)| {
        let key = statics.text(key);
        (key, statics.text(value))
    });
    converted.replaced_by = item.replaced_by.as_deref().map(|other| statics.text(other));
    converted.apply = item.apply.as_deref().map(|apply| statics.text(apply));
    converted.related = statics.texts(&related);
    let reasons = item.reasons.iter().map(|reason| reason_code(reason, statics)).collect();
    converted.reasons = statics::list(reasons);
    if !item.is_status_marker() {
        converted.keys = Section::new(&item.request, statics).root();
        converted.response = Section::new(&item.response, statics).root();
        if let Some(Type {
            shape: Shape::Enum(variants),
            ..
        }) = item.request.first()
        {
            converted.choices = choices(variants, statics);
        }
    }
    converted
}

fn reason_code(reason: &model::Reason, statics: &mut Statics) -> Reason {
    let details = reason
        .details
        .iter()
        .map(|detail| (statics.text(&detail.name), scalar_kind(detail.kind)))
        .collect();
    Reason {
        code: statics.text(&reason.value),
        description: statics.description(reason.description.as_deref().unwrap_or_default()),
        details: statics::list(details),
    }
}

/// Converts the types of one section of an item.
struct Section<'a> {
    types: &'a [Type],
    statics: &'a mut Statics,
    /// The types that are being converted. One that contains itself occurs several times.
    open: Vec<usize>,
    /// The tables that were made of types that do not contain themselves.
    done: Vec<Option<Kind>>,
    /// The number of keys so far.
    keys: usize,
}

impl<'a> Section<'a> {
    fn new(types: &'a [Type], statics: &'a mut Statics) -> Self {
        Self {
            types,
            statics,
            open: Vec::new(),
            done: vec![None; types.len()],
            keys: 0,
        }
    }

    /// Returns the table of the item itself.
    fn root(&mut self) -> Option<&'static Dict> {
        match self.types.first()?.shape {
            Shape::Struct(_) => match self.of_type(0) {
                Kind::Dictionary(dict) => Some(dict),
                _ => None,
            },
            _ => None,
        }
    }

    fn of_type(&mut self, index: usize) -> Kind {
        if let Some(Some(kind)) = self.done.get(index) {
            return *kind;
        }
        let Some(ty) = self.types.get(index) else {
            return Kind::Any;
        };
        let nesting = self.open.iter().filter(|open| **open == index).count();
        if nesting >= MAX_NESTING || self.keys > MAX_KEYS {
            return match ty.shape {
                Shape::Enum(_) => Kind::String,
                _ => Kind::Map(&Key::EMPTY),
            };
        }
        self.open.push(index);
        let kind = match &ty.shape {
            Shape::Struct(body) => Kind::Dictionary(self.dict(&ty.name, body)),
            Shape::Enum(_) => Kind::String,
            Shape::Union { tag, variants, keys } => {
                let mut alternatives = Vec::new();
                for ((_, value, index), key) in variants.iter().zip(keys) {
                    let key = self.key(key, &Ty::Type(*index), true);
                    alternatives.push((self.statics.text(value), statics::value(key)));
                }
                Kind::Union(statics::value(Union {
                    tag: self.statics.text(tag),
                    alternatives: statics::list(alternatives),
                }))
            }
        };
        self.open.pop();
        // A table inside a type that contains itself depends on how deep it is.
        if self.open.is_empty() || !self.is_recursive() {
            self.done[index] = Some(kind);
        }
        kind
    }

    /// Whether a type that is being converted occurs twice.
    fn is_recursive(&self) -> bool {
        let mut open = self.open.clone();
        open.sort_unstable();
        open.windows(2).any(|pair| pair[0] == pair[1])
    }

    fn dict(&mut self, name: &str, body: &Struct) -> &'static Dict {
        self.keys += body.fields.len() + 1;
        let mut keys = Vec::with_capacity(body.fields.len());
        for field in &body.fields {
            keys.push(self.key(&field.key, &field.ty, false));
        }
        let any = body.any.as_ref().map(|any| {
            let key = self.key(&any.key, &any.ty, false);
            statics::value(key)
        });
        let statics = &mut *self.statics;
        let mut retired = Vec::new();
        for (key, until) in &body.retired {
            let key = statics.text(key);
            retired.push((key, statics.text(until)));
        }
        let rules = rules::convert(&body.rules, statics);
        let mut dict = table(statics.text(name), keys);
        dict.lenient = body.lenient;
        dict.tolerant = body.tolerant;
        dict.any = any;
        dict.rules = rules;
        dict.retired = statics::list(retired);
        statics::value(dict)
    }

    fn key(&mut self, key: &model::Key, ty: &Ty, nameless: bool) -> Key {
        let kind = self.kind(key, ty);
        let statics = &mut *self.statics;
        let name = if key.any || nameless {
            ""
        } else {
            statics.text(&key.name)
        };
        let mut converted = Key::new(name, kind);
        converted.description = statics.description(key.content.as_deref().unwrap_or_default());
        converted.required = key.required && !nameless;
        converted.secret = key.secret;
        converted.default = key.default.as_ref().map(|default| rules::literal(default, statics));
        converted.support = support::facts(&key.support, statics);
        converted.details = details(key, statics);
        let variants = match ty {
            Ty::Type(index) => self.types.get(*index).map(|ty| &ty.shape),
            _ => None,
        };
        if let Some(Shape::Enum(variants)) = variants {
            converted.choices = choices(variants, statics);
        } else {
            let mut values = Vec::new();
            for value in &key.values {
                values.push(Choice {
                    value: rules::literal(value, statics),
                    description: statics.description(key.meaning(value).unwrap_or_default()),
                    support: &[],
                });
            }
            converted.choices = statics::list(values);
        }
        converted.open = key.open && !converted.choices.is_empty();
        converted.closed = !key.open && !key.values.is_empty();
        converted
    }

    fn kind(&mut self, key: &model::Key, ty: &Ty) -> Kind {
        match ty {
            Ty::Array(element) => Kind::Array(self.element(element)),
            Ty::OneOrMany(element) => Kind::OneOrMany(self.element(element)),
            Ty::Map(element) => {
                let value = self.key(&element.key, &element.ty, false);
                Kind::Map(statics::value(value))
            }
            Ty::Type(index) => self.of_type(*index),
            _ => scalar_kind(key.kind),
        }
    }

    fn element(&mut self, element: &Element) -> &'static Key {
        let element = self.key(&element.key, &element.ty, true);
        statics::value(element)
    }
}

/// The number of keys up to which the library compares one name after the other.
const LINEAR_SEARCH: usize = 8;

/// The length of names up to which the library finds keys by the length of their name.
const MAX_LENGTH: usize = 64;

/// Returns the table of a dictionary with these keys.
pub fn table(name: &'static str, mut keys: Vec<Key>) -> Dict {
    // The library requires keys with a small index only.
    if keys.len() > Indices::MAX {
        keys.sort_by_key(|key| !key.required);
    }
    keys.truncate(usize::from(u16::MAX));
    let mut dict = Dict::of(name, statics::list(keys));
    if dict.keys.len() > LINEAR_SEARCH {
        let mut by_length = vec![Vec::new(); MAX_LENGTH + 1];
        for (index, key) in (0..=u16::MAX).zip(dict.keys) {
            if let Some(indices) = by_length.get_mut(key.name.len()) {
                indices.push(index);
            }
        }
        dict.by_length = statics::list(by_length.into_iter().map(statics::list).collect());
    }
    dict
}

fn choices(variants: &[Variant], statics: &mut Statics) -> &'static [Choice] {
    let mut choices = Vec::new();
    for variant in variants {
        choices.push(Choice {
            value: apple_mdm::schema::Literal::String(statics.text(&variant.value)),
            description: statics.description(variant.doc.as_deref().unwrap_or_default()),
            support: support::facts(&variant.support, statics),
        });
    }
    statics::list(choices)
}

fn details(key: &model::Key, statics: &mut Statics) -> Option<&'static KeyDetails> {
    let mut text = |text: &Option<String>| text.as_deref().map(|text| statics.text(text));
    let (format, value_type) = (text(&key.format), text(&key.value_type));
    let (combine, replaced_by) = (text(&key.combine), text(&key.replaced_by));
    let (min, max) = key.range.clone().unwrap_or_default();
    let has_details = [format, value_type, combine, replaced_by].iter().any(Option::is_some)
        || min.is_some()
        || max.is_some()
        || key.repetition.is_some()
        || !key.asset_types.is_empty()
        || !key.asset_content_types.is_empty();
    has_details.then(|| {
        statics::value(KeyDetails {
            min: min.map(|bound| rules::literal(&bound, statics)),
            max: max.map(|bound| rules::literal(&bound, statics)),
            repetition: key.repetition,
            format,
            value_type,
            combine,
            replaced_by,
            asset_types: statics.texts(&key.asset_types),
            asset_content_types: statics.texts(&key.asset_content_types),
        })
    })
}

fn scalar_kind(kind: model::Kind) -> Kind {
    match kind {
        model::Kind::String => Kind::String,
        model::Kind::Integer => Kind::Integer,
        model::Kind::Real => Kind::Real,
        model::Kind::Boolean => Kind::Boolean,
        model::Kind::Date => Kind::Date,
        model::Kind::Data => Kind::Data,
        model::Kind::Array => Kind::Array(&Key::EMPTY),
        model::Kind::Dictionary => Kind::Map(&Key::EMPTY),
        model::Kind::Any => Kind::Any,
    }
}

fn family(family: model::Family) -> Family {
    match family {
        model::Family::Command => Family::Command,
        model::Family::Profile => Family::Profile,
        model::Family::CheckIn => Family::CheckIn,
        model::Family::Error => Family::Error,
        model::Family::Declaration => Family::Declaration,
        model::Family::Credential => Family::Credential,
        model::Family::Status => Family::Status,
        model::Family::Protocol => Family::Protocol,
        model::Family::Other => Family::Other,
    }
}
