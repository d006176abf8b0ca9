//! The paths of rules, as parts of one list of steps. Written out where it stands, each would be a function of its own to the compiler.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Section;
use crate::resolve::{Item, Shape};
use crate::rules::{Condition, Path, Resolved, Step};

/// The paths in a family's tables.
#[derive(Debug, Default)]
pub struct Paths<'a> {
    /// Where in the list the steps of each path begin.
    places: BTreeMap<&'a [Step], usize>,
    steps: Vec<&'a Step>,
}

impl<'a> Paths<'a> {
    /// Those in the tables of these items.
    #[must_use]
    pub fn of(items: &[&'a Item]) -> Self {
        let mut paths = Self::default();
        let sections = items.iter().flat_map(|item| Section::of(item));
        for ty in sections.flat_map(Section::types) {
            if let Shape::Struct(body) = &ty.shape {
                body.rules.iter().for_each(|rule| paths.add_of_rule(rule));
            }
        }
        paths
    }

    fn add_of_rule(&mut self, rule: &'a Resolved) {
        rule.check.paths().into_iter().for_each(|path| self.add(path));
        rule.when.iter().for_each(|condition| self.add_of_condition(condition));
    }

    fn add_of_condition(&mut self, condition: &'a Condition) {
        match condition {
            Condition::In(path, ..)
            | Condition::Not(path, ..)
            | Condition::Present(path, _)
            | Condition::Contains(path, _)
            | Condition::Above(path, _)
            | Condition::Below(path, _)
            | Condition::Fits(path, _) => self.add(path),
            Condition::Any(list) => list.iter().for_each(|condition| self.add_of_condition(condition)),
        }
    }

    fn add(&mut self, path: &'a Path) {
        let place = self.steps.len();
        if *self.places.entry(path).or_insert(place) == place {
            self.steps.extend(path);
        }
    }

    /// The list, and the function that takes a path from it. Two signs in its name, since there may be a type `Steps`.
    #[must_use]
    pub fn definitions(&self) -> TokenStream {
        if self.steps.is_empty() {
            return TokenStream::new();
        }
        let count = Literal::usize_unsuffixed(self.steps.len());
        let steps = self.steps.iter().map(|step| written(step));
        quote! {
            static PATH__STEPS: [Step; #count] = [#(#steps),*];
            const fn path(from: usize, steps: usize) -> Path { PATH__STEPS.split_at(from).1.split_at(steps).0 }
        }
    }

    /// A path.
    #[must_use]
    pub fn path(&self, path: &Path) -> TokenStream {
        match self.places.get(path.as_slice()) {
            Some(place) if !path.is_empty() => {
                let [from, steps] = [*place, path.len()].map(Literal::usize_unsuffixed);
                quote!(path(#from, #steps))
            }
            _ => {
                let steps = path.iter().map(written);
                quote!(&[#(#steps),*])
            }
        }
    }
}

fn written(step: &Step) -> TokenStream {
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
