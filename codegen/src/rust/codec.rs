//! Generates the implementations for reading and writing.

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

/// The number of keys up to which a record looks for present keys one by one. One type in ten has more keys.
const MAX_KEYS_WITHOUT_PRESENT: usize = 10;

fn structure(section: Section<'_>, index: usize, ty: &Type, body: &Struct, cx: &Context) -> TokenStream {
    let runtime = &cx.runtime;
    let name = ident(&ty.name);
    let table = table_path(section, index);
    let mut gets = Vec::new();
    let mut sets = Vec::new();
    let (mut blanks, mut absent) = (Vec::new(), Vec::new());
    for (number, field) in body.fields.iter().enumerate() {
        let number = Literal::usize_unsuffixed(number);
        if let Some(constant) = &field.constant {
            if constant.is_empty() {
                // The enum over all items has read this key already.
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
        // `None` instead of a call, because there are thousands of fields to compile. Calls come first, so that the compiler has few
        // values to drop if a call panics.
        if field.required {
            blanks.push(quote!(#name: Read::blank()));
        } else {
            absent.push(quote!(#name: None));
        }
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
    let present = (body.fields.len() > MAX_KEYS_WITHOUT_PRESENT).then(|| present(body));
    let flavour = if section.item.family.is_json() {
        ident("json")
    } else {
        ident("plist")
    };
    quote! {
        impl Record for #name {
            fn parts(&self) -> (&'static Dict, &Extra) { (&#table, &self.extra) }
            #get
            #present
            #set
            fn empty() -> Self {
                Self { extra: Extra::new(), #(#blanks,)* #(#absent),* }
            }
        }
        #runtime::generated_record!(#name, #flavour);
    }
}

/// Generates `present`, which determines the present keys. Testing optional fields directly is much faster than `get`.
fn present(body: &Struct) -> TokenStream {
    let present = body.fields.iter().enumerate().map(|(number, field)| {
        if field.constant.is_some() || field.key.group || field.required {
            let number = Literal::usize_unsuffixed(number);
            quote!(!self.get(#number).is_absent())
        } else {
            let name = ident(&field.name);
            quote!(self.#name.is_some())
        }
    });
    quote! {
        fn present(&self) -> Option<Indices> {
            Some(Indices::of(&[#(#present),*]))
        }
    }
}

/// Returns the path of the table, from the module of the type.
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
        quote!(Some(#value) => {
            let mut value = #inner::blank();
            value.fill(r)?;
            Self::#variant(value)
        })
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
