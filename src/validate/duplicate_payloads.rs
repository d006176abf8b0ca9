//! Payload types that a profile or a device can have only once.

use std::collections::HashMap;

use super::code::Code;
use super::context::Context;
use super::path::KeyPath;
use crate::schema::{Fact, Item, Os, Severity};

/// Reports each payload whose type can occur only once and has occurred before. `content` is the path of the array.
pub(crate) fn check(
    cx: &mut Context<'_>,
    payloads: impl Iterator<Item = Option<&'static Item>>,
    content: &KeyPath<'_>,
) {
    let os = cx.target.map(|target| target.os);
    let mut first_payloads: HashMap<*const Item, usize> = HashMap::new();
    for (index, item) in payloads.enumerate() {
        let Some(item) = item else { continue };
        let first = *first_payloads.entry(item).or_insert(index);
        if first != index && !allows_several(item, os) {
            let message = format!(
                "a profile may have one `{}` only, the first one is {content}[{first}]",
                item.name
            );
            let path = content.index(index);
            cx.within(item, &path, |cx| {
                cx.add(Code::DuplicatePayload, Severity::Error, &path, message);
            });
        }
    }
}

/// Returns whether the system accepts several payloads of the type. Without a system, one that does is enough.
pub(crate) fn allows_several(item: &Item, os: Option<Os>) -> bool {
    let takes_one = |facts: &[(Os, Fact)]| facts.iter().any(|(_, fact)| matches!(fact, Fact::Multiple(false)));
    let has_item = |facts: &[(Os, Fact)]| {
        let mut facts = facts.iter();
        facts.any(|(_, fact)| matches!(fact, Fact::Always | Fact::Introduced(_)))
    };
    // The facts about one system are consecutive.
    let mut systems = item.support.chunk_by(|(one, _), (other, _)| one == other);
    match os {
        Some(os) => !systems.any(|facts| facts[0].0 == os && takes_one(facts)),
        None => {
            let mut systems = systems.filter(|facts| has_item(facts)).peekable();
            systems.peek().is_none() || systems.any(|facts| !takes_one(facts))
        }
    }
}
