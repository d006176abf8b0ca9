//! What can be validated, and how a walk over it begins.

use super::context::{Context, Strictness};
use super::finding::Report;
use super::path::Trail;
use super::target::Target;
use super::{available, fields};
use crate::codec::{View, Write};
use crate::schema::{Described, Dict, Item};

/// A value that can be held against the schema.
pub trait Validate {
    /// Holds the value against itself: required keys, bounds, allowed values, forms, and the rules that Apple states in prose.
    fn validate(&self) -> Report {
        let mut cx = Context::new(None, Strictness::Typed);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Holds the value against itself and the target.
    fn check(&self, target: &Target) -> Report {
        let mut cx = Context::new(Some(target), Strictness::Typed);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Those of the targets for which the value has no error.
    fn works_on<'t>(&self, targets: &'t [Target]) -> Vec<&'t Target> {
        targets.iter().filter(|target| self.check(target).is_ok()).collect()
    }

    #[doc(hidden)]
    fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>);
}

/// A walk over a value.
pub struct Walk<'c, 'a>(pub(crate) &'c mut Context<'a>);

impl<T: Described + Write> Validate for T {
    fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
        item(walk.0, T::ITEM, self.view(), None, &Trail::ROOT);
    }
}

/// Holds a tree with the keys of an item against what the schema says of that item: for documents that are not read into a
/// type, such as the data of credentials.
pub fn keys(item: &'static Item, value: &crate::value::Value) -> Report {
    let mut cx = Context::new(None, Strictness::Typed);
    self::item(&mut cx, item, value.view(), None, &Trail::ROOT);
    cx.report
}

/// The same against a target too.
pub fn check_keys(item: &'static Item, value: &crate::value::Value, target: &Target) -> Report {
    let mut cx = Context::new(Some(target), Strictness::Typed);
    self::item(&mut cx, item, value.view(), None, &Trail::ROOT);
    cx.report
}

/// Holds the body of a response (or the reply to a check-in) against what the schema says of the item that it answers.
pub fn response(item: &'static Item, body: &dyn crate::codec::Record) -> Report {
    let mut cx = Context::new(None, Strictness::Typed);
    fields::dictionary(&mut cx, View::Record(body), item.response.as_slice(), &Trail::ROOT);
    cx.report
}

/// Holds an item against its description; `beside` is the table of the keys that all items of its family have.
pub(crate) fn item<'a>(
    cx: &mut Context<'a>,
    item: &'static Item,
    view: View<'a>,
    beside: Option<&'static Dict>,
    trail: &Trail<'_>,
) {
    if !is_usable(cx, item, trail) {
        return;
    }
    match (item.keys, beside) {
        (Some(own), Some(beside)) => fields::dictionary(cx, view, &[own, beside], trail),
        (Some(one), None) | (None, Some(one)) => fields::dictionary(cx, view, &[one], trail),
        // A status item: its value stands in the tree of all of them.
        (None, None) => {}
    }
}

/// Holds what is said of an item as a whole against the target, and begins with it; whether it can be used at all there.
pub(super) fn is_usable(cx: &mut Context<'_>, item: &'static Item, trail: &Trail<'_>) -> bool {
    let name = || format!("{} `{}`", item.family, item.name);
    cx.item = Some(item);
    let is_for_any = cx.target.is_none() && cx.strictness == Strictness::Typed;
    is_for_any
        || available::check(cx, item.support, item.replaced_by, trail, name)
            && available::check_item(cx, item.support, trail, name)
}
