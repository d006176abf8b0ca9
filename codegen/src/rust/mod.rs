//! Generates Rust source from resolved items, with a module for each product.

pub mod codec;
pub mod docs;
pub mod example;
pub mod families;
pub mod lines;
pub mod rules;
pub mod support;
pub mod tables;
pub mod triggers;
pub mod types;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::ident::ident;
use crate::model::Family;
use crate::resolve::{Item, Resolved, Ty, Type};

/// Writes an `Option` as Rust code.
fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// The settings that all generators use.
#[derive(Debug, Clone)]
pub struct Context {
    /// The crate that contains the runtime.
    pub runtime: Runtime,
    /// Whether enums over all items are generated.
    pub enums: bool,
    /// The base URL of the files of the schema, without a trailing `/`.
    pub source: Option<String>,
    /// The items by their identifiers, for links.
    pub items: BTreeMap<String, (Family, String)>,
    /// The examples of items.
    pub examples: Vec<example::Example>,
}

/// The path of the runtime crate.
#[derive(Debug, Clone, Copy)]
pub enum Runtime {
    /// `crate`
    Itself,
    /// `::apple_mdm`, in other crates.
    Other,
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Itself => quote!(crate),
            Self::Other => quote!(::apple_mdm),
        });
    }
}

impl Context {
    /// Creates the context for the crate `apple-mdm` itself, or for another crate.
    #[must_use]
    pub fn new(itself: bool, resolved: &Resolved) -> Self {
        let named = |item: &Item| Some((item.identifier.clone()?, (item.family, item.name.clone())));
        Self {
            runtime: if itself { Runtime::Itself } else { Runtime::Other },
            enums: itself,
            source: itself.then(|| SOURCE.to_owned()),
            items: resolved.items.iter().filter_map(named).collect(),
            examples: Vec::new(),
        }
    }
}

/// The branch with the current release of Apple's schema.
const SOURCE: &str = "https://github.com/apple/device-management/blob/release";

/// Returns the name of the module (and file) for the items of a family.
#[must_use]
pub fn module(family: Family) -> &'static str {
    match family {
        Family::Command => "commands",
        Family::Profile => "profiles",
        Family::CheckIn => "checkin",
        Family::Error => "errors",
        Family::Declaration => "declarations",
        Family::Credential => "credentials",
        Family::Status => "status",
        Family::Protocol => "protocol",
        Family::Other => "other",
    }
}

/// Whether the crate `apple-mdm` contains the item even if only other items were selected: its own code uses the item, or the family
/// is too small to select from.
#[must_use]
pub fn is_needed(item: &Item) -> bool {
    let chosen = matches!(item.family, Family::Command | Family::Profile | Family::Declaration);
    !chosen || item.is_common() || item.name == "InstallProfile"
}

/// All families, sorted by the names of their modules.
pub const FAMILIES: [Family; 9] = [
    Family::CheckIn,
    Family::Command,
    Family::Credential,
    Family::Declaration,
    Family::Error,
    Family::Other,
    Family::Profile,
    Family::Protocol,
    Family::Status,
];

/// The module that contains the code: the paths of types depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The module of the family, which contains the item itself.
    Family,
    /// The module of the item's nested types.
    Nested,
}

/// A section of an item: the request or the response.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// The item.
    pub item: &'a Item,
    /// Whether it is `responsekeys`.
    pub response: bool,
}

impl<'a> Section<'a> {
    /// Returns the sections of an item that have types.
    pub fn of(item: &'a Item) -> impl Iterator<Item = Section<'a>> {
        [false, true]
            .into_iter()
            .map(move |response| Section { item, response })
            .filter(|section| !section.types().is_empty())
    }

    /// Returns its types.
    #[must_use]
    pub fn types(self) -> &'a [Type] {
        if self.response {
            &self.item.response
        } else {
            &self.item.request
        }
    }

    /// Returns the path of the module of nested types, from the family's module.
    #[must_use]
    pub fn nested(self) -> TokenStream {
        let module = ident(&self.item.module);
        if self.response {
            quote!(#module::response)
        } else {
            quote!(#module)
        }
    }

    /// Returns the path of a type from the family's module.
    #[must_use]
    pub fn path(self, index: usize) -> TokenStream {
        let name = ident(&self.types()[index].name);
        if index == 0 {
            return quote!(#name);
        }
        let nested = self.nested();
        quote!(#nested::#name)
    }

    /// Returns the name of the static with the table of a type.
    #[must_use]
    pub fn table(self, index: usize) -> proc_macro2::Ident {
        let ty = &self.types()[index];
        let name = match (index, self.response) {
            (0, _) => ty.name.clone(),
            (_, false) => format!("{}_{}", self.item.name, ty.name),
            (_, true) => {
                // Two underscores, because the request may have a type `ResponseX` and the response a type `X`.
                let [item, name] = [&self.item.name, &ty.name].map(|name| crate::ident::shout(name));
                return ident(&format!("{item}_RESPONSE__{name}"));
            }
        };
        ident(&crate::ident::shout(&name))
    }

    /// Returns the type of a field, without `Option`.
    #[must_use]
    pub fn ty(self, ty: &Ty, scope: Scope, cx: &Context) -> TokenStream {
        let runtime = &cx.runtime;
        match ty {
            Ty::String => quote!(String),
            Ty::Integer => quote!(i64),
            Ty::Real => quote!(f64),
            Ty::Boolean => quote!(bool),
            Ty::Data => quote!(Data),
            Ty::Date => quote!(Date),
            Ty::Any => quote!(Value),
            Ty::Dictionary => quote!(Dictionary),
            Ty::Array(item) => {
                let item = self.ty(&item.ty, scope, cx);
                quote!(Vec<#item>)
            }
            Ty::OneOrMany(item) => {
                let item = self.ty(&item.ty, scope, cx);
                quote!(OneOrMany<#item>)
            }
            Ty::Map(value) => {
                let value = self.ty(&value.ty, scope, cx);
                quote!(BTreeMap<String, #value>)
            }
            Ty::Type(index) => match scope {
                Scope::Family => self.path(*index),
                Scope::Nested => {
                    let name = ident(&self.types()[*index].name);
                    quote!(#name)
                }
            },
            Ty::Rust(path) => {
                let path: TokenStream = path.parse().unwrap_or_else(|_| quote!(Value));
                quote!(#runtime::#path)
            }
        }
    }
}
