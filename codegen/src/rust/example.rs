//! Examples: turns the values in `overlay/examples` into Rust code and the document that the code creates.

mod document;
mod layout;

use proc_macro2::TokenStream;
use quote::quote;
use serde_yaml::{Mapping, Value};

use super::{Section, module};
use crate::Error;
use crate::ident::ident;
use crate::model::Family;
use crate::overlay::Overlay;
use crate::problem::{Problem, ProblemKind};
use crate::resolve::{Field, Item, Resolved, Shape, Ty};
use document::{Shown, write_json, write_xml};

/// An example of an item.
#[derive(Debug, Clone)]
pub struct Example {
    /// The family of the item.
    pub family: Family,
    /// The Rust name of the item.
    pub name: String,
    /// The Rust code; empty for a status item, which only devices create.
    pub rust: String,
    /// The document that the code creates.
    pub document: String,
    /// Whether the document is JSON. Otherwise it is a property list.
    pub json: bool,
}

/// The Rust code of a value, and the value in the document.
type Made = (TokenStream, Shown);

/// Returns the examples of all items. An item without keys has one even if the overlay does not.
///
/// # Errors
///
/// Returns an error if the values of an example do not fit the keys of the item.
pub fn all(resolved: &Resolved, overlay: &Overlay) -> Result<Vec<Example>, Error> {
    let (examples, problems) = all_that_fit(resolved, overlay);
    Error::problems(problems)?;
    Ok(examples)
}

/// Returns the examples that fit, and the problems of the others.
#[must_use]
pub fn all_that_fit(resolved: &Resolved, overlay: &Overlay) -> (Vec<Example>, Vec<Problem>) {
    let mut examples = Vec::new();
    let mut problems = Vec::new();
    for (path, values) in &overlay.examples {
        let problem =
            |message: String| Problem::new(ProblemKind::Example, format!("overlay/examples/{path}"), "", message);
        let Some(item) = resolved.items.iter().find(|item| item.paths.contains(path)) else {
            problems.push(problem("the schema has no such file".to_owned()).suggest("remove it".to_owned()));
            continue;
        };
        match example(item, values) {
            Ok(example) if examples.iter().any(|other: &Example| other.is_of(item)) => {
                let message = format!("`{}` has an example in another file, too", example.name);
                problems.push(problem(message).suggest("remove one".to_owned()));
            }
            Ok(example) => examples.push(example),
            Err(why) => problems.push(problem(why)),
        }
    }
    for item in resolved
        .items
        .iter()
        .filter(|item| item.identifier.is_some() && has_no_keys(item))
    {
        examples.extend(example(item, &Mapping::new()));
    }
    examples.sort_by(|a, b| (a.family, &a.name).cmp(&(b.family, &b.name)));
    (examples, problems)
}

fn has_no_keys(item: &Item) -> bool {
    let shape = item.request.first().map(|ty| &ty.shape);
    matches!(shape, Some(Shape::Struct(body)) if body.any.is_none() && body.fields.iter().all(|field| field.key.common))
}

impl Example {
    /// Whether it is an example of the item.
    #[must_use]
    pub fn is_of(&self, item: &Item) -> bool {
        self.family == item.family && self.name == item.name
    }
}

fn example(item: &Item, values: &Mapping) -> Result<Example, String> {
    let section = Section { item, response: false };
    let Some(Shape::Struct(_)) = item.request.first().map(|ty| &ty.shape) else {
        return Err("the item is not a dictionary".to_owned());
    };
    let (made, shown) = structure(section, 0, values, "")?;
    let Shown::Dictionary(keys) = shown else {
        return Err("the item is not a dictionary".to_owned());
    };
    let identifier = item.identifier.clone().unwrap_or_default();
    let text = |text: &str| Shown::String(text.to_owned());
    let mut uses = vec![item.name.clone()];
    let json = item.family.is_json();
    let (code, document) = match item.family {
        Family::Command => {
            uses.push("Request".to_owned());
            let mut command = vec![("RequestType".to_owned(), text(&identifier))];
            command.extend(keys);
            let document = vec![
                ("Command".to_owned(), Shown::Dictionary(command)),
                ("CommandUUID".to_owned(), text("0001")),
            ];
            let code = quote! {
                let command = #made;
                let request = Request::new("0001", command);
            };
            (code, document)
        }
        Family::Profile if !item.is_common() => {
            uses.push("PayloadEntry".to_owned());
            let id = format!("com.example.{}", item.module.replace('_', "-"));
            let mut document = vec![("PayloadType".to_owned(), text(&identifier))];
            document.extend(keys);
            document.push(("PayloadIdentifier".to_owned(), text(&id)));
            document.push(("PayloadUUID".to_owned(), text(UUID)));
            document.push(("PayloadVersion".to_owned(), Shown::Integer(1)));
            let code = quote! {
                let payload = #made;
                let entry = PayloadEntry::new(#id, #UUID, payload);
            };
            (code, document)
        }
        Family::Declaration if !item.is_common() && item.identifier.is_some() => {
            uses.push("Envelope".to_owned());
            let id = format!("com.example.{}", item.module.replace('_', "-"));
            let document = vec![
                ("Type".to_owned(), text(&identifier)),
                ("Identifier".to_owned(), text(&id)),
                ("ServerToken".to_owned(), text("1")),
                ("Payload".to_owned(), Shown::Dictionary(keys)),
            ];
            let code = quote! {
                let payload = #made;
                let declaration = Envelope::new(#id, "1", payload);
            };
            (code, document)
        }
        Family::CheckIn => {
            let mut document = vec![("MessageType".to_owned(), text(&identifier))];
            document.extend(keys.into_iter().filter(|(key, _)| key != "MessageType"));
            uses.push("Message".to_owned());
            (quote!(let message = Message::from(#made);), document)
        }
        Family::Status if item.is_status_marker() => {
            let mut keys = keys;
            for part in identifier.rsplit('.') {
                keys = match keys.as_slice() {
                    [(key, value)] if *key == identifier => vec![(part.to_owned(), value.clone())],
                    _ => vec![(part.to_owned(), Shown::Dictionary(keys))],
                };
            }
            (
                TokenStream::new(),
                vec![("StatusItems".to_owned(), Shown::Dictionary(keys))],
            )
        }
        _ => (quote!(let value = #made;), keys),
    };
    let rust = if code.is_empty() {
        String::new()
    } else {
        source(item, uses, code)
    };
    let shown = Shown::Dictionary(document);
    let mut document = String::new();
    if json {
        write_json(&mut document, &shown, 0);
    } else {
        write_xml(&mut document, &shown, 0);
    }
    Ok(Example {
        family: item.family,
        name: item.name.clone(),
        rust,
        document: document.trim_end().to_owned(),
        json,
    })
}

const UUID: &str = "5E1B6F0E-9F0B-4C53-8C4B-3F6B0E1E7A01";

/// Formats the statements, with the necessary `use` declarations.
fn source(item: &Item, mut uses: Vec<String>, code: TokenStream) -> String {
    let text = code.to_string();
    let has = |word: &str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|w| w == word)
    };
    if text.contains(&format!("{} ::", item.module)) {
        uses.push(item.module.clone());
    }
    uses.sort();
    let mut lines = String::new();
    let family = module(item.family);
    match uses.as_slice() {
        [one] => lines += &format!("use apple_mdm::{family}::{one};\n"),
        several => lines += &format!("use apple_mdm::{family}::{{{}}};\n", several.join(", ")),
    }
    let values: Vec<&str> = ["Dictionary", "Value"].into_iter().filter(|name| has(name)).collect();
    match values.as_slice() {
        [] => {}
        [one] => lines += &format!("use apple_mdm::value::{one};\n"),
        several => lines += &format!("use apple_mdm::value::{{{}}};\n", several.join(", ")),
    }
    lines + "\n" + &layout::statements(code)
}

/// Generates a struct: required keys are arguments of `new`, the others are fields.
fn structure(section: Section<'_>, index: usize, values: &Mapping, at: &str) -> Result<Made, String> {
    let ty = &section.types()[index];
    let Shape::Struct(body) = &ty.shape else {
        return Err(format!("{at}: not a dictionary with known keys"));
    };
    for key in values.keys() {
        let name = key.as_str().unwrap_or_default();
        if !body.fields.iter().any(|field| field.key.name == name) {
            return Err(format!("{}: the schema has no key `{name}`", place(at)));
        }
    }
    let path = section.path(index);
    let mut required = Vec::new();
    let mut optional = Vec::new();
    let mut shown = Vec::new();
    for field in &body.fields {
        let name = ident(&field.name);
        let given = values.get(field.key.name.as_str());
        if let Some(constant) = &field.constant {
            if let Some(value) = given.and_then(Value::as_str).filter(|_| !constant.is_empty()) {
                if value != constant {
                    return Err(format!("{at}.{}: must be `{constant}`", field.key.name));
                }
                shown.push((field.key.name.clone(), Shown::String(constant.clone())));
            }
            continue;
        }
        let Some(given) = given else {
            if field.required && !field.key.group {
                return Err(format!(
                    "{}: the required key `{}` is missing",
                    place(at),
                    field.key.name
                ));
            }
            continue;
        };
        let at = format!("{at}.{}", field.key.name);
        let at = at.trim_start_matches('.');
        let (made, value) = value(section, &field.ty, given, at)?;
        shown.push((field.key.name.clone(), value));
        if field.required {
            required.push(argument(field, made));
        } else if field.boxed {
            optional.push(quote!(#name: Some(Box::new(#made))));
        } else {
            optional.push(quote!(#name: Some(#made)));
        }
    }
    let all_optional = !body.fields.iter().any(|f| f.required && f.constant.is_none());
    let made = match (all_optional, optional.is_empty()) {
        (true, true) => quote!(#path::default()),
        (true, false) => quote!(#path { #(#optional,)* ..Default::default() }),
        (false, true) => quote!(#path::new(#(#required),*)),
        (false, false) => quote!(#path { #(#optional,)* ..#path::new(#(#required),*) }),
    };
    Ok((made, Shown::Dictionary(shown)))
}

fn place(at: &str) -> &str {
    if at.is_empty() { "the item" } else { at }
}

/// Generates an argument of `new`, which converts strings and bytes itself.
fn argument(field: &Field, made: TokenStream) -> TokenStream {
    match field.ty {
        Ty::String | Ty::Data => {
            let text = made.to_string();
            let literal = text.strip_suffix(". into ()").or(text.strip_suffix(".into()"));
            literal.and_then(|text| text.trim_end().parse().ok()).unwrap_or(made)
        }
        _ => made,
    }
}

fn value(section: Section<'_>, ty: &Ty, given: &Value, at: &str) -> Result<Made, String> {
    let wrong = |expected: &str| {
        let found = serde_yaml::to_string(given).unwrap_or_default();
        format!("{at}: {expected} was expected, found {}", found.trim_end())
    };
    let text = || given.as_str().ok_or_else(|| wrong("a string"));
    Ok(match ty {
        Ty::String => {
            let text = text()?;
            (quote!(#text.into()), Shown::String(text.to_owned()))
        }
        Ty::Integer => {
            let number = given.as_i64().ok_or_else(|| wrong("an integer"))?;
            let literal = proc_macro2::Literal::i64_unsuffixed(number);
            (quote!(#literal), Shown::Integer(number))
        }
        Ty::Real => {
            let number = given.as_f64().ok_or_else(|| wrong("a number"))?;
            let literal = proc_macro2::Literal::f64_unsuffixed(number);
            (quote!(#literal), Shown::Real(number))
        }
        Ty::Boolean => {
            let flag = given.as_bool().ok_or_else(|| wrong("a boolean"))?;
            (quote!(#flag), Shown::Boolean(flag))
        }
        Ty::Data => {
            let bytes = text()?.as_bytes().to_vec();
            let literal = proc_macro2::Literal::byte_string(&bytes);
            (quote!(#literal.into()), Shown::Data(bytes))
        }
        Ty::Date => {
            let text = text()?;
            (quote!(#text.parse()?), Shown::Date(text.to_owned()))
        }
        Ty::Any => any(given, at)?,
        Ty::Dictionary => {
            let entries = entries(given.as_mapping().ok_or_else(|| wrong("a mapping"))?, at)?;
            let made = entries.iter().map(|(key, (made, _))| quote!((#key, #made)));
            let made = match entries.is_empty() {
                true => quote!(Dictionary::default()),
                false => quote!(Dictionary::from_iter([#(#made),*])),
            };
            (made, dictionary(entries))
        }
        Ty::Array(item) => {
            let list = given.as_sequence().ok_or_else(|| wrong("a list"))?;
            let items = list.iter().enumerate();
            let items: Vec<Made> = items
                .map(|(index, one)| value(section, &item.ty, one, &format!("{at}[{index}]")))
                .collect::<Result<_, _>>()?;
            let (made, shown): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            (quote!(vec![#(#made),*]), Shown::Array(shown))
        }
        Ty::OneOrMany(item) => match given.as_sequence() {
            Some(_) => {
                let (made, shown) = value(section, &Ty::Array(item.clone()), given, at)?;
                (quote!(#made.into()), shown)
            }
            None => {
                let (made, shown) = value(section, &item.ty, given, at)?;
                (quote!(OneOrMany::One(#made)), shown)
            }
        },
        Ty::Map(of) => {
            let map = given.as_mapping().ok_or_else(|| wrong("a mapping"))?;
            let mut entries = Vec::new();
            for (key, one) in map {
                let key = key.as_str().ok_or_else(|| wrong("a mapping from strings"))?;
                entries.push((key.to_owned(), value(section, &of.ty, one, &format!("{at}.{key}"))?));
            }
            // A `BTreeMap` is sorted.
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            let made = entries.iter().map(|(key, (made, _))| quote!((#key.into(), #made)));
            let made = quote!([#(#made),*].into());
            (made, dictionary(entries))
        }
        Ty::Type(index) => of_type(section, *index, given, at)?,
        Ty::Rust(path) => return Err(format!("{at}: examples cannot contain a `{path}`")),
    })
}

fn of_type(section: Section<'_>, index: usize, given: &Value, at: &str) -> Result<Made, String> {
    let path = section.path(index);
    match &section.types()[index].shape {
        Shape::Struct(_) => {
            let values = given
                .as_mapping()
                .ok_or_else(|| format!("{at}: a mapping was expected"))?;
            structure(section, index, values, at)
        }
        Shape::Enum(variants) => {
            let text = given.as_str().ok_or_else(|| format!("{at}: a string was expected"))?;
            let variant = variants.iter().find(|variant| variant.value == text);
            let Some(variant) = variant else {
                return Ok((quote!(#text.into()), Shown::String(text.to_owned())));
            };
            let variant = ident(&variant.name);
            Ok((quote!(#path::#variant), Shown::String(text.to_owned())))
        }
        Shape::Union { tag, variants, .. } => {
            let values = given
                .as_mapping()
                .ok_or_else(|| format!("{at}: a mapping was expected"))?;
            let text = values.get(tag.as_str()).and_then(Value::as_str);
            let found = variants.iter().find(|(_, value, _)| Some(value.as_str()) == text);
            let Some((variant, _, index)) = found else {
                return Err(format!("{at}: `{tag}` must be the discriminator of an alternative"));
            };
            let (made, shown) = structure(section, *index, values, at)?;
            let variant = ident(variant);
            Ok((quote!(#path::#variant(#made)), shown))
        }
    }
}

/// Generates a value of any type.
fn any(given: &Value, at: &str) -> Result<Made, String> {
    Ok(match given {
        Value::String(text) => (quote!(Value::from(#text)), Shown::String(text.clone())),
        Value::Bool(flag) => (quote!(Value::from(#flag)), Shown::Boolean(*flag)),
        Value::Number(number) if number.is_i64() => {
            let number = number.as_i64().unwrap_or_default();
            let literal = proc_macro2::Literal::i64_unsuffixed(number);
            (quote!(Value::from(#literal)), Shown::Integer(number))
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            (quote!(Value::from(#number)), Shown::Real(number))
        }
        Value::Sequence(list) => {
            let items: Vec<Made> = list.iter().map(|one| any(one, at)).collect::<Result<_, _>>()?;
            let (made, shown): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            (quote!(Value::from(vec![#(#made),*])), Shown::Array(shown))
        }
        Value::Mapping(map) => {
            let entries = entries(map, at)?;
            let made = entries.iter().map(|(key, (made, _))| quote!((#key, #made)));
            let made = quote!(Value::from(Dictionary::from_iter([#(#made),*])));
            (made, dictionary(entries))
        }
        _ => return Err(format!("{at}: examples cannot contain such a value")),
    })
}

fn entries(map: &Mapping, at: &str) -> Result<Vec<(String, Made)>, String> {
    map.iter()
        .map(|(key, one)| {
            let key = key.as_str().ok_or_else(|| format!("{at}: a key is not a string"))?;
            Ok((key.to_owned(), any(one, &format!("{at}.{key}"))?))
        })
        .collect()
}

fn dictionary(entries: Vec<(String, Made)>) -> Shown {
    Shown::Dictionary(entries.into_iter().map(|(key, (_, shown))| (key, shown)).collect())
}

/// Generates a table of all examples for tests: a function that creates the document, and the expected document.
#[must_use]
pub fn listing(examples: &[Example]) -> String {
    let mut out = String::new();
    out.push_str("pub type Made = Result<apple_mdm::value::Value, apple_mdm::Error>;\n");
    let mut entries = String::new();
    for (index, example) in examples.iter().enumerate() {
        let (family, name) = (module(example.family), &example.name);
        let made = match example.rust.is_empty() {
            true => "None".to_owned(),
            false => {
                let last = match example.family {
                    Family::Command => "request",
                    Family::Profile => "entry",
                    Family::Declaration => "declaration",
                    Family::CheckIn => "message",
                    _ => "value",
                };
                out.push_str(&format!(
                    "fn example_{index}() -> Made {{\n{}\napple_mdm::Document::to_value(&{last})\n}}\n",
                    example.rust
                ));
                format!("Some(example_{index} as fn() -> Made)")
            }
        };
        entries += &format!("    (\"{family}\", \"{name}\", {made}, {:?}),\n", example.document);
    }
    out.push_str("pub type Entry = (&'static str, &'static str, Option<fn() -> Made>, &'static str);\n");
    out.push_str(&format!("pub static EXAMPLES: &[Entry] = &[\n{entries}];\n"));
    out
}
