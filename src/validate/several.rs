//! Payloads that a profile, or a device, may have once.

use std::collections::HashMap;

use super::context::Context;
use super::finding::{Code, Severity};
use super::path::Trail;
use crate::schema::{Item, Os, What};

/// Finds the payloads after the first of each type that may be there once; `content` is the path of the array.
pub(crate) fn check(cx: &mut Context<'_>, payloads: impl Iterator<Item = Option<&'static Item>>, content: &Trail<'_>) {
    let os = cx.target.map(|target| target.os);
    let mut seen = Seen::default();
    for (index, item) in payloads.enumerate() {
        let Some(item) = item else { continue };
        let Some(first) = seen.first(item, index) else { continue };
        if !may_be_several(item, os) {
            let message = format!(
                "a profile may have one `{}` only, the first one is {content}[{first}]",
                item.name
            );
            cx.find(Code::DuplicatePayload, Severity::Error, &content.index(index), message);
        }
    }
}

/// The payloads so far by what they are; most profiles have a few, for which no memory is needed.
#[derive(Default)]
struct Seen {
    few: [Option<(&'static Item, usize)>; 16],
    many: HashMap<*const Item, usize>,
}

impl Seen {
    /// The first payload that was the same item; this is the first one where there is none.
    fn first(&mut self, item: &'static Item, index: usize) -> Option<usize> {
        for place in &mut self.few {
            match place {
                Some((known, first)) if std::ptr::eq(*known, item) => return Some(*first),
                Some(_) => {}
                None => {
                    *place = Some((item, index));
                    return None;
                }
            }
        }
        let first = *self.many.entry(item).or_insert(index);
        (first != index).then_some(first)
    }
}

/// Whether some system takes several; with a target, whether that does.
fn may_be_several(item: &Item, os: Option<Os>) -> bool {
    let says = |os: Os, what: fn(&What) -> bool| item.support.iter().any(|(on, fact)| *on == os && what(fact));
    let may = |os: Os| !says(os, |fact| *fact == What::Multiple(false));
    let has = |os: &Os| says(*os, |fact| matches!(fact, What::Always | What::Introduced(_)));
    match os {
        Some(os) => may(os),
        None => {
            let mut systems = Os::ALL.into_iter().filter(has).peekable();
            systems.peek().is_none() || systems.any(may)
        }
    }
}
