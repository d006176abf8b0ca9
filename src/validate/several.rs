//! Payloads that a profile, or a device, may have once.

use std::collections::HashMap;

use super::context::Context;
use super::finding::Code;
use super::path::Trail;
use crate::schema::{Fact, Item, Os, Severity};

/// Finds the payloads after the first of each type that may be there once; `content` is the path of the array.
pub(crate) fn check(cx: &mut Context<'_>, payloads: impl Iterator<Item = Option<&'static Item>>, content: &Trail<'_>) {
    let os = cx.target.map(|target| target.os);
    let mut seen = Seen::default();
    for (index, item) in payloads.enumerate() {
        let Some(item) = item else { continue };
        let (first, may_be_several) = seen.first(item, || (index, may_be_several(item, os)));
        if first != index && !may_be_several {
            let message = format!(
                "a profile may have one `{}` only, the first one is {content}[{first}]",
                item.name
            );
            cx.find(Code::DuplicatePayload, Severity::Error, &content.index(index), message);
        }
    }
}

/// The first payload of each item, and whether there may be several; most profiles have a few, for which no memory is needed.
#[derive(Default)]
struct Seen {
    few: [Option<(&'static Item, First)>; 16],
    many: HashMap<*const Item, First>,
}

type First = (usize, bool);

impl Seen {
    /// The first payload that was the same item; where there is none, it is this.
    fn first(&mut self, item: &'static Item, this: impl FnOnce() -> First) -> First {
        for place in &mut self.few {
            match place {
                Some((known, first)) if std::ptr::eq(*known, item) => return *first,
                Some(_) => {}
                None => return place.insert((item, this())).1,
            }
        }
        *self.many.entry(item).or_insert_with(this)
    }
}

/// Whether some system takes several; with a target, whether that does.
pub(crate) fn may_be_several(item: &Item, os: Option<Os>) -> bool {
    let takes_one = |fact: &Fact| matches!(fact, Fact::Multiple(false));
    if let Some(os) = os {
        return !item.support.iter().any(|(on, fact)| *on == os && takes_one(fact));
    }
    // What is said of a system stands together.
    let systems = item.support.chunk_by(|(one, _), (other, _)| one == other);
    let says = |facts: &[(Os, Fact)], what: fn(&Fact) -> bool| facts.iter().any(|(_, fact)| what(fact));
    let has = |facts: &&[(Os, Fact)]| says(facts, |fact| matches!(fact, Fact::Always | Fact::Introduced(_)));
    let mut systems = systems.filter(has).peekable();
    systems.peek().is_none() || systems.any(|facts| !says(facts, takes_one))
}
