//! Generates the code that reads and writes a type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, Section};
use crate::ident::ident;
use crate::resolve::{Shape, Struct, Type};

/// Generates the implementations for a type.
#[must_use]
pub fn generate(section: Section<'_>, index: usize, cx: &Context) -> TokenStream {
    let ty = &section.types()[index];
    let runtime = &cx.runtime;
    let name = ident(&ty.name);
    match &ty.shape {
        Shape::Struct(body) => structure(section, index, ty, body, cx),
        Shape::Enum(_) => quote!(#runtime::generated_enum!(#name);),
        Shape::Union { tag, variants, .. } => union(ty, tag, variants, section, cx),
    }
}

fn structure(section: Section<'_>, index: usize, ty: &Type, body: &Struct, cx: &Context) -> TokenStream {
    let runtime = &cx.runtime;
    let name = ident(&ty.name);
    let table = table_path(section, index);
    let mut gets = Vec::new();
    let mut sets = Vec::new();
    let mut blanks = Vec::new();
    for (number, field) in body.fields.iter().enumerate() {
        let number = Literal::usize_unsuffixed(number);
        if let Some(constant) = &field.constant {
            if constant.is_empty() {
                // The enum over all items stores it.
                sets.push(quote!(#number => r.string().map(drop)));
                continue;
            }
            let key = &field.key.name;
            gets.push(quote!(#number => fixed(#constant, #key, &self.extra)));
            sets.push(quote!(#number => constant(#constant, r)));
            continue;
        }
        let name = ident(&field.name);
        if field.key.group {
            gets.push(quote!(#number => group(&self.#name)));
            sets.push(quote!(#number => read_group(&mut self.#name, r)));
        } else {
            gets.push(quote!(#number => Write::view(&self.#name)));
            sets.push(quote!(#number => Read::fill(&mut self.#name, r)));
        }
        blanks.push(if field.required {
            quote!(#name: Read::blank())
        } else {
            quote!(#name: None)
        });
    }
    let get = if gets.is_empty() {
        quote!(
            fn get(&self, _: usize) -> View<'_> {
                View::Absent
            }
        )
    } else {
        quote! {
            fn get(&self, index: usize) -> View<'_> {
                match index { #(#gets,)* _ => View::Absent }
            }
        }
    };
    let set = if sets.is_empty() {
        quote!(
            fn set(&mut self, _: usize, r: &mut Reader<'_>) -> Result<(), Error> {
                r.keep(&mut self.extra)
            }
        )
    } else {
        quote! {
            fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
                match index { #(#sets,)* _ => r.keep(&mut self.extra) }
            }
        }
    };
    let flavor = if section.item.family.is_json() {
        ident("json")
    } else {
        ident("plist")
    };
    quote! {
        impl Record for #name {
            fn parts(&self) -> (&'static Dict, &Extra) { (&#table, &self.extra) }
            #get
            #set
            fn empty() -> Self {
                Self { #(#blanks,)* extra: Extra::new() }
            }
        }
        #runtime::generated_record!(#name, #flavor);
    }
}

/// The path of a type's table, seen from the type's module.
fn table_path(section: Section<'_>, index: usize) -> TokenStream {
    let table = section.table(index);
    match (index, section.response) {
        (0, _) => quote!(tables::#table),
        (_, false) => quote!(super::tables::#table),
        (_, true) => quote!(super::super::tables::#table),
    }
}

fn union(
    ty: &Type,
    tag: &str,
    variants: &[(String, String, usize)],
    section: Section<'_>,
    cx: &Context,
) -> TokenStream {
    let runtime = &cx.runtime;
    let name = ident(&ty.name);
    let reads = variants.iter().map(|(variant, value, index)| {
        let variant = ident(variant);
        let inner = ident(&section.types()[*index].name);
        quote!(Some(#value) => Self::#variant(#inner::read(r)?))
    });
    let names: Vec<_> = variants.iter().map(|(variant, ..)| ident(variant)).collect();
    let froms = variants.iter().map(|(variant, _, index)| {
        let variant = ident(variant);
        let inner = ident(&section.types()[*index].name);
        quote! {
            impl From<#inner> for #name {
                #[inline]
                fn from(value: #inner) -> Self { Self::#variant(value) }
            }
        }
    });
    quote! {
        impl #runtime::codec::Read for #name {
            fn blank() -> Self { Self::Unrecognized(Dictionary::default()) }
            fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
                let tag = r.find(#tag)?;
                *self = match tag.as_deref() {
                    #(#reads,)*
                    _ => Self::Unrecognized(Dictionary::read(r)?),
                };
                Ok(())
            }
        }
        impl #runtime::codec::Write for #name {
            fn view(&self) -> View<'_> {
                match self {
                    #(Self::#names(value) => value.view(),)*
                    Self::Unrecognized(value) => value.view(),
                }
            }
        }
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #runtime::generated::debug_view(self.view(), f)
            }
        }
        #(#froms)*
    }
}
