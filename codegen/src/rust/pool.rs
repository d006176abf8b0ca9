//! Stores the lists of all tables as parts of one long list. The compiler would compile each separate list like a function.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::support;
use crate::ident::ident;
use crate::model::Fact;
use crate::rules::Step;

/// The lists in the tables of a family.
#[derive(Debug)]
pub struct Pools {
    /// Lists of facts.
    pub facts: Pool<Fact>,
    /// The paths of rules.
    pub paths: Pool<Step>,
    /// Lists of indices.
    pub indices: Pool<u16>,
}

impl Default for Pools {
    fn default() -> Self {
        Self {
            facts: Pool::new("FACT__LIST", "facts"),
            paths: Pool::new("PATH__STEPS", "path"),
            indices: Pool::new("INDEX__LIST", "indices"),
        }
    }
}

impl Pools {
    /// Generates the constants, lists and functions that the tables refer to.
    #[must_use]
    pub fn definitions(&self) -> TokenStream {
        let constants = support::constants(&self.facts.lists.borrow().all);
        let facts = self.facts.definitions(&quote!((Os, Fact)), support::fact);
        let paths = self.paths.definitions(&quote!(Step), step);
        let index = |index: &u16| {
            let index = Literal::u16_unsuffixed(*index);
            quote!(#index)
        };
        let indices = self.indices.definitions(&quote!(u16), index);
        quote!(#constants #facts #paths #indices)
    }
}

/// The lists of one type in the tables of a family.
#[derive(Debug)]
pub struct Pool<T> {
    /// The name of the long list. It has two underscores, because the table of a type may have any other name.
    name: &'static str,
    /// The name of the function that returns a part of it.
    part: &'static str,
    lists: RefCell<Lists<T>>,
}

#[derive(Debug)]
struct Lists<T> {
    /// The offset of each list in the long list.
    places: BTreeMap<Vec<T>, usize>,
    all: Vec<T>,
}

impl<T: Clone + Ord> Pool<T> {
    /// Creates an empty pool.
    #[must_use]
    pub const fn new(name: &'static str, part: &'static str) -> Self {
        let lists = Lists {
            places: BTreeMap::new(),
            all: Vec::new(),
        };
        Self {
            name,
            part,
            lists: RefCell::new(lists),
        }
    }

    /// Returns the code for a list. Adds the list if it is new.
    #[must_use]
    pub fn list(&self, list: &[T]) -> TokenStream {
        if list.is_empty() {
            return quote!(&[]);
        }
        let Lists { places, all } = &mut *self.lists.borrow_mut();
        let place = match places.get(list) {
            Some(place) => *place,
            None => {
                let place = all.len();
                places.insert(list.to_vec(), place);
                all.extend_from_slice(list);
                place
            }
        };
        let part = ident(self.part);
        let [from, count] = [place, list.len()].map(Literal::usize_unsuffixed);
        quote!(#part(#from, #count))
    }

    /// Generates the long list and the function.
    #[must_use]
    pub fn definitions(&self, ty: &TokenStream, written: impl Fn(&T) -> TokenStream) -> TokenStream {
        let all = &self.lists.borrow().all;
        if all.is_empty() {
            return TokenStream::new();
        }
        let (name, part, count) = (ident(self.name), ident(self.part), Literal::usize_unsuffixed(all.len()));
        let all = all.iter().map(written);
        quote! {
            static #name: [#ty; #count] = [#(#all),*];
            const fn #part(from: usize, count: usize) -> &'static [#ty] { #name.split_at(from).1.split_at(count).0 }
        }
    }
}

/// Writes a step of a path.
fn step(step: &Step) -> TokenStream {
    match step {
        Step::Key(name) => quote!(Step::Key(#name)),
        Step::Items => quote!(Step::Items),
        Step::Item(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(Step::Item(#index))
        }
        Step::Where(tag, value) => quote!(Step::Where(#tag, #value)),
        Step::Any => quote!(Step::Any),
        Step::Names => quote!(Step::Names),
    }
}
