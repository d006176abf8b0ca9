//! The definitions of structs and enums, with their constructors.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Scope, Section, docs};
use crate::ident::{ident, is_camel};
use crate::model::Key;
use crate::resolve::{Field, Shape, Struct, Ty, Type, Variant};

/// Generates the definition of a type.
#[must_use]
pub fn generate(section: Section<'_>, index: usize, rules: &docs::Rules<'_>, cx: &Context) -> TokenStream {
    let ty = &section.types()[index];
    let scope = if index == 0 { Scope::Family } else { Scope::Nested };
    match &ty.shape {
        Shape::Struct(body) => structure(section, index, body, scope, rules, cx),
        Shape::Enum(variants) => enumeration(ty, variants, section, index, rules, cx),
        Shape::Union { tag, variants, keys } => union(ty, tag, variants, keys, section),
    }
}

/// Returns the declared type of a field.
#[must_use]
pub fn declared(section: Section<'_>, field: &Field, scope: Scope, cx: &Context) -> TokenStream {
    let mut ty = section.ty(&field.ty, scope, cx);
    if field.boxed {
        ty = quote!(Box<#ty>);
    }
    if field.required { ty } else { quote!(Option<#ty>) }
}

fn structure(
    section: Section<'_>,
    index: usize,
    body: &Struct,
    scope: Scope,
    rules: &docs::Rules<'_>,
    cx: &Context,
) -> TokenStream {
    let ty = &section.types()[index];
    let name = ident(&ty.name);
    let doc = docs::comment(&docs::of_type(section, index, rules, cx));
    let fields = body
        .fields
        .iter()
        .filter(|field| field.constant.is_none())
        .map(|field| {
            let name = ident(&field.name);
            let doc = docs::comment(&docs::of_field(field, section.item, index, rules));
            let alias = docs::alias(&field.key.name, &field.name);
            let ty = declared(section, field, scope, cx);
            quote! {
                #doc
                #alias
                pub #name: #ty,
            }
        });
    let alias = alias(section, ty);
    let extra = docs::comment(&docs::of_extra(body));
    // A group needs no value: it may be empty.
    let is_parameter = |field: &Field| field.required && field.constant.is_none() && !field.key.group;
    let default = (!body.fields.iter().any(is_parameter)).then(|| {
        quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self { Self::empty() }
            }
        }
    });
    let constructor = constructor(section, ty, body, scope, cx);
    let case = allow_case(std::iter::once(&ty.name));
    quote! {
        #doc
        #alias
        #case
        #[derive(Clone)]
        pub struct #name {
            #(#fields)*
            #extra
            pub extra: Extra,
        }
        #default
        #constructor
    }
}

/// Prevents warnings about names that are derived from values such as `1-a`.
fn allow_case<'a>(names: impl Iterator<Item = &'a String>) -> TokenStream {
    let mut names = names.map(|name| ident(name).to_string());
    match names.all(|name| is_camel(&name)) {
        true => TokenStream::new(),
        false => quote!(#[allow(non_camel_case_types)]),
    }
}

/// Lets a search find the type of an item by its identifier.
fn alias(section: Section<'_>, ty: &Type) -> TokenStream {
    let root = !section.response && std::ptr::eq(ty, &section.types()[0]) && !section.item.is_common();
    match section.item.identifier.as_ref().filter(|_| root) {
        Some(identifier) => docs::alias(identifier, &ty.name),
        None => TokenStream::new(),
    }
}

fn constructor(section: Section<'_>, ty: &Type, body: &Struct, scope: Scope, cx: &Context) -> TokenStream {
    let required: Vec<&Field> = body
        .fields
        .iter()
        .filter(|f| f.required && f.constant.is_none())
        .collect();
    if required.is_empty() {
        return TokenStream::new();
    }
    let name = ident(&ty.name);
    let parameters = required.iter().map(|field| {
        let name = ident(&field.name);
        let ty = section.ty(&field.ty, scope, cx);
        match field.ty {
            Ty::String | Ty::Data | Ty::OneOrMany(_) => quote!(#name: impl Into<#ty>),
            _ => quote!(#name: #ty),
        }
    });
    let values = body.fields.iter().filter(|f| f.constant.is_none()).map(|field| {
        let name = ident(&field.name);
        match (field.required, &field.ty, field.boxed) {
            (false, _, _) => quote!(#name: None),
            (true, Ty::String | Ty::Data | Ty::OneOrMany(_), _) => quote!(#name: #name.into()),
            (true, _, true) => quote!(#name: Box::new(#name)),
            (true, _, false) => quote!(#name),
        }
    });
    let doc = docs::comment(&format!(
        "Creates a `{}` with the required keys. All other keys are absent.",
        ty.name
    ));
    let many = if required.len() > 7 {
        quote!(#[allow(clippy::too_many_arguments)])
    } else {
        TokenStream::new()
    };
    quote! {
        impl #name {
            #doc
            #[must_use]
            #many
            #[inline]
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values,)* extra: Extra::new() }
            }
        }
    }
}

fn enumeration(
    ty: &Type,
    variants: &[Variant],
    section: Section<'_>,
    index: usize,
    rules: &docs::Rules<'_>,
    cx: &Context,
) -> TokenStream {
    let name = ident(&ty.name);
    let doc = if index == 0 {
        docs::comment(&docs::of_type(section, 0, rules, cx))
    } else {
        docs::comment(&docs::of_enum(section, ty))
    };
    let definitions = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let doc = docs::comment(&docs::of_variant(variant, section.item));
        quote! {
            #doc
            #name,
        }
    });
    let case = allow_case(std::iter::once(&ty.name).chain(variants.iter().map(|v| &v.name)));
    let names: Vec<_> = variants.iter().map(|v| ident(&v.name)).collect();
    let values: Vec<_> = variants.iter().map(|v| &v.value).collect();
    quote! {
        #doc
        #case
        #[derive(Clone, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions)*
            /// A value that the schema does not define.
            Unrecognized(String),
        }
        impl #name {
            /// The values that the schema defines, in the order of the schema.
            pub const KNOWN: &'static [&'static str] = &[#(#values),*];

            /// Returns the value as it appears in documents.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }
        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    _ => Self::Unrecognized(value.to_owned()),
                }
            }
        }
    }
}

fn union(
    ty: &Type,
    tag: &str,
    variants: &[(String, String, usize)],
    keys: &[Key],
    section: Section<'_>,
) -> TokenStream {
    let name = ident(&ty.name);
    let doc = docs::comment(&docs::of_union(section, ty, tag));
    let definitions = variants.iter().zip(keys).map(|((variant, value, index), key)| {
        let variant = ident(variant);
        let inner = ident(&section.types()[*index].name);
        let doc = docs::comment(&docs::of_alternative(tag, value, key, section.item));
        quote! {
            #doc
            #variant(#inner),
        }
    });
    let case = allow_case(std::iter::once(&ty.name).chain(variants.iter().map(|(name, ..)| name)));
    quote! {
        #doc
        #case
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#definitions)*
            /// An alternative that the schema does not define.
            Unrecognized(Dictionary),
        }
    }
}
