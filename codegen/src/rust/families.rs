//! The source of a family's module: the items, the modules of nested types, the enum over all items, and the tables.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, Section, codec, docs, tables, types};
use crate::ident::ident;
use crate::model::Family;
use crate::resolve::{Item, Resolved};

/// Generates the source of a family's module.
#[must_use]
pub fn generate(family: Family, resolved: &Resolved, cx: &Context) -> TokenStream {
    let runtime = &cx.runtime;
    let items: Vec<&Item> = resolved.items.iter().filter(|item| item.family == family).collect();
    let definitions = items.iter().map(|item| definition(item, cx));
    let tables: Vec<TokenStream> = items.iter().map(|item| tables::generate(item, cx)).collect();
    let registry = items.iter().map(|item| {
        let name = tables::item_name(item);
        quote!(&#name)
    });
    let over = if cx.enums {
        over(family, &items, cx)
    } else {
        TokenStream::new()
    };
    quote! {
        #[allow(unused_imports)]
        use #runtime::generated::*;
        #over
        #(#definitions)*
        /// The tables of all items, sorted by name.
        pub static ITEMS: &[&#runtime::schema::Item] = tables::ITEMS;
        #[allow(unused_imports)]
        mod tables {
            use #runtime::schema::*;
            use #runtime::generated::HasTable;
            pub static ITEMS: &[&Item] = &[#(#registry),*];
            #(#tables)*
        }
    }
}

/// Generates the types of an item with their implementations, and the module of nested types.
fn definition(item: &Item, cx: &Context) -> TokenStream {
    let runtime = &cx.runtime;
    if item.tables_only {
        return table_constant(item);
    }
    if item.is_status_marker() {
        return marker(item, cx);
    }
    let mut roots = Vec::new();
    let mut nested = [Vec::new(), Vec::new()];
    for section in Section::of(item) {
        let rules = docs::Rules::of(section);
        for index in 0..section.types().len() {
            let ty = types::generate(section, index, &rules, cx);
            let codec = codec::generate(section, index, cx);
            let code = quote!(#ty #codec);
            if index == 0 {
                roots.push(code)
            } else {
                nested[usize::from(section.response)].push(code)
            }
        }
    }
    roots.push(constants(item, cx));
    let module = ident(&item.module);
    let [request, response] = nested;
    if request.is_empty() && response.is_empty() {
        return quote!(#(#roots)*);
    }
    let doc = docs::comment(&format!("Types used in [`{}`].", item.name));
    let response = if response.is_empty() {
        TokenStream::new()
    } else {
        let doc = docs::comment(&format!(
            "Types used in [`{0}Response`](super::{0}Response).",
            item.name
        ));
        quote! {
            #doc
            pub mod response {
                #[allow(unused_imports)]
                use #runtime::generated::*;
                #(#response)*
            }
        }
    };
    quote! {
        #(#roots)*
        #doc
        pub mod #module {
            #[allow(unused_imports)]
            use #runtime::generated::*;
            #(#request)*
            #response
        }
    }
}

/// Re-exports the table of a dictionary whose type is written by hand.
fn table_constant(item: &Item) -> TokenStream {
    let name = ident(&crate::ident::shout(&item.name));
    quote!(pub(crate) use tables::#name;)
}

/// Generates a status item as a unit struct with its name and availability.
fn marker(item: &Item, cx: &Context) -> TokenStream {
    let name = ident(&item.name);
    let section = Section { item, response: false };
    let doc = docs::comment(&docs::of_type(section, 0, &docs::Rules::of(section), cx));
    let alias = docs::alias(item.identifier.as_deref().unwrap_or_default(), &item.name);
    let constants = constants(item, cx);
    quote! {
        #doc
        #alias
        #[derive(Debug, Clone, Copy)]
        pub struct #name;
        #constants
    }
}

/// Generates the constants of an item.
fn constants(item: &Item, cx: &Context) -> TokenStream {
    let runtime = &cx.runtime;
    let name = ident(&item.name);
    let table = tables::item_name(item);
    let identifier = item.identifier.as_ref().unwrap_or(&item.name);
    let mut code = quote! {
        impl #name {
            /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
            pub const AVAILABILITY: Availability = Availability::of(tables::#table.support);
        }
        impl Described for #name {
            const ITEM: &'static #runtime::schema::Item = &tables::#table;
        }
    };
    if item.identifier.is_some() {
        code.extend(match item.family {
            Family::Command => {
                let response = ident(&item.response[0].name);
                quote! {
                    impl #runtime::commands::CommandItem for #name {
                        const REQUEST_TYPE: &'static str = #identifier;
                        type Response = #response;
                    }
                }
            }
            Family::Profile => quote! {
                impl #runtime::profiles::PayloadItem for #name {
                    const PAYLOAD_TYPE: &'static str = #identifier;
                }
            },
            Family::CheckIn => quote! {
                impl #runtime::checkin::MessageItem for #name {
                    const MESSAGE_TYPE: &'static str = #identifier;
                }
            },
            Family::Declaration => quote! {
                impl #runtime::declarations::DeclarationItem for #name {
                    const TYPE: &'static str = #identifier;
                }
            },
            Family::Credential => quote! {
                impl #name {
                    /// The credential type: a parameter of the asset's media type.
                    pub const CREDENTIAL_TYPE: &'static str = #identifier;
                }
            },
            Family::Status if item.is_status_marker() => quote! {
                impl #name {
                    /// The name of the status item in subscriptions and status reports.
                    pub const NAME: &'static str = #identifier;
                }
            },
            _ => TokenStream::new(),
        });
    }
    code
}

/// Generates the function that reads a response by its request type.
fn read_response(items: &[&Item]) -> TokenStream {
    let arms = items.iter().filter_map(|item| {
        let name = item.identifier.as_ref()?;
        let response = ident(&item.response.first()?.name);
        Some(quote!(#name => Box::new(#response::blank())))
    });
    quote! {
        pub(crate) fn read_response(request_type: &str, r: &mut Reader<'_>) -> Result<Option<Box<dyn Record>>, Error> {
            let mut response: Box<dyn Record> = match request_type {
                #(#arms,)*
                _ => return Ok(None),
            };
            r.record(&mut *response)?;
            Ok(Some(response))
        }
    }
}

/// Generates the enum over all items of a family.
fn over(family: Family, items: &[&Item], cx: &Context) -> TokenStream {
    let (name, doc) = match family {
        Family::Command => ("Command", "A command. `RequestType` determines the variant."),
        Family::Profile => (
            "Payload",
            "The settings of a payload in a profile. `PayloadType` determines the variant.",
        ),
        Family::CheckIn => ("Message", "A check-in message. `MessageType` determines the variant."),
        Family::Declaration => ("Declaration", "A declaration. `Type` determines the variant."),
        _ => return TokenStream::new(),
    };
    let runtime = &cx.runtime;
    let name = ident(name);
    let mut items: Vec<&Item> = items
        .iter()
        .copied()
        .filter(|item| item.identifier.is_some() && !item.is_common())
        .collect();
    items.sort_by(|a, b| (&a.identifier, a.selector.is_none()).cmp(&(&b.identifier, b.selector.is_none())));
    let variants: Vec<_> = items.iter().map(|item| ident(&item.name)).collect();
    let held: Vec<_> = variants
        .iter()
        .map(|variant| match family {
            Family::Declaration => quote!(Envelope<#variant>),
            _ => quote!(#variant),
        })
        .collect();
    let doc = docs::comment(doc);
    let docs = items.iter().map(|item| docs::comment(&docs::of_member(item)));
    let mut names: Vec<&str> = items.iter().filter_map(|item| item.identifier.as_deref()).collect();
    names.dedup();
    // Compare lengths first: most names start with the same characters, but few have the same length.
    names.sort_by_key(|name| (name.len(), *name));
    let arms = names.iter().enumerate().map(|(index, name)| {
        let index = Literal::usize_unsuffixed(index);
        let same: Vec<&&Item> = items
            .iter()
            .filter(|item| item.identifier.as_deref() == Some(*name))
            .collect();
        let plain = same.iter().any(|item| item.selector.is_none());
        let mut arm = TokenStream::new();
        for item in same {
            let variant = ident(&item.name);
            let blank = quote!(Some(Self::#variant(Box::new(Read::blank()))));
            match &item.selector {
                Some((key, value)) => {
                    arm.extend(quote!(if r.find(#key)?.as_deref() == Some(#value) { #blank } else));
                }
                None => arm.extend(quote!({ #blank })),
            }
        }
        if !plain {
            arm.extend(quote!({ None }));
        }
        quote!(Ok(#index) => #arm)
    });
    let aliases: Vec<_> = items
        .iter()
        .flat_map(|item| item.aliases.iter().map(move |alias| (alias, &item.identifier)))
        .map(|(alias, name)| quote!(#alias => #name))
        .collect();
    let aliases = (!aliases.is_empty()).then(|| quote!(let name = match name { #(#aliases,)* other => other };));
    let froms = variants.iter().zip(&held).map(|(variant, held)| {
        quote! {
            impl From<#held> for #name {
                #[inline]
                fn from(item: #held) -> Self { Self::#variant(Box::new(item)) }
            }
            impl Selected<#held> for #name {
                #[inline]
                fn selected(&self) -> Option<&#held> {
                    if let Self::#variant(item) = self { Some(item) } else { None }
                }
            }
        }
    });
    let response = if family == Family::Command {
        read_response(&items)
    } else {
        TokenStream::new()
    };
    quote! {
        #response
        #doc
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(
                #docs
                #variants(Box<#held>),
            )*
            /// An item that the schema does not define, kept unchanged.
            Unknown(Box<UnknownItem>),
            /// A known item whose keys do not match the schema, kept unchanged with the reason.
            Invalid(Box<InvalidItem>),
        }
        #(#froms)*
        impl #runtime::item::Over for #name {
            #[allow(unused_variables, reason = "few families have items with the same name")]
            fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
                const NAMES: &[&str] = &[#(#names),*];
                #aliases
                let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
                Ok(match NAMES.binary_search_by(by_length) {
                    #(#arms)*
                    _ => None,
                })
            }
            fn known_mut(&mut self) -> Option<&mut dyn Record> {
                match self {
                    #(Self::#variants(item) => Some(&mut **item),)*
                    Self::Unknown(_) | Self::Invalid(_) => None,
                }
            }
            fn known(&self) -> Option<(&dyn Record, &'static #runtime::schema::Item)> {
                match self {
                    #(Self::#variants(item) => Some((&**item, #variants::ITEM)),)*
                    Self::Unknown(_) | Self::Invalid(_) => None,
                }
            }
            fn unknown(&self) -> Option<&UnknownItem> {
                if let Self::Unknown(item) = self { Some(item) } else { None }
            }
            fn invalid(&self) -> Option<&InvalidItem> {
                if let Self::Invalid(item) = self { Some(item) } else { None }
            }
            fn from_unknown(item: UnknownItem) -> Self { Self::Unknown(Box::new(item)) }
            fn from_invalid(item: InvalidItem) -> Self { Self::Invalid(Box::new(item)) }
        }
    }
}
