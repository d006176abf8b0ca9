//! Generates the static tables: the schema as data for the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, Scope, Section, option, rules, support};
use crate::ident::{ident, shout};
use crate::model::{Fact, Family, Key, Kind, Scalar, scalar_text};
use crate::resolve::{Field, Item, Shape, Struct, Ty, Variant};

/// Generates the tables of an item: one for each dictionary and enum, and one for the item itself.
#[must_use]
pub fn generate(item: &Item, cx: &Context) -> TokenStream {
    let mut tables = Vec::new();
    if item.is_status_marker() {
        return item_table(item);
    }
    for section in Section::of(item) {
        for (index, ty) in section.types().iter().enumerate() {
            let name = section.table(index);
            match &ty.shape {
                Shape::Struct(body) => tables.push(dict(section, &ty.name, &name, body, cx)),
                Shape::Enum(variants) => {
                    let choices = choices(variants);
                    tables.push(quote!(pub static #name: [Choice; #choices]));
                    let last = tables.pop();
                    let list = variants
                        .iter()
                        .map(|variant| choice(&text(&variant.value), variant.doc.as_deref(), &variant.support));
                    tables.push(quote!(#last = [#(#list),*];));
                }
                Shape::Union { tag, variants, keys } => {
                    let alternatives = variants.iter().zip(keys).map(|((_, value, index), alternative)| {
                        let alternative = key(section, &nameless(alternative), None, &Ty::Type(*index), cx);
                        quote!((#value, &#alternative))
                    });
                    tables.push(quote! {
                        pub static #name: Union = Union { tag: #tag, alternatives: &[#(#alternatives),*] };
                    });
                }
            }
        }
    }
    tables.push(item_table(item));
    quote!(#(#tables)*)
}

fn choices(variants: &[Variant]) -> TokenStream {
    let count = Literal::usize_unsuffixed(variants.len());
    quote!(#count)
}

/// A listed value with its meaning and the facts that differ from its key.
fn choice(value: &TokenStream, description: Option<&str>, support: &[Fact]) -> TokenStream {
    let mut more = Vec::new();
    if let Some(description) = description {
        more.push(quote!(description: #description));
    }
    if !support.is_empty() {
        let support = support::facts(support);
        more.push(quote!(support: #support));
    }
    if more.len() < 2 {
        more.push(quote!(..Choice::EMPTY));
    }
    quote!(Choice { value: #value, #(#more),* })
}

fn text(text: &str) -> TokenStream {
    quote!(Literal::String(#text))
}

/// The name of an item's table. It has two underscores because the item may have a type called `Item`.
#[must_use]
pub fn item_name(item: &Item) -> proc_macro2::Ident {
    ident(&format!("{}__ITEM", shout(&item.name)))
}

fn item_table(item: &Item) -> TokenStream {
    let name = item_name(item);
    let identifier = item.identifier.as_ref().unwrap_or(&item.name);
    let rust = &item.name;
    let title = &item.title;
    let family = ident(family_name(item.family));
    let paths = &item.paths;
    let support = support::facts(&item.support);
    let mut fields = Vec::new();
    if let Some(description) = &item.description {
        fields.push(quote!(description: #description));
    }
    if let Some(other) = &item.replaced_by {
        fields.push(quote!(replaced_by: Some(#other)));
    }
    if !item.aliases.is_empty() {
        let aliases = &item.aliases;
        fields.push(quote!(aliases: &[#(#aliases),*]));
    }
    if let Some((key, value)) = &item.selector {
        fields.push(quote!(selector: Some((#key, #value))));
    }
    if let Some(apply) = &item.apply {
        fields.push(quote!(apply: Some(#apply)));
    }
    let table = |section: Section<'_>| {
        let table = section.table(0);
        match section.types()[0].shape {
            Shape::Struct(_) => quote!(Some(&#table)),
            _ => quote!(None),
        }
    };
    for section in Section::of(item).filter(|_| !item.is_status_marker()) {
        let table = table(section);
        let field = ident(if section.response { "response" } else { "keys" });
        fields.push(quote!(#field: #table));
        if let (false, Shape::Enum(_)) = (section.response, &section.types()[0].shape) {
            let choices = section.table(0);
            fields.push(quote!(choices: &#choices));
        }
    }
    if !item.reasons.is_empty() {
        let reasons = item.reasons.iter().map(|reason| {
            let code = &reason.value;
            let description = reason.description.as_deref().unwrap_or_default();
            let details = reason.details.iter().map(|detail| {
                let name = &detail.name;
                let kind = scalar_kind(detail.kind);
                quote!((#name, #kind))
            });
            quote!(Reason { code: #code, description: #description, details: &[#(#details),*] })
        });
        fields.push(quote!(reasons: &[#(#reasons),*]));
    }
    let related: Vec<&String> = item.related.iter().flat_map(|related| &related.items).collect();
    if !related.is_empty() {
        fields.push(quote!(related: &[#(#related),*]));
    }
    quote! {
        pub static #name: Item = Item {
            family: Family::#family,
            name: #identifier,
            rust: #rust,
            title: #title,
            files: &[#(#paths),*],
            support: #support,
            #(#fields,)*
            ..Item::EMPTY
        };
    }
}

/// Returns the variant of the runtime's `Family`.
#[must_use]
pub fn family_name(family: Family) -> &'static str {
    match family {
        Family::Command => "Command",
        Family::Profile => "Profile",
        Family::CheckIn => "CheckIn",
        Family::Error => "Error",
        Family::Declaration => "Declaration",
        Family::Credential => "Credential",
        Family::Status => "Status",
        Family::Protocol => "Protocol",
        Family::Other => "Other",
    }
}

fn dict(section: Section<'_>, rust: &str, name: &proc_macro2::Ident, body: &Struct, cx: &Context) -> TokenStream {
    let keys = body
        .fields
        .iter()
        .map(|field| key(section, &field.key, Some(field), &field.ty, cx));
    let mut more = Vec::new();
    let names: Vec<&str> = body.fields.iter().map(|field| field.key.name.as_str()).collect();
    if names.len() > LINEAR_SEARCH {
        let by_length = by_length(&names);
        more.push(quote!(by_length: &[#(#by_length),*]));
    }
    let required = (0..).zip(&body.fields).filter(|(_, field)| field.key.required);
    more.extend(indices(required.map(|(index, _)| index)).map(|indices| quote!(required: #indices)));
    if !names.is_empty() && names.iter().all(|name| is_plain(name)) {
        more.push(quote!(plain: true));
    }
    if body.lenient {
        more.push(quote!(lenient: true));
    }
    if body.tolerant {
        more.push(quote!(tolerant: true));
    }
    if let Some(any) = &body.any {
        let any = key(section, &any.key, None, &any.ty, cx);
        more.push(quote!(any: Some(&#any)));
    }
    if !body.retired.is_empty() {
        let retired = body.retired.iter().map(|(name, until)| quote!((#name, #until)));
        more.push(quote!(retired: &[#(#retired),*]));
    }
    more.extend(rules::generate(&body.rules, &body.fields));
    quote! {
        pub static #name: Dict = Dict {
            name: #rust,
            keys: &[#(#keys),*],
            #(#more,)*
            ..Dict::EMPTY
        };
    }
}

/// A set of indices for the runtime. Returns `None` if it is empty.
fn indices(list: impl Iterator<Item = usize>) -> Option<TokenStream> {
    let list: Vec<Literal> = list.map(Literal::usize_unsuffixed).collect();
    (!list.is_empty()).then(|| quote!(Indices::of(&[#(#list),*])))
}

/// The number of keys up to which the runtime compares one name after the other.
const LINEAR_SEARCH: usize = 8;

/// The indices of the names of each length, from 0 to that of the longest.
fn by_length(names: &[&str]) -> Vec<TokenStream> {
    let longest = names.iter().map(|name| name.len()).max().unwrap_or_default();
    let indices_of = |length| {
        let indices = (0..names.len()).filter(|index| names[*index].len() == length);
        let indices = indices.map(Literal::usize_unsuffixed);
        quote!(&[#(#indices),*])
    };
    (0..=longest).map(indices_of).collect()
}

/// Whether a name needs no escaping in XML and JSON.
fn is_plain(name: &str) -> bool {
    let is_plain = |b: u8| (b' '..=b'~').contains(&b) && !b"\"\\<>&".contains(&b);
    name.bytes().all(is_plain)
}

fn key(section: Section<'_>, key: &Key, field: Option<&Field>, ty: &Ty, cx: &Context) -> TokenStream {
    let kind = kind(section, key, ty, cx);
    let mut fields = Vec::new();
    if !key.any && !key.name.is_empty() {
        let name = &key.name;
        fields.push(quote!(name: #name));
    }
    fields.push(quote!(kind: #kind));
    if let Some(field) = field.filter(|field| field.constant.is_none()) {
        let rust = &field.name;
        fields.push(quote!(field: #rust));
    }
    if key.required {
        fields.push(quote!(required: true));
    }
    if key.secret {
        fields.push(quote!(secret: true));
    }
    let limited = ident(if key.open { "open" } else { "closed" });
    let numbers: Vec<TokenStream> = key
        .values
        .iter()
        .filter(|_| key.kind != Kind::String)
        .map(|value| choice(&literal(value), key.meaning(value), &[]))
        .collect();
    if let Ty::Type(index) = ty
        && let Shape::Enum(_) = section.types()[*index].shape
    {
        let choices = section.table(*index);
        fields.push(quote!(choices: &#choices));
        if key.open || !key.values.is_empty() {
            fields.push(quote!(#limited: true));
        }
    } else if !numbers.is_empty() {
        fields.push(quote!(choices: &[#(#numbers),*], #limited: true));
    } else if !key.values.is_empty() {
        let texts = key
            .values
            .iter()
            .map(|value| choice(&text(&scalar_text(value)), key.meaning(value), &[]));
        fields.push(quote!(choices: &[#(#texts),*], #limited: true));
    }
    if let Some(default) = &key.default {
        let value = literal(default);
        fields.push(quote!(default: Some(#value)));
    }
    if let Some(description) = &key.content {
        fields.push(quote!(description: #description));
    }
    let details = details(key);
    if !details.is_empty() {
        fields.push(quote!(details: Some(&KeyDetails { #(#details,)* ..KeyDetails::EMPTY })));
    }
    if !key.support.is_empty() {
        let support = support::facts(&key.support);
        fields.push(quote!(support: #support));
    }
    quote!(Key { #(#fields,)* ..Key::EMPTY })
}

/// The fields of `KeyDetails`.
fn details(key: &Key) -> Vec<TokenStream> {
    let mut more = Vec::new();
    if let Some((min, max)) = &key.range {
        for (name, bound) in [("min", min), ("max", max)] {
            if let Some(bound) = bound {
                let name = ident(name);
                let value = literal(bound);
                more.push(quote!(#name: Some(#value)));
            }
        }
    }
    if let Some((min, max)) = key.repetition {
        let [min, max] = [min, max].map(|count| option(count.map(Literal::i64_unsuffixed)));
        more.push(quote!(repetition: Some((#min, #max))));
    }
    for (name, text) in [
        ("format", &key.format),
        ("value_type", &key.value_type),
        ("combine", &key.combine),
        ("replaced_by", &key.replaced_by),
    ] {
        if let Some(text) = text {
            let name = ident(name);
            more.push(quote!(#name: Some(#text)));
        }
    }
    for (name, list) in [
        ("asset_types", &key.asset_types),
        ("asset_content_types", &key.asset_content_types),
    ] {
        if !list.is_empty() {
            let name = ident(name);
            more.push(quote!(#name: &[#(#list),*]));
        }
    }
    more
}

/// The key of an array's elements without what documents do not have: a name, and whether it is required.
fn nameless(key: &Key) -> Key {
    Key {
        name: String::new(),
        required: false,
        ..key.clone()
    }
}

fn kind(section: Section<'_>, key_: &Key, ty: &Ty, cx: &Context) -> TokenStream {
    match ty {
        Ty::Array(item) => {
            let item = key(section, &nameless(&item.key), None, &item.ty, cx);
            quote!(Kind::Array(&#item))
        }
        Ty::OneOrMany(item) => {
            let item = key(section, &nameless(&item.key), None, &item.ty, cx);
            quote!(Kind::OneOrMany(&#item))
        }
        Ty::Map(value) => {
            let value = key(section, &value.key, None, &value.ty, cx);
            quote!(Kind::Map(&#value))
        }
        Ty::Type(index) => {
            let table = section.table(*index);
            match section.types()[*index].shape {
                Shape::Struct(_) => quote!(Kind::Dictionary(&#table)),
                Shape::Union { .. } => quote!(Kind::Union(&#table)),
                Shape::Enum(_) => quote!(Kind::String),
            }
        }
        Ty::Rust(_) if key_.kind == Kind::Dictionary => {
            let rust = section.ty(ty, Scope::Family, cx);
            quote!(Kind::Dictionary(<#rust as HasTable>::TABLE))
        }
        Ty::Dictionary => quote!(Kind::Map(&Key::EMPTY)),
        _ => scalar_kind(key_.kind),
    }
}

fn scalar_kind(kind: Kind) -> TokenStream {
    match kind {
        Kind::String => quote!(Kind::String),
        Kind::Integer => quote!(Kind::Integer),
        Kind::Real => quote!(Kind::Real),
        Kind::Boolean => quote!(Kind::Boolean),
        Kind::Date => quote!(Kind::Date),
        Kind::Data => quote!(Kind::Data),
        Kind::Array => quote!(Kind::Array(&Key::EMPTY)),
        Kind::Dictionary => quote!(Kind::Map(&Key::EMPTY)),
        Kind::Any => quote!(Kind::Any),
    }
}

/// Writes a scalar as the runtime's `Literal`.
#[must_use]
pub fn literal(scalar: &Scalar) -> TokenStream {
    match scalar {
        Scalar::String(value) => text(value),
        Scalar::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(Literal::Integer(#number))
        }
        Scalar::Real(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(Literal::Real(#number))
        }
        Scalar::Boolean(flag) => quote!(Literal::Boolean(#flag)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_need_escaping_are_not_plain() {
        for name in ["", "PayloadUUID", "Key Type", "com.apple.mdm~x", "$(x)'"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["a\"b", "a\\", "<a", "a>", "a&b", "a\n", "\u{7f}", "ü", "\u{ffff}"] {
            assert!(!is_plain(name), "{name:?}");
        }
    }
}
